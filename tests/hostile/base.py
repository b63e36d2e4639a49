"""What a variant is, the sound forms it starts from, and edits of their parts as raw bytes.

Nothing here uses the project's writer or reader, except to ask the layout where a cell stands and
to issue the forms: the edits are what other programs and people do to a file.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, reduce
from pathlib import Path
from xml.sax.saxutils import escape

from minsheng_xl import Plan
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.plan.model import Role
from minsheng_xl.plan.period import Period

Make = Callable[[bytes], bytes]
Change = Callable[[str], str]
Values = Mapping[str, Mapping[str, str]]

SHEET, IDENTITY = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
WORKBOOK, WORKBOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES, TYPES, ROOT_LINKS = "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml", "_rels/.rels"
CUSTOM = "docProps/custom.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

PLAN = Plan.built_in(sample=True)
SEPTEMBER, OCTOBER = Period.parse("2022-09"), Period.parse("2022-10")

ACCEPTED, HELD, REFUSED, DUPLICATE, UNRECOGNISED = "accepted", "held", "refused", "duplicate", "unrecognised"
NOTHING_FILLED, WORDS_ONLY = "empty", "words"
SKIPPED = "skipped"  # no line at all for a file that no program would call a return
UNREADABLE = frozenset({UNRECOGNISED, REFUSED})
NO_WORKBOOK = frozenset({UNRECOGNISED, "attachment"})
DOUBTED = frozenset({HELD, REFUSED, UNRECOGNISED})
"""The spec leaves open how; the figure must not be taken."""
ANY = frozenset({ACCEPTED, HELD, REFUSED, UNRECOGNISED})
"""The spec leaves the outcome open; only a wrong figure is wrong."""
TAKEN_OR_NOT = frozenset({ACCEPTED, UNRECOGNISED})
TAKEN_OR_HELD = frozenset({ACCEPTED, HELD})

DISABLED, CIVIL, HEALTH = "县残联", "县民政局", "县卫生健康委"
LABOUR, TRAFFIC, JUSTICE = "县人力资源和社会保障局", "县交通运输局", "县司法局"
INSURANCE, SERVICES, YOUTH = "县医疗保障局", "县政务服务和大数据服务中心", "团县委"

# Figures a clerk types: code → lexeme; :n the numerator, :d the denominator, :why the 说明.
SOUND: dict[str, dict[str, str]] = {
    DISABLED: {"8-1": "106"},
    CIVIL: {"6-1": "3", "6-2": "165", "6-3": "32", "6-4": "77200", "6-5:n": "3", "6-6": "52", "6-7:n": "31"},
    HEALTH: {
        "7-1": "11480", "7-2": "14999", "7-3:n": "2120", "7-3:d": "3290", "7-4:n": "3240", "7-4:d": "3282",
        "7-5:n": "3221", "7-5:d": "3282", "7-6:n": "112.5", "7-6:d": "120",
    },
    LABOUR: {"1-1": "28960", "1-2": "21480", "1-3": "7900", "1-4:n": "7.2", "1-4:d": "6.5"},
    TRAFFIC: {"4-1": "23.46", "4-2": "11", "4-3:n": "268"},
    JUSTICE: {},
    INSURANCE: {"2-1": "是", "2-2": "4", "2-3": "3", "2-4": "4", "2-5:n": "2150", "2-5:d": "1580"},
    SERVICES: {"10-1:n": "421000", "10-2:n": "158", "10-2:d": "170", "10-3:n": "168", "10-3:d": "170"},
    YOUTH: {"9-1": "11", "9-2": "57", "9-3": "否"},
}
BEFORE: dict[str, dict[str, str]] = {
    DISABLED: {"8-1": "96"},
    CIVIL: {"6-1": "2", "6-2": "150", "6-3": "30", "6-4": "76300", "6-5:n": "2", "6-6": "50", "6-7:n": "30"},
    HEALTH: {
        "7-1": "10350", "7-2": "13700", "7-3:n": "1890", "7-3:d": "2960", "7-4:n": "2905", "7-4:d": "2950",
        "7-5:n": "2890", "7-5:d": "2950", "7-6:n": "86", "7-6:d": "120",
    },
    LABOUR: {"1-1": "26800", "1-2": "19800", "1-3": "7350", "1-4:n": "7.1", "1-4:d": "6.4"},
    TRAFFIC: {"4-1": "19.2", "4-2": "9", "4-3:n": "250"},
    JUSTICE: {},
    INSURANCE: {"2-1": "否", "2-2": "3", "2-3": "2", "2-4": "3", "2-5:n": "1850", "2-5:d": "1420"},
    SERVICES: {"10-1:n": "385000", "10-2:n": "152", "10-2:d": "168", "10-3:n": "166", "10-3:d": "168"},
    YOUTH: {"9-1": "10", "9-2": "52", "9-3": "否"},
}
FIXED = {"6-5": "4", "6-7": "32", "4-3": "555", "10-1": "790000"}
"""Denominators of the office, from the sample plan."""

_MEASURES = {"": "reported", "n": "numerator", "d": "denominator", "why": "explanation"}


@dataclass(frozen=True)
class Variant:
    """One file and what must be said of it.

    `make` turns the sound, filled form of `unit` into the file; `outcome` is the rightful outcome or
    the set of those the spec leaves open; `values` are exactly the figures that must be there
    (where several outcomes are open: there when accepted, and none besides them otherwise); `also`
    may be there too. `figures` are typed instead of the sound ones. `file` is its name ({n}: its
    number), `office` the format in which LibreOffice saves it, `honest` says that nobody meant harm.
    """

    name: str
    reason: str
    make: Make
    outcome: str | frozenset[str]
    values: Values = field(default_factory=dict)
    code: str | None = None
    unit: str = DISABLED
    figures: Mapping[str, str] = field(default_factory=dict)
    period: Period = OCTOBER
    file: str = "{n}.xlsx"
    honest: bool = False
    also: Values = field(default_factory=dict)
    office: str = ""

    @property
    def outcomes(self) -> frozenset[str]:
        return frozenset({self.outcome}) if isinstance(self.outcome, str) else self.outcome


def sound(unit: str, without: str = "", having: Mapping[str, str] | None = None, *, period: Period = OCTOBER) -> Values:
    """The values of a sound form: the figures typed, less those in doubt (code or code:n, by spaces)."""
    figures = (SOUND if period == OCTOBER else BEFORE)[unit] | dict(having or {})
    found: dict[str, dict[str, str]] = {}
    doubtful = without.split()
    for name, lexeme in figures.items():
        code, measure = split(name)
        if name in doubtful or code in doubtful or measure == "explanation" or not lexeme:
            continue
        found.setdefault(code, {})[measure] = {"是": "1", "否": "0"}.get(lexeme, lexeme)
    return found


def split(name: str) -> tuple[str, str]:
    """7-3:n → 7-3, numerator."""
    code, _, short = name.partition(":")
    return code, _MEASURES[short]


# Where things stand ------------------------------------------------------------------------------


@cache
def form(unit: str, period: Period = OCTOBER) -> Sheet:
    return unit_form(PLAN, PLAN.unit(unit), period, {})


def at(name: str) -> str:
    """The address of a figure: 8-1, 7-3:n, 6-1:why; or of another column of its row: 6-1:unit."""
    code, _, short = name.partition(":")
    return form(PLAN.indicator(code).filler).address(Key("figure", code, _MEASURES.get(short, short)))


def row_of(code: str) -> int:
    """The row of the sheet in which an indicator stands, counted from 1."""
    return int(re.sub(r"\D", "", at(code)))


def letter_of(name: str) -> str:
    """The column letter of a figure."""
    return re.sub(r"\d", "", at(name))


def word_at(unit: str, project: int, name: str) -> str:
    return form(unit).address(Key("word", str(project), name))


def label_at(text: str, unit: str = DISABLED) -> str:
    """The address of a printed text of the form."""
    return next(c.address for c in form(unit).cells.values() if isinstance(c.content, str) and "".join(c.content.split()) == text)


UNIT_CELL, PERIOD_CELL = "C4", "G4"


# Packages ----------------------------------------------------------------------------------------


def unpack(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A plain zip of the parts, in their order; two of one name if given so."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = method
            archive.writestr(entry, content)
    return stream.getvalue()


def untouched(filled: bytes) -> bytes:
    return filled


def fixed(content: bytes) -> Make:
    """A file that has nothing to do with the form."""
    return lambda filled: content


def all_of(*makes: Make) -> Make:
    return lambda filled: reduce(lambda content, make: make(content), makes, filled)


def parts(change: Callable[[dict[str, bytes]], Mapping[str, bytes] | None]) -> Make:
    """Change the parts of the package in place, or return other ones."""

    def make(filled: bytes) -> bytes:
        found = unpack(filled)
        return pack(change(found) or found)

    return make


def adding(name: str, content: str | bytes) -> Make:
    """Another part, mentioned nowhere."""
    return parts(lambda found: found | {name: content.encode() if isinstance(content, str) else content})


def without_part(name: str) -> Make:
    return parts(lambda found: {n: c for n, c in found.items() if n != name})


def editing(part: str, *changes: Change) -> Make:
    """Change the text of one part."""

    def change(found: dict[str, bytes]) -> None:
        found[part] = reduce(lambda text, one: one(text), changes, found[part].decode()).encode()

    return parts(change)


def recoding(part: str, change: Callable[[bytes], bytes]) -> Make:
    """Change the bytes of one part."""
    return parts(lambda found: found | {part: change(found[part])})


def swap(old: str, new: str, count: int = -1) -> Change:
    """Replace a text that must be there."""

    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, count)

    return change


def sub(pattern: str, new: str | Callable[[re.Match[str]], str], count: int = 0) -> Change:
    """Replace a pattern that must be there."""

    def change(text: str) -> str:
        found, times = re.subn(pattern, new, text, count=count, flags=re.S)
        assert times, pattern
        return found

    return change


def linking(owner: str, kind: str, target: str, name: str, mode: str = "") -> Make:
    """A relationship from a part to another."""
    folder, _, file = owner.rpartition("/")
    path = f"{folder}/_rels/{file}.rels".lstrip("/")
    external = f' TargetMode="{mode}"' if mode else ""
    line = (
        f'<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        f' Target="{escape(target)}"{external}/>'
    )

    def change(found: dict[str, bytes]) -> None:
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        found[path] = found.get(path, empty).replace(b"</Relationships>", line.encode() + b"</Relationships>")

    return parts(change)


def typed(part: str, kind: str) -> Make:
    """The content type of an added part."""
    line = f'<Override PartName="/{part}" ContentType="application/{kind}"/></Types>'
    return editing(TYPES, swap("</Types>", line))


# Cells -------------------------------------------------------------------------------------------


def in_sheet(*changes: Change) -> Make:
    return editing(SHEET, *changes)


def cell(address: str, inner: str, attributes: str = "") -> Change:
    """Other contents of a cell, which keeps its style."""
    pattern = re.compile(rf'<c r="{address}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', re.S)

    def change(text: str) -> str:
        found, times = pattern.subn(lambda m: f'<c r="{address}"{m[1]}{attributes and " " + attributes}>{inner}</c>', text)
        assert times == 1, (address, times)
        return found

    return change


def number(address: str, lexeme: str) -> Change:
    return cell(address, f"<v>{lexeme}</v>")


def text(address: str, words: str) -> Change:
    """An inline text, as many export tools write it."""
    return cell(address, f'<is><t xml:space="preserve">{escape(words)}</t></is>', 't="inlineStr"')


def formula(address: str, code: str, stored: str = "", kind: str = "") -> Change:
    return cell(address, f"<f>{escape(code)}</f>" + (f"<v>{stored}</v>" if stored else ""), f't="{kind}"' if kind else "")


def blank(address: str) -> Change:
    return cell(address, "")


def shared(address: str, item: str) -> Make:
    """A shared string, the inside of its <si> given as XML."""

    def change(found: dict[str, bytes]) -> None:
        strings = found[STRINGS].decode()
        index = len(re.findall("<si>", strings))
        found[STRINGS] = strings.replace("</sst>", f"<si>{item}</si></sst>").encode()
        found[SHEET] = cell(address, f"<v>{index}</v>", 't="s"')(found[SHEET].decode()).encode()

    return parts(change)


def restyled(address: str, *, code: str = "", builtin: int | None = None, font: str = "", more: str = "") -> Make:
    """A style of its own for a cell: a number format, or elements inside its font."""

    def change(found: dict[str, bytes]) -> None:
        styles, sheet = found[STYLES].decode(), found[SHEET].decode()
        match = re.search(rf'<c r="{address}" s="(\d+)"', sheet)
        assert match is not None
        formats = re.search("<cellXfs.*?</cellXfs>", styles, re.S)
        assert formats is not None
        all_of_them = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", formats[0], re.S)
        own = all_of_them[int(match[1])]
        if code:
            quoted = escape(code, {'"': "&quot;"})
            styles = styles.replace("</numFmts>", f'<numFmt numFmtId="900" formatCode="{quoted}"/></numFmts>')
            own = re.sub(r'numFmtId="\d+"', 'numFmtId="900" applyNumberFormat="1"', own.replace(' applyNumberFormat="1"', ""))
        if builtin is not None:
            own = re.sub(r'numFmtId="\d+"', f'numFmtId="{builtin}"', own)
        if font:
            fonts = re.findall(r"<font>.*?</font>", styles.partition("<fills")[0], re.S)
            styles = styles.replace("</fonts>", f'<font>{font}<sz val="10.5"/><name val="宋体"/></font></fonts>', 1)
            own = re.sub(r'fontId="\d+"', f'fontId="{len(fonts)}"', own)
        if more:
            own = own.replace("<xf ", f"<xf {more} ", 1)
        found[STYLES] = styles.replace("</cellXfs>", own + "</cellXfs>").encode()
        found[SHEET] = sheet.replace(match[0], f'<c r="{address}" s="{len(all_of_them)}"').encode()

    return parts(change)


# Forms as issued and filled in -------------------------------------------------------------------


def issued(unit: str, period: Period = OCTOBER) -> bytes:
    """A form of a unit that shows no 上期累计, for variants that mix two forms."""
    return write_book(unit_book(PLAN, PLAN.unit(unit), period, {}))


def answers(unit: str, figures: Mapping[str, str], period: Period = OCTOBER) -> dict[Key, str]:
    """What a clerk enters: figures by name, and the same words each time."""
    found: dict[Key, str] = {
        Key("head", "form", "date"): f"2022-{period.end_month + 1:02d}-03",
        Key("head", "form", "filler"): "示例填报人",
        Key("head", "form", "reviewer"): "示例审核人",
    }
    for name, lexeme in figures.items():
        code, measure = split(name)
        found[Key("figure", code, measure)] = lexeme
    for no in PLAN.projects_of(unit, Role.LEAD):
        found[Key("word", str(no), "progress")] = f"{period.end_month}月按计划推进。"
        found[Key("word", str(no), "evidence")] = "台账、照片"
        found[Key("word", str(no), "outlook")] = "能完成"
    for no in PLAN.projects_of(unit, Role.RESPONSIBLE):
        found[Key("word", str(no), "support")] = "本期无新进展"
    return found


def fill(form_issued: bytes, unit: str, figures: Mapping[str, str], period: Period = OCTOBER) -> bytes:
    """Enter answers into the cells of the issued XML; everything else stays as it was issued.

    A lexeme that is a plain decimal is stored as a number, all else as a shared string.
    """
    found = unpack(form_issued)
    sheet, strings = found[SHEET].decode(), found[STRINGS].decode()
    count = len(re.findall("<si>", strings))
    for key, lexeme in answers(unit, figures, period).items():
        if not lexeme:
            continue
        address = form(unit, period).address(key)
        if key.is_measure and re.fullmatch(r"-?\d+(\.\d+)?", lexeme):
            sheet = number(address, lexeme)(sheet)
            continue
        strings = strings.replace("</sst>", f'<si><t xml:space="preserve">{escape(lexeme)}</t></si></sst>')
        sheet = cell(address, f"<v>{count}</v>", 't="s"')(sheet)
        count += 1
    strings = re.sub(r'uniqueCount="\d+"', f'uniqueCount="{count}"', strings)
    return pack(found | {SHEET: sheet.encode(), STRINGS: strings.encode()})


def filled(folder: Path, variant: Variant) -> bytes:
    """The sound form a variant starts from, out of the folder 发出 of a year."""
    name = f"{PLAN.unit(variant.unit).sheet_name}_{variant.period}.xlsx"
    figures = (SOUND if variant.period == OCTOBER else BEFORE)[variant.unit] | dict(variant.figures)
    return fill((folder / str(variant.period) / name).read_bytes(), variant.unit, figures, variant.period)
