"""Rules on the size of a figure: beside its target, beside the last accepted figure, beside the year gone by.

L is the last accepted figure (of a stock that never had one its 年初数), T the target. Only totals and stocks that are
to reach a target have a size; an L of zero is none. Bounds: five hundred mangled returns and simulated honest years.
"""

from fractions import Fraction

from minsheng_xl.exact.expressions import Expr, and_, if_, is_number, or_
from minsheng_xl.exact.numbers import plain
from minsheng_xl.figures.definitions import Terms
from minsheng_xl.plan.model import Comparator, Kind, PaceRule
from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Cells, Row, Rule, where

WAN = 10_000
_TIMES, _LEAP, _BEYOND = 3, 5, 100
_LEAST = 20
"""An increase of less is no matter of size."""
_AIMED_EARLY, _TINY = 100, 500
_STOCK, _LARGE_STOCK = 10, 200
_MOST_WAN = 100_000
_FIGURE = "本期累计"
Group = tuple[str, ...]


def has_size(row: Row) -> bool:
    """Whether the target is something to be reached, so that it says how large a figure is."""
    counted = row.role == "figure" and row.indicator.kind in (Kind.CUMULATIVE, Kind.STOCK)
    return counted and row.terms.target is not None and row.terms.target > 0 and _is_reached(row.terms)


def _is_reached(terms: Terms) -> bool:
    return terms.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)


def may_fall(row: Row) -> bool:
    """Whether less is better: a fall of what must not exceed its target is good news, of which nothing is asked."""
    return row.indicator.comparator is Comparator.AT_MOST


def _is_own_stock(row: Row) -> bool:
    return row.role == "figure" and row.indicator.kind is Kind.STOCK


def _target(row: Row) -> Fraction:
    assert row.terms.target is not None
    return row.terms.target


def _last(row: Row, cells: Cells) -> Expr:
    """L; 0 where there is none."""
    opening = row.indicator.opening if row.indicator.kind is Kind.STOCK else None
    return if_(is_number(cells.previous), cells.previous, opening or Fraction(0))


def _lost_up_to(row: Row) -> Fraction:
    """Up to what a figure, times ten thousand, is one that lost its 万; 0 where the target has none to lose."""
    return 2 * _target(row) if _target(row) >= WAN else Fraction(0)


def _beyond(row: Row, cells: Cells, group: Group) -> Expr:
    figure = cells.reported
    return and_(figure >= _BEYOND * _target(row), figure >= _last(row, cells) * _BEYOND)


def _is_large(row: Row, cells: Cells) -> Expr:
    figure, last, target = cells.reported, _last(row, cells), _target(row)
    beside_target = (figure >= _TIMES * target, figure >= target + _LEAST)
    return and_(*beside_target, figure >= last * _TIMES, figure >= last + _LEAST)


def _is_told(row: Row, cells: Cells, group: Group) -> Expr:
    """Whether a figure is too large for its target already."""
    return or_(_is_large(row, cells), _beyond(row, cells, group))


def _is_leap(row: Row, cells: Cells) -> Expr:
    last, target = _last(row, cells), _target(row)
    least = max(Fraction(_LEAST), target / 2 if target >= _AIMED_EARLY else target)
    return and_(last > 0, cells.reported >= last * _LEAP, cells.reported >= last + least)


def _lost(row: Row, cells: Cells, group: Group) -> Expr:
    figure, last = cells.reported, _last(row, cells)
    lost = and_(figure > 0, figure * WAN <= _lost_up_to(row))
    known = and_(last > 0, last * WAN <= _lost_up_to(row), figure < last * 10, figure * 10 > last)
    return and_(lost, known.equals(False))


def _large(row: Row, cells: Cells, group: Group) -> Expr:
    return and_(_is_large(row, cells), _beyond(row, cells, group).equals(False))


def _leap(row: Row, cells: Cells, group: Group) -> Expr:
    return and_(_is_leap(row, cells), _is_told(row, cells, group).equals(False))


def _first_bound(row: Row) -> Fraction:
    """From what on a first total is large: what goes evenly is compared with the time gone by, works that are counted
    when they are done, and small targets, with the whole target."""
    if row.indicator.pace_rule is not PaceRule.LINEAR:
        return _target(row) * Fraction(3, 2)
    return _target(row) * (row.terms.elapsed + Fraction(1, 2) if _target(row) >= _AIMED_EARLY else 1)


def _early(row: Row, cells: Cells, group: Group) -> Expr:
    is_large = cells.reported >= _first_bound(row)
    return and_(_last(row, cells).equals(0), is_large, _is_told(row, cells, group).equals(False))


