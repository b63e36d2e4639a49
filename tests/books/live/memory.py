"""A spreadsheet program in memory, behind xlwings' classes: as strict as Excel where Excel is, and busy when told to be.

It proves nothing alone: formulas are not reckoned but asked for, and each case runs in LibreOffice as well.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import xlwings
from xlwings import base_classes as base

from minsheng_xl.books.libreoffice import engine as shared
from minsheng_xl.books.libreoffice.cells import CalcRange, box
from minsheng_xl.books.package.read import Area, RawCell, read_package
from minsheng_xl.exact.addresses import on_sheet

Place = tuple[int, int]
Reckon = Callable[[str, Place, str], Any]
"""Of a sheet, a place and a formula, its result."""
REJECTED = (-2147418111, "Call was rejected by callee.", None, None)
_DATE = re.compile(r"(\d{1,4})[-/](\d{1,2})(?:[-/](\d{1,2}))?|\d+年.*|\d+月.*|\d+:\d+.*")


class Rejected(Exception):
    """What pywin32 hands on while Excel is busy."""


class ComError(Exception):
    """What pywin32 hands on when Excel refuses."""


@contextmanager
def opened(path: Path, reckon: Reckon) -> Iterator[Any]:
    """A workbook opened in a program of its own, as an xlwings Book; closed without saving."""
    engine = xlwings.Engine(impl=Engine(path, reckon))
    xlwings.engines.add(engine)
    engine.activate()
    yield next(iter(next(iter(xlwings.apps)).books))


class Engine(shared.Engine):
    name = "memory"

    def __init__(self, path: Path, reckon: Reckon) -> None:
        self.app = App(self, path, reckon)

    @property
    def apps(self) -> Any:
        return Only(self.app)


class Only(base.Apps, base.Books):
    """A collection of one."""

    def __init__(self, one: Any) -> None:
        self._one = one

    def __iter__(self) -> Iterator[Any]:
        return iter([self._one])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, key: Any) -> Any:
        return self._one

    __call__ = __getitem__

    def keys(self) -> list[int]:
        return [1]

    @property
    def active(self) -> Any:
        return self._one


class App(base.App):
    """`rejects` says of the number of each call whether Excel is busy then."""

    interactive = screen_updating = enable_events = display_alerts = True
    calculation, status_bar, selection, pid = "automatic", False, None, 1
    engine: Any = None

    def __init__(self, engine: Engine, path: Path, reckon: Reckon) -> None:
        self.engine, self._reckon = engine, reckon
        self.calls, self.rejects = 0, lambda call: False
        self.book = Book(self, path)

    def touch(self) -> None:
        self.calls += 1
        if self.rejects(self.calls):
            raise Rejected(*REJECTED)

    @property
    def books(self) -> Only:
        return Only(self.book)

    def calculate(self) -> None:
        self.touch()
        for sheet in self.book.sheets:
            for place, formula in sheet.formulas.items():
                sheet.values[place] = self._reckon(sheet.name, place, formula)


class Book(base.Book):
    app: Any = None
    fullname = name = ""

    def __init__(self, app: App, path: Path) -> None:
        self.app, self.fullname, self.name = app, str(path), path.name
        raws = read_package(path.read_bytes(), trusted=True)
        self.all = [Sheet(self, raw) for raw in raws.sheets]

    @property
    def sheets(self) -> "Sheets":
        self.app.touch()
        return Sheets(self)


class Sheets(base.Sheets):
    def __init__(self, book: Book) -> None:
        self._book = book

    def __iter__(self) -> Iterator["Sheet"]:
        return iter(list(self._book.all))

    def __len__(self) -> int:
        return len(self._book.all)

    def __contains__(self, name: str) -> bool:
        return any(sheet.name == name for sheet in self._book.all)

    def __call__(self, key: Any) -> "Sheet":
        return self._book.all[key - 1] if isinstance(key, int) else next(sheet for sheet in self._book.all if sheet.name == key)


class Sheet(base.Sheet):
    book: Any = None

    def __init__(self, book: Book, raw: Any) -> None:
        self.book, self._name = book, raw.name
        self.values: dict[Place, Any] = {}
        self.formulas: dict[Place, str] = {}
        self.merges: set[Area] = set(raw.frame.merges)
        self.hidden: set[int] = set(raw.hidden_rows)
        self.heights: dict[int, float] = {}
        self.widths: dict[int, float] = {}
        self.looks: dict[Place, dict[str, Any]] = {}
        self.links: dict[Place, str] = {}
        self.password: str | None = None
        self.paper: dict[str, Any] = {}
        self.sizes: dict[str, Any] = {}
        for place, cell in raw.cells.items():
            self.values[place] = _loaded(cell)
            if cell.formula is not None:
                self.formulas[place] = f"={cell.formula}"

    @property
    def name(self) -> str:
        return str(self._name)

    @name.setter
    def name(self, value: str) -> None:
        """Formulas are told, links are not."""
        self.book.app.touch()
        if value in Sheets(self.book):
            raise ComError(-2147352567, "Exception occurred.", (0, "Microsoft Excel", "该名称已被使用", None, 0, -2146827284), None)
        for sheet in self.book.all:
            sheet.formulas = {place: text.replace(on_sheet(self._name), on_sheet(value)) for place, text in sheet.formulas.items()}
        self._name = value

    def delete(self) -> None:
        self.book.all.remove(self)

    @property
    def api(self) -> "SheetApi":
        self.book.app.touch()
        return SheetApi(self)

    def range(self, arg1: Any, arg2: Any = None) -> "Range":
        self.book.app.touch()
        first, last = box(arg1), box(arg1 if arg2 is None else arg2)
        return Range(self, (first[0], first[1], last[0] + last[2] - first[0], last[1] + last[3] - first[1]))

    @property
    def used_range(self) -> "Range":
        places = [place for place, value in self.values.items() if value is not None] or [(0, 0)]
        return Range(self, (1, 1, max(r for r, _ in places) + 1, max(c for _, c in places) + 1))

    @property
    def tables(self) -> "Tables":
        return Tables(self)

    @property
    def page_setup(self) -> "PageSetup":
        return PageSetup(self)

    def write(self, place: Place, value: Any) -> None:
        """Take a value as typed, and refuse it where Excel would."""
        if self.password is not None and self.looks.get(place, {}).get("Locked", True):
            raise ComError(-2147352567, "Exception occurred.", (0, "Microsoft Excel", "单元格受保护", None, 0, -2146827284), None)
        if any(_covers(area, place) and place != area[:2] for area in self.merges):
            value = None  # what is behind a merged block is lost
        self.formulas.pop(place, None)
        self.values[place] = _typed(value)
        if isinstance(value, str) and value.startswith("="):
            self.formulas[place], self.values[place] = value, 0
        if value is None or value == "":
            self.values.pop(place)


def _loaded(cell: RawCell) -> Any:
    if cell.kind == "n":
        return float(cell.text) if cell.text else None
    return {"0": False, "1": True}[cell.text] if cell.kind == "b" else cell.text


def _typed(value: Any) -> Any:
    """A value as Excel takes it from a program: a text as if it were typed."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return value
    if not isinstance(value, str):
        return float(value)
    if value.startswith("'"):
        return value[1:]
    if value.upper() in ("TRUE", "FALSE"):
        return value.upper() == "TRUE"
    if re.fullmatch(r"[-+]?[\d,]*\.?\d+(e[-+]?\d+)?%?", value, re.IGNORECASE):
        return float(value.rstrip("%").replace(",", "")) / (100 if value.endswith("%") else 1)
    return datetime(2022, 1, 1) if _DATE.fullmatch(value) else value


