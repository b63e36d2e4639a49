"""Figures of rows that another unit fills in by now: forms bring them that went out before the plan said so."""

from collections.abc import Iterator, Mapping

from minsheng_xl.accounts.questions import HANDED, Pending, handed
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import Doubt, Figure, Taken, shown
from minsheng_xl.exact.keys import FIGURE, Key
from minsheng_xl.ledger.units import decided_items, key_here, recoded, returns_of
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.register import Register


def handed_items(
    plan: Plan, register: Register, period: Period, upto: int, units: Mapping[str, UnitAccount]
) -> Iterator[Pending]:
    """What the office is asked of the last figures that came of each such row, but where the unit that fills it in by
    now reported the same."""
    last: dict[tuple[Key, str], tuple[str, str]] = {}
    for name, one in returns_of(register, period, upto):
        sender = plan.name_here(name)
        for key, figure in _of_others(plan, sender, one):
            last[key, sender] = shown(figure), one.file
    answered = set(_answered(plan, register, period, upto))
    for (key, sender), (other, file) in last.items():
        unit = plan.indicator(key.of).filler
        mine = units[unit].figures.get(key)
        used = "" if isinstance(mine, Doubt) else shown(mine)
        if other != used and (key, other, file) not in answered:
            yield handed(key, (unit, sender), used, other, file)


def _answered(plan: Plan, register: Register, period: Period, upto: int) -> Iterator[tuple[Key, str, str]]:
    """Of which figures of which files the office has said what they are."""
    for item in decided_items(register, period, upto):
        if item.kind == HANDED and item.key is not None:
            yield key_here(plan, item.key), item.other, item.file


def _of_others(plan: Plan, sender: str, one: Taken) -> Iterator[tuple[Key, Figure]]:
    """The figures on a form of a unit that by a plan are another's."""
    content = recoded(plan, one).content
    for key, figure in content.figures.items() if content is not None else ():
        if key.part == FIGURE and key.is_measure and plan.has_indicator(key.of):
            indicator = plan.indicator(key.of)
            if indicator.filler != sender and key.name in indicator.measures:
                yield key, figure
