"""What a number format makes of a number: does the paper show the number that is stored?"""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.exact.numbers import plain
from minsheng_xl.intake.formats import Section, ShownAs, section_of, text_section
from minsheng_xl.rules.model import Rule
from minsheng_xl.rules.numbers import DATE, DISPLAY, PERCENT

_HARMLESS = set(" ¥￥$€\u00a0")
_SEEN = 40
"""Characters of a code that a message shows."""


class Shown(NamedTuple):
    """A display that is not the stored number: by which rule, and what the paper shows."""

    rule: Rule
    seen: str


def shown_otherwise(number: Fraction, code: str, unit: str, epoch_1904: bool) -> Shown | None:
    """How a format shows a number otherwise than stored, or None if it shows it as it is.

    `unit` is the one word that may stand behind the number.
    """
    section = section_of(code, number)
    if section.shown_as is ShownAs.DATE:
        return Shown(DATE, _day(number, epoch_1904))
    if section.shown_as is ShownAs.PERCENT:
        return Shown(PERCENT, plain(number * 100) + "%")
    if section.shown_as is ShownAs.PERCENT_SIGN:
        return Shown(PERCENT, plain(number) + "%")
    return None if _shows(section, number, unit) else Shown(DISPLAY, f"{plain(number)}（格式 {code[:_SEEN]}）")


def _shows(section: Section, number: Fraction, unit: str) -> bool:
    """Whether a section that shows neither dates nor percentages shows the number that is stored."""
    if number < 0 and section.shown_as is ShownAs.NUMBER:
        return True  # negative numbers are a rule's matter, whatever sign or bracket shows them
    if not _is_harmless(section.words, unit):
        return False
    if section.shown_as in (ShownAs.GENERAL, ShownAs.TEXT):
        return True
    if section.shown_as is ShownAs.NUMBER:
        return _fits(number, section.decimals) and (number != 0 or section.shows_zero)
    digits = plain(abs(number)).replace(".", "").strip("0")
    return section.shown_as is ShownAs.SCIENCE and len(digits) <= section.decimals + 1


def percentage_shown(number: Fraction, code: str) -> Fraction | None:
    """The percentage that a format shows, 98.5 for 0.985 shown as 98.5%; None if it rounds it or shows none."""
    section = section_of(code, number)
    if (section.shown_as, section.words.strip()) == (ShownAs.PERCENT, ""):
        percentage = number * 100
    elif (section.shown_as, section.words.strip()) == (ShownAs.PERCENT_SIGN, "%"):
        percentage = number
    else:
        return None
    return percentage if _fits(percentage, section.decimals) else None


def text_shown_otherwise(code: str) -> bool:
    """Whether a format shows a text otherwise than as it is stored."""
    section = text_section(code)
    if section is None:
        return False
    return section.shown_as not in (ShownAs.TEXT, ShownAs.GENERAL) or bool(section.words.strip())


def _fits(number: Fraction, decimals: int) -> bool:
    """Whether that many decimals show a number whole."""
    shown: Fraction = number * 10**decimals
    return shown.denominator == 1


def _is_harmless(words: str, unit: str) -> bool:
    return words.strip() == unit or all(sign in _HARMLESS for sign in words)


def _day(number: Fraction, epoch_1904: bool) -> str:
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    try:
        return str(start + timedelta(days=int(number)))
    except OverflowError:
        return plain(number)
