"""Rows, columns and cells inserted, deleted and moved in the XML of a sheet, as a spreadsheet does it."""

import re
from collections.abc import Callable, Sequence

from tests.hostile.base import Change

_REFERENCE = re.compile(r"(?<![A-Za-z!])(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\d(A-Za-z])")
_ROW = re.compile(r'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.S)
_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', re.S)

Move = Callable[[int, int], "tuple[int, int] | None"]


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def moved(move: Move) -> Change:
    """Every cell, merge, validation, light and formula follows `move`, (row, column) → its new place or None."""

    def one(match: re.Match[str]) -> str:
        place = move(int(match[4]), column_number(match[2]))
        return "#REF!" if place is None else f"{match[1]}{column_letters(place[1])}{match[3]}{place[0]}"

    def references(text: str) -> str:
        return _REFERENCE.sub(one, text)

    def ranges(match: re.Match[str]) -> str:
        kept = [r for r in references(match[2]).split(" ") if "#REF!" not in r]
        return f'{match[1]}="{" ".join(kept) or "ZZ9999"}"'

    def change(sheet: str) -> str:
        before, body, after = re.match("(.*<sheetData>)(.*)(</sheetData>.*)", sheet, re.S).groups()  # type: ignore[union-attr]
        rows: dict[int, dict[int, str]] = {}
        attributes: dict[int, str] = {}
        for row in _ROW.finditer(body):
            place = move(int(row[1]), 1) or move(int(row[1]), 2)
            if place is not None:
                attributes[place[0]] = re.match(r'<row r="\d+"([^>]*?)/?>', row[0])[1]  # type: ignore[index]
                rows.setdefault(place[0], {})
            for cell in _CELL.finditer(row[0]):
                to = move(int(cell[2]), column_number(cell[1]))
                if to is not None:
                    xml = cell[0].replace(f'r="{cell[1]}{cell[2]}"', f'r="{column_letters(to[1])}{to[0]}"', 1)
                    rows.setdefault(to[0], {})[to[1]] = re.sub("(<f[^>]*>)(.*?)(</f>)", lambda m: m[1] + references(m[2]) + m[3], xml)
        body = "".join(
            f'<row r="{n}"{re.sub(" spans=.[0-9:]*.", "", attributes.get(n, ""))}>' + "".join(x for _, x in sorted(rows[n].items())) + "</row>"
            for n in sorted(rows)
        )
        after = re.sub(r'\b(ref|sqref)="([^"]*)"', ranges, after)
        after = re.sub(r'<(?:mergeCell|dataValidation)\b[^>]*"ZZ9999"(?:/>|>.*?</dataValidation>)', "", after)
        return before + body + after

    return change


def insert_rows(before: int, count: int = 1) -> Change:
    return moved(lambda r, c: (r + count if r >= before else r, c))


def delete_row(row: int) -> Change:
    return moved(lambda r, c: None if r == row else (r - (r > row), c))


def insert_columns(before: str, count: int = 1) -> Change:
    left = column_number(before)
    return moved(lambda r, c: (r, c + count if c >= left else c))


def delete_column(column: str) -> Change:
    gone = column_number(column)
    return moved(lambda r, c: None if c == gone else (r, c - (c > gone)))


def order_rows(first: int, order: Sequence[int]) -> Change:
    """Whole rows from `first` on in another order: order[0] is the old row that comes first."""
    places = {old: first + n for n, old in enumerate(order)}
    return moved(lambda r, c: (places.get(r, r), c))


def shift_down(column: str, first: int, last: int) -> Change:
    """Insert a cell: those of one column from `first` to `last` go one down; the last is lost."""
    only = column_number(column)
    return moved(lambda r, c: (None if r == last else (r + 1, c)) if c == only and first <= r <= last else (r, c))


def shift_up(column: str, first: int, last: int) -> Change:
    """Delete the cell `first`; those below in the same column go one up."""
    only = column_number(column)
    return moved(lambda r, c: (None if r == first else (r - 1, c)) if c == only and first <= r <= last else (r, c))


def shift_right(row: int, before: str) -> Change:
    """Insert a cell into one row."""
    left = column_number(before)
    return moved(lambda r, c: (r, c + 1) if r == row and c >= left else (r, c))


def with_row(row: int, cells: str) -> Change:
    """Cells in a row that has none: given as XML."""

    def change(sheet: str) -> str:
        made = f'<row r="{row}">{cells}</row>'
        if re.search(rf'<row r="{row}"[^>]*/>', sheet):
            return re.sub(rf'<row r="{row}"[^>]*/>', lambda m: made, sheet)
        if f'<row r="{row}"' in sheet:
            return re.sub(rf'(<row r="{row}"[^>]*>)(.*?)(</row>)', lambda m: m[1] + m[2] + cells + m[3], sheet, count=1, flags=re.S)
        later = [m for m in _ROW.finditer(sheet) if int(m[1]) > row]
        place = later[0].start() if later else sheet.index("</sheetData>")
        return sheet[:place] + made + sheet[place:]

    return change
