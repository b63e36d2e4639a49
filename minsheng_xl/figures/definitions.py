"""What the figures mean: value, rate, pace, deviation, status, averages.

Each definition is an expression over operands. A sheet hands in references and gets its formula;
the Python twin hands in constants and gets the exact value. What the plan and the period fix
(comparator, kind, pace) is decided here in Python, so that a formula holds only what can change.

Source: the county's table of commitments for 2022 (指标任务), and the tracking conventions of
county circulars: rates uncapped, deviation in percentage points, silence counted as zero.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.exact.expressions import (
    BLANK,
    PERCENT,
    Call,
    Const,
    Expr,
    Operand,
    Range,
    Text,
    and_,
    cases,
    count,
    count_where,
    if_,
    is_blank,
    is_number,
    join,
    maximum,
    minimum,
    or_,
    replaced,
    round_,
    settle,
    sum_product,
    sum_where,
    total,
)
from minsheng_xl.figures.pace import pace_of
from minsheng_xl.plan.model import Bands, Comparator, Indicator, Kind, Plan, Tier
from minsheng_xl.plan.period import Period

NONE = "—"
"""What is printed where there is no figure."""

DOUBT_PREFIX = "待核："
"""A doubtful figure stands as text with this prefix, so that no formula can count it."""


NOT_APPLICABLE = "本期不涉及"
"""What stands in place of a figure where the plan lets a unit say so."""


class Status(Enum):
    """The exclusive states of an indicator; each has a sign, so that black and white says the same."""

    DONE = "完成"
    AHEAD = "超序时"
    ON_PACE = "按序时"
    YELLOW = "滞后黄"
    RED = "滞后红"
    MISSED = "未完成"
    MISSING = "未报"
    HELD = "待核"
    OPEN = "序时未定"
    PAUSED = "暂停"
    NOT_APPLICABLE = "不涉及"
    NOT_DUE = "未到期"

    @property
    def sign(self) -> str:
        return _SIGNS[self]

    @property
    def label(self) -> str:
        """Sign and word, as a cell shows them."""
        return f"{self.sign} {self.value}"


_SIGNS = {
    Status.DONE: "✓", Status.AHEAD: "▲", Status.ON_PACE: "●", Status.YELLOW: "◆", Status.RED: "▼",
    Status.MISSED: "×", Status.MISSING: "○", Status.HELD: "？", Status.OPEN: "－",
    Status.PAUSED: "＝", Status.NOT_APPLICABLE: "／", Status.NOT_DUE: "…",
}

BY_LABEL = {status.label: status for status in Status}

WORST_FIRST = (
    Status.MISSED, Status.RED, Status.YELLOW, Status.MISSING, Status.HELD, Status.OPEN,
    Status.ON_PACE, Status.AHEAD,
)

_ALWAYS_COUNTED = (
    Status.DONE, Status.AHEAD, Status.ON_PACE, Status.YELLOW, Status.RED, Status.MISSED,
    Status.MISSING, Status.HELD, Status.OPEN, Status.PAUSED,
)


def counted_statuses(*, may_be_exempt: bool) -> tuple[Status, ...]:
    """The states an assessed indicator can have, in the order of the foot line; they add up."""
    return (*_ALWAYS_COUNTED, *((Status.NOT_APPLICABLE,) if may_be_exempt else ()))


GREEN = (Status.DONE, Status.AHEAD, Status.ON_PACE)


class Tally(Enum):
    """How an assessed indicator enters the averages."""

    REPORTED = "已报"
    MISSING = "未报"
    HELD = "待核"
    OUTSIDE = "不计"


class Terms(NamedTuple):
    """What plan and period fix about one indicator: all that a definition needs but the figures.

    `pace`, `flat`, `opening` and `overdue` see `Pace`. `elapsed` is the share of the year gone by. `exemption` is on
    what paper the row may be said not to apply in this period, "" if it may not.
    """

    tier: Tier
    kind: Kind
    comparator: Comparator
    target: Fraction | None
    decimals: int
    unit_of_measure: str
    office_denominator: bool
    pace: Fraction | None
    flat: bool
    opening: Fraction | None
    falls: bool
    last: bool
    paused: bool
    due: bool
    bands: Bands
    elapsed: Fraction
    exemption: str = ""
    overdue: bool = False


def terms(plan: Plan, indicator: Indicator, period: Period) -> Terms:
    """The terms of an indicator at the end of a period."""
    pace = pace_of(indicator, period, plan.settings.least_increase)
    paused = indicator.paused_in(period)
    return Terms(
        tier=indicator.tier,
        kind=indicator.kind,
        comparator=indicator.comparator,
        target=indicator.target,
        decimals=indicator.decimals,
        unit_of_measure=indicator.unit_of_measure,
        office_denominator=indicator.office_denominator,
        pace=None if paused else pace.share,
        flat=pace.flat,
        opening=None if paused else pace.opening,
        falls=indicator.falls,
        last=period.is_last,
        paused=paused,
        due=indicator.is_due_in(period),
        bands=plan.settings.bands,
        elapsed=period.elapsed,
        exemption=indicator.exemption.basis if indicator.may_be_exempt_in(period) else "",
        overdue=pace.overdue,
    )


class Operands(NamedTuple):
    """The figures of one indicator as expressions.

    `reported` is the number or word entered, or for a ratio the quotient (see `quotient`).
    """

    reported: Expr
    numerator: Expr = BLANK
    denominator: Expr = BLANK
    target: Expr = BLANK
    pace: Expr = BLANK


def quotient(numerator: Expr, denominator: Expr) -> Expr:
    """值 of a ratio: 分子/分母, only if both are numbers and 分母 > 0; else ""."""
    return if_(
        and_(is_number(numerator), is_number(denominator)),
        if_(denominator > 0, numerator / denominator, ""),
        "",
    )


YES_OR_NO = (Kind.MILESTONE, Kind.DERIVED)
"""Kinds whose value is 是 or 否."""


def trusted(t: Terms, o: Operands) -> Expr:
    """Whether there is a value that may be counted (any text would beat any number in Excel)."""
    if t.kind in YES_OR_NO:
        return or_(o.reported.equals("是"), o.reported.equals("否"))
    return is_number(o.reported)


def unreported(t: Terms, o: Operands) -> Expr:
    """Whether every input is blank. The office's denominator is no input of the unit's."""
    if t.kind is not Kind.RATIO:
        return is_blank(o.reported)
    if t.office_denominator:
        return is_blank(o.numerator)
    return and_(is_blank(o.numerator), is_blank(o.denominator))


def exempt(t: Terms, o: Operands) -> Expr:
    """Whether 本期不涉及 stands in place of the figure; a ratio says so in its 分子."""
    return (o.numerator if t.kind is Kind.RATIO else o.reported).equals(NOT_APPLICABLE)


def exempt_first(t: Terms, o: Operands, then: Operand) -> list[tuple[Expr, Operand]]:
    """The branch of a row that does not apply; none where that may not be said."""
    return [(exempt(t, o), then)] if t.exemption else []


def met(t: Terms, o: Operands) -> Expr:
    """达标 of a trusted value, by the comparator."""
    if t.kind is Kind.MILESTONE:
        return o.reported.equals("是")
    value = settle(o.reported) if t.kind is Kind.RATIO else o.reported
    match t.comparator:
        case Comparator.MORE_THAN:
            return value > o.target
        case Comparator.AT_MOST:
            return value <= o.target
    return value >= o.target


def raw_rate(t: Terms, o: Operands) -> Expr:
    """完成率 of a trusted value as an exact fraction, uncapped; 控制在目标内 is 1."""
    if t.kind is Kind.MILESTONE:
        return if_(o.reported.equals("是"), 1, 0)
    if t.comparator is Comparator.AT_MOST:
        return if_(met(t, o), 1, o.target / o.reported)
    return o.reported / o.target


def share(t: Terms, o: Operands) -> Expr:
    """The share of a trusted value that the light goes by: 完成率, or of the year's increase what is made of it."""
    if t.opening is None:
        return raw_rate(t, o)
    return maximum(0, (o.reported - t.opening) / (o.target - t.opening))


