"""纸质件: what the office noted of a signed paper, and what the figures have become since."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period
from minsheng_xl.accounts.paper import Paper
from minsheng_xl.accounts.period import Receipt
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Doubt, Figure, Outcome
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.period import account_of
from tests.ledger.journals import Told
from tests.makers import figure

YOUTH, DISABLED = "团县委", "县残联"
SEPTEMBER, OCTOBER = Period(2022, 9), Period(2022, 10)
CAME = date(2022, 11, 8)
TALKS, VISITS = figure("9-1"), figure("9-2")


def day(number: int) -> datetime:
    return datetime(2022, 11, number, 9)


def sent(told: Told, number: int, figures: "dict[Key, Figure]", unit: str = YOUTH, **more: Outcome) -> str:
    return told.comes(unit, OCTOBER, figures, day(number), **more)


def papers(told: Told, period: Period = OCTOBER) -> dict[str, Paper]:
    return dict(account_of(told.plan, told.register, period).papers)


def words(told: Told) -> list[str]:
    """What stands under 核对数相符 beside each receipt."""
    return [one.paper.word if one.paper is not None else "—" for one in account_of(told.plan, told.register, OCTOBER).receipts]


def test_a_paper_stands_beside_its_return_and_is_its_unit_s_for_the_period(told: Told) -> None:
    first = sent(told, 3, {TALKS: Fraction(7)})
    sent(told, 3, {figure("8-1"): Fraction(80)}, DISABLED)
    told.notes_paper(YOUTH, OCTOBER, first, day(9), received=CAME, agrees=True)
    assert papers(told) == {YOUTH: Paper(CAME, True)}
    assert papers(told, SEPTEMBER) == {}
    assert words(told) == ["是", "—"]


@pytest.mark.parametrize(
    ("agrees", "word", "is_open", "told_of"), [(True, "是", False, ""), (False, "否", True, "核对数不符"), (None, "", False, "")]
)
def test_what_is_said_of_a_paper(agrees: bool | None, word: str, is_open: bool, told_of: str) -> None:
    paper = Paper(CAME, agrees)
    assert (paper.word, paper.is_open, paper.told) == (word, is_open, told_of)


def test_what_has_come_since_is_said_behind_it() -> None:
    assert (Paper(CAME, True, "收到后数已变").word, Paper(CAME, True, "收到后数已变").told) == ("是（收到后数已变）", "收到后数已变")
    assert (Paper(CAME, False, "收到后数已变").word, Paper(CAME, False, "收到后数已变").told) == ("否（收到后数已变）", "核对数不符，收到后数已变")
    assert Paper(CAME, True, "收到后数已变").is_open


def held(told: Told) -> str:
    """A form with one figure in doubt, of which the paper has come."""
    sha256 = sent(told, 3, {TALKS: Fraction(7), VISITS: Doubt("57")}, outcome=Outcome.HELD)
    told.notes_paper(YOUTH, OCTOBER, sha256, day(9), received=CAME, agrees=True)
    return sha256


def accepted(told: Told) -> str:
    sha256 = sent(told, 3, {TALKS: Fraction(7)})
    told.notes_paper(YOUTH, OCTOBER, sha256, day(9), received=CAME, agrees=True)
    return sha256


SINCE: dict[str, tuple[Callable[[Told], str], Callable[[Told], object], str]] = {
    "nothing": (held, lambda told: None, ""),
    "the same again": (accepted, lambda told: sent(told, 10, {TALKS: Fraction(7)}), ""),
    "what was in doubt is right": (held, lambda told: told.types(YOUTH, OCTOBER, {VISITS: Fraction(57)}, day(10)), ""),
    "what was in doubt is something else": (held, lambda told: told.types(YOUTH, OCTOBER, {VISITS: Fraction(58)}, day(10)), "收到后数已变"),
    "mended by the unit": (held, lambda told: sent(told, 10, {TALKS: Fraction(7), VISITS: Fraction(75)}), "收到后数已变"),
    "one figure more": (accepted, lambda told: sent(told, 10, {TALKS: Fraction(7), VISITS: Fraction(57)}), "收到后数已变"),
    "another figure, which waits": (accepted, lambda told: sent(told, 10, {TALKS: Fraction(9)}), "收到后另报了数"),
    "of another unit": (accepted, lambda told: sent(told, 10, {figure("8-1"): Fraction(80)}, DISABLED), ""),
    "cleared by the office": (accepted, lambda told: told.types(YOUTH, OCTOBER, {TALKS: None}, day(10)), "收到后数已变"),
    "a refused form": (accepted, lambda told: sent(told, 10, {}, outcome=Outcome.REFUSED), ""),
}


@pytest.mark.parametrize("name", SINCE)
def test_figures_that_changed_after_a_paper_was_compared_make_that_stale(told: Told, name: str) -> None:
    begins, goes_on, since = SINCE[name]
    begins(told)
    goes_on(told)
    assert papers(told) == {YOUTH: Paper(CAME, True, since)}


def test_a_correction_that_was_turned_down_leaves_the_paper_as_good_as_it_was(told: Told) -> None:
    accepted(told)
    sent(told, 10, {TALKS: Fraction(9)})
    assert papers(told)[YOUTH].since == "收到后另报了数"
    told.types(YOUTH, OCTOBER, {TALKS: Fraction(7)}, day(11))  # what is in use stays
    assert papers(told)[YOUTH].since == ""


def test_a_closing_makes_no_paper_stale_and_what_corrects_it_does(told: Told) -> None:
    held(told)
    told.closes(OCTOBER, day(11))
    assert papers(told) == {YOUTH: Paper(CAME, True)}
    sent(told, 12, {TALKS: Fraction(9)})
    assert papers(told) == {YOUTH: Paper(CAME, True, "收到后数已变")}


def test_what_is_said_again_holds_for_the_figures_of_now(told: Told) -> None:
    sha256 = accepted(told)
    sent(told, 10, {TALKS: Fraction(7), VISITS: Fraction(57)})
    told.notes_paper(YOUTH, OCTOBER, sha256, day(11), received=date(2022, 11, 9))
    assert papers(told) == {YOUTH: Paper(date(2022, 11, 9), True, "收到后数已变")}  # only the day was corrected
    told.notes_paper(YOUTH, OCTOBER, sha256, day(12), received=date(2022, 11, 9), agrees=True)
    assert papers(told) == {YOUTH: Paper(date(2022, 11, 9), True)}
    told.notes_paper(YOUTH, OCTOBER, sha256, day(13), received=date(2022, 11, 9), agrees=False)
    assert papers(told) == {YOUTH: Paper(date(2022, 11, 9), False)}


def test_a_paper_that_was_taken_back_is_none(told: Told) -> None:
    sha256 = accepted(told)
    told.notes_paper(YOUTH, OCTOBER, sha256, day(10), received=None)
    assert (papers(told), words(told)) == ({}, ["—"])
    told.notes_paper(YOUTH, OCTOBER, sha256, day(11), received=CAME)
    assert papers(told) == {YOUTH: Paper(CAME)}  # what was said of it is gone with it


def test_of_two_returns_the_unit_s_paper_is_that_of_which_something_was_said_last(told: Told) -> None:
    first = accepted(told)
    second = sent(told, 10, {TALKS: Fraction(7), VISITS: Fraction(57)})
    told.notes_paper(YOUTH, OCTOBER, second, day(11), received=date(2022, 11, 11), agrees=True)
    assert papers(told) == {YOUTH: Paper(date(2022, 11, 11), True)}
    assert words(told) == ["是（收到后数已变）", "是"]
    told.notes_paper(YOUTH, OCTOBER, second, day(12), received=None)
    assert papers(told) == {YOUTH: Paper(CAME, True, "收到后数已变")}
    assert first != second


def test_a_paper_is_noted_of_returns_with_figures_alone(told: Told) -> None:
    one = Return(file="a", sha256="a", outcome=Outcome.ACCEPTED, unit=YOUTH, period=OCTOBER)

    def takes() -> list[bool]:
        receipts: tuple[Receipt, ...] = account_of(told.plan, told.register, OCTOBER).receipts
        return [receipt.takes_paper for receipt in receipts]

    sent(told, 3, {TALKS: Fraction(7)})
    sent(told, 4, {TALKS: Fraction(7), VISITS: Doubt("57")}, outcome=Outcome.HELD)
    assert takes() == [True, True]
    told.meets(
        OCTOBER, day(5), one._replace(outcome=Outcome.REFUSED), one._replace(outcome=Outcome.EMPTY), one._replace(outcome=Outcome.DUPLICATE),
        one._replace(outcome=Outcome.HELD), one._replace(certifies=True), one._replace(confirms=True), one._replace(unit=None),
    )
    assert takes() == [True, True, *[False] * 7]
