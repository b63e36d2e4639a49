"""A range of cells: what it holds, its looks, its place."""

import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from xlwings import base_classes as base

from minsheng_xl.books.libreoffice.connection import uno_module
from minsheng_xl.books.libreoffice.excel import RangeApi
from minsheng_xl.books.libreoffice.formulas import from_native
from minsheng_xl.books.libreoffice.looks import Borders, DataValidation, Font
from minsheng_xl.books.libreoffice.native import HORIZONTAL, POINT, VERTICAL, Box, dated, enum, parts, rgb, typed
from minsheng_xl.exact.addresses import Area, column_letters, parse_area

if TYPE_CHECKING:
    from minsheng_xl.books.libreoffice.sheets import CalcSheet


_PIXEL = 0.75
"""Points of a pixel, 96 of which are an inch."""


def box(of: Any) -> Box:
    if isinstance(of, CalcRange):
        return of.coords_of_sheet
    if isinstance(of, tuple):
        if 0 in of[:2]:
            raise IndexError("rows and columns count from 1")
        return of if len(of) == 4 else (*of, 1, 1)
    top, left, bottom, right = parse_area(of)
    return top + 1, left + 1, bottom - top + 1, right - left + 1


def range_at(sheet: "CalcSheet", at: Any) -> "CalcRange":
    """The range at an address as LibreOffice has it."""
    rows, columns = at.EndRow - at.StartRow + 1, at.EndColumn - at.StartColumn + 1
    return CalcRange(sheet, (at.StartRow + 1, at.StartColumn + 1, rows, columns))


