"""How a unit's form is broken into pages: the place of its seal is never split, and never alone on one."""

from collections.abc import Sequence
from typing import NamedTuple

from minsheng_xl.forms import page
from minsheng_xl.forms.layout import Print, Sheet

_TITLE = (0, 1)
_WITH_SEAL = 3
"""Projects supported that stay on the page of the seal; of fewer the whole table."""


class FormParts(NamedTuple):
    """The rows at which the parts of a form begin: the head of the numbers, the words on each project that is led, the
    table of those supported and its rows, the foot. One that it does not have is None, or nothing."""

    numbers: int | None
    led: Sequence[int]
    support: int | None
    supported: range
    foot: int


def paginate(sheet: Sheet, parts: FormParts, *, seal: bool) -> None:
    """Break a form into pages: the projects supported begin one rather than stand under the head of the numbers."""
    head = parts.numbers
    sheet.print = Print("A4", head_rows=None if head is None else (head, head))
    bottom = max(row for row, _ in sheet.cells) + 1
    begins = parts.support if parts.led or head is not None else None
    if begins is not None and _ends_on_the_first(sheet, begins) and not _ends_on_the_first(sheet, bottom):
        sheet.print = Print("A4", head_rows=_TITLE, breaks=(begins,))
    if seal and _is_split(sheet, range(parts.foot, bottom)):
        _keep_company(sheet, parts, bottom)


def _ends_on_the_first(sheet: Sheet, row: int) -> bool:
    """Whether what stands above a row has room on the first page."""
    return page.height_of(sheet, range(row)) <= page.room(sheet)


def _repeated(sheet: Sheet) -> float:
    first, last = sheet.print.head_rows or (0, -1)
    return page.height_of(sheet, range(first, last + 1))


def _is_split(sheet: Sheet, rows: range) -> bool:
    """Whether rows at the end would run over the foot of a page."""
    room, begins = page.room(sheet), max(sheet.print.breaks, default=0)
    used = page.height_of(sheet, range(begins, rows.start)) + (_repeated(sheet) if begins else 0)
    while used > room:
        used -= room - _repeated(sheet)
    return used + page.height_of(sheet, rows) > room


def _keep_company(sheet: Sheet, parts: FormParts, bottom: int) -> None:
    """Begin a page above the foot and the words before it, under a head that is theirs."""
    begins = max(sheet.print.breaks, default=0)
    first, room = _last_words(parts), page.room(sheet) - _repeated(sheet)
    if first is None or first <= begins or page.height_of(sheet, range(first, bottom)) > room:
        first = parts.foot
    elif first in parts.supported and not begins:
        head = parts.supported.start - 1
        sheet.print = sheet.print._replace(head_rows=(head, head))
    elif _ends_on_the_first(sheet, first):
        sheet.print = sheet.print._replace(head_rows=_TITLE)
    page.break_before(sheet, [first])


def _last_words(parts: FormParts) -> int | None:
    """The row from which on words stay with the foot: the last projects supported, or the last one that is led."""
    if len(parts.supported) > _WITH_SEAL:
        return parts.supported[-_WITH_SEAL]
    if parts.supported:
        return parts.support
    return parts.led[-1] if parts.led else None
