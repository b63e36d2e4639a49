"""Rectangles on a sheet: how large they are, and whether two of them meet."""

import pytest

from minsheng_xl.books.package.grid import Rectangle

ONE = Rectangle(left=10, top=20, right=30, bottom=60)
BESIDE = [
    (Rectangle(left=30, top=20, right=40, bottom=60), True),  # they share an edge
    (Rectangle(left=31, top=20, right=40, bottom=60), False),
    (Rectangle(left=0, top=20, right=10, bottom=60), True),
    (Rectangle(left=0, top=20, right=9, bottom=60), False),
    (Rectangle(left=10, top=60, right=30, bottom=70), True),
    (Rectangle(left=10, top=61, right=30, bottom=70), False),
    (Rectangle(left=10, top=0, right=30, bottom=20), True),
    (Rectangle(left=10, top=0, right=30, bottom=19), False),
    (Rectangle(left=15, top=30, right=20, bottom=40), True),
]


@pytest.mark.parametrize(("other", "meets"), BESIDE)
def test_two_rectangles_meet_where_they_share_a_point(other: Rectangle, meets: bool) -> None:
    assert ONE.meets(other) is meets
    assert other.meets(ONE) is meets


def test_how_large_one_is() -> None:
    assert (ONE.width, ONE.height) == (20, 40)
