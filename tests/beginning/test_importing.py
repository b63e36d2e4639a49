"""A published table becomes a plan that can be issued, and never takes another plan's place unasked."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from minsheng_xl.beginning.answering import accept_defaults, answer, questions_of
from minsheng_xl.beginning.importing import BEFORE, Wish, differences, draft_of, import_again, import_document
from minsheng_xl.plan.model import Kind
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.sending.issue import issue
from minsheng_xl.year.folder import Year
from tests.house.sources import ROOT

SEED = ROOT / "tests" / "sources" / "指标任务表.txt"
SHORT = (
    "某县2023年民生实事任务分解表\n\n序号\t项目\t指标任务\t牵头单位\t责任单位\n"
    "1\t扩大学位\t新建公办幼儿园2所，新增学位600个。\t县教育局\t县财政局、县教体局\n"
    "2\t看病方便\t全年义诊30场次左右；家庭医生签约率达到60%。\t县卫健委\t县财政局\n"
)


def test_the_seed_is_imported_answered_and_issued(tmp_path: Path) -> None:
    root = tmp_path / "鲁山县2022"
    made = import_document(SEED, root)
    assert (made.projects, made.indicators, made.numbers) == (10, 45, 35)
    assert made.questions <= 15
    year = Year(root)
    period = year.written_plan.periods[0]
    with pytest.raises(MinshengError):
        issue(year, period, datetime(2022, 1, 31, 9))
    accept_defaults(year)
    assert len(issue(year, period, datetime(2022, 1, 31, 9)).workbooks) == 40


def test_an_answer_about_several_indicators_moves_each_of_them(tmp_path: Path) -> None:
    root = tmp_path / "鲁山县2022"
    import_document(SEED, root)
    year = Year(root)
    asked = next(one for one in questions_of(year) if one.column == "牵头单位" and "3-2" in one.of)
    assert asked.default == "县住房和城乡建设局"
    answer(year, {asked.number: "县城市管理局"})
    leads = {one.code: one.lead for one in Year(root).written_plan.indicators}
    assert (leads["3-2"], leads["3-3"], leads["3-1"]) == ("县城市管理局",) * 3


def test_pasted_text_is_a_paper_too(tmp_path: Path) -> None:
    found = draft_of(SHORT, tmp_path / "某县2023")
    assert [(one.code, one.kind, one.unit_of_measure, one.target) for one in found.plan.indicators] == [
        ("1-1", Kind.CUMULATIVE, "所", 2), ("1-2", Kind.CUMULATIVE, "个", 600),
        ("2-1", Kind.CUMULATIVE, "场次", 30), ("2-2", Kind.RATIO, "%", Fraction(3, 5)),
    ]
    assert [(one.of, one.column) for one in found.plan.open_questions] == [("2-1", "比较")]
    assert found.plan.settings.region == "某县"


def test_the_year_has_to_stand_somewhere(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="--year"):
        draft_of(SHORT.replace("2023年", ""), tmp_path / "某县")
    assert draft_of(SHORT.replace("2023年", ""), tmp_path / "某县", Wish(year=2024)).plan.settings.year == 2024


def test_of_several_tables_one_has_to_be_named(tmp_path: Path) -> None:
    both = SHORT + "\n附件2\n\n某县2023年重点工作表\n\n序号\t工作\t目标任务\t牵头部门\n1\t修路\t改造公路5公里。\t县交通局\n"
    with pytest.raises(MisuseError, match="2 张任务表"):
        draft_of(both, tmp_path / "某县2023")
    assert len(draft_of(both, tmp_path / "某县2023", Wish(table="1")).plan.projects) == 2
    assert len(draft_of(both, tmp_path / "某县2023", Wish(table="全部")).plan.projects) == 3


def test_a_paper_without_a_task_table_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(MinshengError, match="没有找到任务表"):
        draft_of("今天天气很好。", tmp_path / "某县2023")


def test_a_plan_that_is_there_is_not_touched_by_an_import(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    import_document(SHORT, root)
    before = (root / "计划.xlsx").read_bytes()
    with pytest.raises(MinshengError):
        import_document(SHORT, root)
    assert (root / "计划.xlsx").read_bytes() == before


def test_the_differences_are_told_and_a_plan_is_replaced_with_what_the_office_typed(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    import_document(SHORT, root)
    year, again = Year(root), SHORT.replace("600个", "800个").replace("县教体局", "县体育局")
    told = differences(year, draft_of(again, root))
    assert "指标 1-2 的目标：600 → 800" in told
    assert "单位：新增 县体育局" in told
    before = (root / "计划.xlsx").read_bytes()
    import_again(year, draft_of(again, root))
    assert (root / BEFORE).read_bytes() == before
    plan = Year(root).written_plan
    assert plan.indicator("1-2").target == 800
    assert {"县教体局", "县体育局"} <= {one.name for one in plan.units}
    second = (root / "计划.xlsx").read_bytes()
    import_again(year, draft_of(SHORT, root))
    assert (root / BEFORE).read_bytes() == before
    assert (root / "导入前的计划2.xlsx").read_bytes() == second
