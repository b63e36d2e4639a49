"""Whose form it is, for which period: three copies of the identity, and all that can contradict."""

import re
from collections.abc import Sequence

from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.unit import LAYOUTS, form_hash
from minsheng_xl.plan.period import Period
from tests.hostile.base import (
    ACCEPTED,
    ANY,
    CIVIL,
    CUSTOM,
    DISABLED,
    DOUBTED,
    DUPLICATE,
    HELD,
    IDENTITY,
    JUSTICE,
    PERIOD_CELL,
    PLAN,
    REFUSED,
    ROOT_LINKS,
    SEPTEMBER,
    SHEET,
    TAKEN_OR_HELD,
    TYPES,
    UNIT_CELL,
    UNRECOGNISED,
    WORKBOOK,
    WORKBOOK_LINKS,
    Make,
    Variant,
    all_of,
    at,
    blank,
    editing,
    fill,
    form,
    in_sheet,
    issued,
    number,
    pack,
    parts,
    sound,
    sub,
    swap,
    text,
    unpack,
    untouched,
    without_part,
    word_at,
)
from tests.hostile.surgery import with_row

GOOD = sound(DISABLED)
HASH = form_hash(PLAN, DISABLED)
LINE = form(DISABLED).address(Key("identity", "form", "line"))
KEYS = ("unit", "period", "form", "version")
OWN = {"unit": DISABLED, "period": "2022-10", "form": HASH, "version": LAYOUTS.version}
WHERE = ("properties", "hidden sheet", "print")


def said(place: str, **changed: str) -> Make:
    """One copy of the identity says something else."""
    now = OWN | changed
    if place == "properties":
        return editing(CUSTOM, *(sub(rf'(name="minsheng.{key}"><vt:lpwstr>)[^<]*', lambda m, key=key: m[1] + now[key]) for key in KEYS))
    if place == "hidden sheet":
        return editing(IDENTITY, *(text(f"B{n}", now[key]) for n, key in enumerate(KEYS, 1)))
    return in_sheet(text(LINE, f"{now['unit']} · {now['period']} · 表号 {now['form']} · 版式 {now['version']}"))


def everywhere(**changed: str) -> Make:
    return all_of(*(said(place, **changed) for place in WHERE))


def headed(unit: str = DISABLED, period: str = "2022年10月") -> Make:
    return in_sheet(text(UNIT_CELL, unit), text(PERIOD_CELL, period))


NO_PROPERTIES = all_of(
    without_part(CUSTOM), editing(ROOT_LINKS, sub('<Relationship Id="rId4".*?/>', "")),
    editing(TYPES, sub('<Override PartName="/docProps/custom.xml".*?/>', "")),
)
NO_HIDDEN_SHEET = all_of(
    without_part(IDENTITY), editing(WORKBOOK, sub('<sheet name="标识".*?/>', "")),
    editing(WORKBOOK_LINKS, sub('<Relationship Id="rId2".*?/>', "")), editing(TYPES, sub('<Override PartName="/xl/worksheets/sheet2.xml".*?/>', "")),
)
NO_PRINT = in_sheet(blank(LINE))
MISSING = {"properties": NO_PROPERTIES, "hidden sheet": NO_HIDDEN_SHEET, "print": NO_PRINT}


def without(*places: str) -> Make:
    return all_of(*(MISSING[place] for place in places))


def contradicting(place: str, **changed: str) -> Variant:
    what = "、".join(f"{key} {value}" for key, value in changed.items())
    return Variant(f"{place}: another {next(iter(changed))}", f"one copy says {what}: held whole", said(place, **changed), HELD)


def missing(places: Sequence[str]) -> Variant:
    return Variant(f"missing: {' and '.join(places)}", "the rest agrees with the head of the sheet: taken with a remark", without(*places), ACCEPTED, GOOD, honest=True)


def moved_properties(left: str = "") -> Make:
    """The properties under another name; with `left` an unlinked copy stays, and the linked one says another unit."""

    def change(found: dict[str, bytes]) -> dict[str, bytes]:
        own = found.pop(CUSTOM)
        found["docProps/custom2.xml"] = own.replace(DISABLED.encode(), "县妇联".encode()) if left else own
        return found | ({left: own} if left else {})

    return all_of(parts(change), editing(ROOT_LINKS, swap("docProps/custom.xml", "docProps/custom2.xml")), editing(TYPES, swap("/docProps/custom.xml", "/docProps/custom2.xml")))


def refused(name: str, reason: str, make: Make) -> Variant:
    return Variant(name, reason, make, REFUSED)


