"""Lists of tasks in paragraphs, made by hand."""

import pytest

from minsheng_xl.published.paper import Document, Lattice, LatticePlace, Published, TextBlock
from minsheng_xl.published.tasks import published_in


def listed(text: str) -> tuple[Published, ...]:
    return published_in(Document(tuple(map(TextBlock, text.strip().split("\n")))))


def tasks(text: str) -> list[tuple[str, ...]]:
    """Section, number, project, sentence, leads and responsible units of the only list."""
    (found,) = listed(text)
    return [(one.section, one.number, one.project, one.sentence, one.leads, one.responsible) for one in found.tasks]


def test_units_in_brackets_at_the_end() -> None:
    assert tasks("""
2023年民生实事
一、教育
1.实施扩容工程。新建公办幼儿园1所。（牵头单位：县教育局；责任单位：县财政局、各镇（街道））
2．改扩建学校3所；（牵头单位: 县教育局）
二、养老
3、建成食堂12个（其中农村5个）。（责任单位：县民政局）
""") == [
        ("教育", "1", "实施扩容工程", "新建公办幼儿园1所。", "县教育局", "县财政局、各镇（街道）"),
        ("教育", "2", "改扩建学校3所", "改扩建学校3所；", "县教育局", ""),
        ("养老", "3", "建成食堂12个（其中农村5个）", "建成食堂12个（其中农村5个）。", "", "县民政局"),
    ]


def test_units_in_lines_of_their_own() -> None:
    (found,) = listed("""
区政府2023年重点工作任务分解
1.新建道路3条。
牵头单位：区住建局
责任单位：区发改局，各街道
完成时限：11月底前
分管领导：张三
2.改造管网
改造供水管网10公里。
责任单位：区水务局
""")
    first, second = found.tasks
    assert found.title == "区政府2023年重点工作任务分解"
    assert (first.sentence, first.leads, first.responsible) == ("新建道路3条。", "区住建局", "区发改局，各街道")
    assert (first.deadline, first.leader) == ("11月底前", "张三")
    assert (second.project, second.sentence, second.responsible) == ("改造管网", "改造供水管网10公里。", "区水务局")
    assert found.heads == tuple((name, name) for name in ("序号", "项目", "指标任务", "牵头单位", "责任单位", "完成时限", "分管领导"))


@pytest.mark.parametrize(
    ("line", "leads", "responsible"),
    [
        ("1.新建学校3所（县教育局牵头，县财政局、县发改委配合）", "县教育局", "县财政局、县发改委"),
        ("1.新建学校3所。（县教育局牵头）", "县教育局", ""),
        ("1.新建学校3所。牵头单位：县教育局，责任单位：县财政局。", "县教育局", "县财政局"),
        ("1.新建学校3所【牵头单位：县教育局】", "县教育局", ""),
        ("1.新建学校3所。(牵头单位：县教育局；配合单位：县财政局;各镇)", "县教育局", "县财政局;各镇"),
        ("1.新建学校3所（责任单位：县教育局", "", "县教育局"),  # the bracket is not closed
    ],
)
def test_ways_of_naming_units(line: str, leads: str, responsible: str) -> None:
    ((_, number, _, sentence, *units),) = tasks(line)
    assert (number, sentence.rstrip("。")) == ("1", "新建学校3所")
    assert units == [leads, responsible]


def test_each_sentence_with_units_of_its_own_is_a_task_of_the_project() -> None:
    assert tasks("1.教育提升。新建学校3所。（牵头单位：教育局）改造食堂15个。（牵头单位：市监局）") == [
        ("", "1", "教育提升", "新建学校3所。", "教育局", ""), ("", "1", "教育提升", "改造食堂15个。", "市监局", ""),
    ]


def test_inner_items_with_units_are_tasks_of_the_item_above() -> None:
    assert tasks("""
1.道路建设
（1）新建道路3条。（牵头单位：住建局）
（2）改造道路5公里。（牵头单位：交通局）
2.供水
（1）改造管网10公里；
（2）新建水厂1座。
牵头单位：水务局
""") == [
        ("", "1", "道路建设", "新建道路3条。", "住建局", ""), ("", "1", "道路建设", "改造道路5公里。", "交通局", ""),
        ("", "2", "供水", "（1）改造管网10公里；\n（2）新建水厂1座。", "水务局", ""),
    ]


