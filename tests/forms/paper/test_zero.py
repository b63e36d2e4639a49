"""A target of 0 (零事故) is a target: ≤0 on every sheet that shows one, met at 0, beyond it a rate of 0.0 %."""

from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import Certified, Reported
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.plan.model import Comparator
from tests.makers import empty_account, figure

OCTOBER = Period.parse("2022-10")
CODE, UNIT = "9-1", "团县委"


def master(plan: Plan, value: int) -> Book:
    """The master of a month in which the target of an indicator is that nothing happens, and `value` did."""
    changed = plan.having(indicators=tuple(
        i._replace(comparator=Comparator.AT_MOST, target=Fraction(0)) if i.code == CODE else i for i in plan.indicators
    ))
    account = empty_account(changed, OCTOBER, {UNIT: {figure(CODE): Fraction(value)}})
    said = Certified(
        unit="县统计局", opinion="同意报送数", figure=Fraction(value), reported=Reported(Fraction(value), OCTOBER), file="",
        received=datetime(2022, 11, 9),
    )
    return master_book(account._replace(certified={CODE: said}), "", 0)


def shown(book: Book, id: str, row: str, *keys: str) -> tuple[object, ...]:
    sheet = book.sheet(id)
    return tuple(book.value(sheet, cell_of(sheet, row, key)) for key in keys)


def cell_of(sheet: Sheet, row: str, key: str):  # type: ignore[no-untyped-def]
    return sheet.cell(RowName(row, CODE).cell(key))


SHEETS = [("project:9", "row"), ("summary", "row"), ("certification", "certified"), (f"unit:{UNIT}", "figure")]


@pytest.mark.parametrize(("value", "rate"), [(0, 1), (2, 0)])
def test_every_sheet_that_shows_a_rate(sample_plan: Plan, value: int, rate: int) -> None:
    book = master(sample_plan, value)
    for id, row in SHEETS:
        assert shown(book, id, row, "target", "rate") == (0, rate), id
        assert cell_of(book.sheet(id), row, "target").style.number == '"≤"#,##0'
        assert "%" in cell_of(book.sheet(id), row, "rate").style.number
    assert shown(book, "summary", "row", "status")[0] == ("● 按序时" if value == 0 else "▼ 滞后红")


def test_the_list_of_what_lags_says_the_target(sample_plan: Plan) -> None:
    book = master(sample_plan, 2)
    first = RowName("lagging", "1")
    sheet = book.sheet("lagging")
    said = [book.value(sheet, sheet.cell(first.cell(key))) for key in ("name", "target", "reported", "rate", "deviation")]
    assert said == [sample_plan.indicator(CODE).name, "≤0场次", "2", 0, -100]
