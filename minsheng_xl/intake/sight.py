"""Whether a person sees what stands in a cell: not in the colour of its ground, nor too small, nor crossed out.

A colour comes from the style, from a part of a text, from the number format, from a conditional format. Of the
conditions only comparisons of a number with constants are reckoned: what another may hide is not seen for certain.
"""

import math
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from minsheng_xl.books.package.colours import BLACK, RGB, WHITE
from minsheng_xl.books.package.read import (
    Colour,
    Comparison,
    Display,
    Face,
    Fill,
    Palette,
    RawCell,
    RawSheet,
    RawWorkbook,
)
from minsheng_xl.exact.addresses import Place
from minsheng_xl.exact.numbers import parse_lexeme
from minsheng_xl.intake.formats import colour_of_text, section_of
from minsheng_xl.rules import sight
from minsheng_xl.rules.model import Rule

_LEAST_POINTS = 4.0
"""Signs of up to this size are dots: on paper 1.4 mm, on a screen four or five pixels high."""
_CONTRAST, _HUE = 1.5, 60.0
"""How much brighter one of two colours must be, or how far apart in hue, for ink to be told from its ground. The palest
grey that Excel offers has 1.4 on white (D9D9D9), the next 1.8 (BFBFBF); pale yellow is 27 from white and hardly seen,
full yellow 97. Source of the contrast: WCAG 2.1, which asks 4.5 of a text that is to be read with ease."""
_SYMBOLS = ("wingdings", "webdings", "marlett", "bookshelf symbol")
"""Fonts that have pictures in place of digits."""
_NAMES = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "00FF00", "blue": "0000FF", "yellow": "FFFF00",
    "magenta": "FF00FF", "cyan": "00FFFF", "黑色": "000000", "白色": "FFFFFF", "红色": "FF0000", "绿色": "00FF00",
    "蓝色": "0000FF", "黄色": "FFFF00", "洋红": "FF00FF", "洋红色": "FF00FF", "蓝绿色": "00FFFF", "青色": "00FFFF",
}
"""The colours that a number format names, whatever the palette of the workbook."""
_NUMBERED = re.compile(r"(?:color|颜色)\s*(\d{1,2})\Z", re.IGNORECASE | re.ASCII)


class Unseen(NamedTuple):
    """Why what a cell holds is not seen: by which rule, and what is the matter in words."""

    rule: Rule
    reason: str


def looks_over(workbook: RawWorkbook, sheet: RawSheet, place: Place, number: Fraction | None) -> list[Display]:
    """What conditional formats may make of a cell, in which a number may stand, the first that counts first."""
    over = [one for one in sheet.frame.conditional if one.area.holds(*place) and _may_hold(one.compared, number)]
    over.sort(key=attrgetter("rank"))
    return [look for one in over if (look := workbook.look(one)) is not None]


_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "equal": operator.eq, "notEqual": operator.ne, "greaterThan": operator.gt, "greaterThanOrEqual": operator.ge,
    "lessThan": operator.lt, "lessThanOrEqual": operator.le,
}


def _may_hold(compared: Comparison | None, number: Fraction | None) -> bool:
    """Whether a condition holds for a number, or that cannot be told."""
    if compared is None or number is None:
        return True
    constants = [constant for text in compared.formulas if (constant := parse_lexeme(text)) is not None]
    if len(constants) == 1 == len(compared.formulas) and compared.operator in _COMPARE:
        return _COMPARE[compared.operator](number, constants[0])
    if len(constants) == 2 == len(compared.formulas) and compared.operator in ("between", "notBetween"):
        return (min(constants) <= number <= max(constants)) == (compared.operator == "between")
    return True


