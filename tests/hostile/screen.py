"""Figures whose cell shows another thing than is stored, or whose formula stands in another cell."""

import re

from tests.hostile.base import (
    ACCEPTED,
    CIVIL,
    DISABLED,
    HEALTH,
    HELD,
    LABOUR,
    REFUSED,
    STYLES,
    TRAFFIC,
    Change,
    Make,
    Variant,
    all_of,
    at,
    cell,
    editing,
    form,
    formula,
    in_sheet,
    number,
    pack,
    restyled,
    row_of,
    shared,
    sound,
    sub,
    swap,
    text,
    unpack,
    untouched,
)
from tests.hostile.structure import renamed
from tests.hostile.surgery import column_letters, delete_row, insert_columns, insert_rows

FIGURE, BEDS, ROAD = at("8-1"), at("6-2"), at("4-1")
HOMES, ELDERLY = at("6-1"), at("6-4")


def shown(code: str = "", *, builtin: int | None = None, unit: str = DISABLED, figure: str = "8-1", reason: str = "the screen shows another number") -> Variant:
    """A sound figure under a number format that does not show it."""
    name = f"display: {code or f'built-in {builtin}'} on {figure}"
    return Variant(name, reason, restyled(at(figure), code=code, builtin=builtin), HELD, sound(unit, figure), "figure-display", unit=unit)


def zero(code: str) -> Variant:
    made = all_of(in_sheet(number(BEDS, "0")), restyled(BEDS, code=code))
    return Variant(f"display: 0 under {code}", "the screen shows a blank or another number", made, HELD, sound(CIVIL, "6-2"), "figure-display", unit=CIVIL)


def honest(code: str, make: Make = untouched) -> Variant:
    return Variant(f"display: 106 as it is under {code}", "the screen shows 106", all_of(make, restyled(FIGURE, code=code)), ACCEPTED, sound(DISABLED), honest=True)


def fill(filled: bytes) -> bytes:
    """The figure's alignment repeats it until the cell is full."""
    found = unpack(restyled(FIGURE, code="0")(filled))
    styles = found[STYLES].decode()
    end = styles.index("</cellXfs>")
    begin = styles.rfind("<xf ", 0, end)
    styles = styles[:begin] + re.sub("<alignment[^>]*/>", '<alignment horizontal="fill"/>', styles[begin:end]) + styles[end:]
    return pack(found | {STYLES: styles.encode()})


