"""Figures that are numbers and yet in doubt: 万 lost, falling, parts greater than the whole, half a ratio."""

from tests.hostile.base import (
    ACCEPTED,
    CIVIL,
    DISABLED,
    HEALTH,
    HELD,
    INSURANCE,
    LABOUR,
    SERVICES,
    TAKEN_OR_HELD,
    TRAFFIC,
    YOUTH,
    Values,
    Variant,
    at,
    blank,
    cell,
    in_sheet,
    number,
    sound,
    text,
    untouched,
)

WHY = "经核实属实，系核减重复统计。"


def taken(name: str, reason: str, unit: str, *, code: str | None = None, honest: bool = True, **typed: str) -> Variant:
    figures = names(typed)
    return Variant(name, reason, untouched, ACCEPTED, sound(unit, having=figures), code, unit=unit, figures=figures, honest=honest)


def held(name: str, reason: str, unit: str, doubtful: str, *, also: Values | None = None, **typed: str) -> Variant:
    figures = names(typed)
    return Variant(name, reason, untouched, HELD, sound(unit, doubtful, figures), unit=unit, figures=figures, also=also or {})


def names(typed: dict[str, str]) -> dict[str, str]:
    """_7_3n → 7-3:n; _8_1why → 8-1:why."""
    found = {}
    for key, lexeme in typed.items():
        project, rest = key[1:].split("_")
        digits = rest.rstrip("abcdefghijklmnopqrstuvwxyz")
        short = rest[len(digits):]
        found[f"{project}-{digits}" + (f":{short}" if short else "")] = lexeme
    return found


