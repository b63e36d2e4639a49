"""What a file is, by its content: its ending is never asked."""

from enum import Enum

from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable


class FileKind(Enum):
    """The kinds of file that are told apart. The value is the word for a message."""

    XLSX = ".xlsx 工作簿"
    XLSB = ".xlsb"
    ODS = ".ods"
    OLE = "旧版 Office 文件"
    ZIP = "压缩包"
    RAR = "rar 压缩包"
    SEVEN = "7z 压缩包"
    WORD = "Word 文档"
    SLIDES = "演示文稿"
    PDF = "PDF"
    PICTURE = "图片"
    WEB = "网页"
    TEXT = "文本"
    EMPTY = "空文件"
    OTHER = "认不出的文件"

    @property
    def may_accompany(self) -> bool:
        """Whether it can be an attachment of a return: a scan, a picture, a letter."""
        return self in (FileKind.PDF, FileKind.PICTURE, FileKind.WORD, FileKind.SLIDES)


_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLE),
    (b"%PDF", FileKind.PDF),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"BM", FileKind.PICTURE),
    (b"II*\0", FileKind.PICTURE),
    (b"MM\0*", FileKind.PICTURE),
    (b"RIFF", FileKind.PICTURE),
    (b"Rar!", FileKind.RAR),
    (b"7z\xbc\xaf", FileKind.SEVEN),
)
"""How files of a kind begin."""
_OFD = "ofd.xml"


def kind_of(content: bytes) -> FileKind:
    """The kind of a file. A zip that is damaged counts as a workbook: reading it says what is wrong."""
    if content.startswith(b"PK"):
        try:
            return package_kind(Container(content, parcel=True))
        except Unreadable:
            return FileKind.XLSX
    if not content:
        return FileKind.EMPTY
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    start = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html", b"mime-version:", b"<?xml")):
        return FileKind.WEB
    if b"ftyp" in content[4:12]:  # heic, a telephone's photograph
        return FileKind.PICTURE
    return FileKind.TEXT if b"\0" not in content[:4096] else FileKind.OTHER


def package_kind(container: Container) -> FileKind:
    """The kind of a zip, by its parts. Raises Unreadable."""
    if "mimetype" in container and "[content_types].xml" in container:
        return FileKind.OTHER  # a workbook to one program, another to the next
    if "mimetype" in container and container.entries["mimetype"].size < 100:
        told = container.read("mimetype")
        return FileKind.ODS if b"spreadsheet" in told else FileKind.WORD
    if _OFD in container:
        return FileKind.PDF
    if "[content_types].xml" not in container:
        return FileKind.ZIP
    names = container.entries
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if any(name.startswith("word/") for name in names):
        return FileKind.WORD
    return FileKind.SLIDES if any(name.startswith("ppt/") for name in names) else FileKind.XLSX
