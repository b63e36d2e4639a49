"""Task tables of papers, made by hand: how they go on, what their rows are, what is told."""

import pytest

from minsheng_xl.published.paper import Document, Lattice, LatticePlace, Published, Task, TextBlock
from minsheng_xl.published.tasks import published_in

HEADS = ("序号", "项目", "指标任务", "牵头单位", "责任单位")


def lattice(*rows: tuple[str, ...], where: str = "表1", page: int = 0) -> Lattice:
    """A table of texts: "<" stands for the cell on the left, "^" for the one above."""
    places: list[list[LatticePlace]] = []
    for number, row in enumerate(rows):
        places.append([])
        for column, text in enumerate(row):
            if text == "<":
                places[-1].append(places[-1][-1])
            elif text == "^":
                places[-1].append(places[-2][column])
            else:
                places[-1].append(LatticePlace(text, number, column))
    return Lattice(tuple(map(tuple, places)), where, page)


def published(*blocks: Lattice | str) -> tuple[Published, ...]:
    return published_in(Document(tuple(TextBlock(one) if isinstance(one, str) else one for one in blocks)))


def tasks(*blocks: Lattice | str) -> list[tuple[str, ...]]:
    """Number, project, sentence, leads and responsible units of the only table."""
    (found,) = published(*blocks)
    return [(one.number, one.project, one.sentence, one.leads, one.responsible) for one in found.tasks]


ONE = ("1", "学校", "新建2所。", "教育局", "财政局")
TWO = ("2", "食堂", "建成12个。", "民政局", "各镇")
THREE = ("3", "公路", "改造30公里。", "交通局", "财政局")


def test_every_column_has_its_place() -> None:
    heads = (*HEADS, "认定单位", "完成时限", "分管领导", "备注", "类别", "单位", "目标值", "资金来源")
    row = (*ONE, "统计局", "11月底", "张三\n李四", "省定", "教育", "所", "2", "县财政")
    (found,) = published("附件", "2023年民生实事任务分解表", lattice(heads, row))
    assert found.title == "2023年民生实事任务分解表"
    assert found.heads == (*((word, word) for word in HEADS), *(
        ("认定单位", "认定单位"), ("完成时限", "完成时限"), ("分管领导", "分管领导"), ("备注", "备注"), ("类别", "类别"),
        ("单位", "计量单位"), ("目标值", "目标值"), ("资金来源", ""),
    ))
    assert found.tasks == (Task(
        number="1", project="学校", sentence="新建2所。", leads="教育局", responsible="财政局", certifiers="统计局",
        deadline="11月底", leader="张三\n李四", remark="省定", section="教育", measure="所", amount="2", place="表1第2行",
        more=(("资金来源", "县财政"),),
    ),)
    assert found.where == "表1"
    assert found.remarks == ()


def test_a_head_of_two_rows() -> None:
    table = lattice(
        ("序号", "项目", "指标任务", "责任单位", "<"), ("^", "^", "^", "牵头", "配合"), ONE, TWO,
    )
    (found,) = published(table)
    assert found.heads[3:] == (("责任单位·牵头", "牵头单位"), ("责任单位·配合", "责任单位"))
    assert [(one.leads, one.responsible) for one in found.tasks] == [("教育局", "财政局"), ("民政局", "各镇")]


def test_a_head_of_two_rows_whose_upper_cells_are_not_merged_down() -> None:
    table = lattice(("序号", "项目", "指标任务", "责任单位", "<"), ("", "", "", "牵头单位", "配合单位"), ONE)
    assert tasks(table) == [ONE]


def test_a_head_merged_over_two_columns_holds_both() -> None:
    table = lattice(("序号", "项目", "指标任务", "责任单位", "<"), ONE, ("2", "食堂", "建成12个。", "民政局", "<"))
    assert tasks(table) == [("1", "学校", "新建2所。", "", "教育局\n财政局"), ("2", "食堂", "建成12个。", "", "民政局")]


def test_cells_that_stand_a_little_beside_their_head_are_taken_in_order() -> None:
    table = lattice(
        ("序号", "项目", "<", "指标任务", "牵头单位", "责任单位"), ("1", "学校", "新建2所。", "<", "教育局", "财政局"),
    )
    assert tasks(table) == [ONE]


def test_title_rows_inside_the_table() -> None:
    table = lattice(("2023年责任清单", "<", "<", "<", "<"), ("", "", "", "", ""), HEADS, ONE)
    (found,) = published(table)
    assert (found.title, len(found.tasks)) == ("2023年责任清单", 1)


