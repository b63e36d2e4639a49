"""Rates, pace, deviation and status, by cases worked out by hand."""

from fractions import Fraction

import pytest

from minsheng_xl import Entry, Indicator, Period, Plan, progress_of
from minsheng_xl.exact.expressions import Value
from minsheng_xl.figures.definitions import Status
from minsheng_xl.figures.progress import CountyProgress, IndicatorProgress
from minsheng_xl.plan.model import Comparator, Kind, PaceRule, Tier

OCTOBER, DECEMBER = Period.parse("2022-10"), Period.parse("2022-12")


def F(text: str) -> Fraction:
    return Fraction(text)


def one(indicator: Indicator, plan: Plan, period: Period, **cells: Value) -> IndicatorProgress:
    changed = plan.having(indicators=(indicator,), projects=(plan.project(indicator.project),))
    return progress_of(changed, period, {indicator.code: Entry(**cells)}).indicators[0]


BASE = Indicator(
    code="1-1", tier=Tier.ASSESSED, project=1, name="指标", quote="", kind=Kind.CUMULATIVE, unit_of_measure="个", lead="县民政局", filler="县民政局",
    comparator=Comparator.AT_LEAST, target=Fraction(300), pace_rule=PaceRule.LINEAR,
)


@pytest.mark.parametrize(
    ("comparator", "target", "value", "text", "met"),
    [
        ("≥", "30", "58.74", "195.8%", True), ("≥", "400", "1089", "272.3%", True), ("≥", "15000", "14999", "99.9%", False),
        ("≥", "15000", "15000", "100.0%", True), ("≥", "10000", "9995", "99.9%", False), ("≥", "10000", "9994", "99.9%", False),
        ("≥", "10000", "9944", "99.4%", False), ("≥", "10000", "9945", "99.5%", False), ("≥", "2000", "1333", "66.7%", False),
        ("＞", "4", "4", "99.9%", False), ("＞", "4", "5", "125.0%", True), ("＞", "32", "32", "99.9%", False),
        ("＞", "60", "61", "101.7%", True), ("≤", "5", "4", "100.0%", True), ("≤", "5", "5", "100.0%", True),
        ("≤", "5", "0", "100.0%", True), ("≤", "5", "8", "62.5%", False), ("≤", "5000", "5001", "99.9%", False),
        ("≤", "0", "0", "100.0%", True), ("≤", "0", "2", "0.0%", False), ("≥", "30", "0", "0.0%", False),
    ],
)
def test_a_rate_prints_100_only_if_the_target_is_met(
    sample_plan: Plan, comparator: str, target: str, value: str, text: str, met: bool
) -> None:
    indicator = BASE._replace(comparator=Comparator(comparator), target=F(target))
    found = one(indicator, sample_plan, OCTOBER, reported=F(value))
    assert (found.rate_text, found.met) == (text, met)


LIGHTS = [
    # pace 10/12 = 83.333…%; target 300: 250 is exactly on pace, one is a third of a point
    ("265", Status.ON_PACE, "+5.0"), ("266", Status.AHEAD, "+5.3"), ("235", Status.ON_PACE, "−5.0"),
    ("234", Status.YELLOW, "−5.3"), ("205", Status.YELLOW, "−15.0"), ("204", Status.RED, "−15.3"),
    ("250", Status.ON_PACE, "0.0"), ("300", Status.DONE, "+16.7"), ("299", Status.AHEAD, "+16.3"), ("0", Status.RED, "−83.3"),
]


@pytest.mark.parametrize(("value", "status", "deviation"), LIGHTS)
def test_lights_by_exact_deviation(sample_plan: Plan, value: str, status: Status, deviation: str) -> None:
    found = one(BASE, sample_plan, OCTOBER, reported=F(value))
    assert (found.status, found.deviation_text) == (status, deviation)


def test_the_bands_are_settings(quarters_plan: Plan) -> None:
    indicator = BASE._replace(project=2, lead="农业农村局", filler="农业农村局")
    third = Period.parse("2024-Q3")  # pace 75 %, bands 10, −10, −30
    states = [one(indicator, quarters_plan, third, reported=F(v)).status for v in ("256", "255", "195", "194", "135", "134")]
    assert states == [Status.AHEAD, Status.ON_PACE, Status.ON_PACE, Status.YELLOW, Status.YELLOW, Status.RED]


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({}, Status.MISSING), ({"reported": "约1.2万"}, Status.HELD), ({"reported": "待核：3.14"}, Status.HELD),
        ({"reported": "是"}, Status.HELD), ({"reported": F("0")}, Status.RED),
    ],
)
def test_blank_is_missing_and_text_is_held_and_neither_is_zero(sample_plan: Plan, cells: dict[str, Value], status: Status) -> None:
    found = one(BASE, sample_plan, OCTOBER, **cells)
    assert found.status is status
    assert (found.rate is None) == (status is not Status.RED)


