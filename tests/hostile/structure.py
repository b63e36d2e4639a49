"""Rows, columns and sheets inserted, deleted, moved, hidden, merged; anchors changed; empty forms."""

import re
from collections.abc import Callable

from minsheng_xl.exact.keys import Key
from tests.hostile.base import (
    ACCEPTED,
    ANY,
    CIVIL,
    CUSTOM,
    DISABLED,
    DOUBTED,
    HEALTH,
    HELD,
    IDENTITY,
    INSURANCE,
    JUSTICE,
    LABOUR,
    MAIN,
    NOTHING_FILLED,
    PERIOD_CELL,
    REFUSED,
    SHEET,
    TAKEN_OR_HELD,
    UNIT_CELL,
    WORDS_ONLY,
    WORKBOOK,
    Change,
    Make,
    Variant,
    adding,
    all_of,
    at,
    blank,
    editing,
    form,
    formula,
    in_sheet,
    label_at,
    letter_of,
    linking,
    number,
    parts,
    restyled,
    row_of,
    sound,
    sub,
    swap,
    text,
    typed,
    untouched,
    word_at,
)
from tests.hostile.surgery import (
    column_letters,
    column_number,
    delete_column,
    delete_row,
    insert_columns,
    insert_rows,
    order_rows,
    shift_down,
    shift_right,
    shift_up,
    with_row,
)

GOOD = sound(DISABLED)
FIGURE, ROW = at("8-1"), row_of("8-1")
FIRST, LAST = row_of("6-1"), row_of("6-7")
HEAD_ROW = ROW - 1
REPORTED, NUMERATOR = letter_of("6-1"), letter_of("6-5:n")
CODE, NAME, MEASURED, TARGET, PREVIOUS = (at(f"8-1:{key}") for key in ("code", "name", "unit", "target", "previous"))
SUPPORT_ROW = int(re.sub(r"\D", "", word_at(CIVIL, 3, "support")))
LEAD_ROW = int(re.sub(r"\D", "", word_at(CIVIL, 6, "progress")))
FOOT = int(re.sub(r"\D", "", form(DISABLED).address(Key("identity", "form", "line"))))


def taken(name: str, reason: str, *changes: Change, unit: str = CIVIL, honest: bool = True, code: str | None = None) -> Variant:
    return Variant(name, reason, in_sheet(*changes), ACCEPTED, sound(unit), code, unit=unit, honest=honest)


def refused(name: str, reason: str, *changes: Change, unit: str = CIVIL) -> Variant:
    return Variant(name, reason, in_sheet(*changes), REFUSED, unit=unit)


def row_copy(sheet: str, row: int, to: int) -> str:
    """A row as a paste repeats it elsewhere."""
    found = re.search(rf'<row r="{row}".*?</row>', sheet, re.S)
    assert found is not None
    return re.sub(rf'r="([A-Z]*){row}"', rf'r="\g<1>{to}"', found[0])


def copied(sheet: str, down: int, right: int) -> str:
    """The table pasted a second time, with other figures in it."""
    for row in range(HEAD_ROW, LAST + 1):
        found = re.search(rf'<row r="{row}".*?</row>', sheet, re.S)
        assert found is not None
        cells = "".join(
            f'<c r="{column_letters(column_number(m[1]) + right)}{row + down}"{re.sub("<f>.*?</f>", "", m[2], flags=re.S).replace("<v>165</v>", "<v>166</v>")}'
            for m in re.finditer(rf'<c r="([A-Z]+){row}"([^>]*?(?:/>|>.*?</c>))', found[0], re.S)
        )
        sheet = with_row(row + down, cells)(sheet)
    return sheet


def transposed(sheet: str) -> str:
    before, body, after = re.match("(.*<sheetData>)(.*)(</sheetData>.*)", sheet, re.S).groups()  # type: ignore[union-attr]
    rows: dict[int, dict[int, str]] = {}
    for match in re.finditer(r'<c r="([A-Z]+)(\d+)"([^>]*?(?:/>|>.*?</c>))', body, re.S):
        row, column = column_number(match[1]), int(match[2])
        rows.setdefault(row, {})[column] = f'<c r="{column_letters(column)}{row}"{match[3]}'
    body = "".join(f'<row r="{n}">' + "".join(c for _, c in sorted(cells.items())) + "</row>" for n, cells in sorted(rows.items()))
    return before + body + re.sub("<mergeCells.*?</mergeCells>", "", after, flags=re.S)


