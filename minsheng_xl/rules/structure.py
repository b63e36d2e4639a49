"""Rules on all that stands outside the input cells: it equals the workbook as issued, or it is said."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

_ERROR, _NOTE = Severity.ERROR, Severity.NOTE
_ORIGINAL = "请用发出的原表重填，不要增删行列、改动灰色格"

SHEET = Rule("return-sheet", _ERROR, "找不到填报表这一页", "请用发出的原表重填", "每一行靠编码、指标名、目标来认")
SHEET_TWICE = Rule("sheet-copied", _ERROR, "填报表有两页（{seen}），不知道以哪页为准", "请只留一页后再送", "每个锚点只能有一处")
ANCHOR = Rule("return-structure", _ERROR, "表的结构被改动，应为“{expected}”", _ORIGINAL, "行、列的名称和目标是锚点，缺一不可")
ANCHOR_TWICE = Rule("anchor-twice", _ERROR, "“{expected}”出现了不止一处", _ORIGINAL, "不知道以哪一行为准")
RENAMED = Rule("sheet-renamed", _NOTE, "工作表被改名（应为 {expected}）", "已认出；下次请不要改工作表名", "按内容认，不按表名认")
ADDED = Rule("sheet-added", _NOTE, "多了工作表，没有读", "要报的内容请填在填报表里", "只读发出的那一页")
MOVED = Rule("rows-moved", _NOTE, "有行或列被移动，已按编码和列名对回原位", "请核对；下次请不要增删、排序", "每个锚点都恰好找到一处")
HIDDEN = Rule("rows-hidden", _NOTE, "有行或列被隐藏或筛选，其中的数照样计入", "请核对隐藏的行", "看不见的数也在表里")
VALIDATION = Rule("validation-gone", _NOTE, "填写格的数据验证没有了", "多半是粘贴所致，不影响采用；来件都会重新检查", "粘贴会带走数据验证")
FORMULAS = Rule("formula-overwritten", _NOTE, "灰色格的公式被改成了别的内容", "不影响采用：这些数由程序自己计算", "公式格从不读取")
PREVIOUS = Rule("previous-changed", _NOTE, "上期累计与台账不同（改动过，或发表以后更正过）", "不影响采用：上期累计以台账为准；要更正以前的数，写在“说明”栏", "上期累计是已采用的数")
LOCKED = Rule("locked-changed", _NOTE, "灰色格的内容被改动", "不影响采用：灰色格不读取", "灰色格以发出的为准")
OUTSIDE = Rule("outside-cells", _NOTE, "表外写了内容，没有读", "要报的内容请填在白色格里", "只读白色格")

RULES = (
    SHEET, SHEET_TWICE, ANCHOR, ANCHOR_TWICE, RENAMED, ADDED, MOVED, HIDDEN, VALIDATION, FORMULAS, PREVIOUS, LOCKED, OUTSIDE,
)
