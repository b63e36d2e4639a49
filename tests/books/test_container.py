"""A zip that can be read in two ways is refused; what normal programs write passes."""

import io
import struct
import zipfile
import zlib

import pytest

from minsheng_xl.books.package import container as module
from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.rules.files import BLANK_ROWS, BROKEN, ENCRYPTED, HOSTILE
from minsheng_xl.rules.model import Rule

LOCAL, CENTRAL = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")


def archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, content in parts.items():
            target.writestr(zipfile.ZipInfo(name.replace("__", "/")), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def patched(content: bytes, mark: bytes, form: struct.Struct, field: int, value: int) -> bytes:
    """An archive with one field of its first head or directory entry changed."""
    place = content.index(mark)
    fields = list(form.unpack_from(content, place))
    fields[field] = value
    return content[:place] + form.pack(*fields) + content[place + form.size :]


def directory(content: bytes, field: int, value: int) -> bytes:
    return patched(content, b"PK\x01\x02", CENTRAL, field, value)


def head(content: bytes, field: int, value: int) -> bytes:
    return patched(content, b"PK\x03\x04", LOCAL, field, value)


ONE = archive(**{"a.xml": b"<a/>" * 9})


def refused(content: bytes) -> Rule:
    with pytest.raises(Unreadable) as told:
        opened = Container(content)
        for entry in opened.entries.values():
            opened.read(entry.name)
    return told.value.rule


def test_a_plain_archive_is_read() -> None:
    found = Container(archive(**{"Xl__A.xml": b"<a/>", "b": b""}))
    assert (found.read("xl/a.XML"), found.read("b"), "XL/A.xml" in found, "c" in found) == (b"<a/>", b"", True, False)
    assert [(entry.name, entry.size, entry.is_folder) for entry in found.entries.values()] == [("Xl/A.xml", 4, False), ("b", 0, False)]
    with pytest.raises(KeyError):
        found.read("c")


def test_the_head_may_leave_sizes_to_what_follows() -> None:
    streamed = head(head(head(head(ONE, 2, 8), 6, 0), 7, 0), 8, 0)
    assert Container(streamed).read("a.xml") == b"<a/>" * 9
    wide = head(head(ONE, 7, 0xFFFFFFFF), 8, 0xFFFFFFFF)
    assert Container(wide).read("a.xml") == b"<a/>" * 9


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (ONE[:-30], BROKEN), (b"", BROKEN), (ONE[:-9], BROKEN), (directory(ONE, 3, 1), ENCRYPTED),
        (directory(ONE, 4, 99), BROKEN), (directory(ONE, 4, 0), HOSTILE), (directory(ONE, 7, 1), HOSTILE),
        (directory(ONE, 9, 37), HOSTILE), (directory(ONE, 9, 0xFFFFFFFF), BROKEN), (directory(ONE, 16, 0xFFFFFF), BROKEN),
        (directory(ONE, 10, 4), HOSTILE), (directory(ONE, 10, 400), BROKEN), (directory(ONE, 12, 5), BROKEN),
        (head(ONE, 3, 0), HOSTILE), (head(ONE, 6, 1), HOSTILE), (head(ONE, 7, 1), HOSTILE), (head(ONE, 8, 1), HOSTILE),
        (head(ONE, 10, 60000), BROKEN), (ONE.replace(b"a.xml", b"b.xml", 1), HOSTILE),
        (archive(a=b"1", A=b"2"), HOSTILE), (archive(**{"..__a": b"1"}), HOSTILE),
    ],
)
def test_what_is_refused(content: bytes, rule: Rule) -> None:
    assert refused(content) is rule


def test_contents_are_of_the_size_and_sum_that_were_said() -> None:
    both = head(directory(ONE, 7, zlib.crc32(b"x")), 6, zlib.crc32(b"x"))
    assert refused(both) is BROKEN
    assert refused(head(directory(ONE, 9, 35), 8, 35)) is BROKEN
    assert refused(head(directory(ONE, 9, 40), 8, 40)) is BROKEN


def test_parts_do_not_overlap() -> None:
    made = archive(a=b"1" * 50, b=b"2" * 50)
    second = made.index(b"PK\x01\x02", made.index(b"PK\x01\x02") + 1)
    fields = list(CENTRAL.unpack_from(made, second))
    first = CENTRAL.unpack_from(made, made.index(b"PK\x01\x02"))
    fields[4], fields[7:11], fields[16] = first[4], list(first[7:11]), first[16]
    twice = made[:second] + CENTRAL.pack(*fields) + b"a" + made[second + CENTRAL.size + 1 :]
    assert refused(twice) is HOSTILE


def test_what_is_abnormally_large_is_refused_unless_somebody_packed_a_parcel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PART_LIMIT", 30)
    assert refused(ONE) is HOSTILE
    assert Container(ONE, parcel=True).read("a.xml") == b"<a/>" * 9
    monkeypatch.undo()
    dense = archive(a=b"0" * (2 << 20))
    assert refused(dense) is HOSTILE
    assert len(Container(dense, parcel=True).read("a")) == 2 << 20
    monkeypatch.setattr(module, "TOTAL_LIMIT", 40)
    assert Container(ONE).read("a.xml")
    assert refused(archive(a=b"1" * 21, b=b"2" * 20)) is HOSTILE


def test_a_parcel_may_hold_names_that_differ_in_capitals_only() -> None:
    assert [entry.name for entry in Container(archive(a=b"1", A=b"2"), parcel=True).entries.values()] == ["a", "A"]


def test_old_chinese_names() -> None:
    named = directory(ONE, 3, 0).replace(b"a.xml", "表.x".encode("gb18030") + b"y")
    assert [entry.name for entry in Container(named).entries.values()] == ["表.xy"]


def test_a_sheet_that_is_too_long_is_said_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PART_LIMIT", 50)
    long = archive(**{"xl__worksheets__sheet1.xml": b"<row/>" * 9, "xl__workbook.xml": b"<a/>"})
    opened = Container(long)
    assert opened.read("xl/workbook.xml") == b"<a/>"
    assert refused(long) is BLANK_ROWS
    assert refused(archive(**{"xl__styles.xml": b"<row/>" * 9})) is HOSTILE, "no other part is as long"
    assert len(Container(long, parcel=True).read("xl/worksheets/sheet1.xml")) == 54
    monkeypatch.setattr(module, "TOTAL_LIMIT", 50)
    assert Container(long).read("xl/workbook.xml") == b"<a/>", "it is not inflated"
