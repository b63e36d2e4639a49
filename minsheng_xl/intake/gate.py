"""What a file is, by its content: its ending is never asked."""

import re
from enum import Enum

from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable


class FileKind(Enum):
    """The kinds of file that are told apart. The value is the word for a message."""

    XLSX = ".xlsx 工作簿"
    XLSB = ".xlsb"
    ODS = ".ods"
    NUMBERS = "Numbers 表格"
    OLE = "旧版 Office 文件"
    XML_OF_2003 = "Excel 2003 XML"
    FLAT_ODF = "flat ODF（.fods）"
    TABLE_PAGE = "网页（HTML）表格"
    UNICODE_TEXT = "Unicode 文本"
    TABBED_TEXT = "制表符分隔的文本"
    CSV = "CSV 文本"
    ZIP = "压缩包"
    RAR = "rar 压缩包"
    SEVEN = "7z 压缩包"
    PACKED = "压缩包（tar、gz、cab 一类）"
    MAIL = "邮件（.eml）"
    OUTLOOK = "Outlook 邮件（.msg）"
    WINMAIL = "Outlook 附件包（winmail.dat）"
    PAGE_ARCHIVE = "网页存档（.mht）"
    CODED = "没有解码的邮件附件"
    ESAFENET = "亿赛通"
    GREEN_SHIELD = "绿盾"
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

    @property
    def is_packed(self) -> bool:
        """Whether files are packed in it, in a way that is not opened here."""
        return self in (FileKind.RAR, FileKind.SEVEN, FileKind.PACKED)

    @property
    def is_mail(self) -> bool:
        """Whether the form would be an attachment inside it."""
        return self in _MAILS

    @property
    def is_guarded(self) -> bool:
        """Whether a document guard has encrypted it, which opens it for the programs that it trusts."""
        return self in (FileKind.ESAFENET, FileKind.GREEN_SHIELD)

    @property
    def is_text_of_table(self) -> bool:
        """Whether it is a spreadsheet saved as text of one kind or another."""
        return self in _TABLES


_MAILS = (FileKind.MAIL, FileKind.OUTLOOK, FileKind.WINMAIL, FileKind.PAGE_ARCHIVE, FileKind.CODED)
_TABLES = (
    FileKind.XML_OF_2003, FileKind.FLAT_ODF, FileKind.TABLE_PAGE, FileKind.UNICODE_TEXT, FileKind.TABBED_TEXT,
    FileKind.CSV,
)
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
    (b"\x1f\x8b", FileKind.PACKED),
    (b"BZh9", FileKind.PACKED),
    (b"\xfd7zXZ", FileKind.PACKED),
    (b"\x28\xb5\x2f\xfd", FileKind.PACKED),
    (b"MSCF", FileKind.PACKED),
    (b"\x60\xea", FileKind.PACKED),
    (b"\x78\x9f\x3e\x22", FileKind.WINMAIL),
    (b"%TSD-Header-###%", FileKind.GREEN_SHIELD),
)
"""How files of a kind begin."""
_OFD, _TYPES, _MIMETYPE, _MANIFEST = "ofd.xml", "[content_types].xml", "mimetype", "meta-inf/manifest.xml"
_HEAD = 4096
_HEADER = re.compile(r"^([a-z][a-z0-9-]*):", re.M)
_OF_MAIL = frozenset({
    "from", "to", "cc", "subject", "date", "message-id", "mime-version", "received", "return-path", "reply-to",
    "delivered-to", "content-type", "content-transfer-encoding", "content-disposition", "x-mailer", "sender",
})
_CODED = re.compile(rb"(?:UEsDB|0M8R4KGxGuE)[A-Za-z0-9+/\r\n]{200}")
"""A zip, or an old Office file, in base64."""
_PACKED_ENDINGS = (
    b".xlsx", b".xls", b".xlsm", b".xlsb", b".et", b".ods", b".docx", b".doc", b".wps", b".pdf", b".jpg", b".jpeg",
    b".png", b".zip", b".rar", b".7z", b".eml",
)


def kind_of(content: bytes) -> FileKind:
    """The kind of a file. A zip that is damaged counts as a workbook, unless it begins with a file that
    somebody packed: reading it says what is wrong."""
    if content.startswith(b"PK"):
        try:
            return package_kind(Container(content, parcel=True))
        except Unreadable:
            return FileKind.ZIP if _begins_a_parcel(content) else FileKind.XLSX
    if not content:
        return FileKind.EMPTY
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if b"E-SafeNet" in content[:64]:
        return FileKind.ESAFENET
    if b"ftyp" in content[4:12]:  # heic, a telephone's photograph
        return FileKind.PICTURE
    if content[257:262] == b"ustar" or content[2:5] == b"-lh":
        return FileKind.PACKED
    return _kind_of_text(content)


