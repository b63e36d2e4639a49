"""Invented figures, from target, pace and kind: by hand for some, in order for all."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from minsheng_xl import Plan
from minsheng_xl.beginning.invented import Cast, Invented, cast_of
from minsheng_xl.beginning.play import shown_periods
from minsheng_xl.beginning.supplied import supplied
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.model import Indicator, Kind
from minsheng_xl.plan.read import built_in_tables, read_tables
from tests.makers import PLANS, figure, large_plan, word

NAMES = ("云溪区2025", "阳川县2024", "青禾县2023", "内置", "很大")


def plan_of(name: str) -> Plan:
    if name == "很大":
        return check_tables(supplied(large_plan()))
    return check_tables(supplied(built_in_tables(sample=False) if name == "内置" else read_tables(PLANS / name)))


@pytest.fixture(scope="module", params=NAMES)
def invented(request: pytest.FixtureRequest) -> Invented:
    return of(str(request.param))


def of(name: str) -> Invented:
    plan = plan_of(name)
    return Invented(plan, shown_periods(plan.periods))


def answers(invented: Invented, unit: str, which: int) -> dict[Key, str]:
    plan, period = invented.plan, invented.periods[which]
    found = plan.unit(unit)
    return invented.answers(unit_form(plan, found, period, {}), found, period, date(2025, 11, 1))


def test_the_ninth_and_tenth_of_twelve_the_second_and_third_of_four() -> None:
    assert [str(period) for period in of("云溪区2025").periods] == ["2025-09", "2025-10"]
    assert [str(period) for period in of("阳川县2024").periods] == ["2024-Q2", "2024-Q3"]


CASTS = {
    # the last units that owe words alone; the largest totals; the last number
    "云溪区2025": Cast(silent="区妇联", late="区消防救援大队", behind="1-3", lowered="5-2", doubtful="6-4"),
    # 县财政局 reports 有则报 and owes nothing; 1-1 is 县住建局's, which is silent, so 1-2 alone is behind
    "青禾县2023": Cast(silent="县住建局", late="县教育局", behind="1-2", lowered="2-1", doubtful="2-3"),
    "内置": Cast(silent="县委政法委", late="县审计局", behind="1-1", lowered="6-4", doubtful="10-3"),
}


@pytest.mark.parametrize("name", CASTS)
def test_who_and_what_is_unlike_the_others(name: str) -> None:
    plan = plan_of(name)
    assert cast_of(plan, shown_periods(plan.periods)[1]) == CASTS[name]


def test_of_one_indicator_none_is_unlike(plan: Plan) -> None:
    alone = plan.having(indicators=(plan.indicator("9-1"),))
    cast = cast_of(alone, shown_periods(plan.periods)[1])
    assert (cast.behind, cast.lowered, cast.doubtful) == ("", "", "")


FIGURES = (
    # code, September and October: 5200 × 9/12, 5200 × 10/12 up
    ("区人社局", "1-1", ("3900", "4334")),
    ("区人社局", "1-2", ("1350", "1500")),  # a part goes as its whole
    ("区人社局", "1-3", ("10800", "12000")),  # behind: three fifths of 24000 × 9/12, 10/12
    ("区住建局", "2-2", ("6644", "7382")),  # 8600 × 9/12 × 1.03 = 6643.5, × 10/12 = 7381.7
    ("区住建局", "2-3", ("4", "4")),  # 12 × 30 % × 0.98, as its steps say from June on
    ("区民政局", "3-3", ("1460", "1475")),  # 1320 + 180 × 0.75 × 1.03 = 1459.05, 10/12: 1474.5
    ("区交通局", "5-1", ("35.7", "39.7")),  # 48.5 × 0.75 × 0.98 = 35.6475, 39.6083
    ("区水利局", "5-2", ("95.4", "95.39")),  # 120 × 0.75 × 1.06, then a step less
    ("区行政审批局", "6-2", ("2.4", "2.4")),  # four fifths of 3 days at the most
    ("区行政审批局", "6-4", ("1545", "约1717")),  # 2000 × 0.75 × 1.03; in doubt
)


@pytest.mark.parametrize(("unit", "code", "figures"), FIGURES)
def test_figures_by_hand(unit: str, code: str, figures: tuple[str, str]) -> None:
    invented = of("云溪区2025")
    assert tuple(answers(invented, unit, which)[figure(code)] for which in (0, 1)) == figures


def test_ratios_by_hand() -> None:
    """1-4 is the fourth: 200 + 20 × 3 are asked in September, 85 % of them are 221; the office's 212000 of 4-2: from 48 %
    towards 60 %, after nine months 57 %."""
    invented = of("云溪区2025")
    said = answers(invented, "区人社局", 0)
    assert (said[figure("1-4", "numerator")], said[figure("1-4", "denominator")]) == ("221", "260")
    said = answers(invented, "区卫健局", 0)
    assert said[figure("4-2", "numerator")] == "120840"
    assert figure("4-2", "denominator") not in said


def test_a_milestone_is_reached_when_its_day_has_come() -> None:
    """丙2 was due in June; 县文旅局 has 14 of 14."""
    said = answers(of("阳川县2024"), "县文旅局", 0)
    assert said[figure("丙2", "numerator")] == "14"
    assert said[figure("丙1")] == "否"


def rows(invented: Invented) -> Iterator[tuple[Indicator, dict[Key, str], dict[Key, str]]]:
    for unit in invented.plan.reporting_units:
        before, after = (answers(invented, unit.name, which) for which in (0, 1))
        for one in invented.plan.filled_by(unit.name):
            yield one, before, after


def test_every_figure_that_is_asked_is_given_as_a_number_that_its_cell_takes(invented: Invented) -> None:
    for one, before, after in rows(invented):
        for said in (before, after) if one.code != invented.cast.doubtful else (before,):
            for measure in one.measures:
                text = said[figure(one.code, measure)]
                assert text in ("是", "否") if one.kind is Kind.MILESTONE else Fraction(text) >= 0
                decimals = one.decimals if measure == "reported" else 0
                assert len(text.partition(".")[2]) <= decimals


def test_figures_grow_but_the_one_that_says_why_not(invented: Invented) -> None:
    for one, before, after in rows(invented):
        if one.kind in (Kind.CUMULATIVE, Kind.STOCK) and one.code != invented.cast.doubtful:
            is_more = Fraction(after[figure(one.code)]) >= Fraction(before[figure(one.code)])
            assert is_more is (one.code != invented.cast.lowered), one.code
            assert (figure(one.code, "explanation") in after) is (one.code == invented.cast.lowered)


def test_no_part_is_more_than_its_whole(invented: Invented) -> None:
    plan = invented.plan
    for one in plan.indicators:
        for period in invented.periods:
            if one.kind is Kind.RATIO and (one.contained or (one.target or 0) <= 1):
                numerator, denominator = invented._ratio(one, period)
                assert numerator <= denominator, one.code
            if one.parent and one.kind is plan.indicator(one.parent).kind is Kind.CUMULATIVE:
                assert invented.figure(one, period) <= invented.figure(plan.indicator(one.parent), period)


def test_what_is_shared_is_shared_out(quarters_plan: Plan) -> None:
    """甲1 is 120.5 km, 40 % in June: 48.2, two share it."""
    said = answers(of("阳川县2024"), "县财政局", 0)
    whole = answers(of("阳川县2024"), "县水利局", 0)[figure("甲1")]
    part = said[Key("share", "甲1", "reported")]
    assert whole == "28.92"  # 48.2 × 0.6: it is behind
    assert part == "14.46"


def test_all_words_say_that_they_are_invented() -> None:
    invented = of("阳川县2024")
    for unit in invented.plan.reporting_units:
        said = answers(invented, unit.name, 1)
        texts = {key: text for key, text in said.items() if key.is_of_project and not key.is_amount}
        assert all(text.startswith("示例") for key, text in texts.items() if key.name != "outlook")
    said = answers(invented, "县水利局", 1)
    assert said[word(1, "reason")].startswith("示例：")
    assert said[Key("head", "form", "filler")] == "示例填报人"
