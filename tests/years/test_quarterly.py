"""A year of four quarters with other bands, a milestone, a suspension and a target that is not to be exceeded."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from minsheng_xl import Period, Year
from minsheng_xl.plan.read import read_tables
from tests.years.agreement import Told, compare
from tests.years.calculator import Figure
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
        told.months.append(told.month(end, {code: one for code, one in figures.items() if code not in silent}))
        compare(office, told, period, LEADS)
        office.close(str(period), datetime(2024 + end // 12, end % 12 + 1, 15))
    for period in QUARTERS:
        compare(office, told, period, LEADS)
    office.year.close()


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
