"""What is drawn over the cells of a form: text boxes, lines, pictures, seals, charts, ink, controls."""

from collections.abc import Mapping

from tests.hostile.base import (
    ACCEPTED,
    CIVIL,
    DISABLED,
    DOUBTED,
    HELD,
    INSURANCE,
    NOTHING_FILLED,
    REFUSED,
    SHEET,
    WORDS_ONLY,
    Make,
    Variant,
    adding,
    all_of,
    at,
    in_sheet,
    linking,
    recoding,
    row_of,
    sound,
    swap,
    typed,
)
from tests.hostile.structure import emptied
from tests.hostile.surgery import column_number, insert_columns, insert_rows

_SPACES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
DRAWING = "xl/drawings/drawing1.xml"
VML = "xl/drawings/vmlDrawing1.vml"
CM = 360_000
FIGURE, ROW = at("6-2"), row_of("6-2") - 1
COLUMN = column_number("G") - 1
"""The column of the figures, counted from 0."""


def column_of(name: str) -> int:
    return column_number(at(name).rstrip("0123456789")) - 1


# Anchors -----------------------------------------------------------------------------------------


def marker(tag: str, column: int, row: int, right: int = 0, down: int = 0) -> str:
    return f"<xdr:{tag}><xdr:col>{column}</xdr:col><xdr:colOff>{right}</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>{down}</xdr:rowOff></xdr:{tag}>"


def between(begin: tuple[int, ...], end: tuple[int, ...], inner: str) -> str:
    """Anchored at two cells: column, row, and how far into them."""
    return f"<xdr:twoCellAnchor>{marker('from', *begin)}{marker('to', *end)}{inner}<xdr:clientData/></xdr:twoCellAnchor>"


def from_cell(begin: tuple[int, ...], wide: float, high: float, inner: str) -> str:
    """Anchored at one cell, so many centimetres large."""
    size = f'<xdr:ext cx="{round(wide * CM)}" cy="{round(high * CM)}"/>'
    return f"<xdr:oneCellAnchor>{marker('from', *begin)}{size}{inner}<xdr:clientData/></xdr:oneCellAnchor>"


def at_place(left: float, top: float, wide: float, high: float, inner: str) -> str:
    """Anchored at no cell: centimetres from the corner of the sheet."""
    where = f'<xdr:pos x="{round(left * CM)}" y="{round(top * CM)}"/><xdr:ext cx="{round(wide * CM)}" cy="{round(high * CM)}"/>'
    return f"<xdr:absoluteAnchor>{where}{inner}<xdr:clientData/></xdr:absoluteAnchor>"


def over(inner: str, code: str = "6-2") -> str:
    """Over a figure, from edge to edge."""
    column, row = column_of(code), row_of(code.partition(":")[0]) - 1
    return between((column, row), (column + 1, row + 1), inner)


def alternative(inner: str, fallback: str = "") -> str:
    other = f"<mc:Fallback>{fallback}</mc:Fallback>" if fallback else "<mc:Fallback/>"
    return f'<mc:AlternateContent><mc:Choice xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" Requires="a14">{inner}</mc:Choice>{other}</mc:AlternateContent>'


# Things ------------------------------------------------------------------------------------------

WHITE, CLEAR = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>', "<a:noFill/>"
EDGE, NO_EDGE = '<a:ln w="9525"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>', "<a:ln><a:noFill/></a:ln>"
STYLE = '<xdr:style><a:lnRef idx="2"><a:schemeClr val="accent1"/></a:lnRef><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef><a:effectRef idx="0"/><a:fontRef idx="minor"/></xdr:style>'


def named(tag: str, name: str, more: str = "", hidden: bool = False) -> str:
    shown = ' hidden="1"' if hidden else ""
    return f'<xdr:nv{tag}Pr><xdr:cNvPr id="2" name="{name}"{shown}/><xdr:cNv{tag}Pr{more}/></xdr:nv{tag}Pr>'