@pytest.mark.parametrize(
    "heading",
    [
        ("一、教育", "<", "<", "<", "<"), ("一、教育", "", "", "", ""), ("省级", "", "", "", ""), ("", "一、教育", "", "", ""),
        ("", "", "一、教育", "", ""),
    ],
)
def test_heading_rows_are_sections(heading: tuple[str, ...]) -> None:
    (found,) = published(lattice(HEADS, heading, ONE, ("二、养老", "<", "<", "<", "<"), TWO))
    assert [one.section for one in found.tasks] == ["一、教育" if "一、教育" in heading else "省级", "二、养老"]
    assert found.remarks == ()


def test_a_head_that_is_repeated_inside_is_no_row() -> None:
    assert tasks(lattice(HEADS, ONE, HEADS, TWO)) == [ONE, TWO]


@pytest.mark.parametrize("second", [lattice(HEADS, TWO, where="表2"), lattice(TWO, THREE, where="表2")])
def test_a_table_goes_on_in_the_next(second: Lattice) -> None:
    (found,) = published(lattice(HEADS, ONE), second)
    assert [one.number for one in found.tasks] == (["1", "2"] if len(second.rows[0][0].text) > 1 else ["1", "2", "3"])
    assert found.where == "表1、表2"
    assert found.tasks[1].place == ("表2第2行" if second.rows[0][0].text == "序号" else "表2第1行")


@pytest.mark.parametrize("between", ["— 2 —", "（续表）", "第 3 页", "2"])
def test_page_numbers_do_not_part_a_table(between: str) -> None:
    assert tasks(lattice(HEADS, ONE), between, lattice(TWO, where="表2")) == [ONE, TWO]


def test_a_table_without_a_head_after_text_or_of_other_columns_is_another() -> None:
    assert tasks(lattice(HEADS, ONE), "联系人：", lattice(TWO, where="表2")) == [ONE]
    assert tasks(lattice(HEADS, ONE), lattice(("张三", "局长"), where="表2")) == [ONE]


def test_a_heading_between_tables_of_one_head_is_a_section() -> None:
    (found,) = published(lattice(HEADS, ONE), "二、养老", lattice(HEADS, TWO, where="表2"))
    assert [one.section for one in found.tasks] == ["", "二、养老"]


def test_a_title_between_tables_begins_another() -> None:
    one, two = published("省级清单", lattice(HEADS, ONE), "附件2", "市级清单", lattice(HEADS, TWO, where="表2"))
    assert [(found.title, len(found.tasks), found.where) for found in (one, two)] == [("省级清单", 1, "表1"), ("市级清单", 1, "表2")]


def test_a_title_row_above_a_repeated_head_begins_another() -> None:
    one, two = published(lattice(HEADS, ONE, ("市级任务分解表", "<", "<", "<", "<"), HEADS, TWO))
    assert [(found.title, found.tasks[0].number) for found in (one, two)] == [("", "1"), ("市级任务分解表", "2")]
    assert [one.section for one in two.tasks] == [""]


def test_other_heads_begin_another_table() -> None:
    other = lattice(("序号", "项目名称", "主要内容", "牵头单位", "备注"), ("1", "甲", "乙", "丙", ""), where="表2")
    assert [len(found.tasks) for found in published(lattice(HEADS, ONE, TWO), other)] == [2, 1]


def test_what_is_no_task_table_is_left_out() -> None:
    people = lattice(("姓名", "职务", "电话"), ("张三", "局长", "1"), where="表2")
    assert tasks(people, lattice(HEADS, ONE)) == [ONE]
    assert published(people) == ()


def test_one_project_with_several_tasks_keeps_each() -> None:
    merged = lattice(HEADS, ONE, ("^", "^", "扩建1所。", "^", "^"), ("^", "^", "改造3所。", "住建局", "发改委"))
    blank = lattice(HEADS, ONE, ("", "", "扩建1所。", "", ""), ("", "", "改造3所。", "住建局", "发改委"))
    expected = [
        ONE, ("1", "学校", "扩建1所。", "教育局", "财政局"), ("1", "学校", "改造3所。", "住建局", "发改委"),
    ]
    assert tasks(merged) == tasks(blank) == expected


def test_a_lead_that_is_not_repeated_is_not_made_up_where_other_units_are() -> None:
    (_, second) = tasks(lattice(HEADS, ONE, ("", "", "扩建1所。", "", "发改委")))
    assert second == ("1", "学校", "扩建1所。", "", "发改委")


def test_units_in_rows_of_their_own_are_the_units_of_the_task_above() -> None:
    merged = lattice(HEADS, ONE, ("^", "^", "^", "^", "发改委"), ("^", "^", "^", "^", "住建局"), TWO)
    blank = lattice(HEADS, ONE, ("", "", "", "", "发改委"), ("", "", "", "", "住建局"), TWO)
    assert tasks(merged) == tasks(blank) == [(*ONE[:4], "财政局\n发改委\n住建局"), TWO]


