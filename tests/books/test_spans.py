"""Where elements stand in the bytes of a part, and bytes put in the place of others."""

import pytest

from minsheng_xl.books.edit.spans import NotPlain, Span, Splices, spans, with_attribute

PART = '<?xml version="1.0"?>\n<a 甲="乙"><b x="1&gt;2 > 3"/><c>字<b/></c><c></c></a>'.encode()


def cut(content: bytes, span: Span) -> tuple[str, str, str]:
    """The opening tag, what is inside, and what is behind that."""
    pieces = content[span.start : span.inside], content[span.inside : span.behind], content[span.behind : span.end]
    return pieces[0].decode(), pieces[1].decode(), pieces[2].decode()


def test_every_element_has_its_bytes() -> None:
    assert [(span.name, span.level, *cut(PART, span)) for span in spans(PART)] == [
        ("a", 0, '<a 甲="乙">', '<b x="1&gt;2 > 3"/><c>字<b/></c><c></c>', "</a>"),
        ("b", 1, '<b x="1&gt;2 > 3"/>', "", ""),
        ("c", 1, "<c>", "字<b/>", "</c>"),
        ("b", 2, "<b/>", "", ""),
        ("c", 1, "<c>", "", "</c>"),
    ]


def test_attributes_are_what_they_mean_and_names_as_they_are_written() -> None:
    part = b"<x:a xmlns:x='urn:x' t=\"&lt;&#65;\"><a/></x:a>"
    assert [(span.name, span.attributes.get("t")) for span in spans(part)] == [("x:a", "<A"), ("a", None)]


def test_only_the_names_that_are_asked_for() -> None:
    assert [(span.name, span.level) for span in spans(PART, ("b",))] == [("b", 1), ("b", 2)]
    assert [span.is_empty for span in spans(PART, ("c",))] == [False, False]
    assert all(span.is_empty for span in spans(PART, ("b",)))


def test_comments_and_quoted_tags_are_no_elements() -> None:
    part = b"<a><!-- <b/> --><c t='<b/>'/></a>".replace(b"'<b/>'", b"'b/>'")
    assert [span.name for span in spans(part)] == ["a", "c"]


@pytest.mark.parametrize("part", [b"", b"<a>", b"<a></b>", b"<a/><b/>", b"<a x=1/>"])
def test_what_is_no_xml_is_refused(part: bytes) -> None:
    with pytest.raises(NotPlain):
        spans(part)


def test_splices_keep_what_they_do_not_replace() -> None:
    splices = Splices("甲乙丙丁".encode())
    splices.put(9, 12, "四")
    splices.put(3, 6, "")
    splices.put(3, 3, "一")
    splices.put(3, 3, "二")
    assert splices.joined().decode() == "甲一二丙四"
    assert Splices(b"abc").joined() == b"abc"


def test_a_tag_gets_an_attribute() -> None:
    found = spans(PART)
    splices = Splices(PART)
    splices.tag(found[1], "x", "4")
    splices.tag(found[2], "y", "5")
    assert b'<b x="4"/><c y="5">' in splices.joined()


@pytest.mark.parametrize(
    ("tag", "value", "made"),
    [
        ('<c r="A1" s="2">', "7", '<c r="A1" s="7">'),
        ('<c r="A1" s="2"/>', "7", '<c r="A1" s="7"/>'),
        ('<c r="A1"/>', "7", '<c r="A1" s="7"/>'),
        ('<c r="A1" >', "7", '<c r="A1" s="7">'),
        ('<c r="A1" s="2" t="s">', None, '<c r="A1" t="s">'),
        ('<c r="A1">', None, '<c r="A1">'),
        ('<c xs="2">', "7", '<c xs="2" s="7">'),
    ],
)
def test_with_attribute(tag: str, value: str | None, made: str) -> None:
    assert with_attribute(tag, "s", value) == made
