"""Plans unlike the first go through the whole cycle: built, issued, filled in, taken in, summed up."""

import random
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, build, consolidate, issue, status
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.exact.keys import Key
from minsheng_xl.plan.text import read_folder
from tests.makers import QUARTERS, figure, large_plan, send, word
from tests.sharing import copied
from tests.workbooks import sheet_of


@pytest.fixture
def quarters(tmp_path: Path) -> Year:
    return Year.create(tmp_path / "阳川县2024", read_folder(QUARTERS))


def indicator(year: Year, code: str, period: Period) -> dict[str, object]:
    return next(i for i in status(year, period)["indicators"] if i["code"] == code)


def test_quarters_shared_leads_and_long_names(quarters: Year) -> None:
    first, second = quarters.plan.periods[:2]
    build(quarters, first, datetime(2024, 1, 2))
    for period, share, now in ((first, 1, datetime(2024, 4, 7)), (second, 2, datetime(2024, 7, 9))):
        result = issue(quarters, period, period_end(period))
        assert any(p.name == f"示范区办公室_{period}.xlsx" for p in result.workbooks)
        send(quarters, "县水利局", period, {figure("甲1"): str(20 * share), word(1, "progress"): "施工"})
        send(quarters, "县行政审批局", period, {figure("甲2"): "4.5", figure("甲3", "numerator"): "6", figure("甲3", "denominator"): "200"})
        send(quarters, "农业农村局", period, {figure("乙1"): "1.5", figure("乙3"): "900", word(2, "funding_paid"): "120.5"})
        send(quarters, "县统计局", period, {figure("乙2", "numerator"): "180", figure("乙2", "denominator"): "200"})
        send(quarters, "县文旅局", period, {figure("丙1"): "否", figure("丙2", "numerator"): "14"})
        long_name = next(u.name for u in quarters.plan.reporting_units if u.sheet == "示范区办公室")
        send(quarters, long_name, period, {Key("share", "甲1", "reported"): str(5 * share)})
        found = consolidate(quarters, period, now)
        assert {f.outcome for f in found.files} == {Outcome.ACCEPTED}, [f.problems for f in found.files]
    # by hand, at the end of the second quarter
    assert (indicator(quarters, "甲1", second)["status"], indicator(quarters, "甲1", second)["deviation_text"]) == ("按序时", "−6.8")  # 40/120.5 − 40 %
    assert (indicator(quarters, "甲2", second)["rate_text"], indicator(quarters, "甲2", second)["status"]) == ("100.0%", "按序时")
    assert (indicator(quarters, "甲3", second)["rate_text"], indicator(quarters, "甲3", second)["status"]) == ("66.7%", "滞后红")  # 2 % / 3 %, −33.3
    assert indicator(quarters, "乙2", second)["deviation_text"] == "+16.7"  # (90 − 80)/(95 − 80) − 50 %
    assert (indicator(quarters, "乙3", first)["status"], indicator(quarters, "乙3", second)["status"]) == ("滞后黄", "暂停")
    assert (indicator(quarters, "丙2", first)["status"], indicator(quarters, "丙2", second)["status"]) == ("未到期", "完成")
    state = status(quarters, second)
    assert state["issued"] == 6  # 县财政局 reports only when there is something
    assert state["accepted"] == 6
    texts = [c.value for row in sheet_of(quarters.master_path, "项目1", data_only=True).iter_rows() for c in row]
    assert 10 in texts  # Σ分解数
    assert 30 in texts  # and what is missing to the official 40
    quarters.close()


def period_end(period: Period) -> datetime:
    return datetime(period.year, period.end_month, 28)


def test_text_duties_decide_who_is_owed(quarters: Year) -> None:
    owed = [u["unit"] for u in status(quarters, quarters.plan.periods[0])["units"]]
    assert "县财政局" not in owed  # 有则报
    assert any("示范区" in name for name in owed)  # 每季
    quarters.close()


