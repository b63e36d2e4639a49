"""A compound file (the container of vbaProject.bin): storages and streams, written whole.

Source: [MS-CFB], version 3 files: sectors of 512 bytes, streams below 4,096 bytes in the mini stream.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]
"""A storage: streams as bytes, storages as mappings, by name."""

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _CHAIN_END, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_ENTRIES_IN_HEADER = 109
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")


@dataclass
class _Stored:
    name: str
    kind: int
    content: bytes = b""
    color: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0
    size: int = 0
    below: list[int] = field(default_factory=list)


def compound_file(root: Tree) -> bytes:
    """The bytes of a compound file. Raises ValueError if it is larger than its header can tell (some 7 MB)."""
    entries = _entries(root)
    sectors: list[bytes] = []
    fat: list[int] = []
    mini, mini_fat = _streams(entries, sectors, fat)
    entries[0].start, entries[0].size = _chained(mini, sectors, fat) if mini else _CHAIN_END, len(mini)
    mini_table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_table += b"\xff" * (-len(mini_table) % _SECTOR)
    mini_start = _chained(mini_table, sectors, fat) if mini_table else _CHAIN_END
    directory = b"".join(_packed(entry) for entry in entries)
    empty = _ENTRY.pack(b"", 0, 0, 0, _NONE, _NONE, _NONE, b"", 0, 0, 0, 0, 0)
    directory += empty * (-len(entries) % (_SECTOR // _ENTRY.size))
    directory_start = _chained(directory, sectors, fat)
    places = _table_places(fat)
    table = struct.pack(f"<{len(fat)}I", *fat)
    header = struct.pack(
        "<8s16sHHHHH6s9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, len(places), directory_start, 0, _CUTOFF, mini_start, len(mini_table) // _SECTOR, _CHAIN_END, 0,
    )
    header += struct.pack(f"<{_ENTRIES_IN_HEADER}I", *places, *[_FREE] * (_ENTRIES_IN_HEADER - len(places)))
    return header + b"".join(sectors) + table


def _entries(root: Tree) -> list[_Stored]:
    """The root and all below it, hung into trees."""
    entries = [_Stored("Root Entry", _ROOT)]
    _collect(root, entries, 0)
    for entry in entries:
        entry.child = _tree(entry.below, entries, len(entry.below).bit_length())
        if entry.child != _NONE:
            entries[entry.child].color = _BLACK
    return entries


def _streams(entries: list[_Stored], sectors: list[bytes], fat: list[int]) -> tuple[bytes, list[int]]:
    """Give each stream its place: large ones in sectors, small ones in the mini stream, which is returned
    with its table."""
    mini, mini_fat = bytearray(), list[int]()
    for entry in entries:
        if entry.kind != _STREAM:
            continue
        entry.size = len(entry.content)
        if entry.size >= _CUTOFF:
            entry.start = _chained(entry.content, sectors, fat)
        elif entry.size:
            entry.start = len(mini) // _MINI
            mini += entry.content + bytes(-entry.size % _MINI)
            count = len(mini) // _MINI - entry.start
            mini_fat += [*range(entry.start + 1, entry.start + count), _CHAIN_END]
        else:
            entry.start = _CHAIN_END
    return bytes(mini), mini_fat


def _table_places(fat: list[int]) -> list[int]:
    """Append to the table of sectors those that it takes itself, and fill the last; return them."""
    count = 0
    while count * (_SECTOR // 4) < len(fat) + count:
        count += 1
    if count > _ENTRIES_IN_HEADER:
        raise ValueError("the content is too large for a compound file of this kind")
    places = list(range(len(fat), len(fat) + count))
    fat += [_FAT_SECTOR] * count
    fat += [_FREE] * (count * (_SECTOR // 4) - len(fat))
    return places


def _collect(storage: Tree, entries: list[_Stored], parent: int) -> None:
    """Append the entries of a storage, in the order of the standard: by length, then by capital letters."""
    for name in sorted(storage, key=lambda name: (len(name.encode("utf-16-le")), name.upper())):
        content = storage[name]
        entries[parent].below.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Stored(name, _STREAM, content))
        else:
            entries.append(_Stored(name, _STORAGE))
            _collect(content, entries, len(entries) - 1)


def _tree(below: Sequence[int], entries: list[_Stored], levels: int) -> int:
    """Hang siblings, in order, into a balanced tree; those on a last level that is not full are red."""
    if not below:
        return _NONE
    middle = len(below) // 2
    entry = entries[below[middle]]
    entry.left = _tree(below[:middle], entries, levels - 1)
    entry.right = _tree(below[middle + 1 :], entries, levels - 1)
    entry.color = _RED if levels == 1 else _BLACK
    return below[middle]


def _chained(content: bytes, sectors: list[bytes], fat: list[int]) -> int:
    """Append content in sectors of its own; return the first."""
    start = len(sectors)
    sectors += [content[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(content), _SECTOR)]
    fat += [*range(start + 1, len(sectors)), _CHAIN_END]
    return start


def _packed(entry: _Stored) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return _ENTRY.pack(
        name, len(name), entry.kind, entry.color, entry.left, entry.right, entry.child,
        b"", 0, 0, 0, entry.start, entry.size,
    )
