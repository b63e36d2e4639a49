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
from minsheng_xl.books.package.memory import PART, TEXT, remembered
from minsheng_xl.books.package.methods import can_inflate, inflated
from minsheng_xl.rules.files import BLANK_ROWS, BROKEN, ENCRYPTED, HOSTILE, PACKED, PARCEL_LOCKED

PART_LIMIT = 64 << 20
"""Bytes of one inflated part; the largest honest form is under one megabyte."""
TOTAL_LIMIT = 256 << 20
_MOST_ENTRIES = 4096
_RATIO_FROM, _RATIO = 1 << 20, 200  # of 2,976 honest packages none has a part over 1 MB and over 200:1

_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END_FIELDS = struct.Struct("<4s4H2LH")
_CENTRAL_FIELDS = struct.Struct("<4s6H3L5H2L")
_LOCAL_FIELDS = struct.Struct("<4s5H3L2H")
_SHEETS = "xl/worksheets/"
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 1, 8, 0x800
_METHODS = {6: "Implode", 9: "Deflate64", 12: "BZip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
"""Source: APPNOTE 4.4.5."""
_WIDE = 0xFFFFFFFF


class ZipEntry(NamedTuple):
    """One entry of the central directory; `data` is where its compressed bytes begin."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    data: int
    fault: "Unreadable | None" = None
    """Why it cannot be read, in a parcel: the others can."""

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


class Container:
    """A checked zip: entries by name, inflated one at a time with their checksum.

    Raises Unreadable on construction if the container is not whole, or not plain. A `parcel` of files
    that somebody packed may hold large ones, names that differ in capitals only, and some that cannot be read.
    """

    def __init__(self, content: bytes, *, parcel: bool = False) -> None:
        self._content, self._parcel = content, parcel
        self.entries: dict[str, ZipEntry] = {}
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
        sizes = (entry.size for entry in self.entries.values() if not self._is_long(entry))
        if not parcel and sum(sizes) > TOTAL_LIMIT:
            raise Unreadable(HOSTILE, "解压后异常地大")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.entries

    def read(self, name: str) -> bytes:
        """The bytes of an entry, of just the declared size and checksum. Raises Unreadable, KeyError."""
        entry = self.entries[name.lower()]
        if entry.fault is not None:
            raise entry.fault
        if self._is_long(entry):
            raise Unreadable(BLANK_ROWS)
        unpacked = _known if entry.size <= PART else _unpacked
        return unpacked(self._content[entry.data : entry.data + entry.packed], entry.method, entry.size, entry.crc)

    def _is_long(self, entry: ZipEntry) -> bool:
        """Whether an entry is a sheet that is too large to be read, as one with rows to the end of the sheet is."""
        return entry.size > PART_LIMIT and not self._parcel and entry.name.lower().startswith(_SHEETS)

    def _directory(self) -> list[tuple[ZipEntry, int]]:
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
            (
                _, _, _, flags, method, _, _, crc, packed, unpacked, named, extra, remark, _, _, _, start,
            ) = _CENTRAL_FIELDS.unpack_from(content, place)
            begin = place + _CENTRAL_FIELDS.size
            raw = content[begin : begin + named]
            if len(raw) != named:
                raise Unreadable(BROKEN, "目录坏了")
            said = _Said(flags, method, crc, packed, unpacked, start)
            try:
                found.append((self._entry(raw, said, offset), start))
            except Unreadable as error:
                if not self._parcel:
                    raise
                shown = _decoded(raw, flags)
                entry = ZipEntry(name=shown, method=method, crc=crc, packed=0, size=0, data=start, fault=error)
                found.append((entry, start))
            place = begin + named + extra + remark
        if place != end:
            raise Unreadable(BROKEN, "目录坏了")
        return found

    def _entry(self, raw: bytes, said: "_Said", directory: int) -> ZipEntry:
        """The entry that the directory, which begins at `directory`, says so much of; as its own head says too."""
        name = _name(raw, said.flags)
        if said.flags & _ENCRYPTED:
            raise Unreadable(PARCEL_LOCKED) if self._parcel else Unreadable(ENCRYPTED)
        if said.method not in (0, 8) and not (self._parcel and can_inflate(said.method)):
            if self._parcel:
                raise Unreadable(PACKED, f"压缩方法（{_METHODS.get(said.method, said.method)}）本程序解不开")
            raise Unreadable(BROKEN, "压缩方法不认识")
        if _WIDE in (said.packed, said.size, said.start) or said.start + _LOCAL_FIELDS.size > directory:
            raise Unreadable(BROKEN, "目录的位置不对")
        too_dense = said.size > _RATIO_FROM and said.size > _RATIO * said.packed
        too_large = said.size > PART_LIMIT and not name.lower().startswith(_SHEETS)
        if (too_large or too_dense) and not self._parcel:
            raise Unreadable(HOSTILE, "解压后异常地大")
        if said.method == 0 and said.packed != said.size:
            raise Unreadable(HOSTILE, "大小自相矛盾")
        data = self._data(raw, said)
        if data + said.packed > directory:
            raise Unreadable(BROKEN, "内容不完整")
        return ZipEntry(
            name=name, method=said.method, crc=said.crc, packed=said.packed, size=said.size, data=data
        )

    def _data(self, raw: bytes, said: "_Said") -> int:
        """Where the bytes of an entry begin: behind a head of its own, which says the same as the directory."""
        signature, _, flags, method, _, _, crc, packed, size, named, extra = (
            _LOCAL_FIELDS.unpack_from(self._content, said.start)
        )
        begin = said.start + _LOCAL_FIELDS.size
        if (signature, self._content[begin : begin + named], method) != (_LOCAL, raw, said.method):
            raise Unreadable(HOSTILE, "目录与内容不符")
        wide = _WIDE in (packed, size)  # sizes in a zip64 field, as streaming writers leave them
        same = (crc, packed, size) == (said.crc, said.packed, said.size)
        if not flags & _DESCRIPTOR and not wide and not same:
            raise Unreadable(HOSTILE, "目录与内容不符")
        return int(begin + named + extra)


class _Said(NamedTuple):
    """What the directory says of an entry; `start` is where its own head begins. Source: APPNOTE 4.3.12."""

    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int


def _unpacked(packed: bytes, method: int, size: int, crc: int) -> bytes:
    """What was packed by a method, which has that size and that checksum. Raises Unreadable."""
    content = packed
    if method not in (0, 8):
        content = inflated(packed, method, size)
    elif method != 0:
        inflater = zlib.decompressobj(-15)
        try:
            content = inflater.decompress(packed, size + 1)
        except zlib.error as error:
            raise Unreadable(BROKEN, "压缩的内容坏了") from error
        if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
            raise Unreadable(BROKEN, "压缩的内容与目录不符")
    if len(content) != size or zlib.crc32(content) != crc:
        raise Unreadable(BROKEN, "校验和不对，传送中损坏了")
    return content


_known = remembered(256, TEXT)(_unpacked)
"""The same of small parts, of which most are in every file: styles, relations."""


def _decoded(raw: bytes, flags: int) -> str:
    """A name as it is written; old Chinese zips carry it in GBK without saying so."""
    if flags & _UTF8 or raw.isascii():
        return raw.decode("utf-8", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


@remembered(256, 256)
def _name(raw: bytes, flags: int) -> str:
    """The name of an entry, if it is one that stays in its folder."""
    name = _decoded(raw, flags).replace("\\", "/")
    if "\0" in name or ".." in name.split("/") or name.startswith("//"):
        raise Unreadable(HOSTILE, "部件的名字不正常")
    return name.removeprefix("/")