RATIO = BASE._replace(
    kind=Kind.RATIO, target=F("0.6"), pace_rule=PaceRule.FLAT, numerator="分子", denominator="分母"
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "status", "rate", "deviation"),
    [
        (F("644"), F("1000"), Status.AHEAD, "107.3%", "+7.3"), (F("201"), F("335"), Status.ON_PACE, "100.0%", "0.0"),
        (F("630"), F("1000"), Status.ON_PACE, "105.0%", "+5.0"), (F("631"), F("1000"), Status.AHEAD, "105.2%", "+5.2"),
        (F("200"), F("335"), Status.YELLOW, "99.5%", "−0.5"), (F("510"), F("1000"), Status.YELLOW, "85.0%", "−15.0"),
        (F("509"), F("1000"), Status.RED, "84.8%", "−15.2"), (F("5999999"), F("10000000"), Status.YELLOW, "99.9%", "0.0"),
        (F("5"), None, Status.HELD, "—", "—"), (None, F("5"), Status.HELD, "—", "—"), (None, None, Status.MISSING, "—", "—"),
        (F("5"), F("0"), Status.HELD, "—", "—"), (F("5"), F("-2"), Status.HELD, "—", "—"), ("98%", F("5"), Status.HELD, "—", "—"),
    ],
)
def test_a_flat_ratio_unmet_is_never_on_pace(
    sample_plan: Plan, numerator: Value, denominator: Value, status: Status, rate: str, deviation: str
) -> None:
    found = one(RATIO, sample_plan, OCTOBER, numerator=numerator, denominator=denominator)
    assert (found.status, found.rate_text, found.deviation_text) == (status, rate, deviation)


def test_the_offices_denominator_is_no_input(sample_plan: Plan) -> None:
    fixed = RATIO._replace(office_denominator=True, fixed_denominator=F("10"))
    unset = RATIO._replace(office_denominator=True, fixed_denominator=None)
    assert one(fixed, sample_plan, OCTOBER, numerator=F("6")).status is Status.ON_PACE
    assert one(fixed, sample_plan, OCTOBER).status is Status.MISSING
    assert one(unset, sample_plan, OCTOBER).status is Status.MISSING
    assert one(unset, sample_plan, OCTOBER, numerator=F("6")).status is Status.HELD


STOCK = BASE._replace(kind=Kind.STOCK, target=F("200"), opening=F("60"))


@pytest.mark.parametrize(
    ("value", "status", "deviation", "rate"),
    [
        # (165 − 60)/(200 − 60) = 75 % against 83.3 %
        ("165", Status.YELLOW, "−8.3", "82.5%"), ("184", Status.AHEAD, "+5.2", "92.0%"), ("200", Status.AHEAD, "+16.7", "100.0%"),
        ("60", Status.RED, "−83.3", "30.0%"), ("50", Status.RED, "−83.3", "25.0%"),
        # below its 年初数 nothing of the increase is made: never less than nothing
    ],
)
def test_a_stock_is_measured_on_the_years_increase(
    sample_plan: Plan, value: str, status: Status, deviation: str, rate: str
) -> None:
    found = one(STOCK, sample_plan, OCTOBER, reported=F(value))
    assert (found.status, found.deviation_text, found.rate_text, found.pace) == (status, deviation, rate, F("5/6"))


def test_a_stock_without_opening_has_no_pace(sample_plan: Plan) -> None:
    found = one(STOCK._replace(opening=None), sample_plan, OCTOBER, reported=F("199"))
    assert (found.status, found.pace, found.deviation) == (Status.OPEN, None, None)


def test_an_opening_at_the_target_makes_it_flat(sample_plan: Plan) -> None:
    flat = STOCK._replace(opening=F("200"))
    assert one(flat, sample_plan, OCTOBER, reported=F("199")).status is Status.YELLOW
    assert one(flat, sample_plan, OCTOBER, reported=F("200")).status is Status.ON_PACE


STEPS = BASE._replace(pace_rule=PaceRule.STEPS, steps=((6, F("0.3")), (9, F("0.7")), (12, F("1"))))


@pytest.mark.parametrize(("period", "pace"), [("2022-05", "0"), ("2022-06", "0.3"), ("2022-10", "0.7"), ("2022-12", "1")])
def test_a_step_plan_holds_until_the_next_step(sample_plan: Plan, period: str, pace: str) -> None:
    assert one(STEPS, sample_plan, Period.parse(period), reported=F("100")).pace == F(pace)


