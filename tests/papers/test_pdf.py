"""Lines of a PDF are joined where the page broke them, and left where a person did."""

import pytest

from minsheng_xl.papers.pdf import _joined, _Line

_ROOM = 64.0  # six signs of ten points, and a little


def width(text: str) -> float:
    return sum(10 if ord(sign) > 0x2E7F or sign in "“”" else 5 for sign in text)


def lines(*broken: tuple[str, str] | str) -> list[_Line]:
    """Lines, those that are pairs with what stands together at their beginning."""
    pairs = [(one, one[:1]) if isinstance(one, str) else one for one in broken]
    return [_Line(text, 0.0, width(text), 10.0, width(first)) for text, first in pairs]


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        (["新建公办幼儿", "园一所。"], "新建公办幼儿园一所。"),
        (["县教育局", "县财政局"], "县教育局\n县财政局"),  # there was room for more
        (["县人力资源和", "社会保障局"], "县人力资源和社会保障局"),
        (["县水务局", "新建公办幼儿", "园"], "县水务局\n新建公办幼儿园"),
        (["新建改造", ("12345个", "12345")], "新建改造12345个"),  # a number is not divided: it had no room
        (["新增学位共享", "，其中"], "新增学位共享，其中"),
        (["building", ("school", "school")], "building school"),
        (["按照“放心", ("”工程", "”工")], "按照“放心”工程"),
        (["建成人民群众", ("“放心”园", "“放")], "建成人民群众“放心”园"),  # nor an opening mark end one
        (["建人民群众", ("“放心”园", "“放")], "建人民群众“放心”园"),
        (["建人民群众", "放心园"], "建人民群众\n放心园"),  # one sign more had room
        (["县城市管局", "县住房城乡局"], "县城市管局\n县住房城乡局"),
        (["县住房城乡局", "县财政局"], "县住房城乡局\n县财政局"),  # full, but the next name begins as it does
        (["县财政局", "移动县分公司", "移动分公司"], "县财政局\n移动县分公司\n移动分公司"),
        (["县住房和城乡", "县城管理局、"], "县住房和城乡县城管理局、"),  # marks divide this one
        (["新建公办学", ("校。扩建", "校。")], "新建公办学校。扩建"),  # the full stop may not begin a line
    ],
)
def test_lines_of_a_cell_are_joined(broken: list[tuple[str, str] | str], text: str) -> None:
    assert _joined(lines(*broken), _ROOM) == text