def test_a_list_without_units_is_read_where_the_title_says_what_it_is() -> None:
    lines = "1.新建校舍5959平方米。\n2.建成幼儿园3所。"
    assert tasks(f"2020年为民办实事\n{lines}") == [
        ("", "1", "新建校舍5959平方米", "新建校舍5959平方米。", "", ""), ("", "2", "建成幼儿园3所", "建成幼儿园3所。", "", ""),
    ]
    assert listed(f"会议须知\n{lines}") == ()


def test_units_may_stand_in_the_line_below_their_word() -> None:
    assert tasks("1.新建学校3所。\n牵头单位：\n县教育局\n责任单位：\n县财政局、各镇") == [
        ("", "1", "新建学校3所", "新建学校3所。", "县教育局", "县财政局、各镇"),
    ]


def test_whom_a_letter_is_addressed_to_is_no_unit_of_a_task() -> None:
    assert listed("关于民生实事的通知\n各镇人民政府，有关单位：\n一、加强领导。\n二、强化督查。") == ()


def test_figures_at_the_beginning_of_a_line_are_no_numbers_of_items() -> None:
    assert listed("2023年民生实事\n3.5万人参加培训。\n2.55万人取得证书。") == ()


def test_a_notice_without_items_is_no_list() -> None:
    assert listed("关于民生实事的通知\n各乡镇人民政府：\n请认真贯彻执行。") == ()


def test_a_frame_of_one_column_is_paragraphs() -> None:
    lines = "2023年民生实事\n1.新建学校3所。（牵头单位：教育局）"
    frame = Lattice(((LatticePlace(lines, 0, 0),),), "表1")
    (found,) = published_in(Document((frame,)))
    assert [(one.number, one.leads) for one in found.tasks] == [("1", "教育局")]
    assert (found.title, found.where) == ("2023年民生实事", "正文")


def test_paragraphs_without_numbers_with_units_in_lines_below() -> None:
    (found,) = listed("""
2012年十大实事任务分解
市区新增优质学位2.36万个。
主管领导：刘东
责任单位：市教育局
主要责任人：毛杰
进度安排：12月底前全部落实
新建、改扩建幼儿园84所，
其中农村30所。
责任单位：市教育局
""")
    assert [(one.number, one.sentence, one.leader, one.responsible, one.deadline) for one in found.tasks] == [
        ("", "市区新增优质学位2.36万个。", "刘东", "市教育局", "12月底前全部落实"),
        ("", "新建、改扩建幼儿园84所，\n其中农村30所。", "", "市教育局", ""),
    ]
    assert [one.more for one in found.tasks] == [(("主要责任人", "毛杰"),), ()]
    assert found.heads[-1] == ("主要责任人", "")


def test_each_attachment_is_a_list_of_its_own() -> None:
    first, second = listed("""
各区县人民政府：
一、高度重视，落实责任。
附件：1.重点工作责任分解
2.十方面民生实事责任分解
附件1
2020年重点工作责任分解
一、市长主抓工作
1.支持企业发展。减轻负担200亿元。
责任单位：市经信局、市财政局（列第一位者为牵头单位，下同）
附件2
2020年民生实事责任分解
1.新建学校3所。
责任单位：市教育局
""")
    assert [(found.title, [(one.section, one.number, one.project) for one in found.tasks]) for found in (first, second)] == [
        ("2020年重点工作责任分解", [("市长主抓工作", "1", "支持企业发展")]), ("2020年民生实事责任分解", [("", "1", "新建学校3所")]),
    ]
    assert first.tasks[0].responsible == "市经信局、市财政局（列第一位者为牵头单位，下同）"


@pytest.mark.parametrize("title", ["关于做好2023年民生实事的通知", "2023年民生实事实施方案", "民生实事工作意见"])
def test_the_paragraphs_of_a_notice_are_no_tasks(title: str) -> None:
    assert listed(f"{title}\n一、加强领导，落实责任。\n二、强化督查，确保实效。") == ()


def test_a_line_like_a_title_inside_an_item_begins_no_list() -> None:
    assert tasks("1.道路\n2023年续建项目\n牵头单位：住建局\n2.供水。新建水厂。\n牵头单位：水务局") == [
        ("", "1", "道路", "2023年续建项目", "住建局", ""), ("", "2", "供水", "新建水厂。", "水务局", ""),
    ]
