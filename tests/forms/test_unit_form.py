"""The unit's form, as its clerk meets it."""

from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.rows import chinese_number, form_rows
from minsheng_xl.forms.unit import form_hash, unit_form
from minsheng_xl.forms.words import LEAD_FIELDS, SUPPORT_FIELDS
from minsheng_xl.plan.load import check_tables
from tests.makers import figure, raw, word

OCTOBER = Period.parse("2022-10")


def filled(plan: Plan, unit: str, cells: dict[Key, Value], before: dict[str, Value] | None = None) -> tuple[Book, Sheet]:
    sheet = unit_form(plan, plan.unit(unit), OCTOBER, before or {}, cells)
    return Book([sheet], {}), sheet


def said(plan: Plan, unit: str, key: Key, cells: dict[Key, Value], before: dict[str, Value] | None = None) -> Value:
    book, sheet = filled(plan, unit, cells, before)
    return book.value(sheet, sheet.cell(key))


BANNER = Key("banner", "form", "line")


def test_numbers_once_per_indicator_words_once_per_project(sample_plan: Plan) -> None:
    _, sheet = filled(sample_plan, "县卫生健康委", {})
    assert [r.indicator.code for r in form_rows(sample_plan, "县卫生健康委", OCTOBER)] == ["7-1", "7-2", "7-3", "7-4", "7-5", "7-6", "7-7"]
    for pair in LEAD_FIELDS:
        assert all(sheet.has(word(7, field.key)) for field in pair)
    for no in (1, 2, 3, 6, 8, 9):
        assert all(sheet.has(word(no, field.key)) for field in SUPPORT_FIELDS)
        assert not sheet.has(word(no, "progress"))


def test_text_commitments_ask_for_words_not_figures(sample_plan: Plan) -> None:
    _, sheet = filled(sample_plan, "县城市管理局", {})
    assert [r.indicator.code for r in form_rows(sample_plan, "县城市管理局", OCTOBER)] == ["3-1", "3-4", "3-6", "3-7"]
    assert any("既有窨井盖问题基本解决" in str(c.content) for c in sheet.cells.values())


def test_only_a_fixed_denominator_is_locked(sample_plan: Plan) -> None:
    _, sheet = filled(sample_plan, "县卫生健康委", {})
    assert sheet.cell(figure("7-3", "denominator")).input is not None
    _, roads = filled(sample_plan, "县交通运输局", {})
    assert roads.cell(figure("4-3", "denominator")).input is None
    assert roads.cell(figure("4-3", "denominator")).content == 555
    assert roads.cell(figure("4-3", "reported")).input is None


def test_the_line_on_top_counts_what_is_filled(sample_plan: Plan) -> None:
    codes = ["9-1", "9-2", "9-3"]
    cells: dict[Key, Value] = {figure("9-1"): Fraction(10)}
    assert said(sample_plan, "团县委", BANNER, {}) == "已填 0/5，还差 5 项，先填 9-1 本期累计"
    assert said(sample_plan, "团县委", BANNER, cells) == "已填 1/5，还差 4 项，先填 9-2 本期累计"
    cells |= {figure(c): Fraction(20) for c in codes[:2]} | {figure("9-3"): "否", word(9, "progress"): "办了", word(1, "support"): "配合"}
    assert said(sample_plan, "团县委", BANNER, cells) == "✓ 已填 5/5，可报送"
    cells[figure("9-1")] = "二十"
    assert said(sample_plan, "团县委", BANNER, cells) == "已填 5/5，有 1 处请核对（见校验栏）"


