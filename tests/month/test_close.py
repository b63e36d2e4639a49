"""定稿: the figures as printed stay; what comes later counts in the next period's 上期累计."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, issue, status
from minsheng_xl.accounts.questions import WHOLE
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.month.close import close
from minsheng_xl.month.decide import decide
from minsheng_xl.year.entries import Judged
from tests.makers import figure, send
from tests.sharing import copied, made_once
from tests.workbooks import sheet_of

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
NOW, CLOSED, LATE = datetime(2022, 11, 7, 16), datetime(2022, 11, 10), datetime(2022, 11, 15)


@pytest.fixture(scope="module")
def closed_folder(issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year whose October was closed; not to be written to."""

    def make(folder: Path) -> Path:
        for year in copied(issued_folder, folder / "年"):
            send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
            consolidate(year, OCTOBER, NOW)
            close(year, OCTOBER, CLOSED)
        return folder / "年"

    return made_once(tmp_path_factory, "closed", make)


@pytest.fixture
def closed(closed_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(closed_folder, tmp_path / "年")


def reported(year: Year, period: Period) -> object:
    return next(i["reported"] for i in status(year, period)["indicators"] if i["code"] == "8-1")


def test_a_closing_keeps_the_head_of_the_chain_as_it_stood(closed: Year) -> None:
    lines = closed.journal.path.read_bytes().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if json.loads(line)["kind"] == "closed")
    entry = closed.register.closed(OCTOBER)
    assert entry is not None
    assert entry.head == hashlib.sha256(lines[at - 1]).hexdigest()[:16]


def test_what_comes_later_changes_nothing_that_was_closed(closed: Year) -> None:
    before = status(closed, OCTOBER)
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
    send(closed, "县民政局", OCTOBER, {figure("6-1"): "3"}, "晚.xlsx")
    result = consolidate(closed, OCTOBER, LATE)
    assert {f.file: (f.outcome, f.problems[0].code) for f in result.files} == {
        "更正.xlsx": (Outcome.ACCEPTED, "after-closing"), "晚.xlsx": (Outcome.ACCEPTED, "after-closing"),
    }
    assert status(closed, OCTOBER) == before
    assert result.answers == ()
    form = unit_form(closed.plan, closed.plan.unit("县残联"), OCTOBER, {})
    assert sheet_of(result.master.path, "县残联")[form.address(figure("8-1"))].value == 106


def test_a_later_correction_is_the_next_forms_previous_figure(closed: Year) -> None:
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
    consolidate(closed, OCTOBER, LATE)
    result = issue(closed, NOVEMBER, datetime(2022, 11, 30))
    book = openpyxl.load_workbook(next(p for p in result.workbooks if "县残联" in p.name), data_only=True)
    form = unit_form(closed.plan, closed.plan.unit("县残联"), NOVEMBER, {})
    assert book["填报表"][form.address(figure("8-1", "previous"))].value == 104
    assert book["填报表"][form.address(figure("8-1", "check"))].value == "提示：上期累计含定稿后更正"
    send(closed, "县残联", NOVEMBER, {figure("8-1"): "105"})
    (one,) = consolidate(closed, NOVEMBER, datetime(2022, 12, 5)).files
    assert one.outcome is Outcome.ACCEPTED  # not less than 104
    assert (reported(closed, OCTOBER), reported(closed, NOVEMBER)) == ("106", "105")


def test_a_doubtful_correction_corrects_nothing(closed: Year) -> None:
    send(closed, "县残联", OCTOBER, {figure("8-1"): "百余人"}, "更正.xlsx")
    assert [f.outcome for f in consolidate(closed, OCTOBER, LATE).files] == [Outcome.HELD]
    result = issue(closed, NOVEMBER, datetime(2022, 11, 30))
    book = openpyxl.load_workbook(next(p for p in result.workbooks if "县残联" in p.name), data_only=True)
    form = unit_form(closed.plan, closed.plan.unit("县残联"), NOVEMBER, {})
    assert book["填报表"][form.address(figure("8-1", "previous"))].value == 106


