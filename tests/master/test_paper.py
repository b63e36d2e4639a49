"""纸质件: noted by a command, or in 收件登记 of the master, wherever a row of it was put."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from minsheng_xl import MinshengError, Period, Year, build, consolidate, issue, status
from minsheng_xl.accounts.paper import Paper
from minsheng_xl.accounts.period import Receipt
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.closing.close import close
from minsheng_xl.closing.still_open import still_open
from minsheng_xl.desk.closing import told
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.paper import PaperSaid, day_of, note_paper, said_in
from minsheng_xl.year.entries import PaperNoted
from minsheng_xl.year.person import Person
from tests.makers import draw_as_formerly, figure, send
from tests.sharing import copied, made_once
from tests.workbooks import save, sheet_of

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
NOW, LATER = datetime(2022, 11, 7, 16), datetime(2022, 11, 12, 9)
DISABLED, CIVIL = "县残联", "县民政局"
FIRST, LAST = ("I", "J")
"""The columns of 纸质件收到日期 and 核对数相符."""


@pytest.fixture(scope="module")
def received_folder(short_issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year of which two units have reported October; not to be written to."""

    def make(folder: Path) -> Path:
        for year in copied(short_issued_folder, folder / "年"):
            send(year, DISABLED, OCTOBER, {figure("8-1"): "106"})
            send(year, CIVIL, OCTOBER, {figure("6-1"): "3"})
            consolidate(year, OCTOBER, NOW)
        return folder / "年"

    return made_once(tmp_path_factory, "received", make)


