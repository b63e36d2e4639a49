"""A number format, taken apart: which section shows a number, as what, with how many decimals and which words."""

from fractions import Fraction

import pytest

from minsheng_xl.intake.displays import percentage_shown, shown_otherwise, text_shown_otherwise
from minsheng_xl.intake.formats import ShownAs, colour_of_text, section_of, text_section

ONE = Fraction(1)


@pytest.mark.parametrize(
    ("code", "shown_as", "decimals", "words"),
    [
        ("", ShownAs.GENERAL, 0, ""),
        ("General", ShownAs.GENERAL, 0, ""),
        ("general", ShownAs.GENERAL, 0, ""),
        ("G/通用格式", ShownAs.GENERAL, 0, ""),
        ('G/通用格式"人"', ShownAs.GENERAL, 0, "人"),
        ("@", ShownAs.TEXT, 0, ""),
        ("0", ShownAs.NUMBER, 0, ""),
        ("#,##0.00", ShownAs.NUMBER, 2, ""),
        ("0.0#?", ShownAs.NUMBER, 3, ""),
        ("_ * #,##0.0_ ", ShownAs.NUMBER, 1, ""),
        ("[Red]0", ShownAs.NUMBER, 0, ""),
        ("[红色]0", ShownAs.NUMBER, 0, ""),
        ("[$¥-804]#,##0", ShownAs.NUMBER, 0, "¥"),
        ('0"万"', ShownAs.NUMBER, 0, "万"),
        (r"0\万", ShownAs.NUMBER, 0, "万"),
        ("0!万", ShownAs.NUMBER, 0, "万"),
        ("0万", ShownAs.NUMBER, 0, "万"),
        ("**0", ShownAs.NUMBER, 0, "*"),
        ('0"a;b"', ShownAs.NUMBER, 0, "a;b"),
        ("0.0%", ShownAs.PERCENT, 1, ""),
        ('0.0"%"', ShownAs.PERCENT_SIGN, 1, "%"),
        ("0‰", ShownAs.PERCENT_SIGN, 0, "‰"),
        ("0.00E+00", ShownAs.SCIENCE, 2, ""),
        ("yyyy-mm-dd", ShownAs.DATE, 0, ""),
        ("[h]:mm", ShownAs.DATE, 0, ""),
        ("AM/PM", ShownAs.DATE, 0, ""),
        ("0日", ShownAs.DATE, 0, ""),
        ('0"日"', ShownAs.NUMBER, 0, "日"),
        ("[DBNum1]0", ShownAs.OTHER, 0, "DBNum1"),
        ("0* 0", ShownAs.OTHER, 0, ""),
        ("0_00", ShownAs.OTHER, 0, ""),
        ("0_-.0", ShownAs.OTHER, 1, ""),
        ("0[$¥]0", ShownAs.OTHER, 0, "¥"),
        ("0[$ ]0", ShownAs.OTHER, 0, " "),
        ("#,##0[$¥-804]", ShownAs.NUMBER, 0, "¥"),
        ("* 0_ ", ShownAs.NUMBER, 0, ""),
        ("0[$¥]E+00", ShownAs.OTHER, 0, "¥"),
        (" 0E+00", ShownAs.SCIENCE, 0, " "),
        ("0E+00 0", ShownAs.OTHER, 0, " "),
        ("0E+00.0", ShownAs.OTHER, 1, ""),
        ("#,##0E+00", ShownAs.OTHER, 0, ""),
        ("##0.0E+0", ShownAs.SCIENCE, 1, ""),
        ("@;0", ShownAs.OTHER, 0, ""),
        ("# ?/?", ShownAs.OTHER, 0, " "),
        ("0,", ShownAs.OTHER, 0, ""),
        ('0"年"0', ShownAs.OTHER, 0, "年"),
        ("0.0.0", ShownAs.OTHER, 2, ""),
        ('"合格"', ShownAs.OTHER, 0, "合格"),
        (";;;", ShownAs.HIDDEN, 0, ""),
    ],
)
def test_what_a_code_shows(code: str, shown_as: ShownAs, decimals: int, words: str) -> None:
    found = section_of(code, ONE)
    assert (found.shown_as, found.decimals, found.words) == (shown_as, decimals, words)


@pytest.mark.parametrize(
    ("number", "words"), [("1", "正"), ("-1", "负"), ("0", "零"), ("1/2", "正")],
)
def test_a_section_for_each_sign(number: str, words: str) -> None:
    assert section_of('0"正";0"负";0"零"', Fraction(number)).words == words
    assert section_of('0"正"', Fraction(number)).words == "正", "one section shows all"


