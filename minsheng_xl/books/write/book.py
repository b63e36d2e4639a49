"""A `Book` → the bytes of an .xlsx. Same book, same bytes; every formula carries its value."""

import io
import warnings
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from minsheng_xl.books.write.chart import draw_chart
from minsheng_xl.books.write.validation import limit_cell
from minsheng_xl.books.write.vba import WORKBOOK_MODULE, Macros, vba_project, with_ribbon
from minsheng_xl.exact.addresses import area_name, on_sheet
from minsheng_xl.exact.expressions import Expr, Value
from minsheng_xl.forms.garbage import unsearched
from minsheng_xl.forms.layout import Book, Lights, PlacedCell, Sheet, printed_end, width_pixels
from minsheng_xl.forms.look import ACCENT, RED, SCREEN_FACE, Style

if TYPE_CHECKING:
    from minsheng_xl.books.write.cells import Plain

_EPOCH = datetime(2000, 1, 1)  # bytes must not depend on the clock
_PAPERS = {"A3": 8, "A4": 9}
# 宋体 is on every desk and as wide there as its stand-ins are elsewhere; the sizes, in pixels, go with it
_DEFAULTS = {
    # XlsxWriter would add the face of the theme to this very record, from the second workbook of a process on
    "default_format_properties": {"font_name": SCREEN_FACE, "font_size": 11, "theme_font_name": SCREEN_FACE},
    "default_column_width": 72, "default_row_height": 18,
}
_VALIGN = {"center": "vcenter"}
_WEIGHTS = {"thin": 1, "medium": 2, "thick": 5}


@unsearched()
def write_book(book: Book, macros: Macros | None = None) -> bytes:
    """Write the book, with macros if given: an .xlsm then. A sheet that Excel would refuse is an error, not
    a warning."""
    import xlsxwriter

    from minsheng_xl.books.write.cells import CellSheet

    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        file = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **_DEFAULTS})
        file.set_properties({"created": _EPOCH, "title": book.properties.get("title", "")})
        for name, text in book.properties.items():
            if name != "title":
                file.set_custom_property(name, text, "text")
        formats = _SharedFormats(file)
        for sheet in book.sheets:
            target = file.add_worksheet(sheet.name, CellSheet)
            _draw(file, target, book, sheet, formats)
            for button in sheet.buttons if macros is not None else ():
                target.insert_button(button.row, button.column, {
                    "macro": button.macro, "caption": button.caption, "width": button.width, "height": button.height,
                    "x_offset": 4, "y_offset": 4,
                })
        if macros is not None:
            _add_macros(file, macros)
        file.close()
    return with_ribbon(stream.getvalue(), macros.ribbon) if macros is not None else stream.getvalue()


def _add_macros(file: Any, macros: Macros) -> None:
    """The project of the macros, and the names by which it knows workbook and sheets."""
    file.set_vba_name(WORKBOOK_MODULE)
    names = [f"Sheet{number}" for number, _ in enumerate(file.worksheets(), 1)]
    for sheet, name in zip(file.worksheets(), names, strict=True):
        sheet.set_vba_name(name)
    file.add_vba_project(io.BytesIO(vba_project(macros.modules, names)), is_stream=True)


