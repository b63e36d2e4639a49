"""A master in which the office works is edited where it lies: all of ours is new, all of its own is untouched."""

import io
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate, issue
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import NOTHING_THERE, TakenOver, master_book
from minsheng_xl.ledger.period import account_of
from minsheng_xl.master.build import build
from tests.libreoffice.masters import EXTENSION, PIVOT, STRANGE, WAYS, unlike
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import draw_as_formerly, figure, send
from tests.sharing import made_once
from tests.workbooks import part_of, parts_of, sheet_of, typed

pytestmark = [needs_libreoffice, pytest.mark.office, pytest.mark.filterwarnings("ignore:.*extension is not supported")]

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
DECEMBER_1 = datetime(2022, 12, 1)
OWN = frozenset({("首页", "P3"), ("催报单", "A4")})  # the note; and whose letter the office is looking at


def book_of(year: Year, period: Period, kept: TakenOver = NOTHING_THERE) -> Book:
    account = account_of(year.plan, year.register, period)
    return master_book(account, "", year.register.last_change(), kept=kept)


def send_two(year: Year) -> None:
    send(year, "团县委", OCTOBER, {figure("9-1"): "11", figure("9-2"): "57", Key("word", "9", "problem"): "场地没有落实，" * 60}, "团.xlsx")
    send(year, "县司法局", OCTOBER, {Key("word", "1", "support"): "已配合"}, "司.xlsx")


@pytest.fixture
def worked_in(demo_year: Year, finished_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], None]:
    """Puts the master as the office left it in one of the ways in the place of the demo's; each is made once."""

    def work(way: str) -> None:
        def make(folder: Path) -> Path:
            path = Path(shutil.copy(finished_demo / demo_year.master_path.name, folder))
            WAYS[way](path)
            return path

        shutil.copy(made_once(tmp_path_factory, f"by-{way}", make), demo_year.master_path)

    return work


@pytest.mark.parametrize("way", WAYS)
def test_the_edited_master_says_what_a_fresh_one_would(demo_year: Year, way: str, worked_in: Callable[[str], None]) -> None:
    worked_in(way)
    issue(demo_year, NOVEMBER, datetime(2022, 11, 30))
    send_two(demo_year)
    result = consolidate(demo_year, OCTOBER, DECEMBER_1)
    assert (result.master.path, result.master.own, result.master.kept) == (demo_year.master_path, (), ())
    assert unlike(demo_year.master_path.read_bytes(), book_of(demo_year, OCTOBER), OWN) == []
    result = consolidate(demo_year, NOVEMBER, DECEMBER_1)
    assert (result.master.own, result.master.kept) == ((), ())
    assert unlike(demo_year.master_path.read_bytes(), book_of(demo_year, NOVEMBER), OWN) == []
    again = demo_year.master_path.read_bytes()
    assert consolidate(demo_year, NOVEMBER, DECEMBER_1).master.parts == ()
    assert demo_year.master_path.read_bytes() == again


@pytest.mark.parametrize("way", WAYS)
def test_a_master_of_an_earlier_version_becomes_today_s_whoever_saved_it(demo_year: Year, way: str, tmp_path: Path) -> None:
    draw_as_formerly(demo_year)
    WAYS[way](demo_year.master_path)
    result = consolidate(demo_year, OCTOBER, DECEMBER_1)
    assert (result.master.path, result.master.own, result.master.kept) == (demo_year.master_path, (), ())
    right = book_of(demo_year, OCTOBER, TakenOver(former_home=True, former_brief=True, lacks=frozenset(("trend", "curves"))))
    assert unlike(demo_year.master_path.read_bytes(), right, OWN) == []
    (again,) = convert([demo_year.master_path], "xlsx", tmp_path / "重算", recalculate=True)
    assert unlike(again.read_bytes(), right, OWN) == []
    sheet = openpyxl.load_workbook(again)["收件登记"]
    assert sheet.tables["收件登记"].ref.startswith("A3:J")
    assert all(sheet.column_dimensions[name].width > 12 for name in "IJ")