def shape(text: str = "", *, preset: str = "rect", fill: str = WHITE, edge: str = EDGE, turned: str = "", style: str = "", hidden: bool = False) -> str:
    size = f'<a:xfrm{turned}><a:off x="0" y="0"/><a:ext cx="900000" cy="240000"/></a:xfrm>'
    form = '<a:custGeom><a:pathLst><a:path w="9" h="9"/></a:pathLst></a:custGeom>' if preset == "free" else f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>'
    words = f"<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>" if text else ""
    return f'<xdr:sp macro="" textlink="">{named("Sp", "图形 1", hidden=hidden)}<xdr:spPr>{size}{form}{fill}{edge}</xdr:spPr>{style}{words}</xdr:sp>'


def connector(preset: str = "line", turned: str = "") -> str:
    size = f'<a:xfrm{turned}><a:off x="0" y="0"/><a:ext cx="900000" cy="0"/></a:xfrm>'
    return f'<xdr:cxnSp macro="">{named("CxnSp", "直线 1")}<xdr:spPr>{size}<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{EDGE}</xdr:spPr></xdr:cxnSp>'


def picture(name: str = "图片 1", turned: str = "", hidden: bool = False) -> str:
    return (
        f'<xdr:pic>{named("Pic", name, hidden=hidden)}<xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        f'<xdr:spPr><a:xfrm{turned}><a:off x="0" y="0"/><a:ext cx="1512000" cy="1512000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
    )


def group(*inner: str) -> str:
    return f'<xdr:grpSp>{named("GrpSp", "组合 1")}<xdr:grpSpPr/>{"".join(inner)}</xdr:grpSp>'


CHART = (
    f'<xdr:graphicFrame macro="">{named("GraphicFrame", "图表 1")}<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></xdr:graphicFrame>'
)
INK = '<xdr:contentPart r:id="rId9"><xdr:nvContentPartPr><xdr:cNvPr id="9" name="墨迹 1"/></xdr:nvContentPartPr></xdr:contentPart>'


def drawn(*anchors: str) -> Make:
    """A drawing with these anchors on the page of the form."""
    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><xdr:wsDr {_SPACES}>{"".join(anchors)}</xdr:wsDr>'
    return all_of(
        adding(DRAWING, content), adding("xl/media/image1.png", bytes.fromhex("89504E470D0A1A0A") + bytes(100)), linking(SHEET, "drawing", "../drawings/drawing1.xml", "rIdD"),
        linking(DRAWING, "image", "../media/image1.png", "rId1"), in_sheet(swap("</worksheet>", '<drawing r:id="rIdD"/></worksheet>')),
        typed(DRAWING, "vnd.openxmlformats-officedocument.drawing+xml"),
    )


def control(kind: str, *, anchor: str | None = None, style: str = "", inner: str = "", more: str = "") -> str:
    """A control of VML over the figure."""
    place = anchor or f"{COLUMN}, 2, {ROW}, 2, {COLUMN + 1}, -2, {ROW + 1}, -2".replace("-2", "0")
    return (
        f'<v:shape id="s1" type="#t201" style="position:absolute;margin-left:1pt;{style}">{inner}<x:ClientData ObjectType="{kind}">'
        f"<x:Anchor>{place}</x:Anchor>{more}</x:ClientData></v:shape>"
    )


def vml(*shapes: str, element: str = "legacyDrawing") -> Make:
    content = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<o:shapelayout v:ext="edit"/>{"".join(shapes)}</xml>'
    )
    return all_of(
        adding(VML, content), linking(SHEET, "vmlDrawing", "../drawings/vmlDrawing1.vml", "rIdV"), in_sheet(swap("</worksheet>", f'<{element} r:id="rIdV"/></worksheet>')),
    )


