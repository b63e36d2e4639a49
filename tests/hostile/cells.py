"""Every way in which a number, a text, a date, a formula or an error can stand in an input cell."""

from minsheng_xl.exact.keys import Key
from tests.hostile.base import (
    ACCEPTED,
    ANY,
    CIVIL,
    DISABLED,
    HEALTH,
    HELD,
    INSURANCE,
    TAKEN_OR_HELD,
    TRAFFIC,
    Make,
    Values,
    Variant,
    all_of,
    at,
    cell,
    editing,
    form,
    formula,
    in_sheet,
    number,
    restyled,
    shared,
    sound,
    sub,
    swap,
    text,
    word_at,
)

GOOD = sound(DISABLED)
FIGURE, BEDS, PLACES, ELDERLY = at("8-1"), at("6-2"), at("6-3"), at("6-4")
ROAD, STATIONS = at("4-1"), at("4-3:n")
OPENED = at("2-1")


def numbered(lexeme: str, code: str = "", builtin: int | None = None) -> Make:
    """The figure as a number under a display."""
    return all_of(in_sheet(number(FIGURE, lexeme)), restyled(FIGURE, code=code, builtin=builtin))


# Texts that are numbers --------------------------------------------------------------------------


def read_as(lexeme: str, words: str, name: str, *, honest: bool = True, outcome: str | frozenset[str] = ACCEPTED) -> Variant:
    """A text in the cell of 6-4 (in 人) that is a plain number."""
    return Variant(
        f"text: {name}", f"a plain number: {lexeme}", in_sheet(text(ELDERLY, words)), outcome,
        sound(CIVIL, having={"6-4": lexeme}), unit=CIVIL, honest=honest,
    )


PLAIN_TEXTS = [
    read_as("77200", "77200", "plain digits"),
    read_as("77200", " 77200 ", "blanks around"),
    read_as("77200", "\t77200\n", "a tab and a line end around"),
    read_as("77200", "\u00a077200\u00a0", "no-break spaces around"),
    read_as("77200", "　77200　", "full-width spaces around"),
    read_as("77200", "\u202f77200\u2009", "thin spaces around"),
    read_as("77200", "\u200b77200", "a zero-width space in front", outcome=TAKEN_OR_HELD),
    read_as("77200", "\ufeff77200", "a byte order mark in front", outcome=TAKEN_OR_HELD),
    read_as("77200", "７７２００", "full-width digits"),
    read_as("77200", "７７２00", "digits of both widths", outcome=TAKEN_OR_HELD),
    read_as("77200", "77,200", "grouped by a comma"),
    read_as("77200", "77，200", "grouped by a Chinese comma"),
    read_as("77200", "７７，２００", "full-width, grouped"),
    read_as("77200", "77,200.0", "grouped, a zero decimal"),
    read_as("77200", "77200.00", "zero decimals"),
    read_as("77200", "７７２００．０", "full-width with a full-width point", outcome=TAKEN_OR_HELD),
    read_as("77200", "0077200", "leading zeros", outcome=TAKEN_OR_HELD),
    read_as("77200", "77200人", "the declared unit behind"),
    read_as("77200", "77,200人", "grouped, the declared unit behind"),
    read_as("77200", "７７２００人", "full-width, the declared unit behind"),
    read_as("77200", " 77200人　", "the declared unit behind, blanks around"),
    read_as("77200", "77200 人", "a blank before the declared unit", outcome=TAKEN_OR_HELD),
    Variant(
        "text: two groups", "a plain number: 1077200, with a 说明, for it is so large", in_sheet(text(ELDERLY, "1,077,200")),
        ACCEPTED, sound(CIVIL, having={"6-4": "1077200"}), unit=CIVIL, figures={"6-4:why": "并入全市平台，经核实"}, honest=True,
    ),
    Variant("text: kilometres", "the declared unit of 4-1", in_sheet(text(ROAD, "23.46公里")), ACCEPTED, sound(TRAFFIC), unit=TRAFFIC, honest=True),
    Variant("text: three decimals", "as many as declared", in_sheet(text(ROAD, "23.461")), ACCEPTED, sound(TRAFFIC, having={"4-1": "23.461"}), unit=TRAFFIC, honest=True),
    Variant("text: a numerator", "plain digits in a part of a ratio", in_sheet(text(STATIONS, "268")), ACCEPTED, sound(TRAFFIC), unit=TRAFFIC, honest=True),
    Variant("text: all figures as text", "pasted from Word", in_sheet(*(text(at(c), v) for c, v in (("6-1", "3"), ("6-2", "165"), ("6-3", "32"), ("6-4", "77200"), ("6-5:n", "3"), ("6-6", "52"), ("6-7:n", "31")))), ACCEPTED, sound(CIVIL), unit=CIVIL, honest=True),
]

