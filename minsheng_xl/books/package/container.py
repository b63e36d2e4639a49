"""The zip container of a workbook, looked at whole before any of it is inflated.

What a normal program writes passes; a container that can be read in two ways (two parts of one
name, entries that overlap, sizes that lie) is refused, whichever reading would be the harmless one.
Source: PKWARE APPNOTE 6.3; ISO/IEC 29500-2 on part names.
"""

import struct
import zlib
from itertools import pairwise
from typing import NamedTuple

from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.rules.files import BROKEN, ENCRYPTED, HOSTILE

PART_LIMIT = 64 << 20
"""Bytes of one inflated part; the largest honest form is under one megabyte."""
TOTAL_LIMIT = 256 << 20
_MOST_ENTRIES = 4096
_RATIO_FROM, _RATIO = 1 << 20, 200  # of 2,976 honest packages none has a part over 1 MB and over 200:1

_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END_FIELDS = struct.Struct("<4s4H2LH")
_CENTRAL_FIELDS = struct.Struct("<4s6H3L5H2L")
_LOCAL_FIELDS = struct.Struct("<4s5H3L2H")
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 1, 8, 0x800
_WIDE = 0xFFFFFFFF


class Entry(NamedTuple):
    """One entry of the central directory; `data` is where its compressed bytes begin."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    data: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


class Container:
    """A checked zip: entries by name, inflated one at a time with their checksum.

    Raises Unreadable on construction if the container is not whole, or not plain. A `parcel` of files
    that somebody packed may hold large ones, and names that differ in capitals only.
    """

    def __init__(self, content: bytes, *, parcel: bool = False) -> None:
        self._content, self._parcel = content, parcel
        self.entries: dict[str, Entry] = {}
        """By name in lower case, the way packages are looked up."""
        spans = []
        for entry, start in self._directory():
            key = entry.name.lower()
            while parcel and key in self.entries:
                key += "'"
            if key in self.entries:
                raise Unreadable(HOSTILE, f"两个部件同名：{entry.name[:60]}")
            self.entries[key] = entry
            spans.append((start, entry.data + entry.packed))
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            if start < end:
                raise Unreadable(HOSTILE, "部件互相重叠")
        if sum(entry.size for entry in self.entries.values()) > TOTAL_LIMIT:
            raise Unreadable(HOSTILE, "解压后异常地大")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.entries

    def read(self, name: str) -> bytes:
        """The bytes of an entry, of just the declared size and checksum. Raises Unreadable, KeyError."""
        entry = self.entries[name.lower()]
        packed = self._content[entry.data : entry.data + entry.packed]
        if entry.method == 0:
            content = packed
        else:
            inflater = zlib.decompressobj(-15)
            try:
                content = inflater.decompress(packed, entry.size + 1)
            except zlib.error as error:
                raise Unreadable(BROKEN, "压缩的内容坏了") from error
            if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
                raise Unreadable(BROKEN, "压缩的内容与目录不符")
        if len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise Unreadable(BROKEN, "校验和不对，传送中损坏了")
        return content

    def _directory(self) -> list[tuple[Entry, int]]:
        content = self._content
        end = content.rfind(_END, max(0, len(content) - 0xFFFF - _END_FIELDS.size))
        if end < 0 or end + _END_FIELDS.size > len(content):
            raise Unreadable(BROKEN, "不完整，可能没有传完")
        _, disk, first, here, count, size, offset, comment = _END_FIELDS.unpack_from(content, end)
        if disk or first or here != count or _WIDE in (offset, size):
            raise Unreadable(BROKEN, "是分卷或特大的压缩包")
        if offset + size > end or end + _END_FIELDS.size + comment > len(content):
            raise Unreadable(BROKEN, "目录的位置不对")
        if offset + size != end:
            raise Unreadable(HOSTILE, "目录和结尾之间有别的内容")
        if count > _MOST_ENTRIES:
            raise Unreadable(HOSTILE, "部件异常地多")
        found, place = [], offset
        for _ in range(count):
            if place + _CENTRAL_FIELDS.size > end or content[place : place + 4] != _CENTRAL:
                raise Unreadable(BROKEN, "目录坏了")
            fields = _CENTRAL_FIELDS.unpack_from(content, place)
            flags, method, crc, packed, unpacked, named, extra, remark = fields[3], fields[4], *fields[7:13]
            raw = content[place + _CENTRAL_FIELDS.size : place + _CENTRAL_FIELDS.size + named]
            if len(raw) != named:
                raise Unreadable(BROKEN, "目录坏了")
            found.append(self._entry(raw, flags, method, crc, packed, unpacked, fields[16], offset))
            place += _CENTRAL_FIELDS.size + named + extra + remark
        if place != end:
            raise Unreadable(BROKEN, "目录坏了")
        return found

    def _entry(
        self, raw: bytes, flags: int, method: int, crc: int, packed: int, size: int, start: int, directory: int
    ) -> tuple[Entry, int]:
        content = self._content
        name = _name(raw, flags)
        if flags & _ENCRYPTED:
            raise Unreadable(ENCRYPTED)
        if method not in (0, 8):
            raise Unreadable(BROKEN, "压缩方法不认识")
        if _WIDE in (packed, size, start) or start + _LOCAL_FIELDS.size > directory:
            raise Unreadable(BROKEN, "目录的位置不对")
        if not self._parcel and (size > PART_LIMIT or (size > _RATIO_FROM and size > _RATIO * packed)):
            raise Unreadable(HOSTILE, "解压后异常地大")
        if method == 0 and packed != size:
            raise Unreadable(HOSTILE, "大小自相矛盾")
        signature, _, local_flags, local_method, _, _, local_crc, local_packed, local_size, named, extra = (
            _LOCAL_FIELDS.unpack_from(content, start)
        )
        local = content[start + _LOCAL_FIELDS.size : start + _LOCAL_FIELDS.size + named]
        if signature != _LOCAL or local != raw or local_method != method:
            raise Unreadable(HOSTILE, "目录与内容不符")
        told = (local_crc, local_packed, local_size)
        wide = _WIDE in (local_packed, local_size)  # sizes in a zip64 field, as streaming writers leave them
        if not local_flags & _DESCRIPTOR and not wide and told != (crc, packed, size):
            raise Unreadable(HOSTILE, "目录与内容不符")
        data = start + _LOCAL_FIELDS.size + named + extra
        if data + packed > directory:
            raise Unreadable(BROKEN, "内容不完整")
        return Entry(name, flags, method, crc, packed, size, data), start


def _name(raw: bytes, flags: int) -> str:
    """The name of an entry; old Chinese zips carry it in GBK without saying so."""
    if flags & _UTF8 or raw.isascii():
        name = raw.decode("utf-8", "replace")
    else:
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    name = name.replace("\\", "/")
    if "\0" in name or ".." in name.split("/") or name.startswith("//"):
        raise Unreadable(HOSTILE, "部件的名字不正常")
    return name.removeprefix("/")
