"""What stands beside a figure, in words and marks; the terms that plan and period fix; means and printed averages."""

from datetime import date
from fractions import Fraction

import pytest

from minsheng_xl import Indicator, Period, Plan
from minsheng_xl.exact.expressions import Cell, Const, Expr, Range, Ref, Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands, Terms, terms
from minsheng_xl.figures.remarks import remark
from minsheng_xl.plan.model import Comparator, Kind, PaceRule, Tier

OCTOBER, DECEMBER = Period(2022, 10), Period(2022, 12)
LAST, HELD = "9月数 5", "见待决事项"

BASE = Indicator(
    code="1-1", tier=Tier.ASSESSED, project=1, name="指标", quote="", kind=Kind.CUMULATIVE, unit_of_measure="个", lead="县民政局", filler="县民政局",
    comparator=Comparator.AT_LEAST, target=Fraction(10000), pace_rule=PaceRule.LINEAR, decimals=0,
)
MORE = BASE._replace(comparator=Comparator.MORE_THAN)
MOST = BASE._replace(comparator=Comparator.AT_MOST, target=Fraction(5))
FINE = BASE._replace(decimals=2, unit_of_measure="公里")
STOCK = BASE._replace(kind=Kind.STOCK)
RATIO = BASE._replace(kind=Kind.RATIO, target=Fraction(3, 5), pace_rule=PaceRule.FLAT, unit_of_measure="%")
FIXED = RATIO._replace(office_denominator=True)
MILESTONE = BASE._replace(kind=Kind.MILESTONE, comparator=Comparator.YES, target=Fraction(1))


def operands(t: Terms, reported: Value, numerator: Value, denominator: Value) -> Operands:
    """As a sheet has them: the value of a ratio is its quotient."""
    above, below = Const(numerator), Const(denominator)
    value: Expr = d.quotient(above, below) if t.kind is Kind.RATIO else Const(reported)
    return Operands(value, above, below, Const(t.target), Const(t.pace))


def beside(plan: Plan, indicator: Indicator, reported: Value = None, numerator: Value = None, denominator: Value = None) -> Value:
    t = terms(plan, indicator, OCTOBER)
    return remark(t, operands(t, reported, numerator, denominator), LAST, HELD).value()


@pytest.mark.parametrize(
    ("indicator", "reported", "words"),
    [
        (BASE, None, LAST), (BASE, "约5", HELD), (BASE, "5", ""), (BASE, "10000", ""), (BASE, "9994", ""), (BASE, "9994.9", ""), (BASE, "9995", "临界：未达标，差5个（须10000个以上）"),
        (BASE, "9999", "临界：未达标，差1个（须10000个以上）"), (STOCK, "9999", "临界：未达标，差1个（须10000个以上）"),
        (BASE._replace(target=Fraction(19999, 2)), "9999", "临界：未达标，差1个（须9999.5个以上）"),
        (MORE, "10000", "临界：未达标，差1个（须超10000个）"), (MORE, "9999", "临界：未达标，差2个（须超10000个）"), (MORE, "10001", ""),
        (MORE._replace(target=Fraction(19999, 2)), "9999", "临界：未达标，差1个（须超9999.5个）"),
        (FINE, "9999.98", "临界：未达标，差0.02公里（须10000公里以上）"), (FINE._replace(comparator=Comparator.MORE_THAN), "10000", "临界：未达标（须超10000公里）"),
        (MOST, "5", "控制在目标内"), (MOST, "5.5", "超出目标"), (MOST, None, LAST), (MOST._replace(kind=Kind.STOCK), "6", "超出目标"),
        (BASE._replace(target=None, comparator=Comparator.NONE), "5", ""),
    ],
)
def test_a_figure_just_short_says_what_is_wanting(sample_plan: Plan, indicator: Indicator, reported: str | None, words: str) -> None:
    number = reported is not None and reported[0].isdigit()
    found = beside(sample_plan, indicator, Fraction(reported) if number else reported)  # type: ignore[arg-type]
    assert found == words


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "words"),
    [
        (RATIO, "644", "1000", "较目标 +4.4个百分点"), (RATIO, "600", "1000", "较目标 0.0个百分点"), (RATIO, "510", "1000", "较目标 −9.0个百分点"),
        # 0.5997/0.6 is 99.95 %: near; 0.5996/0.6 is not
        (RATIO, "5997", "10000", "临界：未达标，差不足0.1个百分点"), (RATIO, "5996", "10000", "较目标 0.0个百分点"),
        (RATIO._replace(comparator=Comparator.AT_MOST), "5997", "10000", "较目标 0.0个百分点"), (RATIO, None, None, LAST), (RATIO, "5", None, "分子或分母未填"),
        (RATIO, None, "5", "分子或分母未填"), (RATIO, "5", "0", "分母应大于0"), (RATIO, "约5", "9", HELD), (FIXED, "5", None, HELD), (FIXED, None, "9", LAST),
        (FIXED, "5", "0", HELD),
    ],
)
def test_a_ratio_says_how_far_it_is_from_its_target_or_what_is_missing(
    sample_plan: Plan, indicator: Indicator, numerator: str | None, denominator: str | None, words: str
) -> None:
    given: list[Value] = [Fraction(one) if one is not None and one.isdigit() else one for one in (numerator, denominator)]
    assert beside(sample_plan, indicator, None, *given) == words


