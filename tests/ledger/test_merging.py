"""Returns that were merged: figures of one unit that contradict each other wait for the office."""

from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period
from minsheng_xl.accounts.questions import DOUBTFUL, item_id
from minsheng_xl.accounts.unit import Source, UnitAccount
from minsheng_xl.accounts.values import Doubt, Figure, Standing
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.merging import recheck
from tests.ledger.journals import Told
from tests.makers import figure

LABOUR, OCTOBER = "县人力资源和社会保障局", Period(2022, 10)
PART, WHOLE = figure("1-3"), figure("1-2")
"""1-3 is 其中 of 1-2."""


def account(**more: object) -> UnitAccount:
    found = UnitAccount(LABOUR)
    found.standing = Standing.ACCEPTED
    found.figures = {PART: Fraction(30), WHOLE: Fraction(20)}
    for name, value in more.items():
        setattr(found, name, value)
    found.sources = {key: Source("甲.xlsx", datetime(2022, 11, 1)) for key in found.figures}
    found.latest = {key: Source(f"{key.of}.xlsx", datetime(2022, 11, 3)) for key in found.figures}
    return found


def test_a_part_that_is_more_than_the_whole_waits(told: Told) -> None:
    found = account()
    recheck(told.plan, LABOUR, OCTOBER, found, {})
    assert (found.figures, found.standing) == ({PART: Doubt("30"), WHOLE: Fraction(20)}, Standing.HELD)
    (item,) = found.pending
    assert (item.kind, item.key, item.used, item.other, item.file) == (DOUBTFUL, PART, "", "30", "1-3.xlsx")
    assert item.advice == "两份来件合起来看，大于1-2，请核对或写说明；请与单位核实，属实的写“属实”，不然写应填的数。"


@pytest.mark.parametrize(
    "more",
    [
        {"figures": {PART: Fraction(20), WHOLE: Fraction(20)}}, {"figures": {PART: Fraction(30)}}, {"figures": {WHOLE: Fraction(20)}}, {"typed": {PART}},
        {"words": {PART.beside("explanation"): "去年立项的两批今年一并完成，已核对"}}, {"figures": {PART: Doubt("30"), WHOLE: Fraction(20)}},
    ],
)
def test_what_does_not_contradict_or_was_explained_or_typed_stays(told: Told, more: dict[str, dict[Key, Figure]]) -> None:
    found = account(**more)
    before = dict(found.figures)
    recheck(told.plan, LABOUR, OCTOBER, found, {})
    assert (found.figures, found.standing, found.pending) == (before, Standing.ACCEPTED, [])


def test_what_the_office_settled_is_not_asked_again(told: Told) -> None:
    found = account()
    recheck(told.plan, LABOUR, OCTOBER, found, {item_id(LABOUR, DOUBTFUL, PART, "", "30"): "属实"})
    assert (found.figures[PART], found.standing, found.pending) == (Fraction(30), Standing.ACCEPTED, [])


@pytest.mark.parametrize(("terms", "held"), [((5, 4), True), ((4, 4), False), ((4, 5), False)])
def test_a_ratio_that_counts_more_than_there_are_waits(told: Told, terms: tuple[int, int], held: bool) -> None:
    """10-2: matters that are handled online, of all matters."""
    above, below = figure("10-2", "numerator"), figure("10-2", "denominator")
    found = account(figures=dict(zip((above, below), map(Fraction, terms), strict=True)))
    recheck(told.plan, "县政务服务和大数据服务中心", OCTOBER, found, {})
    assert {item.key for item in found.pending} == ({above} if held else set())
    assert found.standing is (Standing.HELD if held else Standing.ACCEPTED)
