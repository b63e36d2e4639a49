"""OLE compound files by hand: old .xls, .et, and encrypted packages come in this container."""

import struct

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512


def compound(streams: dict[str, bytes]) -> bytes:
    """A version 3 compound file with these streams, each padded beyond the mini-stream limit."""
    padded = {name: content.ljust(max(4096, -(-len(content) // _SECTOR) * _SECTOR), b"\0") for name, content in streams.items()}
    table: list[int] = [_FAT]
    data = bytearray()
    starts: dict[str, int] = {}

    def place(content: bytes) -> int:
        first = len(table)
        count = len(content) // _SECTOR
        table.extend([*range(first + 1, first + count), _END])
        data.extend(content)
        return first

    for name, content in padded.items():
        starts[name] = place(content)
    directory = _entry("Root Entry", 5, child=1 if streams else _FREE)
    for n, (name, content) in enumerate(padded.items(), 1):
        following = n + 1 if n < len(padded) else _FREE
        directory += _entry(name, 2, right=following, start=starts[name], size=len(content))
    directory += bytes(-len(directory) % _SECTOR)
    directory_start = place(directory)
    assert len(table) <= _SECTOR // 4
    fat = struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, directory_start, 0, 4096, _END, 0, _END, 0, 0
    )
    return head + struct.pack("<108I", *[_FREE] * 108) + fat + bytes(data)


def _entry(name: str, kind: int, *, child: int = _FREE, right: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    coded = (name + "\0").encode("utf-16-le")
    return (
        coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded), kind, 1) + struct.pack("<III", _FREE, right, child)
        + bytes(36) + struct.pack("<IQ", start, size)
    )
