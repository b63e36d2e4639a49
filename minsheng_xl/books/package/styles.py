"""How the styles of a workbook show its cells."""

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from minsheng_xl.books.package.cells import HIDING, Display, Face, Fill, Looks
from minsheng_xl.books.package.colours import Colour, Palette, colour_of
from minsheng_xl.books.package.markup import MAIN, parse_xml
from minsheng_xl.books.package.memory import PART, remembered

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    **dict.fromkeys((5, 6, 23, 24), "¥#,##0;¥-#,##0"), **dict.fromkeys((7, 8, 25, 26), "¥#,##0.00;¥-#,##0.00"),
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)",
    41: "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", 42: "_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* \"-\"_ ;_ @_ ",
    43: "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
    44: "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ",
    48: "##0.0E+0", 49: "@",
}
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


_SHARES = {"gray0625": 1 / 16, "gray125": 1 / 8, "lightGray": 1 / 4, "mediumGray": 1 / 2, "darkGray": 3 / 4}
_DENSE, _SPARSE = 1 / 2, 1 / 4
"""How much of a cell the dots or lines of a pattern cover: `dark` ones, `light` ones."""
_GROUND = Colour(indexed=65)
_POINTS = re.compile(r"\d{1,4}(?:\.\d{1,9})?\Z", re.ASCII)


@remembered(64, PART)
def read_styles(content: bytes) -> Looks:
    """How the styles of a workbook show cells, from their part; the colours of its theme stand elsewhere."""
    sheet = _StyleSheet(parse_xml(content))
    changes = sheet.root.iterfind(f"{MAIN}dxfs/{MAIN}dxf")
    colours = sheet.root.iterfind(f"{MAIN}colors/{MAIN}indexedColors/{MAIN}rgbColor")
    indexed = tuple(element.get("rgb", "") for element in colours)
    palette = Palette(indexed=indexed) if indexed else Palette()
    return Looks(sheet.displays(), tuple(map(look_of, changes)), palette)


class _StyleSheet:
    """The tables of a style sheet; a style names a row of each.

    What a style does not say, the cell style says that it belongs to. What it does say counts, whatever its marks
    of what is applied say: so it is in Excel, and in what reads as Excel does.
    """

    def __init__(self, root: ElementTree.Element) -> None:
        self.root = root
        self.codes: dict[str, str] = {}
        for element in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt"):
            number, code = element.get("numFmtId", ""), element.get("formatCode", "")
            self.codes[number] = code if self.codes.get(number, code) == code else HIDING  # of two programs take either
        self.fonts = root.findall(f"{MAIN}fonts/{MAIN}font")
        self.fills = root.findall(f"{MAIN}fills/{MAIN}fill")
        self.borders = root.findall(f"{MAIN}borders/{MAIN}border")
        self.parents = root.findall(f"{MAIN}cellStyleXfs/{MAIN}xf")

    def displays(self) -> tuple[Display, ...]:
        return tuple(map(self._display, self.root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")))

    def _display(self, style: ElementTree.Element) -> Display:
        parent = _named(self.parents, style.get("xfId", "0"))
        font, fill, border = (
            _named(table, _said(style, parent, name))
            for table, name in ((self.fonts, "fontId"), (self.fills, "fillId"), (self.borders, "borderId"))
        )
        about = style.find(MAIN + "alignment")
        if about is None and parent is not None and style.get("applyAlignment") not in ("1", "true"):
            about = parent.find(MAIN + "alignment")
        return Display(
            _code(_said(style, parent, "numFmtId"), self.codes),
            font is not None and is_marked(font),
            about is not None and about.get("horizontal") == "fill",
            face_of(font),
            _fill(fill),
            border is not None and _is_crossed(border),
        )


def _named(table: Sequence[ElementTree.Element], number: str) -> ElementTree.Element | None:
    return table[int(number)] if int(number) < len(table) else None


def _said(style: ElementTree.Element, parent: ElementTree.Element | None, name: str) -> str:
    """What a style says, or the cell style it belongs to."""
    inherited = "0" if parent is None else parent.get(name, "0")
    return style.get(name, inherited)


def _code(number: str, codes: Mapping[str, str]) -> str:
    if number in codes:
        return codes[number]
    return _BUILT_IN.get(int(number), "yyyy/m/d" if int(number) in _BUILT_IN_DATES else "General")


def look_of(change: ElementTree.Element) -> Display:
    """What a conditional format changes."""
    parts = {part.tag: part for part in change}
    number, font, border = (parts.get(MAIN + name) for name in ("numFmt", "font", "border"))
    code = "" if number is None else number.get("formatCode") or _code(number.get("numFmtId", "0"), {})
    fill = _fill(parts.get(MAIN + "fill"), is_change=True)
    marked, crossed = font is not None and is_marked(font), border is not None and _is_crossed(border)
    return Display(code, marked, face=face_of(font), fill=fill, crossed=crossed)


def face_of(font: ElementTree.Element | None) -> Face:
    """The face that a font says, of a style or of a part of a text."""
    if font is None:
        return Face()
    size = font.find(MAIN + "sz")
    name = next((element for tag in ("name", "rFont") if (element := font.find(MAIN + tag)) is not None), None)
    points = _POINTS.match(size.get("val", "")) if size is not None else None
    ink, font_name = colour_of(font.find(MAIN + "color")), "" if name is None else name.get("val", "")
    return Face(ink, float(points[0]) if points else None, font_name)


def _fill(fill: ElementTree.Element | None, *, is_change: bool = False) -> Fill | None:
    """What a cell is filled with; None with nothing. In a change the ground of a solid pattern is what is seen."""
    if fill is None:
        return None
    stops = tuple(filter(None, map(colour_of, fill.iterfind(f"{MAIN}gradientFill/{MAIN}stop/{MAIN}color"))))
    pattern = fill.find(MAIN + "patternFill")
    if pattern is None:
        return Fill(stops) if stops else None
    kind = pattern.get("patternType", "solid" if is_change else "none")
    front, back = colour_of(pattern.find(MAIN + "fgColor")), colour_of(pattern.find(MAIN + "bgColor"))
    if kind == "none":
        return Fill((_GROUND,)) if is_change else None
    if kind == "solid":
        seen = (back or front) if is_change else front or Colour()
        return None if seen is None else Fill((seen,))
    share = _SHARES.get(kind, _SPARSE if kind.startswith("light") else _DENSE)
    return Fill((front or Colour(), back or _GROUND), share)


def _is_crossed(border: ElementTree.Element) -> bool:
    """Whether a border runs across its cell."""
    line = border.find(MAIN + "diagonal")
    is_drawn = any(border.get(name) in ("1", "true") for name in ("diagonalUp", "diagonalDown"))
    return is_drawn and line is not None and line.get("style", "none") != "none"


def is_marked(font: ElementTree.Element) -> bool:
    """Whether a face is struck out or raised."""
    strike, raised = font.find(MAIN + "strike"), font.find(MAIN + "vertAlign")
    return (strike is not None and strike.get("val", "1") not in ("0", "false")) or (
        raised is not None and raised.get("val", "baseline") != "baseline"
    )
