"""How much room wrapped text takes in a cell."""

from collections.abc import Iterable

_MOST = 400.0  # Excel allows 409 points


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a cell `width` characters wide; Chinese counts double."""
    needed = 0
    for part in text.split("\n"):
        wide = sum(2 if ord(sign) > 0x2E7F else 1 for sign in part)
        needed += max(1, -(-wide // max(1, int(width - 1))))
    return needed


def row_height(texts: Iterable[tuple[str, float]], *, least: float) -> float:
    """The height in points of a row with these (text, width of its cell) pairs, at least `least`."""
    needed = max((lines(text, width) for text, width in texts), default=1)
    return min(_MOST, max(least, 14.5 * needed + 4))