def test_forty_projects_and_two_hundred_units(tmp_path: Path) -> None:
    year = Year.create(tmp_path / "某省2031", large_plan())
    period = year.plan.periods[4]
    issue(year, period, datetime(2031, 5, 31))
    draw = random.Random(5)
    expected: dict[str, int] = {}
    leads = [u.name for u in year.plan.reporting_units if year.plan.owes_figures(u.name)]
    supporting = [u.name for u in year.plan.reporting_units if u.name not in leads]
    for name in leads:
        cells = {}
        for one in year.plan.filled_by(name):
            most = int((one.target or 300) * 9 / 10)  # what is far beyond a target, or first of all, is in doubt
            expected[one.code] = draw.randrange(0, max(most, 1))
            cells[figure(one.code)] = str(expected[one.code])
        send(year, name, period, cells)
    for name in supporting[::16]:
        no = year.plan.projects_of(name, _responsible())[0]
        send(year, name, period, {word(no, "support"): "已配合"})
    result = consolidate(year, period, datetime(2031, 6, 4))
    assert {f.outcome for f in result.files} == {Outcome.ACCEPTED}
    state = status(year, period)
    assert {i["code"]: i["reported"] for i in state["indicators"]} == {code: str(n) for code, n in expected.items()}
    assert (state["issued"], state["accepted"]) == (199, 40 + len(supporting[::16]))
    capped = [min(Fraction(1), Fraction(expected[i.code]) / (i.target or 1)) for i in year.plan.indicators_of(7)]
    assert Fraction(str(state["projects"][6]["average_all"])) == pytest.approx(float(sum(capped) / 3), abs=1e-6)
    year.close()


def _responsible() -> object:
    from minsheng_xl.plan.model import Role

    return Role.RESPONSIBLE


def test_the_order_of_different_units_returns_does_not_matter(tmp_path: Path) -> None:
    """The same returns in three orders, in one run or in several: the same state and the same figures."""
    quarters = Year.create(tmp_path / "年", read_folder(QUARTERS))
    period = quarters.plan.periods[1]
    issue(quarters, period, datetime(2024, 6, 28))
    quarters.close()
    states = []
    for seed in (1, 2, 3):
        year = next(copied(quarters.root, tmp_path / str(seed)))
        answers = [
            ("县水利局", {figure("甲1"): "60.25"}), ("县行政审批局", {figure("甲2"): "约5天", figure("甲3", "numerator"): "1", figure("甲3", "denominator"): "90"}),
            ("农业农村局", {figure("乙1"): "2"}), ("县文旅局", {figure("丙1"): "是", figure("丙2", "numerator"): "13"}),
        ]
        random.Random(seed).shuffle(answers)
        for n, (unit, cells) in enumerate(answers):
            send(year, unit, period, cells, f"{n}.xlsx")
            if seed == 3:
                consolidate(year, period, datetime(2024, 7, 5))
        consolidate(year, period, datetime(2024, 7, 5))
        states.append(status(year, period))
        year.close()
    assert states[0] == states[1] == states[2]


def test_a_plan_edited_mid_year_keeps_what_it_still_knows(quarters: Year) -> None:
    first = quarters.plan.periods[0]
    issue(quarters, first, datetime(2024, 3, 28))
    send(quarters, "县水利局", first, {figure("甲1"): "20"})
    send(quarters, "农业农村局", first, {figure("乙1"): "约1", figure("乙3"): "900"})
    consolidate(quarters, first, datetime(2024, 4, 7))
    book = openpyxl.load_workbook(quarters.plan_path)
    codes = [c.value for c in book["指标"]["A"]]
    book["指标"].delete_rows(codes.index("乙1") + 1)  # an indicator is dropped
    units = [c.value for c in book["单位"]["A"]]
    book["单位"].cell(units.index("县水利局") + 1, 1).value = "县水务局"  # a unit is renamed, its old name kept as alias
    book["单位"].cell(units.index("县水利局") + 1, 2).value = "水利局、县水利局"
    book.save(quarters.plan_path)
    quarters.close()
    edited = Year(quarters.root)
    state = status(edited, first)
    assert next(u["standing"] for u in state["units"] if u["unit"] == "县水务局") == "accepted"
    assert next(u["standing"] for u in state["units"] if u["unit"] == "农业农村局") == "held", "乙1 ends with the next form"
    assert not edited.plan.at(edited.plan.periods[1]).has_indicator("乙1")
    assert next(i["reported"] for i in state["indicators"] if i["code"] == "甲1") == "20"
    assert consolidate(edited, first, datetime(2024, 4, 8)).files == ()
    edited.close()
