"""A unit whose name no sheet or file may have is refused in words, before anything is built of it."""

import copy

import pytest

from minsheng_xl import Plan, PlanError
from minsheng_xl.plan.load import check_tables
from minsheng_xl.problems import Problem
from tests.makers import raw

OWN_SHEETS = (
    "首页", "领导简报", "进展汇总总表", "单位完成情况排名", "滞后清单", "问题清单", "未报清单", "认定表", "催报单",
    "待决事项", "校核报告", "填报流水", "收件登记", "计算", "minsheng", "History", "MINSHENG", "history",
)
NO_FILES = (
    '供销"社', "供销<社", "供销>社", "供销|社", "供销社.", "供销社 ", "供销社\u3000", "供销社。.",
    "CON", "prn", "Aux", "nul", "COM1", "com9", "LPT1", "lpt9", "COM0", "COM¹", "CONIN$",
    "con.供销社", "Nul .社", "COM1 ",
)
NO_SHEETS = (
    "供[销社", "供]销社", "供:销社", "供*销社", "供?销社", "供/销社", "供\\销社", "'供销社", "供销社'",
    "供\x07销社", "供\uffff销社", "社" * 32,
)
FREE = (
    "CONCERT", "供销社CON", "CON供销社", "COM10", "LPT", "COM", "供.销社", "供 销社",
    "认定表2", "首页局", "minsheng局", "项目局", "社" * 31,
)


def told(plan: Plan, column: str, name: str) -> list[Problem]:
    """What a plan is told in which 县供销社 is named so."""
    tables = copy.deepcopy(plan.tables)
    unit = next(row for row in tables["单位"] if row["单位"] == "县供销社")
    unit[column] = name
    if column == "单位":
        for row in tables["任务表"]:
            for role in ("牵头单位", "责任单位", "认定单位"):
                row[role] = "、".join(name if text == "县供销社" else text for text in row[role].split("、"))
    try:
        check_tables(raw(tables))
    except PlanError as error:
        return list(error.problems)
    return []


@pytest.mark.parametrize("column", ["单位", "表名"])
@pytest.mark.parametrize("name", OWN_SHEETS)
def test_no_unit_is_named_as_a_sheet_of_the_master(plan: Plan, name: str, column: str) -> None:
    (found,) = told(plan, column, name)
    assert (found.code, found.sheet, found.cell, found.seen) == ("plan-sheet-name-twice", "单位", f"第22行“{column}”", name)
    assert str(found) == (
        f"单位 第22行“{column}”：工作表重名（看到：{name}）。请在“单位”表的“表名”列另取一个（另见 总台账自己的工作表）。"
    )


@pytest.mark.parametrize("name", NO_FILES)
def test_no_unit_has_a_name_that_windows_refuses(plan: Plan, name: str) -> None:
    (found,) = told(plan, "表名", name)
    assert (found.code, found.sheet, found.cell, found.seen) == ("plan-file-name", "单位", "第22行“表名”", name)
    assert str(found) == (
        f"单位 第22行“表名”：Windows 不接受这样的文件名（看到：{name}）。"
        '请在“单位”表的“表名”列另取一个，不含 " < > |，不以句点或空格结尾，也不是 CON、NUL、COM1 一类的设备名。'
    )


def test_a_name_of_a_unit_is_asked_like_the_name_of_its_sheet(plan: Plan) -> None:
    assert [(p.code, p.cell) for p in told(plan, "单位", "COM1")] == [("plan-file-name", "第22行“单位”")]


@pytest.mark.parametrize("name", NO_SHEETS)
def test_no_unit_has_a_name_that_excel_refuses(plan: Plan, name: str) -> None:
    assert [(p.code, p.cell, p.seen) for p in told(plan, "表名", name)] == [("plan-sheet-name", "第22行“表名”", name)]


def test_a_name_that_neither_takes_is_told_for_both(plan: Plan) -> None:
    assert [p.code for p in told(plan, "表名", "供<销:社")] == ["plan-sheet-name", "plan-file-name"]


@pytest.mark.parametrize("name", FREE)
def test_names_that_only_look_like_those_are_free(plan: Plan, name: str) -> None:
    assert told(plan, "表名", name) == []


def test_a_unit_that_is_named_as_a_sheet_has_a_short_name_of_its_own(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    tables["单位"].append({**dict.fromkeys(tables["单位"][0], ""), "单位": "认定表", "表名": "认定局"})
    assert check_tables(raw(tables)).unit("认定表").sheet_name == "认定局"