@pytest.mark.parametrize(
    ("unit", "cells", "before", "row", "sentence"),
    [
        ("团县委", {figure("9-1"): "二十"}, {}, "9-1", "只能填数字"), ("团县委", {figure("9-1"): Fraction(-1)}, {}, "9-1", "不能为负"),
        ("团县委", {figure("9-1"): Fraction(9)}, {"9-1": Fraction(10)}, "9-1", "比上期少，请核对或写说明"),
        ("团县委", {figure("9-1"): Fraction(9), figure("9-1", "explanation"): "更正"}, {"9-1": Fraction(10)}, "9-1", ""),
        ("团县委", {figure("9-1"): Fraction(5)}, {"9-1": Fraction(10)}, "9-1", "像是只填了新增，请填累计或写说明"),
        ("团县委", {figure("9-1"): Fraction(10)}, {"9-1": Fraction(10)}, "9-1", "提示：与上期相同，没有变化请选“本期无新进展”"), ("团县委", {}, {"9-1": Fraction(10)}, "9-1", ""),
        ("县民政局", {figure("6-4"): Fraction(79000)}, {"6-4": Fraction(79060)}, "6-4", "提示：比上期少，请写一句原因"),  # a stock may fall
        ("县民政局", {figure("6-4"): Fraction("7.906")}, {"6-4": Fraction(79060)}, "6-4", "像是少了“万”，请填足或写说明"),
        ("县卫生健康委", {figure("7-3", "numerator"): Fraction(5)}, {}, "7-3", "分子、分母都要填"),
        ("县卫生健康委", {figure("7-3", "numerator"): Fraction(5), figure("7-3", "denominator"): Fraction(0)}, {}, "7-3", "分母应大于0"),
        ("县卫生健康委", {figure("7-3", "numerator"): "98%", figure("7-3", "denominator"): Fraction(3)}, {}, "7-3", "只能填数字"),
        ("县卫生健康委", {figure("7-3", "numerator"): Fraction(5), figure("7-3", "denominator"): Fraction(4)}, {}, "7-3", "提示：超过100%，请核对口径"),
        ("县卫生健康委", {figure("7-3", "numerator"): Fraction(60), figure("7-3", "denominator"): Fraction(100)}, {}, "7-3", "像是百分数，请填个数或写说明"),
        ("县交通运输局", {figure("4-3", "numerator"): Fraction(556)}, {}, "4-3", "分子大于分母，请核对或写说明"),
        ("县交通运输局", {figure("4-3", "numerator"): Fraction(555)}, {}, "4-3", ""),
        ("县人力资源和社会保障局", {figure("1-2"): Fraction(5000), figure("1-3"): Fraction(6000)}, {}, "1-3", "大于1-2，请核对或写说明"),
    ],
)
def test_the_check_speaks_while_the_clerk_types(
    sample_plan: Plan, unit: str, cells: dict[Key, Value], before: dict[str, Value], row: str, sentence: str
) -> None:
    assert said(sample_plan, unit, figure(row, "check"), cells, before) == sentence


def test_previous_plus_increase_is_current(sample_plan: Plan) -> None:
    increase = figure("9-1", "increase")
    assert said(sample_plan, "团县委", increase, {figure("9-1"): Fraction(12)}, {"9-1": Fraction(10)}) == 2
    assert said(sample_plan, "团县委", increase, {figure("9-1"): Fraction(12)}) == "—"
    assert said(sample_plan, "团县委", increase, {}, {"9-1": Fraction(10)}) == ""


def test_the_checksum_is_the_plain_sum_of_what_was_typed(sample_plan: Plan) -> None:
    cells: dict[Key, Value] = {figure("6-1"): Fraction(3), figure("6-5", "numerator"): Fraction(3), figure("6-7", "numerator"): Fraction(31)}
    assert said(sample_plan, "县民政局", Key("foot", "form", "checksum"), cells) == 37  # the office's 4 and 32 are not in it


def test_the_hash_knows_what_the_form_is_built_from(plan: Plan, sample_plan: Plan) -> None:
    assert form_hash(plan, "县财政局") == form_hash(sample_plan, "县财政局")
    assert form_hash(plan, "县交通运输局") != form_hash(sample_plan, "县交通运输局")  # its denominator was fixed
    tables = {name: [dict(row) for row in rows] for name, rows in plan.tables.items()}
    tables["单位"][0]["电话"] = "5051111"
    tables["参数"][5]["值"] = "2022-02-08"
    assert form_hash(check_tables(raw(tables)), "县人力资源和社会保障局") == form_hash(plan, "县人力资源和社会保障局")
    tables["指标"][0]["目标"] = "31401"
    assert form_hash(check_tables(raw(tables)), "县人力资源和社会保障局") != form_hash(plan, "县人力资源和社会保障局")


def test_other_plans_give_other_forms(quarters_plan: Plan) -> None:
    period = quarters_plan.periods[0]
    water = unit_form(quarters_plan, quarters_plan.unit("县水利局"), period, {})
    assert water.has(figure("甲1"))
    assert not water.has(figure("甲2"))
    office = next(u for u in quarters_plan.reporting_units if u.sheet_name == "示范区办公室")
    assert unit_form(quarters_plan, office, period, {}).has(Key("share", "甲1", "reported"))
    bureau = unit_form(quarters_plan, quarters_plan.unit("县统计局"), period, {})
    assert bureau.has(figure("乙2", "numerator"))  # 填数单位
    farm = unit_form(quarters_plan, quarters_plan.unit("农业农村局"), period, {})
    assert farm.has(word(2, "funding_paid"))
    assert not farm.has(figure("乙2", "numerator"))


@pytest.mark.parametrize(("no", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (45, "四十五"), (100, "100")])
def test_chinese_numbers(no: int, text: str) -> None:
    assert chinese_number(no) == text


def test_a_long_explanation_grows_its_row(sample_plan: Plan) -> None:
    _, short = filled(sample_plan, "县民政局", {})
    _, long = filled(sample_plan, "县民政局", {figure("6-1", "explanation"): "本期数字与上期相比变化较大，原因是项目集中验收。" * 4})
    row = short.cell(figure("6-1")).row
    assert long.heights[row] > 3 * short.heights[row]
