"""What a file is, by its content alone."""

import zipfile
from io import BytesIO

import pytest

from minsheng_xl.intake.gate import Kind, kind_of


def zipped(*parts: str, mimetype: bytes = b"") -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for part in parts:
            archive.writestr(part, "x")
    return stream.getvalue()


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", Kind.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", Kind.OLE),
        (b"%PDF-1.7", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
        (b"\xff\xd8\xff\xe0", Kind.PICTURE),
        (b"GIF89a", Kind.PICTURE),
        (b"BM6", Kind.PICTURE),
        (b"II*\0", Kind.PICTURE),
        (b"MM\0*", Kind.PICTURE),
        (b"RIFF....WEBP", Kind.PICTURE),
        (b"\0\0\0\x18ftypheic", Kind.PICTURE),
        (b"Rar!\x1a\x07", Kind.RAR),
        (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN),
        (b"<html><table>", Kind.WEB),
        ("\ufeff \n<!DOCTYPE html>".encode(), Kind.WEB),
        (b"MIME-Version: 1.0", Kind.WEB),
        (b"<?xml version='1.0'?>", Kind.WEB),
        ("编码,指标".encode("gbk"), Kind.TEXT),
        (b"\0\1\2\3", Kind.OTHER),
        (b"PK\x03\x04", Kind.XLSX),  # damaged: reading it says what is wrong
        (zipped(TYPES, "xl/workbook.xml"), Kind.XLSX),
        (zipped(TYPES, "xl/workbook.bin"), Kind.XLSB),
        (zipped(TYPES, "word/document.xml"), Kind.WORD),
        (zipped(TYPES, "ppt/presentation.xml"), Kind.SLIDES),
        (zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), Kind.ODS),
        (zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.text"), Kind.WORD),
        (zipped(TYPES, mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), Kind.OTHER),
        (zipped("OFD.xml"), Kind.PDF),
        (zipped("一.xlsx", "二.xlsx"), Kind.ZIP),
    ],
)
def test_the_kinds(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


def test_what_may_accompany_a_return() -> None:
    assert {kind for kind in Kind if kind.may_accompany} == {Kind.PDF, Kind.PICTURE, Kind.WORD, Kind.SLIDES}
