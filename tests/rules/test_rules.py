"""Each rule with cases that pass and that fail, said alike by the form in LibreOffice and by the intake."""

import io
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.left import Left
from minsheng_xl.forms.table import REMARK
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.originals import NoEvidence
from minsheng_xl.plan.model import Comparator, Kind
from minsheng_xl.rules.catalogue import BY_ROW, RULES, page
from minsheng_xl.rules.model import Rule
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import figure
from tests.workbooks import sheet_of

OCTOBER, MARCH, JANUARY = (Period.parse(f"2022-{month}") for month in ("10", "03", "01"))
PLAN = Plan.built_in(sample=True)
PAGE = Path(__file__).parents[2] / "workbook" / "来件规则.md"

Cells = dict[Key, Value]
Before = dict[str | Key, Value]
"""What was last accepted: 上期累计 by indicator, the parts of ratios by cell."""


def number(code: str, text: str) -> Cells:
    return {figure(code): Fraction(text)}


def ratio(code: str, numerator: str, denominator: str = "") -> Cells:
    cells: Cells = {figure(code, "numerator"): Fraction(numerator)} if numerator else {}
    return cells | ({figure(code, "denominator"): Fraction(denominator)} if denominator else {})


def said(code: str, text: str = "情况属实，按户籍口径") -> Cells:
    return {figure(code, "explanation"): text}


def same(code: str) -> Cells:
    return {figure(code, "choice"): "与上期相同"}


LABOUR, CIVIL, HEALTH, ROADS, YOUTH, DATA = (
    "县人力资源和社会保障局", "县民政局", "县卫生健康委", "县交通运输局", "团县委", "县政务服务和大数据服务中心",
)
INSURANCE = "县医疗保障局"
BORN: Before = {
    "7-4": Fraction(148, 150), figure("7-4", "numerator"): Fraction(148), figure("7-4", "denominator"): Fraction(150),
}
LARGER: Before = {"1-2": Fraction(68), "1-3": Fraction(69)}
LAST: Before = {"1-1": Fraction(26800), "6-4": Fraction(78000), "9-1": Fraction(10), "4-2": Fraction(2)}

