"""Read an .xlsx package into plain cells: what was stored, not what a library makes of it.

Sheets are tokenised by one expression that must tile their rows exactly; whatever it does not tile
is read by an XML parser, more slowly and just the same. Source: ECMA-376 part 1, SpreadsheetML.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from xml.etree import ElementTree

from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.rules.files import BROKEN, HOSTILE, KIND

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_LINKS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_MOST_SHEETS, _DEEPEST = 120, 100
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class RawCell(NamedTuple):
    """A cell as stored: `kind` is n (number), s (text), b (truth value), e (error) or d (ISO date).

    `formula` is the text of its formula, "" of one that is kept elsewhere (shared), None if it has
    none; kind and text are then its stored result. `style` is the index of its format. `marked`:
    parts of the text are struck out or raised.
    """

    kind: str
    text: str
    formula: str | None = None
    style: int = 0
    marked: bool = False


Place: TypeAlias = tuple[int, int]


class Area(NamedTuple):
    """A block of cells, both ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Display(NamedTuple):
    """How a style shows a cell: its number format, whether its face is struck out or raised, and whether
    the content is repeated until the cell is full."""

    code: str
    marked: bool = False
    repeated: bool = False


class Frame(NamedTuple):
    """What a sheet says besides its cells."""

    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    validated: tuple[Area, ...] = ()
    filtered: bool = False
    conditional: tuple[tuple[Area, int], ...] = ()
    """Areas under conditional formats, with the format that a condition puts on them, or TELLING."""
    zeros_hidden: bool = False


TELLING = -2
"""In place of the number of a conditional format: it changes what a number seems to be."""


