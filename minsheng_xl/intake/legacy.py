"""Formats that are not ours: encrypted packages, the older and open formats, and tables saved as text.

Neither formulas nor number formats are to be had of them as they are of an .xlsx: of such a file it can be told
whose it is, but no figure can be proved, so no cell is read. Whose it is stands in its properties and in the
printed line at the foot, which are sought without making anything of the rest: however large a sheet is.
"""

import io
from collections.abc import Mapping
from xml.etree import ElementTree

from minsheng_xl.books.package.container import PART_LIMIT, Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.markup import as_utf8, parse_xml
from minsheng_xl.books.package.read import RawCell, RawSheet, RawWorkbook, read_package
from minsheng_xl.forms.identity import FORM_SHEET
from minsheng_xl.intake.gate import FileKind, kind_of, text_of
from minsheng_xl.intake.identity import says_whose
from minsheng_xl.intake.traces import lines_in_binary, lines_in_text, ole_properties, properties_in_text
from minsheng_xl.problems import Problem
from minsheng_xl.rules.files import (
    BROKEN,
    DEFAULT_PASSWORD,
    ENCLOSED,
    ENCRYPTED,
    KIND,
    LIMITS,
    OLD_FORMAT,
    OTHER_TABLE,
)

_DEFAULT_PASSWORD = "VelvetSweatshop"  # what Excel tries unasked; [MS-OFFCRYPTO] 2.1.5 names it for .xls
_LONGEST_TEXT = 8 << 20
_PARTS = {
    FileKind.XLSB: ("docProps/custom.xml", "xl/sharedStrings.bin"),
    FileKind.ODS: ("meta.xml", "content.xml"),
    FileKind.NUMBERS: (),
}
"""Where properties and cells are, by kind of package."""
_FILE_PASSWORD = 0x002F
_FIRST_RECORDS = 64


def read_legacy(content: bytes, kind: FileKind) -> tuple[RawWorkbook, list[Problem]]:
    """What a file in another format than .xlsx says of itself; one under Excel's default password is read
    whole. Raises Unreadable."""
    if kind is FileKind.OLE:
        return _compound(content)
    if kind.is_text_of_table:
        text = text_of(content[:_LONGEST_TEXT])
        found = _workbook(properties_in_text(text), lines_in_text(text))
        if not found.properties and not found.sheets[0].cells:
            raise Unreadable(OTHER_TABLE, kind.value)
    else:
        found = _package(Container(content, parcel=True), kind)
    return found, [OLD_FORMAT.problem(reason=kind.value)]


def _workbook(properties: Mapping[str, str], lines: list[str]) -> RawWorkbook:
    """A workbook of which only whose it is is known."""
    sheet = RawSheet(FORM_SHEET)
    sheet.cells.update({(row, 0): RawCell("s", line) for row, line in enumerate(lines)})
    return RawWorkbook([sheet], {name: as_utf8(value) for name, value in properties.items()})


def _package(container: Container, kind: FileKind) -> RawWorkbook:
    properties: dict[str, str] = {}
    lines: list[str] = []
    if "META-INF/manifest.xml" in container and b"encryption-data" in container.read("META-INF/manifest.xml"):
        raise Unreadable(ENCRYPTED)
    for name in _PARTS[kind]:
        if name in container and not says_whose(properties):
            if container.entries[name.lower()].size > PART_LIMIT:
                raise Unreadable(LIMITS, "表太大")
            part = container.read(name)
            text = text_of(part[:_LONGEST_TEXT]) if name.endswith(".xml") else ""
            properties |= properties_in_text(text)
            lines += lines_in_text(text) if text else lines_in_binary(part)
    if kind is FileKind.ODS and not properties and not lines:
        _parse(container)
    return _workbook(properties, lines)


def _parse(container: Container) -> None:
    """Parse the cells of an .ods that says nothing of itself. Raises Unreadable if it is damaged."""
    try:
        parse_xml(container.read("content.xml"))
    except (KeyError, ValueError, ElementTree.ParseError) as error:
        raise Unreadable(BROKEN, ".ods 文件已损坏") from error


def _compound(content: bytes) -> tuple[RawWorkbook, list[Problem]]:
    """A compound file, by its streams: an encrypted package, an old workbook, or something else."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            names = {"/".join(path).lower() for path in ole.listdir()}
            book = next((name for name in ("workbook", "book") if name in names), "")
            if book:
                return _old_workbook(ole, book), [OLD_FORMAT.problem(reason=".xls")]
    except (MemoryError, Unreadable):
        raise
    except Exception as error:  # olefile lets several kinds through
        raise Unreadable(BROKEN, "旧版 Office 文件已损坏") from error
    if "encryptedpackage" in names:
        return read_package(_decrypted(content)), [DEFAULT_PASSWORD.problem()]
    if any(name.startswith(("__properties_version", "__nameid_version")) for name in names):
        raise Unreadable(ENCLOSED, FileKind.OUTLOOK.value)
    if "worddocument" in names:
        raise Unreadable(KIND, f"是{FileKind.WORD.value}")
    kind = FileKind.SLIDES if "powerpoint document" in names else FileKind.OTHER
    raise Unreadable(KIND, f"是{kind.value}")


def _old_workbook(ole: "object", book: str) -> RawWorkbook:
    """What an .xls says of itself. Source: [MS-XLS] 2.4.117, FilePass."""
    stream = ole.openstream(book).read()  # type: ignore[attr-defined]
    place = 0
    for _ in range(_FIRST_RECORDS):
        record, length = (int.from_bytes(stream[place + at : place + at + 2], "little") for at in (0, 2))
        if record == _FILE_PASSWORD:
            raise Unreadable(ENCRYPTED)
        place += 4 + length
    properties: dict[str, str] = {}
    if ole.exists("\x05DocumentSummaryInformation"):  # type: ignore[attr-defined]
        about = ole.openstream("\x05DocumentSummaryInformation").read()  # type: ignore[attr-defined]
        properties = ole_properties(about)
    return _workbook(properties, lines_in_binary(stream))


def _decrypted(content: bytes) -> bytes:
    try:
        import msoffcrypto
    except ImportError as error:  # in the one-file program
        raise Unreadable(ENCRYPTED) from error
    stream = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        file.load_key(password=_DEFAULT_PASSWORD, verify_password=True)
        file.decrypt(stream, verify_integrity=True)
    except MemoryError:
        raise
    except Exception as error:  # a wrong password and a damaged file raise a dozen kinds
        raise Unreadable(ENCRYPTED) from error
    found = stream.getvalue()
    if kind_of(found) is not FileKind.XLSX:
        raise Unreadable(KIND, "不是 Excel 工作簿")
    return found
