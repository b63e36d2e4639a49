"""xlwings code as its own documentation writes it for Excel, run on LibreOffice unchanged.

Each example names the page of https://docs.xlwings.org it follows the manner of; the code is ours.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlwings as xw

from minsheng_xl.books.libreoffice.formulas import from_native, to_native
from tests.books.live.office import needs_uno, opened, saved

pytestmark = [needs_uno, pytest.mark.office, pytest.mark.usefixtures("libreoffice")]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Any]:
    made = openpyxl.Workbook()
    made.active.title = "数据 1"
    made.create_sheet("汇总")
    made.save(tmp_path / "例.xlsx")
    with opened(tmp_path / "例.xlsx") as book:
        yield book


def test_books_and_sheets(book: Any, tmp_path: Path) -> None:
    """Connect to a book, quickstart."""
    assert xw.Book(str(tmp_path / "例.xlsx")).fullname == str(tmp_path / "例.xlsx")
    assert book.name == "例.xlsx"
    assert book.sheet_names == ["数据 1", "汇总"]
    assert [sheet.index for sheet in book.sheets] == [1, 2]
    assert book.sheets[-1].name == "汇总"
    assert [each.name for each in xw.books] == ["例.xlsx"]
    book.sheets[1].name = "总"
    assert "总" in book.sheet_names
    book.sheets[1].activate()
    assert book.sheets.active.name == "总"


def test_values(book: Any) -> None:
    """Data structures: cells, lists, empty cells."""
    sheet = book.sheets["数据 1"]
    sheet["A1"].value = [["单位", "数"], ["甲", 1], ["乙", 2.5], ["丙", None]]
    assert sheet["A1:B4"].value == [["单位", "数"], ["甲", 1.0], ["乙", 2.5], ["丙", None]]
    assert sheet["A1:A4"].value == ["单位", "甲", "乙", "丙"]
    assert sheet["A2"].options(ndim=2).value == [["甲"]]
    assert sheet["B2"].options(numbers=int).value == 1
    assert sheet["A1"].resize(2, 2).value == [["单位", "数"], ["甲", 1.0]]
    assert sheet.range((2, 1), (3, 2)).value == [["甲", 1.0], ["乙", 2.5]]
    assert sheet.used_range.address == "$A$1:$B$4"
    assert sheet[1, 0].value == "甲"
    assert sheet["A1:B4"].last_cell.address == "$B$4"
    sheet["A1:B4"].clear_contents()
    assert sheet["A1"].value is None


def test_texts_that_look_like_something_else(book: Any) -> None:
    """A leading apostrophe keeps a text a text; without it a text is taken as typed."""
    sheet = book.sheets[0]
    sheet["A1"].value = ["'1-1", "'=甲", "'007", "12"]
    assert sheet["A1:D1"].value == ["1-1", "=甲", "007", 12.0]
    assert sheet["B1"].formula == "=甲"


def test_formulas(book: Any) -> None:
    """Formulas in Excel's words, across sheets with blanks in their names."""
    first, second = book.sheets
    first["A1"].value = [[1], [2], [3]]
    second["A1"].formula = [["=SUM('数据 1'!A1:A3)", "=IF(A1>5,\"多,是\",\"少\")"], ["=1/0", "=TRUE"]]
    assert second["A1:B1"].value == [6.0, "多,是"]
    assert second["A1:B1"].formula == (("=SUM('数据 1'!A1:A3)", "=IF(A1>5,\"多,是\",\"少\")"),)
    assert second["A2"].value is None
    assert second["A2"].options(err_to_str=True).value == "#VALUE!"
    book.app.calculation = "manual"
    first["A1"].value = 10
    assert second["A1"].value == 6
    book.app.calculate()
    assert second["A1"].value == 15
    book.app.calculation = "automatic"


def test_dates_and_frames(book: Any) -> None:
    """Converters: datetime, pandas DataFrame."""
    sheet = book.sheets[0]
    sheet["A1"].number_format = "yyyy-mm-dd"
    sheet["A1"].value = datetime(2022, 10, 31)
    assert sheet["A1"].value == datetime(2022, 10, 31)
    frame = pd.DataFrame({"数": [1.0, 2.0]}, index=pd.Index(["甲", "乙"], name="单位"))
    sheet["C1"].value = frame
    assert sheet["C1"].options(pd.DataFrame, expand=None).value is not None
    pd.testing.assert_frame_equal(sheet["C1:D3"].options(pd.DataFrame).value, frame)


