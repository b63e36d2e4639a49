"""The account of a period: what every unit's returns come to, as a pure function of the journal.

A second return of a unit fills blanks; after 待核 it supersedes; after 已采用 the earlier figures
stay in use and every difference waits for the office. What the office typed into the master
stays until the office decides otherwise, and what differs from it is listed beside it.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from minsheng_xl.definitions import DOUBT_PREFIX
from minsheng_xl.exact import parse_plain, plain
from minsheng_xl.expressions import Value
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem
from minsheng_xl.progress import Entry

Key: TypeAlias = tuple[str, ...]
_NONE: Mapping[Any, Any] = MappingProxyType({})


class Outcome(Enum):
    """How a received file ended. The value is the English word of the interface."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    UNRECOGNISED = "unrecognised"
    ATTACHMENT = "attachment"

    @property
    def label(self) -> str:
        return _LABELS[self.value]


class Standing(Enum):
    """How a unit stands in the account of a period."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return _LABELS[self.value]


_LABELS = {
    "accepted": "已采用", "held": "待核", "refused": "退回", "duplicate": "重复",
    "unrecognised": "无法识别", "missing": "未报", "attachment": "附件",
}

NOT_OWED = "本期不报"
LATE = "迟报（待确认）"  # judged by the time of receipt, which the office may know better
CORRECTION, CONFLICT, TYPED, WHOLE, DOUBTFUL, UNKNOWN = (
    "更正待定", "两份不同", "台账与来件不同", "整表待核", "数字存疑", "无法识别",
)
OFFICE = "办公室填写"


class Doubt(NamedTuple):
    """A cell whose content is no figure that may be counted: what was seen."""

    seen: str

    @property
    def text(self) -> str:
        """How it stands in the master."""
        return DOUBT_PREFIX + self.seen


Figure: TypeAlias = "Fraction | str | Doubt"
"""A figure of a return: a number, 是/否, or a doubt."""


class Content(NamedTuple):
    """What a sound workbook says: figures (doubtful ones among them) and words, by form key.

    `halves` are blank cells that make a ratio incomplete; `explained` are unusual figures that the
    unit gave its reason for.
    """

    figures: Mapping[Key, Figure]
    words: Mapping[Key, str]
    halves: frozenset[Key] = frozenset()
    explained: frozenset[Key] = frozenset()

    @property
    def doubts(self) -> dict[Key, Doubt]:
        return {key: figure for key, figure in self.figures.items() if isinstance(figure, Doubt)}

    @property
    def is_doubtful(self) -> bool:
        """Whether any figure, or an amount of 资金, is in doubt, or a ratio is incomplete."""
        return bool(self.doubts) or bool(self.halves) or any(is_amount(key) and text.startswith(DOUBT_PREFIX) for key, text in self.words.items())


class Taken(NamedTuple):
    """A judged return of one unit for one period, as the journal keeps it.

    `content` is None if it was refused, or `held` as a whole because it is not sure whose it is.
    `run` numbers the consolidation that took it; `measures` say in what its figures were measured, by indicator.
    """

    file: str
    sha256: str
    received: datetime
    run: int
    content: Content | None
    problems: tuple[Problem, ...] = ()
    held: bool = False
    measures: Mapping[str, str] = _NONE


class Typed(NamedTuple):
    """A cell the office changed in the master, or settled by a decision; None is a cell it cleared."""

    key: Key
    value: "Fraction | str | Doubt | None"
    seen_at: datetime
    run: int
    decided: bool = False
    measure: str = ""


class Decision(NamedTuple):
    """What the office decided: the word, who, when and why."""

    word: str
    who: str
    when: datetime
    why: str


class Pending(NamedTuple):
    """A question that only the office can settle. `id` stays the same from run to run; `sha256` is
    that of the file where the whole file is in question, `decision` how it was settled. `came_for` is the
    closed period of a file that came after its closing and waits in the account of a later one."""

    id: str
    kind: str
    unit: str
    key: Key
    used: str
    other: str
    file: str
    advice: str
    sha256: str = ""
    decision: Decision | None = None
    came_for: str = ""


def figure_in(text: str) -> "Fraction | str | None":
    """The figure that a text of an item shows: a plain number that is not negative, 是 or 否."""
    if text in ("是", "否"):
        return text
    number = parse_plain(text)
    return number if number is not None and number >= 0 else None


def choices_of(item: Pending) -> tuple[str, ...]:
    """The words by which an item can be settled; a number, or a unit's name, is another."""
    if item.kind == CORRECTION:
        return ("用新数", "用原数") if figure_in(item.other) is not None else ("用原数",)
    if item.kind == TYPED:
        return ("以来件为准", "以台账为准") if figure_in(item.other) is not None else ("以台账为准",)
    if item.kind == CONFLICT:
        return (*(part for part in item.other.split(" / ") if figure_in(part) is not None), "不计入")
    if item.kind == DOUBTFUL:
        number = parse_plain(item.other)
        return ("属实", "不计入") if number is not None and number >= 0 else ("不计入",)
    if item.kind == WHOLE:
        return ("采用", "不采用") if item.unit else ("不采用",)
    return ("不理",)


