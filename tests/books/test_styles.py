"""New styles at the end of a workbook's own: no number that cells bear changes."""

import io

import pytest

from minsheng_xl.books.edit.spans import NotPlain
from minsheng_xl.books.edit.styles import Styles
from minsheng_xl.books.package.parts import Parts
from minsheng_xl.forms.look import INK, LINE, Style
from tests.workbooks import parts_of, put_together

PATH = "xl/styles.xml"
FORMATS = '<numFmts count="1"><numFmt numFmtId="170" formatCode="0.0&quot;亿&quot;"/></numFmts>'
FONTS, FILLS = "<fonts count=\"1\"><font><b/></font></fonts>", "<fills><fill/><fill/></fills>"
BORDERS = "<borders count=\"1\"><border/></borders>"
XFS = '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="9"><alignment/></xf></cellXfs>'
DXFS = '<dxfs count="1"><dxf><font><i/></font><numFmt numFmtId="180" formatCode="0&quot;个&quot;"/><fill/><border/></dxf></dxfs>'
WHOLE = f'<styleSheet xmlns="urn:x">{FORMATS}{FONTS}{FILLS}{BORDERS}{XFS}{DXFS}</styleSheet>'


def styles(content: str = WHOLE) -> tuple[Styles, Parts]:
    made = io.BytesIO()
    put_together(made, {PATH: content.encode()})
    parts = Parts(made.getvalue())
    return Styles(parts, PATH), parts


def added(one: Style, content: str = WHOLE, *, editable: bool = False) -> tuple[int, str]:
    """The number of a style, and the part with it."""
    kept, parts = styles(content)
    number = kept.add(one, editable)
    kept.save()
    return number, parts_of(parts.packed())[PATH].decode()


def test_a_plain_style_of_ours() -> None:
    number, part = added(Style(border="", face="宋体", size=10.5, bold=True))
    assert number == 2
    font = f'<font><b/><sz val="10.5"/><color rgb="FF{INK[1:]}"/><name val="宋体"/></font>'
    xf = (
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"'
        ' applyBorder="1" applyAlignment="1" applyProtection="1"><alignment horizontal="left" vertical="center"/>'
        '<protection locked="1"/></xf>'
    )
    fonts = FONTS.replace("</fonts>", f"{font}</fonts>").replace('count="1"', 'count="2"')
    xfs = XFS.replace("</cellXfs>", f"{xf}</cellXfs>").replace('<cellXfs count="2"', '<cellXfs count="3"')
    assert part == WHOLE.replace(FONTS, fonts).replace(XFS, xfs)


def test_fill_border_alignment_and_protection() -> None:
    one = Style(fill="#E9EEF3", border="bottom", align="right", valign="top", wrap=True, indent=2, shrink=True)
    number, part = added(one, editable=True)
    assert (number, 'fillId="2" borderId="1"' in part) == (2, True)
    assert '<fills><fill/><fill/><fill><patternFill patternType="solid"><fgColor rgb="FFE9EEF3"/><bgColor indexed="64"/></patternFill></fill></fills>' in part
    assert '<borders count="2"><border/><border><left/><right/><top/><bottom style="thin"><color rgb="FF1F4E79"/></bottom><diagonal/></border></borders>' in part
    assert '<alignment horizontal="right" vertical="top" wrapText="1" indent="2" shrinkToFit="1"/><protection locked="0"/>' in part


def test_a_border_all_round() -> None:
    line = f'style="thin"><color rgb="FF{LINE[1:]}"/>'
    sides = "".join(f"<{side} {line}</{side}>" for side in ("left", "right", "top", "bottom"))
    assert f"<border>{sides}<diagonal/></border>" in added(Style())[1]


@pytest.mark.parametrize(("code", "number"), [("General", 0), ("@", 49), ('0.0"亿"', 170), ("0.00%", 181), ('0"个"', 181), ('0"万"', 181)])
def test_number_formats(code: str, number: int) -> None:
    part = added(Style(number=code))[1]
    assert f'<xf numFmtId="{number}" fontId="1"' in part
    assert part.count("<numFmt ") == (3 if number == 181 else 2)


def test_number_formats_where_there_are_none() -> None:
    kept, parts = styles(WHOLE.replace(FORMATS, "").replace(DXFS, ""))
    assert [kept.add(Style(number=code), False) for code in ("0.0", "0.00", "0.0")] == [2, 3, 4]
    kept.save()
    part = parts_of(parts.packed())[PATH].decode()
    formats = '<numFmts count="2"><numFmt numFmtId="164" formatCode="0.0"/><numFmt numFmtId="165" formatCode="0.00"/></numFmts>'
    assert part.startswith(f'<styleSheet xmlns="urn:x">{formats}<fonts')
    assert part.count('<xf numFmtId="164" ') == 2


def test_nothing_added_is_nothing_changed() -> None:
    kept, parts = styles()
    kept.save()
    assert parts.changed == ()


@pytest.mark.parametrize("content", [WHOLE.replace(FONTS, ""), WHOLE.replace(FONTS, "<fonts/>"), "<styleSheet>"])
def test_a_part_written_otherwise_is_refused(content: str) -> None:
    with pytest.raises(NotPlain):
        added(Style(), content)


@pytest.mark.parametrize("content", ['<x:styleSheet xmlns:x="urn:x"><x:fonts/></x:styleSheet>', "<other/>"])
def test_a_part_that_is_not_written_plainly_is_left(content: str) -> None:
    with pytest.raises(NotPlain):
        added(Style(), content)


def test_number_formats_beside_others_are_counted() -> None:
    kept, parts = styles()
    kept.add(Style(number="0.00"), False)
    kept.save()
    part = parts_of(parts.packed())[PATH].decode()
    assert '<numFmts count="2"><numFmt numFmtId="170" ' in part
    assert part.count("<numFmt ") == 3, "one more stands in a conditional format"
