"""What must hold of the twin for any figures."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng_xl import Entry, Period, Plan, progress_of
from minsheng_xl.figures.progress import CountyProgress
from minsheng_xl.plan.model import Comparator, Kind, Tier

PLAN = Plan.built_in(sample=True)
ASSESSED = [i for i in PLAN.indicators if i.tier is Tier.ASSESSED]
PERIODS = st.sampled_from(PLAN.periods)
NUMBERS = st.decimals(0, 10**6, places=3).map(Fraction)
ODD = st.sampled_from([None, "约1.2万", "待核：98%", "是"])


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Entry]:
    found = {}
    for indicator in PLAN.indicators:
        if indicator.kind is Kind.RATIO:
            found[indicator.code] = Entry(numerator=draw(NUMBERS | ODD), denominator=draw(NUMBERS | ODD))
        elif indicator.kind is Kind.MILESTONE:
            found[indicator.code] = Entry(draw(st.sampled_from(["是", "否", None, "差不多"])))
        elif indicator.takes_figures:
            around = st.integers(-3, 3).map(lambda n, t=indicator.target: Fraction(max(0, (t or 0) + n)))
            found[indicator.code] = Entry(draw(NUMBERS | around | ODD))
    return found


def run(period: Period, found: dict[str, Entry]) -> CountyProgress:
    return progress_of(PLAN, period, found)


@given(entries(), PERIODS)
@settings(max_examples=60, deadline=None)
def test_silence_never_pays(found: dict[str, Entry], period: Period) -> None:
    for averages in (*(p.averages for p in run(period, found).projects), run(period, found).averages):
        if averages.average_reported is not None and averages.average_all is not None:
            assert averages.average_all <= averages.average_reported


@given(entries(), PERIODS, st.sampled_from(ASSESSED))
@settings(max_examples=60, deadline=None)
def test_an_unreported_indicator_leaves_the_average_over_the_rest_as_it_is(
    found: dict[str, Entry], period: Period, indicator: object
) -> None:
    code = indicator.code  # type: ignore[attr-defined]
    rows = [r for r in run(period, found).indicators if r.rate is not None and r.tally.value == "已报" and r.indicator.code != code]
    weight = sum((r.indicator.weight for r in rows), Fraction(0))
    expected = sum((r.indicator.weight * min(Fraction(1), r.rate or Fraction(0)) for r in rows), Fraction(0)) / weight if weight else None
    assert run(period, found | {code: Entry()}).averages.average_reported == expected


@given(entries(), PERIODS)
@settings(max_examples=60, deadline=None)
def test_nothing_prints_100_unmet(found: dict[str, Entry], period: Period) -> None:
    county = run(period, found)
    for row in county.indicators:
        if row.rate is not None:
            assert (float(row.rate_text.rstrip("%")) >= 100) == bool(row.met), (row.indicator.code, row.rate_text)
    for project in county.projects:
        if project.averages.average_reported_text == "100.0%":
            assert all(r.met for r in project.indicators if r.tally.value == "已报")
        if project.averages.average_all_text == "100.0%":
            assert all(r.met for r in project.indicators if r.tally.value in ("已报", "未报"))


@given(entries(), PERIODS)
@settings(max_examples=60, deadline=None)
def test_states_are_exclusive_and_add_up(found: dict[str, Entry], period: Period) -> None:
    county = run(period, found)
    states = [r.status for r in county.indicators if r.indicator.tier is Tier.ASSESSED]
    assert None not in states
    assert len(states) == len(ASSESSED)
    a = county.averages
    assert a.reported + a.held + sum(r.tally.value == "未报" for r in county.indicators) == a.counted


@given(st.sampled_from([i for i in ASSESSED if i.kind in (Kind.CUMULATIVE, Kind.STOCK)]), NUMBERS, NUMBERS, PERIODS)
@settings(max_examples=150, deadline=None)
def test_the_rate_rises_with_the_value(indicator: object, one: Fraction, other: Fraction, period: Period) -> None:
    code = indicator.code  # type: ignore[attr-defined]
    low, high = sorted((one, other))
    rates = [next(r.rate for r in run(period, {code: Entry(v)}).indicators if r.indicator.code == code) for v in (low, high)]
    assert rates[0] is not None
    assert rates[1] is not None
    assert rates[0] <= rates[1]


@given(NUMBERS, NUMBERS)
@settings(max_examples=150, deadline=None)
def test_the_rate_of_an_at_most_target_falls(one: Fraction, other: Fraction) -> None:
    from tests.makers import QUARTERS

    plan = Plan.load(QUARTERS)
    assert plan.indicator("甲2").comparator is Comparator.AT_MOST
    rates = [
        next(r.rate for r in progress_of(plan, plan.periods[1], {"甲2": Entry(v)}).indicators if r.indicator.code == "甲2")
        for v in sorted((one, other))
    ]
    assert rates[0] is not None
    assert rates[1] is not None
    assert rates[0] >= rates[1]


@given(st.sampled_from([i for i in ASSESSED if i.comparator is Comparator.MORE_THAN]), PERIODS)
def test_a_strict_target_is_not_met_at_equality(indicator: object, period: Period) -> None:
    target: Fraction = indicator.target  # type: ignore[attr-defined]
    code: str = indicator.code  # type: ignore[attr-defined]
    at, above = (
        next(r for r in run(period, {code: Entry(v)}).indicators if r.indicator.code == code) for v in (target, target + 1)
    )
    assert (at.met, at.rate_text, above.met) == (False, "99.9%", True)


@given(st.lists(st.tuples(NUMBERS, NUMBERS.filter(bool)), min_size=1, max_size=8))
def test_totals_of_rates_are_sums_over_sums(pairs: list[tuple[Fraction, Fraction]]) -> None:
    total = Entry(numerator=sum((n for n, _ in pairs), Fraction(0)), denominator=sum((d for _, d in pairs), Fraction(0)))
    value = next(r.value for r in run(PLAN.periods[0], {"7-4": total}).indicators if r.indicator.code == "7-4")
    assert value == sum(n for n, _ in pairs) / sum(d for _, d in pairs)