def test_looks(book: Any, tmp_path: Path) -> None:
    """Fonts, fills, alignment, merged cells, heights, hidden rows; seen in the file that is saved."""
    cell = book.sheets[0]["B2"]
    cell.value, cell.color, cell.number_format, cell.wrap_text = 0.5, (255, 0, 0), "0.0%", True
    cell.font.name, cell.font.size, cell.font.bold, cell.font.color = "宋体", 14, True, (0, 0, 255)
    cell.horizontal_alignment, cell.vertical_alignment = "center", "top"
    book.sheets[0]["B4:C5"].merge()
    assert [book.sheets[0][where].merge_cells for where in ("B4:C5", "C5", "C5:D6", "D6")] == [True, True, True, False]
    assert book.sheets[0]["C5"].merge_area.address == "$B$4:$C$5"
    book.sheets[0]["A3"].row_height = 40
    book.sheets[0]["A7:A8"].rows.hidden = True
    assert [book.sheets[0][where].rows.hidden for where in ("A7:A8", "A6:A8", "A1:A3")] == [True, None, False]
    book.sheets[0].page_setup.print_area = "A1:C9"
    cell.borders.set("outside", line_style="continuous", weight="thin", color="#1F4E79")
    cell.borders["edge_bottom"].weight = "medium"
    cell.copy()
    book.sheets[1]["A1:A3"].paste()
    cell.borders.clear("edge_top")
    assert (cell.color, cell.font.size, cell.horizontal_alignment) == ((255, 0, 0), 14, "center")
    (tmp_path / "存.xlsx").write_bytes(saved(book, tmp_path / "存.xlsx"))
    seen = openpyxl.load_workbook(tmp_path / "存.xlsx")
    one, pasted = seen["数据 1"]["B2"], seen["汇总"]["A3"]
    for there in (one, pasted):
        assert (there.font.b, there.font.sz, there.fill.fgColor.rgb, there.number_format) == (True, 14, "FFFF0000", "0.0%")
        assert (there.border.bottom.style, there.border.bottom.color.rgb[-6:], there.border.left.style) == ("medium", "1F4E79", "thin")
    assert (one.border.top.style, pasted.border.top.style) == (None, "thin")
    assert "B4:C5" in seen["数据 1"].merged_cells
    assert abs(seen["数据 1"].row_dimensions[3].height - 40) < 0.5
    assert seen["数据 1"].row_dimensions[7].hidden
    assert seen["数据 1"].print_area == "'数据 1'!$A$1:$C$9"


def test_validation_and_links(book: Any, tmp_path: Path) -> None:
    sheet = book.sheets[0]
    sheet["A1"].data_validation.set_list(["是", "否"])
    sheet["A2"].data_validation.set_decimal("greater_than_or_equal", 0)
    sheet["A3"].add_hyperlink("#'汇总'!A1", "去汇总")
    assert (sheet["A1"].data_validation.type, sheet["A2"].data_validation.type) == ("list", "decimal")
    assert sheet["A3"].value == "去汇总"
    rules = openpyxl.load_workbook(_kept(book, tmp_path))["数据 1"].data_validations.dataValidation
    assert {rule.type: (str(rule.sqref), rule.formula1) for rule in rules} == {"list": ("A1", '"是,否"'), "decimal": ("A2", "0")}
    sheet["A1"].data_validation.delete()
    assert sheet["A1"].data_validation.type == "none"


def _kept(book: Any, tmp_path: Path) -> Path:
    saved(book, tmp_path / "规则.xlsx")
    return tmp_path / "规则.xlsx"


def test_the_application(book: Any) -> None:
    app = book.app
    with app.properties(screen_updating=False, calculation="manual"):
        assert (app.screen_updating, app.calculation) == (False, "manual")
    assert (app.screen_updating, app.calculation) == (True, "automatic")
    book.sheets[0]["B3"].select()
    assert app.selection.address == "$B$3"
    with pytest.raises(NotImplementedError):
        book.sheets[0].charts  # noqa: B018


@pytest.mark.parametrize(
    ("excel", "native"),
    [
        ("=SUM(A1,B2)", "=SUM(A1;B2)"), ("='项目 1'!A1&\"a,b!\"", "=$'项目 1'.A1&\"a,b!\""), ("=项目1!$B$2:C3", "=$项目1.$B$2:C3"),
        ("=INDEX({1,2;3,4},1,2)", "=INDEX({1;2|3;4};1;2)"), ("='it''s'!A1", "=$'it''s'.A1"), ("=1.5+A1", "=1.5+A1"),
    ],
)
def test_formulas_there_and_back(excel: str, native: str) -> None:
    assert (to_native(excel), from_native(native)) == (native, excel)
