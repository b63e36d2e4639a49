"""Papers that leave things out or name them oddly: each gives a plan that loads and, its defaults taken, is issued; or
one sentence, and nothing is written."""

from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl.beginning.answering import accept_defaults, answer, questions_of
from minsheng_xl.beginning.importing import Wish, differences, draft_of, import_again, import_document
from minsheng_xl.plan.answers import NOT_YET, question_in_words
from minsheng_xl.plan.model import Kind, Question
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.sending.issue import blocking, issue
from minsheng_xl.year.copies import doubles
from minsheng_xl.year.folder import Year

TITLE = "某县2023年民生实事任务分解表"
HEAD = "序号\t项目\t指标任务\t牵头单位\t责任单位"
LONG = "某某县国家级高新技术产业开发区管理委员会社会事业发展和公共服务保障管理"


def paper(*rows: str, title: str = TITLE, head: str = HEAD) -> str:
    return "\n".join((title, "", head, *rows, ""))


def issued(text: str, root: Path) -> list[str]:
    """The names of the files that go out once the defaults are taken."""
    import_document(text, root)
    accept_defaults(Year(root))
    year = Year(root)
    return sorted(one.name for one in issue(year, year.written_plan.periods[0], datetime(2023, 1, 31, 9)).workbooks)


def asked(root: Path, column: str, of: str) -> Question:
    return next(one for one in questions_of(Year(root)) if (one.column, one.of) == (column, of))


def test_units_after_which_no_sheet_can_be_named_have_short_names(tmp_path: Path) -> None:
    text = paper(f"1\t修路\t改造公路50公里。\t{LONG}局\t{LONG}处、县城管:环卫局、县IT局、县it局、CON", "2\t桥\t修桥2座。\t首页\t")
    names = issued(text, tmp_path / "某县2023")
    assert names == sorted(f"{name}_2023-01.xlsx" for name in (
        LONG[:28], f"{LONG[:28]}2", "县城管环卫局", "县IT局", "县it局2", "CON单位", "首页2",
    ))


def test_a_unit_of_more_signs_than_a_name_may_have_is_known_by_its_beginning(tmp_path: Path) -> None:
    name = "县" + "高质量发展" * 24 + "局"
    assert len(issued(paper(f"1\t修路\t改造公路50公里。\t县交通局\t{name}"), tmp_path / "某县2023")) == 2
    assert "县高质量" in Year(tmp_path / "某县2023").written_plan.units[1].name


