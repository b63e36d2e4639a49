"""What the master tells of the course of a year, cell by cell against the calculator."""

from fractions import Fraction

from minsheng_xl import Period
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.ledger.period import account_of
from tests.years.agreement import Told
from tests.years.calculator import Month, average
from tests.years.office import Office

SIGNED = {"未报": "○ 未报", "待核": "？ 待核", "暂停": "＝ 暂停"}
"""What stands where there is no figure, by its status."""


def as_printed(mean: Fraction | None) -> Fraction | None:
    """In tenths of a percent, half up; 100.0% only of what is whole."""
    if mean is None:
        return None
    tenths = Fraction((mean * 2000 + 1).__floor__() // 2, 1000)
    return tenths if mean >= 1 else min(tenths, Fraction(999, 1000))


def compare_course(office: Office, told: Told, period: Period) -> int:
    """Hold 趋势表 and 趋势图 of the master of a period against all periods so far; how many cells were seen."""
    year = office.year
    account = account_of(year.plan_of(period), year.register, period)
    book, seen = master_book(account, "", 0), 0
    trend, curves = book.sheet("trend"), book.sheet("curves")
    for month in told.months:
        each = next(one for one in account.plan.periods if one.end_month == month.end)
        for code, row in month.rows.items():
            result = month.results[code]
            expected = SIGNED[result.status] if result.value is None else result.value
            if result.value is not None and row.kind == "里程碑":
                expected = "是" if result.value else "否"
            cell = trend.cell(Key("line", code, f"at {each}"))
            assert book.value(trend, cell) == expected, (period, each, code)
            seen += 1
        for project in account.plan.projects:
            mine = {code: row for code, row in month.rows.items() if row.project == str(project.no)}
            part = Month(month.end, month.last, mine, {code: month.results[code] for code in mine})
            cell = curves.cell(RowName(f"curve {project.no}", str(each)).cell("average"))
            assert book.value(curves, cell) == as_printed(average(part)), (period, each, project.no)
            seen += 1
    return seen
