"""One input cell: the number a careful person would read in it, or a doubt that says why not."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng_xl.accounts.values import Doubt
from minsheng_xl.books.package.read import Display, RawCell
from minsheng_xl.forms.layout import Input
from minsheng_xl.intake.displays import shown_otherwise
from minsheng_xl.intake.figures import read_figure, read_number
from minsheng_xl.intake.formulas import evaluated
from minsheng_xl.texts import cleaned

NUMBER, CHOICE, PEOPLE = Input("number"), Input("choice", choices=("是", "否")), Input("number", unit="人次")
THREE = Input("number", decimals=3)
GENERAL = Display("General", False)


@pytest.mark.parametrize(
    ("cell", "accepts", "value"),
    [
        (RawCell("n", "106"), NUMBER, "106"), (RawCell("n", "23.460000000000001"), THREE, "23.46"), (RawCell("n", "1.06E2"), NUMBER, "106"),
        (RawCell("s", " 106 "), NUMBER, "106"), (RawCell("s", "\u3000１０６\u3000"), NUMBER, "106"), (RawCell("s", "\ufeff106\u200b"), NUMBER, "106"),
        (RawCell("s", "26,800"), NUMBER, "26800"), (RawCell("s", "２６，８００"), NUMBER, "26800"), (RawCell("s", "1,234,567.5"), THREE, "1234567.5"),
        (RawCell("s", "12．345"), THREE, "12.345"), (RawCell("n", "106", "100+6"), NUMBER, "106"), (RawCell("n", "", "26800+1310"), NUMBER, "28110"),
        (RawCell("n", "6", "SUM(1,2,3)"), NUMBER, "6"), (RawCell("n", "0.30000000000000004", "0.1+0.2"), THREE, "0.3"),
        (RawCell("s", "-3"), NUMBER, "-3"),  # a number; that it is negative a rule says
    ],
)
def test_what_is_read_as_a_number(cell: RawCell, accepts: Input, value: str) -> None:
    found = read_figure(cell, accepts, GENERAL)
    assert (found.figure, found.rule) == (Fraction(value), None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (RawCell("s", "约1.2万"), "figure-not-number"), (RawCell("s", "50%(未开工"), "figure-not-number"), (RawCell("s", "26 800"), "figure-not-number"),
        (RawCell("s", "12,34"), "figure-not-number"), (RawCell("s", "1,2345"), "figure-not-number"), (RawCell("s", "1e3"), "figure-not-number"),
        (RawCell("s", "1_234"), "figure-not-number"), (RawCell("s", "+5"), "figure-not-number"), (RawCell("s", "nan"), "figure-not-number"),
        (RawCell("s", "十二"), "figure-not-number"), (RawCell("s", "1０6万"), "figure-not-number"), (RawCell("s", "10\u202e6"), "figure-not-number"),
        (RawCell("s", "98%"), "figure-percent"), (RawCell("s", "９８％"), "figure-percent"), (RawCell("b", "1"), "figure-logical"),
        (RawCell("e", "#REF!"), "figure-error"), (RawCell("d", "2022-11-10"), "figure-date"), (RawCell("n", "１２３"), "figure-not-number"),
        (RawCell("n", "1_234"), "figure-not-number"), (RawCell("n", "1e20"), "figure-large"), (RawCell("s", "9" * 20), "figure-large"),
        (RawCell("n", "106", "G9*2"), "figure-formula"), (RawCell("n", "106", ""), "figure-formula"), (RawCell("n", "106", "[1]表!A1"), "figure-formula"),
        (RawCell("n", "107", "100+6"), "figure-formula-stale"), (RawCell("s", "106", "100+6"), "figure-formula-stale"),
        (RawCell("e", "#DIV/0!", "1/0"), "figure-formula"), (RawCell("s", "106", None, 0, True), "figure-marked"),
    ],
)
def test_what_is_in_doubt(cell: RawCell, code: str) -> None:
    found = read_figure(cell, NUMBER, GENERAL)
    assert isinstance(found.figure, Doubt)
    assert found.rule is not None
    assert found.rule.code == code


def test_the_declared_unit_behind_a_number_is_forgiven_and_said() -> None:
    found = read_figure(RawCell("s", "26,800 人次"), PEOPLE, GENERAL)
    assert (found.figure, found.rule and found.rule.code) == (Fraction(26800), "figure-unit-suffix")
    assert isinstance(read_figure(RawCell("s", "2.68万人次"), PEOPLE, GENERAL).figure, Doubt)
    assert isinstance(read_figure(RawCell("s", "26800人"), PEOPLE, GENERAL).figure, Doubt)


@pytest.mark.parametrize(("stored", "seen"), [("1", "TRUE"), ("0", "FALSE"), ("true", "TRUE"), ("false", "FALSE")])
def test_a_truth_value_is_told_as_the_sheet_shows_it(stored: str, seen: str) -> None:
    for accepts, code in ((NUMBER, "figure-logical"), (CHOICE, "figure-choice")):
        found = read_figure(RawCell("b", stored), accepts, GENERAL)
        assert (found.figure, found.rule and found.rule.code) == (Doubt(seen), code)


@pytest.mark.parametrize(("text", "value"), [("是", "是"), (" 否　", "否"), ("已完成", None), ("1", None), ("是的", None)])
def test_yes_or_no_and_nothing_else(text: str, value: str | None) -> None:
    found = read_figure(RawCell("s", text), CHOICE, GENERAL).figure
    assert found == value if value else isinstance(found, Doubt)


@pytest.mark.parametrize(
    ("number", "code", "rule"),
    [
        ("106", "#,##0", None), ("106", '0"人次"', None), ("106", "[Blue]0", None), ("106", "#,##0_ ;[Red]-#,##0", None), ("106", "@", None),
        ("106", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', None), ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', None), ("106", "0.00", None),
        ("106", "0.00E+00", None), ("106", "G/通用格式", None), ("12.345", "0.000", None), ("106", "000000", None), ("106", "[$¥-804]#,##0", None),
        ("0.98", "0%", "figure-percent"), ("98", '0"%"', "figure-percent"), ("98", "0\\%", "figure-percent"), ("44875", "yyyy-mm-dd", "figure-date"),
        ("44875", 'yyyy"年"m"月"', "figure-date"), ("44875", "[h]:mm", "figure-date"), ("44875", "aaaa", "figure-date"), ("31400", "0,", "figure-display"),
        ("31400", "0\\.0,", "figure-display"), ("3", '0"万"', "figure-display"), ("12.345", "0.00", "figure-display"), ("106", ";;;", "figure-display"),
        ("106", "# ?/?", "figure-display"), ("106", '"合格"', "figure-display"), ("12345", "0.00E+00", "figure-display"), ("106", '[>100]"多";0', "figure-display"),
        ("0", "0;-0;;@", "figure-display"),
    ],
)
def test_the_paper_must_show_the_number_that_is_stored(number: str, code: str, rule: str | None) -> None:
    found = shown_otherwise(Fraction(number), code, "人次", False)
    assert (found and found.rule.code) == rule


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("100+6", "106"), ("(1+2)*3", "9"), ("SUM(1,2,3)", "6"), ("1/3", "1/3"), ("-3+5", "2"), ("A1+2", None), ('"5"', None), ("1+", None),
        ("2^3", None), ("98%", None), ("1//2", None), ("SUM(A1:A3)", None), ("", None), ("1/0", None), ("(" * 200 + "1", None), ("1" * 400, None),
    ],
)
def test_only_a_formula_of_constants_is_reckoned(formula: str, value: str | None) -> None:
    found = evaluated(formula)
    assert (found and found.exact) == (None if value is None else Fraction(value))


UNSURE = [
    ("165+0*99999999999999999999", "400", "figure-large"), ("165+0*99999999999999999999", "165", "figure-large"),
    ("165+0*1000000000000000", "165", "figure-large"), ("165.0000000000000001+0", "165", "figure-large"),
    ("99999999999999*99999999999999*0+165", "400", "figure-formula-stale"), ("(99999999999999*9+165)-99999999999999*9", "200", "figure-formula-stale"),
    ("99999999999999*99999999999999+165-99999999999999*99999999999999", "0", "figure-formula-stale"),
    ("99999999999999*99999999999999+165-99999999999999*99999999999999", "165", "figure-formula-stale"),
    ("100+65", "165.0000001", "figure-formula-stale"), ("165/1", "164.99999999999", "figure-formula-stale"), ("900000000000000*2", "1800000000000000", "figure-large"),
    ("100+65", None, "figure-formula-stale"),
]
"""Formula, stored result (None: an empty text), rule."""


@pytest.mark.parametrize(("formula", "stored", "code"), UNSURE)
def test_a_stored_result_must_be_the_reckoned_one(formula: str, stored: str | None, code: str) -> None:
    cell = RawCell("s", "", formula) if stored is None else RawCell("n", stored, formula)
    found = read_figure(cell, THREE, GENERAL)
    assert (found.rule and found.rule.code) == code


@pytest.mark.parametrize(
    ("formula", "stored", "value"),
    [
        ("0.1+0.2", "0.30000000000000004", "0.3"), ("0.1+0.2", "0.3", "0.3"), ("1/3*3", "1", "1"), ("1/3*3", "0.99999999999999989", "1"), ("100+6", "106", "106"),
        ("0.1+0.2-0.3", "5.5511151231257827E-17", "0"), ("0.1+0.2-0.3", "0", "0"), ("12345.678-12322.218", "23.459999999999127", "23.46"),
        ("12345.678-12322.218", "23.4599999999991", "23.46"), ("12345.678-12322.218", "23.46", "23.46"), ("165", "165", "165"), ("165.00", "165", "165"),
        ("SUM(19.2,4.26)", "23.459999999999997", "23.46"), ("99999999999999*0+165", "165", "165"), ("999999999999999-999999999999834", "165", "165"),
        ("77200/3*3", "77200", "77200"), ("1000000*1000000*0+5", "", "5"), ("7*15+5*12", "165", "165"), ("0.000000000000001*0+5", "5", "5"),
    ],
)
def test_an_honest_formula_of_constants_is_taken(formula: str, stored: str, value: str) -> None:
    found = read_figure(RawCell("n", stored, formula), THREE, GENERAL)
    assert (found.figure, found.rule) == (Fraction(value), None)


@given(st.text(max_size=30))
@settings(max_examples=500)
def test_any_text_is_the_number_it_shows_or_a_doubt(text: str) -> None:
    found = read_figure(RawCell("s", text), PEOPLE, GENERAL)
    if isinstance(found.figure, Fraction):
        digits = re.sub(r"[^0-9.-]", "", text.translate(str.maketrans("０１２３４５６７８９．", "0123456789.")))
        assert Fraction(digits) == found.figure
        assert not re.sub(r"[0-9０-９.．,，\-\s\u200b-\u200f\u2060\ufeff人次]", "", text)
    else:
        assert found.rule is not None


@given(st.decimals(min_value=0, max_value=10**12, places=3), st.sampled_from(["{}", " {} ", "{:,}", "\u3000{}"]))
def test_a_number_typed_in_an_everyday_way_is_that_number(number: object, way: str) -> None:
    assert read_number(way.format(number).strip()) == Fraction(str(number))


def test_what_turns_a_text_round_is_not_shown() -> None:
    assert cleaned("甲\u202e乙\x07丙\n丁") == "甲乙丙\n丁"
