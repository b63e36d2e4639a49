"""The history of figures: how each stood in every period, and every step by which it came to that.

Who reported it when, in which file and cell; who corrected, decided, typed and certified it. Each step is an entry of
the journal, and bears the digest of the chain behind its line.
"""

import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from minsheng_xl.accounts.period import Certified
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import OFFICE, Doubt
from minsheng_xl.exact.keys import MEASURES, Key
from minsheng_xl.figures.definitions import NONE
from minsheng_xl.figures.progress import IndicatorProgress, progress_of
from minsheng_xl.ledger.certified import certified_of
from minsheng_xl.ledger.previous import Earlier, earlier_with
from minsheng_xl.ledger.units import key_here, units_of
from minsheng_xl.memory.origins import cells_of
from minsheng_xl.memory.steps import (
    CERTIFIES,
    CHANGES,
    CLOSES,
    DECIDES,
    KINDS,
    TYPES,
    HistoryStep,
    Told,
    steps_of,
    value_text,
)
from minsheng_xl.plan.model import Indicator, Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tables import INDICATORS
from minsheng_xl.problems import MisuseError
from minsheng_xl.year.entries import Judged, ReceiptCorrected
from minsheng_xl.year.folder import Year
from minsheng_xl.year.watching import Progress, unwatched

BLANK = "空"
"""What stands for a cell of the plan that is blank."""


class StoodIn(NamedTuple):
    """An indicator in a period, under its code of today: what is in use of it, in the unit of the target (a ratio as a
    fraction, a milestone 1 or 0), how it stands, with what it was closed where that is another, what was certified."""

    period: Period
    code: str
    name: str
    unit: str
    value: Fraction | None
    text: str
    status: str
    as_closed: str
    certified: str
    is_closed: bool


class History(NamedTuple):
    """What is known of the figures that were asked for."""

    stood: tuple[StoodIn, ...]
    steps: tuple[HistoryStep, ...]
    lost: tuple[str, ...] = ()
    """The files of which the archive has no original that can be read any more: their cells are not told."""

    def as_json(self) -> dict[str, Any]:
        """JSON-ready values: periods and times as text, `value` as a number."""
        figures = [
            one._asdict() | {"period": str(one.period), "value": None if one.value is None else float(one.value)}
            for one in self.stood
        ]
        return {"figures": figures, "steps": list(map(_packed, self.steps)), "lost": list(self.lost)}


def _packed(step: HistoryStep) -> dict[str, Any]:
    told = step._asdict() | {"period": str(step.period) if step.period else None, "at": step.at.isoformat()}
    del told["keys"]
    return told


def history(
    year: Year, *, unit: str = "", code: str = "", period: Period | None = None, progress: Progress = unwatched
) -> History:
    """The history of the figures of a unit, of an indicator, of a period; of all where none is named.

    A unit may be named as it was called before, an indicator by a code it had; of one that is derived from others
    theirs is told too. Raises MisuseError for a unit or an indicator that there is not and was not.
    """
    name = "".join(year.plan.units_called([unit])) if unit else ""
    asked = unicodedata.normalize("NFKC", code).strip()
    codes = _codes(year, asked) if asked else frozenset[str]()
    return _Telling(year, _Asked(name, codes, period)).told(progress)


class _Asked(NamedTuple):
    """Whose history is wanted, by the names and codes of today; "" and nothing where all is."""

    unit: str
    codes: frozenset[str]
    period: Period | None


def _codes(year: Year, code: str) -> frozenset[str]:
    plan, here = year.plan, year.plan.code_here(code)
    if plan.has_indicator(here):
        return frozenset((here, *plan.indicator(here).derived_from))
    if any(year.plan_of(each).has_indicator(code) for each in plan.periods):
        return frozenset((code,))
    raise MisuseError(f"计划里没有编码为“{code}”的指标。请照“指标”表的编码写，如 {plan.indicators[0].code}。")


def _is_doubtful(account: UnitAccount, key: Key) -> bool:
    """Whether a cell counts for nothing: a ratio does not with half of it in doubt, or blank."""
    row = [key, *(key.beside(name) for name in MEASURES)] if key.is_measure else [key]
    return any(one in account.halves or isinstance(account.figures.get(one), Doubt) for one in row)


def _light(row: IndicatorProgress) -> str:
    return row.status.label if row.status else ""


def _as_closed(row: IndicatorProgress) -> str:
    """A figure as it was closed, and how it stood: 2,694户（● 按序时）."""
    return f"{value_text(row.indicator, row.value) or NONE}（{_light(row)}）"


