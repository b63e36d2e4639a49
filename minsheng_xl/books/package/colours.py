"""Colours as a workbook writes them, and what they are on the screen: those of its theme, of the old palette.

Source: ECMA-376 part 1, 18.8.3 (color), 18.8.27 (indexedColors), 20.1.6.2 (clrScheme).
"""

import colorsys
import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias
from xml.etree import ElementTree

from minsheng_xl.books.package.markup import parse_xml
from minsheng_xl.books.package.memory import PART, remembered

RGB: TypeAlias = tuple[int, int, int]
"""Red, green and blue, each up to 255."""

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})\Z")
_BASIC = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
_PALETTE = (
    f"{_BASIC} {_BASIC}"
    " 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF"
    " 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99"
    " 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
_OFFICE = "FFFFFF 000000 E7E6E6 44546A 5B9BD5 ED7D31 A5A5A5 FFC000 4472C4 70AD47 0563C1 954F72"
_OF_WINDOWS = {64: "000000", 65: "FFFFFF"}
"""The colours behind the palette: of the text and of the ground of a window."""
_SLOTS = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
"""The colours of a theme by their number."""


class Colour(NamedTuple):
    """A colour as it was written: in hexadecimal digits, or by its number in the theme or in the old palette;
    made lighter or darker by `tint`. With none of the three it is the automatic one."""

    rgb: str = ""
    theme: int | None = None
    indexed: int | None = None
    tint: float = 0.0


def colour_of(element: ElementTree.Element | None) -> Colour | None:
    """The colour that an element says; None if there is none."""
    if element is None:
        return None
    theme, indexed = _number(element.get("theme")), _number(element.get("indexed"))
    tint = element.get("tint", "0")
    return Colour(element.get("rgb", ""), theme, indexed, float(tint) if re.fullmatch(r"[-+.\deE]+", tint) else 0.0)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def office_theme() -> tuple[str, ...]:
    """The colours of a workbook that has no theme."""
    return tuple(_OFFICE.split())


class Palette(NamedTuple):
    """The colours of a workbook that are named by number; those of its theme are read when one is asked for."""

    theme: Callable[[], tuple[str, ...]] = office_theme
    indexed: tuple[str, ...] = tuple(_PALETTE.split())

    def rgb(self, colour: Colour | None, automatic: RGB) -> RGB:
        """A colour on the screen; what it is where it is left to the program, or not to be told, is given."""
        found = self._written(colour) if colour is not None else ""
        match = _HEX.match(found)
        if match is None or colour is None:
            return automatic
        red, green, blue = (int(match[1][at : at + 2], 16) for at in (0, 2, 4))
        return _tinted((red, green, blue), colour.tint) if colour.tint else (red, green, blue)

    def _written(self, colour: Colour) -> str:
        if colour.theme is not None:
            theme = self.theme()
            return theme[colour.theme] if colour.theme < len(theme) else ""
        if colour.rgb:
            return colour.rgb
        number = colour.indexed
        if number is None:
            return ""
        return self.indexed[number] if number < len(self.indexed) else _OF_WINDOWS.get(number, "")


def _tinted(colour: RGB, tint: float) -> RGB:
    """A colour made darker (below zero) or lighter. Source: ECMA-376 part 1, 18.8.19 (tint)."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    share = min(abs(tint), 1.0)
    light = light * (1 - share) + (share if tint > 0 else 0)
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, light, saturation))
    return red, green, blue


@remembered(64, PART)
def theme_colours(content: bytes) -> tuple[str, ...]:
    """The colours of a theme, by number; those of Office where it names none."""
    found = dict(zip(_SLOTS, office_theme(), strict=True))
    for slot in _colours(content):
        name = slot.tag.rpartition("}")[2]
        said = next((one.get("lastClr", one.get("val", "")) for one in slot), "")
        if name in found and _HEX.match(said):
            found[name] = said
    return tuple(found.values())


def _colours(content: bytes) -> ElementTree.Element:
    """The element that holds the colours of a theme; one that is empty if it has none."""
    schemes = (e for e in parse_xml(content).iter() if e.tag.endswith("}clrScheme")) if content else ()
    return next(iter(schemes), ElementTree.Element("none"))
