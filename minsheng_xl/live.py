"""Bring the master up to date while it is open, in Excel or LibreOffice, through xlwings' public API.

The same edits as for a closed file. What xlwings has no words for (protection, page breaks, print titles)
goes through `api`, by Excel's names. Not run in Excel: written to the documented API.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from minsheng_xl.books.fit import Fitted, check, fitted
from minsheng_xl.books.package import Area, Display, RawCell, RawSheet, RawWorkbook
from minsheng_xl.cleaning import cleaned
from minsheng_xl.forms.edits import CellEdit, SheetEdits, States
from minsheng_xl.forms.home import STATUS_PLACE
from minsheng_xl.forms.layout import Cell, Input, Place, Sheet, area_name
from minsheng_xl.forms.look import Style
from minsheng_xl.forms.tabs import HOME_TAB
from minsheng_xl.problems import MinshengError

if TYPE_CHECKING:
    import xlwings

T = TypeVar("T")
_PATIENCE, _PAUSE = 30.0, 0.5  # seconds
_BUSY = (-2147418111, -2146777998)  # RPC_E_CALL_REJECTED, VBA_E_IGNORE: a cell is being edited, a dialog is open
_STANDARD_HEIGHT = 13.5  # points: what `write_book` gives a row without a height of its own


def attach(path: Path) -> "OpenMaster":
    """The master as it is open at this desk. Raises MinshengError if no program has it open."""
    try:
        import xlwings
    except ImportError as error:  # the one-file program has it not
        raise MinshengError("这个程序里没有 xlwings，不能在打开着的总台账里汇总。请关上总台账，双击文件夹里的“打开菜单”。") from error
    if sys.platform not in ("win32", "darwin"):
        from minsheng_xl.books.libreoffice.connection import NotReachable
        from minsheng_xl.books.libreoffice.engine import Engine

        engine = xlwings.Engine(impl=Engine())
        xlwings.engines.add(engine)
        engine.activate()
        try:
            apps = list(xlwings.apps)
        except NotReachable as error:
            raise MinshengError(f"{error}。请关上总台账，双击文件夹里的“打开菜单”来汇总。") from error
    else:
        apps = list(xlwings.apps)
    for app in apps:
        for book in app.books:
            with suppress(OSError):
                if Path(book.fullname).samefile(path):
                    return OpenMaster(book)
    raise MinshengError(f"{path.name} 没有在 Excel 或 LibreOffice 里打开。请打开它再点，或双击文件夹里的“打开菜单”。")


class OpenMaster:
    """A master in a running spreadsheet program."""

    def __init__(self, book: "xlwings.Book") -> None:
        self._book = book
        self.path = Path(book.fullname)

    def say(self, text: str, *, last: bool = False) -> None:
        """Show a sentence beside the button and, unless it is the last, in the status bar; it never stops the work."""
        with suppress(Exception):
            self._sheet(HOME_TAB).range(_one_based(STATUS_PLACE)).value = text
        with suppress(Exception):
            self._book.app.status_bar = False if last else text

    def text(self, tab: str, place: Place) -> str:
        """What a cell shows. Raises MinshengError if its sheet is gone."""
        if tab not in self._book.sheet_names:
            raise MinshengError(f"{self.path.name} 没有工作表 {tab}，不是总台账。")
        return str(patiently(lambda: self._sheet(tab).range(_one_based(place)).value) or "")

    def read(self) -> RawWorkbook:
        """What the cells hold now, saved or not."""
        formats = _Formats()
        sheets = [self._read(sheet, formats) for sheet in patiently(lambda: list(self._book.sheets))]
        return RawWorkbook(sheets, {}, formats)

    def _read(self, sheet: "xlwings.Sheet", formats: "_Formats") -> RawSheet:
        used = patiently(lambda: sheet.used_range)
        top, left = used.row - 1, used.column - 1
        values, formulas = (_rows(patiently(read)) for read in (lambda: used.raw_value, lambda: used.formula))
        cells: dict[Place, RawCell] = {}
        for r, row in enumerate(values):
            for c, value in enumerate(row):
                written = formulas[r][c]
                formula = written[1:] if isinstance(written, str) and written.startswith("=") and written != value else None
                if value is not None or formula is not None:
                    place = (top + r, left + c)
                    cells[place] = RawCell(*_stored(value), formula, formats.at(sheet, place))
        return RawSheet(sheet.name, cells)

    def apply(self, states: States) -> tuple[str, ...]:
        """Bring the open workbook from one state of its book to the other; return the cells that stay as the
        office wrote them. Raises DoesNotFit, before anything is written, if it no longer has their structure."""
        before = self.read()
        found = fitted(before, states)
        self.write(found, states)
        patiently(self._book.app.calculate)
        check(self.read(), before, states, found)
        return tuple(found.kept)

    def write(self, found: Fitted, states: States) -> None:
        """Make edits that fit."""
        with self._held():
            for edits in found.sheets:
                if not edits.is_empty:
                    self._edit(edits, states)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """The program held while many cells are written, and as it was before afterwards."""
        app = self._book.app
        updating, calculation = patiently(lambda: (app.screen_updating, app.calculation))
        selected = app.selection
        app.screen_updating, app.calculation, app.interactive = False, "manual", False
        try:
            yield
        finally:
            app.interactive, app.calculation, app.cut_copy_mode = True, calculation, False
            if selected is not None:
                with suppress(Exception):
                    selected.select()
            app.screen_updating = updating

    def _sheet(self, name: str) -> "xlwings.Sheet":
        return self._book.sheets[name]

    def _edit(self, edits: SheetEdits, states: States) -> None:
        sheet = patiently(lambda: self._sheet(edits.name))
        with _unprotected(sheet):
            for area in edits.unmerged:
                sheet.range(area).unmerge()
            self._paint(sheet, edits, states)
            for block, rows in _blocks(edits.cells):
                sheet.range(block).value = rows
            for area in edits.merged:
                sheet.range(area).merge()
            for place in edits.unlinked:
                native = sheet.range(_one_based(place)).api
                if hasattr(native, "Hyperlinks"):
                    native.Hyperlinks.Delete()
            for place, link in edits.linked.items():
                cell = edits.sheet.cells[place]
                quoted = link.replace("'", "''")
                sheet.range(_one_based(place)).add_hyperlink(f"#'{quoted}'!A1", str(cell.content), "")
            for row, (_, height) in edits.heights.items():
                sheet.range((row + 1, 1)).row_height = _STANDARD_HEIGHT if height is None else height
            for row, hide in edits.hidden.items():
                sheet.range((row + 1, 1)).rows.hidden = hide
            for name, (_, area) in edits.tables.items():
                sheet.tables[name].resize(sheet.range(area))
            if edits.print_area:
                sheet.page_setup.print_area = edits.print_area[1]
            if edits.print_titles:
                sheet.api.PageSetup.PrintTitleRows = edits.print_titles[1]
            if edits.breaks:
                sheet.api.ResetAllPageBreaks()
                for row in edits.breaks[1]:
                    sheet.api.HPageBreaks.Add(sheet.range((row + 1, 1)).api)

    def _paint(self, sheet: "xlwings.Sheet", edits: SheetEdits, states: States) -> None:
        """Give cells their new looks by pasting those of cells that have them, of this sheet if it has any."""
        base = states.base.sheet(edits.sheet.id)
        donors: dict[_Look, tuple[Sheet, Cell]] = {}
        for one in (base, *states.base.sheets):
            for cell in one.cells.values():
                donors.setdefault(_look(cell), (one, cell))
        for area, look in _runs(edits, base):
            target, donor = sheet.range(area_name(*area)), donors.get(look)
            if donor is None:
                _dress(target, look[0])
            else:
                cell = donor[1]
                source = self._sheet(donor[0].name).range(area_name(cell.row, cell.column, cell.row + cell.down - 1, cell.column + cell.across - 1))
                source.copy()
                target.paste("formats")
                if cell.input is not None and donor[0] is base:
                    target.paste("validation")
            if isinstance(look[1], Input) and look[1].choices and (donor is None or donor[0] is not base):
                target.data_validation.set_list(list(look[1].choices))


_Look: TypeAlias = tuple[Style, Input | None, int, int]


def _look(cell: Cell) -> _Look:
    return cell.style, cell.input, cell.down, cell.across


def patiently(call: Callable[[], T]) -> T:
    """Call the program; while it is busy (a cell is being edited, a dialog is open), wait. Raises
    MinshengError if it stays so."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return call()
        except Exception as error:
            if not error.args or error.args[0] not in _BUSY:
                raise
            if time.monotonic() > end:
                raise MinshengError("Excel 正忙（可能正在编辑一个格，或开着一个对话框）。请按回车或 Esc 结束，再点一次。") from error
        time.sleep(_PAUSE)