def comments(said: Mapping[str, str], author: str = "张三") -> Make:
    """Comments of the old kind, with their boxes, which lie over what is beside them."""
    listed = "".join(f'<comment ref="{cell}" authorId="0"><text><r><t xml:space="preserve">{text}</t></r></text></comment>' for cell, text in said.items())
    content = f'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>{author}</author></authors><commentList>{listed}</commentList></comments>'
    boxes = [control("Note", anchor=f"{COLUMN}, 5, {ROW - 1}, 2, {COLUMN + 3}, 5, {ROW + 4}, 2", more="<x:Visible/>") for _ in said]
    return all_of(adding("xl/comments1.xml", content), linking(SHEET, "comments", "../comments1.xml", "rIdC"), vml(*boxes))


def held(name: str, make: Make, doubtful: str = "6-2", *, unit: str = CIVIL, code: str = "figure-covered", figures: Mapping[str, str] | None = None) -> Variant:
    return Variant(f"over the figure: {name}", "a person sees something else", make, HELD, sound(unit, doubtful, figures), code, unit=unit, figures=figures or {})


def taken(name: str, make: Make, *, unit: str = CIVIL, code: str | None = None, figures: Mapping[str, str] | None = None) -> Variant:
    return Variant(f"honest: {name}", "the figures are seen as they are", make, ACCEPTED, sound(unit, having=figures), code, unit=unit, figures=figures or {}, honest=True)


_LINE = between((COLUMN, ROW, 0, 120_000), (COLUMN + 1, ROW, 0, 120_000), connector())
_ALL = "6-1 6-2 6-3 6-4 6-5 6-6 6-7"

COVERED = [
    held("a text box", drawn(over(shape("170")))),
    held("a text box without ground", drawn(over(shape("170", fill=CLEAR, edge=NO_EDGE)))),
    held("a text box under an alternative", drawn(alternative(over(shape("170"))))),
    held("a text box anchored at one cell", drawn(from_cell((COLUMN, ROW), 2, 0.6, shape("170")))),
    held("a text box anchored at no cell", drawn(at_place(13.2, 6.9, 1.4, 0.6, shape("170")))),
    held("a text box over a blank", drawn(over(shape("170"))), figures={"6-2": ""}),
    held("a text box over a 分子", drawn(over(shape("4"), "6-5:n")), "6-5"),
    held("a text box over 是", drawn(over(shape("否"), "2-1")), "2-1", unit=INSURANCE),
    held("a text box after rows were put in", all_of(drawn(between((COLUMN, ROW + 3), (COLUMN + 1, ROW + 4), shape("170"))), in_sheet(insert_rows(2, 3)))),
    held("a text box after a column was put in", all_of(drawn(between((COLUMN + 1, ROW), (COLUMN + 2, ROW + 1), shape("170"))), in_sheet(insert_columns("D")))),
    held("a line", drawn(_LINE)),
    held("a line as a shape", drawn(between((COLUMN, ROW, 0, 120_000), (COLUMN + 1, ROW, 0, 120_000), shape(preset="line", fill="")))),
    held("an arrow from elsewhere", drawn(between((COLUMN, ROW, 500_000, 100_000), (COLUMN + 1, ROW + 1), connector("straightConnector1", ' flipH="1" flipV="1"')))),
    held("an arrow without ground", drawn(over(shape(preset="rightArrow", fill=CLEAR)))),
    held("a line turned upright", drawn(between((COLUMN, ROW, 300_000, 0), (COLUMN, ROW + 2, 300_000, 0), connector(turned=' rot="5400000"'))), "6-2 6-3"),
    held("a cross", drawn(over(shape(preset="mathMultiply", fill="", edge="", style=STYLE)))),
    held("a scribble", drawn(over(shape(preset="free", fill=CLEAR)))),
    held("a rectangle as low as a line", drawn(between((COLUMN, ROW, 0, 120_000), (COLUMN + 1, ROW, 0, 140_000), shape(fill=CLEAR)))),
    held("a filled rectangle", drawn(over(shape()))),
    held("a rectangle filled by the theme", drawn(over(shape(fill="", edge="", style=STYLE)))),
    held("a small picture", drawn(over(picture()))),
    held("a picture of a number", drawn(from_cell((COLUMN, ROW), 2.2, 0.8, picture()))),
    held("a small picture over a blank", drawn(from_cell((COLUMN, ROW), 2.2, 0.8, picture())), figures={"6-2": ""}),
    held("a broad picture", drawn(from_cell((COLUMN - 1, ROW, 0, 100_000), 5, 0.5, picture()))),
    held("a picture of a paper form over the table", drawn(from_cell((0, row_of("6-1") - 1), 27, 9, picture())), _ALL),
    held("a shape filled with a picture", drawn(over(shape(fill='<a:blipFill><a:blip r:embed="rId1"/></a:blipFill>')))),
    held("a chart", drawn(between((COLUMN, ROW), (COLUMN + 4, ROW + 1), CHART))),
    held("ink", drawn(alternative(over(INK), over(picture())))),
    held("a group", drawn(over(group(shape(), shape("170"))))),
    held("a group in a group", drawn(over(group(group(connector()))))),
    held("two things, a seal among them", drawn(from_cell((COLUMN - 1, ROW - 1), 4.2, 4.2, picture()), over(shape("170"))), code="figure-covered"),
    held("a check box", vml(control("Checkbox", inner='<v:textbox><div>已完成</div></v:textbox>'))),
    held("a button", vml(control("Button"))),
    held("a check box whose text holds <br>", vml(control("Checkbox", inner='<v:textbox><div>已<br>完成</div></v:textbox>'))),
    held("a list", all_of(drawn(alternative(over(shape(hidden=True)))), vml(control("List")))),
    held("a check box as Excel 2010 writes it", drawn(alternative(over(
        shape("已完成", hidden=True).replace('hidden="1"/>', 'hidden="1"><a:extLst><a:ext uri="{63B3BB69-23CF-44E3-9099-C40C66FF867C}"><a14:compatExt spid="_x0000_s1025"/></a:ext></a:extLst></xdr:cNvPr>')
    )))),
    held("a rectangle of VML", vml('<v:rect style="position:absolute;margin-left:385pt;margin-top:195pt;width:40pt;height:20pt" fillcolor="white"/>')),
    held("an embedded object", vml(control("Pict"))),
]