# rule, unit, row, cells, 上期累计, whether it fires (holding, or as a remark for a 提示)
CASES: list[tuple[str, str, str, Cells, Before, bool]] = [
    ("confirmed-other", YOUTH, "9-1", number("9-1", "11") | same("9-1"), LAST, True),
    ("confirmed-other", YOUTH, "9-1", number("9-1", "11") | same("9-1") | said("9-1"), LAST, True),
    ("confirmed-other", YOUTH, "9-1", number("9-1", "10") | same("9-1"), LAST, False),
    ("confirmed-other", YOUTH, "9-1", same("9-1"), LAST, False),
    ("confirmed-other", YOUTH, "9-1", number("9-1", "11"), LAST, False),
    ("confirmed-other", HEALTH, "7-4", ratio("7-4", "149", "150") | same("7-4"), BORN, True),
    ("confirmed-other", HEALTH, "7-4", ratio("7-4", "148") | same("7-4"), BORN, False),
    ("confirmed-nothing", YOUTH, "9-1", same("9-1"), {}, True),
    ("confirmed-nothing", YOUTH, "9-3", same("9-3"), {}, True),
    ("confirmed-nothing", YOUTH, "9-3", same("9-3"), {"9-3": "是"}, False),
    ("confirmed-nothing", HEALTH, "7-4", same("7-4"), {"7-4": Fraction(148, 150)}, True),  # its parts are not known
    ("confirmed-nothing", HEALTH, "7-4", same("7-4"), BORN, False),
    ("figure-not-number", YOUTH, "9-1", {figure("9-1"): "约十场"}, {}, True),
    ("figure-not-number", YOUTH, "9-1", number("9-1", "10"), {}, False),
    ("figure-not-number", YOUTH, "9-1", {figure("9-1"): "约十场"} | said("9-1"), {}, True),
    ("figure-choice", YOUTH, "9-3", {figure("9-3"): "已挂牌"}, {}, True),
    ("figure-choice", YOUTH, "9-3", {figure("9-3"): "是"}, {}, False),
    ("figure-negative", YOUTH, "9-1", number("9-1", "-1"), {}, True),
    ("figure-negative", YOUTH, "9-1", number("9-1", "-1") | said("9-1"), {}, True),
    ("figure-negative", YOUTH, "9-1", number("9-1", "0"), {}, False),
    ("figure-decimals", YOUTH, "9-2", number("9-2", "60.5"), {}, True),
    ("figure-decimals", YOUTH, "9-2", number("9-2", "60.5") | said("9-2"), {}, True),
    ("figure-decimals", ROADS, "4-1", number("4-1", "12.3455"), {}, True),
    ("figure-decimals", ROADS, "4-1", number("4-1", "12.345"), {}, False),
    ("figure-decimals", HEALTH, "7-3", ratio("7-3", "60.5", "90"), {}, True),
    ("ratio-half", HEALTH, "7-3", ratio("7-3", "60"), {}, True),
    ("ratio-half", HEALTH, "7-3", ratio("7-3", "", "90"), {}, True),
    ("ratio-half", HEALTH, "7-3", ratio("7-3", "60", "90"), {}, False),
    ("denominator-zero", HEALTH, "7-3", ratio("7-3", "0", "0"), {}, True),
    ("denominator-zero", HEALTH, "7-3", ratio("7-3", "0", "7"), {}, False),
    ("wan-lost", LABOUR, "1-1", number("1-1", "3"), {}, True),
    ("wan-lost", LABOUR, "1-1", number("1-1", "6"), {}, True),
    ("wan-lost", LABOUR, "1-1", number("1-1", "7"), {}, False),
    ("wan-lost", LABOUR, "1-1", number("1-1", "3") | said("1-1"), {}, False),
    ("wan-lost", LABOUR, "1-1", number("1-1", "0"), {}, False),
    ("wan-lost", YOUTH, "9-2", number("9-2", "1"), {}, False),
    ("wan-lost", LABOUR, "1-1", number("1-1", "4"), {"1-1": Fraction(3)}, False),  # it was accepted as 3
    ("size-beyond", LABOUR, "1-1", number("1-1", "3140000"), {}, True),
    ("size-beyond", LABOUR, "1-1", number("1-1", "3139999"), {}, False),
    ("size-beyond", LABOUR, "1-1", number("1-1", "3140000") | said("1-1"), {}, True),  # the office's word alone
    ("size-beyond", LABOUR, "1-1", number("1-1", "3140000"), {"1-1": Fraction(100000)}, False),
    ("size-beyond", YOUTH, "9-1", number("9-1", "1200"), LAST, True),
    ("size-large", LABOUR, "1-1", number("1-1", "94200"), LAST, True),
    ("size-large", LABOUR, "1-1", number("1-1", "94199"), LAST, False),
    ("size-large", LABOUR, "1-1", number("1-1", "94200") | said("1-1"), LAST, False),
    ("size-large", LABOUR, "1-1", number("1-1", "94200"), {"1-1": Fraction(40000)}, False),
    ("size-large", YOUTH, "9-1", number("9-1", "31"), {}, False),  # 19 more than twelve
    ("size-large", YOUTH, "9-1", number("9-1", "36"), {}, True),
    ("size-large", CIVIL, "6-2", number("6-2", "600"), {"6-2": Fraction(180)}, True),
    ("size-large", CIVIL, "6-2", number("6-2", "599"), {"6-2": Fraction(180)}, False),
    ("size-leap", LABOUR, "1-1", number("1-1", "20000"), {"1-1": Fraction(4000)}, True),
    ("size-leap", LABOUR, "1-1", number("1-1", "19999"), {"1-1": Fraction(4000)}, False),
    ("size-leap", LABOUR, "1-1", number("1-1", "20000") | said("1-1"), {"1-1": Fraction(4000)}, False),
    ("size-leap", LABOUR, "1-1", number("1-1", "15000"), {"1-1": Fraction(300)}, False),  # less than half the target
    ("size-leap", LABOUR, "1-1", number("1-1", "16000"), {"1-1": Fraction(300)}, True),
    ("size-leap", ROADS, "4-2", number("4-2", "21"), {"4-2": Fraction(1)}, True),
    ("size-leap", ROADS, "4-2", number("4-2", "20"), {"4-2": Fraction(1)}, False),  # nineteen more
    ("size-tiny", ROADS, "4-1", number("4-1", "0.05"), {}, True),  # 30 × 10/12 ÷ 500
    ("size-tiny", ROADS, "4-1", number("4-1", "0.051"), {}, False),
    ("size-tiny", ROADS, "4-1", number("4-1", "0"), {}, False),
    ("size-tiny", ROADS, "4-1", number("4-1", "0.05") | said("4-1"), {}, False),
    ("size-tiny", ROADS, "4-1", number("4-1", "0.05"), {"4-1": Fraction(1, 25)}, False),
    ("stock-drops", CIVIL, "6-4", number("6-4", "54600"), LAST, True),
    ("stock-drops", CIVIL, "6-4", number("6-4", "54601"), LAST, False),
    ("stock-drops", CIVIL, "6-4", number("6-4", "7720"), LAST, True),
    ("stock-drops", CIVIL, "6-4", number("6-4", "7720") | said("6-4"), LAST, False),
    ("stock-drops", CIVIL, "6-2", number("6-2", "75"), {"6-2": Fraction(150)}, True),
    ("stock-drops", CIVIL, "6-2", number("6-2", "76"), {"6-2": Fraction(150)}, False),
    ("stock-drops", CIVIL, "6-3", number("6-3", "4"), {"6-3": Fraction(9)}, False),  # fewer than ten
    ("increment-typed", LABOUR, "1-1", number("1-1", "2160"), LAST, True),
    ("increment-typed", LABOUR, "1-1", number("1-1", "13400"), LAST, True),
    ("increment-typed", LABOUR, "1-1", number("1-1", "13401"), LAST, False),
    ("increment-typed", LABOUR, "1-1", number("1-1", "2160") | said("1-1"), LAST, False),
    ("increment-typed", LABOUR, "1-1", number("1-1", "2160"), {}, False),
    ("cumulative-falls", LABOUR, "1-1", number("1-1", "26799"), LAST, True),
    ("cumulative-falls", LABOUR, "1-1", number("1-1", "13401"), LAST, True),
    ("cumulative-falls", LABOUR, "1-1", number("1-1", "26800"), LAST, False),
    ("cumulative-falls", LABOUR, "1-1", number("1-1", "26799") | said("1-1", "更正"), LAST, False),
    ("cumulative-falls", LABOUR, "1-1", number("1-1", "26799") | said("1-1", "无"), LAST, True),
    ("cumulative-falls", LABOUR, "1-1", number("1-1", "26799") | said("1-1", " 没有 "), LAST, True),
    ("cumulative-falls", LABOUR, "1-1", number("1-1", "26799") | said("1-1", "——"), LAST, True),
    ("cumulative-falls", CIVIL, "6-4", number("6-4", "77000"), LAST, False),
    ("child-exceeds", LABOUR, "1-3", number("1-2", "7000") | number("1-3", "7001"), {}, True),
    ("child-exceeds", LABOUR, "1-3", number("1-2", "7000") | number("1-3", "7000"), {}, False),
    ("child-exceeds", LABOUR, "1-3", number("1-2", "7000") | number("1-3", "7001") | said("1-3"), {}, False),
    ("child-exceeds", LABOUR, "1-3", number("1-3", "7001"), {}, False),
    ("child-exceeds", LABOUR, "1-3", number("1-2", "70") | number("1-3", "71"), LARGER, False),  # it was larger before
    ("child-exceeds", LABOUR, "1-3", number("1-2", "689") | number("1-3", "690"), LARGER, True),  # ten times that
    ("child-exceeds", LABOUR, "1-3", number("1-2", "70") | number("1-3", "71"), {**LARGER, "1-2": Fraction(69)}, True),
    ("child-exceeds", LABOUR, "1-3", number("1-2", "70") | number("1-3", "71"), {"1-3": Fraction(69)}, True),
    ("child-exceeds", LABOUR, "1-3", number("1-2", "2") | number("1-3", "7001"), {}, False),  # the parent is in doubt, not the child
    ("numerator-exceeds", ROADS, "4-3", ratio("4-3", "556"), {}, True),
    ("numerator-exceeds", ROADS, "4-3", ratio("4-3", "555"), {}, False),
    ("numerator-exceeds", ROADS, "4-3", ratio("4-3", "556") | said("4-3"), {}, False),
    ("numerator-exceeds", DATA, "10-2", ratio("10-2", "171", "170"), {}, True),
    ("numerator-exceeds", HEALTH, "7-3", ratio("7-3", "171", "170"), {}, False),
    ("numerator-exceeds", DATA, "10-2", ratio("10-2", "171", "170"), {"10-2": Fraction(175, 170)}, False),
    ("percent-typed", HEALTH, "7-4", ratio("7-4", "98", "100"), {}, True),
    ("percent-typed", HEALTH, "7-4", ratio("7-4", "1", "1"), {}, True),
    ("percent-typed", HEALTH, "7-4", ratio("7-4", "98", "100") | said("7-4"), {}, False),
    ("percent-typed", HEALTH, "7-4", ratio("7-4", "98", "101"), {}, False),
    ("percent-typed", DATA, "10-1", ratio("10-1", "65"), {}, False),
    ("percent-numerator", DATA, "10-1", ratio("10-1", "65"), {}, True),
    ("percent-numerator", DATA, "10-1", ratio("10-1", "65") | said("10-1"), {}, False),
    ("percent-numerator", DATA, "10-1", ratio("10-1", "101"), {}, False),
    ("percent-numerator", DATA, "10-1", ratio("10-1", "9"), {}, False),
    ("percent-numerator", DATA, "10-1", ratio("10-1", "513500"), {}, False),
    ("percent-numerator", ROADS, "4-3", ratio("4-3", "60"), {}, True),  # within 5 % of the target's 60, of 555
    ("percent-numerator", ROADS, "4-3", ratio("4-3", "64"), {}, False),
    ("percent-numerator", HEALTH, "7-4", ratio("7-4", "98", "3282"), {}, True),
    ("percent-numerator", HEALTH, "7-4", ratio("7-4", "98", "999"), {}, True),  # near the target's 98
    ("percent-numerator", HEALTH, "7-4", ratio("7-4", "80", "999"), {}, False),
    ("percent-numerator", HEALTH, "7-4", ratio("7-4", "98", "110"), {}, False),
    ("percent-numerator", HEALTH, "7-6", ratio("7-6", "92.5", "1120"), {}, True),  # two decimals are declared
    ("percent-numerator", HEALTH, "7-4", ratio("7-4", "98", "150"), BORN, True),  # the last rate was 98.7 %
    ("percent-numerator", HEALTH, "7-4", ratio("7-4", "93", "150"), BORN, False),
    ("percent-numerator", HEALTH, "7-4", ratio("7-4", "98", "110"), BORN, False),  # 89 %: less than ten points below
    ("rate-beyond", HEALTH, "7-4", ratio("7-4", "32820", "3282"), {}, False),
    ("rate-beyond", HEALTH, "7-4", ratio("7-4", "32821", "3282"), {}, True),
    ("rate-beyond", HEALTH, "7-4", ratio("7-4", "32821", "3282") | said("7-4"), {}, True),  # the office's word alone
    ("rate-beyond", HEALTH, "7-4", ratio("7-4", "32821", "3282"), {"7-4": Fraction(11)}, False),
    ("rate-large", HEALTH, "7-4", ratio("7-4", "9847", "3282"), {}, True),
    ("rate-large", HEALTH, "7-4", ratio("7-4", "9846", "3282"), {}, False),
    ("rate-large", HEALTH, "7-4", ratio("7-4", "9847", "3282") | said("7-4"), {}, False),
    ("rate-large", HEALTH, "7-4", ratio("7-4", "9847", "3282"), {"7-4": Fraction(1)}, False),
    ("rate-large", INSURANCE, "2-5", ratio("2-5", "9847", "3282"), {}, False),  # over last year's
    ("rate-halved", HEALTH, "7-4", ratio("7-4", "1600", "3282"), {"7-4": Fraction(98, 100)}, True),
    ("rate-halved", HEALTH, "7-4", ratio("7-4", "1609", "3282"), {"7-4": Fraction(98, 100)}, False),
    ("rate-halved", HEALTH, "7-4", ratio("7-4", "1600", "3282") | said("7-4"), {"7-4": Fraction(98, 100)}, False),
    ("rate-halved", HEALTH, "7-4", ratio("7-4", "0", "30"), {"7-4": Fraction(98, 100)}, True),
    ("rate-halved", HEALTH, "7-4", ratio("7-4", "0", "29"), {"7-4": Fraction(98, 100)}, False),
    ("numerator-leaps", HEALTH, "7-4", ratio("7-4", "740", "150"), BORN, True),
    ("numerator-leaps", HEALTH, "7-4", ratio("7-4", "739", "150"), BORN, False),
    ("numerator-leaps", HEALTH, "7-4", ratio("7-4", "740", "740"), BORN, False),
    ("numerator-leaps", HEALTH, "7-4", ratio("7-4", "740", "150") | said("7-4"), BORN, False),
    ("denominator-shifts", HEALTH, "7-4", ratio("7-4", "150", "1500"), BORN, True),
    ("denominator-shifts", HEALTH, "7-4", ratio("7-4", "150", "1499"), BORN, False),
    ("denominator-shifts", HEALTH, "7-4", ratio("7-4", "15", "15"), BORN, True),
    ("denominator-shifts", HEALTH, "7-4", ratio("7-4", "16", "16"), BORN, False),
    ("denominator-shifts", HEALTH, "7-4", ratio("7-4", "150", "1500") | said("7-4"), BORN, False),
    ("coverage-over", HEALTH, "7-3", ratio("7-3", "136", "130"), {}, True),
    ("coverage-over", HEALTH, "7-3", ratio("7-3", "130", "130"), {}, False),
    ("stock-falls", CIVIL, "6-4", number("6-4", "77000"), LAST, True),
    ("stock-falls", CIVIL, "6-4", number("6-4", "77000") | said("6-4"), LAST, False),
    ("stock-falls", CIVIL, "6-4", number("6-4", "77000") | said("6-4", "/"), LAST, True),
    ("stock-falls", CIVIL, "6-4", number("6-4", "78000"), LAST, False),
    ("jump", ROADS, "4-2", number("4-2", "10"), LAST, True),
    ("jump", ROADS, "4-2", number("4-2", "9"), LAST, False),
    ("same-as-last", YOUTH, "9-1", number("9-1", "10"), LAST, True),
    ("same-as-last", YOUTH, "9-1", number("9-1", "10") | {Key("word", "9", "progress"): "本期无新进展"}, LAST, False),
    ("same-as-last", YOUTH, "9-1", number("9-1", "11"), LAST, False),
    ("same-as-last", YOUTH, "9-1", number("9-1", "12"), {"9-1": Fraction(12)}, False),
]
SPRING: list[tuple[str, str, str, Cells, Before, bool]] = [
    ("size-early", LABOUR, "1-1", number("1-1", "23550"), {}, True),  # 3/12 + 1/2 of 31,400
    ("size-early", LABOUR, "1-1", number("1-1", "23549"), {}, False),
    ("size-early", LABOUR, "1-1", number("1-1", "23550"), {"1-1": Fraction(9000)}, False),
    ("size-early", LABOUR, "1-1", number("1-1", "23550") | said("1-1"), {}, False),
    ("size-early", ROADS, "4-1", number("4-1", "29"), {}, False),  # steps, not a line
    ("size-early", YOUTH, "9-1", number("9-1", "12"), {}, False),  # a small target
    ("size-january", LABOUR, "1-1", number("1-1", "23549"), {}, False),  # the first month alone
]
FIRST: list[tuple[str, str, str, Cells, Before, bool]] = [
    ("size-january", LABOUR, "1-1", number("1-1", "10467"), {}, True),  # 1/12 + 1/4 of 31,400
    ("size-january", LABOUR, "1-1", number("1-1", "10466"), {}, False),
    ("size-january", LABOUR, "1-1", number("1-1", "10467") | said("1-1"), {}, False),
    ("size-january", LABOUR, "1-1", number("1-1", "18317"), {}, False),  # that is large by half of it
    ("size-early", LABOUR, "1-1", number("1-1", "18317"), {}, True),
    ("size-january", ROADS, "4-1", number("4-1", "29"), {}, False),  # steps, not a line
    ("size-january", YOUTH, "9-1", number("9-1", "5"), {}, False),  # a small target
]
EVERY = [
    (period, *case) for period, cases in ((OCTOBER, CASES), (MARCH, SPRING), (JANUARY, FIRST)) for case in cases
]
IDS = [f"{case[1]}-{n}" for n, case in enumerate(EVERY)]


