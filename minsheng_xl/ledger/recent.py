"""What the last periods show of a figure and of a unit, as its next form recalls it."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median

from minsheng_xl.accounts.values import shown
from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import grouped
from minsheng_xl.figures.progress import Entry
from minsheng_xl.ledger.previous import Earlier, trusted_value
from minsheng_xl.plan.model import Indicator, Kind, Plan

_PERIODS = 6


def recent_of(plan: Plan, earlier: Sequence[Earlier]) -> dict[str, str]:
    """The trusted figures of the last six periods by indicator, the oldest first: 8月 1,050；9月 1,310; of a ratio
    分子/分母. A period without one is left out."""
    found: dict[str, list[str]] = {}
    for each in earlier[-_PERIODS:]:
        for indicator in filter(None, map(each.as_it_was, plan.indicators)):
            if indicator.takes_figures and trusted_value(indicator, each.entries) is not None:
                words = _words(indicator, each.entries[indicator.code])
                found.setdefault(indicator.code, []).append(f"{each.period.short_label} {words}")
    return {code: "；".join(words) for code, words in found.items()}


def _words(indicator: Indicator, entry: Entry) -> str:
    if indicator.kind is Kind.RATIO:
        denominator = indicator.fixed_denominator if indicator.office_denominator else entry.denominator
        return f"{_number(entry.numerator)}/{_number(denominator)}"
    return _number(entry.reported)


def _number(value: object) -> str:
    return grouped(shown(value)) if isinstance(value, Fraction) else str(value)


def usual_of(plan: Plan, earlier: Sequence[Earlier]) -> dict[str, tuple[Fraction, Fraction]]:
    """Between what the increase of a total or a stock usually is, by indicator, of which five periods are known: the
    median of its increases, and 新增界限 times their spread to both sides; nothing where that is not used.

    The spread is the median distance from the median, at least a tenth of that, and at least 1.
    """
    if not plan.settings.usual:
        return {}
    figures: dict[str, list[Fraction]] = {}
    for each in earlier:
        for indicator in filter(None, map(each.as_it_was, plan.indicators)):
            value = trusted_value(indicator, each.entries)
            if indicator.kind in (Kind.CUMULATIVE, Kind.STOCK) and isinstance(value, Fraction):
                figures.setdefault(indicator.code, []).append(value)
    return {
        code: _between([after - before for before, after in pairwise(values)], plan.settings.usual)
        for code, values in figures.items()
        if len(values) >= _KNOWN
    }


_KNOWN = 5
"""Periods of which figures are there, before anything is said to be usual."""


def _between(increases: Sequence[Fraction], times: Fraction) -> tuple[Fraction, Fraction]:
    middle = median(increases)
    spread = max(median([abs(one - middle) for one in increases]), abs(middle) / 10, Fraction(1))
    return middle - times * spread, middle + times * spread


def last_words_of(plan: Plan, earlier: Iterable[Earlier]) -> dict[str, Mapping[Key, str]]:
    """What each unit wrote in its last form, by cell, under the numbers that the projects have in a plan."""
    found: dict[str, Mapping[Key, str]] = {}
    for each in earlier:
        here = {str(one.no): str(plan.number_here(one)) for one in each.plan.projects}
        for name, account in each.units.items():
            if account.words:
                words = account.words.items()
                found[name] = {_under(here, key): text for key, text in words}
    return found


def _under(here: Mapping[str, str], key: Key) -> Key:
    """A cell with the number that its project has now."""
    return key._replace(of=here.get(key.of, key.of)) if key.is_of_project else key
