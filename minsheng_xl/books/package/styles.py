"""How the styles of a workbook show its cells."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from xml.etree import ElementTree

from minsheng_xl.books.package.cells import TELLING, Display
from minsheng_xl.books.package.markup import MAIN, parse_xml

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


@lru_cache(maxsize=64)
def read_styles(content: bytes) -> tuple[tuple[Display, ...], frozenset[int]]:
    """The display of each cell style; the conditional formats with a number format or a strike."""
    root = parse_xml(content)
    codes: dict[str, str] = {}
    for group in root.iterfind(MAIN + "numFmts"):
        codes |= {e.get("numFmtId", ""): e.get("formatCode", "") for e in group.iter(MAIN + "numFmt")}
    marked = [is_marked(e) for e in root.iterfind(f"{MAIN}fonts/{MAIN}font")]
    displays = tuple(_display(e, codes, marked) for e in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf"))
    conditional = enumerate(root.iterfind(f"{MAIN}dxfs/{MAIN}dxf"))
    return displays, frozenset((TELLING, *(number for number, e in conditional if _tells(e))))


def _display(style: ElementTree.Element, codes: Mapping[str, str], marked: Sequence[bool]) -> Display:
    font = int(style.get("fontId", "0"))
    repeated = any(about.get("horizontal") == "fill" for about in style.iterfind(MAIN + "alignment"))
    return Display(_code(style.get("numFmtId", "0"), codes), font < len(marked) and marked[font], repeated)


def _code(number: str, codes: Mapping[str, str]) -> str:
    if number in codes:
        return codes[number]
    return _BUILT_IN.get(int(number), "yyyy/m/d" if int(number) in _BUILT_IN_DATES else "General")


def _tells(style: ElementTree.Element) -> bool:
    """Whether a conditional format changes what a number seems to be."""
    return style.find(MAIN + "numFmt") is not None or any(map(is_marked, style.iterfind(MAIN + "font")))


def is_marked(font: ElementTree.Element) -> bool:
    """Whether a face is struck out or raised."""
    strike, raised = font.find(MAIN + "strike"), font.find(MAIN + "vertAlign")
    return (strike is not None and strike.get("val", "1") not in ("0", "false")) or (
        raised is not None and raised.get("val", "baseline") != "baseline"
    )
