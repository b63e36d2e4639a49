"""A form in which nothing is filled in: 空表, unless something stands on it where nothing is read."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from minsheng_xl.books.package.read import RawWorkbook
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.forms.identity import FEEDBACK_SHEETS
from minsheng_xl.intake.page import Page, candidates
from minsheng_xl.texts import one_line

if TYPE_CHECKING:
    from minsheng_xl.books.package.overlay import Overlay

_SEEN = 30
"""Characters of a text that a message shows."""


def what_is_not_read(workbook: RawWorkbook, page: Page, overlay: "Overlay | None") -> str:
    """Where a form holds what its writer may have meant as a report, and what, in words; "" if nowhere.

    What stands in a locked cell in place of another text is none of it: forms that are issued again say other dates
    and other 上期累计.
    """
    return next(chain(_drawn(page, overlay), _written(page), _on_other_pages(workbook, page)), "")


def _drawn(page: Page, overlay: "Overlay | None") -> Iterator[str]:
    """A picture of figures, a text box, a comment; a seal or a logo is none."""
    if overlay is None:
        return
    from minsheng_xl.intake.beside import without_ours
    from minsheng_xl.intake.overlaid import shows_a_picture

    if shows_a_picture(page, overlay):
        yield "表上有图片，图片里的数不能读"
    if not overlay.is_whole:
        yield "表上有图形或批注，读不出来"
    for drawn in overlay.drawn:
        if drawn.text.strip():
            yield f"{drawn.kind.value}里写着“{_seen(drawn.text)}”"
    for text in chain.from_iterable(overlay.comments.values()):
        if without_ours(text).strip():
            yield f"批注里写着“{_seen(text)}”"


def _written(page: Page) -> Iterator[str]:
    """Something outside of the form, or in one of its locked cells that was blank."""
    at = page.placement.at
    own = {at(place) for place in page.issued.places}
    blank = {at(place) for place, was in page.issued.unread.items() if not was}
    for place, cell in sorted(page.sheet.cells.items()):
        is_new = place not in own or (place in blank and cell.formula is None)
        if is_new and cell.text.strip():
            yield f"{cell_name(place)} 写着“{_seen(cell.text)}”，那一格不读"


def _on_other_pages(workbook: RawWorkbook, page: Page) -> Iterator[str]:
    for sheet in candidates(workbook, page.issued):
        is_of_form = sheet is page.sheet or sheet.name in FEEDBACK_SHEETS
        if not is_of_form and not sheet.hidden and any(cell.text.strip() for cell in sheet.cells.values()):
            yield f"另一页“{_seen(sheet.name)}”有内容，那一页不读"


def _seen(text: str) -> str:
    return one_line(text.strip())[:_SEEN]