def shown_share(t: Terms, o: Operands) -> Expr:
    """The same as printed in a sentence; 100.0% only if the target is met."""
    printed = round_(settle(share(t, o)), 3)
    return Text(if_(met(t, o), printed, minimum(printed, Fraction(999, 1000))), PERCENT)


def shown_rate(t: Terms, o: Operands, none: str = NONE) -> Expr:
    """完成率 as printed: three decimals of the fraction, half up; 100.0% or more only if met."""
    if t.target is None:
        return Const(none)
    printed = round_(settle(raw_rate(t, o)), 3)
    if t.kind is Kind.MILESTONE:
        printed = raw_rate(t, o)
    else:
        printed = if_(met(t, o), printed, minimum(printed, Fraction(999, 1000)))
    return if_(trusted(t, o), printed, none)


def points(t: Terms, o: Operands) -> Expr:
    """偏差 of a trusted value in percentage points, settled: `share` − 序时, on exact figures."""
    return round_((share(t, o) - o.pace) * 100, 10)


def has_deviation(t: Terms) -> bool:
    """Whether there is a pace to deviate from."""
    return t.tier is Tier.ASSESSED and t.pace is not None


def shown_points(t: Terms, o: Operands, none: str = NONE) -> Expr:
    """偏差 as printed, in percentage points with one decimal."""
    if not has_deviation(t):
        return Const(none)
    return if_(trusted(t, o), round_(points(t, o), 1), none)


