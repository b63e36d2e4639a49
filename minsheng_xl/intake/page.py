"""The page of a received workbook that holds an issued form, whatever it is called."""

from collections.abc import Iterator
from typing import NamedTuple

from minsheng_xl.books.package.read import RawCell, RawSheet, RawWorkbook
from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.identity import FEEDBACK_SHEETS, IDENTITY_SHEET
from minsheng_xl.intake.placement import IssuedForm, Placement, locate
from minsheng_xl.problems import Problem
from minsheng_xl.rules import structure
from minsheng_xl.texts import cleaned

_MOST_NAMED = 3
_SEEN = 60
_NUMBER, _SENTENCE = 0, 1
"""The columns of a page that says what is to be corrected."""
_FIRST = 3
"""Its first row that does."""


class Page(NamedTuple):
    """A sheet that holds an issued form, and where the form stands on it."""

    issued: IssuedForm
    sheet: RawSheet
    placement: Placement

    def at(self, key: Key) -> Place:
        """Where the cell of a key stands on the sheet."""
        cell = self.issued.form.cell(key)
        return self.placement.at((cell.row, cell.column))

    def raw(self, key: Key) -> RawCell | None:
        """The cell of a key as it came back; None if it is blank."""
        return self.sheet.cells.get(self.at(key))

    def text(self, key: Key) -> str:
        """What the cell of a key says as it came back."""
        return self.sheet.text(*self.at(key))


def find_page(workbook: RawWorkbook, issued: IssuedForm) -> Page | Problem:
    """The one page that holds the form; what to say if none does, or more than one."""
    pages = candidates(workbook, issued)
    placed = [(sheet, place) for sheet in pages if isinstance(place := locate(issued, sheet), Placement)]
    if len(placed) > 1:
        seen = "、".join(cleaned(sheet.name) for sheet, _ in placed)
        return structure.SHEET_TWICE.problem(sheet=placed[1][0].name, seen=seen)
    return Page(issued, *placed[0]) if placed else _what_is_missed(issued, pages)


def candidates(workbook: RawWorkbook, issued: IssuedForm) -> list[RawSheet]:
    """The pages on which the form may stand, that of its name first."""
    own = workbook.sheet(issued.form.name)
    others = [sheet for sheet in workbook.sheets if sheet.name not in (issued.form.name, IDENTITY_SHEET)]
    return [*([own] if own is not None else []), *others]


def _what_is_missed(issued: IssuedForm, pages: list[RawSheet]) -> Problem:
    """What is missed on the page that bears the form's name, or else on the one most like it; or the page itself."""
    name = issued.form.name
    likely = pages[0] if pages and pages[0].name == name else max(pages, key=issued.likeness, default=None)
    if likely is not None and (likely.name == name or 2 * issued.likeness(likely) > len(issued.anchors)):
        found = locate(issued, likely)
        assert isinstance(found, Problem)
        return found
    return structure.SHEET.problem(expected=name)


def page_remarks(workbook: RawWorkbook, page: Page) -> list[Problem]:
    """That the page bears another name, that there are pages beside it, and what was written on that of the office."""
    found, name = [], page.issued.form.name
    if page.sheet.name != name:
        seen = cleaned(page.sheet.name)
        found.append(structure.RENAMED.problem(sheet=page.sheet.name, seen=seen, expected=name))
    pages = candidates(workbook, page.issued)
    added = [sheet for sheet in pages if sheet is not page.sheet and sheet.name not in FEEDBACK_SHEETS]
    if added:
        names = "、".join(cleaned(sheet.name) for sheet in added[:_MOST_NAMED])
        seen = names + (f"等{len(added)}页" if len(added) > _MOST_NAMED else "")
        found.append(structure.ADDED.problem(sheet=cleaned(added[0].name), seen=seen))
    for sheet in pages:
        if sheet.name in FEEDBACK_SHEETS:
            found += _written_on(sheet)
    return found


def _written_on(sheet: RawSheet) -> Iterator[Problem]:
    """That somebody answered on the page that says what is to be corrected: the first such cell."""
    for place, raw in sorted(sheet.cells.items()):
        if raw.text.strip() and not _is_asked(sheet, place, raw.text.strip()):
            seen = cleaned(raw.text.strip())[:_SEEN]
            yield structure.ANSWERED.problem(sheet=sheet.name, cell=cell_name(place), seen=seen)
            return


def _is_asked(sheet: RawSheet, place: Place, text: str) -> bool:
    """Whether a cell of that page may be the program's own: a head, or a numbered sentence; each ends in a stop."""
    row, column = place
    if row < _FIRST or column > _SENTENCE:
        return column <= _SENTENCE
    beside = sheet.text(row, _SENTENCE - column)
    return bool(beside) and (column == _NUMBER or text.endswith("。"))
