"""What is read of Markdown, and how it is written as text and as HTML."""

import pytest

from minsheng_xl.handbook.markdown import (
    BOLD,
    CODE,
    LINK,
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Points,
    TextTable,
    Wording,
    blocks_of,
    wordings,
)
from minsheng_xl.handbook.page import html_of, is_ours
from minsheng_xl.handbook.pages import NAMES, page
from minsheng_xl.handbook.plain import lines_of, plain

READ: list[tuple[str, tuple[Block, ...]]] = [
    ("", ()),
    ("# 题\n\n一段，\n两行。\n", (Heading(1, "题"), Paragraph("一段，两行。"))),
    ("### 小题\n紧接的一段", (Heading(3, "小题"), Paragraph("紧接的一段"))),
    ("* 一\n* 二，\n  接着\n", (Points(("一", "二，接着"), False),)),
    ("1. 一\n2. 二\n", (Points(("一", "二"), True),)),
    ("| 甲 | 乙 |\n|---|---|\n| 1 | `2` |\n| 3 | |\n", (TextTable(("甲", "乙"), (("1", "`2`"), ("3", ""))),)),
    ("```sh\na | b\n\n# no heading\n```\n后面\n", (Listing("a | b\n\n# no heading"), Paragraph("后面"))),
    ("前面\n```\nx\n```", (Paragraph("前面"), Listing("x"))),
    ("```\nnever ended", (Listing("never ended"),)),
    ("![首页](../pictures/首页.png)", (Picture("首页", "../pictures/首页.png"),)),
    ("| 一竖不是表", (Paragraph("| 一竖不是表"),)),
    ("-- 也不是", (Paragraph("-- 也不是"),)),
]


@pytest.mark.parametrize(("text", "blocks"), READ)
def test_what_is_read(text: str, blocks: tuple[Block, ...]) -> None:
    assert blocks_of(text) == blocks


def test_the_parts_of_a_line() -> None:
    assert list(wordings("先**点 `甲`**，`a**b`，见[安装](安装.md)。")) == [
        Wording("先"), Wording("点 `甲`", BOLD), Wording("，"), Wording("a**b", CODE), Wording("，见"),
        Wording("安装", LINK, "安装.md"), Wording("。"),
    ]
    assert list(wordings("3 * 4 ** 2")) == [Wording("3 * 4 ** 2")]


@pytest.mark.parametrize(
    ("text", "said"),
    [("先**点 `甲`**，见[安装](安装.md)", "先点 甲，见安装"), ("`--what 简报,总表`", "--what 简报,总表")],
)
def test_plain_text_has_no_signs(text: str, said: str) -> None:
    assert plain(text) == said


def test_the_lines_of_blocks() -> None:
    blocks = blocks_of(
        "# 题\n\n![图](a.png)\n\n1. 一\n2. **二**\n\n* 三\n\n| 谁 | 时 | 做 |\n|---|---|---|\n| 甲 | | `乙` |\n| 丙 | 丁 | 戊 |\n\n```\nx\n```\n"
    )
    assert list(lines_of(blocks)) == ["题", "  1. 一", "  2. 二", "  · 三", "  · 甲：乙", "  · 丙　丁：戊", "    x"]


def test_html_holds_all_and_nothing_is_taken_for_a_tag() -> None:
    text = "# 题\n\n小于<b>，**粗`<`**，[安](安.md)，[外](../a.md)\n\n![图](p/a.png)\n\n1. 一\n\n* 二\n\n| 甲 |\n|---|\n| <乙> |\n\n```\n<x>\n```\n"
    asked: list[str] = []

    def picture(place: str) -> bytes:
        asked.append(place)
        return b"PNG"

    found = html_of(blocks_of(text), picture, "p { color: red }").decode().partition("<body>\n")
    assert found[2].splitlines()[:-3] == [
        "<h1>题</h1>",
        '<p>小于&lt;b&gt;，<b>粗<code>&lt;</code></b>，<a href="安.html">安</a>，外</p>',
        '<img alt="图" src="data:image/png;base64,UE5H">',
        "<ol><li>一</li></ol>",
        "<ul><li>二</li></ul>",
        "<table><thead><tr><th>甲</th></tr></thead><tbody><tr><td>&lt;乙&gt;</td></tr></tbody></table>",
        "<pre>&lt;x&gt;</pre>",
    ]
    assert asked == ["p/a.png"]
    assert "<title>题</title>" in found[0]
    assert "p { color: red }" in found[0]
    assert not [word for word in ("http", "<script", "@import", "url(") if word in found[0] + found[2]]


def test_a_page_that_nobody_touched_is_known_again() -> None:
    made = html_of(blocks_of("# 题\n\n话"), bytes)
    assert is_ours(made)
    for touched in (made.replace("话".encode(), "画".encode()), made + b"\n", made[:-2], made.replace(b"\n", b"\r\n"), b"", b"<html>"):
        assert not is_ours(touched)


@pytest.mark.parametrize("name", NAMES)
def test_no_sign_of_markdown_is_left_of_a_page(name: str) -> None:
    """But in code, where it is meant."""
    blocks = [block for block in page(name) if not isinstance(block, Listing)]
    assert any(isinstance(block, Heading) for block in blocks)
    said = [line for line in lines_of(blocks) if not line.startswith("    ")]
    assert not [line for line in said if "**" in line or "](" in line or "`" in line or line.startswith(("#", "|", "!["))]