def _certified(indicator: Indicator, said: Certified) -> str:
    return value_text(indicator, said.figure) if said.figure is not None else said.opinion


def _changes(year: Year, codes: Container[str]) -> Iterator[HistoryStep]:
    """What of the plan was changed of indicators, from which period on."""
    for used in year.plans.used():
        for known in used.changes:
            difference, change = known.change.difference, known.change
            code = year.plan.code_here(difference.row)
            if difference.table != INDICATORS.name or (codes and code not in codes):
                continue
            column = difference.column and f"{difference.column} "
            told = f"{column}{difference.was or BLANK}→{difference.now or BLANK}"
            if difference.of_row:
                told = "新增" if difference.now else "删去"
            since = f"自{change.begins}起" if change.begins is not None else "各期"
            words = "，".join(filter(None, (change.kind.value, since, change.document, change.basis)))
            name = year.plan.indicator(code).name if year.plan.has_indicator(code) else ""
            yield HistoryStep(
                seq=used.seq, at=known.at, act=CHANGES, period=change.begins, unit="",
                code=code, what=name, value=told, who=known.who, words=words,
            )


class _Telling:
    """The history while it is gathered."""

    def __init__(self, year: Year, asked: _Asked) -> None:
        self._year, self._asked, self._register, self._now = year, asked, year.register, year.plan
        self._plans: dict[Period, Plan] = {}
        self._earlier: dict[Period, Earlier] = {}
        self._said: dict[Period, Mapping[str, Certified]] = {}

    def told(self, progress: Progress) -> History:
        numbered = self._register.numbered(*KINDS)
        wanted = [(seq, entry, self._steps(seq, entry)) for seq, entry in numbered]
        wanted = [(seq, entry, steps) for seq, entry, steps in wanted if steps]
        judged = [(seq, entry) for seq, entry, _ in wanted if isinstance(entry, Judged)]
        cells = cells_of(self._year, judged, progress)
        steps: list[HistoryStep] = []
        for seq, entry, found in wanted:
            steps += self._steps(seq, entry, cells[seq]) if cells.get(seq) else found
        steps = sorted([*steps, *self._changes()], key=lambda step: step.seq)
        said = {step.period for step in steps if step.act != CHANGES}
        stood = chain.from_iterable(self._stood(each) for each in self._now.periods if each in said)
        lost = [entry.returned.file for seq, entry in judged if seq not in cells and entry.returned.content is not None]
        return History(tuple(stood), tuple(self._marked(steps)), tuple(lost))

    def _changes(self) -> Iterator[HistoryStep]:
        asked = self._asked
        for step in _changes(self._year, asked.codes):
            is_of_period = asked.period is None or step.period == asked.period
            if is_of_period and (not asked.unit or self._is_of(step, asked.unit)):
                yield step

    def _steps(self, seq: int, entry: Told, cells: Mapping[Key, str] | None = None) -> list[HistoryStep]:
        """What an entry says of what is asked for, under the codes of today."""
        period = entry.returned.period if isinstance(entry, Judged) else getattr(entry, "period", None)
        if isinstance(entry, ReceiptCorrected):
            return self._receipt(seq, entry)
        if period is None or (self._asked.period is not None and period != self._asked.period):
            return []
        found = steps_of(seq, entry, self._plan(period), cells or {})
        steps = [step._replace(code=self._now.code_here(step.code)) for step in found]
        return [step for step in steps if self._wants(step)]

    def _receipt(self, seq: int, entry: ReceiptCorrected) -> list[HistoryStep]:
        """A corrected time of receipt, as a step of the period and unit of its file."""
        judged = self._register.judged_as(entry.sha256)
        if judged is None or judged.returned.period is None:
            return []
        step = HistoryStep(
            seq=seq, at=entry.at, act="更正收到日期", period=judged.returned.period, unit=judged.returned.unit or "",
            who=entry.who, file=entry.file, sha256=entry.sha256,
            words="，".join(filter(None, (f"{entry.received:%Y-%m-%d} 收到", entry.why))),
        )
        is_asked = self._asked.period in (None, step.period)
        return [step] if is_asked and self._wants(step) else []

    def _plan(self, period: Period) -> Plan:
        if period not in self._plans:
            self._plans[period] = self._year.plan_of(period)
        return self._plans[period]

    def _wants(self, step: HistoryStep) -> bool:
        asked = self._asked
        if asked.unit and step.unit and not self._is_of(step, asked.unit):
            return False
        if step.code:
            return not asked.codes or step.code in asked.codes
        if not asked.codes:
            return True
        assert step.period is not None
        return not step.what and (not step.unit or self._fills_in(step.period, step.unit))

    def _is_of(self, step: HistoryStep, unit: str) -> bool:
        """Whether a step is a unit's, or about a figure that was its own to fill in."""
        if self._now.name_here(step.unit) == unit:
            return True
        plan = self._plan(step.period) if step.period is not None else self._now
        then = [one for one in plan.indicators if self._now.code_here(one.code) == step.code]
        return any(self._now.name_here(one.filler) == unit for one in then)

    def _fills_in(self, period: Period, unit: str) -> bool:
        """Whether what is asked for was the unit's to fill in."""
        plan = self._plan(period)
        name = plan.name_here(unit)
        mine = (*plan.filled_by(name), *plan.shared_by(name))
        return any(self._now.code_here(one.code) in self._asked.codes for one in mine)

    def _at(self, period: Period) -> Earlier:
        """A period by all that is known now, and as it was closed."""
        if period not in self._earlier:
            plan, closed = self._plan(period), self._register.closed(period)
            units = units_of(plan, self._register, period, None, closed)
            self._earlier[period] = earlier_with(plan, self._register, period, closed, units)
        return self._earlier[period]

    def _certified(self, period: Period) -> Mapping[str, Certified]:
        """What the certifiers said of a period."""
        if period not in self._said:
            self._said[period] = certified_of(self._plan(period), self._register, period)
        return self._said[period]

    def _stood(self, period: Period) -> Iterator[StoodIn]:
        """How what is asked for stands in a period."""
        each, plan = self._at(period), self._plan(period)
        now = progress_of(plan, period, dict(each.entries))
        then = progress_of(plan, period, dict(each.entries_as_closed))
        certified = self._certified(period)
        for row, closed in zip(now.indicators, then.indicators, strict=True):
            indicator, code = row.indicator, self._now.code_here(row.indicator.code)
            is_mine = self._asked.unit in ("", self._now.name_here(indicator.filler))
            is_wanted = not self._asked.codes or code in self._asked.codes
            if not is_wanted or not is_mine or indicator.kind is Kind.WORDS:
                continue
            said = certified.get(indicator.code)
            yield StoodIn(
                period=period, code=code, name=indicator.name, unit=indicator.filler, value=row.value,
                text=value_text(indicator, row.value), status=_light(row),
                as_closed=_as_closed(closed) if closed.value != row.value else "",
                certified=_certified(indicator, said) if said is not None else "",
                is_closed=each.closed is not None,
            )

    def _marked(self, steps: Iterable[HistoryStep]) -> Iterator[HistoryStep]:
        """The steps, each with the digest behind it, whether the figure in use came by it, and whether too late."""
        every, last = list(steps), dict[_PeriodCell, int]()
        for step in every:
            if step.act in (TYPES, DECIDES):
                last |= dict.fromkeys(self._cells(step), step.seq)
        for step in every:
            closed = self._at(step.period).closed if step.period is not None else None
            yield step._replace(
                digest=self._register.head_at(step.seq),
                in_use=any(self._is_in_use(step, cell, last) for cell in self._cells(step)),
                is_late=closed is not None and step.seq > closed.upto and step.act != CLOSES,
            )

    def _cells(self, step: HistoryStep) -> "list[_PeriodCell]":
        """The cells that a step filled in, as the plan of its period calls them and its unit."""
        if step.period is None or not step.keys:
            return []
        plan = self._plan(step.period)
        return [(step.period, plan.name_here(step.unit), key_here(plan, key)) for key in step.keys]

    def _is_in_use(self, step: HistoryStep, cell: "_PeriodCell", last: "Mapping[_PeriodCell, int]") -> bool:
        """Whether a figure that counts came by a step: what is in doubt counts for nothing."""
        period, unit, key = cell
        if step.act == CERTIFIES:
            said = self._certified(period).get(key.of)
            return said is not None and said.file == step.file
        account = self._at(period).units.get(unit)
        source = account.sources.get(key) if account is not None else None
        if account is None or source is None or _is_doubtful(account, key):
            return False
        if step.act in (TYPES, DECIDES):
            return source.file == OFFICE and last[cell] == step.seq
        return (source.file, source.sha256) == (step.file, step.sha256)


_PeriodCell: TypeAlias = tuple[Period, str, Key]
"""A cell in a period, and whose it is."""