class Range(CalcRange):
    """Its addresses are those of the LibreOffice engine."""

    sheet: Any

    @property
    def api(self) -> "RangeApi":
        self.sheet.book.app.touch()
        return RangeApi(self)

    def __call__(self, arg1: int, arg2: "int | None" = None) -> "Range":
        return Range(self.sheet, super().__call__(arg1, arg2).coords_of_sheet)

    @property
    def places(self) -> list[Place]:
        top, left, rows, columns = self.coords_of_sheet
        return [(top - 1 + r, left - 1 + c) for r in range(rows) for c in range(columns)]

    @property
    def area(self) -> Area:
        top, left, rows, columns = self.coords_of_sheet
        return Area(top - 1, left - 1, top + rows - 2, left + columns - 2)

    def block(self, of: Callable[[Place], Any]) -> Any:
        self.sheet.book.app.touch()
        rows, columns = self.shape
        found = tuple(tuple(of(place) for place in self.places[r * columns : (r + 1) * columns]) for r in range(rows))
        return found[0][0] if (rows, columns) == (1, 1) else found

    @property
    def raw_value(self) -> Any:
        return self.block(self.sheet.values.get)

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        self.sheet.book.app.touch()
        rows, columns = self.shape
        block = value if isinstance(value, (list, tuple)) else [[value] * columns for _ in range(rows)]
        if not isinstance(block[0], (list, tuple)):
            block = [block]
        for place, one in zip(self.places, [one for row in block for one in row], strict=True):
            self.sheet.write(place, one)

    @property
    def formula(self) -> Any:
        return self.block(lambda place: self.sheet.formulas.get(place) or _shown(self.sheet.values.get(place)))

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    @property
    def merge_cells(self) -> "bool | None":
        """None where some of it is merged and some is not, as in Excel."""
        inside = [any(_covers(area, place) for area in self.sheet.merges) for place in self.places]
        return inside[0] if len(set(inside)) == 1 else None

    @property
    def merge_area(self) -> "Range":
        found = next((area for area in self.sheet.merges if _covers(area, self.places[0])), self.area)
        return Range(self.sheet, (found.top + 1, found.left + 1, found.bottom - found.top + 1, found.right - found.left + 1))

    def merge(self, across: bool) -> None:
        self.unmerge()
        self.sheet.merges.add(self.area)

    def unmerge(self) -> None:
        self.sheet.book.app.touch()
        self.sheet.merges -= {area for area in self.sheet.merges if any(_covers(area, place) for place in self.places)}

    def add_hyperlink(self, address: str, text_to_display: "str | None" = None, screen_tip: "str | None" = None) -> None:
        self.sheet.write(self.places[0], f"'{text_to_display}")
        self.sheet.links[self.places[0]] = address

    @property
    def row_hidden(self) -> "bool | None":
        found = {row in self.sheet.hidden for row, _ in self.places}
        return found.pop() if len(found) == 1 else None

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.sheet.book.app.touch()
        for row, _ in self.places:
            (self.sheet.hidden.add if value else self.sheet.hidden.discard)(row)

    @property
    def row_height(self) -> float:
        return float(self.sheet.heights.get(self.row - 1, 13.5))

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.sheet.heights[self.row - 1] = value
        self.row_hidden = False  # in Excel a height shows the row

    @property
    def column_width(self) -> float:
        return float(self.sheet.widths.get(self.column - 1, 8.43))

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.sheet.book.app.touch()
        self.sheet.widths[self.column - 1] = value

    def select(self) -> None:
        self.sheet.book.app.selection = self

    def look(self, name: str) -> Any:
        return self.block(lambda place: self.sheet.looks.get(place, {}).get(name))

    def dress(self, name: str, value: Any) -> None:
        self.sheet.book.app.touch()
        for place in self.places:
            self.sheet.looks.setdefault(place, {})[name] = value

    number_format = property(lambda self: self.look("number_format") or "General", lambda self, value: self.dress("number_format", value))
    wrap_text = property(lambda self: self.look("wrap_text"), lambda self, value: self.dress("wrap_text", value))
    color = property(lambda self: self.look("color"), lambda self, value: self.dress("color", value))
    horizontal_alignment = property(lambda self: self.look("horizontal"), lambda self, value: self.dress("horizontal", value))
    vertical_alignment = property(lambda self: self.look("vertical"), lambda self, value: self.dress("vertical", value))

    @property
    def font(self) -> Any:
        return Dressing(self, "font")

    @property
    def borders(self) -> Any:
        return Borders(self)

    @property
    def data_validation(self) -> Any:
        return CellValidation(self)


