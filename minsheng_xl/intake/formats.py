"""A number format taken apart: which of its sections shows a number, and as what.

A code has up to four sections (positive; negative; zero; text), or sections with conditions. A section is
cut into tokens, and the tokens say what it shows. Source: ECMA-376 part 1, 18.8.31 (number formats); only
what changes the meaning is told apart.
"""

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

_DASHES = ("-", "－", "—", "–", "−")


class ShownAs(Enum):
    """What a section of a format makes of a number."""

    NUMBER = auto()
    GENERAL = auto()
    TEXT = auto()
    PERCENT = auto()
    """A hundred times the number, with %."""
    PERCENT_SIGN = auto()
    """The number itself, with % as a word behind it."""
    DATE = auto()
    SCIENCE = auto()
    HIDDEN = auto()
    OTHER = auto()


class Section(NamedTuple):
    """A section of a format: what it shows, with how many decimals, the words that stand around, and its colour."""

    shown_as: ShownAs
    decimals: int = 0
    words: str = ""
    shows_zero: bool = True
    colour: str = ""


_PIECE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[\s\S]')
_COMPARED = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]", re.ASCII)
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}


def section_of(code: str, number: Fraction) -> Section:
    """The section of a code that shows a number, taken apart."""
    sections = _sections(code or "General")
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        shown = _by_conditions(sections, conditions, number)
        possible = {_taken_apart(_COMPARED.sub("", section)) for section in shown}
        return possible.pop() if len(possible) == 1 else Section(ShownAs.OTHER, words=code)
    sign = 0 if number > 0 else 1 if number < 0 else 2
    found = _taken_apart(sections[sign] if sign < len(sections) else sections[0])
    if found.shown_as is ShownAs.TEXT and len(sections) > 1:
        return found._replace(shown_as=ShownAs.OTHER)  # meant for texts: programs differ in what they make of a number
    if sign == 2 and len(sections) > 2 and found.words.strip() in _DASHES:
        return Section(ShownAs.NUMBER, colour=found.colour)  # a dash for zero, as accountants write it
    return found


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    """The sections of a code; a semicolon between quotes or brackets parts none."""
    sections = [""]
    for piece in _PIECE.findall(code):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return tuple(sections)


def text_section(code: str) -> Section | None:
    """The section of a code that shows a text, taken apart; None if it has none."""
    sections = _sections(code)
    return _taken_apart(sections[-1]) if len(sections) >= 4 or "@" in sections[-1] else None


def colour_of_text(code: str) -> str:
    """The colour in which a code may show a text."""
    section = text_section(code) or _taken_apart(_sections(code)[0])
    return section.colour


def _condition(section: str) -> tuple[str, Fraction] | None:
    match = _COMPARED.search(section)
    return (match[1], Fraction(match[2])) if match else None


def _by_conditions(
    sections: Sequence[str], conditions: Sequence[tuple[str, Fraction] | None], number: Fraction
) -> Sequence[str]:
    """The section whose condition holds; else those of which programs take one or the other."""
    pairs = list(zip(sections, conditions, strict=True))
    for section, condition in pairs:
        if condition is None:
            break
        if _COMPARE[condition[0]](number, condition[1]):
            return [section]
    return [section for section, condition in pairs[:3] if condition is None]


class _Sign(Enum):
    """What a token of a section is."""

    WORDS = auto()
    ROOM = auto()
    COLOUR = auto()
    CURRENCY = auto()
    DIGITS = auto()
    EXPONENT = auto()
    CALENDAR = auto()
    CONDITION = auto()