@pytest.mark.parametrize(("reported", "words"), [("是", ""), ("否", ""), (None, LAST), ("差不多", HELD)])
def test_a_milestone_says_nothing_more(sample_plan: Plan, reported: str | None, words: str) -> None:
    assert beside(sample_plan, MILESTONE, reported) == words


PAUSED = BASE._replace(pause_document="文", paused_from=Period(2022, 9))
GATE = BASE._replace(tier=Tier.GATE, deadline=date(2022, 10, 31))


@pytest.mark.parametrize(
    ("indicator", "reported", "tally", "capped", "mark"),
    [
        (BASE, "5000", "已报", Fraction(1, 2), "否"), (BASE, "20000", "已报", 1, "是"), (BASE, None, "未报", "", ""), (BASE, "约5", "待核", "", ""),
        (PAUSED, "5000", "不计", "", "否"), (GATE, "20000", "不计", "", "是"), (GATE._replace(pause_document="文", paused_from=OCTOBER), "20000", "不计", "", ""),
        (BASE._replace(tier=Tier.TEXT, target=None), "5", "不计", "", ""),
    ],
)
def test_how_a_row_enters_the_averages(
    sample_plan: Plan, indicator: Indicator, reported: str | None, tally: str, capped: Value, mark: str
) -> None:
    t = terms(sample_plan, indicator, OCTOBER)
    o = operands(t, Fraction(reported) if reported and reported.isdigit() else reported, None, None)
    assert (d.tally(t, o).value(), d.capped_rate(t, o).value(), d.met_mark(t, o).value()) == (tally, capped, mark)


@pytest.mark.parametrize(
    ("marks", "found"),
    [("是是", "是"), ("是否", "否"), ("否 ", "否"), ("是 ", ""), ("  ", "")],
)
def test_a_derived_commitment(marks: str, found: str) -> None:
    assert d.derived([Const(mark.strip()) for mark in marks]).value() == found


@pytest.mark.parametrize(
    ("kind", "current", "previous", "found"),
    [
        (Kind.CUMULATIVE, Fraction(5), Fraction(3), 2), (Kind.STOCK, Fraction(3), Fraction(5), -2), (Kind.RATIO, Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)),
        (Kind.CUMULATIVE, None, Fraction(3), ""), (Kind.CUMULATIVE, Fraction(5), None, "—"), (Kind.CUMULATIVE, "约5", Fraction(3), "—"),
        (Kind.MILESTONE, "是", "否", ""),
    ],
)
def test_the_increase(sample_plan: Plan, kind: Kind, current: Value, previous: Value, found: Value) -> None:
    t = terms(sample_plan, BASE._replace(kind=kind), OCTOBER)
    assert d.increase(t, Const(current), Const(previous)).value() == found


def test_terms_are_what_plan_and_period_fix(sample_plan: Plan) -> None:
    assert terms(sample_plan, STOCK._replace(opening=Fraction(60), decimals=1), OCTOBER) == Terms(
        tier=Tier.ASSESSED, kind=Kind.STOCK, comparator=Comparator.AT_LEAST, target=Fraction(10000), decimals=1, unit_of_measure="个",
        office_denominator=False, pace=Fraction(10, 12), flat=False, opening=Fraction(60), falls=True, last=False, paused=False, due=False,
        bands=sample_plan.settings.bands, elapsed=Fraction(10, 12),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "opening"),
    [
        (STOCK._replace(opening=Fraction(60)), 60), (BASE._replace(opening=Fraction(60)), None), (STOCK, None), (STOCK._replace(opening=Fraction(10000)), None),
        (STOCK._replace(opening=Fraction(10000), tier=Tier.GATE), None), (STOCK._replace(opening=Fraction(60), target=None), None), (STOCK._replace(opening=Fraction(60), pace_rule=PaceRule.FLAT), None),
        (RATIO._replace(opening=Fraction(1, 2), pace_rule=PaceRule.LINEAR), Fraction(1, 2)),
    ],
)
def test_an_increase_is_measured_where_there_is_one_to_make(sample_plan: Plan, indicator: Indicator, opening: int | None) -> None:
    assert terms(sample_plan, indicator, OCTOBER).opening == opening


