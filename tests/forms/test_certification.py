"""The certifier's form: how it is laid out, what its cells accept, what stands in a row."""

from fractions import Fraction
from typing import Any

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import Beside, Reported
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import CERTIFY, Key
from minsheng_xl.forms.certification import LAYOUTS, certification_form, certification_hash, certified_rows, in_form
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.plan.model import Comparator, Kind
from minsheng_xl.rules import numbers
from minsheng_xl.rules.model import Rule
from tests.forms.paper.test_layouts import across, face

BUREAU, OCTOBER, TOP = "县统计局", Period(2022, 10), 6


def drawn(plan: Plan, reported: dict[str, Reported] | None = None) -> Sheet:
    return certification_form(plan, plan.unit(BUREAU), OCTOBER, reported or {})


def test_its_columns(sample_plan: Plan) -> None:
    sheet = drawn(sample_plan)
    cells = across(sheet, TOP + 1)
    assert " ".join(f"{sheet.widths[cell.column]:g}:{face(cell.style)}" for cell in cells) == (
        "5:10.5cs 6:10.5cs 25:10.5lwi 12:9lwi 6:10.5cs 9:10.5rsi 11:10.5rbsi 6:10.5cs 9:9rsi 9:9rsi 15:9lwi 15:9lwi 17:9lwi"
        " 12:10.5cbw 11:10.5rbsi 18:9lwi 7:10.5rbsi 7:10.5rbsi 16:9lwi 22:9.5lwi"
    )
    assert [cell.input.kind if cell.input else "" for cell in cells] == [
        *[""] * 13, "choice", "number", "words", "number", "number", "words", "",
    ]  # fmt: skip
    assert [cell.column for cell in cells if cell.anchor] == [1, 2, 4, 5]
    assert (sheet.protected, sheet.zoom, sheet.freeze, sheet.hidden_columns) == (True, 85, (7, 3), set())
    assert sheet.unprinted == {19}
    assert (sheet.print.paper, sheet.print.landscape, sheet.print.head_rows) == ("A4", True, (6, 6))


def test_its_head_and_foot(sample_plan: Plan) -> None:
    sheet, count = drawn(sample_plan), len(certified_rows(sample_plan, BUREAU, OCTOBER))
    assert [sheet.heights[row] for row in range(TOP + 1)] == [34, 20, 24, 24, 24, 6, 34]
    assert [(cell.column, cell.across, face(cell.style)) for row in range(3) for cell in across(sheet, row)] == [(0, 19, "20c"), (0, 19, "11c"), (0, 19, "11lsi")]
    for row in (3, 4):  # titles and what is filled in beside them, in pairs
        assert [(cell.column, cell.across) for cell in across(sheet, row)] == [(0, 2), (2, 1), (3, 1), (4, 3), (8, 2), (10, 1)]
    bottom = TOP + 1 + count
    assert min(sheet.heights[row] for row in range(TOP + 1, bottom)) == 36
    assert [sheet.heights[row] for row in range(bottom, bottom + 3)] == [8, 26, 16]
    assert [(cell.column, cell.across) for cell in across(sheet, bottom + 1)] == [(0, 4), (4, 4), (8, 4)]
    assert [(cell.column, cell.across, face(cell.style)) for cell in across(sheet, bottom + 2)] == [(0, 19, "9r")]
    assert [(one.first, one.last) for one in sheet.lights] == [((TOP + 1, 13), (bottom - 1, 13))]