def test_a_lead_merged_over_several_projects_is_the_lead_of_each() -> None:
    assert tasks(lattice(HEADS, ONE, ("2", "托育", "新增30个。", "^", ""))) == [ONE, ("2", "托育", "新增30个。", "教育局", "")]


def test_a_project_merged_over_several_numbers_is_the_project_of_each() -> None:
    assert tasks(lattice(HEADS, ONE, ("2", "^", "扩建1所。", "住建局", ""))) == [ONE, ("2", "学校", "扩建1所。", "住建局", "")]


@pytest.mark.parametrize(
    ("first", "rest", "joined"),
    [
        # the sentence is not finished
        (("1", "学校", "新建公办", "教育局", "财政局"), ("", "", "园2所。", "", ""), ("1", "学校", "新建公办园2所。", "教育局", "财政局")),
        # the units are not
        (("1", "学校", "新建2所。", "教育局", "财政局、"), ("", "", "", "", "发改委"), (*ONE[:4], "财政局、发改委")),
        # neither ends open, but there is nothing else in the row
        (("1", "学校", "新建2所。", "教育局", "财政局"), ("", "", "扩建1所。", "", ""), ("1", "学校", "新建2所。扩建1所。", *ONE[3:])),
        # the name of the project is divided too
        (("1", "学", "新建", "教育局", "财政局"), ("", "校", "2所。", "", ""), ONE),
        # a unit a line; the first page has only one, and the next begins as it does
        (("1", "学校", "新建2所", "教育局", "县财政局"), ("", "", "。", "", "县发改委"), (*ONE[:4], "县财政局\n县发改委")),
        (("1", "学校", "新建2所", "教育局", "县财"), ("", "", "。", "", "政局"), (*ONE[:4], "县财政局")),
        # a unit a line
        (("1", "学校", "新建2所", "教育局", "财政局\n发改委"), ("", "", "。", "", "住建局"), (*ONE[:4], "财政局\n发改委\n住建局")),
    ],
)
def test_a_row_that_the_end_of_a_page_divided_is_joined(
    first: tuple[str, ...], rest: tuple[str, ...], joined: tuple[str, ...]
) -> None:
    one = lattice(HEADS, first, where="第1页的表1", page=1)
    two = lattice(rest, TWO, where="第2页的表1", page=2)
    assert tasks(one, two) == [joined, TWO]


def test_what_is_merged_with_the_rest_of_a_divided_row_is_taken_over() -> None:
    one = lattice(HEADS, ("1", "学校", "新建公办", "教育局", "财政局"), page=1)
    two = lattice(("", "", "园2所。", "", ""), ("2", "托育", "新增30个。", "^", "各镇"), page=2)
    assert tasks(one, two)[1] == ("2", "托育", "新增30个。", "教育局", "各镇")


def test_a_further_task_on_the_next_page_stays_its_own() -> None:
    one = lattice(HEADS, ONE, page=1)
    two = lattice(("", "", "扩建1所。", "住建局", "发改委"), page=2)
    assert tasks(one, two) == [ONE, ("1", "学校", "扩建1所。", "住建局", "发改委")]


@pytest.mark.parametrize(
    ("row", "remark"),
    [
        (("合计", "2项", "", "", ""), "表1第3行是合计，没有作为任务：合计 2项"),
        (("", "小 计", "2项", "", ""), "表1第3行是合计，没有作为任务：小 计 2项"),
        (("注：年底前完成", "<", "<", "<", "<"), "表1第3行是注，没有作为任务：注：年底前完成"),
        (("2", "", "", "民政局", ""), "表1第3行没有任务，没有读：2 民政局"),
    ],
)
def test_totals_notes_and_rows_without_a_task_are_told(row: tuple[str, ...], remark: str) -> None:
    (found,) = published(lattice(HEADS, ONE, row))
    assert len(found.tasks) == 1
    assert found.remarks == (remark,)


def test_a_project_whose_task_is_blank_is_its_own_task() -> None:
    assert tasks(lattice(HEADS, ONE, ("2", "建成食堂12个", "", "民政局", "")))[1] == (
        "2", "建成食堂12个", "建成食堂12个", "民政局", "",
    )


def test_numbers_with_gaps_and_twice_are_told() -> None:
    (found,) = published(lattice(HEADS, ONE, ("3", *TWO[1:]), ("3", *THREE[1:]), ("6", "水", "通水。", "水利局", "")))
    assert found.remarks == ("序号不连续，缺 2、4、5，请核对是不是漏了行。", "序号 3 用在几个项目上，请核对。")


