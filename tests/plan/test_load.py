"""Loading reports every problem at once: table, row, column, what was seen, what to do."""

import ast
import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from minsheng_xl import Plan, PlanError
from minsheng_xl.plan.load import check_tables, load_plan, plan_once_used
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.plan.text import to_text
from minsheng_xl.problems import Problem, Severity
from tests.makers import PLANS, large_plan, raw

Tables = dict[str, list[dict[str, str]]]


def row(tables: Tables, table: str, column: str, text: str) -> dict[str, str]:
    return next(r for r in tables[table] if r[column] == text)


def setting(tables: Tables, name: str, about: str, value: str) -> None:
    found = [r for r in tables["参数"] if (r["参数"], r["对象"]) == (name, about)]
    if found:
        found[0]["值"] = value
    else:
        tables["参数"].append({"参数": name, "对象": about, "值": value, "说明": ""})


def step(tables: Tables, code: str, month: str, share: str) -> None:
    tables["序时"].append({"指标编码": code, "月份": month, "应完成": share, "依据": "文件", "确认单位": "县财政局"})


def indicator(code: str, column: str, text: str) -> Callable[[Tables], None]:
    return lambda tables: row(tables, "指标", "编码", code).update({column: text})


def event(kind: str, of: str, into: str = "", begins: str = "") -> Callable[[Tables], object]:
    row = {"事项": kind, "对象": of, "改为": into, "起始期次": begins, "文号": "", "说明": ""}
    return lambda t: t.update(变更=[row])