@pytest.fixture
def received(received_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(received_folder, tmp_path / "年")


def receipt_of(year: Year, unit: str) -> Receipt:
    receipts = account_of(year.plan, year.register, OCTOBER).receipts
    return next(one for one in receipts if one.unit == unit)


def paper_of(year: Year, unit: str) -> object:
    return next(one["paper"] for one in status(year, OCTOBER)["units"] if one["unit"] == unit)


def listed(year: Year) -> dict[str, tuple[object, object]]:
    """What 收件登记 says of papers, by unit."""
    rows = sheet_of(year.master_path, "收件登记").iter_rows(min_row=4, values_only=True)
    return {row[2]: (row[8], row[9]) for row in rows if row[2]}


def write(year: Year, **cells: object) -> None:
    """Type beside the receipts of units, each named 县残联_I, and save."""
    book = openpyxl.load_workbook(io.BytesIO(year.master_path.read_bytes()), keep_vba=True)
    sheet = book["收件登记"]
    rows = {sheet.cell(row, 3).value: row for row in range(4, sheet.max_row + 1)}
    for name, value in cells.items():
        unit, _, column = name.rpartition("_")
        sheet[f"{column}{rows[unit]}"] = value
    save(book, year.master_path)


def test_a_paper_is_noted_by_the_fingerprint_of_its_return(received: Year) -> None:
    received.who = Person("张三", "li")
    one = receipt_of(received, DISABLED)
    assert note_paper(received, one.sha256[:12], PaperSaid(date(2022, 11, 8), True), LATER) == "县残联_2022-10.xlsx"
    assert received.register.entries(PaperNoted) == [
        PaperNoted(
            at=LATER, period=OCTOBER, unit=DISABLED, sha256=one.sha256, file="县残联_2022-10.xlsx", received=date(2022, 11, 8),
            agrees=True, who="张三（电脑用户 li）",
        ),
    ]
    assert paper_of(received, DISABLED) == {"received": "2022-11-08", "agrees": True, "since": ""}
    assert paper_of(received, CIVIL) is None
    build(received, OCTOBER, LATER)
    assert listed(received) == {DISABLED: ("2022-11-08", "是"), CIVIL: (None, None)}


def test_what_cannot_be_is_said_and_not_noted(received: Year) -> None:
    sha256, said = receipt_of(received, DISABLED).sha256, PaperSaid(date(2022, 11, 8), True)
    for fingerprint in (sha256[:5], "f" * 12, ""):
        with pytest.raises(MinshengError, match="应恰好一个"):
            note_paper(received, fingerprint, said, LATER)
    for when in (date(2021, 12, 31), date(2022, 11, 13)):
        with pytest.raises(MinshengError, match=f"纸质件收到日期 {when} 不会是真的：应在 2022 年以来、今天以前"):
            note_paper(received, sha256, PaperSaid(when), LATER)
    with pytest.raises(MinshengError, match=r"县残联_2022-10.xlsx 没有登记过纸质件"):
        note_paper(received, sha256, PaperSaid(None), LATER)
    (received.inbox / "扫描.pdf").write_bytes(b"%PDF-1.4")
    consolidate(received, OCTOBER, LATER)
    scan = next(one for one in account_of(received.plan, received.register, OCTOBER).receipts if one.outcome is Outcome.UNRECOGNISED)
    with pytest.raises(MinshengError, match=r"扫描.pdf 不是已采用或待核的填报表"):
        note_paper(received, scan.sha256, said, LATER)
    assert received.register.entries(PaperNoted) == []
    note_paper(received, sha256, said, LATER)
    note_paper(received, sha256, PaperSaid(None), LATER)
    assert paper_of(received, DISABLED) is None


def test_what_is_written_in_the_list_is_noted_and_stays(received: Year) -> None:
    received.who = Person("张三", "li")
    write(received, 县残联_I="2022-11-08", 县残联_J="是", 县民政局_I=datetime(2022, 11, 9), 县民政局_J="否")
    result = consolidate(received, OCTOBER, LATER)
    assert (result.master.own, result.master.misread) == ((), ())
    assert listed(received) == {DISABLED: ("2022-11-08", "是"), CIVIL: ("2022-11-09", "否")}
    entries = received.register.entries(PaperNoted)
    assert [(one.unit, one.received, one.agrees, one.who, one.master) for one in entries] == [
        (DISABLED, date(2022, 11, 8), True, "张三（电脑用户 li）", "总台账.xlsm"),
        (CIVIL, date(2022, 11, 9), False, "张三（电脑用户 li）", "总台账.xlsm"),
    ]
    assert consolidate(received, OCTOBER, LATER).master.misread == ()
    assert len(received.register.entries(PaperNoted)) == 2
    assert paper_of(received, CIVIL) == {"received": "2022-11-09", "agrees": False, "since": ""}


def test_a_list_that_was_sorted_is_read_by_its_fingerprints(received: Year) -> None:
    """The master is left then, and a new one stands beside it; what it holds counts all the same, once."""
    book = openpyxl.load_workbook(io.BytesIO(received.master_path.read_bytes()), keep_vba=True)
    sheet = book["收件登记"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=5, max_col=10)]
    assert [row[2] for row in rows] == [DISABLED, CIVIL]
    for number, row in enumerate(reversed(rows), 4):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    sheet["I4"], sheet["J4"] = "2022-11-08", "是"  # 县民政局 stands there now
    save(book, received.master_path)
    for _ in range(2):
        result = consolidate(received, OCTOBER, LATER)
        assert "收件登记" in "".join(result.master.own)
    assert [(one.unit, one.agrees) for one in received.register.entries(PaperNoted)] == [(CIVIL, True)]
    rows = list(sheet_of(result.master.path, "收件登记").iter_rows(min_row=4, values_only=True))
    assert [(row[2], row[8], row[9]) for row in rows] == [(DISABLED, None, None), (CIVIL, "2022-11-08", "是")]
    note_paper(received, receipt_of(received, CIVIL).sha256, PaperSaid(date(2022, 11, 10), False), LATER)
    consolidate(received, OCTOBER, LATER)  # the old file says what it said
    assert paper_of(received, CIVIL) == {"received": "2022-11-10", "agrees": False, "since": ""}


def test_what_cannot_be_meant_in_the_list_is_said(received: Year) -> None:
    write(received, 县残联_I="下周二", 县民政局_J="是")
    result = consolidate(received, OCTOBER, LATER)
    assert result.master.misread == (
        "收件登记 县残联_2022-10.xlsx：“下周二”不是日期。请写成 2022-11-05 的样子。",
        "收件登记 县民政局_2022-10.xlsx：没有写纸质件收到日期。请补上，如 2022-11-05；要取消登记，两格都清空。",
    )
    assert (received.register.entries(PaperNoted), listed(received)) == ([], {DISABLED: (None, None), CIVIL: (None, None)})


def test_what_came_since_stands_in_the_list_until_the_office_says_it_again(received: Year) -> None:
    write(received, 县残联_I="2022-11-08", 县残联_J="是")
    consolidate(received, OCTOBER, LATER)
    send(received, DISABLED, OCTOBER, {figure("8-1"): "108"}, "再报.xlsx")
    consolidate(received, OCTOBER, LATER)
    rows = list(sheet_of(received.master_path, "收件登记").iter_rows(min_row=4, values_only=True))
    assert [(row[1], row[8], row[9]) for row in rows if row[2] == DISABLED] == [
        ("县残联_2022-10.xlsx", "2022-11-08", "是（收到后另报了数）"), ("再报.xlsx", None, None),
    ]
    (line,) = (line for line in told(still_open(received, OCTOBER), OCTOBER) if "纸质件" in line)
    assert line == "纸质件和采用的数可能不同的 1 个单位：县残联（收到后另报了数）"


