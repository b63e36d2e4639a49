"""What an office does to its plan in the course of a year, on which days, and what stands of it afterwards."""

from datetime import datetime

import openpyxl

from minsheng_xl import Period, Year, status
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.ledger.period import account_of

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
NOW, LATER, NEXT = datetime(2022, 11, 5, 16), datetime(2022, 11, 6, 9), datetime(2022, 11, 30, 9)


def changed(year: Year, table: str, row: str, **cells: str | None) -> Year:
    """The year with cells of one row of 计划.xlsx changed; no cells takes the row away."""
    book = openpyxl.load_workbook(year.plan_path)
    sheet = book[table]
    heads = {c.value: c.column for c in sheet[1]}
    at = next(r[0].row for r in sheet.iter_rows(min_row=2) if str(r[0].value) == row)
    for title, value in cells.items():
        sheet.cell(at, heads[title]).value = value
    if not cells:
        sheet.delete_rows(at)
    book.save(year.plan_path)
    return Year(year.root)


def replaced(year: Year, was: str, now: str) -> Year:
    """The year with a word replaced wherever it stands in 计划.xlsx."""
    book = openpyxl.load_workbook(year.plan_path)
    for sheet in (book[name] for name in ("任务表", "指标", "单位", "序时", "参数")):
        for cell in (c for row in sheet.iter_rows(min_row=2) for c in row if isinstance(c.value, str)):
            cell.value = cell.value.replace(was, now)
    book.save(year.plan_path)
    return Year(year.root)


def told(year: Year, *cells: str) -> Year:
    """The year with a row of 变更."""
    book = openpyxl.load_workbook(year.plan_path)
    sheet = book["变更"]
    row = 2
    while sheet.cell(row, 1).value:
        row += 1
    for column, text in enumerate(cells, 1):
        sheet.cell(row, column).value = text
    book.save(year.plan_path)
    return Year(year.root)


def account(year: Year, period: Period = OCTOBER) -> PeriodAccount:
    return account_of(year.plan_of(period), year.register, period)


def reported(year: Year, code: str, period: Period = OCTOBER) -> object:
    return next(i["reported"] for i in status(year, period)["indicators"] if i["code"] == code)