CASES: list[tuple[str, Callable[[Tables], object], str, str]] = [
    ("plan-sum", lambda t: t["指标"].append({"编码": "合计", "小数位": "=SUM(H2:H46)"}), "第47行“编码”", "合计"),
    ("plan-unit-unknown", lambda t: row(t, "任务表", "序号", "2").update(责任单位="县人社局、县卫建委"), "第3行“责任单位”", "县卫建委"),
    ("plan-name-twice", lambda t: row(t, "单位", "单位", "县审计局").update(别名="县财局、财政局"), "第38行“别名”", "财政局"),
    ("plan-lead-foreign", indicator("1-1", "牵头单位", "县财政局"), "第2行“牵头单位”", "县财政局"),
    ("plan-lead-open", indicator("3-1", "牵头单位", ""), "第11行“牵头单位”", ""),
    ("plan-code-twice", indicator("1-2", "编码", "1-1"), "第3行“编码”", "1-1"),
    ("plan-target", indicator("1-1", "目标", "约3万"), "第2行“目标”", "约3万"),
    ("plan-target", indicator("4-3", "目标", "60"), "第20行“目标”", "60"),
    ("plan-target", indicator("1-1", "目标", "0"), "第2行“目标”", "0"),
    ("plan-comparator", indicator("1-1", "比较", ""), "第2行“比较”", ""),
    ("plan-pace", indicator("1-1", "序时规则", ""), "第2行“序时规则”", ""),
    ("plan-denominator-rule", indicator("4-3", "分母来源", ""), "第20行“分母来源”", ""),
    ("plan-weight", indicator("1-1", "权重", "0"), "第2行“权重”", "0"),
    ("plan-weight", indicator("1-1", "权重", "一半"), "第2行“权重”", "一半"),
    ("plan-choice", indicator("1-1", "类型", "累计"), "第2行“类型”", "累计"),
    ("plan-project-unknown", indicator("1-1", "项目", "11"), "第2行“项目”", "11"),
    ("plan-empty", indicator("1-1", "指标", ""), "第2行“指标”", ""),
    ("plan-empty", lambda t: row(t, "任务表", "序号", "2").update(项目=""), "第3行“项目”", ""),
    ("plan-number", indicator("1-1", "小数位", "两位"), "第2行“小数位”", "两位"),
    ("plan-date", indicator("1-1", "完成时限", "2022年底"), "第2行“完成时限”", "2022年底"),
    ("plan-indicator-unknown", indicator("1-3", "上级指标", "1-9"), "第4行“上级指标”", "1-9"),
    ("plan-parent", indicator("2-1", "上级指标", "2-1"), "第6行“上级指标”", "2-1"),
    ("plan-derived", indicator("7-7", "推导自", "7-3、7-6"), "第38行“推导自”", "7-3、7-6"),
    ("plan-pause", indicator("1-1", "暂停文号", "鲁政办12号"), "第2行“暂停文号”", "鲁政办12号"),
    ("plan-period", lambda t: row(t, "指标", "编码", "1-1").update(暂停文号="12号", 暂停起始期="10月"), "第2行“暂停起始期”", "10月"),
    ("plan-unit-unknown", indicator("1-4", "填数单位", "统计"), "第5行“填数单位”", "统计"),
    ("plan-unit-unknown", indicator("3-1", "分解数", "县移动公司、移动"), "第11行“分解数”", "移动"),
    ("plan-role-twice", lambda t: row(t, "任务表", "序号", "2").update(责任单位="县医保局、县卫生健康委"), "第3行“责任单位”", "县医保局"),
    (
        "plan-steps-fall",
        lambda t: [step(t, "4-1", "6", "50%"), step(t, "4-1", "9", "40%"), step(t, "4-1", "12", "100%")],
        "第3行“应完成”", "40%",
    ),
    ("plan-steps-end", lambda t: step(t, "4-1", "6", "50%"), "第2行“应完成”", "50%"),
    ("plan-steps-range", lambda t: step(t, "4-1", "13", "100%"), "第2行“月份”", "13"),
    ("plan-steps-range", lambda t: step(t, "4-1", "12", "120%"), "第2行“应完成”", "120%"),
    ("plan-steps-rule", lambda t: step(t, "1-1", "12", "100%"), "第2行“指标编码”", "1-1"),
    ("plan-indicator-unknown", lambda t: step(t, "4-9", "12", "100%"), "第2行“指标编码”", "4-9"),
    ("plan-sheet-name", lambda t: row(t, "单位", "单位", "县供销社").update(表名="供销/社"), "第22行“表名”", "供销/社"),
    ("plan-sheet-name", lambda t: row(t, "单位", "单位", "县供销社").update(表名="社" * 32), "第22行“表名”", "社" * 32),
    ("plan-sheet-name-twice", lambda t: row(t, "单位", "单位", "县供销社").update(表名="首页"), "第22行“表名”", "首页"),
    ("plan-sheet-name-twice", lambda t: row(t, "单位", "单位", "县供销社").update(表名="项目3"), "第22行“表名”", "项目3"),
    ("plan-setting", lambda t: setting(t, "地区", "", ""), "“地区”", ""),
    ("plan-choice", lambda t: setting(t, "频次", "", "旬旬"), "第5行“值”", "旬旬"),
    ("plan-date", lambda t: setting(t, "报送期限", "2022-09", "10月8日"), "第15行“值”", "10月8日"),
    ("plan-period", lambda t: setting(t, "报送期限", "2023-01", "2023-02-05"), "第37行“对象”", "2023-01"),
    ("plan-scope", lambda t: setting(t, "认定范围", "", "1-1、1-99"), "第37行“值”", "1-99"),
    ("plan-scope", lambda t: setting(t, "认定范围", "2022-10", "重点"), "第37行“值”", "重点"),
    ("plan-period", lambda t: setting(t, "认定范围", "2023-01", "全部"), "第37行“对象”", "2023-01"),
    ("plan-period", lambda t: setting(t, "简报期号", "2023-01", "1"), "第37行“对象”", "2023-01"),
    ("plan-period", lambda t: setting(t, "简报期号", "", "1"), "第37行“对象”", ""),
    ("plan-number", lambda t: setting(t, "分母", "4-3", "五百"), "第25行“值”", "五百"),
    ("plan-indicator-unknown", lambda t: setting(t, "年初数", "4-9", "3"), "第37行“对象”", "4-9"),
    ("plan-bands", lambda t: setting(t, "滞后黄", "", "-20"), "“超序时、滞后黄、滞后红”", "5、-20、-15"),
    ("plan-setting-unknown", lambda t: setting(t, "年都", "", "2022"), "第37行“参数”", "年都"),
    ("plan-target", indicator("4-3", "目标", "6000%"), "第20行“目标”", "6000%"),
    ("plan-number", lambda t: setting(t, "年初数", "10-1", "41"), "第31行“值”", "41"),
    ("plan-kind", indicator("1-1", "类型", "文字"), "第2行“类型”", "文字"),
    ("plan-kind", lambda t: row(t, "指标", "编码", "7-3").update(分解数="县妇联"), "第34行“类型”", "比率"),
    ("plan-derived", indicator("7-7", "推导自", "7-3、6-1"), "第38行“推导自”", "7-3、6-1"),
    ("plan-derived", indicator("7-7", "推导自", "7-7"), "第38行“推导自”", "7-7"),
    ("plan-number", lambda t: t["任务表"].append({**t["任务表"][0], "序号": "1" * 40}), "第12行“序号”", "1" * 40),
    (
        "plan-name-long",
        lambda t: t["单位"].append({**t["单位"][0], "单位": "局" * 120, "别名": "", "表名": "长名局"}),
        "第41行“单位”", "局" * 120,
    ),
    ("plan-target", indicator("1-1", "目标", "9" * 320), "第2行“目标”", "9" * 320),
    ("plan-code-twice", lambda t: t["任务表"].append(dict(t["任务表"][2])), "第12行“序号”", "3"),
    (
        "plan-code-twice",
        lambda t: [step(t, "4-1", "6", "50%"), step(t, "4-1", "12", "60%"), step(t, "4-1", "12", "100%")],
        "第4行“月份”", "12",
    ),
    ("plan-steps-range", lambda t: step(t, "4-1", "0", "100%"), "第2行“月份”", "0"),
    ("plan-steps-range", lambda t: step(t, "4-1", "12", "-1%"), "第2行“应完成”", "-1%"),
    ("plan-project-unknown", lambda t: setting(t, "资金项目", "", "3、77"), "第24行“值”", "77"),
    ("plan-target", indicator("9-3", "目标", "5"), "第42行“目标”", "5"),
    ("plan-target", indicator("9-3", "比较", "≥"), "第42行“目标”", "是"),
    ("plan-comparator", indicator("1-1", "比较", "是"), "第2行“比较”", "是"),
    ("plan-target", indicator("1-1", "目标", "-5"), "第2行“目标”", "-5"),
    ("plan-denominator-rule", indicator("4-3", "分子", ""), "第20行“分子”", ""),
    ("plan-exemption", indicator("1-1", "可不涉及", "2022-07"), "第2行“可不涉及”", "2022-07"),
    ("plan-exemption", indicator("1-1", "可不涉及", "放暑假"), "第2行“可不涉及”", "放暑假"),
    ("plan-exemption", indicator("1-1", "可不涉及", "：放暑假"), "第2行“可不涉及”", "：放暑假"),
    ("plan-exemption-last", indicator("1-1", "可不涉及", "2022-07、2022-12：放暑假"), "第2行“可不涉及”", "2022-12"),
    ("plan-period", indicator("1-1", "可不涉及", "7月：放暑假"), "第2行“可不涉及”", "7月"),
    ("plan-pause", indicator("1-1", "暂停起始期", "2022-10"), "第2行“暂停文号”", ""),
    ("plan-kind", indicator("7-7", "类别", "考核"), "第38行“类型”", "推导"),
    ("plan-resume", indicator("1-1", "恢复起始期", "2022-10"), "第2行“恢复起始期”", "2022-10"),
    ("plan-period", indicator("1-1", "恢复起始期", "10月"), "第2行“恢复起始期”", "10月"),
    ("plan-event-code", event("移交", "9-9", "县民政局"), "第2行“对象”", "9-9"),
    ("plan-event-code", event("新增", "9-9"), "第2行“对象”", "9-9"),
    ("plan-event-still", event("终止", "1-1"), "第2行“对象”", "1-1"),
    ("plan-event-still", event("改名", "县民政局", "县残联"), "第2行“对象”", "县民政局"),
    ("plan-event-into", event("改名", "县残疾委", "县残疾会"), "第2行“改为”", "县残疾会"),
    ("plan-event-into", event("移交", "1-1", ""), "第2行“改为”", ""),
    ("plan-event-into", event("改编码", "9-9", "1-1、1-2"), "第2行“改为”", "1-1、1-2"),
    ("plan-event-into", event("拆分", "9-9", "1-1、9-8"), "第2行“改为”", "1-1、9-8"),
    ("plan-event-into", event("合并", "县残疾委", "县残疾会"), "第2行“改为”", "县残疾会"),
    ("plan-choice", event("撤销", "1-1"), "第2行“事项”", "撤销"),
    ("plan-period", event("终止", "9-9", begins="11月"), "第2行“起始期次”", "11月"),
    ("plan-derived", indicator("7-7", "推导自", ""), "第38行“推导自”", ""),
    ("plan-derived", indicator("7-7", "推导自", "1-1"), "第38行“推导自”", "1-1"),
    ("plan-number", lambda t: setting(t, "分母", "4-3", "0"), "第25行“值”", "0"),
    ("plan-number", lambda t: setting(t, "年初数", "2-2", "-1"), "第32行“值”", "-1"),
    ("plan-number", lambda t: setting(t, "超序时", "", "五"), "第19行“值”", "五"),
    ("plan-choice", lambda t: setting(t, "报送日", "", "29"), "第6行“值”", "29"),
    ("plan-choice", lambda t: setting(t, "报送日", "", "0"), "第6行“值”", "0"),
    ("plan-bands", lambda t: setting(t, "超序时", "", "-1"), "“超序时、滞后黄、滞后红”", "-1、-5、-15"),
    ("plan-bands", lambda t: setting(t, "滞后黄", "", "1"), "“超序时、滞后黄、滞后红”", "5、1、-15"),
    ("plan-bands", lambda t: setting(t, "滞后红", "", "-5"), "“超序时、滞后黄、滞后红”", "5、-5、-5"),
    ("plan-setting-twice", lambda t: t["参数"].append({"参数": "年度", "对象": "", "值": "2023", "说明": ""}), "第37行“参数”", "年度"),
]


