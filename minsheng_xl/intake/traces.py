"""Traces of whose form a file is: properties and the printed line, sought in formats of which no cell is read.

Each is looked for where it must stand, by its own words; nothing is parsed, so nothing in a file can make the
search long or large.
"""

import re
import struct
from collections.abc import Iterator
from html import unescape

from minsheng_xl.forms.identity import FORM_PROPERTY, PERIOD_PROPERTY, UNIT_PROPERTY, VERSION_PROPERTY

_NAMES = (UNIT_PROPERTY, PERIOD_PROPERTY, FORM_PROPERTY, VERSION_PROPERTY)
_SIGN = "表号"
_LINE = re.compile(r"([^\r\n]{1,120} · \S{1,20} · 表号 \S{1,40} · 版式 [^\s\"',;<]{1,20})")
_VALUE = re.compile(
    r"[^<>]{0,120}\bcontent=\"([^\"<>]{1,200})\"|[^<>]{0,120}>(?:\s*<[^<>]{0,400}>){0,8}\s*([^<>\s][^<>]{0,200})<"
)
_FAR = 4000
_BEFORE, _BEHIND = 160, 80
"""Characters of a line around the sign by which it is found."""
_HEADS = ((3, 0x01), (5, 0x09), (7, 0x05), (9, 0x0D))
"""Size of the head of a string of an .xls, and the mark in it: plain, with fonts, with readings, with both."""
_LEAST_HEAD = 4
_MOST = 40
_ENDS = re.compile(r"[<>\t\r\n\",;]")
_USER_DEFINED = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
"""Source: [MS-OSHARED] 2.3.3.2.1, FMTID_UserDefinedProperties."""
_MOST_PROPERTIES = 1000
_UNICODE, _TEXT, _WIDE_TEXT = 1200, 0x1E, 0x1F
_CODE_PAGES = {936: "gb18030", 54936: "gb18030", 65001: "utf-8", 1252: "cp1252"}


def properties_in_text(text: str) -> dict[str, str]:
    """The properties of ours in XML or HTML: a named element or attribute, and the text behind it; or two cells
    of the hidden sheet, one behind the other."""
    found = {}
    for name in _NAMES:
        at = text.find(name)
        while at >= 0 and name not in found:
            behind = _VALUE.match(text[at + len(name) : at + _FAR])
            if behind is not None:
                found[name] = unescape(behind[1] or behind[2]).strip()
            at = text.find(name, at + 1)
    return found


def lines_in_text(text: str) -> list[str]:
    """The printed lines of identity in a text, one for each place."""
    found = []
    for at in _places(text, _SIGN):
        before = _ENDS.split(text[max(0, at - _BEFORE) : at])[-1]
        line = _LINE.match(unescape(before + text[at : at + _BEHIND]).strip())
        if line is not None:
            found.append(line[1])
    return list(dict.fromkeys(found))


def lines_in_binary(content: bytes) -> list[str]:
    """The printed lines of identity among the strings of an .xls or .xlsb, which stand behind their length.
    Source: [MS-XLS] 2.5.293, XLUnicodeRichExtendedString; [MS-XLSB] 2.5.168, XLWideString."""
    found = []
    for at in _places(content, _SIGN.encode("utf-16-le")):
        for start in range(at, max(_LEAST_HEAD, at - 2 * _BEFORE), -2):
            for length in _lengths_before(content, start):
                line = _LINE.fullmatch(content[start : start + 2 * length].decode("utf-16-le", "replace"))
                if line is not None:
                    found.append(line[1])
    return list(dict.fromkeys(found))


def _lengths_before(content: bytes, start: int) -> Iterator[int]:
    """The lengths that a string which begins there may have, by each kind of head, within those of a line."""
    lengths = [int.from_bytes(content[start - 4 : start], "little")]
    for size, mark in _HEADS:
        if content[start - size + 2] == mark:
            lengths.append(int.from_bytes(content[start - size : start - size + 2], "little"))
    for length in lengths:
        if 0 < length < _BEFORE + _BEHIND:
            yield length


def _places(content: "str | bytes", sign: "str | bytes") -> Iterator[int]:
    at = content.find(sign)  # type: ignore[arg-type]
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = content.find(sign, at + 1)  # type: ignore[arg-type]


def ole_properties(stream: bytes) -> dict[str, str]:
    """The properties that a user defined, of the stream that holds them; none if it is not as it should be.
    Source: [MS-OLEPS] 2.21, PropertySetStream."""
    try:
        at = stream.find(_USER_DEFINED, 28)
        (section,) = struct.unpack_from("<I", stream, at + 16)
        return _of_section(stream[section:]) if at >= 0 else {}
    except (struct.error, LookupError, UnicodeDecodeError):
        return {}


def _of_section(section: bytes) -> dict[str, str]:
    (count,) = struct.unpack_from("<4xI", section)
    offsets = dict(struct.unpack_from("<II", section, 8 + 8 * n) for n in range(min(count, _MOST_PROPERTIES)))
    page = struct.unpack_from("<4xH", section, offsets[1])[0] if 1 in offsets else _UNICODE
    found = {}
    for name, number in _names(section, offsets[0], page):
        value = _value(section, offsets.get(number, 0), page) if number > 1 else None
        if value is not None:
            found[name] = value
    return found


def _names(section: bytes, at: int, page: int) -> Iterator[tuple[str, int]]:
    """The names of a section and the numbers of their properties. Source: [MS-OLEPS] 2.16, 2.17."""
    (count,) = struct.unpack_from("<I", section, at)
    at += 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        number, length = struct.unpack_from("<II", section, at)
        size = 2 * length if page == _UNICODE else length
        yield _text(section[at + 8 : at + 8 + size], page), number
        at += 8 + size + (-size % 4 if page == _UNICODE else 0)


def _value(section: bytes, at: int, page: int) -> str | None:
    kind, size = struct.unpack_from("<II", section, at)
    if kind == _WIDE_TEXT:
        return _text(section[at + 8 : at + 8 + 2 * size], _UNICODE)
    return _text(section[at + 8 : at + 8 + size], page) if kind == _TEXT else None


def _text(content: bytes, page: int) -> str:
    coding = "utf-16-le" if page == _UNICODE else _CODE_PAGES.get(page, "gb18030")
    return content.decode(coding, "replace").partition("\0")[0]
