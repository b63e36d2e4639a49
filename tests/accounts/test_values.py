"""What a return says, amounts of 资金 among its figures, and how the journal's form of it has them among its words."""

from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl.accounts.values import Content, Doubt, Outcome, Standing, Taken, about, amount_of, figure_in, shown
from minsheng_xl.exact.keys import Key

A, HALF = Key("figure", "4-3", "reported"), Key("figure", "4-3", "numerator")
PAID, DUE = Key("word", "2", "funding_paid"), Key("word", "2", "funding_due")
FIRST, SECOND, THIRD = (Key("word", no, "progress") for no in "123")
REASON, WHO = Key("figure", "4-3", "explanation"), Key("head", "form", "date")

AMOUNTS = [("500", Fraction(500)), ("0.25", Fraction(1, 4)), ("待核：五百", Doubt("五百")), ("待核：-5", Doubt("-5")), ("五百", Doubt("五百"))]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS)
def test_an_amount_among_the_words_is_a_figure(text: str, amount: Fraction | Doubt) -> None:
    assert amount_of(text) == amount
    content = Content.of_form({A: Fraction(1)}, {PAID: text, SECOND: "已拨付"}, frozenset({HALF}), frozenset({A}))
    assert content == Content({A: Fraction(1), PAID: amount}, {SECOND: "已拨付"}, frozenset({HALF}), frozenset({A}))
    assert content.measured == {A: Fraction(1)}


def test_a_blank_amount_is_none() -> None:
    assert Content.of_form({}, {PAID: ""}) == Content({}, {})


def test_the_words_of_a_form_have_its_amounts_where_the_form_has_them() -> None:
    written = {REASON: "核减", FIRST: "甲", SECOND: "乙", DUE: "200.5", PAID: "待核：约一百", THIRD: "丙", WHO: "2022-11-03"}
    content = Content.of_form({A: Fraction(1)}, written)
    assert list(content.words) == [REASON, FIRST, SECOND, THIRD, WHO]
    assert list(content.words_of_form.items()) == list(written.items())


@pytest.mark.parametrize("others", [(), (FIRST,), (THIRD,), (FIRST, THIRD), (REASON, THIRD)])
def test_an_amount_on_a_project_without_words_keeps_its_place(others: tuple[Key, ...]) -> None:
    """Behind reasons and the projects before it, before later ones and the head: as the form is read."""
    before = {key: "甲" for key in others if key != THIRD}
    behind = {key: "丙" for key in others if key == THIRD} | {WHO: "2022-11-03"}
    written = {**before, DUE: "7", PAID: "5", **behind}
    assert list(Content.of_form({}, written).words_of_form.items()) == list(written.items())


@pytest.mark.parametrize(
    ("content", "doubtful"),
    [
        (Content({A: Fraction(1)}, {FIRST: "待核：这几个字"}), False),
        (Content({A: Doubt("约1")}, {}), True),
        (Content({PAID: Doubt("五百")}, {}), True),
        (Content({}, {}, frozenset({HALF})), True),
        (Content({A: Fraction(1)}, {}, frozenset(), frozenset({A})), False),
    ],
)
def test_a_return_is_doubtful_by_its_figures(content: Content, doubtful: bool) -> None:
    assert content.is_doubtful is doubtful


def test_what_a_return_says_in_some_cells() -> None:
    content = Content({A: Fraction(1), PAID: Fraction(2)}, {FIRST: "甲", SECOND: "乙"}, frozenset({HALF}))
    assert content.only({PAID, SECOND, THIRD}) == Content({PAID: Fraction(2)}, {SECOND: "乙"})


@pytest.mark.parametrize(
    ("text", "figure"),
    [("是", "是"), ("否", "否"), ("12.5", Fraction("12.5")), ("0", Fraction(0)), ("-1", None), ("约3", None), ("", None)],
)
def test_the_figure_that_a_text_shows(text: str, figure: Fraction | str | None) -> None:
    assert figure_in(text) == figure


def test_a_figure_as_a_person_reads_it() -> None:
    assert [shown(figure) for figure in (Fraction(5, 2), "是", Doubt("约3"), None)] == ["2.5", "是", "约3", ""]
    assert Doubt("约3").text == "待核：约3"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (A, "4-3 本期累计"), (HALF, "4-3 分子"), (A.beside("denominator"), "4-3 分母"), (REASON, "4-3 说明"),
        (Key("share", "4-3", "reported"), "4-3 分解数"), (PAID, "项目2 资金"),
    ],
)
def test_a_cell_in_words(key: Key, words: str) -> None:
    assert about(key) == words


def test_endings_and_standings_have_their_words() -> None:
    assert [outcome.label for outcome in Outcome] == ["已采用", "待核", "退回", "重复", "无法识别", "空表", "未填数", "附件"]
    assert [standing.label for standing in Standing] == ["已采用", "待核", "退回", "未报"]


def test_a_return_is_known_by_its_name_and_its_bytes() -> None:
    assert Taken(file="a.xlsx", sha256="3f", received=datetime(2022, 11, 3), run=1, content=None).id == ("a.xlsx", "3f")
