"""序时.应完成: a share of the target, or the amount that is to be reached by then."""

import re
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.plan.cells import fraction_of

_OF = re.compile(r"(\d{1,9}(?:\.\d+)?)[/／](\d{1,9}(?:\.\d+)?)", re.ASCII)
_COUNTED = re.compile(r"(\d[\d.]*)\s*(万|亿)?\s*([^\d\s/／%％].*)", re.ASCII | re.DOTALL)
_TIMES = {None: 1, "万": 10_000, "亿": 100_000_000}


class Amount(NamedTuple):
    """A target that is counted up to, above 0, and the measure it is counted in."""

    target: Fraction
    measure: str


class NoShare(Enum):
    """Why what stands in 应完成 is no share of the target."""

    UNREAD = "看不懂"
    UNCOUNTED = "不能写数量"
    OTHER_MEASURE = "计量单位不同"
    BEYOND = "超过目标"


def share_in(text: str, due: Amount | None) -> Fraction | NoShare:
    """The share of the target that a text names: 50%, 0.5, 6/7, or with the measure of what is `due` 6所, 1.2万人.

    A bare number is a share, as ever: nobody can tell 1 of 7 from all of them.
    """
    share = fraction_of(text)
    if share is None and (found := _OF.fullmatch(text)):
        share = _quotient(found[1], found[2])
    if share is not None:
        return share if 0 <= share <= 1 else NoShare.UNREAD
    counted = _COUNTED.fullmatch(text)
    number = parse_plain(counted[1]) if counted else None
    if counted is None or number is None:
        return NoShare.UNREAD
    return _part(number, counted, due)


def _part(number: Fraction, counted: re.Match[str], due: Amount | None) -> Fraction | NoShare:
    if due is None:
        return NoShare.UNCOUNTED
    if due.measure == f"{counted[2] or ''}{counted[3]}":  # 万元 is a measure itself
        amount = number
    elif due.measure == counted[3]:
        amount = number * _TIMES[counted[2]]
    else:
        return NoShare.OTHER_MEASURE
    return amount / due.target if amount <= due.target else NoShare.BEYOND


def _quotient(number: str, of: str) -> Fraction | None:
    part, whole = parse_plain(number), parse_plain(of)
    return part / whole if part is not None and whole else None
