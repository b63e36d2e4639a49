"""Nothing is folded twice in a run."""

from collections import Counter
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from minsheng_xl import Period, Year, consolidate
from minsheng_xl.books.pdf import NoPdf
from minsheng_xl.ledger import period as period_module
from minsheng_xl.ledger import units as units_module
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.units import units_of
from minsheng_xl.telling import print as print_module
from minsheng_xl.telling.print import print_period
from tests.ledger.journals import Told
from tests.makers import figure, send, word

WATER, NOW = "县水利局", datetime(2024, 4, 3, 10)


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> "Counter[tuple[str, str]]":
    """How often each unit was folded in each period for an account, and how often each account was made."""
    counted: Counter[tuple[str, str]] = Counter()

    def settle(plan: Any, unit: str, period: Period, said: Any, closed: Any) -> Any:
        counted[unit, str(period)] += 1
        return real(plan, unit, period, said, closed)

    def reckoned(plan: Any, register: Any, period: Period, upto: int) -> Any:
        counted["account", str(period)] += 1
        return made(plan, register, period, upto)

    real, made = units_module.settle, period_module._reckoned
    monkeypatch.setattr(units_module, "settle", settle)
    monkeypatch.setattr(period_module, "_reckoned", reckoned)
    return counted


@pytest.fixture
def small(small_year: Year, monkeypatch: pytest.MonkeyPatch) -> Year:
    def without(*given: object) -> None:
        raise NoPdf("不画")

    monkeypatch.setattr(print_module, "to_pdf", without)
    send(small_year, WATER, small_year.plan.periods[0], {figure("甲1"): "20", word(1, "progress"): "施工"})
    return small_year


def once(year: Year, period: Period) -> "Counter[tuple[str, str]]":
    """Each unit once, in each period up to this one, and one account."""
    units = [unit.name for unit in year.plan.reporting_units]
    periods = [str(each) for each in (*period.earlier, period)]
    return Counter([("account", str(period)), *((unit, each) for unit in units for each in periods)])


@pytest.mark.parametrize("number", [0, 1])
def test_a_consolidation_folds_the_year_once(small: Year, folds: "Counter[tuple[str, str]]", number: int) -> None:
    period = small.plan.periods[number]
    result = consolidate(small, period, NOW)
    assert [one.unit for one in result.files] == [WATER]
    came = small.plan.periods[0]
    expected = once(small, period)
    if came != period:  # what is to be sent back is looked up for the period of the return too
        expected["account", str(came)] += 1
    assert folds == expected


def test_a_print_folds_the_year_once(small: Year, folds: "Counter[tuple[str, str]]") -> None:
    period = small.plan.periods[0]
    consolidate(small, period, NOW)
    small.close()
    folds.clear()
    print_period(small, period, NOW)
    assert folds == once(small, period)


def test_a_print_that_reminds_folds_no_unit_again(small: Year, folds: "Counter[tuple[str, str]]") -> None:
    period = small.plan.periods[0]
    consolidate(small, period, NOW)
    small.close()
    folds.clear()
    late = datetime(2024, 4, 20, 10)
    print_period(small, period, late, what=("催报单",))
    expected = once(small, period)
    expected["account", str(period)] += 1  # before and after it was written down who was reminded
    assert folds == expected


def test_what_is_new_is_folded_and_only_that(told: Told, folds: "Counter[tuple[str, str]]") -> None:
    august, september, october = (Period(2022, month) for month in (8, 9, 10))
    told.comes("县残联", august, {figure("8-1"): Fraction(70)}, datetime(2022, 9, 3))
    told.comes("县残联", september, {figure("8-1"): Fraction(80)}, datetime(2022, 10, 3))
    assert account_of(told.plan, told.register, october).before["8-1"] == 80
    folds.clear()
    told.comes("县残联", september, {figure("8-1"): Fraction(81)}, datetime(2022, 10, 4))
    told.types("县残联", september, {figure("8-1"): Fraction(81)}, datetime(2022, 10, 4))
    assert account_of(told.plan, told.register, october).before["8-1"] == 81
    assert {period for _, period in folds} == {"2022-09", "2022-10"}
    assert folds["县残联", "2022-09"] == 1


def test_an_earlier_state_is_another(told: Told) -> None:
    october = Period(2022, 10)
    told.comes("县残联", october, {figure("8-1"): Fraction(70)}, datetime(2022, 11, 3))
    seq = told.register.last_change()
    told.types("县残联", october, {figure("8-1"): Fraction(71)}, datetime(2022, 11, 4))
    def of(upto: int | None) -> object:
        return account_of(told.plan, told.register, october, upto=upto).units["县残联"].figures[figure("8-1")]
    assert (of(None), of(seq), of(None)) == (71, 70, 71)
    assert account_of(told.plan, told.register, october) is account_of(told.plan, told.register, october)


def test_another_plan_and_another_register_are_folded_for_themselves(told: Told, tmp_path: Path, sample_plan: Any) -> None:
    october = Period(2022, 10)
    (tmp_path / "b").mkdir()
    other = Told(tmp_path / "b", told.plan)
    told.comes("县残联", october, {figure("8-1"): Fraction(70)}, datetime(2022, 11, 3))
    other.comes("县残联", october, {figure("8-1"): Fraction(1)}, datetime(2022, 11, 3))
    assert account_of(told.plan, other.register, october).units["县残联"].figures == {figure("8-1"): 1}
    assert account_of(told.plan, told.register, october).units["县残联"].figures == {figure("8-1"): 70}
    assert account_of(sample_plan, told.register, october).plan is sample_plan
    assert units_of(told.plan, told.register, october, None, None) is units_of(told.plan, told.register, october, None, None)
    other.close()
