"""What Excel, WPS, LibreOffice, phones, Macs and export tools write honestly: all of it is taken."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from tests.hostile.archives import archive, entries, zip64
from tests.hostile.base import (
    ACCEPTED,
    CIVIL,
    CUSTOM,
    DISABLED,
    HEALTH,
    HELD,
    IDENTITY,
    INSURANCE,
    JUSTICE,
    LABOUR,
    MAIN,
    ROOT_LINKS,
    SERVICES,
    SHEET,
    STRINGS,
    STYLES,
    TAKEN_OR_NOT,
    TRAFFIC,
    TYPES,
    WORKBOOK,
    WORKBOOK_LINKS,
    YOUTH,
    Make,
    Variant,
    adding,
    all_of,
    at,
    cell,
    editing,
    formula,
    in_sheet,
    linking,
    number,
    pack,
    parts,
    recoding,
    restyled,
    row_of,
    shared,
    sound,
    sub,
    swap,
    typed,
    unpack,
    untouched,
    word_at,
)
from tests.hostile.surgery import column_letters, column_number

FIGURE, ROW = at("8-1"), row_of("8-1")
ROAD = at("4-1")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PROGRESS = word_at(DISABLED, 8, "progress")


def honest(name: str, reason: str, *makes: Make, unit: str = DISABLED, file: str = "{n}.xlsx", **more: Any) -> Variant:
    return Variant(name, reason, all_of(*makes), ACCEPTED, sound(unit), unit=unit, file=file, honest=True, **more)


# The zip -----------------------------------------------------------------------------------------


def streamed(filled: bytes) -> bytes:
    return archive(entries(unpack(filled), descriptor=True))


def stored(filled: bytes) -> bytes:
    return pack(unpack(filled), zipfile.ZIP_STORED)


def python_streamed(filled: bytes) -> bytes:
    """Written to a stream that cannot seek back."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece: Any) -> int:
            self.content += bytes(piece)
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as out:  # type: ignore[arg-type]
        for name, content in unpack(filled).items():
            out.writestr(name, content)
    return bytes(pipe.content)


def reordered(filled: bytes) -> bytes:
    return pack(dict(sorted(unpack(filled).items(), reverse=True)))


def unpacked_on_a_mac(filled: bytes) -> bytes:
    found = unpack(filled)
    return pack(found | {".DS_Store": b"\0\0\0\1Bud1", **{f"__MACOSX/{n.rpartition('/')[0]}/._{n.rpartition('/')[2]}": b"\0\5\x16\7" for n in found}})


def with_folders(filled: bytes) -> bytes:
    found = unpack(filled)
    return pack([("_rels/", b""), ("xl/", b""), ("xl/worksheets/", b""), ("docProps/", b""), *found.items()])


def backslashes(filled: bytes) -> bytes:
    """Early .NET wrote names so; zipfile would repair them, so the bytes are made by hand."""
    return archive(entries({n.replace("/", "\\"): c for n, c in unpack(filled).items()}))


def commented(filled: bytes) -> bytes:
    return archive(entries(unpack(filled)), comment="鲁山县残联".encode())


def timed(filled: bytes) -> bytes:
    """Extra fields of Unix: time stamps and owner."""
    extra = b"UT\x05\x00\x01\x00\x00\x00\x00" + b"ux\x0b\x00\x01\x04\xe8\x03\x00\x00\x04\xe8\x03\x00\x00"
    return archive(entries(unpack(filled), extra=extra))


def flagged(filled: bytes) -> bytes:
    return archive(entries(unpack(filled), flags=0x800))


def padded(filled: bytes) -> bytes:
    """Excel leaves room in the extra field of the content types for a later save."""
    members = entries(unpack(filled))
    members[0].local["extra"] = b"\x20\xa2" + (518).to_bytes(2, "little") + b"\xa0\x28" + bytes(516)
    return archive(members)


