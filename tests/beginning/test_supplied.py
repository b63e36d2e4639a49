"""What a plan lacks is supplied for a demo, each piece with the word 示例; what it has stays."""

import shutil
from pathlib import Path

import pytest

from minsheng_xl import MinshengError, Plan, PlanError
from minsheng_xl.beginning.supplied import supplied, tables_from
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.read import built_in_tables, read_tables
from minsheng_xl.plan.tables import TABLES, RawTables
from minsheng_xl.plan.workbook import workbook_bytes
from minsheng_xl.problems import MisuseError
from minsheng_xl.telling.export import export_tasks
from tests.makers import PLANS, QUARTERS, raw

STEPS_OF_WORKS = [("6", "40%"), ("9", "75%"), ("10", "85%"), ("12", "100%")]


def with_rows(tables: RawTables, table: str, *rows: dict[str, str]) -> RawTables:
    plain = tables.plain()
    titles = next(one.titles for one in TABLES if one.name == table)
    return raw({**plain, table: [*plain[table], *(dict.fromkeys(titles, "") | row for row in rows)]})


def added(tables: RawTables, table: str) -> list[dict[str, str]]:
    """The rows that are there only afterwards."""
    before = tables.plain()[table]
    return [row for row in supplied(tables).plain()[table] if row not in before]


def test_what_the_built_in_plan_lacks() -> None:
    """The office's denominators and 年初数 of stocks and of ratios that grow; 节点 of works."""
    rows = added(built_in_tables(sample=False), "参数")
    assert {(row["参数"], row["对象"]): row["值"] for row in rows if row["参数"] != "年初数"} == {
        ("标题", ""): "鲁山县2022年重点民生实事（示例）",
        **{("分母", code): "500" for code in ("4-3", "6-5", "6-7", "10-1")},
    }
    openings = {row["对象"]: row["值"] for row in rows if row["参数"] == "年初数"}
    assert openings["4-3"] == "36%"  # three fifths of 60 %
    assert openings["6-4"] == "47436"  # of 79060
    assert not {"7-3", "7-4", "7-5", "10-2", "10-3"} & set(openings)  # 全年一致
    assert all("示例" in row["说明"] for row in rows)


def test_works_get_steps_until_their_deadline_or_the_end_of_the_year() -> None:
    steps = added(built_in_tables(sample=False), "序时")
    assert [(row["月份"], row["应完成"]) for row in steps if row["指标编码"] == "4-1"] == STEPS_OF_WORKS
    assert [(row["月份"], row["应完成"]) for row in steps if row["指标编码"] == "9-3"] == [("12", "100%")]  # done or not
    assert {row["指标编码"] for row in steps} >= {"3-2", "3-3", "5-1", "5-2"}
    assert all(row["依据"].startswith("示例：") and row["确认单位"].startswith("示例：") for row in steps)


def test_steps_of_a_plan_by_quarters_end_with_one() -> None:
    tables = read_tables(QUARTERS)
    kept = raw({**tables.plain(), "序时": []})
    kept.rows["指标"][0].cells["完成时限"] = "2024-08-20"
    assert [(row["月份"], row["应完成"]) for row in added(kept, "序时")] == [("6", "75%"), ("9", "100%")]


@pytest.mark.parametrize("name", ["云溪区2025", "阳川县2024", "青禾县2023"])
def test_a_plan_that_lacks_nothing_gets_a_title_and_what_nobody_said(name: str) -> None:
    """3-3 of 云溪区 and the like have their 年初数; what has none and grows gets one."""
    tables = read_tables(PLANS / name)
    before, after = check_tables(tables), check_tables(supplied(tables))
    assert after.settings.title == f"{before.settings.title}（示例）"
    assert (after.projects, after.units) == (before.projects, before.units)
    for one, other in zip(before.indicators, after.indicators, strict=True):
        assert one.opening in (None, other.opening)
        assert one._replace(opening=other.opening, steps=other.steps) == other
        assert one.steps in ((), other.steps)