FALLING = [
    taken("cumulative: the same as last period", "a remark only", DISABLED, _8_1="96"),
    taken("cumulative: one more", "sound", DISABLED, _8_1="97"),
    taken("cumulative: reaches the target", "sound", DISABLED, _8_1="120"),
    taken("cumulative: nearly three times the target", "359 of 120", DISABLED, _8_1="359"),
    held("cumulative: ten times as many", "1000 of 120, 96 before", DISABLED, "8-1", _8_1="1000"),
    taken("cumulative: ten times as many, explained", "a 说明 stands in the row", DISABLED, _8_1="1000", _8_1why=WHY),
    held("cumulative: ten times as many, see the appendix", "详见附件 fills the box", DISABLED, "8-1", _8_1="1000", _8_1why="详见附件。"),
    held("cumulative: one less, signs", "// fills the box", DISABLED, "8-1", _8_1="95", _8_1why="//"),
    held("cumulative: one less, the unit's name", "a name is no reason", DISABLED, "8-1", _8_1="95", _8_1why="县残联"),
    taken("cumulative: one less, corrected", "更正 is short and enough", DISABLED, _8_1="95", _8_1why="更正。"),
    held("cumulative: metres for kilometres", "23,460 of 30", TRAFFIC, "4-1", _4_1="23460"),
    held("cumulative: metres for kilometres, explained", "more than a hundred times: the office's word alone", TRAFFIC, "4-1", _4_1="23460", _4_1why=WHY),
    held("cumulative: the year and the month", "2022.1 of 30", TRAFFIC, "4-1", _4_1="2022.1"),
    held("cumulative: the year and the month, explained", "two readings", TRAFFIC, "4-1", _4_1="2022.1", _4_1why=WHY),
    taken("cumulative: a long road", "89.9 of 30", TRAFFIC, _4_1="89.9"),
    held("cumulative: one less", "below 上期累计", DISABLED, "8-1", _8_1="95"),
    held("cumulative: half and one more", "below 上期累计", DISABLED, "8-1", _8_1="49"),
    held("cumulative: just half", "the increment of a month typed as cumulative", DISABLED, "8-1", _8_1="48"),
    held("cumulative: the increment typed", "10 of this month instead of 106", DISABLED, "8-1", _8_1="10"),
    held("cumulative: zero after 96", "below 上期累计", DISABLED, "8-1", _8_1="0"),
    taken("cumulative: one less, explained", "a 说明 stands in the row", DISABLED, _8_1="95", _8_1why=WHY),
    taken("cumulative: the increment, explained", "a 说明 stands in the row", DISABLED, _8_1="10", _8_1why=WHY),
    taken("cumulative: zero, explained", "a 说明 stands in the row", DISABLED, _8_1="0", _8_1why=WHY),
    held("cumulative: one less, explained by blanks", "blanks explain nothing", DISABLED, "8-1", _8_1="95", _8_1why="　 "),
    held("cumulative: one less, explained by nothing visible", "a zero-width space explains nothing", DISABLED, "8-1", _8_1="95", _8_1why="\u200b\u2060"),
    Variant("cumulative: one less, explained by an error", "an error explains nothing", in_sheet(cell(at("8-1:why"), "<v>#REF!</v>", 't="e"')), HELD, figures={"8-1": "95"}),
    held("cumulative: falls with decimals", "19.199 below 19.2", TRAFFIC, "4-1", _4_1="19.199"),
    taken("cumulative: the same with decimals", "19.2 is 19.2", TRAFFIC, _4_1="19.2"),
    held("cumulative: two fall, one is explained", "4-2 is explained, 4-1 is not", TRAFFIC, "4-1", _4_1="18", _4_2="8", _4_2why=WHY),
    held("cumulative: explained in another row", "the 说明 stands beside 4-2", TRAFFIC, "4-1", _4_1="18", _4_2why=WHY),
    held("cumulative: sessions fall", "51 below 52", YOUTH, "9-2", _9_2="51"),
    held("cumulative: screening falls by a digit", "1148 instead of 11480", HEALTH, "7-1", _7_1="1148"),
    taken("stock: falls", "a stock may fall: a remark only", CIVIL, _6_2="149"),
    held("stock: falls to zero", "150 before", CIVIL, "6-2", _6_2="0"),
    taken("stock: falls to zero, explained", "a 说明 stands in the row", CIVIL, _6_2="0", _6_2why=WHY),
    held("stock: falls to half", "75 of 150", CIVIL, "6-2", _6_2="75"),
    taken("stock: falls to more than half", "a remark only", CIVIL, _6_2="76"),
    held("stock: a tenth", "7,720 after 76,300", CIVIL, "6-4", _6_4="7720"),
    held("stock: three tenths fewer", "of two hundred and more", CIVIL, "6-4", _6_4="53410"),
    taken("stock: fifteen in a hundred fewer", "a season", CIVIL, _6_4="64855"),
    taken("stock: people fall by one", "a remark only", CIVIL, _6_4="76299"),
    taken("stock: the least of the beds falls", "a remark only", CIVIL, _6_6="45"),
    taken("stock: pharmacies fall", "a remark only", INSURANCE, _2_4="2", _2_3="2"),
]

