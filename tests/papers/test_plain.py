"""Text has tables in many ways."""

import pytest

from minsheng_xl.papers.plain import read_text
from minsheng_xl.published.paper import Lattice, TextBlock

_HEADS = ["序号", "项目", "指标任务", "牵头单位"]


def read(text: str) -> list[str | list[list[str]]]:
    """The blocks: texts, and the rows of tables."""
    return [
        block.text if isinstance(block, TextBlock) else [list(map(_text, row)) for row in block.rows]
        for block in read_text(text).blocks
    ]


def _text(place: object) -> str:
    return place.text  # type: ignore[attr-defined,no-any-return]


def test_cells_that_begin_with_a_tab() -> None:
    assert read("责任表\n\t序\n号\n\t项目\n\n\t1\n\t甲\n\n尾\n") == ["责任表", [["序\n号", "项目"], ["1", "甲"]], "尾"]


def test_an_empty_cell_that_begins_with_a_tab_keeps_its_place() -> None:
    assert read("\t1\n\t\n\t甲\n\n\t2\n\t乙\n\t丙") == [[["1", "", "甲"], ["2", "乙", "丙"]]]


@pytest.mark.parametrize("mark", ["\ufeff", "\u200b", "\ufeff\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0c", "\u2028"])
def test_unseen_marks_and_all_line_ends(mark: str, end: str) -> None:
    assert read(f"{mark}甲{end}{mark}\t1{end}\t2{end}{end}\t3{end}\t4") == ["甲", [["1", "2"], ["3", "4"]]]


def test_cells_divided_by_tabs_as_word_copies_them() -> None:
    text = "序号\t项目\t指标任务\t牵头单位\n1\t甲\t新建2所；\n扩建1所。\t县教育局\n县财政局\n一、养老\n2\t乙\t建成\t县民政局\n\n完"
    assert read(text) == [
        [
            _HEADS, ["1", "甲", "新建2所；\n扩建1所。", "县教育局\n县财政局"], ["一、养老"] * 4,
            ["2", "乙", "建成", "县民政局"],
        ],
        "完",
    ]


def test_cells_divided_by_tabs_as_excel_copies_them() -> None:
    text = '序号\t项目\t指标任务\n1\t甲\t"新建2所；\n\n扩建""好""学校。"\n2\t乙\t建成\n'
    assert read(text) == [[["序号", "项目", "指标任务"], ["1", "甲", '新建2所；\n扩建"好"学校。'], ["2", "乙", "建成"]]]


def test_cells_divided_by_commas() -> None:
    text = "序号,项目,指标任务\n1,甲,\"新建2所,\n扩建1所\"\n2,乙,建成\n"
    assert read(text) == [[["序号", "项目", "指标任务"], ["1", "甲", "新建2所,\n扩建1所"], ["2", "乙", "建成"]]]


def test_sentences_with_commas_are_no_table() -> None:
    assert read("新建2所,扩建1所,改造\n又,如此\n完") == ["新建2所,扩建1所,改造", "又,如此", "完"]


@pytest.mark.parametrize(
    "text",
    [
        "| 序号 | 项目 |\n|---|:--:|\n| 1 | 甲<br>乙 |\n| 2 |  |",
        "序号|项目\n--|--\n1|甲<br>乙\n2|".replace("2|", "2| ").replace("\n", "|\n") + "|",
        "┌──┬──┐\n│序号│项目│\n├──┼──┤\n│1│甲<br>乙│\n├──┼──┤\n│2│  │\n└──┴──┘",
    ],
)
def test_cells_divided_by_strokes(text: str) -> None:
    assert read(text) == [[["序号", "项目"], ["1", "甲\n乙"], ["2", ""]]]


def test_a_row_between_drawn_lines_may_be_several_lines_high() -> None:
    text = "+--+----+\n|序|项目|\n|号|    |\n+--+----+\n|1 |新建|\n|  |2所 |\n+--+----+"
    assert read(text) == [[["序号", "项目"], ["1", "新建2所"]]]


def test_columns_whose_borders_are_lost() -> None:
    text = (
        "        责任表\n\n"
        " 序号  项目      指标任务            牵头单位\n"
        " ------------------------------------------\n"
        " 1     学前教育  新建“放心”园3所，   县教育局、\n"
        "                 扩建1所。           县财政局\n\n"
        "一、养老\n"
        " 2     食堂      建成12个。          县民政局\n"
        "                                — 3 —\n\n\n"
        "完\n"
    )
    assert read(text) == [
        "责任表",
        [
            _HEADS, ["1", "学前教育", "新建“放心”园3所，扩建1所。", "县教育局、县财政局"], ["一、养老"] * 4,
            ["2", "食堂", "建成12个。", "县民政局"],
        ],
        "完",
    ]


def test_text_with_wide_blanks_but_no_heads_is_no_table() -> None:
    assert read("大竹县  人民政府  办公室\n竹府办  20号  文") == ["大竹县  人民政府  办公室", "竹府办  20号  文"]


def test_marks_of_markdown_headings_are_no_text() -> None:
    assert read("# 责任表\n#1 楼") == ["责任表", "#1 楼"]


def test_tables_are_named_in_their_order() -> None:
    blocks = read_text("\t1\n\t2\n\n\t3\n\t4\n\n甲\n\n|a|b|\n|c|d|").blocks
    assert [block.where for block in blocks if isinstance(block, Lattice)] == ["表1", "表2"]