@pytest.mark.parametrize(
    ("indicator", "period", "due"),
    [
        (GATE, Period(2022, 9), False), (GATE, OCTOBER, True), (GATE, DECEMBER, True), (GATE._replace(deadline=date(2022, 11, 1)), OCTOBER, False),
        (GATE._replace(deadline=None), OCTOBER, False), (GATE._replace(deadline=None), DECEMBER, True),
    ],
)
def test_a_gate_is_due_when_its_day_has_come(sample_plan: Plan, indicator: Indicator, period: Period, due: bool) -> None:
    assert terms(sample_plan, indicator, period).due is due


@pytest.mark.parametrize(
    ("indicator", "period", "pace", "flat"),
    [
        (BASE, OCTOBER, Fraction(5, 6), False), (BASE, DECEMBER, 1, False), (GATE, OCTOBER, None, False), (PAUSED, OCTOBER, None, False), (MOST, OCTOBER, 1, True),
        (RATIO, OCTOBER, 1, True), (RATIO._replace(pace_rule=PaceRule.LINEAR), OCTOBER, None, False), (STOCK, OCTOBER, None, False), (STOCK, DECEMBER, 1, False),
        (STOCK._replace(opening=Fraction(10000)), OCTOBER, 1, True), (BASE._replace(opening=Fraction(10000)), OCTOBER, Fraction(5, 6), False),
        (BASE._replace(pace_rule=PaceRule.ANNUAL), OCTOBER, 0, False), (BASE._replace(pace_rule=PaceRule.STEPS), OCTOBER, None, False),
        (BASE._replace(pace_rule=PaceRule.STEPS, steps=((9, Fraction(1, 2)), (12, Fraction(1)))), OCTOBER, Fraction(1, 2), False),
    ],
)
def test_the_pace(sample_plan: Plan, indicator: Indicator, period: Period, pace: Fraction | int | None, flat: bool) -> None:
    found = terms(sample_plan, indicator, period)
    assert (found.pace, found.flat) == (pace, flat)


class Sheet:
    """Cells in a column."""

    def __init__(self, *values: Value) -> None:
        self.values = {Key("row", str(n), "x"): value for n, value in enumerate(values)}
        self.column = Range(tuple(Cell(Ref("s", key)) for key in self.values))

    def content(self, ref: Ref) -> Value:
        return self.values[ref.key]


@pytest.mark.parametrize(
    ("values", "found"), [((Fraction(1), Fraction(2)), Fraction(3, 2)), ((Fraction(1), "—"), 1), (("—",), "—"), ((Fraction(0),), 0)],
)
def test_the_mean_is_of_the_numbers(values: tuple[Value, ...], found: Value) -> None:
    sheet = Sheet(*values)
    assert d.mean(sheet.column).value(sheet) == found  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("average", "all_met", "shown", "printed"),
    [
        ("1", True, "1", "100.0%"), ("1", False, "0.999", "100.0%"), ("0.99951", False, "0.999", "100.0%"), ("0.4995", False, "0.5", "50.0%"),
        ("0.4994", False, "0.499", "49.9%"), ("0.7855", True, "0.786", "78.6%"), ("0", False, "0", "0.0%"),
    ],
)
def test_an_average_as_printed(average: str, all_met: bool, shown: str, printed: str) -> None:
    value = Const(Fraction(average))
    assert d.shown_average(value, Const(all_met)).value() == Fraction(shown)
    assert d.printed_percent(value).value() == printed


def test_no_average_is_a_dash() -> None:
    dash = Const("—")
    assert (d.shown_average(dash, Const(True)).value(), d.printed_percent(dash).value()) == ("—", "—")


def test_states_have_a_sign_of_their_own() -> None:
    assert len(set(d.BY_LABEL)) == len(list(d.Status))
    assert d.Status.RED.label == "▼ 滞后红"


