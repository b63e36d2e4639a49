"""What a sheet says besides its cells: what is hidden, merged, limited, shown by conditions."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from minsheng_xl.books.package.cells import HIDING, Comparison, Condition, Display, Fill, Frame
from minsheng_xl.books.package.colours import colour_of
from minsheng_xl.books.package.markup import MAIN, as_text, is_plain, parse_xml
from minsheng_xl.books.package.memory import PART, remembered
from minsheng_xl.books.package.styles import look_of
from minsheng_xl.exact.addresses import EVERYWHERE, LAST_COLUMN, Area, area_meant

ROWS_APART = '<sheetData here="1"/>'
"""In place of rows that were read apart."""


@remembered(256, PART)
def frame_around(content: bytes) -> Frame | None:
    """The frame of a sheet without its rows; None if the rows did not stand where rows stand, among nothing but
    elements."""
    text = as_text(content)
    if text is None or not is_plain(text):
        return None
    root = parse_xml(content)
    bodies = root.findall(MAIN + "sheetData")
    return frame_of(root) if len(bodies) == 1 and bodies[0].get("here") else None


def frame_of(root: ElementTree.Element) -> Frame:
    hidden: set[int] = set()
    for column in root.iterfind(f"{MAIN}cols/{MAIN}col"):
        if column.get("hidden") in ("1", "true") or is_narrow(column.get("width")):
            first, last = int(column.get("min", "1")), int(column.get("max", "1"))
            hidden.update(range(first - 1, min(last, LAST_COLUMN, first + 500)))
    merges: list[Area] = []
    for element in root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell"):
        merges += areas_meant(element.get("ref", ""))
    validated: list[Area] = []
    for element in root.iter():
        if element.tag.endswith("}dataValidation"):
            validated += (area for area in _said_of(element) if area != EVERYWHERE)
    views = root.iterfind(f"{MAIN}sheetViews/{MAIN}sheetView")
    zeros_hidden = any(view.get("showZeros") in ("0", "false") for view in views)
    return Frame(frozenset(hidden), tuple(merges), tuple(validated), tuple(_conditional(root)), zeros_hidden)


def _conditional(root: ElementTree.Element) -> Iterator[Condition]:
    """The conditional formats of a sheet, those of Excel 2010 among them."""
    for element in root.iter():
        if not element.tag.endswith("}conditionalFormatting"):
            continue
        areas = _said_of(element)
        for rule in element:
            if rule.tag.endswith("}cfRule") and rule.get("type") not in _OF_NO_FIGURE:
                rank, look, compared = int(rule.get("priority", "0")), _look(rule), _compared(rule)
                yield from (Condition(area, rank, look, compared) for area in areas)


_OF_NO_FIGURE = ("containsErrors", "containsBlanks")
"""Conditions that never hold for a cell in which a figure stands."""


def _compared(rule: ElementTree.Element) -> Comparison | None:
    """With what a condition compares a cell, if that is what it does."""
    if rule.get("type") != "cellIs":
        return None
    formulas = tuple((part.text or "").strip() for part in rule if part.tag.endswith(("}formula", "}f")))
    return Comparison(rule.get("operator", ""), formulas)


def _look(rule: ElementTree.Element) -> int | Display:
    """What a condition puts on a cell: a look by its number, or one that it brings with it. A bar or an icon may
    stand in place of the number; a bar or a scale of colours gives it a ground."""
    change = next((part for part in rule if part.tag.endswith("}dxf")), None)
    if change is not None:
        return look_of(change)
    for part in rule:
        kind = part.tag.rpartition("}")[2]
        if kind in ("iconSet", "dataBar", "colorScale"):
            colours = filter(None, map(colour_of, (one for one in part if one.tag.endswith(("}color", "}fillColor")))))
            fill = Fill(tuple(colours))
            is_hidden = part.get("showValue") in ("0", "false")
            return Display(HIDING if is_hidden else "", fill=fill if fill.colours else None)
    return int(rule.get("dxfId", "-1"))


def _said_of(element: ElementTree.Element) -> list[Area]:
    """The areas that an element is about, said in an attribute or, since Excel 2010, within it."""
    inner = (e.text or "" for e in element if e.tag.endswith("}sqref"))
    return areas_meant(" ".join((element.get("sqref", ""), *inner)))


def is_narrow(width: str | None) -> bool:
    """Whether a column is too narrow for a single sign."""
    return width is not None and re.fullmatch(r"0(?:\.\d*)?", width) is not None


def is_low(height: str | None) -> bool:
    """Whether a row is lower than any sign that is read: under four points."""
    return height is not None and re.fullmatch(r"[0-3](?:\.\d*)?", height) is not None


def is_zero(size: str | None) -> bool:
    return size is not None and re.fullmatch(r"0(?:\.0*)?", size) is not None


def areas_meant(text: str) -> list[Area]:
    """The areas of a list, as a spreadsheet understands them; what it may not understand may be anywhere."""
    return [area_meant(part) or EVERYWHERE for part in text.split()]
