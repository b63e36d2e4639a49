"""What the ledger tells of the files of a period."""

from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period
from minsheng_xl.accounts.values import Doubt, Outcome, Standing
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.model import Role
from minsheng_xl.year.entries import Reminded
from tests.ledger.journals import Told
from tests.makers import figure, word

DISABLED, YOUTH = "县残联", "团县委"
SEPTEMBER, OCTOBER = Period(2022, 9), Period(2022, 10)
IN_TIME, LATE = datetime(2022, 11, 5, 12), datetime(2022, 11, 6, 12)
"""The return of October is due on the fifth of November."""


def day(number: int) -> datetime:
    return datetime(2022, 11, number, 16)


def test_lateness_is_confirmed_by_the_office_s_word_only(told: Told) -> None:
    told.comes(DISABLED, OCTOBER, {figure("8-1"): Fraction(80)}, day(7))
    account = account_of(told.plan, told.register, OCTOBER)
    assert (account.is_late(DISABLED), account.late) == (True, frozenset())


@pytest.mark.parametrize(("received", "late"), [(LATE, frozenset({DISABLED})), (IN_TIME, frozenset())])
def test_the_office_says_when_a_file_was_received(told: Told, received: datetime, late: frozenset[str]) -> None:
    told.comes(YOUTH, OCTOBER, {figure("9-1"): Fraction(5)}, day(7))
    sha256 = told.comes(DISABLED, OCTOBER, {figure("8-1"): Fraction(80)}, day(8))
    told.is_received(sha256, received, day(9))
    account = account_of(told.plan, told.register, OCTOBER)
    assert account.late == late
    (_, receipt) = account.receipts
    assert (receipt.received, receipt.late) == (received, bool(late))


def test_a_receipt_says_what_was_found_first_and_how_much(told: Told) -> None:
    told.comes(DISABLED, OCTOBER, {}, day(7), outcome=Outcome.REFUSED)
    (receipt,) = account_of(told.plan, told.register, OCTOBER).receipts
    assert (receipt.unit, receipt.period, receipt.late, receipt.message) == (DISABLED, "2022-10", False, "")


def test_a_day_of_reminding_counts_once(told: Told) -> None:
    for at, units in ((day(7), (DISABLED,)), (day(7), (DISABLED, YOUTH)), (day(9), (DISABLED,))):
        told.register.record([Reminded(at, OCTOBER, units)])
    told.register.record([Reminded(day(9), SEPTEMBER, (YOUTH,))])
    assert account_of(told.plan, told.register, OCTOBER).reminded == {DISABLED: 2, YOUTH: 1}


def test_the_flow_lists_figures_in_use_in_the_order_of_the_plan(told: Told) -> None:
    told.comes(YOUTH, OCTOBER, {figure("9-3"): "否", figure("9-1"): Doubt("约5")}, day(3), outcome=Outcome.HELD)
    told.comes(DISABLED, OCTOBER, {figure("8-1"): Fraction(80)}, day(4))
    rows = account_of(told.plan, told.register, OCTOBER).flow
    assert [(row.code, row.unit, row.measure, row.value, row.seen) for row in rows] == [
        ("8-1", DISABLED, "本期累计", 80, ""), ("9-1", YOUTH, "本期累计", None, "约5"), ("9-3", YOUTH, "本期累计", 0, "否"),
    ]  # fmt: skip
    assert [row.source.file for row in rows] == ["2.xlsx", "1.xlsx", "1.xlsx"]


def test_notes_say_what_is_peculiar_to_a_unit(told: Told) -> None:
    told.comes(YOUTH, OCTOBER, {figure("9-1"): Doubt("约5"), figure("9-2"): Doubt("x")}, day(3), outcome=Outcome.HELD)
    told.types(DISABLED, OCTOBER, {figure("8-1"): Fraction(80)}, day(4))
    assert account_of(told.plan, told.register, OCTOBER).notes == {YOUTH: "2处数字待核", DISABLED: "办公室填写1处"}


def test_a_problem_stays_open_over_silence_and_is_closed_by_a_return_without_one(told: Told) -> None:
    (lead, *_) = told.plan.projects_of(DISABLED, Role.LEAD)
    problem: Key = word(lead, "problem")
    august = Period(2022, 8)
    told.comes(DISABLED, august, {figure("8-1"): Fraction(70)}, day(1), words={problem: "缺口"})
    opened = account_of(told.plan, told.register, OCTOBER).issues
    assert [(issue.raised, issue.problem) for issue in opened.values()] == [(august, "缺口")]
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(80)}, day(2))
    assert account_of(told.plan, told.register, OCTOBER).issues == {}


def test_a_blank_form_that_was_refused_before_there_was_a_word_for_it_stays_refused(told: Told) -> None:
    """As journals of earlier programs hold it."""
    told.comes(DISABLED, OCTOBER, {}, day(3), outcome=Outcome.REFUSED)
    told.comes(YOUTH, OCTOBER, {}, day(4), outcome=Outcome.EMPTY)
    account = account_of(told.plan, told.register, OCTOBER)
    assert (account.standing(DISABLED), account.standing(YOUTH)) == (Standing.REFUSED, Standing.MISSING)
    assert account.came == {YOUTH: "11月4日收到的是空表"}


def test_the_day_of_what_came_is_the_office_s_word(told: Told) -> None:
    sha256 = told.comes(YOUTH, OCTOBER, {}, day(8), outcome=Outcome.EMPTY)
    told.is_received(sha256, datetime(2022, 11, 5, 12), day(9))
    assert account_of(told.plan, told.register, OCTOBER).came == {YOUTH: "11月5日收到的是空表"}
