"""A `Book` → the bytes of an .xlsx. Same book, same bytes; every formula carries its value."""

import io
import warnings
from datetime import datetime
from fractions import Fraction
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from minsheng_xl.books.write.vba import WORKBOOK_MODULE, Macros, vba_project, with_ribbon
from minsheng_xl.exact.expressions import Expr, Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Book, Cell, Chart, Input, Lights, Sheet, printed_end, width_pixels
from minsheng_xl.forms.look import ACCENT, INK, LINE, MUTED, PAPER_LINE, SCREEN_FACE, Style
from minsheng_xl.forms.validation import PROMPT_TITLE, validation_of
from minsheng_xl.texts import cleaned

_EPOCH = datetime(2000, 1, 1)  # bytes must not depend on the clock
_PAPERS = {"A3": 8, "A4": 9}
# 宋体 is on every desk and as wide there as its stand-ins are elsewhere; the sizes, in pixels, go with it
_DEFAULTS = {"default_format_properties": {"font_name": SCREEN_FACE, "font_size": 11}, "default_column_width": 72, "default_row_height": 18}
_VALIGN = {"center": "vcenter"}
_WEIGHTS = {"thin": 1, "medium": 2, "thick": 5}


def write_book(book: Book, macros: Macros | None = None) -> bytes:
    """Write the book, with macros if given: an .xlsm then. A sheet that Excel would refuse is an error, not
    a warning."""
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    class Plain(Worksheet):  # type: ignore[misc]
        """A worksheet that takes formulas as they are: ours hold no function newer than Excel 2007,
        and looking for those took a third of the time. The result of one may be an empty text, which
        XlsxWriter takes for none."""

        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            return formula.removeprefix("=")

        def _xml_formula_element(self, formula: str, result: object, attributes: list[tuple[str, object]]) -> None:
            typed = [("t", "str")] if result == "" else []
            super()._xml_formula_element(formula, result, [*attributes, *typed])

    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        file = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **_DEFAULTS})
        file.set_properties({"created": _EPOCH, "title": book.properties.get("title", "")})
        for name, text in book.properties.items():
            if name != "title":
                file.set_custom_property(name, text, "text")
        formats = _Formats(file)
        for sheet in book.sheets:
            target = file.add_worksheet(sheet.name, Plain)
            _draw(file, target, book, sheet, formats)
            for button in sheet.buttons if macros is not None else ():
                target.insert_button(button.row, button.column, {
                    "macro": button.macro, "caption": button.caption, "width": button.width, "height": button.height, "x_offset": 4, "y_offset": 4,
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


class _Formats:
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


def _draw(file: Any, target: Any, book: Book, sheet: Sheet, formats: _Formats) -> None:
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
        _chart(file, target, sheet, chart)
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


def _write(target: Any, book: Book, sheet: Sheet, cell: Cell, formats: _Formats) -> None:
    form = formats.of(cell.style, cell.input is not None)
    row, column = cell.row, cell.column
    if cell.down > 1 or cell.across > 1:
        target.merge_range(row, column, row + cell.down - 1, column + cell.across - 1, "", form)
    if cell.link:
        sheet_name = cell.link.replace("'", "''")
        target.write_url(row, column, f"internal:'{sheet_name}'!A1", form, str(cell.content))
    elif isinstance(cell.content, Expr):
        value = _plain(book.value(sheet, cell))
        shown = cleaned(value) if isinstance(value, str) else value
        target.write_formula(row, column, "=" + book.formula(sheet, cell), form, "" if shown is None else shown)
    else:
        _constant(target, row, column, cell.content, form)
    if cell.input is not None:
        _validate(target, sheet, cell, cell.input)
        if cell.key is not None:
            said = [sheet.marks.get(cell.key, ""), sheet.remarks.get(cell.key, "")]
            if any(said):
                target.write_comment(row, column, "\n".join(filter(None, said)), {"author": "", "x_scale": 2, "y_scale": 1.2})


def _constant(target: Any, row: int, column: int, content: Value, form: Any) -> None:
    value = _plain(content)
    if value is None or value == "":
        target.write_blank(row, column, None, form)
    elif isinstance(value, str):
        target.write_string(row, column, cleaned(value), form)  # never a formula or a link
    else:
        target.write_number(row, column, value, form)


def _plain(value: Value) -> "str | int | float | bool | None":
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


def _validate(target: Any, sheet: Sheet, cell: Cell, accepts: Input) -> None:
    limit = validation_of(sheet, accepts)
    if limit is None:
        return
    options: dict[str, Any] = {"ignore_blank": True, "validate": {"whole": "integer"}.get(limit.kind, limit.kind)}
    if limit.prompt:
        options |= {"input_title": PROMPT_TITLE, "input_message": limit.prompt}
    if limit.error:
        options |= {"error_title": limit.error_title, "error_message": limit.error}
    if limit.kind in ("whole", "decimal"):
        options |= {"criteria": ">=", "value": 0}
    elif limit.kind == "list":
        options |= {"source": f"={limit.area}" if limit.area else list(limit.words), "show_error": limit.stops}
    target.data_validation(cell.row, cell.column, cell.row + cell.down - 1, cell.column + cell.across - 1, options)


def validation_xml(sheet: Sheet, cell: Cell) -> str:
    """The element by which an input cell is limited or offered a list; "" if it is not."""
    limit = validation_of(sheet, cell.input) if cell.input is not None else None
    if limit is None:
        return ""
    is_number = limit.kind in ("whole", "decimal")
    formula = "0" if is_number else limit.area or (f'"{",".join(limit.words)}"' if limit.words else "")
    said = {
        "type": {"any": "none"}.get(limit.kind, limit.kind), "operator": "greaterThanOrEqual" if is_number else "", "allowBlank": "1", "showInputMessage": "1",
        "showErrorMessage": "1" if limit.stops else "", "errorTitle": limit.error_title, "error": limit.error,
        "promptTitle": PROMPT_TITLE if limit.prompt else "", "prompt": limit.prompt, "sqref": cell.area,
    }
    attributes = "".join(f" {name}={quoteattr(text)}" for name, text in said.items() if text)
    return f"<dataValidation{attributes}>{f'<formula1>{escape(formula)}</formula1>' if formula else ''}</dataValidation>"


def _chart(file: Any, target: Any, sheet: Sheet, chart: Chart) -> None:
    def span(first: Key, last: Key) -> list[Any]:
        top, bottom = sheet.cell(first), sheet.cell(last)
        return [sheet.name, top.row, top.column, bottom.row, bottom.column]

    columns, marks = file.add_chart({"type": "column"}), file.add_chart({"type": "line"})
    columns.add_series({
        "name": chart.columns[0], "categories": span(*chart.categories), "values": span(*chart.columns[1:]),
        "fill": {"color": ACCENT}, "gap": 120,
    })
    marks.add_series({
        "name": chart.marks[0], "categories": span(*chart.categories), "values": span(*chart.marks[1:]),
        "line": {"none": True}, "marker": {"type": "long_dash", "size": 12, "fill": {"color": INK}, "border": {"color": INK}},
    })
    columns.combine(marks)
    font = {"name": SCREEN_FACE, "size": 9, "color": MUTED}
    columns.set_y_axis({"min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "num_font": font, "line": {"none": True},
                        "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.5}}})
    columns.set_x_axis({"num_font": font, "line": {"color": PAPER_LINE}, "major_tick_mark": "none"})
    columns.set_legend({"position": "top", "font": {"name": SCREEN_FACE, "size": 9}})
    columns.set_chartarea({"border": {"none": True}})
    columns.show_blanks_as("gap")
    columns.set_size({"width": chart.width / 0.75, "height": chart.height / 0.75})
    target.insert_chart(chart.row, chart.column, columns, {"object_position": 1, "y_offset": 4})


def _light(target: Any, lights: Lights, formats: _Formats) -> None:
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
    target.set_footer('&C&"宋体,Regular"&9第 &P 页 共 &N 页')
    end = printed_end(sheet)
    if end:
        target.print_area(0, 0, *end)
