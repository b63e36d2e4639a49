"""序时: how much of a target is due by the end of a period, and on what that is measured.

A day of the published table is known to it: what is linear runs to that day, and from it on the whole target is due.
31 December counts as none, for it is the end of the year.
"""

from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.plan.model import Comparator, Indicator, Kind, PaceRule, Tier
from minsheng_xl.plan.period import Period


class Pace(NamedTuple):
    """The `share` of the target that is due, None if 序时未定 or not asked.

    `flat`: the whole target applies in every period. `opening` is set only where the year's increase is measured.
    `overdue`: a day by which the whole of it was due has come.
    """

    share: Fraction | None = None
    flat: bool = False
    opening: Fraction | None = None
    overdue: bool = False


def pace_of(indicator: Indicator, period: Period, least_increase: Fraction) -> Pace:
    """The pace of an indicator at the end of a period; an increase below `least_increase`, a share of the target,
    is none to be measured."""
    if indicator.tier is not Tier.ASSESSED:
        return Pace()
    opening = _increasing_from(indicator, least_increase)
    flat = _is_flat(indicator) or (_is_stock(indicator) and indicator.opening is not None and opening is None)
    overdue = _is_overdue(indicator, period)
    whole = flat or overdue or period.is_last
    share = Fraction(1) if whole else _due_share(indicator, period)
    return Pace(share, flat, None if flat or share is None else opening, overdue)


def _is_stock(indicator: Indicator) -> bool:
    return indicator.kind in (Kind.STOCK, Kind.RATIO)


def _is_flat(indicator: Indicator) -> bool:
    return indicator.pace_rule is PaceRule.FLAT or indicator.comparator is Comparator.AT_MOST


def _increasing_from(indicator: Indicator, least: Fraction) -> Fraction | None:
    """The 年初数 of what has an increase to make that is worth measuring."""
    opening, target = indicator.opening, indicator.target
    if not _is_stock(indicator) or opening is None or target is None or opening >= target:
        return None
    return opening if target - opening >= least * target else None


def _due_share(indicator: Indicator, period: Period) -> Fraction | None:
    """The share that is due while no day has come by which it is the whole."""
    if _is_stock(indicator) and indicator.opening is None:
        return None
    match indicator.pace_rule:
        case PaceRule.LINEAR:
            return _elapsed(indicator, period)
        case PaceRule.ANNUAL:
            return Fraction(0)
        case PaceRule.STEPS if indicator.steps:
            return next((share for month, share in reversed(indicator.steps) if month <= period.end_month), Fraction(0))
    return None


def _elapsed(indicator: Indicator, period: Period) -> Fraction:
    """The share of the periods gone by, of those until the deadline."""
    periods = Period.all_of(period.year, period.frequency)
    until = [each for each in periods if not _has_come(indicator, each)]
    passed = len(period.earlier) + 1
    return Fraction(passed, len(until) + 1) if len(until) < len(periods) else period.elapsed


def _is_overdue(indicator: Indicator, period: Period) -> bool:
    """Whether a day by which the whole target was due has come: its deadline, or the step that reaches all of it."""
    whole = (month for month, share in indicator.steps if share == 1 and month < _LAST_MONTH)
    steps = indicator.steps if indicator.pace_rule is PaceRule.STEPS else ()
    return _has_come(indicator, period) or (bool(steps) and any(month <= period.end_month for month in whole))


def _has_come(indicator: Indicator, period: Period) -> bool:
    """Whether the day of the published table has come; the last of the year is none."""
    day = indicator.deadline
    if day is None or (day.month, day.day) == (_LAST_MONTH, 31):
        return False
    return day <= period.last_day


_LAST_MONTH = 12
