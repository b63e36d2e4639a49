"""What is written into a column arrives in its field, and in no other.

Each case writes one legal text into a small plan and says by hand which fields it changes.
"""

import copy
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import pytest

from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.model import (
    Bands,
    Comparator,
    Coverage,
    Exemption,
    Indicator,
    Kind,
    PaceRule,
    Plan,
    Project,
    Settings,
    TextDuty,
    Tier,
    Unit,
)
from minsheng_xl.plan.period import Frequency, Period
from minsheng_xl.plan.tables import SETTING_NAMES, TABLES
from tests.makers import raw

Place = tuple[str, int, str]
"""Table, row (from 1), column; or kind of record, which of them (from 1), field."""

_TEXT = """
任务表
序号|项目|指标任务|牵头单位|责任单位|认定单位|分管领导|完成时限|备注
1|供水|改造管网。|甲局、乙局|丙局|丁局
2|道路|修通道路。|甲局、乙局|丙局|丁局

指标
编码|类别|项目|指标|原文|类型|计量单位|小数位|比较|目标|序时规则|权重|完成时限|分子|分母|分母来源|上级指标|推导自|牵头单位|填数单位|分管领导|分解数|分子含于分母|暂停文号|暂停起始期|口径|存疑|口径期间|可不涉及|恢复起始期
甲1|考核|1|办结率|按期办结|比率|%|1|≥|60%|全年一致|1|2031-11-30|办结件数|受理件数|单位填报|||甲局|乙局|张三|||〔2031〕1号|2031-05|按办结日|是否含退件||
甲2|考核|1|管网|改造管网|累计量|公里|2|≥|120|均衡|2|2031-10-31||||||甲局|乙局|张三|丙局||||按验收|||
甲3|考核|2|道路|修通道路|累计量|公里|0|≥|80|节点|1|||||||甲局|乙局||||||
甲4|考核|2|桥|建桥|累计量|座|0|≥|8|节点|1|||||||甲局|乙局||||||
甲5|考核|2|达标率|达标|比率|%|1|≥|70%|全年一致|1||达标数|总数|办公室核定|||甲局|乙局||||||

单位
单位|别名|全称|类型|联系人|电话|邮箱|文字报送|表名|通报列名|抄送
甲局|甲|甲县甲局|部门|王一|1111|a@x.cn|每期|甲表||c@x.cn
乙局|||||||
丙局|||||||
丁局|||||||

组
组|单位
某组|丙局

序时
指标编码|月份|应完成|依据|确认单位
甲3|6|40%|一号文|甲局
甲3|12|100%|一号文|甲局

参数
参数|对象|值|说明
地区||甲县|
标题||甲县2031年民生实事|
年度||2031|
频次||月|
报送日||5|
报送期限|2031-03|2031-04-08|
超序时||5|
滞后黄||-5|
滞后红||-15|
平均方式||按指标|
更正方式||以已采用的为准|
资金项目||1|
分母|甲5|400|
年初数|甲1|0.3|已核定
新增界限||不用|
规则试行|cumulative-falls|2031-06|
增量下限||2%|
参评下限||50%|
简报校验码||不印|
落款单位||甲县政府办|
补报期限|2031-03|2031-04-12|
印发日期|2031-03|2031-04-15|
上年文件夹||../甲县2030|
认定范围|2031-03|全部|
认定范围||考核|
视同无异议||3|
时间戳服务||http://tsa.example.cn|
简报期号|2031-03|7|
允许的邮箱域名||x.cn|
临近提醒||2|
督办单||不用|
"""