def test_what_is_accepted_as_certified(sample_plan: Plan) -> None:
    sheet = drawn(sample_plan)
    for row in certified_rows(sample_plan, BUREAU, OCTOBER):
        accepts = sheet.cell(row.name.cell("figure")).input
        assert accepts is not None
        if row.indicator.kind in (Kind.MILESTONE, Kind.DERIVED):
            assert (accepts.kind, accepts.choices) == ("choice", ("是", "否"))
        else:
            assert (accepts.kind, accepts.decimals) == ("number", 4 if row.indicator.kind is Kind.RATIO else row.indicator.decimals)
        cases = [sheet.cell(row.name.cell(name)).input for name in ("checked", "confirmed")]
        assert [(one.kind, one.decimals) for one in cases if one] == [("number", 0)] * 2


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [(Kind.RATIO, Fraction(2, 3), Fraction("66.7")), (Kind.RATIO, None, None), (Kind.CUMULATIVE, Fraction(2, 3), Fraction(2, 3)), (Kind.MILESTONE, "是", "是")],
)
def test_a_ratio_stands_there_in_percent_with_one_decimal(kind: Kind, value: Value, shown: Value) -> None:
    assert in_form(kind, value) == shown


def test_a_row_says_what_was_reported_and_when(sample_plan: Plan) -> None:
    sheet = drawn(sample_plan, {"8-1": Reported(Fraction(80), Period(2022, 9)), "7-3": Reported(Fraction(2, 3), OCTOBER)})

    def row(code: str) -> list[Value]:
        return [sheet.cell(Key(CERTIFY, code, name)).content for name in ("target", "reported", "since")]  # type: ignore[misc]

    assert row("8-1") == ["120", 80, "9月"]
    assert row("7-3") == ["60%", Fraction("66.7"), "10月"]
    assert row("2-1") == ["是", None, "未报"]
    assert row("2-4") == ["＞4", None, "未报"]
    numbers = [sheet.cell(one.name.cell("number")).content for one in certified_rows(sample_plan, BUREAU, OCTOBER)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("opinion", "figure", "rule"),
    [
        (None, None, None), ("同意报送数", None, None), ("同意报送数", Fraction(80), None), (None, "约70", numbers.NOT_NUMBER), (None, Fraction(-1), numbers.NEGATIVE),
        (None, Fraction(141, 2), numbers.DECIMALS),
    ],
)
def test_its_check_says_what_cannot_be(sample_plan: Plan, opinion: str | None, figure: Value, rule: Rule | None) -> None:
    """8-1 counts people: whole numbers."""
    sheet = drawn(sample_plan, {"8-1": Reported(Fraction(80), OCTOBER)})
    for name, value in (("opinion", opinion), ("figure", figure)):
        cell = sheet.cell(Key(CERTIFY, "8-1", name))
        sheet.put(cell.row, cell.column, value, cell.style, key=cell.key)
    assert Book([sheet], {}).value(sheet, sheet.cell(Key(CERTIFY, "8-1", "check"))) == (rule.hint if rule else "")


def test_the_line_on_top_counts_opinions(sample_plan: Plan) -> None:
    sheet, count = drawn(sample_plan), len(certified_rows(sample_plan, BUREAU, OCTOBER))
    for code, opinion in (("8-1", "同意报送数"), ("9-1", "同意报送数"), ("9-2", "待补证")):
        cell = sheet.cell(Key(CERTIFY, code, "opinion"))
        sheet.put(cell.row, cell.column, opinion, cell.style, key=cell.key)
    said = Book([sheet], {}).value(sheet, sheet.cell(Key("banner", "form", "line")))
    assert said == f"已填意见 3/{count}：同意报送数 2，核减 0，核增 0，暂不认定 0，待补证 1，不予认定 0"


def changed(plan: Plan, code: str, **fields: Any) -> Plan:
    return plan.having(indicators=tuple(one._replace(**fields) if one.code == code else one for one in plan.indicators))


def scoped(plan: Plan, *named: str) -> Plan:
    return plan.having(settings=plan.settings._replace(certified=named))


def codes(plan: Plan, period: Period = OCTOBER) -> list[str]:
    return [row.indicator.code for row in certified_rows(plan, BUREAU, period)]