_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | !(?P<literal>.)   # words, as they stand
    | _(?P<room>.)                                             # room as wide as a sign
    | \*(?P<filling>.)                                         # a sign repeated until the cell is full
    | \[(?P<bracket>[^\]]*)\]                                  # colour, currency, elapsed time, condition
    | (?P<digits>[0#?.,%/]+)
    | (?P<exponent>e[+-][0#?]+)
    | (?P<general>General|G/通用格式)
    | (?P<noon>AM/PM)
    | (?P<bare>[\s\S])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CALENDAR = re.compile(r"[ymdhsaebg年月日]", re.IGNORECASE)
_ELAPSED = re.compile(r"[hms]+\Z", re.IGNORECASE)
_COMPARISON = re.compile(r"[<>=]")
_GENERAL, _PARTED = "G", "|"
"""Among the digits of a section: General, and what stands between two runs of digits."""


def _tokens(section: str) -> Iterator[tuple[_Sign, str]]:
    """The tokens of a section that change what is shown."""
    for match in _TOKEN.finditer(section):
        name = match.lastgroup
        text = match[name] if name is not None else ""
        if name in ("quoted", "escaped", "literal") or (name == "filling" and text.strip()):
            yield _Sign.WORDS, text
        elif name in ("room", "filling"):
            yield _Sign.ROOM, text
        elif name == "bracket":
            yield from _bracketed(text)
        elif name in ("digits", "exponent", "general"):
            yield (_Sign.EXPONENT if name == "exponent" else _Sign.DIGITS), _GENERAL if name == "general" else text
        elif name == "noon":
            yield _Sign.CALENDAR, text
        elif name == "bare":
            yield _meaning(text), text


def _bracketed(text: str) -> Iterator[tuple[_Sign, str]]:
    if _ELAPSED.match(text):
        yield _Sign.CALENDAR, text
    elif _COMPARISON.search(text) or text.upper().startswith("DBNUM"):
        yield _Sign.CONDITION, text
    elif text.startswith("$"):
        yield _Sign.CURRENCY, text[1:].partition("-")[0]
    else:
        yield _Sign.COLOUR, text


def _meaning(bare: str) -> _Sign:
    """What a sign without quotes is."""
    if bare == "@":
        return _Sign.DIGITS
    return _Sign.CALENDAR if _CALENDAR.match(bare) else _Sign.WORDS


@lru_cache(maxsize=512)
def _taken_apart(section: str) -> Section:
    """What a section shows; the first sign of a calendar or of a condition decides."""
    words = digits = colour = ""
    is_science = False
    for sign, text in _tokens(section):
        if sign is _Sign.CALENDAR:
            return Section(ShownAs.DATE)
        if sign is _Sign.CONDITION:
            return Section(ShownAs.OTHER, words=text)
        if sign is _Sign.EXPONENT:
            is_science = True
            digits += "E" if digits.endswith(_PARTED) else ""  # parted from its digits
        elif sign is _Sign.DIGITS:
            digits += _PARTED + text if is_science else text  # behind an exponent are other digits
        elif sign is _Sign.COLOUR:
            colour = text
        else:
            words += text if sign is not _Sign.ROOM else ""
            digits += _PARTED
    digits = digits.strip(_PARTED)
    decimals = len(re.sub(r"[^0#?]", "", digits.partition(".")[2]))
    return Section(_shown_as(digits, words, is_science), decimals, words, "0" in digits, colour)


def _shown_as(digits: str, words: str, is_science: bool) -> ShownAs:
    if "%" in digits:
        return ShownAs.PERCENT
    if any(sign in words for sign in "%％‰"):
        return ShownAs.PERCENT_SIGN
    if digits == _GENERAL:
        return ShownAs.GENERAL
    if digits == "@":
        return ShownAs.TEXT
    if not digits and not words:
        return ShownAs.HIDDEN
    if any(sign in digits for sign in ("/", _PARTED)) or not re.search(r"[0#?]", digits) or digits.count(".") > 1:
        return ShownAs.OTHER
    if re.search(r"[0#?.],+(?:\.|\Z)", digits):  # a comma behind the digits divides by a thousand
        return ShownAs.OTHER
    if is_science:
        return ShownAs.OTHER if any(sign in digits for sign in ",?") else ShownAs.SCIENCE
    return ShownAs.NUMBER