class Earlier(NoEvidence):
    """Evidence of a form and of earlier figures."""

    def __init__(self, sent: bytes, before: Before) -> None:
        self._sent = sent
        self._before, self._parts = split(before)

    def issued(self, unit: str, period: Period, form: str) -> bytes:
        return self._sent

    def before(self, unit: str, period: Period) -> dict[str, Value]:
        return self._before

    def parts(self, unit: str, period: Period) -> Cells:
        return self._parts


def split(before: Before) -> tuple[dict[str, Value], Cells]:
    values = {code: value for code, value in before.items() if isinstance(code, str)}
    return values, {key: value for key, value in before.items() if isinstance(key, Key)}


def form_of(period: Period, unit: str, before: Before, cells: Cells) -> Sheet:
    values, parts = split(before)
    return unit_form(PLAN, PLAN.unit(unit), period, values, cells, left=Left(parts=parts))


def judged(period: Period, unit: str, cells: Cells, before: Before) -> Return:
    form = unit_form(PLAN, PLAN.unit(unit), period, {})
    values, parts = split(before)
    sent = write_book(unit_book(PLAN, PLAN.unit(unit), period, values, left=Left(parts=parts)))
    book = openpyxl.load_workbook(io.BytesIO(sent))
    for key, value in cells.items():
        book["填报表"][form.address(key)] = float(value) if isinstance(value, Fraction) else value
    stream = io.BytesIO()
    book.save(stream)
    return Judge(PLAN, Earlier(sent, before)).judge("x.xlsx", "0", stream.getvalue())


