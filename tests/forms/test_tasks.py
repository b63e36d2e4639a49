"""The published task table, for paper: heads, widths, rows that are never cut."""

from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Plan
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.tasks import COLUMNS, ROOM, task_book, task_table
from tests.books.documents import with_tasks

USUAL = ["序号", "项目", "指标任务", "牵头单位", "责任单位", "认定单位"]


def heads(plan: Plan) -> list[str]:
    return [column.title for column in task_table(plan).columns]


def test_heads_as_published_and_further_ones_where_a_row_has_something(plan: Plan) -> None:
    assert heads(plan) == USUAL
    assert heads(with_tasks(plan, {"完成时限": "2022年6月底"}, {"备注": "省定"})) == [*USUAL, "完成时限", "备注"]
    assert heads(with_tasks(plan, {"分管领导": "周副县长"})) == [*USUAL[:6], "分管领导"]


def test_texts_are_those_of_the_plan(plan: Plan) -> None:
    table = task_table(plan)
    assert table.title == "鲁山县2022年重点民生实事"
    assert len(table.rows) == 10
    assert table.rows[3][:2] == ("4", "加快农村交通物流体系建设")
    assert table.rows[2][3] == "县城市管理局、县住房和城乡建设局"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("一\r\n二\r三", "一\n二\n三"), ("甲\x00\x07乙\u200b\ufffe", "甲乙"), ("  甲　乙\t丙 ", "  甲　乙\t丙 ")],
)
def test_only_what_no_program_shows_is_left_out(plan: Plan, text: str, kept: str) -> None:
    assert task_table(with_tasks(plan, {"指标任务": text})).rows[0][2] == kept


@pytest.mark.parametrize("row", [{}, dict.fromkeys(("分管领导", "完成时限", "备注"), "甲"), {"责任单位": "县某局、" * 400}])
def test_the_columns_share_the_page_and_each_has_room_for_its_head(plan: Plan, row: dict[str, str]) -> None:
    table = task_table(with_tasks(plan, row))
    assert sum(table.widths) == ROOM
    assert all(width >= 56 > 4 * 10.5 + 2 * 4.25 for width in table.widths[1:])  # four signs and the margins


def test_long_texts_get_the_room(plan: Plan) -> None:
    wide = task_table(with_tasks(plan, {"责任单位": "县某局、" * 200})).widths
    assert wide[4] > task_table(plan).widths[4]
    assert wide[2] < task_table(plan).widths[2]
    assert min(column.least for column in COLUMNS) <= min(wide)


def test_a_short_table_is_set_larger(plan: Plan) -> None:
    short = plan.having()
    short.tables = {**plan.tables, "任务表": plan.tables["任务表"][4:5]}
    assert (task_table(short).size, task_table(with_tasks(plan, {"指标任务": "甲" * 3000})).size) == (12, 10.5)


def test_the_sheet_is_for_a4_and_its_rows_are_high_enough(plan: Plan, tmp_path: Path) -> None:
    """3000 signs are 100 lines of 30, each 14.5 points high: no row of Excel is higher than 409."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_book(task_book(task_table(with_tasks(plan, {"指标任务": "甲" * 3000})))))
    sheet = openpyxl.load_workbook(path)["任务表"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$2:$2"
    assert [cell.value for cell in sheet[2]] == USUAL
    assert (sheet["A1"].font.name, sheet["A2"].font.name, sheet["C3"].font.name) == ("方正小标宋简体", "黑体", "仿宋_GB2312")
    assert (sheet["A3"].value, sheet["C3"].value) == (1, "甲" * 3000)
    first = next(area for area in sheet.merged_cells.ranges if area.coord.startswith("C3:"))
    assert sum(sheet.row_dimensions[row].height for row in range(first.min_row, first.max_row + 1)) > 1450
    assert max(one.height for one in sheet.row_dimensions.values()) < 409
    assert sheet.cell(first.max_row + 1, 1).value == 2