class Source(NamedTuple):
    """Where a figure in use came from."""

    file: str
    received: datetime


class UnitAccount:
    """One unit in the account of a period: its standing and the content of its input cells."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.standing = Standing.MISSING
        self.received: datetime | None = None
        self.figures: dict[Key, Figure] = {}
        self.words: dict[Key, str] = {}
        self.sources: dict[Key, Source] = {}
        self.pending: list[Pending] = []
        self.outcomes: dict[tuple[str, str], Outcome] = {}
        """By (file, sha256): how each of its returns ended."""
        self.correction_pending = False
        self.differs: dict[tuple[str, str], set[Key]] = {}
        """By (file, sha256): the cells in which a return differs from what is in use."""
        self.typed: set[Key] = set()
        self.adopted: set[Key] = set()
        """Figures that were sound when the unit was 已采用: what comes later does not replace them unasked."""
        self.halves: frozenset[Key] = frozenset()
        """Blank cells that leave a ratio incomplete."""
        self.explained: frozenset[Key] = frozenset()
        """Unusual figures that the unit gave its reason for."""
        self.problems: tuple[Problem, ...] = ()
        """Why it was refused, while its standing is 退回."""

    def given(self) -> dict[Key, Value]:
        """The contents of the unit's input cells in the master."""
        cells: dict[Key, Value] = {
            key: figure.text if isinstance(figure, Doubt) else figure for key, figure in self.figures.items()
        }
        for key, text in self.words.items():
            amount = parse_plain(text) if is_amount(key) else None
            cells[key] = text if amount is None else amount
        return cells

    def number(self, key: Key) -> Fraction | None:
        """A trusted number, or None."""
        figure = self.figures.get(key)
        return figure if isinstance(figure, Fraction) else None


def shown(figure: "Figure | None") -> str:
    """A figure as a person reads it."""
    if isinstance(figure, Doubt):
        return figure.seen
    return plain(figure) if isinstance(figure, Fraction) else figure or ""


MEASURES = {"reported": "本期累计", "numerator": "分子", "denominator": "分母"}


def about(key: Key) -> str:
    """A figure's cell in words: 4-3 分子."""
    part, code, measure = key
    if part == "word":
        return f"项目{code} 资金"
    return f"{code} {'分解数' if part == 'share' else MEASURES.get(measure, '说明')}"


def settle_unit(
    unit: str, taken: Sequence[Taken], typed: Sequence[Typed] = (), decided: Mapping[str, str] | None = None,
    closed: int | None = None, last_wins: date | None = None, recheck: Callable[[UnitAccount], None] | None = None,
) -> UnitAccount:
    """Fold a unit's returns of one period, in the order of their runs, into its account.

    What the office typed by a run comes before the returns of that run. `decided` are the words by which the office
    has settled items, by id; runs after `closed`, that of 定稿, are 定稿后更正: their trusted figures take
    the place of the earlier ones. Until the day `last_wins` a later return supersedes an accepted one.
    `recheck` applies the rules to what several returns say together, after each run that brought any.
    """
    account, words = UnitAccount(unit), decided or {}
    returns: dict[int, list[Taken]] = {}
    entries: dict[int, list[Typed]] = {}
    for one in taken:
        returns.setdefault(one.run, []).append(one)
    for entry in typed:
        entries.setdefault(entry.run, []).append(entry)
    runs = sorted({*returns, *entries})
    last = closed if closed is not None else max(runs, default=0)
    order = [run for run in runs if run <= last]
    if last_wins is not None:  # the office may have corrected which came first
        came = {run: min([*(one.received for one in returns.get(run, ())), *(entry.seen_at for entry in entries.get(run, ()))]) for run in order}
        order.sort(key=lambda run: (came[run], run))
    contents: list[Content] = []
    for run in order:
        _type_in(account, entries.get(run, ()), words)
        if run in returns:
            _take_run(account, returns[run], contents, words, last_wins)
            if recheck is not None:
                recheck(account)
    _compare_typed(account, [entry for entry in typed if entry.run <= last], [one for one in taken if one.run <= last])
    corrected: set[Key] = set()
    for run in runs:
        if run > last:
            _type_in(account, entries.get(run, ()), words)
            _correct(account, returns.get(run, ()), contents, corrected)
            if run in returns and recheck is not None:
                recheck(account)
    for key in [key for key in account.figures if is_amount(key)]:
        figure = account.figures.pop(key)
        account.words[key] = figure.text if isinstance(figure, Doubt) else shown(figure)
    account.pending = [item for item in account.pending if item.id not in words]
    account.correction_pending = any(p.kind == CORRECTION for p in account.pending)
    return account


