"""What is drawn over the cells of a sheet: lines, text boxes, pictures, charts, ink, controls. Where each lies and what
it says, as far as a person sees it; what it looks like otherwise is not read.

Source: ECMA-376 part 1, DrawingML (spreadsheetDrawing); part 4, VML, in which Excel keeps form controls.
"""

import math
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple
from xml.etree import ElementTree

from minsheng_xl.books.package.grid import PIXEL, POINT, Grid, Rectangle
from minsheng_xl.books.package.markup import parse_xml

_MOST = 20_000
"""Things drawn on a page; an honest form has a seal."""
_LONGEST = 2_000
"""Characters of a text that are kept."""


class DrawnKind(Enum):
    """What is drawn. The value is the word for a message."""

    LINE = "线条"
    TEXT = "文本框"
    SHAPE = "图形"
    OUTLINE = "框线"
    PICTURE = "图片"
    OBJECT = "嵌入的对象"
    CHART = "图表"
    INK = "手写墨迹"
    CONTROL = "控件"
    GROUP = "组合图形"


class Drawn(NamedTuple):
    """One thing drawn over a sheet: the box in which it is seen, its own size before it is turned, and its text.

    `slope` is of a straight line: 1 from the upper left to the lower right, -1 from the lower left to the upper right;
    0 of anything else.
    """

    kind: DrawnKind
    box: Rectangle
    width: float
    height: float
    text: str = ""
    slope: int = 0


def drawn_in(content: bytes, grid: Grid) -> list[Drawn]:
    """What a drawing shows over a sheet. Raises Unreadable, ValueError, ParseError for what is none."""
    found: list[Drawn] = []
    for element in parse_xml(content).iter():
        if _tag(element) not in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            continue
        box = _box(element, grid)
        leaves = [leaf for leaf in _leaves(element) if leaf.kind is not None] if box.width or box.height else []
        if leaves:
            found.append(_drawn(leaves, box))
        if len(found) > _MOST:
            raise ValueError(len(found))
    return found


class _Leaf(NamedTuple):
    """One thing that a drawing holds at a place, by itself or in a group; `kind` is None if nobody sees it."""

    kind: DrawnKind | None
    text: str = ""
    frame: ElementTree.Element | None = None
    is_straight: bool = False


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _first(element: ElementTree.Element | None, *path: str) -> ElementTree.Element | None:
    """The element at the end of a path of tags, each in whatever name space."""
    for tag in path:
        element = next((child for child in element if _tag(child) == tag), None) if element is not None else None
    return element


def _leaves(element: ElementTree.Element) -> Iterator[_Leaf]:
    """What an anchor or a group holds; of alternatives all, for one program shows this and the next that."""
    for child in element:
        tag = _tag(child)
        if tag in ("AlternateContent", "Choice", "Fallback"):
            yield from _leaves(child)
        elif tag in _OF_TAG or tag in ("sp", "grpSp"):
            if _is_hidden(child):
                continue
            if tag == "grpSp":
                yield from _leaves(child)
            elif tag == "sp":
                yield _shape(child)
            else:
                yield _Leaf(_OF_TAG[tag], _text(child), _frame(child), tag == "cxnSp" and _preset(child) in _STRAIGHT)


_OF_TAG = {
    "cxnSp": DrawnKind.LINE, "pic": DrawnKind.PICTURE, "graphicFrame": DrawnKind.CHART, "contentPart": DrawnKind.INK,
}
_STRAIGHT = ("line", "straightConnector1")
_LINES = re.compile(r"line|.*Connector\d*|.*[aA]rrow.*|math(?:Minus|Multiply)|.*lightningBolt.*|noSmoking")
_FILLS = ("solidFill", "gradFill", "pattFill", "blipFill", "grpFill")


def _is_hidden(element: ElementTree.Element) -> bool:
    about = next((child for child in element if _tag(child).startswith("nv")), None)
    named = _first(about, "cNvPr")
    if named is None or named.get("hidden") not in ("1", "true"):
        return False
    return not _is_control(named)


def _is_control(named: ElementTree.Element) -> bool:
    """Whether a shape stands for a form control, which Excel draws though its shape is hidden."""
    return any(_tag(child) == "compatExt" for child in named.iter())


def _frame(element: ElementTree.Element) -> ElementTree.Element | None:
    """Where a thing says of itself how large it is and how it is turned."""
    own = _first(element, "xfrm")
    return own if own is not None else _first(element, "spPr", "xfrm")


def _text(element: ElementTree.Element) -> str:
    said = (child.text or "" for child in element.iter() if _tag(child) == "t")
    return "".join(said).strip()[:_LONGEST]


