"""What has to change on sheets for one state of a book to become the next: edits, as values.

They are the same whether a closed file takes them or an open workbook.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minsheng_xl.exact.addresses import Place, area_name
from minsheng_xl.exact.expressions import Expr, Value
from minsheng_xl.forms.layout import Book, Input, Lights, PlacedCell, Sheet, printed_end
from minsheng_xl.forms.look import Style
from minsheng_xl.texts import cleaned


class Stored(NamedTuple):
    """What a cell holds: a formula (without =) and its value, or a value alone."""

    formula: str | None
    value: Value


NOTHING = Stored(None, None)


class CellEdit(NamedTuple):
    """A cell's old and new content; `was` is None where there was no cell, `style` is None where it
    stays as it is. `cell` is the new one, None if there is none any more; an input is the office's to
    change, so whatever stands in it gives way."""

    was: Stored | None
    now: Stored
    style: Style | None
    cell: PlacedCell | None
    is_input: bool

    @property
    def follows(self) -> bool:
        """Whether it is a formula that stays, and at most its result is another."""
        return self.was is not None and self.now.formula is not None and self.was.formula == self.now.formula

    def is_dressed(self, base: Sheet, place: Place) -> bool:
        """Whether the cell takes a look: it is new beside the `base`, or looks otherwise now."""
        return self.cell is not None and (self.style is not None or place not in base.cells)


@dataclass(slots=True)
class SheetEdits:
    """The edits of one sheet; old and new are None where nothing differs. Rows and columns count from 0."""

    sheet: Sheet
    name: str
    cells: dict[Place, CellEdit] = field(default_factory=dict)
    heights: dict[int, tuple[float | None, float | None]] = field(default_factory=dict)
    widths: dict[int, tuple[float | None, float]] = field(default_factory=dict)
    hidden: dict[int, bool] = field(default_factory=dict)
    unmerged: frozenset[str] = frozenset()
    merged: frozenset[str] = frozenset()
    linked: dict[Place, str] = field(default_factory=dict)
    unlinked: frozenset[Place] = frozenset()
    validated: tuple[PlacedCell, ...] = ()
    print_area: tuple[str, str] | None = None
    print_titles: tuple[str, str] | None = None
    breaks: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    tables: dict[str, tuple[str, str]] = field(default_factory=dict)
    lights: tuple[tuple[str, str], ...] = ()
    """Ranges of conditional formats, old and new."""

    @property
    def is_empty(self) -> bool:
        return not (
            self.cells or self.heights or self.widths or self.hidden or self.unmerged or self.merged
            or self.linked or self.unlinked or self.validated or self.print_area or self.print_titles
            or self.breaks or self.tables or self.lights
        )


class States:
    """Two states of a book, and where every cell of them stands."""

    def __init__(self, base: Book, new: Book) -> None:
        self.base, self.new = base, new

    def edits(self) -> tuple[SheetEdits, ...]:
        """The edits of every sheet, in the order of the book; the sheets of both states are the same."""
        if self.base is self.new:
            return tuple(SheetEdits(sheet, sheet.name) for sheet in self.new.sheets)
        pairs = [(old, self.new.sheet(old.id)) for old in self.base.sheets]
        stay = all(old.places() == new.places() or _kept(old, new) for old, new in pairs)
        return tuple(_Pair(self, old, new, stay=stay).edits() for old, new in pairs)


def _kept(old: Sheet, new: Sheet) -> bool:
    """Whether every key of a sheet still stands where it stood."""
    after = new.places()
    return all(after.get(key, place) == place for key, place in old.places().items())


def content_of(book: Book, sheet: Sheet, cell: PlacedCell) -> Stored:
    """What a placed cell holds, as a file keeps it: a blank is None."""
    value = book.value(sheet, cell)
    if isinstance(value, str):
        value = cleaned(value)
    if isinstance(cell.content, Expr):
        return Stored(book.formula(sheet, cell), "" if value is None else value)
    return Stored(None, None if value == "" else value)


class _Pair:
    """A sheet in two states; `stay` if no key of the book has moved: then equal expressions are equal formulas."""

    def __init__(self, states: States, old: Sheet, new: Sheet, *, stay: bool) -> None:
        self.base, self.book, self.old, self.new, self.stay = states.base, states.new, old, new, stay

    def edits(self) -> SheetEdits:
        """What has to change for the old state to become the new."""
        old, new = self.old, self.new
        edits = SheetEdits(new, old.name)
        reshaped = self._cells(edits)
        for row in {**old.heights, **new.heights}:
            heights = old.heights.get(row), new.heights.get(row)
            if heights[0] != heights[1]:
                edits.heights[row] = heights
        edits.widths = _widths(old, new)
        for row in old.hidden_rows ^ new.hidden_rows:
            edits.hidden[row] = row in new.hidden_rows
        links, had = _links(new), _links(old)
        edits.linked = {place: link for place, link in links.items() if had.get(place) != link}
        edits.unlinked = frozenset(had.keys() - links.keys())
        inputs = ((place, cell) for place, cell in new.cells.items() if cell.input is not None)
        edits.validated = tuple(cell for place, cell in inputs if _accepts(old, place) != cell.input)
        if old.cells.keys() != new.cells.keys() or reshaped or old.hidden_columns != new.hidden_columns:
            edits.print_area = _differing(_area, old, new)
        edits.print_titles = _differing(_titles, old, new)
        if old.print.breaks != new.print.breaks:
            edits.breaks = (old.print.breaks, new.print.breaks)
        edits.tables = _tables(old, new)
        lights = zip(map(_range, old.lights), map(_range, new.lights), strict=False)
        edits.lights = tuple((before, after) for before, after in lights if before != after)
        return edits

    def _cells(self, edits: SheetEdits) -> bool:
        """Note what differs in the cells and in how they are merged; whether any is merged otherwise."""
        unmerged: set[str] = set()
        merged: set[str] = set()
        for place in {**self.old.cells, **self.new.cells}:
            before, after = self.old.cells.get(place), self.new.cells.get(place)
            if before is not None and after is not None and self._is_same(before, after):
                continue
            was = content_of(self.base, self.old, before) if before is not None else None
            now = content_of(self.book, self.new, after) if after is not None else NOTHING
            restyled = (before.style if before else None) != (after.style if after else None)
            spread = _spread(before) != _spread(after)
            if spread:
                unmerged |= _merge(before)
                merged |= _merge(after)
            if was != now or restyled or spread:
                style = after.style if after is not None and restyled else None
                is_input = before is not None and before.input is not None
                edits.cells[place] = CellEdit(was, now, style, after, is_input)
        edits.unmerged, edits.merged = frozenset(unmerged - merged), frozenset(merged - unmerged)
        return bool(unmerged or merged)

    def _is_same(self, before: PlacedCell, after: PlacedCell) -> bool:
        """Whether a cell is the same in both states, told without writing its formula out."""
        if before.style is not after.style and before.style != after.style:
            return False
        if _spread(before) != _spread(after):
            return False
        is_formula = isinstance(after.content, Expr)
        if isinstance(before.content, Expr) != is_formula or (is_formula and not self.stay):
            return False
        if before.content is not after.content and before.content != after.content:
            return False
        return self.base.value(self.old, before) == self.book.value(self.new, after)


def _widths(old: Sheet, new: Sheet) -> dict[int, tuple[float | None, float]]:
    """The columns that are new, or have another width, each with the old one and the new."""
    had = dict(enumerate(old.widths))
    return {place: (had.get(place), width) for place, width in enumerate(new.widths) if had.get(place) != width}


def _spread(cell: PlacedCell | None) -> tuple[int, int] | None:
    return (cell.down, cell.across) if cell is not None else None


def _tables(old: Sheet, new: Sheet) -> dict[str, tuple[str, str]]:
    """The ranges of tables of one name that differ, old and new."""
    named = {name: area_name(*box) for *box, name in new.tables}
    had = {name: area_name(*box) for *box, name in old.tables}
    return {name: (area, named[name]) for name, area in had.items() if named.get(name, area) != area}


def _differing(of: Callable[[Sheet], str], old: Sheet, new: Sheet) -> tuple[str, str] | None:
    return (of(old), of(new)) if of(old) != of(new) else None


def _merge(cell: PlacedCell | None) -> set[str]:
    if cell is None or (cell.down == 1 and cell.across == 1):
        return set()
    return {cell.area}


def _links(sheet: Sheet) -> dict[Place, str]:
    return {place: cell.link for place, cell in sheet.cells.items() if cell.link}


def _accepts(sheet: Sheet, place: Place) -> Input | None:
    cell = sheet.cells.get(place)
    return cell.input if cell is not None else None


def _range(lights: Lights) -> str:
    return area_name(*lights.first, *lights.last)


def _area(sheet: Sheet) -> str:
    end = printed_end(sheet)
    return area_name(0, 0, *end, fixed=True) if end else ""


def _titles(sheet: Sheet) -> str:
    rows = sheet.print.head_rows
    return f"${rows[0] + 1}:${rows[1] + 1}" if rows else ""


def texts_by_row(book: Book, sheet: Sheet) -> Mapping[int, Sequence[tuple[int, str]]]:
    """The texts of our own that stand in each row, by which a sheet is recognised; inputs left out."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.input is None and isinstance(cell.content, str) and cell.content.strip():
            rows.setdefault(row, []).append((column, cleaned(cell.content)))
    return rows
