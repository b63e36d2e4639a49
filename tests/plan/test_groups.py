"""组: a name that stands for several units wherever the plan reads names of responsible ones."""

import copy
from pathlib import Path

import pytest

from minsheng_xl import Plan, PlanError
from minsheng_xl.plan.load import check_tables, load_plan
from minsheng_xl.plan.model import Role
from minsheng_xl.year.folder import plan_hash
from tests.makers import raw, write_workbook

Tables = dict[str, list[dict[str, str]]]


@pytest.fixture
def tables(plan: Plan) -> Tables:
    """The built-in plan with a group of three units."""
    found = copy.deepcopy(plan.tables)
    found["组"] = [{"组": "三家单位", "单位": "县残联、县妇联、团县委"}]
    return found


def task(tables: Tables, no: str) -> dict[str, str]:
    return next(row for row in tables["任务表"] if row["序号"] == no)


def told(tables: Tables) -> list[tuple[str, str, str, str]]:
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    return [(found.code, found.sheet, found.cell, found.seen) for found in raised.value.problems]


def test_a_group_means_its_units_in_their_order(tables: Tables) -> None:
    task(tables, "2")["责任单位"] = "县民政局、三家单位、县财政局"
    plan = check_tables(raw(tables))
    assert plan.project(2).responsible == ("县民政局", "县残联", "县妇联", "团县委", "县财政局")
    assert 2 in plan.projects_of("团县委", Role.RESPONSIBLE)


def test_a_unit_that_is_named_itself_keeps_its_role(tables: Tables) -> None:
    """Project 8 is led by 县残联: as one of the three it has no second role, nor 县妇联 that is named before."""
    task(tables, "8")["责任单位"] = "县妇联、三家单位"
    plan = check_tables(raw(tables))
    assert (plan.project(8).leads, plan.project(8).responsible) == (("县残联",), ("县妇联", "团县委"))


def test_a_group_of_sharers_asks_each_of_its_units(tables: Tables) -> None:
    next(row for row in tables["指标"] if row["编码"] == "1-1")["分解数"] = "县民政局、三家单位、县残联"
    assert check_tables(raw(tables)).indicator("1-1").shares == ("县民政局", "县残联", "县妇联", "团县委")


def test_a_group_that_is_not_used_changes_no_record(plan: Plan, tables: Tables) -> None:
    found = check_tables(raw(tables))
    assert found == plan
    assert plan_hash(found) != plan_hash(plan)


@pytest.mark.parametrize(("table", "column", "place"), [
    ("任务表", "牵头单位", "第3行“牵头单位”"), ("任务表", "认定单位", "第3行“认定单位”"), ("指标", "牵头单位", "第2行“牵头单位”"),
    ("指标", "填数单位", "第2行“填数单位”"),
])
def test_a_group_leads_nothing_and_fills_in_nothing(tables: Tables, table: str, column: str, place: str) -> None:
    tables[table][1 if table == "任务表" else 0][column] = "三家单位"
    assert ("plan-group-here", table, place, "三家单位") in told(tables)


def test_a_group_without_a_row_is_an_unknown_unit_with_a_hint(plan: Plan) -> None:
    tables = copy.deepcopy(plan.tables)
    task(tables, "2")["责任单位"] = "各街道、县卫建委"
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    first, second = raised.value.problems
    assert str(first) == (
        "任务表 第3行“责任单位”：单位表里没有这个名称（看到：各街道）。"
        "请在“单位”表登记，或加到该单位的别名里；是几个单位的合称的，在“组”表里写明是哪几个。"
    )
    assert str(second).endswith("请在“单位”表登记，或加到该单位的别名里。")


def test_the_units_of_a_group_are_known(tables: Tables) -> None:
    tables["组"].append({"组": "两家单位", "单位": "县残联、县移民办、三家单位"})
    assert told(tables) == [
        ("plan-unit-unknown", "组", "第3行“单位”", "县移民办"), ("plan-group-here", "组", "第3行“单位”", "三家单位"),
    ]


@pytest.mark.parametrize(("name", "other"), [("三家单位", "第2行"), ("县残联", "“单位”第")])
def test_a_name_means_one_thing(tables: Tables, name: str, other: str) -> None:
    tables["组"].append({"组": name, "单位": "县民政局"})
    with pytest.raises(PlanError) as raised:
        check_tables(raw(tables))
    (found,) = raised.value.problems
    assert (found.code, found.cell) == ("plan-name-twice", "第3行“组”")
    assert other in found.expected


def test_a_group_without_units_is_told(tables: Tables) -> None:
    tables["组"][0]["单位"] = ""
    assert told(tables) == [("plan-empty", "组", "第2行“单位”", "")]


def test_a_group_goes_through_the_workbook(tables: Tables, tmp_path: Path) -> None:
    task(tables, "2")["责任单位"] = "三家单位"
    path = tmp_path / "计划.xlsx"
    write_workbook(tables, path)
    assert load_plan(path).project(2).responsible == ("县残联", "县妇联", "团县委")
