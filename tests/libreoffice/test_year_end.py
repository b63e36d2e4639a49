"""The year as it was certified beside the year as it was reported: every formula recalculated, each sheet on its page."""

from fractions import Fraction
from pathlib import Path

import pytest

from minsheng_xl import Plan
from minsheng_xl.accounts.certified import by_certified
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import ranks_of
from minsheng_xl.books.pdf import to_pdf
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.keys import RowName
from minsheng_xl.figures.progress import progress_of
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.marks import CertifiedLeads, lead_name, mark_name
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.forms.rows import assessed_rows
from tests.forms.paper.accounts import certified
from tests.forms.paper.test_pages import info, words
from tests.libreoffice.compare import differences
from tests.libreoffice.soffice import convert, needs_libreoffice, needs_poppler


def saying(book: Book, page: str, name: RowName, *keys: str) -> list[object]:
    sheet = book.sheet(page)
    return [book.value(sheet, sheet.cell(name.cell(key))) for key in keys]


def agrees(account: PeriodAccount, book: Book) -> None:
    """The figures, states and ranks of the sheets are those of Python."""
    county = by_certified(account, progress_of(account.plan, account.period, account.entries()))
    rows = {row.indicator.code: row for row in county.indicators}
    for row in assessed_rows(account.plan, account.period):
        code = row.indicator.code
        mine = rows[code]
        status, tally, met = saying(book, "marks", mark_name(code), "certified_status", "certified_tally", "certified_met")
        assert (status, tally) == (mine.status.label if mine.status else "", mine.tally.value), code
        assert met == {True: "是", False: "否", None: ""}[mine.met], code
        assert saying(book, "marks", mark_name(code), "certified_capped")[0] == mine.capped, code
    ranks = {one.unit: one for one in ranks_of(account, county)}
    for name in CertifiedLeads(account.plan).names:
        rank, good, judged, owed = saying(book, "marks", lead_name(name), "rank", "good", "rows", "owed")
        one = ranks[name]
        assert (None if rank == "—" else rank, good, judged, owed) == (one.rank, one.good, one.judged, one.owed), name


def test_the_sheets_and_python_agree_on_what_was_certified(sample_plan: Plan) -> None:
    account = certified(sample_plan)
    agrees(account, master_book(account, "", 0))
    fewer = account._replace(certified={"1-2": account.certified["1-2"]})
    agrees(fewer, master_book(fewer, "", 0))


def test_each_opinion_is_among_them(sample_plan: Plan) -> None:
    """Else the account would show little."""
    account = certified(sample_plan)
    book, found = master_book(account, "", 0), {}
    for row in assessed_rows(sample_plan, account.period):
        figure, rate = saying(book, "summary", RowName("row", row.indicator.code), "certified", "certified_rate")
        found[row.indicator.code] = "数" if isinstance(figure, Fraction) or figure in ("是", "否") else str(figure)
        assert (rate == "—") == (found[row.indicator.code] != "数"), row.indicator.code
    assert {"数", "待补证", "暂不认定", "不予认定", "未认定", "待核"} == set(found.values())


@pytest.mark.office
@needs_libreoffice
def test_every_formula_of_a_certified_december(sample_plan: Plan, tmp_path: Path) -> None:
    accounts = {"全": certified(sample_plan), "分管": certified(sample_plan).of_leader("")}
    books = {name: master_book(account, "", 0) for name, account in accounts.items() if account.plan.indicators}
    paths = [tmp_path / f"{name}.xlsx" for name in books]
    for path, book in zip(paths, books.values(), strict=True):
        path.write_bytes(write_book(book))
    for path, book, again in zip(paths, books.values(), convert(paths, "xlsx", tmp_path / "out", recalculate=True), strict=True):
        count, different = differences(book, path, again)
        assert not different, different[:5]
        assert count > 1000


@pytest.mark.office
@needs_libreoffice
@needs_poppler
def test_both_are_one_page_wide_and_nothing_is_cut(sample_plan: Plan, tmp_path: Path) -> None:
    account = certified(sample_plan)
    book, every = master_book(account, "", 0), {output.name: output for output in outputs(account)}
    paths = []
    for name in ("进展汇总总表", "单位完成情况排名"):
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(write_book(printed(book, account, [every[name]])))
    summary, ranking = to_pdf(paths, tmp_path)
    assert (info(summary), info(ranking)) == ((1, (1191, 842)), (1, (595, 842)))
    for path, heads in ((summary, ("本期累计", "认定数", "认定率")), (ranking, ("认定", "名次", "备注"))):
        (text,) = words(path)
        assert all(head in text for head in heads)
        assert "###" not in text
        assert "#REF" not in text
