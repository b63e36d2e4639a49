"""The task table goes into a new file, whole, of one of two kinds."""

from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Plan
from minsheng_xl.problems import MisuseError
from minsheng_xl.telling.export import export_tasks


@pytest.mark.parametrize("name", ["任务表.docx", "任务表.XLSX"])
def test_a_file_of_the_kind_that_its_name_says(plan: Plan, tmp_path: Path, name: str) -> None:
    export_tasks(plan, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes()[:2] == b"PK"


def test_the_rows_of_the_workbook_are_those_of_the_plan(plan: Plan, tmp_path: Path) -> None:
    export_tasks(plan, tmp_path / "表.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "表.xlsx")["任务表"].iter_rows(min_row=2, values_only=True)
    heads, *found = [["" if one is None else str(one) for one in row] for row in rows]
    assert found == [[row[head] for head in heads] for row in plan.tables["任务表"]]


@pytest.mark.parametrize("name", ["任务表.doc", "任务表", "任务表.pdf", ".docx"])
def test_another_kind_is_refused(plan: Plan, tmp_path: Path, name: str) -> None:
    with pytest.raises(MisuseError, match=r"任务表可以写成 \.docx、\.xlsx，不能写成"):
        export_tasks(plan, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "表.docx").write_bytes(b"mine")
    with pytest.raises(MinshengError, match="已经有了，没有改动"):
        export_tasks(plan, tmp_path / "表.docx")
    assert (tmp_path / "表.docx").read_bytes() == b"mine"
