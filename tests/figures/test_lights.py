"""Lights, 偏差 and remarks where a day has come, an increase decides or a pace is unknown: tables reasoned by hand."""

from datetime import date
from fractions import Fraction

import pytest

from minsheng_xl import Entry, Indicator, Period, Plan, progress_of
from minsheng_xl.exact.expressions import Const, Value
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands, Status, terms
from minsheng_xl.figures.pace import pace_of
from minsheng_xl.figures.progress import IndicatorProgress
from minsheng_xl.figures.remarks import missing, remark
from minsheng_xl.plan.model import Comparator, Kind, PaceRule, Tier
from minsheng_xl.plan.period import Frequency

F = Fraction
MONTHS = {n: Period(2022, n) for n in range(1, 13)}
JUNE, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (MONTHS[n] for n in (6, 8, 9, 10, 11, 12))

LINEAR = Indicator(
    code="1-1", tier=Tier.ASSESSED, project=1, name="改造", quote="", kind=Kind.CUMULATIVE, unit_of_measure="户",
    lead="县民政局", filler="县民政局", comparator=Comparator.AT_LEAST, target=F(639), pace_rule=PaceRule.LINEAR,
)
SEPT = LINEAR._replace(deadline=date(2022, 9, 30))
WORKS = LINEAR._replace(pace_rule=PaceRule.STEPS)
WORKS_SEPT = WORKS._replace(deadline=date(2022, 9, 15))
STEPPED = WORKS._replace(steps=((6, F(1, 2)), (9, F(1))))
ANNUAL = LINEAR._replace(pace_rule=PaceRule.ANNUAL, deadline=date(2022, 11, 30))
FLAT = LINEAR._replace(pace_rule=PaceRule.FLAT)
MILESTONE = WORKS_SEPT._replace(kind=Kind.MILESTONE, comparator=Comparator.YES, target=F(1))
STRICT = SEPT._replace(comparator=Comparator.MORE_THAN, target=F(4), unit_of_measure="家")
ROADS = SEPT._replace(target=F("48.5"), decimals=2, unit_of_measure="公里")
BEDS = LINEAR._replace(kind=Kind.STOCK, target=F(200), opening=F(60), unit_of_measure="张")
BEDS_SEPT = BEDS._replace(deadline=date(2022, 9, 30))
UNOPENED = BEDS._replace(opening=None)
CLOSE = BEDS._replace(target=F(1000), opening=F(981))  # 19 of 1000 is less than 2 %
JUST = CLOSE._replace(opening=F(980))  # 20 of 1000 is 2 %
USERS = LINEAR._replace(kind=Kind.RATIO, target=F(65, 100), opening=F(41, 100), unit_of_measure="%")
RATE_SEPT = LINEAR._replace(kind=Kind.RATIO, target=F(6, 10), opening=F(0), deadline=date(2022, 9, 30))
ACCIDENTS = LINEAR._replace(comparator=Comparator.AT_MOST, target=F(0), unit_of_measure="起")
ACCIDENTS_SEPT = ACCIDENTS._replace(deadline=date(2022, 9, 30))

GREEN, AHEAD, YELLOW, RED = Status.ON_PACE, Status.AHEAD, Status.YELLOW, Status.RED
DONE, OPEN, MISSED, MISSING = Status.DONE, Status.OPEN, Status.MISSED, Status.MISSING


