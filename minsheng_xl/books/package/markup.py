"""The XML of a part: parsed, or as text where it is written plainly; the characters of a text in it."""

import re
from xml.etree import ElementTree

from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.rules.files import BROKEN, HOSTILE

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
"""The name space of SpreadsheetML, as ElementTree writes it before a name."""
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
OWN_SPACE = rf' xmlns="{re.escape(MAIN[1:-1])}"'
"""An expression for its declaration."""
_DEEPEST = 100
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ENCODING = re.compile(rb'<\?xml[^>]*encoding=["\'](?!utf-8["\'])', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&")
_ENTITIES = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}
_NAMED = {f"&{name};": sign for name, sign in _ENTITIES.items()}
"""The entities that have names; that of the mark itself is the last one to be put in."""


def parse_xml(content: bytes) -> ElementTree.Element:
    """Parse a part, in whatever Unicode encoding it is. A document type is refused unread."""
    if content.startswith(_MARKS) or b"\0" in content[:4]:
        unmarked = "utf-16-be" if content[0] == 0 else "utf-16-le"
        text = content.decode("utf-16" if content.startswith(_MARKS) else unmarked)
        content = re.sub(r"^\ufeff?<\?xml[^>]*\?>", "", text).encode()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable(HOSTILE, "内容里有文档类型声明")
    root = ElementTree.fromstring(content.replace(_STRICT, MAIN[1:-1].encode()))
    level, depth = list(root), 1
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise Unreadable(HOSTILE, "嵌套异常地深")
        level = [child for element in level for child in element]
    return root


def as_text(content: bytes) -> str | None:
    """The text of a part in plain UTF-8; None for the XML parser."""
    if _STRICT in content or _ENCODING.match(content):
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def is_plain(text: str) -> bool:
    """Whether the text of a part holds nothing but elements behind its declaration."""
    return "<!" not in text and "<?" not in text.removeprefix("<?")


def as_utf8(text: str) -> str:
    """A text whose UTF-8 a program took for Latin-1, as SheetJS does with names and properties: read as what it is."""
    if text.isascii():
        return text
    try:
        return b"".join(map(_byte, text)).decode()
    except UnicodeError:
        return text


def _byte(sign: str) -> bytes:
    """The byte that a sign stood for in Latin-1, or in the code page that browsers mean by it."""
    return sign.encode("latin-1") if sign <= "\xff" else sign.encode("cp1252")


def plain(text: str) -> str:
    """The characters of an XML text."""
    marks = text.count("&")
    if not marks:
        return text
    if marks > sum(map(text.count, _NAMED)):
        return _ENTITY.sub(_entity, text)
    for entity, sign in _NAMED.items():
        text = text.replace(entity, sign)
    return text


def decoded(text: str) -> str:
    """The characters of a text as a cell holds them: entities, _xHHHH_ escapes, line ends."""
    return unescaped(plain(text))


def unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda m: _character(int(m[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(number: int) -> str:
    """The character of a number; half a pair is none."""
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)


def _entity(match: re.Match[str]) -> str:
    if match[3]:
        return _ENTITIES[match[3]]
    if match[1] or match[2]:
        return _character(int(match[1]) if match[1] else int(match[2], 16))
    raise Unreadable(BROKEN, "内容已损坏")
