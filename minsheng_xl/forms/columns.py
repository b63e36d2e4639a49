"""Columns of declared tables, each in a line, and how high their texts make a row.

A width is stated once, where a column is declared; the height of a row asks the sheet for it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from typing import NamedTuple, TypeAlias

from minsheng_xl.exact.expressions import Range, cell_of
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Book, CellContent, Growth, PlacedCell, Sheet, SheetColumn, TableRow, width_pixels
from minsheng_xl.forms.look import Style
from minsheng_xl.texts import DIGIT, WIDER, row_height, width_points

_Styled: TypeAlias = "Style | Callable[[TableRow], Style]"
_Filled: TypeAlias = Callable[[TableRow], CellContent]
_INDENT = 9.0  # points that an indent and the borders take
_LINE = 1.3  # of the size of a face
_BORDERS = 3.0  # points
_FEW = 3  # lines


def shown_column(
    key: str, title: str, content: "_Filled[TableRow]", style: "_Styled[TableRow]", width: float = 10,
    across: int = 1,
) -> SheetColumn[TableRow]:
    """A column of figures, signs or words of a closed set: it fits its width."""
    return SheetColumn(key=key, title=title, content=content, style=style, width=width, across=across)


def text_column(
    key: str, title: str, content: "_Filled[TableRow]", style: "_Styled[TableRow]", width: float = 10,
    across: int = 1,
) -> SheetColumn[TableRow]:
    """A column of texts as people write them: its rows are as high as these need, with some air."""
    return shown_column(key, title, content, style, width, across)._replace(grows=Growth.TEXT)


def name_column(
    key: str, title: str, content: "_Filled[TableRow]", style: "_Styled[TableRow]", width: float = 10,
    across: int = 1,
) -> SheetColumn[TableRow]:
    """A column of names and other short texts: a row grows only where one would be cut."""
    return shown_column(key, title, content, style, width, across)._replace(grows=Growth.NAME)


def hidden_column(
    key: str, title: str, content: "_Filled[TableRow]", width: float = 10
) -> SheetColumn[TableRow]:
    """A column for formulas alone."""
    return shown_column(key, title, content, look.HIDDEN, width)._replace(hidden=True)


def widths_of(columns: "Sequence[SheetColumn[TableRow]]") -> list[float]:
    """The widths of a sheet with these columns, and of the one beside them, for the way back."""
    return [*(one.width for one in columns), 10]


def place_of(columns: "Sequence[SheetColumn[TableRow]]", key: str) -> int:
    """At which column of its table one begins. Raises StopIteration if there is none."""
    index = next(n for n, column in enumerate(columns) if column.key == key)
    return sum(column.across for column in columns[:index])


def fitted_heads(columns: "Iterable[SheetColumn[TableRow]]") -> "list[SheetColumn[TableRow]]":
    """The columns, the titles that stand in one line kept in one, whichever face is there."""
    found = []
    for one in columns:
        is_one_line = "\n" not in one.title and width_points(one.title, one.head.size) <= one.width * DIGIT - _BORDERS
        found.append(one._replace(head=one.head.having(wrap=False, shrink=True)) if is_one_line else one)
    return found


class TableColumns:
    """The columns of a table, for the lists that look into them once a row: each is made once.

    `sheet` is the id of the table's sheet, `names` are those of its rows.
    """

    def __init__(self, sheet: str, names: Iterable[RowName]) -> None:
        self._sheet, self._names = sheet, tuple(names)
        self._columns: dict[str, Range] = {}

    def __len__(self) -> int:
        return len(self._names)

    def column(self, key: str) -> Range:
        """A column over all the rows, in their order."""
        if key not in self._columns:
            self._columns[key] = Range(tuple(cell_of(self._sheet, name.cell(key)) for name in self._names))
        return self._columns[key]


def width_of(sheet: Sheet, column: int, across: int = 1) -> float:
    """How wide a cell is that takes `across` columns of a sheet, those that are hidden left out."""
    return sum(sheet.widths[n] for n in range(column, column + across) if n not in sheet.hidden_columns)


def grow(
    sheet: Sheet, rows: Sequence[int], *, least: float, size: float | None = None, book: Book | None = None
) -> None:
    """Give rows of tables the height that the texts of their columns need, at least `least`.

    A text is measured in the size of its face, or in `size`. One of a single line is shrunk where a wider face would
    make it two. Values of formulas count where the book is given.
    """
    sheet.heights |= dict.fromkeys(rows, least)
    wanted = set(rows)
    for (row, place), growth in sheet.growing.items():
        if row not in wanted:
            continue
        cell = sheet.cells[row, place]
        value = cell.content if book is None else book.value(sheet, cell)
        if isinstance(value, str):
            room = _Room(sheet, place, cell.across, growth, size or cell.style.size, cell.style.size)
            if cell.input is None and _keep_in_line(sheet, cell, room, value):
                continue
            sheet.heights[row] = max(sheet.heights[row], room.height(value, least))
            if not cell.style.wrap:
                sheet.wrap(cell)


def keep_names_in_line(sheet: Sheet, rows: Iterable[int]) -> None:
    """Shrink the names in rows of tables that stand in one line, where a wider face would make them two."""
    wanted = set(rows)
    for (row, place), growth in sheet.growing.items():
        cell = sheet.cells[row, place]
        if row in wanted and growth is Growth.NAME and isinstance(cell.content, str):
            room = _Room(sheet, place, cell.across, growth, cell.style.size, cell.style.size)
            _keep_in_line(sheet, cell, room, cell.content)


def _keep_in_line(sheet: Sheet, cell: PlacedCell, room: "_Room", text: str) -> bool:
    """Shrink a text that stands in one line, where a wider face would make it two; whether it stands in one."""
    is_one_line = room.is_one_line(text)
    if is_one_line and not room.is_one_line(text, WIDER):
        sheet.shrink(cell)
    return is_one_line


def grow_block(sheet: Sheet, top: int, column: int) -> None:
    """Give the rows of a cell that is merged down the height that its text needs."""
    cell = sheet.cells[top, column]
    rows = range(top, top + cell.down)
    high = sum(sheet.heights[row] for row in rows)
    room = _Room(sheet, column, cell.across, Growth.NAME, cell.style.size, cell.style.size)
    needed = room.height(str(cell.content), high)
    for row in rows:
        sheet.heights[row] += (needed - high) / cell.down


def height(
    sheet: Sheet, columns: "Sequence[SheetColumn[TableRow]]", texts: Mapping[str, str], *, least: float, size: float
) -> float:
    """The height of a row of a table at the left edge of a sheet, with texts by the key of their column, before
    it is placed."""
    needed, place = least, 0
    for one in columns:
        if one.grows is not None:
            face = one.style.size if isinstance(one.style, Style) else size
            room, text = _Room(sheet, place, one.across, one.grows, size, face), texts.get(one.key, "")
            if one.grows is not Growth.NAME or not room.is_one_line(text):
                needed = max(needed, room.height(text, least))
        place += one.across
    return needed


class _Room(NamedTuple):
    """A cell in which a text is wrapped: measured in `size`, and, once it is long, in that of its face too."""

    sheet: Sheet
    column: int
    across: int
    growth: Growth
    size: float
    face: float

    def height(self, text: str, least: float) -> float:
        """The height of a row that shows the whole of a text."""
        if self.growth is Growth.NAME and self.lines(text) * self.size * _LINE <= least:
            return least
        width = width_of(self.sheet, self.column, self.across)
        sizes = {self.size, self.face} if self.lines(text) > _FEW else {self.size}
        return max(row_height([(text, width)], least=least, size=size) for size in sizes)

    @property
    def _wide(self) -> float:
        """Points of a line."""
        widths = (width_pixels(self.sheet.widths[n]) for n in range(self.column, self.column + self.across))
        return sum(widths) * 0.75 - _INDENT

    def is_one_line(self, text: str, wider: float = 1) -> bool:
        """Whether a text stands in one line, in a face so much `wider` than the one that is named."""
        return "\n" not in text and width_points(text, max(self.size, self.face)) * wider <= self._wide

    def lines(self, text: str) -> int:
        """How many lines a text takes, in a face that may be wider than the one that is named."""
        sign = self.size * WIDER
        room = max(sign, self._wide // sign * sign)
        return sum(max(1, ceil(width_points(part, self.size) * WIDER / room)) for part in text.split("\n"))
