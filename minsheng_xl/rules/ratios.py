"""Rules on numerator and denominator."""


from minsheng_xl.exact.expressions import BLANK, Const, Expr, and_, is_blank, is_number, or_
from minsheng_xl.plan.model import Tier
from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Cells, Row, Rule, where
from minsheng_xl.rules.size import may_fall


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


def _is_known(cells: Cells, rate: int) -> Expr:
    """Whether the last rate was above a bound too, and this one is less than ten times as high."""
    return and_(_has_last(cells), cells.previous > rate, cells.numerator < cells.denominator * cells.previous * 10)


def _exceeds(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(_beyond(row, cells, group), _is_known(cells, 1).equals(False))


def _over_hundred(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return or_(cells.denominator.equals(100), cells.denominator.equals(1))


def _percentage(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    """Whether the numerator is the percentage itself, by the last figures or by the size of the denominator."""
    numerator, denominator, last, last_rate = (
        cells.numerator, cells.denominator, cells.last_numerator, cells.previous,
    )
    as_last = and_(is_number(last), numerator < last, _is_rate(numerator, denominator, last_rate))
    over_many = and_(denominator >= _MANY, numerator >= 10, numerator <= 100)
    first = over_many
    target = row.terms.target
    if target is not None and target > 0:
        near = and_(numerator <= target * 105, numerator >= target * 95)
        near_target = and_(denominator > _SOME, near, numerator * 2 < denominator * target)
        first = or_(over_many, near_target)
    if row.indicator.opening is not None:
        first = or_(first, _is_rate(numerator, denominator, Const(row.indicator.opening)))
    by_itself = and_(is_number(last).equals(False), first)
    return and_(denominator > 0, or_(as_last, by_itself), _over_hundred(row, cells, group).equals(False))


def _is_rate(numerator: Expr, denominator: Expr, last: Expr) -> Expr:
    """Whether a numerator is about the percentage that was last, and as a numerator gives a much lower rate."""
    near = and_(numerator <= last * 100 + _NEAR, numerator >= last * 100 - _NEAR)
    return and_(numerator > 0, numerator <= 100, near, numerator * 10 <= denominator * (last * 10 - 1))


def _has_last(cells: Cells) -> Expr:
    return and_(is_number(cells.previous), cells.previous > 0)


def _beyond_reason(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    beyond = and_(cells.denominator > 0, cells.numerator > cells.denominator * _BEYOND)
    return and_(beyond, _is_known(cells, _BEYOND).equals(False))


def _large(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    large = and_(cells.denominator > 0, cells.numerator > cells.denominator * _LARGE)
    return and_(large, _has_last(cells).equals(False), _beyond_reason(row, cells, group).equals(False))


def _halved(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    fell = cells.numerator * 2 < cells.denominator * cells.previous
    told = or_(_percentage(row, cells, group), _shifted(row, cells, group))
    return and_(_has_last(cells), cells.denominator >= _FEW, fell, told.equals(False))


def _leaps(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    last = cells.last_numerator
    if last is BLANK:
        return Const(False)
    leaps = and_(is_number(last), last >= _LEAST, cells.numerator >= last * 5, cells.numerator > cells.denominator)
    told = or_(_beyond_reason(row, cells, group), _shifted(row, cells, group))
    return and_(leaps, cells.denominator > 0, told.equals(False))


def _shifted(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    """Whether a denominator of the unit's own is ten times its last, or a tenth."""
    if not _own(row) or cells.last_denominator is BLANK:
        return Const(False)
    now, last = cells.denominator, cells.last_denominator
    return and_(is_number(last), last >= _LEAST, or_(now >= last * 10, now * 10 <= last))


def _compares(row: Row) -> bool:
    """Whether the denominator says nothing of an earlier year, with which a rate may be any."""
    return _whole(row) and not any(year in row.indicator.denominator for year in ("上年", "去年"))


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


_MANY, _SOME, _FEW, _LEAST = 1000, 200, 30, 10
_NEAR = 5
_BEYOND, _LARGE = 10, 3

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
    tolerance="上期就是这样的，相差 10 倍才再问",
    places=lambda row: where(_whole(row) and row.indicator.contained, "numerator"),
    fires=_exceeds,
    turn=130,
)
PERCENT_TYPED = Rule(
    code="percent-typed",
    severity=Severity.HOLD,
    sentence="像是填了百分数（{seen}），这里要填个数",
    action="请填分子、分母的个数；确实是这个数，在“说明”栏写明原因",
    source="98 与 98% 不是一回事",
    holds="分子和分母",
    instruction="填个数，不填百分数。",
    hint="像是百分数，请填个数或写说明",
    explainable=True,
    tolerance="单位自填、没有小数的分母恰为 100 或 1",
    places=lambda row: where(_own(row) and not row.indicator.decimals, "numerator", "denominator"),
    fires=_over_hundred,
    turn=140,
)
PERCENT_NUMERATOR = Rule(
    code="percent-numerator",
    severity=Severity.HOLD,
    sentence="分子 {seen} 像是百分数（分母 {expected}），这里要填个数",
    action="请填分子的个数；确实是这个数，在“说明”栏写明原因",
    source="98 与 98% 不是一回事",
    holds="分子",
    hint="分子像是百分数，请填个数或写说明",
    explainable=True,
    against="denominator",
    tolerance=(
        f"有上期分子的：不大于 100、比上期分子小、与上期的百分比相差不超过 {_NEAR}，而比率低了 10 个百分点以上；"
        f"没有的：10 至 100 而分母不小于 {_MANY}，或分母大于 {_SOME}、与目标的百分比相差不到 5%、比率不到目标的一半"
    ),
    places=lambda row: where(_whole(row), "numerator"),
    fires=_percentage,
    turn=141,
)
RATE_BEYOND = Rule(
    code="rate-beyond",
    severity=Severity.HOLD,
    sentence="比率超过 1000%：分子 {seen}，分母 {expected}",
    action="请核对分子、分母；确实如此，请告诉办公室，由办公室在“待决事项”里定“属实”",
    source="分子或分母差了几位",
    holds="分子",
    hint="比率超过1000%，请核对分子、分母",
    against="denominator",
    tolerance=f"大于分母的 {_BEYOND} 倍；上期就是这样的，相差 10 倍才再问；写了说明也由办公室定",
    places=lambda row: where(_compares(row), "numerator"),
    fires=_beyond_reason,
    turn=76,
)
RATE_LARGE = Rule(
    code="rate-large",
    severity=Severity.HOLD,
    sentence="第一次报数，比率就超过 300%：分子 {seen}，分母 {expected}",
    action="请核对分子、分母；确实如此，在“说明”栏写明原因",
    source="分子多打一位，或分母少打一位",
    holds="分子",
    hint="比率超过300%，请核对或写说明",
    explainable=True,
    against="denominator",
    tolerance=f"没有上期数，大于分母的 {_LARGE} 倍；分母是上年数的不算",
    places=lambda row: where(_compares(row), "numerator"),
    fires=_large,
    turn=132,
)
RATE_HALVED = Rule(
    code="rate-halved",
    severity=Severity.HOLD,
    sentence="比率不到上期的一半（分子 {seen}，分母 {expected}）",
    action="请核对分子、分母；确实如此，在“说明”栏写明原因",
    source="分子少打一位，或分母多打一位",
    holds="分子",
    hint="比率不到上期一半，请核对或写说明",
    explainable=True,
    against="denominator",
    tolerance=f"分母不小于 {_FEW}",
    places=lambda row: where(_whole(row) and not may_fall(row), "numerator"),
    fires=_halved,
    turn=134,
)
NUMERATOR_LEAPS = Rule(
    code="numerator-leaps",
    severity=Severity.HOLD,
    sentence="分子一期之内增加几倍，超过了分母：分子 {seen}，分母 {expected}",
    action="请核对分子；确实如此，在“说明”栏写明原因",
    source="分子多打一位",
    holds="分子",
    hint="分子增加几倍，请核对或写说明",
    explainable=True,
    against="denominator",
    tolerance=f"不小于上期分子的 5 倍（上期不小于 {_LEAST}），且大于分母",
    places=lambda row: where(_whole(row), "numerator"),
    fires=_leaps,
    turn=136,
)
DENOMINATOR_SHIFTS = Rule(
    code="denominator-shifts",
    severity=Severity.HOLD,
    sentence="分母与上期相差十倍：分子、分母 {seen}，上期分母 {expected}",
    action="请核对分母；确实如此，在“说明”栏写明原因",
    source="分母多打或少打一位",
    holds="分子和分母",
    hint="分母与上期相差十倍，请核对或写说明",
    explainable=True,
    against="last-denominator",
    tolerance=f"不小于上期的十倍，或不超过十分之一（上期不小于 {_LEAST}）",
    places=lambda row: where(_own(row), "numerator", "denominator"),
    fires=_shifted,
    turn=138,
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

RULES = (
    HALF, DENOMINATOR_ZERO, UNSET, DENOMINATOR_CHANGED, RATE_BEYOND, RATE_LARGE, RATE_HALVED, NUMERATOR_LEAPS,
    DENOMINATOR_SHIFTS, NUMERATOR_EXCEEDS, PERCENT_TYPED, PERCENT_NUMERATOR, COVERAGE_OVER,
)
