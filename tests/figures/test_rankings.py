"""排名, 滞后 and the change since the last period, worked out by hand."""

from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan, Year, status
from minsheng_xl.accounts.period import Past, PeriodAccount
from minsheng_xl.accounts.ranks import change_of, ranks_of
from minsheng_xl.exact.expressions import Const, Expr, Lookup, Range, Rows, Value, clipped
from minsheng_xl.figures import rankings as r
from minsheng_xl.figures.progress import progress_of
from tests.makers import empty_account, figure

OCTOBER = Period.parse("2022-10")
F = Fraction


def column(*values: Value) -> Range:
    return Range(tuple(Const(v) for v in values))


def value(expression: Expr) -> Value:
    return expression.value()


@pytest.mark.parametrize(
    ("shares", "means", "ranks", "seats"),
    [
        ((F(1), F(1, 2), F(1, 2), F(0)), (F(0), F(1), F(1), F(0)), [1, 2, 2, 4], [1, 2, 3, 4]),  # ties share a rank
        ((F(1, 2), F(1, 2)), (F(-1, 10), F(1, 10)), [2, 1], [2, 1]),  # the mean decides
        ((F(-1), F(0), F(-1)), (F(-9), F(0), F(-9)), ["—", 1, "—"], [2, 1, 3]),  # nothing that enters: last
        ((F(1, 3),), (F(0),), [1], [1]),
    ],
)
def test_ranks_and_seats(shares: tuple[F, ...], means: tuple[F, ...], ranks: list[object], seats: list[int]) -> None:
    s, m = column(*shares), column(*means)
    assert [value(r.rank(s, m, n)) for n in range(len(shares))] == ranks
    assert [value(r.seat(s, m, n)) for n in range(len(shares))] == seats


def test_places_in_a_list() -> None:
    keys = column(F(-7), F(1_000_000), F(-19), F(10_000), F(-7))
    assert [value(r.place(keys, n)) for n in range(5)] == [2, "", 1, 4, 3]
    assert (value(r.on_list(keys)), value(r.lagging_rows(keys))) == (4, 3)


@pytest.mark.parametrize(
    ("deviation", "state", "key"), [(F(3), "● 按序时", -3), (F(1, 10), "● 按序时", F(-1, 10)), (F(-3), "● 按序时", 1_000_000), (F(0), "✓ 完成", 1_000_000), ("—", "✓ 完成", 1_000_000), (F(9), "？ 待核", 1_000_000)]
)
def test_only_what_is_ahead_of_its_pace_leads(deviation: Value, state: str, key: F) -> None:
    assert value(r.lead_key(Const(deviation), Const(state))) == key


@pytest.mark.parametrize(
    ("deviation", "state", "key"),
    [(F(-7), "◆ 滞后黄", -7), (F(-20), "▼ 滞后红", -20), ("—", "× 未完成", -100), ("—", "○ 未报", 10_000), (F(-7), "● 按序时", 1_000_000), ("—", "？ 待核", 1_000_000)],
)
def test_the_worst_deviation_is_first_on_the_list_of_what_lags(deviation: Value, state: str, key: int) -> None:
    assert value(r.lag_key(Const(deviation), Const(state))) == key


def test_lookup_and_rows() -> None:
    values, among = column("甲", "乙", None), column(F(2), F(1), F(3))
    assert [value(Lookup(values, Const(F(n)), among)) for n in (1, 2, 3, 4)] == ["乙", "甲", 0, ""]
    assert value(Rows("=", ((among, Const(F(2))),))) == 1
    assert value(Lookup(among, Const("乙"), values)) == 1


@pytest.mark.parametrize(("text", "shown"), [("一二三四五", "一二三四五"), ("一二三四五六", "一二三……"), ("", "")])
def test_clipped_texts(text: str, shown: str) -> None:
    assert value(clipped(Const(text), 5)) == shown


def ranked(plan: Plan, cells: dict[str, dict[tuple[str, str, str], Value]]) -> dict[str, tuple[object, str]]:
    account = empty_account(plan, OCTOBER, cells)  # type: ignore[arg-type]
    return {one.unit: (one.rank, one.remark) for one in ranks_of(account, progress_of(plan, OCTOBER, account.entries()))}


def test_silence_never_pays_and_doubt_is_provisional(sample_plan: Plan) -> None:
    found = ranked(sample_plan, {"县残联": {figure("8-1"): F(100)}, "县城市管理局": {figure("3-1"): F(100)}, "县民政局": {figure("6-1"): "待核：三"}})
    assert found["县残联"] == (1, "仅1项")  # 83.3 % of the target, the pace of October
    assert found["县民政局"][1] == "暂定"
    assert found["团县委"][0] is not None
    assert found["团县委"][0] > found["县残联"][0]  # type: ignore[operator]
    assert found["县残联"][0] < found["县城市管理局"][0]  # type: ignore[operator]


def test_change_over_rows_reported_in_both_only(sample_plan: Plan) -> None:
    account = empty_account(sample_plan, OCTOBER, {"县残联": {figure("8-1"): F(90)}, "县城市管理局": {figure("3-1"): F(1016)}})
    past = {period: {} for period in OCTOBER.earlier} | {OCTOBER.earlier[-1]: {"8-1": Past("▼ 滞后红", F(1, 2)), "9-1": Past("✓ 完成", F(1))}}
    account = PeriodAccount(plan=account.plan, period=OCTOBER, units=account.units, before={}, last_known={}, past=past)  # type: ignore[arg-type]
    change = change_of(account, progress_of(sample_plan, OCTOBER, account.entries()))
    assert (change.points, change.indicators) == (F(25), 1)  # 90/120 against a half; 3-1 was not reported, 9-1 is not now
    assert account.lagging_before("8-1", frozenset({"▼ 滞后红"})) == 1


def test_the_demos_ranks_and_change(demo_year: Year) -> None:
    state = status(demo_year, OCTOBER)
    ranks = {one["unit"]: one for one in state["ranks"]}
    assert [ranks[unit]["rank"] for unit in ("县教育体育局", "县住房和城乡建设局", "县医疗保障局", "县卫生健康委")] == [1, 1, 1, 4]
    assert (ranks["县卫生健康委"]["remark"], ranks["县卫生健康委"]["share"]) == ("暂定", "0.750000")  # 3 of 4; one is 待核
    assert (ranks["县城市管理局"]["remark"], ranks["县城市管理局"]["lagging"]) == ("仅1项", 1)
    assert state["change"]["count"] == 27
    lagging = {i["code"]: i["lagging_periods"] for i in state["indicators"] if i["lagging_periods"]}
    assert lagging == {"1-3": 1, "3-1": 2, "4-3": 2, "6-2": 2, "7-1": 2, "10-1": 2}
    eleven = next(i for i in state["indicators"] if i["code"] == "1-1")
    assert (eleven["previous"], eleven["increase"]) == ("26800", "2160")