def test_a_period_is_closed_by_the_plan_of_its_day(closed: Year) -> None:
    before = status(closed, OCTOBER)
    book = openpyxl.load_workbook(closed.plan_path)
    book["指标"]["J20"] = 212
    assert book["指标"]["A20"].value == "8-1"
    book.save(closed.plan_path)
    again = Year(closed.root)
    assert status(again, OCTOBER) == before
    assert next(i["target"] for i in status(again, NOVEMBER)["indicators"] if i["code"] == "8-1") == "212"
    again.close()


def test_closing_twice_or_nothing_is_said(closed: Year) -> None:
    with pytest.raises(MinshengError, match="已经在 2022-11-10 00:00 定稿"):
        close(closed, OCTOBER, LATE)
    with pytest.raises(MinshengError, match="还没有汇总过"):
        close(closed, NOVEMBER, LATE)


def test_the_register_is_made_again_equal_from_the_archive(closed: Year) -> None:
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "更正.xlsx")
    consolidate(closed, OCTOBER, LATE)
    before = status(closed, OCTOBER)
    entries, equal, lost = closed.rebuild()
    assert (entries, equal, lost) == (closed.register.last_seq(), True, ())
    assert status(closed, OCTOBER) == before
    (entry, *_) = closed.register.entries(Judged)
    closed.archive.path(entry.returned.sha256).write_bytes(b"changed")
    assert closed.rebuild()[2] == (entry.returned.sha256,)


def test_a_form_of_unclear_origin_that_comes_later_waits_in_the_next_period(closed: Year) -> None:
    before = status(closed, OCTOBER)
    path = send(closed, "县民政局", OCTOBER, {figure("6-1"): "3"}, "民.xlsx")
    book = openpyxl.load_workbook(path)
    book["填报表"]["C4"] = "县妇联"
    book.save(path)
    (one,) = consolidate(closed, OCTOBER, LATE).files
    assert [p.code for p in one.problems][:2] == ["identity-unit-typed", "after-closing"]
    assert account_of(closed.plan, closed.register, OCTOBER).pending == []
    (item,) = account_of(closed.plan, closed.register, NOVEMBER).pending
    assert (item.kind, item.unit, item.file) == (WHOLE, "县民政局", "民.xlsx")
    assert item.other.startswith("10月定稿后收到：")
    decide(closed, item.id, "采用", LATE)
    assert account_of(closed.plan, closed.register, NOVEMBER).pending == []
    account = account_of(closed.plan, closed.register, NOVEMBER)
    assert (account.before["6-1"], "6-1" in account.corrected) == (3, True)
    assert status(closed, OCTOBER) == before
    assert closed.rebuild()[1:] == (True, ())


def test_a_file_that_names_two_units_is_settled_where_it_waits(issued: Year) -> None:
    """It waits in the account of the run's period, whatever period it names itself."""
    issue(issued, NOVEMBER, datetime(2022, 11, 30))
    path = send(issued, "县民政局", OCTOBER, {figure("6-1"): "3"})
    book = openpyxl.load_workbook(path)
    for row in book["标识"].iter_rows():
        for cell in row:
            cell.value = "县残联" if cell.value == "县民政局" else cell.value
    book.save(path)
    consolidate(issued, NOVEMBER, datetime(2022, 12, 5))
    (item,) = account_of(issued.plan, issued.register, NOVEMBER).pending
    assert (item.kind, item.unit) == (WHOLE, "")
    decide(issued, item.id, "不理", datetime(2022, 12, 5))
    assert account_of(issued.plan, issued.register, NOVEMBER).pending == []


def test_a_correction_after_closing_can_be_taken_back(closed: Year) -> None:
    first = (closed.inbox / "县残联_2022-10.xlsx").read_bytes()
    send(closed, "县残联", OCTOBER, {figure("8-1"): "104"}, "b.xlsx")
    consolidate(closed, OCTOBER, LATE)
    (closed.inbox / "c.xlsx").write_bytes(first)
    (one,) = consolidate(closed, OCTOBER, LATE).files
    assert (one.outcome, one.problems[0].code) == (Outcome.ACCEPTED, "after-closing")
    assert account_of(closed.plan, closed.register, NOVEMBER).before["8-1"] == 106
    (closed.inbox / "d.xlsx").write_bytes(first)
    (one,) = consolidate(closed, OCTOBER, LATE).files
    assert one.outcome is Outcome.DUPLICATE
