"""The elements of a sheet behind its rows: XML in, edits, XML out."""

import pytest

from minsheng_xl.books.edit.pieces import pieces
from minsheng_xl.books.edit.spans import NotPlain
from minsheng_xl.forms.edits import NOTHING, CellEdit, SheetEdits
from minsheng_xl.forms.layout import Input, PlacedCell, Sheet
from minsheng_xl.forms.look import Style

END = "</worksheet>"
MARGINS = '<pageMargins left="0.7"/>'


def made(content: str, edits: SheetEdits) -> str:
    return pieces((content + END).encode(), edits).decode().removesuffix(END)


def edits() -> SheetEdits:
    return SheetEdits(Sheet("x", "甲"), "甲")


def choice(address_row: int, *, across: int = 1) -> PlacedCell:
    return PlacedCell(row=address_row, column=1, content=None, style=Style(), across=across, input=Input("choice", choices=("是", "否")))


LISTED = (
    '<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="请从列表中选"'
    ' error="请从下拉列表中选一项，或留空。" sqref="{}"><formula1>"是,否"</formula1></dataValidation>'
)
THEIRS = '<dataValidation type="list" sqref="P4"><formula1>"甲,乙"</formula1></dataValidation>'


@pytest.mark.parametrize(
    "content",
    [
        MARGINS, "", '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>' + MARGINS,
        '<x14:strange xmlns:x14="urn:x"><!-- 批注 --></x14:strange>', f'<dataValidations count="1">{THEIRS}</dataValidations>',
    ],
)
def test_what_is_not_edited_keeps_its_bytes(content: str) -> None:
    assert made(content, edits()) == content


def test_what_is_no_xml_is_refused() -> None:
    with pytest.raises(NotPlain):
        made("<a>", edits())


def test_merged_blocks_come_and_go_and_the_offices_stay() -> None:
    one = edits()
    one.unmerged, one.merged = frozenset({"A1:B1", "Z9:Z10"}), frozenset({"A3:B3", "A2:B2", "D1:D2"})
    theirs = '<mergeCell ref="D1:D2" />'
    content = f'<mergeCells count="2"><mergeCell ref="A1:B1"></mergeCell>{theirs}</mergeCells>{MARGINS}'
    added = '<mergeCell ref="A2:B2"/><mergeCell ref="A3:B3"/>'
    assert made(content, one) == f'<mergeCells count="3">{theirs}{added}</mergeCells>{MARGINS}'


def test_the_last_block_takes_the_group_with_it_and_the_first_brings_it() -> None:
    one = edits()
    one.unmerged = frozenset({"A1:B1"})
    assert made('<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>' + MARGINS, one) == MARGINS
    one = edits()
    one.merged = frozenset({"A1:B1"})
    group = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    protection, conditions = '<sheetProtection sheet="1"/>', '<conditionalFormatting sqref="A1"/>'
    assert made(protection + conditions + MARGINS, one) == protection + group + conditions + MARGINS
    assert made(protection, one) == protection + group
    assert made("<mergeCells/>" + MARGINS, one) == group.replace(' count="1"', ' count="1"') + MARGINS


def test_an_element_deeper_down_is_no_place_to_insert_at() -> None:
    one = edits()
    one.merged = frozenset({"A1:B1"})
    views = "<customSheetViews><customSheetView><pageMargins/></customSheetView></customSheetViews>"
    assert made(views + MARGINS, one) == views + '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>' + MARGINS


def test_conditional_formats_of_ours_reach_further() -> None:
    one = edits()
    one.lights = (("F5:F30", "F5:F31"), ("F5:F31", "F5:F32"))
    rule = '<cfRule type="cellIs" dxfId="1"/>'
    content = f'<conditionalFormatting sqref="F5:F30">{rule}</conditionalFormatting><conditionalFormatting sqref="A1:A9">{rule}</conditionalFormatting>'
    assert made(content, one) == content.replace("F5:F30", "F5:F31")


def test_a_drop_down_comes_with_its_group() -> None:
    one = edits()
    one.validated = (choice(3),)
    assert made(MARGINS, one) == f'<dataValidations count="1">{LISTED.format("B4:B4")}</dataValidations>{MARGINS}'