COPIES = [
    *(contradicting(place, **{key: value}) for place in WHERE for key, value in (("unit", "县妇联"), ("period", "2022-09"), ("form", "0123456789ab"))),
    *(Variant(f"{place}: another version", "one copy says version 99: held whole", said(place, version="99"), HELD) for place in WHERE),
    Variant("each copy names another unit", "held whole", all_of(said("properties", unit="县妇联"), said("hidden sheet", unit="县总工会")), HELD),
    Variant("two copies agree on another unit", "no vote is taken: held whole", all_of(said("properties", unit="县妇联"), said("hidden sheet", unit="县妇联")), HELD),
    Variant("two copies agree on another period", "no vote is taken: held whole", all_of(said("properties", period="2022-09"), said("print", period="2022-09")), HELD),
    Variant("two copies, and they contradict", "held whole", all_of(without("print"), said("hidden sheet", period="2022-09")), HELD),
    missing(["properties"]), missing(["hidden sheet"]), missing(["print"]),
    missing(["properties", "hidden sheet"]), missing(["properties", "print"]), missing(["hidden sheet", "print"]),
    Variant("missing: all three", "a workbook without any identity of ours", without(*WHERE), UNRECOGNISED),
    Variant("one copy left, and the head names another unit", "only the print is left; 填报单位 typed over: held whole", all_of(without("properties", "hidden sheet"), headed("县妇联")), HELD),
    Variant("one copy left, and the head names another period", "期次 typed over: held whole", all_of(without("properties", "print"), headed(period="2022年9月")), HELD),
    Variant("one copy half gone", "the properties lost the hash", editing(CUSTOM, sub('<property [^>]*name="minsheng.form".*?</property>', "")), TAKEN_OR_HELD, GOOD),
    Variant("a copy twice in the properties", "two values of one property", editing(CUSTOM, sub('(<property [^>]*name="minsheng.unit">)(.*?)(</property>)', r"\1\2\3\1<vt:lpwstr>县妇联</vt:lpwstr>\3")), ANY, GOOD),
    Variant("the properties end to end with blanks", "blanks around say nothing", said("properties", unit=f" {DISABLED} "), TAKEN_OR_HELD, GOOD),
    Variant("the print repeated in a remark", "the same identity twice", in_sheet(with_row(3, f'<c r="R3" t="inlineStr"><is><t>{DISABLED} · 2022-10 · 表号 {HASH} · 版式 {LAYOUTS.version}</t></is></c>')), frozenset({ACCEPTED, HELD, REFUSED}), GOOD),
    Variant("properties in a part of another name", "named by its relationship: read there, or one copy missing", moved_properties(), ACCEPTED, GOOD, honest=True),
    Variant("properties in two parts", "the linked ones say 县妇联, those at the usual place 县残联", moved_properties(CUSTOM), HELD),
    Variant("the version as a basic string", "another type of property, the same text", editing(CUSTOM, sub(rf"<vt:lpwstr>({LAYOUTS.version})</vt:lpwstr>", r"<vt:bstr>\1</vt:bstr>")), TAKEN_OR_HELD, GOOD),
    Variant("the hidden sheet shown", "a curious clerk", editing(WORKBOOK, swap(' state="veryHidden"', "")), ACCEPTED, GOOD, honest=True),
    Variant("the hidden sheet renamed", "one copy is missing", editing(WORKBOOK, swap('name="标识"', 'name="Sheet2"')), ACCEPTED, GOOD, honest=True),
    Variant("the hidden sheet emptied", "one copy is missing", editing(IDENTITY, sub("<sheetData>.*</sheetData>", "<sheetData/>")), ACCEPTED, GOOD, honest=True),
    Variant("the properties of others beside", "a document management system adds its own", editing(CUSTOM, swap("</Properties>", '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="KSOProductBuildVer"><vt:lpwstr>2052-11.1.0.12763</vt:lpwstr></property><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="10" name="ICV"><vt:lpwstr>6AB1</vt:lpwstr></property></Properties>')), ACCEPTED, GOOD, honest=True),
]

