"""Rules on a return beside the others of its unit, and on units beside each other."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

_HOLD, _NOTE = Severity.HOLD, Severity.NOTE

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
OTHER_WORDS_AGAIN = Rule(
    code="earlier-form-again",
    severity=_HOLD,
    sentence="数字与已采用的{expected}来件相同，只有文字不同，像是用{expected}的表报了{reason}的情况；"
    "{expected}的文字没有改，{reason}仍是未报",
    action="请与单位核实：是{reason}的，请其用{reason}的表重报；确是补充{expected}的，由办公室在“待决事项”里定“采用”",
    source="数字不会一个月都不变，文字却全换了",
    holds="整表",
    tolerance="本期的表已下发，单位本期未报，以前那一期已采用",
)
OTHER_FIGURES_AGAIN = Rule(
    code="earlier-form-figures",
    severity=_NOTE,
    sentence="{reason}还没有报，也可能是把{reason}的数填在了{expected}的表上",
    action="请与单位核实；是{reason}的，请其用{reason}的表重报",
    source="以前那一期已采用，照更正处理",
)

RULES = (CONFLICT, DIFFERS_TYPED, DIFFERS_TAKEN, OTHER_WORDS_AGAIN, OTHER_FIGURES_AGAIN)