# Texts that are none -----------------------------------------------------------------------------

_NO_NUMBERS = {
    "about": "约106", "about, behind": "106左右", "more than": "100多", "at least": "≥106", "a tilde": "~106", "a range": "100-106", "a range in words": "100至106",
    "Chinese numerals": "一百零六", "banker's numerals": "壹佰零陆", "a Chinese zero inside": "1〇6", "a circled number": "⑥", "a Roman numeral": "Ⅵ",
    "Arabic-Indic digits": "١٠٦", "Devanagari digits": "१०६", "mathematical bold digits": "𝟏𝟎𝟔", "superscript digits": "10⁶", "subscript digits": "10₆",
    "the letter O": "1O6", "the letter l": "l06", "a plus in front": "+106", "a plus behind": "106+", "an exponent": "1.06e2", "a hexadecimal": "0x6A",
    "an underscore": "1_06", "a blank inside": "1 06", "a no-break space inside": "1\u00a006", "a line end inside": "10\n6", "a zero-width space inside": "1\u200b06",
    "a soft hyphen inside": "1\u00ad06", "right-to-left override": "\u202e601", "an apostrophe": "'106", "a Chinese full stop": "106。", "a Chinese comma behind": "106，", "a question mark": "106?",
    "the unit with a count word": "106人次", "another unit": "106名", "the unit twice": "106人人", "the unit in front": "人106", "wan": "0.0106万", "wan of the unit": "0.0106万人", "thousand": "0.106千",
    "a percent": "106%", "a full-width percent": "106％", "per mille": "106‰", "a fraction": "106/1", "a sum": "96+10", "a formula as text": "=96+10", "a total in brackets": "106（其中女50人）", "accounting brackets": "(106)",
    "a currency": "¥106", "nothing": "无", "a dash": "—", "a slash": "/", "the same": "同上", "see above": "详见附件", "not counted yet": "待统计", "not a number": "NaN", "infinity": "inf", "null": "NULL", "true": "TRUE",
    "an error as text": "#REF!", "one digit too many behind the point": "106.5", "a point in front": ".5", "a point behind": "106.", "two points": "1.0.6", "a decimal comma": "106,0",
    "a Chinese decimal point": "106．5", "a date": "2022-10-31", "a date in words": "10月6日", "a phone number": "0375-5012345", "a number of 1e15": "1000000000000000", "forty digits": "9" * 40, "a text of a megabyte": "1" * 1000000,
    "wrong groups of four": "1,0006", "a group of two": "1,06", "a comma in front": ",106", "a comma behind": "106,", "two commas": "1,,106", "an empty first group": "，106", "a group after the point": "106.000,000",
}

NO_NUMBERS = [
    Variant(f"text: {name}", f"no plain number: {words[:20]!r}", in_sheet(text(FIGURE, words)), HELD) for name, words in _NO_NUMBERS.items()
]

NO_NUMBERS += [
    Variant("text: minus zero", "a sign is no digit", in_sheet(text(BEDS, "-0")), HELD, sound(CIVIL, "6-2"), unit=CIVIL),
    Variant("text: sixteen decimals", "a fraction of a child", in_sheet(text(FIGURE, "106.0000000000000001")), HELD),
]

