"""What other programs write in their own way, and what clerks do to a sheet with them: the same form, nothing to be accused of."""

import re

from tests.hostile.base import (
    ACCEPTED,
    CIVIL,
    CUSTOM,
    DISABLED,
    HEALTH,
    HELD,
    REFUSED,
    SERVICES,
    SHEET,
    WORKBOOK,
    Change,
    Make,
    Values,
    Variant,
    all_of,
    at,
    editing,
    in_sheet,
    number,
    pack,
    parts,
    sound,
    text,
    unpack,
)
from tests.hostile.opendocument import opendocument_parts
from tests.hostile.surgery import column_letters

PEOPLE, RATE = at("7-1:previous"), at("7-3:previous")


def accepted(name: str, make: Make, unit: str = CIVIL, *, values: Values | None = None, reason: str = "the same form") -> Variant:
    return Variant(name, reason, make, ACCEPTED, sound(unit) if values is None else values, unit=unit, honest=True)


def misread(coding: str) -> Change:
    """Texts whose UTF-8 was taken for another coding and written again."""

    def one(match: re.Match[str]) -> str:
        return "".join(bytes((byte,)).decode(coding, "ignore") or chr(byte) for byte in match[0].encode())

    return lambda part: re.sub("[^\x00-\x7f]+", one, part)


def empty_results(sheet: str) -> str:
    """Results of formulas that are texts, as LibreOffice 4.1 writes them: in the cell itself."""
    inner = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?(?: t="str")?>(<f>[^<]*</f>)<v>([^<]*)</v></c>')
    return inner.sub(lambda m: f'<c r="{m[1]}"{m[2]} t="inlineStr">{m[3]}<is><t>{m[4] if not m[4][:1].isdigit() else ""}</t></is></c>', sheet)


def shown_as_text(sheet: str) -> str:
    """Every number that is locked or a target as the text that its cell shows, grouped by commas."""
    figures = {at(name) for name in ("7-1", "7-2", "7-3:n", "7-3:d", "7-4:n", "7-4:d", "7-5:n", "7-5:d", "7-6:n", "7-6:d")}

    def one(match: re.Match[str]) -> str:
        if match[1] in figures:
            return match[0]
        value = float(match[3])
        shown = f"{value:,.0f}" if value >= 1 else f"{value * 100:.1f}%"
        return f'<c r="{match[1]}"{match[2]} t="inlineStr"><is><t>{shown}</t></is></c>'

    return re.sub(r'<c r="([A-Z]+\d+)"( s="\d+")><v>([\d.]+)</v></c>', one, sheet)


def digits(count: int) -> Change:
    """Every fraction with so many digits, as programs write them."""
    return lambda sheet: re.sub(r"<v>(0\.\d{14,})</v>", lambda m: f"<v>{float(m[1]):.{count}g}</v>", sheet)


def long_constants(sheet: str) -> str:
    """Constants of formulas in all the digits of a long double, as gnumeric writes them."""
    return re.sub(r"(<f>)([^<]*)(</f>)", lambda m: m[1] + re.sub(r"(?<![\d.])0\.999(?!\d)", "0.998999999999999999979", m[2]) + m[3], sheet)


def blank_rows(count: int, columns: int) -> Change:
    """Rows with formats to far below the form, as a format drawn to the end of the sheet leaves them."""

    def change(sheet: str) -> str:
        first = max(map(int, re.findall(r'<row r="(\d+)"', sheet))) + 1
        letters = [column_letters(number) for number in range(1, columns + 1)]
        rows = (
            f'<row r="{row}" spans="1:15" s="2" customFormat="1" ht="24" customHeight="1">' + "".join(f'<c r="{letter}{row}" s="2"/>' for letter in letters) + "</row>"
            for row in range(first, first + count)
        )
        return sheet.replace("</sheetData>", "".join(rows) + "</sheetData>")

    return change


_META = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>{}</office:meta></office:document-meta>'
)


def of_gnumeric(filled: bytes, *, properties: bool = True, far: bool = False) -> bytes:
    """An .ods with white space between its elements, and the properties of the form."""
    found = opendocument_parts(filled)
    content = re.sub(r"(<table:table-cell[^>]*>)(<text:p>)", r"\1\n  \2", found["content.xml"].decode())
    if far:
        last = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="16000"/>'
        last += '<table:table-cell office:value-type="string"><text:p>.</text:p></table:table-cell></table:table-row></table:table>'
        content = content.replace("</table:table>", last, 1)
    said = re.findall(r'name="(minsheng\.\w+)"><vt:lpwstr>([^<]*)<', unpack(filled)[CUSTOM].decode())
    own = "".join(f'<meta:user-defined meta:name="{name}">{value}</meta:user-defined>' for name, value in said)
    more = {"meta.xml": _META.format(own).encode()} if properties else {}
    return pack(found | {"content.xml": content.encode()} | more)


