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
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.table import REMARK
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.originals import NoEvidence
from minsheng_xl.rules.catalogue import BY_ROW, RULES, page
from minsheng_xl.rules.model import Rule
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import figure
from tests.workbooks import sheet_of

OCTOBER = Period.parse("2022-10")
PLAN = Plan.built_in(sample=True)
PAGE = Path(__file__).parents[2] / "workbook" / "来件规则.md"

Cells = dict[Key, Value]
Before = dict[str, Value]


def number(code: str, text: str) -> Cells:
    return {figure(code): Fraction(text)}


def ratio(code: str, numerator: str, denominator: str = "") -> Cells:
    cells: Cells = {figure(code, "numerator"): Fraction(numerator)} if numerator else {}
    return cells | ({figure(code, "denominator"): Fraction(denominator)} if denominator else {})


def said(code: str, text: str = "情况属实，按户籍口径") -> Cells:
    return {figure(code, "explanation"): text}


LABOUR, CIVIL, HEALTH, ROADS, YOUTH, DATA = (
    "县人力资源和社会保障局", "县民政局", "县卫生健康委", "县交通运输局", "团县委", "县政务服务和大数据服务中心",
)
LAST: Before = {"1-1": Fraction(26800), "6-4": Fraction(78000), "9-1": Fraction(10), "4-2": Fraction(2)}

# rule, unit, row, cells, 上期累计, whether it fires (holding, or as a remark for a 提示)
CASES: list[tuple[str, str, str, Cells, Before, bool]] = [
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
    ("wan-doubled", LABOUR, "1-1", number("1-1", "31400000"), {}, True),
    ("wan-doubled", LABOUR, "1-1", number("1-1", "31399999"), {}, False),
    ("wan-doubled", LABOUR, "1-1", number("1-1", "314000000") | said("1-1"), {}, False),
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
    ("child-exceeds", LABOUR, "1-3", number("1-2", "2") | number("1-3", "7001"), {}, False),  # the parent is in doubt, not the child
    ("numerator-exceeds", ROADS, "4-3", ratio("4-3", "556"), {}, True),
    ("numerator-exceeds", ROADS, "4-3", ratio("4-3", "555"), {}, False),
    ("numerator-exceeds", ROADS, "4-3", ratio("4-3", "556") | said("4-3"), {}, False),
    ("numerator-exceeds", DATA, "10-2", ratio("10-2", "171", "170"), {}, True),
    ("numerator-exceeds", HEALTH, "7-3", ratio("7-3", "171", "170"), {}, False),
    ("percent-typed", HEALTH, "7-4", ratio("7-4", "98", "100"), {}, True),
    ("percent-typed", HEALTH, "7-4", ratio("7-4", "1", "1"), {}, True),
    ("percent-typed", HEALTH, "7-4", ratio("7-4", "98", "100") | said("7-4"), {}, False),
    ("percent-typed", HEALTH, "7-4", ratio("7-4", "98", "101"), {}, False),
    ("percent-typed", DATA, "10-1", ratio("10-1", "65"), {}, True),
    ("percent-typed", DATA, "10-1", ratio("10-1", "513500"), {}, False),
    ("percent-typed", ROADS, "4-3", ratio("4-3", "60"), {}, False),
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
IDS = [f"{case[0]}-{n}" for n, case in enumerate(CASES)]


class Earlier(NoEvidence):
    """Evidence of earlier figures alone."""

    def __init__(self, before: Before) -> None:
        self._before = before

    def before(self, unit: str, period: Period) -> Before:
        return self._before


def judged(unit: str, cells: Cells, before: Before) -> Return:
    form = unit_form(PLAN, PLAN.unit(unit), OCTOBER, {})
    book = openpyxl.load_workbook(io.BytesIO(write_book(unit_book(PLAN, PLAN.unit(unit), OCTOBER, before))))
    for key, value in cells.items():
        book["填报表"][form.address(key)] = float(value) if isinstance(value, Fraction) else value
    stream = io.BytesIO()
    book.save(stream)
    return Judge(PLAN, Earlier(before)).judge("x.xlsx", "0", stream.getvalue())


def speaks(rule: Rule, hint: object, row: str) -> bool:
    """Whether a 校验 sentence is that of a rule."""
    expected = rule.hint.format(parent=PLAN.indicator(row).parent)
    return hint == (expected if rule.is_doubt else REMARK + expected)


@pytest.mark.parametrize(("code", "unit", "row", "cells", "before", "fires"), CASES, ids=IDS)
def test_the_intake(code: str, unit: str, row: str, cells: Cells, before: Before, fires: bool) -> None:
    found = judged(unit, cells, before)
    rule = RULES[code]
    asked = [p for p in found.problems if p.code == code and p.severity is rule.severity]
    assert bool(asked) is fires
    assert found.content is not None
    if fires and rule.is_doubt and code != "ratio-half":
        held = [key for key, value in found.content.figures.items() if isinstance(value, Doubt) and key.of == row]
        assert held


@pytest.mark.parametrize(("code", "unit", "row", "cells", "before", "fires"), CASES, ids=IDS)
def test_the_form(code: str, unit: str, row: str, cells: Cells, before: Before, fires: bool) -> None:
    sheet = unit_form(PLAN, PLAN.unit(unit), OCTOBER, before, cells)
    assert speaks(RULES[code], Book([sheet], {}).value(sheet, sheet.cell(figure(row, "check"))), row) is fires


@needs_libreoffice
@pytest.mark.office
def test_the_form_in_libreoffice(tmp_path: Path) -> None:
    paths = []
    for n, (_, unit, _, cells, before, _) in enumerate(CASES):
        paths.append(tmp_path / f"{n}.xlsx")
        paths[-1].write_bytes(write_book(Book([unit_form(PLAN, PLAN.unit(unit), OCTOBER, before, cells)], {})))
    again = convert(paths, "xlsx", tmp_path / "recalculated", recalculate=True)
    wrong = []
    for (code, unit, row, _, _, fires), path in zip(CASES, again, strict=True):
        place = unit_form(PLAN, PLAN.unit(unit), OCTOBER, {}).address(figure(row, "check"))
        hint = sheet_of(path, "填报表", data_only=True)[place].value
        if speaks(RULES[code], hint, row) is not fires:
            wrong.append((code, row, hint, fires))
    assert not wrong


def test_every_rule_of_a_row_has_cases_both_ways() -> None:
    told = {(code, fires) for code, _, _, _, _, fires in CASES}
    unset = {"denominator-unset", "denominator-changed"}  # the plan's and the locked cell's matter: below
    assert {rule.code for rule in BY_ROW} - {code for code, _ in told} == unset
    assert all((rule.code, fires) in told for rule in BY_ROW if rule.code not in unset for fires in (True, False))


def test_obeying_an_instruction_passes_its_rule() -> None:
    """For each rule that the form instructs about there is a case that obeys it, and passes."""
    instructed = {rule.code for rule in BY_ROW if rule.instruction} - {"denominator-changed"}
    obeyed = {code for code, _, _, _, _, fires in CASES if not fires}
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