PARTS_OF_RATIOS = [
    Variant(f"text in a ratio: {name}", "parts of ratios allow no suffix", in_sheet(text(at("7-4:n"), words)), HELD, sound(HEALTH, "7-4:n"), unit=HEALTH)
    for name, words in {
        "percent": "98.7%", "people": "3240人", "of the declared unit": "3240%", "not begun": "50%(未开工", "numerator over denominator": "3240/3282", "wan": "0.324万",
    }.items()
]

# Numbers under a display that shows something else -----------------------------------------------

_FALSE = {
    "percent": ("0.98", "0%"), "percent of a whole number": ("106", "0%"), "percent with a decimal": ("0.985", "0.0%"), "a percent sign that is text": ("98", '0"%"'), "a percent sign escaped": ("98", r"0\%"),
    "scaled by a comma": ("106000", "0,"), "scaled by two commas": ("106000000", "0,,"), "scaled, grouped": ("106000", "#,##0,"), "wan behind": ("106", '0"万"'),
    "wan escaped": ("106", r"0\万"), "wan, escaped as in Chinese Excel": ("106", "0!万"), "wan as a currency": ("106", "0[$万]"), "the wan of WPS": ("1060000", "0!.0,"),
    "nothing at all": ("106", ";;;"), "nothing for what is positive": ("106", ";0"), "a fixed text": ("106", '"500"'), "a fixed text for this number": ("106", '[=106]"500";General'),
    "a zero behind": ("106", '0"0"'), "a digit in front": ("106", '"1"0'), "a fraction": ("0.5", "# ?/?"), "an ISO date": ("44875", "yyyy-mm-dd"), "a Chinese date": ("44875", 'yyyy"年"m"月"d"日"'),
    "month and day": ("44875", "m/d"), "a weekday": ("44875", "aaaa"), "a time": ("0.5", "h:mm"), "elapsed hours": ("106", "[h]:mm"), "an era year": ("44875", "e"),
    "minus of a positive": ("106", "-0"), "brackets of a positive": ("106", "(0)"), "a second number beside": ("106", '0" / 120"'),
    "a dash between the digits": ("106", "0-0"), "brackets round the last digit": ("106", "0(0)"), "filled with zeros": ("106", "0*0"), "a plus between the digits": ("106", "#+0"),
    "month and day, conditional": ("106", "[>100]m/d;0"), "two decimals of a date": ("106", "ss.00"),
}
DISPLAYS = [
    Variant(f"display: {name}", f"{lexeme} does not show as {lexeme}", numbered(lexeme, code), HELD) for name, (lexeme, code) in _FALSE.items()
] + [
    Variant(f"display: built-in {number_id}", "a date, time, percent or fraction", numbered(lexeme, builtin=number_id), HELD)
    for number_id, lexeme in ((9, "0.98"), (10, "0.98"), (12, "0.5"), (14, "44875"), (18, "0.5"), (22, "44875.5"), (31, "44875"), (46, "106"), (57, "44875"))
] + [
    Variant("display: fewer decimals than the value has", "23.46 shows as 23", restyled(ROAD, code="0"), HELD, sound(TRAFFIC, "4-1"), unit=TRAFFIC),
    Variant("display: one decimal less", "23.46 shows as 23.5", restyled(ROAD, code="0.0"), HELD, sound(TRAFFIC, "4-1"), unit=TRAFFIC),
    Variant("display: zero shown as another number", "0 shows as 165", all_of(in_sheet(number(BEDS, "0")), restyled(BEDS, code='0;-0;"165"')), HELD, sound(CIVIL, "6-2"), unit=CIVIL),
    Variant("display: zero shown as a dash", "as accountants write it", all_of(in_sheet(number(BEDS, "0")), restyled(BEDS, code='0;-0;"-"')), TAKEN_OR_HELD, sound(CIVIL, having={"6-2": "0"}), unit=CIVIL),
    Variant("display: a text with wan behind", "the text 106 shows as 106万", all_of(in_sheet(text(FIGURE, "106")), restyled(FIGURE, code='@"万"')), HELD),
    Variant("display: a text shown as another number", "the text 106 shows as 500", all_of(in_sheet(text(FIGURE, "106")), restyled(FIGURE, code='0;0;0;"500"')), HELD),
    Variant("display: a text not shown", "the text 106 shows as nothing", all_of(in_sheet(text(FIGURE, "106")), restyled(FIGURE, code=";;;")), HELD),
    Variant("display: by a condition on the cell", "conditional formatting shows 106万", all_of(
        editing("xl/styles.xml", sub("(<dxfs [^>]*>)", '\\1<dxf><numFmt numFmtId="901" formatCode="0&quot;万&quot;"/></dxf>')),
        in_sheet(sub("<conditionalFormatting", f'<conditionalFormatting sqref="{FIGURE}"><cfRule type="expression" dxfId="0" priority="99"><formula>TRUE</formula></cfRule></conditionalFormatting><conditionalFormatting', 1)),
    ), HELD),
    Variant("display: struck out by a condition", "conditional formatting strikes it out", all_of(
        editing("xl/styles.xml", sub("(<dxfs [^>]*>)", "\\1<dxf><font><strike/></font></dxf>")),
        in_sheet(sub("<conditionalFormatting", f'<conditionalFormatting sqref="{FIGURE}"><cfRule type="expression" dxfId="0" priority="99"><formula>TRUE</formula></cfRule></conditionalFormatting><conditionalFormatting', 1)),
    ), HELD),
    Variant("display: struck out", "a number struck out is withdrawn", restyled(FIGURE, font="<strike/>"), HELD),
    Variant("display: struck out as true", "a number struck out is withdrawn", restyled(FIGURE, font='<strike val="1"/>'), HELD),
    Variant("display: raised", "106 as an exponent", restyled(FIGURE, font='<vertAlign val="superscript"/>'), HELD),
    Variant("display: a digit struck out", "of 1306 the 3 is struck out", shared(FIGURE, "<r><t>1</t></r><r><rPr><strike/></rPr><t>3</t></r><r><t>06</t></r>"), HELD),
    Variant("display: a digit raised", "10 to the 6th", shared(FIGURE, '<r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>6</t></r>'), HELD),
    Variant("display: a digit raised, inline", "10 to the 6th", in_sheet(cell(FIGURE, '<is><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>6</t></r></is>', 't="inlineStr"')), HELD),
    Variant("display: a hidden digit", "the screen shows 10", shared(FIGURE, '<r><t>10</t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>6</t></r>'), HELD),
]

