"""A year of twelve months over a plan of 22 indicators, with all that happens to a plan in a year: what the program says
of every period agrees with a calculator that knows nothing of it."""

import io
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from itertools import chain
from pathlib import Path
from random import Random
from typing import NamedTuple

import openpyxl
import pytest

from minsheng_xl import Period, Year
from minsheng_xl.books.write.book import write_book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.read import read_tables
from minsheng_xl.proof.verify import Verdict, verify
from minsheng_xl.sending.issue import issue_certification
from minsheng_xl.telling.print import on_paper
from tests.sharing import made_once
from tests.years.agreement import Told, compare, compare_certified
from tests.years.calculator import Figure, Month, Row, certified, reckon
from tests.years.office import Office, rows_of

PLAN = Path(__file__).parents[1] / "plans" / "云溪区2025"
YEAR = 2025
LEADS = ("区人社局", "区住建局", "区民政局", "区卫健局", "区交通局", "区行政审批局")
OPINIONS = ("同意报送数", "核减", "", "待补证", "核减", "同意报送数", "不予认定")
SILENT, LATE = (6, "区行政审批局"), (3, "区交通局")


def name_of(month: int) -> str:
    return f"{YEAR}-{month:02}"


def figures_of(rows: Mapping[str, Row], month: int) -> dict[str, Figure]:
    """What the clerks write: totals that go at paces of their own, shares that waver."""
    found = {}
    for code, row in rows.items():
        chance = Random(f"{code}")
        factor = Fraction(chance.randint(60, 125), 100)
        waver = Fraction(Random(f"{code} {month}").randint(-3, 3), 100)
        if row.kind == "累计量":
            steps = 10 if code == "5-1" else 100 if code == "5-2" else 1
            found[code] = Figure(number=Fraction(int(row.target * factor * month / 12 * steps), steps))
        elif row.kind == "时点量":
            base = row.opening if row.opening is not None else row.target
            rise = (row.target - base) * factor * month / 12
            number = Fraction(round((base + rise + (waver * 10 if row.comparator == "≤" else 0)) * 10), 10)
            found[code] = Figure(number=number if row.comparator == "≤" else Fraction(round(number)))
        else:
            opening = row.opening if row.opening is not None else row.target * (factor if factor < 1 else 1)
            rate = min(Fraction(1), opening + (row.target - opening) * month / 12 + waver / 2)
            own = Fraction(400 + 10 * month)
            below = row.denominator if row.denominator is not None else own
            above = Fraction(round(rate * below))
            found[code] = Figure(numerator=above, denominator=None if row.denominator is not None else own)
    return found