class _Formats(Sequence[Display]):
    """The number format of each cell that was read, asked for only where it tells something."""

    def __init__(self) -> None:
        self._cells: list[tuple[Any, Place]] = []

    def at(self, sheet: "xlwings.Sheet", place: Place) -> int:
        self._cells.append((sheet, place))
        return len(self._cells) - 1

    def __len__(self) -> int:
        return len(self._cells)

    def __getitem__(self, number: Any) -> Any:
        sheet, place = self._cells[number]
        return Display(patiently(lambda: sheet.range(_one_based(place)).number_format) or "General", False)


def _one_based(place: Place) -> tuple[int, int]:
    return place[0] + 1, place[1] + 1


def _rows(read: Any) -> Sequence[Sequence[Any]]:
    return read if isinstance(read, (list, tuple)) else ((read,),)


def _stored(value: Any) -> tuple[str, str]:
    """(kind, text) of a value as a file would store it; Excel hands error values out as whole numbers."""
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, int) and value < -2_000_000_000:
        return "e", "#ERROR"
    if isinstance(value, (int, float)):
        return "n", str(int(value)) if float(value).is_integer() else repr(float(value))
    if isinstance(value, datetime):
        return "d", value.isoformat()
    return "s", "" if value is None else str(value)


@contextmanager
def _unprotected(sheet: "xlwings.Sheet") -> Iterator[None]:
    """The sheet without its protection, if it has one, and with it again afterwards."""
    if not sheet.api.ProtectContents:
        yield
        return
    with suppress(Exception):  # each program has its own way to say that there is a password
        sheet.api.Unprotect("")
    if sheet.api.ProtectContents:
        raise MinshengError(f"{sheet.name} 加了密码保护，写不进去。请先撤销这一页的保护，再汇总。")
    try:
        yield
    finally:
        sheet.api.Protect()