@pytest.mark.parametrize(("code", "spoil", "place", "seen"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_a_mistake_is_told_with_its_place(
    plan: Plan, code: str, spoil: Callable[[Tables], object], place: str, seen: str
) -> None:
    tables = copy.deepcopy(plan.tables)
    spoil(tables)
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    found = [p for p in raised.value.problems if p.code == code]
    assert [(p.cell, p.seen) for p in found] == [(place, seen)]
    assert found[0].message in str(found[0])
    assert found[0].action in str(found[0])


@pytest.mark.parametrize(("table", "title", "word"), [
    ("指标", "编码", "合计"), ("指标", "指标", "总 计"), ("任务表", "序号", "小计"), ("任务表", "项目", "合计"), ("单位", "单位", "合计"),
])
def test_a_row_that_adds_up_is_told_once(plan: Plan, table: str, title: str, word: str) -> None:
    """Under 单位 it was a unit called 合计."""
    tables = copy.deepcopy(plan.tables)
    tables[table].append({title: word})
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    (found,) = raised.value.problems
    assert (found.code, found.sheet, found.cell) == ("plan-sum", table, f"第{len(tables[table]) + 1}行“{title}”")
    assert "这一行是合计，不是表里的内容" in str(found)
    assert str(found).endswith("请删去这一行，合计由程序算。")


def test_all_problems_are_told_at_once(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    row(tables, "指标", "编码", "1-1")["目标"] = "很多"
    row(tables, "指标", "编码", "2-2")["权重"] = "-1"
    row(tables, "任务表", "序号", "9")["责任单位"] += "、县文明办"
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    assert [p.code for p in raised.value.problems if p.severity.value == "退回"] == [
        "plan-unit-unknown", "plan-target", "plan-weight",
    ]
    assert "3 处问题" in str(raised.value)


def test_a_cell_that_cannot_be_read_hides_no_other_problem(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    row(tables, "指标", "编码", "1-1")["类型"] = "累计"
    row(tables, "指标", "编码", "2-2")["目标"] = "3.14万"
    row(tables, "指标", "编码", "7-7")["推导自"] = "7-3、7-99"
    setting(tables, "分母", "4-3", "五百五十五")
    setting(tables, "报送期限", "2022-10", "11月7日")
    row(tables, "任务表", "序号", "8")["牵头单位"] = "县残疾人联"
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    assert sorted(p.code for p in raised.value.problems) == [
        "plan-choice", "plan-date", "plan-derived", "plan-number", "plan-target", "plan-unit-unknown",
    ]


def told(tables: Tables) -> list[tuple[str, str, str]]:
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    return [(p.code, p.sheet, p.cell) for p in raised.value.problems]


def test_every_fault_of_a_row_is_told(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    indicator("1-1", "小数位", "x")(tables)
    indicator("1-1", "目标", "abc")(tables)
    indicator("1-1", "权重", "0")(tables)
    indicator("1-1", "牵头单位", "县某局")(tables)
    assert set(told(tables)) == {
        ("plan-number", "指标", "第2行“小数位”"), ("plan-target", "指标", "第2行“目标”"),
        ("plan-weight", "指标", "第2行“权重”"), ("plan-unit-unknown", "指标", "第2行“牵头单位”"),
    }


def test_a_fault_in_one_place_invents_none_in_another(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    row(tables, "单位", "单位", "县民政局")["文字报送"] = "每年"
    step(tables, "4-1", "6", "50%")
    step(tables, "4-1", "12", "100％")
    row(tables, "任务表", "序号", "9")["序号"] = "九"
    assert told(tables) == [
        ("plan-number", "任务表", "第10行“序号”"), ("plan-choice", "单位", "第6行“文字报送”"), ("plan-steps-range", "序时", "第3行“应完成”"),
    ]


def test_a_row_whose_sort_cannot_be_read_is_not_judged_by_it(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    for code in ("1-1", "7-3", "7-4"):
        indicator(code, "类别", "考")(tables)
    indicator("1-1", "类型", "文字")(tables)
    indicator("7-3", "分解数", "县妇联")(tables)
    indicator("7-4", "序时规则", "")(tables)
    assert told(tables) == [("plan-choice", "指标", f"第{line}行“类别”") for line in (2, 34, 35)]


def test_a_due_date_is_not_judged_while_the_frequency_is_unknown(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    setting(tables, "频次", "", "旬旬")
    setting(tables, "报送期限", "2022-09", "10月8日")
    assert told(tables) == [("plan-choice", "参数", "第5行“值”")]


def test_without_its_table_no_setting_is_missed(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    del tables["参数"]
    assert told(tables) == [("plan-table", "参数", "")]


def test_projects_have_at_most_three_digits(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    tables["任务表"].append({**tables["任务表"][0], "序号": "999"})
    assert check_tables(raw(tables)).project(999).name == tables["任务表"][0]["项目"]
    tables["任务表"][-1]["序号"] = "1000"
    assert told(tables) == [("plan-number", "任务表", "第12行“序号”")]


def test_what_may_stand_there_is_told(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    indicator("1-1", "序时规则", "")(tables)
    for month, share in (("6", "50%"), ("9", "40%"), ("12", "100%")):
        step(tables, "4-1", month, share)
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    assert [(p.code, p.expected) for p in raised.value.problems] == [
        ("plan-steps-fall", "50%"), ("plan-pace", "均衡、节点、全年一致、年末"),
    ]


def test_a_missing_column_hides_no_other_problem(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    for found in tables["指标"]:
        del found["目标"]
    row(tables, "任务表", "序号", "2")["责任单位"] += "、县某某局"
    assert told(tables) == [("plan-column", "指标", "“目标”"), ("plan-unit-unknown", "任务表", "第3行“责任单位”")]


def test_a_value_that_no_indicator_uses_is_noted(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    setting(tables, "分母", "1-1", "5")
    setting(tables, "年初数", "1-1", "5")
    notes = [w for w in check_tables(raw(tables)).warnings if w.code == "plan-setting-idle"]
    assert [w.expected for w in notes] == ["分母", "年初数"]


def noted(tables: Tables) -> set[tuple[str, str]]:
    return {(note.code, note.expected) for note in check_tables(raw(tables)).warnings}


def seen_of(tables: Tables, code: str) -> list[tuple[str, str, str]]:
    notes = check_tables(raw(tables)).warnings
    return [(note.cell, note.seen, note.expected) for note in notes if note.code == code]


# the setting, what it is about, its value, the code of the note, and what is said to be right
OF_ANOTHER_YEAR = [
    ("标题", "", "某县2021年民生实事", "plan-title-year", "2022"),
    ("标题", "", "某县2023—2025年民生实事", "plan-title-year", "2022"),
    ("年度", "", "2022", "plan-title-year", ""),
    ("标题", "", "某县2021—2023年民生实事", "plan-title-year", ""),
    ("标题", "", "某县民生实事", "plan-title-year", ""),
    ("报送期限", "2022-10", "2021-11-05", "plan-due-year", "2022-10-31"),
    ("报送期限", "2022-10", "2022-10-30", "plan-due-year", "2022-10-31"),
    ("报送期限", "2022-10", "2023-11-02", "plan-due-year", "2022-10-31"),
    ("报送期限", "2022-10", "2022-10-31", "plan-due-year", ""),
    ("报送期限", "2022-12", "2023-01-05", "plan-due-year", ""),
]


@pytest.mark.parametrize(("name", "about", "value", "code", "right"), OF_ANOTHER_YEAR)
def test_what_belongs_to_another_year_is_noted(
    plan: Plan, name: str, about: str, value: str, code: str, right: str
) -> None:
    tables = copy.deepcopy(plan.tables)
    setting(tables, name, about, value)
    assert [(seen, expected) for _, seen, expected in seen_of(tables, code)] == ([(value, right)] if right else [])


@pytest.mark.parametrize(("day", "is_told"), [("2021-12-31", True), ("2023-01-31", True), ("2022-06-30", False), ("", False)])
def test_a_deadline_of_another_year_is_noted(plan: Plan, day: str, is_told: bool) -> None:
    tables = copy.deepcopy(plan.tables)
    indicator("1-1", "完成时限", day)(tables)
    told = [("第2行“完成时限”", day, "2022")] if is_told else []
    assert seen_of(tables, "plan-deadline-year") == told


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("2020年末的数", True), ("2020-12 认定数", True), ("见2020-Q4", True), ("2021年末的数", False), ("2022年1月统计局报来", False),
        ("2020年68个，2021年71个", False), ("县政办〔2020〕12号", False), ("上年末的数", False), ("", False),
    ],
)
def test_an_opening_value_of_another_year_is_noted(plan: Plan, words: str, is_told: bool) -> None:
    tables = copy.deepcopy(plan.tables)
    setting(tables, "年初数", "6-4", "71000")
    found = next(r for r in tables["参数"] if (r["参数"], r["对象"]) == ("年初数", "6-4"))
    found["说明"] = words
    assert [(seen, right) for _, seen, right in seen_of(tables, "plan-opening-year")] == ([(words, "2021")] if is_told else [])
    found["值"] = ""
    assert seen_of(tables, "plan-opening-year") == []


def test_no_plan_that_is_kept_belongs_to_another_year() -> None:
    codes = {"plan-title-year", "plan-due-year", "plan-deadline-year", "plan-opening-year"}
    plans = [Plan.built_in(sample=True), *map(load_plan, sorted(PLANS.iterdir()))]
    assert len(plans) == 4
    assert [note for found in plans for note in found.warnings if note.code in codes] == []


def test_a_stock_whose_pace_runs_from_where_it_stood_is_noted_without_that(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    indicator("2-2", "序时规则", "均衡")(tables)
    step(tables, "2-3", "12", "100%")
    indicator("2-4", "序时规则", "全年一致")(tables)
    indicator("6-4", "序时规则", "均衡")(tables)
    indicator("6-4", "比较", "≤")(tables)
    indicator("6-2", "序时规则", "均衡")(tables)
    setting(tables, "年初数", "6-2", "150")
    assert {code for sort, code in noted(tables) if sort == "plan-opening-unset"} == {"2-2", "2-3"}


def test_values_at_their_bounds_are_taken(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    indicator("2-4", "比较", "≤")(tables)
    indicator("2-4", "目标", "0")(tables)
    setting(tables, "年初数", "2-2", "0")
    setting(tables, "报送日", "", "28")
    for name, bound in (("超序时", "0"), ("滞后黄", "0"), ("滞后红", "-1")):
        setting(tables, name, "", bound)
    step(tables, "4-1", "1", "0%")
    step(tables, "4-1", "6", "0%")
    step(tables, "4-1", "12", "100%")
    loaded = check_tables(raw(tables))
    assert (loaded.indicator("2-4").target, loaded.indicator("2-2").opening) == (0, 0)
    assert (loaded.settings.due_day, loaded.settings.bands) == (28, (0, 0, -1))
    assert loaded.indicator("4-1").steps == ((1, 0), (6, 0), (12, 1))


def test_missing_tables_and_columns_are_told(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    del tables["序时"]
    for found in tables["单位"]:
        del found["别名"]
        found["副名"] = ""
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    assert [(p.code, p.sheet, p.cell) for p in raised.value.problems] == [
        ("plan-column", "单位", "“别名”"), ("plan-column-unknown", "单位", "“副名”"), ("plan-table", "序时", ""),
    ]


def test_optional_columns_may_be_left_out(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    for found in tables["指标"]:
        for column in ("填数单位", "分管领导", "分解数", "分子含于分母", "暂停文号", "暂停起始期"):
            del found[column]
    loaded = check_tables(raw(tables))
    assert loaded.indicator("1-1").filler == "县人力资源和社会保障局"


def test_a_similar_name_is_never_guessed(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    row(tables, "任务表", "序号", "9")["认定单位"] = "县统计局 "
    check_tables(raw(tables))  # outer blanks are no part of a name
    row(tables, "任务表", "序号", "9")["认定单位"] = "统计所"
    with pytest.raises(PlanError):
        check_tables(raw(tables))


def test_a_file_that_is_no_workbook_is_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "计划.xlsx"
    path.write_bytes(b"PK not a workbook")
    with pytest.raises(PlanError) as raised:
        load_plan(path)
    assert raised.value.problems[0].code == "plan-file"


def test_a_short_record_of_a_csv_is_filled_with_blanks(plan: Plan, tmp_path: Path) -> None:
    for name, text in to_text(plan.tables).items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    with (tmp_path / "单位.csv").open("a", encoding="utf-8") as stream:
        stream.write("县文明办\n")
    assert load_plan(tmp_path).units[-1].name == "县文明办"


def test_a_plan_with_nothing_to_assess_is_told(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    tables["指标"] = [r for r in tables["指标"] if r["类别"] == "定性" and r["类型"] != "推导"]
    for settled in tables["参数"]:
        settled["对象"] = settled["对象"] if settled["参数"] == "报送期限" else ""
    tables["参数"] = [r for r in tables["参数"] if r["参数"] not in ("分母", "年初数")]
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    assert [p.code for p in raised.value.problems] == ["plan-nothing"]
    setting(tables, "标题", "", "鲁山县2019年民生实事")
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    assert [p.code for p in raised.value.problems] == ["plan-nothing"], "a note beside it hides it"


def test_a_plan_that_was_only_just_made_says_what_is_to_be_filled_in(plan: Plan) -> None:
    blank = {**copy.deepcopy(plan.tables), "任务表": [], "指标": []}
    blank["参数"] = [r for r in blank["参数"] if r["参数"] not in ("分母", "年初数")]
    assert told(blank) == [("plan-table-blank", "任务表", ""), ("plan-table-blank", "指标", "")]
    with pytest.raises(PlanError) as raised:
        check_tables(raw(blank))
    assert [str(found) for found in raised.value.problems] == [
        "任务表：这张表还是空的。请填写：照公布的任务表，一个项目一行。", "指标：这张表还是空的。请填写：一个指标一行。",
    ]


def test_other_counties_load_just_the_same(quarters_plan: Plan) -> None:
    assert (len(quarters_plan.projects), len(quarters_plan.units), len(quarters_plan.periods)) == (3, 7, 4)
    assert quarters_plan.indicator("乙2").filler == "县统计局"
    assert quarters_plan.owes_figures("县统计局")
    large = check_tables(large_plan())
    assert (len(large.projects), len(large.units)) == (40, 200)


def test_no_code_knows_the_county_or_the_year() -> None:
    """Only the demo, which is about 2022, and examples in the help may name them."""
    package = Path(__file__).parents[2] / "minsheng_xl"
    for path in (p for p in package.rglob("*.py") if p.name != "demo.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert 2022 not in constants, path
        named = {text for text in constants if isinstance(text, str) and ("鲁山" in text or "县民政局" in text)}
        assert all("演示" in text or text.startswith("The ") for text in named), (path, named)


def test_a_plan_that_was_in_use_is_not_held_to_the_checks_of_a_later_day(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = built_in_tables(sample=False)
    plan = check_tables(tables)

    def stricter(draft: object) -> list[Problem]:
        return [Problem(code="plan-number", severity=Severity.ERROR, sheet="指标", cell="第2行", seen="", expected="", message="不行", action="")]

    monkeypatch.setattr("minsheng_xl.plan.load.problems_of", stricter)
    with pytest.raises(PlanError):
        check_tables(tables)
    again = plan_once_used(tables)
    assert (again, again.before, again.tables) == (plan, plan.before, plan.tables)
