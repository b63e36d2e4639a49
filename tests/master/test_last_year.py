"""上年同期 in 总表: where last year's folder is linked, as it was noted at consolidation; nowhere else."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, issue, status
from minsheng_xl.beginning.rollover import rollover
from minsheng_xl.closing.close import close
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.forms.paper.summary import YEAR_BEFORE, summary_sheet
from minsheng_xl.ledger.period import account_of
from minsheng_xl.proof.verify import verify
from minsheng_xl.telling.print import print_period
from minsheng_xl.year.entries import LastYearRead
from tests.libreoffice.compare import differences
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import figure, make_small_year, send
from tests.workbooks import save, sheet_of

BEFORE, NOW_PERIOD, NEXT = Period.parse("2024-Q1"), Period.parse("2025-Q1"), Period.parse("2025-Q2")
WATER, DESK, SUMMARY = "县水利局", "县行政审批局", "进展汇总总表"
DAY = datetime(2025, 4, 9, 10)


@pytest.fixture
def linked(tmp_path: Path) -> Year:
    """A quarter of last year in which 甲1 and the ratio 甲3 were reported, and this year, rolled over from it, whose first
    quarter is out."""
    before = make_small_year(tmp_path / "上年")
    issue(before, Period.parse("2024-Q2"), datetime(2024, 6, 30))
    send(before, WATER, BEFORE, {figure("甲1"): "20.5"})
    send(before, DESK, BEFORE, {figure("甲3", "numerator"): "3", figure("甲3", "denominator"): "200"})
    consolidate(before, BEFORE, datetime(2024, 4, 8))
    root = rollover(before, tmp_path / "今年").root
    before.close()
    year = Year(root)
    issue(year, NOW_PERIOD, datetime(2025, 3, 31))
    send(year, WATER, NOW_PERIOD, {figure("甲1"): "31"})
    return year


def last_years(year: Year, folder: Path | None = None) -> dict[str, object]:
    """What stands under 上年同期, by code, in the master or in the stack of a folder; {} where there is no such column."""
    path = folder / "打印稿.xlsx" if folder is not None else year.master_path
    account = account_of(year.plan_of(NOW_PERIOD), year.register, NOW_PERIOD)
    sheet, page = summary_sheet(account, has_last_year=True), sheet_of(path, SUMMARY, data_only=True)
    if YEAR_BEFORE not in heads(path):
        return {}
    codes = [cell.key.of for cell in sheet.cells.values() if cell.key and cell.key.name == "year_before"]
    return {code: page[sheet.address(RowName("row", code).cell("year_before"))].value for code in codes}


def heads(path: Path) -> list[str]:
    row = next(sheet_of(path, SUMMARY, data_only=True).iter_rows(min_row=4, max_row=4, values_only=True))
    return [str(head) for head in row if head]


def note(year: Year) -> str:
    texts = (str(cell) for row in sheet_of(year.master_path, SUMMARY, data_only=True).values for cell in row if cell)
    return next(text for text in texts if text.startswith("注："))


def correct_last_year(year: Year, number: str) -> None:
    """Last year's quarter gets another figure, by the office's word in its own folder."""
    before = Year(year.root.parent / "上年")
    send(before, WATER, BEFORE, {figure("甲1"): number}, f"更正{number}.xlsx")
    close(before, BEFORE, datetime(2025, 4, 1)) if before.register.closed(BEFORE) is None else None
    consolidate(before, BEFORE, datetime(2025, 4, 2))
    before.close()


def write_own(year: Year) -> None:
    """The office writes something of its own into the master."""
    book = openpyxl.load_workbook(year.master_path, keep_vba=True)
    book["首页"]["P3"] = "催一下"
    save(book, year.master_path)


def test_the_summary_has_a_column_beside_this_year_s_figure(linked: Year) -> None:
    result = consolidate(linked, NOW_PERIOD, DAY)
    assert heads(linked.master_path)[3:7] == ["年度目标", "本期累计", "上年同期", "完成率"]
    told = last_years(linked)
    assert {code: value for code, value in told.items() if value != "—"} == {"甲1": 20.5, "甲3": 0.015}
    assert "上年同期为2024年第1季度的报送数" in note(linked)
    said = {one["code"]: one["last_year"] for one in status(linked, NOW_PERIOD)["indicators"]}
    assert {code: one["reported"] for code, one in said.items() if one} == {"甲1": "20.5", "甲3": "0.015000"}
    formulas = sheet_of(result.master.path, SUMMARY)
    column = heads(linked.master_path).index("上年同期") + 1
    assert not [cell.value for (cell,) in formulas.iter_rows(min_row=5, min_col=column, max_col=column) if str(cell.value).startswith("=")]
    printed = print_period(linked, NOW_PERIOD, DAY, what=["总表"])
    assert last_years(linked, printed.folder) == told
    assert verify(linked).is_sound


def test_it_rests_on_this_year_s_journal(linked: Year) -> None:
    """Last year's folder is moved away: the sheets say what they said, and the office is told."""
    consolidate(linked, NOW_PERIOD, DAY)
    told = last_years(linked)
    shutil.move(linked.root.parent / "上年", linked.root.parent / "别处")
    result = consolidate(linked, NOW_PERIOD, datetime(2025, 4, 10))
    assert last_years(linked) == told
    assert [words for words in result.master.misread if "没有上年同期" in words]
    assert "没有上年同期" in status(linked, NOW_PERIOD)["last_year"]["trouble"]
    assert len(linked.register.entries(LastYearRead)) == 1
    shutil.move(linked.root.parent / "别处", linked.root.parent / "上年")
    assert consolidate(linked, NOW_PERIOD, datetime(2025, 4, 11)).master.misread == ()
    assert len(linked.register.entries(LastYearRead)) == 1, "nothing new to note"


