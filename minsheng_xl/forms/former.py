"""Words that earlier versions wrote in a master, and what stands for them now.

A master that the office has worked in is edited where it lies, and what differs from what the program writes is
taken as the office's. Where only our own words have changed since, it is not: such a cell gets today's.
"""

import re

FORMER = {
    "压线：": "临界：",
    "本期来表不再提出的作销号，未报的留到下期。": "本期来表不再提出的为待销号，办公室在待决事项里写了“已销号”才销。",
    "滞后、未报的指标": "滞后的指标",
    "时点指标有年初数的，偏差按全年增量计算，序时为计划进度。": "有年初数、偏差按年度增量计算的，序时印为计划进度。",
    "）。灯与序时比，单位为百分点。": "）。其中一栏的按序时含超序时；领先、滞后为与序时进度之差，单位为百分点。",
    "；按与序时的差距排，未报的排在最后。": "；按与序时进度的差距排序，未报的排在最后。",
    "占比相同看完成率与序时之差的平均（单项最高计100%），再相同的名次并列；":
        "占比相同的看完成率与序时之差的平均值（单项最高计100%），仍相同的名次并列；",
    "牵头\n指标数": "参评/\n牵头",
    "暂停、待核、序时未定不参加，未报按未完成计；有待核的名次为暂定。": "暂停、待核、序时未定不参评，未报按未完成计；"
        "参评不到牵头指标50%的不排名，有待核的名次为暂定。",
    "与上期比：两期都报的 ": "与上期相比：两期均已报送的 ",
    "与上期比：没有两期都报的指标": "与上期相比：没有两期均已报送的指标",
    "月报表": "填报表",
    "季报表": "填报表",
    "指标数字、文字": "指标数据、文字",
    "没有认定是哪个单位的": "没有确认是哪个单位的",
    "看到的": "表中内容",
    "来自": "来源文件",
    "怎么办": "处理办法",
    # how much of a matter the brief quotes
    '""))>50,LEFT(': '""))>46,LEFT(',
    '""),48)&"……"': '""),44)&"……"',
    '""))>20,LEFT(': '""))>18,LEFT(',
    '""),18)&"……"': '""),16)&"……"',
}
"""Former words, each long enough to be said nowhere else, and today's."""

_FORMULAS = (
    re.compile(r'IF\(COUNTIFS\(.*&"绿",""\)&.*&"黄",""\)&.*&"暂停",""\)'),
    re.compile(r"IF\((?:COUNT\('问题清单'!.*|LEN\(IFERROR\(INDEX\('问题清单'!.*)"),
    re.compile(r'"注：平均完成率按指标加权.*单位为百分点。"'),
    re.compile(r'"注：共 "&.*" 项；按与序时.*未报的排在最后。"'),
    re.compile(r'IF\(\w+="",IF\(OR\(.*,"上期提出，本期未报","已销号"\),.*\)'),
    re.compile(r'IF\(ISNUMBER\((?!.*新增滞后).*"与上期(?:相比：两期均已报送|比：两期都报)的 ".*'),
    re.compile(r"IF\((?!.*—)IFERROR\(INDEX\('计算'!.*"),
    re.compile(r"IFERROR\(INDEX\('计算'!\S+?,MATCH\([123],'计算'!\S+?,0\)\),\"\"\)"),
    re.compile(r"IF\(.*\(\(\w+-[\d.]+\)/\(\w+-[\d.]+\)-\w+\)\*100.*\)"),
    re.compile(r'IF\(.*>=-?[\d.]+,"● 按序时".*"？ 待核"\)+'),
    re.compile(r'IF\((?!.*按序时).*"－ 序时未定".*"？ 待核"\)+'),
    re.compile(r'IF\((?!.*(?:年度增量完成|逾期未完成|已达标|上期滞后)).*"(?:见待决事项|分母待核定)"\)+'),
    re.compile(r'.*"来表因不符合要求已退回，至今没有重报。.*"于收到本单后一个工作日内报来；.*平均完成率按0计算。"'),
    re.compile(r'(?!.*核增 )"注：认定单位 .*须重新认定。"'),
)
"""Formulas that are built otherwise by now: the count of a project's states (2绿1黄), how much of a matter the brief
quotes, the best and the worst in it, 状态, 偏差 and 备注 of a row, the letter of 催报单, the count of
opinions, the change since the last period."""
_NOTE = re.compile(r"送来的是\d+年(?:\d+月|第\d季度)的表")
"""What 首页 said beside a unit of which another period's form came; it says the day too by now."""
_ADVICE = re.compile(
    "(?:数字存疑，没有计入|定稿后的更正存疑，仍用原数|两份来件合起来看，.*)；请与单位核实，属实的写“属实”，不然写应填的数。"
    "|与已采用的不同，仍用原数；请与单位核实后选一个。(?:.*重报。|.*的表上。)?"
)
"""What 待决事项 asked of any figure in doubt, and of any correction: by now what is no number cannot be 属实, and the
reason that the return gives is quoted."""
_EVERY = (*_FORMULAS, _NOTE, _ADVICE)
_MAY_BE_FORMER = re.compile("|".join(f"(?:{one.pattern})" for one in _EVERY))
_ANY = re.compile("|".join(map(re.escape, FORMER)))


def todays(text: str) -> str:
    """A text or formula of an earlier version as this one words it."""
    return _ANY.sub(lambda found: FORMER[found[0]], text)


def is_former(content: str, now: str = "") -> bool:
    """Whether an earlier version wrote a formula, or a text of a day, where this one builds another: `now`."""
    if not _MAY_BE_FORMER.fullmatch(content):  # as nearly every cell of a master
        return False
    return any(pattern.fullmatch(content) and not pattern.fullmatch(now) for pattern in _EVERY)