def _in_january(row: Row) -> bool:
    return (
        _accumulates_early(row) and row.indicator.pace_rule is PaceRule.LINEAR and _target(row) >= _AIMED_EARLY
        and row.terms.elapsed <= Fraction(1, 12)
    )


def _january(row: Row, cells: Cells, group: Group) -> Expr:
    is_large = cells.reported >= _target(row) * (row.terms.elapsed + Fraction(1, 4))
    early = or_(_early(row, cells, group), _is_told(row, cells, group))
    return and_(_last(row, cells).equals(0), is_large, early.equals(False))


def _tiny(row: Row, cells: Cells, group: Group) -> Expr:
    bound = _target(row) * row.terms.elapsed / _TINY
    lost = cells.reported * WAN <= _lost_up_to(row)
    return and_(_last(row, cells).equals(0), cells.reported > 0, cells.reported <= bound, lost.equals(False))


def _drops(row: Row, cells: Cells, group: Group) -> Expr:
    figure, last = cells.reported, _last(row, cells)
    lost = and_(figure > 0, figure * WAN <= _lost_up_to(row))
    halved = and_(last >= _STOCK, figure * 2 <= last)
    return and_(or_(halved, and_(last >= _LARGE_STOCK, figure * 10 <= last * 7)), lost.equals(False))


def _less(row: Row, cells: Cells, group: Group) -> Expr:
    falls = and_(is_number(cells.previous), cells.reported < cells.previous, cells.explained.equals(1).equals(False))
    return and_(falls, _drops(row, cells, group).equals(False)) if has_size(row) else falls


def _jumps(row: Row, cells: Cells, group: Group) -> Expr:
    last = _last(row, cells)
    held = or_(_beyond(row, cells, group), _is_large(row, cells), _is_leap(row, cells))
    return and_(last > 0, cells.reported >= last * _LEAP, held.equals(False))


