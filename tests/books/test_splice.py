"""Rows of a sheet edited where they lie: XML in, edits, XML out."""

from fractions import Fraction

import pytest

from minsheng_xl.books.edit.spans import NotPlain
from minsheng_xl.books.edit.splice import SheetRows
from minsheng_xl.exact.expressions import Value

HEAD = '<worksheet><dimension ref="A1:C3"/><cols/>'
ROW_1 = '<row r="1" spans="1:3" ht="20.5" customHeight="1"><c r="A1" s="4"><v>1</v></c><c r="C1" s="5"/></row>'
ROW_3 = '<row r="3">\n<c r="B3" s="2" t="str"><f>A1&amp;"项"</f><v>1项</v></c>\n</row>'
BEHIND = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
SHEET = f"{HEAD}<sheetData>{ROW_1}{ROW_3}</sheetData>{BEHIND}"


def body(rows: SheetRows) -> str:
    """What stands between the tags of the rows."""
    return rows.spliced().partition("<sheetData>")[2].removesuffix("</sheetData>")


def test_what_is_not_edited_keeps_its_bytes() -> None:
    rows = SheetRows(SHEET)
    assert rows.spliced() + rows.behind == SHEET
    assert rows.behind == BEHIND
    assert rows.style((0, 0)) == 4
    assert rows.spliced() + rows.behind == SHEET


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Fraction(7), '<c r="B1"><v>7</v></c>'),
        (Fraction(1, 4), '<c r="B1"><v>0.25</v></c>'),
        (True, '<c r="B1" t="b"><v>1</v></c>'),
        (False, '<c r="B1" t="b"><v>0</v></c>'),
        ("甲<乙", '<c r="B1" t="inlineStr"><is><t>甲&lt;乙</t></is></c>'),
        (" 甲", '<c r="B1" t="inlineStr"><is><t xml:space="preserve"> 甲</t></is></c>'),
        ("甲\n乙", '<c r="B1" t="inlineStr"><is><t xml:space="preserve">甲\n乙</t></is></c>'),
        ("_x0041_", '<c r="B1" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>'),
        (None, '<c r="B1"/>'),
        ("", '<c r="B1"/>'),
    ],
)
def test_a_value_stands_between_its_neighbours(value: Value, cell: str) -> None:
    rows = SheetRows(SHEET)
    rows.put((0, 1), None, value, None)
    first = ROW_1.replace('</c><c r="C1"', f'</c>{cell}<c r="C1"')
    assert body(rows) == first + ROW_3


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (Fraction(3), "><f>A1&lt;2</f><v>3</v></c>"), ("", ' t="str"><f>A1&lt;2</f><v></v></c>'),
        ("好", ' t="str"><f>A1&lt;2</f><v>好</v></c>'), (True, ' t="b"><f>A1&lt;2</f><v>1</v></c>'),
    ],
)
def test_a_formula_stands_with_its_result(value: Value, stored: str) -> None:
    rows = SheetRows(SHEET)
    rows.put((0, 0), "A1<2", value, None)
    assert f'<c r="A1" s="4"{stored}<c r="C1" s="5"/>' in body(rows)


def test_a_result_alone_leaves_the_formula_as_it_is_written() -> None:
    rows = SheetRows(SHEET)
    rows.value((2, 1), "2项", None)
    assert body(rows) == ROW_1 + '<row r="3"><c r="B3" s="2" t="str"><f>A1&amp;"项"</f><v>2项</v></c></row>'


def test_a_new_style_takes_the_place_of_the_old_and_strange_attributes_stay() -> None:
    rows = SheetRows(SHEET.replace('<c r="A1" s="4"', '<c r="A1" s="4" t="n" cm="1" ph="1"'))
    rows.put((0, 0), None, Fraction(2), 9)
    assert '<c r="A1" s="9" ph="1"><v>2</v></c>' in body(rows)
    rows.put((0, 0), None, Fraction(2), None)
    assert '<c r="A1" s="9" ph="1"><v>2</v></c>' in body(rows)


def test_restyling_leaves_the_content() -> None:
    rows = SheetRows(SHEET)
    rows.restyle((2, 1), 8)
    rows.restyle((2, 0), 8)
    assert '<row r="3"><c r="A3" s="8"/><c r="B3" s="8" t="str"><f>' in body(rows)
    assert (rows.style((2, 1)), rows.style((2, 0)), rows.style((2, 5))) == (8, 8, None)