def sheet_text(change: Change) -> Make:
    return parts(lambda found: found | {SHEET: change(found[SHEET].decode()).encode()})


TEXTS = [
    accepted("LibreOffice 4.1: texts of formulas in the cell itself", sheet_text(empty_results)),
    accepted("LibreOffice 4.1: texts of formulas in the cell itself, ratios", sheet_text(empty_results), HEALTH),
    accepted("SheetJS: properties read as Latin-1", editing(CUSTOM, misread("latin-1"))),
    accepted("SheetJS: properties and names of pages read as Latin-1", all_of(editing(CUSTOM, misread("latin-1")), editing(WORKBOOK, misread("latin-1")))),
    accepted("a browser: properties and names of pages read as Windows-1252", all_of(editing(CUSTOM, misread("cp1252")), editing(WORKBOOK, misread("cp1252")))),
]

NUMBERS = [
    accepted("LibreOffice: ratios of fifteen digits", sheet_text(digits(15)), HEALTH),
    accepted("ratios of sixteen digits", sheet_text(digits(16)), HEALTH),
    accepted("gnumeric: constants of twenty-one digits", sheet_text(long_constants), HEALTH),
    accepted("上期累计 as grouped text", in_sheet(text(PEOPLE, "10,350")), HEALTH),
    accepted("上期累计 as grouped text, full-width", in_sheet(text(PEOPLE, "１０，３５０")), HEALTH),
    accepted("上期累计 of a ratio as it is shown", in_sheet(text(RATE, "63.9%")), HEALTH),
    accepted("every locked number as it is shown", sheet_text(shown_as_text), HEALTH),
    accepted("the office's denominator as grouped text", in_sheet(text(at("10-1:d"), "790,000")), SERVICES),
    Variant("the office's denominator as another text", "the office's denominator was changed", in_sheet(text(at("10-1:d"), "79,000")), HELD, sound(SERVICES, "10-1"), unit=SERVICES),
    Variant("上期累计 as another text", "a locked cell was changed", in_sheet(text(PEOPLE, "10,530")), ACCEPTED, sound(HEALTH), "previous-changed", unit=HEALTH),
    Variant("上期累计 of a ratio as another text", "a locked cell was changed", in_sheet(text(RATE, "64.9%")), ACCEPTED, sound(HEALTH), "previous-changed", unit=HEALTH),
    Variant("上期累计 in the fourteenth digit", "a locked cell was changed", in_sheet(number(RATE, "0.63851351351361")), ACCEPTED, sound(HEALTH), "previous-changed", unit=HEALTH),
]

ROWS = [
    accepted("blank rows: 20,000 with a format", in_sheet(blank_rows(20_000, 0)), reason="a format drawn far below the form"),
    accepted("blank rows: 6,000 of fifteen cells with a format", in_sheet(blank_rows(6_000, 15)), reason="a format drawn far below the form"),
    Variant(
        "blank rows: 20,000, and a list behind them", "a remark only",
        in_sheet(blank_rows(20_000, 1), lambda sheet: sheet.replace("</sheetData>", '<row r="30000"><c r="A30000"><v>7</v></c></row></sheetData>')),
        ACCEPTED, sound(CIVIL), "outside-cells", unit=CIVIL, honest=True,
    ),
]

OPEN_DOCUMENTS = [
    Variant("an .ods of gnumeric", "sound; it shows no number formats", of_gnumeric, REFUSED, code="file-old-format", unit=DISABLED, file="{n}.ods"),
    Variant(
        "an .ods of gnumeric without properties", "sound; it shows no number formats", lambda filled: of_gnumeric(filled, properties=False), REFUSED,
        code="file-old-format", unit=DISABLED, file="{n}.ods",
    ),
    Variant("an .ods with a dot in the last cell", "whose it is its properties tell", lambda filled: of_gnumeric(filled, far=True), REFUSED, code="file-old-format", unit=DISABLED, file="{n}.ods"),
]

VARIANTS = TEXTS + NUMBERS + ROWS + OPEN_DOCUMENTS
