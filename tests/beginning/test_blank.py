"""A plan to be filled in: heads, instructions, examples that do not count, and one sentence while there is nothing else."""

from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import PlanError, Year
from minsheng_xl.desk.cli import main
from minsheng_xl.plan.answers import without_examples
from minsheng_xl.plan.blank import blank_tables
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.read import read_tables
from minsheng_xl.plan.tables import TABLES
from minsheng_xl.year.folder import plan_hash
from tests.makers import QUARTERS, raw
from tests.workbooks import save

UNTOUCHED = (
    "计划还没有填：任务表、指标、单位里只有示例，示例的行不算数。请打开 计划.xlsx，照“说明”一页和示例填写，再检查一次。"
)


@pytest.fixture
def blank(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of a year that begins blank."""
    root = tmp_path / "某县2023"
    assert main(["init", str(root), "--blank"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"已建立 {root}，计划是空白的：请打开 {root / '计划.xlsx'}，照“说明”一页和灰色的示例填写。",
        f"填好以后运行 minsheng-xl plan check {root}",
    ]
    return root


def test_it_has_every_sheet_two_examples_in_three_and_instructions_first(blank: Path) -> None:
    book = openpyxl.load_workbook(blank / "计划.xlsx")
    often = [table.name for table in TABLES if table.name not in ("待确认", "数字对照表")]
    assert book.sheetnames == ["说明", *often]
    first = {name: [row[0].value for row in book[name].iter_rows(min_row=2)] for name in often}
    assert {name for name, cells in first.items() if any(cells)} == {"任务表", "指标", "单位", "参数"}
    for name in ("任务表", "指标", "单位"):
        assert len(first[name]) == 2
        assert all(str(cell).startswith("示例") for cell in first[name])
        assert book[name]["A2"].font.italic
    assert book["说明"]["A1"].value == "怎样填这份计划"


def test_while_only_examples_are_there_one_sentence_is_said(blank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["plan", "check", str(blank)], ["status", str(blank)], ["build", str(blank)]):
        assert main(words) == 1
        assert capsys.readouterr().err.splitlines() == [UNTOUCHED, "计划有 1 处问题，请改正后再运行。"]


def test_what_is_filled_in_counts_and_the_examples_beside_it_do_not(blank: Path) -> None:
    """Three rows and three settings are a plan."""
    book = openpyxl.load_workbook(blank / "计划.xlsx")
    for name, cells in (
        ("任务表", ["1", "供水", "改造管网120公里。", "县水利局"]),
        ("指标", ["1-1", "考核", "1", "管网", "", "累计量", "公里", "1", "≥", "120", "均衡"]), ("单位", ["县水利局"]),
    ):
        for column, text in enumerate(cells, 1):
            book[name].cell(4, column).value = text
    for row in book["参数"].iter_rows(min_row=2):
        row[2].value = {"地区": "某县", "标题": "某县2023年民生实事", "年度": 2023}.get(str(row[0].value), row[2].value)
    save(book, blank / "计划.xlsx")
    plan = Year(blank).plan
    assert ([one.code for one in plan.indicators], [one.name for one in plan.units]) == (["1-1"], ["县水利局"])
    assert [row["序号"] for row in plan.tables["任务表"]] == ["1"]


def test_what_is_half_filled_in_is_told_as_ever(blank: Path) -> None:
    book = openpyxl.load_workbook(blank / "计划.xlsx")
    book["单位"].cell(4, 1).value = "县水利局"
    save(book, blank / "计划.xlsx")
    with pytest.raises(PlanError) as raised:
        _ = Year(blank).plan
    told = [(found.code, found.sheet) for found in raised.value.problems]
    assert told[:2] == [("plan-table-blank", "任务表"), ("plan-table-blank", "指标")]
    assert {code for code, _ in told[2:]} == {"plan-setting"}


def test_a_plan_is_the_same_with_and_without_examples() -> None:
    plan = Plan.load(QUARTERS)
    tables = {name: list(rows) for name, rows in plan.tables.items()}
    for name, rows in blank_tables().plain().items():
        if name in ("任务表", "指标", "单位"):
            tables[name] += rows
    found = check_tables(raw(tables))
    assert (found, plan_hash(found), found.warnings) == (plan, plan_hash(plan), plan.warnings)


def test_the_examples_say_what_a_plan_would_take(tmp_path: Path) -> None:
    """Taken for rows of their own, with the units they name, they make a plan."""
    tables = blank_tables().plain()
    for name, column in (("任务表", "序号"), ("指标", "编码"), ("单位", "单位")):
        for row in tables[name]:
            row[column] = row[column].removeprefix("示例").removeprefix("：")
    tables["单位"] += [{**dict.fromkeys(tables["单位"][0], ""), "单位": name} for name in ("县财政局", "县统计局", "东镇", "西镇")]
    tables["组"] = [{"组": "各乡镇", "单位": "东镇、西镇"}]
    for row in tables["参数"]:
        row["值"] = {"地区": "某县", "标题": "某县民生实事", "年度": "2023"}.get(row["参数"], row["值"])
    plan = check_tables(raw(tables))
    assert plan.project(1).responsible == ("县财政局", "东镇", "西镇")
    assert [str(plan.indicator(code).deadline) for code in ("1-1", "2-2")] == ["2023-11-30", "None"]


def test_the_examples_are_left_out_where_tables_are_read(blank: Path) -> None:
    tables = read_tables(blank / "计划.xlsx")
    assert [len(tables.rows[name]) for name in ("任务表", "指标", "单位")] == [2, 2, 2]
    assert without_examples(tables).examples == 6


def test_it_is_blank_or_like_another_not_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path / "年"), "--blank", "--like", str(tmp_path)])
    assert ended.value.code == 2
    assert "只能写一个" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "年"), "--blank", "--year", "2023"]) == 2
    assert not (tmp_path / "年").exists()
