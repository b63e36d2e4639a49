"""What a sheet says besides its cells: what is hidden, merged, limited, shown by conditions."""

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

from minsheng_xl.books.package.cells import TELLING, Frame
from minsheng_xl.books.package.markup import MAIN, parse_xml
from minsheng_xl.books.package.styles import is_marked
from minsheng_xl.exact.addresses import EVERYWHERE, LAST_COLUMN, Area, area_meant

ROWS_APART = '<sheetData here="1"/>'
"""In place of rows that were read apart."""


@lru_cache(maxsize=256)
def frame_around(content: bytes) -> Frame | None:
    """The frame of a sheet without its rows; None if the rows did not stand where rows stand."""
    root = parse_xml(content)
    bodies = root.findall(MAIN + "sheetData")
    return frame_of(root) if len(bodies) == 1 and bodies[0].get("here") else None


def frame_of(root: ElementTree.Element) -> Frame:
    hidden: set[int] = set()
    for column in root.iterfind(f"{MAIN}cols/{MAIN}col"):
        if column.get("hidden") in ("1", "true") or is_zero(column.get("width")):
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


def _conditional(root: ElementTree.Element) -> Iterator[tuple[Area, int]]:
    """Areas under conditional formats, those of Excel 2010 among them, with the number of the format."""
    for element in root.iter():
        if not element.tag.endswith("}conditionalFormatting"):
            continue
        areas = _said_of(element)
        for rule in element:
            if rule.tag.endswith("}cfRule"):
                number = TELLING if _tells(rule) else int(rule.get("dxfId", "-1"))
                yield from ((area, number) for area in areas)


def _said_of(element: ElementTree.Element) -> list[Area]:
    """The areas that an element is about, said in an attribute or, since Excel 2010, within it."""
    inner = (e.text or "" for e in element if e.tag.endswith("}sqref"))
    return areas_meant(" ".join((element.get("sqref", ""), *inner)))


def _tells(rule: ElementTree.Element) -> bool:
    """Whether a condition hides the number behind an icon or a bar, or brings a telling format with it."""
    for element in rule.iter():
        if element.get("showValue") in ("0", "false") or element.tag == MAIN + "numFmt":
            return True
        if element.tag == MAIN + "font" and is_marked(element):
            return True
    return False


def is_zero(size: str | None) -> bool:
    return size is not None and re.fullmatch(r"0(?:\.0*)?", size) is not None


def areas_meant(text: str) -> list[Area]:
    """The areas of a list, as a spreadsheet understands them; what it may not understand may be anywhere."""
    return [area_meant(part) or EVERYWHERE for part in text.split()]
