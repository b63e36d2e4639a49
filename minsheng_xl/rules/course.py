"""Rules that compare a figure with its target, with the last period, and with what contains it."""


from minsheng_xl.exact.expressions import BLANK, Expr, and_, is_blank, is_number, or_
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands
from minsheng_xl.plan.model import Kind
from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Cells, Row, Rule, where
from minsheng_xl.rules.size import has_size, may_fall

NO_PROGRESS = "本期无新进展"

_FIGURE = "本期累计"


def _counted(row: Row, *kinds: Kind) -> bool:
    return row.role == "figure" and row.indicator.kind in (kinds or (Kind.CUMULATIVE, Kind.STOCK))


def _increment(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(is_number(cells.previous), cells.previous > 0, cells.reported * 2 <= cells.previous)


def _falls(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(is_number(cells.previous), cells.reported < cells.previous, cells.reported * 2 > cells.previous)


def _exceeds(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    """What was larger than its whole when it was accepted last is known, until it is ten times that."""
    previous, whole = cells.previous, cells.parent_previous
    is_known = and_(is_number(previous), is_number(whole), previous > whole, cells.reported < previous * 10)
    exceeds = and_(is_number(cells.parent), is_blank(cells.parent_doubt), cells.reported > cells.parent)
    return and_(exceeds, is_known.equals(False))


def _unusual(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    increase = cells.reported - cells.previous
    known = and_(is_number(cells.previous), is_number(cells.least), is_number(cells.most))
    return and_(known, or_(increase < cells.least, increase > cells.most))


def _same(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    met = d.met(row.terms, Operands(cells.reported, target=cells.target))
    unchanged = cells.reported.equals(cells.previous)
    conditions = [is_number(cells.previous), cells.previous > 0, unchanged, met.equals(False)]
    if cells.progress is not BLANK:
        conditions.append(cells.progress.equals(NO_PROGRESS).equals(False))
    if cells.choice is not BLANK:
        conditions.append(is_blank(cells.choice))
    return and_(*conditions)


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
    places=lambda row: where(_counted(row, Kind.CUMULATIVE) and not may_fall(row), "reported"),
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
    places=lambda row: where(_counted(row, Kind.CUMULATIVE) and not may_fall(row), "reported"),
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
    tolerance="上期采用的数已大于总数的，到它的十倍为止不再问",
    places=lambda row: where(_counted(row) and bool(row.indicator.parent), "reported"),
    needs="parent",
    fires=_exceeds,
    turn=110,
)
SAME = Rule(
    code="same-as-last",
    severity=Severity.NOTE,
    sentence="与上期相同（{seen}）",
    action=f"没有变化的，“本期进展”选“{NO_PROGRESS}”；有变化请改数",
    source="上月的表改个日期再报，数字就是老的",
    hint=f"与上期相同，没有变化请选“{NO_PROGRESS}”",
    against="previous",
    places=lambda row: where(has_size(row) and row.indicator.kind is Kind.CUMULATIVE, "reported"),
    fires=_same,
    turn=190,
)

UNUSUAL = Rule(
    code="unusual-increase",
    severity=Severity.NOTE,
    sentence="本期新增与往期不一样：上期 {expected}，本期 {seen}",
    action="请留意；属实的可在“说明”栏写一句原因",
    source="前几期的新增；参数“新增界限”设了才看",
    hint="本期新增与往期不一样",
    against="previous",
    tolerance="前几期新增的中位数 ± 界限×离散程度",
    places=lambda row: where(_counted(row), "reported"),
    needs="least",
    fires=_unusual,
    turn=195,
)

RULES = (INCREMENT_TYPED, CUMULATIVE_FALLS, CHILD_EXCEEDS, SAME, UNUSUAL)
