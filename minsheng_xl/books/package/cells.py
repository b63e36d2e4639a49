"""What is read of a workbook: cells as they were stored, sheets, and how styles show them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from minsheng_xl.exact.addresses import Area, Place

if TYPE_CHECKING:
    from minsheng_xl.books.package.overlay import Overlay


class RawCell(NamedTuple):
    """A cell as stored: `kind` is n (number), s (text), b (truth value), e (error) or d (ISO date).

    `formula` is the text of its formula, "" of one that is kept elsewhere (shared), None if it has
    none; kind and text are then its stored result. `style` is the index of its format. `marked`:
    parts of the text are struck out or raised.
    """

    kind: str
    text: str
    formula: str | None = None
    style: int = 0
    marked: bool = False


class Display(NamedTuple):
    """How a style shows a cell: its number format, whether its face is struck out or raised, and whether
    the content is repeated until the cell is full."""

    code: str
    marked: bool = False
    repeated: bool = False


class Frame(NamedTuple):
    """What a sheet says besides its cells."""

    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    validated: tuple[Area, ...] = ()
    conditional: tuple[tuple[Area, int], ...] = ()
    """Areas under conditional formats, with the format that a condition puts on them, or TELLING."""
    zeros_hidden: bool = False


TELLING = -2
"""In place of the number of a conditional format: it changes what a number seems to be."""


class RawSheet:
    """The non-blank cells of a sheet by (row, column), counted from 0.

    `overlay` reads what lies over them: drawings, comments. A sheet without it has neither.
    """

    def __init__(self, name: str, cells: dict[Place, RawCell] | None = None, *, hidden: bool = False) -> None:
        self.name, self.hidden = name, hidden
        self.cells = {} if cells is None else cells
        self.hidden_rows: set[int] = set()
        self.frame = Frame()
        self.overlay: Callable[[], Overlay] | None = None

    def text(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return cell.text if cell else ""


class RawWorkbook(NamedTuple):
    """The sheets in order, the text properties, the displays of the styles."""

    sheets: list[RawSheet]
    properties: dict[str, str]
    displays: Sequence[Display] = ()
    telling: frozenset[int] = frozenset()
    """The conditional formats that change what a number seems to be."""
    epoch_1904: bool = False
    has_macros: bool = False

    def sheet(self, name: str) -> RawSheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def display(self, cell: RawCell) -> Display:
        return self.displays[cell.style] if cell.style < len(self.displays) else Display("General")
