"""How a year ended, or stood in one of its periods, for the year that follows it."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.period import Certified
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import FIGURE, MEASURES, Key
from minsheng_xl.ledger.certified import certified_of
from minsheng_xl.ledger.previous import Earlier, earlier_with, previous
from minsheng_xl.ledger.units import units_of
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.register import Register


class Stood(NamedTuple):
    """The last accepted value of an indicator: of which period, by which files, whether it was corrected after that
    period was closed; and the last that its certifier said of it, with the period of that form."""

    value: Value
    period: Period
    files: tuple[str, ...] = ()
    is_corrected: bool = False
    certified: Certified | None = None
    certified_in: Period | None = None

    @property
    def certified_value(self) -> Fraction | None:
        """The certified number, if it is of no earlier period than what was accepted."""
        figure = self.certified.figure if self.certified is not None else None
        is_late = self.certified_in is not None and self.certified_in >= self.period
        return figure if is_late and isinstance(figure, Fraction) else None


def stood(plan: Plan, register: Register, periods: Iterable[Period]) -> dict[str, Stood]:
    """What each indicator came to in the last of some periods in which a figure of it was accepted, with all that is
    known by now: a 定稿后更正 counts."""
    earlier = list(_earlier(plan, register, periods))
    if not earlier:
        return {}
    last = previous(plan.indicators, earlier[-1].period, earlier)
    by_period = {each.period: each for each in earlier}
    said = _certified(plan, register, [each.period for each in earlier])
    return {
        code: Stood(
            last.values[code], period, _files(by_period[period], code), code in last.corrected,
            *said.get(code, (None, None)),
        )
        for code, period in last.periods.items()
    }


def _earlier(plan: Plan, register: Register, periods: Iterable[Period]) -> Iterator[Earlier]:
    for each in periods:
        valid, closed = plan.at(each), register.closed(each)
        yield earlier_with(valid, register, each, closed, units_of(valid, register, each, None, closed))


def _certified(plan: Plan, register: Register, periods: Iterable[Period]) -> dict[str, tuple[Certified, Period]]:
    """The last word of the certifiers on each indicator, with the period of the form."""
    found: dict[str, tuple[Certified, Period]] = {}
    for each in periods:
        for code, said in certified_of(plan.at(each), register, each).items():
            found[plan.code_here(code)] = (said, each)
    return found


def _files(each: Earlier, code: str) -> tuple[str, ...]:
    """The files from which the figures of an indicator came."""
    account = each.units.get(each.plan.indicator(code).filler) if each.plan.has_indicator(code) else None
    if account is None:
        return ()
    keys = (Key(FIGURE, code, measure) for measure in MEASURES)
    return tuple(dict.fromkeys(account.sources[key].file for key in keys if key in account.sources))
