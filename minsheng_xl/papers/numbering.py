"""The numbers that Word writes before paragraphs by itself: 1. 一、 （一） ①. Source: ECMA-376 part 1, 17.9."""

from collections.abc import Callable
from xml.etree import ElementTree

_LEVELS = 9
_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese(number: int) -> str:
    """A number below a hundred as it is counted: 十二, 二十."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _circled(number: int) -> str:
    return chr(0x245F + number) if 0 < number <= 20 else str(number)


def _stem(number: int) -> str:
    return _STEMS[number - 1] if 0 < number <= len(_STEMS) else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) if number > 0 else str(number)


def _roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said


_WRITTEN: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese, "chineseCountingThousand": chinese, "ideographDigital": chinese,
    "japaneseCounting": chinese, "taiwaneseCountingThousand": chinese, "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled, "ideographTraditional": _stem, "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(), "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
"""How a format writes a number; what is not here is written in digits."""
_UNNUMBERED = ("bullet", "none")


def local(element: ElementTree.Element) -> str:
    """The name of an element without its name space."""
    return element.tag.rpartition("}")[2]


def child(element: ElementTree.Element | None, *names: str) -> ElementTree.Element | None:
    """The element down a way of names, whatever their name space."""
    for name in names:
        if element is None:
            return None
        element = next((part for part in element if local(part) == name), None)
    return element


def value(element: ElementTree.Element | None, name: str = "val") -> str:
    """An attribute without its name space, "" where there is none."""
    if element is None:
        return ""
    return next((said for key, said in element.attrib.items() if key.rpartition("}")[2] == name), "")


def whole(text: str, default: int) -> int:
    """A whole number as it is written in the file."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else default


class Numbering:
    """Counts the numbered paragraphs of a document, in its order."""

    def __init__(self, numbering: ElementTree.Element | None, styles: ElementTree.Element | None) -> None:
        parts = [] if numbering is None else list(numbering)
        self._lists = {value(part, "numId"): part for part in parts if local(part) == "num"}
        self._kinds = {value(part, "abstractNumId"): part for part in parts if local(part) == "abstractNum"}
        found = [] if styles is None else list(styles)
        self._styles = {value(part, "styleId"): part for part in found if local(part) == "style"}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, properties: ElementTree.Element | None) -> str:
        """What stands before the paragraph that has these properties."""
        numbered = self._numbered(properties)
        name = value(child(numbered, "numId"))
        if name not in self._lists:
            return ""
        level = min(whole(value(child(numbered, "ilvl")), 0), _LEVELS - 1)
        kind = value(child(self._lists[name], "abstractNumId"))
        levels = {whole(value(part, "ilvl"), 0): part for part in self._kinds.get(kind, ()) if local(part) == "lvl"}
        counts = self._counts.setdefault(kind, [None] * _LEVELS)
        if name not in self._begun:
            self._begun.add(name)
            self._begin_anew(name, counts)
        self._count(levels, counts, level)
        return self._written(levels, counts, level)

    def _numbered(self, properties: ElementTree.Element | None) -> ElementTree.Element | None:
        """The numbering of a paragraph, or of its style or of one that this is based on."""
        seen: set[str] = set()
        while properties is not None:
            found = child(properties, "numPr")
            if found is not None:
                return found
            name = value(child(properties, "pStyle")) or value(child(properties, "basedOn"))
            style = self._styles.get(name)
            if style is None or name in seen:
                return None
            seen.add(name)
            inner = child(style, "pPr")
            found = child(inner, "numPr")
            if found is not None:
                return found
            properties = style
        return None

    def _begin_anew(self, name: str, counts: list[int | None]) -> None:
        for part in self._lists[name]:
            start = value(child(part, "startOverride"))
            level = whole(value(part, "ilvl"), 0)
            if start and level < _LEVELS:
                counts[level] = whole(start, 1) - 1

    def _count(self, levels: dict[int, ElementTree.Element], counts: list[int | None], level: int) -> None:
        for upper in range(level):
            if counts[upper] is None:
                counts[upper] = _start(levels, upper)
        now = counts[level]
        counts[level] = _start(levels, level) if now is None else now + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)

    def _written(self, levels: dict[int, ElementTree.Element], counts: list[int | None], level: int) -> str:
        said = value(child(levels.get(level), "lvlText"))
        if value(child(levels.get(level), "numFmt")) in _UNNUMBERED:
            return ""
        for upper in range(level + 1):
            write = _WRITTEN.get(value(child(levels.get(upper), "numFmt")), str)
            said = said.replace(f"%{upper + 1}", write(counts[upper] or 0))
        return said


def _start(levels: dict[int, ElementTree.Element], level: int) -> int:
    return whole(value(child(levels.get(level), "start")), 1)
