"""The edits of a sheet, made in an open workbook through xlwings.

What xlwings has no words for (page breaks, print titles, …) goes through `api`, by Excel's names.
"""

from typing import TYPE_CHECKING

from minsheng_xl.books.live.contents import GENERAL, blocks, runs, stretches, takes_a_format
from minsheng_xl.books.live.looks import dress, limit_cells
from minsheng_xl.books.live.reading import one_based
from minsheng_xl.exact.addresses import area_name, on_sheet
from minsheng_xl.forms.edits import SheetEdits, States
from minsheng_xl.forms.layout import PlacedCell, Sheet
from minsheng_xl.forms.look import Style
from minsheng_xl.forms.validation import validation_of

if TYPE_CHECKING:
    import xlwings

_STANDARD_HEIGHT = 13.5  # points: what `write_book` gives a row without a height of its own


def make(sheet: "xlwings.Sheet", edits: SheetEdits, states: States) -> None:
    """Make the edits of a sheet that fit it."""
    for area in edits.unmerged:
        sheet.range(area).unmerge()
    _link(sheet, edits)
    _paint(sheet, edits, states)
    _write(sheet, edits)
    for area in edits.merged:
        sheet.range(area).merge()
    _size_rows(sheet, edits)
    for place, (_, width) in edits.widths.items():
        sheet.range(one_based((0, place))).column_width = width
    for name, (_, area) in edits.tables.items():
        sheet.tables[name].resize(sheet.range(area))
    _set_up_pages(sheet, edits)
    if edits.lights:
        _light(sheet, edits)


def _link(sheet: "xlwings.Sheet", edits: SheetEdits) -> None:
    for place in edits.unlinked:
        sheet.range(one_based(place)).api.ClearHyperlinks()
    for place, link in edits.linked.items():
        shown = str(edits.sheet.cells[place].content)
        sheet.range(one_based(place)).add_hyperlink(f"#{on_sheet(link)}A1", shown, "")


def _paint(sheet: "xlwings.Sheet", edits: SheetEdits, states: States) -> None:
    """Give new cells, and those that look otherwise now, their looks and what they take."""
    base = states.base.sheet(edits.sheet.id)
    new = [edit.cell for place, edit in edits.cells.items() if edit.cell is not None and edit.is_dressed(base, place)]
    for area, cell in runs(new, lambda cell: (cell.style, cell.input is not None, _look_of(base, cell))):
        dress(sheet.range(area_name(*area)), cell.style, _look_of(base, cell), editable=cell.input is not None)
    for area, cell in runs(edits.validated, lambda cell: cell.input):
        limit_cells(sheet, area, validation_of(edits.sheet, cell.input) if cell.input is not None else None)


def _look_of(base: Sheet, cell: PlacedCell) -> Style | None:
    before = base.cells.get((cell.row, cell.column))
    return before.style if before is not None else None


def _write(sheet: "xlwings.Sheet", edits: SheetEdits) -> None:
    written = {
        place: edit for place, edit in edits.cells.items() if place not in edits.linked and not edit.follows
    }
    for block, rows in blocks(written):
        sheet.range(block).raw_value = rows
    formatted = [edit.cell for edit in written.values() if edit.cell is not None and takes_a_format(edit)]
    for run, _ in runs(formatted, lambda cell: None):
        sheet.range(area_name(*run)).number_format = GENERAL


def _size_rows(sheet: "xlwings.Sheet", edits: SheetEdits) -> None:
    for hide in (True, False):
        for first, last in stretches(row for row, now in edits.hidden.items() if now is hide):
            sheet.range((first + 1, 1), (last + 1, 1)).rows.hidden = hide
    for first, last in stretches(edits.heights):
        hidden = sheet.range((first + 1, 1), (last + 1, 1)).rows.hidden  # None: some of them
        for row in range(first, last + 1):
            one, height = sheet.range((row + 1, 1)), edits.heights[row][1]
            if hidden is False or (hidden is None and not one.rows.hidden):  # a height would show it
                one.row_height = _STANDARD_HEIGHT if height is None else height


def _set_up_pages(sheet: "xlwings.Sheet", edits: SheetEdits) -> None:
    if edits.print_area:
        sheet.page_setup.print_area = edits.print_area[1]
    if edits.print_titles:
        sheet.api.PageSetup.PrintTitleRows = edits.print_titles[1]
    if edits.breaks:
        sheet.api.ResetAllPageBreaks()
        for row in edits.breaks[1]:
            sheet.api.HPageBreaks.Add(sheet.range((row + 1, 1)).api)


def _light(sheet: "xlwings.Sheet", edits: SheetEdits) -> None:
    """The conditional formats that are ours reach as far as our rows."""
    conditions = list(sheet.api.Cells.FormatConditions)
    for old, wider in edits.lights:
        for condition in conditions:
            if condition.AppliesTo.Address == sheet.range(old).address:
                condition.ModifyAppliesToRange(sheet.range(wider).api)