_TRUE = {
    "general": "General", "no decimals": "0", "grouped": "#,##0", "two decimals": "0.00", "accounting": '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "red if negative": "#,##0_ ;[Red]-#,##0",
    "blue": "[Blue]0", "as text": "@", "brackets if negative": "0_);(0)", "scientific": "0.00E+00", "the declared unit": '0"人"', "conditional colours": "[Red][<100]0;[Blue][>=100]0", "filled with blanks": "* 0",
}
_PERHAPS = {"padded with zeros": "00000", "in Chinese numerals": "[DBNum1][$-804]General", "in banker's numerals": "[DBNum2][$-804]General", "in money": '"¥"#,##0.00', "another count word": '0"人次"'}
DISPLAYS += [
    Variant(f"display: {name}", "it shows 106", restyled(FIGURE, code=code), ACCEPTED, GOOD, honest=True) for name, code in _TRUE.items()
] + [
    Variant(f"display: {name}", "the same number in another dress", restyled(FIGURE, code=code), TAKEN_OR_HELD, GOOD) for name, code in _PERHAPS.items()
]

# Dates, truth values, errors ---------------------------------------------------------------------

OTHER_TYPES = [
    Variant("type: a truth value", "no number", in_sheet(cell(FIGURE, "<v>1</v>", 't="b"')), HELD),
    Variant("type: an ISO date", "no number", in_sheet(cell(FIGURE, "<v>2022-10-31T00:00:00</v>", 't="d"')), HELD),
    Variant("type: an ISO date that looks like a number", "no number", in_sheet(cell(FIGURE, "<v>106</v>", 't="d"')), HELD),
    Variant("type: a date of 1904", "no number in either system", all_of(editing("xl/workbook.xml", swap("<workbookPr ", '<workbookPr date1904="1" ')), numbered("43413", "yyyy-mm-dd")), HELD),
    *(
        Variant(f"type: the error {error}", "an error is no number", in_sheet(cell(FIGURE, f"<v>{error}</v>", 't="e"')), HELD)
        for error in ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#GETTING_DATA", "106")
    ),
]

