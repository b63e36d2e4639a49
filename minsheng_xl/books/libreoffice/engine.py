"""The engine: xlwings' base classes over LibreOffice Calc. Which part of the API it covers: README.md."""

import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote, urlparse

from xlwings import base_classes as base

from minsheng_xl.books.libreoffice.connection import desktop, uno_module
from minsheng_xl.books.libreoffice.excel import VALUE_ERROR, FontApi, RangeApi, SheetApi, ValidationApi
from minsheng_xl.books.libreoffice.formulas import from_native, to_native
from minsheng_xl.exact.addresses import column_letters, parse_area

Box: TypeAlias = tuple[int, int, int, int]
"""Top row, left column, rows, columns; the first two counted from 1, as xlwings does."""
_POINT = 2540 / 72
"""Hundredths of a millimetre in a point."""
_EPOCH = datetime(1899, 12, 30)
_HORIZONTAL = {"general": "STANDARD", "left": "LEFT", "center": "CENTER", "right": "RIGHT", "fill": "REPEAT", "justify": "BLOCK"}
_VERTICAL = {"top": 1, "center": 2, "bottom": 3}
_OPERATORS = {
    "between": "BETWEEN", "not_between": "NOT_BETWEEN", "equal_to": "EQUAL", "not_equal_to": "NOT_EQUAL", "greater_than": "GREATER",
    "less_than": "LESS", "greater_than_or_equal": "GREATER_EQUAL", "less_than_or_equal": "LESS_EQUAL",
}
_WEIGHTS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}
_LINES = {"continuous": 0, "dot": 1, "dash": 2, "double": 3, "dash_dot": 16, "dash_dot_dot": 17, "none": 0x7FFF}
_SIDES = {
    "edge_left": "Left", "edge_right": "Right", "edge_top": "Top", "edge_bottom": "Bottom", "inside_vertical": "Vertical", "inside_horizontal": "Horizontal",
}
_RULES = {"whole_number": "WHOLE", "decimal": "DECIMAL", "text_length": "TEXT_LEN", "custom": "CUSTOM", "date": "DATE", "time": "TIME"}


def _enum(kind: str, value: str) -> Any:
    return uno_module().Enum(f"com.sun.star.{kind}", value)


class Engine:
    """To be given to `xlwings.Engine(impl=...)`."""

    name, type = "libreoffice", "desktop"

    @property
    def apps(self) -> "Apps":
        return Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: Any, options: Any) -> Any:
        return "" if x is None or x != x else x  # noqa: PLR0124 (NaN)

    @staticmethod
    def clean_value_data(data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool) -> list[list[Any]]:
        def clean(x: Any) -> Any:
            if x is None or x == "":
                return empty_as
            if isinstance(x, datetime):
                return datetime_builder(year=x.year, month=x.month, day=x.day, hour=x.hour, minute=x.minute, second=x.second, microsecond=0, tzinfo=None)
            if isinstance(x, int) and x == VALUE_ERROR:
                return "#VALUE!" if err_to_str else None
            return number_builder(x) if number_builder is not None and isinstance(x, float) else x

        return [[clean(x) for x in row] for row in data]


class Apps(base.Apps):
    def __init__(self, engine: Engine) -> None:
        self._app = App(engine, desktop())

    def keys(self) -> list[int]:
        return [self._app.pid]

    def __iter__(self) -> Iterator["App"]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> "App":
        return self._app

    @staticmethod
    def cleanup() -> None:
        """There is nothing to clean: LibreOffice is not ours to end."""