def is_amount(key: Key) -> bool:
    """Whether a cell holds an amount of 资金: it stands among the words, and is a figure for the account."""
    return key[2].startswith("funding")


def _figures(content: Content) -> dict[Key, Figure]:
    """The figures of a return, and its amounts."""
    amounts = {key: _amount(text) for key, text in content.words.items() if is_amount(key) and text}
    return {**content.figures, **amounts}


def _amount(text: str) -> Figure:
    number = None if text.startswith(DOUBT_PREFIX) else parse_plain(text)
    return Doubt(text.removeprefix(DOUBT_PREFIX)) if number is None else number


def _take_run(
    account: UnitAccount, returns: Sequence[Taken], contents: list[Content], decided: Mapping[str, str], last_wins: date | None
) -> None:
    """Take the returns of one run; `contents` are those taken before, for telling duplicates."""
    was, before = account.standing, tuple(contents)
    if was is Standing.ACCEPTED and last_wins is not None and all(one.received.date() <= last_wins for one in returns):
        was = Standing.HELD  # as if the earlier one had not been settled
        account.adopted.clear()
    in_conflict = {item.key for item in account.pending if item.kind == CONFLICT}
    fresh: list[tuple[Taken, Content]] = []
    for one in returns:
        if one.content is None:
            word = decided.get(one.sha256[:6])
            if one.held and word not in (None, "不采用", "采用"):  # it is another unit's
                account.outcomes[one.file, one.sha256] = Outcome.REFUSED
                continue
            held = one.held and word is None
            account.outcomes[one.file, one.sha256] = Outcome.HELD if held else Outcome.REFUSED
            if account.standing in (Standing.MISSING, Standing.REFUSED):
                account.standing = Standing.HELD if held else Standing.REFUSED
                account.problems = one.problems
                account.received = account.received or one.received
            if held:
                account.pending.append(whole(account.unit, one.file, one.sha256, one.problems))
        elif any(one.content == content for _, content in fresh) or _says_nothing_new(one.content, before, was, in_conflict):
            account.outcomes[one.file, one.sha256] = Outcome.DUPLICATE
        else:
            contents.append(one.content)
            fresh.append((one, one.content))
            account.outcomes[one.file, one.sha256] = Outcome.HELD if one.content.is_doubtful else Outcome.ACCEPTED
    if not fresh:
        return
    if not before:
        account.received = min(one.received for one in returns if one.content is not None)
    offers = [(one, _figures(content)) for one, content in fresh]
    for key in dict.fromkeys(key for _, figures in offers for key in figures):
        _take_figure(account, key, [(one, figures[key]) for one, figures in offers if key in figures])
    for _, content in fresh:
        account.words.update({key: words for key, words in content.words.items() if words and not is_amount(key) and key not in account.typed})
    blanks = account.halves.union(*(content.halves for _, content in fresh))
    account.halves = frozenset(key for key in blanks if key not in account.figures and key not in account.typed)
    account.explained |= frozenset().union(*(content.explained for _, content in fresh))
    account.standing = Standing.HELD
    _adopt(account)


def _adopt(account: UnitAccount) -> None:
    """A unit of which nothing is in doubt is 已采用, and so are its figures."""
    if not Content(account.figures, {}, account.halves).is_doubtful:
        account.standing = Standing.ACCEPTED
        account.adopted |= account.figures.keys()


def _says_nothing_new(content: Content, contents: Sequence[Content], was: Standing, in_conflict: "set[Key]") -> bool:
    """Whether a return repeats one of those taken before; what repeats one of two that differ answers the question."""
    if content not in contents or not in_conflict.isdisjoint(_figures(content)):
        return False
    return was is Standing.ACCEPTED or content == contents[-1]


