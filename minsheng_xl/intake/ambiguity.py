"""Figures that can be read in two ways: a comma for a point, a month for a number."""

import re
from fractions import Fraction

from minsheng_xl.books.package.read import RawCell

_COMMA = re.compile(r"(\d{1,3})[,，](\d{3})\Z")
_CENTURY = range(2000, 2100)
MAKES_SENSE = 1000
"""Where targets and last figures are smaller, a figure of thousands makes no sense."""


def other_reading(raw: RawCell, figure: Fraction) -> str:
    """How a person may have meant a cell that was read as a figure of thousands, in words; "" if there is no doubt."""
    if raw.kind == "s":
        grouped = _COMMA.match(raw.text.strip())
        if grouped is not None:
            return f"{grouped[1]}.{grouped[2]}"
    year, part = divmod(figure, 1)
    tenths, hundredths = part * 10, part * 100
    month = hundredths if hundredths.denominator == 1 and 1 <= hundredths <= 12 else tenths
    if year in _CENTURY and month.denominator == 1 and 1 <= month <= 12:
        return f"{year}年{month}月"
    return ""