class App(base.App):
    """The running office. `display_alerts` and `enable_events` are kept and change nothing."""

    display_alerts = enable_events = True
    version = "7.0"

    def __init__(self, engine: Engine, office: Any) -> None:
        self.engine, self._office = engine, office
        self._updating = self._interactive = True
        self._indicators: list[Any] = []
        self.clipboard: Range | None = None

    @property
    def api(self) -> Any:
        return self._office

    def activate(self, steal_focus: bool = False) -> None:
        """A book's own window is brought up by `Book.activate`."""

    @property
    def pid(self) -> int:
        return 1

    @property
    def books(self) -> "Books":
        return Books(self)

    @property
    def selection(self) -> "Range | None":
        book = self.books.active
        if book is None or not hasattr(book.api.CurrentSelection, "RangeAddress"):
            return None
        selected = book.api.CurrentSelection
        at = selected.RangeAddress
        return _range_at(Sheet(book, book.api.Sheets.getByIndex(at.Sheet)), at)

    @property
    def screen_updating(self) -> bool:
        return self._updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value != self._updating:
            for book in self.books:
                (book.api.unlockControllers if value else book.api.lockControllers)()
        self._updating = value

    @property
    def interactive(self) -> bool:
        return self._interactive

    @interactive.setter
    def interactive(self, value: bool) -> None:
        for book in self.books:
            if book.api.CurrentController is not None:
                book.api.CurrentController.Frame.ContainerWindow.setEnable(value)
        self._interactive = value

    @property
    def calculation(self) -> str:
        return "automatic" if all(book.api.isAutomaticCalculationEnabled() for book in self.books) else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        for book in self.books:
            book.api.enableAutomaticCalculation(value == "automatic")

    def calculate(self) -> None:
        for book in self.books:
            book.api.calculate()

    @property
    def cut_copy_mode(self) -> bool:
        return self.clipboard is not None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: bool) -> None:
        self.clipboard = self.clipboard if value else None

    @property
    def status_bar(self) -> "str | bool":
        return False

    @status_bar.setter
    def status_bar(self, value: "str | bool") -> None:
        for indicator in self._indicators:
            indicator.end()
        self._indicators = []
        for book in self.books if isinstance(value, str) else ():
            if book.api.CurrentController is not None:
                self._indicators.append(book.api.CurrentController.Frame.createStatusIndicator())
                self._indicators[-1].start(value, 0)


