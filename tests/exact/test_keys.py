"""What a cell's key says of what stands in it, asked of every sort of cell."""

import json
from collections.abc import Callable

import pytest

from minsheng_xl.exact.keys import Key, RowName

FIGURE, SHARE, NUMERATOR = Key("figure", "1-1", "reported"), Key("share", "1-1", "reported"), Key("figure", "4-3", "numerator")
DENOMINATOR, EXPLANATION, PREVIOUS = FIGURE.beside("denominator"), FIGURE.beside("explanation"), FIGURE.beside("previous")
AMOUNT, PROGRESS, NAME = Key("word", "2", "funding_paid"), Key("word", "2", "progress"), Key("head", "form", "filler")
OPINION, CERTIFIED, CHECKED = (Key("certify", "1-1", name) for name in ("opinion", "figure", "checked"))
SUMMARY = Key("row", "1-1", "reported")
EVERY = (
    FIGURE, SHARE, NUMERATOR, DENOMINATOR, EXPLANATION, PREVIOUS, AMOUNT, PROGRESS, NAME, OPINION, CERTIFIED, CHECKED, SUMMARY,
)

QUESTIONS: dict[str, tuple[Callable[[Key], bool], set[Key]]] = {
    "in a row of figures": (
        lambda key: key.is_of_indicator, {FIGURE, SHARE, NUMERATOR, DENOMINATOR, EXPLANATION, PREVIOUS, OPINION, CERTIFIED, CHECKED},
    ),
    "in a row that a unit reports": (lambda key: key.is_reported, {FIGURE, SHARE, NUMERATOR, DENOMINATOR, EXPLANATION, PREVIOUS}),
    "in the row of a share": (lambda key: key.is_share, {SHARE}),
    "on the certifier's form": (lambda key: key.is_certified, {OPINION, CERTIFIED, CHECKED}),
    "in the head": (lambda key: key.is_head, {NAME}),
    "among the words on a project": (lambda key: key.is_of_project, {AMOUNT, PROGRESS}),
    "an amount": (lambda key: key.is_amount, {AMOUNT}),
    "a reason": (lambda key: key.is_explanation, {EXPLANATION}),
    "what is reported of an indicator": (lambda key: key.is_measure, {FIGURE, SHARE, NUMERATOR, DENOMINATOR}),
    "a figure that a unit states": (lambda key: key.is_figure, {FIGURE, SHARE, NUMERATOR, DENOMINATOR, AMOUNT}),
    "a denominator": (lambda key: key.is_denominator, {DENOMINATOR}),
    "a figure of before": (lambda key: key.is_previous, {PREVIOUS}),
    "an opinion": (lambda key: key.is_opinion, {OPINION}),
    "a verdict": (lambda key: key.is_verdict, {OPINION, CERTIFIED}),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_key_answers(name: str) -> None:
    asked, yes = QUESTIONS[name]
    assert {key for key in EVERY if asked(key)} == yes


def test_a_key_is_the_tuple_that_the_journal_keeps() -> None:
    plain = ("figure", "1-1", "reported")
    assert (plain, hash(plain), json.dumps(plain)) == (FIGURE, hash(FIGURE), json.dumps(FIGURE))
    assert sorted(EVERY) == sorted(map(tuple, EVERY))


def test_a_row_names_its_cells_and_a_cell_its_row() -> None:
    row = RowName("figure", "1-1")
    assert (row.cell("reported"), FIGURE.row, FIGURE.beside("numerator")) == (FIGURE, row, Key("figure", "1-1", "numerator"))
