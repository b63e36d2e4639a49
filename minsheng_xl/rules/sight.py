"""Rules on whether a person sees the figure that a cell holds: colours, size, lines of the cell itself."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

UNSEEN = Rule(
    code="figure-unseen",
    severity=Severity.HOLD,
    sentence="格里有数，但看不见：{reason}",
    action="请把字改成看得清的颜色和大小，核对后重填",
    source="盖章的是看到的数，计算用的是存着的数",
    holds="该格",
)
CROSSED = Rule(
    code="figure-crossed",
    severity=Severity.HOLD,
    sentence="格上画了斜线边框，像是划掉了，看不出算不算数",
    action="请去掉单元格的斜线边框，核对后重填",
    source="划掉的数字不能当作数",
    holds="该格",
)

RULES = (UNSEEN, CROSSED)
