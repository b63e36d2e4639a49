"""Writers of what mails carry and no library of ours writes: winmail.dat, .msg, .rar.

Sources: MS-OXTNEF, MS-OXMSG and MS-CFB, the technote of RAR 5.0 on rarlab.com.
"""

import struct
import zlib
from collections.abc import Sequence

_LONG_NAME, _OBJECT = 0x3707, 0x3701
_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")


def tnef(files: Sequence[tuple[str, bytes]], *, wide: bool = True, letters: Sequence[bytes] = (), body: str = "") -> bytes:
    """winmail.dat with these files; long names as wide texts or in the local code page alone; mails put in as such."""
    out = bytearray(struct.pack("<IH", 0x223E9F78, 1))

    def attribute(level: int, name: int, value: bytes) -> None:
        out.extend(struct.pack("<BII", level, name, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF))

    attribute(1, 0x00089006, struct.pack("<I", 0x10000))
    attribute(1, 0x00069007, struct.pack("<II", 936, 0))
    attribute(1, 0x00018004, "十月的表\0".encode("gbk"))
    if body:
        attribute(1, 0x0002800C, body.encode("gbk") + b"\0")
    for name, content in files:
        attribute(2, 0x00069002, bytes(14))
        attribute(2, 0x00018010, name.encode("gbk") + b"\0")
        attribute(2, 0x0006800F, content)
        if wide:
            attribute(2, 0x00069005, _properties([(0x001F, _LONG_NAME, (name + "\0").encode("utf-16-le"))]))
    for content in letters:
        attribute(2, 0x00069002, bytes(14))
        attribute(2, 0x00069005, _properties([(0x0003, 0x3705, struct.pack("<I", 5)), (0x000D, _OBJECT, _MESSAGE + content)]))
    return bytes(out)


def _properties(told: Sequence[tuple[int, int, bytes]]) -> bytes:
    out = bytearray(struct.pack("<I", len(told)))
    for kind, name, value in told:
        out += struct.pack("<HH", kind, name)
        if kind in (0x001E, 0x001F, 0x000D, 0x0102):
            out += struct.pack("<II", 1, len(value))
        out += value + bytes(-len(value) % 4)
    return bytes(out)


def rar(files: Sequence[tuple[str, bytes]], *, locked: bool = False) -> bytes:
    """A parcel of RAR 5 whose files are stored."""

    def block(body: bytes, data: bytes = b"") -> bytes:
        size = _vint(len(body))
        return struct.pack("<I", zlib.crc32(size + body)) + size + body + data

    out = bytearray(b"Rar!\x1a\x07\x01\x00")
    if locked:
        out += block(_vint(4) + _vint(0) + _vint(0) + _vint(0) + b"\x0f" + bytes(16))  # the names are encrypted too
        return bytes(out) + bytes(64)
    out += block(_vint(1) + _vint(0) + _vint(0))
    for name, content in files:
        raw = name.encode()
        body = (
            _vint(2) + _vint(2) + _vint(len(content)) + _vint(4) + _vint(len(content)) + _vint(0o100644)
            + struct.pack("<I", zlib.crc32(content)) + _vint(0) + _vint(1) + _vint(len(raw)) + raw
        )
        out += block(body, content)
    return bytes(out + block(_vint(5) + _vint(0) + _vint(0)))


def _vint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def msg(files: Sequence[tuple[str, bytes]], *, subject: str = "十月的表", sender: str = "zhang@x.gov.cn", inner: "Tree | None" = None) -> bytes:
    """A mail as Outlook keeps it."""
    return compound(msg_tree(files, subject=subject, sender=sender, inner=inner))


Tree = dict[str, "bytes | Tree"]


def msg_tree(files: Sequence[tuple[str, bytes]], *, subject: str, sender: str, inner: "Tree | None" = None) -> Tree:
    tree: Tree = {
        "__properties_version1.0": bytes(32), "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": "请查收".encode("utf-16-le"), "__substg1.0_5D01001F": sender.encode("utf-16-le"),
    }
    for number, (name, content) in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8), "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": content,
        }
    if inner is not None:
        tree[f"__attach_version1.0_#{len(files):08X}"] = {"__properties_version1.0": bytes(8), "__substg1.0_3701000D": inner}
    return tree


_SECTOR, _END, _FREE, _FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(tree: Tree) -> bytes:
    """A compound file of these storages and streams, each stream in sectors of its own: none is small enough for the
    little ones, for each is filled up."""
    entries: list[list[object]] = [["Root Entry", 5, _FREE, b""]]

    def add(children: Tree) -> int:
        """The number of the first of the children, the next ones at its right."""
        numbers = []
        for name in sorted(children, key=lambda one: (len(one), one.upper())):
            numbers.append(len(entries))
            entries.append([name, 2, _FREE, b"", _FREE])
        for number, name in zip(numbers, sorted(children, key=lambda one: (len(one), one.upper())), strict=True):
            found = children[name]
            if isinstance(found, dict):
                entries[number][1] = 1
                entries[number][2] = add(found)
            else:
                entries[number][3] = found
        for number, right in zip(numbers, [*numbers[1:], _FREE], strict=True):
            entries[number][4] = right
        return numbers[0] if numbers else _FREE

    entries[0][2] = add(tree)
    sectors: list[bytes] = []
    table: list[int] = []

    def place(content: bytes) -> int:
        if not content:
            return _END
        first = len(sectors)
        count = -(-len(content) // _SECTOR)
        for number in range(count):
            sectors.append(content[number * _SECTOR : (number + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            table.append(first + number + 1 if number + 1 < count else _END)
        return first

    small: list[bytes] = []
    small_table: list[int] = []

    def place_small(content: bytes) -> int:
        first = len(small)
        count = -(-len(content) // 64)
        for number in range(count):
            small.append(content[number * 64 : (number + 1) * 64].ljust(64, b"\0"))
            small_table.append(first + number + 1 if number + 1 < count else _END)
        return first if count else _END

    rows = []
    for name, kind, child, content, *right in entries:
        assert isinstance(content, bytes)
        start = place(content) if len(content) >= 4096 else place_small(content)
        rows.append((str(name), kind, child, right[0] if right else _FREE, start if kind == 2 else 0, len(content)))
    ministream = b"".join(small)
    root_start = place(ministream)
    rows[0] = (rows[0][0], 5, rows[0][2], _FREE, root_start, len(ministream))
    mini_start = place(b"".join(struct.pack("<I", one) for one in small_table).ljust(-(-max(1, len(small_table)) * 4 // _SECTOR) * _SECTOR, b"\xff"))
    directory = bytearray()
    for name, kind, child, right, start, size in rows:
        raw = name.encode("utf-16-le")
        directory += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, _FREE, right, child)
        directory += bytes(36) + struct.pack("<IQ", start, size)
    directory_start = place(bytes(directory))
    count = 1
    while count * 128 < len(table) + count:
        count += 1
    table_start = len(sectors)
    table += [_FAT] * count
    packed = b"".join(struct.pack("<I", one) for one in table).ljust(count * _SECTOR, b"\xff")
    sectors += [packed[number * _SECTOR : (number + 1) * _SECTOR] for number in range(count)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, count, directory_start, 0, 4096, mini_start, max(1, -(-len(small_table) // 128)), _END, 0)
    head += b"".join(struct.pack("<I", table_start + number if number < count else _FREE) for number in range(109))
    assert count <= 109
    return head + b"".join(sectors)
