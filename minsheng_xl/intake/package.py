"""Read an .xlsx package into plain cells: what was stored, not what a library makes of it."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

_LIMIT = 64 << 20  # bytes of one inflated part; the largest honest form is under one megabyte
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


class Unreadable(Exception):
    """The bytes are no workbook that can be read; `str()` says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as stored: `kind` is n (number), s (text), b (truth value), e (error) or f (formula).

    `shown` says how it is displayed where that changes its meaning: a number as a date, in percent
    (0.98 as 98%), with a % sign (98 as 98%); a text "marked", parts of it struck out or raised.
    """

    kind: str
    text: str
    shown: str = ""


@dataclass
class RawSheet:
    """The non-blank cells of a sheet by (row, column), counted from 0."""

    name: str
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return cell.text if cell else ""


@dataclass
class RawWorkbook:
    """The sheets in order, and the text properties."""

    sheets: list[RawSheet]
    properties: dict[str, str]

    def sheet(self, name: str) -> RawSheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def read_package(content: bytes) -> RawWorkbook:
    """Read the workbook of an .xlsx. Raises Unreadable for whatever is not one."""
    if not content.startswith(b"PK"):
        raise Unreadable(_what(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Package(archive).workbook()
    except Unreadable:
        raise
    except Exception as error:  # a mangled zip or XML raises a dozen kinds; each means the same here
        raise Unreadable("文件已损坏，或不是 Excel 工作簿") from error


def _what(content: bytes) -> str:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "旧版 .xls，或加了打开密码"
    if content.startswith(b"%PDF"):
        return "是 PDF，不是工作簿"
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")):
        return "是图片，不是工作簿"
    return "空文件" if not content else "不是 Excel 工作簿"


class _Package:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}

    def workbook(self) -> RawWorkbook:
        main = self._main_part()
        root = self._xml(main)
        targets = self._relations(main)
        strings, shown = self._strings(targets), self._displays(targets)
        sheets = []
        for element in root.iter(_MAIN + "sheet"):
            part = targets.get(element.get(_LINK, ""), "")
            if part.lower() in self._names:
                sheets.append(self._sheet(element.get("name", ""), part, strings, shown))
        if not sheets:
            raise Unreadable("工作簿里没有工作表")
        return RawWorkbook(sheets, self._properties())

    def _main_part(self) -> str:
        if "[content_types].xml" not in self._names:
            raise Unreadable("是压缩包，请解压后把里面的表放进来")
        for target in self._relations("").values():
            if target.lower().endswith("workbook.xml"):
                return target
        raise Unreadable("不是 Excel 工作簿")

    def _bytes(self, part: str) -> bytes:
        info = self._archive.getinfo(self._names[part.lower()])
        if info.file_size > _LIMIT:
            raise Unreadable("文件异常地大")
        with self._archive.open(info) as stream:
            content = stream.read(_LIMIT + 1)
        if len(content) > _LIMIT:
            raise Unreadable("文件异常地大")
        return content

    def _xml(self, part: str) -> ElementTree.Element:
        content = self._bytes(part)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Unreadable("文件里有不该有的内容")
        return ElementTree.fromstring(content.replace(_STRICT[1:-1].encode(), _MAIN[1:-1].encode()))

    def _relations(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path.lower() not in self._names:
            return {}
        return {
            element.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))[1:]
            for element in self._xml(path)
            if element.get("TargetMode") != "External"
        }

    def _strings(self, targets: dict[str, str]) -> list[RawCell]:
        part = next((t for t in targets.values() if t.lower().endswith("sharedstrings.xml")), None)
        if part is None or part.lower() not in self._names:
            return []
        return [_text(element) for element in self._xml(part).iter(_MAIN + "si")]

    def _displays(self, targets: dict[str, str]) -> list[str]:
        """What each cell style makes of a number: date, percent or ""."""
        part = next((t for t in targets.values() if t.lower().endswith("styles.xml")), None)
        if part is None or part.lower() not in self._names:
            return []
        root = self._xml(part)
        codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iter(_MAIN + "numFmt")}
        formats = root.find(_MAIN + "cellXfs")
        if formats is None:
            return []
        return [_display(e.get("numFmtId", "0"), codes) for e in formats.iter(_MAIN + "xf")]

    def _sheet(self, name: str, part: str, strings: list[RawCell], shown: list[str]) -> RawSheet:
        sheet = RawSheet(name)
        row = -1
        for line in self._xml(part).iter(_MAIN + "row"):
            row = int(line.get("r", row + 2)) - 1
            column = -1
            for element in line.iter(_MAIN + "c"):
                reference = element.get("r")
                column = column_index(reference) if reference else column + 1
                cell = _cell(element, strings, shown)
                if cell is not None and (cell.text or cell.kind == "f"):
                    sheet.cells[row, column] = cell
        return sheet

    def _properties(self) -> dict[str, str]:
        part = self._names.get("docprops/custom.xml")
        if part is None:
            return {}
        return {
            element.get("name", ""): "".join(element.itertext()).strip()
            for element in self._xml(part)
            if element.get("name")
        }


_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built-in date formats
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_ELAPSED = re.compile(r"\[[hms]+\]")


def _display(number: str, codes: dict[str, str]) -> str:
    code = codes.get(number)
    if code is None:
        return "date" if int(number) in _DATES else "percent" if number in ("9", "10") else ""
    first = code.lower().partition(";")[0]
    bare = _LITERALS.sub("", first).replace("general", "").replace("e+", "").replace("e-", "")
    if "%" in first:
        return "percent" if "%" in bare else "sign"
    return "date" if _ELAPSED.search(first) or re.search("[ymdhsaeb年月日]", bare) else ""


def _cell(element: ElementTree.Element, strings: list[RawCell], shown: list[str]) -> RawCell | None:
    kind = element.get("t", "n")
    value = element.find(_MAIN + "v")
    text = "" if value is None else value.text or ""
    if element.find(_MAIN + "f") is not None:
        return RawCell("f", strings[int(text)].text if kind == "s" and text else text)
    if kind == "s" and text:
        return strings[int(text)]
    if kind == "inlineStr":
        inline = element.find(_MAIN + "is")
        return None if inline is None else _text(inline)
    if not text:
        return None
    style = int(element.get("s", "0"))
    how = shown[style] if kind == "n" and style < len(shown) else ""
    return RawCell({"str": "s", "b": "b", "e": "e", "d": "d"}.get(kind, "n"), text, how)


def _text(element: ElementTree.Element) -> RawCell:
    marked = any(next(element.iter(_MAIN + tag), None) is not None for tag in ("strike", "vertAlign"))
    return RawCell("s", _rich(element), "marked" if marked else "")


def _rich(element: ElementTree.Element) -> str:
    """The text of a string item: plain or in runs, without the phonetic readings."""
    parts = []
    for child in element:
        if child.tag == _MAIN + "t":
            parts.append(child.text or "")
        elif child.tag == _MAIN + "r":
            parts.extend(t.text or "" for t in child.iter(_MAIN + "t"))
    return "".join(parts).replace("_x000D_", "").replace("\r\n", "\n")


def column_index(reference: str) -> int:
    """H7 → 7 (counted from 0)."""
    index = 0
    for sign in reference:
        if not sign.isalpha():
            break
        index = index * 26 + ord(sign.upper()) - 64
    return index - 1
