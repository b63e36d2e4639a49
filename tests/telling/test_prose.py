"""Sentences and rows on what lags: no figure of one contradicts another, and all lists name the same worst."""

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng_xl import Indicator, Period, Plan
from minsheng_xl.accounts.period import Past, PeriodAccount
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.figures.definitions import Status
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.plan.model import Comparator, Coverage, Kind
from minsheng_xl.telling.notices import bulletin
from tests.makers import empty_account, figure

F = Fraction
PLAN = Plan.built_in(sample=True)
OCTOBER, NOVEMBER, DECEMBER = PLAN.periods[-3:]


def having(*changed: Indicator, plan: Plan = PLAN) -> Plan:
    of_code = {one.code: one for one in changed}
    return plan.having(indicators=tuple(of_code.get(i.code, i) for i in plan.indicators))


def sentence(plan: Plan, period: Period, code: str, *values: Value) -> str:
    """What the circular says of a row that lags, with its full stop."""
    indicator = plan.indicator(code)
    cells = {figure(code, measure): value for measure, value in zip(indicator.measures, values, strict=True)}
    said = bulletin(empty_account(plan, period, {indicator.filler: cells})).split("\r\n")
    start = f"　　{code} {indicator.name}（{indicator.lead}）："
    (found,) = (line.removeprefix(start) for line in said if line.startswith(start))
    return found


SEPTEMBER_30 = date(2022, 9, 30)
ONE = PLAN.indicator("1-1")._replace(target=F(639), unit_of_measure="户")
LATE = ONE._replace(deadline=SEPTEMBER_30)
USERS = PLAN.indicator("10-1")._replace(
    opening=F(41, 100), fixed_denominator=F(1000), steps=((10, F(7, 10)), (12, F(1))),
)
BEDS = PLAN.indicator("6-2")._replace(opening=F(60), steps=((10, F(7, 10)), (12, F(1))))
BOUND = ONE._replace(comparator=Comparator.AT_MOST, target=F(0), unit_of_measure="起")

SENTENCES: list[tuple[Indicator, Period, tuple[Value, ...], str]] = [
    (ONE, OCTOBER, (F(426),), "完成66.7%，序时83.3%，滞后16.7个百分点。"),
    (LATE, OCTOBER, (F(612),), "完成95.8%，序时100.0%，滞后4.2个百分点；逾期未完成，差27户。"),
    # 15999 of 16000: 0.006 points are printed as what is missing
    (LATE._replace(target=F(16000)), OCTOBER, (F(15999),), "完成99.9%，序时100.0%，差1户；逾期未完成。"),
    # 533 of 1000: 12.3 of 24 points, 51.25 %
    (USERS, OCTOBER, (F(533),), "现53.3%（目标65%，年初41%），年度增量完成51.3%，计划70.0%，滞后18.8个百分点。"),
    (USERS, OCTOBER, (F(300),), "现30.0%（目标65%，年初41%），年度增量完成0.0%，计划70.0%，滞后70.0个百分点。"),
    (BEDS, OCTOBER, (F(120),), "现120张（目标200张，年初60张），年度增量完成42.9%，计划70.0%，滞后27.1个百分点。"),
    (BOUND, OCTOBER, (F(2),), "完成0.0%，序时100.0%，滞后100.0个百分点；超出2起。"),
    (ONE, DECEMBER, (F(612),), "完成95.8%，未完成，差27户。"),
    (USERS, DECEMBER, (F(533),), "完成82.0%，未完成，差11.7个百分点。"),
    (BOUND, DECEMBER, (F(2),), "完成0.0%，未完成，超出2起。"),
]


@pytest.mark.parametrize(("indicator", "period", "values", "said"), SENTENCES)
def test_how_a_row_stands(indicator: Indicator, period: Period, values: tuple[Value, ...], said: str) -> None:
    assert sentence(having(indicator), period, indicator.code, *values) == said


def test_the_last_period_speaks_of_what_is_done() -> None:
    said = bulletin(empty_account(having(ONE), DECEMBER, {ONE.filler: {figure("1-1"): F(639), figure("1-2"): F(25499)}}))
    assert "三、未完成指标" in said
    assert "1-2 新增技能人才（县人力资源和社会保障局）：完成99.9%，未完成，差1人。" in said
    assert "完成1项，未完成1项" in said
    assert not re.search("滞后|按序时", said.partition("四、牵头单位排名")[2])
    assert "没有未完成的指标" in bulletin(empty_account(PLAN, DECEMBER))


def test_rates_of_single_months_are_told_month_by_month() -> None:
    """10-2 stood below 90 % in March and July, and does in December; 10-3 is no month's rate."""
    plan = having(PLAN.indicator("10-2")._replace(span=Coverage.WITHIN))
    lead = plan.indicator("10-2").filler
    low, high = Past(Status.RED.label, F(8, 9)), Past(Status.ON_PACE.label, F(1))
    past = {each: {"10-2": low if each.end_month in (3, 7) else high, "10-3": low} for each in DECEMBER.earlier}
    cells = {figure("10-2", "numerator"): F(89), figure("10-2", "denominator"): F(100)}
    account = empty_account(plan, DECEMBER, {lead: cells})._replace(past=past)
    assert "当月比率低于目标的月份：10-2 分厅事项月使用率（3月、7月、12月）。" in bulletin(account)
    book = master_book(account, "", 0)
    assert value(book, "project:10", RowName("row", "10-2"), "remark") == "较目标 −1.0个百分点；低于目标的月份：3月、7月、12月"