ROWS_AND_COLUMNS = [
    taken("a blank row inserted in the table", "figures are read where the anchors are", insert_rows(FIRST + 3)),
    taken("a blank row inserted before the table", "figures are read where the anchors are", insert_rows(FIRST)),
    taken("three rows inserted on top", "a letter head of the unit", insert_rows(1, 3)),
    taken("a row inserted above 填报单位", "the head moves down", insert_rows(4)),
    taken("a row inserted between head and table", "the table moves down", insert_rows(FIRST - 1)),
    taken("a row inserted among the words", "the words move down", insert_rows(LEAD_ROW + 1)),
    taken("a row inserted at the foot", "the foot moves down", insert_rows(SUPPORT_ROW + 8)),
    taken("a row with a remark inserted in the table", "text outside the form is a remark", insert_rows(FIRST + 3), with_row(FIRST + 3, f'<c r="C{FIRST + 3}" t="inlineStr"><is><t>其中汇源街道2处</t></is></c>')),
    taken("a row with a number inserted in the table", "a number that belongs to no code", insert_rows(FIRST + 3), with_row(FIRST + 3, f'<c r="{REPORTED}{FIRST + 3}"><v>999</v></c>')),
    taken("forty rows inserted", "figures are read where the anchors are", insert_rows(FIRST + 3, 40)),
    taken("a column inserted before 本期累计", "figures are read where the anchors are", insert_columns(REPORTED)),
    taken("a column inserted after 本期累计", "figures are read where the anchors are", insert_columns(NUMERATOR)),
    taken("a column inserted at the left", "all moves right", insert_columns("A")),
    taken("a column inserted before 说明", "figures are read where the anchors are", insert_columns("P")),
    taken("a column with numbers inserted", "numbers that belong to no title", insert_columns(REPORTED), sub(rf'(<row r="{FIRST}".*?)(<c r="H{FIRST}")', rf'\1<c r="{REPORTED}{FIRST}"><v>999</v></c>\2', 1)),
    taken("a row and a column inserted", "figures are read where the anchors are", insert_rows(FIRST + 2), insert_columns(REPORTED)),
    taken("rows of the table sorted the other way round", "whole rows", order_rows(FIRST, range(LAST, FIRST - 1, -1))),
    taken("two rows swapped", "whole rows", order_rows(FIRST + 1, [FIRST + 2, FIRST + 1])),
    taken("the first row moved to the end", "whole rows", order_rows(FIRST, [*range(FIRST + 1, LAST + 1), FIRST])),
    taken("rows of 1-1 to 1-4 sorted by target", "whole rows", order_rows(row_of("1-1"), [row_of(c) for c in ("1-4", "1-3", "1-2", "1-1")]), unit=LABOUR),
    taken("rows of ratios sorted", "whole rows, own denominators move along", order_rows(row_of("7-3"), [row_of(c) for c in ("7-6", "7-5", "7-3", "7-4")]), unit=HEALTH),
    taken("rows of yes and no sorted", "whole rows", order_rows(row_of("2-1"), [row_of(c) for c in ("2-4", "2-1", "2-3", "2-2", "2-5")]), unit=INSURANCE),
    taken("supported projects sorted", "whole rows of words", order_rows(SUPPORT_ROW, [SUPPORT_ROW + 1, SUPPORT_ROW])),
    refused("a row of the table deleted", "6-3 is missing", delete_row(row_of("6-3"))),
    refused("the last row of the table deleted", "6-7 is missing", delete_row(LAST)),
    refused("the head of the table deleted", "the titles are missing", delete_row(HEAD_ROW)),
    refused("the row of 填报单位 deleted", "an anchor is missing", delete_row(4)),
    refused("a row of words deleted", "labels are missing", delete_row(LEAD_ROW + 1)),
    refused("a supported project deleted", "a row is missing", delete_row(SUPPORT_ROW)),
    refused("the only row deleted", "8-1 is missing", delete_row(ROW), unit=DISABLED),
    refused("the column 指标编码 deleted", "a column is missing", delete_column("B")),
    refused("the column 计量单位 deleted", "a column is missing", delete_column("D")),
    refused("the column 年度目标 deleted", "a column is missing", delete_column("E")),
    refused("the column 上期累计 deleted", "a column is missing", delete_column("F")),
    refused("the column 分子 deleted", "a column is missing", delete_column(NUMERATOR)),
    refused("the column 本期新增 deleted", "a column of the table is missing", delete_column("K")),
    refused("the column 没有新数时选 deleted", "a column of the table is missing", delete_column("J")),
    refused("the column 说明 deleted", "a column of the table is missing", delete_column("P")),
    Variant("a spacer row deleted", "no anchor stood in it", in_sheet(delete_row(FIRST - 2)), frozenset({ACCEPTED, REFUSED}), sound(CIVIL), unit=CIVIL),
    refused("a row inserted and another deleted", "6-3 is missing", delete_row(row_of("6-3")), insert_rows(FIRST)),
    refused("codes shifted down by a cell", "anchors no longer belong together", shift_down("B", FIRST + 1, LAST)),
    refused("names shifted up by a cell", "anchors no longer belong together", shift_up("C", FIRST + 1, LAST)),
    refused("units of measure shifted down", "anchors no longer belong together", shift_down("D", FIRST, LAST)),
    refused("targets shifted up", "anchors no longer belong together", shift_up("E", FIRST, LAST)),
    refused("a cell inserted in a row", "anchors no longer belong together", shift_right(FIRST + 1, "C")),
    refused("a cell inserted before the code", "anchors no longer belong together", shift_right(FIRST + 1, "B")),
    refused("titles shifted right", "the head no longer fits", shift_right(HEAD_ROW, "F")),
    refused("a row copied below itself", "6-1 is there twice", insert_rows(FIRST + 1), lambda t: t.replace(f'<row r="{FIRST + 2}"', row_copy(t, FIRST, FIRST + 1) + f'<row r="{FIRST + 2}"', 1)),
    refused("the table copied below the form", "every anchor is there twice", lambda t: t.replace("</sheetData>", "".join(row_copy(t, n, n + 60) for n in range(HEAD_ROW, LAST + 1)) + "</sheetData>")),
    refused("the table copied beside the form", "every anchor is there twice", lambda t: copied(t, 0, 40)),
    refused("the table copied below and aside", "every anchor is there twice", lambda t: copied(t, 60, 3)),
    refused("rows and columns exchanged", "a transposed paste", transposed, unit=DISABLED),
]