def test_works_without_steps_have_no_light(sample_plan: Plan) -> None:
    works = STEPS._replace(steps=())
    assert one(works, sample_plan, OCTOBER, reported=F("10")).status is Status.OPEN
    assert one(works, sample_plan, OCTOBER, reported=F("300")).status is Status.DONE


def test_annual_pace_is_zero_until_the_last_period(sample_plan: Plan) -> None:
    annual = BASE._replace(pace_rule=PaceRule.ANNUAL)
    assert one(annual, sample_plan, OCTOBER, reported=F("0")).status is Status.ON_PACE
    assert one(annual, sample_plan, DECEMBER, reported=F("299")).status is Status.MISSED


@pytest.mark.parametrize(
    ("indicator", "in_october"),
    [(BASE, Status.DONE), (STOCK._replace(target=F("300")), Status.AHEAD), (BASE._replace(kind=Kind.STOCK, opening=None), Status.ON_PACE)],
)
def test_what_can_fall_again_is_done_only_in_the_last_period(
    sample_plan: Plan, indicator: Indicator, in_october: Status
) -> None:
    assert one(indicator, sample_plan, OCTOBER, reported=F("300")).status is in_october
    assert one(indicator, sample_plan, DECEMBER, reported=F("300")).status is Status.DONE
    assert one(indicator, sample_plan, DECEMBER, reported=F("299")).status is Status.MISSED
    assert one(indicator, sample_plan, DECEMBER).status is Status.MISSING
    assert one(indicator, sample_plan, DECEMBER, reported="x").status is Status.HELD


def test_at_most_targets_are_flat_and_done_only_at_the_end(sample_plan: Plan) -> None:
    most = BASE._replace(comparator=Comparator.AT_MOST, target=F("5"))
    assert one(most, sample_plan, OCTOBER, reported=F("4")).status is Status.ON_PACE
    assert one(most, sample_plan, OCTOBER, reported=F("5.5")).status is Status.YELLOW
    assert one(most, sample_plan, OCTOBER, reported=F("6")).status is Status.RED
    assert one(most, sample_plan, DECEMBER, reported=F("4")).status is Status.DONE


def test_milestones(sample_plan: Plan) -> None:
    milestone = BASE._replace(kind=Kind.MILESTONE, comparator=Comparator.YES, target=F("1"), pace_rule=PaceRule.STEPS)
    assert [one(milestone, sample_plan, OCTOBER, reported=v).status for v in ("是", "否", None, F("1"))] == [
        Status.DONE, Status.OPEN, Status.MISSING, Status.HELD,
    ]


def test_a_pause_beats_everything(sample_plan: Plan) -> None:
    paused = BASE._replace(pause_document="鲁政办12号", paused_from=Period.parse("2022-09"))
    assert one(paused, sample_plan, Period.parse("2022-08"), reported=F("1")).status is Status.RED
    for cells in ({}, {"reported": F("300")}, {"reported": "x"}):
        assert one(paused, sample_plan, OCTOBER, **cells).status is Status.PAUSED  # type: ignore[arg-type]


def test_gates_wait_for_their_deadline(quarters_plan: Plan) -> None:
    states = []
    for period in quarters_plan.periods[:2]:
        for cells in (Entry(), Entry(numerator=F("13")), Entry(numerator=F("14")), Entry(numerator="x")):
            found = progress_of(quarters_plan, period, {"丙2": cells})
            states.append(next(i.status for i in found.indicators if i.indicator.code == "丙2"))
    assert states == [Status.NOT_DUE] * 4 + [Status.MISSING, Status.MISSED, Status.DONE, Status.HELD]


def county(plan: Plan, period: Period, **values: Value) -> CountyProgress:
    return progress_of(plan, period, {code.replace("_", "-"): Entry(reported=value) for code, value in values.items()})


def test_averages_by_hand(sample_plan: Plan) -> None:
    # project 3: weights 1, 0.5, 0.5
    three = county(sample_plan, OCTOBER, **{"3_1": F("1016"), "3_2": F("9")}).projects[2]
    assert three.averages.average_reported == F("2/3")  # (1 × 0.5 + 0.5 × 1) / 1.5
    assert three.averages.average_all == F("0.5")  # … / 2
    assert (three.averages.reported, three.averages.counted, three.averages.held) == (2, 3, 0)
    held = county(sample_plan, OCTOBER, **{"3_1": F("1016"), "3_2": "九个"}).projects[2]
    assert held.averages.average_all == F("1/3")  # the doubtful row is in neither sum
    assert held.averages.held == 1


