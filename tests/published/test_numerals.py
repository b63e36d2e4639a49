"""Chinese numerals and parts of a whole, with values that a person counts out."""

from fractions import Fraction

import pytest

from minsheng_xl.published.numbers import mentions
from minsheng_xl.published.numerals import SHARE, chinese, number, share


@pytest.mark.parametrize(("text", "value"), [
    ("零", 0), ("一", 1), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("一百", 100), ("一百零五", 105),
    ("一百一十", 110), ("两百", 200), ("三千二百", 3200), ("五千零六", 5006), ("一万", 10000), ("两万五千", 25000),
    ("十二万", 120000), ("一百二十万", 1200000), ("三亿", 300000000), ("一亿二千万", 120000000), ("三万亿", 3 * 10**12), ("一亿零五百", 100000500), ("二〇二三", 2023),
    ("二零二二", 2022), ("千", 1000), ("百", 100),
])
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese(text) == value


@pytest.mark.parametrize("text", ["十四五", "二三十", "万万", "一万亿万", "亿万"])
def test_what_is_no_number_has_none(text: str) -> None:
    assert chinese(text) is None


@pytest.mark.parametrize(("text", "value"), [
    ("1,200", 1200), ("31，400", 31400), ("3.14", Fraction(157, 50)), ("0.5", Fraction(1, 2)), ("007", 7), ("六十", 60),
])
def test_numbers_in_digits(text: str, value: Fraction) -> None:
    assert number(text) == value


@pytest.mark.parametrize(("text", "value"), [
    ("60%", Fraction(3, 5)), ("99.5%", Fraction(199, 200)), ("100 ％", Fraction(1)), ("百分之六十", Fraction(3, 5)),
    ("百分之98", Fraction(49, 50)), ("百分之百", Fraction(1)), ("三分之二", Fraction(2, 3)), ("4分之3", Fraction(3, 4)),
    ("一半", Fraction(1, 2)), ("半数", Fraction(1, 2)), ("过半", Fraction(1, 2)), ("六成", Fraction(3, 5)),
    ("7.5成", Fraction(3, 4)), ("2/3", Fraction(2, 3)), ("1/2", Fraction(1, 2)), ("4‰", Fraction(1, 250)),
])
def test_parts_of_a_whole(text: str, value: Fraction) -> None:
    found = SHARE.fullmatch(text)
    assert found, text
    assert share(found) == value


@pytest.mark.parametrize("text", ["零分之一", "0分之3"])
def test_a_part_of_nothing_has_no_value(text: str) -> None:
    found = SHARE.fullmatch(text)
    assert found, text
    assert share(found) is None


@pytest.mark.parametrize(("text", "values"), [
    ("新建、改建学校三所和五所", [3, 5]), ("完成工程量的七成", [Fraction(7, 10)]), ("一半以上的乡镇", [Fraction(1, 2)]),
    ("新建12 所", [12]), ("改造３４座", [34]), ("办结98．5%", [Fraction(197, 200)]), ("新增1,200个岗位", [1200]),
    ("建成一批书房", []), ("统一一站式服务", []), ("千家万户", []), ("一村一品", []),
])
def test_numbers_of_a_text(text: str, values: list[Fraction]) -> None:
    assert [found.value for found in mentions(text)] == values
