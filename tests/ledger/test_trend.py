"""The county's averages of the periods before, on 首页: reckoned by hand from how the rows stood."""

from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import Means, Past
from minsheng_xl.accounts.values import Outcome, Standing
from minsheng_xl.figures.progress import progress_of
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.previous import Earlier
from minsheng_xl.ledger.trend import trend_of
from tests.ledger.journals import Told
from tests.makers import empty_account, figure

AUGUST, SEPTEMBER, OCTOBER = (Period(2022, month) for month in (8, 9, 10))
RED, MISSING, HELD, PAUSED = "▼ 滞后红", "○ 未报", "？ 待核", "＝ 暂停"


def earlier(plan: Plan) -> Earlier:
    """A period in which one unit's return was taken."""
    units = empty_account(plan, SEPTEMBER).units
    next(iter(units.values())).standing = Standing.ACCEPTED
    return Earlier(SEPTEMBER, units, None, units, plan)


def of(plan: Plan, **stood: Past) -> Means:
    """Of three rows of 考核, all others paused."""
    codes = [one.code for one in plan.indicators if one.tier.letter == "A"]
    past = dict.fromkeys(codes, Past(PAUSED, None)) | {code: stood[name] for code, name in zip(codes, sorted(stood), strict=False)}
    return trend_of([earlier(plan)], {SEPTEMBER: past})[SEPTEMBER]


def test_the_unreported_count_as_nothing_the_held_not_at_all(sample_plan: Plan) -> None:
    """Weights are 1: 0.4 and 0.8 reported, one unreported: 1.2 of three, 1.2 of two."""
    assert not sample_plan.settings.mean_by_project
    means = of(sample_plan, a=Past(RED, Fraction(2, 5)), b=Past(RED, Fraction(4, 5)), c=Past(MISSING, None), d=Past(HELD, None))
    assert means == Means(Fraction(2, 5), Fraction(3, 5))


def test_without_a_row_there_is_no_average(sample_plan: Plan) -> None:
    assert of(sample_plan) == Means("—", "—")


def test_a_month_of_which_nothing_came_has_no_place(told: Told) -> None:
    told.comes("县残联", SEPTEMBER, {figure("8-1"): Fraction(60)}, datetime(2022, 10, 3))
    assert set(account_of(told.plan, told.register, OCTOBER).trend) == {SEPTEMBER}


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.HELD])
def test_it_is_what_was_reckoned_of_the_month_itself(told: Told, outcome: Outcome) -> None:
    told.comes("县残联", AUGUST, {figure("8-1"): Fraction(60)}, datetime(2022, 9, 3), outcome=outcome)
    then = account_of(told.plan, told.register, AUGUST)
    averages = progress_of(then.plan, AUGUST, then.entries()).averages
    assert account_of(told.plan, told.register, OCTOBER).trend[AUGUST] == Means(averages.average_all, averages.average_reported)
