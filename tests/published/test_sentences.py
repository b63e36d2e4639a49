"""Sentences of published tables, each with what a careful official reads in it."""

from datetime import date
from fractions import Fraction

import pytest

from minsheng_xl.published.grammar import understood
from minsheng_xl.published.sentence import Use

YEAR = 2023


def read(text: str) -> list[tuple[str, str, str, Fraction, str]]:
    return [
        (one.tier.value, one.kind.value, one.comparator.value, one.target, one.measure)
        for one in understood(text, YEAR).readings if one.target is not None
    ]


@pytest.mark.parametrize(("text", "wanted"), [
    ("每个行政村至少培养1名“法律明白人”", ("约束", "比率", "≥", 1, "%")),
    ("万人公交车拥有量达到12标台", ("考核", "时点量", "≥", 12, "标台")),
    ("服务半径不超过1公里", ("考核", "时点量", "≤", 1, "公里")),
    ("20户以上自然村通硬化路比例达到92%", ("考核", "比率", "≥", Fraction(23, 25), "%")),
    ("3个工作日内办结率达到90%以上", ("考核", "比率", "≥", Fraction(9, 10), "%")),
    ("热线平均接通时间缩短至15秒以内", ("考核", "时点量", "≤", 15, "秒")),
    ("新能源公交占比由60%提升至75%", ("考核", "比率", "≥", Fraction(3, 4), "%")),
    ("农村低保标准由每人每年6000元提高到6600元", ("考核", "时点量", "≥", 6600, "元")),
    ("消除56人以上大班额", ("考核", "里程碑", "是", 1, "是/否")),
    ("开工建设县老年养护楼（设床位300张）", ("考核", "里程碑", "是", 1, "是/否")),
    ("农村广播覆盖所有行政村", ("考核", "里程碑", "是", 1, "是/否")),
    ("优化调整公交线路4条（101路、103路）", ("考核", "累计量", "≥", 4, "条")),
    ("安装路灯1200盏，每公里不少于30盏", ("考核", "累计量", "≥", 1200, "盏")),
    ("为老年人家庭安装监测设备，共1800套", ("考核", "累计量", "≥", 1800, "套")),
])
def test_one_target(text: str, wanted: tuple[str, str, str, Fraction, str]) -> None:
    assert read(text) == [wanted]


@pytest.mark.parametrize("text", [
    "户均补助不超过3000元", "户均补助分别为1.2万元、2.6万元", "代缴标准为每人每年100元", "每户补贴5000元", "按100元/人的标准发放", "每生每天5元", "国道311沿线", "“两癌”筛查", "第三批",
])
def test_no_target(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["孕产妇死亡率控制在10/10万以下", "为2000名老年人提供上门服务5万人次", "共1.25万套"])
def test_what_words_do_not_decide_is_asked(text: str) -> None:
    found = understood(text, YEAR)
    assert [one for one in found.numbers if one.use is Use.OPEN]
    assert len(found.queries) >= 1


@pytest.mark.parametrize(("text", "days"), [
    ("改造2000年底前建成的老旧小区18个，于10月底前全部竣工；新建学校2所", [date(2023, 10, 31), None]),
    ("县一中新校区建设于9月1日前投入使用", [date(2023, 9, 1)]),
    ("5月底前完成项目招标，8月底前完成主体工程，12月底前建成投用", [date(2023, 12, 31)]),
    ("到2025年底前普及率达到80%", [date(2025, 12, 31)]),
    ("新建学校2所", [None]),
])
def test_deadlines(text: str, days: list[date | None]) -> None:
    """A year that is over is no deadline, a step's month not that of the whole, and none is made up."""
    assert [one.deadline for one in understood(text, YEAR).readings if one.target is not None] == days


@pytest.mark.parametrize("text", [
    "新建学校3所。6月底前完成50%。", "新建学校3所，6月底前完成50%，年底前全部完成。", "新建学校3所。6月底前完成过半任务。",
])
def test_a_part_by_a_month_is_a_step(text: str) -> None:
    (one,) = (each for each in understood(text, YEAR).readings if each.target is not None)
    assert (one.target, one.steps) == (3, ((6, Fraction(1, 2)),))
