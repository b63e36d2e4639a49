"""Rules on all that stands outside the input cells: it equals the workbook as issued, or it is said."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

_ERROR, _NOTE = Severity.ERROR, Severity.NOTE
_ORIGINAL = "请用发出的原表重填，不要增删行列、改动灰色格"

SHEET = Rule(
    code="return-sheet",
    severity=_ERROR,
    sentence="找不到填报表这一页",
    action="请用发出的原表重填",
    source="每一行靠编码、指标名、目标来认",
)
SHEET_TWICE = Rule(
    code="sheet-copied",
    severity=_ERROR,
    sentence="填报表有两页（{seen}），不知道以哪页为准",
    action="请只留一页后再送",
    source="每个锚点只能有一处",
)
ANCHOR = Rule(
    code="return-structure",
    severity=_ERROR,
    sentence="表的结构被改动，应为“{expected}”",
    action=_ORIGINAL,
    source="行、列的名称和目标是锚点，缺一不可",
)
ANCHOR_TWICE = Rule(
    code="anchor-twice",
    severity=_ERROR,
    sentence="“{expected}”出现了不止一处",
    action=_ORIGINAL,
    source="不知道以哪一行为准",
)
RENAMED = Rule(
    code="sheet-renamed",
    severity=_NOTE,
    sentence="工作表被改名（应为 {expected}）",
    action="已认出；下次请不要改工作表名",
    source="按内容认，不按表名认",
)
ADDED = Rule(
    code="sheet-added",
    severity=_NOTE,
    sentence="多了工作表，没有读",
    action="要报的内容请填在填报表里",
    source="只读发出的那一页",
)
ANSWERED = Rule(
    code="feedback-written",
    severity=_NOTE,
    sentence="写在这一页的没有读",
    action="请填在“填报表”那一页里，原因写在同一行“说明”栏，再发回",
    source="核实单、退回说明只告诉单位改哪里，要报的内容在填报表里",
)
MOVED = Rule(
    code="rows-moved",
    severity=_NOTE,
    sentence="有行或列被移动，已按编码和列名对回原位",
    action="请核对；下次请不要增删、排序",
    source="每个锚点都恰好找到一处",
)
HIDDEN = Rule(
    code="rows-hidden",
    severity=_NOTE,
    sentence="有行或列被隐藏或筛选，其中的数照样计入",
    action="请核对隐藏的行",
    source="看不见的数也在表里",
)
VALIDATION = Rule(
    code="validation-gone",
    severity=_NOTE,
    sentence="填写格的数据验证没有了",
    action="多半是粘贴所致，不影响采用；来件都会重新检查",
    source="粘贴会带走数据验证",
)
FORMULAS = Rule(
    code="formula-overwritten",
    severity=_NOTE,
    sentence="灰色格的公式被改成了别的内容",
    action="不影响采用：这些数由程序自己计算",
    source="公式格从不读取",
)
PREVIOUS = Rule(
    code="previous-changed",
    severity=_NOTE,
    sentence="上期累计与台账不同（改动过，或下发以后更正过）",
    action="不影响采用：上期累计以台账为准；要更正以前的数，写在“说明”栏",
    source="上期累计是已采用的数",
)
LOCKED = Rule(
    code="locked-changed",
    severity=_NOTE,
    sentence="灰色格的内容被改动",
    action="不影响采用：灰色格不读取",
    source="灰色格以发出的为准",
)
OUTSIDE = Rule(
    code="outside-cells",
    severity=_NOTE,
    sentence="表外写了内容，没有读",
    action="要报的内容请填在白色格里",
    source="只读白色格",
)

RULES = (
    SHEET, SHEET_TWICE, ANCHOR, ANCHOR_TWICE, RENAMED, ADDED, ANSWERED, MOVED, HIDDEN, VALIDATION, FORMULAS, PREVIOUS,
    LOCKED, OUTSIDE,
)