PACES = [
    # elapsed / periods to the deadline
    (SEPT, JUNE, F(6, 9)), (SEPT, AUGUST, F(8, 9)), (SEPT, SEPTEMBER, F(1)), (SEPT, OCTOBER, F(1)),
    (SEPT._replace(deadline=date(2022, 10, 1)), SEPTEMBER, F(9, 10)),  # it falls in October
    (SEPT._replace(deadline=date(2022, 1, 5)), MONTHS[1], F(1)),
    (SEPT._replace(deadline=date(2022, 12, 31)), OCTOBER, F(10, 12)),  # the last of the year is none
    (SEPT._replace(deadline=date(2022, 12, 20)), NOVEMBER, F(11, 12)),
    (SEPT._replace(deadline=date(2023, 6, 30)), OCTOBER, F(10, 12)),
    (WORKS_SEPT, AUGUST, None), (WORKS_SEPT, SEPTEMBER, F(1)), (WORKS, SEPTEMBER, None),
    (STEPPED, AUGUST, F(1, 2)), (STEPPED, SEPTEMBER, F(1)),
    (STEPPED._replace(deadline=date(2022, 8, 31)), AUGUST, F(1)),  # the day that was published comes first
    (ANNUAL, OCTOBER, F(0)), (ANNUAL, NOVEMBER, F(1)),
    (UNOPENED, OCTOBER, None), (UNOPENED._replace(deadline=date(2022, 9, 30)), OCTOBER, F(1)),
    (BEDS, OCTOBER, F(10, 12)), (BEDS_SEPT, JUNE, F(6, 9)), (CLOSE, JUNE, F(1)), (JUST, JUNE, F(1, 2)),
    (FLAT._replace(deadline=date(2022, 9, 30)), JUNE, F(1)), (ACCIDENTS, JUNE, F(1)),
    (LINEAR._replace(tier=Tier.GATE, deadline=date(2022, 9, 30)), OCTOBER, None),
]


@pytest.mark.parametrize(("indicator", "period", "pace"), PACES)
def test_the_pace_runs_to_the_day_of_the_table(indicator: Indicator, period: Period, pace: F | None) -> None:
    assert pace_of(indicator, period, F(2, 100)).share == pace


def test_quarters_run_to_the_one_in_which_the_day_falls() -> None:
    august = LINEAR._replace(deadline=date(2024, 8, 25))
    quarters = [Period(2024, month, Frequency.QUARTER) for month in (3, 6, 9, 12)]
    assert [pace_of(august, quarter, F(0)).share for quarter in quarters] == [F(1, 3), F(2, 3), 1, 1]


def test_from_where_an_increase_decides_is_a_setting() -> None:
    assert pace_of(CLOSE, JUNE, F(2, 100)).opening is None
    assert pace_of(CLOSE, JUNE, F(1, 100)).opening == 981
    assert pace_of(JUST, JUNE, F(2, 100)).opening == 980