def _correct(account: UnitAccount, returns: Sequence[Taken], contents: list[Content], corrected: set[Key]) -> None:
    """Take the returns of a run after 定稿. Where two of them differ, neither corrects anything; one that was taken
    before takes back what was `corrected` since, and nothing else."""
    fresh: list[tuple[Taken, Content]] = []
    for one in returns:
        name = (one.file, one.sha256)
        if one.content is None:
            account.outcomes[name] = Outcome.HELD if one.held else Outcome.REFUSED
            if one.held:
                account.pending.append(whole(account.unit, one.file, one.sha256, one.problems))
            continue
        content = _only(one.content, corrected) if one.content in contents else one.content
        if one.content in contents and _stands(account, content):
            account.outcomes[name] = Outcome.DUPLICATE
        else:
            contents.append(one.content)
            fresh.append((one, content))
            account.outcomes[name] = Outcome.HELD if one.content.is_doubtful else Outcome.ACCEPTED
    corrected |= {key for _, content in fresh for key in (*_figures(content), *content.words)}
    said = [(one, _figures(content)) for one, content in fresh]
    for key in dict.fromkeys(key for _, figures in said for key in figures):
        offers = [(one, figures[key]) for one, figures in said if key in figures]
        if len({figure for _, figure in offers}) > 1:
            account.outcomes |= {(one.file, one.sha256): Outcome.HELD for one, _ in offers}
        elif not isinstance(offers[0][1], Doubt):
            account.figures[key] = offers[0][1]
            account.sources[key] = Source(offers[0][0].file, offers[0][0].received)
    for _, content in fresh:
        account.words.update({key: words for key, words in content.words.items() if not is_amount(key)})


def _only(content: Content, keys: "set[Key]") -> Content:
    figures = {key: figure for key, figure in content.figures.items() if key in keys}
    return Content(figures, {key: text for key, text in content.words.items() if key in keys})


def _stands(account: UnitAccount, content: Content) -> bool:
    """Whether all that a return says is what stands."""
    figures = all(account.figures.get(key) == figure for key, figure in _figures(content).items())
    return figures and all(account.words.get(key) == text for key, text in content.words.items() if not is_amount(key))


def whole(unit: str, file: str, sha256: str, problems: Sequence[Problem]) -> Pending:
    """The question whose a workbook is that contradicts itself."""
    seen = problems[0].seen if problems else ""
    advice = "不知道是谁的、哪一期的表，整份没有用；请与单位核实，是这个单位的写“采用”，是别家的写那家的名称（作退回，请其重报）。"
    return Pending(sha256[:6], WHOLE, unit, (), "", seen, file, advice, sha256)


def _take_figure(account: UnitAccount, key: Key, offers: Sequence[tuple[Taken, Figure]]) -> None:
    """Take one cell from what the returns of a run say of it; what the office typed stays, and is compared with them at the end."""
    if key in account.typed:
        return
    standing = account.figures.get(key)
    settled = key in account.adopted and standing is not None and not isinstance(standing, Doubt)
    distinct = list(dict.fromkeys(figure for _, figure in offers))
    if settled:
        for one, figure in offers:
            if shown(figure) != shown(standing):
                account.outcomes[one.file, one.sha256] = Outcome.HELD
                account.differs.setdefault((one.file, one.sha256), set()).add(key)
                _wait(account, CORRECTION, key, shown(standing), shown(figure), one.file, "与已采用的不同，仍用原数；请与单位核实后选一个。")
        return
    account.pending = [p for p in account.pending if p.key != key]
    one, figure = offers[0]
    if len(distinct) > 1:
        seen = " / ".join(shown(f) for f in distinct)
        for other, _ in offers:
            account.outcomes[other.file, other.sha256] = Outcome.HELD
        figure = Doubt(seen)
        files = "；".join(other.file for other, _ in offers)
        _wait(account, CONFLICT, key, "", seen, files, "同时收到两份，数字不同；请与单位核实后选一个。")
    elif isinstance(figure, Doubt):
        _wait(account, DOUBTFUL, key, "", figure.seen, one.file, "数字存疑，没有计入；请与单位核实，属实的写“属实”，不然写应填的数。")
    account.figures[key] = figure
    account.sources[key] = Source(one.file, one.received)


