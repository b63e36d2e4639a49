"""Numbers are read and printed without a guess and rounded half up once."""

from fractions import Fraction

import pytest

from minsheng_xl.exact.numbers import fixed, grouped, parse_lexeme, parse_plain, plain


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction("272.25"), 1, "272.3"), (Fraction("0.05"), 1, "0.1"), (Fraction("-2.45"), 1, "-2.5"),
        (Fraction("-0.04"), 1, "0.0"), (Fraction("99.95"), 1, "100.0"), (Fraction(2, 3), 6, "0.666667"),
        (Fraction(5), 0, "5"), (Fraction("0.5"), 0, "1"), (Fraction(161, 150), 6, "1.073333"),
    ],
)
def test_rounding_is_half_up(value: Fraction, places: int, text: str) -> None:
    assert fixed(value, places) == text


@pytest.mark.parametrize(("value", "text"), [(Fraction("23.460"), "23.46"), (Fraction(0), "0"), (Fraction(-7, 2), "-3.5"), (Fraction(1200), "1200"), (Fraction(1, 3), "0.333333333333"), (Fraction(1, 8), "0.125")])
def test_plain_decimals(value: Fraction, text: str) -> None:
    assert plain(value) == text


def test_thousands_are_grouped() -> None:
    assert [grouped(t) for t in ("31400", "999", "-1234.5", "0.25")] == ["31,400", "999", "-1,234.5", "0.25"]


@pytest.mark.parametrize("text", ["１２３", "1_234", "1e3", "nan", "inf", "+5", "1,234", " 5", "5 ", "05", ".5", "5.", "--5", "", "一"])
def test_text_that_is_no_plain_decimal_is_no_number(text: str) -> None:
    assert parse_plain(text) is None


@pytest.mark.parametrize(
    ("lexeme", "value"),
    [
        ("23.460000000000001", "23.46"), ("0.30000000000000004", "0.3"), ("31400", "31400"), ("1E-3", "0.001"),
        ("1.5e+2", "150"), ("-4", "-4"), ("28960.0", "28960"), ("7.0999999999999996", "7.1"),
    ],
)
def test_a_stored_number_is_what_its_user_sees(lexeme: str, value: str) -> None:
    assert parse_lexeme(lexeme) == Fraction(value)


@pytest.mark.parametrize("lexeme", ["nan", "inf", "1e400", "１２", "1_0", "0x10", "1e", ""])
def test_lexemes_that_are_no_numbers(lexeme: str) -> None:
    assert parse_lexeme(lexeme) is None
