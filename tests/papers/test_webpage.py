"""A web page is read as a browser shows it."""

import pytest

from minsheng_xl.papers.webpage import page_text, read_page
from minsheng_xl.published.paper import Document, Lattice, TextBlock


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextBlock)]


def tables(document: Document) -> list[list[list[str]]]:
    lattices = [block for block in document.blocks if isinstance(block, Lattice)]
    return [[[place.text for place in row] for row in lattice.rows] for lattice in lattices]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<tr><td>1<td>甲<tr><td>2<td>乙", [["1", "甲"], ["2", "乙"]]),  # no end tags
        ("<td>1</td><td>甲</td>", [["1", "甲"]]),  # no row
        ("<thead><tr><th>序<br>号</th></tr></thead><tbody><tr><td>1</td></tr></tbody>", [["序\n号"], ["1"]]),
        ("<tr><td rowspan=2>1<td>甲<tr><td>乙", [["1", "甲"], ["1", "乙"]]),
        ("<tr><td colspan='2'>一、教育<td>丙<tr><td>1<td>甲<td>丁", [["一、教育", "一、教育", "丙"], ["1", "甲", "丁"]]),
        ("<tr><td rowspan=9>1<td>甲<tr><td>乙", [["1", "甲"], ["1", "乙"]]),  # no rows are made of it
        ("<tr><td colspan=x>1<td rowspan=0>甲", [["1", "甲"]]),
        ("<tr><td><p>县教育局</p><p>县财政局</p><td>&lt;2&nbsp;&amp;3", [["县教育局\n县财政局", "<2 &3"]]),
        ("<tr><td>新建\n   学校</td><td>GB  18030\n test", [["新建学校", "GB 18030 test"]]),
        ("<tr><td>甲<script>var x='<td>乙'</script><style>td{}</style>", [["甲"]]),
        ("<!-- <tr><td>藏 --><tr><td>甲", [["甲"]]),
    ],
)
def test_a_table_is_read(html: str, shown: list[list[str]]) -> None:
    assert tables(read_page(f"<html><body><table>{html}</table>".encode())) == [shown]


def test_a_table_that_lays_out_the_page_gives_way_to_the_tables_inside() -> None:
    inner = "<table><tr><th>序号<th>项目<th>指标任务<tr><td>1<td>甲<td>乙<table><tr><td>小<td>表</table></table>"
    page = f"<table><tr><td>导航<td><table><tr><td><p>责任表</p>{inner}</table><td>广告</table><p>完</p>"
    found = read_page(page.encode())
    assert tables(found) == [[["序号", "项目", "指标任务"], ["1", "甲", "乙\n小 表"]]]
    assert texts(found) == ["导航", "责任表", "广告", "完"]
    (lattice,) = (block for block in found.blocks if isinstance(block, Lattice))
    assert lattice.where == "表1"


def test_hidden_text_is_left_out_and_told() -> None:
    found = read_page("<p>甲</p><div style='display: none'>藏<div>深</div></div><p hidden>也藏</p><p>乙</p>".encode())
    assert texts(found) == ["甲", "乙"]
    assert found.left_out == ("网页里有隐藏的文字（2 处），没有读。",)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<meta charset=gb2312>镕县".encode("gb18030"), "镕县"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">县'.encode("gbk"), "县"),
        ("<meta charset='utf-8'>县".encode(), "县"),
        ("\ufeff<meta charset=gb2312>县".encode(), "县"),  # the mark is surer than the word
        ("<p>县教育局、县财政局".encode("gbk"), "县财政局"),
        ("<meta charset=gb2312>县".encode(), "县"),  # it says so and is not
        ("<meta charset=nonsense>县".encode(), "县"),
        ("<p>县".encode("utf-16"), "县"),
    ],
)
def test_the_signs_of_a_page_are_told_by_what_it_says_and_is(content: bytes, text: str) -> None:
    assert page_text(content).endswith(text)
