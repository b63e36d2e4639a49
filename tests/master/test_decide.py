"""待决事项: what the office settles, by the command's words and in the workbook alike."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, status
from minsheng_xl.accounts.questions import Pending
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.decide import correct_receipt, decide
from minsheng_xl.year.entries import Decided
from minsheng_xl.year.person import Person
from tests.makers import figure, send, send_borrowed, word
from tests.workbooks import sheet_of

OCTOBER = Period.parse("2022-10")
NOW = datetime(2022, 11, 7, 16)
LATER = datetime(2022, 11, 8, 9)


def pending(year: Year) -> list[Pending]:
    return account_of(year.plan, year.register, OCTOBER).pending


def reported(year: Year, code: str) -> object:
    return next(i["reported"] for i in status(year, OCTOBER)["indicators"] if i["code"] == code)


def standing(year: Year, unit: str) -> str:
    return next(u["standing"] for u in status(year, OCTOBER)["units"] if u["unit"] == unit)


def in_doubt(year: Year) -> Pending:
    send(year, "县人力资源和社会保障局", OCTOBER, {figure("1-1"): "3"})
    consolidate(year, OCTOBER, NOW)
    (item,) = pending(year)
    return item


@pytest.mark.parametrize(
    ("said", "value", "unit"), [("属实", "3", "accepted"), ("30000", "30000", "accepted"), ("30,000", "30000", "accepted"), ("不计入", None, "held")]
)
def test_a_doubtful_figure_is_settled_by_a_word_or_a_number(issued: Year, said: str, value: str | None, unit: str) -> None:
    item = in_doubt(issued)
    decide(issued, item.id, said, LATER, who="王主任", why="电话核实")
    assert (reported(issued, "1-1"), standing(issued, "县人力资源和社会保障局"), pending(issued)) == (value, unit, [])
    (entry,) = issued.register.entries(Decided)
    assert (entry.who, entry.why, entry.at, entry.word) == ("王主任", "电话核实", datetime(2022, 11, 8, 9), said)


@pytest.mark.parametrize("said", ["大概吧", "-5", "1e3", ""])
def test_a_word_that_cannot_be_meant_changes_nothing(issued: Year, said: str) -> None:
    item = in_doubt(issued)
    with pytest.raises(MinshengError, match="属实"):
        decide(issued, item.id, said, LATER)
    assert pending(issued) == [item]
    with pytest.raises(MinshengError, match="没有编号"):
        decide(issued, "ffffff", "属实", LATER)


@pytest.mark.parametrize(("said", "value"), [("用新数", "116"), ("用原数", "106")])
def test_a_correction_after_acceptance(issued: Year, said: str, value: str) -> None:
    for name, number in (("a.xlsx", "106"), ("b.xlsx", "116")):
        send(issued, "县残联", OCTOBER, {figure("8-1"): number}, name)
        consolidate(issued, OCTOBER, NOW)
    (item,) = pending(issued)
    decide(issued, item.id, said, LATER)
    assert (reported(issued, "8-1"), standing(issued, "县残联"), pending(issued)) == (value, "accepted", [])


def test_two_that_differ(issued: Year) -> None:
    for name, number in (("a.xlsx", "106"), ("b.xlsx", "107")):
        send(issued, "县残联", OCTOBER, {figure("8-1"): number}, name)
    consolidate(issued, OCTOBER, NOW)
    (item,) = pending(issued)
    decide(issued, item.id, "107", LATER)
    assert (reported(issued, "8-1"), standing(issued, "县残联")) == ("107", "accepted")


def test_a_borrowed_form_is_taken_for_its_unit_by_a_word(issued: Year) -> None:
    send_borrowed(issued, OCTOBER)
    consolidate(issued, OCTOBER, NOW)
    (item,) = pending(issued)
    decide(issued, item.id, "采用", LATER)
    assert (reported(issued, "8-1"), standing(issued, "县残联"), pending(issued)) == ("106", "accepted", [])


def test_a_borrowed_form_that_is_not_taken_is_a_refusal(issued: Year) -> None:
    send_borrowed(issued, OCTOBER)
    consolidate(issued, OCTOBER, NOW)
    (item,) = pending(issued)
    decide(issued, item.id, "不采用", LATER)
    assert (reported(issued, "8-1"), standing(issued, "县残联"), pending(issued)) == (None, "refused", [])


@pytest.mark.parametrize(
    ("said", "unit"), [("县残联", "refused"), ("附件：县残联", "missing"), ("不理", "missing")]
)
def test_a_file_without_a_sender(issued: Year, said: str, unit: str) -> None:
    (issued.inbox / "扫描.pdf").write_bytes(b"%PDF-1.4")
    consolidate(issued, OCTOBER, NOW)
    (item,) = pending(issued)
    decide(issued, item.id, said, LATER)
    assert (standing(issued, "县残联"), pending(issued)) == (unit, [])
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(issued, OCTOBER, LATER)
    assert standing(issued, "县残联") == "accepted"


def test_a_scan_in_the_folder_of_a_unit_is_its_attachment(issued: Year) -> None:
    path = issued.inbox / "县残联" / "盖章.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF-1.4")
    (one,) = consolidate(issued, OCTOBER, NOW).files
    assert (one.outcome, one.unit, pending(issued), standing(issued, "县残联")) == (Outcome.ATTACHMENT, "县残联", [], "missing")


def test_the_time_of_receipt_can_be_corrected(issued: Year) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(issued, OCTOBER, datetime(2022, 11, 9))
    account = account_of(issued.plan, issued.register, OCTOBER)
    assert account.is_late("县残联")
    assert correct_receipt(issued, account.receipts[0].sha256[:12], date(2022, 11, 5), LATER) == "县残联_2022-10.xlsx"
    again = account_of(issued.plan, issued.register, OCTOBER)
    assert not again.is_late("县残联")
    assert not again.receipts[0].late
    with pytest.raises(MinshengError, match="内容指纹"):
        correct_receipt(issued, "0", date(2022, 11, 5), LATER)


def _write_beside(path: Path, id: str, decision: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["待决事项"]
    heads = {c.value: c.column for c in sheet[3]}
    row = next(row for row in range(4, 40) if sheet.cell(row, heads["编号"]).value == id)
    sheet.cell(row, heads["决定"]).value = decision
    sheet.cell(row, heads["决定人"]).value = "李科长"
    book.save(path)


@pytest.mark.parametrize(("who", "signed"), [(Person(), "李科长"), (Person("张三", "li"), "李科长（电脑用户 li）")])
def test_the_drop_down_in_the_master_says_the_same(issued: Year, who: Person, signed: str) -> None:
    item = in_doubt(issued)
    issued.who = who
    _write_beside(issued.master_path, item.id, "属实")
    result = consolidate(issued, OCTOBER, LATER)
    assert (result.master.own, result.master.misread) == ((), ())
    assert (reported(issued, "1-1"), standing(issued, "县人力资源和社会保障局"), pending(issued)) == ("3", "accepted", [])
    rows = list(sheet_of(result.master.path, "待决事项").iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[8], row[9]) for row in rows] == [(item.id, "属实", signed)]
    again = consolidate(issued, OCTOBER, datetime(2022, 11, 9))
    assert (again.master.own, len(issued.register.entries(Decided))) == ((), 1)


def test_a_word_in_the_master_that_cannot_be_meant_is_said(issued: Year) -> None:
    item = in_doubt(issued)
    _write_beside(issued.master_path, item.id, "再看看")
    result = consolidate(issued, OCTOBER, LATER)
    assert len(result.master.misread) == 1
    assert "再看看" in result.master.misread[0]
    assert pending(issued) == [item]


def test_words_alone_are_no_doubt(issued: Year) -> None:
    send(issued, "县妇联", OCTOBER, {word(1, "support"): "已配合"})
    consolidate(issued, OCTOBER, NOW)
    assert pending(issued) == []
