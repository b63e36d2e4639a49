"""What a file is, by its content alone."""

import zipfile
from io import BytesIO

import pytest

from minsheng_xl.intake.gate import FileKind, kind_of


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
        (b"", FileKind.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", FileKind.OLE),
        (b"%PDF-1.7", FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
        (b"\xff\xd8\xff\xe0", FileKind.PICTURE),
        (b"GIF89a", FileKind.PICTURE),
        (b"BM6", FileKind.PICTURE),
        (b"II*\0", FileKind.PICTURE),
        (b"MM\0*", FileKind.PICTURE),
        (b"RIFF....WEBP", FileKind.PICTURE),
        (b"\0\0\0\x18ftypheic", FileKind.PICTURE),
        (b"Rar!\x1a\x07", FileKind.RAR),
        (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN),
        (b"<html><table>", FileKind.TABLE_PAGE),
        (b"<html><title>Login</title>", FileKind.WEB),
        ("\ufeff \n<!DOCTYPE html>".encode(), FileKind.WEB),
        (b"MIME-Version: 1.0", FileKind.WEB),
        (b"<?xml version='1.0'?>", FileKind.WEB),
        ("编码,指标".encode("gbk"), FileKind.TEXT),
        (b"\0\1\2\3", FileKind.OTHER),
        (b"PK\x03\x04", FileKind.XLSX),  # damaged: reading it says what is wrong
        (zipped(TYPES, "xl/workbook.xml"), FileKind.XLSX),
        (zipped(TYPES, "xl/workbook.bin"), FileKind.XLSB),
        (zipped(TYPES, "word/document.xml"), FileKind.WORD),
        (zipped(TYPES, "ppt/presentation.xml"), FileKind.SLIDES),
        (zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), FileKind.ODS),
        (zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.text"), FileKind.WORD),
        (zipped(TYPES, mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), FileKind.OTHER),
        (zipped("OFD.xml"), FileKind.PDF),
        (zipped("一.xlsx", "二.xlsx"), FileKind.ZIP),
    ],
)
def test_the_kinds(content: bytes, kind: FileKind) -> None:
    assert kind_of(content) is kind


def test_what_may_accompany_a_return() -> None:
    assert {kind for kind in FileKind if kind.may_accompany} == {FileKind.PDF, FileKind.PICTURE, FileKind.WORD, FileKind.SLIDES}