UNREAD = [
    held("a drawing that is no XML", all_of(drawn(), recoding(DRAWING, lambda content: content[:-20])), _ALL, code="drawings-unread"),
    held("a drawing beyond the sheet", drawn(between((20_000, 2_000_000), (20_001, 2_000_001), shape("170"))), _ALL, code="drawings-unread"),
    held("a drawing whose places are words", drawn(over(shape("170")).replace("<xdr:row>8", "<xdr:row>八")), _ALL, code="drawings-unread"),
    held("a drawing with entities", all_of(drawn(), recoding(DRAWING, lambda content: content.replace(b"<xdr:wsDr", b'<!DOCTYPE x [<!ENTITY a "170">]><xdr:wsDr', 1))), _ALL, code="drawings-unread"),
    held("a drawing as deep as a well", drawn(over("<xdr:grpSp>" * 400 + "</xdr:grpSp>" * 400)), _ALL, code="drawings-unread"),
    Variant("over the figure: thirty thousand things", "no honest form has so many", drawn(*[at_place(40, 40, 1, 1, shape("x", fill="", edge=""))] * 30_000), DOUBTED, unit=CIVIL),
]

_FOOT, _WORDS = 29, 17
SEALS = [
    taken("a seal at the foot", drawn(from_cell((4, _FOOT - 2), 4.2, 4.2, picture("公章")))),
    taken("a seal over the head", drawn(from_cell((2, 1), 4.2, 4.2, picture("公章")))),
    taken("a seal over the lower part of the table", drawn(from_cell((COLUMN - 1, ROW + 2), 4.2, 4.2, picture("公章"))), code="seal-over-figures"),
    taken("a seal over the middle of the table", drawn(from_cell((COLUMN - 1, ROW - 1), 4, 4, picture("公章"))), code="seal-over-figures"),
    taken("a large seal", drawn(from_cell((COLUMN - 1, ROW), 5.8, 5.6, picture("公章"))), code="seal-over-figures"),
    taken("a small seal", drawn(from_cell((COLUMN - 1, ROW, 300_000), 3, 3, picture("公章"))), code="seal-over-figures"),
    taken("a seal cut a little broad", drawn(from_cell((COLUMN - 1, ROW), 4.8, 4, picture("公章"))), code="seal-over-figures"),
    taken("a seal slightly turned", drawn(from_cell((COLUMN - 1, ROW + 1), 4.2, 4.2, picture("公章", ' rot="420000"'))), code="seal-over-figures"),
    taken("a seal anchored at two cells", drawn(between((COLUMN - 1, ROW), (COLUMN + 1, ROW + 4, 200_000), picture("公章"))), code="seal-over-figures"),
    taken("a seal anchored at no cell", drawn(at_place(12, 7, 4.2, 4.2, picture("公章"))), code="seal-over-figures"),
    taken("a seal of two pictures", drawn(from_cell((COLUMN - 1, ROW), 4.2, 4.2, group(picture("公章"), picture("签名")))), code="seal-over-figures"),
    taken("a seal as an object of its program", vml(control("Pict", anchor=f"{COLUMN - 1}, 4, {ROW}, 4, {COLUMN + 1}, 0, {ROW + 3}, 10")), code="seal-over-figures"),
    taken("a seal in an alternative", drawn(alternative(from_cell((COLUMN - 1, ROW), 4.2, 4.2, picture("公章")))), code="seal-over-figures"),
    taken("a seal on a form of one figure", drawn(from_cell((5, 6), 4.2, 4.2, picture("公章"))), unit=DISABLED, code="seal-over-figures"),
    taken("seals of two units at the foot", drawn(from_cell((4, _FOOT - 3), 4.2, 4.2, picture("公章")), from_cell((9, _FOOT - 3), 4.2, 4.2, picture("公章")))),
]

