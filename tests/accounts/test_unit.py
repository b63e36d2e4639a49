"""One unit in the account of a period: what is asked about it, and what it gave."""

from fractions import Fraction

import pytest

from minsheng_xl.accounts.questions import CORRECTION, DOUBTFUL, item_id
from minsheng_xl.accounts.unit import UnitAccount, wait_for
from minsheng_xl.accounts.values import Doubt, Figure, Standing
from minsheng_xl.exact.keys import Key
from tests.makers import figure, word

A, B, MONEY = figure("1-1"), figure("1-2"), word(1, "funding_due")


def asked(account: UnitAccount) -> list[tuple[str, Key | None, str, str]]:
    return [(item.kind, item.key, item.used, item.other) for item in account.pending]


def test_of_a_unit_nothing_is_known_at_first() -> None:
    account = UnitAccount("县残联")
    assert (account.standing, account.received, account.is_in_doubt, account.correction_pending) == (Standing.MISSING, None, False, False)
    assert (account.figures, account.given(), account.pending) == ({}, {}, [])


@pytest.mark.parametrize(
    ("figures", "halves", "in_doubt"),
    [({}, (), False), ({A: Fraction(1)}, (), False), ({A: Fraction(1), B: Doubt("约2")}, (), True), ({A: Fraction(1)}, (B,), True)],
)
def test_a_doubtful_figure_or_half_a_ratio_puts_it_in_doubt(figures: dict[Key, Figure], halves: tuple[Key, ...], in_doubt: bool) -> None:
    account = UnitAccount("县残联")
    account.figures, account.halves = figures, frozenset(halves)
    assert account.is_in_doubt is in_doubt


def test_what_it_gave_is_what_stands_in_its_cells() -> None:
    account = UnitAccount("县残联")
    account.figures = {A: Fraction(1), B: Doubt("约2"), MONEY: Fraction(9)}
    account.words = {word(1, "progress"): "施工"}
    assert account.given() == {A: Fraction(1), B: "待核：约2", MONEY: Fraction(9), word(1, "progress"): "施工"}
    assert [account.number(key) for key in (A, B, figure("1-3"))] == [Fraction(1), None, None]
    assert account.measured == {A: Fraction(1), B: Doubt("约2")}  # money is no indicator's


def test_a_question_is_put_once() -> None:
    account = UnitAccount("县残联")
    for other in ("2", "3", "2"):
        account.ask(CORRECTION, A, "1", other, "a.xlsx", "请核实")
    assert asked(account) == [(CORRECTION, A, "1", "2"), (CORRECTION, A, "1", "3")]
    first = account.pending[0]
    assert (first.id, first.unit, first.file, first.advice) == (item_id("县残联", CORRECTION, A, "1", "2"), "县残联", "a.xlsx", "请核实")
    assert account.correction_pending


def test_what_was_asked_of_a_cell_is_taken_back() -> None:
    account = UnitAccount("县残联")
    account.ask(DOUBTFUL, A, "", "2", "a.xlsx", "")
    account.ask(CORRECTION, B, "1", "2", "a.xlsx", "")
    account.ask_no_more(B)
    assert asked(account) == [(DOUBTFUL, A, "", "2")]
    assert not account.correction_pending


@pytest.mark.parametrize(
    ("before", "settled", "waits", "left"),
    [
        ((), (), True, [A]), ((), (A,), False, []), ((B,), (), True, [B, A]), ((B,), (A,), False, [B]), ((B,), (B,), True, [B, A]),
        ((A,), (A,), True, [A]), ((A, B), (B,), True, [A, B]),
    ],
)
def test_a_figure_waits_unless_the_office_settled_just_this(
    before: tuple[Key, ...], settled: tuple[Key, ...], waits: bool, left: list[Key]
) -> None:
    """What waits already goes on waiting, whatever else was settled."""
    account = UnitAccount("县残联")
    for key in before:
        account.ask(DOUBTFUL, key, "", "2", "a.xlsx", "")
    decided = {item_id("县残联", DOUBTFUL, key, "", "2"): "属实" for key in settled}
    assert wait_for(account, A, "2", "a.xlsx", "请核实", decided) is waits
    assert [item.key for item in account.pending] == left
