"""The cells of an open workbook as a file would store them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from minsheng_xl.books.live.patience import patiently
from minsheng_xl.books.package.read import Display, RawCell, RawSheet
from minsheng_xl.exact.addresses import Place

if TYPE_CHECKING:
    import xlwings


def one_based(place: Place) -> tuple[int, int]:
    """A place as xlwings counts it."""
    return place[0] + 1, place[1] + 1


def read_sheet(sheet: "xlwings.Sheet", displays: "CellDisplays") -> RawSheet:
    """What the cells of a sheet hold now; their displays are asked for when they are looked at."""
    used = sheet.used_range
    top, left = used.row - 1, used.column - 1
    values = _rows(used.api.Value2)  # no currency, no dates
    formulas = _rows(used.formula)
    cells: dict[Place, RawCell] = {}
    for r, row in enumerate(values):
        for c, value in enumerate(row):
            formula = _formula(formulas[r][c], value)
            if value is not None or formula is not None:
                place = (top + r, left + c)
                cells[place] = RawCell(*_stored(value), formula, displays.at(sheet, place))
    return RawSheet(sheet.name, cells)


def _formula(written: Any, value: Any) -> str | None:
    is_formula = isinstance(written, str) and written.startswith("=") and written != value
    return written[1:] if is_formula else None


class CellDisplays(Sequence[Display]):
    """The number format of each cell that was read and whether it is struck out or raised, asked for only
    where that tells something."""

    def __init__(self) -> None:
        self._cells: list[tuple[Any, Place]] = []

    def at(self, sheet: "xlwings.Sheet", place: Place) -> int:
        """The number under which the display of a cell is asked for."""
        self._cells.append((sheet, place))
        return len(self._cells) - 1

    def __len__(self) -> int:
        return len(self._cells)

    def __getitem__(self, number: Any) -> Any:
        return patiently(_display, *self._cells[number])


def _display(sheet: Any, place: Place) -> Display:
    cell = sheet.range(one_based(place))
    font = cell.font.api
    return Display(cell.number_format or "General", any((font.Strikethrough, font.Superscript, font.Subscript)))


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
