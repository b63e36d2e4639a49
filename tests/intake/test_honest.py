"""Simulated honest months: clerks who mean well are nearly all taken, and none is misread.

The county below was written by hand from what such counties do in a year, without looking at the rules'
bounds. Its clerks type in their everyday ways; what they meant is kept beside what they typed.
"""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from random import Random
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.comments import Comment

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Doubt, Outcome
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import grouped, plain
from minsheng_xl.forms.layout import PlacedCell, Sheet
from minsheng_xl.forms.left import Left
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.judge import Judge
from minsheng_xl.plan.model import Kind, Role, Tier, Unit
from tests.hostile.base import SHEET, STRINGS, STYLES, WORKBOOK, pack, unpack
from tests.hostile.surgery import insert_rows, with_row
from tests.sharing import made_once

PLAN = Plan.built_in(sample=True)
CHAINS = ((1, 2, 3, 4), (4, 5, 6, 7), (7, 8, 9, 10), (9, 10, 11, 12))
"""The months of 2022 that a county is watched through."""
COUNTIES = 10
MOST_TURNED_AWAY, MOST_ON_AVERAGE = 2, 0.5
FIXED = {"4-3": 555, "6-5": 4, "6-7": 32, "10-1": 790_000}

Figures = dict[Key, "Fraction | str"]
Measures = dict[str, "Fraction | str"]

# The county ------------------------------------------------------------------------------------


def grows(
    draw: Random, total: float, first: int, decimals: int = 0, pilot: tuple[int, int] | None = None
) -> list[Fraction]:
    """A cumulative figure for each month: uneven work, some months idle; perhaps a small start."""
    shares = [0.0 if month < first or draw.random() < 0.08 else draw.uniform(0.3, 1.7) for month in range(1, 13)]
    scale, so_far, found = 10**decimals, Fraction(0), []
    small = pilot is not None and draw.random() < 0.4
    for month, share in enumerate(shares, 1):
        if month == first and small and pilot is not None:
            so_far += draw.randint(*pilot)
        else:
            so_far += Fraction(round(total * share / (sum(shares) or 1) * scale), scale)
        found.append(so_far)
    return found


def wobbles(draw: Random, start: int, end: int, by: int) -> list[Fraction]:
    """A stock that drifts from one level to another and goes up and down on its way."""
    return [
        Fraction(max(0, start + round((end - start) * month / 12) + draw.randint(-by, by))) for month in range(1, 13)
    ]


def reached(draw: Random, earliest: int) -> list[Fraction | str]:
    """A milestone, reached in some month or not this year."""
    month = draw.randint(earliest, 14)
    return ["是" if at >= month else "否" for at in range(1, 13)]


def alone(course: list[Fraction] | list[Fraction | str]) -> list[Measures]:
    return [{"reported": value} for value in course]


def parts(numerators: list[Fraction], denominators: list[Fraction] | None = None) -> list[Measures]:
    if denominators is None:
        return [{"numerator": n} for n in numerators]
    return [{"numerator": n, "denominator": d} for n, d in zip(numerators, denominators, strict=True)]


def some_of(draw: Random, whole: list[Fraction], least: float, most: float) -> list[Fraction]:
    return [Fraction(round(float(value) * draw.uniform(least, most))) for value in whole]


