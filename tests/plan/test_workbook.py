"""计划.xlsx: the same tables, and what makes them fit to be edited."""

import datetime
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Plan, PlanError
from minsheng_xl.plan.load import load_plan
from minsheng_xl.plan.read import read_tables
from minsheng_xl.plan.tables import TABLES
from minsheng_xl.plan.text import read_folder, to_text
from minsheng_xl.plan.workbook import read_workbook
from tests.makers import QUARTERS, write_workbook


@pytest.mark.parametrize("name", ["plan", "sample_plan", "quarters_plan"])
def test_text_to_workbook_to_text_is_identical(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    tables = request.getfixturevalue(name).tables
    write_workbook(tables, tmp_path / "计划.xlsx")
    assert to_text(read_workbook(tmp_path / "计划.xlsx").plain()) == to_text(tables)


def test_the_folder_of_text_is_the_canonical_text() -> None:
    folder = Path(__file__).parents[2] / "workbook"
    texts = to_text(read_folder(folder).plain())
    assert {name: text.encode() for name, text in texts.items()} == {
        table.name: (folder / f"{table.name}.csv").read_bytes() for table in TABLES if not table.since
    }


def test_both_containers_give_the_same_plan(quarters_plan: Plan, tmp_path: Path) -> None:
    write_workbook(quarters_plan.tables, tmp_path / "计划.xlsx")
    assert load_plan(tmp_path / "计划.xlsx") == load_plan(QUARTERS)


def test_sheets_have_drop_downs_notes_frozen_heads_and_fitting_widths(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan.tables, tmp_path / "计划.xlsx")
    book = openpyxl.load_workbook(tmp_path / "计划.xlsx")
    drawn = [table for table in TABLES if table.name not in ("待确认", "数字对照表")]  # these only where they say something
    assert book.sheetnames == [table.name for table in drawn]
    for table in drawn:
        sheet = book[table.name]
        assert sheet.freeze_panes in ("A2", "C2")
        assert sheet.print_title_rows == "$1:$1"
        validated = {str(rule.sqref).split("2:")[0] for rule in sheet.data_validations.dataValidation}
        widths = [group.width for group in sheet.column_dimensions.values() for _ in range(group.min, group.max + 1)]
        assert widths == [column.width for column in table.columns]
        for cell, column in zip(sheet[1], table.columns, strict=True):
            assert cell.value == column.title
            assert bool(column.choices) <= (cell.column_letter in validated)
            assert (cell.comment is not None) == bool(column.note)


def edited(tables: dict[str, list[dict[str, str]]], path: Path, sheet: str, cell: str, value: object) -> Path:
    write_workbook(tables, path)
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return path


def test_a_percentage_typed_in_excel_reads_as_the_percentage(plan: Plan, tmp_path: Path) -> None:
    path = edited(plan.tables, tmp_path / "计划.xlsx", "指标", "J20", 0.625)
    book = openpyxl.load_workbook(path)
    book["指标"]["J20"].number_format = "0.0%"
    book.save(path)
    assert float(load_plan(path).indicator("4-3").target or 0) == 0.625


def test_a_code_that_excel_made_a_date_is_told(plan: Plan, tmp_path: Path) -> None:
    path = edited(plan.tables, tmp_path / "计划.xlsx", "指标", "A2", datetime.datetime(2022, 1, 1))
    with pytest.raises(PlanError) as raised:
        load_plan(path)
    found = raised.value.problems[0]
    assert (found.code, found.sheet, found.cell) == ("plan-became-date", "指标", "第2行“编码”")


def test_a_formula_in_the_plan_is_told(plan: Plan, tmp_path: Path) -> None:
    path = edited(plan.tables, tmp_path / "计划.xlsx", "指标", "J2", "=31400+0")
    with pytest.raises(PlanError) as raised:
        load_plan(path)
    assert [p.code for p in raised.value.problems] == ["plan-formula"]


def test_rows_are_counted_as_the_sheet_counts_them(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan.tables, tmp_path / "计划.xlsx")
    book = openpyxl.load_workbook(tmp_path / "计划.xlsx")
    book["指标"].insert_rows(3)
    book["指标"]["J4"] = "很多"
    book.save(tmp_path / "计划.xlsx")
    with pytest.raises(PlanError) as raised:
        load_plan(tmp_path / "计划.xlsx")
    assert ("plan-target", "第4行“目标”") in [(p.code, p.cell) for p in raised.value.problems]


def test_reading_a_folder_that_is_not_there_tells_the_missing_tables(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert read_tables(tmp_path / "空").rows == {}


def test_a_period_that_excel_made_a_date_is_that_period(plan: Plan, tmp_path: Path) -> None:
    tables = plan.tables | {"变更": [{"事项": "新增", "对象": "8-1"}]}
    path = edited(tables, tmp_path / "计划.xlsx", "变更", "D2", datetime.datetime(2022, 11, 1))
    assert read_workbook(path).plain()["变更"][0]["起始期次"] == "2022-11"
    assert not read_workbook(path).misread
    (other,) = read_workbook(edited(tables, tmp_path / "计划.xlsx", "变更", "D2", datetime.datetime(2022, 11, 2))).misread
    assert (other.column, other.code) == ("起始期次", "plan-became-date")


def test_a_column_of_own_remarks_is_left_to_the_office(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan.tables, tmp_path / "计划.xlsx")
    book = openpyxl.load_workbook(tmp_path / "计划.xlsx")
    for sheet in (book["单位"], book["指标"]):
        column = sheet.max_column + 1
        for row, content in enumerate(("备注", "=1+1", datetime.datetime(2022, 11, 3)), 1):
            sheet.cell(row, column).value = content
    book.save(tmp_path / "计划.xlsx")
    assert Plan.load(tmp_path / "计划.xlsx") == plan


def test_a_workbook_with_fills_that_say_nothing_is_read(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "计划.xlsx"
    write_workbook(plan.tables, path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before = parts["xl/styles.xml"]
    parts["xl/styles.xml"] = re.sub(rb"<fill><patternFill[^>]*/></fill>", b"<fill />", before, count=1)
    assert parts["xl/styles.xml"] != before
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    assert Plan.load(path) == plan


def spoilt(plan: Plan, path: Path, spoil: Callable[[openpyxl.Workbook], object]) -> Path:
    write_workbook(plan.tables, path)
    book = openpyxl.load_workbook(path)
    spoil(book)
    book.save(path)
    return path


def titled(book: openpyxl.Workbook) -> None:
    book["指标"].insert_rows(1)
    book["指标"]["A1"] = "鲁山县2022年指标表"


def summed(book: openpyxl.Workbook) -> None:
    book["指标"].append(["合计", *[None] * 8, "=SUM(J2:J46)"])


def doubled(book: openpyxl.Workbook) -> None:
    book["指标"].cell(1, book["指标"].max_column + 1).value = "目标"


@pytest.mark.parametrize(
    ("spoil", "code", "cell", "seen", "expected"),
    [
        (titled, "plan-head-below", "", "", "2"),
        (lambda book: setattr(book["指标"], "title", "指标表"), "plan-table-renamed", "", "指标表", "指标"),
        (lambda book: book.remove(book["指标"]), "plan-table", "", "", ""),
        (doubled, "plan-column-twice", "“目标”", "", ""),
        (summed, "plan-sum", "第47行“编码”", "合计", ""),
    ],
)
def test_one_fault_of_a_whole_table_or_row_is_one_message(
    plan: Plan, tmp_path: Path, spoil: Callable[[openpyxl.Workbook], object], code: str, cell: str, seen: str, expected: str,
) -> None:
    with pytest.raises(PlanError) as caught:
        load_plan(spoilt(plan, tmp_path / "计划.xlsx", spoil))
    assert [(p.code, p.sheet, p.cell, p.seen) for p in caught.value.problems] == [(code, "指标", cell, seen)]
    assert expected in str(caught.value.problems[0])


def test_what_only_looks_otherwise_is_read(plan: Plan, tmp_path: Path) -> None:
    """Titles with blanks and stars, names with signs that nobody sees, lists by line or ；, a blank in a sheet's name."""

    def spoil(book: openpyxl.Workbook) -> None:
        book["指标"]["A1"], book["指标"]["J1"] = "编 码*", "目\n标"
        tasks = book["任务表"]
        for row in range(2, 12):
            tasks.cell(row, 5).value = "；\n".join(str(tasks.cell(row, 5).value).split("、")) + "\u200b"
        book["单位"]["A2"] = f"\ufeff{book['单位']['A2'].value} "
        book["单位"].title = "单位 "

    read = load_plan(spoilt(plan, tmp_path / "计划.xlsx", spoil))
    assert (read.projects, read.indicators, read.units) == (plan.projects, plan.indicators, plan.units)
