"""Bring the master up to date while it is open, in Excel or LibreOffice, through xlwings' public API.

The same edits as for a closed file. What xlwings has no words for (protection, page breaks, print titles, …)
goes through `api`, by Excel's names. Not run in Excel: written to the documented API.
"""

import atexit
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from minsheng_xl.books.edit.fit import Changed, check, fitted
from minsheng_xl.books.package.read import Area, Display, RawCell, RawSheet, RawWorkbook
from minsheng_xl.forms.edits import CellEdit, SheetEdits, States
from minsheng_xl.forms.home import STATUS_PLACE
from minsheng_xl.forms.layout import Cell, Place, Sheet, area_name
from minsheng_xl.forms.look import Style, Weight
from minsheng_xl.forms.master.program import HALF_WAY, UPTO_PLACE
from minsheng_xl.forms.validation import PROMPT_TITLE, Validation, validation_of
from minsheng_xl.plan.tabs import HOME, PROGRAM
from minsheng_xl.problems import MinshengError
from minsheng_xl.texts import cleaned

if TYPE_CHECKING:
    import xlwings

T = TypeVar("T")
_PATIENCE, _PAUSE = 30.0, 0.5  # seconds
_REJECTED, _EXCEPTION, _IGNORED = -2147418111, -2147352567, -2146777998
"""How Excel says that a cell is being edited or a dialog open: RPC_E_CALL_REJECTED; or VBA_E_IGNORE within DISP_E_EXCEPTION."""
_STANDARD_HEIGHT = 13.5  # points: what `write_book` gives a row without a height of its own


def attach(path: Path) -> "OpenMaster":
    """The master as it is open at this desk. Raises MinshengError if no program has it open."""
    if sys.platform == "darwin":  # there `api` is AppleScript, and the sandbox lets no macro start a program
        raise MinshengError("在 macOS 上不能在打开着的总台账里汇总。请关上总台账，在终端里运行 minsheng-xl，按菜单做。")
    try:
        import xlwings
    except ImportError as error:  # the one-file program has it not
        raise MinshengError("这个程序里没有 xlwings，不能在打开着的总台账里汇总。请关上总台账，双击文件夹里的“打开菜单”。") from error
    if sys.platform == "win32":
        from xlwings import _xlwindows

        _xlwindows.N_COM_ATTEMPTS = 1  # by itself xlwings tries for ever while Excel is busy
        atexit.unregister(_xlwindows.cleanup)  # it would end every Excel without a window, those of other programs too
        apps = patiently(lambda: list(xlwings.apps))
    else:
        from minsheng_xl.books.libreoffice.connection import NotReachable
        from minsheng_xl.books.libreoffice.engine import Engine

        engine = xlwings.Engine(impl=Engine())
        xlwings.engines.add(engine)
        engine.activate()
        try:
            apps = list(xlwings.apps)
        except NotReachable as error:
            raise MinshengError(f"{error}。请关上总台账，双击文件夹里的“打开菜单”来汇总。") from error
    for app in apps:
        for book in patiently(lambda app=app: list(app.books)):  # type: ignore[misc]
            with suppress(Exception):  # a book on a web drive has no path
                if Path(book.fullname).samefile(path):
                    return OpenMaster(book)
    raise MinshengError(f"{path.name} 没有在 Excel 或 LibreOffice 里打开。请打开它再点，或双击文件夹里的“打开菜单”。")