WORDS = int(re.sub(r"\D", "", word_at(JUSTICE, 1, "support")))
ROWS_AND_COLUMNS += [
    taken("words only: a row inserted", "words are read where the anchors are", insert_rows(WORDS), unit=JUSTICE),
    taken("words only: rows inserted on top", "words are read where the anchors are", insert_rows(1, 2), unit=JUSTICE),
    taken("words only: a row inserted at the foot", "nothing that is read moves", insert_rows(WORDS + 2), unit=JUSTICE),
    refused("words only: the row deleted", "a row is missing", delete_row(WORDS), unit=JUSTICE),
    refused("words only: the head deleted", "the titles are missing", delete_row(WORDS - 1), unit=JUSTICE),
    Variant("words only: the unit typed over", "held whole", in_sheet(text(UNIT_CELL, "县妇联")), HELD, unit=JUSTICE),
]

# Anchors changed in place ------------------------------------------------------------------------

ANCHORS = [
    refused("a code changed", "8-1 is missing", text(CODE, "8-2"), unit=DISABLED),
    refused("a code that became a date", "8-1 is missing", number(CODE, "44774"), unit=DISABLED),
    refused("a code emptied", "8-1 is missing", blank(CODE), unit=DISABLED),
    refused("a code with another dash", "8—1 is not 8-1", text(CODE, "8—1"), unit=DISABLED),
    refused("a name changed", "another indicator", text(NAME, "残疾儿童康复救助金额"), unit=DISABLED),
    refused("a unit of measure changed", "万人 instead of 人", text(MEASURED, "万人"), unit=DISABLED),
    refused("a target changed", "100 instead of 120", number(TARGET, "100"), unit=DISABLED),
    refused("a target emptied", "an anchor is missing", blank(TARGET), unit=DISABLED),
    refused("a target by a formula that is another", "100 instead of 120", formula(TARGET, "50*2", "100"), unit=DISABLED),
    refused("two codes exchanged", "anchors no longer belong together", text(at("6-1:code"), "6-2"), text(at("6-2:code"), "6-1")),
    refused("two names exchanged", "anchors no longer belong together", text(at("6-1:name"), "嵌入式养老床位数"), text(at("6-2:name"), "综合养老服务设施建成数")),
    refused("the title 本期累计 changed", "本期新增数: another quantity", text(label_at("本期累计"), "本期新增数"), unit=DISABLED),
    refused("the titles 分子 and 分母 exchanged", "another quantity", text(label_at("分子", HEALTH), "分母"), text(label_at("分母", HEALTH), "分子"), unit=HEALTH),
    refused("the titles 上期累计 and 本期累计 exchanged", "anchors no longer belong together", text(label_at("上期累计"), "本期累计"), text(label_at("本期累计"), "上期累计"), unit=DISABLED),
    refused("a label of words changed", "an anchor is missing", text(label_at("本期进展"), "存在的困难"), unit=DISABLED),
    refused("a section heading changed", "an anchor is missing", text(label_at("八实施残疾儿童康复救助（牵头）"), "八　其他（牵头）"), unit=DISABLED),
    refused("the label 期次 changed", "an anchor is missing", text(label_at("期次"), "日期"), unit=DISABLED),
    Variant("a target written as text", "the same number", in_sheet(text(TARGET, "120")), frozenset({ACCEPTED, REFUSED}), GOOD),
    Variant("a code in full-width", "８-１ is 8-1 to a person", in_sheet(text(CODE, "８-１")), frozenset({ACCEPTED, REFUSED}), GOOD),
    taken("a name with the line ends of Windows", "blanks do not matter", text(at("6-5:name"), "有综合养老服务设施的街道占比_x000D_\n（有综合设施的街道数 ÷ 街道总数）")),
    taken("a title in one line", "blanks do not matter", text(label_at("指标编码", CIVIL), "指标编码")),
    Variant("the unit typed over", "县妇联 on a form of 县残联: held whole", in_sheet(text(UNIT_CELL, "县妇联")), HELD),
    Variant("the unit typed over with a foreign one", "held whole", in_sheet(text(UNIT_CELL, "叶县残联")), HELD),
    Variant("the period typed over", "a form of October used for September: held whole", in_sheet(text(PERIOD_CELL, "2022年9月")), HELD),
    Variant("the period typed over with the next", "a form of October used for November: held whole", in_sheet(text(PERIOD_CELL, "2022年11月")), HELD),
    Variant("the period typed over with another year", "held whole", in_sheet(text(PERIOD_CELL, "2023年10月")), HELD),
    Variant("the period as a date", "held whole, or the same month", in_sheet(number(PERIOD_CELL, "44835")), TAKEN_OR_HELD, GOOD),
    Variant("the unit under its registered alias", "县残疾人联合会 is 县残联; typed over all the same", in_sheet(text(UNIT_CELL, "县残疾人联合会")), TAKEN_OR_HELD, GOOD),
    Variant("the unit emptied", "an anchor is missing, or the three copies are enough", in_sheet(blank(UNIT_CELL)), ANY, GOOD),
    Variant("the period emptied", "an anchor is missing, or the three copies are enough", in_sheet(blank(PERIOD_CELL)), ANY, GOOD),
]

