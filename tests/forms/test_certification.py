"""The certifier's form: how it is laid out, what its cells accept, what stands in a row."""

from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import Reported
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import CERTIFY, Key
from minsheng_xl.forms.certification import certification_form, certified_rows, in_form
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.plan.model import Kind
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
        "5:10.5c 5:10.5c 7:10.5c 30:10.5lwi 7:10.5c 10:10.5rsi 12:10.5rbsi 7:10.5c 12:10.5cbw 12:10.5rbsi 22:9lwi 8:10.5rbsi 8:10.5rbsi 22:9lwi 20:9.5lwi"
    )
    assert [cell.input.kind if cell.input else "" for cell in cells] == [
        *[""] * 8, "choice", "number", "words", "number", "number", "words", "",
    ]  # fmt: skip
    assert [cell.column for cell in cells if cell.anchor] == [2, 3, 4, 5]
    assert (sheet.protected, sheet.zoom, sheet.freeze, sheet.hidden_columns) == (True, 90, (7, 4), set())
    assert (sheet.print.paper, sheet.print.landscape, sheet.print.head_rows) == ("A4", True, (6, 6))


def test_its_head_and_foot(sample_plan: Plan) -> None:
    sheet, count = drawn(sample_plan), len(certified_rows(sample_plan, BUREAU, OCTOBER))
    assert [sheet.heights[row] for row in range(TOP + 1)] == [34, 20, 24, 24, 24, 6, 34]
    assert [(cell.column, cell.across, face(cell.style)) for row in range(3) for cell in across(sheet, row)] == [(0, 15, "20c"), (0, 15, "11c"), (0, 15, "11li")]
    for row in (3, 4):  # titles and what is filled in beside them, in pairs
        assert [(cell.column, cell.across) for cell in across(sheet, row)] == [(0, 3), (3, 1), (5, 1), (6, 2), (8, 1), (9, 2)]
    bottom = TOP + 1 + count
    assert min(sheet.heights[row] for row in range(TOP + 1, bottom)) == 36
    assert [sheet.heights[row] for row in range(bottom, bottom + 3)] == [8, 26, 16]
    assert [(cell.column, cell.across) for cell in across(sheet, bottom + 1)] == [(0, 4), (4, 4), (8, 4)]
    assert [(cell.column, cell.across, face(cell.style)) for cell in across(sheet, bottom + 2)] == [(0, 15, "9r")]
    assert [(one.first, one.last) for one in sheet.lights] == [((TOP + 1, 8), (bottom - 1, 8))]


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
    assert row("1-4") == ["—", None, "未报"]
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
    assert said == f"已填意见 3/{count}：同意报送数 2，核减 0，暂不认定 0，待补证 1"
