"""A year of four quarters with other bands, a milestone, a suspension and a target that is not to be exceeded."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from minsheng_xl import Period, Year, rollover, status
from minsheng_xl.closing.reopen import reopen
from minsheng_xl.plan.read import read_tables
from minsheng_xl.sending.issue import issue_certification, issue_confirmation
from tests.years.agreement import Told, compare
from tests.years.calculator import Figure
from tests.years.course import compare_course
from tests.years.office import Office, rows_of

PLAN = Path(__file__).parents[1] / "plans" / "阳川县2024"
LEADS = ("县水利局", "县行政审批局", "农业农村局", "县文旅局")
QUARTERS = [Period.parse(f"2024-Q{number}") for number in (1, 2, 3, 4)]
F = Fraction
WRITTEN = {
    "甲1": [F(1305, 100), F(4012, 100), F(80), F(121)],
    "甲2": [F(48, 10), F(52, 10), F(5), F(61, 10)],
    "乙1": [F(7, 10), F(16, 10), F(24, 10), F(351, 100)],
    "乙3": [F(1500), None, None, None],
}
SHARES = {
    "甲3": [(3, 400), (9, 420), (8, 430), (9, 440)],
    "乙2": [(820, 1000), (855, 1000), (900, 1000), (951, 1000)],
}
BUILT = ["否", "否", "否", "是"]


def figures_of(number: int) -> dict[str, Figure]:
    """What the clerks write in a quarter, from 0."""
    found = {code: Figure(number=written[number]) for code, written in WRITTEN.items() if written[number] is not None}
    for code, parts in SHARES.items():
        above, below = parts[number]
        found[code] = Figure(numerator=F(above), denominator=F(below))
    return {**found, "丙1": Figure(word=BUILT[number])}


def test_a_year_of_quarters(tmp_path: Path) -> None:
    office = Office(Year.create(tmp_path / "年", read_tables(PLAN)))
    told = Told(2024, rows_of(PLAN), bands=(10, -10, -30), length=3)
    for number, period in enumerate(QUARTERS):
        edit(office, told, number)
        end = period.end_month
        office.issue(str(period), datetime(2024, end, 28))
        figures = figures_of(number)
        for unit in dict.fromkeys(row.filler for row in told.rows.values()):
            mine = {code: one for code, one in figures.items() if told.rows[code].filler == unit}
            if (number, unit) != (1, "农业农村局"):  # silent in the second quarter
                office.send(unit, str(period), mine)
        silent = {"乙1"} if number == 1 else set()
        office.consolidate(str(period), datetime(2024 + end // 12, end % 12 + 1, 6))
        besides(office, number, figures)
        told.months.append(told.month(end, {code: one for code, one in figures.items() if code not in silent}))
        compare(office, told, period, LEADS)
        assert compare_course(office, told, period) >= 8 * (number + 1)
        office.close(str(period), datetime(2024 + end // 12, end % 12 + 1, 15))
        if number == 0:
            reopened(office, told, figures)
    for period in QUARTERS:
        compare(office, told, period, LEADS)
    rolled_over(office, tmp_path / "下年")
    office.year.close()


def besides(office: Office, number: int, figures: dict[str, Figure]) -> None:
    """What happens to the figures of a quarter before it is closed: in the third a lead objects to one, of the fourth
    the statisticians certify one higher that is to be low."""
    if number == 2:
        now = datetime(2024, 10, 8)
        issue_confirmation(office.year, QUARTERS[2], now)
        objects = {("甲1", "核对意见"): "有异议", ("甲1", "应为"): 81, ("甲1", "原因"): "十里镇漏报1公里"}
        office.answer("2024-Q3-核对", "县水利局", "核对单", objects)
        office.answer("2024-Q3-核对", "县行政审批局", "核对单", {("*", "核对意见"): "无误"})
        office.consolidate("2024-Q3", now)
        assert status(office.year, QUARTERS[2])["confirmations"][0]["result"] == "有异议1项"
        office.decide("2024-Q3", "甲1", "用新数", now)
        figures["甲1"] = Figure(number=F(81))
    if number == 3:
        now = datetime(2025, 1, 8)
        issue_certification(office.year, QUARTERS[3], now)
        cells = {("甲2", "认定意见"): "核增", ("甲2", "认定数"): 6.2, ("甲2", "核减、核增、不予认定原因"): "漏计超时件"}
        office.answer("2024-Q4-认定", "县统计局", "认定", {**cells, ("*", "认定意见"): "同意报送数"})
        office.consolidate("2024-Q4", now)


def reopened(office: Office, told: Told, figures: dict[str, Figure]) -> None:
    """The first quarter is opened again for a slip, and closed anew."""
    now = datetime(2024, 4, 18)
    reopen(office.year, QUARTERS[0], now, why="审批局办结时长少算")
    figures["甲2"] = Figure(number=F(49, 10))
    mine = {code: one for code, one in figures.items() if told.rows[code].filler == "县行政审批局"}
    office.send("县行政审批局", "2024-Q1", mine, "重报.xlsx")
    office.consolidate("2024-Q1", now)
    office.decide("2024-Q1", "甲2", "用新数", now)
    told.months[0] = told.month(QUARTERS[0].end_month, figures)
    compare(office, told, QUARTERS[0], LEADS)
    office.close("2024-Q1", now)


def rolled_over(office: Office, root: Path) -> None:
    """The next year begins with what was certified, else with what was reported last."""
    rollover(office.year, root)
    with closing(Year(root)) as following:
        plan = following.written_plan
        assert plan.settings.year == 2025
        assert {code: plan.indicator(code).opening for code in ("甲2", "乙2")} == {"甲2": F(62, 10), "乙2": F(951, 1000)}
        told = {row["对象"]: row["说明"] for row in plan.tables["参数"] if row["参数"] == "年初数"}
        assert "6.1" in told["甲2"]


def edit(office: Office, told: Told, number: int) -> None:
    """What is changed before the forms of a quarter go out."""
    if number == 1:
        told.rows["乙3"] = replace(told.rows["乙3"], paused=True)
    if number == 2:
        office.edit("指标", "乙1", 目标=3.5)
        told.rows["乙1"] = replace(told.rows["乙1"], target=F(7, 2))
    if number == 3:
        office.edit("指标", "乙2", 填数单位="农业农村局")
        told.rows["乙2"] = replace(told.rows["乙2"], filler="农业农村局")
