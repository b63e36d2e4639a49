"""What is typed into cells, and in which rectangles; nothing here speaks to a program."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from minsheng_xl.exact.addresses import Area, Place, area_name
from minsheng_xl.forms.edits import CellEdit
from minsheng_xl.forms.layout import PlacedCell
from minsheng_xl.texts import cleaned

GENERAL = "General"
_SURELY_TEXT = re.compile(r"[\u4e00-\u9fff][^\d年月日时点分秒]*\Z")
"""Begins with a Chinese character and holds nothing of a date or a time."""


def typed_in(edit: CellEdit) -> Any:
    """A content as it is typed into a cell: a text that might be taken for something else behind an apostrophe."""
    if edit.now.formula is not None:
        return f"={edit.now.formula}"
    value = edit.now.value
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return float(value)
    text = cleaned(str(value))
    return text if not text or _SURELY_TEXT.match(text) else f"'{text}"


def takes_a_format(edit: CellEdit) -> bool:
    """Whether a cell of no format takes one by what is written: that of the cells it refers to, or of a text."""
    cell = edit.cell
    if cell is None or cell.input is not None or cell.style.number != GENERAL:
        return False
    return str(typed_in(edit))[:1] in ("=", "'")


def blocks(cells: Mapping[Place, CellEdit]) -> Iterator[tuple[str, list[list[Any]]]]:
    """The new contents in rectangles, each with the area it fills."""
    tall: dict[tuple[int, int, int], tuple[Area, list[list[Any]]]] = {}
    for area, row in _lines(cells):
        above, rows = tall.pop((area.top - 1, area.left, area.right), (area, []))
        tall[area.bottom, area.left, area.right] = (above._replace(bottom=area.bottom), [*rows, row])
    for area, rows in tall.values():
        yield area_name(*area), rows


def _lines(cells: Mapping[Place, CellEdit]) -> list[tuple[Area, list[Any]]]:
    """The new contents of cells that stand beside each other."""
    lines: list[tuple[Area, list[Any]]] = []
    for row, column in sorted(cells):
        content = typed_in(cells[row, column])
        area, contents = lines[-1] if lines else (Area(-9, -9, -9, -9), [])
        if (row, column) == (area.top, area.right + 1):
            lines[-1] = (area._replace(right=column), [*contents, content])
        else:
            lines.append((Area(row, column, row, column), [content]))
    return lines


def stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(3, 4, 5, 9) → (3, 5), (9, 9)."""
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def runs(cells: Sequence[PlacedCell], of: Callable[[PlacedCell], object]) -> Iterator[tuple[Area, PlacedCell]]:
    """Cells of which the same is true, below each other, as one area; and the first of them."""
    run: list[PlacedCell] = []
    for cell in sorted(cells, key=lambda cell: (cell.column, cell.row)):
        if run and not (_is_below(cell, run[-1]) and of(cell) == of(run[0])):
            yield _area(run), run[0]
            run = []
        run.append(cell)
    if run:
        yield _area(run), run[0]


def _is_below(cell: PlacedCell, above: PlacedCell) -> bool:
    """Whether a cell stands just below another, and is as wide."""
    beside = (cell.row, cell.column, cell.across) == (above.row + 1, above.column, above.across)
    return beside and cell.down == above.down == 1


def _area(run: Sequence[PlacedCell]) -> Area:
    first, last = run[0], run[-1]
    return Area(first.row, first.column, last.row + last.down - 1, first.column + first.across - 1)
