"""备注: what a reader needs beside a figure, in words; as in `definitions`, expressions."""

from fractions import Fraction
from math import ceil, floor

from minsheng_xl.exact.expressions import (
    BLANK,
    PERCENT,
    POINTS,
    SIGNED,
    Const,
    Expr,
    Operand,
    Text,
    and_,
    cases,
    expr,
    if_,
    is_blank,
    is_number,
    join,
    or_,
    round_,
    settle,
)
from minsheng_xl.exact.numbers import plain
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands, Terms
from minsheng_xl.plan.model import Comparator, Kind, Tier

MET, OVERDUE = "已达标", "逾期未完成"
_LITTLE = "不足0.1个百分点"


def remark(t: Terms, o: Operands, last_known: str, held: str) -> Expr:
    """What stands beside a figure.

    未报 shows the last accepted figure with its month; a ratio that is 待核 says what is missing, anything else 待核
    says `held`.
    """
    if t.target is None:
        return BLANK
    parts: list[tuple[Expr, Operand]] = [(d.unreported(t, o), last_known)]
    parts += d.exempt_first(t, o, f"不涉及：{t.exemption}")
    parts.append((d.trusted(t, o), _of_figure(t, o)))
    if t.kind is Kind.RATIO and not t.office_denominator:
        parts.append((or_(is_blank(o.numerator), is_blank(o.denominator)), "分子或分母未填"))
        parts.append((and_(is_number(o.numerator), is_number(o.denominator)), "分母应大于0"))
    return cases(*parts, otherwise=held)


def _of_figure(t: Terms, o: Operands) -> Expr:
    """Beside a trusted figure: that a day has passed, what the year's increase comes to, how far the target is."""
    words = _distance(t, o)
    if t.opening is not None:
        words = _with(join("年度增量完成", d.shown_share(t, o), "，计划", Text(o.pace, PERCENT)), words)
    elif t.tier is Tier.ASSESSED and t.pace is None and t.falls:
        words = if_(d.met(t, o), _with(Const(MET), words), words)
    if t.overdue and t.comparator is not Comparator.AT_MOST:
        wanting = missing(t, o)
        late = join(OVERDUE, "，", wanting) if wanting != BLANK else Const(OVERDUE)
        words = if_(d.met(t, o), words, late)
    return words


def _with(said: Expr, words: Expr) -> Expr:
    """Words, and others behind them where there are any."""
    return said if words == BLANK else join(said, if_(is_blank(words), "", "；"), words)


def _distance(t: Terms, o: Operands) -> Expr:
    """A figure just short of its target says by how much; a ratio its distance in its own percentage points."""
    near = and_(settle(d.raw_rate(t, o)) >= Fraction(9995, 10000), d.met(t, o).equals(False))
    if t.kind in (Kind.CUMULATIVE, Kind.STOCK) and t.comparator is not Comparator.AT_MOST:
        return if_(near, _just_short(t, o), "")
    if t.kind is Kind.RATIO:
        far = join("较目标 ", Text((o.reported - o.target) * 100, SIGNED), "个百分点")
        return far if t.comparator is Comparator.AT_MOST else if_(near, f"临界：未达标，差{_LITTLE}", far)
    if t.comparator is Comparator.AT_MOST:
        return if_(d.met(t, o), "控制在目标内", "超出目标")
    return BLANK


def _just_short(t: Terms, o: Operands) -> Expr:
    assert t.target is not None
    strict = t.comparator is Comparator.MORE_THAN
    must = f"（须{'超' if strict else ''}{plain(t.target)}{t.unit_of_measure}{'' if strict else '以上'}）"
    if strict and t.decimals:
        return Const("临界：未达标" + must)
    return join("临界：未达标，差", _wanting(t, o), t.unit_of_measure, must)


def _wanting(t: Terms, o: Operands) -> Expr:
    """How much a figure that counts something is short of its target; whole where only wholes are counted."""
    assert t.target is not None
    if t.decimals:
        return settle(o.target - o.reported)
    return expr(floor(t.target) + 1 if t.comparator is Comparator.MORE_THAN else ceil(t.target)) - o.reported


def missing(t: Terms, o: Operands) -> Expr:
    """What an unmet trusted figure lacks: 差27户, of a ratio 差4.4个百分点; by how much it is beyond what it may be:
    超出2起; "" of a milestone."""
    assert t.target is not None
    most, unit = t.comparator is Comparator.AT_MOST, t.unit_of_measure
    word = "超出" if most else "差"
    if t.kind in d.YES_OR_NO:
        return BLANK
    if t.kind is Kind.RATIO:
        lacking = (o.reported - o.target if most else o.target - o.reported) * 100
        printed = join(word, Text(lacking, POINTS), "个百分点")
        return if_(round_(lacking, 1).equals(0), word + _LITTLE, printed)
    if most:
        return join(word, settle(o.reported - o.target), unit)
    rest = join(word, _wanting(t, o), unit)
    if t.decimals and t.comparator is Comparator.MORE_THAN:
        return if_(o.reported.equals(o.target), f"须超{plain(t.target)}{unit}", rest)
    return rest