def test_a_paper_that_does_not_agree_is_listed_before_closing_and_nothing_more(received: Year) -> None:
    note_paper(received, receipt_of(received, DISABLED).sha256, PaperSaid(date(2022, 11, 8), False), LATER)
    note_paper(received, receipt_of(received, CIVIL).sha256, PaperSaid(date(2022, 11, 8), True), LATER)
    found = still_open(received, OCTOBER)
    assert found.unsigned == ((DISABLED, Paper(date(2022, 11, 8), False)),)
    assert "纸质件和采用的数可能不同的 1 个单位：县残联（核对数不符）" in list(told(found, OCTOBER))
    build(received, OCTOBER, LATER)
    close(received, OCTOBER, LATER)
    assert paper_of(received, DISABLED) == {"received": "2022-11-08", "agrees": False, "since": ""}
    note_paper(received, receipt_of(received, DISABLED).sha256, PaperSaid(date(2022, 11, 12), True), LATER)  # papers come late
    assert paper_of(received, DISABLED) == {"received": "2022-11-12", "agrees": True, "since": ""}


def with_own(year: Year, **cells: object) -> None:
    """A sheet, a note and cells of the office's own in the master, each named sheet__address."""
    book = openpyxl.load_workbook(io.BytesIO(year.master_path.read_bytes()), keep_vba=True)
    book.create_sheet("我的备忘")["A1"] = "别删"
    book["收件登记"]["B4"].comment = Comment("门卫代收", "办公室")
    for name, value in cells.items():
        sheet, _, address = name.partition("__")
        book[sheet][address] = value
    save(book, year.master_path)


def test_a_master_of_an_earlier_version_gets_the_columns_where_it_lies(received: Year) -> None:
    draw_as_formerly(received)
    assert [cell.value for cell in sheet_of(received.master_path, "收件登记")[3]] == [
        "收到时间", "文件", "单位", "期次", "结果", "迟报", "说明", "内容指纹", None,
    ]
    with_own(received, 收件登记__L4="我的一栏", 首页__P3="打电话催")
    result = consolidate(received, OCTOBER, LATER)
    assert (result.master.path, result.master.own, result.master.kept) == (received.master_path, (), ())
    book = openpyxl.load_workbook(io.BytesIO(received.master_path.read_bytes()))
    sheet = book["收件登记"]
    assert [cell.value for cell in sheet[3]][6:11] == ["说明", "内容指纹", "纸质件收到日期", "核对数相符", None]
    assert (sheet["I1"].value, sheet["K1"].value, sheet["K1"].hyperlink.location) == (None, "← 首页", "'首页'!A1")
    table = sheet.tables["收件登记"]
    assert (table.ref, [column.name for column in table.tableColumns][-2:]) == ("A3:J5", ["纸质件收到日期", "核对数相符"])
    assert [round(sheet.column_dimensions[name].width) for name in ("H", *FIRST, *LAST, "K")] == [14, 15, 22, 9]
    assert (book["我的备忘"]["A1"].value, sheet["B4"].comment.text, sheet["L4"].value, book["首页"]["P3"].value) == (
        "别删", "门卫代收", "我的一栏", "打电话催",
    )
    assert [book["minsheng"][cell].value for cell in ("A9", "A10")] == ["开始", None], "its macro is the former one"
    write(received, 县残联_I="2022-11-08", 县残联_J="是")
    assert consolidate(received, OCTOBER, LATER).master.own == ()
    assert listed(received)[DISABLED] == ("2022-11-08", "是")


@pytest.mark.parametrize(("address", "why"), [("J5", "收件登记 J5 有办公室写的内容（看过），占了要写的格"), ("I4", "收件登记 I4 有办公室写的内容（看过），占了要写的格")])
def test_where_the_office_has_something_in_their_place_a_new_master_stands_beside(received: Year, address: str, why: str) -> None:
    """What it typed into the old one counts all the same."""
    draw_as_formerly(received)
    form = unit_form(received.plan, received.plan.unit("县卫生健康委"), OCTOBER, {}, in_master=True)
    with_own(received, **{f"收件登记__{address}": "看过", f"县卫生健康委__{form.address(figure('7-1'))}": 12})
    before = received.master_path.read_bytes()
    result = consolidate(received, OCTOBER, LATER)
    assert (result.master.path.name, result.master.own) == ("总台账_2022-10_新.xlsm", (why,))
    assert received.master_path.read_bytes() == before
    rows = list(sheet_of(result.master.path, "收件登记").iter_rows(min_row=3, values_only=True))
    assert rows[0][8:10] == ("纸质件收到日期", "核对数相符")
    assert next(one["reported"] for one in status(received, OCTOBER)["indicators"] if one["code"] == "7-1") == "12"


