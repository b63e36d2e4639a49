"""The way into the next year: what is carried, what is marked, what stays behind, and where a year begins."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Plan, PlanError, Year, consolidate, issue, status
from minsheng_xl.beginning import rollover as use_case
from minsheng_xl.beginning.clerk import fill
from minsheng_xl.beginning.rollover import begin_like, rollover, unfinished
from minsheng_xl.closing.close import close
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.certification import certification_form
from minsheng_xl.plan.next_year import ALL, Wanted
from minsheng_xl.plan.read import read_tables
from minsheng_xl.plan.tables import RawRow, RawTables
from minsheng_xl.problems import MisuseError
from minsheng_xl.sending.issue import issue_certification
from tests.makers import QUARTERS, figure, send
from tests.sharing import copied, made_once

THIRD, FOURTH = Period.parse("2024-Q3"), Period.parse("2024-Q4")
BUREAU, DESK, WATER = "县统计局", "县行政审批局", "县水利局"
NOW = datetime(2025, 1, 9, 10)
STOCK = {
    "编码": "甲4", "类别": "考核", "项目": "1", "指标": "用水户", "类型": "时点量", "计量单位": "户", "小数位": "0", "比较": "≥",
    "目标": "5000", "序时规则": "均衡", "牵头单位": "县水利局", "存疑": "户口径待明确", "可不涉及": "2024-Q2：停水（水利局函）",
}


def tables() -> RawTables:
    """The plan of quarters with a stock more, a rule on trial and the row of a unit that was renamed."""
    read = read_tables(QUARTERS)
    heads = read.heads | {"指标": (*read.heads["指标"], "可不涉及"), "变更": ("事项", "对象", "改为", "起始期次", "文号", "说明")}
    blank = dict.fromkeys(heads["指标"], "")
    settings = [*read.rows["参数"]]
    for name, about, value in (("规则试行", "cumulative-falls", "2024-Q2"), ("印发日期", "2024-Q1", "2024-04-20")):
        settings.append(RawRow(len(settings) + 2, {"参数": name, "对象": about, "值": value, "说明": ""}))
    renamed = dict(zip(heads["变更"], ("改名", "县农业局", "农业农村局", "", "", ""), strict=True))
    indicators = [*read.rows["指标"], RawRow(12, blank | STOCK)]
    return RawTables(read.rows | {"指标": indicators, "参数": settings, "变更": [RawRow(2, renamed)]}, heads)


def certify(year: Year, answers: Mapping[Key, str]) -> None:
    form = certification_form(year.plan, year.plan.unit(BUREAU), FOURTH, {})
    fill(year.certified_folder(FOURTH) / f"{BUREAU}_2024-Q4_认定.xlsx", year.inbox / "认定.xlsx", form, answers)


def says(code: str, **cells: str) -> dict[Key, str]:
    return {Key("certify", code, name): text for name, text in cells.items()}


@pytest.fixture(scope="module")
def ended_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year in which two quarters were reported and the last one certified; not to be written to."""

    def make(folder: Path) -> Path:
        year = Year.create(folder / "阳川县2024", tables())
        issue(year, THIRD, datetime(2024, 9, 30))
        send(year, DESK, THIRD, {figure("甲2"): "6", figure("甲3", "numerator"): "2", figure("甲3", "denominator"): "150"})
        send(year, WATER, THIRD, {figure("甲1"): "70.5", figure("甲4"): "4000"})
        consolidate(year, THIRD, datetime(2024, 10, 8))
        issue(year, FOURTH, datetime(2024, 12, 31))
        send(year, WATER, FOURTH, {figure("甲1"): "100.25", figure("甲4"): "4800"})
        send(year, BUREAU, FOURTH, {figure("乙2", "numerator"): "161", figure("乙2", "denominator"): "200"})
        consolidate(year, FOURTH, datetime(2025, 1, 8))
        issue_certification(year, FOURTH, datetime(2025, 1, 8))
        certify(year, {
            **says("甲4", opinion="核减", figure="4700", reason="重复"), **says("甲3", opinion="待补证", remark="补台账"),
        })
        consolidate(year, FOURTH, NOW)
        year.close()
        return year.root

    return made_once(tmp_path_factory, "ended", make)