def test_the_title_is_marked_once() -> None:
    once = supplied(read_tables(QUARTERS))
    assert check_tables(supplied(once)).settings.title == "阳川县2024年民生实事（示例）"


def test_what_is_asked_counts_as_by_default() -> None:
    asked = {"编号": "1", "表": "指标", "对象": "甲1", "栏": "目标", "问题": "目标是多少", "选项": "120.5、100、其他", "默认": "120.5"}
    blank = {"编号": "2", "表": "指标", "对象": "甲1", "栏": "存疑", "问题": "还有什么", "默认": ""}
    said = asked | {"编号": "3", "答复": "100"}
    tables = with_rows(read_tables(QUARTERS), "待确认", asked, blank)
    assert len(check_tables(tables).open_questions) == 2
    assert check_tables(supplied(tables)).open_questions == ()
    answered = supplied(with_rows(read_tables(QUARTERS), "待确认", said))
    assert check_tables(answered).indicator("甲1").target == 100


def test_what_lies_beside_the_old_folder_is_left_out() -> None:
    tables = with_rows(
        read_tables(QUARTERS), "参数", {"参数": "上年文件夹", "值": "../阳川县2023"}, {"参数": "时间戳服务", "值": "http://tsa"},
    )
    settings = check_tables(supplied(tables)).settings
    assert (settings.last_year, settings.stamping) == ("", "")


def test_a_plan_with_faults_is_told() -> None:
    tables = read_tables(QUARTERS)
    tables.rows["指标"][0].cells["目标"] = "很多"
    with pytest.raises(PlanError):
        supplied(tables)


def test_a_plan_is_a_workbook_or_a_folder(tmp_path: Path) -> None:
    shutil.copytree(QUARTERS, tmp_path / "表")
    (tmp_path / "年").mkdir()
    (tmp_path / "年" / "计划.xlsx").write_bytes(workbook_bytes(read_tables(QUARTERS).plain()))
    for path in (tmp_path / "表", tmp_path / "年", tmp_path / "年" / "计划.xlsx"):
        assert check_tables(tables_from(path)) == Plan.load(QUARTERS)
    with pytest.raises(MinshengError, match=r"没有 .*计划2\.xlsx。请写 计划\.xlsx、放着计划的文件夹，或公布的任务表。"):
        tables_from(tmp_path / "计划2.xlsx")


@pytest.mark.parametrize("name", ["任务表.docx", "任务表.xlsx"])
def test_or_a_published_paper(plan: Plan, tmp_path: Path, name: str) -> None:
    export_tasks(plan, tmp_path / name)
    made = check_tables(supplied(tables_from(tmp_path / name)))
    assert [project.task for project in made.projects] == [project.task for project in plan.projects]
    assert made.settings.year == 2022
    assert made.open_questions == ()


def test_of_several_tables_in_a_paper_all_are_meant(plan: Plan, tmp_path: Path) -> None:
    rows = [f"{n}\t建设道路\t新建道路{n}0公里。\t交通局" for n in (1, 2)]
    text = "\n\n".join(f"2023年民生实事（{n}）\n\n序号\t项目\t指标任务\t牵头单位\n{row}" for n, row in enumerate(rows, 1))
    (tmp_path / "通知.txt").write_text(text, encoding="utf-8")
    assert [project.task for project in check_tables(tables_from(tmp_path / "通知.txt")).projects] == ["新建道路10公里。", "新建道路20公里。"]


def test_a_paper_that_does_not_say_its_year(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("序号\t项目\t指标任务\t牵头单位\n1\t建设道路\t新建道路10公里。\t交通局", encoding="utf-8")
    with pytest.raises(MisuseError, match=r"通知\.txt 里和文件名里都没有写是哪一年。请先导入：minsheng-xl import 通知\.txt 新文件夹"):
        tables_from(tmp_path / "通知.txt")
