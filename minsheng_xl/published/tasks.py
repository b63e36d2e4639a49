"""The task tables of a paper: heads found, tables that go on joined, rows read as tasks.

A table goes on where its head is repeated, or where a table of as many columns follows it without any head. What is
no task table is left out. A paper without one is read as a list (`listed.py`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minsheng_xl.published.heads import Heads, heads_of, meant, squashed
from minsheng_xl.published.listed import listed_in
from minsheng_xl.published.paper import Document, Lattice, LatticePlace, Published, TextBlock
from minsheng_xl.published.rows import TaskRows
from minsheng_xl.published.titles import is_title, title_of

_PAGE_NUMBER = re.compile(r"[\s—–－\-·]*(?:第?\s*\d+\s*页?(?:[/共，,]\s*\d+\s*页?)?)?[\s—–－\-·]*|[（(]?续(?:上)?表?[）)]?")
_LONGEST_SECTION = 30


class _Head(NamedTuple):
    """A head found in a table: how many rows it takes, and for each of its words the places of its columns."""

    heads: Heads
    height: int
    spans: tuple[tuple[int, ...], ...]

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(map(squashed, self.heads.words))


class _TaskTable:
    """A task table that is being put together."""

    def __init__(self, head: _Head, title: str, lattice: Lattice) -> None:
        self.head, self.title = head, title
        self.columns = len(lattice.rows[0])
        self.where = [lattice.where]
        self.rows = TaskRows(head.heads)

    def add(self, lattice: Lattice, numbers: Sequence[int], head: _Head) -> None:
        """Read rows of a table under a head."""
        if lattice.where not in self.where:
            self.where.append(lattice.where)
        self.rows.begin(lattice)
        for number in numbers:
            self.rows.read(lattice, number, head.spans)

    def published(self) -> Published:
        tasks, remarks = self.rows.finished()
        heads = tuple(zip(map(_shown, self.head.heads.words), self.head.heads.columns, strict=True))
        return Published(self.title, tasks, heads, "、".join(self.where), (*self.head.heads.remarks, *remarks))


def _shown(word: str) -> str:
    return re.sub(r"\s+", "", word)


def published_in(document: Document) -> tuple[Published, ...]:
    """The task tables of a paper in their order, or, if it has none, its list of tasks."""
    tables: list[_TaskTable] = []
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, TextBlock):
            above += (line for line in block.text.split("\n") if not _PAGE_NUMBER.fullmatch(line))
            continue
        _read_lattice(tables, block, above)
        above = []
    found = tuple(table.published() for table in tables)
    return tuple(one for one in found if one.tasks) or listed_in(document)


def _read_lattice(tables: list[_TaskTable], lattice: Lattice, above: Sequence[str]) -> None:
    """Read a table: what stands before its first head goes on with the table before it, if it can."""
    parts = list(_parts(lattice))
    for head, numbers, titles in parts:
        current = tables[-1] if tables else None
        if head is None:
            if current is not None and not above and current.columns == len(lattice.rows[0]) and len(parts) == 1:
                current.add(lattice, numbers, current.head)
            continue
        said = [*above, *titles]
        if current is None or head.key != current.head.key or any(map(is_title, said)):
            current = _TaskTable(head, title_of(said), lattice)
            tables.append(current)
        elif said and len(said[-1]) <= _LONGEST_SECTION:
            current.rows.section = said[-1]
        current.add(lattice, numbers, head)
        above = []


def _parts(lattice: Lattice) -> Iterator[tuple[_Head | None, list[int], list[str]]]:
    """The pieces of a table: each head with the rows below it and the title rows above it."""
    head: _Head | None = None
    numbers: list[int] = []
    titles: list[str] = []
    place = 0
    while place < len(lattice.rows):
        found = _head_at(lattice, place)
        if found is None:
            numbers.append(place)
            place += 1
            continue
        above = _title_rows(lattice, numbers)
        if head is not None:
            yield head, numbers[: len(numbers) - len(above)], titles
        elif len(above) < len(numbers) and not titles:
            yield None, numbers, []
        head, numbers, titles = found, [], above
        place += found.height
    yield head, numbers, titles


def _title_rows(lattice: Lattice, numbers: Sequence[int]) -> list[str]:
    """The texts of the last rows of these that hold one text each."""
    titles: list[str] = []
    for number in reversed(numbers):
        texts = _texts(lattice.rows[number])
        if len(texts) > 1:
            break
        titles = texts + titles if texts else ["", *titles]
    return titles


def _texts(row: Sequence[LatticePlace]) -> list[str]:
    return [place.text for place in dict.fromkeys(row) if place.text]


def _head_at(lattice: Lattice, number: int) -> _Head | None:
    """The head that begins in a row, of one row or of two."""
    row = lattice.rows[number]
    below = lattice.rows[number + 1] if number + 1 < len(lattice.rows) else None
    if below is not None and _is_divided(row, below, number):
        pairs = list(zip(row, below, strict=True))
        found = _head([(_key(*pair), _words(*pair)) for pair in pairs], pairs, 2)
        if found is not None:
            return found
    return _head([(place.text, place.text) for place in row], list(row), 1)


def _head(words: Sequence[tuple[str, str]], places: Sequence[object], height: int) -> _Head | None:
    """A head of (word that is looked up, word as published) pairs; places that are one cell are one head."""
    spans: dict[object, list[int]] = {}
    for column, place in enumerate(places):
        spans.setdefault(place, []).append(column)
    firsts = [columns[0] for columns in spans.values()]
    heads = heads_of([words[first][0] for first in firsts])
    if heads is None:
        return None
    heads = heads._replace(words=tuple(words[first][1] for first in firsts))
    return _Head(heads, height, tuple(map(tuple, spans.values())))


def _is_divided(row: Sequence[LatticePlace], below: Sequence[LatticePlace], number: int) -> bool:
    """Whether a row of heads has a second one: below heads that are merged over several columns, and only there."""
    counts: dict[LatticePlace, int] = {}
    for place in row:
        counts[place] = counts.get(place, 0) + 1
    new = [(upper, lower) for upper, lower in zip(row, below, strict=True) if lower.row > number and lower.text]
    return bool(new) and len(counts) > 1 and all(upper.text and counts[upper] > 1 for upper, _ in new)


def _key(upper: LatticePlace, lower: LatticePlace) -> str:
    """The word by which a head of two rows is known."""
    if lower == upper or not lower.text:
        return upper.text
    whole = upper.text + lower.text
    return whole if meant(whole) else lower.text


def _words(upper: LatticePlace, lower: LatticePlace) -> str:
    return upper.text if lower == upper or not lower.text else f"{squashed(upper.text)}·{squashed(lower.text)}"
