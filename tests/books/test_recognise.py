"""Is what stands in a cell still what was written there?"""

from fractions import Fraction

import pytest

from minsheng_xl.books.edit.recognise import holds, moved, reordered, stores
from minsheng_xl.books.package.read import RawCell, RawSheet
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.edits import NOTHING, Stored
from minsheng_xl.forms.layout import Book, Input, Sheet
from minsheng_xl.forms.look import Style


def number(text: str) -> RawCell:
    return RawCell("n", text)


def text(said: str) -> RawCell:
    return RawCell("s", said)


THIRD = Fraction(1, 3)


@pytest.mark.parametrize(
    ("raw", "value", "same"),
    [
        (None, None, True), (text(""), None, True), (text("甲"), None, False), (None, "甲", False), (None, Fraction(0), False),
        (text("甲"), "甲", True), (text("甲 "), "甲", False), (text("甲\r\n乙"), "甲\n乙", True), (RawCell("b", "1"), "1", False),
        (number("0.333333333333333"), THIRD, True), (number("0.33333333333"), THIRD, False), (number("3"), Fraction(3), True),
        (text("3"), Fraction(3), False), (number("3"), "3", False), (number("-3"), Fraction(3), False), (number("x"), Fraction(3), False),
        (RawCell("n", "3", "1+2"), Fraction(3), False), (RawCell("s", "", "A1"), None, False),
    ],
)
def test_a_cell_holds_a_value(raw: RawCell | None, value: Value, same: bool) -> None:
    assert holds(raw, Stored(None, value)) is same


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("SUM('甲'!A1:A3)", True), ("SUM(甲!$A$1:$A$3)", True), ("SUM( 甲!A1:A3 )", True), ("SUM(甲!A1:A4)", False), ("", True),
        (None, False),
    ],
)
def test_a_cell_holds_a_formula_whatever_its_result(written: str | None, same: bool) -> None:
    for result in (number("1"), text(""), number("")):
        assert holds(result._replace(formula=written), Stored("SUM('甲'!A1:A3)", Fraction(9))) is same
    assert not holds(None, Stored("A1", None))


def test_truth_values_as_formulas_have_them() -> None:
    assert holds(RawCell("n", "", "IF(TRUE(),FALSE(),1)"), Stored("IF(TRUE,FALSE,1)", None))


@pytest.mark.parametrize(
    ("raw", "value", "same"),
    [
        (None, "", False), (text(""), "", True), (text(""), None, True), (number(""), "", False), (text("甲\r\n乙"), "甲\n乙", True),
        (text("甲"), "乙", False), (number("0.25"), Fraction(1, 4), True), (number("2.5E-1"), Fraction(1, 4), True),
        (number("0.2500001"), Fraction(1, 4), False), (number("0"), Fraction(0), True), (number("1e-13"), Fraction(0), False),
        (number("inf"), Fraction(1), False), (text("0.25"), Fraction(1, 4), False), (RawCell("b", "1"), True, True),
        (RawCell("b", "0"), True, False), (RawCell("b", "0"), False, True), (number("1"), True, False), (text("a\x00b"), "a\x00b", False),
    ],
)
def test_a_formula_stores_a_result(raw: RawCell | None, value: Value, same: bool) -> None:
    assert stores(raw, value) is same


def sheet(*rows: tuple[str, ...]) -> Sheet:
    made = Sheet("x", "甲")
    for r, row in enumerate(rows):
        for c, said in enumerate(row):
            made.put(r, c, said, Style())
    return made


def read(*rows: tuple[str, ...]) -> RawSheet:
    cells = {(r, c): text(said) for r, row in enumerate(rows) for c, said in enumerate(row) if said}
    return RawSheet("甲", cells)


ROWS = (("一、道路", "单位", "完成数"), ("二、学校", "单位", "完成数"))


def why(raw: RawSheet, one: Sheet) -> str:
    return moved(Book([one], {}), one, raw)


def test_rows_stand_where_they_were_written() -> None:
    assert why(read(*ROWS), sheet(*ROWS)) == ""
    spaced = read(("一、 道路", "单 位", "完成\n数"), ROWS[1])
    assert why(spaced, sheet(*ROWS)) == ""


def test_a_single_text_may_be_rewritten_and_a_row_may_not() -> None:
    assert why(read(("道路", "单位", "完成数"), ROWS[1]), sheet(*ROWS)) == ""
    rewritten = read(("道路", "单位", "合计"), ROWS[1])
    assert why(rewritten, sheet(*ROWS)) == "甲 第1行不在原来的位置（原有“一、道路”）"


def test_a_text_of_which_there_is_one_tells_where_it_went() -> None:
    below = read(("", "单位", "完成数"), ROWS[1], ("一、道路",))
    assert why(below, sheet(*ROWS)) == "甲 的“一、道路”从 A1 移到了 A3"
    several = read(("单位", "", "完成数"), ROWS[1])
    assert why(several, sheet(*ROWS)).startswith("甲 的“一、道路”") is False
    one_sign = read(("", "b", "c"), ("a", "", ""))
    assert why(one_sign, sheet(("a", "b", "c"))) == ""


def test_inputs_and_blanks_do_not_tell() -> None:
    one = Sheet("x", "甲")
    for column in range(3):
        one.put(0, column, f"填的{column}", Style(), input=Input("words"))
        one.put(1, column, " ", Style())
    assert why(read(), one) == ""


def test_a_row_of_figures_that_moves_is_told() -> None:
    old, new = (Sheet("x", "甲") for _ in range(2))
    old.put(3, 0, "1-1", Style(), key=Key("row", "1-1", ""))
    new.put(3, 0, "1-1", Style(), key=Key("row", "1-1", ""))
    assert reordered(old, new) == ""
    later = Sheet("x", "甲")
    later.put(5, 0, "1-1", Style(), key=Key("row", "1-1", ""))
    assert reordered(old, later) == "计划改了，甲 第4行（1-1）要移到第6行"
    assert reordered(old, Sheet("x", "甲")) == ""


def test_nothing_is_a_blank() -> None:
    assert holds(None, NOTHING)
