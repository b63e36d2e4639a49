"""What the journal says of the units in a period: returns, typed figures, decisions."""

from collections.abc import Iterator
from datetime import datetime

from minsheng_xl.accounts.questions import Decision, Pending
from minsheng_xl.accounts.values import Outcome, Taken, Typed
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import Decided, Judged, ReceiptCorrected, TypedIn
from minsheng_xl.year.register import Register

_COUNTED = (Outcome.ACCEPTED, Outcome.HELD, Outcome.REFUSED)


def corrected_receipts(register: Register, *, upto: int | None = None) -> dict[str, datetime]:
    """The times of receipt that the office corrected, by sha256."""
    return {entry.sha256: entry.received for entry in register.entries(ReceiptCorrected, upto=upto)}


def returns_taken(register: Register, period: Period, *, upto: int | None = None) -> Iterator[tuple[str, Taken]]:
    """The judged returns of a period, each with its unit, in order."""
    corrected = corrected_receipts(register, upto=upto)
    for entry in register.entries(Judged, period=period, upto=upto):
        one = entry.returned
        if one.unit and not one.certifies and one.outcome in _COUNTED:
            yield one.unit, _taken(entry, corrected)


def certifications(register: Register, period: Period, *, upto: int | None = None) -> Iterator[tuple[str, Taken]]:
    """The certifiers' forms of a period that say something, with the certifier, in order."""
    corrected = corrected_receipts(register, upto=upto)
    for entry in register.entries(Judged, period=period, upto=upto):
        one = entry.returned
        if one.unit and one.certifies and one.outcome in (Outcome.ACCEPTED, Outcome.HELD):
            yield one.unit, _taken(entry, corrected)


def decided_items(register: Register, period: Period, *, upto: int | None = None) -> list[Pending]:
    """The items of a period that the office settled, in order."""
    found = []
    for entry in register.entries(Decided, period=period, upto=upto):
        found.append(entry.item._replace(decision=Decision(entry.word, entry.who, entry.at, entry.why)))
    return found


def cells_typed(register: Register, period: Period, *, upto: int | None = None) -> Iterator[tuple[str, Typed]]:
    """What the office typed for a period, or settled by a decision, each with its unit, in order."""
    entries: list[TypedIn | Decided] = register.entries(TypedIn, Decided, period=period, upto=upto)
    for entry in entries:
        for key, value in entry.cells.items():
            measure = entry.measures.get(key.of, "")
            yield entry.unit, Typed(key, value, entry.at, entry.run, isinstance(entry, Decided), measure)


def _taken(entry: Judged, corrected: dict[str, datetime]) -> Taken:
    """A judged return as the fold of its unit takes it."""
    one = entry.returned
    return Taken(
        file=one.file,
        sha256=one.sha256,
        received=corrected.get(one.sha256, entry.received),
        run=entry.run,
        content=one.content,
        problems=one.problems,
        held=one.content is None and one.outcome is Outcome.HELD,
        measures=entry.measures,
    )