class Books(base.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    def _all(self) -> "list[Book]":
        components = self.app.api.Components.createEnumeration()
        found = []
        while components.hasMoreElements():
            model = components.nextElement()
            if getattr(model, "supportsService", lambda _: False)("com.sun.star.sheet.SpreadsheetDocument"):
                found.append(Book(self.app, model))
        return found

    @property
    def api(self) -> Any:
        return self.app.api.Components

    @property
    def active(self) -> "Book | None":
        current, books = self.app.api.CurrentComponent, self._all()
        return next((book for book in books if book.api == current), books[0] if books else None)

    def __call__(self, name_or_index: "str | int") -> "Book":
        books = self._all()
        return books[name_or_index - 1] if isinstance(name_or_index, int) else {book.name: book for book in books}[name_or_index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> "Iterator[Book]":
        return iter(self._all())

    def open(self, fullname: str, *others: Any, **more: Any) -> "Book":
        return Book(self.app, self.app.api.loadComponentFromURL(Path(fullname).resolve().as_uri(), "_blank", 0, ()))


class Book(base.Book):
    def __init__(self, app: App, model: Any) -> None:
        self._app, self._model = app, model

    @property
    def app(self) -> App:
        return self._app

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and other.api == self.api

    __hash__ = None  # type: ignore[assignment]

    @property
    def api(self) -> Any:
        return self._model

    @property
    def fullname(self) -> str:
        return unquote(urlparse(self._model.URL).path) or self._model.Title

    @property
    def name(self) -> str:
        return os.path.basename(self.fullname)  # noqa: PTH119 (a title is no path)

    @property
    def sheets(self) -> "Sheets":
        return Sheets(self)

    def activate(self) -> None:
        self._model.CurrentController.Frame.activate()

    def save(self, path: "str | None" = None, password: "str | None" = None) -> None:
        if path is None:
            self._model.store()
        else:
            self._model.storeToURL(Path(path).resolve().as_uri(), ())

    def close(self) -> None:
        self._model.close(True)


class Sheets(base.Sheets):
    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        return self._book.api.Sheets

    @property
    def active(self) -> "Sheet":
        return Sheet(self._book, self._book.api.CurrentController.ActiveSheet)

    def __call__(self, name_or_index: "str | int") -> "Sheet":
        found = self.api.getByIndex(name_or_index - 1) if isinstance(name_or_index, int) else self.api.getByName(name_or_index)
        return Sheet(self._book, found)

    def __contains__(self, name: str) -> bool:
        return bool(self.api.hasByName(name))

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> "Iterator[Sheet]":
        return (Sheet(self._book, self.api.getByIndex(number)) for number in range(len(self)))


class Sheet(base.Sheet):
    def __init__(self, book: Book, native: Any) -> None:
        self._book, self.native = book, native

    @property
    def book(self) -> Book:
        return self._book

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sheet) and other.native == self.native

    __hash__ = None  # type: ignore[assignment]

    @property
    def api(self) -> SheetApi:
        return SheetApi(self.native)

    @property
    def name(self) -> str:
        return str(self.native.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.native.Name = value

    @property
    def index(self) -> int:
        return int(self.native.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self.native.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.native.IsVisible = value

    def activate(self) -> None:
        self.book.api.CurrentController.ActiveSheet = self.native

    def delete(self) -> None:
        self.book.api.Sheets.removeByName(self.name)

    def range(self, arg1: Any, arg2: Any = None) -> "Range":
        first = _box(arg1)
        if arg2 is None:
            return Range(self, first)
        last = _box(arg2)
        top, left = min(first[0], last[0]), min(first[1], last[1])
        bottom, right = max(first[0] + first[2], last[0] + last[2]), max(first[1] + first[3], last[1] + last[3])
        return Range(self, (top, left, bottom - top, right - left))

    @property
    def cells(self) -> "Range":
        at = self.native.RangeAddress
        return Range(self, (1, 1, at.EndRow + 1, at.EndColumn + 1))

    @property
    def used_range(self) -> "Range":
        cursor = self.native.createCursor()
        cursor.gotoStart()
        cursor.gotoEndOfUsedArea(True)
        found = _range_at(self, cursor.RangeAddress)
        found.native = cursor  # a range too
        return found

    @property
    def tables(self) -> "Tables":
        return Tables(self)

    @property
    def page_setup(self) -> "PageSetup":
        return PageSetup(self)


def _box(of: Any) -> Box:
    if isinstance(of, Range):
        return of.coords_of_sheet
    if isinstance(of, tuple):
        if 0 in of[:2]:
            raise IndexError("rows and columns count from 1")
        return of if len(of) == 4 else (*of, 1, 1)
    top, left, bottom, right = parse_area(of)
    return top + 1, left + 1, bottom - top + 1, right - left + 1


def _range_at(sheet: Sheet, at: Any) -> "Range":
    """The range at an address as LibreOffice has it."""
    return Range(sheet, (at.StartRow + 1, at.StartColumn + 1, at.EndRow - at.StartRow + 1, at.EndColumn - at.StartColumn + 1))


class Range(base.Range):
    def __init__(self, sheet: Sheet, box: Box) -> None:
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

    def __call__(self, arg1: int, arg2: "int | None" = None) -> "Range":
        top, left, _, columns = self.coords_of_sheet
        row, column = (arg1, arg2) if arg2 is not None else ((arg1 - 1) // columns + 1, (arg1 - 1) % columns + 1)
        return Range(self.sheet, (top + row - 1, left + column - 1, 1, 1))

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
        first, last = (f"{column}{column_letters(c - 1)}{row}{r}" for r, c in ((top, left), (top + rows - 1, left + columns - 1)))
        area = first if (rows, columns) == (1, 1) else f"{first}:{last}"
        return f"[{self.sheet.book.name}]{self.sheet.name}!{area}" if external else area

    @property
    def raw_value(self) -> Any:
        """Numbers, texts, None for what is blank, dates where the format says so; an error as Excel's number."""
        found, dates = self.api.Value2, self._dates()
        if self.shape == (1, 1):
            return _dated(found, bool(dates))
        return tuple(tuple(_dated(value, (r, c) in dates) for c, value in enumerate(row)) for r, row in enumerate(found)) if dates else found

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        self._write(value)

    def _dates(self) -> set[tuple[int, int]]:
        """The cells that hold a date or a time, by place in this range."""
        top, left = self.coords_of_sheet[:2]
        return {
            (r - top + 1, c - left + 1)
            for at in self.native.queryContentCells(2).RangeAddresses  # CellFlags.DATETIME
            for r in range(at.StartRow, at.EndRow + 1) for c in range(at.StartColumn, at.EndColumn + 1)
        }

    @property
    def formula(self) -> Any:
        found = self.native.getFormulaArray()
        rows = tuple(tuple(from_native(x) if x.startswith("=") else x.removeprefix("'") for x in row) for row in found)
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
        if all(isinstance(x, (int, float)) and not isinstance(x, bool) for row in block for x in row):
            native.setDataArray(tuple(tuple(float(x) for x in row) for row in block))
            return
        native.setFormulaArray(tuple(tuple(_typed(x) for x in row) for row in block))

    def clear_contents(self) -> None:
        self.native.clearContents(1 | 2 | 4 | 16)  # values, dates, texts, formulas

    @property
    def row_height(self) -> float:
        return float(self.native.Rows.Height) / _POINT

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.native.Rows.Height = round(value * _POINT)

    @property
    def row_hidden(self) -> "bool | None":
        """None if some rows are and some are not."""
        shown = sum(at.EndRow - at.StartRow + 1 for at in self.native.queryVisibleCells().RangeAddresses if at.StartColumn == self.column - 1)
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
        return None if found < 0 else _parts(found)

    @color.setter
    def color(self, value: Any) -> None:
        self.native.CellBackColor = -1 if value is None else _rgb(value)

    @property
    def wrap_text(self) -> bool:
        return bool(self.native.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.native.IsTextWrapped = value

    @property
    def horizontal_alignment(self) -> "str | None":
        return next((name for name, native in _HORIZONTAL.items() if self.native.HoriJustify.value == native), None)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.native.HoriJustify = _enum("table.CellHoriJustify", _HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> "str | None":
        return next((name for name, native in _VERTICAL.items() if self.native.VertJustify == native), None)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.native.VertJustify = _VERTICAL[value]

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
        rows, columns = self.shape
        return any(self(r + 1, c + 1).merge_area.shape != (1, 1) for r in range(rows) for c in range(columns))

    @property
    def merge_area(self) -> "Range":
        cursor = self.sheet.native.createCursorByRange(self.native.getCellByPosition(0, 0))
        cursor.collapseToMergedArea()
        return _range_at(self.sheet, cursor.RangeAddress)

    def add_hyperlink(self, address: str, text_to_display: "str | None" = None, screen_tip: "str | None" = None) -> None:
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

    def paste(self, paste: "str | None" = None, operation: Any = None, skip_blanks: bool = False, transpose: bool = False) -> None:
        """What was copied, once or, if this range is taller, row by row."""
        source = self.sheet.book.app.clipboard
        if source is None or operation is not None or skip_blanks or transpose or paste not in (None, "all"):
            raise NotImplementedError("paste takes everything of a range that was copied")
        for down in range(0, max(self.shape[0], source.shape[0]), source.shape[0]):
            to = self.sheet.range((self.row + down, self.column)).native.getCellByPosition(0, 0).CellAddress
            self.sheet.native.copyRange(to, source.native.RangeAddress)


def _dated(value: Any, is_date: bool) -> Any:
    return _EPOCH + timedelta(days=value) if is_date and isinstance(value, float) else value


def _typed(x: Any) -> str:
    """A value as it would be typed into a cell."""
    if x is None:
        return ""
    if isinstance(x, bool):
        return "=TRUE()" if x else "=FALSE()"
    if isinstance(x, (int, float)):
        return repr(x)
    if isinstance(x, datetime):
        return repr((x - _EPOCH) / timedelta(days=1))
    text = str(x)
    return to_native(text) if text.startswith("=") else text


def _rgb(value: Any) -> int:
    if isinstance(value, str):
        return int(value.removeprefix("#"), 16)
    return int(value) if isinstance(value, int) else value[0] << 16 | value[1] << 8 | value[2]


def _parts(color: int) -> tuple[int, int, int]:
    return color >> 16 & 255, color >> 8 & 255, color & 255


class Font(base.Font):
    def __init__(self, range: Range) -> None:
        self._range = range

    @property
    def api(self) -> FontApi:
        return FontApi(self._range.native)

    @property
    def name(self) -> str:
        return str(self._range.native.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        native = self._range.native
        native.CharFontName = native.CharFontNameAsian = value

    @property
    def size(self) -> float:
        return float(self._range.native.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        native = self._range.native
        native.CharHeight = native.CharHeightAsian = value

    @property
    def bold(self) -> bool:
        return bool(self._range.native.CharWeight > 100)

    @bold.setter
    def bold(self, value: bool) -> None:
        native = self._range.native
        native.CharWeight = native.CharWeightAsian = 150.0 if value else 100.0

    @property
    def color(self) -> tuple[int, int, int]:
        return _parts(self._range.native.CharColor)

    @color.setter
    def color(self, value: Any) -> None:
        self._range.native.CharColor = _rgb(value)


class Borders(base.Borders):
    def __init__(self, range: Range) -> None:
        self.parent = range

    def __getitem__(self, side: str) -> "Border":
        return Border(self.parent, side)

    def set(self, which: Any = (), *, line_style: Any = base._UNSET, weight: Any = base._UNSET, color: Any = base._UNSET) -> None:
        changes: dict[str, Any] = {}
        if color is not base._UNSET:
            changes["Color"] = _rgb(color)
        if weight is not base._UNSET:
            changes |= {"OuterLineWidth": _WEIGHTS[weight], "LineWidth": _WEIGHTS[weight]}
        if line_style is not base._UNSET:
            changes["LineStyle"] = _LINES[line_style or "none"]
        _draw_lines(self.parent, [Border(self.parent, side).side for side in which], changes)


class Border(base.Border):
    """The line at one side of a range, or between its rows or columns; diagonals are not covered."""

    def __init__(self, range: Range, side: str) -> None:
        if side not in _SIDES:
            raise NotImplementedError(side)
        self._range, self.side = range, _SIDES[side]

    def _line(self) -> Any:
        return getattr(self._range.native.TableBorder2, f"{self.side}Line")

    @property
    def line_style(self) -> "str | None":
        line = self._line()
        return next((name for name, native in _LINES.items() if native == line.LineStyle), None) if line.OuterLineWidth else "none"

    @line_style.setter
    def line_style(self, value: "str | None") -> None:
        _draw_lines(self._range, [self.side], {"LineStyle": _LINES[value or "none"]})

    @property
    def weight(self) -> "str | None":
        width = self._line().OuterLineWidth
        return min(_WEIGHTS, key=lambda name: abs(_WEIGHTS[name] - width)) if width else None

    @weight.setter
    def weight(self, value: str) -> None:
        _draw_lines(self._range, [self.side], {"OuterLineWidth": _WEIGHTS[value], "LineWidth": _WEIGHTS[value]})

    @property
    def color(self) -> "tuple[int, int, int] | None":
        line = self._line()
        return _parts(line.Color) if line.OuterLineWidth else None

    @color.setter
    def color(self, value: Any) -> None:
        _draw_lines(self._range, [self.side], {"Color": _rgb(value)})


def _draw_lines(range: Range, sides: "list[str]", changes: "dict[str, Any]") -> None:
    """Change the lines at some sides; one that is not there begins thin and whole."""
    there, lines = range.native.TableBorder2, uno_module().createUnoStruct("com.sun.star.table.TableBorder2")
    for side in sides:
        line = getattr(there, f"{side}Line")
        if not line.OuterLineWidth:
            line.LineStyle, line.OuterLineWidth, line.LineWidth = _LINES["continuous"], _WEIGHTS["thin"], _WEIGHTS["thin"]
        for name, value in changes.items():
            setattr(line, name, value)
        if line.LineStyle == _LINES["none"]:
            line.OuterLineWidth = line.InnerLineWidth = line.LineWidth = 0
        setattr(lines, f"{side}Line", line)
        setattr(lines, f"Is{side}LineValid", True)
    range.native.TableBorder2 = lines


class DataValidation(base.DataValidation):
    def __init__(self, range: Range) -> None:
        self._range = range

    @property
    def api(self) -> ValidationApi:
        return ValidationApi(self._range.native)

    @property
    def _rule(self) -> Any:
        return self._range.native.Validation

    @property
    def type(self) -> str:
        found = self._rule.Type.value
        return {"ANY": "none", "LIST": "list", **{native: name for name, native in _RULES.items()}}[found]

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        rule = self._rule
        rule.Type = _enum("sheet.ValidationType", "LIST")
        rule.ShowList = 1 if in_cell_dropdown else 0
        if isinstance(source, Range):
            rule.setFormula1(f"$'{source.sheet.name}'.{source.address}")
        else:
            rule.setFormula1(";".join(f'"{text}"' for text in source))
        self._range.native.Validation = rule

    def set_rule(self, rule_type: str, operator: str, formula1: str, formula2: "str | None") -> None:
        rule = self._rule
        rule.Type = _enum("sheet.ValidationType", _RULES[rule_type])
        rule.setOperator(_enum("sheet.ConditionOperator", _OPERATORS[operator]))
        rule.setFormula1(to_native(formula1.removeprefix("=")))
        rule.setFormula2(to_native((formula2 or "").removeprefix("=")))
        self._range.native.Validation = rule

    def delete(self) -> None:
        rule = self._rule
        rule.Type = _enum("sheet.ValidationType", "ANY")
        self._range.native.Validation = rule


class PageSetup(base.PageSetup):
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.api.PageSetup

    @property
    def print_area(self) -> "str | None":
        areas = self._sheet.native.getPrintAreas()
        if not areas:
            return None
        return _range_at(self._sheet, areas[0]).address

    @print_area.setter
    def print_area(self, value: "str | None") -> None:
        self._sheet.native.setPrintAreas((self._sheet.range(value).native.RangeAddress,) if value else ())


class Tables(base.Tables):
    """The database ranges of a sheet, which LibreOffice makes of Excel's tables."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __iter__(self) -> "Iterator[Table]":
        ranges = self._sheet.book.api.DatabaseRanges
        return (
            Table(self._sheet, ranges.getByName(name)) for name in ranges.ElementNames
            if ranges.getByName(name).DataArea.Sheet == self._sheet.index - 1
        )

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __contains__(self, name: str) -> bool:
        return any(table.name == name for table in self)

    def __call__(self, name_or_index: "str | int") -> "Table":
        found = list(self)
        return found[name_or_index - 1] if isinstance(name_or_index, int) else {table.name: table for table in found}[name_or_index]


class Table(base.Table):
    def __init__(self, sheet: Sheet, native: Any) -> None:
        self._sheet, self._native = sheet, native

    @property
    def api(self) -> Any:
        return self._native

    @property
    def name(self) -> str:
        return str(self._native.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._native.Name = value

    @property
    def range(self) -> Range:
        return _range_at(self._sheet, self._native.DataArea)

    def resize(self, range: Any) -> None:
        self._native.DataArea = range.impl.native.RangeAddress
