"""Lines of a PDF are joined where the page broke them, and left where a person did."""

import pytest

from minsheng_xl.papers.pdf import _joined, _Line

_ROOM = 60.0  # six signs of ten points


def lines(*texts: str) -> list[_Line]:
    widths = [sum(10 if ord(sign) > 0x2E7F else 5 for sign in text) for text in texts]
    return [_Line(text, 0.0, float(width), 10.0) for text, width in zip(texts, widths, strict=True)]


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        (["新建公办幼儿", "园一所。"], "新建公办幼儿园一所。"),
        (["县教育局", "县财政局"], "县教育局\n县财政局"),  # there was room for more
        (["县人力资源和", "社会保障局"], "县人力资源和社会保障局"),
        (["县水务局", "新建公办幼儿", "园"], "县水务局\n新建公办幼儿园"),
        (["新建改造", "12345个"], "新建改造12345个"),  # a number is not divided: it had no room
        (["新增学位共", "，其中"], "新增学位共，其中"),
        (["building", "school"], "building school"),
        (["按照“放心", "”工程"], "按照“放心”工程"),
        (["建成人民群众", "“放心”园"], "建成人民群众“放心”园"),  # nor an opening mark end one
        (["建人民群众", "“放心”园"], "建人民群众“放心”园"),
        (["新建公办学", "校。扩建"], "新建公办学校。扩建"),  # the full stop may not begin a line
    ],
)
def test_lines_of_a_cell_are_joined(broken: list[str], text: str) -> None:
    assert _joined(lines(*broken), _ROOM) == text