class Run:
    """The year as it goes on."""

    def __init__(self, root: Path) -> None:
        self.office = Office(Year.create(root, read_tables(PLAN)))
        self.told = Told(YEAR, rows_of(PLAN))
        self.leads = LEADS
        self.said: dict[str, Fraction | str] = {}

    def when(self, month: int, day: int, hour: int = 9) -> datetime:
        """A day of the month after a period."""
        return datetime(YEAR + month // 12, month % 12 + 1, day, hour)

    def go(self) -> Iterator[int]:
        for number in range(1, 13):
            self.month(number)
            yield number
        self.certify()
        self.office.close(name_of(12), self.when(12, 20))

    def month(self, number: int) -> None:
        office, told, period = self.office, self.told, name_of(number)
        self.edits_before(number)
        office.issue(period, self.when(number - 1, 28) if number > 1 else datetime(YEAR, 1, 28))
        figures = figures_of(told.rows, number)
        by_unit: dict[str, dict[str, Figure]] = {}
        for code, row in told.rows.items():
            by_unit.setdefault(row.filler, {})[code] = figures[code]
        missing = {unit for at, unit in (SILENT, LATE) if at == number}
        for unit, mine in by_unit.items():
            if unit not in missing:
                office.send(unit, period, mine)
        kept = {code: one for code, one in figures.items() if told.rows[code].filler not in missing}
        if number == LATE[0] + 1:
            late = figures_of(rows_at(told, LATE[0]), LATE[0])
            mine = {code: one for code, one in late.items() if rows_at(told, LATE[0])[code].filler == LATE[1]}
            office.send(LATE[1], name_of(LATE[0]), mine, "晚到.xlsx")
            whole = told.month(LATE[0], {})
            whole.rows = rows_at(told, LATE[0])
            reckon(whole, late, YEAR)
            told.months[LATE[0] - 1] = whole
        office.consolidate(period, self.when(number, 5))
        told.months.append(told.month(number, kept))
        self.after(number)

    def edits_before(self, number: int) -> None:
        """What the office changes in the plan before the forms of a month go out: those of the month before are out."""
        office, told = self.office, self.told
        if number == 4:
            office.edit("指标", "1-3", 目标=26000)
            told.rows["1-3"] = replace(told.rows["1-3"], target=Fraction(26000))
        if number == 5:
            office.edit("指标", "5-1", 填数单位="区水利局")
            told.rows["5-1"] = replace(told.rows["5-1"], filler="区水利局")
        if number == 7:
            office.edit("指标", "2-1", 编码="2-9")
            office.add("变更", 事项="改编码", 对象="2-1", 改为="2-9", 文号="区政办7号")
            told.rows["2-9"] = replace(told.rows.pop("2-1"), code="2-9")
            for month in told.months:  # June is open yet, and has the new code; what was closed keeps its own
                month.results["2-9"] = month.results["2-1"]
                if month.end == 6:
                    month.rows["2-9"] = replace(month.rows.pop("2-1"), code="2-9")
                    del month.results["2-1"]
        if number == 8:
            office.replace("区卫健局", "区卫生健康委")
            office.edit("单位", "区卫生健康委", 别名="区卫健局")
            told.rows = {code: replace(row, filler=_renamed(row.filler)) for code, row in told.rows.items()}
            self.leads = tuple(map(_renamed, self.leads))
            july = told.months[6]
            july.rows = {code: replace(row, filler=_renamed(row.filler)) for code, row in july.rows.items()}
            office.edit("指标", "3-1", 暂停文号="区政办8号", 暂停起始期="2025-08", 恢复起始期="2025-10")
            told.rows["3-1"] = replace(told.rows["3-1"], paused=True)
        if number == 9:
            office.edit("指标", "5-2", 完成时限="2025-10-31")
            told.rows["5-2"] = replace(told.rows["5-2"], deadline=date(2025, 10, 31))
            august = told.months[7]  # a blank filled in corrects, and August is open yet
            august.rows["5-2"] = told.rows["5-2"]
            reckon(august, figures_of(august.rows, 8), YEAR)
        if number == 10:
            told.rows["3-1"] = replace(told.rows["3-1"], paused=False)
            office.add(
                "指标", 编码="1-5", 类别="考核", 项目=1, 指标="创业培训", 类型="累计量", 计量单位="人", 比较="≥", 目标=600,
                序时规则="均衡",
            )
            told.rows["1-5"] = Row("1-5", "累计量", "≥", Fraction(600), "均衡", "区人社局", project="1")
        if number == 11:
            office.remove("指标", "6-4")
            office.add("变更", 事项="终止", 对象="6-4", 起始期次="2025-11", 文号="区政办11号")
            del told.rows["6-4"]

    def after(self, number: int) -> None:
        """What happens when a month was consolidated: the one before is closed; a closed one is corrected."""
        if number > 1:
            self.office.close(name_of(number - 1), self.when(number, 10))
        if number == 5:
            figures = {"2-2": Figure(number=Fraction(2500)), "2-1": self._figure(4, "2-1"), "2-3": self._figure(4, "2-3")}
            self.office.send("区住建局", name_of(4), figures, "更正.xlsx")
            self.office.consolidate(name_of(5), self.when(5, 12))
            self.told.corrected[4, "2-2"] = Fraction(2500)

    def certify(self) -> None:
        """After December: some figures are agreed to, some made worse, some put off, one is not recognised."""
        month, cells = self.told.months[-1], dict[tuple[str, str], object]()
        for n, (code, row) in enumerate(month.rows.items()):
            value, opinion = month.results[code].value, OPINIONS[n % len(OPINIONS)]
            if value is None or not opinion:
                continue
            self.said[code] = value if opinion == "同意报送数" else opinion
            if opinion == "核减":
                opinion, self.said[code], cells[code, "认定数"] = made_worse(row, value)
            cells[code, "认定意见"] = opinion
            if opinion in ("核减", "核增", "不予认定"):
                cells[code, "核减、核增、不予认定原因"] = "口径不符"
        issue_certification(self.office.year, Period(YEAR, 12), self.when(12, 12))
        self.office.answer(f"{name_of(12)}-认定", "区统计局", "认定", cells)
        self.office.consolidate(name_of(12), self.when(12, 15))

    def by_certified(self) -> Month:
        """December by what was certified of it."""
        assert {"待补证", "不予认定"} < set(self.said.values()), "else little is tried"
        return certified(self.told.months[-1], self.said, YEAR)

    def _figure(self, month: int, code: str) -> Figure:
        return figures_of(rows_at(self.told, month), month)[code]


def made_worse(row: Row, value: Fraction) -> tuple[str, Fraction, float]:
    """What a certifier says that recognises less, or of what should be little more: the word, the value, and what is
    written, a ratio in percent."""
    if row.kind == "比率":
        percent = Fraction(int(value * 1000 * 9 / 10), 10)
        return "核减", percent / 100, float(percent)
    if row.comparator == "≤":
        more = value + Fraction(1, 2)
        return "核增", more, float(more)
    steps = {"5-1": 10, "5-2": 100}.get(row.code, 1)
    less = Fraction(int(value * steps * 9 / 10), steps)
    return "核减", less, float(less)


def rows_at(told: Told, number: int) -> dict[str, Row]:
    return told.months[number - 1].rows


def _renamed(name: str) -> str:
    return name.replace("区卫健局", "区卫生健康委")


class Past(NamedTuple):
    """The folder of a year that has run its course, what it is told to be, who leads at its end, and what was certified
    then."""

    root: Path
    told: Told
    leads: tuple[str, ...]
    certified: dict[str, Fraction | str]

    def run(self, root: Path) -> Run:
        """The year as it stands in a folder that is a copy of its own."""
        found = Run.__new__(Run)
        found.office, found.told, found.leads, found.said = Office(Year(root)), self.told, self.leads, self.certified
        return found


def a_year_of_months(factory: pytest.TempPathFactory) -> Past:
    """The year, made once for all who look at it; every month is compared as it goes."""

    def make(folder: Path) -> Past:
        run = Run(folder / "云溪区2025")
        for number in run.go():
            compare(run.office, run.told, Period(YEAR, number), run.leads)
            if number > 1:
                compare_closed(run, number - 1)
        run.office.year.close()
        return Past(run.office.root, run.told, run.leads, run.said)

    return made_once(factory, "year of months", make)


def test_a_year_of_months(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    past = a_year_of_months(tmp_path_factory)
    run = past.run(Path(shutil.copytree(past.root, tmp_path / "年")))
    compare_certified(run.office, run.by_certified(), Period(YEAR, 12), run.leads)
    for number in range(1, 13):
        compare_closed(run, number)
    for number in (2, 6, 9, 12):
        assert made_again(run.office.year, Period(YEAR, number)) == []
    found = verify(run.office.year)
    assert found.is_sound
    assert {one.proof.verdict for one in found.figures} == {Verdict.PROVED}
    figures = [[month.results[code].value for code in month.rows] for month in run.told.months]
    assert len(found.figures) == sum(value is not None for value in chain.from_iterable(figures))
    run.office.year.close()


def made_again(year: Year, period: Period) -> list[str]:
    """The cells in which the stack of a closed period, made again from the archive, is not the one that was kept."""
    closed = year.register.closed(period)
    assert closed is not None
    account = on_paper(year, account_of(year.plan_of(period), year.register, period))
    stacked = [output for output in outputs(account) if output.stacked]
    kept = openpyxl.load_workbook(io.BytesIO(year.archive.read(closed.print)))
    again = openpyxl.load_workbook(io.BytesIO(write_book(printed(master_book(account, "", 0), account, stacked))))
    assert kept.sheetnames == again.sheetnames
    differing = []
    for sheet in kept:
        other = again[sheet.title]
        assert sheet.dimensions == other.dimensions
        for cell in chain.from_iterable(sheet.iter_rows()):
            if cell.value != other[cell.coordinate].value:
                differing.append(f"{sheet.title} {cell.coordinate}")
    return differing


def compare_closed(run: Run, number: int) -> None:
    """A closed month says what it said, its rows and units called as they were."""
    compare(run.office, run.told, Period(YEAR, number), LEADS if number < 7 else run.leads)