def speaks(rule: Rule, hint: object, row: str) -> bool:
    """Whether a 校验 sentence is that of a rule."""
    expected = rule.hint.format(parent=PLAN.indicator(row).parent)
    return hint == (expected if rule.is_doubt else REMARK + expected)


@pytest.mark.parametrize(("period", "code", "unit", "row", "cells", "before", "fires"), EVERY, ids=IDS)
def test_the_intake(
    period: Period, code: str, unit: str, row: str, cells: Cells, before: Before, fires: bool
) -> None:
    found = judged(period, unit, cells, before)
    rule = RULES[code]
    asked = [p for p in found.problems if p.code == code and p.severity is rule.severity]
    assert bool(asked) is fires
    assert found.content is not None
    if fires and rule.is_doubt and code != "ratio-half":
        held = [key for key, value in found.content.figures.items() if isinstance(value, Doubt) and key.of == row]
        assert held


@pytest.mark.parametrize(("period", "code", "unit", "row", "cells", "before", "fires"), EVERY, ids=IDS)
def test_the_form(period: Period, code: str, unit: str, row: str, cells: Cells, before: Before, fires: bool) -> None:
    sheet = form_of(period, unit, before, cells)
    assert speaks(RULES[code], Book([sheet], {}).value(sheet, sheet.cell(figure(row, "check"))), row) is fires