LIGHTS: list[tuple[Indicator, Period, Value, Status, str, str]] = [
    # figures of 639 at the end of September: 612 is 95.8 %, 544 is 85.1 %, 543 is 84.98 %
    (SEPT, SEPTEMBER, F(612), YELLOW, "−4.2", "逾期未完成，差27户"),
    (SEPT, SEPTEMBER, F(544), YELLOW, "−14.9", "逾期未完成，差95户"),
    (SEPT, SEPTEMBER, F(543), RED, "−15.0", "逾期未完成，差96户"),
    (SEPT, OCTOBER, F(638), YELLOW, "−0.2", "逾期未完成，差1户"),
    (SEPT, SEPTEMBER, F(639), DONE, "0.0", ""),
    (SEPT, AUGUST, F(612), AHEAD, "+6.9", ""),  # 95.77 − 88.89
    (SEPT, AUGUST, F(536), YELLOW, "−5.0", ""),  # 83.881 − 88.889 is −5.008
    (SEPT, AUGUST, F(537), GREEN, "−4.9", ""),  # 84.038 − 88.889
    (STEPPED, SEPTEMBER, F(612), YELLOW, "−4.2", "逾期未完成，差27户"),
    (STEPPED, AUGUST, F(612), AHEAD, "+45.8", ""),
    (WORKS_SEPT, AUGUST, F(612), OPEN, "—", ""),
    (WORKS_SEPT, SEPTEMBER, F(612), YELLOW, "−4.2", "逾期未完成，差27户"),
    (WORKS_SEPT, AUGUST, F(639), DONE, "—", ""),
    (WORKS_SEPT, SEPTEMBER, None, MISSING, "—", "8月数 3"),
    (ANNUAL, OCTOBER, F(0), GREEN, "0.0", ""),
    (ANNUAL, NOVEMBER, F(0), RED, "−100.0", "逾期未完成，差639户"),
    (FLAT, JUNE, F(638), YELLOW, "−0.2", ""),
    (FLAT, JUNE, F(639), DONE, "0.0", ""),
    (MILESTONE, AUGUST, "否", OPEN, "—", ""),
    (MILESTONE, SEPTEMBER, "否", RED, "−100.0", "逾期未完成"),
    (MILESTONE, SEPTEMBER, "是", DONE, "0.0", ""),
    (STRICT, SEPTEMBER, F(4), YELLOW, "0.0", "逾期未完成，差1家"),
    (STRICT, SEPTEMBER, F(5), DONE, "+25.0", ""),
    (ROADS, SEPTEMBER, F("48.48"), YELLOW, "0.0", "逾期未完成，差0.02公里"),
    (LINEAR, DECEMBER, F(612), MISSED, "−4.2", ""),
    (SEPT, DECEMBER, F(612), MISSED, "−4.2", "逾期未完成，差27户"),
    # the increase of 140 beds: 165 is 75 %, 50 is none; 10/12 of it were planned
    (BEDS, OCTOBER, F(165), YELLOW, "−8.3", "年度增量完成75.0%，计划83.3%"),
    (BEDS, OCTOBER, F(50), RED, "−83.3", "年度增量完成0.0%，计划83.3%"),
    (BEDS, OCTOBER, F(200), AHEAD, "+16.7", "年度增量完成100.0%，计划83.3%"),
    (BEDS_SEPT, SEPTEMBER, F(193), YELLOW, "−5.0", "逾期未完成，差7张"),  # 133 of 140
    (CLOSE, JUNE, F(999), YELLOW, "−0.1", ""),
    (CLOSE, JUNE, F(1000), GREEN, "0.0", ""),
    (JUST, JUNE, F(990), GREEN, "0.0", "年度增量完成50.0%，计划50.0%"),
    # a stock of which nobody gave the 年初数
    (UNOPENED, OCTOBER, F(199), OPEN, "—", ""),
    (UNOPENED, OCTOBER, F(200), GREEN, "—", "已达标"),
    (UNOPENED, OCTOBER, F(250), GREEN, "—", "已达标"),
    # a stock of which the 年初数 is known, and no step
    (BEDS._replace(pace_rule=PaceRule.STEPS), OCTOBER, F(199), OPEN, "—", ""),  # 99.5 %: not as near as 99.95 %
    (BEDS._replace(pace_rule=PaceRule.STEPS), OCTOBER, F(150), OPEN, "—", ""),
    (BEDS._replace(pace_rule=PaceRule.STEPS), OCTOBER, F(200), GREEN, "—", "已达标"),
    # nothing may happen
    (ACCIDENTS, OCTOBER, F(0), GREEN, "0.0", "控制在目标内"),
    (ACCIDENTS, OCTOBER, F(2), RED, "−100.0", "超出目标"),
    (ACCIDENTS_SEPT, OCTOBER, F(1), RED, "−100.0", "超出目标"),
    (ACCIDENTS, DECEMBER, F(0), DONE, "0.0", "控制在目标内"),
    (ACCIDENTS, DECEMBER, F(1), MISSED, "−100.0", "超出目标"),
]


def one(plan: Plan, indicator: Indicator, period: Period, **cells: Value) -> IndicatorProgress:
    changed = plan.having(indicators=(indicator,), projects=(plan.project(indicator.project),))
    return progress_of(changed, period, {indicator.code: Entry(**cells)}).indicators[0]


def beside(plan: Plan, indicator: Indicator, period: Period, value: Value) -> Value:
    t = terms(plan, indicator, period)
    o = Operands(Const(value), Const(value), Const(F(1)), Const(t.target), Const(t.pace))
    return remark(t, o, "8月数 3", "见待决事项").value()


