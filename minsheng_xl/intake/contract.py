"""Find an issued form again on a returned sheet, and say what stands otherwise than issued.

Anchors (heads, codes, names, targets, labels) prove where the input cells are. Where each stands
just once, whole rows and columns may have moved; where one is missing or double, nothing is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from minsheng_xl.books.package.read import Area, RawCell, RawSheet
from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.exact.numbers import parse_lexeme, plain
from minsheng_xl.forms.certification import CERTIFY
from minsheng_xl.forms.layout import Key, Sheet
from minsheng_xl.problems import Problem
from minsheng_xl.rules import structure
from minsheng_xl.rules.model import Rule


@lru_cache(maxsize=4096)
def same_text(text: str) -> str:
    """A text as it is compared: without white space, a number as the decimal it is."""
    number = parse_lexeme(text)
    return plain(number) if number is not None else "".join(text.split())


class Issued:
    """A form as it was issued: its layout, and the cells of the workbook that went out."""

    def __init__(self, form: Sheet, sheet: RawSheet) -> None:
        self.form, self.sheet = form, sheet

    @cached_property
    def inputs(self) -> dict[Place, Key]:
        return {(cell.row, cell.column): cell.key for cell in self.form.inputs() if cell.key is not None}

    @cached_property
    def anchors(self) -> dict[Place, str]:
        """The text of each anchor, as issued."""
        cells = ((cell.row, cell.column) for cell in self.form.anchors())
        return {place: same_text(self.sheet.text(*place)) for place in cells if self.sheet.text(*place)}

    @cached_property
    def anchor_rows(self) -> list[tuple[int, dict[int, str]]]:
        """The anchors by row, from the top."""
        rows: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(self.anchors.items()):
            rows.setdefault(row, {})[column] = text
        return sorted(rows.items())

    @cached_property
    def locked(self) -> dict[Place, RawCell]:
        """What stands outside input cells and anchors."""
        return {
            place: cell
            for place, cell in self.sheet.cells.items()
            if place not in self.inputs and place not in self.anchors
        }

    @cached_property
    def head(self) -> tuple[int, dict[int, str]]:
        """The row that names the columns: the most anchors, all different."""
        return max(
            ((row, texts) for row, texts in self.anchor_rows if len(set(texts.values())) == len(texts)),
            key=lambda item: len(item[1]),
        )

    @cached_property
    def keys(self) -> dict[Place, Key]:
        """The key of every keyed cell of the form."""
        return {(cell.row, cell.column): cell.key for cell in self.form.cells.values() if cell.key is not None}

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


class Placement(NamedTuple):
    """Where the rows and columns of a form stand on a returned sheet; none moved if both are empty."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]

    @property
    def moved(self) -> bool:
        return any(a != b for a, b in (*self.rows.items(), *self.columns.items()))

    def at(self, place: Place) -> Place:
        row, column = place
        return self.rows.get(row, row), self.columns.get(column, column)


def locate(issued: Issued, sheet: RawSheet) -> Placement | Problem:
    """Find every anchor of the form on a sheet: where it all stands, or what is missing or double."""
    texts = _Texts(sheet)
    broken = next((place for place, text in issued.anchors.items() if texts.at(place) != text), None)
    if broken is None:
        return _alone(issued, sheet, texts)
    return _relocated(issued, sheet, texts, broken)


def _gone(issued: Issued, sheet: RawSheet, place: Place, at: Place) -> Problem:
    """An anchor is not to be found; `at` is where it is missed on the returned sheet."""
    seen, expected = sheet.text(*at), issued.sheet.text(*place).replace("\n", "")
    return structure.ANCHOR.problem(sheet=sheet.name, cell=cell_name(at), seen=seen[:60], expected=expected[:60])


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


def _alone(issued: Issued, sheet: RawSheet, texts: _Texts) -> Placement | Problem:
    """No row of figures may stand a second time: a copy of a row below the form, say."""
    extra: dict[int, set[str]] = {}
    for place, cell in sheet.cells.items():
        if place not in issued.places:
            extra.setdefault(place[0], set()).add(texts.of(cell.text))
    own = {row for row, _ in issued.anchor_rows}
    whole = texts.by_row() if extra.keys() - own else {}
    for row in extra.keys() - own:  # beside the form only what is beside it counts, below it the whole row
        extra[row] = set(whole[row].values())
    for _, anchors in _figure_rows(issued) if extra else ():
        for row, found in extra.items():
            if found.issuperset(anchors.values()):
                return _twice(sheet, row, anchors)
    return Placement({}, {})


def _twice(sheet: RawSheet, row: int, anchors: Mapping[int, str]) -> Problem:
    column = next(iter(anchors))
    return structure.ANCHOR_TWICE.problem(sheet=sheet.name, cell=cell_name((row, column)), expected=" ".join(anchors.values())[:60])


