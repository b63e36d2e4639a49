"""Find an issued form again on a returned sheet, by its anchors.

Anchors (heads, codes, names, targets, labels) prove where the input cells are. Where each stands
just once, whole rows and columns may have moved; where one is missing or double, nothing is read.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from minsheng_xl.books.package.memory import TEXT, remembered
from minsheng_xl.books.package.read import Area, RawCell, RawSheet
from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import parse_lexeme, plain, rounded
from minsheng_xl.forms.identity import PERIOD_CELL, UNIT_CELL
from minsheng_xl.forms.layout import PlacedCell, Sheet
from minsheng_xl.intake.figures import read_number
from minsheng_xl.problems import Problem
from minsheng_xl.rules import structure

_SEEN = 60
"""Characters of a text that a message shows."""


@remembered(4096, TEXT)
def same_text(text: str) -> str:
    """A text as it is compared: without white space, a number as the decimal it is, a share (60%) as its fraction."""
    number = number_said(text)
    return plain(number) if number is not None else "".join(text.split())


def number_said(text: str) -> Fraction | None:
    """The number of a cell, stored as one or, by what exports what is shown, as its text: 26,800 or 60%."""
    number = parse_lexeme(text)
    bare = text.strip()
    if number is not None or len(bare) > _SEEN:
        return number
    shown = read_number(bare.removesuffix("%"))
    return shown / 100 if shown is not None and bare.endswith("%") else shown


_DIGITS = 15
"""So many digits of a number do programs keep that write the fewest."""


def says_the_same(now: str, was: str) -> bool:
    """Whether a text is another, or the number that it is to as many digits as a program writes or shows of it."""
    if same_text(now) == same_text(was):
        return True
    one, other = number_said(now), number_said(was)
    if one is None or other is None:
        return False
    bare = now.strip()
    decimals = len(bare.removesuffix("%").partition(".")[2])
    is_shown = bare.endswith("%") and one == rounded(other, decimals + 2)
    return is_shown or abs(one - other) <= abs(other) / 10 ** (_DIGITS - 1)


class IssuedForm:
    """A form as it was issued: its layout, and the cells of the workbook that went out. `rules` is the number of the
    rule set that it bears; None of one from before they had numbers, which is judged by all rules."""

    def __init__(self, form: Sheet, sheet: RawSheet, rules: int | None = None) -> None:
        self.form, self.sheet, self.rules = form, sheet, rules

    def text(self, key: Key) -> str:
        """What the cell of a key said when it went out."""
        cell = self.form.cell(key)
        return self.sheet.text(cell.row, cell.column)

    @cached_property
    def is_of_its_layout(self) -> bool:
        """Whether the workbook that went out shows the titles, codes and inputs of the layout in their places, and
        nothing else beside what is filled in."""
        named = self.form.has(UNIT_CELL) and self.form.has(PERIOD_CELL)
        filled = {row for row, _ in self.inputs}
        known = all(place in self.form.cells for place in self.sheet.cells if place[0] in filled)
        shown = all(map(self._shows, self.form.anchors())) and all(map(self._takes, self.form.inputs()))
        return named and known and shown

    def _shows(self, cell: PlacedCell) -> bool:
        """Whether an anchor says what the layout says; names and targets are the plan's."""
        if cell.key is not None and cell.key.name != "code":
            return True
        return same_text(self.sheet.text(cell.row, cell.column)) == same_text(str(cell.content))

    def _takes(self, cell: PlacedCell) -> bool:
        """Whether an input is a block of that size, and limited to numbers if it takes one."""
        block = Area(cell.row, cell.column, cell.row + cell.down - 1, cell.column + cell.across - 1)
        if cell.across > 1 and self.blocks.get((cell.row, cell.column)) != block:
            return False
        if cell.input is None or cell.input.kind != "number":
            return True
        return any(area.holds(cell.row, cell.column) for area in self.sheet.frame.validated)

    def likeness(self, sheet: RawSheet) -> int:
        """How many anchors of the form there are on a sheet, wherever."""
        texts = {same_text(cell.text) for cell in sheet.cells.values()}
        return sum(text in texts for text in self.anchors.values())

    @cached_property
    def inputs(self) -> dict[Place, Key]:
        return {(cell.row, cell.column): cell.key for cell in self.form.inputs() if cell.key is not None}

    @cached_property
    def filled_in(self) -> tuple[PlacedCell, ...]:
        """The cells that are filled in, as the layout places them."""
        return tuple(self.form.inputs())

    @cached_property
    def anchors(self) -> dict[Place, str]:
        """The text of each anchor, as issued."""
        cells = ((cell.row, cell.column) for cell in self.form.anchors())
        return {place: same_text(self.sheet.text(*place)) for place in cells if self.sheet.text(*place)}

    def differing(self, sheet: RawSheet) -> Iterator[Place]:
        """The anchors that a sheet does not say to the letter."""
        own, cells = self.sheet.cells, sheet.cells
        return (at for at in self.anchors if (cell := cells.get(at)) is None or cell.text != own[at].text)

    @cached_property
    def anchor_rows(self) -> list[tuple[int, dict[int, str]]]:
        """The anchors by row, from the top."""
        rows: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(self.anchors.items()):
            rows.setdefault(row, {})[column] = text
        return sorted(rows.items())

    @cached_property
    def figure_rows(self) -> dict[int, dict[int, str]]:
        """The anchors of the rows of tables, which differ from each other, so that they may be found in any order."""
        tables = {row for (row, _), key in self.inputs.items() if _is_in_a_table(key)}
        return {row: anchors for row, anchors in self.anchor_rows if row in tables}

    @cached_property
    def locked(self) -> dict[Place, RawCell]:
        """What stands outside input cells and anchors."""
        return {
            place: cell
            for place, cell in self.sheet.cells.items()
            if place not in self.inputs and place not in self.anchors
        }

    @cached_property
    def previous(self) -> dict[Place, Key]:
        """The cells that hold 上期累计."""
        return {place: key for place, key in self.keys.items() if key.is_previous and place in self.locked}

    @cached_property
    def head(self) -> tuple[int, dict[int, str]]:
        """The row that names the columns: the most anchors, all different."""
        different = [(row, texts) for row, texts in self.anchor_rows if len(set(texts.values())) == len(texts)]
        return max(different, key=lambda item: len(item[1]))

    @cached_property
    def keys(self) -> dict[Place, Key]:
        """The key of every keyed cell of the form."""
        return {(cell.row, cell.column): cell.key for cell in self.form.cells.values() if cell.key is not None}

    @cached_property
    def unread(self) -> dict[Place, str]:
        """What the cells said that are not read, blank ones among them."""
        return {place: self.sheet.text(*place) for place in (*self.locked, *self.keys) if place not in self.inputs}

    @cached_property
    def places(self) -> set[Place]:
        """Every cell of the form that holds something or may."""
        return {*self.sheet.cells, *self.inputs}

    @cached_property
    def merges(self) -> set[Area]:
        return set(self.sheet.frame.merges)

    @cached_property
    def blocks(self) -> dict[Place, Area]:
        """The merged blocks of the form, by their first cell."""
        return {(area.top, area.left): area for area in self.sheet.frame.merges}


