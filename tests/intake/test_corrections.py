"""Which sentences say another number than the one that was filled in, and which only mention one."""

import time
from fractions import Fraction

import pytest

from minsheng_xl.intake.corrections import bare_number, correction

ROW = [Fraction(number) for number in (165, 150, 200, 15)]
"""What a row of beds shows: 165, 150 the last time, 200 as its target, 15 more."""
RATES = [Fraction(165, 200)]


def said(text: str, unit: str = "张", name: str = "嵌入式养老床位数") -> str:
    return correction(text, ROW, RATES, unit, name)


CORRECTING = [
    "此数有误，更正为170",
    "此数有误，更正为170，请以170为准",
    "本期累计有误，实际为170张，以170为准",
    "应为170",
    "应为：170张",
    "本期累计应为170张，请办公室改一下",
    "应该是一百七十张",
    "应是一百七",
    "实为１７０张",
    "实际为1,700张",
    "实际是1，700张",
    "以170为准",
    "以上报纸质表的170张为准",
    "以一百七十张为准",
    "不是165，是170",
    "不是165张，而是170张",
    "不是一百六十五，应是一百七十",
    "改为170",
    "请改为“170”",
    "更正为累计 170 张",
    "填错了，应填170",
    "正确数为170",
    "正确的数字是170",
    "上月报错，本期累计应为170",
    "应为0.0170万张",
    "实际完成数为床位170张",
    "6-2应为170",
    "应改为170张，前面的作废",
    "经核实，实际数为壹佰柒拾张",
    "更正为１，７００张",
    "完成率应为85%",
    "实际应为170（手误）",
    "更正成170",
    "2022年10月31日核实，应为170张",
    "实际为170张床位",
    "应为17",
    "更正：170",
    "并非165，而是170",
    "上面的数不对，是170",
    "應為１７０張",
    "更正后为170",
    "更正后：170张",
    "核实后为170",
    "应更正为三处",
    "数字有误，是170张",
    "以最后报的170张为准",
    "应为两张",
    "完成率应为百分之八十五",
]
HONEST = [
    "",
    "已核对",
    "情况属实",
    "数据来自系统",
    "含去年结转35个",
    "上月多报20，已核减",
    "其中新建12个",
    "其中：新建12张，改造20张",
    "目标应为年底完成210张",
    "年度目标应为200张",
    "以2022年10月底数据为准",
    "以2022年10月以后的台账为准",
    "以鲁政〔2022〕5号为准",
    "以鲁政〔2022〕5号文件为准，逐处核实",
    "以统计局数据为准",
    "以附件2为准",
    "以第3次上报为准",
    "以系统中6-2的数据为准",
    "应为10月底前完成",
    "应是2023年开工的项目",
    "实际为3个标段同时施工",
    "改为2号楼",
    "改为每周2次调度",
    "上月应为148，已更正",
    "上期累计应为148张",
    "9月份数据应为148",
    "不是漏报，是12个项目合并统计",
    "不是新建，是改造",
    "联系电话应为0375-5052345",
    "联系人改为王某，电话13812345678",
    "实际为165张",
    "更正为165张，比上期增加15张",
    "以165为准",
    "不是150，是165",
    "应为一致",
    "应是一次性投入",
    "其实为3家机构共有",
    "地点改为人民路12号",
    "完成率应为82.5%",
    "完成率实际为83%",
    "本月新增15张",
    "截至10月31日数据",
    "数据截止时间改为10月25日",
    "较上月减少3张，系拆除",
    "每张补助应为3000元",
    "实际为一百六十五张",
    "应为约165张",
    "责任科室改为养老科（5楼）",
    "统计口径由12类改为8类",
    "应该填报为整数",
    "以身份证号18位为准",
    "电话更正为5052345",
    "填报人改为张三",
    "全年应为210张",
    "年底预计应为210张",
    "面积实际为1200平方米",
    "以户籍人口3万人为准",
    "每处实际为50张",
    "核实后减少3处",
    "复核后剔除重复5张",
    "更正：已补盖公章",
    "有误已改，是录入员的失误",
    "上报错误，是2处重复统计所致",
    "更正：删除重复3处",
    "完成率应为百分之八十二点五",
    "改为三级网络",
    "应为两个街道合并上报",
    "以县统计局认定数为准",
    "由季报改为月报，12月补齐",
    "补助标准由2000元改为3000元",
]


@pytest.mark.parametrize("text", CORRECTING)
def test_a_sentence_that_says_another_number(text: str) -> None:
    assert said(text)


@pytest.mark.parametrize("text", HONEST)
def test_a_sentence_that_says_none(text: str) -> None:
    assert said(text) == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("170", "170"), ("170张", "170"), ("张三:\n170", "170"), ("王科长：1,700张", "1700"), ("一百七十", "170"), ("１７０", "170"), ("→170", "170"), ("改170", "170"),
        ("三万二千", "32000"), ("3.2万", "32000"), ("三亿二千万", "320000000"), ("一百零五", "105"), ("两千三", "2300"), ("一七〇", "170"), ("20", "20"), ("十七", "17"),
    ],
)
def test_a_comment_that_is_a_number(text: str, number: str) -> None:
    found = bare_number(text, "张")
    assert found is not None
    assert found.value == Fraction(number)


@pytest.mark.parametrize(
    "text", ["已核对", "10月31日", "2022年", "2022-10-31", "0375-5052345", "13812345678", "第2次", "张三", "", "√", "3处新建", "170张，其中新建5张", "5号", "万", "6-2", "表3"]
)
def test_a_comment_that_is_none(text: str) -> None:
    assert bare_number(text, "张") is None


def test_a_number_in_myriads_is_rounded() -> None:
    people = [Fraction(31960)]
    assert correction("实际为3.2万人", people, [], "人", "人数") == ""
    assert correction("实际为3.3万人", people, [], "人", "人数")


def test_a_row_of_percentages_may_be_told_either_way() -> None:
    row, rates = [Fraction(3240), Fraction(3282)], [Fraction(3240, 3282)]
    assert correction("应为98.7%", row, rates, "%", "筛查率") == ""
    assert correction("应为98.7", row, rates, "%", "筛查率") == ""
    assert correction("应为3240/3282", row, rates, "%", "筛查率") == ""
    assert correction("应为97.8%", row, rates, "%", "筛查率")
    assert correction("分子应为3250", row, rates, "%", "筛查率")


@pytest.mark.parametrize("text", ["共计" * 2000 + "x170", "应为" * 2000 + "170x", "1," * 2000, "不是" * 2000, "(" * 4000, "应为" + " " * 3990 + "1"])
def test_long_texts_take_no_time(text: str) -> None:
    start = time.process_time()
    said(text)
    bare_number(text, "张")
    assert time.process_time() - start < 2
