"""An answer at a terminal means what a person means by it."""

from datetime import date

import pytest

from minsheng_xl.desk.asking import day_of


@pytest.mark.parametrize(
    "answer", ["2022-11-05", "2022-11-5", "2022.11.5", "2022/11/05", "2022年11月5日", " 2022 年 11 月 5 日 ", "２０２２－１１－０５"],
)
def test_a_day_as_people_write_it(answer: str) -> None:
    assert day_of(answer) == date(2022, 11, 5)


@pytest.mark.parametrize("answer", ["", "11月5日", "2022-11", "2022-11.5", "2022-02-30", "2022-13-01", "22-11-05", "20221105"])
def test_what_is_no_day_or_not_one_for_certain(answer: str) -> None:
    assert day_of(answer) is None