PATTERN = re.compile(r"完成(\d+\.\d)%，(?:序时|计划)(\d+\.\d)%，滞后(\d+\.\d)个百分点")
TENTH = F(1, 10)
"""Each of the three is rounded by itself."""

SIGNS = st.sampled_from([Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.AT_MOST])
DAYS = st.sampled_from([None, SEPTEMBER_30, date(2022, 10, 20), date(2022, 12, 31)])


@st.composite
def accounts(draw: st.DrawFn) -> PeriodAccount:
    """The built-in plan with other days, openings and comparators, and figures around its targets."""
    found = []
    given: dict[str, dict[Key, Value]] = {}
    for i in PLAN.indicators:
        found.append(i)
        if i.kind in (Kind.CUMULATIVE, Kind.STOCK, Kind.RATIO) and i.target is not None:
            share = F(draw(st.integers(0, 999)), 1000)
            opening, sign = draw(st.sampled_from([None, i.target * share])), draw(st.booleans())
            found[-1] = i._replace(
                deadline=draw(DAYS), opening=opening, comparator=draw(SIGNS) if sign else i.comparator,
                steps=draw(st.sampled_from([i.steps, ()])),
            )
        cells = given.setdefault(i.filler, {})
        top = F(draw(st.integers(0, 1200)), 1000)
        if i.kind is Kind.RATIO:
            below = i.fixed_denominator if i.office_denominator else F(1000)
            cells |= {figure(i.code, "numerator"): (below or F(1)) * top, figure(i.code, "denominator"): below}
        elif i.takes_figures and i.kind is not Kind.MILESTONE and draw(st.booleans()):
            cells[figure(i.code)] = (i.target or F(1)) * top
    period = draw(st.sampled_from([OCTOBER, NOVEMBER, DECEMBER, PLAN.periods[4]]))
    return empty_account(PLAN.having(indicators=tuple(found)), period, given)


@given(accounts())
@settings(max_examples=40, deadline=None)
def test_no_notice_contradicts_itself(account: PeriodAccount) -> None:
    said = bulletin(account)
    for done, due, behind in PATTERN.findall(said):
        assert abs(F(due) - F(done) - F(behind)) <= TENTH, (done, due, behind)
    assert "滞后0.0个百分点" not in said
    assert said.count("滞后") - said.count("上期滞后") >= len(PATTERN.findall(said))


def value(book: Book, sheet: str, row: RowName, key: str) -> Value:
    page = book.sheet(sheet)
    return book.value(page, page.cell(row.cell(key)))


@given(accounts())
@settings(max_examples=6, deadline=None)
def test_no_row_contradicts_itself_and_all_name_the_same_worst(account: PeriodAccount) -> None:
    book = master_book(account, "", 0)
    lines = [line for line in bulletin(account).split("\r\n") if re.match(r"　　\d+-\d+ ", line)]
    names = [row.name for row in account.plan.indicators]
    listed = list(_listed(book))
    for name, rate, pace, gap in listed:
        assert name in names
        assert gap != 0
        if isinstance(rate, Fraction) and isinstance(pace, Fraction) and isinstance(gap, Fraction):
            assert abs((rate - pace) * 100 - gap) <= TENTH, name
        elif isinstance(rate, str) and isinstance(pace, str) and isinstance(gap, Fraction):
            made, planned = (F(re.fullmatch(r"(?:增量|计划)(.*)%", text)[1]) for text in (rate, pace))  # type: ignore[index]
            assert abs(made - planned - gap) <= TENTH, name
        else:
            assert isinstance(gap, str)
    told = [next(name for name in names if f" {name}（" in line) for line in lines]
    assert told == [name for name, *_ in listed]
    assert [text.split(". ")[1].split("（")[0] for text in _in_brief(book)] == [name.split("（")[0] for name in told[:3]]


def _listed(book: Book):  # type: ignore[no-untyped-def]
    """The rows of 滞后清单 that lag."""
    sheet = book.sheet("lagging")
    for n in range(1, 100):
        name = RowName("lagging", str(n))
        if not sheet.has(name.cell("name")):
            return
        row = [book.value(sheet, sheet.cell(name.cell(key))) for key in ("name", "rate", "pace", "deviation", "status")]
        if any(str(row[4]) == state.label for state in (Status.YELLOW, Status.RED, Status.MISSED)):
            yield row[:4]


def _in_brief(book: Book) -> list[str]:
    sheet: Sheet = book.sheet("brief")
    found = (str(book.value(sheet, sheet.cell(Key("best", str(n), "lagging")))) for n in (1, 2, 3))
    return [text for text in found if text and text != "无"]
