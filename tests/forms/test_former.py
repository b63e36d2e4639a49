"""What earlier versions worded otherwise is known again; what the office wrote is not."""

import pytest

from minsheng_xl.figures import definitions as d
from minsheng_xl.forms.former import FORMER, is_former, todays

LIGHTS = (
    'IF(COUNTIFS(B7:B9,"考核",H7:H9,"✓ 完成")>0,COUNTIFS(B7:B9,"考核",H7:H9,"✓ 完成")&"绿","")&'
    'IF(COUNTIFS(B7:B9,"考核",H7:H9,"◆ 滞后黄")>0,COUNTIFS(B7:B9,"考核",H7:H9,"◆ 滞后黄")&"黄","")&'
    'IF(COUNTIFS(B7:B9,"考核",H7:H9,"＝ 暂停")>0,COUNTIFS(B7:B9,"考核",H7:H9,"＝ 暂停")&"暂停","")'
)


@pytest.mark.parametrize(("former", "now"), [
    ('IF(A1<B1,"压线：未达标，差"&B1-A1&"家","")', 'IF(A1<B1,"临界：未达标，差"&B1-A1&"家","")'),
    ("怎么办", "处理办法"),
    ("县残联的压线情况", "县残联的压线情况"),  # the office's own words
    (d.DOUBT_PREFIX, d.DOUBT_PREFIX),
])
def test_former_words_become_todays(former: str, now: str) -> None:
    assert todays(former) == now


def test_todays_words_are_not_former_ones() -> None:
    assert [word for word in FORMER.values() if todays(word) != word] == []


def test_the_count_of_lights_is_known_by_its_whole_shape() -> None:
    assert is_former(LIGHTS)
    assert not is_former(LIGHTS + '&"（办公室）"')
    assert not is_former('IF(COUNTIFS(B7:B9,"考核")>0,1&"绿","")')


def test_what_the_brief_quotes_and_the_note_of_another_form_are_ours() -> None:
    assert is_former("IF(LEN(IFERROR(INDEX('问题清单'!E5:E9,1),\"\"))>50,1,2)")
    assert not is_former("LEN('问题清单'!E5)")
    assert is_former("送来的是2022年9月的表")
    assert is_former("送来的是2024年第1季度的表")
    assert not is_former("送来的是2022年9月的表，已电话催过")
