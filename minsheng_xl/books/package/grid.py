"""How wide the columns and how high the rows of a sheet are, in English Metric Units (EMU), in which drawings are
placed. Source: ECMA-376 part 1, SpreadsheetML (sheetFormatPr, cols, row), DrawingML (ST_Coordinate)."""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple
from xml.parsers import expat

from minsheng_xl.books.package.frame import is_zero
from minsheng_xl.exact.addresses import LAST_COLUMN, LAST_ROW, Area

POINT, CENTIMETRE, PIXEL = 12_700, 360_000, 9_525
_DIGIT = 7.5 * PIXEL
"""A unit of column width: the widest digit of the default face takes seven pixels or eight, as the system draws it."""
_COLUMN, _ROW = 9.14, 15.0
"""The width of a column and the height of a row of which nothing is said."""


class Rectangle(NamedTuple):
    """A rectangle of a sheet, in EMU from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: "Rectangle") -> bool:
        return (
            self.left <= other.right and other.left <= self.right
            and self.top <= other.bottom and other.top <= self.bottom
        )


class _Axis:
    """Where the columns or the rows of a sheet begin: all of one size but some."""

    def __init__(self, default: float, sizes: Mapping[int, float]) -> None:
        self._default, self._sizes = default, sizes
        self._numbers = sorted(sizes)
        self._behind = [0.0, *accumulate(sizes[number] - default for number in self._numbers)]

    def edge(self, number: int) -> float:
        return number * self._default + self._behind[bisect_left(self._numbers, number)]

    def within(self, number: int, offset: float) -> float:
        """A place behind an edge; programs do not go beyond the column or row."""
        return self.edge(number) + min(offset, self._sizes.get(number, self._default))


class Grid:
    """The columns and rows of a sheet, and which of its parts it names: by element, the id of the relationship."""

    def __init__(self, columns: _Axis, rows: _Axis, links: Mapping[str, str]) -> None:
        self._columns, self._rows, self.links = columns, rows, links

    def box(self, area: Area) -> Rectangle:
        """The rectangle of a block of cells."""
        columns, rows = self._columns, self._rows
        return Rectangle(
            columns.edge(area.left), rows.edge(area.top), columns.edge(area.right + 1), rows.edge(area.bottom + 1)
        )

    def point(self, column: int, right: float, row: int, down: float) -> tuple[float, float]:
        """A place by column and row and how far behind their edges it is. Raises ValueError beyond the sheet."""
        if not (0 <= column <= LAST_COLUMN and 0 <= row <= LAST_ROW):
            raise ValueError(f"{column} {row}")
        return self._columns.within(column, right), self._rows.within(row, down)


class _Sizes:
    """What a parser is told of columns and rows on its way through a sheet."""

    def __init__(self) -> None:
        self.columns: dict[int, float] = {}
        self.rows: dict[int, float] = {}
        self.links: dict[str, str] = {}
        self.column, self.row = _COLUMN, _ROW
        self._last = -1

    def begun(self, name: str, said: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self._begun_row(said)
        elif tag == "col":
            first, last = int(said.get("min", "1")) - 1, min(int(said.get("max", "1")), LAST_COLUMN)
            width = _size(said, "width", self.column)
            self.columns.update((column, width * _DIGIT) for column in range(max(first, 0), last))
        elif tag == "sheetFormatPr":
            self.column = float(said.get("defaultColWidth", _COLUMN))
            self.row = 0.0 if _is_true(said.get("zeroHeight")) else float(said.get("defaultRowHeight", _ROW))
        elif tag in ("drawing", "legacyDrawing"):
            self.links[tag] = next((value for key, value in said.items() if key.rpartition(":")[2] == "id"), "")

    def _begun_row(self, said: Mapping[str, str]) -> None:
        self._last = int(said["r"]) - 1 if "r" in said else self._last + 1
        if "ht" in said or "hidden" in said:
            self.rows[self._last] = _size(said, "ht", self.row) * POINT


def _size(said: Mapping[str, str], name: str, default: float) -> float:
    if _is_true(said.get("hidden")) or is_zero(said.get(name)):
        return 0.0
    return float(said.get(name, default))


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")


def grid_of(content: bytes) -> Grid:
    """The grid of a sheet, from its part. Raises ValueError, ExpatError."""
    sizes = _Sizes()
    parser = expat.ParserCreate()
    parser.StartElementHandler = sizes.begun
    parser.Parse(content, True)
    columns, rows = _Axis(sizes.column * _DIGIT, sizes.columns), _Axis(sizes.row * POINT, sizes.rows)
    return Grid(columns, rows, sizes.links)
