"""督办单: colours by what is sure, numbers that stay until a matter is settled, a leader's word before 黄 and 红."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from minsheng_xl import Period, Year, issue
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import correct_receipt
from minsheng_xl.plan.workbook import workbook_bytes
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.taking.consolidate import take_in
from minsheng_xl.telling.matters import MatterColour, about_return, confirmed_paces, matters_of, worst
from minsheng_xl.telling.supervise import approve, open_matters, supervise
from minsheng_xl.year.entries import MatterRaised, MatterSettled
from tests.makers import figure, little_tables, send
from tests.sharing import copied, made_once

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
DISABLED = "县残联"


def taken_in(year: Year, period: Period, now: datetime) -> None:
    """Take in what lies in 收件/; the master does not matter here."""
    take_in(year, period, now, year.register.next_run())


def edited(year: Year, change: Callable[[dict[str, list[dict[str, str]]]], object]) -> Year:
    """The year after the office changed its plan."""
    tables = year.written_plan.tables
    change(tables)
    year.plan_path.write_bytes(workbook_bytes(tables))
    year.close()
    return Year(year.root)


def with_steps(tables: dict[str, list[dict[str, str]]]) -> None:
    """督办单 is made, and 8-1 goes by steps that its lead has confirmed."""
    tables["参数"].append({"参数": "督办单", "对象": "", "值": "用", "说明": ""})
    tables["参数"].append({"参数": "补报期限", "对象": "2022-10", "值": "2022-11-15", "说明": ""})
    row = next(row for row in tables["指标"] if row["编码"] == "8-1")
    row["序时规则"] = "节点"
    tables["序时"] += [
        {"指标编码": "8-1", "月份": month, "应完成": share, "依据": "县残联9月计划", "确认单位": DISABLED}
        for month, share in (("9", "50%"), ("10", "95%"), ("11", "98%"), ("12", "100%"))
    ]


def _made(folder: Path) -> Path:
    year = edited(Year.create(folder / "年", little_tables()), with_steps)
    issue(year, OCTOBER, datetime(2022, 10, 31))
    year.close()
    return year.root


@pytest.fixture
def supervised(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Year]:
    """A year of the little plan with slips, October issued."""
    yield from copied(made_once(tmp_path_factory, "supervised", _made), tmp_path / "年")


def colours(year: Year, day: date, period: Period = OCTOBER) -> dict[tuple[str, str], str]:
    account = account_of(year.plan.at(period), year.register, period)
    return {(one.unit, one.about): one.colour.value for one in matters_of(account, day)}


@pytest.mark.parametrize(
    ("day", "colour"), [(date(2022, 11, 1), None), (date(2022, 11, 4), "蓝色"), (date(2022, 11, 7), "蓝色"), (date(2022, 11, 8), "黄色"), (date(2022, 11, 16), "红色")],
)
def test_a_return_goes_from_blue_to_red(supervised: Year, day: date, colour: str | None) -> None:
    found = colours(supervised, day)
    assert set(found.values()) == ({colour} if colour else set())
    if colour:
        assert len(found) == len(supervised.plan.reporting_units)


def test_a_late_one_counts_once_its_day_is_confirmed(supervised: Year) -> None:
    send(supervised, DISABLED, OCTOBER, {figure("8-1"): "110"})
    now = datetime(2022, 11, 9, 10)
    taken_in(supervised, OCTOBER, now)
    about = (DISABLED, about_return(OCTOBER))
    assert about not in colours(supervised, now.date())
    (receipt,) = [one for one in account_of(supervised.plan, supervised.register, OCTOBER).receipts if one.unit == DISABLED]
    correct_receipt(supervised, receipt.sha256[:8], date(2022, 11, 9), now, why="门卫登记")
    assert colours(supervised, now.date())[about] == "黄色"


@pytest.mark.parametrize(("value", "colour"), [("118", None), ("105", "黄色"), ("30", "红色")])
def test_a_lag_counts_where_the_pace_is_confirmed(supervised: Year, value: str, colour: str | None) -> None:
    assert confirmed_paces(supervised.plan) >= {"8-1"}
    send(supervised, DISABLED, OCTOBER, {figure("8-1"): value})
    taken_in(supervised, OCTOBER, datetime(2022, 11, 3))
    assert colours(supervised, date(2022, 11, 3)).get((DISABLED, "8-1")) == colour


def test_a_lag_by_an_even_pace_does_not_count(issued: Year) -> None:
    year = edited(issued, lambda tables: tables["参数"].append({"参数": "督办单", "对象": "", "值": "用", "说明": ""}))
    assert "8-1" not in confirmed_paces(year.plan)
    send(year, DISABLED, OCTOBER, {figure("8-1"): "30"})
    taken_in(year, OCTOBER, datetime(2022, 11, 3))
    assert (DISABLED, "8-1") not in colours(year, date(2022, 11, 3))


def test_a_number_stays_until_the_matter_is_settled(supervised: Year) -> None:
    send(supervised, DISABLED, OCTOBER, {figure("8-1"): "30"})
    taken_in(supervised, OCTOBER, datetime(2022, 11, 3))
    first = supervise(supervised, OCTOBER, datetime(2022, 11, 8))
    numbers = {(one.matter.unit, one.matter.about): one.number for one in first.matters}
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
    again = supervise(supervised, OCTOBER, datetime(2022, 11, 9))
    assert {(one.matter.unit, one.matter.about): one.number for one in again.matters} == numbers and not again.settled
    later = supervise(supervised, OCTOBER, datetime(2022, 11, 16))
    assert {(one.matter.unit, one.matter.about): one.number for one in later.matters} == numbers, "redder, not another"
    issue(supervised, NOVEMBER, datetime(2022, 11, 30))
    send(supervised, DISABLED, NOVEMBER, {figure("8-1"): "40"}, "十一月.xlsx")
    taken_in(supervised, NOVEMBER, datetime(2022, 12, 2))
    next_month = supervise(supervised, NOVEMBER, datetime(2022, 12, 2))
    assert {one.number for one in next_month.matters if one.matter.about == "8-1"} == {numbers[DISABLED, "8-1"]}
    send(supervised, "县妇联", OCTOBER, {}, "空.xlsx")
    send(supervised, DISABLED, NOVEMBER, {figure("8-1"): "119"}, "十一月又.xlsx")
    taken_in(supervised, NOVEMBER, datetime(2022, 12, 4))
    for item in account_of(supervised.plan, supervised.register, NOVEMBER).pending:
        from minsheng_xl.master.decide import decide

        decide(supervised, item.id, "用新数", datetime(2022, 12, 4))
    done = supervise(supervised, NOVEMBER, datetime(2022, 12, 4))
    assert numbers[DISABLED, "8-1"] in done.settled
    assert numbers[DISABLED, "8-1"] not in {one.number for one in open_matters(supervised)}
    assert len({one.number for one in supervised.register.entries(MatterRaised)}) >= len(numbers)
    assert [one.number for one in supervised.register.entries(MatterSettled)].count(numbers[DISABLED, "8-1"]) == 1


def test_a_month_without_figures_settles_nothing(supervised: Year) -> None:
    send(supervised, DISABLED, OCTOBER, {figure("8-1"): "30"})
    taken_in(supervised, OCTOBER, datetime(2022, 11, 3))
    (lag,) = [one.number for one in supervise(supervised, OCTOBER, datetime(2022, 11, 3)).matters if one.matter.about == "8-1"]
    issue(supervised, NOVEMBER, datetime(2022, 11, 30))
    assert lag not in supervise(supervised, NOVEMBER, datetime(2022, 12, 1)).settled
    send(supervised, DISABLED, NOVEMBER, {figure("8-1"): "119"}, "十一月.xlsx")
    taken_in(supervised, NOVEMBER, datetime(2022, 12, 2))
    assert lag in supervise(supervised, NOVEMBER, datetime(2022, 12, 2)).settled
    again = supervise(supervised, OCTOBER, datetime(2022, 12, 3))
    assert "8-1" not in {one.matter.about for one in again.matters}, "November has settled it"


def test_slips_are_taken_away_when_nothing_is_left(supervised: Year) -> None:
    (path, *_) = supervise(supervised, OCTOBER, datetime(2022, 11, 8)).files
    assert path.exists()
    assert not supervise(supervised, OCTOBER, datetime(2022, 11, 1)).files and not path.exists()


def test_a_unit_that_there_is_not_is_said(supervised: Year) -> None:
    with pytest.raises(MisuseError, match="县残连"):
        approve(supervised, OCTOBER, datetime(2022, 11, 8), ("李明", "督办〔2022〕3号"), ["县残连"])


def test_yellow_and_red_wait_for_a_leaders_word(supervised: Year) -> None:
    blue = supervise(supervised, OCTOBER, datetime(2022, 11, 4))
    assert not any(slip.is_drafted for slip in blue.slips)
    yellow = supervise(supervised, OCTOBER, datetime(2022, 11, 8))
    assert all(slip.is_drafted for slip in yellow.slips)
    assert approve(supervised, OCTOBER, datetime(2022, 11, 8, 9), ("李明", "督办〔2022〕3号"), [DISABLED]) == 1
    after = {slip.unit: slip for slip in supervise(supervised, OCTOBER, datetime(2022, 11, 8, 10)).slips}
    assert (after[DISABLED].approver, after[DISABLED].document) == ("李明", "督办〔2022〕3号")
    assert all(slip.is_drafted for name, slip in after.items() if name != DISABLED)
    redder = {slip.unit: slip for slip in supervise(supervised, OCTOBER, datetime(2022, 11, 16)).slips}
    assert redder[DISABLED].is_drafted, "the leader saw it in yellow"
    with pytest.raises(MisuseError, match="文号"):
        approve(supervised, OCTOBER, datetime(2022, 11, 8), ("李明", ""))


def test_the_slip_bears_the_worst_and_its_lines_their_own(supervised: Year) -> None:
    send(supervised, DISABLED, OCTOBER, {figure("8-1"): "30"})
    taken_in(supervised, OCTOBER, datetime(2022, 11, 9))
    (receipt,) = [one for one in account_of(supervised.plan, supervised.register, OCTOBER).receipts if one.unit == DISABLED]
    correct_receipt(supervised, receipt.sha256[:8], date(2022, 11, 9), datetime(2022, 11, 9), why="门卫登记")
    result = supervise(supervised, OCTOBER, datetime(2022, 11, 9))
    (slip,) = [one for one in result.slips if one.unit == DISABLED]
    assert slip.colour == "红色" and [line.colour for line in slip.lines] == ["黄色", "红色"]
    assert worst([MatterColour.BLUE, MatterColour.RED, MatterColour.YELLOW]) is MatterColour.RED
    book = load_workbook(Path(result.files[0]))
    assert book.sheetnames == [one.tab for one in result.slips]
    shown = [[cell.value for cell in row] for row in book[DISABLED].iter_rows()]
    texts = [str(value) for row in shown for value in row if value]
    assert "督办单（红色督办）" in texts and any("【拟办】" in text for text in texts)
    assert any(text.startswith("批准人：") for text in texts)
    assert [row[4] for row in shown if row[0] and str(row[0]).startswith("2022-0")] == ["黄色", "红色"]


def test_it_is_off_until_the_plan_says_so(issued: Year) -> None:
    with pytest.raises(MinshengError, match="督办单"):
        supervise(issued, OCTOBER, datetime(2022, 11, 8))