def _type_in(account: UnitAccount, typed: Sequence[Typed], decided: Mapping[str, str]) -> None:
    """Put what the office typed over what was returned."""
    for entry in typed:
        key, value = entry.key, entry.value
        account.typed.add(key)
        account.sources[key] = Source(OFFICE, entry.seen_at)
        if (key[0] in ("word", "head") or key[2] == "explanation") and not is_amount(key):
            account.words[key] = "" if value is None else value.text if isinstance(value, Doubt) else shown(value)
            account.pending = [p for p in account.pending if p.key != key]
            continue
        others = [p for p in account.pending if p.key == key and p.kind == CORRECTION and entry.decided and p.id not in decided]
        account.pending = [p for p in account.pending if p.key != key]
        for item in others:  # one of several corrections was settled; the others still wait
            if item.other != shown(value):
                _wait(account, CORRECTION, key, shown(value), item.other, item.file, item.advice)
        account.halves -= {key}
        if value is None:
            account.figures.pop(key, None)
        else:
            account.figures[key] = value
        if isinstance(value, Doubt):
            _wait(account, DOUBTFUL, key, "", value.seen, OFFICE, "台账里填的不是可用的数字；请改填数字。")
    if account.standing is Standing.HELD and (account.figures or account.words):
        _adopt(account)


def _compare_typed(account: UnitAccount, typed: Sequence[Typed], taken: Sequence[Taken]) -> None:
    """A return that came with or after what the office typed, and differs from it, waits."""
    latest = {entry.key: entry for entry in typed}
    for entry in typed:
        for one in taken:
            figure = _figures(one.content).get(entry.key) if one.content and one.run >= entry.run else None
            name = (one.file, one.sha256)
            if figure is None or account.outcomes[name] is Outcome.DUPLICATE:
                continue
            differs = account.differs.setdefault(name, set())
            if shown(figure) == shown(entry.value):
                differs.discard(entry.key)
                if not differs and one.content and not one.content.is_doubtful:
                    account.outcomes[name] = Outcome.ACCEPTED
                continue
            differs.add(entry.key)
            account.outcomes[name] = Outcome.HELD
            asked = any(p.key == entry.key and p.kind == CORRECTION and p.other == shown(figure) for p in account.pending)
            if entry is latest[entry.key] and not asked:
                _wait(account, TYPED, entry.key, shown(entry.value), shown(figure), one.file, "现用台账数；请与单位核实后选一个。")


def wait_for(account: UnitAccount, key: Key, seen: str, file: str, advice: str, decided: Mapping[str, str]) -> bool:
    """Put a figure in question; whether the office has not settled just this before."""
    before = len(account.pending)
    _wait(account, DOUBTFUL, key, "", seen, file, advice)
    if len(account.pending) > before and account.pending[-1].id in decided:
        account.pending.pop()
        return False
    return True


def item_id(unit: str, kind: str, key: Key, used: str, other: str) -> str:
    """The id of a question about a cell: the same question has the same id in every run."""
    return hashlib.sha256("|".join((unit, *key, kind, used, other)).encode()).hexdigest()[:6]


def _wait(account: UnitAccount, kind: str, key: Key, used: str, other: str, file: str, advice: str) -> None:
    mark = item_id(account.unit, kind, key, used, other)
    if all(p.id != mark for p in account.pending):
        account.pending.append(Pending(mark, kind, account.unit, key, used, other, file, advice))


class Receipt(NamedTuple):
    """A received file as 收件登记 lists it; unit and period are "" if unknown."""

    received: datetime
    file: str
    unit: str
    period: str
    outcome: Outcome
    late: bool
    message: str
    sha256: str


class FlowRow(NamedTuple):
    """A figure in use, as 填报流水 lists it: one row per unit, indicator and measure.

    `value` is None where the figure is doubtful; `seen` is then what was sent.
    """

    period: Period
    unit: str
    project: int
    code: str
    name: str
    measure: str
    unit_of_measure: str
    value: Fraction | None
    seen: str
    source: Source


class Past(NamedTuple):
    """How an indicator stood at the end of an earlier period: the label of its status ("" of 定性),
    and its counted rate MIN(1, 完成率), None if it had none."""

    status: str
    capped: Fraction | None


class Reported(NamedTuple):
    """The trusted value of an indicator (a ratio as a fraction, a milestone 是/否) and its period."""

    value: Value
    period: Period