class _SharedFormats:
    """Shared format objects: what makes writing fast."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._made: dict[tuple[Style, bool], Any] = {}
        self._colored: dict[str, Any] = {}

    def of(self, style: Style, editable: bool) -> Any:
        made = self._made.get((style, editable))
        if made is None:
            made = self._made[style, editable] = self._file.add_format(_properties(style, editable))
        return made

    def colored(self, color: str) -> Any:
        if color not in self._colored:
            self._colored[color] = self._file.add_format({"font_color": color, "bold": True})
        return self._colored[color]


def _properties(style: Style, editable: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "font_name": style.face, "font_size": style.size, "font_color": style.color,
        "align": style.align, "valign": _VALIGN.get(style.valign, style.valign), "num_format": style.number,
        "locked": not editable, "text_wrap": style.wrap, "bold": style.bold,
    }
    if style.fill:
        found["bg_color"] = style.fill
    if style.indented:
        found["indent"] = style.indented
    if style.shrink:
        found["shrink"] = True
    for side, (weight, color) in style.edges.items():
        found |= {side: _WEIGHTS[weight], f"{side}_color": color}
    return found


def _draw(file: Any, target: Any, book: Book, sheet: Sheet, formats: _SharedFormats) -> None:
    for index, width in enumerate(sheet.widths):
        target.set_column_pixels(index, index, width_pixels(width), None, {"hidden": index in sheet.hidden_columns})
    for row, height in sheet.heights.items():
        target.set_row(row, height, None, {"hidden": row in sheet.hidden_rows})
    for top, left, bottom, right, name in sheet.tables:  # before the cells, which style the heads anew
        target.add_table(top, left, bottom, right, {
            "name": name, "style": "Table Style Light 1", "banded_rows": False,
            "columns": [{"header": str(sheet.cells[top, c].content)} for c in range(left, right + 1)],
        })
    for cell in sheet.cells.values():
        _write(target, book, sheet, cell, formats)
    for chart in sheet.charts:
        draw_chart(file, target, sheet, chart)
    for one in sheet.sparklines:
        first, last = sheet.cell(one.first), sheet.cell(one.last)
        span = area_name(first.row, first.column, last.row, last.column)
        target.add_sparkline(one.row, one.column, {
            "range": f"{on_sheet(sheet.name)}{span}", "type": "column", "negative_points": True, "axis": True,
            "series_color": ACCENT, "negative_color": RED, "show_hidden": True,
        })
    for lights in sheet.lights:
        _light(target, lights, formats)
    if sheet.freeze:
        target.freeze_panes(*sheet.freeze)
    if sheet.tab:
        target.set_tab_color(sheet.tab)
    if sheet.hidden:
        target.very_hidden()
    target.hide_gridlines(2)
    target.set_zoom(sheet.zoom)
    _paper(target, sheet)
    if sheet.protected:
        target.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})


def _write(target: Any, book: Book, sheet: Sheet, cell: PlacedCell, formats: _SharedFormats) -> None:
    form = formats.of(cell.style, cell.input is not None)
    row, column = cell.row, cell.column
    if cell.down > 1 or cell.across > 1:
        target.merge_range(row, column, row + cell.down - 1, column + cell.across - 1, "", form)
    if cell.link:
        target.write_url(row, column, f"internal:{on_sheet(cell.link)}A1", form, str(cell.content))
    elif isinstance(cell.content, Expr):
        shown = _plain(book.value(sheet, cell))
        target.put_formula(row, column, book.formula(sheet, cell), shown, form)
    else:
        target.put(row, column, _plain(cell.content), form)
    if cell.input is not None:
        limit_cell(target, sheet, cell, cell.input)
        if cell.key is not None:
            said = [sheet.marks.get(cell.key, ""), sheet.remarks.get(cell.key, "")]
            if any(said):
                about = {"author": "", "x_scale": 2, "y_scale": 1.2}
                target.write_comment(row, column, "\n".join(filter(None, said)), about)


def _plain(value: Value) -> "Plain":
    """A value as a file holds it."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


def _light(target: Any, lights: Lights, formats: _SharedFormats) -> None:
    for label, color in lights.colors:
        rule: dict[str, Any] = {"format": formats.colored(color)}
        if lights.prefix:
            rule |= {"type": "text", "criteria": "begins with", "value": label}
        else:
            rule |= {"type": "cell", "criteria": "==", "value": f'"{label}"'}
        target.conditional_format(*lights.first, *lights.last, rule)


def _paper(target: Any, sheet: Sheet) -> None:
    setup = sheet.print
    target.set_paper(_PAPERS[setup.paper])
    if setup.landscape:
        target.set_landscape()
    target.set_margins(left=0.59, right=0.59, top=0.63, bottom=0.67)
    target.fit_to_pages(1, 1 if setup.one_page else 0)
    if setup.breaks:
        target.set_h_pagebreaks(list(setup.breaks))
    target.center_horizontally()
    if setup.head_rows:
        target.repeat_rows(*setup.head_rows)
    foot = f'&L&"宋体,Regular"&9{setup.foot}' if setup.foot else ""
    target.set_footer(f'{foot}&C&"宋体,Regular"&9第 &P 页 共 &N 页')
    end = printed_end(sheet)
    if end:
        target.print_area(0, 0, *end)
