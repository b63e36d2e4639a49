"""A1 addresses: where a cell or a block stands, as a place counted from 0 and as a clerk reads it.

Source of the limits: ECMA-376 part 1, SpreadsheetML (A1 to XFD1048576).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple, TypeAlias

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""How many rows and columns a sheet has."""

Place: TypeAlias = tuple[int, int]
"""Row and column of a cell, counted from 0."""

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?\Z")

_CORNER = re.compile(r"\$?([A-Z]{1,3})?\$?([0-9]{1,7})?\Z")


class NoSuchColumn(ValueError):
    """Letters that name no column of a sheet."""


class Area(NamedTuple):
    """A block of cells, both ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def places(self) -> Iterator[Place]:
        """Its cells, row by row."""
        return product(range(self.top, self.bottom + 1), range(self.left, self.right + 1))


EVERYWHERE = Area(0, 0, LAST_ROW - 1, LAST_COLUMN - 1)
"""All of a sheet."""


def on_sheet(name: str) -> str:
    """What stands before an address on another sheet: 'O''Hara'!"""
    return "'" + name.replace("'", "''") + "'!"


@lru_cache(maxsize=2048)
def column_letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=2048)
def column_number(letters: str) -> int:
    """H → 7. Raises NoSuchColumn."""
    number = 0
    for sign in letters:
        if not "A" <= sign <= "Z":
            raise NoSuchColumn(letters)
        number = number * 26 + ord(sign) - 64
    if not 0 < number <= LAST_COLUMN:
        raise NoSuchColumn(letters)
    return number - 1


def cell_name(place: Place) -> str:
    """(6, 7) → H7."""
    return f"{column_letters(place[1])}{place[0] + 1}"


def area_name(top: int, left: int, bottom: int, right: int, *, fixed: bool = False) -> str:
    """(0, 0, 4, 2) → A1:C5, or $A$1:$C$5 if `fixed`."""
    sign = "$" if fixed else ""
    first, last = (f"{sign}{column_letters(c)}{sign}{r + 1}" for r, c in ((top, left), (bottom, right)))
    return f"{first}:{last}"


def parse_area(name: str) -> Area:
    """A1:C5 or $A$1:$C$5 → (0, 0, 4, 2); a single cell is a block too. Raises ValueError of anything else."""
    found = _AREA.match(name)
    if found is None:
        raise ValueError(name)
    left, top, right, bottom = found.groups()
    return Area(int(top) - 1, column_number(left), int(bottom or top) - 1, column_number(right or left))


def area_meant(reference: str) -> Area | None:
    """What a spreadsheet makes of a reference that it did not write itself: corners in any order, small letters,
    whole columns (G:G) or rows (8:9); None if it makes nothing of it."""
    corners = [_CORNER.match(corner) for corner in reference.upper().split(":")]
    named = [(corner[1] or "", corner[2] or "") for corner in corners if corner is not None]
    kinds = {(bool(letters), bool(digits)) for letters, digits in named}
    is_one = kinds == {(True, True)} and len(corners) == 1
    is_block = len(kinds) == 1 and (False, False) not in kinds and len(corners) == 2
    if len(named) < len(corners) or not (is_one or is_block):
        return None
    try:
        columns = sorted(column_number(letters) for letters, _ in named if letters) or [0, LAST_COLUMN - 1]
    except NoSuchColumn:
        return None
    rows = sorted(int(digits) for _, digits in named if digits) or [1, LAST_ROW]
    return Area(rows[0] - 1, columns[0], min(rows[-1], LAST_ROW) - 1, columns[-1]) if rows[0] else None


def parse_cell(name: str) -> Place:
    """H7 or $H$7 → (6, 7). Raises ValueError of anything else."""
    area = parse_area(name)
    if ":" in name:
        raise ValueError(name)
    return area.top, area.left
