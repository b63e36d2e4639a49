"""The characters of an XML text, and what counts as plain."""

import pytest

from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.markup import as_text, decoded, is_plain, plain
from minsheng_xl.rules.files import BROKEN


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("县残联", "县残联"), ("&lt;&gt;&quot;&apos;&amp;", "<>\"'&"), ("&amp;lt;", "&lt;"), ("&amp;amp;", "&amp;"),
        ("a&#38;b", "a&b"), ("&#x4E2D;&amp;", "中&"), ("&#38;lt;", "&lt;"), ("&amp;#38;", "&#38;"), ("&#xD800;", "\ufffd"),
        ('IF(A1=&quot;&quot;,&quot;&quot;,A1&amp;"x")', 'IF(A1="","",A1&"x")'),
    ],
)
def test_entities(written: str, meant: str) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize("written", ["&", "a&b", "&lt", "&nbsp;", "&LT;", "&amp;&x;", "&amp;&", "&#;", "&#x;", "&#12345678;"])
def test_what_is_no_entity_is_refused(written: str) -> None:
    with pytest.raises(Unreadable) as said:
        plain(written)
    assert said.value.rule is BROKEN


def test_escapes_and_line_ends() -> None:
    assert decoded("a_x000A_b_x005F_x0041_\r\nc\rd&amp;_x0041_") == "a\nb_x0041_\nc\nd&A"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a>1</a>", True), ('<?xml version="1.0"?><a/>', True), ("<a><!-- --></a>", False), ("<a><![CDATA[1]]></a>", False),
        ("<!DOCTYPE a><a/>", False), ('<?xml version="1.0"?><?a b?><a/>', False), ("<a/><?a?>", False), (" <?xml?><a/>", False),
    ],
)
def test_plain(text: str, expected: bool) -> None:
    assert is_plain(text) is expected


def test_only_utf_8_is_text() -> None:
    assert as_text('\ufeff<a>中</a>'.encode()) == "<a>中</a>"
    assert as_text("<a>中</a>".encode("gbk")) is None
    assert as_text(b'<?xml version="1.0" encoding="GBK"?><a/>') is None
    assert as_text(b'<?xml version="1.0" encoding="utf-8"?><a/>') == '<?xml version="1.0" encoding="utf-8"?><a/>'
    assert as_text(b'<a xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>') is None
