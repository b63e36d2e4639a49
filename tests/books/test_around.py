"""Names, tables, titles and chains of a workbook, edited where they lie."""


import pytest

from minsheng_xl.books.edit.around import NameEdit, TableChanged, TableEdit, renamed, resized, retitled, without
from minsheng_xl.books.edit.spans import NotPlain

ASKED = '<calcPr calcId="1" fullCalcOnLoad="1"/>'


def name(sheet: int, text: str, of: str = "_xlnm.Print_Area") -> str:
    return f'<definedName name="{of}" localSheetId="{sheet}" hidden="1">{text}</definedName>'


def test_names_follow_where_they_are_as_they_were() -> None:
    names = [
        name(0, "'甲 乙'!$A$1:$C$9"), name(1, "丙!$A$1:$C$9"), name(1, "丙!$1:$4", "_xlnm.Print_Titles"),
        '<definedName name="_xlnm.Print_Area">丙!$A$1:$C$9</definedName>',
    ]
    part = f"<workbook><definedNames>{''.join(names)}</definedNames>{ASKED}</workbook>"
    edits = [
        NameEdit("_xlnm.Print_Area", 0, "$A$1:$C$9", "$A$1:$C$10"),
        NameEdit("_xlnm.Print_Area", 1, "$A$1:$C$8", "$A$1:$C$11"),
        NameEdit("_xlnm.Print_Titles", 1, "$1:$4", "$1:$5"),
    ]
    expected = part.replace(names[0], name(0, "'甲 乙'!$A$1:$C$10")).replace("$1:$4", "$1:$5")
    assert renamed(part.encode(), edits).decode() == expected


@pytest.mark.parametrize(
    ("inside", "made"),
    [
        (ASKED, ASKED),
        ('<calcPr calcId="1"/>', ASKED),
        ('<calcPr calcId="1" fullCalcOnLoad="0"/>', ASKED),
        ("<sheets/>", '<sheets/><calcPr fullCalcOnLoad="1"/>'),
        ("<sheets/><pivotCaches/><extLst/>", '<sheets/><calcPr fullCalcOnLoad="1"/><pivotCaches/><extLst/>'),
        ("<a><extLst/></a>", '<a><extLst/></a><calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_programs_are_asked_to_reckon_anew(inside: str, made: str) -> None:
    assert renamed(f"<workbook>{inside}</workbook>".encode(), []).decode() == f"<workbook>{made}</workbook>"


TABLE = '<table id="1" name="流水" displayName="流水" ref="{0}"><autoFilter ref="{1}"/><tableColumns count="3"/></table>'


def deeper(area: str = "A3:C12") -> TableEdit:
    return TableEdit("A3:C9", area, ("甲", "乙", "丙"))


def test_a_table_reaches_further_down() -> None:
    old = TABLE.format("A3:C9", "A3:C9").encode()
    assert resized(old, {"流水": deeper()}).decode() == TABLE.format("A3:C12", "A3:C12")
    wider = TABLE.format("A3:E9", "A3:E9").encode()
    assert resized(wider, {"流水": deeper()}).decode() == TABLE.format("A3:E12", "A3:E12")
    assert resized(old, {"别的": deeper()}) == old


COLUMNS = '<tableColumns count="3"><tableColumn id="1" name="甲"/><tableColumn id="7" name="乙"/><tableColumn id="3" name="丙"/></tableColumns>'
WIDER = TableEdit("A3:C9", "A3:E12", ("甲", "乙", "丙", "丁", '戊"<'))


def test_a_table_reaches_further_to_the_right_with_columns_of_their_names() -> None:
    part = TABLE.replace('<tableColumns count="3"/>', COLUMNS)
    made = resized(part.format("A3:C9", "A3:C9").encode(), {"流水": WIDER}).decode()
    more = '<tableColumn id="8" name="丁"/><tableColumn id="9" name=\'戊"&lt;\'/></tableColumns>'
    assert made == part.replace('count="3"', 'count="5"').replace("</tableColumns>", more).format("A3:E12", "A3:E12")


def test_columns_of_the_office_s_own_stand_where_ours_are_to() -> None:
    with pytest.raises(TableChanged, match="流水"):
        resized(TABLE.format("A3:D9", "A3:D9").encode(), {"流水": WIDER})


@pytest.mark.parametrize(
    "part",
    [
        TABLE.format("A4:C9", "A3:C9"), TABLE.format("B3:C9", "B3:C9"), TABLE.format("A3:B9", "A3:B9"), TABLE.format("A3:C10", "A3:C10"), TABLE.format("A3:C8", "A3:C8"),
        TABLE.format("A3:C9", "A4:C9"), TABLE.format("A3:C9", "A3:C9").replace('id="1"', 'id="1" totalsRowCount="1"'),
    ],
)
def test_a_table_that_the_office_changed_is_told(part: str) -> None:
    with pytest.raises(TableChanged, match="流水"):
        resized(part.encode(), {"流水": deeper()})


def test_the_title_follows_unless_the_office_gave_another() -> None:
    part = '<cp:coreProperties xmlns:dc="urn:x" xmlns:cp="urn:y"><dc:title>{}</dc:title></cp:coreProperties>'
    assert retitled(part.format("甲&amp;乙").encode(), "甲&乙", "丙<丁").decode() == part.format("丙&lt;丁")
    assert retitled(part.format("别的").encode(), "甲", "乙").decode() == part.format("别的")
    empty = part.replace("<dc:title>{}</dc:title>", "<dc:title/>").encode()
    assert retitled(empty, "", "乙") == empty


def test_an_element_goes() -> None:
    part = b'<Relationships><Relationship Id="rId1"/><Relationship Id="rId11" T="x"></Relationship></Relationships>'
    assert without(part, "Relationship", "Id", "rId11") == b'<Relationships><Relationship Id="rId1"/></Relationships>'
    with pytest.raises(NotPlain):
        without(part, "Relationship", "Id", "rId2")


def test_a_workbook_with_prefixes_is_left() -> None:
    with pytest.raises(NotPlain):
        renamed(b'<x:workbook xmlns:x="urn:x"><x:calcPr/></x:workbook>', [])
