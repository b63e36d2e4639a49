"""Exact numbers: plain decimals in, rationals in the middle, half-up decimals out."""

import re
from fractions import Fraction
from functools import lru_cache

PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?\Z", re.ASCII)
MOST = 10**15
"""From here on a spreadsheet no longer keeps every unit: such a number is no figure."""

_LONGEST = 40
_LEXEME = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?\Z", re.ASCII)


def plain(value: Fraction) -> str:
    """The number as a plain decimal without exponent or trailing zeros.

    Non-terminating rationals are given to twelve places, half up.
    """
    denominator = value.denominator
    if denominator == 1:
        return str(value.numerator)
    places = 0
    while denominator % 10 == 0:
        denominator //= 10
        places += 1
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    places = places + max(twos, fives) if denominator == 1 else 12
    text = fixed(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed(value: Fraction, places: int) -> str:
    """The number with exactly `places` decimals, rounded half away from zero (half up).

    A result of zero never carries a minus sign.
    """
    scaled = rounded(value, places) * 10**places
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def rounded(value: Fraction, places: int) -> Fraction:
    """Round half away from zero, as Excel's ROUND does, without leaving the rationals."""
    scale = 10**places
    numerator, denominator = abs(value.numerator) * scale, value.denominator
    units = (2 * numerator + denominator) // (2 * denominator)
    return Fraction(units if value >= 0 else -units, scale)


def grouped(text: str) -> str:
    """A plain decimal with thousands separated by commas: 31400 → 31,400."""
    whole, dot, fraction = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{dot}{fraction}"


@lru_cache(maxsize=2048)
def parse_plain(text: str) -> Fraction | None:
    """Read a plain decimal (optional minus, digits, point, digits); anything else is None.

    `float` and `Decimal` would also take 1_234, full-width digits, nan and 1e3: text that a
    person wrote is judged, never guessed. So is a number of MOST or more.
    """
    if len(text) > _LONGEST or not PLAIN.match(text):
        return None
    number = Fraction(text)
    return number if abs(number) < MOST else None


def parse_lexeme(text: str) -> Fraction | None:
    """Read the lexeme of a numeric cell as the decimal its user sees.

    Spreadsheets keep binary doubles and write up to 17 digits of them; what a person typed and
    sees are the first 15: 23.460000000000001 is 23.46.
    """
    if not _LEXEME.match(text):
        return None
    number = float(text)
    if not abs(number) < MOST:
        return None
    return Fraction(f"{number:.15g}")