WAN = [
    held("wan: lost", "3 万 typed as 3", LABOUR, "1-1", _1_1="3"),
    held("wan: lost at twice the target", "6 is 60,000, at most 62,800", LABOUR, "1-1", _1_1="6"),
    held("wan: lost with decimals", "2.896: no whole number of people", LABOUR, "1-1", _1_1="2.896"),
    held("wan: lost with decimals, explained", "a fraction of a person cannot be explained", LABOUR, "1-1", _1_1="2.896", _1_1why=WHY),
    taken("wan: lost, explained", "a 说明 stands in the row", LABOUR, _1_1="3", _1_1why=WHY),
    held("wan: lost in a stock", "8 is 80,000, at most 158,120", CIVIL, "6-4", _6_4="8"),
    held("wan: lost in a stock, the last that counts", "15 is 150,000", CIVIL, "6-4", _6_4="15"),
    held("wan: no longer lost in a stock", "16 after 76,300", CIVIL, "6-4", _6_4="16"),
    held("wan: a stock of zero", "0 after 76,300", CIVIL, "6-4", _6_4="0"),
    taken("wan: lost in a stock, explained", "a 说明 stands in the row", CIVIL, _6_4="8", _6_4why=WHY),
    held("wan: a small target", "1 after 150", CIVIL, "6-2", _6_2="1"),
    held("wan: lost among the young", "1 is 10,000 of 10,400", LABOUR, "1-3", _1_3="1"),
    held("wan: doubled", "31,400,000 is a thousand times the target", LABOUR, "1-1", _1_1="31400000"),
    held("wan: just not doubled", "31,399,999 is more than a hundred times the target", LABOUR, "1-1", _1_1="31399999"),
    held("wan: doubled, explained", "more than a hundred times: the office's word alone", LABOUR, "1-1", _1_1="31400000", _1_1why=WHY),
    held("ten times", "289,600 of 31,400", LABOUR, "1-1", _1_1="289600"),
    taken("ten times, explained", "a 说明 stands in the row", LABOUR, _1_1="289600", _1_1why=WHY),
    taken("twice the target", "sound", LABOUR, _1_1="62800"),
    held("wan: doubled in a stock", "79,060,000", CIVIL, "6-4", _6_4="79060000"),
    held("wan: doubled at a small target", "200,000 beds", CIVIL, "6-2", _6_2="200000"),
    held("wan: a thousand times a tiny target", "9,999 of 4", CIVIL, "6-1", _6_1="9999"),
    taken("three times a tiny target", "12 of 4: not twenty more", CIVIL, _6_1="12"),
    held("wan: ten thousand times a tiny target", "10,000 of 4", CIVIL, "6-1", _6_1="10000"),
    held("wan: children", "120,000 of 120", DISABLED, "8-1", _8_1="120000"),
    held("wan: children, one less", "119,999 is more than a hundred times the target", DISABLED, "8-1", _8_1="119999"),
]

NEVER = [
    held("negative", "cannot be explained away", DISABLED, "8-1", _8_1="-5"),
    held("negative, explained", "cannot be explained away", DISABLED, "8-1", _8_1="-5", _8_1why=WHY),
    held("negative numerator", "cannot be explained away", HEALTH, "7-4:n", _7_4n="-3240"),
    held("negative denominator", "cannot be explained away", HEALTH, "7-4", _7_4d="-3282", also={"7-4": {"numerator": "3240"}}),
    held("half a child", "cannot be explained away", DISABLED, "8-1", _8_1="106.5"),
    held("half a child, explained", "cannot be explained away", DISABLED, "8-1", _8_1="106.5", _8_1why=WHY),
    held("four decimals of a kilometre", "three are declared", TRAFFIC, "4-1", _4_1="23.4605"),
    taken("three decimals of a kilometre", "three are declared", TRAFFIC, _4_1="23.461"),
    held("two decimals where one is declared", "7.25", LABOUR, "1-4:n", _1_4n="7.25"),
    held("three decimals of 万元", "two are declared", HEALTH, "7-6:n", _7_6n="112.555"),
    taken("two decimals of 万元", "two are declared", HEALTH, _7_6n="112.55"),
    held("half a new-born", "cannot be explained away", HEALTH, "7-4:n", _7_4n="3240.5"),
    held("a denominator of zero", "cannot be explained away", HEALTH, "7-4", _7_4d="0", also={"7-4": {"numerator": "3240"}}),
    held("a denominator of zero, explained", "cannot be explained away", HEALTH, "7-4", _7_4d="0", _7_4why=WHY, also={"7-4": {"numerator": "3240"}}),
    held("zero over zero", "cannot be explained away", HEALTH, "7-4", _7_4n="0", _7_4d="0", also={"7-4": {"numerator": "0"}}),
    held("half a ratio: no denominator", "the blank half is named, the filled one stays", HEALTH, "", _7_4d=""),
    held("half a ratio: no numerator", "the blank half is named, the filled one stays", HEALTH, "", _7_4n=""),
    held("half a ratio, explained", "cannot be explained away", HEALTH, "", _7_4n="", _7_4why=WHY),
    held("half a ratio of no target", "the blank half is named", LABOUR, "", _1_4d=""),
    held("half a ratio, two of them", "both blank halves are named", HEALTH, "", _7_3n="", _7_5d=""),
    held("a text explained", "what is no number cannot be explained", DISABLED, "8-1", _8_1="约106", _8_1why=WHY),
]

