"""The cells of a form that was found: what each says, and what is odd about it by itself."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from minsheng_xl.accounts.values import Doubt
from minsheng_xl.books.package.read import (
    Area,
    Colour,
    Condition,
    Display,
    Face,
    Fill,
    Frame,
    Looks,
    RawCell,
    RawSheet,
    RawWorkbook,
)
from minsheng_xl.exact.addresses import EVERYWHERE
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Input, Sheet
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import IssuedForm, Placement
from minsheng_xl.intake.reading import Answers, as_written, read_answers
from minsheng_xl.problems import Severity
from minsheng_xl.texts import LONGEST
from tests.intake.pages import number, text
from tests.makers import figure, word

FIGURE, WORDS, CHOICE, FUNDING = figure("1-1"), word(1, "progress"), word(1, "outlook"), word(1, "funding_paid")
AT_FIGURE, AT_WORDS, AT_CHOICE, AT_FUNDING = (0, 0), (1, 0), (2, 0), (3, 0)
STRUCK, PERCENT, DAY = 1, 2, 3
DISPLAYS = (Display("General"), Display("General", marked=True), Display("0%"), Display("yyyy-mm-dd"))
"""The styles of the workbook, by their number."""


def read(place: tuple[int, int], cell: RawCell, frame: Frame | None = None, looks: Sequence[Display] = ()) -> Answers:
    form = Sheet("form", "填报表")
    form.put(*AT_FIGURE, None, look.BODY, key=FIGURE, input=Input("number"))
    form.put(*AT_WORDS, None, look.BODY, key=WORDS, input=Input("words"))
    form.put(*AT_CHOICE, None, look.BODY, key=CHOICE, input=Input("choice", choices=("能完成", "有困难")))
    form.put(*AT_FUNDING, None, look.BODY, key=FUNDING, input=Input("number", decimals=2))
    came_back = RawSheet("填报表", {place: cell})
    came_back.frame = frame or Frame()
    workbook = RawWorkbook([came_back], {}, Looks(DISPLAYS, looks))
    return read_answers(workbook, Page(IssuedForm(form, RawSheet("填报表", {})), came_back, Placement({}, {})))


def codes(answers: Answers) -> list[str]:
    return [problem.code for problem in answers.problems]


def test_a_number_and_words() -> None:
    found = read(AT_FIGURE, number("106"))
    assert (found.figures, found.words, found.problems) == ({FIGURE: 106}, {}, [])
    found = read(AT_WORDS, text("已开工"))
    assert (found.figures, found.words, found.problems) == ({}, {WORDS: "已开工"}, [])


@pytest.mark.parametrize("cell", [text(""), text(" \u3000"), number("")])
def test_blank_cells_are_not_answers(cell: RawCell) -> None:
    for place in (AT_FIGURE, AT_WORDS, AT_FUNDING):
        found = read(place, cell)
        assert (found.figures, found.words, found.problems, found.is_empty) == ({}, {}, [], True)


def test_a_formula_without_a_stored_result_is_reckoned() -> None:
    assert read(AT_FIGURE, RawCell("n", "", "100+6")).figures == {FIGURE: 106}


def test_a_doubt_is_told_with_its_place() -> None:
    found = read(AT_FIGURE, text("约106"))
    assert found.figures == {FIGURE: Doubt("约106")}
    (problem,) = found.problems
    assert (problem.code, problem.severity, problem.cell, problem.key) == ("figure-not-number", Severity.HOLD, "A1", FIGURE)


def test_a_figure_in_a_foreign_merge_is_in_doubt() -> None:
    merged = Frame(merges=(Area(0, 0, 1, 0),))
    found = read(AT_FIGURE, number("106"), merged)
    assert (found.figures, codes(found)) == ({FIGURE: Doubt("106")}, ["figure-merged"])
    below = read(AT_WORDS, text("合计 106"), merged)
    assert below.figures == {FIGURE: Doubt("合计 106")}, "the merge says something, though not in the figure's own cell"
    assert read(AT_FIGURE, text(" "), merged).problems == []


def test_a_merge_that_may_be_anywhere_holds_what_stands_in_a_figure() -> None:
    anywhere = Frame(merges=(EVERYWHERE,))
    found = read(AT_FIGURE, number("106"), anywhere)
    assert (found.figures, codes(found)) == ({FIGURE: Doubt("106")}, ["figure-merged"])
    assert read(AT_WORDS, text("合计 106"), anywhere).figures == {}, "a blank figure is none"


@pytest.mark.parametrize("look", [Display("", marked=True), Display('0"万"'), Display(";;;"), Display("0%")])
def test_a_condition_that_shows_another_number(look: Display) -> None:
    frame = Frame(conditional=(Condition(Area(0, 0, 0, 0), 1, 0),))
    found = read(AT_FIGURE, number("106"), frame, (look,))
    assert (found.figures, codes(found)) == ({FIGURE: Doubt("106（条件格式）")}, ["figure-display"])
    assert found.problems[0].expected == "106"
    of_its_own = Frame(conditional=(Condition(Area(0, 0, 0, 0), 1, look),))
    assert codes(read(AT_FIGURE, number("106"), of_its_own)) == ["figure-display"]
    assert read(AT_FIGURE, number("106"), frame).problems == [], "there is no such look"
    elsewhere = Frame(conditional=(Condition(Area(5, 5, 5, 5), 1, 0),))
    assert read(AT_FIGURE, number("106"), elsewhere, (look,)).problems == []


@pytest.mark.parametrize("look", [Display(""), Display("#,##0"), Display("0.0"), Display("", face=Face(Colour("FFC00000"))), Display("", fill=Fill((Colour("FFFFC7CE"),)))])
def test_a_condition_that_only_dresses(look: Display) -> None:
    frame = Frame(conditional=(Condition(Area(0, 0, 0, 0), 1, look),))
    assert read(AT_FIGURE, number("106"), frame).figures == {FIGURE: 106}


def test_a_zero_that_the_page_hides() -> None:
    hidden = Frame(zeros_hidden=True)
    found = read(AT_FIGURE, number("0"), hidden)
    assert (found.figures, codes(found)) == ({FIGURE: Doubt("0（这页设为不显示零值，看到的是空白）")}, ["figure-display"])
    assert read(AT_FIGURE, text("0"), hidden).figures == {FIGURE: 0}, "a text is shown all the same"
    assert read(AT_FIGURE, number("1"), hidden).figures == {FIGURE: 1}


@pytest.mark.parametrize(
    ("cell", "said", "code"),
    [
        (number("200.5"), Fraction(401, 2), []),
        (text("1,200"), Fraction(1200), []),
        (number("200.555"), Doubt("200.555"), ["figure-decimals"]),
        (number("-1"), Doubt("-1"), ["figure-negative"]),
        (text("约一百二十"), Doubt("约一百二十"), ["figure-not-number"]),
    ],
)
def test_an_amount_is_a_figure(cell: RawCell, said: "Fraction | Doubt", code: list[str]) -> None:
    found = read(AT_FUNDING, cell)
    assert (found.figures, found.words, codes(found)) == ({FUNDING: said}, {}, code)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (RawCell("s", "已开工", "B1"), "text-formula"),
        (text("=1+1"), "text-formula-like"),
        (text(" @某人"), "text-formula-like"),
        (text("-5"), "text-formula-like"),
        (text("甲\u202e乙"), "text-cleaned"),
    ],
)
def test_odd_words_are_taken_and_said(cell: RawCell, code: str) -> None:
    found = read(AT_WORDS, cell)
    assert found.words == {WORDS: cell.text}
    assert codes(found) == [code]


def test_a_negative_number_among_the_words_is_no_formula() -> None:
    assert read(AT_WORDS, number("-5")).problems == []


def test_words_that_are_too_long() -> None:
    assert read(AT_WORDS, text("字" * LONGEST)).problems == []
    found = read(AT_WORDS, text("字" * (LONGEST + 1)))
    assert found.problems[-1].seen == f"{LONGEST + 1}字"


def test_an_error_is_no_text() -> None:
    found = read(AT_WORDS, RawCell("e", "#N/A"))
    assert (found.words, [problem.seen for problem in found.problems]) == ({}, ["#N/A"])


def test_words_that_are_struck_out_are_remembered() -> None:
    assert read(AT_WORDS, RawCell("s", "已开工", style=STRUCK)).struck == {WORDS}
    assert read(AT_WORDS, RawCell("s", "已开工", marked=True)).struck == {WORDS}
    assert read(AT_WORDS, text("已开工")).struck == set()


def test_a_choice_that_is_not_on_the_list() -> None:
    assert read(AT_CHOICE, text(" 能完成 ")).problems == []
    (problem,) = read(AT_CHOICE, text("差不多")).problems
    assert (problem.seen, problem.expected) == ("差不多", "能完成、有困难")


def test_a_form_with_only_its_head_filled_in_is_empty() -> None:
    answers = Answers()
    assert answers.is_empty
    answers.words[WORDS] = "已开工"
    assert not answers.is_empty
    answers.words.clear()
    answers.figures[FIGURE] = Doubt("约")
    assert not answers.is_empty


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (text("98%"), "98%"),
        (RawCell("n", "0.98", style=PERCENT), "98%"),
        (RawCell("n", "44875", style=DAY), "2022-11-10"),
        (number("1.060E2"), "106"),
        (RawCell("b", "1"), "TRUE"),
        (RawCell("b", "0"), "FALSE"),
        (RawCell("s", "1"), "1"),
    ],
)
def test_words_as_their_writer_saw_them(cell: RawCell, written: str) -> None:
    assert as_written(cell, RawWorkbook([], {}, Looks(DISPLAYS))) == written
