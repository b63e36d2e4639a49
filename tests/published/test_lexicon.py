"""The words of the grammar are found in their own examples, and say there what their line says."""


import pytest

from minsheng_xl.plan.model import Kind
from minsheng_xl.published.grammar import understood
from minsheng_xl.published.lexicon import (
    AFTER,
    APPROACHES,
    BEFORE,
    MEASURES,
    USES,
    Approach,
    ComparatorWord,
    MeasureWord,
    UseWord,
)
from minsheng_xl.published.numbers import mentions
from minsheng_xl.published.sentence import Use

YEAR = 2023
_OF_TIME = ("小时", "分钟", "秒", "天", "个工作日")


@pytest.mark.parametrize("one", (*BEFORE, *AFTER), ids=lambda one: one.word)
def test_a_comparator_word_says_so_in_its_example(one: ComparatorWord) -> None:
    assert one.word in one.example
    (reading,) = understood(one.example, YEAR).readings
    assert reading.comparator is one.comparator
    assert any(query.column == "比较" for query in reading.queries) is not one.is_clear


@pytest.mark.parametrize("one", APPROACHES, ids=lambda one: one.word)
def test_a_verb_before_a_number_says_how_the_figure_comes_there(one: Approach) -> None:
    assert one.word in one.example
    (found,) = mentions(one.example)
    assert found.approach == one.how


@pytest.mark.parametrize("one", MEASURES, ids=lambda one: one.written)
def test_a_measure_is_entered_as_its_line_says(one: MeasureWord) -> None:
    """A length of time is a target only of what is measured in time."""
    head = "办理时限压缩到" if one.entered in _OF_TIME else "新增"
    (found,) = mentions(f"{head}20{one.written}")
    assert (found.use, found.measure, found.value) == (None, one.entered, 20)


@pytest.mark.parametrize(("text", "value", "measure"), [
    ("新增3.14万人次", 31400, "人次"), ("投入1.5亿元", 15000, "万元"), ("投入800万元", 800, "万元"),
    ("补助500元", 500, "元"), ("新修30千米", 30, "公里"), ("改造2万平方米", 20000, "平方米"), ("造林1.2万亩", 12000, "亩"),
    ("服务两千人", 2000, "人"), ("发放3百份", 300, "份"), ("新增1,200个", 1200, "个"),
])
def test_what_multiplies_a_number_is_counted_in(text: str, value: int, measure: str) -> None:
    (found,) = mentions(text)
    assert (found.value, found.measure) == (value, measure)


@pytest.mark.parametrize("one", USES, ids=lambda one: f"{one.use.value} {one.example}")
def test_a_number_is_what_its_neighbours_say(one: UseWord) -> None:
    assert one.number in one.example
    uses = {found.text: found.use for found in mentions(one.example)}
    assert uses[one.number] is one.use


@pytest.mark.parametrize("text", [
    "每名学生15分钟就能到校", "新建15分钟便民生活圈", "国道311沿线", "12345热线", "7×24小时服务", "5G基站", "“两癌”筛查", "三甲医院",
])
def test_a_number_in_a_name_is_no_target(text: str) -> None:
    read = understood(text, YEAR)
    assert not [one for one in read.numbers if one.use in (Use.TARGET, Use.OPEN)]


def test_something_new_is_counted_up_whatever_it_is_called() -> None:
    (reading,) = understood("城镇新增就业人数不少于6000人", YEAR).readings
    assert (reading.kind, reading.target) == (Kind.CUMULATIVE, 6000)


@pytest.mark.parametrize(("text", "comparator", "name"), [
    ("最多开展3次检查", "≤", "开展检查"), ("至多开办2期", "≤", "开办"), ("不超过举办3场", "≤", "举办"), ("至少建设3所", "≥", "建设"),
])
def test_a_comparator_before_the_verb_is_that_of_its_number(text: str, comparator: str, name: str) -> None:
    (reading,) = understood(text, YEAR).readings
    assert (reading.comparator.value, reading.name, reading.kind) == (comparator, name, Kind.CUMULATIVE)
