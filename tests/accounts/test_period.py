"""All units in one period: who stands in the account, what lags, what waits, what the twin takes."""

from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Entry, Period, Plan
from minsheng_xl.accounts.period import Past, PeriodAccount
from minsheng_xl.accounts.questions import UNKNOWN, WHOLE, Pending
from minsheng_xl.accounts.values import Doubt, Standing, Timeliness
from tests.makers import empty_account, figure

OCTOBER = Period.parse("2022-10")


def waiting(id: str, unit: str, kind: str = WHOLE) -> Pending:
    return Pending(id=id, kind=kind, unit=unit, key=None, used="", other="", file="a.xlsx", advice="")


def test_a_unit_stands_in_the_account_when_it_owes_a_return_or_sent_one(quarters_plan: Plan) -> None:
    account = empty_account(quarters_plan, quarters_plan.periods[0])
    assert account.owed("县水利局")
    assert not account.owed("县财政局"), "it reports only when there is something"
    account.units["县财政局"].standing = Standing.REFUSED
    assert account.owed("县财政局")
    assert account.standing("县财政局") is Standing.REFUSED


def test_a_return_is_late_after_the_due_day(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER)
    due = sample_plan.due(OCTOBER)
    unit = account.units["县残联"]
    assert not account.is_late("县残联"), "nothing came"
    unit.received = datetime(due.year, due.month, due.day, 23, 59)
    assert not account.is_late("县残联")
    unit.received = datetime(due.year, due.month, due.day + 1)
    assert account.is_late("县残联")


def test_late_is_confirmed_by_the_office_and_only_of_what_counts(sample_plan: Plan) -> None:
    account, unit = empty_account(sample_plan, OCTOBER), "县残联"
    due = sample_plan.due(OCTOBER)
    found = account.units[unit]
    found.standing, found.received = Standing.ACCEPTED, datetime(due.year, due.month, due.day, 23, 59)
    assert account.timeliness(unit) is Timeliness.IN_TIME
    found.standing, found.received = Standing.HELD, datetime(due.year, due.month, due.day + 1)
    assert (account.timeliness(unit), account.received(unit)) == (Timeliness.UNCONFIRMED, found.received)
    assert account._replace(late=frozenset({unit})).timeliness(unit) is Timeliness.LATE
    for standing in (Standing.MISSING, Standing.REFUSED):
        found.standing = standing
        assert (account.timeliness(unit), account.received(unit)) == (Timeliness.NOTHING, None)


def test_what_waits_is_listed_by_unit_and_then_without_a_sender(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER)
    first, last = sample_plan.reporting_units[0].name, sample_plan.reporting_units[-1].name
    account.units[last].pending = [waiting("c", last), waiting("d", last)]
    account.units[first].pending = [waiting("a", first)]
    account = account._replace(stray=(waiting("z", "", UNKNOWN),))
    assert [item.id for item in account.pending] == ["a", "c", "d", "z"]


_RED, _YELLOW, _GREEN = "▼ 滞后红", "◆ 滞后黄", "● 按序时"


def lagging(states: list[str | None], period: Period) -> PeriodAccount:
    """An account of a plan with past periods in which 1-1 stood so; None: not at all."""
    past = {
        earlier: {"1-1": Past(state, Fraction(1, 2))} if state is not None else {}
        for earlier, state in zip(period.earlier, states, strict=True)
    }
    return PeriodAccount(plan=Plan.built_in(), period=period, units={}, before={}, last_known={}, past=past)


@pytest.mark.parametrize(
    ("states", "count"),
    [
        ([_RED, _RED, _GREEN], 0), ([_GREEN, _RED, _RED], 2), ([_RED, _RED, _RED], 3), ([_RED, None, _YELLOW], 1),
        ([_RED, _GREEN, _YELLOW], 1),
    ],
)
def test_lagging_is_counted_back_to_the_first_period_that_did_not(states: list[str | None], count: int) -> None:
    account = lagging(states, Period.parse("2022-04"))
    assert account.streak_before("1-1").lagging == count


def test_how_an_indicator_stood_at_the_end_of_the_last_period() -> None:
    account = lagging(["绿", "红", "黄"], Period.parse("2022-04"))
    assert account.last("1-1") == Past("黄", Fraction(1, 2))
    assert account.last("1-2") is None
    january = Period.parse("2022-01")
    assert lagging([], january).last("1-1") is None


def test_the_account_under_one_leader_has_that_leaders_indicators(plan: Plan) -> None:
    led = plan.having(indicators=tuple(i._replace(leader="张" if i.project == 3 else "李") for i in plan.indicators))
    account = empty_account(led, OCTOBER).of_leader("张")
    assert [i.code for i in account.plan.indicators] == [i.code for i in plan.indicators if i.project == 3]
    assert [p.no for p in account.plan.projects] == [3]


def test_the_twin_takes_figures_and_doubts_as_text(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER)
    filler = sample_plan.indicator("1-1").filler
    account.units[filler].figures |= {figure("1-1"): Fraction(7), figure("1-2"): Doubt("约3")}
    ratio = sample_plan.indicator("7-3").filler
    account.units[ratio].figures |= {figure("7-3", "numerator"): Fraction(3), figure("7-3", "denominator"): Fraction(4)}
    entries = account.entries()
    assert entries["1-1"] == Entry(Fraction(7))
    assert entries["1-2"] == Entry("待核：约3")
    assert entries["7-3"] == Entry(None, Fraction(3), Fraction(4))
    assert entries["2-2"] == Entry()


def test_the_twin_takes_a_figure_from_the_unit_that_fills_it_in_and_from_no_other(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER)
    stranger = next(u.name for u in sample_plan.reporting_units if u.name != sample_plan.indicator("1-1").filler)
    account.units[stranger].figures[figure("1-1")] = Fraction(7)
    assert account.entries()["1-1"] == Entry()
    assert not [code for code, _ in account.entries().items() if not sample_plan.indicator(code).takes_figures]
