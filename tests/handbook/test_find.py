"""Which passages are about a word, and which words look like one that is nowhere."""

import pytest

from minsheng_xl.handbook.find import near, passages
from minsheng_xl.handbook.markdown import blocks_of
from minsheng_xl.handbook.plain import lines_of

PAGES = {
    "甲": blocks_of("# 第一页\n\n讲到**退回**的一段。\n\n## 核实单\n\n第一段。\n\n第二段。\n\n### 怎么发\n\n* 发回单位\n* 退回的另说\n"),
    "乙": blocks_of("# 第二页\n\n| 遇到 | 这样办 |\n|---|---|\n| 退回 | 改好再发 |\n| 别的 | `Print` |\n\n```\nprint 退回\n```\n"),
}


def found(*words: str) -> list[tuple[str, list[str]]]:
    return [("/".join(one.headings), list(lines_of(one.blocks))) for one in passages(PAGES, words)]


def test_a_section_that_the_word_heads_is_shown_whole() -> None:
    assert found("核实单") == [("第一页/核实单", ["第一段。", "第二段。"])]


def test_else_the_paragraph_the_point_and_the_row() -> None:
    assert found("退回") == [
        ("第一页", ["讲到退回的一段。"]),
        ("第一页/核实单/怎么发", ["  · 退回的另说"]),
        ("第二页", ["  · 退回：改好再发", "    print 退回"]),
    ]


@pytest.mark.parametrize("word", ["print", "ＰＲＩＮＴ", " Print "])
def test_width_and_capitals_make_no_difference(word: str) -> None:
    assert [lines for _, lines in found(word)] == [["  · 别的：Print", "    print 退回"]]


def test_of_several_words_all_must_be_there() -> None:
    assert found("退回", "另说") == [("第一页/核实单/怎么发", ["  · 退回的另说"])]
    assert found("退回", "没有的词") == []


def test_what_is_headed_comes_first() -> None:
    pages = {"丙": blocks_of("# 页\n\n先说汇总。\n\n## 汇总\n\n后说。\n")}
    assert [one.headings for one in passages(pages, ["汇总"])] == [("页", "汇总"), ("页",)]


@pytest.mark.parametrize(("word", "like"), [("合实单", ("核实单",)), ("退货", ("退回",)), ("prnt", ("Print",)), ("不相干", ())])
def test_near_words_are_headings_and_what_is_marked(word: str, like: tuple[str, ...]) -> None:
    assert near(PAGES, word) == like


def test_no_more_than_five_are_named_and_none_that_is_long() -> None:
    """So that they stand in a sentence: the nearest first, no sentence among them."""
    words = "、".join(f"**核实单{sign}**" for sign in "甲乙丙丁戊己庚")
    pages = {"丙": blocks_of(f"# 页\n\n{words}、**核实单**、**{'核实单' * 4}**、**{'核实单' * 4}的**\n")}
    assert near(pages, "核实单单") == ("核实单", *(f"核实单{sign}" for sign in sorted("甲乙丙丁戊己庚")[:4]))
    assert near(pages, "核实单" * 5) == ("核实单" * 4,)