FALLS = [
    ("1-1", Kind.CUMULATIVE, {"1-1": Fraction(9)}, number("1-1", "3")),
    ("1-1", Kind.CUMULATIVE, {"1-1": Fraction(9)}, number("1-1", "8")),
    ("6-4", Kind.STOCK, {"6-4": Fraction(78000)}, number("6-4", "70000")),
    ("7-3", Kind.RATIO, {"7-3": Fraction(9, 10)}, ratio("7-3", "300", "1000")),
]


@pytest.mark.parametrize(("code", "kind", "before", "cells"), FALLS, ids=[str(n) for n in range(len(FALLS))])
@pytest.mark.parametrize("comparator", [Comparator.AT_LEAST, Comparator.AT_MOST])
def test_a_fall_of_what_must_not_exceed_its_target_asks_nothing(
    code: str, kind: Kind, before: Before, cells: Cells, comparator: Comparator
) -> None:
    target = PLAN.indicator(code).target if kind is Kind.RATIO else Fraction(100000)
    changed = tuple(
        i._replace(comparator=comparator, target=target) if i.code == code else i for i in PLAN.indicators
    )
    plan = PLAN.having(indicators=changed)
    unit = plan.indicator(code).filler
    sheet = unit_form(plan, plan.unit(unit), OCTOBER, {str(k): v for k, v in before.items()}, cells)
    said = Book([sheet], {}).value(sheet, sheet.cell(figure(code, "check")))
    assert (said == "") is (comparator is Comparator.AT_MOST)