HONEST = [
    taken("a signature at the foot", drawn(from_cell((2, _FOOT), 3, 1.2, picture("签名")))),
    taken("a photograph below the form", drawn(from_cell((0, 34), 12, 9, picture()))),
    taken("an emblem in the title", drawn(from_cell((0, 0), 1, 1, picture("徽标")))),
    taken("a circle drawn around a figure", drawn(over(shape(preset="ellipse", fill=CLEAR)))),
    taken("a frame drawn around the figures", drawn(between((COLUMN, ROW - 1), (COLUMN + 3, ROW + 6), shape(fill=CLEAR)))),
    taken("a text box beside the table", drawn(between((15, ROW), (17, ROW + 2), shape("数据已经局党组会审定")))),
    taken("a text box that touches the next cell", drawn(between((COLUMN - 2, ROW, 100_000), (COLUMN, ROW + 1, 60_000), shape("上期")))),
    taken("a text box among the words", drawn(between((2, _WORDS), (6, _WORDS + 1), shape("另附材料")))),
    taken("a line below a figure", drawn(between((COLUMN, ROW + 1, 0, 5_000), (COLUMN + 1, ROW + 1, 0, 5_000), connector()))),
    taken("a line through a blank", drawn(_LINE), figures={"6-2": ""}),
    taken("a line across, which goes through no figure", drawn(between((COLUMN + 2, ROW - 1), (14, ROW + 5), connector()))),
    taken("a line from corner to corner beside the figures", drawn(between((7, ROW + 3), (COLUMN - 5, ROW + 7), connector(turned=' flipH="1"'))), figures={"6-6": "", "6-7:n": ""}),
    taken("a shape nobody sees", drawn(over(shape(fill=CLEAR, edge=NO_EDGE)))),
    taken("a shape of which nothing is said", drawn(over(shape(fill="", edge="")))),
    taken("a shape as clear as glass", drawn(over(shape(fill='<a:solidFill><a:srgbClr val="FFFFFF"><a:alpha val="0"/></a:srgbClr></a:solidFill>', edge=NO_EDGE)))),
    taken("a hidden text box", drawn(over(shape("170", hidden=True)))),
    taken("a hidden picture", drawn(over(picture(hidden=True)))),
    taken("thousands of shapes without size, pasted from a web page", drawn(*[from_cell((COLUMN, ROW), 0, 0, shape("", fill=CLEAR))] * 3_000)),
    taken("a chart below the form", drawn(between((0, 34), (8, 50), CHART))),
    taken("an empty drawing", drawn()),
    taken("a comment box over the figures", comments({at("6-1:name"): "已核对"})),
    taken("a picture in the footer", vml('<v:shape id="CF" style="position:absolute;margin-left:0;margin-top:0;width:90pt;height:90pt"/>', element="legacyDrawingHF")),
    taken("a list of a filter", vml(control("Drop", more="<x:UIObj/>"))),
    taken("a hidden control", vml(control("Checkbox", style="visibility:hidden"))),
    taken("a check box beside the table", vml(control("Checkbox", anchor=f"15, 0, {ROW}, 0, 17, 0, {ROW + 1}, 0"))),
    taken("a drawing that is not there", all_of(linking(SHEET, "drawing", "../drawings/drawing9.xml", "rIdD"), in_sheet(swap("</worksheet>", '<drawing r:id="rIdD"/></worksheet>')))),
    taken("a drawing that is linked and not shown", all_of(drawn(over(shape("170"))), in_sheet(swap('<drawing r:id="rIdD"/>', "")))),
    taken("settings of a printer", all_of(adding("xl/printerSettings/printerSettings1.bin", bytes(300)), linking(SHEET, "printerSettings", "../printerSettings/printerSettings1.bin", "rIdP"))),
]

