"""排名, 滞后清单 and the change since the last period: how rows, leads and periods compare.

As in `definitions`, each is an expression: a sheet gets its formula, the twin its exact value.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.exact.expressions import (
    BLANK,
    Const,
    Expr,
    Operand,
    Range,
    Rows,
    and_,
    cases,
    count_where,
    expr,
    if_,
    is_blank,
    is_number,
    join,
    minimum,
    or_,
    round_,
    settle,
    sum_product,
    sum_where,
)
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands, Status, Tally, Terms
from minsheng_xl.figures.remarks import missing
from minsheng_xl.figures.streak import BEFORE, LAGGING, LAGGING_LABELS
from minsheng_xl.plan.model import Tier

RANKED = (*d.GREEN, *LAGGING, Status.MISSING)
"""The states that enter 排名: 暂停, 待核, 序时未定 are left out, 未报 is not."""

_LAST, _NEVER = Fraction(10_000), Fraction(1_000_000)
"""Sorting keys behind every deviation: the unreported, and what is on no list."""


def is_one_of(state: Expr, states: Sequence[Status]) -> Expr:
    """Whether a status label is one of some states."""
    return or_(*(state.equals(one.label) for one in states))


def gap(t: Terms, o: Operands, state: Expr) -> Expr:
    """MIN(1, the share the light goes by) − 序时 of a row that enters 排名, 未报 as rate 0; "" of any other.

    A row without a pace (met before anybody set its steps, or unreported) is neither ahead nor behind.
    """
    if t.tier is not Tier.ASSESSED or t.paused:
        return BLANK
    if t.pace is None:
        return if_(is_one_of(state, RANKED), 0, "")
    return cases(
        (state.equals(Status.MISSING.label), expr(0) - o.pace),
        (is_one_of(state, RANKED), settle(minimum(1, d.share(t, o)) - o.pace)),
        otherwise="",
    )


def lag_key(points: Expr, state: Expr) -> Expr:
    """What 滞后清单 is sorted by: the worst exact deviation first, the unreported at the end."""
    return cases(
        (is_one_of(state, LAGGING), if_(is_number(points), points, Const(Fraction(-100)))),
        (state.equals(Status.MISSING.label), Const(_LAST)),
        otherwise=Const(_NEVER),
    )


def lead_key(points: Expr, state: Expr) -> Expr:
    """What the leading rows are sorted by: the best exact deviation first; only rows that are seen to be ahead."""
    ahead = if_(is_number(points), if_(round_(points, 1) > 0, expr(0) - points, Const(_NEVER)), Const(_NEVER))
    return if_(is_one_of(state, d.GREEN), ahead, Const(_NEVER))


def exact_points(t: Terms, o: Operands) -> Expr:
    """偏差 that is not rounded to what is printed; "" where there is none."""
    return if_(d.trusted(t, o), d.points(t, o), "") if d.has_deviation(t) else BLANK


def shown_lag(t: Terms, o: Operands, deviation: Expr, state: Expr) -> Expr:
    """偏差 of a row in a list; of one that lags by less than is printed, what it lacks; in the last period too."""
    lacking = missing(t, o) if t.target is not None else BLANK
    plain = cases((deviation.equals(""), ""), otherwise=deviation)
    if lacking == BLANK:
        return plain
    if t.last:
        return if_(is_one_of(state, LAGGING), lacking, plain)
    return if_(and_(is_one_of(state, LAGGING), deviation.equals(0)), lacking, plain)


def silent_codes(state: Expr, code: str, before: Expr | None, *, lagged: bool) -> Expr:
    """A link of the chain of a unit's codes that are 未报: those before it, and this one."""
    mine = code + (BEFORE if lagged else "")
    is_silent = state.equals(Status.MISSING.label)
    if before is None:
        return if_(is_silent, mine, "")
    return join(before, if_(is_silent, join(if_(is_blank(before), "", "、"), mine), ""))


def silent_units(unit: str, codes: Expr, before: Expr | None) -> Expr:
    """A link of the chain of units that owe figures: those before it, and this one: 县残联（8-1）、…."""
    mine = join(unit, "（", codes, "）")
    if before is None:
        return if_(is_blank(codes), "", mine)
    return join(before, if_(is_blank(codes), "", join(if_(is_blank(before), "", "、"), mine)))


def place(keys: Range, row: int) -> Expr:
    """The place of a row in a list sorted by a key, smallest first, ties in their order; "" if it is on no list."""
    mine = keys.cells[row]
    before: Expr = Rows("<", ((keys, mine),)) + 1
    if row:
        before = before + Rows("=", ((Range(keys.cells[:row]), mine),))
    return if_(mine < Const(_NEVER), before, "")


def on_list(keys: Range) -> Expr:
    """How many rows are on a list."""
    return Rows("<", ((keys, Const(_NEVER)),))


def lagging_rows(keys: Range) -> Expr:
    """How many rows of 滞后清单 lag; the others are unreported."""
    return Rows("<", ((keys, Const(_LAST)),))


class Marks(NamedTuple):
    """The columns over all assessed indicators that 排名 and the change are made of.

    `gap` see there; `weighted` is weight × counted rate; `was` the counted rate of the last period
    ("" if there was none); `moved` the difference, "" unless both periods have a rate.
    """

    filler: Range
    status: Range
    tally: Range
    met: Range
    weight: Range
    weighted: Range
    gap: Range
    both: Range
    moved: Range


