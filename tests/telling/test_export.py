"""The task table goes into a new file, whole, of one of two kinds."""

from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Plan
from minsheng_xl.beginning.importing import draft_of
from minsheng_xl.papers.reading import read
from minsheng_xl.problems import MisuseError
from minsheng_xl.published.tasks import published_in
from minsheng_xl.telling.export import export_tasks
from tests.books.documents import plans

PLANS = dict(plans())
READ_AS = {
    "序号": "number", "项目": "project", "指标任务": "sentence", "牵头单位": "leads", "责任单位": "responsible",
    "认定单位": "certifiers", "分管领导": "leader", "完成时限": "deadline", "备注": "remark",
}
SEED = Path(__file__).parents[1] / "sources" / "指标任务表.txt"


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


@pytest.mark.parametrize("kind", [".docx", ".xlsx"])
@pytest.mark.parametrize("name", PLANS)
def test_what_was_exported_is_read_in_as_the_same_table(tmp_path: Path, name: str, kind: str) -> None:
    """Sign by sign but for blanks at the ends of a line and lines without anything."""
    plan, path = PLANS[name], tmp_path / f"表{kind}"
    export_tasks(plan, path)
    [found] = published_in(read(path))
    assert found.title == plan.settings.title
    assert found.remarks == ()
    assert [
        {head: getattr(task, field) for head, field in READ_AS.items()} for task in found.tasks
    ] == [{head: lines_of(row.get(head, "")) for head in READ_AS} for row in plan.tables["任务表"]]


def lines_of(text: str) -> str:
    lines = (line.strip(" ") for line in text.replace("\x07", "").split("\n"))
    return "\n".join(filter(None, lines))


@pytest.mark.parametrize("kind", [".docx", ".xlsx"])
def test_and_its_sentences_are_read_as_before(plan: Plan, tmp_path: Path, kind: str) -> None:
    """The county's paper, and what is exported of the plan that holds it word for word."""
    export_tasks(plan, tmp_path / f"表{kind}")
    exported, paper = (draft_of(path, tmp_path / "鲁山县2022").tables.plain() for path in (tmp_path / f"表{kind}", SEED))
    for table in ("指标", "单位", "序时", "数字对照表"):
        assert exported[table] == paper[table]
    assert len(exported["指标"]) >= 45