EMPTY = [
    Variant(
        "beside blanks: words, no figure, and a photograph below the form", "nothing is taken from a picture, and it is said", drawn(from_cell((0, 34), 15, 10, picture())), WORDS_ONLY,
        code="picture-not-read", unit=DISABLED, figures={"8-1": ""},
    ),
    Variant(
        "over blanks: a picture of the filled form and nothing else", "空表: the figures stand in a picture", all_of(drawn(from_cell((0, 5), 27, 12, picture())), in_sheet(emptied)),
        REFUSED, code="return-unread", unit=DISABLED,
    ),
    Variant(
        "over blanks: a text box and nothing else", "its words are not read", all_of(drawn(between((15, 5), (17, 7), shape("本月没有新进展"))), in_sheet(emptied)),
        REFUSED, code="return-unread", unit=DISABLED,
    ),
    *(
        Variant(f"nothing filled in and {name}", "空表: no figure stands there", all_of(drawn(over_it), in_sheet(emptied)), NOTHING_FILLED, code="return-empty", unit=DISABLED)
        for name, over_it in {
            "a seal over the figure": from_cell((5, 6), 4.2, 4.2, picture("公章")), "a seal at the foot": from_cell((4, 14), 4.2, 4.2, picture("公章")),
            "an emblem in the title": from_cell((0, 0), 1, 1, picture("徽标")),
        }.items()
    ),
    held("a picture over blanks, the words filled in", drawn(from_cell((COLUMN, row_of("6-1") - 1), 6, 7.5, picture())), _ALL, figures=dict.fromkeys(("6-1", "6-2", "6-3", "6-4", "6-5:n", "6-6", "6-7:n"), "")),
    Variant("over blanks: a seal", "blank: not reported", drawn(from_cell((COLUMN - 1, ROW - 1), 4.2, 4.2, picture("公章"))), ACCEPTED, sound(CIVIL, "6-2"), unit=CIVIL, figures={"6-2": ""}, honest=True),
]

VARIANTS = COVERED + UNREAD + SEALS + HONEST + EMPTY