class OpenMaster:
    """A master in a running spreadsheet program."""

    def __init__(self, book: "xlwings.Book") -> None:
        self._book = book
        self._sheets: dict[str, xlwings.Sheet] = {}
        """Those that were asked for; by their names when the workbook was last read."""
        self.path = Path(book.fullname)

    def say(self, text: str, *, last: bool = False) -> None:
        """Show a sentence beside the button and, unless it is the last, in the status bar; it never stops the work."""
        with suppress(Exception):
            self._sheet(HOME.name).range(_one_based(STATUS_PLACE)).value = text
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
        self._sheets.clear()
        sheets = [patiently(lambda sheet=sheet: self._read(sheet, formats)) for sheet in patiently(lambda: list(self._book.sheets))]  # type: ignore[misc]
        return RawWorkbook(sheets, {}, formats)

    def _read(self, sheet: "xlwings.Sheet", formats: "_Formats") -> RawSheet:
        used = sheet.used_range
        top, left = used.row - 1, used.column - 1
        values = _rows(used.api.Value2)  # no currency, no dates
        formulas = _rows(used.formula)
        cells: dict[Place, RawCell] = {}
        for r, row in enumerate(values):
            for c, value in enumerate(row):
                written = formulas[r][c]
                formula = written[1:] if isinstance(written, str) and written.startswith("=") and written != value else None
                if value is not None or formula is not None:
                    place = (top + r, left + c)
                    cells[place] = RawCell(*_stored(value), formula, formats.at(sheet, place))
        return RawSheet(sheet.name, cells)

    def apply(self, states: States, noted: RawWorkbook) -> tuple[str, ...]:
        """Bring the open workbook from one state of its book to the other; return the cells that stay as the
        office wrote them.

        Before anything is written raises DoesNotFit if it no longer has their structure, Changed if somebody
        typed into it since it was read as `noted`; MinshengError if it does not hold what it should afterwards.
        """
        with self._held(), ExitStack() as unprotected:
            before = self.read()
            for sheet in states.base.sheets:
                old, now = noted.sheet(sheet.name), before.sheet(sheet.name)
                if old is not None and now is not None and any(_content(old, cell) != _content(now, cell) for cell in sheet.inputs()):
                    raise Changed
            found = fitted(before, states, self._merges)
            edits = [one for one in found.sheets if not one.is_empty]
            for one in edits:
                unprotected.enter_context(_unprotected(patiently(lambda one=one: self._sheet(one.name))))  # type: ignore[misc]
            try:
                self._write(edits, states)
                patiently(self._book.app.calculate)
                check(self.read(), before, states, found)
            except Exception as error:
                raise MinshengError(f"更新到一半停了（{error}）。请不要保存，关上总台账，再打开点一次；填的数已经记下。") from error
        return tuple(found.kept)

    def _merges(self, name: str, block: str) -> list[Area]:
        """The merged blocks in an area."""
        def ask() -> "list[xlwings.Range]":
            area = self._sheet(name).range(block)
            return [] if area.merge_cells is False else [cell.merge_area for cell in area]

        blocks = patiently(ask)
        return list({Area(b.row - 1, b.column - 1, b.row + b.shape[0] - 2, b.column + b.shape[1] - 2) for b in blocks if b.shape != (1, 1)})

    def _write(self, edits: Sequence[SheetEdits], states: States) -> None:
        """Make edits that fit. What the master knows is written last, and is no number in between: one that
        was left half way is not taken for what the office typed."""
        self._know(HALF_WAY)
        for one in edits:
            patiently(lambda one=one: self._edit(one, states))  # type: ignore[misc]
        self._know(f"'{states.new.sheet(PROGRAM.id).cells[UPTO_PLACE].content}")

    def _know(self, text: str) -> None:
        def write() -> None:
            self._sheet(PROGRAM.name).range(_one_based(UPTO_PLACE)).value = text

        patiently(write)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """The program held while many cells are written, and as it was before afterwards."""
        app = self._book.app
        names = ("interactive", "screen_updating", "enable_events", "calculation")
        before = {name: patiently(lambda name=name: getattr(app, name)) for name in names}  # type: ignore[misc]
        selected = None
        with suppress(Exception):  # a chart, or nothing, may be selected
            selected = app.selection
        try:
            for name in names:
                patiently(lambda name=name: setattr(app, name, "manual" if name == "calculation" else False))  # type: ignore[misc]
            yield
        finally:
            for name in ("calculation", "enable_events", "interactive"):
                with suppress(Exception):
                    patiently(lambda name=name: setattr(app, name, before[name]))  # type: ignore[misc]
            with suppress(Exception):
                if selected is not None:
                    patiently(selected.select)
            with suppress(Exception):
                patiently(lambda: setattr(app, "screen_updating", before["screen_updating"]))

    def _sheet(self, name: str) -> "xlwings.Sheet":
        if name not in self._sheets:
            self._sheets[name] = self._book.sheets[name]
        return self._sheets[name]

    def _edit(self, edits: SheetEdits, states: States) -> None:
        sheet = self._sheet(edits.name)
        for area in edits.unmerged:
            sheet.range(area).unmerge()
        for place in edits.unlinked:
            sheet.range(_one_based(place)).api.ClearHyperlinks()
        for place, link in edits.linked.items():
            quoted = link.replace("'", "''")
            sheet.range(_one_based(place)).add_hyperlink(f"#'{quoted}'!A1", str(edits.sheet.cells[place].content), "")
        self._paint(sheet, edits, states)
        written = {place: edit for place, edit in edits.cells.items() if place not in edits.linked and not _follows(edit)}
        for block, rows in _blocks(written):
            sheet.range(block).raw_value = rows
        for run, _ in _runs([e.cell for e in written.values() if e.cell is not None and _takes_a_format(e)], lambda cell: None):
            sheet.range(area_name(*run)).number_format = _GENERAL
        for area in edits.merged:
            sheet.range(area).merge()
        for hide in (True, False):
            for first, last in _stretches(row for row, now in edits.hidden.items() if now is hide):
                sheet.range((first + 1, 1), (last + 1, 1)).rows.hidden = hide
        for first, last in _stretches(edits.heights):
            hidden = sheet.range((first + 1, 1), (last + 1, 1)).rows.hidden  # None: some of them
            for row in range(first, last + 1):
                one, height = sheet.range((row + 1, 1)), edits.heights[row][1]
                if hidden is False or (hidden is None and not one.rows.hidden):  # a height would show it
                    one.row_height = _STANDARD_HEIGHT if height is None else height
        for name, (_, area) in edits.tables.items():
            sheet.tables[name].resize(sheet.range(area))
        if edits.print_area:
            sheet.page_setup.print_area = edits.print_area[1]
        if edits.print_titles:
            sheet.api.PageSetup.PrintTitleRows = edits.print_titles[1]
        conditions = list(sheet.api.Cells.FormatConditions) if edits.lights else []
        for old, wider in edits.lights:
            for condition in conditions:
                if condition.AppliesTo.Address == sheet.range(old).address:
                    condition.ModifyAppliesToRange(sheet.range(wider).api)
        if edits.breaks:
            sheet.api.ResetAllPageBreaks()
            for row in edits.breaks[1]:
                sheet.api.HPageBreaks.Add(sheet.range((row + 1, 1)).api)

    def _paint(self, sheet: "xlwings.Sheet", edits: SheetEdits, states: States) -> None:
        """Give new cells, and those that look otherwise now, their looks and what they take."""
        base = states.base.sheet(edits.sheet.id)
        new = [e.cell for p, e in edits.cells.items() if e.cell is not None and (e.style is not None or p not in base.cells)]
        for area, cell in _runs(new, lambda cell: (cell.style, cell.input is not None, _look_of(base, cell))):
            _dress(sheet.range(area_name(*area)), cell.style, _look_of(base, cell), editable=cell.input is not None)
        for area, cell in _runs(edits.validated, lambda cell: cell.input):
            _limit(sheet, area, validation_of(edits.sheet, cell.input) if cell.input is not None else None)