CHILDREN = [
    held("child: greater than its parent", "holds the child only", LABOUR, "1-3", _1_3="21481"),
    taken("child: as great as its parent", "sound", LABOUR, _1_3="21480"),
    taken("child: greater, explained", "a 说明 stands in its row", LABOUR, _1_3="21481", _1_3why=WHY),
    held("child: greater, explained at the parent", "the 说明 stands in another row", LABOUR, "1-3", _1_3="21481", _1_2why=WHY),
    held("child: the parent is a text", "only the parent is in doubt", LABOUR, "1-2", _1_2="约2万", _1_3="25000"),
    held("child: the parent falls", "only the parent is in doubt", LABOUR, "1-2", _1_2="19000", _1_3="19500"),
    held("child: the parent falls, explained", "the parent is trusted; the child is greater", LABOUR, "1-3", _1_2="19000", _1_2why=WHY, _1_3="19500"),
    taken("child: no parent", "not reported is no doubt", LABOUR, _1_2="", _1_3="8000"),
    held("child: of a stock", "5 of 4 institutions", INSURANCE, "2-3", _2_3="5"),
    taken("child: of a stock, explained", "a 说明 stands in its row", INSURANCE, _2_3="5", _2_3why=WHY),
    held("child: the parent has lost its 万", "only the parent is in doubt", LABOUR, "1-2", _1_2="2", _1_3="7900"),
]

