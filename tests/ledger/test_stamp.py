"""数据版本 and 校验码 in the foot of what is printed: equal figures have an equal code, any other figure another."""

import re
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.imprint import code_of
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.ledger.period import account_of
from minsheng_xl.ledger.stamp import stamp_of
from tests.ledger.journals import Told
from tests.makers import empty_account, figure, word

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
LAMPS, UNIT = figure("8-1"), "县残联"


def day(number: int) -> datetime:
    return datetime(2022, 11, number, 10)


@pytest.fixture
def told(tmp_path: Path, plan: Plan) -> Iterator[Told]:
    found = Told(tmp_path, plan)
    yield found
    found.close()


def stamp(told: Told, period: Period = OCTOBER) -> str:
    return stamp_of(account_of(told.plan, told.register, period), told.register)


def code(told: Told, period: Period = OCTOBER) -> str:
    return stamp(told, period).partition(" · 校验码 ")[2]


def test_the_foot_says_the_version_of_the_period_and_the_code(told: Told) -> None:
    assert re.fullmatch(r"数据版本 2022-10-0 · 校验码 [0-9A-F]{8}", stamp(told))
    told.comes(UNIT, OCTOBER, {LAMPS: Fraction(100)}, day(3))
    told.comes("县民政局", NOVEMBER, {figure("6-1"): Fraction(3)}, day(4))
    assert stamp(told).startswith("数据版本 2022-10-1 · ")
    told.types("县民政局", OCTOBER, {figure("6-1"): Fraction(2)}, day(5))
    assert stamp(told).startswith("数据版本 2022-10-2 · ")


def test_equal_figures_have_an_equal_code_whichever_way_they_came(told: Told, tmp_path: Path) -> None:
    told.comes(UNIT, OCTOBER, {LAMPS: Fraction(100)}, day(3))
    (tmp_path / "b").mkdir()
    other = Told(tmp_path / "b", told.plan)
    other.types(UNIT, OCTOBER, {LAMPS: Fraction(90)}, day(2))
    other.types(UNIT, OCTOBER, {LAMPS: Fraction(100)}, day(4))
    assert code(other) == code(told)
    assert stamp(other) != stamp(told)
    other.close()


@pytest.mark.parametrize(
    "cells",
    [
        {UNIT: {LAMPS: Fraction(101)}}, {UNIT: {}}, {UNIT: {LAMPS: Doubt("100")}},
        {UNIT: {LAMPS: Fraction(100)}, "县财政局": {word(8, "funding_paid"): Fraction(5)}},
    ],
)
def test_any_other_figure_gives_another_code(plan: Plan, cells: dict[str, dict[object, object]]) -> None:
    account = empty_account(plan, OCTOBER, {UNIT: {LAMPS: Fraction(100)}})
    changed = empty_account(plan, OCTOBER)
    for unit, figures in cells.items():
        changed.units[unit].figures.update(figures)  # type: ignore[arg-type]
    assert code_of(changed) != code_of(account)
    assert code_of(empty_account(plan, OCTOBER, {UNIT: {LAMPS: Fraction(100)}})) == code_of(account)


def test_what_stood_before_is_printed_too(plan: Plan) -> None:
    account = empty_account(plan, OCTOBER)
    assert code_of(account._replace(before={"8-1": Fraction(90)})) != code_of(account)


def test_words_change_no_code(plan: Plan) -> None:
    account = empty_account(plan, OCTOBER, {UNIT: {word(8, "progress"): "已开展"}})
    assert code_of(account) == code_of(empty_account(plan, OCTOBER))


def test_what_comes_after_a_closing_is_no_version_of_it(told: Told) -> None:
    told.comes(UNIT, OCTOBER, {LAMPS: Fraction(100)}, day(3))
    before = stamp(told)
    told.closes(OCTOBER, day(6))
    told.comes(UNIT, OCTOBER, {LAMPS: Fraction(99)}, day(8))
    assert stamp(told) == before
