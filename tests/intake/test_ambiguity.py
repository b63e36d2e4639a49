"""Figures of thousands that a person may have meant otherwise."""

from fractions import Fraction

import pytest

from minsheng_xl.books.package.cells import RawCell
from minsheng_xl.intake.ambiguity import MAKES_SENSE, other_reading


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("1,234", "1.234"), (" 12，500 ", "12.500"), ("123,456", "123.456"), ("1234,567", ""), ("1,2345", ""), ("1,23", ""), ("1,234,567", ""), ("1,234 ", "1.234"),
        ("1234", ""),
    ],
)
def test_a_comma_may_be_a_point(text: str, other: str) -> None:
    figure = Fraction(text.strip().replace(",", "").replace("，", ""))
    assert other_reading(RawCell("s", text), figure) == other
    assert other_reading(RawCell("n", text), figure) == ""  # a number has no commas


@pytest.mark.parametrize(
    ("figure", "other"),
    [
        ("2022.1", "2022年10月"), ("2022.01", "2022年1月"), ("2022.10", "2022年10月"), ("2022.12", "2022年12月"), ("2022.09", "2022年9月"), ("2022.9", "2022年9月"),
        ("2022.2", "2022年2月"), ("2022.13", ""), ("2022.11", "2022年11月"), ("2022", ""), ("2022.005", ""), ("2022.125", ""), ("2022.99", ""),
        ("2000.01", "2000年1月"), ("1999.1", ""), ("2099.1", "2099年10月"), ("2100.1", ""), ("20221", ""),
    ],
)
def test_a_year_with_a_part_may_be_a_month(figure: str, other: str) -> None:
    """.1 is October, as a cell shows 2022.10; .2 can only be February."""
    assert other_reading(RawCell("n", figure), Fraction(figure)) == other


def test_thousands_make_no_sense_where_targets_are_smaller() -> None:
    assert MAKES_SENSE == 1000
