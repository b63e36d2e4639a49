"""The status object: its keys, its forms of numbers, figures worked out by hand from the sample."""

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from minsheng_xl import Period, Plan, Year, consolidate, issue, status
from minsheng_xl.closing.close import close
from minsheng_xl.forms.paper.summary import summary_sheet
from minsheng_xl.forms.project import total_key
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import correct_receipt
from minsheng_xl.plan.tabs import SUMMARY
from minsheng_xl.telling.status import current_period
from tests.makers import figure, send
from tests.workbooks import sheet_of

OCTOBER = Period.parse("2022-10")


@pytest.fixture
def state(demo_year: Year) -> dict[str, object]:
    return status(demo_year, OCTOBER)


def rows(state: dict[str, object], name: str, key: str) -> dict[object, dict[str, object]]:
    found: list[dict[str, object]] = state[name]  # type: ignore[assignment]
    return {row[key]: row for row in found}


@pytest.mark.posix(reason="Wine tells no time at which a file was made")
def test_the_keys(state: dict[str, object]) -> None:
    assert list(state) == [
        "period", "closed", "closing", "corrections", "correction_word", "carried", "issued", "accepted", "held", "refused", "missing", "duplicate", "unrecognised", "empty", "words",
        "pending", "questions", "averages", "certified", "projects", "indicators", "ranks", "change", "units", "confirmations", "last_year",
    ]
    assert state["confirmations"] == []
    assert state["last_year"] == {"period": None, "trouble": ""}
    assert set(rows(state, "projects", "no")[1]) == {
        "no", "title", "met", "reported", "held", "counted", "average_reported", "average_reported_text",
        "average_all", "average_all_text", "status",
    }
    assert {"code", "tier", "project", "lead", "unit_of_measure", "target", "reported", "numerator", "denominator",
            "rate", "pace", "deviation", "status", "rate_text", "pace_text", "deviation_text", "target_text"} <= set(rows(state, "indicators", "code")["1-1"])
    assert rows(state, "units", "unit")["县民政局"] == {
        "unit": "县民政局", "standing": "accepted", "received": "2022-11-07T16:00:00", "late": False, "late_text": "及时", "came": "", "paper": None,
        "leads": [6],
    }
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


def test_the_averages_of_the_county_by_hand(state: dict[str, Any], demo_year: Year) -> None:
    """Σ w·MIN(1, 率) / Σ w over the figures of the demo, whose rates are told beside: 27 of 32 rows are reported, 7-5 is 待核, the
    four of 县残联 and 团县委 are 未报."""
    weights = {one.code: one.weight for one in demo_year.plan.indicators}
    assert {code: weight for code, weight in weights.items() if weight != 1} == {"3-2": Fraction(1, 2), "3-3": Fraction(1, 2)}
    rates = {i["code"]: Fraction(i["rate"]) for i in state["indicators"] if i["tier"] == "A" and i["rate"] is not None}
    silent = ["8-1", "9-1", "9-2", "9-3"]
    assert (len(rates), set(silent) & set(rates)) == (27, set())
    counted = sum(weights[code] * min(1, rate) for code, rate in rates.items())
    reported = sum(weights[code] for code in rates)
    told = state["averages"]
    assert (told["met"], told["reported"], told["held"], told["counted"]) == (9, 27, 1, 32)
    assert abs(Fraction(told["average_reported"]) - counted / reported) < Fraction(1, 100_000)
    assert abs(Fraction(told["average_all"]) - counted / (reported + len(silent))) < Fraction(1, 100_000)
    assert told["text"] == "平均完成率（未报按0）75.2%，已报平均86.8%（已报27/32，待核1）"


def test_the_averages_are_those_of_the_master_and_the_paper(state: dict[str, Any], demo_year: Year) -> None:
    """What 总表, 首页 and 领导简报 compute and print."""
    told, account = state["averages"], account_of(demo_year.plan, demo_year.register, OCTOBER)
    layout, page = summary_sheet(account), sheet_of(demo_year.master_path, SUMMARY.name, data_only=True)
    stored = {name: page[layout.address(total_key(name))].value for name in ("met", "reported", "held", "counted")}
    assert stored == {name: told[name] for name in stored}
    for name in ("average_reported", "average_all"):
        assert f"{page[layout.address(total_key(name))].value:.1%}" == told[f"{name}_text"]
    note = page[layout.address(total_key("note"))].value
    assert f"平均完成率（{told['how']}）：未报按0 75.2%，已报平均 86.8%（已报 27/32，待核 1）。" in note
    texts = {
        name: " ".join(str(value) for row in sheet_of(demo_year.master_path, name, data_only=True).values for value in row if value)
        for name in ("首页", "领导简报")
    }
    assert "平均完成率（未报按0） 75.2%　　已报平均 86.8%（已报 27/32，待核 1）" in texts["首页"]
    assert f"平均完成率{told['how']}，未报按0；已报平均 86.8%（已报 27/32，待核 1）" in texts["领导简报"]


@pytest.mark.posix(reason="Wine tells no time at which a file was made")
def test_when_a_return_came_and_whether_late_is_what_the_register_of_receipts_says(state: dict[str, Any], demo_year: Year) -> None:
    listed = sheet_of(demo_year.master_path, "收件登记", data_only=True).iter_rows(min_row=4, values_only=True)
    receipts = [row[:6] for row in listed if row[3] == "2022-10" and row[4] in ("已采用", "待核") and "认定" not in row[1]]
    first: dict[str, tuple[str, str]] = {}
    for received, _, unit, _, _, late in sorted(receipts, key=lambda row: row[0]):
        first.setdefault(unit, (received, late or "及时"))
    units = {u["unit"]: u for u in state["units"]}
    came = {name: (u["received"].replace("T", " ")[:16], u["late_text"]) for name, u in units.items() if u["received"]}
    assert (came, len(came)) == (first, 35)
    assert came["县林业局"] == ("2022-11-09 10:00", "迟报（待确认）")
    assert [name for name, u in units.items() if u["received"] is None] == ["县司法局", "团县委", "县残联"]
    assert {(u["late"], u["late_text"]) for u in units.values() if u["received"] is None} == {(None, "—")}
    assert [name for name, u in units.items() if u["received"] and u["late"] is not False] == ["县林业局"]
    assert units["县林业局"]["late"] is None, "nobody has confirmed it"


@pytest.mark.posix(reason="Wine tells no time at which a file was made")
def test_late_is_said_once_the_office_has_confirmed_it(demo_year: Year) -> None:
    forestry = next(one for one in account_of(demo_year.plan, demo_year.register, OCTOBER).receipts if one.unit == "县林业局" and one.late)
    correct_receipt(demo_year, forestry.sha256, date(2022, 11, 8), datetime(2022, 11, 14, 12))
    unit = {u["unit"]: u for u in status(demo_year, OCTOBER)["units"]}["县林业局"]
    assert (unit["received"], unit["late"], unit["late_text"]) == ("2022-11-08T12:00:00", True, "迟报")
    correct_receipt(demo_year, forestry.sha256, date(2022, 11, 7), datetime(2022, 11, 14, 13))
    unit = {u["unit"]: u for u in status(demo_year, OCTOBER)["units"]}["县林业局"]
    assert (unit["late"], unit["late_text"]) == (False, "及时"), "the seventh was the day on which it was due"


def test_how_the_averages_are_made_is_said(small_year: Year, quarters_plan: Plan) -> None:
    """平均方式 of that plan is 按项目."""
    assert quarters_plan.settings.mean_by_project
    assert status(small_year, small_year.plan.periods[0])["averages"]["how"] == "按项目平均再平均"


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
