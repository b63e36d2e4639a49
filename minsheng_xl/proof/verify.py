"""Verify: what can be proved of a year. Its journal is walked, its register compared, its archive looked through, and
every original on which a figure stands is read and judged again.

Of each figure it is said whether it is 有据 (an archived file carries it), 无法核实 (no file does: the office typed or
decided it, or the original is gone) or 不符 (the original says otherwise). Nothing is written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from minsheng_xl.accounts.imprint import code_of
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import NOTHING, OFFICE, Figure
from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import FIGURE, Key
from minsheng_xl.figures.progress import progress_of
from minsheng_xl.forms.home import HEAD_SHOWN
from minsheng_xl.intake.again import Rereading
from minsheng_xl.ledger.period import account_of, values_of
from minsheng_xl.ledger.units import key_here
from minsheng_xl.plan.model import Indicator, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError, PlanError
from minsheng_xl.proof.compared import RULES_CHANGED, Compared, Likeness, Returns, likeness, told
from minsheng_xl.proof.stamp import presented, stamps_of
from minsheng_xl.telling.status import reported_text
from minsheng_xl.year.copies import copy_faults
from minsheng_xl.year.custody import Anchor, Chain, anchor_faults, anchors_of, archive_faults, chain_of, register_faults
from minsheng_xl.year.entries import Decided, Judged, TypedIn
from minsheng_xl.year.folder import Year
from minsheng_xl.year.register import Register
from minsheng_xl.year.watching import Progress, unwatched

_SHOWN_HEAD = re.compile(rf"{HEAD_SHOWN}([0-9a-f]+)")


class Verdict(Enum):
    """What can be proved of a figure, the best first."""

    PROVED = "有据"
    UNPROVED = "无法核实"
    CONTRADICTED = "不符"


class Proof(NamedTuple):
    """What proves a figure, or why nothing does: the file and the cell that carry it, and what there is to say."""

    verdict: Verdict
    file: str = ""
    cell: str = ""
    why: str = ""

    @property
    def weight(self) -> int:
        return list(Verdict).index(self.verdict)


class Verified(NamedTuple):
    """A figure of a period, as it is printed, and its proof."""

    period: Period
    indicator: Indicator
    value: str
    proof: Proof

    def __str__(self) -> str:
        """What there is to say of it, in a line."""
        where = " ".join(filter(None, (self.proof.file, self.proof.cell)))
        said = f"{self.period} {self.indicator.code} {self.indicator.filler} {self.value}：{self.proof.verdict.value}"
        return f"{said}，{self.proof.why}{f'（{where}）' if where else ''}。"


class Verification(NamedTuple):
    """What was found: the journal's chain, the figures, each fault of journal, register and archive as a sentence that
    names file and line, and so what `others` than figures the originals say otherwise; the 校验码 of each period; in
    `notes` which time stamps fit, and what of the originals was not used, and would be by the rules of today."""

    chain: Chain
    figures: tuple[Verified, ...]
    faults: tuple[str, ...]
    others: tuple[str, ...]
    codes: Mapping[Period, str] = NOTHING
    notes: tuple[str, ...] = ()

    @property
    def journal(self) -> str:
        """The journal in a sentence: how long it is, and up to where it is chained."""
        lines, begun = self.chain.lines, next((one for one in self.chain.lines if one.mark.chained), None)
        said = [f"日志 {len(lines)} 行"]
        if not lines:
            said = ["日志还没有内容"]
        elif begun is None:
            said.append("还没有链（以前的程序写的，从下一次记录起接上）")
        else:
            said.append(f"链首 {self.chain.head}")
            if begun.mark.seq > 1:
                said.append(f"前 {begun.mark.seq - 1} 行是以前的程序写的，合为一个指纹")
        if self.chain.torn:
            said.append(f"另有没写完的 {self.chain.torn} 行，不算")
        return f"{'；'.join(said)}。"

    def count(self, verdict: Verdict, period: Period | None = None) -> int:
        """How many figures there are of a verdict, in one period if given."""
        return sum(one.proof.verdict is verdict and period in (None, one.period) for one in self.figures)

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(dict.fromkeys(one.period for one in self.figures))

    @property
    def is_sound(self) -> bool:
        """Whether nothing contradicts anything."""
        return not self.faults and not self.contradictions

    def of(self, verdict: Verdict) -> list[Verified]:
        return [one for one in self.figures if one.proof.verdict is verdict]

    @property
    def contradictions(self) -> list[str]:
        """What the originals say otherwise than the journal: of figures, then of anything else."""
        return [*map(str, self.of(Verdict.CONTRADICTED)), *self.others]

    def as_json(self) -> dict[str, Any]:
        """What `verify --json` prints."""
        return {
            "sound": self.is_sound,
            "lines": len(self.chain.lines),
            "torn": self.chain.torn,
            "head": self.chain.head,
            "faults": [*self.faults, *self.others],
            "notes": [*self.notes],
            "periods": [self._of_period(period) for period in self.periods],
            "figures": [_figure(one) for one in self.figures],
        }

    def _of_period(self, period: Period) -> dict[str, Any]:
        counts = {verdict.name.lower(): self.count(verdict, period) for verdict in Verdict}
        return {"period": str(period), **counts, "code": self.codes[period]}


def _figure(one: Verified) -> dict[str, Any]:
    return {
        "period": str(one.period),
        "code": one.indicator.code,
        "unit": one.indicator.filler,
        "value": one.value,
        "verdict": one.proof.verdict.value,
        "file": one.proof.file,
        "cell": one.proof.cell,
        "why": one.proof.why,
        "rules_changed": RULES_CHANGED in one.proof.why,
    }


def verify(year: Year, progress: Progress = unwatched, stamps: Iterable[Path] = ()) -> Verification:
    """Walk the chain, compare the register, look through the archive, read every original again; hold to it the time
    stamps that were kept, and others that are presented.

    Raises PlanError if 计划.xlsx cannot be read. Where an earlier plan is lost there are no figures.
    """
    found = chain_of(year.journal)
    stamped = presented(found, stamps_of(year, stamps))
    register = Register.of_lines(year.journal, found.lines)
    lost = archive_faults(year, found.lines)
    returns = Returns(Rereading(year, register, found.lines, lost), found.lines, progress)
    proving = _Proving(year, register, returns)
    reckoned = _reckoned(proving, returns)
    anchors = [*anchors_of(found.lines), *returns.anchors(), *_on_the_master(year, found)]
    faults = (
        *found.faults,
        *copy_faults(year.journal),
        *register_faults(year, register),
        *lost.values(),
        *anchor_faults(found, anchors),
        *stamped.faults,
    )
    register.close()
    notes = (*stamped.fitting, *returns.by_other_rules())
    return Verification(found, reckoned.figures, faults, reckoned.others, reckoned.codes, notes)


class _Reckoned(NamedTuple):
    """What is reckoned from the journal: the figures, what else the originals contradict, the code of each period."""

    figures: tuple[Verified, ...] = ()
    others: tuple[str, ...] = ()
    codes: Mapping[Period, str] = NOTHING


def _reckoned(proving: "_Proving", returns: Returns) -> _Reckoned:
    try:
        figures = tuple(chain.from_iterable(map(proving.figures, proving.periods)))
        others = (*proving.closing_faults(), *returns.faults(proving.said))
        return _Reckoned(figures, others, {period: proving.code(period) for period in proving.periods})
    except PlanError:
        raise
    except MinshengError as error:  # a plan that was used is lost
        return _Reckoned(others=(str(error),))


def _on_the_master(year: Year, found: Chain) -> Iterator[Anchor]:
    """The head of the chain that stands on 首页 of the master, wherever a program that saved it keeps its texts."""
    path, last = year.master_path, max((written.mark.seq for written in found.lines), default=0)
    with suppress(OSError, Unreadable):
        container = Container(path.read_bytes())
        for name in container.entries:
            if name.endswith(".xml"):
                heads = _SHOWN_HEAD.findall(container.read(name).decode("utf-8", "replace"))
                yield from (Anchor(head, f"{path.name} 的首页", last + 1) for head in heads)


class _Proving:
    """The figures of a year and their proofs; `said` are the cells of returns of which something was said."""

    def __init__(self, year: Year, register: Register, returns: Returns) -> None:
        self._year, self._register, self._returns = year, register, returns
        self._plans = year.plans_by(register)
        self._accounts: dict[Period, PeriodAccount] = {}
        self.said: dict[tuple[int, Key], Proof] = {}

    @cached_property
    def periods(self) -> list[Period]:
        """The periods of which something was said."""
        entries: Sequence[Judged | TypedIn | Decided] = self._register.entries(Judged, TypedIn, Decided)
        said = {entry.returned.period if isinstance(entry, Judged) else entry.period for entry in entries}
        return [period for period in self._plan.periods if period in said]

    def figures(self, period: Period) -> Iterator[Verified]:
        """The figures of a period, as `status` tells them."""
        account = self._account(period)
        every = progress_of(account.plan, period, account.entries()).indicators
        rows = [row for row in every if row.value is not None]
        entered = [row.indicator for row in rows if not row.indicator.derived_from]
        proofs = {indicator.code: self._of_indicator(account, indicator) for indicator in entered}
        for row in rows:
            indicator = row.indicator
            proof = proofs[indicator.code] if indicator.code in proofs else _derived(indicator, proofs)
            yield Verified(period, indicator, reported_text(row), proof)

    def code(self, period: Period) -> str:
        """The 校验码 of a period."""
        return code_of(self._account(period))

    def _account(self, period: Period) -> PeriodAccount:
        if period not in self._accounts:
            self._accounts[period] = account_of(self._plans.of(period, self._plan), self._register, period)
        return self._accounts[period]

    @cached_property
    def _plan(self) -> Plan:
        """The plan of 计划.xlsx, as valid by this register."""
        return self._plans.present()

    def _of_indicator(self, account: PeriodAccount, indicator: Indicator) -> Proof:
        """The proof of an indicator's figure: the weakest of its cells'."""
        unit = account.units[indicator.filler]
        every = []
        for key in (Key(FIGURE, indicator.code, measure) for measure in indicator.measures):
            every.append(self._of_cell(account, unit, key))
        return max(every, key=lambda proof: proof.weight)

    def _of_cell(self, account: PeriodAccount, unit: UnitAccount, key: Key) -> Proof:
        source = unit.sources.get(key)
        if source is None or source.file == OFFICE:
            return Proof(Verdict.UNPROVED, why=self._by_the_office(account, unit.unit, key))
        found = self._returns.bearing(source, key, account.plan)
        if found is None:
            return Proof(Verdict.UNPROVED, source.file, why="日志里没有记这个数来自哪一格")
        one, then = found
        self.said[one.seq, then] = proof = _beside_original(one, then, unit.figures.get(key))
        return proof

    def _by_the_office(self, account: PeriodAccount, unit: str, key: Key) -> str:
        """Who put a figure in, and when."""
        plan = account.plan
        entries: Sequence[TypedIn | Decided] = self._register.entries(TypedIn, Decided, period=account.period)
        mine = [one for one in entries if plan.canonical(one.unit) == unit and key in _cells_here(plan, one)]
        if not mine:
            return "日志里没有记这个数来自哪里"
        last = mine[-1]
        if isinstance(last, TypedIn):
            return f"{last.who or '办公室'}填在 {last.file or '总台账'} 里，{last.at:%Y-%m-%d %H:%M} 汇总时记下"
        return f"由{last.who}定（{last.word}{'：' + last.why if last.why else ''}），{last.at:%Y-%m-%d %H:%M}"

    def closing_faults(self) -> Iterator[str]:
        """What closings say otherwise than the returns on which they stand."""
        for period in self.periods:
            closed = self._register.closed(period)
            if closed is None:
                continue
            account = self._account(period)
            plan, values = account.plan, values_of(account.plan, account)
            for code, kept in closed.values.items():
                found = values.get(plan.code_here(code))
                if plan.has_indicator(plan.code_here(code)) and kept != found:
                    yield f"{period} 的定稿记录里 {code} 是{_value_told(kept)}，由来件算出的是{_value_told(found)}。"


def _value_told(value: Value) -> str:
    return told(value if isinstance(value, Fraction) or value is None else str(value))


def _cells_here(plan: Plan, entry: TypedIn | Decided) -> set[Key]:
    """The cells that an entry filled in, as they are called in a plan."""
    return {key_here(plan, key) for key in entry.cells}


def _derived(indicator: Indicator, proofs: Mapping[str, Proof]) -> Proof:
    """The proof of a figure that is derived from others: the weakest of theirs."""
    found = [proofs[code] for code in indicator.derived_from if code in proofs]
    weakest = max(found, key=lambda proof: proof.weight, default=Proof(Verdict.UNPROVED, why="没有填报的数"))
    return weakest._replace(cell="", why=weakest.why or f"由 {'、'.join(indicator.derived_from)} 推出")


def _beside_original(one: Compared, key: Key, figure: "Figure | None") -> Proof:
    """What the original of a return proves of a figure in use."""
    file, cell = one.entry.returned.file, one.cell(key)
    if one.again is None:
        return Proof(Verdict.UNPROVED, file, why="归档里没有它完好的原件，或那时的计划、下发的表")
    if one.found is None:
        if one.is_ours:
            return Proof(Verdict.CONTRADICTED, file, why=f"账上是{told(figure)}，原件却不能采用：{one.refusal}")
        return Proof(Verdict.UNPROVED, file, why=f"{RULES_CHANGED}，现在不能采用原件：{one.refusal}")
    found = one.found.figures.get(key)
    how = likeness(figure, found)
    if how is Likeness.SAME:
        return Proof(Verdict.PROVED, file, cell)
    if how is Likeness.OUTCOME and not one.is_ours:
        return Proof(Verdict.PROVED, file, cell, f"{RULES_CHANGED}，现在判为{told(found)}")
    return Proof(Verdict.CONTRADICTED, file, cell, f"账上是{told(figure)}，原件这一格是{told(found)}")
