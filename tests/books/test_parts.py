"""The parts of a package: what is not touched is copied as it lies."""

import io
import zipfile
import zlib

import pytest

from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.parts import Parts

TEXT = "县民政局".encode() * 200


def package() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.xml", TEXT, zipfile.ZIP_DEFLATED, compresslevel=1)
        archive.writestr("xl/", b"")
        archive.writestr("xl/图.bin", bytes(range(256)), zipfile.ZIP_STORED)
        archive.writestr("z.xml", b"<z/>", zipfile.ZIP_DEFLATED)
    return made.getvalue()


def packed_bytes(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(name)
    start = entry.header_offset + 30 + len(name.encode())
    return content[start : start + entry.compress_size]


def test_parts_are_read() -> None:
    parts = Parts(package())
    assert list(parts) == ["a.xml", "xl/图.bin", "z.xml"]
    assert (parts.read("a.xml"), parts.read("xl/图.bin")) == (TEXT, bytes(range(256)))
    assert "xl/" not in parts
    with pytest.raises(KeyError):
        parts.read("b.xml")


def test_what_is_replaced_added_and_dropped() -> None:
    parts = Parts(package())
    parts.replace("z.xml", b"<y/>")
    parts.replace("a.xml", TEXT)
    parts.replace("新.xml", b"<n/>")
    parts.drop("xl/图.bin")
    parts.drop("nothing")
    assert parts.changed == ("z.xml", "新.xml")
    assert (parts.read("z.xml"), "xl/图.bin" in parts, "新.xml" in parts) == (b"<y/>", False, True)
    made = parts.packed()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.xml": TEXT, "z.xml": b"<y/>", "新.xml": b"<n/>"}
        assert [(one.date_time, one.compress_type) for one in archive.infolist()] == [((1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED)] * 3
    whole = Container(made)
    assert {entry.name: whole.read(entry.name) for entry in whole.entries.values()} == {"a.xml": TEXT, "z.xml": b"<y/>", "新.xml": b"<n/>"}


def test_what_is_not_touched_is_copied_packed_and_all() -> None:
    content = package()
    parts = Parts(content)
    parts.replace("z.xml", b"<y/>")
    made = parts.packed()
    for name in ("a.xml", "xl/图.bin"):
        assert packed_bytes(made, name) == packed_bytes(content, name)
    assert zlib.decompress(packed_bytes(made, "z.xml"), -15) == b"<y/>"


def test_a_part_that_is_dropped_after_it_was_replaced_is_gone() -> None:
    parts = Parts(package())
    parts.replace("z.xml", b"<y/>")
    parts.drop("z.xml")
    assert (parts.changed, "z.xml" in parts, list(parts)) == ((), False, ["a.xml", "xl/图.bin"])