CASES: list[tuple[str, str, dict[Place, str], dict[Place, Any]]] = [
    ("任务表", "序号", {("任务表", 2, "序号"): "7", ("指标", 3, "项目"): "7", ("指标", 4, "项目"): "7", ("指标", 5, "项目"): "7"}, {
        ("项目", 2, "no"): 7, ("指标", 3, "project"): 7, ("指标", 4, "project"): 7, ("指标", 5, "project"): 7,
    }),
    ("任务表", "项目", {("任务表", 1, "项目"): "饮水"}, {("项目", 1, "name"): "饮水"}),
    ("任务表", "指标任务", {("任务表", 1, "指标任务"): "通水。"}, {("项目", 1, "task"): "通水。"}),
    ("任务表", "牵头单位", {("任务表", 2, "牵头单位"): "乙局、甲局"}, {("项目", 2, "leads"): ("乙局", "甲局")}),
    ("任务表", "责任单位", {("任务表", 1, "责任单位"): ""}, {("项目", 1, "responsible"): ()}),
    ("任务表", "认定单位", {("任务表", 1, "认定单位"): ""}, {("项目", 1, "certifiers"): ()}),
    ("任务表", "分管领导", {("任务表", 2, "分管领导"): "王五"}, {("指标", n, "leader"): "王五" for n in (3, 4, 5)}),
    ("任务表", "完成时限", {("任务表", 2, "完成时限"): "2031年9月底前"}, {
        ("指标", n, "deadline"): date(2031, 9, 30) for n in (3, 4, 5)
    }),
    ("任务表", "备注", {("任务表", 1, "备注"): "省定"}, {}),
    ("指标", "编码", {("指标", 2, "编码"): "乙2"}, {("指标", 2, "code"): "乙2"}),
    ("指标", "类别", {("指标", 2, "类别"): "约束"}, {("指标", 2, "tier"): Tier.GATE}),
    ("指标", "项目", {("指标", 2, "项目"): "2"}, {("指标", 2, "project"): 2}),
    ("指标", "指标", {("指标", 1, "指标"): "满意率"}, {("指标", 1, "name"): "满意率"}),
    ("指标", "原文", {("指标", 1, "原文"): "群众满意"}, {("指标", 1, "quote"): "群众满意"}),
    ("指标", "类型", {("指标", 2, "类型"): "时点量"}, {("指标", 2, "kind"): Kind.STOCK}),
    ("指标", "计量单位", {("指标", 1, "计量单位"): "千分之"}, {("指标", 1, "unit_of_measure"): "千分之"}),
    ("指标", "小数位", {("指标", 1, "小数位"): "3"}, {("指标", 1, "decimals"): 3}),
    ("指标", "比较", {("指标", 1, "比较"): "＞"}, {("指标", 1, "comparator"): Comparator.MORE_THAN}),
    ("指标", "目标", {("指标", 1, "目标"): "65%"}, {("指标", 1, "target"): Fraction(13, 20)}),
    ("指标", "目标", {("指标", 2, "目标"): "65"}, {("指标", 2, "target"): Fraction(65)}),
    ("指标", "序时规则", {("指标", 2, "序时规则"): "年末"}, {("指标", 2, "pace_rule"): PaceRule.ANNUAL}),
    ("指标", "权重", {("指标", 1, "权重"): "0.5"}, {("指标", 1, "weight"): Fraction(1, 2)}),
    ("指标", "完成时限", {("指标", 1, "完成时限"): "2031-09-30"}, {("指标", 1, "deadline"): date(2031, 9, 30)}),
    ("指标", "分子", {("指标", 1, "分子"): "满意人数"}, {("指标", 1, "numerator"): "满意人数"}),
    ("指标", "分母", {("指标", 1, "分母"): "受访人数"}, {("指标", 1, "denominator"): "受访人数"}),
    ("指标", "分母来源", {("指标", 1, "分母来源"): "办公室核定"}, {("指标", 1, "office_denominator"): True}),
    ("指标", "上级指标", {("指标", 1, "上级指标"): "甲2"}, {("指标", 1, "parent"): "甲2"}),
    ("指标", "推导自", {("指标", 1, "推导自"): "甲3、甲4"}, {("指标", 1, "derived_from"): ("甲3", "甲4")}),
    ("指标", "牵头单位", {("指标", 1, "牵头单位"): "乙局"}, {("指标", 1, "lead"): "乙局"}),
    ("指标", "填数单位", {("指标", 1, "填数单位"): "丙局"}, {("指标", 1, "filler"): "丙局"}),
    ("指标", "分管领导", {("指标", 1, "分管领导"): "李四"}, {("指标", 1, "leader"): "李四"}),
    ("指标", "分解数", {("指标", 2, "分解数"): "丁局、丙局"}, {("指标", 2, "shares"): ("丁局", "丙局")}),
    ("指标", "分子含于分母", {("指标", 1, "分子含于分母"): "是"}, {("指标", 1, "contained"): True}),
    ("指标", "暂停文号", {("指标", 1, "暂停文号"): "〔2031〕9号"}, {("指标", 1, "pause_document"): "〔2031〕9号"}),
    ("指标", "暂停起始期", {("指标", 1, "暂停起始期"): "2031-08"}, {("指标", 1, "paused_from"): Period(2031, 8)}),
    ("指标", "恢复起始期", {("指标", 1, "恢复起始期"): "2031-09"}, {("指标", 1, "resumed_from"): Period(2031, 9)}),
    ("指标", "口径期间", {("指标", 1, "口径期间"): "期末"}, {("指标", 1, "span"): Coverage.AT_END}),
    ("指标", "可不涉及", {("指标", 1, "可不涉及"): "2031-07、2031-08：放暑假（某函）"}, {
        ("指标", 1, "exemption"): Exemption((Period(2031, 7), Period(2031, 8)), "放暑假（某函）"),
    }),
    ("指标", "口径", {("指标", 1, "口径"): "按受理日"}, {("指标", 1, "definition"): "按受理日"}),
    ("指标", "存疑", {("指标", 1, "存疑"): "已明确"}, {}),
    ("单位", "单位", {("单位", 1, "单位"): "甲委", ("单位", 1, "别名"): "甲局"}, {
        ("单位", 1, "name"): "甲委", ("单位", 1, "aliases"): ("甲局",),
        ("项目", 1, "leads"): ("甲委", "乙局"), ("项目", 2, "leads"): ("甲委", "乙局"),
        **{("指标", n, "lead"): "甲委" for n in range(1, 6)},
    }),
    ("单位", "别名", {("单位", 1, "别名"): "甲甲、老甲"}, {("单位", 1, "aliases"): ("甲甲", "老甲")}),
    ("单位", "全称", {("单位", 1, "全称"): "甲县人民政府甲局"}, {("单位", 1, "full_name"): "甲县人民政府甲局"}),
    ("单位", "类型", {("单位", 1, "类型"): "群团"}, {}),
    ("单位", "联系人", {("单位", 1, "联系人"): "赵六"}, {("单位", 1, "contact"): "赵六"}),
    ("单位", "电话", {("单位", 1, "电话"): "2222"}, {("单位", 1, "phone"): "2222"}),
    ("单位", "邮箱", {("单位", 1, "邮箱"): "b@y.cn"}, {("单位", 1, "email"): "b@y.cn"}),
    ("单位", "抄送", {("单位", 1, "抄送"): "d@x.cn、e@x.cn"}, {("单位", 1, "copies"): "d@x.cn、e@x.cn"}),
    ("单位", "文字报送", {("单位", 1, "文字报送"): "有则报"}, {("单位", 1, "text_duty"): TextDuty.WHEN_DUE}),
    ("单位", "通报列名", {("单位", 1, "通报列名"): "否"}, {("单位", 1, "is_listed"): False}),
    ("单位", "表名", {("单位", 1, "表名"): "甲局表"}, {("单位", 1, "sheet"): "甲局表"}),
    ("组", "组", {("组", 1, "组"): "新组", ("任务表", 2, "责任单位"): "新组"}, {}),
    ("组", "单位", {("组", 1, "单位"): "丁局", ("任务表", 2, "责任单位"): "某组", ("任务表", 2, "认定单位"): ""}, {
        ("项目", 2, "responsible"): ("丁局",), ("项目", 2, "certifiers"): (),
    }),
    ("序时", "指标编码", {("序时", 1, "指标编码"): "甲4", ("序时", 2, "指标编码"): "甲4"}, {
        ("指标", 3, "steps"): (), ("指标", 4, "steps"): ((6, Fraction(2, 5)), (12, Fraction(1))),
    }),
    ("序时", "月份", {("序时", 1, "月份"): "5"}, {("指标", 3, "steps"): ((5, Fraction(2, 5)), (12, Fraction(1)))}),
    ("序时", "应完成", {("序时", 1, "应完成"): "35%"}, {("指标", 3, "steps"): ((6, Fraction(7, 20)), (12, Fraction(1)))}),
    ("序时", "依据", {("序时", 1, "依据"): "二号文"}, {}),
    ("序时", "确认单位", {("序时", 1, "确认单位"): "乙局"}, {}),
    ("参数", "参数", {("参数", 14, "参数"): "分母", ("指标", 1, "分母来源"): "办公室核定"}, {
        ("指标", 1, "opening"): None, ("指标", 1, "fixed_denominator"): Fraction(3, 10),
        ("指标", 1, "office_denominator"): True,
    }),
    ("参数", "对象", {("参数", 14, "对象"): "甲5"}, {("指标", 1, "opening"): None, ("指标", 5, "opening"): Fraction(3, 10)}),
    ("参数", "说明", {("参数", 14, "说明"): "未核定"}, {}),
    ("参数", "地区", {("参数", 1, "值"): "乙县"}, {("参数", 1, "region"): "乙县"}),
    ("参数", "标题", {("参数", 2, "值"): "十件实事"}, {("参数", 1, "title"): "十件实事"}),
    ("参数", "年度", {("参数", 3, "值"): "2032", ("参数", 6, "对象"): "2032-03", ("指标", 1, "暂停起始期"): "2032-05",
        ("参数", 16, "值"): "2032-06", ("参数", 21, "对象"): "2032-03", ("参数", 22, "对象"): "2032-03", ("参数", 24, "对象"): "2032-03",
        ("参数", 28, "对象"): "2032-03",
    }, {
        ("参数", 1, "trials"): (("cumulative-falls", Period(2032, 6)),),
        ("参数", 1, "again_by"): ((Period(2032, 3), date(2031, 4, 12)),),
        ("参数", 1, "issued_on"): ((Period(2032, 3), date(2031, 4, 15)),),
        ("参数", 1, "certified_in"): ((Period(2032, 3), ("全部",)),),
        ("参数", 1, "brief_numbers"): ((Period(2032, 3), "7"),),
        ("参数", 1, "year"): 2032, ("参数", 1, "due_dates"): ((Period(2032, 3), date(2031, 4, 8)),),
        ("指标", 1, "paused_from"): Period(2032, 5),
    }),
    ("参数", "频次", {("参数", 4, "值"): "季", ("参数", 6, "对象"): "2031-Q1", ("指标", 1, "暂停起始期"): "2031-Q2",
        ("参数", 16, "值"): "2031-Q2", ("参数", 21, "对象"): "2031-Q1", ("参数", 22, "对象"): "2031-Q1", ("参数", 24, "对象"): "2031-Q1",
        ("参数", 28, "对象"): "2031-Q1",
    }, {
        ("参数", 1, "trials"): (("cumulative-falls", Period(2031, 6, Frequency.QUARTER)),),
        ("参数", 1, "again_by"): ((Period(2031, 3, Frequency.QUARTER), date(2031, 4, 12)),),
        ("参数", 1, "issued_on"): ((Period(2031, 3, Frequency.QUARTER), date(2031, 4, 15)),),
        ("参数", 1, "certified_in"): ((Period(2031, 3, Frequency.QUARTER), ("全部",)),),
        ("参数", 1, "brief_numbers"): ((Period(2031, 3, Frequency.QUARTER), "7"),),
        ("参数", 1, "frequency"): Frequency.QUARTER,
        ("参数", 1, "due_dates"): ((Period(2031, 3, Frequency.QUARTER), date(2031, 4, 8)),),
        ("指标", 1, "paused_from"): Period(2031, 6, Frequency.QUARTER),
    }),
    ("参数", "报送日", {("参数", 5, "值"): "9"}, {("参数", 1, "due_day"): 9}),
    ("参数", "报送期限", {("参数", 6, "值"): "2031-04-10"}, {("参数", 1, "due_dates"): ((Period(2031, 3), date(2031, 4, 10)),)}),
    ("参数", "超序时", {("参数", 7, "值"): "8"}, {("参数", 1, "bands.ahead"): Fraction(8)}),
    ("参数", "滞后黄", {("参数", 8, "值"): "-6"}, {("参数", 1, "bands.yellow"): Fraction(-6)}),
    ("参数", "滞后红", {("参数", 9, "值"): "-20"}, {("参数", 1, "bands.red"): Fraction(-20)}),
    ("参数", "平均方式", {("参数", 10, "值"): "按项目"}, {("参数", 1, "mean_by_project"): True}),
    ("参数", "更正方式", {("参数", 11, "值"): "截止前以最后一次为准"}, {("参数", 1, "last_wins"): True}),
    ("参数", "资金项目", {("参数", 12, "值"): "2"}, {("项目", 1, "asks_funding"): False, ("项目", 2, "asks_funding"): True}),
    ("参数", "分母", {("参数", 13, "值"): "555"}, {("指标", 5, "fixed_denominator"): Fraction(555)}),
    ("参数", "年初数", {("参数", 14, "值"): "45%"}, {("指标", 1, "opening"): Fraction(9, 20)}),
    ("参数", "新增界限", {("参数", 15, "值"): "5"}, {("参数", 1, "usual"): Fraction(5)}),
    ("参数", "规则试行", {("参数", 16, "对象"): "increment-typed", ("参数", 16, "值"): "2031-08"}, {
        ("参数", 1, "trials"): (("increment-typed", Period(2031, 8)),),
    }),
    ("参数", "增量下限", {("参数", 17, "值"): "3%"}, {("参数", 1, "least_increase"): Fraction(3, 100)}),
    ("参数", "落款单位", {("参数", 20, "值"): "甲县督查室"}, {("参数", 1, "organ"): "甲县督查室"}),
    ("参数", "补报期限", {("参数", 21, "值"): "2031-04-13"}, {
        ("参数", 1, "again_by"): ((Period(2031, 3), date(2031, 4, 13)),),
    }),
    ("参数", "印发日期", {("参数", 22, "值"): "2031-04-16"}, {
        ("参数", 1, "issued_on"): ((Period(2031, 3), date(2031, 4, 16)),),
    }),
    ("参数", "上年文件夹", {("参数", 23, "值"): "../甲县旧"}, {("参数", 1, "last_year"): "../甲县旧"}),
    ("参数", "参评下限", {("参数", 18, "值"): "0.4"}, {("参数", 1, "least_judged"): Fraction(2, 5)}),
    ("参数", "认定范围", {("参数", 24, "值"): "甲1、甲2"}, {("参数", 1, "certified_in"): ((Period(2031, 3), ("甲1", "甲2")),)}),
    ("参数", "认定范围", {("参数", 25, "值"): "全部"}, {("参数", 1, "certified"): ("全部",)}),
    ("参数", "视同无异议", {("参数", 26, "值"): "5"}, {("参数", 1, "silence"): 5}),
    ("参数", "时间戳服务", {("参数", 27, "值"): "http://a.cn"}, {("参数", 1, "stamping"): "http://a.cn"}),
    ("参数", "简报期号", {("参数", 28, "值"): "总第8期"}, {("参数", 1, "brief_numbers"): ((Period(2031, 3), "总第8期"),)}),
    ("参数", "允许的邮箱域名", {("参数", 29, "值"): "@X.cn、y.cn"}, {("参数", 1, "mail_domains"): ("x.cn", "y.cn")}),
    ("参数", "临近提醒", {("参数", 30, "值"): "不用"}, {("参数", 1, "near"): 0}),
    ("参数", "督办单", {("参数", 31, "值"): "用"}, {("参数", 1, "supervises"): True}),
    ("参数", "简报校验码", {("参数", 19, "值"): "印"}, {("参数", 1, "brief_code"): True}),
]