def _look_of(base: Sheet, cell: Cell) -> Style | None:
    before = base.cells.get((cell.row, cell.column))
    return before.style if before is not None else None


def _content(sheet: RawSheet, cell: Cell) -> tuple[str, str, str | None] | None:
    found = sheet.cells.get((cell.row, cell.column))
    return found[:3] if found is not None else None


def patiently(call: Callable[[], T]) -> T:
    """Call the program; while it is busy (a cell is being edited, a dialog is open), wait. Raises
    MinshengError if it stays so."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return call()
        except Exception as error:
            if not _is_busy(error):
                raise
            if time.monotonic() > end:
                raise MinshengError("Excel 正忙（可能正在编辑一个格，或开着一个对话框）。请按回车或 Esc 结束，再点一次。") from error
        time.sleep(_PAUSE)


def _is_busy(error: Exception) -> bool:
    if type(error).__name__ == "ExcelBusyError":  # xlwings' own
        return True
    code, inner = (*error.args, None, None, None)[:3:2]
    return code == _REJECTED or (code == _EXCEPTION and isinstance(inner, tuple) and inner[-1] == _IGNORED)


class _Formats(Sequence[Display]):
    """The number format of each cell that was read and whether it is struck out or raised, asked for only where that tells something."""

    def __init__(self) -> None:
        self._cells: list[tuple[Any, Place]] = []

    def at(self, sheet: "xlwings.Sheet", place: Place) -> int:
        self._cells.append((sheet, place))
        return len(self._cells) - 1

    def __len__(self) -> int:
        return len(self._cells)

    def __getitem__(self, number: Any) -> Any:
        sheet, place = self._cells[number]

        def ask() -> Display:
            cell = sheet.range(_one_based(place))
            font = cell.font.api
            return Display(cell.number_format or "General", any((font.Strikethrough, font.Superscript, font.Subscript)))

        return patiently(ask)


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
        return "n", str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    if isinstance(value, datetime):
        return "d", value.isoformat()
    return "s", "" if value is None else str(value)


@contextmanager
def _unprotected(sheet: "xlwings.Sheet") -> Iterator[None]:
    """The sheet without its protection, if it has one, and with it again afterwards."""
    api = patiently(lambda: sheet.api)
    if not patiently(lambda: api.ProtectContents):
        yield
        return
    options = patiently(lambda: _options(api))
    with suppress(Exception):  # each program has its own way to say that there is a password
        patiently(lambda: api.Unprotect(""))
    if patiently(lambda: api.ProtectContents):
        raise MinshengError(f"{sheet.name} 加了密码保护，写不进去。请先撤销这一页的保护，再汇总。")
    try:
        yield
    finally:
        patiently(lambda: api.Protect(**options))


def _options(api: Any) -> dict[str, Any]:
    """What the protection of a sheet allows; LibreOffice has no such options here."""
    if not hasattr(api, "Protection"):
        return {}
    allowed = {name: getattr(api.Protection, name) for name in _PROTECTION}
    return {**allowed, "DrawingObjects": api.ProtectDrawingObjects, "Scenarios": api.ProtectScenarios}


_PROTECTION = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns", "AllowInsertingRows",
    "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting", "AllowFiltering", "AllowUsingPivotTables",
)


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
        return float(value)
    text = cleaned(str(value))
    return text if not text or _SURELY_TEXT.match(text) else f"'{text}"


def _stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(3, 4, 5, 9) → (3, 5), (9, 9)."""
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def _follows(edit: CellEdit) -> bool:
    """Whether it is a formula that stays, and only its result is another: the program reckons that."""
    return edit.was is not None and edit.now.formula is not None and edit.was.formula == edit.now.formula


