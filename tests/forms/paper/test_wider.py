"""Where a desk lacks a face, one a third wider may stand in for it: nothing on any sheet is cut by that.

Each text is broken into lines of a cell as wide as it is drawn, in a face of which every sign is a third wider, as are its digits and
letters, half as wide; a line takes 1.3 of its size. What shrinks to fit shrinks to no less than half of its size.
"""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

import pytest

from minsheng_xl import Plan
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import reported_of
from minsheng_xl.exact.expressions import Value
from minsheng_xl.forms.attestation import attestation_book
from minsheng_xl.forms.certification import certification_book
from minsheng_xl.forms.confirmation import confirming_book
from minsheng_xl.forms.feedback import feedback_book
from minsheng_xl.forms.layout import Book, PlacedCell, Sheet, width_pixels
from minsheng_xl.forms.left import left_of
from minsheng_xl.forms.look import Style
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.forms.table import Owner
from minsheng_xl.forms.unit import unit_book
from tests.forms.paper.accounts import certified, everything_met, nothing, worst
from tests.proof.test_attest import YEAR

THIRD = 4 / 3
LINE, LEAST, BORDERS = 1.3, 0.5, 3.0
HIGHEST = 400.0
"""Points of the highest row: a spreadsheet has none that is higher."""


class Cut(NamedTuple):
    """A text of which a part cannot be seen: where, how high its row is, and how it begins."""

    sheet: str
    cell: str
    high: float
    text: str


def wide(text: str, size: float, wider: float) -> float:
    return sum(size if ord(sign) > 0x2E7F else size / 2 for sign in text) * wider


def lines(text: str, room: float, size: float, wider: float) -> int:
    """How many lines a text takes, each ended before the sign that has no room."""
    needed = 0
    for part in text.split("\n"):
        needed, used = needed + 1, 0.0
        for sign in part:
            width = wide(sign, size, wider)
            needed, used = (needed + 1, width) if used and used + width > room else (needed, used + width)
    return needed


def shown(value: Value, style: Style) -> str:
    """A value as the cell shows it, as far as its length goes."""
    if not isinstance(value, Fraction):
        return value if isinstance(value, str) else ""
    if "%" in style.number:
        return f"{float(value):.1%}"
    return f"{float(value):,.0f}" if value.denominator == 1 else f"{float(value):+.1f}"


def room_beside(sheet: Sheet, cell: PlacedCell, taken: set[tuple[int, int]]) -> float:
    """How far a text may run over the blank cells at its right."""
    after = range(cell.column + cell.across, len(sheet.widths))
    is_blank = accumulate(((cell.row, n) not in taken for n in after), lambda before, one: before and one)
    if cell.style.align != "left" or cell.across > 1:
        return 0
    return sum(width_pixels(sheet.widths[n]) * 0.75 for n, blank in zip(after, is_blank, strict=True) if blank)


def taken_by(sheet: Sheet) -> set[tuple[int, int]]:
    found = set()
    for cell in sheet.cells.values():
        found |= {(cell.row + down, cell.column + right) for down in range(cell.down) for right in range(cell.across)}
    return found


def is_whole(sheet: Sheet, cell: PlacedCell, text: str, beside: float, wider: float) -> bool:
    style, columns = cell.style, range(cell.column, cell.column + cell.across)
    widths = (width_pixels(sheet.widths[n]) * 0.75 for n in columns if n not in sheet.hidden_columns)
    room = sum(widths) - BORDERS - style.size * style.indented
    rows = range(cell.row, cell.row + cell.down)
    high = sum(sheet.heights.get(row, 15.0) for row in rows if row not in sheet.hidden_rows)
    if style.wrap:
        return lines(text, room, style.size, wider) * style.size * LINE <= high + 0.5
    return wide(text, style.size, wider) * (LEAST if style.shrink else 1) <= room + beside + 0.5


def cut(book: Book, wider: float) -> Iterator[Cut]:
    for sheet in (one for one in book.sheets if not one.hidden):
        taken = taken_by(sheet)
        for cell in sheet.cells.values():
            if cell.column in sheet.hidden_columns or cell.row in sheet.hidden_rows:
                continue
            text = shown(book.value(sheet, cell), cell.style)
            if text and not is_whole(sheet, cell, text, room_beside(sheet, cell, taken), wider):
                yield Cut(sheet.name, cell.address, sheet.heights.get(cell.row, 15.0), text[:20])


def books_of(account: PeriodAccount) -> list[Book]:
    """The master of an account, and what is printed of it."""
    book = master_book(account, "", 0)
    return [book, *(printed(book, account, [output]) for output in outputs(account))]


def forms_of(account: PeriodAccount) -> Iterator[Book]:
    """What goes out to units of an account: forms, 核对单, 核实单, the form for certification; and the sheet that proves it."""
    plan, period, entries = account.plan, account.period, account.entries()
    for unit in plan.reporting_units:
        yield unit_book(plan, unit, period, account.before)
        left, given = left_of(account, unit.name), account.units[unit.name].given()
        sentences = ["G8 本期累计写的是“约5000”，不是数字。请只写数字，单位是人。", "请于2022年11月10日前改好后重新报送。"]
        yield feedback_book(plan, unit, period, left, given, {}, {}, sentences, is_refused=True)
    for name in plan.leading_units:
        yield confirming_book(Owner(plan, name, period), entries, left=left_of(account, name), due=date(2022, 11, 12), head="0" * 16)
    yield certification_book(plan, plan.unit("县统计局"), period, reported_of(account), "0" * 16)
    yield attestation_book(YEAR)


@pytest.mark.parametrize("make", [nothing, everything_met, certified])
def test_nothing_is_cut_in_a_face_a_third_wider(sample_plan: Plan, make: Callable[[Plan], PeriodAccount]) -> None:
    assert [one for book in books_of(make(sample_plan)) for one in cut(book, THIRD)] == []


@pytest.mark.parametrize("make", [nothing, certified])
def test_no_form_is_cut_in_it(sample_plan: Plan, make: Callable[[Plan], PeriodAccount]) -> None:
    assert {one for book in forms_of(make(sample_plan)) for one in cut(book, THIRD)} == set()


def test_of_the_longest_texts_only_rows_of_the_greatest_height_are_cut() -> None:
    found = [one for book in books_of(worst()) for one in cut(book, THIRD)]
    assert [one for one in found if one.high < HIGHEST] == []


def test_in_a_face_that_is_twice_as_wide_texts_are_cut(sample_plan: Plan) -> None:
    """What is measured here can be cut."""
    found = {one.sheet for book in books_of(certified(sample_plan)) for one in cut(book, 2)}
    assert {"首页", "领导简报", "进展汇总总表", "单位完成情况排名", "项目1", "认定表", "县民政局"} <= found
