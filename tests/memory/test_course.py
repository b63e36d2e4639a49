"""The course of a year on paper: every cell reckoned by a calculator that knows nothing of the program."""

from collections.abc import Iterator
from copy import copy
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year
from minsheng_xl.accounts.course import Course
from minsheng_xl.accounts.period import PeriodAccount, YearBefore
from minsheng_xl.exact.expressions import Expr
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.curves import curves_sheet
from minsheng_xl.forms.paper.outlook import outlook_sheet
from minsheng_xl.forms.paper.record import record_of, record_sheet
from minsheng_xl.forms.paper.trend import trend_sheet
from minsheng_xl.forms.rows import value_format
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import correct_receipt, decide
from minsheng_xl.plan.model import Coverage
from minsheng_xl.telling.notices import bulletin
from minsheng_xl.telling.print import course_of, print_period
from tests.forms.paper.accounts import nothing
from tests.years.calculator import GOOD, LAGGING, Month, Row, average, ranks, streak
from tests.years.course import SIGNED, as_printed
from tests.years.test_monthly import LEADS, YEAR, Past

WITHOUT_LIGHT = ("暂停", "待核")


def looking_back(year: Year, period: Period) -> PeriodAccount:
    account = account_of(year.plan_of(period), year.register, period)
    return account._replace(course=course_of(year, account))


@pytest.fixture(scope="module")
def december(past: Past) -> Iterator[PeriodAccount]:
    year = Year(past.root, writable=False)
    yield looking_back(year, Period(YEAR, 12))
    year.close()


def at(sheet: Sheet, code: str, column: str) -> object:
    return sheet.cell(Key("line", code, column)).content


def in_months(past: Past, code: str) -> Iterator[tuple[Month, Row, Fraction | None]]:
    """The months in which a row stood, under whatever code, and its value as it was closed."""
    for month in past.told.months:
        then = "2-1" if code == "2-9" and "2-1" in month.rows else code
        if then in month.rows:
            yield month, month.rows[then], month.results[then].value


def test_every_figure_is_that_of_its_closing(past: Past, december: PeriodAccount) -> None:
    sheet, seen = trend_sheet(december), 0
    codes = dict.fromkeys("2-9" if code == "2-1" else code for month in past.told.months for code in month.rows)
    assert {key.of for key in sheet.places() if key.part == "line"} == set(codes)
    for code in codes:
        stood = {month.end: (month, row, value) for month, row, value in in_months(past, code)}
        for number in range(1, 13):
            told = at(sheet, code, f"at {Period(YEAR, number)}")
            if number not in stood:
                assert told is None, (code, number)
                continue
            month, row, value = stood[number]
            result = month.results[row.code]
            expected = SIGNED[result.status] if value is None else ("是" if value else "否") if row.kind == "里程碑" else value
            assert told == expected, (code, number)
            gap = at(sheet, code, f"gap {Period(YEAR, number)}")
            if result.status not in ("未报", *WITHOUT_LIGHT):
                expected = None if result.points is None else float(result.points * 100)
                assert (gap is None) == (expected is None)
                assert gap is None or float(gap) == pytest.approx(expected, abs=1e-6), (code, number)
            seen += 1
    assert seen > 250
    assert at(sheet, "2-2", "at 2025-04") == 2694  # as closed; what came since counts in the next


def test_the_largest_change_is_named_and_bold(past: Past, december: PeriodAccount) -> None:
    sheet = trend_sheet(december)
    for line in Course(december).lines:
        code = line.row.indicator.code
        known = [(month.end, value) for month, _, value in in_months(past, code) if value is not None]
        changes = [(abs(after - before), end) for (_, before), (end, after) in pairwise(known)]
        largest = max(changes, key=lambda one: one[0])
        number = next(end for size, end in changes if size == largest[0])
        told = at(sheet, code, "largest")
        if largest[0]:
            assert str(told).startswith(f"{number}月 "), (code, told)
            bold = [period for period in december.plan.periods if sheet.cell(Key("line", code, f"at {period}")).style.bold]
            assert bold == [Period(YEAR, number)], code


def test_certified_figures_stand_apart(past: Past, december: PeriodAccount) -> None:
    sheet = trend_sheet(december)
    for code, said in past.certified.items():
        told = str(at(sheet, code, "certified"))
        assert told.endswith("（12月）")
        assert told.startswith(said) if isinstance(said, str) else told[0].isdigit()
    assert {code for code in ("1-3", "2-3") if not at(sheet, code, "certified")} == {
        code for code in ("1-3", "2-3") if code not in past.certified
    }