# Formulas ----------------------------------------------------------------------------------------


def computed(name: str, code: str, stored: str = "106", *, honest: bool = True, value: str = "106") -> Variant:
    return Variant(f"formula: {name}", f"={code} is {value}, exactly", in_sheet(formula(FIGURE, code, stored)), ACCEPTED, sound(DISABLED, having={"8-1": value}), honest=honest)


def uncomputed(name: str, code: str, stored: str = "106", kind: str = "", outcome: str | frozenset[str] = HELD, values: Values | None = None) -> Variant:
    return Variant(f"formula: {name}", f"={code[:30]} is no sum of constants", in_sheet(formula(FIGURE, code, stored, kind)), outcome, values or {})


FORMULAS = [
    computed("a sum", "96+10"),
    computed("a sum without a stored value", "96+10", ""),
    computed("a product", "53*2"),
    computed("a quotient", "212/2"),
    computed("brackets", "(50+3)*2"),
    computed("a difference", "120-14"),
    computed("SUM of constants", "SUM(50,56)"),
    computed("SUM in small letters", "sum(50,56)"),
    computed("SUM and more", "SUM(50,50)+6"),
    computed("one number", "106"),
    computed("blanks", " 96 + 10 "),
    computed("decimals that come out even", "52.5+53.5"),
    computed("thirds that come out even", "1/3*318"),
    Variant("formula: doubles that are off in the last place", "19.2+4.26 is 23.46, stored as 23.459999999999997", in_sheet(formula(ROAD, "19.2+4.26", "23.459999999999997")), ACCEPTED, sound(TRAFFIC), unit=TRAFFIC, honest=True),
    Variant("formula: in a part of a ratio", "250+18 is 268", in_sheet(formula(STATIONS, "250+18", "268")), ACCEPTED, sound(TRAFFIC), unit=TRAFFIC, honest=True),
    Variant("formula: stale", "the stored value is not 96+10", in_sheet(formula(FIGURE, "96+10", "107")), HELD),
    Variant("formula: stale by a digit", "the stored value is not 96+10", in_sheet(formula(FIGURE, "96+10", "1060")), HELD),
    Variant("formula: a sum that is negative", "10-96", in_sheet(formula(FIGURE, "10-96", "-86")), HELD),
    Variant("formula: a sum that is no whole number", "a third of a child", in_sheet(formula(FIGURE, "320/3", "106.66666666666667")), HELD),
    Variant("formula: divided by zero", "no number", in_sheet(formula(FIGURE, "106/0", "#DIV/0!", "e")), HELD),
    Variant("formula: divided by zero, with a number stored", "no number", in_sheet(formula(FIGURE, "106/(5-5)", "106")), HELD),
    uncomputed("last period plus the increase", "F8+10"),
    uncomputed("another cell", "T1"),
    uncomputed("itself", FIGURE),
    uncomputed("a range", "SUM(T1:T9)"),
    uncomputed("another sheet", "Sheet2!A1"),
    uncomputed("another workbook", "'[数.xlsx]Sheet1'!$A$1"),
    uncomputed("another workbook on the net", "'http://192.0.2.1/[a.xlsx]Sheet1'!A1"),
    uncomputed("a name", "合计"),
    uncomputed("today", "TODAY()-44765"),
    uncomputed("a random number", "RANDBETWEEN(100,110)"),
    uncomputed("ROUND", "ROUND(105.7,0)"),
    uncomputed("a power", "10^2+6"),
    uncomputed("a percent", "1060*10%", outcome=TAKEN_OR_HELD, values=GOOD),
    uncomputed("a text", '"106"', "106", "str"),
    uncomputed("a joined text", '"10"&"6"', "106", "str"),
    uncomputed("a comparison", "96=96", "1", "b"),
    uncomputed("IF", 'IF(1=1,106,"")'),
    uncomputed("a link", 'HYPERLINK("http://192.0.2.1/","106")'),
    uncomputed("a web service", 'WEBSERVICE("http://192.0.2.1/")'),
    uncomputed("DDE", "cmd|'/c calc'!A0"),
    uncomputed("a comment inside", '106+N("约")'),
    uncomputed("full-width signs", "９６＋１０"),
    uncomputed("an external function", "_xlfn.SINGLE(106)"),
    uncomputed("an array constant", "SUM({50,56})", outcome=TAKEN_OR_HELD, values=GOOD),
    uncomputed("nonsense", "96++*10"),
    uncomputed("brackets ten thousand deep", "(" * 10000 + "106" + ")" * 10000, outcome=TAKEN_OR_HELD, values=GOOD),
    uncomputed("minus signs, fifty thousand of them", "-" * 50000 + "106", outcome=TAKEN_OR_HELD, values=GOOD),
    uncomputed("a product of a thousand large numbers", "*".join(["9999999999"] * 1000), "1E+307"),
    uncomputed("a sum of a hundred thousand ones", "+".join(["1"] * 100000), "100000", outcome=TAKEN_OR_HELD, values=sound(DISABLED, having={"8-1": "100000"})),
    uncomputed("an exponent", "1E999999999", "106"),
    uncomputed("an error stored", "96+10", "#REF!", "e"),
    Variant("formula: a text stored", "the stored value is the text 106", in_sheet(formula(FIGURE, "96+10", "106", "str")), TAKEN_OR_HELD, GOOD),
    Variant("formula: an array formula", "96+10 in braces", in_sheet(cell(FIGURE, f'<f t="array" ref="{FIGURE}">96+10</f><v>106</v>')), TAKEN_OR_HELD, GOOD),
    Variant("formula: a shared formula", "its text stands in another cell", in_sheet(cell(FIGURE, '<f t="shared" si="7"/><v>106</v>')), HELD),
    Variant("formula: a data table", "a what-if table", in_sheet(cell(FIGURE, f'<f t="dataTable" ref="{FIGURE}" r1="F8"/><v>106</v>')), HELD),
    Variant("formula: empty", "an empty formula beside a value", in_sheet(cell(FIGURE, "<f/><v>106</v>")), TAKEN_OR_HELD, GOOD),
    Variant("formula: two of them", "which one?", in_sheet(cell(FIGURE, "<f>96+10</f><f>96+11</f><v>106</v>")), ANY, GOOD),
    Variant("formula: split by a comment", "96+1, a comment, 0", in_sheet(cell(FIGURE, "<f>96+1<!-- -->0</f><v>106</v>")), ANY, GOOD),
]

