"""Honest years: what the units of a county might report from January to December, by ten kinds of course.

A course gives, for each month, how much of the year's result is there. Everything hangs on the seed.
"""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import NamedTuple, TypeAlias

from minsheng_xl.exact.keys import WORD, Key
from minsheng_xl.plan.model import Comparator, Indicator, Kind, PaceRule, Plan
from tests.makers import figure

Course: TypeAlias = list[float]
Month: TypeAlias = dict[Key, Fraction]


def even(chance: Random) -> Course:
    return _summed([chance.uniform(0.6, 1.4) for _ in range(12)])


def slow_january(chance: Random) -> Course:
    return _summed([0.02, 0.1, *(chance.uniform(0.6, 1.4) for _ in range(10))])


def burst(chance: Random) -> Course:
    """A training of thousands in one month."""
    months = [chance.uniform(0.5, 1.0) for _ in range(12)]
    months[chance.randrange(2, 12)] += chance.uniform(4, 8)
    return _summed(months)


def steps(chance: Random) -> Course:
    """Works that are counted when they are done: nothing for long, then in three or four steps."""
    months = [0.0] * 12
    for month in chance.sample(range(3, 12), chance.choice((3, 4))):
        months[month] = chance.uniform(0.5, 1.5)
    return _summed(months)


def early(chance: Random) -> Course:
    """Most of it is done before summer."""
    return _summed([*(chance.uniform(1.2, 2.0) for _ in range(6)), *(chance.uniform(0.05, 0.3) for _ in range(6))])


def late(chance: Random) -> Course:
    return _summed([*(chance.uniform(0.1, 0.4) for _ in range(6)), *(chance.uniform(1.0, 2.0) for _ in range(6))])


def twice(chance: Random) -> Course:
    """Twice what was asked for."""
    return [2 * share for share in even(chance)]


def summer_pause(chance: Random) -> Course:
    months = [chance.uniform(0.7, 1.3) for _ in range(12)]
    months[6] = months[7] = 0.0
    return _summed(months)


def growing(chance: Random) -> Course:
    return _summed([(month + 1) * chance.uniform(0.8, 1.2) for month in range(12)])


def short_of_it(chance: Random) -> Course:
    """Two thirds of what was asked for."""
    return [share * 2 / 3 for share in even(chance)]


COURSES: tuple[Callable[[Random], Course], ...] = (
    even, slow_january, burst, steps, early, late, twice, summer_pause, growing, short_of_it,
)


def _summed(months: list[float]) -> Course:
    whole, so_far, found = sum(months), 0.0, []
    for month in months:
        so_far += month
        found.append(so_far / whole)
    return found


class Season(NamedTuple):
    """A year of a plan: what stands in the cells of the figures, month by month."""

    plan: Plan
    months: list[Month]


def season(plan: Plan, seed: int) -> Season:
    """An honest year of a plan; the seed also says with which kind of course it begins."""
    chance = Random(seed)
    months: list[Month] = [{} for _ in range(12)]
    for number, indicator in enumerate(plan.indicators):
        course = COURSES[(number + seed) % len(COURSES)](chance)
        for month, cells in zip(months, _figures(indicator, course, chance), strict=True):
            month.update(cells)
    for month in months:
        _within_parents(plan, month)
    return Season(plan, months)


def _figures(indicator: Indicator, course: Course, chance: Random) -> list[Month]:
    if indicator.kind is Kind.RATIO:
        return _ratio(indicator, course, chance)
    if indicator.kind not in (Kind.CUMULATIVE, Kind.STOCK):
        return [{} for _ in range(12)]
    target = float(indicator.target or 5)
    if indicator.kind is Kind.CUMULATIVE:
        values = [share * target * 1.05 for share in course]
    else:
        values = _stock(indicator, target, chance)
    if indicator.comparator is Comparator.AT_MOST:
        values = [min(value, target) for value in values]
    return [{figure(indicator.code): _rounded(value, indicator.decimals)} for value in values]


def _stock(indicator: Indicator, target: float, chance: Random) -> list[float]:
    """A stock goes up and down with the seasons, fifteen in a hundred at most, and rises towards its target."""
    opening = float(indicator.opening or Fraction(0)) or target * 0.8
    rises = [opening + (target * 1.02 - opening) * month / 11 for month in range(12)]
    return [value * (1 + chance.uniform(-0.07, 0.07)) for value in rises]


def _ratio(indicator: Indicator, course: Course, chance: Random) -> list[Month]:
    target = float(indicator.target or 1)
    if indicator.office_denominator:
        if indicator.fixed_denominator is None:
            return [{} for _ in range(12)]
        whole = float(indicator.fixed_denominator)
        opening = float(indicator.opening or Fraction(0))
        tops = [whole * min(0.99, opening + (target * 1.03 - opening) * min(share, 1)) for share in course]
        return [{figure(indicator.code, "numerator"): _rounded(top, indicator.decimals)} for top in tops]
    of_the_month = indicator.pace_rule is PaceRule.FLAT and chance.random() < 0.5
    size, bad = chance.choice((40, 170, 800, 3500)), chance.randrange(12)
    found = []
    for month in range(12):
        bottom = size * (1 if of_the_month else (month + 1) / 12) * chance.uniform(0.97, 1.03)
        rate = min(target * chance.uniform(0.95, 1.02), 1.0) if target <= 1 else target * chance.uniform(0.95, 1.1)
        rate *= 0.8 if of_the_month and month == bad else 1
        numerator, denominator = (_rounded(value, indicator.decimals) for value in (bottom * rate, bottom))
        found.append({
            figure(indicator.code, "numerator"): min(numerator, denominator) if indicator.contained else numerator,
            figure(indicator.code, "denominator"): max(denominator, Fraction(1)),
        })
    return found


def amounts(project: int, chance: Random) -> list[Month]:
    """资金 of a project in 万元: what is due stands in the budget, it comes in two to four parts, and is paid behind."""
    due = chance.choice((60.0, 350.0, 1200.0, 8000.0)) * chance.uniform(0.8, 1.2)
    parts = sorted(chance.sample(range(12), chance.choice((2, 3, 4))))
    weights = [chance.uniform(0.5, 1.5) for _ in parts]
    arrived, paid, found = 0.0, 0.0, []
    for month in range(12):
        arrived += due * sum(weights[n] for n, at in enumerate(parts) if at == month) / sum(weights)
        paid += (arrived - paid) * chance.uniform(0.1, 0.6)
        told = {"funding_due": due, "funding_arrived": arrived, "funding_paid": paid}
        found.append({Key(WORD, str(project), name): _rounded(amount, 2) for name, amount in told.items()})
    return found


def _rounded(value: float, decimals: int) -> Fraction:
    return Fraction(round(value * 10**decimals), 10**decimals)


def _within_parents(plan: Plan, month: Month) -> None:
    for indicator in plan.indicators:
        key, whole = figure(indicator.code), figure(indicator.parent)
        if indicator.parent and key in month and whole in month:
            month[key] = min(month[key], month[whole])