def _begins_a_parcel(content: bytes) -> bool:
    """Whether the first file in a zip is one that people pack, not a part of a package."""
    name = content[30 : 30 + int.from_bytes(content[26:28], "little")].lower()
    return name.endswith(_PACKED_ENDINGS) and not name.startswith((b"xl/", b"word/", b"ppt/", b"pictures/", b"media/"))


def _kind_of_text(content: bytes) -> FileKind:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_wide and b"\0" in content[:_HEAD]:
        return FileKind.OTHER
    start = text_of(content[:_HEAD]).lstrip(" \r\n\t").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<html" not in start:
        return FileKind.XML_OF_2003
    if start.startswith("<?xml") and "<office:document" in start:
        return FileKind.FLAT_ODF
    if start.startswith(("<!doctype html", "<html", "<?xml", "<table", "<meta")):
        return FileKind.TABLE_PAGE if b"<table" in content[: 1 << 20].replace(b"\0", b"").lower() else FileKind.WEB
    mail = _kind_of_mail(start)
    if mail is not None:
        return mail
    if _CODED.match(content.lstrip()[:400]):
        return FileKind.CODED
    return _kind_of_lines(start, is_wide=is_wide)


def _kind_of_mail(start: str) -> FileKind | None:
    """The kind of a file that begins with headers as mails have; None if it does not."""
    headers = start.replace("\r\n", "\n").partition("\n\n")[0]
    named = set(_HEADER.findall(headers))
    if headers[:1].isalpha() and "x-document-type: workbook" in headers:
        return FileKind.TABLE_PAGE  # as Excel saves a page in a single file
    if len(named & _OF_MAIL) < 2:
        return FileKind.WEB if start.startswith("mime-version:") else None
    return FileKind.MAIL if "multipart/related" not in headers or "to" in named else FileKind.PAGE_ARCHIVE


def _kind_of_lines(start: str, *, is_wide: bool) -> FileKind:
    """Whether lines are rows of cells: two of the first ones are divided alike."""
    lines = [line for line in start.splitlines()[:20] if line.strip()]
    for sign, kind in (("\t", FileKind.TABBED_TEXT), (",", FileKind.CSV), (";", FileKind.CSV)):
        counts = [line.count(sign) for line in lines if sign in line]
        if len(counts) > len(set(counts)):
            return FileKind.UNICODE_TEXT if is_wide else kind
    return FileKind.TEXT


def text_of(content: bytes) -> str:
    """A text, as the programs of a Chinese desk write it: with a mark of its order, in UTF-8 or in GBK."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 4:  # it ends within a sign
            return content[: error.start].decode("utf-8-sig")
        return content.decode("gb18030", "replace")


def package_kind(container: Container) -> FileKind:
    """The kind of a zip, by its parts. Raises Unreadable."""
    names = container.entries
    if _MIMETYPE in names and _TYPES in names:
        return FileKind.OTHER  # a workbook to one program, another to the next
    if _MIMETYPE in names and names[_MIMETYPE].size < 100:
        told = container.read(_MIMETYPE)
        return FileKind.ODS if b"spreadsheet" in told else FileKind.WORD
    if _OFD in names:
        return FileKind.PDF
    if _TYPES not in names:
        return _unmarked_kind(list(names))
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if any(name.startswith("word/") for name in names):
        return FileKind.WORD
    return FileKind.SLIDES if any(name.startswith("ppt/") for name in names) else FileKind.XLSX


def _unmarked_kind(names: list[str]) -> FileKind:
    """The kind of a zip that does not say what it is: a package that lost its mark, or was packed together
    with its folder, is one file still; all else is a parcel."""
    for part, kind in (
        ("xl/workbook.xml", FileKind.XLSX), ("xl/worksheets/sheet1.xml", FileKind.XLSX),
        ("xl/workbook.bin", FileKind.XLSB), ("word/document.xml", FileKind.WORD),
        ("ppt/presentation.xml", FileKind.SLIDES), (_MANIFEST, FileKind.ODS),
    ):
        folders = [name.removesuffix(part) for name in names if name.endswith(part)]
        if folders and all(name.startswith(folders[0]) for name in names):
            return kind
    if "content.xml" in names and not {"meta.xml", "styles.xml", "settings.xml"}.isdisjoint(names):
        return FileKind.ODS
    return FileKind.NUMBERS if any(name.endswith(".iwa") for name in names) else FileKind.ZIP
