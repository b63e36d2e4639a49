"""Look into large workbooks, and type into them, without loading all of their sheets."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl


def sheet_of(path: Path, sheet: str, *, data_only: bool = False) -> Any:
    """A sheet to be read, by openpyxl."""
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=data_only)[sheet]


def values_of(path: Path) -> dict[str, dict[str, Any]]:
    """What every sheet shows, by sheet and address: a sixth of the time that openpyxl takes to make a workbook of it."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    return {
        sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
        for sheet in book
    }


def save(book: openpyxl.Workbook, path: Path) -> None:
    """Save a workbook where it lies. The archive that openpyxl keeps its macros in would be closed by the search for
    garbage, perhaps after the stream below it."""
    book.save(path)
    if book.vba_archive is not None:
        book.vba_archive.close()


def parts_of(path: "Path | bytes") -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path) if isinstance(path, bytes) else path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def put_together(path: "Path | io.BytesIO", parts: dict[str, bytes]) -> None:
    """Write a workbook from its parts: the same parts, the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, compresslevel=1)


def part_of(parts: dict[str, bytes], sheet: str) -> str:
    """The name of the part of a sheet."""
    found = re.search(rf'<sheet\b[^>]*name="{re.escape(sheet)}"[^>]*r:id="([^"]*)"', parts["xl/workbook.xml"].decode())
    assert found is not None, sheet
    target = re.search(rf'<Relationship\b(?=[^>]*Id="{found[1]}")[^>]*Target="([^"]*)"', parts["xl/_rels/workbook.xml.rels"].decode())
    assert target is not None
    return "xl/" + target[1].removeprefix("/xl/")


def typed(path: Path, **cells: object) -> None:
    """What a person typed into cells, named sheet__address, and saved; with none, saved as it is.

    The cells are there already, with their looks.
    """
    parts = parts_of(path)
    for place, value in cells.items():
        sheet, _, address = place.partition("__")
        name = part_of(parts, sheet)
        text, count = re.subn(rf'<c r="{address}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', _cell(address, value), parts[name].decode(), count=1)
        assert count, place
        parts[name] = text.encode()
    put_together(path, parts)


def _cell(address: str, value: object) -> str:
    if value is None:
        return rf'<c r="{address}"\1/>'
    if isinstance(value, bool):
        return rf'<c r="{address}"\1 t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return rf'<c r="{address}"\1><v>{value}</v></c>'
    shown = escape(str(value)).replace("\\", r"\\")
    return rf'<c r="{address}"\1 t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
