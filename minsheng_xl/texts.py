"""Texts: those from outside made fit to be shown and written, and how much room wrapped text takes in a cell."""

import re
from collections.abc import Iterable
from functools import lru_cache

LONGEST = 32_767
"""Characters that a cell can hold."""

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_WITHOUT_WIDTH = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff"
_UNSHOWN = re.compile(f"[{_CONTROL}{_WITHOUT_WIDTH}\ud800-\udfff]")


def one_line(name: str) -> str:
    """A name from outside as it is shown: cleaned, and in one line."""
    return re.sub("[\r\n\t\u2028\u2029]+", " ", cleaned(name))


def cleaned(text: str) -> str:
    """A text without control characters, without what turns its direction, no longer than a cell."""
    return _UNSHOWN.sub("", text)[:LONGEST]

_MOST = 400.0  # Excel allows 409 points
_BODY = 10.5  # points
DIGIT = 5.25  # points of a unit of column width: half a Chinese character of 10.5 points
_PADDING = 9.0  # points that an indent and the borders take
_NARROW = 0.57  # a digit or letter, of the size of its face
WIDER = 4 / 3
"""How much wider a face may be than the one that is named, and that a desk lacks: rows are high enough for it."""


@lru_cache(maxsize=4096)
def width_points(text: str, size: float = _BODY) -> float:
    """How wide a text of a font size is in one line, in points."""
    return sum(size if ord(sign) > 0x2E7F else size * _NARROW for sign in text)


def lines(text: str, width: float, size: float = _BODY, wider: float = WIDER) -> int:
    """How many lines a text of a font size takes in a cell `width` characters wide, in a face so much `wider`."""
    room = max(size, width * DIGIT - _PADDING)
    needed = 0
    for part in text.split("\n"):
        wide = width_points(part, size) * wider
        if wide > room:  # a line ends with a whole sign, none begins with a comma or splits a number
            sign = size * wider
            room_wrapped = max(sign, min(room - sign / 2, room // sign * sign))
            needed += max(2, -int(-wide // room_wrapped))
        else:
            needed += 1
    return needed


def row_height(
    texts: Iterable[tuple[str, float]], *, least: float, size: float = _BODY, wider: float = WIDER
) -> float:
    """The height in points of a row with these (text, width of its cell) pairs, at least `least`, in a face that may
    be so much `wider`."""
    needed = max((lines(text, width, size, wider) for text, width in texts), default=1)
    return min(_MOST, max(least, (size + 4) * needed + 3))