@pytest.mark.parametrize(
    ("code", "number", "colour"),
    [
        ("[White]0", 1, "White"), ("[红色]0;[蓝色]-0", 1, "红色"), ("[红色]0;[蓝色]-0", -1, "蓝色"), ("0;-0;[White]\"-\"", 0, "White"), ("[>1][Color2]0;[Color 3]0", 1, "Color 3"),
        ("[$-804]0", 1, ""), ("0", 1, ""),
    ],
)
def test_the_colour_of_a_section(code: str, number: int, colour: str) -> None:
    assert section_of(code, Fraction(number)).colour == colour


def test_the_colour_of_a_text() -> None:
    assert [colour_of_text(code) for code in ("0;0;0;[White]@", "[White]@", "[Red]0", "0", "[Red]0;0;0;@")] == ["White", "White", "Red", "", ""]


def test_a_dash_for_zero_is_as_accountants_write_it() -> None:
    assert section_of('0;-0;"-"', Fraction(0)).shown_as is ShownAs.NUMBER
    assert section_of('0;-0;"/"', Fraction(0)).shown_as is ShownAs.OTHER
    assert section_of('0;-0;"-"', Fraction(1)).words == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [("100", "多"), ("99", "少"), ("5", "少"), ("4", "")],
)
def test_a_section_whose_condition_holds(number: str, words: str) -> None:
    assert section_of('[>=100]0"多";[>4]0"少";0', Fraction(number)).words == words


@pytest.mark.parametrize(
    ("condition", "holds_for"),
    [("<", "3"), ("<=", "34"), ("=", "4"), (">=", "45"), (">", "5"), ("<>", "35")],
)
def test_the_comparisons(condition: str, holds_for: str) -> None:
    code = f'[{condition}4]0"是";0"否"'
    assert "".join(digit for digit in "345" if section_of(code, Fraction(digit)).words == "是") == holds_for


def test_where_programs_take_one_section_or_the_other_nothing_is_sure() -> None:
    assert section_of('[>100]0;0"多";0"少"', ONE).shown_as is ShownAs.OTHER
    assert section_of("[>100]0;0;0", ONE).shown_as is ShownAs.NUMBER, "both show the same"


@pytest.mark.parametrize(
    ("code", "otherwise"),
    [("0", False), ("@", False), ("General", False), ('@"人"', True), ("0;0;0;@", False), ('0;0;0;"文字"', True), ("0;0;0;", True)],
)
def test_whether_a_text_is_shown_as_it_is(code: str, otherwise: bool) -> None:
    assert text_shown_otherwise(code) is otherwise
    assert (text_section(code) is None) is (code in ("0", "General"))


@pytest.mark.parametrize(
    ("number", "code", "percentage"),
    [
        ("0.985", "0.0%", "98.5"), ("0.985", "0%", None), ("98.5", '0.0"%"', "98.5"), ("98.5", '0"%"', None), ("0.98", "0", None),
        ("0.98", '0%"左右"', None), ("98", '0"%左右"', None),
    ],
)
def test_the_percentage_that_is_shown(number: str, code: str, percentage: str | None) -> None:
    assert percentage_shown(Fraction(number), code) == (None if percentage is None else Fraction(percentage))


@pytest.mark.parametrize(
    ("number", "code", "seen"),
    [
        ("0.985", "0.0%", "98.5%"), ("98", '0"%"', "98%"), ("44875", "yyyy-mm-dd", "2022-11-10"), ("3", '0"万"', '3（格式 0"万"）'),
        ("12.345", "0.00", "12.345（格式 0.00）"), ("0", "#", "0（格式 #）"), ("-5", '0"万"', None), ("-1/2", "0.0", None), ("106", "0_)", None),
        ("1200", "0.0E+0", None), ("1230", "0.0E+0", "1230（格式 0.0E+0）"),
    ],
)
def test_what_the_paper_shows(number: str, code: str, seen: str | None) -> None:
    found = shown_otherwise(Fraction(number), code, "人次", False)
    assert (found and found.seen) == seen


def test_the_two_calendars() -> None:
    found = [shown_otherwise(Fraction(44875), "yyyy-mm-dd", "", epoch_1904) for epoch_1904 in (False, True)]
    assert [one and one.seen for one in found] == ["2022-11-10", "2026-11-11"]
    late = shown_otherwise(Fraction(10**12), "yyyy", "", False)
    assert late is not None
    assert late.seen == "1000000000000"