# Locked cells that are no anchors ----------------------------------------------------------------


def pasted_over(sheet: str) -> str:
    """Every formula replaced by its stored value: paste values."""
    return re.sub(r"<f>.*?</f>", "", sheet, flags=re.S)


LOCKED = [
    taken("all formulas pasted over with values", "a remark only", pasted_over),
    Variant("a rate typed over", "90 % beside 3 of 4: which is meant?", in_sheet(number(at("6-5:reported"), "0.9")), HELD, sound(CIVIL, "6-5"), "figure-corrected", unit=CIVIL),
    taken("a rate typed over as it is", "75 % of 3 of 4: a remark only", number(at("6-5:reported"), "0.75")),
    taken("a derived answer typed over", "a remark only; it is derived", text(at("7-7:reported"), "是"), unit=HEALTH),
    taken("上期累计 changed", "a remark only", number(PREVIOUS, "100"), unit=DISABLED),
    taken("上期累计 emptied", "a remark only", blank(PREVIOUS), unit=DISABLED),
    Variant("上期累计 lowered to hide a fall", "the register knows 96", in_sheet(number(PREVIOUS, "50")), HELD, figures={"8-1": "90"}),
    Variant("上期累计 raised so that it seems to fall", "the register knows 96", in_sheet(number(PREVIOUS, "1000")), ACCEPTED, GOOD),
    taken("the pace changed", "a remark only", number(at("8-1:pace"), "0.1"), unit=DISABLED),
    taken("the status typed over", "a remark only", text(at("8-1:status"), "✓ 完成"), unit=DISABLED),
    taken("序号 changed", "a remark only", number(at("8-1:number"), "7"), unit=DISABLED),
    taken("the title of the form changed", "a remark only", text("A1", "鲁山县残联报表"), unit=DISABLED),
    taken("a signature typed", "what is asked for", text(label_at("单位负责人（签字）："), "单位负责人（签字）：张三"), unit=DISABLED),
    taken("the date of signing typed", "what is asked for", text(label_at("报送日期：年月日"), "报送日期：2022年11月3日"), unit=DISABLED),
    taken("a locked formula that reads the net", "a remark only, never run", formula(at("8-1:check"), 'WEBSERVICE("http://192.0.2.1/")', "", ""), unit=DISABLED, honest=False),
    taken("a hidden column of the form filled", "a remark only", number(at("8-1:filled"), "99"), unit=DISABLED),
    Variant("a gray 分子 filled", "8-1 has no 分子: is 999 meant?", in_sheet(number(at("8-1:n"), "999")), HELD, sound(DISABLED, "8-1"), "figure-corrected"),
    taken("a gray 分子 filled with the figure", "a remark only", number(at("8-1:n"), "106"), unit=DISABLED),
    taken("the checksum typed over", "a remark only", number(form(DISABLED).address(Key("foot", "form", "checksum")), "5"), unit=DISABLED),
]

