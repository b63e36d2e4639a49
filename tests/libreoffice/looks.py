"""How the cells of ours look in a file, what they take, and where conditional formats apply."""

import io
import warnings
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from minsheng_xl.forms.layout import Book
from minsheng_xl.plan.tabs import PROGRAM

Looks = dict[tuple[str, str], dict[str, Any]]


def looks_unlike(content: bytes, right: bytes, book: Book) -> list[tuple[str, str, str, Any, Any]]:
    """Where ours look otherwise in a file than in one that is right: sheet, cell, what, as it is, as it should be.

    Both were saved by LibreOffice, which names its own Chinese face where only one was set: faces are not compared.
    Nor are number formats of formulas: it forgets them where the result is a text, and where there is none it
    takes that of the cells referred to, whenever it reckons.
    """
    found, expected = _looks(content, book), _looks(right, book)
    formulas = {(sheet.name, cell.address) for sheet, cell in book.formulas()}
    return [
        (*place, what, found[place].get(what), value)
        for place, look in expected.items() for what, value in look.items()
        if found[place].get(what) != value and not (what == "number" and place in formulas)
    ]


def _looks(content: bytes, book: Book) -> Looks:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened = openpyxl.load_workbook(io.BytesIO(content))
    found: Looks = {}
    for sheet in book.sheets:
        if sheet.id == PROGRAM.id:
            continue
        there = opened[sheet.name]
        rules = _validations(there)
        for cell in sheet.cells.values():
            found[sheet.name, cell.address] = {**_look(there[cell.address]), "takes": rules.get(cell.address)}
        ranges = sorted({str(area) for formats in there.conditional_formatting for area in formats.sqref.ranges})
        found[sheet.name, ""] = {"conditions": ranges}
    return found


def _look(cell: Any) -> dict[str, Any]:
    alignment = cell.alignment
    return {
        "font": (cell.font.sz, bool(cell.font.b), _color(cell.font.color)),
        "fill": _color(cell.fill.fgColor) if cell.fill.fill_type == "solid" else None,
        "number": cell.number_format,
        "locked": cell.protection.locked,
        "align": (alignment.horizontal, alignment.vertical or "bottom", bool(alignment.wrap_text), round(alignment.indent), bool(alignment.shrink_to_fit)),
        **{side: (line.style, _color(line.color) if line.style else None) for side in ("left", "right", "top", "bottom") for line in [getattr(cell.border, side)]},
    }


def _color(color: Any) -> str | None:
    return None if color is None or not isinstance(color.rgb, str) else color.rgb[-6:]


def _validations(sheet: Worksheet) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for rule in sheet.data_validations.dataValidation:
        said = (rule.type or "none", rule.operator or "between", (rule.formula1 or "").replace("$", ""), rule.showErrorMessage, rule.error, rule.errorTitle, rule.prompt, rule.promptTitle)
        for area in rule.sqref.ranges:
            for row in area.rows:
                for r, c in row:
                    found[sheet.cell(r, c).coordinate] = said
    return found
