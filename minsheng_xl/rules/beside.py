"""Rules on what a person sees over or beside the cells that are read: drawings, comments, corrections elsewhere."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule

_HOLD, _NOTE = Severity.HOLD, Severity.NOTE

COVERED = Rule(
    code="figure-covered",
    severity=_HOLD,
    sentence="格上盖着{reason}，看到的可能不是格里的数",
    action="请删去盖着的东西，把要报的数填在格里",
    source="盖章的是看到的数，计算用的是格里的数",
    holds="该格",
)
SEAL = Rule(
    code="seal-over-figures",
    severity=_NOTE,
    sentence="公章（图片）盖住了{seen}",
    action="照样采用；请核对盖住的数，下次请盖在表脚",
    source="电子公章盖在哪里都算数：近于正方、3–6 厘米的图片看作公章",
)
PICTURE = Rule(
    code="picture-not-read",
    severity=_NOTE,
    sentence="一个数也没有填，页上有图片，图片里的数没有读",
    action="请把数填进格里再报",
    source="图片里的数程序不读，这些指标算未报",
)
OVERLAY_UNREAD = Rule(
    code="drawings-unread",
    severity=_HOLD,
    sentence="页上的图形或批注读不出来，可能盖着数字，整表待核",
    action="请对方删去页上的图形、图片、批注后重发",
    source="看不出盖着什么的数不采用",
    holds="整表",
)
CORRECTED = Rule(
    code="figure-corrected",
    severity=_HOLD,
    sentence="{reason}里写着“{seen}”，与填的数不符",
    action="请把要报的数填在格里，别处不要另写一个数",
    source="同一格有两个数，不知道以哪个为准；说明里提到的其他数（其中、上期、日期、文号）不算",
    holds="该行",
)

RULES = (COVERED, SEAL, PICTURE, OVERLAY_UNREAD, CORRECTED)
