"""上期累计: one text gives it to the forms that go out and to the judging of those that come back."""

import random
from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.values import Doubt, Figure, Outcome
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.previous import previous_of
from tests.ledger.journals import Told
from tests.makers import figure

DISABLED, YOUTH, HEALTH = "县残联", "团县委", "县卫生健康委"
JANUARY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (Period(2022, month) for month in (1, 8, 9, 10, 11))


def day(month: int, number: int) -> datetime:
    return datetime(2022, month, number, 10)


def both(told: Told, unit: str, period: Period) -> dict[str, object]:
    """What stands before a period for a unit: as its form is judged by, which is as its form was filled with."""
    found = previous_of(told.plan, told.register, unit, period).values
    account = account_of(told.plan, told.register, period)
    filled = {indicator.code for indicator in told.plan.filled_by(unit)}
    assert found == {code: value for code, value in account.before.items() if code in filled}
    return dict(found)


def test_the_last_period_that_gave_a_trusted_value_gives_it(told: Told) -> None:
    told.comes(DISABLED, AUGUST, {figure("8-1"): Fraction(80)}, day(9, 3))
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Doubt("约90")}, day(10, 3), outcome=Outcome.HELD)
    assert both(told, DISABLED, OCTOBER) == {"8-1": 80}
    account = account_of(told.plan, told.register, OCTOBER)
    assert (account.before_of["8-1"], account.last_known["8-1"]) == (AUGUST, "8月数 80")


def test_a_ratio_is_its_quotient_and_a_milestone_its_word(told: Told) -> None:
    told.comes(
        HEALTH, SEPTEMBER, {figure("7-5", "numerator"): Fraction(1), figure("7-5", "denominator"): Fraction(3)}, day(10, 3)
    )
    told.comes(YOUTH, SEPTEMBER, {figure("9-3"): "否"}, day(10, 3))
    assert both(told, HEALTH, OCTOBER) == {"7-5": Fraction(1, 3)}
    assert both(told, YOUTH, OCTOBER) == {"9-3": "否"}
    assert account_of(told.plan, told.register, OCTOBER).last_known == {"7-5": "9月数 33.3%", "9-3": "9月数 否"}


def test_what_accumulates_begins_the_year_at_nothing(told: Told) -> None:
    assert both(told, DISABLED, JANUARY) == {"8-1": 0}
    assert account_of(told.plan, told.register, JANUARY).before_of == {}
    assert both(told, DISABLED, Period(2022, 2)) == {}


def test_a_closed_period_gives_what_was_printed(told: Told) -> None:
    """The plan of that day reckoned 81 from the return that by today's gives 80."""
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(80)}, day(10, 3))
    told.closes(SEPTEMBER, day(10, 10), values={"8-1": Fraction(81)})
    assert both(told, DISABLED, OCTOBER) == {"8-1": 81}
    account = account_of(told.plan, told.register, OCTOBER)
    assert (account.corrected, account.last_known["8-1"]) == (frozenset(), "9月数 81")


def test_what_was_closed_in_another_measure_is_none(told: Told) -> None:
    told.comes(DISABLED, AUGUST, {figure("8-1"): Fraction(70)}, day(9, 3))
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(80)}, day(10, 3))
    told.closes(SEPTEMBER, day(10, 10))
    indicators = tuple(one._replace(unit_of_measure="户") if one.code == "8-1" else one for one in told.plan.indicators)
    told.plan = Plan(told.plan.settings, told.plan.projects, indicators, told.plan.units, told.plan.tables)
    assert both(told, DISABLED, OCTOBER) == {}


def test_a_correction_after_the_closing_counts_and_is_called_one(told: Told) -> None:
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(80)}, day(10, 3))
    told.closes(SEPTEMBER, day(10, 10))
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(78)}, day(10, 20))
    assert both(told, DISABLED, OCTOBER) == {"8-1": 78}
    assert account_of(told.plan, told.register, OCTOBER).corrected == {"8-1"}


def test_a_correction_is_forgotten_once_a_later_period_reports(told: Told) -> None:
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(80)}, day(10, 3))
    told.closes(SEPTEMBER, day(10, 10))
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(78)}, day(10, 20))
    told.comes(DISABLED, OCTOBER, {figure("8-1"): Fraction(90)}, day(11, 3))
    assert both(told, DISABLED, NOVEMBER) == {"8-1": 90}
    assert account_of(told.plan, told.register, NOVEMBER).corrected == frozenset()