# Hidden, merged, decorated -----------------------------------------------------------------------


def merged(*ranges: str) -> Change:
    return sub("<mergeCells[^>]*>", lambda m: m[0] + "".join(f'<mergeCell ref="{r}"/>' for r in ranges))


def unmerged(sheet: str) -> str:
    return re.sub("<mergeCells.*?</mergeCells>", "", sheet, flags=re.S)


LOOKS = [
    taken("a row hidden", "a remark only", swap(f'<row r="{FIRST + 2}"', f'<row hidden="1" r="{FIRST + 2}"')),
    taken("a row of height zero", "a remark only", sub(rf'(<row r="{FIRST + 2}"[^>]*) ht="[^"]*"', r'\1 ht="0"')),
    taken("the column of the figures hidden", "a remark only", swap('<col min="7" max="7"', '<col hidden="1" min="7" max="7"')),
    taken("all columns hidden", "a remark only", sub("<cols>.*?</cols>", '<cols><col min="1" max="16384" width="9" hidden="1"/></cols>')),
    taken("a filter over the table", "a remark only", swap("<mergeCells", f'<autoFilter ref="A{HEAD_ROW}:O{LAST}"><filterColumn colId="1"><filters><filter val="6-1"/></filters></filterColumn></autoFilter><mergeCells')),
    taken("rows grouped and folded", "a remark only", *(swap(f'<row r="{n}"', f'<row outlineLevel="1" hidden="1" r="{n}"') for n in range(FIRST, LAST))),
    taken("all merges taken apart", "the contents stand where they stood", unmerged),
    Variant("two figures merged", "the second one is swallowed, which is meant?", in_sheet(merged(f"{at('6-1')}:{at('6-2')}")), HELD, sound(CIVIL, "6-1 6-2"), unit=CIVIL, also=sound(CIVIL, "6-2 6-3 6-4 6-5 6-6 6-7")),
    Variant("a column of figures merged", "all in it are held", in_sheet(merged(f"{at('6-1')}:{at('6-4')}")), HELD, sound(CIVIL, "6-1 6-2 6-3 6-4"), unit=CIVIL, also=sound(CIVIL, "6-2 6-3 6-4 6-5 6-6 6-7")),
    Variant("上期累计 and a figure merged", "a merge swallows an input", in_sheet(merged(f"{at('6-1:previous')}:{at('6-1')}")), HELD, sound(CIVIL, "6-1"), unit=CIVIL),
    Variant("分子 and 分母 merged", "a merge swallows an input", in_sheet(merged(f"{at('7-3:n')}:{at('7-3:d')}")), HELD, sound(HEALTH, "7-3"), unit=HEALTH, also={"7-3": {"numerator": "2120"}}),
    Variant("a whole row merged", "a merge swallows an input", in_sheet(merged(f"A{ROW}:O{ROW}")), DOUBTED),
    Variant("a figure merged with its gray neighbour", "its value still shows", in_sheet(merged(f"{FIGURE}:{at('8-1:n')}")), TAKEN_OR_HELD, GOOD),
    Variant("two explanations merged", "words only", in_sheet(merged(f"{at('6-1:why')}:{at('6-2:why')}")), TAKEN_OR_HELD, sound(CIVIL), unit=CIVIL),
    taken("protection taken off", "nothing to say", sub("<sheetProtection[^>]*/>", "")),
    taken("protected by a password of their own", "nothing to say", sub("<sheetProtection", '<sheetProtection password="CC1A"')),
    taken("validations gone", "a remark only", sub("<dataValidations.*</dataValidations>", "")),
    taken("conditional colours gone", "nothing to say", sub("<conditionalFormatting.*</conditionalFormatting>", "")),
    taken("frozen panes taken off", "nothing to say", sub("<pane .*?</sheetView>", "</sheetView>")),
    taken("printed in portrait on A3", "nothing to say", sub("<pageSetup[^>]*/>", '<pageSetup paperSize="8" orientation="portrait"/>')),
    taken("from right to left", "nothing to say", swap("<sheetView ", '<sheetView rightToLeft="1" ')),
    taken("seen at a page break preview", "nothing to say", swap("<sheetView ", '<sheetView view="pageBreakPreview" ')),
    taken("zeros not shown", "nothing to say: no figure is zero", swap("<sheetView ", '<sheetView showZeros="0" ')),
    Variant("formulas shown", "nothing to say", in_sheet(swap("<sheetView ", '<sheetView showFormulas="1" ')), TAKEN_OR_HELD, sound(CIVIL), unit=CIVIL),
    Variant("white on white", "the value is there; a person may not see it", restyled(FIGURE, font='<color rgb="FFFFFFFF"/>'), TAKEN_OR_HELD, GOOD),
    Variant("a typeface of symbols", "digits shown as pictures", restyled(FIGURE, font='<name val="Wingdings"/>'), TAKEN_OR_HELD, GOOD),
]

