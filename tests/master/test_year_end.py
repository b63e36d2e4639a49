"""A master that the office has worked in, when the year ends and is certified: it takes the columns where it lies."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, issue, status
from minsheng_xl.beginning.clerk import fill
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.forms.certification import certification_form
from minsheng_xl.forms.marks import lead_name
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.ledger.period import account_of
from minsheng_xl.sending.issue import issue_certification
from tests.libreoffice.compare import differences
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import figure, send
from tests.workbooks import save, sheet_of

NOVEMBER, DECEMBER = Period.parse("2022-11"), Period.parse("2022-12")
DISABLED, LABOUR, BUREAU = "县残联", "县人力资源和社会保障局", "县统计局"
SUMMARY, RANKING = "进展汇总总表", "单位完成情况排名"
OWN = {SUMMARY: ("T5", "请县长办公会研究"), RANKING: ("AH6", "另行约谈")}
"""What the office wrote in columns of its own, right of the way back."""


def reports(year: Year, period: Period, now: datetime, disabled: str, labour: str) -> None:
    issue(year, period, datetime(now.year, now.month, 1))
    send(year, DISABLED, period, {figure("8-1"): disabled}, f"{period}残联.xlsx")
    send(year, LABOUR, period, {figure("1-1"): labour, figure("1-2"): "25600", figure("1-3"): "10450"}, f"{period}人社.xlsx")
    consolidate(year, period, now)


def write_own(path: Path) -> None:
    book = openpyxl.load_workbook(path, keep_vba=True)
    for page, (place, text) in OWN.items():
        assert book[page][place].value is None
        book[page][place] = text
    save(book, path)


def certifies(year: Year, cells: Mapping[Key, str]) -> None:
    form = certification_form(year.plan, year.plan.unit(BUREAU), DECEMBER, {})
    fill(year.certified_folder(DECEMBER) / f"{BUREAU}_{DECEMBER}_认定.xlsx", year.inbox / "认定.xlsx", form, cells)


def heads(year: Year, page: str) -> list[str]:
    row = next(sheet_of(year.master_path, page, data_only=True).iter_rows(min_row=4, max_row=4, values_only=True))
    return ["".join(str(head).split()) for head in row if head]


@pytest.fixture
def ended(year: Year) -> Year:
    """November and December reported, the master worked in between them; then December certified."""
    reports(year, NOVEMBER, datetime(2022, 12, 4), "100", "30000")
    write_own(year.master_path)
    reports(year, DECEMBER, datetime(2023, 1, 4), "120", "31500")
    assert heads(year, SUMMARY)[4:8] == ["本期累计", "完成率", "序时", "偏差（百分点）"], "nothing is certified yet"
    issue_certification(year, DECEMBER, datetime(2023, 1, 10))
    says = {("8-1", "opinion"): "核减", ("8-1", "figure"): "112", ("8-1", "reason"): "八人重复", ("1-1", "opinion"): "同意报送数"}
    certifies(year, {Key("certify", code, name): text for (code, name), text in says.items()})
    return year


def test_it_is_updated_in_place_and_what_the_office_wrote_stays(ended: Year) -> None:
    result = consolidate(ended, DECEMBER, datetime(2023, 1, 12))
    assert (result.master.own, result.master.kept, result.master.path) == ((), (), ended.master_path)
    assert heads(ended, SUMMARY)[4:9] == ["本期累计", "完成率", "认定数", "认定率", "状态"]
    assert heads(ended, RANKING)[:6] == ["报送名次", "单位", "认定名次", "参评/牵头", "已报", "完成（达标）"]
    for page, (place, text) in OWN.items():
        assert sheet_of(ended.master_path, page)[place].value == text
    book = master_book(account_of(ended.plan, ended.register, DECEMBER), "", 0)
    summary, page = book.sheet("summary"), sheet_of(ended.master_path, SUMMARY, data_only=True)
    row = {key: page[summary.address(RowName("row", "8-1").cell(key))].value for key in ("reported", "rate", "certified", "certified_rate", "remark")}
    # 112 of 120; 核减 stands beside it
    assert row == {"reported": 120, "rate": 1, "certified": 112, "certified_rate": 0.933, "remark": "核减"}
    agreed = [page[summary.address(RowName("row", "1-1").cell(key))].value for key in ("reported", "certified")]
    assert agreed == [31500, 31500]
    stored = ranks_stored(ended.master_path, book)
    # 县残联 1/1, 县人社局 3/3 by what was reported; by what was certified 0/1 and 3/3
    assert (stored[DISABLED], stored[LABOUR]) == ((1, 2), (1, 1))
    told = {one["unit"]: (one["rank"], one["certified"]["rank"]) for one in status(ended, DECEMBER)["ranks"]}
    assert {unit: told[unit] for unit in stored} == stored
    again = consolidate(ended, DECEMBER, datetime(2023, 1, 13))
    assert (again.master.own, again.master.parts) == ((), ())


def test_it_goes_back_to_a_month_without_them(ended: Year) -> None:
    consolidate(ended, DECEMBER, datetime(2023, 1, 12))
    result = consolidate(ended, NOVEMBER, datetime(2023, 1, 13))
    assert (result.master.own, result.master.path) == ((), ended.master_path)
    assert heads(ended, SUMMARY)[6:8] == ["序时", "偏差（百分点）"]
    assert heads(ended, RANKING)[:3] == ["名次", "单位", "参评/牵头"]
    assert sheet_of(ended.master_path, SUMMARY)[OWN[SUMMARY][0]].value == OWN[SUMMARY][1]


def ranks_stored(path: Path, book: Any) -> dict[str, tuple[object, object]]:
    """Both ranks by unit, as 排名 shows them."""
    page, sheet, found = book.sheet("ranking"), sheet_of(path, RANKING, data_only=True), {}
    leads = [RowName("lead", cell.key.of) for cell in page.cells.values() if cell.key and (cell.key.part, cell.key.name) == ("lead", "unit")]
    for lead in leads:
        unit, *ranks = (sheet[page.address(lead.cell(key))].value for key in ("unit", "rank_shown", "certified_rank_shown"))
        found[unit] = tuple(ranks)
    assert all(book.sheet("marks").has(lead_name(unit).cell("rank")) for unit in found)
    return found


@pytest.mark.office
@needs_libreoffice
def test_every_formula_of_it_is_recalculated_alike(ended: Year, tmp_path: Path) -> None:
    consolidate(ended, DECEMBER, datetime(2023, 1, 12))
    account = account_of(ended.plan, ended.register, DECEMBER)
    book = master_book(account, "", 0)
    forced = convert([ended.master_path], "xlsx", tmp_path / "forced", recalculate=True)[0]
    count, different = differences(book, ended.master_path, forced)
    assert not different, different[:5]
    assert count > 500
