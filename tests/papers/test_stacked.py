"""Cells that stand one under the other are told apart where that is sure, and not read where it is not."""

import pytest

from minsheng_xl.papers.plain import read_text
from minsheng_xl.published.paper import Lattice, TextBlock

_HEADS = ["序号", "民生实事", "责任单位", "完成时限"]


def read(text: str) -> tuple[list[str | list[list[str]]], tuple[str, ...]]:
    found = read_text(text)
    blocks: list[str | list[list[str]]] = []
    for block in found.blocks:
        if isinstance(block, TextBlock):
            blocks.append(block.text)
        else:
            assert isinstance(block, Lattice)
            blocks.append([[place.text for place in row] for row in block.rows])
    return blocks, found.left_out


def test_as_word_saves_it_a_blank_line_is_a_blank_cell() -> None:
    text = "责任表\n序\n号\n项目\n任务\n牵头单位\n责任单位\n1\n学校\n新建2所\n教育局\n\n2\n食堂\n建成3个\n民政局\n各镇\n\n完"
    assert read(text) == (
        [
            "责任表",
            [
                ["序号", "项目", "任务", "牵头单位", "责任单位"], ["1", "学校", "新建2所", "教育局", ""],
                ["2", "食堂", "建成3个", "民政局", "各镇"],
            ],
            "完",
        ],
        (),
    )


def test_as_a_page_is_copied_blank_lines_mean_nothing() -> None:
    lines = [
        "责任表", *_HEADS, "1", "建设公园。", "水务局", "住建局", "12月底前", "2", "新建2座天桥。", "住建局", "9月投入使用",
        "5", "开工养护楼。", "民政局", "5月底前动工", "开工老年大学。", "12月底前", "分享到:",
    ]
    assert read("\n\n".join(lines)) == (
        [
            "责任表",
            [
                _HEADS, ["1", "建设公园。", "水务局\n住建局", "12月底前"], ["2", "新建2座天桥。", "住建局", "9月投入使用"],
                ["5", "开工养护楼。", "民政局", "5月底前动工"], ["", "开工老年大学。", "", "12月底前"],
            ],
            "分享到:",
        ],
        (),
    )


def test_what_is_not_sure_is_not_read_and_told() -> None:
    lines = [*_HEADS, "1", "建设公园。", "水务局", "12月底前", "2", "新建2座天桥", "共三处", "住建局", "9月底", "3", "修路。", "交通局", "待定"]
    blocks, left_out = read("\n\n".join(lines))
    assert blocks[0] == [_HEADS, ["1", "建设公园。", "水务局", "12月底前"]]
    assert left_out == (
        "序号 2 那几行分不清哪一行是哪一栏，没有读：新建2座天桥 共三处 住建局 9月底。请复制带格线的表，或导入 .docx。",
        "序号 3 那几行分不清哪一行是哪一栏，没有读：修路。 交通局 待定。请复制带格线的表，或导入 .docx。",
    )


def test_a_head_word_among_paragraphs_begins_no_table() -> None:
    assert read("项目\n一、说明\n二、要求")[0] == ["项目", "一、说明", "二、要求"]


def test_columns_that_cannot_be_told_apart_are_not_read_and_told() -> None:
    text = "序号  项目  任务  牵头单位\n1  甲  新建  2所  县教育局\n2  乙  扩建  1所  县民政局\n"
    blocks, left_out = read(text)
    assert all(isinstance(block, str) for block in blocks)
    assert left_out == ("有一张表没有格线，上下没有对齐，分不清哪一格是哪一栏，没有读。请复制带格线的表，或导入 .docx。",)


_SIX = ["序", "号", "项目名称", "主要内容", "包抓", "领导", "牵头单位", "责任单位"]


def test_lines_that_were_broken_are_told_apart_by_what_they_are() -> None:
    lines = [
        *_SIX, "1", "实施教育工程", "新建幼儿园4所，新增学位1", "260个；改造食堂。共3处。", "刘 永", "县教育", "体育局",
        "县发改局、县财", "政局", "县住建局", "— 1 —", *_SIX, "2", "养老工程", "建成互助院18个。", "马晓梅", "县民政局、县残联",
        "各镇（街道）", "— 2 —", "某县人民政府办公室印发",
    ]
    assert read("\n".join(lines)) == (
        [
            [
                ["序号", "项目名称", "主要内容", "包抓领导", "牵头单位", "责任单位"],
                ["1", "实施教育工程", "新建幼儿园4所，新增学位1260个；改造食堂。共3处。", "刘 永", "县教育体育局", "县发改局、县财政局\n县住建局"],
                ["2", "养老工程", "建成互助院18个。", "马晓梅", "县民政局、县残联", "各镇（街道）"],
            ],
            "某县人民政府办公室印发",
        ],
        (),
    )


_SURE = ["实施工程", "新建2所，", "扩建1所。", "刘永安", "县教育局", "县财政局"]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (0, "新建2所学校"),  # a name of a project with a figure may be the task already
        (2, "扩建1所"),  # the task does not end
        (3, "刘永安局长同志"),  # not the name of a leader
        (4, "县教育"),  # the lead is not whole, with what follows it neither
        (5, "县财政"),
    ],
)
def test_where_one_line_is_not_what_it_should_be_the_row_is_not_read(place: int, line: str) -> None:
    cells = [*_SURE[:place], line, *_SURE[place + 1 :]]
    assert read("\n".join([*_SIX, "1", *_SURE]))[1] == ()
    blocks, left_out = read("\n".join([*_SIX, "1", *cells, "2", "丙", "丁。", "王一", "县水利局", "各镇"]))
    assert [row[0] for row in blocks[0]] == ["序号", "2"]
    assert [said[:4] for said in left_out] == ["序号 1"]


def test_a_table_of_which_nothing_is_sure_is_told() -> None:
    blocks, left_out = read("\n".join([*_SIX, "1", "甲", "乙", "丙", "丁", "戊", "己", "庚"]))
    assert all(isinstance(block, str) for block in blocks)
    assert [said[:4] for said in left_out] == ["序号 1"]