def test_nothing_reported_and_no_weight_left(sample_plan: Plan) -> None:
    nothing = county(sample_plan, OCTOBER).projects[7].averages
    assert (nothing.average_reported_text, nothing.average_all_text, nothing.average_all) == ("—", "0.0%", 0)
    doubtful = county(sample_plan, OCTOBER, **{"8_1": "百余人"}).projects[7].averages
    assert (doubtful.average_reported_text, doubtful.average_all_text) == ("—", "—")


def test_an_average_prints_100_only_if_all_are_met(sample_plan: Plan) -> None:
    cells: dict[str, Value] = {"2_1": "是", "2_2": F("5"), "2_3": F("9"), "2_4": F("4")}
    two = county(sample_plan, OCTOBER, **cells).projects[1].averages
    assert two.average_all == 1  # capped rates, yet 4 is not more than 4
    assert two.average_all_text == "99.9%"
    assert county(sample_plan, OCTOBER, **(cells | {"2_4": F("5")})).projects[1].averages.average_all_text == "100.0%"


def test_a_projects_state_is_its_worst(sample_plan: Plan) -> None:
    def state(**cells: Value) -> Status | None:
        return county(sample_plan, OCTOBER, **cells).projects[0].status

    assert state(**{"1_1": F("31400"), "1_2": F("25500"), "1_3": F("10400")}) is Status.DONE
    assert state(**{"1_1": F("31400"), "1_2": F("25500"), "1_3": F("10399")}) is Status.AHEAD
    assert state(**{"1_1": F("31400"), "1_2": F("25500")}) is Status.MISSING
    assert state(**{"1_1": F("31400"), "1_2": "x"}) is Status.MISSING
    assert state(**{"1_1": F("0"), "1_2": "x"}) is Status.RED


def test_a_project_waits_for_its_gates(quarters_plan: Plan) -> None:
    last = quarters_plan.periods[-1]
    for numerator, quarter, status in (
        (F("13"), quarters_plan.periods[2], Status.ON_PACE), (F("14"), quarters_plan.periods[2], Status.DONE),
        (F("13"), last, Status.MISSED), (F("14"), last, Status.DONE),
    ):
        found = progress_of(quarters_plan, quarter, {"丙1": Entry("是"), "丙2": Entry(numerator=numerator)})
        assert found.projects[2].status is status


def test_lights_are_counted(sample_plan: Plan) -> None:
    found = county(sample_plan, OCTOBER, **{"1_1": F("31400"), "1_2": F("0"), "1_3": "x"}).projects[0]
    assert found.lights == "1项完成、1项严重滞后、1项待核"


def test_those_ahead_are_counted_as_on_pace(sample_plan: Plan) -> None:
    """1-1: 29000/31400 against 10/12 is 9 points ahead; 1-2: 21500/25500 is one point ahead; 1-3: 7900/10400 is seven
    behind. The count of a project names no lights."""
    found = county(sample_plan, OCTOBER, **{"1_1": F("29000"), "1_2": F("21500"), "1_3": F("7900")}).projects[0]
    assert found.lights == "2项按序时、1项滞后"


def test_in_the_last_period_the_count_says_what_is_not_done(sample_plan: Plan) -> None:
    last = sample_plan.periods[-1]
    found = county(sample_plan, last, **{"1_1": F("31400"), "1_2": F("25000"), "1_3": F("10400")}).projects[0]
    assert found.lights == "2项完成、1项未完成"


def test_the_derived_commitment_follows_its_sources(sample_plan: Plan) -> None:
    def derived(*numerators: str) -> Fraction | None:
        entries = {
            code: Entry(numerator=F(n), denominator=F("100"))
            for code, n in zip(("7-3", "7-4", "7-5"), numerators, strict=False)
        }
        rows = progress_of(sample_plan, OCTOBER, entries).indicators
        return next(i.value for i in rows if i.indicator.code == "7-7")

    assert (derived("60", "98", "98"), derived("60", "97"), derived("60", "98")) == (1, 0, None)


def test_the_county_mean_by_project(quarters_plan: Plan) -> None:
    last = quarters_plan.periods[-1]
    entries = {"甲1": Entry(F("120.5")), "乙1": Entry(F("3.26")), "丙1": Entry("否")}
    found = progress_of(quarters_plan, last, entries)
    shares = [p.averages.average_all for p in found.projects]
    assert shares == [F("1/2"), F("2/3"), F("0")]  # 2 of 4; 1 of 1.5, one paused; 0
    assert found.averages.average_all == F("7/18")
    assert quarters_plan.settings._replace(mean_by_project=False) != quarters_plan.settings
    by_indicator = progress_of(quarters_plan.having(settings=quarters_plan.settings._replace(mean_by_project=False)), last, entries)
    assert by_indicator.averages.average_all == F("6/13")  # 3 of 6.5
