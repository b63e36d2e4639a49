"""The master as it is open at a desk. Not run in Excel: written to the documented API."""

import atexit
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from minsheng_xl.books.edit.fit import Changed, DoesNotFit, check, fitted
from minsheng_xl.books.live.edits import make
from minsheng_xl.books.live.looks import unprotected
from minsheng_xl.books.live.patience import patiently
from minsheng_xl.books.live.reading import CellDisplays, one_based, read_sheet
from minsheng_xl.books.package.read import Looks, RawSheet, RawWorkbook
from minsheng_xl.exact.addresses import Area, Place
from minsheng_xl.forms.edits import SheetEdits, States
from minsheng_xl.forms.layout import PlacedCell, Sheet
from minsheng_xl.forms.master.program import HALF_WAY, STATUS_CELL, UPTO_PLACE
from minsheng_xl.plan.tabs import HOME, PROGRAM
from minsheng_xl.problems import MinshengError

if TYPE_CHECKING:
    import xlwings

_HELD = ("interactive", "screen_updating", "enable_events", "calculation")


def attach(path: Path) -> "OpenMaster":
    """The master as it is open at this desk. Raises MinshengError if no program has it open."""
    if sys.platform == "darwin":  # there `api` is AppleScript, and the sandbox lets no macro start a program
        raise MinshengError(
            "在 macOS 上不能在打开着的总台账里汇总。请关上总台账，在终端里运行 minsheng-xl，按菜单做。"
        )
    try:
        import xlwings  # noqa: F401 (the one-file program has it not)
    except ImportError:
        raise MinshengError(
            "这个程序里没有 xlwings，不能在打开着的总台账里汇总。请关上总台账，双击文件夹里的“打开菜单”。"
        ) from None
    for app in patiently(_excels) if sys.platform == "win32" else _calcs():
        for book in patiently(_books_of, app):
            with suppress(Exception):  # a book on a web drive has no path
                if Path(book.fullname).samefile(path):
                    return OpenMaster(book)
    raise MinshengError(
        f"{path.name} 没有在 Excel 或 LibreOffice 里打开。请打开它再点，或双击文件夹里的“打开菜单”。"
    )


def _excels() -> "list[xlwings.App]":
    import xlwings
    from xlwings import _xlwindows

    _xlwindows.N_COM_ATTEMPTS = 1  # by itself xlwings tries for ever while Excel is busy
    atexit.unregister(_xlwindows.cleanup)  # it would end every Excel without a window, those of other programs too
    return list(xlwings.apps)


def _calcs() -> "list[xlwings.App]":
    import xlwings

    from minsheng_xl.books.libreoffice.connection import NotReachable
    from minsheng_xl.books.libreoffice.engine import Engine

    engine = xlwings.Engine(impl=Engine())
    xlwings.engines.add(engine)
    engine.activate()
    try:
        return list(xlwings.apps)
    except NotReachable as error:
        raise MinshengError(f"{error}。请关上总台账，双击文件夹里的“打开菜单”来汇总。") from error


def _books_of(app: "xlwings.App") -> "list[xlwings.Book]":
    return list(app.books)