@needs_libreoffice
@pytest.mark.office
def test_the_form_in_libreoffice(tmp_path: Path) -> None:
    paths = []
    for n, (period, _, unit, _, cells, before, _) in enumerate(EVERY):
        paths.append(tmp_path / f"{n}.xlsx")
        paths[-1].write_bytes(write_book(Book([form_of(period, unit, before, cells)], {})))
    again = convert(paths, "xlsx", tmp_path / "recalculated", recalculate=True)
    wrong = []
    for (period, code, unit, row, _, _, fires), path in zip(EVERY, again, strict=True):
        place = unit_form(PLAN, PLAN.unit(unit), period, {}).address(figure(row, "check"))
        hint = sheet_of(path, "填报表", data_only=True)[place].value
        if speaks(RULES[code], hint, row) is not fires:
            wrong.append((code, row, hint, fires))
    assert not wrong


def test_every_rule_of_a_row_has_cases_both_ways() -> None:
    told = {(code, fires) for _, code, _, _, _, _, fires in EVERY}
    unset = {"denominator-unset", "denominator-changed"}  # the plan's and the locked cell's matter: below
    unset |= {"exempt-entered", "unusual-increase"}  # of plans that ask for them: test_choices, test_younger
    assert {rule.code for rule in BY_ROW} - {code for code, _ in told} == unset
    assert all((rule.code, fires) in told for rule in BY_ROW if rule.code not in unset for fires in (True, False))