def _covers(area: Area, place: Place) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


class Dressing:
    """Properties of a range that are kept as they are set."""

    def __init__(self, range: Range, prefix: str) -> None:
        self.__dict__.update(range=range, prefix=prefix)

    @property
    def api(self) -> "Dressing":
        return self

    def __getattr__(self, name: str) -> Any:
        return self.range.look(f"{self.prefix}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        self.range.dress(f"{self.prefix}.{name}", value)


class Borders(base.Borders):
    def __init__(self, range: Range) -> None:
        self.parent = range

    def set(self, which: Any = (), **given: Any) -> None:
        for side in which:
            self.parent.dress(side, given)

    def clear(self, which: Any = ()) -> None:
        self.set(which)


class CellValidation(base.DataValidation):
    def __init__(self, range: Range) -> None:
        self._range = range

    @property
    def api(self) -> Any:
        return _ValidationApi(self._range, "rule")

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        self._range.dress("rule", ("list", source.address if isinstance(source, Range) else tuple(source)))

    def set_rule(self, rule_type: str, operator: str, formula1: str, formula2: "str | None") -> None:
        self._range.dress("rule", (rule_type, operator, formula1))

    def delete(self) -> None:
        self._range.dress("rule", None)


class _ValidationApi(Dressing):
    def Add(self, Type: int) -> None:
        self.range.dress("rule", Type)


class RangeApi(Dressing):
    """As in Excel: a date is read as its number, and what has no other words is set by name."""

    def __init__(self, range: Range) -> None:
        super().__init__(range, "")

    @property
    def Value2(self) -> Any:
        return self.range.block(lambda place: _number(self.range.sheet.values.get(place)))

    def ClearHyperlinks(self) -> None:
        self.range.sheet.links.pop(self.range.places[0], None)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in ("IndentLevel", "ShrinkToFit", "Locked"):
            raise AttributeError(name)
        self.range.dress(name, value)


def _number(value: Any) -> Any:
    return (value - datetime(1899, 12, 30)).days if isinstance(value, datetime) else value


class PageSetup(base.PageSetup):
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def print_area(self) -> Any:
        return self._sheet.paper.get("area")

    @print_area.setter
    def print_area(self, value: str) -> None:
        self._sheet.paper["area"] = value


class Tables(base.Tables):
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __call__(self, name: str) -> "Table":
        return Table(self._sheet, name)


class Table(base.Table):
    def __init__(self, sheet: Sheet, name: str) -> None:
        self._sheet, self._name = sheet, name

    def resize(self, range: Any) -> None:
        self._sheet.sizes[self._name] = range.impl.address


class SheetApi:
    """Excel's names, with its options of protection and its passwords."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    ProtectDrawingObjects = ProtectScenarios = False

    @property
    def ProtectContents(self) -> bool:
        return self._sheet.password is not None

    @property
    def Protection(self) -> Any:
        return _Protection()

    def Unprotect(self, Password: str = "") -> None:
        if Password != self._sheet.password:
            raise ComError(-2147352567, "Exception occurred.", (0, "Microsoft Excel", "密码不正确", None, 0, -2146827284), None)
        self._sheet.password = None

    def Protect(self, Password: str = "", **options: Any) -> None:
        self._sheet.password, self._sheet.paper["protection"] = Password, options

    def ResetAllPageBreaks(self) -> None:
        self._sheet.paper["breaks"] = []

    @property
    def HPageBreaks(self) -> "SheetApi":
        return self

    def Add(self, Before: RangeApi) -> None:
        self._sheet.paper["breaks"].append(Before.range.row)

    @property
    def PageSetup(self) -> Any:
        return Paper(self._sheet.paper)

    @property
    def Cells(self) -> "SheetApi":
        return self

    FormatConditions = ()


class Paper:
    def __init__(self, paper: dict[str, Any]) -> None:
        self.__dict__["paper"] = paper

    def __setattr__(self, name: str, value: Any) -> None:
        self.paper[name] = value


class _Protection:
    def __getattr__(self, name: str) -> bool:
        return True