def _sheets_of(book: "xlwings.Book") -> "list[xlwings.Sheet]":
    """Asking for them is a call into the program already."""
    return list(book.sheets)


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
            self._sheet(HOME.name).range(str(self._value(PROGRAM.name, STATUS_CELL))).value = text
        with suppress(Exception):
            self._book.app.status_bar = False if last else text

    def text(self, tab: str, place: Place) -> str:
        """What a cell shows. Raises MinshengError if its sheet is gone."""
        if tab not in self._book.sheet_names:
            raise MinshengError(f"{self.path.name} 没有工作表 {tab}，不是总台账。")
        return str(patiently(self._value, tab, place) or "")

    def _value(self, tab: str, place: Place) -> object:
        return self._sheet(tab).range(one_based(place)).value

    def read(self) -> RawWorkbook:
        """What the cells hold now, saved or not."""
        displays = CellDisplays()
        self._sheets.clear()
        sheets = [patiently(read_sheet, sheet, displays) for sheet in patiently(_sheets_of, self._book)]
        return RawWorkbook(sheets, {}, Looks(displays))

    def apply(self, states: States, noted: RawWorkbook, titles: Mapping[str, str]) -> tuple[str, ...]:
        """Bring the open workbook from one state of its book to the other; return the cells that stay as the
        office wrote them. `titles` has the titles of sheets that bear others in both states, each with that one.

        Before anything is written raises DoesNotFit if it no longer has their structure, Changed if somebody
        typed into it since it was read as `noted`; MinshengError if it does not hold what it should afterwards.
        """
        with self._held(), ExitStack() as unprotecting, ExitStack() as taking_back:
            for old, new in titles.items():
                self._title(old, new)
                taking_back.callback(self._title, new, old)
            before = self.read()
            former = {new: noted.sheet(old) for old, new in titles.items()}
            for sheet in states.base.sheets:
                if _is_typed_into(sheet, former.get(sheet.name, noted.sheet(sheet.name)), before.sheet(sheet.name)):
                    raise Changed
            found = fitted(before, states, self._merges)
            taking_back.pop_all()
            edits = [one for one in found.sheets if not one.is_empty]
            for one in edits:
                unprotecting.enter_context(unprotected(patiently(self._sheet, one.name)))
            try:
                self._write(edits, states)
                patiently(self._book.app.calculate)
                check(self.read(), before, states, found)
            except Exception as error:
                raise MinshengError(
                    f"更新到一半停了（{error}）。请不要保存，关上总台账，再打开点一次；填的数已经记下。"
                ) from error
        return tuple(found.kept)

    def _title(self, old: str, new: str) -> None:
        """Give a sheet another title; the program tells its formulas. Raises DoesNotFit."""
        try:
            patiently(setattr, self._sheet(old), "name", new)
        except MinshengError:
            raise
        except Exception as error:  # the structure is protected
            raise DoesNotFit(f"{old} 改不了名") from error
        self._sheets.clear()

    def _merges(self, name: str, block: str) -> list[Area]:
        """The merged blocks in an area."""
        blocks = {_area_of(one) for one in patiently(self._merged_ranges, name, block) if one.shape != (1, 1)}
        return list(blocks)

    def _merged_ranges(self, name: str, block: str) -> "list[xlwings.Range]":
        area = self._sheet(name).range(block)
        return [] if area.merge_cells is False else [cell.merge_area for cell in area]

    def _write(self, edits: Sequence[SheetEdits], states: States) -> None:
        """Make edits that fit. What the master knows is written last, and is no number in between: one that
        was left half way is not taken for what the office typed."""
        patiently(self._know, HALF_WAY)
        for one in edits:
            patiently(self._make, one, states)
        patiently(self._know, f"'{states.new.sheet(PROGRAM.id).cells[UPTO_PLACE].content}")

    def _make(self, edits: SheetEdits, states: States) -> None:
        make(self._sheet(edits.name), edits, states)

    def _know(self, text: str) -> None:
        self._sheet(PROGRAM.name).range(one_based(UPTO_PLACE)).value = text

    @contextmanager
    def _held(self) -> Iterator[None]:
        """The program held while many cells are written, and as it was before afterwards."""
        app = self._book.app
        before = {name: patiently(getattr, app, name) for name in _HELD}
        selected = None
        with suppress(Exception):  # a chart, or nothing, may be selected
            selected = app.selection
        try:
            for name in _HELD:
                patiently(setattr, app, name, "manual" if name == "calculation" else False)
            yield
        finally:
            for name in ("calculation", "enable_events", "interactive"):
                with suppress(Exception):
                    patiently(setattr, app, name, before[name])
            with suppress(Exception):
                if selected is not None:
                    patiently(selected.select)
            with suppress(Exception):
                patiently(setattr, app, "screen_updating", before["screen_updating"])

    def _sheet(self, name: str) -> "xlwings.Sheet":
        if name not in self._sheets:
            self._sheets[name] = self._book.sheets[name]
        return self._sheets[name]


def _area_of(block: "xlwings.Range") -> Area:
    (rows, columns), top, left = block.shape, block.row - 1, block.column - 1
    return Area(top, left, top + rows - 1, left + columns - 1)


def _is_typed_into(sheet: Sheet, old: RawSheet | None, new: RawSheet | None) -> bool:
    """Whether an input cell of a sheet no longer holds what it held when the workbook was noted."""
    if old is None or new is None:
        return False
    return any(_content(old, cell) != _content(new, cell) for cell in sheet.inputs())


def _content(sheet: RawSheet, cell: PlacedCell) -> tuple[str, str, str | None] | None:
    found = sheet.cells.get((cell.row, cell.column))
    return found[:3] if found is not None else None