def test_obeying_an_instruction_passes_its_rule() -> None:
    """For each rule that the form instructs about there is a case that obeys it, and passes."""
    instructed = {rule.code for rule in BY_ROW if rule.instruction} - {"denominator-changed"}
    obeyed = {code for _, code, _, _, _, _, fires in EVERY if not fires}
    assert instructed <= obeyed
    form = unit_form(PLAN, PLAN.unit(LABOUR), OCTOBER, {})
    told = form.cell(figure("1-3")).input
    assert told is not None
    for rule in ("wan-lost", "figure-decimals", "child-exceeds", "cumulative-falls"):
        assert RULES[rule].instruction in told.instruction
    for unit in PLAN.reporting_units:
        assert all(len(c.input.instruction) <= 255 for c in unit_form(PLAN, unit, OCTOBER, {}).inputs() if c.input)


def test_an_unset_denominator_is_remarked() -> None:
    plan = Plan.built_in()
    form = unit_form(plan, plan.unit(ROADS), OCTOBER, {}, {figure("4-3", "numerator"): Fraction(5)})
    assert Book([form], {}).value(form, form.cell(figure("4-3", "check"))) == "提示：分母待办公室核定"


def test_the_page_of_the_rules_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m minsheng_xl.rules.catalogue > workbook/来件规则.md"
