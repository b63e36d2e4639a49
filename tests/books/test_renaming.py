"""A sheet that has another name: what referred to it finds it, and what only looks like a reference stays."""

import io

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from minsheng_xl.books.edit.renaming import referring, with_sheet_renamed
from minsheng_xl.books.edit.spans import NotPlain

CASES = [
    ("'县残联'!G9", "'县助残中心'!G9"),
    ("县残联!G9+1", "'县助残中心'!G9+1"),
    ("SUM('县残联'!G9:G12,'县妇联'!G9)", "SUM('县助残中心'!G9:G12,'县妇联'!G9)"),
    ("老县残联!G9", "老县残联!G9"),
    ("'老县残联'!G9", "'老县残联'!G9"),
    ('IF(A1="县残联!",县残联!B1,"")', 'IF(A1="县残联!",\'县助残中心\'!B1,"")'),
    ("[1]县残联!G9", "[1]县残联!G9"),
    ("G9", "G9"),
]


@pytest.mark.parametrize(("formula", "told"), CASES)
def test_a_formula_leads_to_the_new_name(formula: str, told: str) -> None:
    assert referring(formula, "县残联", "县助残中心") == told


def test_a_quote_in_a_name_is_doubled() -> None:
    assert referring("'A''s'!B1", "A's", "B's & C") == "'B''s & C'!B1"


def test_links_names_and_lists_follow() -> None:
    book = openpyxl.Workbook()
    first, unit = book.active, book.create_sheet("县残联")
    first["A1"] = "=县残联!B2&\"县残联!\""
    first["A2"].hyperlink = "#'县残联'!A1"
    first["A2"] = "去看"
    unit["B2"] = 5
    lists = DataValidation(type="list", formula1="'县残联'!$A$1:$A$3")
    lists.add("C1")
    first.add_data_validation(lists)
    book.defined_names["数"] = DefinedName("数", attr_text="'县残联'!$B$2")
    stream = io.BytesIO()
    book.save(stream)
    made = openpyxl.load_workbook(io.BytesIO(with_sheet_renamed(stream.getvalue(), "县残联", "县助残中心")))
    sheet = made[first.title]
    assert made.sheetnames == [first.title, "县助残中心"]
    assert sheet["A1"].value == "='县助残中心'!B2&\"县残联!\""
    assert "'县助残中心'!A1" in (sheet["A2"].hyperlink.location or sheet["A2"].hyperlink.target)
    assert sheet.data_validations.dataValidation[0].formula1 == "'县助残中心'!$A$1:$A$3"
    assert made.defined_names["数"].attr_text == "'县助残中心'!$B$2"


def test_a_sheet_that_is_not_there_is_not_renamed() -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    with pytest.raises(NotPlain):
        with_sheet_renamed(stream.getvalue(), "县残联", "县助残中心")