@pytest.mark.parametrize("way", WAYS)
def test_only_what_is_touched_changes(demo_year: Year, way: str, worked_in: Callable[[str], None]) -> None:
    worked_in(way)
    consolidate(demo_year, OCTOBER, datetime(2022, 11, 20))  # what the program that saved it left out is put back
    before = parts_of(demo_year.master_path)
    send(demo_year, "县司法局", OCTOBER, {Key("word", "1", "support"): "已配合"}, "司.xlsx")
    result = consolidate(demo_year, OCTOBER, DECEMBER_1)
    after = parts_of(demo_year.master_path)
    changed = {name for name in after if before.get(name) != after[name]}
    assert set(after) | {"xl/calcChain.xml"} == set(before) | {"xl/calcChain.xml"}
    assert changed == set(result.master.parts)
    sheets = {name for name in changed if name.startswith("xl/worksheets/sheet")}
    names = re.findall(r'<sheet\b[^>]*name="([^"]*)"', after["xl/workbook.xml"].decode())
    touched = {name for name in names if part_of(after, name) in sheets}
    assert touched == {"首页", "单位完成情况排名", "未报清单", "催报单", "领导简报", "项目1", "县司法局", "收件登记", "minsheng"}
    rest = changed - sheets
    assert all(name.startswith(("xl/tables/", "xl/charts/")) or name in ("xl/styles.xml", "xl/workbook.xml") for name in rest), rest


@pytest.mark.parametrize("way", WAYS)
def test_other_programs_read_it_and_reckon_the_same(demo_year: Year, way: str, tmp_path: Path, worked_in: Callable[[str], None]) -> None:
    import python_calamine

    worked_in(way)
    send_two(demo_year)
    consolidate(demo_year, OCTOBER, DECEMBER_1)
    content = demo_year.master_path.read_bytes()
    openpyxl.load_workbook(io.BytesIO(content))
    names = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert "团县委" in names
    (again,) = convert([demo_year.master_path], "xlsx", tmp_path / "重算", recalculate=True)
    assert unlike(again.read_bytes(), book_of(demo_year, OCTOBER), OWN) == []
    if way == "openpyxl":
        assert sheet_of(again, "我的备忘", data_only=True)["B1"].value == 36 * 2, "the office's own formula follows"


def test_what_is_the_offices_own_survives(demo_year: Year, worked_in: Callable[[str], None]) -> None:
    worked_in("openpyxl")
    before = openpyxl.load_workbook(demo_year.master_path)
    send_two(demo_year)
    consolidate(demo_year, NOVEMBER, DECEMBER_1)
    after = openpyxl.load_workbook(demo_year.master_path)
    own = after["我的备忘"]
    assert (own["A1"].value, own["B1"].value, len(own._charts), len(own._images)) == ("催办", "=首页!D10*2", 1, 1)
    assert after["首页"]["P3"].value == "打电话催团县委"
    assert after["首页"]["A1"].comment.text == "看一下"
    assert after["首页"].column_dimensions["P"].width == before["首页"].column_dimensions["P"].width
    assert "县长关注" in after.defined_names
    assert after["填报流水"].sheet_state == "hidden"
    for name in ("进展汇总总表", "项目1"):
        assert {str(c.sqref) for c in before[name].conditional_formatting} == {str(c.sqref) for c in after[name].conditional_formatting}
    assert any("甲,乙" in (v.formula1 or "") for v in after["首页"].data_validations.dataValidation)
    parts = parts_of(demo_year.master_path)
    chart = next(text for name, text in parts.items() if name.startswith("xl/charts/") and b"D$8" in text)
    assert b"numCache" not in chart or b"<c:v>38</c:v>" in chart


def test_unknown_parts_attributes_and_extensions_survive(demo_year: Year, worked_in: Callable[[str], None]) -> None:
    worked_in("hand")
    before = parts_of(demo_year.master_path)
    send_two(demo_year)
    consolidate(demo_year, OCTOBER, DECEMBER_1)
    after = parts_of(demo_year.master_path)
    assert after["xl/pivotCache/pivotCacheDefinition1.xml"] == PIVOT
    for name in ("customXml/item1.xml", "xl/printerSettings/printerSettings1.bin", "xl/theme/theme1.xml"):
        assert after[name] == before[name]
    home = after["xl/worksheets/sheet1.xml"].decode()
    assert STRANGE in home
    assert EXTENSION in home
    assert 'gov:seen="1"' in home


def test_a_calculation_chain_is_forgotten_where_formulas_come_or_go(demo_year: Year, worked_in: Callable[[str], None]) -> None:
    worked_in("hand")
    consolidate(demo_year, OCTOBER, DECEMBER_1)
    assert "xl/calcChain.xml" in parts_of(demo_year.master_path), "no formula came or went"
    build(demo_year, Period.parse("2022-12"), DECEMBER_1)
    parts = parts_of(demo_year.master_path)
    if "xl/calcChain.xml" not in parts:
        assert b"calcChain" not in parts["[Content_Types].xml"]
        assert b"calcChain" not in parts["xl/_rels/workbook.xml.rels"]


