"""A plan is looked at before it is opened: what is only formatted costs nothing, what is too large is said with its place."""

import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from minsheng_xl import Plan
from minsheng_xl.plan.read import built_in_tables, read_tables
from minsheng_xl.problems import PlanError
from tests.makers import write_workbook


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("计划") / "计划.xlsx"
    write_workbook(built_in_tables(sample=True).plain(), path)
    return path


def changed(written: Path, target: Path, change: Any) -> Path:
    book = openpyxl.load_workbook(written)
    change(book)
    book.save(target)
    return target


def coloured(book: Any) -> None:
    book["单位"]["XFD1048576"].fill = PatternFill("solid", fgColor="FFFF00")


def swollen(written: Path, target: Path, sheet: str, rows: int) -> Path:
    """Rows formatted down to far below, as a whole column's format leaves them."""
    blank = "".join(f'<row r="{row}" ht="18"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(5000, rows))
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(sheet):
                part = part.replace(b"</sheetData>", blank.encode() + b"</sheetData>")
            new.writestr(name, part)
    return target


def test_a_coloured_cell_in_the_last_row_costs_nothing_and_is_named(written: Path, tmp_path: Path) -> None:
    path = changed(written, tmp_path / "计划.xlsx", coloured)
    tracemalloc.start()
    plan = Plan.load(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 << 20
    assert [(one.sheet, one.cell) for one in plan.warnings if one.code == "plan-far"] == [("单位", "XFD1048576")]
    assert plan.units == Plan.load(written).units
    assert [one.code for one in Plan.load(written).warnings if one.code == "plan-far"] == []


@pytest.mark.parametrize(("address", "named"), [("A1048576", "A1048576"), ("XFD3", "XFD3"), ("AB900", None)])
def test_the_farthest_cell_is_one_that_is_there(written: Path, tmp_path: Path, address: str, named: str | None) -> None:
    def change(book: Any) -> None:
        book["指标"][address].fill = PatternFill("solid", fgColor="FFFF00")

    found = read_tables(changed(written, tmp_path / "计划.xlsx", change))
    assert found.far == ((("指标", named),) if named else ())
    assert found.rows == read_tables(written).rows


def test_a_word_in_the_last_row_is_a_row(written: Path, tmp_path: Path) -> None:
    path = changed(written, tmp_path / "计划.xlsx", lambda book: book["单位"].cell(1_048_576, 1, "县某局"))
    assert [row.number for row in read_tables(path).rows["单位"]][-1] == 1_048_576


def test_a_sheet_that_is_too_large_is_named_with_its_last_cell(written: Path, tmp_path: Path) -> None:
    path = swollen(written, tmp_path / "计划.xlsx", "sheet2.xml", 400_000)
    with pytest.raises(PlanError) as caught:
        read_tables(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.sheet, problem.cell) == ("plan-sheet-size", openpyxl.load_workbook(written).sheetnames[1], "B399999")
    assert "右键删除" in problem.action


def test_what_a_plan_may_hold_is_read(written: Path, tmp_path: Path) -> None:
    path = swollen(written, tmp_path / "计划.xlsx", "sheet2.xml", 20_000)
    assert read_tables(path).rows == read_tables(written).rows


def test_a_workbook_that_is_too_large_otherwise(written: Path, tmp_path: Path) -> None:
    path = tmp_path / "计划.xlsx"
    path.write_bytes(written.read_bytes())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.png", bytes(70 << 20))
    with pytest.raises(PlanError) as caught:
        read_tables(path)
    assert [one.code for one in caught.value.problems] == ["plan-size"]


def test_a_stream_is_read_as_a_file(written: Path) -> None:
    assert read_tables(io.BytesIO(written.read_bytes())) == read_tables(written)