def test_a_drop_down_takes_the_place_of_what_was_there() -> None:
    one = edits()
    one.validated = (choice(3),)
    old = '<dataValidation type="whole" sqref="{}"><formula1>0</formula1></dataValidation>'
    for written in ("B4", "B4:B4"):
        content = f'<dataValidations count="2">{old.format(written)}{THEIRS}</dataValidations>'
        assert made(content, one) == f'<dataValidations count="2">{THEIRS}{LISTED.format("B4:B4")}</dataValidations>'
    several = old.format("B3 B4 B5:B6")
    content = f'<dataValidations count="1">{several}</dataValidations>'
    left = old.format("B3 B5:B6")
    assert made(content, one) == f'<dataValidations count="2">{left}{LISTED.format("B4:B4")}</dataValidations>'


def test_a_cell_that_is_no_input_any_more_loses_its_limits() -> None:
    one = edits()
    one.cells = {(3, 1): CellEdit(NOTHING, NOTHING, None, None, True), (3, 2): CellEdit(NOTHING, NOTHING, None, choice(3), True)}
    content = '<dataValidations count="2"><dataValidation sqref="B4"/><dataValidation sqref="C4"/></dataValidations>'
    assert made(content, one) == '<dataValidations count="1"><dataValidation sqref="C4"/></dataValidations>'
    one.cells = {(3, 1): CellEdit(NOTHING, NOTHING, None, None, False)}
    assert made(content, one) == content


def test_limits_of_excel_2010_are_left() -> None:
    one = edits()
    one.validated = (choice(3),)
    later = '<extLst><ext><x14:dataValidations count="1"><x14:dataValidation><xm:sqref>B4</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>'
    assert made(later, one) == f'<dataValidations count="1">{LISTED.format("B4:B4")}</dataValidations>{later}'


def test_links_come_and_go() -> None:
    one = edits()
    one.linked, one.unlinked = {(1, 0): "县'局", (0, 0): "乙&丙"}, frozenset({(4, 4)})
    theirs = '<hyperlink ref="Q1" r:id="rId3"/>'
    content = f'<hyperlinks><hyperlink ref="A1" location="x"/>{theirs}<hyperlink ref="E5"></hyperlink></hyperlinks>'
    added = '<hyperlink ref="A1" location="\'乙&amp;丙\'!A1"/><hyperlink ref="A2" location="\'县\'\'局\'!A1"/>'
    assert made(content, one) == f"<hyperlinks>{theirs}{added}</hyperlinks>"
    assert made(MARGINS, one) == f"<hyperlinks>{added}</hyperlinks>{MARGINS}"
    one.linked, one.unlinked = {}, frozenset({(0, 0)})
    assert made('<hyperlinks><hyperlink ref="A1" location="x"/></hyperlinks>' + MARGINS, one) == MARGINS


def test_page_breaks_follow_where_they_are_as_they_were() -> None:
    one = edits()
    one.breaks = ((10, 20), (12,))
    brk, now = '<brk id="{}" max="16383" man="1"/>', '<rowBreaks count="1" manualBreakCount="1"><brk id="12" max="16383" man="1"/></rowBreaks>'
    old = f'<rowBreaks count="2" manualBreakCount="2">{brk.format(20)}{brk.format(10)}</rowBreaks>'
    columns = f'<colBreaks count="1">{brk.format(3)}</colBreaks>'
    assert made(MARGINS + old + columns, one) == MARGINS + now + columns
    theirs = old.replace('"20"', '"21"')
    assert made(theirs, one) == theirs
    one.breaks = ((10, 20), ())
    assert made(MARGINS + old + columns, one) == MARGINS + columns
    one.breaks = ((), (12,))
    assert made(MARGINS + columns, one) == MARGINS + now + columns
    assert made(old, one) == old


def test_several_new_groups_stand_in_the_order_of_the_standard() -> None:
    one = edits()
    one.merged, one.validated = frozenset({"A1:B1"}), (choice(3),)
    one.linked, one.breaks = {(0, 0): "乙"}, ((), (5,))
    names = ("mergeCells", "dataValidations", "hyperlinks", "rowBreaks")
    found = made("", one)
    assert [found.index(f"<{name}") for name in names] == sorted(found.index(f"<{name}") for name in names)
    behind = made('<drawing r:id="rId1"/>', one)
    assert behind == found + '<drawing r:id="rId1"/>'