def _takes_a_format(edit: CellEdit) -> bool:
    """Whether a cell of no format takes one by what is written: that of the cells it refers to, or of a text."""
    cell = edit.cell
    return cell is not None and cell.input is None and cell.style.number == _GENERAL and str(typed_in(edit))[:1] in ("=", "'")


_GENERAL = "General"
_SURELY_TEXT = re.compile(r"[\u4e00-\u9fff][^\d年月日时点分秒]*\Z")
"""Begins with a Chinese character and holds nothing of a date or a time."""


def _runs(cells: Sequence[Cell], of: Callable[[Cell], object]) -> Iterator[tuple[Area, Cell]]:
    """Cells of which the same is true, below each other, as one area; and the first of them."""
    run: list[Cell] = []
    for cell in [*sorted(cells, key=lambda cell: (cell.column, cell.row)), None]:
        joins = run and cell is not None and cell.down == run[-1].down == 1 and (cell.row, cell.column, cell.across) == (run[-1].row + 1, run[-1].column, run[-1].across)
        if run and not (joins and cell is not None and of(cell) == of(run[0])):
            yield Area(run[0].row, run[0].column, run[-1].row + run[-1].down - 1, run[0].column + run[0].across - 1), run[0]
            run = []
        if cell is not None:
            run.append(cell)


def _dress(target: "xlwings.Range", style: Style, before: Style | None, *, editable: bool) -> None:
    """Give cells a look, property by property. Pasting formats instead would cut conditional formats to
    pieces and need the clipboard."""
    font = target.font
    font.name, font.size, font.bold, font.color = style.face, style.size, style.bold, style.color
    target.number_format, target.wrap_text, target.color = style.number, style.wrap, style.fill or None
    target.horizontal_alignment, target.vertical_alignment = style.align, style.valign
    native = target.api
    native.IndentLevel, native.ShrinkToFit, native.Locked = style.indented, style.shrink, not editable
    edges = style.edges
    if before is not None and edges == before.edges:
        return  # a line is its neighbour's too
    gone = [f"edge_{side}" for side in before.edges if side not in edges] if before is not None else []
    if gone:
        target.borders.set(gone, line_style=None)
    lines: dict[tuple[Weight, str], list[str]] = {}
    for side, line in edges.items():
        lines.setdefault(line, []).append(f"edge_{side}")
    if target.shape[0] > 1 and "bottom" in edges:
        lines[edges["bottom"]].append("inside_horizontal")
    for (weight, color), sides in lines.items():
        target.borders.set(sides, line_style="continuous", weight=weight, color=color)


_INPUT_ONLY = 0  # xlValidateInputOnly


def _limit(sheet: "xlwings.Sheet", area: Area, limit: Validation | None) -> None:
    """Limit what cells take, as a closed file would."""
    rule = sheet.range(area_name(*area)).data_validation
    rule.delete()
    if limit is None:
        return
    if limit.kind == "list":
        rule.set_list(sheet.range(limit.area) if limit.area else list(limit.words))
    elif limit.kind == "whole":
        rule.set_whole_number("greater_than_or_equal", 0)
    elif limit.kind == "decimal":
        rule.set_decimal("greater_than_or_equal", 0)
    else:
        rule.api.Add(_INPUT_ONLY)
    native = rule.api
    native.IgnoreBlank, native.ShowError = True, limit.stops
    if limit.prompt:
        native.InputTitle, native.InputMessage = PROMPT_TITLE, limit.prompt
    if limit.error:
        native.ErrorTitle, native.ErrorMessage = limit.error_title, limit.error
