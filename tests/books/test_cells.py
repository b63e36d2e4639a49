"""Cells written the short way have the bytes that XlsxWriter gives them."""

import io
from typing import Any

import pytest
import xlsxwriter

from minsheng_xl.books.write.cells import CellSheet, Plain
from tests.workbooks import parts_of

CONSTANTS: tuple[Plain, ...] = (
    None, "", "词", " 前后有空格 ", "a<b & c>d\"", "=1+1", "http://a.b", "两\n行", "_x000A_", 0, 7, -3, 10**15, 0.1, 1 / 3,
    -2.5e-7, 123456789.123456789, 1e300, True, False,
)
FORMULAS: tuple[tuple[str, Plain], ...] = (
    ('IF(A1="","",A1)', "词"), ("A1<B1", True), ("A1>B1", False), ("A1&\"<&>\"", "<&>"), ("1/3", 1 / 3), ("2+2", 4),
    ("SUM('县 妇联'!A1:A3)", -0.5), ("A2", "#1楼"), ("A3", "两\n行"),
)


def written(kind: "type[Any] | None", *, short: bool) -> dict[str, bytes]:
    """The parts of a workbook with all of that, placed as we do or by the public methods of XlsxWriter."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page, forms = book.add_worksheet("表", kind), [book.add_format({"bold": True}), book.add_format({"italic": True})]
    for row, content in enumerate(CONSTANTS):
        form = forms[row % 2]
        if short:
            page.put(row, 30 * (row % 2), content, form)
        elif content is None or content == "":
            page.write_blank(row, 30 * (row % 2), None, form)
        elif isinstance(content, str):
            page.write_string(row, 30 * (row % 2), content, form)
        elif isinstance(content, bool):
            page.write_boolean(row, 30 * (row % 2), content, form)
        else:
            page.write_number(row, 30 * (row % 2), content, form)
    for row, (formula, result) in enumerate(FORMULAS):
        if short:
            page.put_formula(row, 2, formula, result, forms[0])
        else:
            page.write_formula(row, 2, f"={formula}", forms[0], result)
    book.close()
    return parts_of(stream.getvalue())


@pytest.fixture(scope="module")
def usual() -> dict[str, bytes]:
    return written(None, short=False)


def test_the_bytes_are_the_same(usual: dict[str, bytes]) -> None:
    ours = written(CellSheet, short=True)
    assert ours.keys() == usual.keys()
    assert {name for name, part in ours.items() if part != usual[name] and name != "docProps/core.xml"} == set()
    assert b"<v>0.3333333333333333</v>" in ours["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("result", ["#N/A", "#DIV/0!", "#REF!"])
def test_a_result_that_reads_as_an_error_is_a_text(result: str) -> None:
    """A formula of ours never comes to an error: what reads as one is what somebody wrote."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("表", CellSheet).put_formula(0, 0, "A2", result, book.add_format({"bold": True}))
    book.close()
    written_so = f'<c r="A1" s="1" t="str"><f>A2</f><v>{result}</v></c>'
    assert written_so.encode() in parts_of(stream.getvalue())["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("result", ["", None])
def test_an_empty_result_is_a_text(result: Plain) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("表", CellSheet).put_formula(0, 0, "A2", result, book.add_format({"bold": True}))
    book.close()
    assert b'<c r="A1" s="1" t="str"><f>A2</f><v></v></c>' in parts_of(stream.getvalue())["xl/worksheets/sheet1.xml"]


def test_what_nobody_sees_is_not_written() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page, form = book.add_worksheet("表", CellSheet), book.add_format({"bold": True})
    page.put(0, 0, "县\u200b妇\u202e联", form)
    page.put_formula(1, 0, "A1", "县\u200b妇\u202e联", form)
    book.close()
    parts = parts_of(stream.getvalue())
    assert "<t>县妇联</t>".encode() in parts["xl/sharedStrings.xml"]
    assert "<v>县妇联</v>".encode() in parts["xl/worksheets/sheet1.xml"]
