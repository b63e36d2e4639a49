"""Rules on a return beside the others of its unit, and on units beside each other."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

_HOLD = Severity.HOLD

CONFLICT = Rule(
    code="figure-conflict",
    severity=_HOLD,
    sentence="同一期两份来件数字不同",
    action="请与单位核实后，由办公室在“待决事项”里定",
    source="两份同时到，不知道以哪份为准",
    holds="该格",
)
DIFFERS_TYPED = Rule(
    code="figure-differs-typed",
    severity=_HOLD,
    sentence="与办公室在台账中填的数不同，仍用台账数 {expected}",
    action="请与单位核实后，由办公室在“待决事项”里定",
    source="办公室填的数以办公室为准",
    holds="该格",
)
DIFFERS_TAKEN = Rule(
    code="figure-differs-taken",
    severity=_HOLD,
    sentence="与已采用的数字不同，仍用原数 {expected}",
    action="请与单位核实后，由办公室在“待决事项”里定",
    source="已采用的数不会被后来的文件悄悄改掉",
    holds="该格",
)

RULES = (CONFLICT, DIFFERS_TYPED, DIFFERS_TAKEN)