def test_a_flow_of_an_earlier_version_names_the_first_source_now(received: Year) -> None:
    doubtful = {figure("6-1"): "9000", figure("6-3"): "20"}
    issue(received, NOVEMBER, LATER)
    for name, answers in {"存疑.xlsx": doubtful, "核实单.xlsx": doubtful | {figure("6-1"): "4"}}.items():
        send(received, CIVIL, NOVEMBER, answers, name)
        consolidate(received, NOVEMBER, LATER)

    def files() -> dict[object, object]:
        rows = sheet_of(received.master_path, "填报流水").iter_rows(min_row=4, values_only=True)
        return {row[3]: row[9] for row in rows if row[0] == "2022-11"}

    draw_as_formerly(received)
    with_own(received)
    assert files() == {"6-1": "核实单.xlsx", "6-3": "核实单.xlsx"}
    result = consolidate(received, NOVEMBER, LATER)
    assert (result.master.own, result.master.kept) == ((), ())
    assert files() == {"6-1": "核实单.xlsx", "6-3": "存疑.xlsx"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-11-08", date(2022, 11, 8)), ("2022/11/8", date(2022, 11, 8)), ("2022.11.8", date(2022, 11, 8)),
        ("２０２２－１１－０８", date(2022, 11, 8)), ("2022年11月8日", date(2022, 11, 8)), ("11月8日", date(2022, 11, 8)), ("11-12", date(2022, 11, 12)),
        ("12月30日", date(2021, 12, 30)), ("2022-13-08", None), ("2月30日", None), ("", None), ("下周", None), ("44873", None), ("=TODAY()", None),
        ("2022-12-30", date(2022, 12, 30)),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert day_of(text, LATER) == day
    assert day_of(text) == (day if text[:1] == "2" or "２" in text else None), "a day to come may be of any year"


KNOWN, STALE = Paper(date(2022, 11, 8), True), Paper(date(2022, 11, 8), True, "收到后数已变")
OTHER_DAY = date(2022, 11, 9)


@pytest.mark.parametrize(
    ("paper", "cells", "said"),
    [
        (None, {"paper": "2022-11-09"}, [PaperSaid(OTHER_DAY)]),
        (None, {"paper": "2022-11-09", "agrees": "不符"}, [PaperSaid(OTHER_DAY, False)]),
        (KNOWN, {"agrees": "否"}, [PaperSaid(date(2022, 11, 8), False)]),
        (KNOWN, {"paper": "2022-11-09"}, [PaperSaid(OTHER_DAY)]),
        (STALE, {"paper": "2022-11-09"}, [PaperSaid(OTHER_DAY)]),
        (STALE, {"agrees": "是"}, [PaperSaid(date(2022, 11, 8), True)]),
        (KNOWN, {"agrees": ""}, [PaperSaid(None), PaperSaid(date(2022, 11, 8))]),
        (KNOWN, {"paper": "", "agrees": ""}, [PaperSaid(None)]),
        (Paper(date(2022, 11, 8)), {"paper": ""}, [PaperSaid(None)]),
    ],
)
def test_what_two_cells_say_together(paper: Paper | None, cells: dict[str, str], said: list[PaperSaid]) -> None:
    assert said_in(cells, a_receipt(paper), LATER) == said


@pytest.mark.parametrize(
    ("paper", "cells", "why"),
    [
        (None, {"agrees": "是"}, "没有写纸质件收到日期"), (KNOWN, {"paper": ""}, "没有写纸质件收到日期"),
        (KNOWN, {"agrees": "差不多"}, "核对数相符写的是“差不多”"), (None, {"paper": "明天"}, "“明天”不是日期"),
    ],
)
def test_two_cells_that_say_nothing_together(paper: Paper | None, cells: dict[str, str], why: str) -> None:
    with pytest.raises(MinshengError, match=why):
        said_in(cells, a_receipt(paper), LATER)


def a_receipt(paper: Paper | None) -> Receipt:
    more: dict[str, Any] = {"unit": DISABLED, "period": "2022-10", "outcome": Outcome.ACCEPTED, "late": False, "message": ""}
    return Receipt(received=NOW, file="a.xlsx", sha256="a", paper=paper, takes_paper=True, **more)
