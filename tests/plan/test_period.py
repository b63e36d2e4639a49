"""Periods come from their text, never from today."""

from datetime import date
from fractions import Fraction

import pytest

from minsheng_xl import Frequency, Period


@pytest.mark.parametrize(
    ("text", "label", "elapsed", "cut_off", "due"),
    [
        ("2022-10", "2022年10月", Fraction(10, 12), date(2022, 10, 31), date(2022, 11, 5)),
        ("2022-12", "2022年12月", Fraction(1), date(2022, 12, 31), date(2023, 1, 5)),
        ("2024-02", "2024年2月", Fraction(2, 12), date(2024, 2, 29), date(2024, 3, 5)),
        ("2022-Q3", "2022年第3季度", Fraction(9, 12), date(2022, 9, 30), date(2022, 10, 5)),
    ],
)
def test_a_period_knows_its_days(text: str, label: str, elapsed: Fraction, cut_off: date, due: date) -> None:
    period = Period.parse(text)
    assert str(period) == text
    assert (period.label, period.elapsed, period.last_day, period.due(5)) == (label, elapsed, cut_off, due)


@pytest.mark.parametrize("text", ["2022-13", "2022-00", "2022-Q5", "2022-1", "２０２２-10", "2022-10 ", "10月", ""])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(ValueError):
        Period.parse(text)


@pytest.mark.parametrize(
    ("period", "texts"),
    [
        ("2022-09", ["2022-09", "2022-9", "2022.9", "2022/09", "2022年9月", "2022 年 9 月份", "9月", "09", "9"]),
        ("2022-Q3", ["2022-Q3", "2022-q3", "2022年第3季度", "2022年3季度", "第3季度", "3季度", "Q3"]),
    ],
)
def test_a_period_is_known_as_people_write_it(period: str, texts: list[str]) -> None:
    one = Period.parse(period)
    others = [each for each in Period.all_of(2022, one.frequency) if each != one]
    for text in texts:
        assert one.may_be(text)
        assert not [each for each in others if each.may_be(text)]


@pytest.mark.parametrize("text", ["", "2021-09", "2021年9月", "2022-Q3", "第3季度", "9月底", "2022"])
def test_another_text_is_not_the_month(text: str) -> None:
    assert not Period(2022, 9).may_be(text)


@pytest.mark.parametrize("text", ["3", "9月", "2022-3", "2022-09"])
def test_a_month_is_no_quarter(text: str) -> None:
    assert not Period.parse("2022-Q3").may_be(text)


def test_periods_of_a_year_are_in_order() -> None:
    assert [str(p) for p in Period.all_of(2024, Frequency.QUARTER)] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    months = Period.all_of(2022, Frequency.MONTH)
    assert len(months) == 12
    assert months[9].earlier == months[:9]
    assert months[0].is_first
    assert months[11].is_last


@pytest.mark.parametrize(("text", "title", "said"), [
    ("2022-10", "鲁山县2022年重点民生实事", "10月份"),
    ("2022-10", "鲁山县重点民生实事", "2022年10月份"),
    ("2022-Q3", "鲁山县2022年重点民生实事", "第3季度"),
])
def test_after_a_title_a_period_does_not_say_its_year_again(text: str, title: str, said: str) -> None:
    assert Period.parse(text).after(title) == said
