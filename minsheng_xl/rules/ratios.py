"""Rules on numerator and denominator."""

from collections.abc import Sequence

from minsheng_xl.exact.expressions import Const, Expr, and_, is_blank, or_
from minsheng_xl.plan.model import Tier
from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Cells, Row, Rule, where


def _own(row: Row) -> bool:
    return row.is_ratio and not row.indicator.office_denominator


def _fixed(row: Row) -> bool:
    return row.is_ratio and row.indicator.office_denominator and row.indicator.fixed_denominator is not None


def _whole(row: Row) -> bool:
    """Whether the row has a denominator to compare with."""
    return _own(row) or _fixed(row)


def _half(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return is_blank(cells.numerator).equals(is_blank(cells.denominator)).equals(False)


def _nothing_below(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return cells.denominator <= 0


def _changed(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return cells.denominator.equals(row.indicator.fixed_denominator).equals(False)


def _beyond(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return cells.numerator > cells.denominator


def _percentage(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    if row.indicator.office_denominator:
        return and_(cells.numerator > 0, cells.numerator <= 100)
    return or_(cells.denominator.equals(100), cells.denominator.equals(1))


def _may_be_percentage(row: Row) -> Sequence[tuple[str, ...]]:
    fixed = row.indicator.fixed_denominator
    if not row.is_ratio or row.indicator.decimals:
        return []
    if row.indicator.office_denominator:
        return where(fixed is not None and fixed >= _MANY, "numerator")
    return [("numerator", "denominator")]


def _over(row: Row) -> bool:
    """Whether a coverage above 100 % is worth a remark: parts of a whole that the target does not exceed."""
    target = row.terms.target
    if target is None or target > 1 or row.terms.tier is Tier.TEXT:
        return False
    return _whole(row) and not row.indicator.contained


def _unfixed(row: Row) -> bool:
    return row.is_ratio and row.indicator.awaits_denominator


def _unset(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return Const(True)


_MANY = 1000

UNSET = Rule(
    code="denominator-unset",
    severity=Severity.NOTE,
    sentence="分母还没有核定，这个比率算不出来",
    action="分子已收下；请办公室在计划的“参数”表里填分母",
    source="办公室核定的分母在计划里定一次",
    hint="分母待办公室核定",
    places=lambda row: where(_unfixed(row), "numerator"),
    fires=_unset,
    turn=150,
)
HALF = Rule(
    code="ratio-half",
    severity=Severity.HOLD,
    sentence="分子、分母只填了一个，比率算不出来",
    action="请把分子、分母都填上",
    source="比率 = 分子 ÷ 分母",
    holds="空着的那一格",
    instruction="分子、分母都要填。",
    hint="分子、分母都要填",
    places=lambda row: where(_own(row), "numerator", "denominator"),
    fires=_half,
    turn=30,
)
DENOMINATOR_ZERO = Rule(
    code="denominator-zero",
    severity=Severity.HOLD,
    sentence="分母应大于 0",
    action="请核对分母后重填",
    source="不能除以 0",
    holds="分母",
    instruction="分母大于 0。",
    hint="分母应大于0",
    places=lambda row: where(_own(row), "denominator"),
    fires=_nothing_below,
    turn=50,
)
DENOMINATOR_CHANGED = Rule(
    code="denominator-changed",
    severity=Severity.HOLD,
    sentence="分母由办公室核定为 {expected}，表里改成了 {seen}",
    action="请改回核定的分母再算分子；确要改分母，写明原因，由办公室定",
    source="计划“参数”表的分母",
    holds="分子",
    instruction="分母由办公室核定，不改。",
    hint="分母被改动，请改回或写说明",
    explainable=True,
    against="fixed",
    places=lambda row: where(_fixed(row), "numerator"),
    fires=_changed,
    turn=120,
)
NUMERATOR_EXCEEDS = Rule(
    code="numerator-exceeds",
    severity=Severity.HOLD,
    sentence="分子 {seen} 大于分母 {expected}",
    action="分子包含在分母之内，请核对；确实如此，在“说明”栏写明原因",
    source="计划指标表“分子含于分母”",
    holds="分子",
    instruction="分子不大于分母。",
    hint="分子大于分母，请核对或写说明",
    explainable=True,
    against="denominator",
    places=lambda row: where(_whole(row) and row.indicator.contained, "numerator"),
    fires=_beyond,
    turn=130,
)
PERCENT_TYPED = Rule(
    code="percent-typed",
    severity=Severity.HOLD,
    sentence="像是填了百分数（{seen}），这里要填个数",
    action="请填分子、分母的个数；确实是这个数，在“说明”栏写明原因",
    source="98 与 98% 不是一回事",
    holds="分子（单位自填分母的，分子和分母）",
    instruction="填个数，不填百分数。",
    hint="像是百分数，请填个数或写说明",
    explainable=True,
    tolerance=f"自填的分母恰为 100 或 1；核定的分母不小于 {_MANY} 而分子不大于 100",
    places=_may_be_percentage,
    fires=_percentage,
    turn=140,
)
COVERAGE_OVER = Rule(
    code="coverage-over",
    severity=Severity.NOTE,
    sentence="超过 100%（分子 {seen}，分母 {expected}）",
    action="有可能（如含外地户籍），请核对口径",
    source="筛查率等会超过 100%",
    hint="超过100%，请核对口径",
    against="denominator",
    places=lambda row: where(_over(row), "numerator"),
    fires=_beyond,
    turn=160,
)

RULES = (HALF, DENOMINATOR_ZERO, UNSET, DENOMINATOR_CHANGED, NUMERATOR_EXCEEDS, PERCENT_TYPED, COVERAGE_OVER)
