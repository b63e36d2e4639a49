"""The parts of a package as bytes: what is not touched is copied as it lies in the file, packed and all."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_LOCAL, _CENTRAL = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_UTF8, _VERSION, _DAY = 0x800, 20, 0x21  # 1980-01-01: bytes must not depend on the clock


class Parts:
    """The parts of an .xlsx or .xlsm, by name; some may be replaced, added or dropped."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self._new: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._entries or name in self._new

    def __iter__(self) -> Iterator[str]:
        return iter([*self._entries, *(name for name in self._new if name not in self._entries)])

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises KeyError, zlib.error."""
        if name in self._new:
            return self._new[name]
        entry = self._entries[name]
        packed = self._packed(entry)
        return packed if entry.compress_type == zipfile.ZIP_STORED else zlib.decompress(packed, -15)

    def replace(self, name: str, content: bytes) -> None:
        """Put other bytes in the place of a part, unless they are the same."""
        if name not in self or self.read(name) != content:
            self._new[name] = content

    def drop(self, name: str) -> None:
        self._entries.pop(name, None)
        self._new.pop(name, None)

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the parts that were replaced or added."""
        return tuple(self._new)

    def _packed(self, entry: zipfile.ZipInfo) -> bytes:
        fields = _LOCAL.unpack_from(self._content, entry.header_offset)
        start = entry.header_offset + _LOCAL.size + fields[9] + fields[10]
        return self._content[start : start + entry.compress_size]

    def packed(self) -> bytes:
        """The package, with its parts in their order."""
        out, central = bytearray(), bytearray()
        names = list(self)
        for name in names:
            raw, (about, data) = name.encode(), self._stored(name)
            flags, place = 0 if raw.isascii() else _UTF8, len(out)
            said = (flags, about.method, 0, _DAY, about.crc, len(data), about.size, len(raw))
            out += _LOCAL.pack(_LOCAL_MARK, _VERSION, *said, 0) + raw + data
            central += _CENTRAL.pack(_CENTRAL_MARK, _VERSION, _VERSION, *said, 0, 0, 0, 0, 0, place) + raw
        count = len(names)
        return bytes(out + central + _END.pack(_END_MARK, 0, 0, count, count, len(central), len(out), 0))

    def _stored(self, name: str) -> "tuple[_About, bytes]":
        """A part as it lies in the package: what is new is packed, the rest is copied."""
        if name not in self._new:
            entry = self._entries[name]
            return _About(entry.compress_type, entry.CRC, entry.file_size), self._packed(entry)
        content = self._new[name]
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        data = packer.compress(content) + packer.flush()
        return _About(zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content)), data


class _About(NamedTuple):
    method: int
    crc: int
    size: int
