"""Rules on a single figure: is it a number at all, and one that can be counted."""

from collections.abc import Sequence

from minsheng_xl.exact.expressions import Expr, and_, is_blank, is_number, or_, round_
from minsheng_xl.figures.definitions import YES_OR_NO
from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Cells, Row, Rule, where

_CELL = "该格"


def measures(row: Row) -> tuple[str, ...]:
    """The measures that are entered in a row."""
    if row.is_ratio:
        return row.indicator.measures
    if row.role == "figure" and row.indicator.kind in YES_OR_NO:
        return ()
    return ("reported",)


def each(row: Row) -> Sequence[tuple[str, ...]]:
    """Every entered number of a row by itself."""
    return [(name,) for name in measures(row)]


def _choice(row: Row) -> Sequence[tuple[str, ...]]:
    chosen = row.role == "figure" and row.indicator.kind in YES_OR_NO and row.indicator.takes_figures
    return where(chosen, "reported")


def _no_number(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    figure = cells.measure(group[0])
    return and_(is_blank(figure).equals(False), is_number(figure).equals(False))


def _no_choice(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return or_(is_blank(cells.reported), cells.reported.equals("是"), cells.reported.equals("否")).equals(False)


def _negative(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return cells.measure(group[0]) < 0


def _decimals(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    figure = cells.measure(group[0])
    return round_(figure, row.indicator.decimals).equals(figure).equals(False)


NOT_NUMBER = Rule(
    code="figure-not-number",
    severity=Severity.HOLD,
    sentence="不是可用的数字，列为待核，不计入",
    action="请只填数字，不写文字、“约”、单位；要说明的写在“说明”栏",
    source="单元格里只有数字才能计算；文字在 Excel 里比任何数都大",
    holds=_CELL,
    instruction="只填数字。",
    hint="只能填数字",
    places=each,
    fires=_no_number,
    turn=10,
)
NOT_CHOICE = Rule(
    code="figure-choice",
    severity=Severity.HOLD,
    sentence="应是 {expected}，列为待核，不计入",
    action="请从下拉列表里选 {expected}",
    source="里程碑指标只有两种情况，认定意见只有四种",
    holds=_CELL,
    instruction="选 是 或 否。",
    hint="只能选 是 或 否",
    places=_choice,
    fires=_no_choice,
    turn=20,
)
NEGATIVE = Rule(
    code="figure-negative",
    severity=Severity.HOLD,
    sentence="是负数，列为待核",
    action="累计数、总数不会是负数，请核对后重填",
    source="指标都是数量，没有负数",
    holds=_CELL,
    instruction="不能为负。",
    hint="不能为负",
    places=each,
    fires=_negative,
    turn=40,
)
DECIMALS = Rule(
    code="figure-decimals",
    severity=Severity.HOLD,
    sentence="小数位多于规定（应最多{expected}位），列为待核",
    action="请按计量单位填足，如 3.14万人次 填 31400；人、处、个只有整数",
    source="“小数位”在计划的指标表里；没有半个人",
    holds=_CELL,
    instruction="小数位不超过规定。",
    hint="小数位太多：按计量单位填足",
    against="decimals",
    places=each,
    fires=_decimals,
    turn=70,
)

# What only the stored cell shows, not its value: a sheet cannot say these by itself.
PERCENT = Rule(
    code="figure-percent",
    severity=Severity.HOLD,
    sentence="填的是百分数，这里要填个数",
    action="请填个数；比率填分子和分母，不填百分数",
    source="98%、98、0.98 在单元格里是三个不同的数",
    holds=_CELL,
)
DATE = Rule(
    code="figure-date",
    severity=Severity.HOLD,
    sentence="是日期或时间，不是数",
    action="请把单元格格式设为“常规”，重填数字",
    source="日期在 Excel 里存成天数",
    holds=_CELL,
)
LOGICAL = Rule(
    code="figure-logical",
    severity=Severity.HOLD,
    sentence="是逻辑值，不是数",
    action="请填数字",
    source="TRUE 不是 1",
    holds=_CELL,
)
ERROR = Rule(
    code="figure-error",
    severity=Severity.HOLD,
    sentence="是公式出错的结果",
    action="请改填数字",
    source="#REF! 一类的错误值没有数",
    holds=_CELL,
)
FORMULA = Rule(
    code="figure-formula",
    severity=Severity.HOLD,
    sentence="是公式，不是填的数",
    action="请把公式的结果填成数字；几个数相加可以写成 =100+6 的样子",
    source="公式引用的格可能不是要报的数，存下的结果可能已过时",
    holds=_CELL,
)
STALE = Rule(
    code="figure-formula-stale",
    severity=Severity.HOLD,
    sentence="公式算得{expected}，表里存的却是另一个数",
    action="请把结果填成数字",
    source="两个数不同，不知道哪个对",
    holds=_CELL,
)
DISPLAY = Rule(
    code="figure-display",
    severity=Severity.HOLD,
    sentence="显示出来的和存着的不是同一个数（存的是{expected}）",
    action="请把单元格格式设为“常规”，核对后重填",
    source="盖章的是看到的数，计算用的是存着的数",
    holds=_CELL,
)
MARKED = Rule(
    code="figure-marked",
    severity=Severity.HOLD,
    sentence="数字有删除线或上标，看不出是哪个数",
    action="请去掉格式，重填数字",
    source="划掉的数字不能当作数",
    holds=_CELL,
)
MERGED = Rule(
    code="figure-merged",
    severity=Severity.HOLD,
    sentence="所在的格被合并了，看不出属于哪一行",
    action="请取消合并，分别填写",
    source="合并会吞掉别的格",
    holds=_CELL,
)
LARGE = Rule(
    code="figure-large",
    severity=Severity.HOLD,
    sentence="数字太大，表格软件已经存不准",
    action="请核对后重填",
    source="超过 15 位的数在 Excel 里会丢尾数",
    holds=_CELL,
)
TWO_READINGS = Rule(
    code="figure-two-readings",
    severity=Severity.HOLD,
    sentence="“{seen}”有两种读法，也可能是 {expected}",
    action="请把数字重填清楚：小数点用“.”，不写年月",
    source="逗号可能是小数点，2022.10 可能是年月",
    holds=_CELL,
    tolerance="有小数的指标，目标和上期都小于 1000；写了说明也待核",
)
SUFFIX = Rule(
    code="figure-unit-suffix",
    severity=Severity.NOTE,
    sentence="数字后带了单位，已按 {expected} 采用",
    action="下次请只填数字",
    source="带单位的格是文字，不参加计算",
)

RULES = (NOT_NUMBER, NOT_CHOICE, NEGATIVE, DECIMALS)
UNSEEN = (PERCENT, DATE, LOGICAL, ERROR, FORMULA, STALE, DISPLAY, MARKED, MERGED, LARGE, TWO_READINGS, SUFFIX)