def test_a_correction_to_what_was_printed_is_none(told: Told) -> None:
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(80)}, day(10, 3))
    told.closes(SEPTEMBER, day(10, 10), values={"8-1": Fraction(81)})
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(81)}, day(10, 20))
    assert both(told, DISABLED, OCTOBER) == {"8-1": 81}
    assert account_of(told.plan, told.register, OCTOBER).corrected == frozenset()


def test_a_first_figure_after_the_closing_is_a_correction(told: Told) -> None:
    told.comes(YOUTH, SEPTEMBER, {figure("9-1"): Fraction(5)}, day(10, 3))
    told.closes(SEPTEMBER, day(10, 10))
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(78)}, day(10, 20))
    assert both(told, DISABLED, OCTOBER) == {"8-1": 78}
    assert account_of(told.plan, told.register, OCTOBER).corrected == {"8-1"}


def test_the_account_of_a_closed_period_stands_on_what_was_known_then(told: Told) -> None:
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(80)}, day(10, 3))
    told.comes(DISABLED, OCTOBER, {figure("8-1"): Fraction(90)}, day(11, 3))
    told.closes(OCTOBER, day(11, 10))
    told.comes(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(85)}, day(11, 20), file="9月更正.xlsx")
    told.types(DISABLED, SEPTEMBER, {figure("8-1"): Fraction(85)}, day(11, 21))
    assert account_of(told.plan, told.register, OCTOBER).before["8-1"] == 80
    assert previous_of(told.plan, told.register, DISABLED, OCTOBER).values == {"8-1": 85}


@pytest.mark.parametrize("seed", range(12))
def test_forms_and_judging_have_one_previous_figure_whatever_happened(told: Told, seed: int) -> None:
    draw, at = random.Random(seed), datetime(2022, 2, 1)
    units = {DISABLED: ("8-1",), YOUTH: ("9-1", "9-2", "9-3"), HEALTH: ("7-1", "7-5")}
    periods = [Period(2022, month) for month in (1, 2, 3)]
    for _ in range(20):
        at += timedelta(days=3)
        unit, period = draw.choice(list(units)), draw.choice(periods)
        cells = {key: value for code in units[unit] for key, value in drawn(draw, code).items()}
        done = draw.choice(["comes", "comes", "comes", "types", "closes"])
        if done == "closes" and told.register.closed(period) is None:
            told.closes(period, at)
        elif done == "types":
            told.types(unit, period, cells, at)
        else:
            doubtful = any(isinstance(value, Doubt) for value in cells.values())
            told.comes(unit, period, cells, at, outcome=Outcome.HELD if doubtful else Outcome.ACCEPTED)
    for unit in units:
        for period in (*periods, Period(2022, 4)):
            if told.register.closed(period) is None:
                both(told, unit, period)


def drawn(draw: random.Random, code: str) -> dict[Key, Figure]:
    """Some figure of an indicator, or none."""
    if draw.random() < 0.2:
        return {}
    number: Figure = Doubt("约9") if draw.random() < 0.2 else Fraction(draw.randrange(1, 4))
    if code == "9-3":
        return {figure(code): draw.choice(["是", "否"])}
    if code == "7-5":
        return {figure(code, "numerator"): number, figure(code, "denominator"): Fraction(4)}
    return {figure(code): number}


def test_half_a_ratio_gives_no_last_parts(told: Told) -> None:
    """The parts that 与上期相同 confirms are those of one period: 1/3, never 2/3."""
    top, bottom = figure("7-5", "numerator"), figure("7-5", "denominator")
    told.comes(HEALTH, AUGUST, {top: Fraction(1), bottom: Fraction(3)}, day(9, 3))
    told.comes(HEALTH, SEPTEMBER, {top: Fraction(2)}, day(10, 3), outcome=Outcome.HELD)
    found = previous_of(told.plan, told.register, HEALTH, OCTOBER)
    assert (found.values["7-5"], found.parts) == (Fraction(1, 3), {top: 1, bottom: 3})
