"""All units in one period: the account that sheets, notices and programs read."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from minsheng_xl.accounts.confirmed import Confirmation
from minsheng_xl.accounts.paper import Paper
from minsheng_xl.accounts.questions import Pending
from minsheng_xl.accounts.unit import Source, UnitAccount
from minsheng_xl.accounts.values import NOTHING, Doubt, Figure, Outcome, Standing, Timeliness, about, shown
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import CHOICE, FIGURE, MEASURES, PROBLEM, WORD, Key, RowName
from minsheng_xl.figures.progress import Entry
from minsheng_xl.figures.streak import Streak, streak_of
from minsheng_xl.plan.model import Kind, Plan
from minsheng_xl.plan.period import Period, year_and_day
from minsheng_xl.problems import Problem
from minsheng_xl.rules.choices import SAME_AS_LAST

NOT_OWED = "本期不报"


class Receipt(NamedTuple):
    """A received file as 收件登记 lists it; unit and period are "" if unknown. `takes_paper`: it is a return with
    figures, of which the office may note that the signed `paper` came."""

    received: datetime
    file: str
    unit: str
    period: str
    outcome: Outcome
    late: bool
    message: str
    sha256: str
    is_confirmed: bool = False
    """Whether the office said when it was received."""
    takes_paper: bool = False
    paper: Paper | None = None

    @property
    def late_word(self) -> str:
        """What stands under 迟报."""
        return (Timeliness.LATE if self.is_confirmed else Timeliness.UNCONFIRMED).late_word if self.late else ""


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
    latest: Source
    """Where it came from last: what an earlier version named as its source."""
    version: str = ""
    """Of a figure that was corrected after its period was closed: 定稿时, 定稿后更正; "" of any other."""


class Past(NamedTuple):
    """How an indicator stood at the end of an earlier period: the label of its status ("" of 定性),
    and its counted rate MIN(1, 完成率), None if it had none."""

    status: str
    capped: Fraction | None


class Means(NamedTuple):
    """The county's averages of a period: 平均完成率（未报按0）, 已报平均; — where there is none."""

    everything: Value
    reported: Value


class Reported(NamedTuple):
    """The trusted value of an indicator (a ratio as a fraction, a milestone 是/否) and its period."""

    value: Value
    period: Period


class YearBefore(NamedTuple):
    """上年同期 as it was read when the period was consolidated: of which period of last year, and the value of each
    indicator that was reported in it."""

    period: Period
    values: Mapping[str, Value]


class Beside(NamedTuple):
    """What a certifier is shown beside a figure: of a ratio its parts, what its unit wrote of it (说明, 佐证材料), and
    what was certified of it last, in words."""

    numerator: Value = None
    denominator: Value = None
    explanation: str = ""
    evidence: str = ""
    last: str = ""


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

    def has_moved(self, now: Reported | None) -> bool:
        """Whether another figure is reported by now than that of which it was said."""
        then = self.reported
        return (now.value if now is not None else None) != (then.value if then is not None else None)


class Issue(NamedTuple):
    """A problem that a unit raised in an earlier period and that was still open at the end of the last.

    Since `gone` the unit no longer raises it.
    """

    raised: Period
    problem: str
    coordination: str
    gone: Period | None = None


class Finding(NamedTuple):
    """A problem of a received file, as 校核报告 lists it."""

    file: str
    unit: str
    outcome: Outcome
    problem: Problem


class Adjustment(NamedTuple):
    """A change of the plan that the paper tells: what it is of, in words, what it was and is, since when, by what
    document, and on what it rests."""

    of: str
    name: str
    column: str
    was: str
    now: str
    begins: str
    document: str
    basis: str
    lead: str


class Correction(NamedTuple):
    """A figure that was corrected after its period was closed: as closed, and as it is now; None where none is."""

    period: Period
    unit: str
    key: Key
    was: "Figure | None"
    now: "Figure | None"
    source: Source | None

    @property
    def words(self) -> str:
        """8-1 本期累计：定稿 106，更正为 104."""
        return corrected_words(self.key, self.was, self.now)


def corrected_words(key: Key, was: "Figure | None", now: "Figure | None") -> str:
    """A figure as it was closed and as it is corrected, in words."""
    return f"{about(key)}：定稿 {shown(was) or '—'}，更正为 {shown(now) or '—'}"


