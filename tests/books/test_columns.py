"""Columns of a sheet made as wide as they are to be, where they stand."""

import re

import pytest

from minsheng_xl.books.edit.columns import with_widths
from minsheng_xl.books.edit.spans import NotPlain

SHEET = '<worksheet><sheetFormatPr defaultRowHeight="13.5"/>{}<sheetData><row r="1"/></sheetData></worksheet>'
TEN = "9.375"
"""As our files tell a width of 10: 75 pixels, in digits of eight; a width of 16 is 117 of them: 14.625."""
HAD = [10.0]
"""The columns before the one that is new."""


def columns(*runs: tuple[int, int, str]) -> str:
    return "".join(f'<col min="{first}" max="{last}" width="{width}" customWidth="1"/>' for first, last, width in runs)


def told(text: str) -> list[tuple[int, int, float]]:
    found = re.findall(r"<col ([^>]*)/>", text)
    attributes = [dict(re.findall(r'(\w+)="([^"]*)"', one)) for one in found]
    return [(int(one["min"]), int(one["max"]), round(float(one["width"]), 2)) for one in attributes]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([(1, 1, TEN)], [(1, 1, 9.38), (3, 3, 14.62)]),  # there was none yet
        ([(1, 1, TEN), (3, 3, "8.38")], [(1, 1, 9.38), (3, 3, 14.62)]),
        ([(1, 4, TEN)], [(1, 2, 9.38), (3, 3, 14.62), (4, 4, 9.38)]),  # in the middle of a run
        ([(3, 16384, "9")], [(3, 3, 14.62), (4, 16384, 9.0)]),
        ([(2, 3, "9")], [(2, 2, 9.0), (3, 3, 14.62)]),
        ([(5, 5, TEN)], [(3, 3, 14.62), (5, 5, 9.38)]),
    ],
)
def test_a_new_column_gets_its_width(before: list[tuple[int, int, str]], after: list[tuple[int, int, float]]) -> None:
    text = SHEET.format(f"<cols>{columns(*before)}</cols>")
    made = with_widths(text, HAD, {2: (None, 16.0)})
    assert told(made) == after
    assert re.sub(r"<cols>.*</cols>", "{}", made) == SHEET


def test_a_sheet_without_widths_gets_them_before_its_rows() -> None:
    made = with_widths(SHEET.format(""), HAD, {0: (None, 10.0)})
    assert made == SHEET.format('<cols><col width="9.375" customWidth="1" min="1" max="1"/></cols>')


@pytest.mark.parametrize(("there", "width"), [(TEN, 14.62), ("9", 14.62), ("10.2", 14.62), ("20", 20.0), ("8", 8.0)])
def test_a_column_is_widened_unless_the_office_has_done_so(there: str, width: float) -> None:
    text = SHEET.format(f"<cols>{columns((1, 2, TEN), (3, 3, there))}</cols>")
    assert told(with_widths(text, [10.0] * 3, {2: (10.0, 16.0)})) == [(1, 2, 9.38), (3, 3, width)]


def test_a_program_that_tells_widths_otherwise_is_answered_in_its_own_measure() -> None:
    """10.7143 for 75 pixels: digits of seven; the office has widened the second column."""
    text = SHEET.format(f"<cols>{columns((1, 1, '10.7143'), (2, 2, '40'), (3, 3, '10.7143'))}</cols>")
    assert told(with_widths(text, [10.0] * 3, {2: (10.0, 16.0), 3: (None, 10.0)})) == [(1, 1, 10.71), (2, 2, 40.0), (3, 3, 16.71), (4, 4, 10.71)]


def test_what_else_a_column_has_stays() -> None:
    text = SHEET.format('<cols><col min="3" max="4" width="9" style="7" hidden="1"/></cols>')
    made = with_widths(text, HAD, {2: (None, 16.0)})
    assert made.count('style="7" hidden="1"') == 2
    assert told(made) == [(3, 3, 14.62), (4, 4, 9.0)]


@pytest.mark.parametrize("inside", ["<other/>", '<col width="9"/>', '<col min="1" max="x"/>'])
def test_what_is_written_otherwise_is_left(inside: str) -> None:
    with pytest.raises(NotPlain):
        with_widths(SHEET.format(f"<cols>{inside}</cols>"), HAD, {2: (None, 16.0)})