def test_the_columns_of_closed_periods_never_change(past: Past, december: PeriodAccount) -> None:
    year = Year(past.root, writable=False)
    now = trend_sheet(december)
    for number in (1, 4, 7, 10):
        period = Period(YEAR, number)
        then = trend_sheet(looking_back(year, period))
        for key in then.places():
            if key.part == "line" and key.name.startswith(("at ", "gap ")):
                assert at(now, year.plan.code_here(key.of), key.name) == then.cell(key).content, (number, key)
    year.close()


def test_the_curves_are_the_averages_of_the_calculator(past: Past, december: PeriodAccount) -> None:
    sheet, seen = curves_sheet(december), 0
    for month in past.told.months:
        period = Period(YEAR, month.end)
        for no in (0, *(project.no for project in december.plan.projects)):
            mine = {code: row for code, row in month.rows.items() if not no or row.project == str(no)}
            part = Month(month.end, month.last, mine, {code: month.results[code] for code in mine})
            row = RowName(f"curve {no}", str(period))
            assert sheet.cell(row.cell("average")).content == as_printed(average(part)), (month.end, no)
            due = [
                (one.weight, min(Fraction(1), part.results[code].pace)) for code, one in mine.items()
                if part.results[code].status not in WITHOUT_LIGHT and part.results[code].pace is not None
            ]
            if all(part.results[code].status != "未报" for code in mine):  # of a silent row the calculator has no pace
                weight = sum(share for share, _ in due)
                mean = sum((share * pace for share, pace in due), Fraction(0)) / weight if weight else None
                assert sheet.cell(row.cell("pace")).content == mean, (month.end, no)
                seen += 1
    assert seen > 60
    assert len(sheet.charts) == len(december.plan.projects) + 1


def test_the_record_says_how_each_unit_reported(past: Past, december: PeriodAccount) -> None:
    rows = {row.unit: row for row in record_of(december)}
    leads = ("区人社局", "区住建局", "区民政局", "区卫生健康委", "区交通局", "区行政审批局")
    for month in past.told.months:
        period = Period(YEAR, month.end)
        until = [one for one in past.told.months if one.end <= month.end]
        mine = month.rows
        then = LEADS if month.end < 7 else leads
        places = ranks(Month(month.end, month.last, mine, month.results, month.bands), then)
        for unit, former in zip(leads, then, strict=True):
            said = rows[unit].periods[period]
            assert said.rank == places[former].rank, (month.end, unit)
            lagging = [streak(until, code) for code, row in mine.items() if _leads(row, former)]
            if not month.last:  # there 未完成 counts too, which the calculator does not know
                assert said.lagging == max(lagging), (month.end, unit)
    words = {(unit, period.end_month): said.word for unit, row in rows.items() for period, said in row.periods.items()}
    assert words["区行政审批局", 6] == "未报"
    assert words["区交通局", 3] == "待确认"  # a month late, and nobody has confirmed when it came
    assert words["区住建局", 4] == "及时"
    assert [row.total("corrected") for row in rows.values() if row.unit == "区住建局"] == [1]
    sheet = record_sheet(december)
    assert sheet.cell(Key("record", "区交通局", "word 待确认")).content == 1
    assert sheet.cell(Key("record", "区行政审批局", "word 未报")).content == 1


def _leads(row: Row, unit: str) -> bool:
    """Whether it fills in a row."""
    return row.filler == unit


@pytest.mark.posix(reason="Wine tells no time at which a file was made, by which the demo's late ones are known")
def test_what_the_office_confirmed_is_counted(demo_year: Year) -> None:
    october = Period.parse("2022-10")
    before = {row.unit: row.periods[october] for row in record_of(looking_back(demo_year, october))}
    assert before["县交通运输局"].corrected == 0
    decide(demo_year, "caabcf", "用新数", datetime(2022, 11, 15, 9))
    late = next(unit for unit, said in before.items() if said.word == "待确认")
    account = account_of(demo_year.plan_of(october), demo_year.register, october)
    sha256 = next(one.sha256 for one in account.receipts if one.unit == late and one.period == "2022-10" and one.late)
    correct_receipt(demo_year, sha256[:8], date(2022, 11, 9), datetime(2022, 11, 15, 9))
    after = {row.unit: row.periods[october] for row in record_of(looking_back(demo_year, october))}
    assert after["县交通运输局"].corrected == 1
    assert after[late].word == "迟报"


def test_what_the_year_would_come_to(december: PeriodAccount) -> None:
    """By hand: 均衡 46 of 50 % → the double; a stock by the increase; silent, or too few periods: nothing."""
    june = december.course[5]
    lines = {line.row.indicator.code: line for line in Course(june).lines}
    assert lines["1-1"].foreseen == 2210 * 2
    beds = lines["3-3"].row
    assert beds.terms.opening is not None
    assert lines["3-3"].foreseen == beds.terms.opening + (1378 - beds.terms.opening) * 2
    assert lines["5-4"].foreseen is None
    assert lines["6-4"].foreseen is None
    april = {line.row.indicator.code: line for line in Course(december.course[3]).lines}
    assert all(line.foreseen is None for line in april.values())
    sheet = outlook_sheet(june)
    assert sheet.cell(Key("line", "1-1", "foreseen")).content == 4420
    assert not trend_sheet(june).has(Key("line", "1-1", "foreseen"))