def _figure_rows(issued: Issued) -> Sequence[tuple[int, dict[int, str]]]:
    """The rows of a table, which differ from each other, so that they may be found in any order."""
    tables = {cell.row for cell in issued.form.inputs() if cell.key is not None and cell.key[0] in ("figure", "share", CERTIFY)}
    tables |= {cell.row for cell in issued.form.inputs() if cell.key is not None and cell.key[2:] == ("support",)}
    return [(row, anchors) for row, anchors in issued.anchor_rows if row in tables]


def _relocated(issued: Issued, sheet: RawSheet, texts: _Texts, broken: Place) -> Placement | Problem:
    """Find the columns by the head, then every row by its anchors; `broken` is the first that stands elsewhere."""
    rows = texts.by_row()
    head_row, head = issued.head
    wanted = list(head.values())
    heads = []
    for row, cells in rows.items():
        here = [(column, text) for column, text in sorted(cells.items()) if text in wanted]
        if [text for _, text in here] == wanted:
            heads.append((row, [column for column, _ in here]))
    if not heads:
        return _headless(issued, sheet, rows)
    if len(heads) > 1:
        return _twice(sheet, heads[1][0], head)
    columns = _columns(issued, dict(zip(head, heads[0][1], strict=True)))
    tables = dict(_figure_rows(issued))
    found = {head_row: heads[0][0]}
    above = -1
    for row, anchors in issued.anchor_rows:
        if row == head_row:
            above = max(above, found[row])
            continue
        matching = [
            at for at, cells in rows.items() if all(cells.get(columns[column]) == text for column, text in anchors.items())
        ]
        if row in tables:
            if len(matching) > 1:
                return _twice(sheet, matching[1], anchors)
        else:  # heads and labels recur from project to project; their order is kept
            same = sum(other == anchors for _, other in issued.anchor_rows)
            if len(matching) > same:
                return _twice(sheet, matching[-1], anchors)
            matching = [at for at in sorted(matching) if at > above][:1] if len(matching) == same else []
            above = matching[0] if matching else above
        if not matching:
            return _nearest(issued, sheet, rows, columns, row, anchors, found)
        found[row] = matching[0]
    if len(set(found.values())) < len(found):
        return _gone(issued, sheet, broken, broken)
    behind = 0
    for row in range(max(place[0] for place in issued.places) + 1):  # rows without anchors follow the one above
        behind = found[row] - row if row in found else behind
        found.setdefault(row, row + behind)
    return Placement(found, columns)


def _headless(issued: Issued, sheet: RawSheet, rows: Mapping[int, Mapping[int, str]]) -> Problem:
    """Which title is missed: the first that is not in its turn, in the row that holds most of them."""
    row, head = issued.head
    wanted = list(head.values())
    at = max(rows, key=lambda row: len(set(rows[row].values()) & set(wanted)), default=row)
    here = [(column, text) for column, text in sorted(rows.get(at, {}).items()) if text in wanted]
    turn = next((n for n, (_, text) in enumerate(here) if n >= len(wanted) or text != wanted[n]), len(here))
    if turn >= len(wanted):
        return _twice(sheet, at, head)
    column = list(head)[min(turn, len(head) - 1)]
    return _gone(issued, sheet, (row, column), (at, here[turn][0] if turn < len(here) else column))


def _nearest(
    issued: Issued, sheet: RawSheet, rows: Mapping[int, Mapping[int, str]], columns: Mapping[int, int], row: int, anchors: Mapping[int, str],
    found: Mapping[int, int],
) -> Problem:
    """Which anchor of a row is missed: the first that differs in the row that is most like it, or where the row should follow."""
    taken = set(found.values())
    alike = {at: sum(cells.get(columns[column]) == text for column, text in anchors.items()) for at, cells in rows.items() if at not in taken}
    at = max(alike, key=lambda at: (alike[at], -at), default=row)
    if not alike.get(at):  # the whole row is gone
        before = max((other for other in found if other < row), default=row)
        at = found.get(before, row) + row - before
    column = next((column for column, text in anchors.items() if rows.get(at, {}).get(columns[column]) != text), min(anchors))
    return _gone(issued, sheet, (row, column), (at, columns[column]))


def _columns(issued: Issued, heads: Mapping[int, int]) -> dict[int, int]:
    """Every column of the form: those with a head by it, the others as far behind the last head as issued."""
    columns: dict[int, int] = {}
    behind = 0
    for column in range(max(place[1] for place in issued.places) + 1):
        if column in heads:
            behind = heads[column] - column
        columns[column] = column + behind
    return columns


_MOST_NAMED = 3


