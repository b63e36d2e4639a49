"""Sheets as values: cells placed once under a key, asked for by everybody else.

A layout function puts cells on a `Sheet`; a `Book` joins sheets, gives the address of a key for a
formula, and evaluates every formula exactly. Writer, reader and tests walk the same cells.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from minsheng_xl.exact.addresses import Place, area_name, cell_name, on_sheet
from minsheng_xl.exact.expressions import Cell, Expr, Range, Ref, Value, cell_of
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.forms.look import MARKED, TABLE_HEAD, Style
from minsheng_xl.rules.model import Row as FigureRow
from minsheng_xl.rules.model import Rule

CellContent: TypeAlias = Value | Expr
TableRow = TypeVar("TableRow")


class Input(NamedTuple):
    """What an editable cell accepts, and what its clerk is told.

    `kind`: number, words, choice (only `choices`) or hint (choices offered, anything accepted).
    """

    kind: str
    decimals: int = 0
    choices: tuple[str, ...] = ()
    instruction: str = ""
    unit: str = ""
    """The unit of measure that may stand behind a number by mistake."""
    source: "tuple[Key, Key] | None" = None
    """The first and the last cell, on the same sheet, of a column that lists what may be chosen."""


class PlacedCell(NamedTuple):
    """One placed cell (or merged block). Rows and columns count from 0, as positions."""

    row: int
    column: int
    content: CellContent
    style: Style
    key: Key | None = None
    down: int = 1
    across: int = 1
    input: Input | None = None
    link: str = ""
    anchor: bool = False

    @property
    def address(self) -> str:
        """Where it stands, as a clerk reads it: H7."""
        return cell_name((self.row, self.column))

    @property
    def area(self) -> str:
        """The cells that it takes: H7:J8."""
        return area_name(self.row, self.column, self.row + self.down - 1, self.column + self.across - 1)


class Check(NamedTuple):
    """A rule at a place of a form: the input cells it holds, and the condition under which it fires.

    `row` is the row of figures it belongs to, None for words. `on_trial`: the rule only remarks for the time being.
    """

    rule: Rule
    keys: tuple[Key, ...]
    condition: Expr
    row: FigureRow | None = None
    on_trial: bool = False

    @property
    def is_doubt(self) -> bool:
        """Whether it holds its cells."""
        return self.rule.is_doubt and not self.on_trial


class Lights(NamedTuple):
    """Conditional colours on a range: the label of a text → its colour."""

    first: tuple[int, int]
    last: tuple[int, int]
    colors: tuple[tuple[str, str], ...]
    prefix: bool = False


class Growth(Enum):
    """How the texts of a column make a row higher: with some air, or only where one would be cut."""

    TEXT = "text"
    NAME = "name"


class SheetColumn(NamedTuple, Generic[TableRow]):
    """One column of a declared table: head, width, style, and what stands in each row.

    `across` sheet columns are merged to make it. `content` gives the cell of a row; `input` says
    whether and how it is filled in; `style` may depend on the row. `anchor`: its texts prove, on a
    returned sheet, that the rows are still where they were. `grows`: how its texts make a row higher.
    """

    key: str
    title: str
    content: Callable[[TableRow], CellContent]
    style: Style | Callable[[TableRow], Style]
    width: float = 10
    across: int = 1
    head: Style = TABLE_HEAD
    input: Callable[[TableRow], Input | None] | None = None
    hidden: bool = False
    anchor: bool = False
    grows: Growth | None = None


class Print(NamedTuple):
    """How a sheet goes to paper: A3 or A4, landscape or not, always one page wide.

    `breaks` are rows before which a new page begins; `one_page`: shrunk to a single page if it must be; `foot` stands
    at the left of each page's foot, beside the number of the page.
    """

    paper: str = "A4"
    landscape: bool = True
    head_rows: tuple[int, int] | None = None
    breaks: tuple[int, ...] = ()
    one_page: bool = False
    foot: str = ""


class Chart(NamedTuple):
    """Columns and marks over the rows of a table: a native chart that reads in black and white.

    It covers the merged room at `row`, `column`; sizes are in points. `columns` and `marks` are
    (name, first key, last key) of the columns of values drawn so.
    """

    row: int
    column: int
    width: float
    height: float
    categories: tuple[Key, Key]
    columns: tuple[str, Key, Key]
    marks: tuple[str, Key, Key]


class Sparkline(NamedTuple):
    """A small chart in a cell: a column for each of a row of values, those below the axis in another colour."""

    row: int
    column: int
    first: Key
    last: Key


class Button(NamedTuple):
    """A button over the cells from `row`, `column`, with its caption and the macro that a click runs; sizes
    in pixels. It stands only in a workbook with macros."""

    row: int
    column: int
    width: int
    height: int
    caption: str
    macro: str


class Sheet:
    """A sheet under construction, then a value. `id` is what references name; `name` is its tab.

    `given` are the contents of input cells, by key, known before they are placed; `marks` what is in
    doubt about one: it is drawn marked, with this comment; `remarks` comments of the unit's own.
    """

    def __init__(
        self, id: str, name: str, *, tab: str = "", widths: Iterable[float] = (), hidden_columns: Iterable[int] = (),
        protected: bool = False, hidden: bool = False, zoom: int = 100,
        given: Mapping[Key, Value] | None = None, marks: Mapping[Key, str] | None = None,
        remarks: Mapping[Key, str] | None = None,
    ) -> None:
        self.id, self.name, self.tab, self.zoom = id, name, tab, zoom
        self.protected, self.hidden = protected, hidden
        self.widths, self.hidden_columns = list(widths), set(hidden_columns)
        self.unprinted: set[int] = set()
        """The columns beside what is printed."""
        self.given, self.marks, self.remarks = given or {}, marks or {}, remarks or {}
        self.heights: dict[int, float] = {}
        self.hidden_rows: set[int] = set()
        self.freeze: tuple[int, int] | None = None
        self.print = Print()
        self.cells: dict[tuple[int, int], PlacedCell] = {}
        self.growing: dict[Place, Growth] = {}
        """The cells of columns that make their rows grow."""
        self.lights: list[Lights] = []
        self.tables: list[tuple[int, int, int, int, str]] = []
        self.charts: list[Chart] = []
        self.sparklines: list[Sparkline] = []
        self.buttons: list[Button] = []
        self.checks: list[Check] = []
        """The rules that the form states live, and that the intake applies to what comes back."""
        self._by_key: dict[Key, PlacedCell] = {}

    def put(
        self,
        row: int,
        column: int,
        content: CellContent,
        style: Style,
        *,
        key: Key | None = None,
        down: int = 1,
        across: int = 1,
        input: Input | None = None,
        link: str = "",
        anchor: bool = False,
    ) -> None:
        """Place a cell; under a key if anybody refers to it."""
        if input is not None and key is not None:
            content = self.given.get(key, content)
            style = style.having(fill=MARKED) if key in self.marks else style
        cell = PlacedCell(
            row=row, column=column, content=content, style=style, key=key, down=down, across=across, input=input,
            link=link, anchor=anchor,
        )
        self.cells[row, column] = cell
        if key is not None:
            self._by_key[key] = cell

    def wrap(self, cell: PlacedCell) -> None:
        """Let a placed cell show its text in several lines."""
        self._restyle(cell, cell.style.having(wrap=True, shrink=False))

    def shrink(self, cell: PlacedCell) -> None:
        """Let a placed cell show its text in one line, in smaller signs if it must be."""
        self._restyle(cell, cell.style.having(wrap=False, shrink=True))

    def _restyle(self, cell: PlacedCell, style: Style) -> None:
        restyled = cell._replace(style=style)
        self.cells[cell.row, cell.column] = restyled
        if cell.key is not None:
            self._by_key[cell.key] = restyled

    def table(
        self,
        top: int,
        columns: Sequence[SheetColumn[TableRow]],
        rows: Sequence[TableRow],
        name: Callable[[TableRow], RowName],
        *,
        left: int = 0,
        head_height: float = 34,
        row_height: float | Callable[[TableRow], float] = 26,
    ) -> int:
        """Place a declared table: heads in row `top`, a row for each of `rows`.

        The cell of a row and column has the key `name(row).cell(column.key)`. Returns the first
        row below.
        """
        self.heights[top] = head_height
        place = left
        for column in columns:
            self.put(top, place, column.title, column.head, across=column.across, anchor=not column.hidden)
            if column.hidden:
                self.hidden_columns.add(place)
            for offset, row in enumerate(rows, start=1):
                style = column.style if isinstance(column.style, Style) else column.style(row)
                self.put(
                    top + offset, place, column.content(row), style, key=name(row).cell(column.key),
                    across=column.across, input=column.input(row) if column.input else None, anchor=column.anchor,
                )
                if column.grows is not None:
                    self.growing[top + offset, place] = column.grows
            place += column.across
        for offset, row in enumerate(rows, start=1):
            self.heights[top + offset] = row_height if isinstance(row_height, int | float) else row_height(row)
        return top + 1 + len(rows)

    def has(self, key: Key) -> bool:
        return key in self._by_key

    def cell(self, key: Key) -> PlacedCell:
        """The cell placed under a key. Raises KeyError."""
        return self._by_key[key]

    def places(self) -> dict[Key, tuple[int, int]]:
        """Where every key stands."""
        return {key: (cell.row, cell.column) for key, cell in self._by_key.items()}

    def address(self, key: Key) -> str:
        """Where a key stands, as a clerk reads it: H7."""
        return self._by_key[key].address

    def ref(self, key: Key) -> Cell:
        """The cell of a key as an operand."""
        return cell_of(self.id, key)

    def column(self, names: Iterable[RowName], key: str) -> Range:
        """A column of a table over some of its rows, in their order."""
        return Range(tuple(self.ref(name.cell(key)) for name in names))

    def inputs(self) -> Iterator[PlacedCell]:
        """The cells to be filled in, in the order they were placed."""
        return (cell for cell in self.cells.values() if cell.input is not None)

    def anchors(self) -> Iterator[PlacedCell]:
        """The texts that prove that a returned sheet still has its structure."""
        return (c for c in self.cells.values() if c.anchor and c.input is None and c.content is not None)


def printed_end(sheet: Sheet) -> tuple[int, int] | None:
    """The last row and column that are printed; None of an empty sheet."""
    visible = [
        (cell.row + cell.down - 1, cell.column + cell.across - 1)
        for cell in sheet.cells.values()
        if cell.column not in sheet.hidden_columns | sheet.unprinted and not cell.link.startswith("首页")
    ]
    return (max(row for row, _ in visible), max(column for _, column in visible)) if visible else None


def width_pixels(width: float) -> int:
    """The pixels (of 3/4 point) of a column `width` digits wide: a Chinese character is two."""
    return round(width * 7) + 5


class Book:
    """Sheets that refer to each other. It places references and evaluates formulas, exactly.

    `properties` are text properties of the file, by which a workbook says what it is.
    """

    def __init__(self, sheets: Sequence[Sheet], properties: Mapping[str, str]) -> None:
        self.sheets = tuple(sheets)
        self.properties = dict(properties)
        self._by_id = {sheet.id: sheet for sheet in sheets}
        self._prefix = {sheet.id: on_sheet(sheet.name) for sheet in sheets}
        self._values: dict[tuple[str, Key], Value] = {}
        """By sheet and key, as references name them."""
        self._addresses: defaultdict[str, dict[Ref, str]] = defaultdict(dict)
        """By the sheet on which they are written."""

    def sheet(self, id: str) -> Sheet:
        """The sheet of an id. Raises KeyError."""
        return self._by_id[id]

    def retitle(self, id: str, new_id: str, name: str) -> None:
        """Give a sheet another id and name; what refers to it by the old id finds it."""
        sheet = self._by_id[new_id] = self._by_id[id]
        sheet.id, sheet.name = new_id, name
        self._prefix[id] = self._prefix[new_id] = on_sheet(name)
        self._addresses.clear()

    def address(self, ref: Ref, home: str) -> str:
        """The address of a cell in a formula on the sheet `home`."""
        known = self._addresses[home]
        if ref not in known:
            sheet = self._by_id[ref.sheet]
            known[ref] = ("" if sheet.id == home else self._prefix[ref.sheet]) + sheet.address(ref.key)
        return known[ref]

    def content(self, ref: Ref) -> Value:
        """The value of a cell, evaluated once."""
        known = self._values
        if ref not in known:
            content = self._by_id[ref.sheet].cell(ref.key).content
            if isinstance(content, Expr):
                known[ref] = content.value(self)
            else:
                known[ref] = None if content == "" else content  # a file has no cell of ""
        return known[ref]

    def value(self, sheet: Sheet, cell: PlacedCell) -> Value:
        """The value of a placed cell, whether it has a key or not."""
        if cell.key is not None:
            known = self._values.get((sheet.id, cell.key), self)
            return self.content(Ref(sheet.id, cell.key)) if isinstance(known, Book) else known
        return cell.content.value(self) if isinstance(cell.content, Expr) else cell.content

    def formula(self, sheet: Sheet, cell: PlacedCell) -> str:
        """The text of a formula cell, without the equals sign."""
        assert isinstance(cell.content, Expr)
        return cell.content.formula(self, sheet.id)

    def formulas(self) -> Iterator[tuple[Sheet, PlacedCell]]:
        """Every formula cell of the book."""
        for sheet in self.sheets:
            for cell in sheet.cells.values():
                if isinstance(cell.content, Expr):
                    yield sheet, cell