def status(t: Terms, o: Operands) -> Expr:
    """状态, as a label with its sign. A 定性 row has none."""
    if t.tier is Tier.TEXT:
        return BLANK
    if t.paused:
        return Const(Status.PAUSED.label)
    if t.tier is Tier.GATE and not t.due:
        return Const(Status.NOT_DUE.label)
    return cases(
        (unreported(t, o), Status.MISSING.label),
        (trusted(t, o), _light(t, o)),
        *exempt_first(t, o, Status.NOT_APPLICABLE.label),
        otherwise=Status.HELD.label,
    )


def _light(t: Terms, o: Operands) -> Expr:
    if t.last or t.tier is Tier.GATE:
        return if_(met(t, o), Status.DONE.label, Status.MISSED.label)
    bands, deviation = t.bands, points(t, o)
    if t.pace is None:
        light = if_(met(t, o), Status.ON_PACE.label, Status.OPEN.label)
    elif t.pace == 1:  # the whole target is due: what is unmet lags, however little
        light = if_(
            met(t, o),
            if_(deviation > bands.ahead, Status.AHEAD.label, Status.ON_PACE.label),
            if_(deviation < bands.red, Status.RED.label, Status.YELLOW.label),
        )
    else:
        light = cases(
            (deviation > bands.ahead, Status.AHEAD.label),
            (deviation >= bands.yellow, Status.ON_PACE.label),
            (deviation >= bands.red, Status.YELLOW.label),
            otherwise=Status.RED.label,
        )
    return light if t.falls else if_(met(t, o), Status.DONE.label, light)


def tally(t: Terms, o: Operands) -> Expr:
    """How the row enters the averages; constant 不计 where it never does."""
    if t.tier is not Tier.ASSESSED or t.paused:
        return Const(Tally.OUTSIDE.value)
    return cases(
        (unreported(t, o), Tally.MISSING.value),
        (trusted(t, o), Tally.REPORTED.value),
        *exempt_first(t, o, Tally.OUTSIDE.value),
        otherwise=Tally.HELD.value,
    )


def capped_rate(t: Terms, o: Operands) -> Expr:
    """MIN(1, 完成率) where the row is counted, else ""."""
    if t.tier is not Tier.ASSESSED or t.paused:
        return BLANK
    return if_(trusted(t, o), minimum(1, raw_rate(t, o)), "")


def met_mark(t: Terms, o: Operands) -> Expr:
    """是 or 否 for a trusted value with a target, else "". A paused gate is left out."""
    if t.target is None or (t.tier is Tier.GATE and t.paused):
        return BLANK
    return if_(trusted(t, o), if_(met(t, o), "是", "否"), "")


def derived(marks: Sequence[Expr]) -> Expr:
    """是 if all the source indicators are met, 否 if one is not, "" while one is unknown."""
    return cases(
        (or_(*(m.equals("否") for m in marks)), "否"),
        (and_(*(m.equals("是") for m in marks)), "是"),
        otherwise="",
    )


def increase(t: Terms, current: Expr, previous: Expr) -> Expr:
    """本期新增 = 本期累计 − 上期累计; — where there is no previous figure."""
    if t.kind not in (Kind.CUMULATIVE, Kind.STOCK, Kind.RATIO):
        return BLANK
    both = and_(is_number(current), is_number(previous))
    return cases((is_blank(current), ""), (both, settle(current - previous)), otherwise=NONE)


class Columns(NamedTuple):
    """The columns of a table of indicators, as ranges of equal length, for the totals below."""

    tier: Range
    status: Range
    tally: Range
    met: Range
    weight: Range
    capped: Range


def average_reported(c: Columns) -> Expr:
    """已报平均 = Σ w·MIN(1, 率) / Σ w over the reported; — if there is none."""
    weight = sum_where(c.weight, c.tally, Tally.REPORTED.value)
    return if_(weight > 0, sum_product(c.weight, c.capped) / weight, NONE)


def average_all(c: Columns) -> Expr:
    """未报按0: the same over the reported and the unreported, these as 0; — without weight."""
    weight = sum_where(c.weight, c.tally, Tally.REPORTED.value) + sum_where(
        c.weight, c.tally, Tally.MISSING.value
    )
    return if_(weight > 0, sum_product(c.weight, c.capped) / weight, NONE)