def _several(rule: Rule, sheet: RawSheet, places: Sequence[Place], seen: str = "") -> Problem:
    """One finding for all places of a kind: the first, and how many there are."""
    names = "、".join(cell_name(place) for place in places[:_MOST_NAMED])
    more = f"等{len(places)}处" if len(places) > _MOST_NAMED else ""
    return rule.problem(sheet=sheet.name, cell=cell_name(places[0]), seen=seen or f"{names}{more}")


def remarks(issued: Issued, sheet: RawSheet, placement: Placement) -> Iterator[Problem]:
    """What stands otherwise than issued without touching what is read."""
    if placement.moved:
        place = next(p for p in issued.inputs if placement.at(p) != p)
        yield structure.MOVED.problem(sheet=sheet.name, cell=cell_name(placement.at(place)), seen=f"{cell_name(place)} → {cell_name(placement.at(place))}")
    for check in (_hidden, _validation, _locked, _outside):
        yield from check(issued, sheet, placement)


def _hidden(issued: Issued, sheet: RawSheet, placement: Placement) -> Iterator[Problem]:
    if not sheet.hidden_rows and sheet.frame.hidden_columns == issued.sheet.frame.hidden_columns and not sheet.hidden:
        return
    hidden = {placement.at((0, column))[1] for column in issued.sheet.frame.hidden_columns}
    places = [
        at for at in map(placement.at, issued.inputs)
        if at[0] in sheet.hidden_rows or (at[1] in sheet.frame.hidden_columns and at[1] not in hidden)
    ]
    if places or sheet.hidden:
        yield _several(structure.HIDDEN, sheet, places or [(0, 0)], "" if places else "整页被隐藏")


def _validation(issued: Issued, sheet: RawSheet, placement: Placement) -> Iterator[Problem]:
    def covered(frame: Sequence[Area], place: Place) -> bool:
        return any(area.holds(*place) for area in frame)

    theirs = sheet.frame.validated
    if theirs == issued.sheet.frame.validated:
        return
    gone = [
        placement.at(place) for place in issued.inputs
        if covered(issued.sheet.frame.validated, place) and not covered(theirs, placement.at(place))
    ]
    if gone:
        yield _several(structure.VALIDATION, sheet, sorted(gone))


def _locked(issued: Issued, sheet: RawSheet, placement: Placement) -> Iterator[Problem]:
    changed: dict[Rule, list[Place]] = {}
    for place, was in issued.locked.items():
        now = sheet.cells.get(placement.at(place))
        rule = _difference(issued, place, was, now, placement.moved)
        if rule is not None:
            changed.setdefault(rule, []).append(placement.at(place))
    for rule, places in changed.items():
        yield _several(rule, sheet, sorted(places))


def _difference(issued: Issued, place: Place, was: RawCell, now: RawCell | None, moved: bool) -> Rule | None:
    if was.formula is not None:
        if now is None or now.formula is None:
            return structure.FORMULAS
        same = moved or not now.formula or now.formula == was.formula or _bare(now.formula) == _bare(was.formula)
        return None if same else structure.FORMULAS
    if now is not None and (now.text == was.text or same_text(now.text) == same_text(was.text)):
        return None
    key = issued.keys.get(place)
    if key is not None and key[2] == "previous":
        return structure.PREVIOUS
    if key is not None and key[2] == "denominator":  # a rule of its own says so
        return None
    return structure.LOCKED


def _bare(formula: str) -> str:
    """A formula without what programs write differently."""
    return "".join(sign for sign in formula if sign not in "' $\n").replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")


def _outside(issued: Issued, sheet: RawSheet, placement: Placement) -> Iterator[Problem]:
    own = {placement.at(place) for place in (*issued.sheet.cells, *issued.inputs)} if placement.moved else issued.places
    extra = [place for place, cell in sheet.cells.items() if place not in own and cell.text.strip()]
    if extra:
        yield _several(structure.OUTSIDE, sheet, sorted(extra), f"{cell_name(min(extra))}：{sheet.text(*min(extra))[:30]}")


def swallowed(issued: Issued, sheet: RawSheet, placement: Placement) -> list[Place]:
    """The input cells, as issued, that a merge made into part of a larger block."""
    if set(sheet.frame.merges) == issued.merges:
        return []
    held = []
    for place in issued.inputs:
        at, block = placement.at(place), issued.blocks.get(place)
        height, width = (block.bottom - block.top + 1, block.right - block.left + 1) if block else (1, 1)
        for area in sheet.frame.merges:
            if area.holds(*at) and (area.bottom - area.top + 1 > height or (area.right - area.left + 1 > width and not placement.moved) or (area.top, area.left) != at):
                held.append(place)
                break
    return held