def test_the_rows_are_those_that_the_plan_chooses(sample_plan: Plan) -> None:
    """Of the built-in plan 32 rows are assessed, 3 are gates; 7 of the 10 of text have a figure."""
    assert (len(codes(sample_plan)), len(codes(scoped(sample_plan, "全部")))) == (32, 42)
    assert codes(scoped(sample_plan, "7-1", "1-1")) == ["1-1", "7-1"]
    of_one = scoped(sample_plan, "考核")
    of_one = of_one.having(settings=of_one.settings._replace(certified_in=((OCTOBER, ("8-1",)),)))
    assert codes(of_one) == ["8-1"]
    assert len(codes(of_one, Period(2022, 9))) == 32


def test_what_the_certifier_reports_itself_is_locked(sample_plan: Plan) -> None:
    plan = changed(sample_plan, "8-1", filler=BUREAU)
    sheet = drawn(plan, {"8-1": Reported(Fraction(80), OCTOBER), "9-1": Reported(Fraction(5), OCTOBER)})
    own = {name: sheet.cell(Key(CERTIFY, "8-1", name)) for name in ("opinion", "figure", "reason", "checked", "confirmed", "remark", "check")}
    assert [cell.input for cell in own.values()] == [None] * 7
    assert [cell.content for cell in own.values()] == ["自报，不参加认定", *[None] * 6]
    assert sheet.cell(Key(CERTIFY, "8-1", "reported")).content == 80
    assert sheet.cell(Key(CERTIFY, "9-1", "opinion")).input is not None
    said = Book([sheet], {}).value(sheet, sheet.cell(Key("banner", "form", "line")))
    assert str(said).startswith("已填意见 0/31：")
    assert str(said).endswith("；另有1项自报，不参加认定")
    assert certification_hash(plan, BUREAU, OCTOBER, {}) != certification_hash(sample_plan, BUREAU, OCTOBER, {})


def test_what_can_be_said_of_a_row_goes_by_which_way_is_worse(sample_plan: Plan) -> None:
    sheet = drawn(changed(sample_plan, "8-1", comparator=Comparator.AT_MOST))
    choices = [sheet.cell(Key(CERTIFY, code, "opinion")).input for code in ("8-1", "9-1")]
    assert [one.choices for one in choices if one] == [
        ("同意报送数", "核增", "暂不认定", "待补证", "不予认定"), ("同意报送数", "核减", "暂不认定", "待补证", "不予认定"),
    ]


def test_beside_the_figure_stands_what_it_is_made_of(sample_plan: Plan) -> None:
    beside = {
        "7-3": Beside(Fraction(64), Fraction(96), "补登三人\n已核实", "名册" * 70, "2022-06 认定 60.0%；核减"),
        "8-1": Beside(last="2022-06 暂不认定"),
    }
    sheet = certification_form(sample_plan, sample_plan.unit(BUREAU), OCTOBER, {}, beside=beside)

    def row(code: str) -> list[Value]:
        names = ("lead", "numerator", "denominator", "explanation", "evidence", "last")
        return [sheet.cell(Key(CERTIFY, code, name)).content for name in names]  # type: ignore[misc]

    assert row("7-3") == ["县卫生健康委", 64, 96, "补登三人；已核实", "名册" * 60 + "……（未完，见单位填报表）", "2022-06 认定 60.0%；核减"]
    assert row("8-1") == ["县残联", None, None, None, None, "2022-06 暂不认定"]
    assert row("9-1")[1:] == [None] * 5
    assert all(sheet.cell(Key(CERTIFY, "7-3", name)).input is None for name in ("numerator", "denominator", "explanation", "evidence", "last"))


def test_a_former_layout_has_every_row_and_none_locked(sample_plan: Plan) -> None:
    layout = LAYOUTS.layout("认定1")
    assert layout is not None
    plan = changed(sample_plan, "8-1", filler=BUREAU)
    sheet = certification_form(plan, plan.unit(BUREAU), OCTOBER, {}, layout)
    opinions = [cell.input for cell in sheet.inputs() if cell.key and cell.key.is_opinion]
    assert len(opinions) == 42
    assert {one.choices for one in opinions if one} == {("同意报送数", "核减", "暂不认定", "待补证")}
