"""Rules that compare a figure with its target, with the last period, and with what contains it."""

from fractions import Fraction

from minsheng_xl.exact.expressions import BLANK, Expr, and_, is_blank, is_number
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands
from minsheng_xl.plan.model import Comparator, Kind
from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Cells, Row, Rule, explains_nothing, where

NO_PROGRESS = "本期无新进展"
WAN = 10_000
_TIMES_TARGET, _TIMES_LAST = 1000, 5

_FIGURE = "本期累计"


def _counted(row: Row, *kinds: Kind) -> bool:
    return row.role == "figure" and row.indicator.kind in (kinds or (Kind.CUMULATIVE, Kind.STOCK))


def _aimed(row: Row) -> bool:
    """Whether the target is something to be reached, so that it says how large a figure is."""
    target = row.terms.target
    return _counted(row) and target is not None and target > 0 and row.terms.comparator is not Comparator.AT_MOST


def _target(row: Row) -> Fraction:
    assert row.terms.target is not None
    return row.terms.target


def _lost(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(cells.reported > 0, cells.reported * WAN <= 2 * _target(row))


def _doubled(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(cells.reported >= _TIMES_TARGET * _target(row), cells.reported >= WAN)


def _increment(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(is_number(cells.previous), cells.previous > 0, cells.reported * 2 <= cells.previous)


def _falls(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(is_number(cells.previous), cells.reported < cells.previous, cells.reported * 2 > cells.previous)


def _less(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(is_number(cells.previous), cells.reported < cells.previous, explains_nothing(cells.explanation))


def _exceeds(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(is_number(cells.parent), is_blank(cells.parent_doubt), cells.reported > cells.parent)


def _jumps(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(
        is_number(cells.previous), cells.previous > 0, cells.reported >= cells.previous * _TIMES_LAST,
        cells.reported * 2 > _target(row),
    )


def _same(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    met = d.met(row.terms, Operands(cells.reported, target=cells.target))
    unchanged = cells.reported.equals(cells.previous)
    conditions = [is_number(cells.previous), cells.previous > 0, unchanged, met.equals(False)]
    if cells.progress is not BLANK:
        conditions.append(cells.progress.equals(NO_PROGRESS).equals(False))
    return and_(*conditions)


WAN_LOST = Rule(
    code="wan-lost",
    severity=Severity.HOLD,
    sentence="像是少填了“万”：目标 {expected}，填的是 {seen}",
    action="请按计量单位填足，如 3万 填 30000；确实是这个数，在“说明”栏写明原因",
    source="各县常见：表里用万人次说，格里要填人次",
    holds=_FIGURE,
    instruction="按计量单位填足，不用“万”。",
    hint="像是少了“万”，请填足或写说明",
    explainable=True,
    against="target",
    tolerance=f"目标不小于 {WAN}，且所填数的 {WAN} 倍不超过目标的 2 倍",
    places=lambda row: where(_aimed(row) and _target(row) >= WAN, "reported"),
    fires=_lost,
    turn=60,
)
WAN_DOUBLED = Rule(
    code="wan-doubled",
    severity=Severity.HOLD,
    sentence="像是多乘了“万”：目标 {expected}，填的是 {seen}",
    action="请核对计量单位；确实是这个数，在“说明”栏写明原因",
    source="同上",
    holds=_FIGURE,
    hint="比目标大得多，请核对单位或写说明",
    explainable=True,
    against="target",
    tolerance=f"不小于目标的 {_TIMES_TARGET} 倍，且不小于 {WAN}",
    places=lambda row: where(_aimed(row), "reported"),
    fires=_doubled,
    turn=80,
)
INCREMENT_TYPED = Rule(
    code="increment-typed",
    severity=Severity.HOLD,
    sentence="比上期累计少一半以上，像是只填了本期新增：上期 {expected}，本期 {seen}",
    action="请填年初至今的累计数；确是更正，在“说明”栏写明原因",
    source="累计量只增不减",
    holds=_FIGURE,
    instruction="填年初至今的累计，不是本期新增。",
    hint="像是只填了新增，请填累计或写说明",
    explainable=True,
    against="previous",
    tolerance="不超过上期的一半",
    places=lambda row: where(_counted(row, Kind.CUMULATIVE), "reported"),
    fires=_increment,
    turn=90,
)
CUMULATIVE_FALLS = Rule(
    code="cumulative-falls",
    severity=Severity.HOLD,
    sentence="累计数比上期少：上期 {expected}，本期 {seen}",
    action="请核对；是更正以前的数，在“说明”栏写明原因",
    source="累计量只增不减，减少只能是更正",
    holds=_FIGURE,
    instruction="不小于上期累计；更正要写说明。",
    hint="比上期少，请核对或写说明",
    explainable=True,
    against="previous",
    places=lambda row: where(_counted(row, Kind.CUMULATIVE), "reported"),
    fires=_falls,
    turn=100,
)
CHILD_EXCEEDS = Rule(
    code="child-exceeds",
    severity=Severity.HOLD,
    sentence="大于包含它的指标（{expected}）：填的是 {seen}",
    action="“其中”不能大于总数，请核对；确实如此，在“说明”栏写明原因",
    source="计划指标表“上级指标”",
    holds=_FIGURE,
    instruction="不大于所属的总数。",
    hint="大于{parent}，请核对或写说明",
    explainable=True,
    against="parent",
    places=lambda row: where(_counted(row) and bool(row.indicator.parent), "reported"),
    fires=_exceeds,
    turn=110,
)
STOCK_FALLS = Rule(
    code="stock-falls",
    severity=Severity.NOTE,
    sentence="比上期少：上期 {expected}，本期 {seen}",
    action="时点数可以减少；请在“说明”栏写一句原因",
    source="时点量可升可降",
    hint="比上期少，请写一句原因",
    against="previous",
    places=lambda row: where(_counted(row, Kind.STOCK), "reported"),
    fires=_less,
    turn=170,
)
JUMP = Rule(
    code="jump",
    severity=Severity.NOTE,
    sentence="比上期大很多：上期 {expected}，本期 {seen}",
    action="请再核对一次",
    source="一期之内增加几倍少见",
    hint="比上期大很多，请再核对",
    against="previous",
    tolerance=f"不小于上期的 {_TIMES_LAST} 倍，且超过目标的一半",
    places=lambda row: where(_aimed(row), "reported"),
    fires=_jumps,
    turn=180,
)
SAME = Rule(
    code="same-as-last",
    severity=Severity.NOTE,
    sentence="与上期相同（{seen}）",
    action=f"没有变化的，“本期进展”选“{NO_PROGRESS}”；有变化请改数",
    source="上月的表改个日期再报，数字就是老的",
    hint=f"与上期相同，没有变化请选“{NO_PROGRESS}”",
    against="previous",
    places=lambda row: where(_aimed(row) and row.indicator.kind is Kind.CUMULATIVE, "reported"),
    fires=_same,
    turn=190,
)

RULES = (WAN_LOST, WAN_DOUBLED, INCREMENT_TYPED, CUMULATIVE_FALLS, CHILD_EXCEEDS, STOCK_FALLS, JUMP, SAME)