def _preset(element: ElementTree.Element) -> str:
    shape = _first(element, "spPr", "prstGeom")
    return "" if shape is None else shape.get("prst", "")


def _shape(element: ElementTree.Element) -> _Leaf:
    """A shape, by what a person sees of it: its text, a line, a ground, or its edge only."""
    named = _first(element, "nvSpPr", "cNvPr")
    text, preset, about = _text(element), _preset(element), _first(element, "spPr")
    frame, is_straight = _frame(element), preset in _STRAIGHT
    if named is not None and _is_control(named):
        return _Leaf(DrawnKind.CONTROL, text, frame)
    if text:
        return _Leaf(DrawnKind.TEXT, text, frame)
    is_filled, is_lined = _is_filled(element), _is_lined(element)
    if not is_filled and not is_lined:
        return _Leaf(None)
    if _LINES.fullmatch(preset) or _first(about, "custGeom") is not None:
        return _Leaf(DrawnKind.LINE, "", frame, is_straight)
    if _first(about, "blipFill") is not None:
        return _Leaf(DrawnKind.PICTURE, "", frame)
    return _Leaf(DrawnKind.SHAPE if is_filled else DrawnKind.OUTLINE, "", frame)


def _is_filled(element: ElementTree.Element) -> bool:
    about = _first(element, "spPr")
    for child in about if about is not None else ():
        if _tag(child) == "noFill":
            return False
        if _tag(child) in _FILLS:
            return not any(_tag(part) == "alpha" and part.get("val") in ("0", "0%") for part in child.iter())
    return _by_style(element, "fillRef")


def _is_lined(element: ElementTree.Element) -> bool:
    line = _first(element, "spPr", "ln")
    if line is not None and _first(line, "noFill") is not None:
        return False
    drawn = line is not None and any(_tag(child) in _FILLS for child in line)
    return drawn or _by_style(element, "lnRef") or _preset(element) in _STRAIGHT


def _by_style(element: ElementTree.Element, name: str) -> bool:
    """Whether the theme gives a shape a ground or an edge of which it says nothing itself."""
    reference = _first(element, "style", name)
    return reference is not None and reference.get("idx", "0") != "0"


def _drawn(leaves: Sequence[_Leaf], box: Rectangle) -> Drawn:
    """What is seen at an anchor."""
    kinds = {leaf.kind for leaf in leaves if leaf.kind is not None}
    kind = DrawnKind.INK if DrawnKind.INK in kinds else kinds.pop() if len(kinds) == 1 else DrawnKind.GROUP
    text = " ".join(dict.fromkeys(leaf.text for leaf in leaves if leaf.text))[:_LONGEST]
    frame = leaves[0].frame if len(leaves) == 1 else None
    width, height = _own_size(frame, box)
    turned = _number(frame, "rot") / 60_000 % 180
    if 45 <= turned < 135:
        turned -= 90  # the anchor is that of the thing turned upright
    slope = 0
    if len(leaves) == 1 and leaves[0].is_straight and not turned:
        is_flipped = (_flag(frame, "flipH"), _flag(frame, "flipV")) in ((True, False), (False, True))
        slope = -1 if is_flipped else 1
    return Drawn(kind, _turned(box, turned), width, height, text, slope)


def _own_size(frame: ElementTree.Element | None, box: Rectangle) -> tuple[float, float]:
    """How large a thing is: as it says itself where its anchor bears that out, for columns are measured roughly."""
    extent = _first(frame, "ext")
    width, height = _number(extent, "cx"), _number(extent, "cy")
    agrees = 0.65 * box.width <= width <= 1.5 * box.width and 0.8 * box.height <= height <= 1.25 * box.height
    return (width, height) if agrees else (box.width, box.height)


def _number(element: ElementTree.Element | None, name: str) -> float:
    return 0.0 if element is None else float(element.get(name, "0"))


