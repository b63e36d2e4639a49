"""Compare what a book says with what is stored in its file and with what LibreOffice makes of it."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from minsheng_xl.forms.layout import Book
from tests.workbooks import values_of


def same(expected: Any, found: Any) -> bool:
    """Equal as a spreadsheet holds it: numbers to twelve digits, a blank text as nothing."""
    if expected in (None, ""):
        return found in (None, "")
    if isinstance(expected, Fraction):
        close = isinstance(found, int | float) and not isinstance(found, bool)
        return close and abs(float(expected) - found) <= 1e-12 * max(1, abs(float(expected)))
    return bool(expected == found)


def differences(book: Book, *files: Path) -> tuple[int, list[str]]:
    """The number of formulas of a book, and where a file has another value than the twin."""
    found = [values_of(file) for file in files]
    count, different = 0, []
    for sheet, cell in book.formulas():
        count += 1
        expected = book.value(sheet, cell)
        values = [there[sheet.name].get(cell.address) for there in found]
        if not all(same(expected, value) for value in values):
            different.append(f"{sheet.name}!{cell.address} ={book.formula(sheet, cell)}: {expected!r} {values!r}")
    return count, different