# Yes or no ---------------------------------------------------------------------------------------

_YES = {"是": ("是", "1"), "否": ("否", "0"), "是 between blanks": (" 是　", "1"), "否 and a line end": ("否\n", "0")}
_NEITHER = ("是的", "√", "✓", "Y", "yes", "已开通", "否。", "是/否", "未", "不是", "1", "对", "是是", "是（12月）")
CHOICES = [
    Variant(f"choice: {name}", "exactly one of the two", in_sheet(text(OPENED, words)), ACCEPTED, sound(INSURANCE, having={"2-1": value}), unit=INSURANCE, honest=True)
    for name, (words, value) in _YES.items()
] + [
    Variant(f"choice: {words}", "neither 是 nor 否", in_sheet(text(OPENED, words)), HELD, sound(INSURANCE, "2-1"), unit=INSURANCE) for words in _NEITHER
] + [
    Variant("choice: 是 shown as 否", "what is shown is not what is stored", restyled(OPENED, code=';;;"否"'), HELD, sound(INSURANCE, "2-1"), unit=INSURANCE),
    Variant("choice: a number", "neither 是 nor 否", in_sheet(number(OPENED, "1")), HELD, sound(INSURANCE, "2-1"), unit=INSURANCE),
    Variant("choice: a truth value", "neither 是 nor 否", in_sheet(cell(OPENED, "<v>1</v>", 't="b"')), HELD, sound(INSURANCE, "2-1"), unit=INSURANCE),
    Variant("choice: 是 struck out", "withdrawn", shared(OPENED, "<r><rPr><strike/></rPr><t>是</t></r><r><t> </t></r>"), HELD, sound(INSURANCE, "2-1"), unit=INSURANCE),
    Variant("choice: by a formula", "a formula is no choice", in_sheet(formula(OPENED, '"是"', "是", "str")), TAKEN_OR_HELD, sound(INSURANCE), unit=INSURANCE),
]

