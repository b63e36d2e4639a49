"""Rules on what was changed in the plan after a form had gone out."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

ROW_CHANGED = Rule(
    code="plan-row-changed",
    severity=Severity.HOLD,
    sentence="这张表下发以后，计划里这一行的{reason}改了，数待核",
    action="请与单位核实：按现在的口径也是这个数的写“属实”，不然写应填的数，或把新的表重新下发",
    source="编码、类型、计量单位、填数单位、口径、分子分母的说法、所含于的指标变了，同一个数就是另一回事",
    holds="该行",
)
ROW_GONE = Rule(
    code="plan-row-gone",
    severity=Severity.HOLD,
    sentence="这张表下发以后，计划里这一期没有这一行了，填的数没有计入",
    action="请与单位核实；要计入的，在计划“变更”表里写明它从哪一期起终止，或改成了哪个编码",
    source="填了的数不能不声不响地不要",
    holds="该行",
)
TERMS_CHANGED = Rule(
    code="plan-terms-changed",
    severity=Severity.NOTE,
    sentence="这张表下发以后，{reason}",
    action="填的数照样采用，完成率、状态按新的算",
    source="目标、比较、权重、序时、时限、年初数、核定分母改了，不改变填的是什么",
)

RULES = (ROW_CHANGED, ROW_GONE, TERMS_CHANGED)