def county(draw: Random) -> dict[str, list[Measures]]:
    """What happens in a county's year: for each indicator its measures in each month."""
    course: dict[str, list[Measures]] = {}
    start = draw.randint(1, 3)
    course["1-1"] = alone(grows(draw, draw.randint(24_000, 36_000), start, pilot=(25, 60)))
    skilled = grows(draw, draw.randint(19_000, 29_000), min(start + 1, 3), pilot=(20, 60))
    share, so_far, high = draw.uniform(0.2, 0.5), Fraction(0), []
    for month, value in enumerate(skilled):
        so_far += int((value - (skilled[month - 1] if month else 0)) * Fraction(share).limit_denominator(100))
        high.append(so_far)
    course |= {"1-2": alone(skilled), "1-3": alone(high)}
    course["1-4"] = parts(
        [Fraction(draw.randint(50, 89), 10) for _ in range(12)], [Fraction(draw.randint(38, 75), 10) for _ in range(12)]
    )

    shops = wobbles(draw, 1, draw.randint(4, 9), 0)
    course |= {
        "2-1": alone(reached(draw, 5)),
        "2-2": alone(wobbles(draw, 0, draw.randint(3, 5), 0)),
        "2-4": alone(shops),
    }
    course["2-3"] = alone([Fraction(min(int(all_of_them), 1 + month // 5)) for month, all_of_them in enumerate(shops)])
    last_year = grows(draw, draw.randint(1500, 2400), 1)
    course["2-5"] = parts([Fraction(round(v * Fraction(13, 10))) + draw.randint(0, 40) for v in last_year], last_year)

    course["3-1"] = alone(grows(draw, draw.randint(1700, 2300), draw.randint(2, 4)))
    estates = grows(draw, 9, draw.randint(3, 5))
    course |= {"3-2": alone(estates), "3-3": alone([value * 71 for value in estates])}
    covers = draw.randint(7000, 9000)
    course["3-4"] = parts(
        [Fraction(round(covers * draw.uniform(0.94, 0.99))) for _ in range(12)], [Fraction(covers)] * 12
    )
    course |= {"3-6": alone(reached(draw, 8)), "3-7": alone([Fraction(int(m > 6 and start == 2)) for m in range(12)])}

    course["4-1"] = alone(grows(draw, draw.uniform(26, 36), draw.randint(3, 4), decimals=draw.choice((1, 2, 3))))
    course["4-2"] = alone(grows(draw, draw.randint(13, 18), draw.randint(3, 5)))
    course["4-3"] = parts(sorted(wobbles(draw, 160, draw.randint(300, 380), 6)))
    course["5-1"] = alone([Fraction(int(month >= 8)) for month in range(12)])
    course["5-2"] = alone(grows(draw, 6, draw.randint(5, 7)))
    course["5-3"] = alone(
        sorted(Fraction(0 if month < 7 else 480 if month < 9 else 480 + draw.choice((180, 540))) for month in range(12))
    )

    course["6-1"] = alone(grows(draw, 4, draw.randint(2, 5)))
    course |= {"6-2": alone(wobbles(draw, 60, draw.randint(190, 230), 6)), "6-3": alone(wobbles(draw, 27, 34, 1))}
    course |= {
        "6-4": alone(wobbles(draw, 71_000, draw.randint(77_500, 81_000), 350)),
        "6-6": alone(wobbles(draw, 45, 52, 3)),
    }
    course["6-5"] = parts([Fraction(1 + month // 4) for month in range(12)])
    course["6-7"] = parts([Fraction(min(32, 26 + month // 2)) for month in range(12)])

    course["7-1"] = alone(grows(draw, draw.randint(13_000, 17_500), draw.randint(1, 3), pilot=(20, 80)))
    course["7-2"] = alone(grows(draw, draw.randint(13_000, 17_500), draw.randint(1, 3), pilot=(20, 80)))
    mothers, births = (
        [Fraction(sum(months[: n + 1])) for n in range(12)]
        for months in ([draw.randint(220, 360) for _ in range(12)] for _ in "12")
    )
    course |= {"7-3": parts(some_of(draw, mothers, 0.5, 0.8), mothers)}
    course |= {
        "7-4": parts(some_of(draw, births, 0.97, 1), births),
        "7-5": parts(some_of(draw, births, 0.96, 1), births),
    }
    course["7-6"] = parts(sorted(Fraction(draw.randint(2000, 12_000), 100) for _ in range(12)), [Fraction(120)] * 12)

    course["8-1"] = alone(grows(draw, draw.randint(100, 135), draw.randint(2, 3)))
    course |= {"9-1": alone(grows(draw, draw.randint(11, 15), 2)), "9-2": alone(grows(draw, draw.randint(50, 75), 2))}
    course["9-3"] = alone(reached(draw, 7))
    course["10-1"] = parts(sorted(wobbles(draw, 320_000, draw.randint(480_000, 560_000), 3000)))
    items = wobbles(draw, 165, 172, 2)
    course |= {
        "10-2": parts(some_of(draw, items, 0.86, 0.99), items),
        "10-3": parts(some_of(draw, items, 0.93, 1), items),
    }
    return course


# What a clerk means ------------------------------------------------------------------------------


@dataclass
class Meant:
    """What a clerk wants to say: the figures and the words, by key of the form."""

    figures: Figures = field(default_factory=dict)
    words: dict[Key, str] = field(default_factory=dict)


SUPPORT = (
    "组织本系统职工报名参加培训。",
    "协调开通绿色通道，当日办结。",
    "现场督导2次，整改问题3个。",
    "已按要求配合",
    "1.下发通知；\n2.召开推进会。",
    "无",
    "正常推进中",
)
PROGRESS = (
    "本月新增任务按计划推进。",
    "完成招标，进场施工。",
    "举办活动3场，参加120人。",
    "一是加强调度；二是每周通报。",
    "较上月有所加快，10月底前完成（见附表）",
)
REASONS = ("部分乡镇数据下月补报", "按户籍口径统计", "含上年结转", "数据来自省平台")


def intended(
    draw: Random, unit: Unit, form: Sheet, course: Mapping[str, list[Measures]], month: int, before: Mapping[str, Value]
) -> Meant:
    """A clerk's month: the county's figures where there are any, a correction now and then, a few words."""
    meant, idle = Meant(), set()
    for indicator in PLAN.filled_by(unit.name):
        if not indicator.takes_figures or not form.has(Key("figure", indicator.code, "reported")):
            continue
        measures = course[indicator.code][month - 1]
        optional = indicator.tier is Tier.TEXT
        if draw.random() < (0.3 if optional else 0.02) or (indicator.code == "1-4" and month % 3):
            continue  # nothing to report, or not known yet: the row stays blank
        last, value = before.get(indicator.code), measures.get("reported")
        if indicator.kind is Kind.CUMULATIVE and isinstance(last, Fraction) and isinstance(value, Fraction):
            if last == value:
                idle.add(indicator.project)
            elif last > 40 and draw.random() < 0.01:
                measures = {"reported": last - Fraction(int(last * 2 / 100) or 1)}
                meant.words[Key("figure", indicator.code, "explanation")] = "核减上月重复登记的数"
            elif value < last:  # last month was corrected downwards, or a stock moved: what was accepted stands
                measures = {"reported": last}
        meant.figures |= {Key("figure", indicator.code, name): value for name, value in measures.items()}
        if draw.random() < 0.05:
            meant.words[Key("figure", indicator.code, "explanation")] = draw.choice(REASONS)
    meant.words |= spoken(draw, unit, month, idle)
    return meant


def spoken(draw: Random, unit: Unit, month: int, idle: set[int]) -> dict[Key, str]:
    words: dict[Key, str] = {}
    for no in PLAN.projects_of(unit.name, Role.LEAD):
        quiet = no in idle and draw.random() < 0.8
        words[Key("word", str(no), "progress")] = "本期无新进展" if quiet else draw.choice(PROGRESS)
        if draw.random() < 0.8:
            words[Key("word", str(no), "evidence")] = draw.choice(("台账、照片", "见附件", "验收报告"))
        if draw.random() < 0.7:
            words[Key("word", str(no), "outlook")] = draw.choice(("能完成", "有风险"))
        if draw.random() < 0.3:
            words[Key("word", str(no), "problem")] = "资金到位慢，\n需协调。"
    supported = PLAN.projects_of(unit.name, Role.RESPONSIBLE)
    for place, no in enumerate(supported):
        if place == 0 or draw.random() < 0.85:
            words[Key("word", str(no), "support")] = draw.choice(SUPPORT) if draw.random() < 0.6 else "本期无新进展"
    words |= {
        Key("head", "form", "filler"): "张三",
        Key("head", "form", "reviewer"): draw.choice(("李四", "李四 王五", "李　四")),
    }
    words[Key("head", "form", "date")] = f"{2022 + month // 12}-{month % 12 + 1:02d}-{draw.randint(1, 6):02d}"
    if draw.random() < 0.5:
        words[Key("head", "form", "phone")] = draw.choice(("5051234", "13803750000", "0375-5051234"))
    return words


# How a clerk types -------------------------------------------------------------------------------

FORMATS: tuple[tuple[str, int], ...] = (
    ("General", 9),
    ("0", 0),
    ("#,##0", 0),
    ("0.00", 2),
    ("#,##0.00", 2),
    ("0_ ", 0),
    ("0.00_ ", 2),
    ("#,##0_ ", 0),
    ("G/通用格式", 9),
    (r"#,##0_);[Red]\(#,##0\)", 0),
    ("0_);[Red]\\(0\\)", 0),
    ("@", 9),
    (r'_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ ', 0),
    (r'_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ ', 2),
    (r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)', 0),
    (r'_-* #,##0.00_-;\-* #,##0.00_-;_-* "-"??_-;_-@_-', 2),
)
"""Number formats that a clerk clicks, with the decimals they show; nobody leaves one that hides digits."""
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
Habit = Callable[[Random, Fraction, str], str]


def as_text(draw: Random, figure: Fraction, unit: str) -> str:
    return plain(figure)


def in_full_width(draw: Random, figure: Fraction, unit: str) -> str:
    return plain(figure).translate(FULL_WIDTH)


def with_separators(draw: Random, figure: Fraction, unit: str) -> str:
    text = grouped(plain(figure))
    return text.replace(",", "，") if draw.random() < 0.3 else text


def with_spaces(draw: Random, figure: Fraction, unit: str) -> str:
    return draw.choice((" {}", "{} ", "\u3000{}", "{}\u00a0", "  {}  ", "{}\n")).format(plain(figure))


def with_unit(draw: Random, figure: Fraction, unit: str) -> str:
    """The unit of measure behind it, where the form names one for the cell."""
    text = draw.choice((plain(figure), grouped(plain(figure)), plain(figure).translate(FULL_WIDTH)))
    return f"{text}{draw.choice(('', '', ' '))}{unit}"


TEXT_HABITS: tuple[Habit, ...] = (as_text, in_full_width, with_separators, with_spaces, with_unit)


def reckoned(draw: Random, figure: Fraction, last: Value) -> tuple[str, str]:
    """A formula of constants for a figure, and the double a spreadsheet stores for it."""
    if isinstance(last, Fraction) and 0 < last < figure and last.denominator in (1, 2, 5, 10, 100, 1000):
        first = last
    else:
        first = Fraction(int(figure * draw.randint(10, 90) / 100))
    second = figure - first
    if figure >= 10_000 and draw.random() < 0.3:
        return f"{plain(figure / 10_000)}*10000", repr(float(figure / 10_000) * 10_000)
    stored = repr(float(first) + float(second))
    if draw.random() < 0.3:
        return draw.choice(("SUM({},{})", "({}+{})", "SUM({}+{})")).format(plain(first), plain(second)), stored
    return f"{plain(first)}+{plain(second)}", stored


_CELL = re.compile(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?[^>]*?(?:/>|>.*?</c>)', re.S)


class Draft:
    """An issued workbook while a clerk works on it, as the XML that a spreadsheet would save."""

    def __init__(self, content: bytes) -> None:
        self.parts = unpack(content)
        self._styles = self.parts[STYLES].decode()
        self._strings: list[str] = []
        self._known = len(re.findall("<si>", self.parts[STRINGS].decode()))
        self._cells: dict[str, tuple[str, str, str, str]] = {}
        self._made: dict[tuple[str, str, str], int] = {}

    def number(self, address: str, lexeme: str, code: str = "", face: str = "") -> None:
        self._cells[address] = (f"<v>{lexeme}</v>", "", code, face)

    def formula(self, address: str, formula: str, stored: str, code: str = "") -> None:
        self._cells[address] = (f"<f>{escape(formula)}</f><v>{stored}</v>", "", code, "")

    def text(self, address: str, words: str, code: str = "", face: str = "") -> None:
        self._strings.append(f'<si><t xml:space="preserve">{escape(words)}</t></si>')
        self._cells[address] = (f"<v>{self._known + len(self._strings) - 1}</v>", ' t="s"', code, face)

    def saved(self, *changes: Callable[[str], str]) -> bytes:
        """The package with all that was entered; then whole-sheet changes."""

        def one(match: re.Match[str]) -> str:
            entry = self._cells.get(match[1])
            if entry is None:
                return match[0]
            inner, attributes, code, face = entry
            style = self._style(match[2] or "0", code, face) if code or face else match[2] or "0"
            return f'<c r="{match[1]}" s="{style}"{attributes}>{inner}</c>'

        sheet, strings = self.parts[SHEET].decode(), self.parts[STRINGS].decode()
        sheet = _CELL.sub(one, sheet)
        for change in changes:
            sheet = change(sheet)
        strings = re.sub(' (?:uniqueCount|count)="[0-9]+"', "", strings).replace(
            "</sst>", "".join(self._strings) + "</sst>"
        )
        return pack(self.parts | {SHEET: sheet.encode(), STRINGS: strings.encode(), STYLES: self._styles.encode()})

    def _style(self, own: str, code: str, face: str) -> int:
        """The number of a style like a cell's own with another number format, or another face."""
        if (own, code, face) not in self._made:
            listed = re.search("<cellXfs[^>]*>(.*?)</cellXfs>", self._styles, re.S)
            assert listed is not None
            every = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", listed[1], re.S)
            changed = every[int(own)]
            if code:
                number = 200 + len(every)
                quoted = escape(code, {'"': "&quot;"})
                self._styles = self._styles.replace(
                    "</numFmts>", f'<numFmt numFmtId="{number}" formatCode="{quoted}"/></numFmts>'
                )
                changed = re.sub(r'numFmtId="\d+"', f'numFmtId="{number}"', changed)
            if face:
                fonts = len(re.findall("<font>", self._styles.partition("</fonts>")[0]))
                fills = len(re.findall("<fill>", self._styles.partition("</fills>")[0]))
                self._styles = self._styles.replace(
                    "</fonts>", '<font><b/><i/><sz val="14"/><color rgb="FF000000"/><name val="楷体"/></font></fonts>', 1
                )
                colors = f'<fgColor rgb="{face}"/><bgColor indexed="64"/>'
                fill = f'<fill><patternFill patternType="solid">{colors}</patternFill></fill>'
                self._styles = self._styles.replace("</fills>", fill + "</fills>", 1)
                changed = re.sub(
                    r'fillId="\d+"', f'fillId="{fills}"', re.sub(r'fontId="\d+"', f'fontId="{fonts}"', changed)
                )
            self._styles = re.sub("<cellXfs[^>]*>", "<cellXfs>", self._styles).replace(
                "</cellXfs>", changed + "</cellXfs>"
            )
            self._made[own, code, face] = len(every)
        return self._made[own, code, face]


def enter(draw: Random, draft: Draft, cell: PlacedCell, figure: Fraction | str, last: Value, bent: Habit) -> str:
    """Type a figure in some way; return which."""
    assert cell.input is not None
    address, unit = cell.address, cell.input.unit
    face = draw.choice(("FFFFFF00", "FFFF0000", "FF92D050")) if draw.random() < 0.06 else ""
    if isinstance(figure, str):
        code = draw.choice(FORMATS)[0] if draw.random() < 0.2 else ""
        draft.text(address, draw.choice((figure, figure, figure + " ")), code, face)
        return "是 or 否"
    decimals = len(plain(figure).partition(".")[2])
    codes = [code for code, shows in FORMATS if shows >= decimals]
    code = draw.choice(codes) if draw.random() < 0.3 else ""
    way = draw.random()
    if way < 0.12:
        draft.formula(address, *reckoned(draw, figure, last), code=code)
        return "formula of constants"
    if way < 0.45:
        habit = bent if draw.random() < 0.7 else draw.choice(TEXT_HABITS)
        if habit is with_unit and not unit:
            habit = as_text
        draft.text(address, habit(draw, figure, unit), code, face)
        return habit.__name__.replace("_", " ")
    if unit and draw.random() < 0.03 and not decimals:
        code = f'#,##0"{unit}"'
    draft.number(address, repr(float(figure)) if decimals else plain(figure), code, face)
    return "number" + (" in a format of its own" if code else "")


def written(
    draw: Random, content: bytes, form: Sheet, meant: Meant, before: Mapping[str, Value], ways: Counter[str]
) -> bytes:
    """The issued workbook as the clerk sends it back."""
    draft, bent = Draft(content), draw.choice(TEXT_HABITS)
    for key, figure in meant.figures.items():
        ways[
            enter(draw, draft, form.cell(key), figure, before.get(key.of) if key.name == "reported" else None, bent)
        ] += 1
    for key, words in meant.words.items():
        address, dated = form.address(key), re.fullmatch(r"(\d+)-(\d\d)-(\d\d)", words)
        if dated and draw.random() < 0.4:
            days = openpyxl.utils.datetime.to_excel(openpyxl.utils.datetime.from_ISO8601(words))
            draft.number(address, str(int(days)), draw.choice(("yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"')))
        elif words.isdecimal() and draw.random() < 0.5:
            draft.number(address, words, "0")
        else:
            draft.text(address, words, face="FFFF0000" if draw.random() < 0.04 else "")
    return kept(draw, draft, ways)


def kept(draw: Random, draft: Draft, ways: Counter[str]) -> bytes:
    """What a clerk does to the file as a whole, a thing or two at most."""
    changes: list[Callable[[str], str]] = []

    def does(name: str, share: float) -> bool:
        doing = draw.random() < share
        ways[name] += doing
        return doing

    if does("hidden columns widened", 0.05):
        changes.append(
            lambda text: text.replace(' hidden="1" customWidth="1"/></cols>', ' customWidth="1"/></cols>').replace(
                ' hidden="1"', ""
            )
        )
    if does("columns widened", 0.08):
        changes.append(lambda text: re.sub(r'(<col min="7" max="7" width=)"[0-9.]+"', r'\1"19.5"', text))
    if does("a note outside the form", 0.06):
        note = draw.choice(("如有疑问请电话联系", "1月至今", "12", "张三填，李四校"))
        row, column = draw.choice(((70, "B"), (75, "G"), (9, "AK"), (1, "AL")))
        changes.append(with_row(row, f'<c r="{column}{row}" t="inlineStr"><is><t>{note}</t></is></c>'))
    if does("a row inserted above the table", 0.05):
        changes.append(insert_rows(draw.randint(1, 7)))
    if does("sheet renamed", 0.05):
        name = draw.choice(("填报表（定稿）", "10月", "Sheet1"))
        draft.parts[WORKBOOK] = draft.parts[WORKBOOK].replace("填报表".encode(), name.encode())
    content = draft.saved(*changes)
    if does("another sheet for calculations", 0.015):
        return by_hand(content, reckoning_sheet)
    if does("comments", 0.015):
        return by_hand(content, commented)
    if does("saved again by openpyxl", 0.02):
        return by_hand(content, lambda book: None)
    return content


def reckoning_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("计算")
    for row in (["乡镇", "1月", "2月", "合计"], ["张店乡", 12, 30, "=B2+C2"], ["合计", None, None, "=SUM(D2:D2)"]):
        sheet.append(row)


def commented(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    for address in ("A1", "A2", "A3"):
        sheet[address].comment = Comment("请领导审阅", "张三")


def by_hand(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# A year, and what the judge makes of it ----------------------------------------------------------


@cache
def words_form(unit: str, period: Period) -> bytes:
    """The issued form of a unit without figures, the same in every county."""
    return write_book(unit_book(PLAN, PLAN.unit(unit), period, {}))


@cache
def layout(unit: str, period: Period) -> Sheet:
    return unit_form(PLAN, PLAN.unit(unit), period, {})


class Accepted:
    """The evidence of a county: what went out, and what was accepted before it did."""

    def __init__(self, course: Mapping[str, list[Measures]], first: int) -> None:
        self._sent: dict[tuple[str, str], bytes] = {}
        self._before: dict[tuple[str, Period], dict[str, Value]] = {}
        self._parts: dict[tuple[str, Period], dict[Key, Value]] = {}
        self.cells: dict[str, dict[Key, Value]] = {unit.name: {} for unit in PLAN.reporting_units}
        self.known: dict[str, dict[str, Value]] = {unit.name: {} for unit in PLAN.reporting_units}
        for unit in PLAN.reporting_units:
            for indicator in PLAN.filled_by(unit.name):
                if first > 1 and indicator.code in course:
                    self.note(unit.name, indicator.code, course[indicator.code][first - 2])
                elif indicator.kind is Kind.CUMULATIVE:
                    self.known[unit.name][indicator.code] = Fraction(0)

    def note(self, unit: str, code: str, measures: Mapping[str, object]) -> None:
        """Take a figure as accepted."""
        value, numerator = measures.get("reported"), measures.get("numerator")
        denominator = Fraction(FIXED[code]) if code in FIXED else measures.get("denominator")
        for name in ("numerator", "denominator"):
            if isinstance(measures.get(name), Fraction):
                self.cells[unit][Key("figure", code, name)] = measures[name]  # type: ignore[assignment]
        if isinstance(value, Fraction | str):
            self.known[unit][code] = value
        elif isinstance(numerator, Fraction) and isinstance(denominator, Fraction):
            self.known[unit][code] = numerator / denominator

    def issue(self, unit: str, period: Period) -> bytes:
        known = self._before[unit, period] = dict(self.known[unit])
        parts = self._parts[unit, period] = dict(self.cells[unit])
        made = (
            write_book(unit_book(PLAN, PLAN.unit(unit), period, known, left=Left(parts=parts)))
            if PLAN.owes_figures(unit)
            else words_form(unit, period)
        )
        self._sent[unit, str(period)] = made
        return made

    def issued(self, unit: str, period: Period, form: str) -> bytes:
        return self._sent[unit, str(period)]

    def made_by(self, unit: str, period: Period, form: str) -> None:
        return None

    def plan_of(self, period: Period) -> None:
        return None

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return self._before[unit, period]

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        return self._parts[unit, period]


@dataclass
class Month:
    """One period of one county: its 39 returns, and what went wrong with them."""

    period: Period
    returns: int = 0
    turned_away: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)


def misreadings(meant: Meant, found: Return) -> Iterator[str]:
    """Figures that are not what the clerk meant; of an accepted return also those that are missing, and its words."""
    figures = found.content.figures if found.content is not None else {}
    for key, value in figures.items():
        if not isinstance(value, Doubt) and meant.figures.get(key) != value:
            yield f"{key}: read {value}, meant {meant.figures.get(key)}"
    if found.outcome is Outcome.ACCEPTED and found.content is not None:
        yield from (f"{key}: not read" for key in meant.figures if key not in figures)
        for key in meant.words.keys() | found.content.words.keys():
            if meant.words.get(key) != found.content.words.get(key):
                yield f"{key}: read {found.content.words.get(key)!r}, meant {meant.words.get(key)!r}"


def year_of(number: int, ways: Counter[str]) -> Iterator[Month]:
    """A county's months one after the other, each after what was accepted of those before."""
    draw = Random(f"county {number}")
    course, chain = county(draw), CHAINS[number % len(CHAINS)]
    evidence = Accepted(course, chain[0])
    judge = Judge(PLAN, evidence)
    for number_of_month in chain:
        period = Period.parse(f"2022-{number_of_month:02d}")
        month = Month(period)
        returns: list[tuple[str, Meant, bytes]] = []
        for unit in PLAN.reporting_units:
            content, form = evidence.issue(unit.name, period), layout(unit.name, period)
            before = evidence.before(unit.name, period)
            meant = intended(draw, unit, form, course, number_of_month, before)
            returns.append((unit.name, meant, written(draw, content, form, meant, before, ways)))
        again, said, content = draw.choice(returns)
        returns.append((again, said, by_hand(content, lambda book: None)))  # the 39th: one comes twice, saved once more
        for name, meant, content in returns:
            found = judge.judge(f"{name}.xlsx", "0" * 64, content)
            month.returns += 1
            if found.outcome is not Outcome.ACCEPTED:
                said_of_it = "；".join(
                    f"{p.code} {p.cell} {p.seen!r} {p.message}" for p in found.problems if p.severity.value != "提示"
                )
                month.turned_away.append(f"county {number} {period} {name}: {found.outcome.value} {said_of_it}")
            month.misread += [f"county {number} {period} {name}: {wrong}" for wrong in misreadings(meant, found)]
            for _, code, _ in found.content.figures if found.content is not None else ():
                measures = (
                    {key.name: value for key, value in found.content.figures.items() if key.of == code}
                    if found.content
                    else {}
                )
                evidence.note(name, code, measures)
        yield month


def simulated(number: int) -> tuple[list[Month], Counter[str]]:
    """The months of one county, and how often each way of filling in a form was taken."""
    ways: Counter[str] = Counter()
    return list(year_of(number, ways)), ways


@pytest.fixture(scope="module")
def county_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], tuple[list[Month], Counter[str]]]:
    """The simulation of a county, made once for all workers."""
    return lambda number: made_once(tmp_path_factory, f"county{number}", lambda _: simulated(number))


@pytest.mark.parametrize("number", range(COUNTIES))
def test_honest_returns_are_taken_as_they_were_meant(
    county_of: Callable[[int], tuple[list[Month], Counter[str]]], number: int
) -> None:
    months, _ = county_of(number)
    assert [month.returns for month in months] == [39] * 4
    misread = [wrong for month in months for wrong in month.misread]
    assert not misread, misread[:10]
    too_many = [month.turned_away for month in months if len(month.turned_away) > MOST_TURNED_AWAY]
    assert not too_many, "\n".join(line for lines in too_many for line in lines)


def test_honest_returns_are_nearly_all_taken(
    county_of: Callable[[int], tuple[list[Month], Counter[str]]]
) -> None:
    months: list[Month] = []
    ways: Counter[str] = Counter()
    for number in range(COUNTIES):
        more, taken = county_of(number)
        months += more
        ways += taken
    away = [len(month.turned_away) for month in months]
    print(
        f"{len(months)} months of 39 returns; held or refused in a month: "
        f"mean {sum(away) / len(away):.2f}, most {max(away)}; {dict(ways)}"
    )
    assert len(months) >= 40
    assert sum(away) / len(away) <= MOST_ON_AVERAGE
    assert len(ways) == 17
    assert all(ways.values())
