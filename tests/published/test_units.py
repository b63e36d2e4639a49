"""Names of units, whatever stands between them; groups; and pairs that a person has to look at."""

import pytest

from minsheng_xl.published.units import is_group, is_unit, names_of, pairs

THREE = ["县财政局", "县民政局", "县残联"]


@pytest.mark.parametrize("text", [
    "县财政局、县民政局、县残联", "县财政局，县民政局，县残联", "县财政局,县民政局,县残联", "县财政局；县民政局；县残联", "县财政局;县民政局;县残联",
    "县财政局/县民政局/县残联", "县财政局／县民政局／县残联", "县财政局|县民政局|县残联", "县财政局\n县民政局\n县残联",
    "县财政局 县民政局　县残联", "县财政局县民政局县残联", "县财政局、县民政局\n县残联", "县财政\n局、县民\n政局、县残联", "牵头单位：县财政局、县民政局、县残联。",
    "由县财政局牵头，会同县民政局等部门抓好落实，县残联具体实施", "“县财政局”、县民政局（配合）、县残联参与", "县财政局、县民政局、县残联等", "县财政局、\n县民政局、\n县残联", " 县财政局 、 县民政局 、 县残联 ", "县财政局、县民政局、县残联按职责分工负责",
])
def test_names_are_taken_apart(text: str) -> None:
    assert list(names_of(text)) == THREE


def test_names_with_words_of_separators_inside_stay_whole() -> None:
    text = "县教育和体育局、国网清溪县供电公司、县委组织部、县城市管理和综合执法局"
    assert list(names_of(text)) == ["县教育和体育局", "国网清溪县供电公司", "县委组织部", "县城市管理和综合执法局"]


@pytest.mark.parametrize("text", ["", " ", "\n", "、", "。"])
def test_no_name_is_made_up(text: str) -> None:
    assert list(names_of(text)) == []


@pytest.mark.parametrize("name", ["各镇（街道）", "各乡镇", "各街道办事处", "县各有关单位", "有关部门", "县直单位", "乡镇（街道）", "属地"])
def test_groups(name: str) -> None:
    assert is_group(name)
    assert not is_unit(name)


@pytest.mark.parametrize("name", [
    "县财政局", "团县委", "县妇联", "县总工会", "国网大竹县供电公司", "白塔街道", "竹阳街道办事处", "石桥镇", "县人民法院", "县残联", "县政务服务中心",
])
def test_units(name: str) -> None:
    assert is_unit(name)
    assert not is_group(name)


@pytest.mark.parametrize("name", ["张三", "2023年底", "完成", "新建项目"])
def test_words_that_are_no_unit(name: str) -> None:
    assert not is_unit(name)


@pytest.mark.parametrize(("one", "other"), [
    ("县医保局", "县医疗保障局"), ("县人力资源社会保障局", "县人力资源和社会保障局"), ("县人社局", "县人力资源社会保障局"),
    ("县教体局", "县教育体育局"), ("县卫健委", "县卫生健康委"), ("县政数局", "县政务服务和大数据局"),
])
def test_two_spellings_are_a_pair(one: str, other: str) -> None:
    assert list(pairs([one, other])) == list(pairs([other, one])) == [(other, one)]


@pytest.mark.parametrize(("one", "other"), [
    ("县财政局", "县民政局"), ("县残联", "县妇联"), ("县审计局", "县统计局"), ("县司法局", "县公安局"), ("县财政局", "县财政局"), ("县农业农村局", "县林业局"),
])
def test_two_units_are_none(one: str, other: str) -> None:
    assert list(pairs([one, other])) == []