class CalcRange(base.Range):
    def __init__(self, sheet: "CalcSheet", box: Box) -> None:
        self.sheet, self.coords_of_sheet = sheet, box
        self.options: dict[str, Any] = {}

    @cached_property
    def native(self) -> Any:
        """Asked for once: to make it takes longer than all that is done with it."""
        top, left, rows, columns = self.coords_of_sheet
        return self.sheet.native.getCellRangeByPosition(left - 1, top - 1, left + columns - 2, top + rows - 2)

    @property
    def api(self) -> RangeApi:
        return RangeApi(self.native)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, arg1: int, arg2: "int | None" = None) -> "CalcRange":
        top, left, _, columns = self.coords_of_sheet
        row, column = (arg1, arg2) if arg2 is not None else ((arg1 - 1) // columns + 1, (arg1 - 1) % columns + 1)
        return CalcRange(self.sheet, (top + row - 1, left + column - 1, 1, 1))

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, *self.coords_of_sheet)

    @property
    def row(self) -> int:
        return self.coords_of_sheet[0]

    @property
    def column(self) -> int:
        return self.coords_of_sheet[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.coords_of_sheet[2:]

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        top, left, rows, columns = self.coords_of_sheet
        row, column = "$" if row_absolute else "", "$" if col_absolute else ""
        corners = {(top, left), (top + rows - 1, left + columns - 1)}
        area = ":".join(f"{column}{column_letters(c - 1)}{row}{r}" for r, c in sorted(corners))
        return f"[{self.sheet.book.name}]{self.sheet.name}!{area}" if external else area

    @property
    def raw_value(self) -> Any:
        """Numbers, texts, None for what is blank, dates where the format says so; an error as Excel's number."""
        found, dates = self.api.Value2, self._dates()
        if self.shape == (1, 1):
            return dated(found, bool(dates))
        return tuple(_dated_row(row, r, dates) for r, row in enumerate(found)) if dates else found

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        self._write(value)

    def _dates(self) -> set[tuple[int, int]]:
        """The cells that hold a date or a time, by place in this range."""
        top, left = self.coords_of_sheet[:2]
        found: set[tuple[int, int]] = set()
        for at in self.native.queryContentCells(2).RangeAddresses:  # CellFlags.DATETIME
            block = Area(at.StartRow, at.StartColumn, at.EndRow, at.EndColumn)
            found |= {(row - top + 1, column - left + 1) for row, column in block.places()}
        return found

    @property
    def formula(self) -> Any:
        rows = tuple(tuple(map(_as_excel_writes, row)) for row in self.native.getFormulaArray())
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        self._write(value)

    def _write(self, value: Any) -> None:
        """A block, or one value for all cells: a text is taken as if it were typed, as Excel takes it."""
        rows, columns = self.shape
        block = value if isinstance(value, (list, tuple)) else [[value] * columns for _ in range(rows)]
        if block and not isinstance(block[0], (list, tuple)):
            block = [block]
        native = self.native
        if all(_is_number(x) for x in chain.from_iterable(block)):
            native.setDataArray(tuple(tuple(map(float, row)) for row in block))
            return
        native.setFormulaArray(tuple(tuple(map(typed, row)) for row in block))

    def clear_contents(self) -> None:
        self.native.clearContents(1 | 2 | 4 | 16)  # values, dates, texts, formulas

    @property
    def row_height(self) -> float:
        return float(self.native.Rows.Height) / POINT

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.native.Rows.Height = round(value * POINT)

    @property
    def column_width(self) -> float:
        """In digits of seven pixels, beside which five are left."""
        return (float(self.native.Columns.Width) / POINT / _PIXEL - 5) / 7

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.native.Columns.Width = round((value * 7 + 5) * _PIXEL * POINT)

    @property
    def row_hidden(self) -> "bool | None":
        """None if some rows are and some are not."""
        visible = self.native.queryVisibleCells().RangeAddresses
        shown = sum(at.EndRow - at.StartRow + 1 for at in visible if at.StartColumn == self.column - 1)
        return None if 0 < shown < self.shape[0] else not shown

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.native.Rows.IsVisible = not value

    @property
    def number_format(self) -> str:
        return str(self.sheet.book.api.NumberFormats.getByKey(self.native.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, value: str) -> None:
        formats, own = self.sheet.book.api.NumberFormats, uno_module().createUnoStruct("com.sun.star.lang.Locale")
        key = formats.queryKey(value, own, True)
        self.native.NumberFormat = key if key >= 0 else formats.addNew(value, own)

    @property
    def color(self) -> "tuple[int, int, int] | None":
        found = self.native.CellBackColor
        return None if found < 0 else parts(found)

    @color.setter
    def color(self, value: Any) -> None:
        self.native.CellBackColor = -1 if value is None else rgb(value)

    @property
    def wrap_text(self) -> bool:
        return bool(self.native.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.native.IsTextWrapped = value

    @property
    def horizontal_alignment(self) -> "str | None":
        return next((name for name, native in HORIZONTAL.items() if self.native.HoriJustify.value == native), None)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.native.HoriJustify = enum("table.CellHoriJustify", HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> "str | None":
        return next((name for name, native in VERTICAL.items() if self.native.VertJustify == native), None)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.native.VertJustify = VERTICAL[value]

    @property
    def font(self) -> "Font":
        return Font(self)

    @property
    def borders(self) -> "Borders":
        return Borders(self)

    @property
    def data_validation(self) -> "DataValidation":
        return DataValidation(self)

    def select(self) -> None:
        self.sheet.book.api.CurrentController.select(self.native)

    def merge(self, across: bool) -> None:
        self.native.merge(True)

    def unmerge(self) -> None:
        self.native.merge(False)

    @property
    def merge_cells(self) -> bool:
        """Whether this range is one merged block, or holds or meets one."""
        return any(self(number + 1).merge_area.shape != (1, 1) for number in range(len(self)))

    @property
    def merge_area(self) -> "CalcRange":
        cursor = self.sheet.native.createCursorByRange(self.native.getCellByPosition(0, 0))
        cursor.collapseToMergedArea()
        return range_at(self.sheet, cursor.RangeAddress)

    def add_hyperlink(
        self, address: str, text_to_display: "str | None" = None, screen_tip: "str | None" = None
    ) -> None:
        field = self.sheet.book.api.createInstance("com.sun.star.text.TextField.URL")
        inside = re.fullmatch(r"#(.+)!([^!]+)", address)
        field.URL, field.Representation = f"#{inside[1]}.{inside[2]}" if inside else address, text_to_display or address
        text = self.native.getCellByPosition(0, 0)
        text.String = ""
        text.insertTextContent(text.createTextCursor(), field, False)

    @property
    def hyperlink(self) -> str:
        fields = self.native.getCellByPosition(0, 0).TextFields
        return str(fields.getByIndex(0).URL) if fields.Count else ""

    def copy(self, destination: Any = None) -> None:
        self.sheet.book.app.clipboard = self
        if destination is not None:
            destination.impl.paste()

    def paste(
        self, paste: "str | None" = None, operation: Any = None, skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """What was copied, once or, if this range is taller, row by row."""
        source = self.sheet.book.app.clipboard
        if source is None or operation is not None or skip_blanks or transpose or paste not in (None, "all"):
            raise NotImplementedError("paste takes everything of a range that was copied")
        for down in range(0, max(self.shape[0], source.shape[0]), source.shape[0]):
            to = self.sheet.range((self.row + down, self.column)).native.getCellByPosition(0, 0).CellAddress
            self.sheet.native.copyRange(to, source.native.RangeAddress)


def _dated_row(row: tuple[Any, ...], number: int, dates: set[tuple[int, int]]) -> tuple[Any, ...]:
    return tuple(dated(value, (number, column) in dates) for column, value in enumerate(row))


def _as_excel_writes(content: str) -> str:
    """A content as LibreOffice shows it for editing → as Excel does."""
    return from_native(content) if content.startswith("=") else content.removeprefix("'")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