def with_condition(inner: str, reason: str) -> Variant:
    """A condition as Excel 2010 and later write it, behind all else on the sheet."""
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    rule = (
        f'<extLst><ext xmlns:x14="{space}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:cfRule type="expression" priority="1" id="{11111111-1111-1111-1111-111111111111}"><xm:f>1=1</xm:f>'
        f"<x14:dxf>{inner}</x14:dxf></x14:cfRule><xm:sqref>{FIGURE}</xm:sqref>"
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    return Variant(f"condition of 2010: {reason}", reason, in_sheet(swap("</worksheet>", rule)), HELD, sound(DISABLED, "8-1"), "figure-display")


_ICONS = (
    f'<conditionalFormatting sqref="{FIGURE}"><cfRule type="iconSet" priority="99"><iconSet showValue="0"><cfvo type="percent" val="0"/>'
    '<cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule></conditionalFormatting><conditionalFormatting'
)

DISPLAYS = [
    *(shown(code, reason="the screen shows a blank") for code in ('""', '"";"";""', "* ", "_ ", "_-")),
    shown('General"里"', unit=TRAFFIC, figure="4-1"), shown('General"人人"'), shown('General"人"', unit=LABOUR, figure="1-1"),
    shown('0.00E+00"万"'), shown('"1"0.00E+00'), shown("0.,"), shown(builtin=5, unit=TRAFFIC, figure="4-1"), shown(builtin=6, unit=TRAFFIC, figure="4-1"),
    *(zero(code) for code in ("#", "#,###", '0;-0;""', '[>0]0;[=0]"165";0')),
    honest('[>=10000]0!.0,"万";0'), honest('[=0]"";0'), honest("[<0]-0;[=0]0;0"), honest("0;0;0;General", in_sheet(text(FIGURE, "106"))),
    honest("0_ ", editing(STYLES, swap("</dxfs>", '<dxf><numFmt numFmtId="900" formatCode="0.00%"/></dxf></dxfs>'))),
    Variant(
        "display: a conditional format's code under the same number", "the screen shows 106万",
        all_of(restyled(FIGURE, code='0"万"'), editing(STYLES, swap("</dxfs>", '<dxf><numFmt numFmtId="900" formatCode="0"/></dxf></dxfs>'))),
        HELD, sound(DISABLED, "8-1"), "figure-display",
    ),
    Variant("display: zeros are not shown on this sheet", "the screen shows a blank", in_sheet(number(BEDS, "0"), swap("<sheetView ", '<sheetView showZeros="0" ')), HELD, sound(CIVIL, "6-2"), "figure-display", unit=CIVIL),
    Variant("display: alignment that fills", "the screen shows 106106106", fill, HELD, sound(DISABLED, "8-1"), "figure-display"),
    Variant("condition: icons in place of the number", "the screen shows an icon", in_sheet(sub("<conditionalFormatting", _ICONS, 1)), HELD, sound(DISABLED, "8-1"), "figure-display"),
    Variant(
        "display: another word than 与上期相同", "the screen shows 有变化", all_of(in_sheet(text(at("6-2:choice"), "与上期相同")), restyled(at("6-2:choice"), code=';;;"有变化"')),
        HELD, sound(CIVIL, "6-2"), "choice-unseen", unit=CIVIL, figures={"6-2": ""},
    ),
    with_condition('<numFmt numFmtId="901" formatCode="0&quot;万&quot;"/>', "the screen shows 106万"),
    with_condition("<font><strike/></font>", "the figure is struck out"),
]

COMPUTED = [
    Variant(
        "array: one formula over four figures", "formulas, not figures", in_sheet(cell(HOMES, f'<f t="array" ref="{HOMES}:{ELDERLY}">T8:T11</f><v>3</v>')),
        HELD, sound(CIVIL, "6-1 6-2 6-3 6-4"), "figure-formula", unit=CIVIL,
    ),
    Variant(
        "array: spilled, as Excel 365 writes it", "formulas, not figures",
        in_sheet(cell(HOMES, f'<f t="array" ref="{HOMES}:{ELDERLY}">T8:T11</f><v>3</v>'), swap(f'<c r="{HOMES}"', f'<c cm="1" r="{HOMES}"')),
        HELD, sound(CIVIL, "6-1 6-2 6-3 6-4"), "figure-formula", unit=CIVIL,
    ),
    Variant(
        "array: begins in a locked cell", "a formula, not a figure",
        in_sheet(cell(f"G{row_of('6-5')}", f'<f t="array" ref="G{row_of("6-5")}:{at("6-5:n")}">T12:U12</f><v>0.75</v>')),
        HELD, sound(CIVIL, "6-5"), "figure-formula", unit=CIVIL,
    ),
    Variant(
        "data table over three figures", "formulas, not figures",
        in_sheet(cell(BEDS, f'<f t="dataTable" ref="{BEDS}:{ELDERLY}" dt2D="0" dtr="0" r1="T1"/><v>165</v>')), HELD, sound(CIVIL, "6-2 6-3 6-4"),
        "figure-formula", unit=CIVIL,
    ),
    Variant(
        "formula: much taken from much", "Excel shows 23.46; the rest is noise of its doubles",
        in_sheet(formula(ROAD, "12345.678-12322.218", repr(12345.678 - 12322.218))), ACCEPTED, sound(TRAFFIC), unit=TRAFFIC, honest=True,
    ),
    Variant(
        "formula: a stale result behind a large constant", "the screen shows 400", in_sheet(formula(BEDS, "165+0*99999999999999999999", "400")),
        HELD, sound(CIVIL, "6-2"), "figure-large", unit=CIVIL,
    ),
    Variant(
        "formula: a stale result behind a large product", "the screen shows 400", in_sheet(formula(BEDS, "165+0*99999999999999*99999999999999", "400")),
        HELD, sound(CIVIL, "6-2"), "figure-formula-stale", unit=CIVIL,
    ),
    Variant(
        "formula: what doubles lose", "reckoned in doubles it is 0", in_sheet(formula(BEDS, "99999999999999*99999999999999+165-99999999999999*99999999999999", "165")),
        HELD, sound(CIVIL, "6-2"), "figure-formula-stale", unit=CIVIL,
    ),
    Variant("formula: an empty text stored", "the screen shows a blank", in_sheet(cell(BEDS, "<f>100+65</f><v></v>", 't="str"')), HELD, sound(CIVIL, "6-2"), "figure-formula-stale", unit=CIVIL),
    Variant(
        "formula: doubles as they come", "Excel shows 23.46", in_sheet(formula(ROAD, "23.1+0.36", repr(23.1 + 0.36))), ACCEPTED, sound(TRAFFIC), unit=TRAFFIC, honest=True,
    ),
    Variant("formula: a third times three", "55/3*9 is 165", in_sheet(formula(BEDS, "55/3*9", "165")), ACCEPTED, sound(CIVIL), unit=CIVIL, honest=True),
]

REASONS = [
    *(
        Variant(f"说明: {words}", "gives no reason", untouched, HELD, {}, "increment-typed", figures={"8-1": "10", "8-1:why": words})
        for words in ("无", "/", "—", "0", "没有", "同上", " 无 ", "——")
    ),
    Variant("说明: two characters", "a reason", untouched, ACCEPTED, sound(DISABLED, having={"8-1": "95"}), figures={"8-1": "95", "8-1:why": "更正"}, honest=True),
    Variant(
        "说明: struck out", "its writer took it back", shared(at("8-1:why"), "<r><rPr><strike/></rPr><t>系核减重复</t></r>"), HELD, {},
        "cumulative-falls", figures={"8-1": "95"},
    ),
]


def listed(rows: int, columns: int) -> Change:
    """A list of names pasted below the form."""

    def change(sheet: str) -> str:
        first = max(map(int, re.findall(r'<row r="(\d+)"', sheet))) + 2
        lines = "".join(
            f'<row r="{row}">' + "".join(f'<c r="{column_letters(c)}{row}" t="inlineStr"><is><t>名{row}-{c}</t></is></c>' for c in range(1, columns + 1)) + "</row>"
            for row in range(first, first + rows)
        )
        return sheet.replace("</sheetData>", lines + "</sheetData>")

    return change


def title_again(sheet: str) -> str:
    """The first title of the table copied behind the last."""
    head = next(cell for cell in sorted(form(CIVIL).cells.values(), key=lambda cell: cell.column) if cell.row == row_of("6-1") - 2)
    return re.sub(rf'(<row r="{head.row + 1}"[^>]*>.*?)(</row>)', rf'\1<c r="Z{head.row + 1}" t="inlineStr"><is><t>{head.content}</t></is></c>\2', sheet, count=1, flags=re.S)


def strict_properties(found: bytes) -> bytes:
    """The relationship of the properties as the strict kind of file names it."""
    parts = unpack(found)
    links = parts["_rels/.rels"]
    assert b"custom-properties" in links
    return pack(parts | {"_rels/.rels": links.replace(b"custom-properties", b"customProperties")})


PLACES = [
    Variant("outside: a screening list of eleven thousand below", "a habit", in_sheet(listed(11_480, 8)), ACCEPTED, sound(HEALTH), "outside-cells", unit=HEALTH, honest=True),
    Variant("rows: one in front, one deleted", "6-3 is gone", in_sheet(delete_row(row_of("6-3")), insert_rows(1)), REFUSED, unit=CIVIL),
    Variant("sheets: renamed, a row deleted", "6-3 is gone", all_of(renamed("10月"), in_sheet(delete_row(row_of("6-3")))), REFUSED, code="return-structure", unit=CIVIL),
    Variant(
        "rows: one in front, and a title copied to the right", "every row is found; the head is there and a half",
        in_sheet(title_again, insert_rows(1)), frozenset({ACCEPTED, REFUSED}), sound(CIVIL), unit=CIVIL,
    ),
    Variant("columns: one inserted before the figures", "every column is found", in_sheet(insert_columns("G")), ACCEPTED, sound(CIVIL), "rows-moved", unit=CIVIL, honest=True),
    Variant("rows: as low as a line", "a remark only", in_sheet(sub(rf'(<row r="{row_of("6-3")}"[^>]*?) ht="[^"]*"', r'\1 ht="0.75"')), ACCEPTED, sound(CIVIL), "rows-hidden", unit=CIVIL, honest=True),
    Variant("columns: as narrow as a line", "a remark only", in_sheet(sub(r"<cols>", '<cols><col min="7" max="7" width="0.1" customWidth="1"/>', 1)), ACCEPTED, sound(CIVIL), "rows-hidden", unit=CIVIL, honest=True),
    Variant("rows: of no height", "a remark only", in_sheet(sub(rf'(<row r="{row_of("6-3")}"[^>]*?) ht="[^"]*"', r'\1 ht="0"')), ACCEPTED, sound(CIVIL), "rows-hidden", unit=CIVIL, honest=True),
    Variant("properties: linked as the strict kind does", "the same file", strict_properties, ACCEPTED, sound(DISABLED), honest=True),
    Variant("period: typed again in figures", "the same period", in_sheet(text("G4", "2022-10")), ACCEPTED, sound(DISABLED), honest=True),
    Variant("text: marks of direction around, as telephones paste them", "the screen shows 77200", in_sheet(text(ELDERLY, "\u202d77200\u202c")), ACCEPTED, sound(CIVIL), unit=CIVIL, honest=True),
    Variant("text: nothing but a sign without width", "the screen shows a blank", in_sheet(text(BEDS, "\u200b")), ACCEPTED, sound(CIVIL, "6-2"), unit=CIVIL, honest=True),
    Variant("text: turned round", "the screen shows 00277", in_sheet(text(ELDERLY, "\u202e77200\u202c")), HELD, sound(CIVIL, "6-4"), unit=CIVIL),
]

VARIANTS = DISPLAYS + COMPUTED + REASONS + PLACES
