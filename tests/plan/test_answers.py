"""待确认: what is asked of a plan, what is answered, and what counts then."""

import copy
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Plan, PlanError
from minsheng_xl.plan.answers import questions_in, with_answers
from minsheng_xl.plan.load import check_tables, load_plan
from minsheng_xl.plan.model import Comparator, QuestionState
from minsheng_xl.plan.read import read_tables
from minsheng_xl.plan.tables import RawTables
from minsheng_xl.plan.versions import Difference, differences
from minsheng_xl.year.folder import plan_hash
from tests.makers import raw, write_workbook

Tables = dict[str, list[dict[str, str]]]
OPEN, ANSWERED, CHANGED = QuestionState.OPEN, QuestionState.ANSWERED, QuestionState.CHANGED
GONE, MISTAKEN = QuestionState.GONE, QuestionState.MISTAKEN


def asked(number: str, table: str, of: str, column: str, choices: str, default: str, answer: str = "") -> dict[str, str]:
    return {
        "编号": number, "表": table, "对象": of, "栏": column, "问题": "是多少", "原句": "原文", "选项": choices, "默认": default,
        "答复": answer, "影响": "完成率",
    }


def asking(plan: Plan, *questions: dict[str, str]) -> Tables:
    found = copy.deepcopy(plan.tables)
    found["待确认"] = [dict(one) for one in questions]
    return found


def cell(tables: Tables, code: str, **cells: str) -> None:
    next(row for row in tables["指标"] if row["编码"] == code).update(cells)


TARGET = asked("1", "指标", "6-3", "目标", "32、33、其他", "32")
SIGN = asked("2", "指标", "6-3", "比较", "＞、≥", "＞")


def test_while_it_is_open_the_default_counts_which_stands_there(plan: Plan) -> None:
    found = check_tables(raw(asking(plan, TARGET, SIGN)))
    assert found == plan
    assert [(one.number, one.row, one.at, one.state) for one in found.questions] == [("1", 2, 27, OPEN), ("2", 3, 27, OPEN)]
    assert found.open_questions == found.questions


@pytest.mark.parametrize(("answer", "target"), [("33", 33), ("３３", 33), ("33.0", 33), ("40", 40), ("32", 32)])
def test_an_answer_counts(plan: Plan, answer: str, target: int) -> None:
    """40 is none of the choices: 其他 lets any be written."""
    found = check_tables(raw(asking(plan, {**TARGET, "答复": answer})))
    assert found.indicator("6-3").target == target
    assert (found.questions[0].state, found.open_questions) == (ANSWERED, ())


def test_an_answer_is_a_change_of_the_plan_like_any_other(plan: Plan) -> None:
    found = check_tables(raw(asking(plan, TARGET, {**SIGN, "答复": "≥"})))
    assert found.indicator("6-3").comparator is Comparator.AT_LEAST
    assert differences(plan, found) == [Difference("指标", "6-3", "比较", "＞", "≥")]
    assert differences(plan, check_tables(raw(asking(plan, TARGET, {**SIGN, "答复": "＞"})))) == []


def test_what_was_changed_in_the_table_counts_before_the_answer(plan: Plan) -> None:
    tables = asking(plan, {**TARGET, "答复": "33"})
    cell(tables, "6-3", 目标="36")
    found = check_tables(raw(tables))
    assert (found.indicator("6-3").target, found.questions[0].state) == (36, CHANGED)


def test_what_was_changed_in_the_table_is_no_question_any_more(plan: Plan) -> None:
    tables = asking(plan, TARGET)
    cell(tables, "6-3", 目标="36")
    assert check_tables(raw(tables)).open_questions == ()
    cell(tables, "6-3", 目标="32.0")  # another way to write the default
    assert len(check_tables(raw(tables)).open_questions) == 1


def test_the_tables_of_a_plan_say_what_counts(plan: Plan) -> None:
    """What is carried into the next year, and what the plan is known by, is the answer."""
    found = check_tables(raw(asking(plan, {**TARGET, "答复": "33"})))
    assert next(row["目标"] for row in found.tables["指标"] if row["编码"] == "6-3") == "33"
    again = check_tables(raw(found.tables))
    assert (again, plan_hash(again)) == (found, plan_hash(found))
    assert again.questions == found.questions