def mean(values: Range) -> Expr:
    """The plain mean of the numbers in a range; — if there is none."""
    return if_(count(values) > 0, total(values) / count(values), NONE)


def averaged(*, by_project: bool) -> str:
    """How the county's averages are made, in words (平均方式)."""
    return "按项目平均再平均" if by_project else "按指标加权，单项最高计100%"


def shown_average(average: Expr, all_met: Expr) -> Expr:
    """An average as printed: 100.0% only if every target is met."""
    printed = round_(settle(average), 3)
    return if_(is_number(average), if_(all_met, printed, minimum(printed, Fraction(999, 1000))), average)


def printed_percent(average: Expr) -> Expr:
    """An average within a sentence: 78.6%, or — ."""
    return if_(is_number(average), Text(average, PERCENT), NONE)


def reported_met(c: Columns) -> Expr:
    """Whether every reported indicator meets its target."""
    reported = count_where(c.tally, Tally.REPORTED.value)
    return count_where(c.tally, Tally.REPORTED.value, c.met, "是").equals(reported)


def all_met(c: Columns) -> Expr:
    """Whether every indicator in the averages meets its target, 未报 as not."""
    return count_where(c.tally, Tally.REPORTED.value, c.met, "是").equals(
        count_where(c.tally, Tally.REPORTED.value) + count_where(c.tally, Tally.MISSING.value)
    )


def tallied(c: Columns, how: Tally) -> Expr:
    """The number of assessed indicators that enter the averages in that way."""
    return count_where(c.tally, how.value)


def counted(c: Columns) -> Expr:
    """N: assessed indicators less those paused."""
    return tallied(c, Tally.REPORTED) + tallied(c, Tally.MISSING) + tallied(c, Tally.HELD)


def met_count(c: Columns) -> Expr:
    """已达标指标: assessed figures that meet their comparator, whatever their status."""
    return count_where(c.tier, Tier.ASSESSED.value, c.met, "是")


def with_status(c: Columns, state: Status) -> Expr:
    """The number of assessed indicators in a state."""
    return count_where(c.tier, Tier.ASSESSED.value, c.status, state.label)


class MadeOf(NamedTuple):
    """What a project is made of: how many assessed indicators and gates, those without the paused, and whether one of
    them may be said not to apply."""

    assessed: int
    gates: int
    exempt: bool

    @classmethod
    def of(cls, every: Iterable[Terms]) -> "MadeOf":
        terms = list(every)
        gates = sum(t.tier is Tier.GATE and not t.paused for t in terms)
        return cls(sum(t.tier is Tier.ASSESSED for t in terms), gates, any(t.exemption for t in terms))


def project_status(c: Columns, parts: MadeOf, last: bool) -> Expr:
    """A project's state: 完成 if every assessed indicator is and every gate is met, else the worst; one of which a row
    does not apply is not 完成. — if it has neither.
    """
    assessed, gates, may_be_exempt = parts
    done: Expr = Const(Status.DONE.label)
    if gates:
        gates_met = count_where(c.tier, Tier.GATE.value, c.met, "是").equals(gates)
        done = if_(gates_met, done, (Status.MISSED if last else Status.ON_PACE).label)
    if not assessed:
        return done if gates else Const(NONE)
    nothing: Operand = Status.PAUSED.label
    if may_be_exempt:
        is_exempt = with_status(c, Status.NOT_APPLICABLE) > 0
        nothing = if_(is_exempt, Status.NOT_APPLICABLE.label, nothing)
        done = if_(is_exempt, Status.ON_PACE.label, done)
    return cases(
        *((with_status(c, state) > 0, state.label) for state in WORST_FIRST),
        (with_status(c, Status.DONE).equals(0), nothing),
        otherwise=done,
    )


def lights(c: Columns, *, may_be_exempt: bool = False) -> Expr:
    """The count that stands beside a project's state, in words: 2项按序时、1项滞后; 按序时 with those ahead of it."""

    def part(word: str, *states: Status) -> Expr:
        number = with_status(c, states[0])
        for state in states[1:]:
            number = number + with_status(c, state)
        return if_(number > 0, join(number, "项", word, " "), "")

    on_pace = part(Status.ON_PACE.value, Status.AHEAD, Status.ON_PACE)
    exempt = (Status.NOT_APPLICABLE,) if may_be_exempt else ()
    others = (Status.MISSED, Status.MISSING, Status.HELD, Status.OPEN, Status.PAUSED, *exempt)
    counted = join(
        part(Status.DONE.value, Status.DONE), on_pace, part("滞后", Status.YELLOW), part("严重滞后", Status.RED),
        *(part(state.value, state) for state in others),
    )
    return replaced(Call("TRIM", (counted,)), " ", "、")