# Words: they never change a figure ---------------------------------------------------------------

PROGRESS = word_at(DISABLED, 8, "progress")
PHONE = form(DISABLED).address(Key("head", "form", "phone"))
DATE = form(DISABLED).address(Key("head", "form", "date"))


def worded(name: str, reason: str, *makes: Make, honest: bool = True) -> Variant:
    return Variant(f"words: {name}", reason, all_of(*makes), ACCEPTED, GOOD, honest=honest)


WORDS = [
    worded("a list with a dash", "text that begins like a formula stays text", in_sheet(text(PROGRESS, "-较上月减少3所"))),
    worded("a formula as text", "cleaned, a remark only", in_sheet(text(PROGRESS, "=cmd|'/c calc'!A0")), honest=False),
    worded("right-to-left override", "cleaned, a remark only", in_sheet(text(PROGRESS, "已完成\u202e106\u202c")), honest=False),
    worded("control characters by escape", "cleaned, a remark only", in_sheet(text(PROGRESS, "已完成_x0007__x001B_")), honest=False),
    worded("forty thousand characters", "very long, a remark only", in_sheet(text(PROGRESS, "已完成。" * 10000)), honest=False),
    worded("line ends of Windows", "words in lines", in_sheet(text(PROGRESS, "一、培训_x000D_\n二、救助"))),
    worded("an emoji", "sent from a phone", in_sheet(text(PROGRESS, "已完成👍🏻"))),
    worded("rare characters", "names of people and places", in_sheet(text(PROGRESS, "𬭎、㛃、\ue000"))),
    worded("a number", "a clerk wrote only 10", in_sheet(number(PROGRESS, "10"))),
    worded("a phone number as a number", "the cell took it for one", in_sheet(number(PHONE, "13900001111"))),
    worded("a date as a date", "the cell took it for one", in_sheet(number(DATE, "44868")), restyled(DATE, builtin=14)),
    worded("a sentence in markup", "no markup here", in_sheet(text(PROGRESS, "<script>alert(1)</script>&amp;")), honest=False),
    worded("rich text", "a bold word", shared(PROGRESS, "<r><rPr><b/></rPr><t>已</t></r><r><t>完成</t></r>")),
    worded("a foot of forty thousand dots", "made to keep a pattern busy", in_sheet(text(PROGRESS, "a · " * 10000 + "表号")), honest=False),
    worded("no evidence named", "a remark only", in_sheet(cell(word_at(DISABLED, 8, "evidence"), ""))),
    Variant("words: an error", "an error in words is no figure", in_sheet(cell(PROGRESS, "<v>#REF!</v>", 't="e"')), TAKEN_OR_HELD, GOOD),
    Variant("words: a formula", "a formula in words is no figure", in_sheet(formula(PROGRESS, "T1&T2", "已完成", "str")), TAKEN_OR_HELD, GOOD),
    Variant("words: a choice of their own", "预计全年 allows three", in_sheet(text(word_at(DISABLED, 8, "outlook"), "大概能")), TAKEN_OR_HELD, GOOD),
    Variant("words: a whole style sheet of marks", "underlines and colours say nothing", editing("xl/styles.xml", sub("<b/>", "<b/><u/>")), ACCEPTED, GOOD, honest=True),
]

VARIANTS = PLAIN_TEXTS + NO_NUMBERS + PARTS_OF_RATIOS + DISPLAYS + OTHER_TYPES + FORMULAS + CHOICES + WORDS