def _blocks(cells: Mapping[Place, CellEdit]) -> Iterator[tuple[str, list[list[Any]]]]:
    """The new contents in rectangles, each with the area it fills."""
    runs: list[tuple[Area, list[list[Any]]]] = []
    for place in sorted(cells):
        content = typed_in(cells[place])
        area, rows = runs[-1] if runs else (Area(-9, -9, -9, -9), [[]])
        if place == (area.top, area.right + 1):
            runs[-1] = (area._replace(right=place[1]), rows)
            rows[0].append(content)
        else:
            runs.append((Area(place[0], place[1], place[0], place[1]), [[content]]))
    tall: dict[tuple[int, int, int], tuple[Area, list[list[Any]]]] = {}
    for area, rows in runs:
        above = tall.pop((area.top - 1, area.left, area.right), None)
        joined = (area, rows) if above is None else (above[0]._replace(bottom=area.bottom), [*above[1], *rows])
        tall[area.bottom, area.left, area.right] = joined
    for area, rows in tall.values():
        yield area_name(*area), rows


def typed_in(edit: CellEdit) -> Any:
    """A content as it is typed into a cell: a text that might be taken for something else behind an apostrophe."""
    if edit.now.formula is not None:
        return f"={edit.now.formula}"
    value = edit.now.value
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    text = cleaned(str(value))
    return text if "\u4e00" <= text[:1] <= "\u9fff" or not text else f"'{text}"


def _runs(edits: SheetEdits, base: Sheet) -> Iterator[tuple[Area, _Look]]:
    """Cells whose look is new; those that are alike below each other as one area."""
    validated = {(cell.row, cell.column) for cell in edits.validated}
    new = [e.cell for p, e in edits.cells.items() if e.cell is not None and (e.style is not None or p not in base.cells or p in validated)]
    area: Area | None = None
    before: Cell | None = None
    for cell in sorted(new, key=lambda cell: (cell.column, cell.row)):
        joins = area is not None and before is not None and (before.row + 1, before.column, _look(before)) == (cell.row, cell.column, _look(cell)) and cell.down == 1
        if area is not None and before is not None and not joins:
            yield area, _look(before)
        top = area.top if area is not None and joins else cell.row
        area, before = Area(top, cell.column, cell.row + cell.down - 1, cell.column + cell.across - 1), cell
    if area is not None and before is not None:
        yield area, _look(before)


def _dress(target: "xlwings.Range", style: Style) -> None:
    """A look, property by property."""
    target.font.name, target.font.size, target.font.bold, target.font.color = style.face, style.size, style.bold, style.color
    target.number_format, target.wrap_text = style.number, style.wrap
    target.color = style.fill or None
