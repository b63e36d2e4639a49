"""The sheets of a book, with their tables and their paper."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes as base

from minsheng_xl.books.libreoffice.cells import CalcRange, box, range_at
from minsheng_xl.books.libreoffice.excel import SheetApi

if TYPE_CHECKING:
    from minsheng_xl.books.libreoffice.engine import CalcBook


class Sheets(base.Sheets):
    def __init__(self, book: "CalcBook") -> None:
        self._book = book

    @property
    def api(self) -> Any:
        return self._book.api.Sheets

    @property
    def active(self) -> "CalcSheet":
        return CalcSheet(self._book, self._book.api.CurrentController.ActiveSheet)

    def __call__(self, name_or_index: "str | int") -> "CalcSheet":
        if isinstance(name_or_index, int):
            return CalcSheet(self._book, self.api.getByIndex(name_or_index - 1))
        return CalcSheet(self._book, self.api.getByName(name_or_index))

    def __contains__(self, name: str) -> bool:
        return bool(self.api.hasByName(name))

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> "Iterator[CalcSheet]":
        return (CalcSheet(self._book, self.api.getByIndex(number)) for number in range(len(self)))


class CalcSheet(base.Sheet):
    def __init__(self, book: "CalcBook", native: Any) -> None:
        self._book, self.native = book, native

    @property
    def book(self) -> "CalcBook":
        return self._book

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CalcSheet) and other.native == self.native

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

    def range(self, arg1: Any, arg2: Any = None) -> "CalcRange":
        first = box(arg1)
        if arg2 is None:
            return CalcRange(self, first)
        last = box(arg2)
        top, left = min(first[0], last[0]), min(first[1], last[1])
        bottom, right = max(first[0] + first[2], last[0] + last[2]), max(first[1] + first[3], last[1] + last[3])
        return CalcRange(self, (top, left, bottom - top, right - left))

    @property
    def cells(self) -> "CalcRange":
        at = self.native.RangeAddress
        return CalcRange(self, (1, 1, at.EndRow + 1, at.EndColumn + 1))

    @property
    def used_range(self) -> "CalcRange":
        cursor = self.native.createCursor()
        cursor.gotoStart()
        cursor.gotoEndOfUsedArea(True)
        found = range_at(self, cursor.RangeAddress)
        found.native = cursor  # a range too
        return found

    @property
    def tables(self) -> "Tables":
        return Tables(self)

    @property
    def page_setup(self) -> "PageSetup":
        return PageSetup(self)


class PageSetup(base.PageSetup):
    def __init__(self, sheet: CalcSheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.api.PageSetup

    @property
    def print_area(self) -> "str | None":
        areas = self._sheet.native.getPrintAreas()
        if not areas:
            return None
        return range_at(self._sheet, areas[0]).address

    @print_area.setter
    def print_area(self, value: "str | None") -> None:
        self._sheet.native.setPrintAreas((self._sheet.range(value).native.RangeAddress,) if value else ())


class Tables(base.Tables):
    """The database ranges of a sheet, which LibreOffice makes of Excel's tables."""

    def __init__(self, sheet: CalcSheet) -> None:
        self._sheet = sheet

    def __iter__(self) -> "Iterator[CalcTable]":
        ranges = self._sheet.book.api.DatabaseRanges
        return (
            CalcTable(self._sheet, ranges.getByName(name)) for name in ranges.ElementNames
            if ranges.getByName(name).DataArea.Sheet == self._sheet.index - 1
        )

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __contains__(self, name: str) -> bool:
        return any(table.name == name for table in self)

    def __call__(self, name_or_index: "str | int") -> "CalcTable":
        found = list(self)
        if isinstance(name_or_index, int):
            return found[name_or_index - 1]
        return {table.name: table for table in found}[name_or_index]


class CalcTable(base.Table):
    def __init__(self, sheet: CalcSheet, native: Any) -> None:
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
    def range(self) -> CalcRange:
        return range_at(self._sheet, self._native.DataArea)

    def resize(self, range: Any) -> None:
        self._native.DataArea = range.impl.native.RangeAddress