def test_the_bad_months_of_a_monthly_rate_are_listed(december: PeriodAccount, past: Past) -> None:
    indicators = tuple(
        one._replace(span=Coverage.WITHIN) if one.code == "5-3" else one for one in december.plan.indicators
    )
    plan = december.plan.having(indicators=indicators)
    sheet = trend_sheet(december._replace(plan=plan))
    bad = [month.end for month, row, value in in_months(past, "5-3") if value is not None and value < row.target]
    assert bad
    assert at(sheet, "5-3", "bad") == "、".join(f"{number}月" for number in bad)


def test_one_period_and_none(year: Year, sample_plan: object) -> None:
    account = nothing(year.plan)
    for draw in (trend_sheet, curves_sheet, outlook_sheet, record_sheet):
        assert draw(account).cells
    assert trend_sheet(account).sparklines == []


def test_last_year_stands_beside(december: PeriodAccount) -> None:
    before = YearBefore(Period(YEAR - 1, 12), {"1-1": Fraction(4000)})
    sheet = trend_sheet(december._replace(year_before=before))
    assert (at(sheet, "1-1", "year_before"), at(sheet, "1-2", "year_before")) == (4000, "—")
    assert not trend_sheet(december).has(Key("line", "1-1", "year_before"))


def test_print_writes_them_where_they_are_asked_for(small_year: Year, tmp_path: Path) -> None:
    period = small_year.plan.periods[0]
    result = print_period(small_year, period, datetime(2022, 12, 1), what=["趋势", "台账"], out=tmp_path, update=False)
    book = openpyxl.load_workbook(tmp_path / "打印稿.xlsx")
    assert book.sheetnames == ["趋势表", "单位报送台账"]
    assert book["单位报送台账"]["A1"].value == "内部资料"
    assert result.period == period
    plain = print_period(small_year, period, datetime(2022, 12, 1), out=tmp_path / "全", update=False)
    assert not {"趋势表", "单位报送台账"} & set(openpyxl.load_workbook(plain.folder / "打印稿.xlsx").sheetnames)


def test_the_circular_says_what_began_to_lag_and_what_does_no_more(past: Past) -> None:
    year, seen = Year(past.root, writable=False), 0
    for before, month in pairwise(past.told.months[:11]):
        period = Period(YEAR, month.end)
        said = bulletin(account_of(year.plan_of(period), year.register, period))
        until = [one for one in past.told.months if one.end <= month.end]
        now = {"2-9" if code == "2-1" else code: one for code, one in month.results.items() if code in month.rows}
        then = {"2-9" if code == "2-1" else code: one for code, one in before.results.items() if code in before.rows}
        fresh = [code for code, one in now.items() if code in then and one.status in LAGGING and then[code].status in GOOD]
        caught = [code for code, one in now.items() if code in then and one.status in GOOD and then[code].status in LAGGING]
        assert listed(said, "本期新增滞后") == set(fresh), month.end
        assert listed(said, "由滞后转为按序时及以上") == set(caught), month.end
        for code, one in month.results.items():
            if code in month.rows and one.status in LAGGING:
                line = next(line for line in said.splitlines() if line.startswith(f"　　{code} "))
                periods = streak(until, code)
                assert (f"连续滞后{periods}期" in line) == (periods > 1), (month.end, code)
                seen += 1
    year.close()
    assert seen > 60


def listed(text: str, head: str) -> set[str]:
    found = [line for line in text.splitlines() if line.startswith(f"　　{head}：")]
    return {one.split(" ")[0] for one in found[0].removeprefix(f"　　{head}：").split("、")} if found else set()


def test_the_circular_counts_what_is_more_and_less_than_last_year(december: PeriodAccount) -> None:
    june = december.course[5]
    values = {"1-1": Fraction(2000), "1-2": Fraction(828), "2-2": Fraction(5000), "6-1": Fraction(1, 2), "5-4": "否"}
    said = bulletin(june._replace(year_before=YearBefore(Period(YEAR - 1, 6), values)))
    assert "与上年同期相比，可比的3项指标中，数高于上年的1项，持平1项，低于上年的1项（2-2）。" in said
    assert "与上年同期" not in bulletin(june)


