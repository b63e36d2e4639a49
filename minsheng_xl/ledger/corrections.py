"""定稿后更正: figures of closed periods that are others by now, each with what it was and what it is."""

from collections.abc import Iterable, Iterator, Mapping

from minsheng_xl.accounts.period import Correction, FlowRow
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.ledger.previous import Earlier
from minsheng_xl.ledger.receipts import flow_of
from minsheng_xl.ledger.units import units_of
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import Closed
from minsheng_xl.year.register import Register

AS_CLOSED, CORRECTED = "定稿时", "定稿后更正"


def corrections_of(
    period: Period, then: Mapping[str, UnitAccount], now: Mapping[str, UnitAccount]
) -> Iterator[Correction]:
    """The figures of a period that are others now than they were then, unit after unit; a doubt corrects nothing."""
    for name, account in now.items():
        was = then[name].measured if name in then else {}
        for key in sorted(was.keys() | account.measured.keys()):
            old, new = was.get(key), account.measured.get(key)
            if old != new and not isinstance(new, Doubt):
                yield Correction(period, name, key, old, new, account.sources.get(key))


def carried_into(register: Register, period: Period, earlier: Iterable[Earlier]) -> Iterator[Correction]:
    """The corrections of earlier periods that count in the 上期累计 of this one first: those that came since the period
    before it was closed."""
    last = register.closed(period.earlier[-1]) if period.earlier else None
    if last is None:
        return
    for each in earlier:
        if each.closed is not None and not each.stays_as_closed:
            yield from corrections_of(each.period, _at_closing(register, each, last), each.units)


def _at_closing(register: Register, each: Earlier, last: Closed) -> Mapping[str, UnitAccount]:
    """The units of a closed period as they stood when a later one was closed."""
    if each.period == last.period:
        return each.as_closed
    return units_of(each.plan, register, each.period, last.upto, each.closed)


def flow_by(each: Earlier) -> Iterator[FlowRow]:
    """The figures in use of a period; of a closed one both lines where they were corrected."""
    if each.closed is None or each.stays_as_closed:
        yield from flow_of(each.plan, each.period, each.units)
        return
    now = {_line(row): row for row in flow_of(each.plan, each.period, each.units)}
    for row in flow_of(each.plan, each.period, each.as_closed):
        after = now.pop(_line(row), None)
        if after is not None and (after.value, after.seen) == (row.value, row.seen):
            yield after
            continue
        yield row._replace(version=AS_CLOSED)
        if after is not None:
            yield after._replace(version=CORRECTED)
    yield from (row._replace(version=CORRECTED) for row in now.values())


def _line(row: FlowRow) -> tuple[str, str, str]:
    return row.unit, row.code, row.measure