OUTSIDE = [
    taken("a remark below the form", "text outside the form is a remark", with_row(FOOT + 3, f'<c r="A{FOOT + 3}" t="inlineStr"><is><t>以上数字已经局长审核</t></is></c>'), unit=DISABLED),
    taken("a number beside the figure", "text outside the form is a remark", sub(rf'(<row r="{ROW}".*?)(</row>)', rf'\1<c r="AK{ROW}"><v>111</v></c>\2', 1), unit=DISABLED),
    taken("a calculation below the form", "text outside the form is a remark", with_row(FOOT + 3, f'<c r="G{FOOT + 3}"><f>96+10</f><v>106</v></c>'), unit=DISABLED),
    Variant("a code repeated below the form", "8-1 is there twice, or a remark", in_sheet(with_row(FOOT + 3, f'<c r="B{FOOT + 3}" t="inlineStr"><is><t>8-1</t></is></c>')), frozenset({ACCEPTED, REFUSED}), GOOD),
    Variant("the title 本期累计 repeated below the form", "there twice, or a remark", in_sheet(with_row(FOOT + 3, f'<c r="B{FOOT + 3}" t="inlineStr"><is><t>本期累计</t></is></c>')), frozenset({ACCEPTED, REFUSED}), GOOD),
]

# Sheets ------------------------------------------------------------------------------------------


def renamed(name: str) -> Make:
    return editing(WORKBOOK, swap('name="填报表"', f'name="{name}"'), swap("填报表!", f"'{name}'!"))


def with_sheet(name: str, content: str | Callable[[dict[str, bytes]], bytes], *, state: str = "", first: bool = False) -> Make:
    """Another sheet in the workbook."""
    path = "xl/worksheets/sheet8.xml"

    def put(found: dict[str, bytes]) -> None:
        found[path] = content.encode() if isinstance(content, str) else content(found)

    hidden = f' state="{state}"' if state else ""
    line = f'<sheet name="{name}" sheetId="8"{hidden} r:id="rId88"/>'
    place = swap("<sheets>", "<sheets>" + line) if first else swap("</sheets>", line + "</sheets>")
    return all_of(
        parts(put), linking(WORKBOOK, "worksheet", "worksheets/sheet8.xml", "rId88"),
        typed(path, "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"), editing(WORKBOOK, place),
    )


EMPTY_SHEET = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
NOTES = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>8-1</t></is></c><c r="G1"><v>111</v></c></row></sheetData></worksheet>'


def own(change: Change = lambda t: t) -> Callable[[dict[str, bytes]], bytes]:
    """The form's own sheet, changed."""
    return lambda found: change(found[SHEET].decode()).encode()


