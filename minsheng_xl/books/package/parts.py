"""The parts of a package as bytes: what is not touched is copied as it lies in the file, packed and all."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_UTF8, _VERSION, _DAY = 0x800, 20, 0x21  # 1980-01-01: bytes must not depend on the clock


class Parts:
    """The parts of an .xlsx or .xlsm, by name; some may be replaced, added or dropped."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._entries = {entry.filename: entry for entry in zipfile.ZipFile(io.BytesIO(content)).infolist() if not entry.is_dir()}
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
        for name in self:
            if name in self._new:
                content = self._new[name]
                packer = zlib.compressobj(6, zlib.DEFLATED, -15)
                data, size, crc, method = packer.compress(content) + packer.flush(), len(content), zlib.crc32(content), 8
            else:
                entry = self._entries[name]
                data, size, crc, method = self._packed(entry), entry.file_size, entry.CRC, entry.compress_type
            raw = name.encode()
            flags = 0 if raw.isascii() else _UTF8
            place = len(out)
            out += _LOCAL.pack(_LOCAL_MARK, _VERSION, flags, method, 0, _DAY, crc, len(data), size, len(raw), 0) + raw + data
            central += _CENTRAL.pack(_CENTRAL_MARK, _VERSION, _VERSION, flags, method, 0, _DAY, crc, len(data), size, len(raw), 0, 0, 0, 0, 0, place) + raw
        count = len(list(self))
        return bytes(out + central + _END.pack(_END_MARK, 0, 0, count, count, len(central), len(out), 0))