ZIPS = [
    honest("zip: as issued and filled", "nothing was changed", untouched),
    honest("zip: with data descriptors", "written to a stream", streamed),
    honest("zip: written by Python to a pipe", "written to a stream", python_streamed),
    honest("zip: stored", "not compressed", stored),
    honest("zip: zip64 fields", "written by a streaming tool", lambda filled: zip64(unpack(filled))),
    honest("zip: parts in another order", "content types last", reordered),
    honest("zip: unpacked and packed again on a Mac", "resource forks beside the parts", unpacked_on_a_mac),
    honest("zip: with folders", "packed again by hand", with_folders),
    honest("zip: backslashes", "early .NET", backslashes),
    honest("zip: a comment", "an archiver's note", commented),
    honest("zip: time stamps of Unix", "packed by Info-ZIP", timed),
    honest("zip: names flagged UTF-8", "packed by Java", flagged),
    honest("zip: room in the extra field", "Excel does so", padded),
]

# Names and whole files ---------------------------------------------------------------------------

_NAMES = {
    "in capitals": "{n}.XLSX", "a copy by the browser": "{n} 县残联10月 (1).xlsx", "a name from chat": "{n} mmexport1667890000.xlsx", "two endings": "{n}.xls.xlsx", "ending in et": "{n}.et",
    "ending in xls": "{n}.xls", "no ending": "{n}", "a text, says its name": "{n}.txt", "spaces and brackets": "{n} 【残联】 报表（终稿）.xlsx", "an emoji": "{n}👍.xlsx",
    "a long name": "{n}" + "县" * 70 + ".xlsx", "renamed by a mail gateway": "{n}.xlsx.danger", "another unit's name": "{n} 县妇联_2022-09.xlsx", "a name that looks like a command": "{n} $(touch x);&.xlsx",
}
NAMES = [honest(f"name: {name}", "the name says nothing", untouched, file=file) for name, file in _NAMES.items()]

# The package -------------------------------------------------------------------------------------


def prefixed(part: str, prefix: str = "x") -> Make:
    """Every element of the main namespace under a prefix: <x:row>, as some exporters write."""

    def change(text: str) -> str:
        text = re.sub(r"<(/?)(?![?!])([A-Za-z]+)(?=[\s/>])", rf"<\1{prefix}:\2", text)
        return text.replace(f' xmlns="{MAIN}"', f' xmlns:{prefix}="{MAIN}"')

    return editing(part, change)


_STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
}


def strict(found: dict[str, bytes]) -> dict[str, bytes]:
    """Saved as “Strict Open XML workbook”."""
    for name, content in found.items():
        if name.endswith((".xml", ".rels")) and name != TYPES:
            for old, new in _STRICT.items():
                content = content.replace(old.encode(), new.encode())  # noqa: PLW2901
            found[name] = content
    return found


def encoded(*names: str, encoding: str = "utf-16") -> Make:
    return parts(lambda found: found | {
        n: found[n].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode(encoding) for n in names
    })


def marked(found: dict[str, bytes]) -> dict[str, bytes]:
    """A byte order mark before each part."""
    return {n: b"\xef\xbb\xbf" + c for n, c in found.items()}


def pretty(found: dict[str, bytes]) -> dict[str, bytes]:
    """Line ends between the elements, as a tool that indents writes."""
    return {n: (re.sub(rb"(?<!<v)><", b">\r\n  <", c) if n in (SHEET, WORKBOOK, TYPES, CUSTOM, IDENTITY) else c) for n, c in found.items()}


def single_quotes(text: str) -> str:
    return re.sub(r'(\s[A-Za-z:]+)="([^"\']*)"', r"\1='\2'", text)