class Loaded(NamedTuple):
    """A plan's cells and its fields, each under its place."""

    cells: dict[Place, str]
    fields: dict[Place, object]


@cache
def tables() -> dict[str, list[dict[str, str]]]:
    """The small plan before anything is written into it."""
    found = {}
    for block in _TEXT.strip().split("\n\n"):
        name, head, *lines = block.splitlines()
        titles = head.split("|")
        found[name] = [dict(zip(titles, line.split("|"), strict=False)) for line in lines]
        for row in found[name]:
            row.update({title: "" for title in titles if title not in row})
    return found


def loaded(edits: dict[Place, str]) -> Loaded:
    """The plan with some of its cells written anew."""
    rows = copy.deepcopy(tables())
    for (table, number, column), text in edits.items():
        assert rows[table][number - 1][column] != text
        rows[table][number - 1][column] = text
    plan = check_tables(raw(rows))
    cells = {}
    for table, found in plan.tables.items():
        for number, row in enumerate(found, 1):
            cells.update({(table, number, column): text for column, text in row.items()})
    return Loaded(cells, fields_of(plan))


def fields_of(plan: Plan) -> dict[Place, object]:
    """Every field of every record of a plan."""
    settings = plan.settings._asdict()
    settings.update({f"bands.{name}": bound for name, bound in settings.pop("bands")._asdict().items()})
    fields: dict[Place, object] = {("参数", 1, field): value for field, value in settings.items()}
    records: dict[str, tuple[NamedTuple, ...]] = {"指标": plan.indicators, "项目": plan.projects, "单位": plan.units}
    for sort, found in records.items():
        for number, record in enumerate(found, 1):
            fields.update({(sort, number, field): value for field, value in record._asdict().items()})
    return fields