class RawSheet:
    """The non-blank cells of a sheet by (row, column), counted from 0."""

    def __init__(self, name: str, cells: dict[Place, RawCell] | None = None, *, hidden: bool = False) -> None:
        self.name, self.hidden = name, hidden
        self.cells = {} if cells is None else cells
        self.hidden_rows: set[int] = set()
        self.frame = Frame()

    def text(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return cell.text if cell else ""


class RawWorkbook(NamedTuple):
    """The sheets in order, the text properties, the displays of the styles."""

    sheets: list[RawSheet]
    properties: dict[str, str]
    displays: Sequence[Display] = ()
    telling: frozenset[int] = frozenset()
    """The conditional formats that change what a number seems to be."""
    epoch_1904: bool = False
    has_macros: bool = False

    def sheet(self, name: str) -> RawSheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def display(self, cell: RawCell) -> Display:
        return self.displays[cell.style] if cell.style < len(self.displays) else Display("General")


def read_package(
    content: bytes, container: Container | None = None, *, trusted: bool = False, known: Mapping[str, RawSheet] | None = None
) -> RawWorkbook:
    """Read the workbook of an .xlsx, whose container may be opened already; one of ours (`trusted`) may
    have any number of sheets. Sheets that are `known`, by name, are not read again. Raises Unreadable for whatever is not one."""
    container = container or Container(content)
    try:
        return _Package(container).workbook(_LAST_ROW if trusted else _MOST_SHEETS, known or {})
    except Unreadable:
        raise
    except MemoryError:
        raise
    except Exception as error:  # mangled XML raises a dozen kinds; each means the same here
        raise Unreadable(BROKEN, "内容已损坏") from error


class _Package:
    def __init__(self, container: Container) -> None:
        self._container = container

    def workbook(self, most_sheets: int, known: Mapping[str, RawSheet]) -> RawWorkbook:
        top = {kind.rpartition("/")[2]: target for kind, target in _relations(self._rels(""), "").values()}
        main = top.get("officeDocument", "")
        if main not in self._container:
            raise Unreadable(KIND, "不是 Excel 工作簿")
        links = _relations(self._rels(main), main)
        targets = {kind.rpartition("/")[2]: target for kind, target in links.values()}
        names, epoch_1904 = _sheet_names(self._container.read(main))
        if len(names) > most_sheets:
            raise Unreadable(HOSTILE, "工作表异常地多")
        strings = self._part(targets.get("sharedStrings", ""))
        shared = _shared_strings(strings) if strings else []
        styles = self._part(targets.get("styles", ""))
        sheets = []
        for name, link, state in names:
            kind, target = links.get(link, ("", ""))
            if not kind.endswith("/worksheet"):
                sheets.append(RawSheet(name, hidden=state != "visible"))
                continue
            if target not in self._container:
                raise Unreadable(BROKEN, "缺了工作表")
            sheet = known[name] if name in known else _read_sheet(name, self._container.read(target), shared)
            sheet.hidden = state != "visible"
            sheets.append(sheet)
        if not sheets:
            raise Unreadable(BROKEN, "里面没有工作表")
        return RawWorkbook(
            sheets, self._properties(top.get("custom-properties") or top.get("customProperties", "")), *(_displays(styles) if styles else ((), frozenset((TELLING,)))), epoch_1904, "xl/vbaproject.bin" in self._container
        )

    def comments(self, sheet: str) -> dict[str, str]:
        top = {kind.rpartition("/")[2]: target for kind, target in _relations(self._rels(""), "").values()}
        main = top.get("officeDocument", "")
        links = _relations(self._rels(main), main)
        found: dict[str, str] = {}
        for name, link, _ in _sheet_names(self._container.read(main))[0]:
            part = links.get(link, ("", ""))[1]
            if name == sheet:
                for kind, target in _relations(self._rels(part), part).values():
                    if kind.endswith("/comments"):
                        for element in parse_xml(self._part(target)).iter(_MAIN + "comment"):
                            text = element.find(_MAIN + "text")
                            found[element.get("ref", "")] = "" if text is None else _string(text).text
        return found

    def _part(self, name: str) -> bytes:
        return self._container.read(name) if name and name in self._container else b""

    def _rels(self, part: str) -> bytes:
        folder, name = posixpath.split(part)
        return self._part(posixpath.join(folder, "_rels", f"{name}.rels"))

    def _properties(self, part: str) -> dict[str, str]:
        content = self._part(part)
        if not content:
            return {}
        found: dict[str, str] = {}
        for element in parse_xml(content):
            name = element.get("name")
            if name:
                if name in found:
                    raise Unreadable(HOSTILE, "文件属性重复")
                found[name] = "".join(element.itertext()).strip()
        return found


def sheet_comments(content: bytes, name: str) -> dict[str, str]:
    """The comments of a sheet by address. Raises Unreadable."""
    package = _Package(Container(content))
    try:
        return package.comments(name)
    except Unreadable:
        raise
    except Exception as error:  # as for the workbook itself
        raise Unreadable(BROKEN, "内容已损坏") from error


def parse_xml(content: bytes) -> ElementTree.Element:
    """Parse a part, in whatever Unicode encoding it is. A document type is refused unread."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-be" if content[0] == 0 else "utf-16-le")
        content = re.sub(r"^\ufeff?<\?xml[^>]*\?>", "", text).encode()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable(HOSTILE, "内容里有文档类型声明")
    root = ElementTree.fromstring(content.replace(_STRICT, _MAIN[1:-1].encode()))
    level, depth = list(root), 1
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise Unreadable(HOSTILE, "嵌套异常地深")
        level = [child for element in level for child in element]
    return root


_SINGLE = ("officeDocument", "sharedStrings", "styles", "custom-properties", "customProperties")
"""Kinds of part of which a package has one: of two, programs take either."""


@lru_cache(maxsize=64)
def _relations(content: bytes, part: str) -> dict[str, tuple[str, str]]:
    """Type and target of each relationship inside the package, by id."""
    if not content:
        return {}
    folder = posixpath.dirname(part)
    found: dict[str, tuple[str, str]] = {}
    ids: set[str] = set()
    for element in parse_xml(content):
        if element.get("Id", "") in ids:
            raise Unreadable(HOSTILE, "两个关系同名")
        ids.add(element.get("Id", ""))
        if element.get("TargetMode") != "External":
            target = element.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", folder, target))[1:]
            found[element.get("Id", "")] = (element.get("Type", ""), path)
    kinds = [kind.rpartition("/")[2] for kind, _ in found.values()]
    if any(kinds.count(kind) > 1 for kind in _SINGLE):
        raise Unreadable(HOSTILE, "该有一份的部件有两份")
    return found


@lru_cache(maxsize=64)
def _sheet_names(content: bytes) -> tuple[tuple[tuple[str, str, str], ...], bool]:
    """(name, relationship, state) of each sheet in order; whether days count from 1904."""
    root = parse_xml(content)
    names = tuple(
        (element.get("name", ""), next((element.get(link, "") for link in _LINKS if element.get(link)), ""), element.get("state", "visible"))
        for element in root.iter(_MAIN + "sheet")
    )
    if len({name.lower() for name, _, _ in names}) != len(names):
        raise Unreadable(HOSTILE, "两个工作表同名")
    about = root.find(_MAIN + "workbookPr")
    return names, about is not None and about.get("date1904", "0") in ("1", "true")


_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    **dict.fromkeys((5, 6, 23, 24), "¥#,##0;¥-#,##0"), **dict.fromkeys((7, 8, 25, 26), "¥#,##0.00;¥-#,##0.00"), 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)",
    41: "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", 42: "_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* \"-\"_ ;_ @_ ",
    43: "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", 44: "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ", 48: "##0.0E+0", 49: "@",
}
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


@lru_cache(maxsize=64)
def _displays(content: bytes) -> tuple[tuple[Display, ...], frozenset[int]]:
    """The display of each cell style; the conditional formats with a number format or a strike."""
    root = parse_xml(content)
    codes = {e.get("numFmtId", ""): e.get("formatCode", "") for part in root.iterfind(_MAIN + "numFmts") for e in part.iter(_MAIN + "numFmt")}
    fonts = [_is_marked(e) for e in root.iterfind(f"{_MAIN}fonts/{_MAIN}font")]

    def code(number: str) -> str:
        if number in codes:
            return codes[number]
        return _BUILT_IN.get(int(number), "yyyy/m/d" if int(number) in _BUILT_IN_DATES else "General")

    telling = frozenset((TELLING,)) | frozenset(
        number for number, e in enumerate(root.iterfind(f"{_MAIN}dxfs/{_MAIN}dxf"))
        if e.find(_MAIN + "numFmt") is not None or any(map(_is_marked, e.iterfind(_MAIN + "font")))
    )
    displays = tuple(
        Display(
            code(e.get("numFmtId", "0")), (font := int(e.get("fontId", "0"))) < len(fonts) and fonts[font],
            any(about.get("horizontal") == "fill" for about in e.iterfind(_MAIN + "alignment")),
        )
        for e in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
    )
    return displays, telling


def _is_marked(font: ElementTree.Element) -> bool:
    strike, raised = font.find(_MAIN + "strike"), font.find(_MAIN + "vertAlign")
    return (strike is not None and strike.get("val", "1") not in ("0", "false")) or (
        raised is not None and raised.get("val", "baseline") != "baseline"
    )


_PLAIN_STRING = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>\s*|<si><t ?/></si>\s*|<si ?/>\s*')
_OWN_SPACE = rf' xmlns="{re.escape(_MAIN[1:-1])}"'
_STRINGS_HEAD = re.compile(rf"\s*(?:<\?xml[^>]*\?>)?\s*<sst{_OWN_SPACE}[^>:]*[^/]>\s*")
_SHEET_HEAD = re.compile(rf"\s*(?:<\?xml[^>]*\?>)?\s*<worksheet[^>]*{_OWN_SPACE}[^>]*>")
_ENCODING = re.compile(rb'<\?xml[^>]*encoding=["\'](?!utf-8["\'])', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def _shared_strings(content: bytes) -> list[RawCell]:
    text = _as_text(content)
    head = _STRINGS_HEAD.match(text) if text is not None else None
    if text is not None and head is not None:
        found, place = [], head.end()
        for match in _PLAIN_STRING.finditer(text, place):
            if match.start() != place:
                break
            found.append(RawCell("s", _decoded(match[1] or "")))
            place = match.end()
        if text[place:].strip() == "</sst>":
            return found
    return [_string(element) for element in parse_xml(content).iter(_MAIN + "si")]


def _as_text(content: bytes) -> str | None:
    """The text of a part in plain UTF-8 without anything but elements; None for the XML parser."""
    if b"<!" in content or b"<?" in content[5:] or _STRICT in content or _ENCODING.match(content):
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _plain(text: str) -> str:
    """The characters of an XML text."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _decoded(text: str) -> str:
    """The characters of a text as a cell holds them: entities, _xHHHH_ escapes, line ends."""
    return _unescaped(_plain(text))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda m: _character(int(m[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(number: int) -> str:
    """The character of a number; half a pair is none."""
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)


def _entity(match: re.Match[str]) -> str:
    if match[3]:
        return _ENTITIES[match[3]]
    if match[1] or match[2]:
        return _character(int(match[1]) if match[1] else int(match[2], 16))
    raise Unreadable(BROKEN, "内容已损坏")


def _string(element: ElementTree.Element) -> RawCell:
    """A string item: plain or in runs, without the phonetic readings."""
    parts, marked = [], False
    for child in element:
        if child.tag == _MAIN + "t":
            parts.append(child.text or "")
        elif child.tag == _MAIN + "r":
            parts.extend(t.text or "" for t in child.iter(_MAIN + "t"))
            face = child.find(_MAIN + "rPr")
            marked = marked or (face is not None and _is_marked(face))
    return RawCell("s", _unescaped("".join(parts)), marked=marked)


_SHEET_DATA = re.compile(r"<sheetData>(.*)</sheetData>|<sheetData\s*/>", re.DOTALL)
_ATTRIBUTES = r'(?: [\w:.]+="[^"<]*")*'
_TOKEN = re.compile(
    r'<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="(\d{1,5})")?(?: t="(\w{1,9})")?'
    rf'(?: ?/>|>(<f{_ATTRIBUTES}(?: ?/>|>[^<]*</f>))?(?:<v>([^<]*)</v>|<v ?/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)\s*'
    rf'|<row r="([1-9]\d{{0,6}})"({_ATTRIBUTES}) ?(/?)>\s*|</row>\s*'
)
_KINDS = {"": "n", "n": "n", "s": "s", "str": "s", "inlineStr": "s", "b": "b", "e": "e", "d": "d"}
_INDEX = re.compile(r"(?:0|[1-9]\d{0,8})\Z", re.ASCII)


def _read_sheet(name: str, content: bytes, strings: list[RawCell]) -> RawSheet:
    sheet = RawSheet(name)
    text = _as_text(content)
    around = _SHEET_DATA.search(text) if text is not None and text.count("<sheetData") == 1 else None
    if text is not None and around is not None and _SHEET_HEAD.match(text) and _tile(sheet, around[1] or "", strings):
        _compute(sheet, [area for match in _COMPUTED.finditer(around[1] or "") for area in _areas(" ".join(_REF.findall(match[0])))])
        frame = _frame(f"{text[: around.start()]}{_PLACE}{text[around.end() :]}".encode())
        if frame is not None:
            sheet.frame = frame
            return sheet
    sheet = RawSheet(name)
    root = parse_xml(content)
    if root.tag != _MAIN + "worksheet":
        raise Unreadable(BROKEN, "里面不是工作表")
    _walk(sheet, root, strings)
    _compute(sheet, [area for f in root.iter(_MAIN + "f") if f.get("t") in ("array", "dataTable") for area in _areas(f.get("ref", ""))])
    sheet.frame = _frame_of(root)
    return sheet


_COMPUTED = re.compile(r'<f(?= [^>]*\bt="(?:array|dataTable)")[^>]*>')
_REF = re.compile(r' ref="([^"]*)"')


def _compute(sheet: RawSheet, areas: Sequence[Area]) -> None:
    """The formula of an array or of a data table stands in its first cell and fills all of its area."""
    for area in areas:
        for place, cell in _within(sheet.cells, area):
            if cell.formula is None:
                sheet.cells[place] = cell._replace(formula="")


def _within(cells: Mapping[Place, RawCell], area: Area) -> list[tuple[Place, RawCell]]:
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) > len(cells):
        return [(place, cell) for place, cell in cells.items() if area.holds(*place)]
    places = ((row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1))
    return [(place, cells[place]) for place in places if place in cells]


def _tile(sheet: RawSheet, text: str, strings: list[RawCell]) -> bool:
    """Read the rows by the expression; False if they are not written plainly enough for it."""
    cells, place, row, column, open_row, in_row = sheet.cells, 0, -1, -1, False, ""
    if "xmlns" in text:
        return False
    for match in _TOKEN.finditer(text):
        if match.start() != place:
            return False
        place = match.end()
        letters, digits, style, kind, formula, value, inline, begun, attributes, closed = match.groups()
        if letters is not None:
            at = _column(letters)
            if digits != in_row or at <= column:
                return False
            column = at
            if inline is not None and (kind != "inlineStr" or formula is not None):
                return False
            value = value or inline
            if value or formula is not None:
                cells[row, column] = _cell(kind or "", _plain(value or ""), formula, int(style or 0), strings)
        elif begun is not None:
            if open_row or int(begun) - 1 <= row or int(begun) > _LAST_ROW:
                return False
            row, column, open_row = int(begun) - 1, -1, not closed
            in_row = "" if closed else begun
            if attributes and _HIDDEN_ROW.search(attributes):
                sheet.hidden_rows.add(row)
        else:
            if not open_row:
                return False
            open_row, in_row = False, ""
    return place == len(text) and not open_row


_HIDDEN_ROW = re.compile(r' (?:hidden="(?:1|true)"|ht="0(?:\.0*)?")')


def _is_zero(size: str | None) -> bool:
    return size is not None and re.fullmatch(r"0(?:\.0*)?", size) is not None


def _cell(kind: str, text: str, formula: str | None, style: int, strings: list[RawCell]) -> RawCell:
    """A cell from its parts; a text by number is looked up."""
    if kind not in _KINDS:
        raise Unreadable(BROKEN, "有不认识的单元格")
    shown = None if formula is None else _plain(formula.partition(">")[2].rpartition("<")[0]) if formula.endswith("</f>") else ""
    if kind == "s" and text:
        found = strings[int(text)] if _INDEX.match(text) and int(text) < len(strings) else None
        if found is None:
            raise Unreadable(BROKEN, "缺了文字")
        return RawCell(found.kind, found.text, shown, style, found.marked)
    return RawCell(_KINDS[kind], _unescaped(text) if _KINDS[kind] == "s" else text, shown, style)


def _walk(sheet: RawSheet, root: ElementTree.Element, strings: list[RawCell]) -> None:
    """Read the rows from the parsed sheet."""
    row = -1
    for line in _rows(root):
        number = int(line.get("r", row + 2)) - 1
        if not row < number < _LAST_ROW:
            raise Unreadable(HOSTILE, "行的次序不正常")
        row, column = number, -1
        if line.get("hidden") in ("1", "true") or _is_zero(line.get("ht")):
            sheet.hidden_rows.add(row)
        for element in line.iterfind(_MAIN + "c"):
            reference = element.get("r")
            letters = (reference or "").rstrip("0123456789")
            at = _column(letters) if reference else column + 1
            if not column < at or (reference and reference[len(letters) :] != str(row + 1)):
                raise Unreadable(HOSTILE, "单元格的次序不正常")
            column = at
            cell = _element_cell(element, strings)
            if cell is not None and (cell.text or cell.formula is not None):
                sheet.cells[row, column] = cell


def _rows(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    bodies = root.findall(_MAIN + "sheetData")
    if len(bodies) > 1:
        raise Unreadable(HOSTILE, "一页有两份内容")
    return iter(bodies[0].findall(_MAIN + "row")) if bodies else iter(())


def _element_cell(element: ElementTree.Element, strings: list[RawCell]) -> RawCell | None:
    values, formulas, inlines = (element.findall(_MAIN + tag) for tag in ("v", "f", "is"))
    several = len(values) > 1 or len(formulas) > 1 or len(inlines) > 1 or any(len(value) for value in values)
    if several or (inlines and (values or formulas or element.get("t") != "inlineStr")):
        raise Unreadable(HOSTILE, "一格里有两个内容")
    kind, style = element.get("t", "n"), int(element.get("s", "0"))
    formula = f"<f>{'' if not formulas[0].text else _quoted(formulas[0].text)}</f>" if formulas else None
    if inlines:
        return _string(inlines[0])._replace(style=style)
    text = (values[0].text or "") if values else ""
    return _cell(kind, text, formula, style, strings) if text or formulas else None


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


_PLACE = '<sheetData here="1"/>'  # where the rows stood that were read apart


@lru_cache(maxsize=256)
def _frame(content: bytes) -> Frame | None:
    """The frame of a sheet without its rows; None if the rows did not stand where rows stand."""
    root = parse_xml(content)
    bodies = root.findall(_MAIN + "sheetData")
    return _frame_of(root) if len(bodies) == 1 and bodies[0].get("here") else None


def _frame_of(root: ElementTree.Element) -> Frame:
    hidden: set[int] = set()
    for column in root.iterfind(f"{_MAIN}cols/{_MAIN}col"):
        if column.get("hidden") in ("1", "true") or _is_zero(column.get("width")):
            first, last = int(column.get("min", "1")), int(column.get("max", "1"))
            hidden.update(range(first - 1, min(last, _LAST_COLUMN, first + 500)))
    merges = [area for e in root.iterfind(f"{_MAIN}mergeCells/{_MAIN}mergeCell") for area in _areas(e.get("ref", ""))]
    validated: list[Area] = []
    for element in root.iter():
        if element.tag.endswith("}dataValidation"):
            inner = next((e.text or "" for e in element if e.tag.endswith("}sqref")), "")
            validated += _areas(element.get("sqref", "") or inner)
    rules = root.find(_MAIN + "autoFilter")
    filtered = rules is not None and len(rules) > 0
    views = root.iterfind(f"{_MAIN}sheetViews/{_MAIN}sheetView")
    zeros_hidden = any(view.get("showZeros") in ("0", "false") for view in views)
    return Frame(frozenset(hidden), tuple(merges), tuple(validated), filtered, tuple(_conditional(root)), zeros_hidden)


def _conditional(root: ElementTree.Element) -> Iterator[tuple[Area, int]]:
    """Areas under conditional formats, those of Excel 2010 among them, with the number of the format."""
    for element in root.iter():
        if not element.tag.endswith("}conditionalFormatting"):
            continue
        inner = next((e.text or "" for e in element if e.tag.endswith("}sqref")), "")
        areas = _areas(element.get("sqref", "") or inner)
        for rule in element:
            if rule.tag.endswith("}cfRule"):
                number = TELLING if _tells(rule) else int(rule.get("dxfId", "-1"))
                yield from ((area, number) for area in areas)


def _tells(rule: ElementTree.Element) -> bool:
    """Whether a condition hides the number behind an icon or a bar, or brings a telling format with it."""
    return any(
        e.get("showValue") in ("0", "false") or e.tag == _MAIN + "numFmt" or (e.tag == _MAIN + "font" and _is_marked(e)) for e in rule.iter()
    )


_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?\Z")


def _areas(text: str) -> list[Area]:
    found = []
    for part in text.split():
        match = _AREA.match(part)
        if match:
            left, top, right, bottom = match.groups()
            found.append(Area(int(top) - 1, _column(left), int(bottom or top) - 1, _column(right or left)))
    return found


@lru_cache(maxsize=2048)
def _column(letters: str) -> int:
    """H → 7 (counted from 0)."""
    index = 0
    for sign in letters:
        if not "A" <= sign <= "Z":
            raise Unreadable(BROKEN, "单元格的位置写错了")
        index = index * 26 + ord(sign) - 64
    if not 0 < index <= _LAST_COLUMN:
        raise Unreadable(BROKEN, "单元格的位置写错了")
    return index - 1