@pytest.mark.parametrize(
    ("above", "below", "found"),
    [
        (Fraction(1), Fraction(1), 1), (Fraction(1), Fraction(1, 2), 2), (Fraction(1), Fraction(0), ""), (Fraction(1), Fraction(-1), ""), (None, Fraction(1), ""),
        (Fraction(1), "x", ""),
    ],
)
def test_a_quotient(above: Value, below: Value, found: Value) -> None:
    assert d.quotient(Const(above), Const(below)).value() == found


@pytest.mark.parametrize(("indicator", "met"), [(RATIO, True), (BASE, False)])
def test_only_a_ratio_is_met_but_for_what_dividing_leaves(sample_plan: Plan, indicator: Indicator, met: bool) -> None:
    """A double of 0.6 may be short of it in the sixteenth place; a figure that was typed is what it is."""
    t = terms(sample_plan, indicator, OCTOBER)
    assert t.target is not None
    o = Operands(Const(t.target - Fraction(1, 10**15)), target=Const(t.target))
    assert d.met(t, o).value() is met


@pytest.mark.parametrize(("word", "rate"), [("是", 1), ("否", 0), ("差不多", "—")])
def test_the_rate_of_a_milestone(sample_plan: Plan, word: str, rate: Value) -> None:
    t = terms(sample_plan, MILESTONE, OCTOBER)
    assert d.shown_rate(t, operands(t, word, None, None)).value() == rate


def test_how_finely_rates_and_deviations_are_rounded(sample_plan: Plan) -> None:
    """A third of the target with nothing due: 0.333 as printed; 33.3 points, to ten decimals where bands are drawn."""
    t = terms(sample_plan, BASE._replace(target=Fraction(3), pace_rule=PaceRule.ANNUAL), OCTOBER)
    o = operands(t, Fraction(1), None, None)
    assert d.shown_rate(t, o).value() == Fraction("0.333")
    assert d.points(t, o).value() == Fraction("33.3333333333")
    assert d.shown_points(t, o).value() == Fraction("33.3")


def table(*rows: tuple[str, str, Fraction, Value]) -> tuple[Sheet, d.Columns]:
    """Rows of (计入, 达标, 权重, 计入率), all assessed."""
    columns = zip(*(("考核", "", tally, met, weight, capped) for tally, met, weight, capped in rows), strict=True)
    sheet = Sheet(*(value for column in columns for value in column))
    cells, high = sheet.column.cells, len(rows)
    return sheet, d.Columns(*(Range(tuple(cells[n * high : (n + 1) * high])) for n in range(6)))


HALF = Fraction(1, 2)
DONE, SHORT, SILENT, DOUBTFUL = ("已报", "是", HALF, Fraction(1)), ("已报", "否", HALF, HALF), ("未报", "", HALF, ""), ("待核", "", HALF, "")


@pytest.mark.parametrize(
    ("rows", "reported", "all_of", "met", "all_met"),
    [
        ((DONE,), 1, 1, True, True), ((SHORT,), HALF, HALF, False, False), ((DONE, SILENT), 1, HALF, True, False), ((SILENT,), "—", 0, True, False),
        ((DOUBTFUL,), "—", "—", True, True), ((DONE, DOUBTFUL), 1, 1, True, True), ((DONE, SHORT, SILENT, DOUBTFUL), Fraction(3, 4), HALF, False, False),
        ((SILENT, SILENT, DONE, DONE), 1, HALF, True, False),
    ],
)
def test_averages_of_a_table(rows: tuple[tuple[str, str, Fraction, Value], ...], reported: Value, all_of: Value, met: bool, all_met: bool) -> None:
    """Of weights of a half."""
    sheet, c = table(*rows)
    found = [of(c).value(sheet) for of in (d.average_reported, d.average_all, d.reported_met, d.all_met)]  # type: ignore[arg-type]
    assert found == [reported, all_of, met, all_met]


def test_the_rows_of_a_table_are_counted() -> None:
    sheet, c = table(DONE, DONE, DONE, SHORT, SILENT, SILENT, DOUBTFUL)
    assert d.counted(c).value(sheet) == 7  # type: ignore[arg-type]
    assert d.met_count(c).value(sheet) == 3  # type: ignore[arg-type]
    assert [d.tallied(c, how).value(sheet) for how in (d.Tally.REPORTED, d.Tally.MISSING, d.Tally.HELD)] == [4, 2, 1]  # type: ignore[arg-type]