def test_a_plan_is_known_by_what_it_asks_and_by_what_was_answered(plan: Plan) -> None:
    made = [plan, *(check_tables(raw(asking(plan, {**TARGET, "答复": text}))) for text in ("", "32", "33"))]
    assert len({plan_hash(one) for one in made}) == 4


def test_the_picture_of_the_numbers_changes_nothing(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    tables["数字对照表"] = [{"项目": "1", "数": "3.14万", "原句": "培训3.14万人次", "归属": "1-1 的目标"}]
    found = check_tables(raw(tables))
    assert (found, plan_hash(found)) == (plan, plan_hash(plan))


@pytest.mark.parametrize("question", [
    asked("1", "指标", "9-99", "目标", "32、33", "32"), asked("1", "单位", "县移民办", "别名", "其他", "空着"),
    asked("1", "任务表", "77", "牵头单位", "县残联", "县残联", "县残联"), asked("1", "参数", "9-99", "分母", "其他", "空着", "5"),
])
def test_a_question_whose_row_is_gone_is_closed(plan: Plan, question: dict[str, str]) -> None:
    found = check_tables(raw(asking(plan, question)))
    assert [one.state for one in found.questions] == [GONE]
    assert found == plan


@pytest.mark.parametrize(("question", "place", "words"), [
    ({**SIGN, "答复": "大于"}, "待确认 第2行“答复”", "不在可选范围内（看到：大于）。请从 ＞、≥ 中选一个。"),
    ({**TARGET, "答复": "其他"}, "待确认 第2行“答复”", "不在可选范围内（看到：其他）。请从 32、33、其他 中选一个。"),
    ({**TARGET, "答复": "三十几处"}, "待确认 第2行“答复”", "目标不是可比较的数字（看到：三十几处）。请填 大于 0 的数字。"),
    ({**TARGET, "答复": "空着"}, "待确认 第2行“答复”", "目标不是可比较的数字。请填 大于 0 的数字。"),
    (asked("1", "指标", "6-3", "类型", "时点量、其他", "时点量", "存量"), "待确认 第2行“答复”",
     "不在可选范围内（看到：存量）。请从 累计量、时点量、比率、里程碑、文字、推导 中选一个。"),
    (asked("1", "参数", "4-3", "分母", "空着、其他", "空着", "五百"), "待确认 第2行“答复”", "应是数字（看到：五百）。请填 正数。"),
    (asked("1", "任务表", "8", "牵头单位", "县残联、其他", "县残联", "县移民办"), "待确认 第2行“答复”",
     "单位表里没有这个名称（看到：县移民办）。请在“单位”表登记，或加到该单位的别名里。"),
    (asked("1", "指标", "6-3", "目的", "32", "32"), "待确认 第2行“栏”", "计划里没有这张表或这一栏（看到：指标 目的）。请改回原样，或删去这一行。"),
    (asked("1", "指标表", "6-3", "目标", "32", "32"), "待确认 第2行“栏”", "计划里没有这张表或这一栏（看到：指标表 目标）。请改回原样，或删去这一行。"),
])
def test_a_wrong_answer_is_one_sentence_with_its_cell(
    plan: Plan, question: dict[str, str], place: str, words: str
) -> None:
    with pytest.raises(PlanError) as raised:
        check_tables(raw(asking(plan, question)))
    assert f"{place}：{words}" in [str(found) for found in raised.value.problems]
    assert {found.sheet for found in raised.value.problems} <= {"待确认", "指标"}


SEVERAL = asked("1", "指标", "1-1、1-2", "序时规则", "均衡、年末、其他", "均衡")


def test_several_rows_may_be_asked_about_at_once(plan: Plan) -> None:
    """What was changed in the table is let alone; while one says the default it is a question."""
    rules = {code: plan.indicator(code).pace_rule.value for code in ("1-1", "1-2", "1-3")}
    assert rules == dict.fromkeys(rules, "均衡")
    tables = asking(plan, SEVERAL)
    cell(tables, "1-1", 序时规则="全年一致")
    assert [one.state for one in check_tables(raw(tables)).questions] == [OPEN]
    tables["待确认"][0]["答复"] = "年末"
    found = check_tables(raw(tables))
    assert [found.indicator(code).pace_rule.value for code in rules] == ["全年一致", "年末", "均衡"]
    assert (check_tables(raw(found.tables)), found.open_questions) == (found, ())
    cell(tables, "1-2", 序时规则="全年一致")
    assert [one.state for one in check_tables(raw(tables)).questions] == [CHANGED]


def test_a_wrong_answer_about_several_rows_is_told_where_it_was_said(plan: Plan) -> None:
    with pytest.raises(PlanError) as raised:
        check_tables(raw(asking(plan, {**SEVERAL, "答复": "每天"})))
    assert {(found.sheet, found.cell) for found in raised.value.problems} == {("待确认", "第2行“答复”")}


def test_a_wrong_answer_is_no_answer(plan: Plan) -> None:
    tables = raw(asking(plan, {**SIGN, "答复": "大于"}))
    assert [one.state for one in questions_in(tables)] == [MISTAKEN]
    assert with_answers(tables).rows["指标"] == tables.rows["指标"]


def test_a_denominator_is_answered_where_the_settings_have_it(plan: Plan) -> None:
    question = asked("1", "参数", "4-3", "分母", "空着、其他", "空着")
    assert check_tables(raw(asking(plan, question))).indicator("4-3").fixed_denominator is None
    found = check_tables(raw(asking(plan, {**question, "答复": "555"})))
    assert found.indicator("4-3").fixed_denominator == 555


def test_a_cell_may_be_answered_to_be_blank(plan: Plan) -> None:
    question = asked("1", "指标", "1-3", "上级指标", "1-2、空着", "1-2", "空着")
    assert plan.indicator("1-3").parent == "1-2"
    assert check_tables(raw(asking(plan, question))).indicator("1-3").parent == ""


def test_a_deadline_may_be_answered(plan: Plan) -> None:
    question = asked("1", "指标", "6-3", "完成时限", "2022-12-31、其他", "2022-12-31", "2022-09-30")
    assert check_tables(raw(asking(plan, question))).indicator("6-3").deadline == date(2022, 9, 30)


def test_who_leads_instead_is_no_longer_responsible_and_who_led_is(plan: Plan) -> None:
    """8: 县残联 leads, 县财政局 and others are responsible; the row of 8-1 names its lead."""
    was = plan.project(8)
    assert was.leads == ("县残联",)
    new = was.responsible[1]
    tables = asking(plan, asked("1", "任务表", "8", "牵头单位", f"县残联、{new}", "县残联", new))
    cell(tables, "8-1", 牵头单位="县残联")
    now = check_tables(raw(tables))
    assert now.project(8).leads == (new,)
    assert now.project(8).responsible == ("县残联", *(name for name in was.responsible if name != new))
    assert now.indicator("8-1").lead == new


def test_two_units_are_one_only_if_it_is_said(plan: Plan) -> None:
    tables = asking(plan, asked("1", "单位", "县供销社", "同一单位", "县移民办、不是", "不是"))
    tables["单位"].append({**dict.fromkeys(tables["单位"][0], ""), "单位": "县移民办", "别名": "移民办"})
    apart = check_tables(raw(tables))
    assert (len(apart.units), len(apart.open_questions)) == (len(plan.units) + 1, 1)
    tables["待确认"][0]["答复"] = "不是"
    assert (len(check_tables(raw(tables)).units), check_tables(raw(tables)).open_questions) == (len(plan.units) + 1, ())
    tables["待确认"][0]["答复"] = "县移民办"
    one = check_tables(raw(tables))
    assert (len(one.units), one.canonical("县移民办"), one.canonical("移民办")) == (len(plan.units), "县供销社", "县供销社")
    assert (one.questions[0].state, check_tables(raw(one.tables))) == (GONE, one)


def test_a_unit_may_turn_out_to_be_a_group(plan: Plan) -> None:
    """东镇 is not in 单位 yet."""
    tables = asking(plan, asked("1", "单位", "各镇", "组", "不是、其他", "不是"))
    tables["单位"].append({**dict.fromkeys(tables["单位"][0], ""), "单位": "各镇"})
    tables["任务表"][1]["责任单位"] = "县财政局、各镇"
    assert check_tables(raw(tables)).project(2).responsible == ("县财政局", "各镇")
    tables["待确认"][0]["答复"] = "东镇、县残联"
    found = check_tables(raw(tables))
    assert found.project(2).responsible == ("县财政局", "东镇", "县残联")
    assert found.tables["组"] == [{"组": "各镇", "单位": "东镇、县残联"}]
    assert found.canonical("各镇") is None
    assert (found.questions[0].state, check_tables(raw(found.tables))) == (GONE, found)


def test_a_group_is_made_in_a_plan_that_knew_none(plan: Plan) -> None:
    tables = asking(plan, asked("1", "单位", "各镇", "组", "不是、其他", "不是", "东镇、县残联"))
    tables["单位"].append({**dict.fromkeys(tables["单位"][0], ""), "单位": "各镇"})
    tables["任务表"][1]["责任单位"] = "各镇"
    del tables["组"]
    assert check_tables(raw(tables)).project(2).responsible == ("东镇", "县残联")


def test_a_formula_is_no_answer(plan: Plan, tmp_path: Path) -> None:
    """It is told as one, and the default counts: none of it is read as a figure."""
    path = written(asking(plan, TARGET), tmp_path)
    book = openpyxl.load_workbook(path)
    book["待确认"].cell(2, 9).value = "=30+3"
    book.save(path)
    with pytest.raises(PlanError) as raised:
        load_plan(path)
    assert [(found.code, found.sheet, found.cell) for found in raised.value.problems] == [
        ("plan-formula", "待确认", "第2行“答复”")
    ]


def test_a_question_of_a_whole_table_changes_no_cell(plan: Plan) -> None:
    question = asked("1", "任务表", "", "牵头单位", "列第一位的牵头、逐项填写", "列第一位的牵头")
    found = check_tables(raw(asking(plan, question)))
    assert ([one.blocks for one in found.questions], found) == ([True], plan)
    found = check_tables(raw(asking(plan, {**question, "答复": "逐项填写"})))
    assert (found.open_questions, found) == ((), plan)


def test_a_number_without_a_place_is_only_taken_note_of(plan: Plan) -> None:
    question = asked("1", "任务表", "8", "数", "不是目标、是目标", "不是目标")
    found = check_tables(raw(asking(plan, question)))
    assert ([(one.state, one.blocks) for one in found.questions], found) == ([(OPEN, False)], plan)
    assert check_tables(raw(asking(plan, {**question, "答复": "是目标"}))).open_questions == ()


@pytest.mark.parametrize(("table", "of", "column", "blocks"), [
    ("指标", "6-3", "目标", True), ("指标", "6-3", "比较", True), ("指标", "6-3", "计量单位", True), ("指标", "6-3", "类型", True),
    ("指标", "6-3", "牵头单位", True), ("任务表", "6", "牵头单位", True), ("指标", "6-3", "序时规则", False),
    ("指标", "6-3", "口径", False), ("参数", "4-3", "分母", False), ("参数", "6-3", "年初数", False),
])
def test_what_has_to_be_sure_before_a_form_goes_out(
    plan: Plan, table: str, of: str, column: str, blocks: bool
) -> None:
    rows = {"指标": ("编码", column), "任务表": ("序号", column), "参数": ("对象", "值")}
    key, title = rows[table]
    there = next(row[title] for row in plan.tables[table] if row[key] == of and (table != "参数" or row["参数"] == column))
    found = check_tables(raw(asking(plan, asked("1", table, of, column, "其他", there or "空着"))))
    assert [(one.is_open, one.blocks) for one in found.questions] == [(True, blocks)]


def written(tables: Tables, path: Path) -> Path:
    write_workbook(tables, path / "计划.xlsx")
    return path / "计划.xlsx"


def test_the_workbook_opens_on_what_is_asked_with_a_drop_down_for_each(plan: Plan, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(asking(plan, TARGET, SIGN), tmp_path))
    sheet = book["待确认"]
    assert (book.sheetnames[0], book.active.title) == ("待确认", "待确认")
    offered = {str(rule.sqref): (rule.formula1, rule.showErrorMessage) for rule in sheet.data_validations.dataValidation}
    assert offered == {"I2": ('"32,33"', False), "I3": ('"＞,≥"', True)}  # what may be other than offered is not refused
    assert {sheet.cell(2, column).fill.fgColor.rgb for column in (8, 9)} == {"FFFFF2CC", "FFFFFFFF"}
    assert "数字对照表" not in book.sheetnames


def test_a_list_that_excel_would_not_take_is_left_to_be_written(plan: Plan, tmp_path: Path) -> None:
    names = "、".join(f"某县某某某某局{n}" for n in range(40))
    long = asked("1", "指标", "6-3", "牵头单位", names, plan.indicator("6-3").lead)
    book = openpyxl.load_workbook(written(asking(plan, long, asked("2", "指标", "1-1", "目标", "31,400、其他", "31400")), tmp_path))
    assert book["待确认"].data_validations.dataValidation == []


def test_answers_in_the_workbook_count(plan: Plan, tmp_path: Path) -> None:
    path = written(asking(plan, TARGET, SIGN, asked("3", "参数", "4-3", "分母", "空着、其他", "空着")), tmp_path)
    book = openpyxl.load_workbook(path)
    for row, said in ((2, 33), (3, "≥"), (4, 555)):
        book["待确认"].cell(row, 9).value = said
    book.save(path)
    found = load_plan(path)
    assert (found.indicator("6-3").target, found.indicator("6-3").comparator) == (33, Comparator.AT_LEAST)
    assert (found.indicator("4-3").fixed_denominator, found.open_questions) == (Fraction(555), ())


def test_a_sheet_of_the_offices_own_is_none_of_ours(plan: Plan, tmp_path: Path) -> None:
    path = written(plan.tables, tmp_path)
    book = openpyxl.load_workbook(path)
    del book["组"]
    for name in ("待确认", "组"):
        book.create_sheet(name)["A1"] = "县里要问的几件事"
    book.save(path)
    tables = read_tables(path)
    assert isinstance(tables, RawTables)
    assert {"待确认", "组"}.isdisjoint(tables.heads)
    assert plan_hash(load_plan(path)) == plan_hash(plan)


def test_remarks_of_the_office_are_not_what_the_plan_is_known_by(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    tables["任务表"][0]["备注"] = "省定"
    assert plan_hash(check_tables(raw(tables))) == plan_hash(plan)


@pytest.mark.parametrize(("text", "day", "is_told"), [
    ("2022-09-30", date(2022, 9, 30), False), ("2022年9月30日前", date(2022, 9, 30), False), ("9月底前", date(2022, 9, 30), False),
    ("2022年11月底前完成", date(2022, 11, 30), False), ("6月", date(2022, 6, 30), False), ("年底前", date(2022, 12, 31), False),
    ("2022年\n12月底", date(2022, 12, 31), False), ("2月末", date(2022, 2, 28), False),
    ("9月前", None, True), ("9月下旬", None, True), ("13月底", None, True), ("6月底开工，11月底完工", None, True),
    ("全年", None, False), ("长期坚持", None, False), ("", None, False),
])
def test_a_published_deadline_counts_where_it_is_one_day(plan: Plan, text: str, day: date | None, is_told: bool) -> None:
    tables = copy.deepcopy(plan.tables)
    tables["任务表"][7]["完成时限"] = text
    for row in tables["指标"]:
        row["完成时限"] = "" if row["编码"] == "8-1" else row["完成时限"]
    found = check_tables(raw(tables))
    assert found.indicator("8-1").deadline == day
    told = [(note.sheet, note.cell, note.seen) for note in found.warnings if note.code == "plan-deadline-words"]
    assert told == ([("任务表", "第9行“完成时限”", text)] if is_told else [])


def test_what_an_indicator_says_itself_counts_before_its_project(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    tables["任务表"][7].update(完成时限="9月底前", 分管领导="王五")
    cell(tables, "8-1", 完成时限="2022-10-31", 分管领导="张三")
    found = check_tables(raw(tables)).indicator("8-1")
    assert (found.deadline, found.leader) == (date(2022, 10, 31), "张三")
