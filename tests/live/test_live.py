"""The master updated while it is open: the same as when it is closed."""

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, issue, status
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
    assert demo_year.master_path.read_bytes() == before, "it is for the office to save it"


def test_once_it_is_saved_it_is_the_master(demo_year: Year, tmp_path: Path) -> None:
    with opened(demo_year.master_path) as book:
        send_two(demo_year)
        consolidate(demo_year, OCTOBER, LATER, opened=OpenMaster(book))
        content = saved(book, tmp_path / "存.xlsx")
    demo_year.master_path.write_bytes(content)
    send(demo_year, "县司法局", OCTOBER, {("word", "1", "support"): "又配合了"}, "司2.xlsx")
    assert consolidate(demo_year, OCTOBER, LATER).master.own == ()
    assert unlike(demo_year.master_path.read_bytes(), book_of(demo_year, OCTOBER), SHOWN) == []


def test_what_is_the_offices_own_stays(demo_year: Year) -> None:
    with opened(demo_year.master_path) as book:
        home = book.sheets["首页"]
        home.range("P3").value = "打电话催团县委"
        home.range("P4").formula = "=SUM(C6:C7)"
        home.range("P3").color = (255, 255, 0)
        home.range("P3").select()
        send_two(demo_year)
        result = consolidate(demo_year, OCTOBER, LATER, opened=OpenMaster(book))
        assert result.master.own == ()
        assert (home.range("P3").value, home.range("P4").value, home.range("P3").color) == ("打电话催团县委", 38, (255, 255, 0))
        assert book.app.selection.address == "$P$3"
        assert (book.app.screen_updating, book.app.calculation) == (True, "automatic")


def test_what_was_typed_and_not_saved_is_not_taken_back(demo_year: Year) -> None:
    place = unit_form(demo_year.plan, demo_year.plan.unit("团县委"), OCTOBER, {}).address(figure("9-1"))

    def reported() -> object:
        return next(i["reported"] for i in status(demo_year, OCTOBER)["indicators"] if i["code"] == "9-1")

    with opened(demo_year.master_path) as book:
        book.sheets["团县委"].range(place).value = 12
        consolidate(demo_year, OCTOBER, LATER, opened=OpenMaster(book))
        assert reported() == "12"
    consolidate(demo_year, OCTOBER, LATER)
    assert reported() == "12", "closed without saving: what was journalled counts"
    assert openpyxl.load_workbook(demo_year.master_path)["团县委"][place].value == 12


def test_a_structure_that_no_longer_fits_is_left(demo_year: Year) -> None:
    with opened(demo_year.master_path) as book:
        book.impl.api.Sheets.removeByName("项目3")
        seen = book.sheets["首页"].range("A1:I40").value
        send_two(demo_year)
        result = consolidate(demo_year, OCTOBER, LATER, opened=OpenMaster(book))
        assert result.master.own == ("没有工作表 项目3",)
        assert result.master.path.name == "总台账_2022-10_新.xlsm"
        assert [row[:4] for row in book.sheets["首页"].range("A1:I9").value] == [row[:4] for row in seen[:9]]


@pytest.mark.parametrize("password", ["", "1234"])
def test_a_protected_sheet(demo_year: Year, password: str) -> None:
    with opened(demo_year.master_path) as book:
        sheet = book.sheets["团县委"]
        sheet.api.Protect(password)
        send_two(demo_year)
        if password:
            with pytest.raises(MinshengError, match="团县委 加了密码保护"):
                consolidate(demo_year, OCTOBER, LATER, opened=OpenMaster(book))
            return
        consolidate(demo_year, OCTOBER, LATER, opened=OpenMaster(book))
        place = unit_form(demo_year.plan, demo_year.plan.unit("团县委"), OCTOBER, {}).address(figure("9-1"))
        assert (sheet.range(place).value, sheet.api.ProtectContents) == (11, True)


def test_a_date_typed_is_a_doubt_and_text_stays_text(demo_year: Year) -> None:
    units = {name: unit_form(demo_year.plan, demo_year.plan.unit(name), OCTOBER, {}) for name in ("团县委", "县残联")}
    with opened(demo_year.master_path) as book:
        cell = book.sheets["团县委"].range(units["团县委"].address(figure("9-1")))
        cell.number_format, cell.value = "yyyy-mm-dd", datetime(2022, 10, 11)
        book.sheets["县残联"].range(units["县残联"].address(("word", "8", "progress"))).value = "'1-2"
        consolidate(demo_year, OCTOBER, LATER, opened=OpenMaster(book))
    found: dict[str, Any] = {entry["unit"]: entry["cells"] for entry in demo_year.register.entries("typed")}
    assert found["团县委"][0][3] == "d"
    assert found["县残联"] == [["word", "8", "progress", "t", "1-2"]]
