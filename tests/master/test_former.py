"""A master that an earlier version drew, in which the office has worked: it stays what it is, and is brought up to date."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year, consolidate
from minsheng_xl.forms.identity import version_in
from minsheng_xl.forms.unit import LAYOUTS
from tests.makers import draw_as_formerly, figure, send
from tests.sharing import copied
from tests.workbooks import sheet_of

OCTOBER = Period.parse("2022-10")
NOW, LATER = datetime(2022, 11, 7, 16), datetime(2022, 11, 12, 9)
UNIT = "县残联"
FIRST = LAYOUTS.first
"""The version of the first layout that a unit's sheet had."""


@pytest.fixture
def consolidated(short_issued_folder: Path, tmp_path: Path) -> Iterator[Year]:
    for year in copied(short_issued_folder, tmp_path / "年"):
        send(year, UNIT, OCTOBER, {figure("8-1"): "106"})
        consolidate(year, OCTOBER, NOW)
        yield year


def with_a_note(year: Year) -> None:
    book = openpyxl.load_workbook(year.master_path)
    book["首页"]["P3"] = "打电话催"
    book.save(year.master_path)


def test_its_front_page_stays_where_it_stands(consolidated: Year) -> None:
    assert sheet_of(consolidated.master_path, "首页")["A5"].value == "下一步"
    draw_as_formerly(consolidated)
    with_a_note(consolidated)
    send(consolidated, "县民政局", OCTOBER, {figure("6-1"): "3"})
    result = consolidate(consolidated, OCTOBER, LATER).master
    assert (result.path, result.own, result.kept) == (consolidated.master_path, (), ())
    home = sheet_of(consolidated.master_path, "首页")
    assert (home["A5"].value, home["P3"].value) == ("报送情况", "打电话催")
    assert [home.cell(4, column).value for column in (2, 3, 9)] == ["→ 进展汇总总表", "→ 领导简报", "→ 单位完成情况排名"]
    assert sheet_of(consolidated.master_path, "minsheng")["B5"].value == "D3", "where the button says what it does"


def test_the_sheets_of_its_units_keep_their_layout(consolidated: Year) -> None:
    assert FIRST is not None
    draw_as_formerly(consolidated, FIRST)
    with_a_note(consolidated)
    send(consolidated, UNIT, OCTOBER, {figure("8-1"): "107"}, "更正.xlsx")
    result = consolidate(consolidated, OCTOBER, LATER).master
    assert (result.path, result.own) == (consolidated.master_path, ())
    sheet = sheet_of(consolidated.master_path, UNIT)
    bears = {version_in(str(row[0].value or ""), UNIT, OCTOBER) for row in sheet.iter_rows(max_col=1)}
    assert (bears, sheet["G8"].value) == ({"", FIRST}, 106)