def _flag(element: ElementTree.Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def _turned(box: Rectangle, degrees: float) -> Rectangle:
    """The box around a thing that is turned about its middle."""
    if not degrees:
        return box
    sine, cosine = abs(math.sin(math.radians(degrees))), abs(math.cos(math.radians(degrees)))
    across = (box.width * cosine + box.height * sine) / 2
    down = (box.width * sine + box.height * cosine) / 2
    middle, centre = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return Rectangle(middle - across, centre - down, middle + across, centre + down)


def _box(anchor: ElementTree.Element, grid: Grid) -> Rectangle:
    """Where an anchor puts a thing."""
    begin = _marker(_first(anchor, "from"), grid)
    end = _marker(_first(anchor, "to"), grid)
    if begin is None:
        place = _first(anchor, "pos")
        begin = _number(place, "x"), _number(place, "y")
    if end is None:
        extent = _first(anchor, "ext")
        end = begin[0] + _number(extent, "cx"), begin[1] + _number(extent, "cy")
    left, right = sorted((begin[0], end[0]))
    top, bottom = sorted((begin[1], end[1]))
    return Rectangle(left, top, right, bottom)


def _marker(element: ElementTree.Element | None, grid: Grid) -> tuple[float, float] | None:
    """The point that a cell and the way into it give."""
    if element is None:
        return None
    said = {_tag(child): (child.text or "0").strip() for child in element}
    column, row = (int(said.get(name, "0")) for name in ("col", "row"))
    return grid.point(column, float(said.get("colOff", "0")), row, float(said.get("rowOff", "0")))


_UNCLOSED = re.compile(rb"<(br|hr)(\s[^<>/]*)?>", re.IGNORECASE)
_OBJECT = re.compile(rb'ObjectType\s*=\s*["\'](?!Note["\'])')
_LENGTH = re.compile(r"(-?[\d.]+)\s*(pt|px|in|cm|mm)?\Z", re.ASCII)
_UNITS = {"pt": POINT, "px": PIXEL, "in": 914_400, "cm": 360_000, "mm": 36_000, None: PIXEL}
_VML_SHAPES = ("shape", "rect", "oval", "line", "roundrect", "polyline", "arc", "curve", "image")


def controls_in(content: bytes, grid: Grid) -> list[Drawn]:
    """What a VML drawing shows over a sheet, all but the boxes of comments. Raises as `drawn_in` does."""
    try:
        root = parse_xml(content)
    except ElementTree.ParseError:  # Excel itself writes <br>
        if not _OBJECT.search(content):
            return []
        root = parse_xml(_UNCLOSED.sub(rb"<\1/>", content))
    shapes = [element for element in root.iter() if _tag(element) in _VML_SHAPES]
    if len(shapes) > _MOST:
        raise ValueError(len(shapes))
    found = (_control(element, grid) for element in shapes)
    return [one for one in found if one is not None and (one.width > 0 or one.height > 0)]


def _control(element: ElementTree.Element, grid: Grid) -> Drawn | None:
    """A form control, an embedded object or a shape of VML; None for the box of a comment and what is not shown."""
    data = _first(element, "ClientData")
    kind = "" if data is None else data.get("ObjectType", "")
    style = dict(re.findall(r"([\w-]+)\s*:\s*([^;]*)", element.get("style", "")))
    if kind == "Note" or style.get("visibility", "").strip() == "hidden" or _first(data, "UIObj") is not None:
        return None
    text = "".join(element.itertext()) if data is None else "".join(_said_beside(element, data))
    anchor = _first(data, "Anchor")
    box = _styled_box(style) if anchor is None else _anchored_box(anchor.text or "", grid)
    drawn = {"Pict": DrawnKind.OBJECT, "": DrawnKind.SHAPE}.get(kind, DrawnKind.CONTROL)
    if drawn is DrawnKind.SHAPE and _tag(element) == "line":
        box, drawn = _line_box(element), DrawnKind.LINE
    return Drawn(drawn, box, box.width, box.height, text.strip()[:_LONGEST])


def _said_beside(element: ElementTree.Element, data: ElementTree.Element) -> Iterator[str]:
    """The text of a control, without what programs note about it."""
    for child in element:
        if child is not data:
            yield from child.itertext()


def _anchored_box(text: str, grid: Grid) -> Rectangle:
    """The box of eight numbers: column, pixels, row, pixels of one corner and the other."""
    numbers = [int(part) for part in text.split(",")]
    first, right, top, down, last, further, bottom, lower = numbers
    begin = grid.point(first, right * PIXEL, top, down * PIXEL)
    end = grid.point(last, further * PIXEL, bottom, lower * PIXEL)
    return Rectangle(begin[0], begin[1], end[0], end[1])


def _styled_box(style: dict[str, str]) -> Rectangle:
    left, top = (_length(style.get(f"margin-{side}", style.get(side, "0"))) for side in ("left", "top"))
    return Rectangle(left, top, left + _length(style.get("width", "0")), top + _length(style.get("height", "0")))


def _line_box(element: ElementTree.Element) -> Rectangle:
    (left, top), (right, bottom) = (
        [_length(part) for part in element.get(end, "0,0").split(",")] for end in ("from", "to")
    )
    return Rectangle(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def _length(text: str) -> float:
    found = _LENGTH.match(text.strip())
    return float(found[1]) * _UNITS[found[2]] if found is not None else 0.0