def only_the_form(filled: bytes) -> bytes:
    """The sheet copied into a new workbook: no properties, no hidden sheet, another name."""
    make = all_of(
        parts(lambda found: {n: c for n, c in found.items() if n not in (CUSTOM, IDENTITY)}),
        editing(WORKBOOK, sub('<sheet name="标识".*?/>', ""), sub("<definedNames>.*</definedNames>", "")), editing(WORKBOOK, swap('name="填报表"', 'name="Sheet1"')),
        editing("xl/_rels/workbook.xml.rels", sub('<Relationship Id="rId2".*?/>', "")),
        editing("_rels/.rels", sub('<Relationship Id="rId4".*?/>', "")),
        editing("[Content_Types].xml", sub('<Override PartName="/xl/worksheets/sheet2.xml".*?/>', ""), sub('<Override PartName="/docProps/custom.xml".*?/>', "")),
    )
    return make(filled)


SHEETS = [
    Variant("the sheet renamed", "one sheet holds the form", renamed("Sheet1"), ACCEPTED, GOOD, honest=True),
    Variant("the sheet renamed after the unit", "one sheet holds the form", renamed("残联10月"), ACCEPTED, GOOD, honest=True),
    Variant("the sheet renamed as a copy", "one sheet holds the form", renamed("填报表 (2)"), ACCEPTED, GOOD, honest=True),
    Variant("an empty sheet added", "a remark only", with_sheet("Sheet1", EMPTY_SHEET), ACCEPTED, GOOD, honest=True),
    Variant("a sheet of notes added", "a remark only", with_sheet("明细", NOTES), ACCEPTED, GOOD, honest=True),
    Variant("a sheet of notes in front", "a remark only", with_sheet("明细", NOTES, first=True), ACCEPTED, GOOD, honest=True),
    Variant("a hidden sheet of WPS added", "WPS adds such a sheet", with_sheet("WpsReserved_CellImgList", EMPTY_SHEET, state="hidden"), ACCEPTED, GOOD, honest=True),
    Variant("the form copied within the workbook", "which one counts?", with_sheet("填报表 (2)", own()), REFUSED),
    Variant("the form copied, the copy with another figure", "which one counts?", with_sheet("填报表 (2)", own(number(FIGURE, "111"))), REFUSED),
    Variant("the form copied, the copy hidden", "which one counts?", with_sheet("填报表 (2)", own(number(FIGURE, "111")), state="hidden"), REFUSED),
    Variant("the form copied, the copy in front", "which one counts?", with_sheet("9月", own(number(FIGURE, "96")), first=True), REFUSED),
    Variant("the form copied, the original renamed", "which one counts?", all_of(with_sheet("填报表2", own(number(FIGURE, "111"))), renamed("旧表")), REFUSED),
    Variant("the form copied under the name of our own answer", "which one counts?", with_sheet("退回说明", own(number(FIGURE, "111"))), REFUSED),
    Variant("the form copied under the name of a form to be checked", "which one counts?", with_sheet("核实单", own(number(FIGURE, "111"))), REFUSED),
    Variant("the form emptied, the copy filled", "which one counts?", all_of(with_sheet("填报表 (2)", own()), in_sheet(blank(FIGURE))), REFUSED),
    Variant("the hidden sheet in front", "the order of the sheets says nothing", editing(WORKBOOK, sub('(<sheet name="填报表".*?/>)(<sheet name="标识".*?/>)', r"\2\1"), sub("<definedNames>.*</definedNames>", "")), ACCEPTED, GOOD, honest=True),
    Variant("the form's sheet hidden", "it is there", editing(WORKBOOK, swap('<sheet name="填报表"', '<sheet state="hidden" name="填报表"')), frozenset({ACCEPTED, HELD, REFUSED}), GOOD),
    Variant("the form's sheet deleted", "no sheet holds the form", all_of(parts(lambda found: found | {SHEET: EMPTY_SHEET.encode()})), REFUSED),
    Variant("the sheet copied into a new workbook", "only the printed line is left of the identity, and it agrees", only_the_form, ACCEPTED, GOOD, honest=True),
    Variant("a chart of its own", "a remark only", all_of(
        adding("xl/chartsheets/sheet1.xml", f'<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>'),
        linking(WORKBOOK, "chartsheet", "chartsheets/sheet1.xml", "rId87"), typed("xl/chartsheets/sheet1.xml", "vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml"),
        editing(WORKBOOK, swap("</sheets>", '<sheet name="Chart1" sheetId="7" r:id="rId87"/></sheets>')),
    ), ACCEPTED, GOOD, honest=True),
    Variant("a seal on the sheet", "a picture of the stamp", all_of(
        adding("xl/media/image1.png", bytes.fromhex("89504E470D0A1A0A") + bytes(100)),
        adding("xl/drawings/drawing1.xml", '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'),
        linking(SHEET, "drawing", "../drawings/drawing1.xml", "rId1"), in_sheet(swap("</worksheet>", '<drawing r:id="rId1"/></worksheet>')),
        typed("xl/drawings/drawing1.xml", "vnd.openxmlformats-officedocument.drawing+xml"),
    ), ACCEPTED, GOOD, honest=True),
    Variant("names that lead nowhere", "left over from other books", editing(WORKBOOK, swap("<definedNames>", "<definedNames>" + "".join(f'<definedName name="_{n}" hidden="1">#REF!</definedName>' for n in range(2000)))), ACCEPTED, GOOD, honest=True),
]