def _is_in_a_table(key: Key) -> bool:
    """Whether an input stands in a table of indicators or of supported projects."""
    return key.is_of_indicator or key.name == "support"


class Placement(NamedTuple):
    """Where the rows and columns of a form stand on a returned sheet; none moved if both are empty."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]

    @property
    def moved(self) -> bool:
        if not (self.rows or self.columns):  # nearly always
            return False
        return any(a != b for a, b in (*self.rows.items(), *self.columns.items()))

    def at(self, place: Place) -> Place:
        if not (self.rows or self.columns):
            return place
        row, column = place
        return self.rows.get(row, row), self.columns.get(column, column)


def locate(issued: IssuedForm, sheet: RawSheet) -> Placement | Problem:
    """Find every anchor of the form on a sheet: where it all stands, or what is missing or double."""
    texts = _Texts(sheet)
    broken = next((place for place in issued.differing(sheet) if texts.at(place) != issued.anchors[place]), None)
    if broken is None:
        return _in_place(issued, sheet, texts)
    return _Search(issued, sheet, texts.by_row()).placement(broken)


class _Texts:
    """The texts of a sheet, made comparable when asked for."""

    def __init__(self, sheet: RawSheet) -> None:
        self._sheet = sheet
        self._known: dict[str, str] = {}

    def at(self, place: Place) -> str:
        cell = self._sheet.cells.get(place)
        return self.of(cell.text) if cell is not None else ""

    def of(self, text: str) -> str:
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = same_text(text)
        return found

    def by_row(self) -> dict[int, dict[int, str]]:
        rows: dict[int, dict[int, str]] = {}
        for (row, column), cell in self._sheet.cells.items():
            rows.setdefault(row, {})[column] = self.of(cell.text)
        return rows


def _in_place(issued: IssuedForm, sheet: RawSheet, texts: _Texts) -> Placement | Problem:
    """Nothing moved; but no row of figures may stand a second time: a copy of a row below the form, say."""
    extra: dict[int, set[str]] = {}
    for place in sheet.cells.keys() - issued.places:
        extra.setdefault(place[0], set()).add(texts.of(sheet.cells[place].text))
    if not extra:
        return Placement({}, {})
    below = extra.keys() - {row for row, _ in issued.anchor_rows}
    whole = texts.by_row() if below else {}
    for row in below:  # beside the form only what is beside it counts, below it the whole row
        extra[row] = set(whole[row].values())
    for anchors in issued.figure_rows.values():
        for row, found in extra.items():
            if found.issuperset(anchors.values()):
                return _twice(sheet, row, anchors)
    return Placement({}, {})


def _twice(sheet: RawSheet, row: int, anchors: Mapping[int, str]) -> Problem:
    cell, expected = cell_name((row, next(iter(anchors)))), " ".join(anchors.values())[:_SEEN]
    return structure.ANCHOR_TWICE.problem(sheet=sheet.name, cell=cell, expected=expected)


class _Search:
    """A form whose anchors stand elsewhere than issued: the columns are found by the head, then every row.

    `rows` are the texts of the returned sheet, `columns` and `found` where columns and rows of the form stand on it.
    """

    def __init__(self, issued: IssuedForm, sheet: RawSheet, rows: Mapping[int, Mapping[int, str]]) -> None:
        self.issued, self.sheet, self.rows = issued, sheet, rows
        self.columns: dict[int, int] = {}
        self.found: dict[int, int] = {}

    def placement(self, broken: Place) -> Placement | Problem:
        """Where every row and column stands; `broken` is the first anchor that stands elsewhere."""
        problem = self._find_head() or self._find_rows()
        if problem is not None:
            return problem
        if len(set(self.found.values())) < len(self.found):
            return self._gone(broken, broken)
        return Placement(self._every_row(), self.columns)

    def _find_head(self) -> Problem | None:
        """Find the row that names the columns, all of them in their order, and by it the columns."""
        head_row, head = self.issued.head
        heads = []
        for row in self.rows:
            titles = self._titles(row)
            if [text for _, text in titles] == list(head.values()):
                heads.append((row, [column for column, _ in titles]))
        if not heads:
            return self._headless()
        if len(heads) > 1:
            return _twice(self.sheet, heads[1][0], head)
        row, columns = heads[0]
        self.found[head_row] = row
        self.columns = self._every_column(dict(zip(head, columns, strict=True)))
        return None

    def _titles(self, row: int) -> list[tuple[int, str]]:
        """The titles of columns in a row of the sheet, from the left."""
        wanted = set(self.issued.head[1].values())
        return [(column, text) for column, text in sorted(self.rows.get(row, {}).items()) if text in wanted]

    def _headless(self) -> Problem:
        """Which title is missed: the first that is not in its turn, in the row that holds most of them."""
        row, head = self.issued.head
        wanted = list(head.values())
        at = max(self.rows, key=lambda row: len(set(self.rows[row].values()) & set(wanted)), default=row)
        here = self._titles(at)
        turn = next((n for n, (_, text) in enumerate(here) if n >= len(wanted) or text != wanted[n]), len(here))
        if turn >= len(wanted):
            return _twice(self.sheet, at, head)
        column = list(head)[min(turn, len(head) - 1)]
        return self._gone((row, column), (at, here[turn][0] if turn < len(here) else column))

    def _every_column(self, heads: Mapping[int, int]) -> dict[int, int]:
        """Every column of the form: those with a head by it, the others as far behind the last head as issued."""
        columns: dict[int, int] = {}
        behind = 0
        for column in range(max(place[1] for place in self.issued.places) + 1):
            if column in heads:
                behind = heads[column] - column
            columns[column] = column + behind
        return columns

    def _find_rows(self) -> Problem | None:
        """Find every row with anchors. Rows of tables may stand in any order, once; heads and labels recur from
        project to project, and keep theirs."""
        head_row, _ = self.issued.head
        above = -1
        for row, anchors in self.issued.anchor_rows:
            if row == head_row:
                above = max(above, self.found[row])
                continue
            is_in_order = row not in self.issued.figure_rows
            matching = [at for at, cells in self.rows.items() if self._matches(cells, anchors)]
            same = sum(other == anchors for _, other in self.issued.anchor_rows) if is_in_order else 1
            if len(matching) > same:
                return _twice(self.sheet, matching[-1 if is_in_order else 1], anchors)
            if is_in_order:
                matching = [at for at in sorted(matching) if at > above] if len(matching) == same else []
            if not matching:
                return self._row_gone(row, anchors)
            self.found[row] = matching[0]
            above = matching[0] if is_in_order else above
        return None

    def _matches(self, cells: Mapping[int, str], anchors: Mapping[int, str]) -> bool:
        return all(cells.get(self.columns[column]) == text for column, text in anchors.items())

    def _row_gone(self, row: int, anchors: Mapping[int, str]) -> Problem:
        """Which anchor of a row is missed: the first that differs in the row that is most like it, or where the
        row should follow."""
        taken = set(self.found.values())
        alike = {at: self._likeness(cells, anchors) for at, cells in self.rows.items() if at not in taken}
        at = max(alike, key=lambda at: (alike[at], -at), default=row)
        if not alike.get(at):  # the whole row is gone
            before = max((other for other in self.found if other < row), default=row)
            at = self.found.get(before, row) + row - before
        here = self.rows.get(at, {})
        missed = (column for column, text in anchors.items() if here.get(self.columns[column]) != text)
        column = next(missed, min(anchors))
        return self._gone((row, column), (at, self.columns[column]))

    def _likeness(self, cells: Mapping[int, str], anchors: Mapping[int, str]) -> int:
        return sum(cells.get(self.columns[column]) == text for column, text in anchors.items())

    def _every_row(self) -> dict[int, int]:
        """Every row of the form; one without anchors follows the one above."""
        rows = dict(self.found)
        behind = 0
        for row in range(max(place[0] for place in self.issued.places) + 1):
            behind = rows[row] - row if row in rows else behind
            rows.setdefault(row, row + behind)
        return rows

    def _gone(self, place: Place, at: Place) -> Problem:
        """An anchor is not to be found; `at` is where it is missed on the returned sheet."""
        seen, expected = self.sheet.text(*at), self.issued.sheet.text(*place).replace("\n", "")
        return structure.ANCHOR.problem(
            sheet=self.sheet.name, cell=cell_name(at), seen=seen[:_SEEN], expected=expected[:_SEEN]
        )
