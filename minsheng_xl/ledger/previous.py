"""上期累计: the last trusted value of an indicator in earlier periods, and when it was reported."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from minsheng_xl.accounts.period import entries_of
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.exact.expressions import Const, Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.progress import Entry
from minsheng_xl.ledger.units import unit_of, units_of
from minsheng_xl.plan.model import Indicator, Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import Closed
from minsheng_xl.year.register import Register


class Earlier:
    """An earlier period: some units as they stand, and as they stood when it was closed (the same, if it is open), by
    the plan that is valid in it."""

    def __init__(
        self, period: Period, units: Mapping[str, UnitAccount], closed: Closed | None,
        as_closed: Mapping[str, UnitAccount], plan: Plan,
    ) -> None:
        self.period, self.units, self.closed, self.as_closed, self.plan = period, units, closed, as_closed, plan

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """What the units report, by indicator code."""
        return entries_of(self.plan, self.units)

    @cached_property
    def entries_as_closed(self) -> Mapping[str, Entry]:
        """What they reported when the period was closed."""
        return self.entries if self.as_closed is self.units else entries_of(self.plan, self.as_closed)

    @property
    def stays_as_closed(self) -> bool:
        """Whether it was closed, and nothing that came since makes it another."""
        return self.closed is not None and self.as_closed is self.units

    @cached_property
    def _closed_under(self) -> Mapping[str, str]:
        """The code under which each indicator was closed, by the code that it has in the plan."""
        assert self.closed is not None
        return {self.plan.code_here(code): code for code in reversed(tuple(self.closed.values))}

    def value_as_closed(self, indicator: Indicator) -> Value:
        """The value with which the period was closed; None if it is open, or if it was measured in something else."""
        if self.closed is None:
            return None
        code = self._closed_under.get(indicator.code, indicator.code)
        measure = self.closed.measures.get(code, indicator.measured_in)
        return self.closed.values.get(code) if measure == indicator.measured_in else None

    def as_it_was(self, indicator: Indicator) -> Indicator | None:
        """An indicator as the plan of the period has it; None if it has none that is measured alike."""
        if not self.plan.has_indicator(indicator.code):
            return None
        then = self.plan.indicator(indicator.code)
        return then if then.measured_in == indicator.measured_in else None


def earlier_with(
    plan: Plan, register: Register, period: Period, closed: Closed | None, units: Mapping[str, UnitAccount]
) -> Earlier:
    """An earlier period, whose units stand so by all that is known."""
    as_closed = units if closed is None else units_of(plan, register, period, closed.upto, closed)
    return Earlier(period, units, closed, as_closed, plan)


class Previous(NamedTuple):
    """The last trusted values by indicator; of those that were reported the period; those that are a 定稿后更正.

    `parts` are the last accepted parts of ratios and amounts of 资金, by cell.
    """

    values: dict[str, Value]
    periods: dict[str, Period]
    corrected: frozenset[str]
    parts: dict[Key, Value]


def previous(indicators: Iterable[Indicator], period: Period, earlier: Iterable[Earlier]) -> Previous:
    """What stands before a period, from the earlier ones in order, whoever filled it in then.

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
        parts |= _parts(each, mine)
        for indicator, value in _stood(mine, each):
            code = indicator.code
            values[code], periods[code] = value, each.period
            if each.closed is None or value == each.value_as_closed(indicator):
                corrected.discard(code)
            else:
                corrected.add(code)
    return Previous(values, periods, frozenset(corrected), parts)


def previous_of(plan: Plan, register: Register, unit: str, period: Period, upto: int | None = None) -> Previous:
    """上期累计 of the indicators a unit fills in, by all that is known now, or was up to a seq."""
    plan = plan.at(period)
    return previous(plan.filled_by(unit), period, _earlier_of(plan, register, unit, period, upto))


def _earlier_of(plan: Plan, register: Register, unit: str, period: Period, upto: int | None) -> Iterator[Earlier]:
    """The earlier periods, each with the unit and those that filled in its indicators then."""
    for each in period.earlier:
        valid, closed = plan.at(each), register.closed(each, upto=upto)
        known = (one.code for one in plan.filled_by(unit) if valid.has_indicator(one.code))
        names = tuple(dict.fromkeys((unit, *(valid.indicator(code).filler for code in known))))
        now = then = {name: unit_of(valid, register, name, each, upto, closed) for name in names}
        if closed is not None:
            then = {name: unit_of(valid, register, name, each, closed.upto, closed) for name in names}
        yield Earlier(each, now, closed, then, valid)


def _parts(each: Earlier, indicators: Iterable[Indicator]) -> Iterator[tuple[Key, Value]]:
    """The parts of ratios and the amounts that were accepted; of half a ratio nothing was."""
    measured_alike = filter(None, map(each.as_it_was, indicators))
    ratios = {
        indicator.code: indicator.filler for indicator in measured_alike
        if indicator.kind is Kind.RATIO and trusted_value(indicator, each.entries) is not None
    }
    for name, account in each.units.items():
        for key, figure in account.figures.items():
            is_part = key.is_measure and not key.is_share and ratios.get(key.of) == name
            if isinstance(figure, Fraction) and (is_part or key.is_amount):
                yield key, figure


def _stood(indicators: Iterable[Indicator], each: Earlier) -> Iterator[tuple[Indicator, Value]]:
    """The values that an earlier period gives."""
    for indicator in indicators:
        value = _value(indicator, each)
        if value is not None:
            yield indicator, value


def _value(indicator: Indicator, each: Earlier) -> Value:
    known = None if each.stays_as_closed else each.as_it_was(indicator)
    if known is None:
        return each.value_as_closed(indicator)
    value = trusted_value(known, each.entries)
    if each.closed is not None and value == trusted_value(known, each.entries_as_closed):
        return each.value_as_closed(indicator)
    return value


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