class Lead(NamedTuple):
    """One unit's counts and averages over the indicators that it owes.

    `rows` are judged. `share` (of 按序时 or better) and `mean` (of `gap`) decide its rank; −1 and −9 if too few of
    what it owes are judged.
    """

    owed: Expr
    reported: Expr
    held: Expr
    met: Expr
    good: Expr
    lagging: Expr
    rows: Expr
    share: Expr
    mean: Expr
    average_all: Expr
    average_reported: Expr


def lead(marks: Marks, name: Operand, least_judged: Fraction) -> Lead:
    """The counts and averages of a unit, which is ranked if that share of what it owes is judged."""
    def having(*pairs: Operand) -> Expr:
        return count_where(marks.filler, name, *pairs)

    def in_states(states: Sequence[Status]) -> Expr:
        first, *others = (having(marks.status, state.label) for state in states)
        summed: Expr = first
        for other in others:
            summed = summed + other
        return summed

    reported = having(marks.tally, Tally.REPORTED.value)
    missing = having(marks.tally, Tally.MISSING.value)
    held = having(marks.tally, Tally.HELD.value)
    met, good, lagging = having(marks.met, "是"), in_states(d.GREEN), in_states(LAGGING)
    rows = good + lagging + missing
    summed = sum_where(marks.weighted, marks.filler, name)
    weight = sum_where(marks.weight, marks.filler, name, marks.tally, Tally.REPORTED.value)
    all_weight = weight + sum_where(marks.weight, marks.filler, name, marks.tally, Tally.MISSING.value)
    reported_met = having(marks.tally, Tally.REPORTED.value, marks.met, "是").equals(reported)
    every_met = having(marks.tally, Tally.REPORTED.value, marks.met, "是").equals(reported + missing)
    owed = reported + missing + held
    is_ranked = and_(rows > 0, rows >= settle(owed * least_judged))
    return Lead(
        owed=owed,
        reported=reported,
        held=held,
        met=met,
        good=good,
        lagging=lagging,
        rows=rows,
        share=if_(is_ranked, settle(good / rows), Const(Fraction(-1))),
        mean=if_(is_ranked, settle(sum_where(marks.gap, marks.filler, name) / rows), Const(Fraction(-9))),
        average_all=d.shown_average(if_(all_weight > 0, summed / all_weight, d.NONE), every_met),
        average_reported=d.shown_average(if_(weight > 0, summed / weight, d.NONE), reported_met),
    )


def rank(shares: Range, means: Range, row: int) -> Expr:
    """名次: 1, 2, 2, 4; — of a unit without a row that enters."""
    ahead = Rows(">", ((shares, shares.cells[row]), (means, means.cells[row])))
    return if_(shares.cells[row] < 0, d.NONE, ahead + 1)


def seat(shares: Range, means: Range, row: int) -> Expr:
    """The row of the printed table: by rank, ties in the order of the plan, the unranked last."""
    ahead: Expr = Rows(">", ((shares, shares.cells[row]), (means, means.cells[row]))) + 1
    if row:
        above = (Range(shares.cells[:row]), shares.cells[row]), (Range(means.cells[:row]), means.cells[row])
        ahead = ahead + Rows("=", above)
    return ahead


def standing(one: Lead, share: Expr) -> Expr:
    """What stands beside a rank: why there is none, 暂定 while figures are 待核, 仅1项 where it rests on one row."""
    single = one.rows.equals(1)
    return cases(
        (one.owed.equals(0), ""), (share < 0, "未排名，参评不足"),
        (one.held > 0, if_(single, "暂定，仅1项", "暂定")), (single, "仅1项"), otherwise="",
    )


def certified_standing(one: Lead, share: Expr) -> Expr:
    """What stands beside a rank that goes by certified figures: 认定完成3/4，暂定."""
    counts = join("认定完成", one.good, "/", one.rows)
    remark = cases((share < 0, "，未排名"), (one.held > 0, "，暂定"), otherwise="")
    return if_(one.owed.equals(0), "", join(counts, remark))


FRESH, CAUGHT = "新增滞后", "转为按序时"


def turned(state: Expr, last: str) -> Expr:
    """新增滞后 of a row that lags and did not in the last period, 转为按序时 of one that did and does not; "" of any other.
    `last` is the label of its status then, "" where it had none."""
    if last in LAGGING_LABELS:
        return if_(is_one_of(state, d.GREEN), CAUGHT, "")
    return if_(is_one_of(state, LAGGING), FRESH, "") if last in {one.label for one in d.GREEN} else BLANK


def in_both(tally: Expr, was: Expr) -> Expr:
    """是 if an indicator has a counted rate in this period and in the last."""
    return if_(tally.equals(Tally.REPORTED.value), if_(is_number(was), "是", ""), "")


def change(marks: Marks) -> Expr:
    """The change of the average since the last period, in percentage points, over the rows reported in
    both; — if there is none."""
    weight = sum_where(marks.weight, marks.both, "是")
    return if_(weight > 0, settle(sum_product(marks.weight, marks.moved) / weight * 100), d.NONE)


def changed_rows(marks: Marks) -> Expr:
    """n: how many rows the change is made over."""
    return count_where(marks.both, "是")


def moved(both: Expr, capped: Expr, was: Expr) -> Expr:
    return if_(both.equals("是"), capped - was, "")


def weighted(tally: Expr, weight: Expr, capped: Expr) -> Expr:
    """weight × counted rate of a reported row, else 0."""
    return if_(tally.equals(Tally.REPORTED.value), weight * capped, 0)
