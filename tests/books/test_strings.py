"""The texts that cells share: by the expression where they are written plainly, else by the XML parser, just the same."""

import pytest

from minsheng_xl.books.package import strings as module
from minsheng_xl.books.package.cells import Face, RawCell
from minsheng_xl.books.package.colours import Colour
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.markup import MAIN
from minsheng_xl.books.package.memory import TEXT
from minsheng_xl.books.package.strings import shared_strings
from minsheng_xl.rules.files import BROKEN


def table(items: str, *, plainly: bool = True) -> bytes:
    """A part with these items; a comment keeps it from the expression."""
    comment = "" if plainly else "<!-- -->"
    return f'<sst xmlns="{MAIN[1:-1]}" count="9" uniqueCount="9">{comment}{items}</sst>'.encode()


def text(said: str) -> RawCell:
    return RawCell("s", said)


RED = Face(Colour("FFFF0000"), 9.0, "宋体")
STRUCK = "<rPr><strike/><sz val=\"11\"/></rPr>"
READ: dict[str, tuple[str, list[RawCell]]] = {
    "plain": ('<si><t>县残联</t></si><si><t xml:space="preserve"> 甲 </t></si>', [text("县残联"), text(" 甲 ")]),
    "none": ("<si><t/></si><si/><si><t></t></si>", [text(""), text(""), text("")]),
    "escaped": ("<si><t>a&lt;b&amp;_x000A_&#38;</t></si>", [text("a<b&\n&")]),
    "with the reading of Excel": (
        '<si><t>项目</t><phoneticPr fontId="1" type="noConversion"/></si>'
        '<si><r><t>甲</t></r><phoneticPr fontId="1"/></si>', [text("项目"), text("甲")],
    ),
    "in runs": ("<si><r><t>指标</t></r><r><t>编码</t></r></si>", [text("指标编码")]),
    "in runs of faces": (
        '<si><r><t>本期</t></r><r><rPr><sz val="9"/><color rgb="FFFF0000"/><rFont val="宋体"/></rPr><t>累计</t></r></si>',
        [RawCell("s", "本期累计", faces=(None, RED))],
    ),
    "struck out": (f"<si><r>{STRUCK}<t>12</t></r><r><t>34</t></r></si>", [RawCell("s", "1234", marked=True, faces=(Face(size=11.0), None))]),
    "runs with line ends": ("<si><r><t>a\r\nb</t></r><r><t>&amp;_x0041_</t></r></si>", [text("a\nb&A")]),
    "a long one in runs": (f"<si><r><t>{'文' * TEXT}</t></r></si>", [text("文" * TEXT)]),
    "spaces between": ("<si><t>甲</t></si>\n <si><r><t>乙</t></r></si>\r\n", [text("甲"), text("乙")]),
}


@pytest.mark.parametrize("plainly", [True, False])
@pytest.mark.parametrize("name", READ)
def test_texts_are_read(name: str, plainly: bool) -> None:
    items, expected = READ[name]
    assert shared_strings(table(items, plainly=plainly)) == expected


@pytest.mark.parametrize("name", READ)
def test_what_is_written_plainly_is_not_parsed_whole(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parse = module.parse_xml

    def of_an_item(content: bytes) -> object:
        assert not content.startswith(b"<sst")
        return parse(content)

    monkeypatch.setattr(module, "parse_xml", of_an_item)
    shared_strings(table(READ[name][0]))


ODD: dict[str, tuple[str, list[RawCell]]] = {
    "a phonetic reading": ('<si><t>中</t><rPh sb="0" eb="1"><t>zhong</t></rPh></si>', [text("中")]),
    "a name space of its own": ('<si><r><rPr><sz xmlns:x="y" val="9"/></rPr><t>甲</t></r></si>', [RawCell("s", "甲", faces=(Face(size=9.0),))]),
    "a text of another name space": ('<si xmlns:a="b"><a:t>甲</a:t><t>乙</t></si>', [text("乙")]),
    "several texts": ("<si><t>甲</t><t>乙</t></si>", [text("甲乙")]),
}


@pytest.mark.parametrize("plainly", [True, False])
@pytest.mark.parametrize("name", ODD)
def test_what_is_written_oddly_is_read_too(name: str, plainly: bool) -> None:
    items, expected = ODD[name]
    assert shared_strings(table(f"<si><t>先</t></si>{items}", plainly=plainly)) == [text("先"), *expected]


def test_what_is_no_entity_is_said() -> None:
    with pytest.raises(Unreadable) as said:
        shared_strings(table("<si><t>&nbsp;</t></si>"))
    assert said.value.rule is BROKEN


HEADS = (
    f'<?xml version="1.0"x?><sst xmlns="{MAIN[1:-1]}">', f'<sst xmlns="{MAIN[1:-1]}" count丿"1">', f'<sst xmlns="{MAIN[1:-1]}" count="1" "2">',
)


@pytest.mark.parametrize("head", HEADS)
def test_a_head_that_is_no_xml_is_not_read(head: str) -> None:
    with pytest.raises(SyntaxError):
        shared_strings(f"{head}<si><t>甲</t></si></sst>".encode())


HEADS_TOO = (
    f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<sst xmlns=\"{MAIN[1:-1]}\">", f'<sst xmlns="{MAIN[1:-1]}" >',
    f'<?xml version="1.0" encoding="utf-8"?><sst xmlns="{MAIN[1:-1]}" count="1" uniqueCount="1">',
)


@pytest.mark.parametrize("head", HEADS_TOO)
def test_heads_as_programs_write_them(head: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(module, "parse_xml")
    assert shared_strings(f"{head}<si><t>甲</t></si></sst>".encode()) == [text("甲")]


def test_signs_that_xml_does_not_know() -> None:
    assert shared_strings(table("<si><t>a\x0bb</t></si>")) == [text("a\x0bb")]  # as a cell of its own is read
    with pytest.raises(SyntaxError):
        shared_strings(table("<si><t>a\x0bb</t></si><si><r><t>c</t></r></si>"))


@pytest.mark.parametrize("item", ["<si><r><t>&nbsp;</t></r></si>", '<si><r><rPr><sz val="9" val="8"/></rPr><t>1</t></r></si>'])
def test_what_is_no_xml_is_not_read(item: str) -> None:
    for plainly in (True, False):
        with pytest.raises(SyntaxError):
            shared_strings(table(item, plainly=plainly))
