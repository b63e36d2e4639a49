"""By when: each way a paper says it."""

from datetime import date

import pytest

from minsheng_xl.published.dates import deadline_in, month_in

YEAR = 2023


@pytest.mark.parametrize(("text", "day"), [
    ("6月底前开工", date(2023, 6, 30)), ("2月底前", date(2023, 2, 28)), ("2024年2月底前", date(2024, 2, 29)),
    ("10月15日前完成", date(2023, 10, 15)), ("2022年9月1日前投用", date(2022, 9, 1)), ("十二月底", date(2023, 12, 31)),
    ("十月底前", date(2023, 10, 31)), ("三月份", date(2023, 3, 31)), ("三季度末", date(2023, 9, 30)),
    ("第4季度", date(2023, 12, 31)), ("上半年完成", date(2023, 6, 30)), ("年底前", date(2023, 12, 31)),
    ("到2025年底", date(2025, 12, 31)), ("全年完成", date(2023, 12, 31)), ("2023-11-30", date(2023, 11, 30)),
    ("2023.6.30", date(2023, 6, 30)), ("2023/6/5", date(2023, 6, 5)), ("11月中旬", date(2023, 11, 30)),
])
def test_a_day_that_is_named(text: str, day: date) -> None:
    assert deadline_in(text, YEAR) == day


@pytest.mark.parametrize("text", ["", "新建学校3所", "13月底前", "0月", "2月30日前", "2023-02-30", "持续推进", "每月开展2场"])
def test_no_day_is_made_up(text: str) -> None:
    assert deadline_in(text, YEAR) is None


@pytest.mark.parametrize(("text", "month"), [
    ("6月底前完成50%", 6), ("三季度末", 9), ("上半年", 6), ("年底前", None), ("全年", None), ("新建3所", None), ("13月", None),
])
def test_the_month_of_a_step(text: str, month: int | None) -> None:
    assert month_in(text) == month