def test_new_rows_stand_in_order() -> None:
    rows = SheetRows(SHEET)
    rows.put((1, 0), None, Fraction(2), None)
    rows.put((8, 0), None, Fraction(9), None)
    two, nine = (f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (2, 9))
    assert body(rows) == ROW_1 + two + ROW_3 + nine


def test_a_sheet_without_rows_gets_some() -> None:
    rows = SheetRows(f"<worksheet><sheetData/>{BEHIND}")
    rows.put((0, 0), None, Fraction(1), None)
    assert rows.spliced() == '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def test_the_dimension_holds_new_cells_and_never_shrinks() -> None:
    rows = SheetRows(SHEET)
    rows.put((4, 27), None, Fraction(1), None)
    assert '<dimension ref="A1:AB5"/>' in rows.spliced()
    rows = SheetRows(SHEET)
    rows.put((0, 0), None, Fraction(1), None)
    assert '<dimension ref="A1:C3"/>' in rows.spliced()
    without = SheetRows(SHEET.replace('<dimension ref="A1:C3"/>', ""))
    without.put((4, 27), None, Fraction(1), None)
    assert "dimension" not in without.spliced()


def test_spans_that_no_longer_hold_go() -> None:
    rows = SheetRows(SHEET)
    rows.put((0, 2), None, Fraction(1), None)
    assert '<row r="1" spans="1:3" ht="20.5"' in body(rows)
    rows.put((0, 3), None, Fraction(1), None)
    assert '<row r="1" ht="20.5"' in body(rows)


def test_a_cell_goes_with_its_style_and_a_row_stays() -> None:
    rows = SheetRows(SHEET)
    rows.remove((2, 1))
    rows.remove((7, 1))
    assert body(rows) == ROW_1 + '<row r="3"/>'


@pytest.mark.parametrize(
    ("was", "now", "tag"),
    [
        (20.5, 30.0, '<row r="1" spans="1:3" ht="30" customHeight="1">'),
        (22.0, 30.0, '<row r="1" spans="1:3" ht="30" customHeight="1">'),
        (23.0, 30.0, '<row r="1" spans="1:3" ht="20.5" customHeight="1">'),
        (20.5, None, '<row r="1" spans="1:3">'),
        (None, 31.5, '<row r="1" spans="1:3" ht="31.5" customHeight="1">'),
    ],
)
def test_a_height_follows_where_it_is_about_the_old_one(was: float | None, now: float | None, tag: str) -> None:
    rows = SheetRows(SHEET)
    rows.height(0, was, now)
    assert body(rows).startswith(tag)


def test_a_height_makes_a_row_and_none_makes_none() -> None:
    rows = SheetRows(SHEET)
    rows.height(5, None, None)
    assert body(rows) == ROW_1 + ROW_3
    rows.height(5, None, 12.0)
    assert body(rows).endswith('<row r="6" ht="12" customHeight="1"/>')


def test_rows_are_hidden_and_shown() -> None:
    rows = SheetRows(SHEET.replace('<row r="3">', '<row r="3" hidden="1">'))
    rows.hide(2, False)
    rows.hide(0, True)
    assert body(rows).startswith('<row r="1" spans="1:3" ht="20.5" customHeight="1" hidden="1">')
    assert '<row r="3"><c' in body(rows)


def test_shared_formulas_are_found_with_their_heads() -> None:
    shared = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1&amp;"x"</f><v/></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v/></c><c r="C2"><f t="shared" si="9"/></c></row>'
        '<row r="3"><c r="A3"><f si="0" t="shared"></f></c><c r="B3"><f>1</f></c></row>'
    )
    rows = SheetRows(f"<worksheet><sheetData>{shared}</sheetData></worksheet>")
    head = ((0, 0), 'B1&"x"')
    assert rows.shared() == {(0, 0): head, (1, 0): head, (2, 0): head}
    assert rows.is_shared_head((0, 0))
    assert not rows.is_shared_head((1, 0))
    assert not rows.is_shared_head((2, 1))
    assert not rows.is_shared_head((8, 8))


@pytest.mark.parametrize(
    "inner",
    ["<row><c r='A1'/></row>", "<row r=\"1\"><c><v>1</v></c></row>", '<row r="1">字<c r="A1"/></row>', '<row r="1"><c r="A1"/>字</row>', "<!-- -->"],
)
def test_rows_written_otherwise_are_not_touched(inner: str) -> None:
    with pytest.raises(NotPlain):
        SheetRows(f"<worksheet><sheetData>{inner}</sheetData></worksheet>").put((0, 0), None, Fraction(1), None)
    with pytest.raises(NotPlain):
        SheetRows("<worksheet/>")
