"""How much room wrapped text takes in a cell."""

from collections.abc import Iterable

_MOST = 400.0  # Excel allows 409 points
_BODY = 10.5  # points
_DIGIT = 5.25  # points of a unit of column width: half a Chinese character of 10.5 points
_PADDING = 9.0  # points that an indent and the borders take
_NARROW = 0.57  # a digit or letter, of the size of its face


def lines(text: str, width: float, size: float = _BODY) -> int:
    """How many lines a text of a font size takes in a cell `width` characters wide."""
    room = max(size, width * _DIGIT - _PADDING)
    needed = 0
    for part in text.split("\n"):
        wide = sum(size if ord(sign) > 0x2E7F else size * _NARROW for sign in part)
        if wide > room:  # no line begins with a comma or splits a number: about half a character is lost
            room_wrapped = max(size, room - size / 2)
            needed += max(2, -int(-wide // room_wrapped))
        else:
            needed += 1
    return needed


def row_height(texts: Iterable[tuple[str, float]], *, least: float, size: float = _BODY) -> float:
    """The height in points of a row with these (text, width of its cell) pairs, at least `least`."""
    needed = max((lines(text, width, size) for text, width in texts), default=1)
    return min(_MOST, max(least, (size + 4) * needed + 3))
