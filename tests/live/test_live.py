"""The master updated while it is open: the same as when it is closed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, issue, status
from minsheng_xl.consolidation import ConsolidateResult
from minsheng_xl.forms.home import STATUS_PLACE
from minsheng_xl.forms.layout import cell_name
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger import account_of
from minsheng_xl.live import OpenMaster
from minsheng_xl.problems import MinshengError
from tests.live.office import needs_uno, opened, saved
from tests.makers import figure, send
from tests.office.masters import unlike
from tests.office.test_edits import book_of, send_two
from tests.processes.kills import small_year
from tests.test_office import TYPED_CASES, Step

pytestmark = [needs_uno, pytest.mark.office, pytest.mark.usefixtures("libreoffice")]

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
LATER = datetime(2022, 12, 1)
SHOWN = frozenset({("首页", cell_name(STATUS_PLACE)), ("催报单", "A4"), ("催报单", "A5")})


@pytest.mark.parametrize(("steps", "figure_now", "cell_now", "waiting"), TYPED_CASES.values(), ids=TYPED_CASES)
def test_what_the_office_typed(tmp_path: Path, steps: list[Step], figure_now: str | None, cell_now: str | None, waiting: list[str]) -> None:
    year = small_year(tmp_path / "年")
    period, unit = year.plan.periods[0], year.plan.unit("县水利局")
    consolidate(year, period, LATER)
    cell = unit_form(year.plan, unit, period, {}).address(figure("甲1"))
    with opened(year.master_path) as book:
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
    year.close()


def test_open_and_closed_say_the_same(demo_year: Year, tmp_path: Path) -> None:
    issue(demo_year, NOVEMBER, datetime(2022, 11, 30))
    before = demo_year.master_path.read_bytes()
    with opened(demo_year.master_path) as book:
        send_two(demo_year)
        result = consolidate(demo_year, OCTOBER, LATER, opened=OpenMaster(book))
        assert (result.master.own, result.master.kept, result.master.path) == ((), (), demo_year.master_path)
        assert unlike(saved(book, tmp_path / "10月.xlsx"), book_of(demo_year, OCTOBER), SHOWN) == []
        result = consolidate(demo_year, NOVEMBER, LATER, opened=OpenMaster(book))
        assert (result.master.own, result.master.kept) == ((), ())
        assert unlike(saved(book, tmp_path / "11月.xlsx"), book_of(demo_year, NOVEMBER), SHOWN) == []
        content = saved(book, tmp_path / "存.xlsx")
    assert demo_year.master_path.read_bytes() == before, "it is for the office to save it"
    demo_year.master_path.write_bytes(content)
    send(demo_year, "县司法局", NOVEMBER, {("word", "1", "support"): "又配合了"}, "司2.xlsx")
    assert consolidate(demo_year, NOVEMBER, LATER).master.own == (), "once it is saved it is the master"
    assert unlike(demo_year.master_path.read_bytes(), book_of(demo_year, NOVEMBER), SHOWN) == []


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Year]:
    """A small year of quarters with its master."""
    year = small_year(tmp_path / "年")
    consolidate(year, year.plan.periods[0], LATER)
    yield year
    year.close()


WATER = "县水利局"


def run(year: Year, book: Any) -> ConsolidateResult:
    return consolidate(year, year.plan.periods[0], LATER, opened=OpenMaster(book))


def place_of(year: Year, *key: str) -> str:
    return unit_form(year.plan, year.plan.unit(WATER), year.plan.periods[0], {}).address(key or figure("甲1"))


def reported(year: Year) -> object:
    return next(i["reported"] for i in status(year, year.plan.periods[0])["indicators"] if i["code"] == "甲1")


def test_what_is_the_offices_own_stays(small: Year) -> None:
    with opened(small.master_path) as book:
        home = book.sheets["首页"]
        home.range("P3").value = "打电话催"
        home.range("P4").formula = "=SUM(C6:C7)"
        home.range("P3").color = (255, 255, 0)
        home.range("P3").select()
        send(small, WATER, small.plan.periods[0], {figure("甲1"): "11"})
        assert run(small, book).master.own == ()
        assert (home.range("P3").value, home.range("P4").value, home.range("P3").color) == ("打电话催", 6, (255, 255, 0))
        assert book.app.selection.address == "$P$3"
        assert (book.app.screen_updating, book.app.calculation, book.app.interactive) == (True, "automatic", True)


def test_what_was_typed_and_not_saved_is_not_taken_back(small: Year) -> None:
    place = place_of(small)
    with opened(small.master_path) as book:
        book.sheets[WATER].range(place).value = 12
        run(small, book)
        assert reported(small) == "12"
    with opened(small.master_path) as book:  # it was closed without saving
        assert book.sheets[WATER].range(place).value is None
        run(small, book)
        assert (reported(small), book.sheets[WATER].range(place).value) == ("12", 12)
    consolidate(small, small.plan.periods[0], LATER)
    assert reported(small) == "12", "closed without saving: what was journalled counts"
    assert openpyxl.load_workbook(small.master_path)[WATER][place].value == 12


def test_a_structure_that_no_longer_fits_is_left(small: Year) -> None:
    with opened(small.master_path) as book:
        book.impl.api.Sheets.removeByName("项目3")
        seen = book.sheets["首页"].range("A1:I9").formula
        send(small, WATER, small.plan.periods[0], {figure("甲1"): "11"})
        result = run(small, book)
        assert result.master.own == ("没有工作表 项目3",)
        assert result.master.path.name.endswith("_新.xlsm")
        assert book.sheets["首页"].range("A1:I9").formula == seen


@pytest.mark.parametrize("password", ["", "1234"])
def test_a_protected_sheet(small: Year, password: str) -> None:
    with opened(small.master_path) as book:
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


def test_a_date_typed_is_a_doubt_and_text_stays_text(small: Year) -> None:
    with opened(small.master_path) as book:
        cell = book.sheets[WATER].range(place_of(small))
        cell.number_format, cell.value = "yyyy-mm-dd", datetime(2022, 10, 11)
        book.sheets[WATER].range(place_of(small, "word", "1", "progress")).value = "'1-2"
        run(small, book)
    (entry,) = small.register.entries("typed")
    assert {tuple(cell[:3]): cell[3] for cell in entry["cells"]} == {("figure", "甲1", "reported"): "d", ("word", "1", "progress"): "t"}


def test_what_is_typed_while_it_runs_is_not_lost(small: Year) -> None:
    with opened(small.master_path) as book:
        send(small, WATER, small.plan.periods[0], {figure("甲1"): "11"})

        def type_in(done: int, of: int) -> None:
            book.sheets[WATER].range(place_of(small)).value = 10

        consolidate(small, small.plan.periods[0], LATER, progress=type_in, opened=OpenMaster(book))
        assert book.sheets[WATER].range(place_of(small)).value == 10
    assert reported(small) == "10"


def test_an_update_that_stops_half_way_is_not_taken_for_what_was_typed(small: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    edit, left = OpenMaster._edit, [3]

    def stopping(self: OpenMaster, *given: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise RuntimeError("gone")
        edit(self, *given)

    with opened(small.master_path) as book:
        monkeypatch.setattr(OpenMaster, "_edit", stopping)
        send(small, WATER, small.plan.periods[0], {figure("甲1"): "11"})
        with pytest.raises(MinshengError, match="更新到一半停了（gone）。请不要保存"):
            run(small, book)
        monkeypatch.undo()
        with pytest.raises(MinshengError, match="上次更新到一半停了"):
            run(small, book)
    assert small.register.entries("typed") == []
    with opened(small.master_path) as book:
        run(small, book)
        assert book.sheets[WATER].range(place_of(small)).value == 11


def test_a_copy_is_not_the_master(small: Year) -> None:
    copy = small.root / "总台账 - 副本.xlsm"
    copy.write_bytes(small.master_path.read_bytes())
    with opened(copy) as book, pytest.raises(MinshengError, match="不是这个文件夹的总台账"):
        run(small, book)
