"""Comments that the office itself wrote say nothing; those of the unit may say another number than the cell."""

from fractions import Fraction

import pytest

from minsheng_xl.accounts.values import Doubt
from minsheng_xl.books.package.grid import grid_of
from minsheng_xl.books.package.overlay import Overlay
from minsheng_xl.books.package.read import RawSheet
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Input, Sheet
from minsheng_xl.intake.beside import hold_what_is_corrected, without_ours
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import IssuedForm, Placement
from minsheng_xl.intake.reading import Answers
from minsheng_xl.rules import numbers
from minsheng_xl.rules.catalogue import RULES
from tests.makers import word

PAID = word(1, "funding_paid")


def commented(comment: str, issued_with: str = "") -> Answers:
    """What is left of an amount of 20 万元 on which a comment stands."""
    form = Sheet("form", "填报表")
    form.put(3, 0, None, look.BODY, key=PAID, input=Input("number", decimals=2))
    issued, came_back = RawSheet("填报表"), RawSheet("填报表")
    issued.overlay = lambda: Overlay(grid_of(b"<x/>"), comments={(3, 0): (issued_with,)})
    answers = Answers()
    answers.figures[PAID] = Fraction(20)
    over = Overlay(grid_of(b"<x/>"), comments={(3, 0): (comment,)})
    hold_what_is_corrected(Page(IssuedForm(form, issued), came_back, Placement({}, {})), answers, over)
    return answers


@pytest.mark.parametrize("comment", ["25", "应为25万元", "李四:\n25万元", "二十五万元", "实际为20.5万元", "不是20，是25"])
def test_a_comment_on_an_amount_that_says_another(comment: str) -> None:
    answers = commented(comment)
    assert answers.figures[PAID] == Doubt("20")
    assert [(one.code, one.cell, one.key) for one in answers.problems] == [("figure-corrected", "A4", PAID)]


@pytest.mark.parametrize("comment", ["20", "20万元", "已到账", "10月25日到账", "凭证号应为记-12号", "应为20万元", "豫财〔2022〕5号"])
def test_a_comment_on_an_amount_that_says_none(comment: str) -> None:
    answers = commented(comment)
    assert (answers.figures, answers.problems) == ({PAID: Fraction(20)}, [])


def test_a_form_that_went_back_holds_the_comment_of_the_unit_too() -> None:
    ours = numbers.NEGATIVE.problem().sentence
    both = f"{ours}\n应为25万元"
    assert commented(both, both).figures == {PAID: Doubt("20")}
    assert commented(ours, ours).figures == {PAID: Fraction(20)}


def test_the_sentences_of_every_rule_are_ours() -> None:
    for rule in RULES.values():
        said = rule.problem(seen="更正为170", expected="16", reason="批注").sentence
        assert without_ours(said) == "", rule.code
        assert without_ours(f"{said}\n更正为170") == "\n更正为170", rule.code


def test_what_a_unit_writes_is_not_ours() -> None:
    assert without_ours("此数有误，更正为170。请改。") == "此数有误，更正为170。请改。"
    assert without_ours("存疑：165。请核对。\n已核对") == "\n已核对"