def test_numbers_that_begin_again_in_another_section_are_in_order() -> None:
    table = lattice(HEADS, ("省级", "", "", "", ""), ONE, TWO, ("市级", "", "", "", ""), ("1", *THREE[1:]))
    (found,) = published(table)
    assert found.remarks == ()
    assert [one.number for one in found.tasks] == ["1", "2", "1"]


@pytest.mark.parametrize(
    ("text", "project", "sentence"),
    [
        ("学校建设。新建2所，扩建1所。", "学校建设", "新建2所，扩建1所。"),
        ("学校建设：新建2所。", "学校建设", "新建2所。"),
        ("学校建设\n新建2所。", "学校建设", "新建2所。"),
        ("1.学校建设。新建2所。", "学校建设", "新建2所。"),
        ("（一）学校建设：新建2所。", "学校建设", "新建2所。"),
        ("新建2座人行天桥。", "新建2座人行天桥", "新建2座人行天桥。"),
        ("新建2所学校。扩建1所。", "新建2所学校", "新建2所学校。扩建1所。"),  # a figure stays in the task
        (
            "推动四好农村路高质量发展，新建和改造农村公路三十公里以上，年底前全部完成并通过验收。", "推动四好农村路高质量发展",
            "推动四好农村路高质量发展，新建和改造农村公路三十公里以上，年底前全部完成并通过验收。",
        ),
    ],
)
def test_a_name_and_its_task_in_one_cell(text: str, project: str, sentence: str) -> None:
    (one,) = tasks(lattice(("序号", "民生实事", "责任单位", "完成时限"), ("1", text, "教育局", "年底")))
    assert one == ("1", project, sentence, "", "教育局")
    (other,) = tasks(lattice(("序号", "内容", "单位"), ("1", text, "教育局")))
    assert other == one
    (third,) = tasks(lattice(HEADS, ("1", text, "<", "教育局", "")))
    assert third == ("1", project, sentence, "教育局", "")


def test_tasks_under_one_number_without_a_project_are_of_one_project() -> None:
    table = lattice(("序号", "民生实事", "责任单位", "完成时限"), ("5", "开工养护楼。", "民政局", "5月底"), ("^", "开工老年大学。", "^", "年底"))
    (found,) = published(table)
    assert [(one.number, one.project, one.sentence, one.responsible, one.deadline) for one in found.tasks] == [
        ("5", "开工养护楼", "开工养护楼。", "民政局", "5月底"), ("5", "开工养护楼", "开工老年大学。", "民政局", "年底"),
    ]


def test_several_heads_of_units_stand_one_under_the_other() -> None:
    heads = ("序号", "项目", "任务", "牵头单位", "责任单位", "配合单位")
    assert tasks(lattice(heads, ("1", "学校", "新建2所。", "教育局", "财政局", "住建局")))[0][4] == "财政局\n住建局"


@pytest.mark.parametrize(
    ("cell", "leads", "responsible"),
    [
        ("牵头单位：教育局\n责任单位：财政局、各镇", "教育局", "财政局、各镇"), ("牵头：教育局；配合：财政局", "教育局", "财政局"),
        ("教育局（牵头）、财政局", "", "教育局（牵头）、财政局"),
    ],
)
def test_a_cell_that_names_its_parts_is_divided(cell: str, leads: str, responsible: str) -> None:
    heads = ("序号", "项目", "任务", "责任单位")
    assert tasks(lattice(heads, ("1", "学校", "新建2所。", cell))) == [("1", "学校", "新建2所。", leads, responsible)]


def test_units_behind_the_task_count_where_they_have_no_column() -> None:
    text = "新建2所。（牵头单位：教育局）改造3所。\n牵头单位：住建局"
    expected = [("1", "学校", "新建2所。", "教育局", ""), ("1", "学校", "改造3所。", "住建局", "")]
    assert tasks(lattice(("序号", "项目", "任务"), ("1.", "学校", text))) == expected
    (one,) = tasks(lattice(("序号", "项目", "任务", "责任单位"), ("1", "学校", text, "财政局")))
    assert one == ("1", "学校", text, "", "财政局")  # with a column, the words stay as they are


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["2023年清溪县民生实事", "责任分解表"], "2023年清溪县民生实事责任分解表"), (["2023年5月6日", "责任分解表"], "责任分解表"),
        (["附件2", "2023年责任分解表", "单位：万元"], "2023年责任分解表"), (["认真组织实施。", "通知"], "通知"), (["请执行。"], ""),
    ],
)
def test_the_title_stands_in_the_lines_above(lines: list[str], title: str) -> None:
    (found,) = published(*lines, lattice(HEADS, ONE))
    assert found.title == title
