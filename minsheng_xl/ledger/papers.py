"""纸质件: which signed papers the office noted, and whether the figures of their units are others since."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from minsheng_xl.accounts.paper import CONTRADICTED, MOVED, Paper
from minsheng_xl.accounts.questions import TYPED
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import shown
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.units import unit_of
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import Decided, Judged, PaperNoted, ReceiptCorrected, TypedIn
from minsheng_xl.year.register import Register


class _Noted(NamedTuple):
    """What stands of a paper: the last entry about it, and what was said last of its 核对数, by which entry."""

    entry: PaperNoted
    agrees: bool | None
    said: int


def papers_of(plan: Plan, register: Register, upto: int | None) -> dict[str, Paper]:
    """The papers of the year that the office noted, by the sha256 of their returns."""
    noted = _noted(register, upto)
    heard = _last_heard(plan, register, upto) if noted else {}
    return {sha256: _paper(plan, register, one, upto, heard) for sha256, one in noted.items()}


def papers_by_unit(
    plan: Plan, register: Register, period: Period, upto: int | None, papers: Mapping[str, Paper]
) -> dict[str, Paper]:
    """The paper of each unit for a period: of several the one of which the office said something last."""
    found: dict[str, Paper] = {}
    for sha256, one in _noted(register, upto).items():
        if one.entry.period == period:
            found[plan.name_here(one.entry.unit)] = papers[sha256]
    return found


def _noted(register: Register, upto: int | None) -> dict[str, _Noted]:
    """What stands of each paper, by the sha256 of its return, in the order in which something was said last."""
    found: dict[str, _Noted] = {}
    for seq, entry in register.numbered(PaperNoted, upto=upto):
        before = found.pop(entry.sha256, None)
        if entry.received is None:
            continue
        if entry.agrees is None and before is not None:
            found[entry.sha256] = before._replace(entry=entry)
        else:
            found[entry.sha256] = _Noted(entry, entry.agrees, seq)
    return found


_Heard: TypeAlias = Mapping[tuple[Period | None, str], int]
"""The last entry that may move the figures of a unit in a period, by its seq; of none, those of any."""
_ANY = (None, "")


def _last_heard(plan: Plan, register: Register, upto: int | None) -> dict[tuple[Period | None, str], int]:
    """When something was said last that may be about the figures of each unit in each period."""
    found: dict[tuple[Period | None, str], int] = {}
    entries: list[tuple[int, Judged | TypedIn | Decided | ReceiptCorrected]] = register.numbered(
        Judged, TypedIn, Decided, ReceiptCorrected, upto=upto
    )
    for seq, entry in entries:
        if isinstance(entry, ReceiptCorrected):  # what came first may be something else by that
            found[_ANY] = seq
        else:
            about = entry.returned if isinstance(entry, Judged) else entry
            found[about.period, plan.canonical(about.unit or "") or ""] = seq
    return found


def _paper(plan: Plan, register: Register, one: _Noted, upto: int | None, heard: _Heard) -> Paper:
    assert one.entry.received is not None
    unit = plan.canonical(one.entry.unit) or ""
    last = max(heard.get((one.entry.period, unit), 0), heard.get(_ANY, 0))
    is_compared = one.agrees is not None and last > one.said
    return Paper(one.entry.received, one.agrees, _since(plan, register, one, upto) if is_compared else "")


def _since(plan: Plan, register: Register, one: _Noted, upto: int | None) -> str:
    """What has become of the figures of a unit since its paper was compared with them, in words."""
    period = one.entry.period
    plan = plan.at(period)
    unit = plan.canonical(one.entry.unit) or ""
    if all(unit != known.name for known in plan.reporting_units):
        return ""
    closed = register.closed(period, upto=upto)
    then, now = (unit_of(plan, register, unit, period, seq, closed) for seq in (one.said, upto))
    if _figures(then) != _figures(now):
        return MOVED
    return CONTRADICTED if _contradictions(now) - _contradictions(then) else ""


def _figures(account: UnitAccount) -> dict[Key, str]:
    """The figures in use as they are read: one in doubt that was found right is the same."""
    return {key: shown(figure) for key, figure in account.figures.items()}


def _contradictions(account: UnitAccount) -> set[str]:
    """The questions about figures that came and differ from those in use."""
    return {item.id for item in account.pending if item.used or item.kind == TYPED}
