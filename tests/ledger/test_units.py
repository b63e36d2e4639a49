"""A unit's returns on the way from the journal into its account."""

from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period
from minsheng_xl.accounts.values import Outcome, Standing
from minsheng_xl.ledger.units import unit_of
from tests.ledger.journals import Told
from tests.makers import figure

DISABLED, OCTOBER = "县残联", Period.parse("2022-10")


@pytest.mark.parametrize(("outcome", "standing"), [(Outcome.REFUSED, Standing.REFUSED), (Outcome.ACCEPTED, Standing.ACCEPTED)])
def test_only_what_is_held_whole_is_asked_about(told: Told, outcome: Outcome, standing: Standing) -> None:
    told.comes(DISABLED, OCTOBER, {figure("8-1"): Fraction(106)}, datetime(2022, 11, 3), outcome=outcome)
    account = unit_of(told.plan, told.register, DISABLED, OCTOBER, None, None)
    assert (account.standing, account.pending) == (standing, [])
    assert list(account.outcomes.values()) == [outcome]
