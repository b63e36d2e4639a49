"""What kind of paper a file is, by what it carries inside, and who reads it."""

import io
import re
from typing import NamedTuple

from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.intake.gate import FileKind, kind_of, text_of
from minsheng_xl.papers.docx import read_docx
from minsheng_xl.papers.plain import read_text
from minsheng_xl.papers.refusals import BLANK, BROKEN, LOCKED, OF_KIND, OFD, TOO_LARGE, UNKNOWN, Refused, refusal_of
from minsheng_xl.papers.sheets import read_sheets
from minsheng_xl.papers.webpage import read_page
from minsheng_xl.published.paper import Document

_WORD_XML = re.compile(rb"<w:wordDocument|pkg:package|progid=\"Word.Document\"")
_PAGE = re.compile(
    r"(?:<!--.*?-->\s*)*<(?:html|body|table|div|p|span|h[1-6]|center|font|section|article|ul|ol)\b", re.S
)
_IN_2003 = {FileKind.XML_OF_2003: ".xml", FileKind.XLSB: ".xlsb", FileKind.ODS: ".ods", FileKind.NUMBERS: ""}
_HEAD = 4096
_LONGEST_TEXT = 16 << 20
_WORD_FLAGS, _ENCRYPTED = slice(10, 12), 0x0100
"""In the head of a Word document: [MS-DOC] 2.5.2, fEncrypted."""


class PaperRead(NamedTuple):
    """What came of reading: the paper; or the ending (.doc) of what LibreOffice must make a newer file of."""

    document: Document | None
    old: str = ""


def read_any(content: bytes, *, is_pasted: bool = False) -> PaperRead:
    """Read a paper of any kind. Raises Refused."""
    try:
        answer = PaperRead(_pasted(content.decode("utf-8"))) if is_pasted else _read(content)
    except Unreadable as error:
        raise Refused(refusal_of(error)) from error
    except (ValueError, KeyError, SyntaxError) as error:  # XML that is cut off, parts that are missing
        raise Refused(BROKEN) from error
    if answer.document is not None and not answer.document.blocks:
        raise Refused(BLANK)
    return answer


def _pasted(text: str) -> Document:
    return read_page(text.encode()) if _PAGE.match(text.lstrip()) else read_text(text)


def _read(content: bytes) -> PaperRead:
    kind = kind_of(content)
    if kind in (FileKind.WORD, FileKind.PDF, FileKind.XLSX) and content.startswith(b"PK"):
        return _package(content, kind)
    if kind is FileKind.OLE:
        return PaperRead(None, _compound(content))
    if kind is FileKind.PDF:
        from minsheng_xl.papers.pdf import read_pdf

        return PaperRead(read_pdf(content))
    if content.startswith(b"{\\rtf"):
        return PaperRead(None, ".rtf")
    if _WORD_XML.search(content[:_HEAD]):
        return PaperRead(None, ".xml")
    if kind is FileKind.FLAT_ODF:
        return PaperRead(None, ".fods" if b"<office:spreadsheet" in content else ".fodt")
    if _IN_2003.get(kind):
        return PaperRead(None, _IN_2003[kind])
    return PaperRead(_text(content, kind))


def _text(content: bytes, kind: FileKind) -> Document:
    if kind in OF_KIND:
        raise Refused(OF_KIND[kind])
    if kind is FileKind.PAGE_ARCHIVE:
        return _archived(content)
    if kind not in _TEXTS:
        raise Refused(UNKNOWN)
    if len(content) > _LONGEST_TEXT:
        raise Refused(TOO_LARGE.format(reason=f"{len(content) >> 20} MB 的文字"))
    if kind in (FileKind.TABLE_PAGE, FileKind.WEB) or _PAGE.match(text_of(content[:_HEAD]).lstrip()):
        return read_page(content)
    return read_text(text_of(content))


_TEXTS = (
    FileKind.TABLE_PAGE, FileKind.WEB, FileKind.TEXT, FileKind.CSV, FileKind.TABBED_TEXT, FileKind.UNICODE_TEXT,
)


def _package(content: bytes, kind: FileKind) -> PaperRead:
    """A zip with parts: which programs write it shows by their names."""
    names = Container(content, parcel=True).entries
    if kind is FileKind.PDF:
        raise Refused(OFD)
    if kind is FileKind.XLSX:
        return PaperRead(read_sheets(content))
    if any(name.startswith("word/") for name in names):
        return PaperRead(read_docx(content))
    return PaperRead(None, ".odt")


def _compound(content: bytes) -> str:
    """The ending of an old Office file. Raises Refused if it is locked, or none."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            names = {"/".join(path).lower() for path in ole.listdir()}
            head = ole.openstream("WordDocument").read(12) if "worddocument" in names else b""
    except MemoryError:
        raise
    except Exception as error:  # olefile lets several kinds through
        raise Refused(BROKEN) from error
    if "encryptedpackage" in names or int.from_bytes(head[_WORD_FLAGS], "little") & _ENCRYPTED:
        raise Refused(LOCKED)
    if head:
        return ".doc"
    if {"workbook", "book"} & names:
        return ".xls"
    raise Refused(OF_KIND[FileKind.SLIDES] if "powerpoint document" in names else UNKNOWN)


def _archived(content: bytes) -> Document:
    """The page of an archive that a browser saved as one file."""
    import email
    from email import policy

    message = email.message_from_bytes(content, policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise Refused(UNKNOWN)
    payload = page.get_payload(decode=True)
    return read_page(payload if isinstance(payload, bytes) else b"")