def test_a_correction_of_last_year_is_taken_over_until_the_period_is_closed(linked: Year) -> None:
    consolidate(linked, NOW_PERIOD, DAY)
    write_own(linked)
    correct_last_year(linked, "19.5")
    result = consolidate(linked, NOW_PERIOD, datetime(2025, 4, 12))
    assert (result.master.own, last_years(linked)["甲1"]) == ((), 19.5)
    close(linked, NOW_PERIOD, datetime(2025, 4, 15))
    correct_last_year(linked, "18.5")
    result = consolidate(linked, NOW_PERIOD, datetime(2025, 4, 16))
    assert (result.master.own, last_years(linked)["甲1"]) == ((), 19.5), "as it was printed"
    assert len(linked.register.entries(LastYearRead)) == 2


def unlink(year: Year, value: str = "") -> Year:
    book = openpyxl.load_workbook(year.plan_path)
    row = next(row for row in book["参数"].iter_rows(min_row=2) if row[0].value == "上年文件夹")
    row[2].value = value or None
    book.save(year.plan_path)
    root = year.root
    year.close()
    return Year(root)


def test_where_no_last_year_is_linked_there_is_none(linked: Year) -> None:
    year = unlink(linked)
    consolidate(year, NOW_PERIOD, DAY)
    assert heads(year.master_path)[3:6] == ["年度目标", "本期累计", "完成率"]
    assert "上年同期" not in note(year)
    assert year.register.entries(LastYearRead) == []
    year.close()


def test_a_master_that_the_office_has_worked_in_keeps_its_columns(linked: Year) -> None:
    """Linked later on, it has none, and what is printed has one; the other way round its column stays, and is empty."""
    year = unlink(linked)
    consolidate(year, NOW_PERIOD, DAY)
    write_own(year)
    year = unlink(year, "../上年")
    result = consolidate(year, NOW_PERIOD, datetime(2025, 4, 10))
    assert (result.master.own, result.master.path, last_years(year)) == ((), year.master_path, {})
    assert sheet_of(year.master_path, "首页")["P3"].value == "催一下"
    printed = print_period(year, NOW_PERIOD, datetime(2025, 4, 10), what=["总表"])
    assert last_years(year, printed.folder)["甲1"] == 20.5
    year.master_path.unlink()
    consolidate(year, NOW_PERIOD, datetime(2025, 4, 11))
    assert last_years(year)["甲1"] == 20.5
    write_own(year)
    year = unlink(year)
    result = consolidate(year, NOW_PERIOD, datetime(2025, 4, 12))
    assert (result.master.own, set(last_years(year).values())) == ((), {"—"})
    year.close()


def test_each_period_has_its_own(linked: Year) -> None:
    consolidate(linked, NOW_PERIOD, DAY)
    write_own(linked)
    issue(linked, NEXT, datetime(2025, 6, 30))
    result = consolidate(linked, NEXT, datetime(2025, 7, 4))
    assert result.master.own == ()
    assert YEAR_BEFORE in heads(linked.master_path), "the master keeps its columns"
    assert account_of(linked.plan_of(NEXT), linked.register, NEXT).year_before is None, "nothing was reported in that quarter"
    assert not [words for words in result.master.misread if "上年" in words]


@pytest.mark.office
@needs_libreoffice
def test_every_formula_beside_it_is_recalculated_alike(linked: Year, tmp_path: Path) -> None:
    from minsheng_xl.forms.master.book import master_book

    consolidate(linked, NOW_PERIOD, DAY)
    book = master_book(account_of(linked.plan_of(NOW_PERIOD), linked.register, NOW_PERIOD), "", 0)
    forced = convert([linked.master_path], "xlsx", tmp_path / "forced", recalculate=True)[0]
    count, different = differences(book, linked.master_path, forced)
    assert not different, different[:5]
    assert count > 300
    assert book.sheet("summary").has(Key("row", "甲1", "year_before"))
