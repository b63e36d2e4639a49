"""A sheet is read as it is shown."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from minsheng_xl.papers.sheets import read_sheets
from minsheng_xl.published.paper import Document, Lattice


def saved(book: Workbook) -> Document:
    stream = io.BytesIO()
    book.save(stream)
    return read_sheets(stream.getvalue())


def rows(document: Document, number: int = 0) -> list[list[str]]:
    lattice = document.blocks[number]
    assert isinstance(lattice, Lattice)
    return [[place.text for place in row] for row in lattice.rows]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.6, "0%", "60%"), (0.285, "0.0%", "28.5%"), (1, "General", "1"), (2400.0, "0", "2400"), (3.14, "0.00", "3.14"),
        (3.14, "0", "3.14"),  # never less than what is stored
        (12345, "#,##0", "12345"), (date(2022, 11, 30), "yyyy-mm-dd", "2022年11月30日"),
        (date(2022, 11, 30), 'yyyy"年"m"月"', "2022年11月"), (date(2022, 11, 30), "m/d", "11月30日"),
        (date(2022, 11, 30), '[$-804]yyyy"年"m"月"d"日";@', "2022年11月30日"), (98, '0"%"', "98%"),
        (5, '0"处"', "5处"), ("甲 ", "General", "甲"), (True, "General", "是"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: object, code: str, shown: str) -> None:
    book = Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = code
    assert rows(saved(book)) == [[shown]]


def test_merged_cells_stand_in_every_place_that_they_cover() -> None:
    book = Workbook()
    sheet = book.active
    for row in (["责任表", None, None], ["1", "甲", "乙"], [None, "丙", "丁"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A3")
    assert rows(saved(book)) == [["责任表"] * 3, ["1", "甲", "乙"], ["1", "丙", "丁"]]


def test_every_sheet_is_a_table_and_what_is_hidden_is_told() -> None:
    book = Workbook()
    first, second, third = book.active, book.create_sheet("汇总"), book.create_sheet("底稿")
    first.title = "任务"
    for row in (["1", "藏列", "甲"], ["2", "藏列", "藏行"], ["3", "藏列", "乙"]):
        first.append(row)
    first.row_dimensions[2].hidden = True
    first.column_dimensions["B"].hidden = True
    second["B2"] = "丙"
    third["A1"] = "丁"
    third.sheet_state = "hidden"
    found = saved(book)
    assert [block.where for block in found.blocks if isinstance(block, Lattice)] == ["工作表“任务”", "工作表“汇总”"]
    assert rows(found) == [["1", "甲"], ["3", "乙"]]
    assert rows(found, 1) == [["", ""], ["", "丙"]]
    assert found.left_out == ("工作表“任务”里隐藏的行（1 行）、隐藏的列（1 列）没有读。", "工作表“底稿”是隐藏的，没有读。")
