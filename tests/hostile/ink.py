"""Figures that nobody sees: in the colour of their ground, too small, crossed out; and dresses that only please."""

import re
from functools import partial

from tests.hostile.base import (
    ACCEPTED,
    CIVIL,
    HELD,
    INSURANCE,
    SHEET,
    STYLES,
    TRAFFIC,
    Make,
    Values,
    Variant,
    all_of,
    at,
    cell,
    editing,
    in_sheet,
    number,
    pack,
    shared,
    sound,
    sub,
    swap,
    text,
    unpack,
)

BEDS, OPENED, ROAD = at("6-2"), at("2-1"), at("4-1")
WHITE, BLACK = '<color rgb="FFFFFFFF"/>', '<color rgb="FF000000"/>'


def solid(colour: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor {colour}/><bgColor indexed="64"/></patternFill></fill>'


def table(styles: str, name: str, item: str) -> tuple[str, int]:
    """Add a row to a table of the styles; the number it has there."""
    found = re.search(rf"<{name}\b[^>]*>(.*?)</{name}>", styles, re.S)
    assert found is not None
    count = len(re.findall(rf"<{name[:-1]}\b", found[1]))
    return styles[: found.end(1)] + item + styles[found.end(1) :], count


def dressed(address: str = BEDS, *, font: str = "", fill: str = "", border: str = "", code: str = "", drop: str = "") -> Make:
    """A style of its own for a cell: the inside of its font, a fill, a border, a number format. `drop` names what
    the style leaves to the cell style of the form."""

    def make(filled: bytes) -> bytes:
        found = unpack(filled)
        styles, sheet = found[STYLES].decode(), found[SHEET].decode()
        match = re.search(rf'<c r="{address}" s="(\d+)"', sheet)
        formats = re.search("<cellXfs.*?</cellXfs>", styles, re.S)
        assert match is not None
        assert formats is not None
        all_of_them = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", formats[0], re.S)
        own = all_of_them[int(match[1])]
        for name, table_name, item in (
            ("fontId", "fonts", f"<font>{font}</font>" if font else ""), ("fillId", "fills", fill), ("borderId", "borders", border),
            ("numFmtId", "numFmts", code and f'<numFmt numFmtId="950" formatCode="{code}"/>'),
        ):
            if item:
                styles, count = table(styles, table_name, item)
                own = re.sub(rf'{name}="\d+"', f'{name}="{950 if code and name == "numFmtId" else count}"', own)
        if drop:
            own = re.sub(rf' ({drop})="[^"]*"', "", own)
        styles = styles.replace("</cellXfs>", own + "</cellXfs>")
        sheet = sheet.replace(match[0], f'<c r="{address}" s="{len(all_of_them)}"')
        return pack(found | {STYLES: styles.encode(), SHEET: sheet.encode()})

    return make


def styled(change: str, *, drop: str, tables: Make | None = None) -> Make:
    """The figure's style says less than it should; the cell style it belongs to says the rest."""
    parent = editing(STYLES, sub("</cellStyleXfs>", change + "</cellStyleXfs>"))
    belongs = editing(STYLES, sub('xfId="0"([^>]*>(?:(?!<xf ).)*</cellXfs>)', r'xfId="1"\1'))
    named = editing(STYLES, swap("</cellStyles>", '<cellStyle name="自定" xfId="1"/></cellStyles>'))
    return all_of(*([tables] if tables is not None else []), parent, named, dressed(drop=drop), belongs)


def with_look(*looks: str, sqref: str = BEDS, rules: str = "") -> Make:
    """Conditional formats over the figure, by their looks, or by the rules as XML."""
    found = rules or "".join(
        f'<cfRule type="expression" dxfId="{n}" priority="{90 + n}"><formula>TRUE</formula></cfRule>' for n in range(len(looks))
    )
    block = f'<conditionalFormatting sqref="{sqref}">{found}</conditionalFormatting>'
    dxfs = "".join(f"<dxf>{look}</dxf>" for look in looks)
    return all_of(
        editing(STYLES, sub("(<dxfs [^>]*>)", lambda match: match[1] + dxfs)),
        in_sheet(lambda sheet: sheet.replace("<conditionalFormatting", block + "<conditionalFormatting", 1)),
    )


def compared(operator: str, operands: str) -> str:
    """A condition that compares the figure."""
    formulas = "".join(f"<formula>{operand}</formula>" for operand in operands.split())
    return f'<cfRule type="cellIs" dxfId="0" priority="90" operator="{operator}">{formulas}</cfRule>'


def themed(slot: str, colour: str) -> Make:
    """A theme in which a colour is another."""
    return editing("xl/theme/theme1.xml", sub(rf"(<a:{slot}>).*?(</a:{slot}>)", rf'\g<1><a:srgbClr val="{colour}"/>\g<2>'))


def held(name: str, reason: str, make: Make, code: str = "figure-unseen", *, values: Values | None = None, unit: str = CIVIL) -> Variant:
    return Variant(name, reason, make, HELD, sound(CIVIL, "6-2") if values is None else values, code, unit=unit)


def seen(name: str, make: Make, *, values: Values | None = None, unit: str = CIVIL) -> Variant:
    return Variant(name, "a person reads 165", make, ACCEPTED, sound(CIVIL) if values is None else values, unit=unit, honest=True)


def face(colour: str, size: str = "10.5", name: str = "宋体") -> str:
    return f'<sz val="{size}"/>{colour}<name val="{name}"/>'


unseen = partial(held, reason="the screen shows a blank cell")

FONTS = [
    unseen("ink: white", make=dressed(font=face(WHITE))),
    unseen("ink: white without opacity, as openpyxl writes it", make=dressed(font=face('<color rgb="00FFFFFF"/>'))),
    unseen("ink: white in six digits", make=dressed(font=face('<color rgb="FFFFFF"/>'))),
    unseen("ink: almost white", make=dressed(font=face('<color rgb="FFFEFEFE"/>'))),
    unseen("ink: the palest grey", make=dressed(font=face('<color theme="0" tint="-0.0499893"/>'))),
    unseen("ink: the ground of the theme", make=dressed(font=face('<color theme="0"/>'))),
    unseen("ink: black made white by tint", make=dressed(font=face('<color theme="1" tint="1"/>'))),
    unseen("ink: white of the palette", make=dressed(font=face('<color indexed="9"/>'))),
    unseen("ink: the ground of windows", make=dressed(font=face('<color indexed="65"/>'))),
    unseen("ink: a colour of the palette made white", make=all_of(
        dressed(font=face('<color indexed="12"/>')),
        editing(STYLES, swap("</styleSheet>", "<colors><indexedColors>" + '<rgbColor rgb="00FFFFFF"/>' * 64 + "</indexedColors></colors></styleSheet>")),
    )),
    unseen("ink: the text of the theme, which is white", make=all_of(dressed(font=face('<color theme="1"/>')), themed("dk1", "FFFFFF"))),
    unseen("ink: palest yellow", make=dressed(font=face('<color rgb="FFFFFFCC"/>'))),
    unseen("ink: white behind a number", make=all_of(in_sheet(text(BEDS, "165张")), dressed(font=face(WHITE)))),
    unseen("ink: white, a formula of constants", make=all_of(in_sheet(cell(BEDS, "<f>100+65</f><v>165</v>")), dressed(font=face(WHITE)))),
    held("ink: 是 in white", "the screen shows a blank cell", dressed(OPENED, font=face(WHITE)), values=sound(INSURANCE, "2-1"), unit=INSURANCE),
    unseen("ink: one digit of a text in white", make=shared(BEDS, f'<r><t>16</t></r><r><rPr>{face(WHITE).replace("name", "rFont")}</rPr><t>5</t></r>')),
    unseen("ink: one digit of a text tiny", make=shared(BEDS, '<r><rPr><sz val="1"/></rPr><t>1</t></r><r><rPr><sz val="11"/></rPr><t>65</t></r>')),
    unseen("size: one point", make=dressed(font=face(BLACK, "1"))),
    unseen("size: two points", make=dressed(font=face(BLACK, "2"))),
    unseen("font: signs in place of digits", make=dressed(font=face(BLACK, name="Wingdings 2"))),
]

GROUNDS = [
    unseen("ground: black under black", make=dressed(font=face(BLACK), fill=solid('rgb="FF000000"'))),
    unseen("ground: black under the automatic colour", make=dressed(font=face(""), fill=solid('rgb="FF000000"'))),
    unseen("ground: of the form's own ink", make=dressed(fill=solid('rgb="FF1F2933"'))),
    unseen("ground: solid without a colour is black", make=dressed(font=face(BLACK), fill='<fill><patternFill patternType="solid"/></fill>')),
    unseen("ground: red under red", make=dressed(font=face('<color rgb="FFC00000"/>'), fill=solid('rgb="FFC00000"'))),
    unseen("ground: an accent under itself", make=dressed(font=face('<color theme="4"/>'), fill=solid('theme="4"'))),
    unseen("ground: an accent under nearly itself", make=dressed(font=face('<color theme="4"/>'), fill=solid('theme="4" tint="-0.05"'))),
    unseen("ground: dense dots under their colour", make=dressed(
        font=face('<color rgb="FF404040"/>'), fill='<fill><patternFill patternType="darkGray"><fgColor indexed="8"/><bgColor indexed="9"/></patternFill></fill>',
    )),
    unseen("ground: a gradient of black", make=dressed(font=face(BLACK), fill=(
        '<fill><gradientFill degree="90"><stop position="0"><color rgb="FF000000"/></stop><stop position="1"><color rgb="FF101010"/></stop></gradientFill></fill>'
    ))),
]

CODES = [
    *(unseen(f"format: {code}", make=dressed(code=code)) for code in ("[White]0", "[white]General", "[白色]0", "[Color2]0", "[Color 2]#,##0", "[颜色2]0", "[White]0;[Red]-0", "[&gt;100][White]0;0")),
    unseen("format: white, whatever the palette", make=all_of(
        dressed(code="[White]0"),
        editing(STYLES, swap("</styleSheet>", "<colors><indexedColors>" + '<rgbColor rgb="00808080"/>' * 64 + "</indexedColors></colors></styleSheet>")),
    )),
    unseen("format: a text in white", make=all_of(in_sheet(text(BEDS, "165")), dressed(code="0;0;0;[White]@"))),
    unseen("format: zero as a white dash", make=all_of(in_sheet(number(BEDS, "0")), dressed(code='0;-0;[White]&quot;-&quot;'))),
    unseen("format: black on black", make=dressed(font=face(WHITE), fill=solid('rgb="FF000000"'), code="[Black]0")),
]

_FONT, _FILL = "<font><color rgb=\"FF{}\"/></font>", '<fill><patternFill><bgColor rgb="FF{}"/></patternFill></fill>'
CONDITIONS = [
    unseen("condition: white ink", make=with_look(_FONT.format("FFFFFF"))),
    unseen("condition: the ground of the theme", make=with_look('<font><color theme="0"/></font>')),
    unseen("condition: black ground", make=with_look(_FILL.format("000000"))),
    unseen("condition: a ground of its own ink", make=with_look(_FONT.format("C00000") + _FILL.format("C00000"))),
    unseen("condition: ink of one, ground of another", make=with_look(_FONT.format("C00000"), _FILL.format("C00000"))),
    unseen("condition: a scale from black to black", make=with_look(rules=(
        '<cfRule type="colorScale" priority="90"><colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FF000000"/><color rgb="FF101010"/></colorScale></cfRule>'
    ))),
    unseen("condition: a bar in the colour of the ink", make=with_look(rules=(
        '<cfRule type="dataBar" priority="90"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF1F2933"/></dataBar></cfRule>'
    ))),
    *(
        unseen(f"condition: white if {operator} {operand}", make=with_look(_FONT.format("FFFFFF"), rules=compared(operator, operand)))
        for operator, operand in (("greaterThan", "100"), ("notEqual", "0"), ("lessThanOrEqual", "165"), ("equal", "F9"), ("greaterThan", "1+1"), ("between", "200 100"))
    ),
    unseen("condition: a number format in white", make=with_look('<numFmt numFmtId="960" formatCode="[White]0"/>')),
    held("condition: a cross border", "the figure is crossed out", with_look('<border diagonalUp="1" diagonalDown="1"><diagonal style="thin"/></border>'), "figure-crossed"),
]

CROSSED = [
    held("border: across, upwards", "the figure is crossed out", dressed(border='<border diagonalUp="1"><left/><right/><top/><bottom/><diagonal style="thin"><color auto="1"/></diagonal></border>'), "figure-crossed"),
    held("border: across, downwards", "the figure is crossed out", dressed(border='<border diagonalDown="true"><left/><right/><top/><bottom/><diagonal style="medium"/></border>'), "figure-crossed"),
    held("border: a cross", "the figure is crossed out", dressed(border='<border diagonalUp="1" diagonalDown="1"><left/><right/><top/><bottom/><diagonal style="thick"/></border>'), "figure-crossed"),
    seen("border: a line across that is not drawn", dressed(border='<border diagonalUp="1"><left/><right/><top/><bottom/><diagonal/></border>')),
    seen("border: a line across that is switched off", dressed(border='<border diagonalUp="0"><left/><right/><top/><bottom/><diagonal style="thin"/></border>')),
    seen("border: a red frame", dressed(border='<border><left style="thick"><color rgb="FFFF0000"/></left><right style="thick"/><top style="thick"/><bottom style="double"/><diagonal/></border>')),
    seen("border: across a cell that is not read", dressed(f"H{re.sub('[A-Z]', '', BEDS)}", border='<border diagonalUp="1"><left/><right/><top/><bottom/><diagonal style="thin"/></border>')),
]

INHERITED = [
    held("cell style: its number format", "the screen shows 165万", styled('<xf numFmtId="951" fontId="0" fillId="0" borderId="0"/>', drop="numFmtId|applyNumberFormat", tables=editing(
        STYLES, swap("</numFmts>", '<numFmt numFmtId="951" formatCode="0&quot;万&quot;"/></numFmts>'),
    )), "figure-display"),
    held("cell style: its number format, of the program", "the screen shows 16500%", styled('<xf numFmtId="9" fontId="0" fillId="0" borderId="0"/>', drop="numFmtId"), "figure-percent"),
    held("cell style: its font, struck out", "the figure is withdrawn", all_of(
        dressed("A1", font="<strike/>" + face(BLACK)),
        styled('<xf numFmtId="0" fontId="LAST" fillId="0" borderId="0"/>', drop="fontId|applyFont"),
        editing(STYLES, lambda styles: styles.replace('"LAST"', f'"{len(re.findall("<font>", styles.partition("</fonts>")[0])) - 1}"')),
    ), "figure-marked"),
    seen("cell style: that of all", styled('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>', drop="numFmtId|applyNumberFormat")),
    seen("cell style: another format there than in the style", styled('<xf numFmtId="9" fontId="0" fillId="0" borderId="0"/>', drop="applyNumberFormat")),
]

_GOOD, _BAD, _NEUTRAL = ("006100", "C6EFCE"), ("9C0006", "FFC7CE"), ("9C5700", "FFEB9C")
DRESSES = [
    seen("dress: blue ink", dressed(font=face('<color rgb="FF0000FF"/>'))),
    seen("dress: red ink", dressed(font=face('<color rgb="FFFF0000"/>'))),
    seen("dress: ink of an accent", dressed(font=face('<color theme="4"/>'))),
    seen("dress: ink of an accent, darker", dressed(font=face('<color theme="5" tint="-0.249977111117893"/>'))),
    seen("dress: text of the theme", dressed(font=face('<color theme="1"/>'))),
    seen("dress: automatic", dressed(font=face('<color auto="1"/>'))),
    seen("dress: the text of windows", dressed(font=face('<color indexed="64"/>'))),
    seen("dress: yellow ink", dressed(font=face('<color rgb="FFFFFF00"/>'))),
    seen("dress: red on grey", dressed(font=face('<color rgb="FFFF0000"/>'), fill=solid('rgb="FF7F7F7F"'))),
    seen("dress: grey ink", dressed(font=face('<color rgb="FF808080"/>'))),
    seen("dress: grey under black", dressed(font=face(BLACK), fill=solid('rgb="FFD9D9D9"'))),
    seen("dress: yellow marker", dressed(font=face(BLACK), fill=solid('rgb="FFFFFF00"'))),
    seen("dress: dark blue under white", dressed(font=face(WHITE), fill=solid('rgb="FF1F4E79"'))),
    seen("dress: an accent under white", dressed(font=face('<color theme="0"/>'), fill=solid('theme="4"'))),
    seen("dress: black under white", dressed(font=face(WHITE), fill=solid('indexed="8"'))),
    seen("dress: a white fill", dressed(font=face(BLACK), fill=solid('rgb="FFFFFFFF"'))),
    seen("dress: no fill", dressed(fill='<fill><patternFill patternType="none"><fgColor rgb="FF000000"/></patternFill></fill>')),
    seen("dress: thin dots", dressed(font=face(BLACK), fill='<fill><patternFill patternType="gray125"/></fill>')),
    seen("dress: a gradient of blue", dressed(font=face(BLACK), fill=(
        '<fill><gradientFill degree="90"><stop position="0"><color rgb="FFFFFFFF"/></stop><stop position="1"><color theme="4" tint="0.6"/></stop></gradientFill></fill>'
    ))),
    *(seen(f"dress: cell style {name}", dressed(font=face(f'<color rgb="FF{ink}"/>'), fill=solid(f'rgb="FF{ground}"'))) for name, (ink, ground) in (("好", _GOOD), ("差", _BAD), ("适中", _NEUTRAL))),
    seen("dress: small", dressed(font=face(BLACK, "6"))),
    seen("dress: large", dressed(font=face(BLACK, "36"))),
    seen("dress: red if negative", dressed(code="#,##0_ ;[Red]-#,##0")),
    seen("dress: white if negative", dressed(code="0;[White]-0")),
    seen("dress: white if zero", dressed(code="0;-0;[White]0")),
    seen("dress: blue by format", dressed(code="[Blue]0")),
    seen("dress: blue by number", dressed(code="[Color5]#,##0")),
    seen("dress: white by format on blue", dressed(font=face(BLACK), fill=solid('rgb="FF1F4E79"'), code="[White]0")),
    seen("dress: a bold digit", shared(BEDS, "<r><rPr><b/><sz val=\"11\"/></rPr><t>1</t></r><r><t>65</t></r>")),
    seen("dress: white blanks behind the digits", shared(BEDS, f'<r><t>165</t></r><r><rPr><sz val="11"/>{WHITE}</rPr><t> </t></r>')),
    *(seen(f"condition: {name} by a look", with_look(_FONT.format(ink) + _FILL.format(ground))) for name, (ink, ground) in (("good", _GOOD), ("bad", _BAD), ("neutral", _NEUTRAL))),
    seen("condition: lights of three", with_look(*(_FONT.format(ink) + _FILL.format(ground) for ink, ground in (_GOOD, _BAD, _NEUTRAL)))),
    seen("condition: white on red", with_look(_FONT.format("FFFFFF") + _FILL.format("C00000"))),
    seen("condition: bold red", with_look('<font><b/><color rgb="FFFF0000"/></font>')),
    seen("condition: a plain format", with_look('<numFmt numFmtId="3" formatCode="#,##0"/>')),
    seen("condition: a number format in red", with_look('<numFmt numFmtId="960" formatCode="[Red]#,##0"/>')),
    seen("condition: red ink, and white on red before it", with_look(_FONT.format("FFFFFF") + _FILL.format("C00000"), _FONT.format("C00000"))),
    seen("condition: a scale of red, yellow, green", with_look(rules=(
        '<cfRule type="colorScale" priority="90"><colorScale><cfvo type="min"/><cfvo type="percentile" val="50"/><cfvo type="max"/><color rgb="FFF8696B"/><color rgb="FFFFEB84"/><color rgb="FF63BE7B"/></colorScale></cfRule>'
    ))),
    seen("condition: bars", with_look(rules='<cfRule type="dataBar" priority="90"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule>')),
    seen("condition: icons beside the number", with_look(rules='<cfRule type="iconSet" priority="90"><iconSet><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule>')),
    *(
        seen(f"condition: white if {operator} {operand}", with_look(_FONT.format("FFFFFF"), rules=compared(operator, operand)))
        for operator, operand in (("equal", "0"), ("lessThan", "1"), ("greaterThan", "165"), ("notEqual", "165.0"), ("notBetween", "0 1000"), ("between", "0 1"))
    ),
    seen("condition: white if an error", with_look(_FONT.format("FFFFFF"), rules='<cfRule type="containsErrors" dxfId="0" priority="90"><formula>ISERROR(G9)</formula></cfRule>')),
    seen("condition: white if blank", with_look(_FONT.format("FFFFFF"), rules='<cfRule type="containsBlanks" dxfId="0" priority="90"><formula>LEN(TRIM(G9))=0</formula></cfRule>')),
    seen("condition: white ink over a blank cell", with_look(_FONT.format("FFFFFF"), sqref="T9")),
    seen("dress: three decimals in blue", dressed(ROAD, font=face('<color rgb="FF0070C0"/>'), code="0.000"), values=sound(TRAFFIC), unit=TRAFFIC),
]

BLANKS = [
    held("format: two of one number", "programs show 165 or 165万", all_of(
        dressed(code="0"), editing(STYLES, swap("</numFmts>", '<numFmt numFmtId="950" formatCode="0&quot;万&quot;"/></numFmts>')),
    ), "figure-display"),
    seen("format: one said twice", all_of(dressed(code="0"), editing(STYLES, swap("</numFmts>", '<numFmt numFmtId="950" formatCode="0"/></numFmts>')))),
    *(
        held(f"format: {code!r}", "the screen shows 16   5 or 1 65", dressed(code=code), "figure-display")
        for code in ("0* 0", "0_00", "0_ 0", "#* 00", "0_-0", "00* 0;-0", "0* 0_ ", "#_)#_)0", "0[$ ]0", "0[$¥]0", "0E+00 0")
    ),
    held("format: room before the point", "the screen shows 23   .46", dressed(ROAD, code="0* .00"), "figure-display", values=sound(TRAFFIC, "4-1"), unit=TRAFFIC),
    *(seen(f"format: {code!r}", dressed(code=code)) for code in ("* 0", "_ 0_ ", "_-* #,##0_-;-* #,##0_-", "0* ", "_(* #,##0_);_(* (#,##0)", "* #,##0_ ")),
    Variant(
        "inline text: a number in the wrong place", "the screen shows a blank cell", in_sheet(cell(BEDS, "<v>165</v>", 't="inlineStr"')),
        ACCEPTED, sound(CIVIL, "6-2"), unit=CIVIL,
    ),
    held("inline text: a formula beside", "the screen shows 400", in_sheet(cell(BEDS, "<f>100+65</f><is><t>400</t></is>", 't="inlineStr"')), "figure-formula-stale"),
]

VARIANTS = FONTS + GROUNDS + CODES + CONDITIONS + CROSSED + INHERITED + DRESSES + BLANKS