@pytest.mark.parametrize(("indicator", "period", "value", "status", "deviation", "words"), LIGHTS)
def test_lights_deviations_and_remarks(
    sample_plan: Plan, indicator: Indicator, period: Period, value: Value, status: Status, deviation: str, words: str
) -> None:
    found = one(sample_plan, indicator, period, reported=value)
    said = beside(sample_plan, indicator, period, value)
    assert (found.status, found.deviation_text, said) == (status, deviation, words)


RATIOS = [
    # 53.3 % of users, 41 % in January, 65 % wanted: 12.3 of 24 points are 51.25 %; 10/12 were planned
    (USERS, OCTOBER, 533, RED, "−32.1", "年度增量完成51.3%，计划83.3%；较目标 −11.7个百分点"),
    (USERS, OCTOBER, 400, RED, "−83.3", "年度增量完成0.0%，计划83.3%；较目标 −25.0个百分点"),
    (USERS, OCTOBER, 650, AHEAD, "+16.7", "年度增量完成100.0%，计划83.3%；较目标 0.0个百分点"),
    (RATE_SEPT, SEPTEMBER, 556, YELLOW, "−7.3", "逾期未完成，差4.4个百分点"),
    (RATE_SEPT, SEPTEMBER, 644, AHEAD, "+7.3", "年度增量完成107.3%，计划100.0%；较目标 +4.4个百分点"),
    (RATE_SEPT._replace(opening=None), AUGUST, 644, GREEN, "—", "已达标；较目标 +4.4个百分点"),
    (RATE_SEPT._replace(opening=None), AUGUST, 556, OPEN, "—", "较目标 −4.4个百分点"),
]


@pytest.mark.parametrize(("indicator", "period", "thousandths", "status", "deviation", "words"), RATIOS)
def test_ratios(
    sample_plan: Plan, indicator: Indicator, period: Period, thousandths: int, status: Status, deviation: str, words: str
) -> None:
    found = one(sample_plan, indicator, period, numerator=F(thousandths), denominator=F(1000))
    said = beside(sample_plan, indicator, period, F(thousandths, 1000))
    assert (found.status, found.deviation_text, said) == (status, deviation, words)


SHORT: list[tuple[Indicator, Value, str]] = [
    (LINEAR, F(612), "差27户"), (LINEAR, F(638), "差1户"), (STRICT, F(4), "差1家"), (STRICT, F(3), "差2家"),
    (ROADS, F("48.05"), "差0.45公里"), (ROADS._replace(comparator=Comparator.MORE_THAN), F("48.5"), "须超48.5公里"),
    (ROADS._replace(comparator=Comparator.MORE_THAN), F("48"), "差0.5公里"), (ACCIDENTS, F(2), "超出2起"),
    (LINEAR._replace(target=F(19, 2)), F(9), "差1户"), (MILESTONE, "否", ""),
    (USERS, F("0.606"), "差4.4个百分点"), (USERS, F("0.6496"), "差不足0.1个百分点"),
    (USERS._replace(comparator=Comparator.AT_MOST), F("0.7"), "超出5.0个百分点"),
    (USERS._replace(comparator=Comparator.AT_MOST), F("0.6501"), "超出不足0.1个百分点"),
]


@pytest.mark.parametrize(("indicator", "value", "words"), SHORT)
def test_what_is_missing_to_a_target(sample_plan: Plan, indicator: Indicator, value: Value, words: str) -> None:
    t = terms(sample_plan, indicator, OCTOBER)
    assert missing(t, Operands(Const(value), target=Const(t.target))).value() == words


def test_the_share_that_decides_prints_100_only_if_the_target_is_met(sample_plan: Plan) -> None:
    """199999 of 200000 from 60: 99.9993 % of the increase."""
    t = terms(sample_plan, BEDS._replace(target=F(200_000)), OCTOBER)
    shares = [d.shown_share(t, Operands(Const(F(n)), target=Const(t.target))).value() for n in (199_999, 200_000)]
    assert shares == ["99.9%", "100.0%"]