class Closing(NamedTuple):
    """How a period was closed: on which day, how often before, and what stands on the circular, "" where unknown."""

    at: date
    before: int = 0
    document: str = ""
    signed_by: str = ""
    dated: date | None = None

    @property
    def word(self) -> str:
        """What the sheets are by it: printed again after a closing was taken back, they are 更正稿."""
        return "更正稿" if self.before else "已定稿"

    @property
    def words(self) -> str:
        """已定稿（政办〔2022〕5号，签发人：赵军，2022年11月10日印发）."""
        signed = f"签发人：{self.signed_by}" if self.signed_by else ""
        dated = f"{year_and_day(self.dated)}印发" if self.dated else ""
        told = "，".join(filter(None, (self.document, signed, dated))) or f"{year_and_day(self.at)}定稿"
        return f"{self.word}（{told}）"


class Stage(NamedTuple):
    """A period of the year as a later one looks back on it: as it was closed, or as it stands while it is open.

    `plan` is the one that is valid in it, `entries` what was reported and `certified` what was certified, by the codes
    that it has there.
    """

    plan: Plan
    period: Period
    entries: Mapping[str, Entry]
    certified: Mapping[str, Certified]
    is_open: bool


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
    handed: tuple[Pending, ...] = ()
    """What the office is asked of figures that came on forms of units whose rows they are no more."""
    stray: tuple[Pending, ...] = ()
    decided: tuple[Pending, ...] = ()
    corrected: frozenset[str] = frozenset()
    """Indicators whose `before` is a 定稿后更正."""
    notes: Mapping[str, str] = NOTHING
    past: Mapping[Period, Mapping[str, Past]] = NOTHING
    """How the indicators stood at the end of each earlier period, by code; a closed one as printed."""
    trend: Mapping[Period, Means] = NOTHING
    """The county's averages of the earlier periods in which anything came."""
    led: Mapping[Period, Mapping[str, str]] = NOTHING
    """Which unit led the indicators in each earlier period, by code."""
    issues: Mapping[tuple[str, int], Issue] = NOTHING
    """What was open at the end of the last period, by unit and project."""
    faded: tuple[Pending, ...] = ()
    """What the office is asked of those that are no longer raised."""
    findings: tuple[Finding, ...] = ()
    reminded: Mapping[str, int] = NOTHING
    """On how many days a unit was reminded of this period's return."""
    late: frozenset[str] = frozenset()
    """Units whose lateness the office has confirmed by setting the time of receipt."""
    before_of: Mapping[str, Period] = NOTHING
    """The period of each value of `before` that was reported."""
    before_parts: Mapping[Key, Value] = NOTHING
    """The last accepted parts of ratios and amounts of 资金, by cell."""
    came: Mapping[str, str] = NOTHING
    """What came of the units that are 未报 and does not count, each with its day, in words."""
    recent: Mapping[str, str] = NOTHING
    """The figures of the last periods in words, by indicator."""
    usual: Mapping[str, tuple[Fraction, Fraction]] = NOTHING
    """Between what the increase of an indicator usually is, where the office wants that to be looked at."""
    last_words: Mapping[str, Mapping[Key, str]] = NOTHING
    """What each unit wrote in the last form that it sent before this period, by cell."""
    adjustments: tuple[Adjustment, ...] = ()
    """What of the plan was changed in the year, up to this period, as the paper tells it."""
    year_before: YearBefore | None = None
    """What stood a year before, where last year's folder is linked."""
    certified: Mapping[str, Certified] = NOTHING
    """What the certifiers said, by indicator; counted apart from the returns."""
    certifying: frozenset[str] = frozenset()
    """The units to which a form for certification went out."""
    head: str = ""
    """The head of the journal's chain behind the last entry on which the account rests; "" before it began."""
    closing: Closing | None = None
    """How the period was closed, if it is."""
    corrections: tuple[Correction, ...] = ()
    """What of the period was corrected after it was closed."""
    papers: Mapping[str, Paper] = NOTHING
    """The signed papers that the office noted, by unit."""
    confirmations: tuple[Confirmation, ...] = ()
    """What the leads said of the figures on their 核对单."""
    objected: tuple[Pending, ...] = ()
    """What the office is asked of it."""
    carried: tuple[Correction, ...] = ()
    """What of earlier periods was corrected after they were closed, and counts in this one first."""
    stages: tuple[Stage, ...] = ()
    """The periods before this one of which anything is known."""
    course: "tuple[PeriodAccount, ...]" = ()
    """The accounts of the periods up to this one of which anything is known, each as it was closed or stands, where
    what is printed looks back on more than the figures."""

    @property
    def issued_on(self) -> date | None:
        """印发日期: as the closing says, else as the plan."""
        dated = self.closing.dated if self.closing is not None else None
        return dated or self.plan.issued_on(self.period)

    def of_leader(self, name: str) -> "PeriodAccount":
        """The account over the indicators under one 分管领导 only."""
        stages = (one._replace(plan=one.plan.under(name)) for one in self.stages)
        return self._replace(plan=self.plan.under(name), stages=tuple(stages))

    @property
    def stage(self) -> Stage:
        """This period as a later one looks back on it."""
        return Stage(self.plan, self.period, self.entries(), self.certified, self.closing is None)

    def streak_before(self, code: str) -> Streak:
        """How long an indicator has lagged up to the last period."""
        stood = (self.past.get(earlier, {}).get(code) for earlier in self.period.earlier)
        lead = self.plan.indicator(code).lead
        led = (self.led.get(earlier, NOTHING).get(code, lead) for earlier in self.period.earlier)
        former = [number for number, then in enumerate(led) if then != lead]
        return streak_of((past.status if past is not None else "" for past in stood), former)

    def last(self, code: str) -> Past | None:
        """How an indicator stood at the end of the last period."""
        return self.past[self.period.earlier[-1]].get(code) if self.past and self.period.earlier else None

    def is_confirmed(self, code: str) -> bool:
        """Whether the figure of an indicator is the last one, which its unit confirmed by the word 与上期相同."""
        indicator = self.plan.indicator(code)
        account, row = self.units.get(indicator.filler), RowName(FIGURE, code)
        if account is None or account.words.get(row.cell(CHOICE)) != SAME_AS_LAST:
            return False
        last = {key: self.last_figure(key) for key in map(row.cell, indicator.measures)}
        return all(value is not None and account.figures.get(key) == value for key, value in last.items())

    def last_figure(self, key: Key) -> Value:
        """The last accepted figure of a cell in which one is entered; None if there is none."""
        is_part = self.plan.indicator(key.of).kind is Kind.RATIO
        return self.before_parts.get(key) if is_part else self.before.get(key.of)

    def entries(self) -> dict[str, Entry]:
        """What the twin computes from, by indicator code."""
        return entries_of(self.plan, self.units)

    def owed(self, unit: str) -> bool:
        """Whether the unit stands in the account: its return is owed, or came though it was not."""
        owes = self.plan.owes_return(self.plan.unit(unit), self.period)
        return owes or self.units[unit].standing is not Standing.MISSING

    def standing(self, unit: str) -> Standing:
        return self.units[unit].standing

    def is_late(self, unit: str) -> bool:
        """Whether the unit's return came after the due day."""
        received = self.units[unit].received
        return received is not None and received.date() > self.plan.due(self.period)

    def received(self, unit: str) -> datetime | None:
        """When what counts of a unit came; None while nothing does."""
        return self.units[unit].received if self.standing(unit) in (Standing.ACCEPTED, Standing.HELD) else None

    def timeliness(self, unit: str) -> Timeliness:
        """报送及时 of a unit."""
        if self.received(unit) is None:
            return Timeliness.NOTHING
        if not self.is_late(unit):
            return Timeliness.IN_TIME
        return Timeliness.LATE if unit in self.late else Timeliness.UNCONFIRMED

    @property
    def pending(self) -> list[Pending]:
        """What waits for the office, of units in the order of the plan, of rows that changed hands, then files without
        a sender, then problems and objections."""
        of_units = (self.units[unit.name].pending for unit in self.plan.reporting_units)
        return [*chain.from_iterable(of_units), *self.handed, *self.stray, *self.faded, *self.objected]

    def said_of_issue(self, unit: str, project: int) -> str:
        """What the office said in this period of a problem that is no longer raised; "" if nothing."""
        key = Key(WORD, str(project), PROBLEM)
        words = [one.decision.word for one in self.decided if one.decision and (one.unit, one.key) == (unit, key)]
        return words[-1] if words else ""


def entries_of(plan: Plan, units: Mapping[str, UnitAccount]) -> dict[str, Entry]:
    """What units reported, as the twin takes it: by indicator code, doubts as text."""
    entries = {}
    for indicator in plan.indicators:
        account = units.get(indicator.filler)
        if account is None or not indicator.takes_figures:
            continue
        cells = (account.figures.get(Key(FIGURE, indicator.code, measure)) for measure in MEASURES)
        entries[indicator.code] = Entry(*(cell.text if isinstance(cell, Doubt) else cell for cell in cells))
    return entries
