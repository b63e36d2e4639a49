"""上期累计: the last trusted value of an indicator in earlier periods, and when it was reported."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.period import entries_of
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.exact.expressions import Const, Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.progress import Entry
from minsheng_xl.ledger.units import unit_of
from minsheng_xl.plan.model import Indicator, Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import Closed
from minsheng_xl.year.register import Register


class Earlier(NamedTuple):
    """An earlier period: some units as they stand, and as they stood when it was closed (the same, if it is open)."""

    period: Period
    units: Mapping[str, UnitAccount]
    closed: Closed | None
    as_closed: Mapping[str, UnitAccount]


class Previous(NamedTuple):
    """The last trusted values by indicator; of those that were reported the period; those that are a 定稿后更正.

    `parts` are the last accepted parts of ratios and amounts of 资金, by cell.
    """

    values: dict[str, Value]
    periods: dict[str, Period]
    corrected: frozenset[str]
    parts: dict[Key, Value]


def previous(plan: Plan, indicators: Iterable[Indicator], period: Period, earlier: Iterable[Earlier]) -> Previous:
    """What stands before a period, from the earlier ones in order.

    A closed period gives the value of its closing, as printed, by the plan of its day; where what stands by now is
    another than what stood then, it is corrected. What accumulates begins the year at nothing.
    """
    mine = tuple(indicators)
    values: dict[str, Value] = {}
    periods: dict[str, Period] = {}
    corrected: set[str] = set()
    parts: dict[Key, Value] = {}
    if period.is_first:
        values |= {indicator.code: Fraction(0) for indicator in mine if indicator.kind is Kind.CUMULATIVE}
    for each in earlier:
        parts |= _parts(plan, mine, each.units)
        for indicator, value in _stood(plan, mine, each):
            code = indicator.code
            values[code], periods[code] = value, each.period
            if each.closed is None or value == _as_closed(each.closed, indicator):
                corrected.discard(code)
            else:
                corrected.add(code)
    return Previous(values, periods, frozenset(corrected), parts)


def previous_of(plan: Plan, register: Register, unit: str, period: Period, upto: int | None = None) -> Previous:
    """上期累计 of the indicators a unit fills in, by all that is known now, or was up to a seq."""
    return previous(plan, plan.filled_by(unit), period, _earlier_of(plan, register, unit, period, upto))


def _earlier_of(plan: Plan, register: Register, unit: str, period: Period, upto: int | None) -> Iterator[Earlier]:
    for each in period.earlier:
        closed = register.closed(each, upto=upto)
        now = then = {unit: unit_of(plan, register, unit, each, upto, closed)}
        if closed is not None:
            then = {unit: unit_of(plan, register, unit, each, closed.upto, closed)}
        yield Earlier(each, now, closed, then)


def _parts(
    plan: Plan, indicators: Iterable[Indicator], units: Mapping[str, UnitAccount]
) -> Iterator[tuple[Key, Value]]:
    """The parts of ratios and the amounts that were accepted; of half a ratio nothing was."""
    entries = entries_of(plan, units)
    ratios = {
        indicator.code: indicator.filler for indicator in indicators
        if indicator.kind is Kind.RATIO and trusted_value(indicator, entries) is not None
    }
    for name, account in units.items():
        for key, figure in account.figures.items():
            is_part = key.is_measure and not key.is_share and ratios.get(key.of) == name
            if isinstance(figure, Fraction) and (is_part or key.is_amount):
                yield key, figure


def _stood(plan: Plan, indicators: Iterable[Indicator], each: Earlier) -> Iterator[tuple[Indicator, Value]]:
    """The values that an earlier period gives."""
    now, then = entries_of(plan, each.units), entries_of(plan, each.as_closed)
    for indicator in indicators:
        value = trusted_value(indicator, now)
        if each.closed is not None and value == trusted_value(indicator, then):
            value = _as_closed(each.closed, indicator)
        if value is not None:
            yield indicator, value


def _as_closed(closed: Closed, indicator: Indicator) -> Value:
    """The value with which a period was closed; None if it was measured in something else."""
    measure = closed.measures.get(indicator.code, indicator.measured_in)
    return closed.values.get(indicator.code) if measure == indicator.measured_in else None


def trusted_value(indicator: Indicator, entries: Mapping[str, Entry]) -> Value:
    """The trusted value of an indicator in a period, or None."""
    entry = entries.get(indicator.code)
    if entry is None:
        return None
    if indicator.kind is Kind.MILESTONE:
        return entry.reported if entry.reported in ("是", "否") else None
    value: Value = entry.reported
    if indicator.kind is Kind.RATIO:
        denominator = indicator.fixed_denominator if indicator.office_denominator else entry.denominator
        value = d.quotient(Const(entry.numerator), Const(denominator)).value()
    return value if isinstance(value, Fraction) else None
