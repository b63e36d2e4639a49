"""The status object: its keys, its forms of numbers, figures worked out by hand from the sample."""

import re
from datetime import datetime
from decimal import Decimal

import pytest

from minsheng_xl import Period, Year, consolidate, issue, status
from minsheng_xl.closing.close import close
from minsheng_xl.telling.status import current_period
from tests.makers import figure, send

OCTOBER = Period.parse("2022-10")


@pytest.fixture
def state(demo_year: Year) -> dict[str, object]:
    return status(demo_year, OCTOBER)


def rows(state: dict[str, object], name: str, key: str) -> dict[object, dict[str, object]]:
    found: list[dict[str, object]] = state[name]  # type: ignore[assignment]
    return {row[key]: row for row in found}


def test_the_keys(state: dict[str, object]) -> None:
    assert list(state) == [
        "period", "closed", "closing", "corrections", "correction_word", "carried", "issued", "accepted", "held", "refused", "missing", "duplicate", "unrecognised", "empty",
        "projects", "indicators", "ranks", "change", "units", "last_year",
    ]
    assert state["last_year"] == {"period": None, "trouble": ""}
    assert set(rows(state, "projects", "no")[1]) == {
        "no", "title", "met", "reported", "counted", "average_reported", "average_reported_text",
        "average_all", "average_all_text", "status",
    }
    assert {"code", "tier", "project", "lead", "unit_of_measure", "target", "reported", "numerator", "denominator",
            "rate", "pace", "deviation", "status", "rate_text", "pace_text", "deviation_text", "target_text"} <= set(rows(state, "indicators", "code")["1-1"])
    assert rows(state, "units", "unit")["县民政局"] == {"unit": "县民政局", "standing": "accepted", "came": "", "leads": [6]}
    assert len(rows(state, "units", "unit")) == 38


def test_forms_of_numbers(state: dict[str, object]) -> None:
    six = re.compile(r"-?\d+\.\d{6}\Z")
    for row in rows(state, "indicators", "code").values():
        for key in ("rate", "pace", "deviation"):
            assert row[key] is None or six.match(str(row[key]))
            assert (row[key] is None) == (row[f"{key}_text"] == "—"), row
        if row["unit_of_measure"] == "%" and row["target"] is not None:
            assert six.match(str(row["target"]))
        elif row["reported"] is not None and row["unit_of_measure"] != "%":
            assert str(Decimal(str(row["reported"]))) == row["reported"]
        if row["tier"] == "C":
            assert (row["rate"], row["pace"], row["deviation"], row["status"]) == (None,) * 4


BY_HAND = {
    # code: reported, rate, rate_text, pace, deviation_text, status
    "1-1": ("28960", "0.922293", "92.2%", "0.833333", "+8.9", "超序时"),  # 28960/31400
    "1-3": ("7900", "0.759615", "76.0%", "0.833333", "−7.4", "滞后黄"),  # 7900/10400
    "2-1": ("1", "1.000000", "100.0%", None, "—", "完成"),
    "2-4": ("4", "1.000000", "99.9%", None, "—", "序时未定"),
    "3-1": ("1310", "0.644685", "64.5%", "0.833333", "−18.9", "滞后红"),  # 1310/2032
    "4-1": ("23.46", "0.782000", "78.2%", "0.800000", "−1.8", "按序时"),
    "4-3": ("0.482883", "0.804805", "80.5%", "0.750000", "−14.0", "滞后黄"),  # (268/555 − 0.3)/0.3 − 0.75
    "6-4": ("77200", "0.976474", "97.6%", "0.700000", "+6.9", "超序时"),  # (77200 − 71000)/8060 − 0.7
    "6-6": ("45", "0.900000", "90.0%", None, "—", "未到期"),
    "7-2": ("14999", "0.999933", "99.9%", "0.833333", "+16.7", "超序时"),
    "7-3": ("0.644377", "1.073961", "107.4%", "1.000000", "+7.4", "超序时"),  # 2120/3290/0.6
    "7-5": (None, None, "—", "1.000000", "—", "待核"),
    "8-1": (None, None, "—", "0.833333", "—", "未报"),
    "10-1": ("0.532911", "0.819864", "82.0%", "0.700000", "−18.8", "滞后红"),  # (421/790 − 0.41)/0.24 − 0.7
    "7-7": (None, None, "—", None, "—", None),
    "3-6": ("0", None, "—", None, "—", None),
}


@pytest.mark.parametrize("code", BY_HAND)
def test_figures_by_hand(state: dict[str, object], code: str) -> None:
    row = rows(state, "indicators", "code")[code]
    assert tuple(row[k] for k in ("reported", "rate", "rate_text", "pace", "deviation_text", "status")) == BY_HAND[code]


def test_projects_by_hand(state: dict[str, object]) -> None:
    one = rows(state, "projects", "no")[1]
    # (0.922293 + 0.842353 + 0.759615) / 3
    assert (one["average_all"], one["met"], one["reported"], one["counted"], one["status"]) == ("0.841420", 0, 3, 3, "滞后黄")
    nine = rows(state, "projects", "no")[9]
    assert (nine["average_reported"], nine["average_reported_text"], nine["average_all"]) == (None, "—", "0.000000")


def test_a_half_ratio_shows_the_sound_half(state: dict[str, object]) -> None:
    row = rows(state, "indicators", "code")["7-5"]
    assert (row["numerator"], row["denominator"]) == (None, "3282")


def test_targets(state: dict[str, object]) -> None:
    found = rows(state, "indicators", "code")
    assert {c: (found[c]["target"], found[c]["target_text"]) for c in ("1-1", "4-3", "2-4", "2-1", "3-4")} == {
        "1-1": ("31400", "31,400"), "4-3": ("0.600000", "60.0%"), "2-4": ("4", "＞4"), "2-1": ("1", "是"), "3-4": (None, "—"),
    }


def closed(year: Year, period: Period, day: datetime) -> None:
    send(year, "县水利局", period, {figure("甲1"): "20"})
    consolidate(year, period, day)
    close(year, period, day)


def test_the_default_period_is_the_latest_issued_and_not_closed(small_year: Year) -> None:
    """The first of four quarters went out; what was built or consolidated says nothing."""
    first, second, third, fourth = small_year.plan.periods
    assert current_period(small_year) == first
    consolidate(small_year, second, datetime(2024, 4, 8))
    assert current_period(small_year) == first
    issue(small_year, second, datetime(2024, 6, 30))
    assert current_period(small_year) == second
    closed(small_year, second, datetime(2024, 7, 9))
    assert current_period(small_year) == first  # closed out of turn: the other one is still open
    closed(small_year, first, datetime(2024, 7, 9))
    assert current_period(small_year) == third
    issue(small_year, fourth, datetime(2024, 12, 31))
    closed(small_year, fourth, datetime(2025, 1, 9))
    assert current_period(small_year) == fourth


def test_before_anything_went_out_the_default_period_is_the_first(year: Year) -> None:
    consolidate(year, OCTOBER, datetime(2022, 11, 7))
    assert current_period(year) == Period.parse("2022-01")
