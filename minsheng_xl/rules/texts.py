"""Rules on words."""

from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Rule
from minsheng_xl.texts import LONGEST

EVIDENCE = Rule(
    code="evidence-missing",
    severity=Severity.NOTE,
    sentence="没有写佐证材料",
    action="请写上文件、照片、台账的名称，认定时要用",
    source="统计局按佐证认定",
    instruction="",
    hint="请写佐证材料的名称",
)
CLEANED = Rule(
    code="text-cleaned",
    severity=Severity.NOTE,
    sentence="文字里有看不见的控制字符或改变书写方向的字符，显示时已去掉",
    action="不影响采用；原样留在归档里",
    source="这些字符能让表里显示的和存着的不一样",
)
FORMULA_LIKE = Rule(
    code="text-formula-like",
    severity=Severity.NOTE,
    sentence="文字以 = + - @ 开头，已当作文字",
    action="不影响采用",
    source="在别的程序里会被当成公式",
)
LONG = Rule(
    code="text-long",
    severity=Severity.NOTE,
    sentence=f"文字太长，显示时只取前 {LONGEST} 字",
    action="不影响采用；全文留在归档里，请单位精简",
    source="一个单元格最多这么多字",
)
NOT_LISTED = Rule(
    code="choice-not-listed",
    severity=Severity.NOTE,
    sentence="不在下拉列表里",
    action="已按所填内容收下；下次请从列表中选",
    source="预计全年只有三种说法",
)
DIFFERS = Rule(
    code="text-formula",
    severity=Severity.NOTE,
    sentence="文字是公式算出来的，已取它存下的结果",
    action="下次请直接写文字",
    source="公式的结果可能已过时",
)

WRONG = Rule(
    code="text-error",
    severity=Severity.NOTE,
    sentence="文字格里是公式出错的结果，没有采用",
    action="请直接写文字",
    source="#REF! 一类的错误值不是文字",
)

RULES = (EVIDENCE, CLEANED, FORMULA_LIKE, LONG, NOT_LISTED, DIFFERS, WRONG)
