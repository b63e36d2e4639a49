"""Rules on whose form a workbook is, for which period, and whether it is the form that was issued."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

_ERROR, _HOLD, _NOTE = Severity.ERROR, Severity.HOLD, Severity.NOTE

NOT_OURS = Rule(
    code="return-not-ours",
    severity=_ERROR,
    sentence="不是本年度发出的填报表",
    action="请确认来件；是某单位的，请对方用发出的表重报",
    source="三处标识一处也没有",
)
COPY_MISSING = Rule(
    code="identity-copy-missing",
    severity=_NOTE,
    sentence="三处标识缺了{expected}，其余一致",
    action="已采用；多半是另存或复制工作表所致",
    source="标识有三处：文件属性、隐藏表、表脚一行",
)
CONTRADICTION = Rule(
    code="identity-contradiction",
    severity=_HOLD,
    sentence="表内几处标识互相矛盾，整表待核",
    action="请与单位核实是谁的、哪一期的表，由办公室在“待决事项”里定",
    source="多半是把一张表拼到了另一张里",
    holds="整表",
)
UNIT_TYPED = Rule(
    code="identity-unit-typed",
    severity=_HOLD,
    sentence="填报单位被改写，与标识（{expected}）不符，整表待核",
    action="请与单位核实是谁的表，由办公室在“待决事项”里定",
    source="多半是借了别家的表来填",
    holds="整表",
)
PERIOD_TYPED = Rule(
    code="identity-period-typed",
    severity=_HOLD,
    sentence="期次被改写，与标识（{expected}）不符，整表待核",
    action="请与单位核实是哪一期的数，由办公室在“待决事项”里定",
    source="多半是拿上期的表改了日期",
    holds="整表",
)
SLIPPED = Rule(
    code="rows-slipped",
    severity=_HOLD,
    sentence="像是错了行：{seen} 与{expected}一行上期的数相近，整表待核",
    action="请与单位核实；错了行的请其改正重报，没有错行的由办公室在“待决事项”里定“采用”",
    source="插一格、删一格或粘贴时错一行，数字都成了别的指标的",
    holds="整表",
    tolerance="同一栏两个以上的数与本行上期相差一倍半以上，又与上一行（或下一行）上期相差不到六成；上期都不小于 20",
)
EARLIER = Rule(
    code="earlier-form",
    severity=_HOLD,
    sentence="上期累计各格是 {seen} 那一期表里的，整表待核",
    action="请与单位核实是哪一期的数；确是本期的，由办公室在“待决事项”里定“采用”",
    source="多半是把以前的表整页粘贴到了本期的表里",
    holds="整表",
)
UNIT = Rule(
    code="return-unit",
    severity=_ERROR,
    sentence="计划中没有这个填报单位",
    action="请改用本单位的表；是别县的表，请退给对方",
    source="单位按名录和别名认，从不猜",
)
PERIOD = Rule(
    code="return-period",
    severity=_ERROR,
    sentence="期次不在本年度计划之内",
    action="请改用本期发出的表",
    source="期次以标识为准",
)
NOT_ISSUED = Rule(
    code="return-not-issued",
    severity=_ERROR,
    sentence="没有给这个单位发过这一期的表",
    action="请改用已发出的表；确要报这一期，请办公室先下发",
    source="发出的表都有登记",
)
FORM = Rule(
    code="return-plan",
    severity=_ERROR,
    sentence="这张表不是按现行计划发出的",
    action="请改用最近一次发出的表",
    source="指标、目标、分母改了，旧表的行对不上",
)
LAYOUT = Rule(
    code="return-layout",
    severity=_ERROR,
    sentence="这张表的版式（{seen}）没有留存，读不准",
    action="请办公室重新下发，改用新发的表填报",
    source="表照发出时的版式和原件读，从不猜哪一格是什么",
)
ASSIGNED = Rule(
    code="return-assigned",
    severity=_ERROR,
    sentence="办公室确认是这个单位送来的，格式不符（{seen}）",
    action="请该单位用发出的 .xlsx 表重报",
    source="不是填报表的文件里没有可以采用的数",
)
EMPTY = Rule(
    code="return-empty",
    severity=_NOTE,
    sentence="空表，没有填任何数字、选项、文字（表头不算）",
    action="只登记，不入账，也不退回；仍算没有报，催报时会说明",
    source="空着不等于零；公章、标志不算内容",
)
EMPTY_BESIDE = Rule(
    code="return-empty-beside",
    severity=_NOTE,
    sentence="空表，没有填任何数字、选项、文字；这个单位本期另有来件",
    action="只登记，原来的结果不变",
    source="空表不会抹掉已经报来的数",
)
NO_FIGURES = Rule(
    code="return-no-figures",
    severity=_NOTE,
    sentence="没有填一个数，只有文字",
    action="文字照用；没有报过数的仍是未报，催报时会说明，请补填后再送，没有新数的选“与上期相同”",
    source="文字不是数；只报文字的单位不在此列",
)
UNREAD = Rule(
    code="return-unread",
    severity=_ERROR,
    sentence="白色格里没有填任何内容；{reason}",
    action="请把数字、文字填进白色格里再送",
    source="只读白色格；写在别处的是要报的还是随手写的，看不出来",
)
AFTER_CLOSING = Rule(
    code="after-closing",
    severity=_NOTE,
    sentence="本期已定稿，这份来件作定稿后更正登记，不改定稿的数{reason}",
    action="更正的数计入下期的上期累计；请在下期说明原因",
    source="定稿的数以印发的为准",
)
AFTER_YEAR = Rule(
    code="after-year",
    severity=_NOTE,
    sentence="本年最后一期已定稿，这份来件作结转更正登记，不改定稿的数{reason}",
    action="更正的数列入全年结果更正（print --what 更正），转入下一年时时点量计入年初数",
    source="定稿的数以印发的为准，以后没有可以计入的一期",
)

RULES = (
    NOT_OURS, COPY_MISSING, CONTRADICTION, UNIT_TYPED, PERIOD_TYPED, SLIPPED, EARLIER, UNIT, PERIOD, NOT_ISSUED, FORM,
    LAYOUT, ASSIGNED, EMPTY, EMPTY_BESIDE, NO_FIGURES, UNREAD, AFTER_CLOSING, AFTER_YEAR,
)
