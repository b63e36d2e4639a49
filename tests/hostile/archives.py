"""A zip writer that lies on request: every field of every header can be set to anything."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Entry:
    """One member. `local` and `central` hold fields that are to differ from the truth there."""

    name: bytes
    content: bytes
    method: int = 8
    flags: int = 0
    extra: bytes = b""
    descriptor: bool = False
    local: dict[str, int | bytes] = field(default_factory=dict)
    central: dict[str, int | bytes] = field(default_factory=dict)


def entries(parts: dict[str, bytes], **options: object) -> list[Entry]:
    return [Entry(name.encode(), content, **options) for name, content in parts.items()]  # type: ignore[arg-type]


def deflated(content: bytes) -> bytes:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeezer.compress(content) + squeezer.flush()


def archive(
    members: Sequence[Entry], *, before: bytes = b"", comment: bytes = b"", end: dict[str, int] | None = None
) -> bytes:
    """The bytes of a zip; `before` stands in front of it (offsets count from the true start)."""
    out, directory = bytearray(before), bytearray()
    for member in members:
        packed = deflated(member.content) if member.method == 8 else member.content
        truth: dict[str, int | bytes] = {
            "version": 20, "flags": member.flags | (8 if member.descriptor else 0), "method": member.method,
            "crc": zlib.crc32(member.content), "packed": len(packed), "size": len(member.content),
            "name": member.name, "extra": member.extra, "offset": len(out), "attributes": 0,
        }
        here = truth | ({"crc": 0, "packed": 0, "size": 0} if member.descriptor else {}) | member.local
        out += struct.pack(
            "<4sHHHHHIIIHH", b"PK\3\4", here["version"], here["flags"], here["method"], 0, 0x21, here["crc"],
            here["packed"], here["size"], len(_bytes(here["name"])), len(_bytes(here["extra"])),
        ) + _bytes(here["name"]) + _bytes(here["extra"]) + packed
        if member.descriptor:
            out += struct.pack("<4sIII", b"PK\7\x08", truth["crc"], truth["packed"], truth["size"])
        there = truth | member.central
        directory += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 0x314, there["version"], there["flags"], there["method"], 0, 0x21,
            there["crc"], there["packed"], there["size"], len(_bytes(there["name"])), len(_bytes(there["extra"])),
            0, 0, 0, there["attributes"], there["offset"],
        ) + _bytes(there["name"]) + _bytes(there["extra"])
    last = {"disk": 0, "count": len(members), "size": len(directory), "offset": len(out)} | (end or {})
    tail = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", last["disk"], 0, last["count"], last["count"], last["size"], last["offset"], len(comment)
    )
    return bytes(out + directory) + tail + comment


def zip64(parts: dict[str, bytes], *, everywhere: bool = False) -> bytes:
    """Sizes in zip64 fields of the local headers, as streaming writers make it; `everywhere`: of the directory too."""
    members = []
    for name, content in parts.items():
        packed = deflated(content)
        extra = struct.pack("<HHQQ", 1, 16, len(content), len(packed))
        sizes: dict[str, int | bytes] = {"packed": 0xFFFFFFFF, "size": 0xFFFFFFFF, "version": 45}
        members.append(Entry(name.encode(), content, extra=extra, local=dict(sizes), central=dict(sizes) if everywhere else {"extra": b""}))
    return archive(members)


def _bytes(value: int | bytes) -> bytes:
    assert isinstance(value, bytes)
    return value
