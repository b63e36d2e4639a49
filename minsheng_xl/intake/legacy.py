"""Formats that are not ours: encrypted packages, and the older and open formats by python-calamine.

calamine shows neither formulas nor number formats, and reads error cells as blanks: of such a file
it can be told whose it is, but no figure can be proved, so none is taken.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.markup import as_utf8, parse_xml
from minsheng_xl.books.package.read import RawCell, RawSheet, RawWorkbook, read_package
from minsheng_xl.exact.addresses import Place
from minsheng_xl.intake.gate import FileKind, kind_of
from minsheng_xl.intake.identity import says_whose
from minsheng_xl.problems import Problem
from minsheng_xl.rules.files import BROKEN, DEFAULT_PASSWORD, ENCRYPTED, KIND, OLD_FORMAT

_DEFAULT_PASSWORD = "VelvetSweatshop"  # what Excel tries unasked; [MS-OFFCRYPTO] 2.1.5 names it for .xls
_MOST_ROWS, _MOST_COLUMNS = 5000, 200
_META = "meta.xml"
_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_USER_DEFINED, _NAME = f"{_SPACE}user-defined", f"{_SPACE}name"


def read_legacy(content: bytes, kind: FileKind) -> tuple[RawWorkbook, list[Problem]]:
    """Read a workbook in another format than .xlsx. Raises Unreadable."""
    if kind is FileKind.OLE:
        kind_found = _ole_kind(content)
        if kind_found == "encrypted":
            return read_package(_decrypted(content)), [DEFAULT_PASSWORD.problem()]
        if kind_found != ".xls":
            raise Unreadable(KIND, f"是{kind_found}")
        word = ".xls"
    else:
        word = kind.value
    workbook = _opendocument(content) if kind is FileKind.ODS else _calamine(content, word)
    return workbook, [OLD_FORMAT.problem(reason=word)]


def _opendocument(content: bytes) -> RawWorkbook:
    """An .ods, of which its properties tell whose it is, or else its cells.

    calamine gives up on sound ones too, such as those of gnumeric: only one whose content is no XML is damaged.
    """
    container = Container(content)
    properties = _properties(container)
    if says_whose(properties):
        return RawWorkbook([], properties)
    try:
        return _calamine(content, FileKind.ODS.value)
    except Unreadable:
        _parsed(container, "content.xml")
        return RawWorkbook([], properties)


def _properties(container: Container) -> dict[str, str]:
    """The properties that users add to an .ods. Raises Unreadable."""
    if _META not in container:
        return {}
    found = (element for element in _parsed(container, _META).iter() if element.tag == _USER_DEFINED)
    return {element.get(_NAME, ""): as_utf8("".join(element.itertext()).strip()) for element in found}


def _parsed(container: Container, part: str) -> ElementTree.Element:
    """A part of an .ods. Raises Unreadable."""
    try:
        return parse_xml(container.read(part))
    except (KeyError, ValueError, ElementTree.ParseError) as error:
        raise Unreadable(BROKEN, ".ods 文件已损坏") from error


def _ole_kind(content: bytes) -> str:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            names = {"/".join(path).lower() for path in ole.listdir()}
    except Exception as error:  # olefile lets several kinds through
        raise Unreadable(BROKEN, "旧版 Office 文件已损坏") from error
    if "encryptedpackage" in names:
        return "encrypted"
    if names & {"workbook", "book"}:
        return ".xls"
    if "worddocument" in names:
        return FileKind.WORD.value
    return FileKind.SLIDES.value if "powerpoint document" in names else FileKind.OTHER.value


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


def _calamine(content: bytes, word: str) -> RawWorkbook:
    try:
        from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum
    except ImportError as error:  # in the one-file program: whose it is stays unknown
        raise Unreadable(OLD_FORMAT, word) from error
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        for about in book.sheets_metadata:
            sheet = RawSheet(about.name, hidden=about.visible != SheetVisibleEnum.Visible)
            found = book.get_sheet_by_name(about.name)
            if found.total_height <= _MOST_ROWS and found.total_width <= _MOST_COLUMNS:
                sheet.cells.update(_cells(found.to_python(skip_empty_area=False)))
            sheets.append(sheet)
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except PasswordError as error:
        raise Unreadable(ENCRYPTED) from error
    except BaseException as error:  # calamine's panics are no Exceptions
        raise Unreadable(BROKEN, f"{word} 文件已损坏") from error
    return RawWorkbook(sheets, {})


def _cells(rows: Iterable[Iterable[object]]) -> Iterator[tuple[Place, RawCell]]:
    """The cells of a sheet that are not blank, by place."""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            cell = _cell(value)
            if cell is not None:
                yield (row, column), cell


def _cell(value: object) -> RawCell | None:
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return RawCell("b", "1" if value else "0")
    if isinstance(value, int | float):
        return RawCell("n", repr(int(value)) if float(value).is_integer() and abs(value) < 10**15 else repr(value))
    if isinstance(value, datetime | date | time | timedelta):
        return RawCell("d", str(value))
    return RawCell("s", str(value))