def test_a_cell_that_the_office_rewrote_stays_and_is_told(demo_year: Year) -> None:
    typed(demo_year.master_path, 首页__A2="县长：请各单位抓紧", 进展汇总总表__F6=0.95)
    result = consolidate(demo_year, NOVEMBER, DECEMBER_1)
    assert sheet_of(demo_year.master_path, "首页")["A2"].value == "县长：请各单位抓紧"
    assert sheet_of(demo_year.master_path, "进展汇总总表")["F6"].value == 0.95
    assert any(told.startswith("首页 A2（现为 县长") for told in result.master.kept)
    assert result.master.own == ()


def _no_sheet(book: openpyxl.Workbook) -> None:
    del book["项目3"]


def _row_on_top(book: openpyxl.Workbook) -> None:
    book["进展汇总总表"].insert_rows(3)


def _row_in_the_middle(book: openpyxl.Workbook) -> None:
    book["县民政局"].insert_rows(10)


def _renamed(book: openpyxl.Workbook) -> None:
    book["团县委"].title = "团县委（旧）"


def _in_the_way(book: openpyxl.Workbook) -> None:
    sheet = book["填报流水"]
    sheet.cell(sheet.max_row + 1, 2).value = "合计"


@pytest.mark.parametrize(
    ("change", "said"),
    [(_no_sheet, "没有工作表 项目3"), (_row_on_top, "进展汇总总表"), (_row_in_the_middle, "县民政局"), (_renamed, "没有工作表 团县委"), (_in_the_way, "填报流水")],
)
def test_a_structure_that_no_longer_fits_is_left_and_told(demo_year: Year, change: object, said: str) -> None:
    book = openpyxl.load_workbook(demo_year.master_path)
    change(book)  # type: ignore[operator]
    book.save(demo_year.master_path)
    kept = demo_year.master_path.read_bytes()
    send_two(demo_year)
    result = consolidate(demo_year, NOVEMBER if change is not _in_the_way else OCTOBER, DECEMBER_1)
    assert said in "".join(result.master.own)
    assert demo_year.master_path.read_bytes() == kept
    assert result.master.path.name.endswith("_新.xlsm")
    assert unlike(result.master.path.read_bytes(), book_of(demo_year, result.period)) == []


def test_fresh_is_written_beside(demo_year: Year, worked_in: Callable[[str], None]) -> None:
    worked_in("openpyxl")
    kept = demo_year.master_path.read_bytes()
    result = build(demo_year, OCTOBER, DECEMBER_1, fresh=True)
    assert demo_year.master_path.read_bytes() == kept
    assert result.path.name == "总台账_2022-10_新.xlsm"
    assert unlike(result.path.read_bytes(), book_of(demo_year, OCTOBER)) == []


def test_heights_areas_breaks_and_tables_follow(demo_year: Year, worked_in: Callable[[str], None]) -> None:
    worked_in("openpyxl")
    send_two(demo_year)
    consolidate(demo_year, OCTOBER, DECEMBER_1)
    edited = openpyxl.load_workbook(demo_year.master_path)
    fresh = openpyxl.load_workbook(build(demo_year, OCTOBER, DECEMBER_1, fresh=True).path)
    for sheet in fresh.worksheets:
        other = edited[sheet.title]
        assert other.print_area == sheet.print_area, sheet.title
        assert other.print_title_rows == sheet.print_title_rows, sheet.title
        assert [b.id for b in other.row_breaks.brk] == [b.id for b in sheet.row_breaks.brk], sheet.title
        assert dict(other.tables.items()) == dict(sheet.tables.items())
        for row, dimension in sheet.row_dimensions.items():
            theirs = other.row_dimensions[row]
            assert (theirs.height or 0) == pytest.approx(dimension.height or 0, abs=0.5), (sheet.title, row)
            assert bool(theirs.hidden) == bool(dimension.hidden), (sheet.title, row)
        for cells in sheet.iter_rows():
            for cell in cells:
                there = other[cell.coordinate]
                if cell.value is not None:
                    assert (there.font.b, there.font.sz, there.font.name, there.number_format, there.alignment.horizontal, there.alignment.wrap_text, there.protection.locked) == (
                        cell.font.b, cell.font.sz, cell.font.name, cell.number_format, cell.alignment.horizontal, cell.alignment.wrap_text, cell.protection.locked,
                    ), (sheet.title, cell.coordinate)