def test_a_quarter_is_foreseen_after_three(small_year: Year) -> None:
    """Of four periods five are never known."""
    account = nothing(small_year.plan)
    line = Course(account).lines[0]
    quarters = Period.all_of(2024, Period.parse("2024-Q1").frequency)
    row = line.row._replace(value=Fraction(30), pace=Fraction(3, 4), terms=line.row.terms._replace(flat=False, opening=None))
    stood = dict.fromkeys(quarters[:3], row)
    assert line._replace(row=row, stood=stood).foreseen == 40
    assert line._replace(row=row, stood=dict.fromkeys(quarters[:2], row)).foreseen is None


def test_a_forecast_keeps_its_decimals(december: PeriodAccount) -> None:
    may = december.course[4]
    sheet = outlook_sheet(may)
    assert sheet.cell(Key("line", "6-2", "foreseen")).content == Fraction(33, 10)


def test_a_unit_that_owes_nothing_any_more_keeps_its_lines(december: PeriodAccount) -> None:
    fewer = tuple(unit for unit in december.plan.units if unit.name != "区妇联")
    last = december._replace(plan=december.plan.having(units=fewer))
    rows = record_of(last._replace(course=(*december.course[:-1], last)))
    assert rows[-1].unit == "区妇联"
    assert len(rows[-1].periods) == 11


def test_the_brief_counts_what_began_to_lag_and_what_does_no_more(past: Past) -> None:
    year = Year(past.root, writable=False)
    for before, month in pairwise(past.told.months[:11]):
        period = Period(YEAR, month.end)
        book = master_book(account_of(year.plan_of(period), year.register, period), "", 0)
        sheet = book.sheet("brief")
        said = str(book.value(sheet, sheet.cell(Key("change", "brief", "line"))))
        now = {"2-9" if code == "2-1" else code: one for code, one in month.results.items() if code in month.rows}
        then = {"2-9" if code == "2-1" else code: one for code, one in before.results.items() if code in before.rows}
        fresh = sum(now[code].status in LAGGING and then[code].status in GOOD for code in now.keys() & then.keys())
        caught = sum(now[code].status in GOOD and then[code].status in LAGGING for code in now.keys() & then.keys())
        assert said.endswith(f"；新增滞后 {fresh} 项，转为按序时及以上 {caught} 项"), month.end
    year.close()


def test_the_master_tells_the_same_as_the_paper_in_every_period(past: Past) -> None:
    year, seen = Year(past.root, writable=False), 0
    for period in year.plan.periods:
        account = account_of(year.plan_of(period), year.register, period)
        book, paper = master_book(account, "", 0), trend_sheet(account)
        live, charts, drawn = book.sheet("trend"), book.sheet("curves"), curves_sheet(account)
        for sheet, own in ((paper, live), (drawn, charts)):
            for key, (row, column) in sheet.places().items():
                if key.part == "line" or key.part.startswith("curve "):
                    told = book.value(own, own.cell(key))
                    assert (None if told in ("", "—") else told) == drawn_value(sheet, row, column), (period, key)
                    seen += 1
        later = [one for one in year.plan.periods if one > period]
        codes = {key.of for key in live.places() if key.part == "line"}
        assert all(live.cell(Key("line", code, f"at {one}")).content is None for code in codes for one in later)
        formulas = [key for key in live.places() if key.name == f"at {period}" and isinstance(live.cell(key).content, Expr)]
        assert len(formulas) > 15
        assert len(live.sparklines) == len(codes)
        formats = {live.cell(key).style.number for key in formulas}
        assert formats <= {value_format(line.row.terms) for line in Course(account).lines}
    year.close()
    assert seen > 4000


def test_a_figure_that_is_typed_into_a_units_sheet_shows_in_the_course_at_once(past: Past) -> None:
    year = Year(past.root, writable=False)
    period = Period(YEAR, 8)
    account = account_of(year.plan_of(period), year.register, period)
    unit = account.plan.indicator("1-1").filler
    key = RowName("figure", "1-1").cell("reported")
    told = {**account.units[unit].figures, key: Fraction(2)}
    now = copy(account.units[unit])
    now.figures = told
    changed = account._replace(units={**account.units, unit: now})
    book, before = master_book(changed, "", 0), master_book(account, "", 0)
    cell = Key("line", "1-1", f"at {period}")
    assert before.formula(before.sheet("trend"), before.sheet("trend").cell(cell)) == book.formula(
        book.sheet("trend"), book.sheet("trend").cell(cell)
    )
    assert book.value(book.sheet("trend"), book.sheet("trend").cell(cell)) == 2
    assert book.value(book.sheet("trend"), book.sheet("trend").cell(Key("line", "1-1", "status"))) == "▼ 滞后红"
    year.close()


def drawn_value(sheet: Sheet, row: int, column: int) -> object:
    content = sheet.cells[row, column].content
    return None if content in ("", "—") else content
