"""What is read of a workbook: cells as they were stored, sheets, and how styles show them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from minsheng_xl.books.package.colours import Colour, Palette
from minsheng_xl.exact.addresses import Area, Place

if TYPE_CHECKING:
    from minsheng_xl.books.package.overlay import Overlay


class RawCell(NamedTuple):
    """A cell as stored: `kind` is n (number), s (text), b (truth value), e (error) or d (ISO date).

    `formula` is the text of its formula, "" of one that is kept elsewhere (shared), None if it has
    none; kind and text are then its stored result. `style` is the index of its format. `marked`:
    parts of the text are struck out or raised. `faces` are those of the parts of a text that is not of one face;
    None stands for the face of its style.
    """

    kind: str
    text: str
    formula: str | None = None
    style: int = 0
    marked: bool = False
    faces: "tuple[Face | None, ...]" = ()


class Face(NamedTuple):
    """How signs are written: in which colour, how large (in points), in which font, as far as that is said."""

    ink: Colour | None = None
    size: float | None = None
    font: str = ""


class Fill(NamedTuple):
    """What a cell is filled with: colours, each of which covers some of it; or, with a `share` below 1, dots of the
    first over so much of the second."""

    colours: tuple[Colour, ...]
    share: float = 1.0


class Display(NamedTuple):
    """How a style shows a cell: its number format, whether its face is struck out or raised, whether the content is
    repeated until the cell is full, its face, what it is filled with, whether a line runs across it.

    As the look of a conditional format it says only what that changes: with no code, the format stays.
    """

    code: str
    marked: bool = False
    repeated: bool = False
    face: Face = Face()
    fill: Fill | None = None
    crossed: bool = False


HIDING = ";;;"
"""A number format that shows nothing."""


class Comparison(NamedTuple):
    """A comparison by its word in the file (greaterThan, between), with formulas."""

    operator: str
    formulas: tuple[str, ...]


class Condition(NamedTuple):
    """A conditional format over an area: its rank (the least comes first), the number of the look that it puts on,
    or that look itself, and with what a cell is compared, if that is what its condition does."""

    area: Area
    rank: int
    look: int | Display
    compared: Comparison | None = None


class Frame(NamedTuple):
    """What a sheet says besides its cells."""

    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    validated: tuple[Area, ...] = ()
    conditional: tuple[Condition, ...] = ()
    zeros_hidden: bool = False


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


class Looks(NamedTuple):
    """How a workbook shows its cells: by its styles, by its conditional formats, in which colours."""

    styles: Sequence[Display] = ()
    conditional: Sequence[Display] = ()
    palette: Palette = Palette()


class RawWorkbook(NamedTuple):
    """The sheets in order, the text properties, how cells are shown."""

    sheets: list[RawSheet]
    properties: dict[str, str]
    looks: Looks = Looks()
    epoch_1904: bool = False
    has_macros: bool = False

    def sheet(self, name: str) -> RawSheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def display(self, cell: RawCell) -> Display:
        styles = self.looks.styles
        return styles[cell.style] if cell.style < len(styles) else Display("General")

    def look(self, condition: Condition) -> Display | None:
        """What a conditional format puts on; None if that is nowhere."""
        if isinstance(condition.look, Display):
            return condition.look
        known = self.looks.conditional
        return known[condition.look] if 0 <= condition.look < len(known) else None
