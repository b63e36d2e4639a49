"""winmail.dat: the parcel in which Outlook packs what it sends, for itself.

Source: Microsoft, MS-OXTNEF (the stream of attributes), MS-OXCDATA (the values of properties). What ends too early is
read as far as it goes.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from minsheng_xl.letters.coded import decoded
from minsheng_xl.letters.model import Attachment, Head, Letter
from minsheng_xl.letters.told import bare_address, said_in

_ATTRIBUTE = struct.Struct("<BII")
_OF_ATTACHMENT = 2
_RENDERED, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_SUBJECT, _FROM, _BODY, _CODE_PAGE, _MESSAGE_PROPERTIES = 0x00018004, 0x00008000, 0x0002800C, 0x00069007, 0x00069003
_LONG_NAME, _SHORT_NAME, _DISPLAYED, _OBJECT, _SENDER = 0x3707, 0x3704, 0x3001, 0x3701, 0x0C1F
_MESSAGE_OF = bytes.fromhex("0703020000000000c000000000000046")
"""The interface of an embedded mail, as it stands before its stream."""
_TEXT, _WIDE, _OBJECT_KIND, _BINARY = 0x001E, 0x001F, 0x000D, 0x0102
_SIZES = {
    0x0001: 0, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8,
    0x0040: 8, 0x0048: 16,
}
_MANY = 0x1000
_NAMED = 0x8000
_MOST = 10_000


class _Attribute(NamedTuple):
    level: int
    name: int
    value: bytes


def read_tnef(content: bytes) -> Letter:
    """The mail, or its attachments alone, in such a parcel."""
    page = "gb18030"
    subject = sender = body = ""
    found: list[Attachment] = []
    for one in _attributes(content):
        if one.name == _CODE_PAGE and len(one.value) >= 4:
            page = f"cp{int.from_bytes(one.value[:4], 'little')}"
        elif one.level == _OF_ATTACHMENT:
            _add(found, one, page)
        elif one.name == _SUBJECT:
            subject = _text(one.value, page)
        elif one.name == _BODY:
            body = _text(one.value, page)
        elif one.name == _FROM:
            sender = bare_address(_text(one.value, page))
        elif one.name == _MESSAGE_PROPERTIES:
            sender = bare_address(_said(dict(_properties(one.value)), _SENDER, page)) or sender
    kept = [one for one in found if one.content]
    named = [one if one.name else one._replace(name=f"附件{number}") for number, one in enumerate(kept, 1)]
    return Letter(Head(sender=sender, subject=subject, words=said_in(body)), tuple(named))


def _add(found: list[Attachment], one: _Attribute, page: str) -> None:
    """Take what an attribute says of the attachment that was begun last."""
    if one.name == _RENDERED or not found:
        found.append(Attachment("", b""))
    last = found[-1]
    if one.name == _TITLE:
        found[-1] = last._replace(name=last.name or _text(one.value, page))
    elif one.name == _DATA:
        found[-1] = last._replace(content=one.value)
    elif one.name == _PROPERTIES:
        told = dict(_properties(one.value))
        name = next(filter(None, (_said(told, key, page) for key in (_LONG_NAME, _SHORT_NAME, _DISPLAYED))), "")
        kind, value = told.get(_OBJECT, (0, b""))
        is_letter = kind == _OBJECT_KIND and value.startswith(_MESSAGE_OF)
        if is_letter or (value and not last.content):
            has_interface = kind == _OBJECT_KIND
            last = last._replace(content=value[16:] if has_interface else value, is_letter=is_letter)
        found[-1] = last._replace(name=name or last.name)


def _attributes(content: bytes) -> Iterator[_Attribute]:
    place = 6  # behind the signature and a key
    while place + _ATTRIBUTE.size <= len(content):
        level, name, length = _ATTRIBUTE.unpack_from(content, place)
        begin = place + _ATTRIBUTE.size
        if level not in (1, _OF_ATTACHMENT):
            return
        yield _Attribute(level, name, content[begin : begin + length])
        place = begin + length + 2  # a checksum


def _properties(value: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """The properties by number, each with its kind and its first value; what cannot be read ends them."""
    stream = _Stream(value)
    for _ in range(min(stream.number(), _MOST)):
        kind, name = stream.number(2), stream.number(2)
        if name >= _NAMED:
            stream.take(16)
            stream.take(4 if stream.number() == 0 else _padded(stream.number()))
        is_many, kind = bool(kind & _MANY), kind & ~_MANY
        has_length = kind in (_TEXT, _WIDE, _OBJECT_KIND, _BINARY)
        values = [b""]
        for number in range(min(stream.number(), _MOST) if is_many or has_length else 1):
            length = stream.number() if has_length else _SIZES.get(kind, -1)
            if length < 0 or stream.is_over or (is_many and length == 0):
                return
            value = stream.take(_padded(length))[:length]
            if number == 0:
                values = [value]
        if stream.is_over:
            return
        yield name, (kind, values[0])


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4


def _said(told: dict[int, tuple[int, bytes]], name: int, page: str) -> str:
    kind, value = told.get(name, (0, b""))
    if kind == _WIDE:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return _text(value, page) if kind == _TEXT else ""


def _text(value: bytes, page: str) -> str:
    return decoded(value.partition(b"\0")[0], page)


class _Stream:
    """Bytes that are taken from the front; `is_over` once more was asked for than there was."""

    def __init__(self, content: bytes) -> None:
        self._content, self._place, self.is_over = content, 0, False

    def take(self, length: int) -> bytes:
        found = self._content[self._place : self._place + length]
        self.is_over = self.is_over or len(found) < length
        self._place += length
        return found

    def number(self, length: int = 4) -> int:
        return int.from_bytes(self.take(length), "little")
