"""How much room wrapped text takes in a cell."""

from collections.abc import Iterable

_MOST = 400.0  # Excel allows 409 points
_BODY = 10.5  # points; at this size a Chinese character is two units of column width
_PADDING = 1.5


def lines(text: str, width: float, size: float = _BODY) -> int:
    """How many lines a text of a font size takes in a cell `width` characters wide."""
    room = max(2, int(width * _BODY / size - _PADDING))
    needed = 0
    for part in text.split("\n"):
        wide = sum(2 if ord(sign) > 0x2E7F else 1 for sign in part)
        needed += max(1, -(-wide // room))
    return needed


def row_height(texts: Iterable[tuple[str, float]], *, least: float, size: float = _BODY) -> float:
    """The height in points of a row with these (text, width of its cell) pairs, at least `least`."""
    needed = max((lines(text, width, size) for text, width in texts), default=1)
    return min(_MOST, max(least, (size + 4) * needed + 3))
