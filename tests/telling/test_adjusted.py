"""指标调整情况表: what was adjusted by a period, and what was corrected so that less is asked; on paper where there is any."""

from datetime import datetime

import openpyxl

from minsheng_xl import Period, Year, consolidate, issue
from minsheng_xl.accounts.period import Adjustment
from minsheng_xl.telling.adjusted import adjustments_of
from minsheng_xl.telling.print import print_period
from tests.changes.office import changed

OCTOBER, NOVEMBER, DECEMBER = (Period.parse(f"2022-{month}") for month in (10, 11, 12))
NOW, LATER, NEXT = datetime(2022, 11, 5, 16), datetime(2022, 11, 6, 9), datetime(2022, 11, 30, 9)


def told(year: Year, period: Period) -> list[Adjustment]:
    return list(adjustments_of(year.plans.changes(), year.plan.at(period), period))


def test_what_begins_later_is_not_told_yet(issued: Year) -> None:
    year = changed(issued, "指标", "8-1", 目标="200")
    consolidate(year, OCTOBER, NOW)
    year = changed(year, "变更记录", "1", 文号="鲁政办9号")
    consolidate(year, OCTOBER, LATER)
    assert told(year, OCTOBER) == []
    name = year.plan.indicator("8-1").name
    assert told(year, NOVEMBER) == [
        Adjustment(
            of="8-1", name=name, column="目标", was="120", now="200", begins="2022年11月", document="鲁政办9号", basis="",
            lead="县残联",
        )
    ]
    year.close()


def test_of_corrections_those_are_told_that_ask_less(issued: Year) -> None:
    year = changed(issued, "指标", "8-1", 目标="100", 权重="2")
    consolidate(year, OCTOBER, NOW)
    year = changed(changed(year, "变更记录", "1", 更正="是", 起始期次=None, 依据="笔误"), "变更记录", "2", 更正="是", 起始期次=None)
    consolidate(year, OCTOBER, LATER)
    assert [(one.column, one.was, one.now, one.begins, one.basis) for one in told(year, OCTOBER)] == [
        ("目标", "120", "100", "更正", "笔误"),
    ]
    year.close()


def test_it_is_in_the_stack_of_the_period_in_which_something_was_adjusted(issued: Year) -> None:
    year = changed(issued, "指标", "8-1", 目标="200")
    consolidate(year, OCTOBER, NOW)
    issue(year, NOVEMBER, NEXT)
    consolidate(year, NOVEMBER, NEXT)
    stacks = {}
    for period in (OCTOBER, NOVEMBER):
        result = print_period(year, period, NEXT, what=(), update=False)
        stacks[period] = openpyxl.load_workbook(result.folder / "打印稿.xlsx")
    assert "指标调整情况表" not in stacks[OCTOBER].sheetnames
    sheet = stacks[NOVEMBER]["指标调整情况表"]
    assert [cell.value for cell in sheet[5]][:7] == [1, "8-1", year.plan.indicator("8-1").name, "目标", "120", "200", "2022年11月"]
    year.close()