PACKAGES = [
    honest("package: absolute targets", "as openpyxl and WPS write them", editing(WORKBOOK_LINKS, sub('Target="', 'Target="/xl/')), editing(ROOT_LINKS, sub('Target="', 'Target="/'))),
    honest("package: targets with a dot", "./worksheets/sheet1.xml", editing(WORKBOOK_LINKS, sub('Target="', 'Target="./'))),
    honest("package: targets that go up and down", "../xl/worksheets/sheet1.xml", editing(WORKBOOK_LINKS, sub('Target="', 'Target="../xl/'))),
    honest("package: another name of the workbook part", "book.xml, named by its relationship", parts(lambda f: {{WORKBOOK: "xl/book.xml", WORKBOOK_LINKS: "xl/_rels/book.xml.rels"}.get(n, n): c for n, c in f.items()}), editing(ROOT_LINKS, swap("workbook.xml", "book.xml")), editing(TYPES, swap("/xl/workbook.xml", "/xl/book.xml"))),
    honest("package: other names of the sheets", "names say nothing", parts(lambda f: {n.replace("worksheets/sheet1", "sheets/form"): c for n, c in f.items()}), editing(WORKBOOK_LINKS, swap("worksheets/sheet1", "sheets/form")), editing(TYPES, swap("worksheets/sheet1", "sheets/form"))),
    honest("package: letters of the strings part", "SharedStrings.xml in the zip, sharedStrings.xml in the relationship", parts(lambda f: {n.replace("sharedStrings", "SharedStrings"): c for n, c in f.items()})),
    honest("package: strict", "saved as a strict workbook", parts(strict)),
    honest("package: a byte order mark in each part", "written by .NET", parts(marked)),
    honest("package: indented", "blanks between elements", parts(pretty)),
    honest("package: single quotes", "another XML writer", in_sheet(single_quotes), editing(WORKBOOK, single_quotes), editing(STRINGS, single_quotes)),
    honest("package: sheet in UTF-16", "another XML writer", encoded(SHEET)),
    honest("package: strings in UTF-16", "another XML writer", encoded(STRINGS)),
    honest("package: big-endian UTF-16", "another XML writer", recoding(STRINGS, lambda c: b"\xfe\xff" + c.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16-be"))),
    honest("package: no XML declarations", "another XML writer", parts(lambda f: {n: c.replace(HEAD.encode() + b"\n", b"") for n, c in f.items()})),
    honest("package: character references", "every Chinese letter by its number", recoding(STRINGS, lambda c: re.sub(r"[^\x00-\x7f]", lambda m: f"&#{ord(m[0])};", c.decode()).encode())),
    honest("package: a prefix in the sheet", "<x:row>", prefixed(SHEET)),
    honest("package: a prefix in all parts", "<x:row>, <x:si>, <x:sheet>", prefixed(SHEET), prefixed(IDENTITY), prefixed(STRINGS), prefixed(WORKBOOK), prefixed(STYLES)),
    honest("package: another prefix of r", "the namespace counts, not the prefix", editing(WORKBOOK, sub("xmlns:r=", "xmlns:rel="), sub(" r:id=", " rel:id="))),
    honest("package: no dates of creation", "a clean-up tool", parts(lambda f: {n: c for n, c in f.items() if n != "docProps/core.xml"}), editing(ROOT_LINKS, sub('<Relationship Id="rId2".*?/>', ""))),
    honest("package: no theme", "WPS on a phone", parts(lambda f: {n: c for n, c in f.items() if "theme" not in n}), editing(WORKBOOK_LINKS, sub('<Relationship Id="rId3".*?/>', "")), editing(TYPES, sub('<Override PartName="/xl/theme.*?/>', ""))),
    honest("package: printer settings", "Excel keeps the printer's", adding("xl/printerSettings/printerSettings1.bin", b"H\0P\0" + bytes(800)), linking(SHEET, "printerSettings", "../printerSettings/printerSettings1.bin", "rId1")),
    honest("package: a calculation chain", "Excel keeps the order of formulas", adding("xl/calcChain.xml", f'{HEAD}<calcChain xmlns="{MAIN}"><c r="A3" i="1"/><c r="J{ROW}"/></calcChain>'), linking(WORKBOOK, "calcChain", "calcChain.xml", "rId60"), typed("xl/calcChain.xml", "vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml")),
    honest("package: custom XML", "SharePoint's properties", adding("customXml/item1.xml", "<p:properties xmlns:p='http://schemas.microsoft.com/office/2006/metadata/properties'/>"), linking("", "customXml", "customXml/item1.xml", "rId70")),
    honest("package: a picture of the first page", "Excel's preview", adding("docProps/thumbnail.wmf", bytes(400)), linking("", "thumbnail", "docProps/thumbnail.wmf", "rId71")),
    honest("package: a sensitivity label", "docMetadata/LabelInfo.xml", adding("docMetadata/LabelInfo.xml", "<clbl:labelList xmlns:clbl='http://schemas.microsoft.com/office/2020/mipLabelMetadata'/>")),
    honest("package: a signature", "signed in Excel; the signature is not ours to judge", adding("_xmlsignatures/origin.sigs", b""), adding("_xmlsignatures/sig1.xml", "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>")),
    honest("package: a thread of comments", "a remark by the reviewer", adding("xl/threadedComments/threadedComment1.xml", f'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="{FIGURE}" id="{{1}}"><text>是否含8月？</text></threadedComment></ThreadedComments>'), linking(SHEET, "threadedComment", "../threadedComments/threadedComment1.xml", "rId1")),
    Variant("package: a note on the figure", "a comment of the old kind says another number", all_of(adding("xl/comments1.xml", f'<comments xmlns="{MAIN}"><authors><author>x</author></authors><commentList><comment ref="{FIGURE}" authorId="0"><text><t>111</t></text></comment></commentList></comments>'), linking(SHEET, "comments", "../comments1.xml", "rId1")), HELD, sound(DISABLED, "8-1"), "figure-corrected"),
    honest("package: no content types of the parts", "defaults only, a sloppy writer", editing(TYPES, swap('<Default Extension="xml" ContentType="application/xml"/>', '<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>'))),
]

# The sheet ---------------------------------------------------------------------------------------


def no_references(sheet: str) -> str:
    """Rows and cells without r=, every cell written, as some exporters do."""

    def row(match: re.Match[str]) -> str:
        return re.sub(r'<c r="[A-Z]+\d+"', "<c", match[0].replace(match[1], "<row", 1))

    return re.sub(r'(<row r="\d+")[^>]*?(?:/>|>.*?</row>)', row, filled_up(sheet), flags=re.S)


def no_row_numbers(sheet: str) -> str:
    return re.sub(r'<row r="\d+"', "<row", filled_up(sheet))


def filled_up(sheet: str) -> str:
    """Every row has all its cells from A on, so that position alone tells where a cell stands."""

    def row(match: re.Match[str]) -> str:
        if match[0].endswith("/>"):
            return match[0]
        cells = {column_number(cell[1]): cell[0] for cell in _CELLS.finditer(match[0])}
        missing = (n for n in range(1, max(cells)) if n not in cells)
        cells |= {n: f'<c r="{column_letters(n)}{match[1]}"/>' for n in missing}
        head = match[0][: match[0].index(">") + 1]
        return head + "".join(cells[n] for n in sorted(cells)) + "</row>"

    return re.sub(r'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', row, sheet, flags=re.S)


_CELLS = re.compile(r'<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', re.S)


def all_inline(filled: bytes) -> bytes:
    """No shared strings at all."""
    found = unpack(filled)
    items = re.findall("<si>(.*?)</si>", found[STRINGS].decode(), re.S)
    for name in (SHEET, IDENTITY):
        found[name] = re.sub(r't="s"><v>(\d+)</v>', lambda m: f't="inlineStr"><is>{items[int(m[1])]}</is>', found[name].decode()).encode()
    del found[STRINGS]
    found[WORKBOOK_LINKS] = re.sub('<Relationship Id="rId5".*?/>', "", found[WORKBOOK_LINKS].decode()).encode()
    found[TYPES] = re.sub('<Override PartName="/xl/sharedStrings.*?/>', "", found[TYPES].decode()).encode()
    return pack(found)


def all_str(filled: bytes) -> bytes:
    """Texts in t="str" cells without formulas, as some report servers write."""
    found = unpack(filled)
    items = [re.sub("<[^>]*>", "", i) for i in re.findall("<si>(.*?)</si>", found[STRINGS].decode(), re.S)]
    for name in (SHEET, IDENTITY):
        found[name] = re.sub(r't="s"><v>(\d+)</v>', lambda m: f't="str"><v>{items[int(m[1])]}</v>', found[name].decode()).encode()
    return pack(found)


def in_runs(text: str) -> str:
    """Each string split into formatted runs, as Word and WPS paste."""
    run = '<r><rPr><sz val="10.5"/><rFont val="宋体"/></rPr><t xml:space="preserve">{}</t></r>'

    def item(match: re.Match[str]) -> str:
        words = match[1]
        middle = len(words) // 2
        if "&" in words or middle == 0:
            return match[0]
        return "<si>" + run.format(words[:middle]) + run.format(words[middle:]) + "</si>"

    return re.sub(r"<si><t(?: [^>]*)?>([^<]*)</t></si>", item, text)


def with_readings(text: str) -> str:
    """Phonetic readings behind each string, as East Asian Excel stores them; digits among them."""
    return text.replace("</si>", '<rPh sb="0" eb="1"><t>111ㄅ</t></rPh><phoneticPr fontId="1" type="noConversion"/></si>')


def extended(sheet: str) -> str:
    """Extension lists of newer versions: sparklines, conditional formats, validations."""
    return sheet.replace("</worksheet>", (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}">'
        '<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1><xm:f xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">Sheet2!A1</xm:f></x14:formula1></x14:dataValidation></x14:dataValidations>'
        "</ext></extLst></worksheet>"
    ))


def alternated(sheet: str) -> str:
    """A control in alternate contents."""
    return sheet.replace("</worksheet>", (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice xmlns:x14="urn:x14" Requires="x14"><controls/></mc:Choice></mc:AlternateContent></worksheet>'
    ))


def ignorable(sheet: str) -> str:
    """The attributes of a newer Excel: revision ids, row descents."""
    sheet = sheet.replace("<worksheet ", '<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{00000000-0001-0000-0000-000000000000}" ', 1)
    return re.sub(r"<row ", '<row x14ac:dyDescent="0.25" ', sheet)


def without_blanks(sheet: str) -> str:
    """Blank styled cells left out, as some tools do on saving."""
    return re.sub(r'<c r="[A-Z]+\d+" s="\d+"/>', "", sheet)


def with_blanks(sheet: str) -> str:
    """Blank cells far to the right, as WPS keeps after a look around."""
    return sheet.replace("</sheetData>", "".join(f'<row r="{n}"><c r="Z{n}" s="0"/></row>' for n in range(100, 2000)) + "</sheetData>")


def recalculated(sheet: str) -> str:
    """Other values stored beside our formulas: the clerk's program computed them anew."""
    return re.sub(r"(</f>)<v></v>", r"\1<v>0.883</v>", sheet)


def quoted(address: str, words: str) -> Make:
    """A number stored as text: an apostrophe in front, a green corner."""
    return all_of(shared(address, f"<t>{words}</t>"), restyled(address, code="@", more='quotePrefix="1"'))


def texted(cells: Sequence[tuple[str, str]]) -> Make:
    return all_of(*(quoted(address, words) for address, words in cells))


SHEETS = [
    honest("sheet: a dimension of A1", "WPS writes it so; it is never trusted", in_sheet(sub("<dimension [^>]*/>", '<dimension ref="A1"/>')), unit=CIVIL),
    honest("sheet: no dimension", "other tools leave it out", in_sheet(sub("<dimension [^>]*/>", "")), unit=CIVIL),
    honest("sheet: a dimension too large", "A1:XFD1048576", in_sheet(sub("<dimension [^>]*/>", '<dimension ref="A1:XFD1048576"/>')), unit=CIVIL),
    honest("sheet: rows without r", "position tells the row", in_sheet(no_row_numbers), unit=DISABLED),
    honest("sheet: all texts inline", "as export tools write", all_inline, unit=HEALTH),
    honest("sheet: all texts as str", "as report servers write", all_str, unit=HEALTH),
    honest("sheet: texts in runs", "as Word pastes", editing(STRINGS, in_runs), unit=CIVIL),
    honest("sheet: phonetic readings", "East Asian Excel; they are no contents", editing(STRINGS, with_readings), unit=CIVIL),
    honest("sheet: the figure with a phonetic reading", "the reading is no digit", shared(FIGURE, '<t>106</t><rPh sb="0" eb="3"><t>111</t></rPh>')),
    honest("sheet: extension lists", "newer Excel", in_sheet(extended)),
    honest("sheet: alternate contents", "newer Excel", in_sheet(alternated)),
    honest("sheet: ignorable attributes", "newer Excel", in_sheet(ignorable)),
    honest("sheet: blank cells left out", "a thrifty tool", in_sheet(without_blanks), unit=CIVIL),
    honest("sheet: two thousand blank rows below", "WPS after a look around", in_sheet(with_blanks), unit=CIVIL),
    honest("sheet: other values beside our formulas", "computed anew", in_sheet(recalculated), unit=CIVIL),
    honest("sheet: no values beside our formulas", "openpyxl keeps none", in_sheet(sub("(</f>)<v>[^<]*</v>", r"\1"))),
    honest("sheet: formulas of ours as shared formulas", "Excel joins like ones", in_sheet(sub(rf'(<c r="R{row_of("6-1")}"[^>]*>)<f>', rf'\1<f t="shared" ref="R{row_of("6-1")}:R{row_of("6-7")}" si="0">')), unit=CIVIL),
    honest("sheet: column styles", "a style on whole columns", in_sheet(sub(r'<col min="7" max="7"', '<col style="12" min="7" max="7"'))),
    honest("sheet: row styles", "a style on whole rows", in_sheet(sub(rf'<row r="{ROW}"', f'<row s="12" customFormat="1" r="{ROW}"'))),
    honest("sheet: phonetic flags on cells", "ph=1", in_sheet(sub(rf'<c r="{FIGURE}"', f'<c ph="1" r="{FIGURE}"'))),
    honest("sheet: metadata on cells", "cm=1 vm=1", in_sheet(sub(rf'<c r="{FIGURE}"', f'<c vm="1" r="{FIGURE}"'))),
    honest("sheet: attributes in another order", "another XML writer", in_sheet(sub(r'<c r="([A-Z]+\d+)" s="(\d+)" t="s"', r'<c t="s" s="\2" r="\1"'))),
    honest("sheet: blanks inside the tags", "another XML writer", in_sheet(sub(r'<c r="([A-Z]+\d+)" s="(\d+)"', '<c\n  r="\\1"\n  s="\\2" '))),
    honest("sheet: end tags for empty elements", "another XML writer", in_sheet(sub(r'<c ([^>]*[^/])/>', r"<c \1></c>"))),
    honest("sheet: an explicit type n", "t=n is what it is anyway", in_sheet(cell(FIGURE, "<v>106</v>", 't="n"'))),
    honest("sheet: a number stored as text", "an apostrophe in front", quoted(FIGURE, "106")),
    honest("sheet: all numbers stored as text", "a green corner in each", texted([(at(n), v) for n, v in (("1-1", "28960"), ("1-2", "21480"), ("1-3", "7900"), ("1-4:n", "7.2"), ("1-4:d", "6.5"))]), unit=LABOUR),
    honest("sheet: a double with 17 digits", "23.460000000000001 is 23.46", in_sheet(number(ROAD, "23.460000000000001")), unit=TRAFFIC),
    honest("sheet: a double with 16 digits", "7.2000000000000002 is 7.2", in_sheet(number(at("1-4:n"), "7.2000000000000002")), unit=LABOUR),
    honest("sheet: an exponent in a double", "7.72E4 is 77200", in_sheet(number(at("6-4"), "7.72E4")), unit=CIVIL),
    honest("sheet: an exponent of LibreOffice", "2.346E1 is 23.46", in_sheet(number(ROAD, "2.346E+1")), unit=TRAFFIC),
    honest("sheet: strings that preserve space", "xml:space on each", editing(STRINGS, sub("<t>", '<t xml:space="preserve">')), unit=CIVIL),
    honest("sheet: strings with line ends of Windows", "escaped by Excel", editing(STRINGS, sub("(?<=[^>])\n", "_x000D_\n")), unit=CIVIL),
    honest("sheet: strings with real carriage returns", "written by .NET", editing(STRINGS, sub("(?<=[^>])\n", "&#13;\n")), unit=CIVIL),
    honest("sheet: strings twice", "a tool that shares nothing", editing(STRINGS, swap("</sst>", "<si><t>县残联</t></si><si/></sst>"))),
    honest("sheet: no counts of strings", "they are optional", editing(STRINGS, sub(r' (count|uniqueCount)="\d+"', ""))),
    honest("sheet: smart tags and errors ignored", "green corners clicked away", in_sheet(swap("</worksheet>", f'<ignoredErrors><ignoredError sqref="{FIGURE}" numberStoredAsText="1"/></ignoredErrors></worksheet>'))),
    honest("sheet: left at another cell", "where the clerk stopped", in_sheet(sub("<selection pane=\"bottomRight\"/>", f'<selection pane="bottomRight" activeCell="{FIGURE}" sqref="{FIGURE}"/>'))),
    honest("sheet: validations joined", "Excel joins like ones", in_sheet(sub("(<dataValidation [^>]*) sqref=\"P8\"/>", r'\1 sqref="P8 AK1:AK5"/>')), unit=CIVIL),
    honest("sheet: strike set to nought", "WPS writes <strike val=0>", restyled(FIGURE, font='<strike val="0"/>')),
    honest("sheet: strike set to false", "another writer", restyled(FIGURE, font='<strike val="false"/>')),
    honest("sheet: a base line", "WPS writes vertAlign baseline", restyled(FIGURE, font='<vertAlign val="baseline"/>')),
    honest("sheet: runs with strike set to nought", "WPS writes it in runs", shared(PROGRESS, '<r><rPr><strike val="0"/></rPr><t>已完成</t></r>')),
    honest("sheet: the figure in red", "a colour says nothing", restyled(FIGURE, font='<color rgb="FFFF0000"/><b/>')),
    honest("sheet: yellow over it", "a mark for the reviewer", editing(STYLES, sub('<fgColor rgb="FFFFFFFF"/>', '<fgColor rgb="FFFFFF00"/>'))),
    honest("sheet: a hyperlink on a word", "an address that Excel made one", linking(SHEET, "hyperlink", "mailto:a@example.com", "rId1", "External"), in_sheet(sub("(<printOptions|<pageMargins)", rf'<hyperlinks><hyperlink ref="{PROGRESS}" r:id="rId1"/></hyperlinks>\1', 1))),
    honest("sheet: a print area of their own", "printed without the foot", editing(WORKBOOK, sub(r"填报表!\$A\$1:\$P\$\d+", "填报表!$A$1:$P$9"))),
]

WORKBOOKS = [
    honest("workbook: dates of 1904", "Excel on an old Mac; no date is among the figures", editing(WORKBOOK, swap("<workbookPr ", '<workbookPr date1904="1" '))),
    honest("workbook: saved by WPS", "its application and build", editing(WORKBOOK, sub("<fileVersion[^>]*/>", '<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/>')), editing("docProps/app.xml", sub("<Application>[^<]*", "<Application>WPS 表格"))),
    honest("workbook: read-only recommended", "a cautious clerk", editing(WORKBOOK, swap("<workbookPr ", '<fileSharing readOnlyRecommended="1" userName="x"/><workbookPr '))),
    honest("workbook: its structure protected", "a cautious clerk", editing(WORKBOOK, swap("<bookViews>", '<workbookProtection workbookPassword="CC1A" lockStructure="1"/><bookViews>'))),
    honest("workbook: computed by hand", "calcMode manual", editing(WORKBOOK, sub("<calcPr [^>]*/>", '<calcPr calcMode="manual" calcId="191029"/>'))),
    honest("workbook: precision as displayed", "fullPrecision=0", editing(WORKBOOK, sub("<calcPr [^>]*/>", '<calcPr fullPrecision="0" calcId="191029"/>'))),
    honest("workbook: marked as final", "a property of Office", editing(CUSTOM, swap("</Properties>", '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="99" name="_MarkAsFinal"><vt:bool>true</vt:bool></property></Properties>'))),
    honest("workbook: other names of the sheets' ids", "sheetId says nothing", editing(WORKBOOK, swap('sheetId="1"', 'sheetId="41"'))),
    honest("workbook: the second sheet active", "a curious clerk", editing(WORKBOOK, swap("<workbookView ", '<workbookView activeTab="1" '))),
]

# Saved again by a program ------------------------------------------------------------------------


def by_openpyxl(filled: bytes) -> bytes:
    from openpyxl import load_workbook

    stream = io.BytesIO()
    load_workbook(io.BytesIO(filled)).save(stream)
    return stream.getvalue()


def by_openpyxl_values(filled: bytes) -> bytes:
    """Formulas lost: opened for its values and saved."""
    from openpyxl import load_workbook

    stream = io.BytesIO()
    load_workbook(io.BytesIO(filled), data_only=True).save(stream)
    return stream.getvalue()


def in_office(unit: str, kind: str = "xlsx") -> Variant:
    """Saved by LibreOffice for real; `kind` ods-xlsx goes there and back."""
    outcome = ACCEPTED if kind.endswith("xlsx") else frozenset({ACCEPTED, "held", "refused", "unrecognised"})
    reason = "a clerk's LibreOffice" if kind.endswith("xlsx") else "no .xlsx: refused unless it can be proved"
    ending = kind.rpartition("-")[2]
    return Variant(
        f"LibreOffice {kind}: {unit}", reason, untouched, outcome, sound(unit), unit=unit, office=kind, file="{n}." + ending, honest=kind.endswith("xlsx"),
    )


SAVED = [
    *(honest(f"openpyxl: {unit}", "saved by a script", by_openpyxl, unit=unit) for unit in (DISABLED, CIVIL, HEALTH, TRAFFIC, INSURANCE, SERVICES, JUSTICE)),
    honest("openpyxl, values only", "saved by a script without formulas", by_openpyxl_values, unit=CIVIL),
    honest("openpyxl twice", "saved by two scripts", by_openpyxl, by_openpyxl, unit=HEALTH),
    *(in_office(unit) for unit in (DISABLED, CIVIL, HEALTH, LABOUR, TRAFFIC, JUSTICE, INSURANCE, SERVICES, YOUTH)),
    in_office(CIVIL, "ods-xlsx"), in_office(LABOUR, "ods-xlsx"),
    in_office(CIVIL, "ods"), in_office(CIVIL, "xls"), in_office(DISABLED, "fods"),
]

PROVED = frozenset({"held", "refused", "unrecognised"})


def unprovable(name: str, reason: str, make: Make, kind: str) -> Variant:
    """A figure that an .xlsx would be held for, in a format that may not show why."""
    return Variant(f"{kind}: {name}", reason, make, PROVED, office=kind, file="{n}." + kind)


SAVED += [
    unprovable(name, reason, make, kind)
    for kind in ("xls", "ods")
    for name, reason, make in (
        ("a formula of another cell", "any other formula is held", in_sheet(formula(FIGURE, "F8+10", "106"))),
        ("an error", "an error is no blank", in_sheet(formula(FIGURE, "1/0", "#DIV/0!", "e"))),
        ("wan behind", "106 shows as 106万", restyled(FIGURE, code='0"万"')),
        ("a percent", "1 shows as 100%", all_of(in_sheet(number(FIGURE, "106")), restyled(FIGURE, code="0%"))),
        ("struck out", "withdrawn", restyled(FIGURE, font="<strike/>")),
        ("a date", "a date is no number", all_of(in_sheet(number(FIGURE, "44875")), restyled(FIGURE, builtin=14))),
    )
]

RARE = [
    Variant("rare: a sheet without any r", "cells placed by position alone, merged cells written", in_sheet(no_references), TAKEN_OR_NOT | {"held", "refused"}, sound(DISABLED)),
    Variant("rare: an ignorable element that must be understood", "mc:MustUnderstand", in_sheet(swap("<worksheet ", '<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:MustUnderstand="zz" xmlns:zz="urn:zz" ')), TAKEN_OR_NOT, sound(DISABLED)),
]

VARIANTS = ZIPS + NAMES + PACKAGES + SHEETS + WORKBOOKS + SAVED + RARE