RATIOS = [
    held("ratio: 5 of 4 streets", "contained: holds the numerator", CIVIL, "6-5:n", _6_5n="5"),
    taken("ratio: 4 of 4 streets", "sound", CIVIL, _6_5n="4"),
    taken("ratio: 5 of 4 streets, explained", "a 说明 stands in the row", CIVIL, _6_5n="5", _6_5why=WHY),
    held("ratio: 33 of 32 communities", "contained: holds the numerator", CIVIL, "6-7:n", _6_7n="33"),
    held("ratio: 556 of 555 villages", "contained: holds the numerator", TRAFFIC, "4-3:n", _4_3n="556"),
    held("ratio: 171 of 170 services", "contained: holds the numerator, the denominator stays", SERVICES, "10-2:n", _10_2n="171"),
    taken("ratio: 171 of 170 services, explained", "a 说明 stands in the row", SERVICES, _10_2n="171", _10_2why=WHY),
    held("ratio: 170 of 168 usable services", "contained: holds the numerator", SERVICES, "10-3:n", _10_3n="170", _10_3d="168"),
    taken("ratio: more screened than born", "not contained: a remark only", HEALTH, _7_3n="3400"),
    taken("ratio: more users than people", "not contained: a remark only", SERVICES, _10_1n="800000"),
    held("ratio: percent typed, over 100", "64/100 instead of counts", HEALTH, "7-3", _7_3n="64", _7_3d="100"),
    held("ratio: percent typed, over 1", "98/1 instead of counts", HEALTH, "7-4", _7_4n="98", _7_4d="1"),
    taken("ratio: percent typed, explained", "a 说明 stands in the row", HEALTH, _7_3n="64", _7_3d="100", _7_3why="只统计了一个乡镇"),
    held("ratio: a denominator of 101", "2,960 before", HEALTH, "7-3", _7_3n="64", _7_3d="101"),
    taken("ratio: a denominator of 101, explained", "a 说明 stands in the row", HEALTH, _7_3n="64", _7_3d="101", _7_3why="只统计了一个乡镇"),
    held("ratio: the percentage as numerator", "98 of 3,282", HEALTH, "7-4:n", _7_4n="98"),
    held("ratio: the numerator tenfold", "32,400 of 3,282", HEALTH, "7-4:n", _7_4n="32400"),
    held("ratio: the numerator a tenth", "324 of 3,282", HEALTH, "7-4:n", _7_4n="324"),
    taken("ratio: a bad month", "a third less", HEALTH, _7_4n="2200"),
    taken("ratio: amounts over 100", "no whole numbers: 112.5/100 万元", HEALTH, _7_6d="100"),
    taken("ratio: rates over 1", "no whole numbers: 7.2/1", LABOUR, _1_4d="1"),
    held("ratio: settlements over 100", "whole numbers: 150/100", INSURANCE, "2-5", _2_5n="150", _2_5d="100"),
    held("ratio: services over 100", "whole numbers, both entered by the unit", SERVICES, "10-2", _10_2n="93", _10_2d="100"),
    held("ratio: percent of the people", "53 of 790,000: a percent", SERVICES, "10-1:n", _10_1n="53"),
    held("ratio: a hundred of the people", "100 of 790,000: a percent", SERVICES, "10-1:n", _10_1n="100"),
    held("ratio: a hundred and one of the people", "385,000 before", SERVICES, "10-1:n", _10_1n="101"),
    held("ratio: nobody of the people", "385,000 before", SERVICES, "10-1:n", _10_1n="0"),
    taken("ratio: nobody of the people, explained", "a 说明 stands in the row", SERVICES, _10_1n="0", _10_1why="平台数据清零后重新统计"),
    taken("ratio: percent of the people, explained", "a 说明 stands in the row", SERVICES, _10_1n="53", _10_1why="平台数据清零后重新统计"),
    held("ratio: 60 of 555 villages", "250 before", TRAFFIC, "4-3:n", _4_3n="60"),
    taken("ratio: 240 of 555 villages", "ten fewer", TRAFFIC, _4_3n="240"),
    taken("ratio: a numerator that falls", "ratios may fall", CIVIL, _6_5n="1"),
]

STREETS = at("6-5:d")
OFFICE = [
    Variant("office: its denominator changed", "5 streets instead of 4: holds the numerator", in_sheet(number(STREETS, "5")), HELD, sound(CIVIL, "6-5"), unit=CIVIL),
    Variant("office: its denominator lowered so that all is done", "3 of 3: holds the numerator", in_sheet(number(STREETS, "3")), HELD, sound(CIVIL, "6-5"), unit=CIVIL),
    Variant("office: its denominator made a word", "4处 is no 4: holds the numerator", in_sheet(text(STREETS, "约5")), HELD, sound(CIVIL, "6-5"), unit=CIVIL),
    Variant("office: its denominator emptied", "it is the office's all the same", in_sheet(blank(STREETS)), TAKEN_OR_HELD, sound(CIVIL), unit=CIVIL),
    Variant("office: its denominator as text", "the same number", in_sheet(text(STREETS, "4")), TAKEN_OR_HELD, sound(CIVIL), unit=CIVIL),
    Variant("office: its denominator changed, explained", "a 说明 stands in the row; the office's denominator counts", in_sheet(number(STREETS, "5")), ACCEPTED, sound(CIVIL), unit=CIVIL, figures={"6-5:why": "新设一个街道"}),
]

SOUND_FORMS = [
    taken(f"sound: {unit}", "everything is sound", unit) for unit in (DISABLED, CIVIL, HEALTH, LABOUR, TRAFFIC, INSURANCE, SERVICES, YOUTH)
]

VARIANTS = FALLING + WAN + NEVER + CHILDREN + RATIOS + OFFICE + SOUND_FORMS

