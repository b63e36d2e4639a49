"""The cells of a sheet, row by row.

Rows are tokenised by one expression that must tile them exactly; whatever it does not tile is read by an
XML parser, more slowly and just the same.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree

from minsheng_xl.books.package.cells import RawCell, RawSheet
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.frame import ROWS_APART, areas_meant, frame_around, frame_of, is_low
from minsheng_xl.books.package.markup import MAIN, OWN_SPACE, as_text, parse_xml, plain, unescaped
from minsheng_xl.books.package.memory import TEXT, remembered
from minsheng_xl.books.package.strings import string
from minsheng_xl.exact.addresses import LAST_ROW, Area, Place, column_number
from minsheng_xl.rules.files import BROKEN, HOSTILE

_SHEET_HEAD = re.compile(rf"\s*(?:<\?xml[^>]*\?>)?\s*<worksheet[^>]*{OWN_SPACE}[^>]*>")
_ROWS_BEGIN, _ROWS_END = re.compile(r"<sheetData(?:>|\s*/>)"), "</sheetData>"
_ATTRIBUTES = r'(?: (?!xmlns)[\w:.]++="[^"<&]*+")*+'
_BLANK_CELL = r'<c r="[A-Z]{1,3}+[1-9]\d{0,6}+"(?: s="\d{1,5}+")?+(?: t="\w{1,9}+")?+ ?/>'
_TOKEN = re.compile(
    r'<c r="([A-Z]{1,3}+)([1-9]\d{0,6}+)"(?: s="(\d{1,5}+)")?+(?: t="(\w{1,9}+)")?+'
    rf"(?: ?/>((?:\s*+{_BLANK_CELL})*+)|>(<f{_ATTRIBUTES}(?: ?/>|>[^<]*+</f>))?+"
    r'(?:<v>([^<]*+)</v>|<v ?/>|<is><t(?: xml:space="preserve")?+>([^<]*+)</t></is>)?+</c>)\s*+'
    rf'|<row r="([1-9]\d{{0,6}}+)"({_ATTRIBUTES}) ?(/?)>\s*+|</row>\s*+|(.)',
    re.ASCII | re.DOTALL,
)
"""A cell, with the blank ones behind a blank one; where a row begins, or ends; a sign of anything else."""
_KINDS = {"": "n", "n": "n", "s": "s", "str": "s", "inlineStr": "s", "b": "b", "e": "e", "d": "d"}
_INDEX = re.compile(r"(?:0|[1-9]\d{0,8})\Z", re.ASCII)


def read_sheet(name: str, content: bytes, strings: list[RawCell]) -> RawSheet:
    """A sheet from its part. Raises Unreadable, NoSuchColumn."""
    sheet = RawSheet(name)
    text = as_text(content)
    parts = _divided(text) if text is not None else None
    if parts is not None and _SHEET_HEAD.match(parts.before) and _tile(sheet, parts.rows, strings):
        for match in _COMPUTED.finditer(parts.rows) if ' ref="' in parts.rows else ():
            _compute(sheet, " ".join(_REF.findall(match[0])))
        frame = frame_around(f"{parts.before}{ROWS_APART}{parts.behind}".encode())
        if frame is not None:
            sheet.frame = frame
            return sheet
    sheet = RawSheet(name)
    root = parse_xml(content)
    if root.tag != MAIN + "worksheet":
        raise Unreadable(BROKEN, "里面不是工作表")
    _walk(sheet, root, strings)
    for formula in root.iter(MAIN + "f"):
        if formula.get("t") in ("array", "dataTable"):
            _compute(sheet, formula.get("ref", ""))
    sheet.frame = frame_of(root)
    return sheet


class _Parts(NamedTuple):
    """A sheet: what stands before its rows, these, and what stands behind them."""

    before: str
    rows: str
    behind: str


def _divided(text: str) -> _Parts | None:
    """A sheet in its parts; None unless its rows stand in one place."""
    begun = _ROWS_BEGIN.match(text, max(0, text.find("<sheetData")))
    if begun is None:
        return None
    is_closed = begun[0].endswith("/>")
    end = begun.end() if is_closed else text.rfind(_ROWS_END)
    behind = text[end:] if is_closed else text[end + len(_ROWS_END) :]
    before, rows = text[: begun.start()], text[begun.end() : max(end, 0)]
    if end < begun.end() or "<sheetData" in behind:
        return None
    return _Parts(before, _without_blank_end(rows), behind)


_LONG = 1 << 20
"""Signs of rows that hold nothing from which on they are not looked at one by one: hundreds of thousands."""
_CONTENTS = ("<v", "<f", "<is")
_BLANK = re.compile(r"(?:<row [^<>]*>|</row>|<c [^<>]*/>|<c [^<>]*></c>|\s)*+\Z")


def _without_blank_end(rows: str) -> str:
    """Rows without those behind the last that holds something, if these are many and plainly hold nothing."""
    if len(rows) < _LONG:
        return rows
    last = max(map(rows.rfind, _CONTENTS))
    end = rows.find("</row>", last) + len("</row>")
    return rows[:end] if len(rows) - end > _LONG and last >= 0 and _BLANK.match(rows, end) else rows


_COMPUTED = re.compile(r'<f(?= [^>]*\bt="(?:array|dataTable)")[^>]*>')
_REF = re.compile(r' ref="([^"]*)"')


def _compute(sheet: RawSheet, areas: str) -> None:
    """The formula of an array or of a data table stands in its first cell and fills all of its area."""
    for area in areas_meant(areas):
        for place, cell in _within(sheet.cells, area):
            if cell.formula is None:
                sheet.cells[place] = cell._replace(formula="")


def _within(cells: Mapping[Place, RawCell], area: Area) -> list[tuple[Place, RawCell]]:
    if area.size > len(cells):  # whole columns, say
        return [(place, cell) for place, cell in cells.items() if area.holds(*place)]
    return [(place, cells[place]) for place in area.places() if place in cells]


def _tile(sheet: RawSheet, text: str, strings: list[RawCell]) -> bool:
    """Read the rows by the expression; False if they are not written plainly enough for it."""
    cells, row, column, open_row, in_row = sheet.cells, -1, -1, False, ""
    for match in _TOKEN.finditer(text):
        letters, digits, style, kind, blanks, formula, value, inline, begun, attributes, closed, other = match.groups()
        if letters is not None:
            at = column_number(letters)
            if digits != in_row or at <= column or (inline is not None and kind != "inlineStr"):
                return False
            column = at
            value = inline if kind == "inlineStr" else value  # of a text in the cell itself <v> is not shown
            if value or formula is not None:
                is_constant = formula is None and kind != "s"
                cells[row, column] = (
                    _constant(value, kind, style) if is_constant else _cell(value, kind, style, formula, strings)
                )
            elif blanks:
                of, first, last = _side_by_side(blanks)
                if of != in_row or first <= column:
                    return False
                column = last
        elif begun is not None:
            if open_row or int(begun) - 1 <= row or int(begun) > LAST_ROW:
                return False
            row, column, open_row = int(begun) - 1, -1, not closed
            in_row = "" if closed else begun
            if attributes and _is_hidden(attributes):
                sheet.hidden_rows.add(row)
        else:
            if other is not None or not open_row:
                return False
            open_row, in_row = False, ""
    return not open_row


_ADDRESS = re.compile(r' r="([A-Z]+)(\d+)"', re.ASCII)


@remembered(2048, TEXT)
def _side_by_side(cells: str) -> tuple[str, int, int]:
    """The row of cells that hold nothing, and their first and last column; no row if they do not stand in order."""
    places = [(digits, column_number(letters)) for letters, digits in _ADDRESS.findall(cells)]
    row, columns = places[0][0], [column for _, column in places]
    is_in_order = all(digits == row for digits, _ in places) and all(one < other for one, other in pairwise(columns))
    return row if is_in_order else "", columns[0], columns[-1]


_HIDDEN_ROW = re.compile(r' (?:hidden="(?:1|true)"|ht="[0-3](?:\.\d*)?")')


@remembered(2048, TEXT)
def _is_hidden(attributes: str) -> bool:
    """Whether the attributes of a row say that it is hidden, or too low to read."""
    return _HIDDEN_ROW.search(attributes) is not None


@remembered(4096, TEXT // 16)
def _constant(value: str, kind: str | None, style: str | None) -> RawCell:
    """A cell in which a number, or a text of its own, stands."""
    return _cell(value, kind, style, None, [])


def _cell(
    value: str | None, said: str | None, index: str | None, formula: str | None, strings: list[RawCell]
) -> RawCell:
    """A cell from its parts as they are written; a text by number is looked up."""
    text, kind, style = plain(value or ""), said or "", int(index or 0)
    if kind not in _KINDS:
        raise Unreadable(BROKEN, "有不认识的单元格")
    shown = None if formula is None else _formula_text(formula)
    if kind == "s" and text:
        found = strings[int(text)] if _INDEX.match(text) and int(text) < len(strings) else None
        if found is None:
            raise Unreadable(BROKEN, "缺了文字")
        return RawCell(found.kind, found.text, shown, style, found.marked, found.faces)
    return RawCell(_KINDS[kind], unescaped(text) if _KINDS[kind] == "s" else text, shown, style)


@remembered(2048, TEXT)
def _formula_text(element: str) -> str:
    """The text of a formula from its element; blank if it is kept elsewhere."""
    return plain(element.partition(">")[2].rpartition("<")[0]) if element.endswith("</f>") else ""


def _walk(sheet: RawSheet, root: ElementTree.Element, strings: list[RawCell]) -> None:
    """Read the rows from the parsed sheet."""
    row = -1
    for line in _rows(root):
        number = int(line.get("r", row + 2)) - 1
        if not row < number < LAST_ROW:
            raise Unreadable(HOSTILE, "行的次序不正常")
        row, column = number, -1
        if line.get("hidden") in ("1", "true") or is_low(line.get("ht")):
            sheet.hidden_rows.add(row)
        for element in line.iterfind(MAIN + "c"):
            reference = element.get("r")
            letters = (reference or "").rstrip("0123456789")
            at = column_number(letters.upper()) if reference else column + 1
            if not column < at or (reference and reference[len(letters) :] != str(row + 1)):
                raise Unreadable(HOSTILE, "单元格的次序不正常")
            column = at
            cell = _element_cell(element, strings)
            if cell is not None and (cell.text or cell.formula is not None):
                sheet.cells[row, column] = cell


def _rows(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    bodies = root.findall(MAIN + "sheetData")
    if len(bodies) > 1:
        raise Unreadable(HOSTILE, "一页有两份内容")
    return iter(bodies[0].findall(MAIN + "row")) if bodies else iter(())


def _element_cell(element: ElementTree.Element, strings: list[RawCell]) -> RawCell | None:
    values, formulas, inlines = (element.findall(MAIN + tag) for tag in ("v", "f", "is"))
    several = len(values) > 1 or len(formulas) > 1 or len(inlines) > 1 or any(len(value) for value in values)
    is_inline = element.get("t") == "inlineStr"
    if several or (inlines and (values or not is_inline)):
        raise Unreadable(HOSTILE, "一格里有两个内容")
    kind, style = element.get("t", "n"), int(element.get("s", "0"))
    formula = f"<f>{'' if not formulas[0].text else _quoted(formulas[0].text)}</f>" if formulas else None
    if inlines:
        return string(inlines[0])._replace(style=style, formula=None if formula is None else _formula_text(formula))
    text = (values[0].text or "") if values and not is_inline else ""
    return _cell(_quoted(text), kind, str(style), formula, strings) if text or formulas else None


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