def test_a_project_without_any_unit_is_led_by_nobody_yet_until_it_is_answered(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    rows = ("1\t修路\t改造公路50公里。", "2\t学位\t新增学位600个。")
    assert issued(paper(*rows, head="序号\t项目\t指标任务"), tmp_path / "照默认2023") == [f"{NOT_YET}_2023-01.xlsx"]
    import_document(paper(*rows, head="序号\t项目\t指标任务"), root)
    assert [one.of for one in blocking(Year(root))] == ["1", "2"]
    answer(Year(root), {asked(root, "牵头单位", "1").number: "县交通局"})
    answer(Year(root), {asked(root, "牵头单位", "2").number: "县教育局"})
    plan = Year(root).written_plan
    assert [one.lead for one in plan.indicators] == ["县交通局", "县教育局"]
    assert [one.name for one in plan.units] == ["县交通局", "县教育局"]


def test_a_project_whose_lead_is_blank_is_asked_about_not_guessed(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    import_document(paper("1\t修路\t改造公路50公里。\t县交通局\t", "2\t学位\t新增学位600个。\t—\t县教育局、县财政局"), root)
    question = asked(root, "牵头单位", "2")
    assert question.blocks
    assert (question.default, question.choices) == ("县教育局", ("县教育局", "县财政局", "其他"))
    answer(Year(root), {question.number: "县财政局"})
    project = Year(root).written_plan.projects[1]
    assert (project.leads, project.responsible) == (("县财政局",), ("县教育局",))


def test_a_group_that_leads_has_to_be_answered(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    import_document(paper("1\t垃圾\t完成垃圾分类20个村。\t各镇（街道）\t县住建局"), root)
    assert [one.column for one in blocking(Year(root))] == ["牵头单位"]
    answer(Year(root), {
        asked(root, "牵头单位", "1").number: "县住建局", asked(root, "组", "各镇(街道)").number: "东街道、西镇",
    })
    plan = Year(root).written_plan
    assert (plan.projects[0].leads, plan.projects[0].responsible) == (("县住建局",), ("东街道", "西镇"))


def test_a_group_that_is_not_answered_gets_one_form_and_is_not_called_late(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    assert "各乡镇_2023-01.xlsx" in issued(paper("1\t修路\t改造公路50公里。\t县交通局\t各乡镇"), root)
    plan = Year(root).written_plan
    assert not plan.owes_return(plan.units[1], plan.periods[0])
    assert plan.owes_return(plan.units[0], plan.periods[0])


def test_names_that_differ_in_a_number_are_no_pair_and_a_committee_written_short_is(tmp_path: Path) -> None:
    found = draft_of(
        paper("1\t学校\t新增学位600个。\t县第一小学\t县第十一小学、县卫生健康委员会、县卫生健康委"), tmp_path / "某县2023"
    )
    pairs = [(one.of, one.choices[0]) for one in found.plan.open_questions if one.column == "同一单位"]
    assert pairs == [("县卫生健康委员会", "县卫生健康委")]


def test_a_percentage_beyond_what_a_plan_takes_is_asked_about(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    assert issued(paper("1\t投资\t投资增长率达到250%，合格率达到100%。\t县发改委\t"), root)
    indicator = Year(root).written_plan.indicator("1-1")
    assert (indicator.kind, indicator.target, indicator.unit_of_measure) == (Kind.STOCK, 250, "%")


def test_tasks_without_anything_that_counts_are_one_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    with pytest.raises(MinshengError, match="没有一个能考核的数"):
        import_document(paper("1\t修路\t做好道路养护工作，提升群众满意度。\t县交通局\t"), root)
    assert not root.exists()


@pytest.mark.parametrize(("title", "folder", "said"), [
    ("某县2022—2023年度民生实事任务分解表", "某县", "几个年份（2022、2023）"),
    ("某县2023年民生实事任务分解表", "某县2024", "标题写的是 2023 年，文件夹的名字是 某县2024"),
    ("民生实事任务分解表", "某县", "都没有写是哪一年"),
])
def test_a_year_that_is_not_sure_has_to_be_said(title: str, folder: str, said: str, tmp_path: Path) -> None:
    text = paper("1\t修路\t改造公路50公里。\t县交通局\t", title=title)
    with pytest.raises(MisuseError, match=said):
        draft_of(text, tmp_path / folder)
    assert draft_of(text, tmp_path / folder, Wish(year=2025)).plan.settings.year == 2025


def test_the_folder_says_which_of_two_years_of_a_title(tmp_path: Path) -> None:
    text = paper("1\t修路\t改造公路50公里。\t县交通局\t", title="某县2022—2023年度民生实事任务分解表")
    assert draft_of(text, tmp_path / "某县2023").plan.settings.year == 2023


def test_what_heads_a_part_of_the_table_stands_beside_its_projects(tmp_path: Path) -> None:
    text = paper("一、省级实事", "1\t修路\t改造公路50公里。\t县交通局\t", "二、市级实事", "1\t桥\t修桥2座。\t县交通局\t")
    plan = draft_of(text, tmp_path / "某县2023").plan
    assert [row["备注"] for row in plan.tables["任务表"]] == ["一、省级实事", "二、市级实事"]


def test_a_number_with_a_point_in_it_is_no_number_of_a_project(tmp_path: Path) -> None:
    text = paper("1.\t修路\t改造公路50公里。\t县交通局\t", "2.1\t桥\t修桥2座。\t县交通局\t", "2.2\t渠\t修渠3公里。\t县水利局\t")
    assert [one.no for one in draft_of(text, tmp_path / "某县2023").plan.projects] == [1, 2, 3]


def test_signs_that_are_not_seen_are_no_part_of_a_name(tmp_path: Path) -> None:
    plan = draft_of(paper("1\t修\x07路\t改造公路50公里。\t县\u200b交通局\t县财政局\x00"), tmp_path / "某县2023").plan
    assert [one.name for one in plan.units] == ["县交通局", "县财政局"]
    assert plan.projects[0].name == "修路"


@pytest.mark.parametrize(("column", "end"), [("计量单位", "没有写计量单位。（"), ("牵头单位", "由谁牵头？（")])
def test_what_asks_ends_as_a_question_and_what_tells_as_a_sentence(column: str, end: str) -> None:
    words = {"计量单位": "1-1 修路：没有写计量单位", "牵头单位": "“修路”没有写牵头单位，由谁牵头"}[column]
    said = question_in_words(Question(number="1", table="指标", of="1-1", column=column, words=words, quote="修路2"))
    assert end in said


def test_a_paper_that_is_imported_again_keeps_the_answers_to_what_it_still_asks(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    rows = ("1\t修路\t改造公路50公里左右，修桥2座左右。\t县交通局\t各乡镇", "2\t学位\t新增学位600个左右。\t县教育局\t")
    import_document(paper(*rows), root)
    answer(Year(root), {
        asked(root, "比较", "1-1").number: "＞", asked(root, "比较", "2-1").number: "≤", asked(root, "组", "各乡镇").number: "东镇、西乡",
    })
    made = import_again(Year(root), draft_of(paper(rows[0], rows[1].replace("600", "800")), root))
    assert (made.questions, made.blocking) == (2, 2)
    assert not list(doubles(root / "计划.xlsx", "改动")), "the copy that is kept is no stranger"
    plan = Year(root).written_plan
    assert [one.comparator.value for one in plan.indicators] == ["＞", "≥", "≥"]
    assert plan.projects[0].responsible == ("东镇", "西乡")
    assert [one.of for one in plan.open_questions] == ["1-2", "2-1"]


def test_a_plan_that_is_open_elsewhere_is_not_replaced(tmp_path: Path) -> None:
    root = tmp_path / "某县2023"
    import_document(paper("1\t修路\t改造公路50公里。\t县交通局\t"), root)
    (root / ".~lock.计划.xlsx#").write_text("x")
    before = (root / "计划.xlsx").read_bytes()
    with pytest.raises(MinshengError, match="它正开着。请关上它"):
        import_again(Year(root), draft_of(paper("1\t修路\t改造公路80公里。\t县交通局\t"), root))
    assert (root / "计划.xlsx").read_bytes() == before
    assert not (root / "导入前的计划.xlsx").exists()


def test_of_long_texts_that_differ_only_what_differs_is_told_in_one_line(tmp_path: Path) -> None:
    root, tail = tmp_path / "某县2023", "，切实解决群众反映强烈的急难愁盼问题" * 3
    import_document(paper(f"1\t修路\t推进道路建设改造公路50公里{tail}。\t县交通局\t"), root)
    again = draft_of(paper(f"1\t修路\t推进道路建设改造公路80公里{tail}。\t县交通局\t"), root)
    told = differences(Year(root), again)
    assert told[0] == "任务表 1 的指标任务：推进道路建设改造公路50公里，切实解决群众… → 推进道路建设改造公路80公里，切实解决群众…"


@pytest.mark.parametrize("year", [23, 99999])
def test_a_year_of_other_than_four_digits_is_refused(year: int, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=f"写的是 {year}，请写四位的年份"):
        draft_of(paper("1\t修路\t改造公路50公里。\t县交通局\t"), tmp_path / "某县", Wish(year=year))


def test_more_projects_than_a_plan_has_are_one_sentence(tmp_path: Path) -> None:
    rows = (f"{number}\t第{number}条路\t改造公路5公里。\t县交通局\t" for number in range(1, 1001))
    with pytest.raises(MinshengError, match="1000 个项目，最多 999 个"):
        import_document(paper(*rows), tmp_path / "某县2023")


def test_what_names_nobody_is_no_unit(tmp_path: Path) -> None:
    plan = draft_of(paper("1\t修路\t改造公路5公里。\t县交通局\t—、无、合计、（待定）、县财政局"), tmp_path / "某县2023").plan
    assert [one.name for one in plan.units] == ["县交通局", "县财政局"]


def test_steps_that_fall_are_told(tmp_path: Path) -> None:
    found = draft_of(
        paper("1\t学位\t新增学位600个，6月底前完成300个，9月底前完成200个。\t县教育局\t"), tmp_path / "某县2023"
    )
    assert found.remarks == ("1-1 新增学位：后面的时间节点比前面的小，像是各段的数，“序时”里只留了后面的，请核对。",)
