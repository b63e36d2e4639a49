"""排名, 滞后 and the change since the last period, worked out by hand."""

from fractions import Fraction

import pytest

from minsheng_xl import Period, Plan, Year, status
from minsheng_xl.accounts.period import Past, PeriodAccount
from minsheng_xl.accounts.ranks import change_of, ranks_of
from minsheng_xl.exact.expressions import Const, Expr, Lookup, Range, Rows, Value, clipped
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures import rankings as r
from minsheng_xl.figures.progress import progress_of
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.plan.model import Kind, PaceRule
from minsheng_xl.telling.notices import bulletin
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
    assert account.streak_before("8-1").lagging == 1


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


def counted(plan: Plan, unit: str, cells: dict[tuple[str, str, str], Value]) -> tuple[object, int, int, str]:
    account = empty_account(plan, OCTOBER, {unit: cells})  # type: ignore[arg-type]
    ranks = ranks_of(account, progress_of(plan, OCTOBER, account.entries()))
    (one,) = (one for one in ranks if one.unit == unit)
    return one.rank, one.judged, one.owed, one.remark


CIVIL = "县民政局"  # 6-1 … 6-4
ROWS = ("6-1", "6-2", "6-3", "6-4")


def without_steps(plan: Plan, *codes: str) -> Plan:
    """The plan in which all four are counted from the year's beginning, evenly but for those of which nobody set the
    steps."""
    rules = {code: PaceRule.STEPS if code in codes else PaceRule.LINEAR for code in ROWS}
    return plan.having(indicators=tuple(
        i._replace(kind=Kind.CUMULATIVE, pace_rule=rules[i.code], steps=()) if i.code in ROWS else i
        for i in plan.indicators
    ))


FIGURES = {figure("6-1"): F(1), figure("6-2"): F(70), figure("6-3"): F(9), figure("6-4"): F(78000)}
JUDGED = [
    # of four rows that many are 序时未定; 待核 is owed, and not judged
    ((), {}, 4, ""), (("6-1",), {}, 3, ""), (("6-1", "6-2"), {}, 2, ""), (("6-1", "6-2", "6-3"), {}, 1, "未排名，参评不足"),
    (("6-1", "6-2", "6-3", "6-4"), {}, 0, "未排名，参评不足"), (("6-1",), {figure("6-2"): "约70"}, 2, "暂定"),
    (("6-1", "6-3"), {figure("6-2"): "约70"}, 1, "未排名，参评不足"),
]


@pytest.mark.parametrize(("unset", "doubtful", "judged", "remark"), JUDGED)
def test_a_lead_is_ranked_if_half_of_its_rows_are_judged(
    sample_plan: Plan, unset: tuple[str, ...], doubtful: dict[tuple[str, str, str], Value], judged: int, remark: str
) -> None:
    found = counted(without_steps(sample_plan, *unset), CIVIL, FIGURES | doubtful)
    assert found[1:] == (judged, 4, remark)
    assert (found[0] is None) is remark.startswith("未排名")


def test_from_which_share_on_is_a_setting(sample_plan: Plan) -> None:
    plan = without_steps(sample_plan, "6-1", "6-2", "6-3")
    lower = plan.having(settings=plan.settings._replace(least_judged=F(1, 4)))
    higher = sample_plan.having(settings=plan.settings._replace(least_judged=F(1)))
    assert counted(lower, CIVIL, FIGURES)[1:] == (1, 4, "仅1项")
    assert counted(lower, CIVIL, FIGURES)[0] is not None
    assert counted(without_steps(higher, "6-1"), CIVIL, FIGURES)[3] == "未排名，参评不足"


def test_units_that_are_not_named_are_not_ranked(sample_plan: Plan) -> None:
    units = tuple(u._replace(is_listed=u.name != "县残联") for u in sample_plan.units)
    plan = Plan(sample_plan.settings, sample_plan.projects, sample_plan.indicators, units, sample_plan.tables)
    account = empty_account(plan, OCTOBER, {"县残联": {figure("8-1"): F(10)}})
    ranks = [one.unit for one in ranks_of(account, progress_of(plan, OCTOBER, account.entries()))]
    assert len(ranks) == 10
    assert "县残联" not in ranks
    assert "县残联" not in bulletin(account)
    assert "8-1 残疾儿童康复救助：完成8.3%" in bulletin(account)
    book = master_book(account, "", 0)
    named = {
        id: any("县残联" in str(book.value(sheet, cell)) for cell in sheet.cells.values())
        for id in ("ranking", "lagging", "brief") for sheet in [book.sheet(id)]
    }
    assert named == {"ranking": False, "lagging": False, "brief": False}
    silent = bulletin(empty_account(plan, OCTOBER))
    assert silent.split("\r\n")[-2] == "　　另有1个不列名的单位。"
    notes = [str(cell.content) for cell in book.sheet("ranking").cells.values()]
    assert any("另有1个牵头单位不列名" in note for note in notes)


def test_the_rank_goes_by_the_share_that_the_light_goes_by(sample_plan: Plan) -> None:
    """70000 of 80000 from 60000 is half of the increase, though 87.5 % of the target."""
    row = sample_plan.indicator("6-4")._replace(opening=F(60000), target=F(80000), pace_rule=PaceRule.LINEAR)
    t = d.terms(sample_plan, row, OCTOBER)
    o = d.Operands(Const(F(70000)), target=Const(t.target), pace=Const(t.pace))
    assert value(r.gap(t, o, Const("▼ 滞后红"))) == F("-0.333333333333")


def test_the_lists_are_in_the_order_of_exact_figures() -> None:
    """Both print −7.0: the one behind by a hundredth more comes first."""
    keys = [value(r.lag_key(Const(points), Const("◆ 滞后黄"))) for points in (F("-7.01"), F("-7.02"))]
    assert [value(r.place(column(*keys), n)) for n in range(2)] == [2, 1]
    leading = [value(r.lead_key(Const(points), Const("▲ 超序时"))) for points in (F("6.01"), F("6.02"), F("0.04"))]
    assert [value(r.place(column(*leading), n)) for n in range(3)] == [2, 1, ""]