def changed(before: dict[Place, Any], after: dict[Place, Any]) -> dict[Place, Any]:
    """What is other than it was."""
    return {place: value for place, value in after.items() if before[place] != value}


SAID = {"变更", "变更记录", "待确认", "数字对照表"}
"""The tables that say what happened or what is asked: no record of the plan is made of them; tests/plan/test_answers.py
and tests/changes have them."""

NAMES = [f"{case[0]}-{case[1]}-{number}" for number, case in enumerate(CASES)]


@pytest.mark.parametrize(("table", "column", "edits", "expected"), CASES, ids=NAMES)
def test_what_is_written_in_a_column_arrives_in_its_field_and_in_no_other(
    table: str, column: str, edits: dict[Place, str], expected: dict[Place, object]
) -> None:
    before, after = loaded({}), loaded(edits)
    assert changed(before.fields, after.fields) == expected
    assert changed(before.cells, after.cells) == edits


def declared() -> set[tuple[str, str]]:
    """Every column of every table."""
    found: set[tuple[str, str]] = set()
    for table in TABLES:
        if table.name not in SAID:
            found |= {(table.name, title) for title in table.titles}
    return found


def test_every_column_and_every_setting_has_its_case() -> None:
    written: set[tuple[str, str]] = set()
    for case in CASES:
        written |= {(table, column) for table, _, column in case[2]}
    assert written == declared()
    named = {(table, column) for table, column, _, _ in CASES}
    assert named == declared() - {("参数", "值")} | {("参数", name) for name in SETTING_NAMES}


def test_every_field_is_reached_from_a_column() -> None:
    reached: set[tuple[str, str]] = set()
    for case in CASES:
        reached |= {(sort, field) for sort, _, field in case[3]}
    wanted = {("参数", field) for field in Settings._fields if field != "bands"}
    wanted |= {("参数", f"bands.{field}") for field in Bands._fields}
    wanted |= {("指标", field) for field in Indicator._fields}
    wanted |= {("项目", field) for field in Project._fields}
    wanted |= {("单位", field) for field in Unit._fields}
    assert reached == wanted
