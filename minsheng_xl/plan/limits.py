"""How large a 计划.xlsx may be: looked at before any program makes cells of it."""

import re
import zipfile
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from minsheng_xl.problems import Problem, problem

_SHEET_LIMIT, _PART_LIMIT, _TOTAL_LIMIT = 12 << 20, 64 << 20, 128 << 20
"""Bytes of a sheet, of another part, of all of them unpacked; a plan of two hundred units is half a megabyte."""
_SHEETS = "xl/worksheets/"
_REFERENCE = re.compile(rb'<(?:\w+:)?(?:c|row)\b[^>]*?\br="([A-Z]*\d+)"')
_STEP, _TAIL = 1 << 20, 4096
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def too_large(path: Path | BinaryIO) -> list[Problem]:
    """The sheets of a workbook that are too large to be read, each with the last cell in it; or the workbook.

    Raises whatever zipfile raises on a file that is no zip.
    """
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
        sheets = [part for part in parts if part.filename.startswith(_SHEETS) and part.file_size > _SHEET_LIMIT]
        if sheets:
            names = _names(package)
            return [_too_long(package, part, names.get(part.filename, part.filename)) for part in sheets]
        sizes = [part.file_size for part in parts]
        if max(sizes, default=0) > _PART_LIMIT or sum(sizes) > _TOTAL_LIMIT:
            return [problem("plan-size", seen=f"{sum(sizes) >> 20} MB")]
    return []


def _too_long(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Problem:
    return problem("plan-sheet-size", sheet=name, cell=_last_cell(package, part), seen=f"{part.file_size >> 20} MB")


def _last_cell(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """The last cell, or row, of which a sheet says anything; as far as a megabyte a time tells."""
    found, tail = "", b""
    with package.open(part) as stream:
        for _ in range(_TOTAL_LIMIT // _STEP):
            piece = stream.read(_STEP)
            if not piece:
                break
            references = _REFERENCE.findall(tail + piece)
            found = references[-1].decode() if references else found
            tail = piece[-_TAIL:]
    return f"第{found}行" if found.isdigit() else found


def _names(package: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by their parts."""
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    parts = {link.get("Id", ""): link.get("Target", "").removeprefix("/xl/") for link in links}
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    found = {sheet.get(_LINK, ""): sheet.get("name", "") for sheet in book.iter(_MAIN + "sheet")}
    return {f"xl/{parts[link]}": name for link, name in found.items() if link in parts}