@pytest.fixture
def ended(ended_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(ended_folder, tmp_path / "阳川县2024")


@pytest.fixture(scope="module")
def next_folder(ended_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year that follows it; not to be written to."""
    for year in copied(ended_folder, tmp_path_factory.mktemp("next") / "阳川县2024"):
        return rollover(year, year.root.with_name("阳川县2025")).root
    raise AssertionError


@pytest.fixture(scope="module")
def plan(next_folder: Path) -> Plan:
    return Plan.load(next_folder / "计划.xlsx")


def cells(plan: Plan, table: str, **of: str) -> dict[str, str]:
    (found,) = [row for row in plan.tables[table] if all(row[title] == text for title, text in of.items())]
    return found


def opening(plan: Plan, code: str) -> tuple[str, str]:
    row = cells(plan, "参数", 参数="年初数", 对象=code)
    return row["值"], row["说明"]


def test_the_certified_figure_begins_the_year_and_the_reported_one_stands_beside_it(plan: Plan) -> None:
    assert opening(plan, "甲4") == (
        "4700", "待核对：2024年第4季度认定数 4700（认定.xlsx）；2024年第4季度报送数 4800（县水利局_2024-Q4.xlsx）",
    )
    assert plan.indicator("甲4").opening == 4700


def test_without_one_the_last_accepted_figure_begins_it(plan: Plan) -> None:
    assert opening(plan, "甲2") == ("6", "待核对：2024年第3季度报送数 6（县行政审批局_2024-Q3.xlsx）；没有认定数")
    assert opening(plan, "甲3") == (
        "1.33%", "待核对：2024年第3季度报送数 1.33%（县行政审批局_2024-Q3.xlsx）；2024年第4季度认定意见：待补证（认定.xlsx）",
    )
    assert opening(plan, "乙2") == ("80.5%", "待核对：2024年第4季度报送数 80.5%（县统计局_2024-Q4.xlsx）；没有认定数")


def test_a_figure_that_can_be_no_opening_is_left_to_the_office(tmp_path: Path) -> None:
    year = Year.create(tmp_path / "阳川县2024", tables())
    issue(year, THIRD, datetime(2024, 9, 30))
    send(year, BUREAU, THIRD, {figure("乙2", "numerator"): "402", figure("乙2", "denominator"): "160"})
    consolidate(year, THIRD, datetime(2024, 10, 8))
    assert opening(Plan.load(rollover(year, tmp_path / "新").root / "计划.xlsx"), "乙2") == (
        "", "待核对：2024年第3季度报送数 251.25%（县统计局_2024-Q3.xlsx）；没有认定数；251.25% 不能作年初数，请核定",
    )


def test_what_accumulates_and_what_nobody_reported_has_none(plan: Plan) -> None:
    codes = {row["对象"] for row in plan.tables["参数"] if row["参数"] == "年初数"}
    assert codes == {"甲2", "甲3", "甲4", "乙2"}


def test_the_frame_is_another_year(plan: Plan) -> None:
    assert (plan.settings.year, plan.settings.title, plan.settings.region) == (2025, "阳川县2025年民生实事", "阳川县")
    assert cells(plan, "参数", 参数="报送期限") == {
        "参数": "报送期限", "对象": "2025-Q2", "值": "2025-07-10", "说明": "待核对（由2024年转入）：原为2024-07-10。",
    }
    kept = {name: cells(plan, "参数", 参数=name)["值"] for name in ("频次", "报送日", "超序时", "滞后红", "平均方式", "资金项目")}
    assert kept == {"频次": "季", "报送日": "8", "超序时": "10", "滞后红": "-30", "平均方式": "按项目", "资金项目": "2"}
    assert cells(plan, "参数", 参数="分母") == {
        "参数": "分母", "对象": "丙2", "值": "14", "说明": "待核对（由2024年转入）。乡镇数",
    }
    assert plan.settings.last_year == "../阳川县2024"
    assert [found for found in plan.warnings if found.code.endswith("-year")] == []


def test_indicators_are_carried_and_marked(plan: Plan) -> None:
    assert len(plan.indicators) == 11
    assert cells(plan, "指标", 编码="甲1")["完成时限"] == "2025-12-31"
    assert cells(plan, "指标", 编码="甲1")["存疑"] == "待核对（由2024年转入）：是否沿用、目标、完成时限（原为2024-12-31）、节点。"
    assert cells(plan, "指标", 编码="丙2")["存疑"] == "待核对（由2024年转入）：是否沿用、目标、完成时限（原为2024-06-30）、分母。"
    assert cells(plan, "指标", 编码="甲4")["存疑"] == "待核对（由2024年转入）：是否沿用、目标。户口径待明确"
    assert {row["依据"].partition("。")[0] for row in plan.tables["序时"]} == {"待核对（由2024年转入）"}
    assert [step for step in plan.indicator("甲1").steps if step[0] == 12] == [(12, 1)]


def test_what_belongs_to_its_year_stays_behind(plan: Plan) -> None:
    paused = cells(plan, "指标", 编码="乙3")
    assert (paused["暂停文号"], paused["暂停起始期"], cells(plan, "指标", 编码="甲4")["可不涉及"]) == ("", "", "")
    assert not [row for row in plan.tables["参数"] if row["参数"] in ("规则试行", "印发日期")]
    assert plan.tables["变更"] == plan.tables["变更记录"] == []
    assert plan.canonical("县农业局") == "农业农村局", "the name before goes on as an alias"


def test_what_is_to_be_looked_at_is_said(ended: Year, tmp_path: Path) -> None:
    said = rollover(ended, tmp_path / "新").to_check
    for words in (
        "任务表：3 个项目，指标任务还是 2024 年的原文，请换成 2025 年公布的。", "完成时限：移到了后一年：甲1、丙1、丙2。",
        "参数：期限移到了后一年，节假日请核对：2025-Q2（2025-07-10）。", "参数：分母沿用：丙2。",
        "没有转入：暂停和恢复（属于当年）：乙3。", "没有转入：可不涉及（属于当年）：甲4。",
        "没有转入：属于当年的参数：规则试行、印发日期。", "没有转入：属于当年的表：变更。",
    ):
        assert words in said


def test_row_by_row_some_are_changed_and_some_are_dropped(ended: Year, tmp_path: Path) -> None:
    wanted = Wanted(frozenset(("丙1", "丙2", "丙3", "甲1")), {"甲4": "5600"})
    result = rollover(ended, tmp_path / "新", wanted=wanted)
    plan = Plan.load(result.root / "计划.xlsx")
    assert [project.no for project in plan.projects] == [1, 2]
    assert [one.code for one in plan.indicators] == ["甲2", "甲3", "乙1", "乙2", "乙3", "甲4"], "what is derived of dropped rows goes"
    assert plan.indicator("甲4").target == 5600
    assert cells(plan, "指标", 编码="甲4")["存疑"] == "待核对（由2024年转入）：是否沿用、目标（原为5000）。户口径待明确"
    assert plan.tables["序时"] == []
    assert not [row for row in plan.tables["参数"] if row["参数"] == "分母"]
    assert "没有转入的指标：甲1、丙1、丙2、丙3、丙4。" in result.to_check
    assert "指标：目标改了：甲4 5600。" in result.to_check


def test_a_target_that_cannot_be_makes_nothing(ended: Year, tmp_path: Path) -> None:
    with pytest.raises(PlanError) as raised:
        rollover(ended, tmp_path / "新", wanted=Wanted(targets={"甲4": "很多"}))
    assert [found.code for found in raised.value.problems] == ["plan-target"]
    assert list(tmp_path.iterdir()) == [ended.root]


def test_where_something_stands_nothing_is_made(ended: Year, tmp_path: Path) -> None:
    (tmp_path / "有").mkdir()
    (tmp_path / "有" / "随便.txt").write_text("x", encoding="utf-8")
    for folder, words in ((ended.root, "已经有 计划.xlsx，没有改动"), (tmp_path / "有", "里面不是空的，没有改动")):
        with pytest.raises(MinshengError, match=words):
            rollover(ended, folder)
    (tmp_path / "空").mkdir()
    assert (rollover(ended, tmp_path / "空").root / "计划.xlsx").is_file()


@pytest.mark.parametrize("to", [2024, 2023])
def test_it_goes_forward_only(ended: Year, tmp_path: Path, to: int) -> None:
    with pytest.raises(MisuseError, match="2025"):
        rollover(ended, tmp_path / "新", to=to)
    assert not (tmp_path / "新").exists()


def contents(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".sqlite")
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def test_the_old_year_is_only_read(ended: Year, tmp_path: Path) -> None:
    before = contents(ended.root)
    rollover(ended, tmp_path / "新")
    assert contents(ended.root) == before


def test_whoever_breaks_off_leaves_nothing(ended: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, *given: Any, **named: Any) -> None:
        Path(path, "收件").mkdir(parents=True)
        raise KeyboardInterrupt

    monkeypatch.setattr(use_case.Year, "create", broken)
    with pytest.raises(KeyboardInterrupt):
        rollover(ended, tmp_path / "新")
    assert list(tmp_path.iterdir()) == [ended.root]


KILLED = """
import os, sys
from minsheng_xl import Year
from minsheng_xl.beginning.rollover import rollover
from minsheng_xl.year import folder
whole = folder.write_whole
def half(path, content):
    whole(path, content)
    os._exit(9)
folder.write_whole = half
rollover(Year(sys.argv[1]), sys.argv[2])
"""


def test_whoever_is_killed_half_way_leaves_no_half_year(ended: Year, tmp_path: Path) -> None:
    new = tmp_path / "新"
    others = [tmp_path / name for name in ("2023", ".~新-备份", "新2", ".~旧-7")]
    for path in others:
        path.mkdir()
    done = subprocess.run([sys.executable, "-c", KILLED, str(ended.root), str(new)], env={**os.environ}, check=False)
    assert (done.returncode, new.exists()) == (9, False)
    assert (rollover(ended, new).root / "计划.xlsx").is_file()
    assert sorted(tmp_path.iterdir()) == sorted((ended.root, new, *others)), "what was left is cleared away, and no more"


def last_year(folder: Path, period: Period, code: str) -> Any:
    year = Year(folder)
    try:
        return next(one["last_year"] for one in status(year, period)["indicators"] if one["code"] == code)
    finally:
        year.close()


def test_the_same_period_of_last_year_stands_beside(next_folder: Path) -> None:
    third, fourth = Period.parse("2025-Q3"), Period.parse("2025-Q4")
    said = {"code": "甲1", "reported": "70.5", "reported_text": "70.5", "certified": None, "corrected": False}
    assert last_year(next_folder, third, "甲1") == said
    assert last_year(next_folder, fourth, "甲1") == {**said, "reported": "100.25", "reported_text": "100.25"}
    assert last_year(next_folder, fourth, "甲4") == {
        "code": "甲4", "reported": "4800", "reported_text": "4,800", "certified": "4700", "corrected": False,
    }
    assert last_year(next_folder, third, "甲3")["reported"] == "0.013333"
    assert last_year(next_folder, fourth, "甲3") is None, "nobody reported it then"


@pytest.fixture
def following(next_folder: Path, tmp_path: Path) -> Path:
    """The two years side by side, to be worked on: the new one."""
    shutil.copytree(next_folder.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / next_folder.name


def write(folder: Path, table: str, row: str, **changed: str) -> None:
    book = openpyxl.load_workbook(folder / "计划.xlsx")
    sheet = book[table]
    titles = {cell.value: cell.column for cell in sheet[1]}
    line = next((found[0].row for found in sheet.iter_rows(min_row=2) if found[0].value == row), 2)
    for title, text in changed.items():
        sheet.cell(line, titles[title]).value = text
    book.save(folder / "计划.xlsx")


def test_a_code_used_for_something_else_has_no_last_year(following: Path) -> None:
    fourth = Period.parse("2025-Q4")
    write(following, "指标", "甲4", 指标="供水企业")
    assert last_year(following, fourth, "甲4") is None
    write(following, "指标", "甲4", 指标="用水户", 计量单位="万户")
    assert last_year(following, fourth, "甲4") is None
    write(following, "指标", "甲4", 指标="用水户", 计量单位="户")
    assert last_year(following, fourth, "甲4")["reported"] == "4800"


def test_a_new_code_has_the_last_year_of_the_old_one_where_that_is_told(following: Path) -> None:
    write(following, "指标", "甲4", 编码="供4")
    row = {"事项": "改编码", "对象": "甲4", "改为": "供4"}
    write(following, "变更", "", **row)
    book = openpyxl.load_workbook(following / "计划.xlsx")
    for found in book["参数"].iter_rows(min_row=2):
        found[1].value = "供4" if found[1].value == "甲4" else found[1].value
    book.save(following / "计划.xlsx")
    assert last_year(following, Period.parse("2025-Q4"), "供4")["code"] == "甲4"


def test_a_last_year_that_is_not_there_is_said(following: Path) -> None:
    write(following, "参数", "上年文件夹", 值="../没有")
    year = Year(following)
    said = status(year, Period.parse("2025-Q4"))["last_year"]
    year.close()
    assert said == {
        "period": None, "trouble": "参数“上年文件夹”：../没有 里没有 计划.xlsx，没有上年同期。请改正，或清空。",
    }


def test_which_periods_are_not_closed(ended: Year) -> None:
    assert unfinished(ended) == "2024-Q1 到 2024-Q4 的 4 期"
    close(ended, FOURTH, NOW)
    assert unfinished(ended) == "2024-Q1、2024-Q2、2024-Q3"


def test_a_correction_after_the_closing_begins_the_next_year(ended: Year, tmp_path: Path) -> None:
    close(ended, FOURTH, NOW)
    send(ended, BUREAU, FOURTH, {figure("乙2", "numerator"): "170", figure("乙2", "denominator"): "200"}, "更正.xlsx")
    send(ended, WATER, FOURTH, {figure("甲1"): "99.5", figure("甲4"): "4800"}, "水更正.xlsx")
    consolidate(ended, FOURTH, datetime(2025, 1, 20))
    root = rollover(ended, tmp_path / "新").root
    assert opening(Plan.load(root / "计划.xlsx"), "乙2") == (
        "85%", "待核对：2024年第4季度报送数 85%（更正.xlsx、县统计局_2024-Q4.xlsx，定稿后更正）；没有认定数",
    )
    said = last_year(root, Period.parse("2025-Q4"), "甲1")
    assert (said["reported"], said["corrected"]) == ("99.5", True)


def test_a_year_in_which_nothing_happened_rolls_over(tmp_path: Path) -> None:
    year = Year.create(tmp_path / "阳川县2024", tables())
    found = Plan.load(rollover(year, tmp_path / "阳川县2025", wanted=ALL).root / "计划.xlsx")
    assert opening(found, "乙2") == ("", "待核对：2024年没有已采用的数")
    assert not year.register_path.exists()
    following = Year(tmp_path / "阳川县2025")
    assert status(following, Period.parse("2025-Q1"))["last_year"] == {"period": "2024-Q1", "trouble": ""}
    following.close()


def test_a_year_like_another_has_its_units_and_settings_and_nothing_promised(ended: Year, tmp_path: Path) -> None:
    root = begin_like(ended, tmp_path / "像", to=2025)
    found = read_tables(root / "计划.xlsx").plain()
    assert found["任务表"] == found["指标"] == found["序时"] == found["变更"] == []
    assert [row["单位"] for row in found["单位"]] == [unit.name for unit in ended.written_plan.units]
    assert found["单位"][1]["别名"] == "县政务服务局、审批局"
    names = [row["参数"] for row in found["参数"]]
    assert not {"分母", "年初数", "上年文件夹", "规则试行"} & set(names)
    assert next(row["值"] for row in found["参数"] if row["参数"] == "标题") == "阳川县2025年民生实事"
    assert next(row["值"] for row in found["参数"] if row["参数"] == "资金项目") == ""
    with pytest.raises(PlanError) as raised:
        Plan.load(root / "计划.xlsx")
    assert [one.code for one in raised.value.problems] == ["plan-table-blank", "plan-table-blank"]


def test_the_same_year_like_another_keeps_its_dates(ended: Year, tmp_path: Path) -> None:
    found = read_tables(begin_like(ended, tmp_path / "像") / "计划.xlsx").plain()["参数"]
    dates = [row for row in found if row["参数"] in ("报送期限", "印发日期", "规则试行")]
    assert [(row["对象"], row["值"], row["说明"]) for row in dates] == [
        ("2024-Q2", "2024-07-10", ""), ("cumulative-falls", "2024-Q2", ""), ("2024-Q1", "2024-04-20", ""),
    ]