class Certified(NamedTuple):
    """What a certifier says of an indicator: the last word, beside the figure it was said of.

    `figure` is the certified value (a ratio as a fraction), a doubt, or None where none is certified.
    """

    unit: str
    opinion: str
    figure: "Figure | None"
    reported: Reported | None
    file: str
    received: datetime
    checked: "Figure | None" = None
    confirmed: "Figure | None" = None
    reason: str = ""
    remark: str = ""
    in_doubt_of_two: bool = False
    """Whether two forms that came at once say different things."""


class Issue(NamedTuple):
    """A problem that a unit raised in an earlier period and that was still open at the end of the last."""

    raised: Period
    problem: str
    coordination: str


class Finding(NamedTuple):
    """A problem of a received file, as 校核报告 lists it."""

    file: str
    unit: str
    outcome: Outcome
    problem: Problem


class PeriodAccount(NamedTuple):
    """All units in one period.

    `before` is the last trusted value of each indicator in earlier periods (上期累计), `last_known`
    the same in words with its month, `notes` a remark on a unit, by name; `decided` what the office
    settled.
    """

    plan: Plan
    period: Period
    units: Mapping[str, UnitAccount]
    before: Mapping[str, Value]
    last_known: Mapping[str, str]
    receipts: tuple[Receipt, ...] = ()
    flow: tuple[FlowRow, ...] = ()
    stray: tuple[Pending, ...] = ()
    decided: tuple[Pending, ...] = ()
    corrected: frozenset[str] = frozenset()
    """Indicators whose `before` is a 定稿后更正."""
    notes: Mapping[str, str] = _NONE
    past: Mapping[Period, Mapping[str, Past]] = _NONE
    """How the indicators stood at the end of each earlier period, by code; a closed one as printed."""
    issues: Mapping[tuple[str, int], Issue] = _NONE
    """What was open at the end of the last period, by unit and project."""
    findings: tuple[Finding, ...] = ()
    reminded: Mapping[str, int] = _NONE
    """On how many days a unit was reminded of this period's return."""
    late: frozenset[str] = frozenset()
    """Units whose lateness the office has confirmed by setting the time of receipt."""
    before_of: Mapping[str, Period] = _NONE
    """The period of each value of `before` that was reported."""
    certified: Mapping[str, Certified] = _NONE
    """What the certifiers said, by indicator; counted apart from the returns."""
    certifying: frozenset[str] = frozenset()
    """The units to which a form for certification went out."""

    def of_leader(self, name: str) -> "PeriodAccount":
        """The account over the indicators under one 分管领导 only."""
        return self._replace(plan=self.plan.under(name))

    def lagging_before(self, code: str, labels: frozenset[str]) -> int:
        """In how many periods on end, up to the last, an indicator stood in one of some states."""
        count = 0
        for earlier in reversed(self.period.earlier):
            stood = self.past.get(earlier, {}).get(code)
            if stood is None or stood.status not in labels:
                break
            count += 1
        return count

    def last(self, code: str) -> Past | None:
        """How an indicator stood at the end of the last period."""
        return self.past[self.period.earlier[-1]].get(code) if self.past and self.period.earlier else None

    def entries(self) -> dict[str, Entry]:
        """What the twin computes from, by indicator code."""
        return entries_of(self.plan, self.units)

    def owed(self, unit: str) -> bool:
        """Whether the unit stands in the account: its return is owed, or came though it was not."""
        return self.plan.owes_return(self.plan.unit(unit), self.period) or self.units[unit].standing is not Standing.MISSING

    def standing(self, unit: str) -> Standing:
        return self.units[unit].standing

    def is_late(self, unit: str) -> bool:
        """Whether the unit's return came after the due day."""
        received = self.units[unit].received
        return received is not None and received.date() > self.plan.due(self.period)

    @property
    def pending(self) -> list[Pending]:
        """What waits for the office, of units in the order of the plan, then files without a sender."""
        return [p for unit in self.plan.reporting_units for p in self.units[unit.name].pending] + list(self.stray)


def entries_of(plan: Plan, units: Mapping[str, UnitAccount]) -> dict[str, Entry]:
    """What units reported, as the twin takes it: by indicator code, doubts as text."""
    entries = {}
    for indicator in plan.indicators:
        account = units.get(indicator.filler)
        if account is None or not indicator.takes_figures:
            continue
        cells = (account.figures.get(("figure", indicator.code, m)) for m in ("reported", "numerator", "denominator"))
        entries[indicator.code] = Entry(*(c.text if isinstance(c, Doubt) else c for c in cells))
    return entries