FOREIGN = [
    refused("a unit of another county", "not in the plan", all_of(everywhere(unit="叶县残联"), headed("叶县残联"))),
    refused("a unit nobody has", "not in the plan", all_of(everywhere(unit="县文明办"), headed("县文明办"))),
    refused("a unit in other characters", "县残聯 is not in the plan", all_of(everywhere(unit="县残聯"), headed("县残聯"))),
    refused("a unit that is a path", "not in the plan", everywhere(unit="../../县残联")),
    refused("a unit of a hundred thousand letters", "not in the plan", everywhere(unit="残" * 100000)),
    refused("a period of another year", "not in the plan", all_of(everywhere(period="2021-10"), headed(period="2021年10月"))),
    refused("a thirteenth month", "not in the plan", everywhere(period="2022-13")),
    refused("a quarter where months are due", "not in the plan", everywhere(period="2022-Q3")),
    refused("a period in words", "not in the plan", everywhere(period="2022年10月")),
    refused("another hash everywhere", "the form was built from another plan", everywhere(form="0123456789ab")),
    refused("the hash in capitals", "another hash", everywhere(form=HASH.upper())),
    refused("another version of the layout", "not the present one", everywhere(version="99")),
    refused("a period never issued", "November was never issued to 县残联", all_of(everywhere(period="2022-11"), headed(period="2022年11月"))),
    Variant("the period only in the copies", "the head still says October: held whole or refused", everywhere(period="2022-11"), DOUBTED),
    Variant("September in all copies, October in the head", "the head contradicts: held whole", everywhere(period="2022-09"), DOUBTED),
    Variant("all copies forged to another unit", "a form of 县残联 that says 县妇联 with its hash", everywhere(unit="县妇联", form=form_hash(PLAN, "县妇联")), DOUBTED),
    Variant("all copies and the head forged", "the rows of 县残联 under the name of 县民政局: anchors are missing", all_of(everywhere(unit=CIVIL, form=form_hash(PLAN, CIVIL)), headed(CIVIL)), REFUSED),
    Variant("a unit that only certifies", "县统计局 gets no form: never issued", all_of(everywhere(unit="县统计局", form=form_hash(PLAN, "县统计局")), headed("县统计局")), REFUSED),
]


def grafted(unit: str) -> Make:
    """The sheet of another unit pasted into this workbook; its texts made inline."""

    def make(filled: bytes) -> bytes:
        found, other = unpack(filled), unpack(fill(issued(unit), unit, {}))
        items = re.findall("<si>(.*?)</si>", other["xl/sharedStrings.xml"].decode(), re.S)
        sheet = re.sub(r't="s"><v>(\d+)</v>', lambda m: f't="inlineStr"><is>{items[int(m[1])]}</is>', other[SHEET].decode())
        return pack(found | {SHEET: sheet.encode(), "xl/styles.xml": other["xl/styles.xml"]})

    return make


MIXED = [
    Variant("another unit's sheet in this workbook", "the copies contradict", grafted(CIVIL), DOUBTED),
    Variant("a sheet of words in this workbook", "the copies contradict", grafted(JUSTICE), DOUBTED),
    Variant("properties of another unit's workbook", "the copies contradict: held whole", parts(lambda found: found | {CUSTOM: unpack(issued(CIVIL))[CUSTOM]}), HELD),
    Variant("a form never issued by this folder", "made by another year's folder; its hash is the same and the period was issued", lambda filled: fill(issued(DISABLED), DISABLED, {"8-1": "106"}), frozenset({ACCEPTED, REFUSED}), GOOD, unit=DISABLED),
    Variant("a form of December made elsewhere", "never issued", lambda filled: fill(issued(DISABLED, Period.parse("2022-12")), DISABLED, {"8-1": "118"}, Period.parse("2022-12")), REFUSED),
]

SEPTEMBERS = sound(DISABLED, period=SEPTEMBER)
AGAIN = [
    Variant("September's return again", "the same bytes were taken", untouched, DUPLICATE, SEPTEMBERS, period=SEPTEMBER),
    Variant("September's return again under another name", "the same bytes were taken", untouched, DUPLICATE, SEPTEMBERS, period=SEPTEMBER, file="{n} 最终版(1).xlsx"),
    Variant("September's return saved again", "the same figures and texts were taken", parts(lambda found: dict(reversed(found.items()))), DUPLICATE, SEPTEMBERS, period=SEPTEMBER),
    Variant("September's return with formulas pasted over", "the same figures and texts were taken", in_sheet(sub("<f>.*?</f>", "")), DUPLICATE, SEPTEMBERS, period=SEPTEMBER),
    Variant("September's return of 县民政局 again", "the same bytes were taken", untouched, DUPLICATE, sound(CIVIL, period=SEPTEMBER), period=SEPTEMBER, unit=CIVIL),
    Variant("September's figures with other words", "another text is another return", in_sheet(text(word_at(DISABLED, 8, "problem"), "经费不足")), ACCEPTED, SEPTEMBERS, period=SEPTEMBER),
    Variant("September corrected", "another figure is another return", in_sheet(number(at("8-1"), "97")), ACCEPTED, sound(DISABLED, having={"8-1": "97"}, period=SEPTEMBER), period=SEPTEMBER),
    Variant("September corrected below", "earlier than September nothing was taken: no fall", in_sheet(number(at("8-1"), "90")), ACCEPTED, sound(DISABLED, having={"8-1": "90"}, period=SEPTEMBER), period=SEPTEMBER),
    Variant("September's form with 期次 typed over as October", "held whole", in_sheet(text(PERIOD_CELL, "2022年10月"), number(at("8-1"), "106")), HELD, period=SEPTEMBER),
]

VARIANTS = COPIES + FOREIGN + MIXED + AGAIN