# Nothing filled in -------------------------------------------------------------------------------


def emptied(sheet: str) -> str:
    """The inputs below the head of the form emptied."""
    for entry in form(DISABLED).inputs():
        if entry.row > 4:
            sheet = blank(entry.address)(sheet)
    return sheet


def headless(sheet: str) -> str:
    for entry in form(DISABLED).inputs():
        if entry.row <= 4:
            sheet = blank(entry.address)(sheet)
    return sheet


def nothing(name: str, reason: str, *changes: Change) -> Variant:
    return Variant(name, reason, in_sheet(*changes), NOTHING_FILLED, code="return-empty", unit=DISABLED)


EMPTY = [
    nothing("only the head filled", "空表: nothing below the head", emptied),
    nothing("nothing filled", "空表", emptied, headless),
    nothing("only blanks filled", "空表: blanks are nothing", emptied, text(FIGURE, " 　"), text(word_at(DISABLED, 8, "progress"), "\n")),
    nothing("nothing filled, a row hidden", "空表", emptied, headless, sub(rf'<row r="{ROW}"', f'<row r="{ROW}" hidden="1"', 1)),
    Variant(
        "nothing filled but a number beside the table", "it is seen and not read", in_sheet(emptied, sub(rf'(<row r="{ROW}".*?)(</row>)', rf'\1<c r="AK{ROW}"><v>111</v></c>\2', 1)),
        REFUSED, code="return-unread",
    ),
    Variant("nothing filled but a locked cell that was blank", "it is seen and not read", in_sheet(emptied, text(at("8-1:increase"), "106")), REFUSED, code="return-unread"),
    Variant("nothing filled but a page that was added", "it is seen and not read", all_of(in_sheet(emptied), with_sheet("8月", NOTES)), REFUSED, code="return-unread"),
    Variant("nothing filled, an empty page added", "空表", all_of(in_sheet(emptied), with_sheet("Sheet1", EMPTY_SHEET)), NOTHING_FILLED, code="return-empty"),
    taken("the head not filled", "the figures are there", headless, unit=DISABLED),
    Variant("words but no figure", "not reported is no doubt, and no report", untouched, WORDS_ONLY, code="return-no-figures", figures={"8-1": ""}),
    Variant("a figure but no words", "the figure is there", in_sheet(emptied, number(FIGURE, "106")), ACCEPTED, GOOD, honest=True),
    Variant("a unit that owes words only", "words and no figures", untouched, ACCEPTED, unit=JUSTICE, honest=True),
    Variant("a blank among the figures", "not reported is no doubt", untouched, ACCEPTED, sound(CIVIL, "6-3"), unit=CIVIL, figures={"6-3": ""}, honest=True),
    Variant("a ratio left blank", "not reported is no doubt", untouched, ACCEPTED, sound(HEALTH, "7-3"), unit=HEALTH, figures={"7-3:n": "", "7-3:d": ""}, honest=True),
    Variant("zero where nothing happened", "zero is a figure", untouched, ACCEPTED, sound(CIVIL, having={"6-5:n": "0"}), unit=CIVIL, figures={"6-5:n": "0"}, honest=True),
    Variant("blanks in a figure cell", "blank: not reported", in_sheet(text(at("6-3"), "  ")), ACCEPTED, sound(CIVIL, "6-3"), unit=CIVIL, honest=True),
]

VARIANTS = ROWS_AND_COLUMNS + ANCHORS + LOCKED + LOOKS + OUTSIDE + SHEETS + EMPTY
