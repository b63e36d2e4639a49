"""A unit's form in pages: the place of its seal stays whole, with the words before it, under heads that are theirs.

A page of A4 across holds 97 % of 595 less 93.6 points: 486, twenty-four rows of twenty.
"""

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.forms.pages import FormParts, paginate
from minsheng_xl.forms.unit import unit_form

NUMBERS_AND_ONE = FormParts(numbers=5, led=[10], support=None, supported=range(0), foot=20)
NUMBERS_AND_MANY = FormParts(numbers=5, led=[10], support=20, supported=range(22, 40), foot=40)
SUPPORT_ALONE = FormParts(numbers=None, led=[], support=5, supported=range(7, 20), foot=20)
THREE_SUPPORTED = FormParts(numbers=None, led=[], support=5, supported=range(7, 10), foot=10)
NUMBERS_ALONE = FormParts(numbers=5, led=[], support=None, supported=range(0), foot=20)
TWO_LED = FormParts(numbers=5, led=[8, 14], support=None, supported=range(0), foot=20)


def form(rows: int, high: dict[int, float]) -> Sheet:
    sheet = Sheet("unit", "填报表", widths=[10] * 4)
    for row in range(rows):
        sheet.put(row, 0, "一", look.PLAIN)
        sheet.heights[row] = high.get(row, 20)
    return sheet


@pytest.mark.parametrize(
    ("parts", "foot", "high", "breaks", "head"),
    [
        (NUMBERS_AND_ONE, 4, {}, (), (5, 5)),
        (NUMBERS_AND_ONE, 5, {}, (10,), (0, 1)),
        (NUMBERS_AND_ONE, 5, {6: 280, 7: 280}, (10,), (5, 5)),  # the numbers alone take more than a page
        (NUMBERS_AND_ONE, 5, {12: 250, 13: 250}, (20,), (5, 5)),  # words and foot are more than a page
        (TWO_LED, 5, {}, (14,), (0, 1)),
        (NUMBERS_ALONE, 5, {}, (20,), (5, 5)),
        (SUPPORT_ALONE, 4, {}, (), None),
        (SUPPORT_ALONE, 5, {}, (17,), (6, 6)),
        (THREE_SUPPORTED, 5, {7: 110, 8: 110, 9: 110}, (5,), (0, 1)),
        (THREE_SUPPORTED, 6, {7: 110, 8: 110, 9: 125}, (10,), None),
        (NUMBERS_AND_MANY, 2, {}, (20,), (0, 1)),  # two rows are repeated, twenty stand below
        (NUMBERS_AND_MANY, 3, {}, (20, 37), (0, 1)),
    ],
)  # fmt: skip
def test_the_foot_is_whole_and_in_company(
    parts: FormParts, foot: int, high: dict[int, float], breaks: tuple[int, ...], head: tuple[int, int] | None
) -> None:
    sheet = form(parts.foot + foot, high)
    paginate(sheet, parts, seal=True)
    assert (sheet.print.breaks, sheet.print.head_rows) == (breaks, head)


@pytest.mark.parametrize(("parts", "breaks"), [(NUMBERS_AND_ONE, ()), (NUMBERS_AND_MANY, (20,))])
def test_a_foot_without_a_seal_may_stand_anywhere(parts: FormParts, breaks: tuple[int, ...]) -> None:
    sheet = form(parts.foot + 5, {})
    paginate(sheet, parts, seal=False)
    assert sheet.print.breaks == breaks


def test_no_seal_of_the_built_in_plan_stands_alone(sample_plan: Plan) -> None:
    for unit in sample_plan.reporting_units:
        sheet = unit_form(sample_plan, unit, Period.parse("2022-10"), {})
        foot = min(cell.row for cell in sheet.cells.values() if str(cell.content).startswith("单位负责人"))
        words = [cell.row for cell in sheet.cells.values() if cell.key is not None and cell.key.is_of_project]
        last = max(sheet.print.breaks, default=0)
        assert last < foot, unit.name
        assert [row for row in words if row >= last], unit.name
