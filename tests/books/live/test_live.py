"""The master updated while it is open: the same as when it is closed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from minsheng_xl import Period, Year, consolidate, issue, status
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.books.live import patience
from minsheng_xl.books.live.master import OpenMaster
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.edits import content_of
from minsheng_xl.forms.home import STATUS_PLACE
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import TakenOver, master_book
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.build import built_in_macros
from minsheng_xl.problems import MinshengError
from minsheng_xl.taking.consolidate import ConsolidateResult
from minsheng_xl.year.entries import PaperNoted, TypedIn
from tests.books.live import memory
from tests.books.live.office import needs_uno, opened, saved
from tests.changes.office import changed, replaced
from tests.libreoffice.looks import looks_unlike
from tests.libreoffice.masters import unlike
from tests.libreoffice.test_edits import book_of, send_two
from tests.makers import draw_as_formerly, figure, send
from tests.master.test_typed import TYPED_CASES, Step
from tests.workbooks import sheet_of

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
LATER = datetime(2022, 12, 1)
SHOWN = frozenset({("首页", cell_name(STATUS_PLACE)), ("首页", "P4"), ("催报单", "A4"), ("催报单", "A5")})


Office: TypeAlias = Callable[[Year], AbstractContextManager[Any]]
"""Opens the master of a year."""


@pytest.fixture(params=["memory", pytest.param("libreoffice", marks=[needs_uno, pytest.mark.office])])
def office(request: pytest.FixtureRequest) -> Office:
    """Each case in a program in memory and in LibreOffice."""
    if request.param == "memory":
        return lambda year: memory.opened(year.master_path, reckoning(year))
    request.getfixturevalue("libreoffice")
    return lambda year: opened(year.master_path)


def reckoning(year: Year) -> memory.Reckon:
    """The results of our formulas as the master should have them now; its 首页 and 领导简报 stay as an earlier version drew them."""
    is_former = sheet_of(year.master_path, "minsheng")["B5"].value == "D3"
    kept = TakenOver(former_home=is_former, former_brief=is_former)
    books: dict[int, Book] = {}

    def reckon(name: str, place: memory.Place, formula: str) -> object:
        change = year.register.last_change()
        if change not in books:
            books[change] = master_book(account_of(year.plan, year.register, year.plan.periods[0]), "", change, kept=kept)
        sheet = next(sheet for sheet in books[change].sheets if sheet.name == name)
        assert formula == f"={books[change].formula(sheet, sheet.cells[place])}"
        value = content_of(books[change], sheet, sheet.cells[place]).value
        return float(value) if isinstance(value, Fraction) else value

    return reckon


@pytest.fixture
def small(consolidated_small_year: Year) -> Year:
    """A small year of quarters with its master."""
    return consolidated_small_year


@pytest.mark.parametrize(("steps", "figure_now", "cell_now", "waiting"), TYPED_CASES.values(), ids=TYPED_CASES)
def test_what_the_office_typed(office: Office, small: Year, steps: list[Step], figure_now: str | None, cell_now: str | None, waiting: list[str]) -> None:
    year = small
    period, unit = year.plan.periods[0], year.plan.unit("县水利局")
    cell = unit_form(year.plan, unit, period, {}).address(figure("甲1"))
    with office(year) as book:
        for number, (what, value) in enumerate(steps):
            if what == "typed":
                book.sheets[unit.sheet_name].range(cell).value = value
            else:
                send(year, unit.name, period, {figure("甲1"): str(value)}, f"{number}.xlsx")
            consolidate(year, period, LATER, opened=OpenMaster(book))
        there = book.sheets[unit.sheet_name].range(cell).value
    assert next(i["reported"] for i in status(year, period)["indicators"] if i["code"] == "甲1") == figure_now
    assert (None if there is None else f"{there:g}" if isinstance(there, float) else there) == cell_now
    pending = account_of(year.plan, year.register, period).pending
    assert sorted(item.kind for item in pending if item.unit == unit.name) == sorted(waiting)


def _has_the_faces(book: Any, right: Book) -> None:
    """The last rows of every sheet, where new ones are, in the right faces."""
    for sheet in right.sheets:
        for place in sorted(sheet.cells)[-6:]:
            assert book.sheets[sheet.name].range((place[0] + 1, place[1] + 1)).font.name == sheet.cells[place].style.face, (sheet.name, place)


def fresh(year: Year, period: Period, path: Path) -> bytes:
    """A master of its own, opened in LibreOffice and saved there."""
    made = path.with_suffix(".xlsm")
    made.write_bytes(write_book(book_of(year, period), built_in_macros()))
    with opened(made) as book:
        return saved(book, path)


@pytest.mark.usefixtures("libreoffice")
@pytest.mark.office
@needs_uno
def test_open_and_closed_say_and_look_the_same(demo_year: Year, tmp_path: Path) -> None:
    issue(demo_year, NOVEMBER, datetime(2022, 11, 30))
    before = demo_year.master_path.read_bytes()
    with opened(demo_year.master_path) as book:
        book.sheets["首页"].range("P4").formula = "=SUM(C8:C9)"
        send_two(demo_year)
        result = consolidate(demo_year, OCTOBER, LATER, opened=OpenMaster(book))
        assert (result.master.own, result.master.kept, result.master.path) == ((), (), demo_year.master_path)
        content = saved(book, tmp_path / "10月.xlsx")
        assert unlike(content, book_of(demo_year, OCTOBER), SHOWN) == []
        result = consolidate(demo_year, NOVEMBER, LATER, opened=OpenMaster(book))
        assert (result.master.own, result.master.kept) == ((), ())
        content = saved(book, tmp_path / "11月.xlsx")
        assert unlike(content, book_of(demo_year, NOVEMBER), SHOWN) == []
        assert looks_unlike(content, fresh(demo_year, NOVEMBER, tmp_path / "新11月.xlsx"), book_of(demo_year, NOVEMBER)) == []
        _has_the_faces(book, book_of(demo_year, NOVEMBER))
        assert book.sheets["首页"].range("P4").value == sum(book.sheets["首页"].range("C8:C9").value), "the office's own formula"
        book.sheets["首页"].range("P4").clear_contents()
        content = saved(book, tmp_path / "存.xlsx")
    assert demo_year.master_path.read_bytes() == before, "it is for the office to save it"
    demo_year.master_path.write_bytes(content)
    send(demo_year, "县司法局", NOVEMBER, {Key("word", "1", "support"): "又配合了"}, "司2.xlsx")
    assert consolidate(demo_year, NOVEMBER, LATER).master.own == (), "once it is saved it is the master"
    assert unlike(demo_year.master_path.read_bytes(), book_of(demo_year, NOVEMBER), SHOWN) == []


WATER = "县水利局"


def run(year: Year, book: Any) -> ConsolidateResult:
    return consolidate(year, year.plan.periods[0], LATER, opened=OpenMaster(book))


def place_of(year: Year, *key: str) -> str:
    return unit_form(year.plan, year.plan.unit(WATER), year.plan.periods[0], {}).address(key or figure("甲1"))


def reported(year: Year) -> object:
    return next(i["reported"] for i in status(year, year.plan.periods[0])["indicators"] if i["code"] == "甲1")


def test_what_is_the_offices_own_stays(office: Office, small: Year) -> None:
    with office(small) as book:
        home = book.sheets["首页"]
        home.range("P3").value = "打电话催"
        home.range("P3").color = (255, 255, 0)
        home.range("P3").select()
        send(small, WATER, small.plan.periods[0], {figure("甲1"): "11"})
        assert run(small, book).master.own == ()
        assert (home.range("P3").value, home.range("P3").color) == ("打电话催", (255, 255, 0))
        assert book.app.selection.address == "$P$3"
        assert (book.app.screen_updating, book.app.calculation, book.app.interactive) == (True, "automatic", True)


def test_what_was_typed_and_not_saved_is_not_taken_back(office: Office, small: Year) -> None:
    place = place_of(small)
    with office(small) as book:
        book.sheets[WATER].range(place).value = 12
        run(small, book)
        assert reported(small) == "12"
    with office(small) as book:  # it was closed without saving
        assert book.sheets[WATER].range(place).value is None
        run(small, book)
        assert (reported(small), book.sheets[WATER].range(place).value) == ("12", 12)
    consolidate(small, small.plan.periods[0], LATER)
    assert reported(small) == "12", "closed without saving: what was journalled counts"
    assert sheet_of(small.master_path, WATER)[place].value == 12


def test_an_open_master_of_an_earlier_version_gets_the_columns_of_papers(office: Office, small: Year) -> None:
    """Then what is written there is noted, saved or not."""
    period, now = small.plan.periods[0], datetime(2024, 4, 9, 9)
    send(small, WATER, period, {figure("甲1"): "11"})
    consolidate(small, period, now)
    draw_as_formerly(small)
    with office(small) as book:
        received = book.sheets["收件登记"]
        assert received.range("I1:J3").value == [["← 首页", None], [None, None], [None, None]]
        assert consolidate(small, period, now, opened=OpenMaster(book)).master.own == ()
        assert received.range("I1:K3").value == [[None, None, "← 首页"], [None] * 3, ["纸质件收到日期", "核对数相符", None]]
        assert received.range("I1").column_width == pytest.approx(16, abs=0.1)
        received.range("I4").value = "'2024-04-08"
        received.range("J4").value = "否"
        assert consolidate(small, period, now, opened=OpenMaster(book)).master.misread == ()
        assert received.range("I4:J4").value == ["2024-04-08", "否"]
    assert [(one.unit, one.agrees) for one in small.register.entries(PaperNoted)] == [(WATER, False)]
    consolidate(small, period, now)  # it was closed without saving: still of the earlier version
    rows = list(sheet_of(small.master_path, "收件登记").iter_rows(min_row=3, values_only=True))
    assert [row[8:10] for row in rows] == [("纸质件收到日期", "核对数相符"), ("2024-04-08", "否")]


def test_a_renamed_unit_keeps_its_sheet_the_notes_on_it_and_what_was_typed(office: Office, small: Year) -> None:
    now = "县水务局"
    place = place_of(small)
    year = changed(replaced(small, WATER, now), "单位", now, 别名=WATER)
    with office(year) as book:
        book.sheets[WATER].range("B90").value = "办公室留言"
        book.sheets[WATER].range(place).value = 12
        result = run(year, book).master
        assert (result.own, result.kept) == ((), ())
        assert WATER not in book.sheet_names
        assert (book.sheets[now].range("B90").value, book.sheets[now].range(place).value) == ("办公室留言", 12)
        sheets = [[str(cell) for row in sheet.used_range.formula for cell in row if str(cell).startswith("=")] for sheet in book.sheets]
        assert not [text for formulas in sheets for text in formulas if WATER in text]
        assert [text for formulas in sheets for text in formulas if now in text]
        again = run(Year(year.root), book).master
        assert (again.own, again.kept) == ((), ())
    assert reported(year) == "12"


def test_a_structure_that_no_longer_fits_is_left(office: Office, small: Year) -> None:
    with office(small) as book:
        book.sheets["项目3"].delete()
        seen = book.sheets["首页"].range("A1:I9").formula
        send(small, WATER, small.plan.periods[0], {figure("甲1"): "11"})
        result = run(small, book)
        assert result.master.own == ("没有工作表 项目3",)
        assert result.master.path.name.endswith("_新.xlsm")
        assert book.sheets["首页"].range("A1:I9").formula == seen


@pytest.mark.parametrize("password", ["", "1234"])
def test_a_protected_sheet(office: Office, small: Year, password: str) -> None:
    with office(small) as book:
        sheet = book.sheets[WATER]
        sheet.api.Protect(password)
        send(small, WATER, small.plan.periods[0], {figure("甲1"): "11"})
        if password:
            seen = book.sheets["首页"].range("A5:I30").value
            with pytest.raises(MinshengError, match="县水利局 加了密码保护"):
                run(small, book)
            assert book.sheets["首页"].range("A5:I30").value == seen, "nothing is half written"
            return
        run(small, book)
        assert (sheet.range(place_of(small)).value, sheet.api.ProtectContents) == (11, True)


def test_a_date_typed_is_a_doubt_and_text_stays_text(office: Office, small: Year) -> None:
    with office(small) as book:
        cell = book.sheets[WATER].range(place_of(small))
        cell.number_format, cell.value = "yyyy-mm-dd", datetime(2022, 10, 11)
        book.sheets[WATER].range(place_of(small, "word", "1", "progress")).value = "'1-2"
        run(small, book)
    (entry,) = small.register.entries(TypedIn)
    kinds = {key: type(value) for key, value in entry.cells.items()}
    assert kinds == {("figure", "甲1", "reported"): Doubt, ("word", "1", "progress"): str}


def test_what_is_typed_while_it_runs_is_not_lost(office: Office, small: Year) -> None:
    with office(small) as book:
        send(small, WATER, small.plan.periods[0], {figure("甲1"): "11"})

        def type_in(done: int, of: int) -> None:
            book.sheets[WATER].range(place_of(small)).value = 10

        consolidate(small, small.plan.periods[0], LATER, progress=type_in, opened=OpenMaster(book))
        assert book.sheets[WATER].range(place_of(small)).value == 10
    assert reported(small) == "10"


def test_an_update_that_stops_half_way_is_not_taken_for_what_was_typed(office: Office, small: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    make, left = OpenMaster._make, [3]

    def stopping(self: OpenMaster, *given: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise RuntimeError("gone")
        make(self, *given)

    with office(small) as book:
        monkeypatch.setattr(OpenMaster, "_make", stopping)
        send(small, WATER, small.plan.periods[0], {figure("甲1"): "11"})
        with pytest.raises(MinshengError, match="更新到一半停了（gone）。请不要保存"):
            run(small, book)
        monkeypatch.undo()
        with pytest.raises(MinshengError, match="上次更新到一半停了"):
            run(small, book)
    assert small.register.entries(TypedIn) == []
    with office(small) as book:
        run(small, book)
        assert book.sheets[WATER].range(place_of(small)).value == 11


def test_struck_out_is_a_doubt(office: Office, small: Year) -> None:
    with office(small) as book:
        cell = book.sheets[WATER].range(place_of(small))
        cell.value, cell.font.api.Strikethrough = 11, True
        run(small, book)
        assert (reported(small), cell.value) == (None, "待核：11")


def test_blocks_that_the_office_merged_in_the_way(office: Office, small: Year) -> None:
    first, second = small.plan.periods[:2]
    send(small, WATER, first, {figure("甲1"): "约11"})
    consolidate(small, first, LATER)
    with office(small) as book:
        book.sheets["待决事项"].range("K4:M4").merge()
        result = consolidate(small, second, LATER, opened=OpenMaster(book))  # nothing waits in it: one block says so
        assert result.master.own == ("待决事项 A4:L4 与办公室合并的 K4:M4 相交",)
        assert book.sheets["待决事项"].range("K4").merge_area.address == "$K$4:$M$4"


def test_a_busy_program_is_waited_for_whatever_it_was_asked(small: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel refuses one call, each time another one: the end is the same."""
    monkeypatch.setattr(patience, "_PAUSE", 0)
    asked: list[Any] = []
    monkeypatch.setattr(OpenMaster, "apply", lambda master, states, noted, titles: asked.append(states) or ())
    send(small, WATER, small.plan.periods[0], {figure("甲1"): "11", Key("word", "1", "progress"): "已开工"})
    with memory.opened(small.master_path, reckoning(small)) as book:
        run(small, book)
    monkeypatch.undo()
    monkeypatch.setattr(patience, "_PAUSE", 0)

    reckon = reckoning(small)

    def updated(rejected: int) -> tuple[int, object]:
        with memory.opened(small.master_path, reckon) as book:
            master = OpenMaster(book)
            book.app.impl.rejects = lambda call: call == rejected
            master.apply(asked[0], master.read(), {})
            sheets = [(s.values, s.formulas, s.merges, s.hidden, s.heights, s.looks, s.links, s.paper, s.sizes, s.password) for s in book.impl.all]
            return book.app.impl.calls, (sheets, book.app.calculation, book.app.screen_updating, book.app.interactive)

    calls, right = updated(0)
    assert calls > 500
    for rejected in range(2, calls, calls // 30):
        assert updated(rejected)[1] == right, rejected


def test_a_program_that_stays_busy_is_said(small: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_PAUSE", 0)
    monkeypatch.setattr(patience, "_PATIENCE", 0)
    with memory.opened(small.master_path, reckoning(small)) as book:
        book.app.impl.rejects = lambda call: call > 3
        with pytest.raises(MinshengError, match="Excel 正忙"):
            run(small, book)


def test_a_copy_is_not_the_master(small: Year) -> None:
    copy = small.root / "总台账 - 副本.xlsm"
    copy.write_bytes(small.master_path.read_bytes())
    with memory.opened(copy, reckoning(small)) as book, pytest.raises(MinshengError, match="不是这个文件夹的总台账"):
        run(small, book)
