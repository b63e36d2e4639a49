"""An expression is an Excel formula and an exact value; both with Excel's meaning."""

from fractions import Fraction

import pytest

from minsheng_xl.exact.expressions import (
    BLANK,
    SIGNED,
    Cell,
    Const,
    Expr,
    Range,
    Ref,
    Text,
    Value,
    and_,
    cases,
    count_where,
    expr,
    if_,
    is_blank,
    is_number,
    join,
    link,
    minimum,
    or_,
    replaced,
    round_,
    sum_product,
    sum_where,
    total,
    without,
)
from minsheng_xl.exact.keys import Key


class Grid:
    """Cells under one-letter keys in column A of a sheet, in order."""

    def __init__(self, **cells: Value) -> None:
        self.cells = cells

    def address(self, ref: Ref, home: str) -> str:
        local = f"A{list(self.cells).index(ref.key.part) + 1}"
        return local if ref.sheet == home else f"'{ref.sheet}'!{local}"

    def content(self, ref: Ref) -> Value:
        return self.cells[ref.key.part]


def cell(key: str, sheet: str = "here") -> Cell:
    return Cell(Ref(sheet, Key(key, "column", "A")))


a, b, c = cell("a"), cell("b"), cell("c")
half = Fraction(1, 2)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (a + b * c, "A1+A2*A3"), ((a + b) * c, "(A1+A2)*A3"), (a - (b - c), "A1-(A2-A3)"), (a - b - c, "A1-A2-A3"),
        (a / b / c, "A1/A2/A3"), (a / (b / c), "A1/(A2/A3)"), (if_(is_number(a), a / b, ""), 'IF(ISNUMBER(A1),A1/A2,"")'),
        (expr(half), "0.5"), (expr(Fraction(1, 3)), "1/3"), (expr('x"y'), '"x""y"'), (expr(True), "TRUE"),
        (link(cell("a", "县妇联")), "IF('县妇联'!A1=\"\",\"\",'县妇联'!A1)"), (total(Range((a, b, c))), "SUM(A1:A3)"),
        (total(Range((cell("a", "县妇联"), cell("c", "县妇联")))), "SUM('县妇联'!A1:A3)"),
        (Text(a, "0.0%"), 'TEXT(ROUND(A1,3),"0.0%")'), (join("已填 ", 3, "/", a), '"已填 3/"&A1'),
        (join("x", a + b), '"x"&A1+A2'),
        (without(a, "无", 'x"y'), 'SUBSTITUTE(SUBSTITUTE(A1,"无",""),"x""y","")'), (without(a) & "x", 'A1&"x"'),
        (replaced(a, b, "、"), 'SUBSTITUTE(A1,A2,"、")'), (expr(-7), "-7"), (expr(Fraction(-1, 8)), "-0.125"), ((a >= b).equals(False), "A1>=A2=FALSE"),
    ],
)
def test_formulas(expression: Expr, text: str) -> None:
    assert expression.formula(Grid(a=None, b=None, c=None), "here") == text


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (a + b, Fraction(5)), (a / b, Fraction(2, 3)), (a > b, False), (c > b, True),  # any text beats any number
        (is_number(c), False), (is_blank(cell("n")), True), (is_blank(a), False), (cell("n") + a, Fraction(2)),
        (cell("n").equals(0), True), (link(cell("n")), ""), (link(a), Fraction(2)),
        (round_(expr(Fraction("2.7225")), 3), Fraction("2.723")), (minimum(1, a / b), Fraction(2, 3)),
        (and_(is_number(a), is_number(c)), False), (cases((a > b, "x"), (b > a, "y"), otherwise="z"), "y"),
        (total(Range((a, b, c, cell("n")))), Fraction(5)), (join("共", a, "项"), "共2项"), (Text(expr(Fraction("0.6665")), "0.0%"), "66.7%"),
        (Text(expr(Fraction("-11.66")), SIGNED), "−11.7"), (Text(expr(Fraction("-0.04")), SIGNED), "0.0"),
        (if_(is_number(c), c / b, "—"), "—"),
        (without(c, "约", "2万"), "1."), (without(expr("见附件附件"), "见", "附件"), ""), (without(cell("n"), "约"), ""),
        (without(expr("aab"), "ab", "a"), ""), (without(expr("aab"), "a", "ab"), "b"),  # one after the other, in their order
        (without(a, "1", "3"), "2"), (replaced(c, "万", cell("n")), "约1.2"), (replaced(c, cell("n"), "千"), "约1.2万"),
    ],
)
def test_values(expression: Expr, value: Value) -> None:
    assert expression.value(Grid(a=Fraction(2), b=Fraction(3), c="约1.2万", n=None)) == value


def test_ranges_count_and_sum_by_exact_text() -> None:
    words = Range(tuple(Const(w) for w in ("已报", "未报", "已报", "")))
    weights = Range(tuple(Const(w) for w in (Fraction(1), half, Fraction(2), Fraction(4))))
    rates = Range((Const(half), BLANK, Const(Fraction(1)), BLANK))
    assert count_where(words, "已报").value() == 2
    assert sum_where(weights, words, "已报").value() == 3
    assert sum_product(weights, rates).value() == Fraction(5, 2)
    assert count_where(words, "已报", rates, Fraction(1)).value() == 1


def test_a_division_by_zero_is_never_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        (a / b).value(Grid(a=Fraction(1), b=Fraction(0)))


def test_text_in_arithmetic_is_an_error_as_in_excel() -> None:
    with pytest.raises(ValueError, match="#VALUE!"):
        (a + c).value(Grid(a=Fraction(1), c="3.14万"))


class Hasty:
    """Cells of which only the truth of a condition is asked."""

    stops_early = True

    def address(self, ref: Ref, home: str) -> str:
        raise AssertionError

    def content(self, ref: Ref) -> Value:
        raise AssertionError


@pytest.mark.parametrize(("condition", "truth"), [
    (and_(Const(False), Const("文字") + 1 > 2), False), (or_(Const(True), Const("文字") + 1 > 2), True),
])
def test_conditions_stop_early_only_where_it_is_said(condition: Expr, truth: bool) -> None:
    assert condition.value(Hasty()) is truth
    with pytest.raises(ValueError, match="#VALUE!"):
        condition.value()


def test_a_constant_is_of_its_own_kind() -> None:
    assert [expr(one).value() for one in (1, True, Fraction(1), "1", 0, False, None)] == [1, True, 1, "1", 0, False, None]
    assert [type(expr(one).value()) for one in (1, True, 0, False)] == [Fraction, bool, Fraction, bool]
