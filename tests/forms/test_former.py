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


def test_what_was_asked_of_a_figure_is_ours_unless_the_office_rewrote_it() -> None:
    of_doubt, of_correction = "；请与单位核实，属实的写“属实”，不然写应填的数。", "与已采用的不同，仍用原数；请与单位核实后选一个。"
    assert is_former(f"数字存疑，没有计入{of_doubt}")
    assert is_former(f"两份来件合起来看，大于1-2，请核对或写说明{of_doubt}")
    assert is_former(of_correction)
    assert not is_former(f"{of_correction}已电话问过")
    assert not is_former(f"数字存疑{of_doubt}")


INCREASE = 'IF(ISNUMBER(H7),ROUND(ROUND(((H7-600)/(E7-600)-L7)*100,10),1),"—")'
INCREASE_NOW = 'IF(ISNUMBER(H7),ROUND(ROUND((MAX(0,(H7-600)/(E7-600))-L7)*100,10),1),"—")'
OPEN = 'IF(H7="","○ 未报",IF(ISNUMBER(H7),"－ 序时未定","？ 待核"))'
OPEN_NOW = 'IF(H7="","○ 未报",IF(ISNUMBER(H7),IF(H7>=E7,"● 按序时","－ 序时未定"),"？ 待核"))'
REMARK = 'IF(H7="","4月数 650",IF(ISNUMBER(H7),"","见待决事项"))'
REMARK_NOW = 'IF(H7="","4月数 650",IF(ISNUMBER(H7),IF(H7>=E7,"","逾期未完成，差"&E7-H7&"户"),"见待决事项"))'
CLOSED = 'IF(K5="",IF(OR(首页!E9="○ 未报",首页!E9="× 退回"),"上期提出，本期未报","已销号"),IF(F5="","处理中","待协调"))'


@pytest.mark.parametrize(
    ("then", "now"),
    [(INCREASE, INCREASE_NOW), (OPEN, OPEN_NOW), (REMARK, REMARK_NOW), (CLOSED, CLOSED.replace('"已销号")', '"待销号")'))],
)
def test_a_definition_that_reads_otherwise_by_now_is_known(then: str, now: str) -> None:
    assert is_former(then, now)
    assert not is_former(now, now)
    assert not is_former(then + '&"（办公室）"', now)


def test_a_formula_of_todays_shape_is_the_office_s_where_it_differs() -> None:
    """Who sets another bound into a light keeps it."""
    light = 'IF(H7="","○ 未报",IF(ISNUMBER(H7),IF(ROUND((H7/E7-L7)*100,10)>=-5,"● 按序时","◆ 滞后黄"),"？ 待核"))'
    assert not is_former(light.replace("-5", "-20"), light)
