"""A grid being filled: cells are put where they begin, with how far they reach, and it becomes a `Lattice`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from minsheng_xl.papers.refusals import TOO_LARGE, Refused
from minsheng_xl.published.heads import is_task_head
from minsheng_xl.published.paper import Lattice, LatticePlace, TextBlock

Blocks = Sequence[Lattice | TextBlock]

_UNSEEN = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
MOST_PLACES = 200_000
"""Of one table; the largest honest one that was met has 200 rows of 12 columns."""


class LatticeGrid:
    """Places by (row, column); what was put first stays."""

    def __init__(self, columns: int = 0) -> None:
        self._places: dict[tuple[int, int], LatticePlace] = {}
        self.rows, self.columns = 0, columns

    def put(self, text: str, row: int, column: int, *, rows: int = 1, columns: int = 1) -> None:
        """Put a cell that reaches over so many rows and columns."""
        if (max(self.rows, row + rows)) * max(self.columns, column + columns) > MOST_PLACES:
            raise Refused(TOO_LARGE.format(reason="一张表的格子太多"))
        place = LatticePlace(text, row, column)
        for down in range(row, row + rows):
            for right in range(column, column + columns):
                self._places.setdefault((down, right), place)
        self.rows, self.columns = max(self.rows, row + rows), max(self.columns, column + columns)

    def lengthen(self, row: int, column: int, columns: int) -> None:
        """Let the cell above reach into this row too."""
        above = self._places.get((row - 1, column))
        if above is None:
            self.put("", row, column, columns=columns)
            return
        for right in range(column, column + columns):
            self._places.setdefault((row, right), above)
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + columns)

    def free(self, row: int, column: int) -> int:
        """The first column from `column` on in which nothing stands in that row."""
        while (row, column) in self._places:
            column += 1
        return column

    def lattice(self, where: str) -> Lattice:
        """The table; a place where nothing was put is blank."""
        return Lattice(tuple(map(self._row, range(self.rows))), where)

    def _row(self, row: int) -> tuple[LatticePlace, ...]:
        found = (self._places.get((row, column), LatticePlace("", row, column)) for column in range(self.columns))
        return tuple(found)


def tidy(text: str) -> str:
    """A text of a cell or paragraph: no blanks at the ends of its lines, no blank lines, no signs that are not seen."""
    lines = (_UNSEEN.sub("", line).strip(" \t\r\xa0\u3000") for line in text.replace("\x0b", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def text_of(blocks: Blocks) -> str:
    """Blocks as the text of a cell: of a table a line a row, its cells divided by a blank."""
    lines: list[str] = []
    for block in blocks:
        lines += [block.text] if isinstance(block, TextBlock) else map(" ".join, said(block))
    return "\n".join(line for line in lines if line)


def said(lattice: Lattice) -> Iterator[list[str]]:
    """The texts of each row that begin in it, without blank ones."""
    for number, row in enumerate(lattice.rows):
        begun = (place for column, place in enumerate(row) if (place.row, place.column) == (number, column))
        yield [place.text for place in begun if place.text]


def framed(outer: Lattice, contents: Sequence[Blocks]) -> Iterator[Lattice | TextBlock]:
    """A table whose cells hold these blocks: itself; or the blocks, if there are tables among them and it is not a
    task table: then it only lays out the page."""
    inner = [block for block in chain.from_iterable(contents) if isinstance(block, Lattice)]
    if inner and not any(map(_is_head, outer.rows)):
        yield from chain.from_iterable(contents)
    elif outer.rows:
        yield outer


def _is_head(row: Sequence[LatticePlace]) -> bool:
    return is_task_head([place.text for place in row])


def with_places(blocks: Iterable[Lattice | TextBlock]) -> tuple[Lattice | TextBlock, ...]:
    """The blocks of a paper without pages, its tables named in their order."""
    named: list[Lattice | TextBlock] = []
    count = 0
    for block in blocks:
        count += isinstance(block, Lattice)
        named.append(block._replace(where=f"表{count}") if isinstance(block, Lattice) else block)
    return tuple(named)