def unseen(
    raw: RawCell, display: Display, looks: Sequence[Display], palette: Palette, number: Fraction | None = None
) -> Unseen | None:
    """Why a person does not see what a cell holds; None if it is seen. `looks` are what conditional formats may make
    of it, the first that counts first; `number` is the one that is stored."""
    if display.crossed or any(look.crossed for look in looks):
        return Unseen(sight.CROSSED, "")
    faces = [face or display.face for face in raw.faces] or [display.face]
    for face in (*faces, *(look.face for look in looks)):
        if face.size is not None and face.size <= _LEAST_POINTS:
            return Unseen(sight.UNSEEN, f"字只有{face.size:g}磅大")
        if face.font.lower().startswith(_SYMBOLS):
            return Unseen(sight.UNSEEN, f"字体{face.font}把数字显示成符号")
    coloured = _coloured(display, number)
    changes = [(_coloured(look, number) or look.face.ink, look.fill) for look in looks]
    for ink, fill in _dresses(faces, coloured, display, changes):
        shade = palette.rgb(ink, BLACK)
        if any(_is_alike(shade, ground) for ground in _grounds(fill, palette)):
            return Unseen(sight.UNSEEN, "字的颜色和底色几乎一样")
    return None


def _coloured(display: Display, number: Fraction | None) -> Colour | None:
    """The colour that the number format gives to what a cell holds."""
    if "[" not in display.code:
        return None
    name = colour_of_text(display.code) if number is None else section_of(display.code, number).colour
    if numbered := _NUMBERED.match(name):
        return Colour(indexed=int(numbered[1]) + 7)
    return Colour(_NAMES[name.lower()]) if name.lower() in _NAMES else None


_Dress: TypeAlias = tuple[Colour | None, Fill | None]
"""Ink and ground."""


def _dresses(
    faces: Sequence[Face], coloured: Colour | None, display: Display, changes: Sequence[_Dress]
) -> Iterator[_Dress]:
    """Ink and ground as they may come together: those of the cell, and what up to two conditions make of them."""
    inks = [coloured] if coloured is not None else [face.ink for face in faces]
    yield from ((ink, display.fill) for ink in inks)
    telling = list(dict.fromkeys(changes))
    for some in (*((one,) for one in telling), *combinations(telling, 2)):
        changed = [ink for ink, _ in some if ink is not None]
        fill = next((fill for _, fill in some if fill is not None), display.fill)
        yield from ((ink, fill) for ink in changed[:1] or inks)
        if coloured is not None:
            yield coloured, fill


def _grounds(fill: Fill | None, palette: Palette) -> list[RGB]:
    """The colours on which a cell shows its content."""
    if fill is None:
        return [WHITE]
    colours = [palette.rgb(colour, BLACK) for colour in fill.colours]
    return [_mixed(colours[0], colours[1], fill.share)] if fill.share < 1 else colours


def _mixed(dots: RGB, ground: RGB, share: float) -> RGB:
    """What dots on a ground look like from a distance."""
    red, green, blue = (round(one * share + other * (1 - share)) for one, other in zip(dots, ground, strict=True))
    return red, green, blue


@lru_cache(maxsize=4096)
def _is_alike(ink: RGB, ground: RGB) -> bool:
    """Whether a person does not tell ink from ground."""
    one, other = _seen(ink), _seen(ground)
    contrast = (max(one.light, other.light) + 0.05) / (min(one.light, other.light) + 0.05)
    return contrast < _CONTRAST and math.dist(one.hue, other.hue) < _HUE


class _Seen(NamedTuple):
    """How the eye sees a colour: its light (up to 1), and two axes of hue. Source: CIE 15, CIELAB under D65."""

    light: float
    hue: tuple[float, float]


def _seen(colour: RGB) -> _Seen:
    red, green, blue = (_linear(part / 255) for part in colour)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    x = _root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505)
    y = _root(light)
    z = _root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0888)
    return _Seen(light, (500 * (x - y), 200 * (y - z)))


def _linear(part: float) -> float:
    """The light of a part of a colour. Source: IEC 61966-2-1, sRGB."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _root(light: float) -> float:
    return math.cbrt(light) if light > 216 / 24389 else (24389 / 27 * light + 16) / 116
