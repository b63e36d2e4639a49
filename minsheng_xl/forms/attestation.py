"""数据核验单: what was proved of a year's figures on one page, to be shown, signed and filed.

It is no sheet of the master: what it says is reckoned from the archive alone, and can be reckoned again by anybody.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, shown_column, text_column
from minsheng_xl.forms.layout import Book, Lights, Print, Sheet, SheetColumn
from minsheng_xl.plan.period import year_and_day
from minsheng_xl.texts import row_height

NAME = "数据核验单"
_MOST = 200
"""Rows of a list; what there is beyond is counted."""
_COLORS = (("有据", look.GREEN), ("无法核实", look.AMBER), ("不符", look.RED))
_MEANT = (
    "有据：归档的来件原件上就是这个数。无法核实：办公室填的、定的，没有原件；或原件没有了。不符：原件上不是这个数。",
    "本单由程序走一遍日志、逐个核对归档的文件、重新读每份原件得出，没有用登记库和总台账里的数；任何人拿到这个文件夹，运行 minsheng-xl verify 可以再核一遍。",
)


class Counted(NamedTuple):
    """A period: how many of its figures are 有据, 无法核实 and 不符, and their 校验码."""

    period: str
    proved: int
    unproved: int
    contradicted: int
    code: str


class Unproved(NamedTuple):
    """A figure that is not 有据, and why."""

    period: str
    code: str
    name: str
    unit: str
    value: str
    verdict: str
    why: str


class Attested(NamedTuple):
    """What there is to say: of which plan, on which day, of the journal; of each period; what is not 有据; and what
    else is wrong, in sentences."""

    title: str
    day: date
    journal: str
    periods: Sequence[Counted]
    unproved: Sequence[Unproved]
    faults: Sequence[str]


def attestation_book(found: Attested) -> Book:
    """The sheet as a workbook."""
    return Book([_sheet(found)], {"title": f"{found.title}{NAME}"})


def _sheet(found: Attested) -> Sheet:
    columns = _columns()
    wide = len(columns)
    sheet = Sheet("attestation", NAME, widths=[column.width for column in columns])
    sheet.heights |= {0: 42, 1: 24, 2: 22, 3: 30}
    sheet.put(0, 0, NAME, look.PAPER_TITLE, across=wide)
    sheet.put(1, 0, f"{found.title}　·　{year_and_day(found.day)}核验", look.CAPTION, across=wide)
    sheet.put(2, 0, found.journal, look.PAPER_NOTE.having(align="center"), across=wide)
    banner = look.BANNER.having(size=13, align="center", color=look.RED if _wrong(found) else look.GREEN)
    sheet.put(3, 0, _verdict(found), banner, key=Key("verdict", "all", "line"), across=wide)
    top = _periods(found.periods, sheet, 5)
    top = _list(found.unproved, sheet, top + 1, columns)
    top = _sentences(found.faults, sheet, top, wide)
    for text in _MEANT:
        sheet.put(top, 0, text, look.PAPER_NOTE, across=wide)
        sheet.heights[top] = row_height([(text, sum(sheet.widths))], least=18, size=10)
        top += 1
    sheet.put(top + 1, 0, "核验人：　　　　　　　　　　日期：　　　　年　　月　　日", look.SIGN_OFF, across=wide)
    sheet.heights |= {4: 8, top + 1: 34}
    sheet.print = Print("A4", landscape=False)
    return sheet


def _wrong(found: Attested) -> int:
    return len(found.faults) + sum(one.contradicted for one in found.periods)


def _verdict(found: Attested) -> str:
    """The result in a line."""
    proved = sum(one.proved for one in found.periods)
    every = proved + sum(one.unproved + one.contradicted for one in found.periods)
    said = f"共 {every} 个数，有据 {proved} 个"
    return f"{said}；有 {_wrong(found)} 处不对" if _wrong(found) else f"{said}；没有发现不对的地方"


def _periods(periods: Sequence[Counted], sheet: Sheet, top: int) -> int:
    center = look.PAPER_CENTER
    columns: list[SheetColumn[Counted]] = [
        shown_column("period", "期次", lambda one: one.period, center),
        shown_column("proved", "有据", lambda one: str(one.proved), center),
        shown_column("unproved", "无法核实", lambda one: str(one.unproved), center),
        shown_column("contradicted", "不符", lambda one: str(one.contradicted), center),
        shown_column(
            "every", "合计", lambda one: str(one.proved + one.unproved + one.contradicted), center.having(bold=True)
        ),
        shown_column("code", "校验码", lambda one: one.code, center, across=2),
    ]
    return sheet.table(
        top, page.heads(columns), periods, lambda one: RowName("period", one.period), head_height=24, row_height=21
    )


def _columns() -> list[SheetColumn[Unproved]]:
    small, center = look.PAPER.having(size=9.5), look.PAPER_CENTER.having(size=9.5)
    return [
        shown_column("period", "期次", lambda one: one.period, center, 10),
        shown_column("verdict", "结论", lambda one: one.verdict, center.having(bold=True), 10),
        shown_column("code", "编码", lambda one: one.code, center, 10),
        name_column("name", "指标", lambda one: one.name, small, 22),
        name_column("unit", "单位", lambda one: one.unit, small, 18),
        shown_column("value", "数", lambda one: one.value, center, 10),
        text_column("why", "说明", lambda one: one.why, small, 34),
    ]


def _list(
    unproved: Sequence[Unproved], sheet: Sheet, top: int, columns: Sequence[SheetColumn[Unproved]]
) -> int:
    """The figures that are not 有据."""
    wide = len(columns)
    sheet.put(top, 0, f"不是有据的数（{len(unproved)} 个）", look.SECTION, across=wide)
    sheet.heights[top] = 26
    shown = unproved[:_MOST]
    bottom = sheet.table(
        top + 1, page.heads(columns), shown, lambda one: RowName(f"{one.period} {one.code}", one.unit), head_height=24
    )
    grow(sheet, range(top + 2, bottom), least=21)
    if len(unproved) != len(shown) or not shown:
        rest = f"……另有 {len(unproved) - len(shown)} 个，运行 minsheng-xl verify 看全部" if shown else "无"
        sheet.put(bottom, 0, rest, look.PAPER_CENTER, across=wide)
        sheet.heights[bottom] = 21
        bottom += 1
    sheet.lights.append(Lights((top + 2, 1), (bottom, 1), _COLORS))
    return bottom


def _sentences(faults: Sequence[str], sheet: Sheet, top: int, wide: int) -> int:
    """What else is wrong, a row a sentence."""
    if not faults:
        return top
    sheet.put(top, 0, f"日志、登记库、归档里不对的地方（{len(faults)} 处）", look.SECTION, across=wide)
    sheet.heights[top] = 26
    shown = [*faults[:_MOST], *([f"……另有 {len(faults) - _MOST} 处"] if len(faults) > _MOST else [])]
    for row, text in enumerate(shown, top + 1):
        sheet.put(row, 0, text, look.PAPER.having(size=9.5), across=wide)
        sheet.heights[row] = row_height([(text, sum(sheet.widths))], least=20, size=9.5)
    return top + 1 + len(shown)