def _accumulates_early(row: Row) -> bool:
    is_total = has_size(row) and row.indicator.kind is Kind.CUMULATIVE
    return is_total and _target(row) >= _LEAST and row.terms.elapsed <= Fraction(1, 2)


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
    tolerance=f"目标不小于 {WAN}，且所填数的 {WAN} 倍不超过目标的 2 倍；上期就是这样的，相差 10 倍才再问",
    places=lambda row: where(has_size(row) and _target(row) >= WAN, "reported"),
    fires=_lost,
    turn=60,
)
BEYOND = Rule(
    code="size-beyond",
    severity=Severity.HOLD,
    sentence="比目标（{expected}）和上期都大一百倍以上：填的是 {seen}",
    action="请核对计量单位和位数后重填；确实是这个数，请告诉办公室，由办公室在“待决事项”里定“属实”",
    source="多打几位、多乘了“万”、元当成万元填，都是这样大的数",
    holds=_FIGURE,
    hint="比目标大一百倍以上，请核对单位和位数",
    against="target",
    tolerance=f"不小于目标的 {_BEYOND} 倍，也不小于上期的 {_BEYOND} 倍；写了说明也由办公室定",
    places=lambda row: where(has_size(row), "reported"),
    fires=_beyond,
    turn=75,
)
LARGE = Rule(
    code="size-large",
    severity=Severity.HOLD,
    sentence="比目标（{expected}）和上期都大得多：填的是 {seen}",
    action="请核对位数和计量单位；确实是这个数，在“说明”栏写明原因",
    source="多打一位、米当成公里填，都比目标大好几倍",
    holds=_FIGURE,
    hint="比目标大得多，请核对位数或写说明",
    explainable=True,
    against="target",
    tolerance=f"不小于目标和上期中较大者的 {_TIMES} 倍，且多出 {_LEAST} 以上",
    places=lambda row: where(has_size(row), "reported"),
    fires=_large,
    turn=80,
)
LEAP = Rule(
    code="size-leap",
    severity=Severity.HOLD,
    sentence="一期之内增加几倍：上期 {expected}，本期 {seen}",
    action="请核对位数；确实是这个数，在“说明”栏写明原因",
    source="多打一位的数正好是上期的十倍左右",
    holds=_FIGURE,
    hint="比上期多几倍，请核对或写说明",
    explainable=True,
    against="previous",
    tolerance=(
        f"不小于上期的 {_LEAP} 倍，且增加不少于 {_LEAST} 和目标的一半（目标小于 {_AIMED_EARLY} 的：整个目标）"
    ),
    places=lambda row: where(has_size(row), "reported"),
    fires=_leap,
    turn=82,
)
EARLY = Rule(
    code="size-early",
    severity=Severity.HOLD,
    sentence="上半年第一次报数就这么大：目标 {expected}，填的是 {seen}",
    action="请核对位数；确实是这个数，在“说明”栏写明原因",
    source="没有上期可比的数，只能与时间进度比",
    holds=_FIGURE,
    hint="第一次报数就这么大，请核对或写说明",
    explainable=True,
    against="target",
    tolerance=(
        f"没有上期数、目标不小于 {_LEAST}、上半年：序时均衡的不小于时间进度加一半（目标小于 {_AIMED_EARLY} 的：整个目标），"
        "别的不小于目标的一倍半"
    ),
    places=lambda row: where(_accumulates_early(row), "reported"),
    fires=_early,
    turn=84,
)
JANUARY = Rule(
    code="size-january",
    severity=Severity.HOLD,
    sentence="全年的第一个月就这么大：目标 {expected}，填的是 {seen}",
    action="请核对位数；确实是这个数，在“说明”栏写明原因",
    source="没有上期可比的数；多打一位的，多在目标的三分之一以上",
    holds=_FIGURE,
    hint="第一个月就这么大，请核对或写说明",
    explainable=True,
    against="target",
    tolerance=f"没有上期数、目标不小于 {_AIMED_EARLY}、序时均衡、第一个月：不小于时间进度加四分之一",
    since=2,
    places=lambda row: where(_in_january(row), "reported"),
    fires=_january,
    turn=85,
)
TINY = Rule(
    code="size-tiny",
    severity=Severity.HOLD,
    sentence="比目标（{expected}）小得多，像是少打了几位或单位不对：填的是 {seen}",
    action="请核对位数和计量单位；确实是这个数，在“说明”栏写明原因",
    source="千人当成人填、公里当成米填",
    holds=_FIGURE,
    hint="比目标小得多，请核对单位或写说明",
    explainable=True,
    against="target",
    tolerance=f"没有上期数，不超过时间进度应完成数的 {_TINY} 分之一；0 不算",
    places=lambda row: where(has_size(row), "reported"),
    fires=_tiny,
    turn=62,
)
STOCK_DROPS = Rule(
    code="stock-drops",
    severity=Severity.HOLD,
    sentence="期末数比上期少了一大截：上期 {expected}，本期 {seen}",
    action="请核对位数；确实减少了，在“说明”栏写明原因",
    source="时点数可以减少，一期少掉一半的多半是少打一位",
    holds=_FIGURE,
    hint="比上期少一大截，请核对或写说明",
    explainable=True,
    against="previous",
    tolerance=f"上期不小于 {_STOCK} 的不超过一半；上期不小于 {_LARGE_STOCK} 的不超过七成",
    places=lambda row: where(has_size(row) and row.indicator.kind is Kind.STOCK, "reported"),
    fires=_drops,
    turn=95,
)
STOCK_FALLS = Rule(
    code="stock-falls",
    severity=Severity.NOTE,
    sentence="比上期少：上期 {expected}，本期 {seen}",
    action="时点数可以减少；请在“说明”栏写一句原因",
    source="时点量可升可降",
    hint="比上期少，请写一句原因",
    against="previous",
    places=lambda row: where(_is_own_stock(row) and not may_fall(row), "reported"),
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
    tolerance=f"不小于上期的 {_LEAP} 倍，又不到待核的界限",
    places=lambda row: where(has_size(row), "reported"),
    fires=_jumps,
    turn=180,
)

AMOUNT = Rule(
    code="amount-size",
    severity=Severity.HOLD,
    sentence="资金 {seen} 万元，与{expected}相差太大，像是单位或位数不对",
    action="请按万元填；确实是这个数，请告诉办公室，由办公室在“待决事项”里定“属实”",
    source="元当成万元填，差一万倍",
    holds="该格",
    tolerance=(
        f"上期数的十倍或十分之一；没有上期数的，到位、拨付不小于应到位的十倍，或不小于 {_MOST_WAN} 万元；只由来件检查看"
    ),
)


def amount_beside(amount: Fraction, last: Fraction | None, due: Fraction | None) -> str:
    """What an amount of 资金 (万元) is out of all proportion to, in words; "" if to nothing.

    `last` is the amount that was last accepted, `due` the 应到位 beside which it stands; None where there is none.
    """
    if last:
        is_other = amount >= last * 10 or 0 < amount * 10 <= last
        return f"上期的 {plain(last)} 万元" if is_other else ""
    if due and amount >= due * 10:
        return f"应到位的 {plain(due)} 万元"
    return "一个县一个项目的资金" if amount >= _MOST_WAN else ""


RULES = (WAN_LOST, TINY, BEYOND, LARGE, LEAP, EARLY, JANUARY, STOCK_DROPS, STOCK_FALLS, JUMP)
UNSEEN = (AMOUNT,)
