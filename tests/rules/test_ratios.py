"""A percentage in place of a count: where exactly it is taken for one."""

from fractions import Fraction

import pytest

from minsheng_xl.exact.expressions import Const
from minsheng_xl.rules.ratios import _is_rate


@pytest.mark.parametrize(
    ("numerator", "denominator", "last", "found"),
    [
        # as a count it is a rate at least ten points lower: 60 of 120 is a half
        ("60", "120", "0.6", True), ("60", "119", "0.6", False), ("100", "112", "1", True), ("100", "111", "1", False), ("101", "1000", "1", False),
        ("0", "1000", "0", False), ("1", "1000", "0.2", False),
    ],
)
def test_a_numerator_is_about_the_rate_that_was_last(numerator: str, denominator: str, last: str, found: bool) -> None:
    cells = (Const(Fraction(one)) for one in (numerator, denominator, last))
    assert _is_rate(*cells).value() is found


@pytest.mark.parametrize(("off", "found"), [(Fraction(0), True), (Fraction(1, 100), False)])
@pytest.mark.parametrize("side", [1, -1])
def test_about_is_five_points_on_either_side(side: int, off: Fraction, found: bool) -> None:
    numerator = 50 + side * (5 + off)
    assert _is_rate(Const(Fraction(numerator)), Const(Fraction(1000)), Const(Fraction(1, 2))).value() is found
