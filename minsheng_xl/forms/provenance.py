"""数据溯源表: how figures stood in every period, and every step by which they came to that, to be shown and filed.

It is no sheet of the master: all that it says stands in the journal and in the files of the archive.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, shown_column, text_column
from minsheng_xl.forms.layout import Book, Lights, Print, Sheet, SheetColumn
from minsheng_xl.plan.period import year_and_day
from minsheng_xl.texts import row_height

NAME = "数据溯源表"
USED = "√"
_HEAD = 3
_MEANT = (
    f"{USED}：现在用的数由这一步来。定稿后：这一步在那一期定稿以后，计入下期的上期累计。"
    "日志：归档里日志的第几条，和到那一条为止的链首（前八位）；文件按内容存在归档里，运行 minsheng-xl verify 可以逐个再核一遍。"
)


class TracedPeriod(NamedTuple):
    """How a figure stood in a period, as texts; `status` is the label of its light."""

    period: str
    code: str
    name: str
    value: str
    unit: str
    status: str
    as_closed: str
    certified: str
    closed: str


class TracedStep(NamedTuple):
    """A step: when, of which period and indicator, what was done, the figure, who did it, in which file and cell."""

    at: datetime
    period: str
    code: str
    act: str
    value: str
    who: str
    where: str
    words: str
    line: str
    is_used: bool


class Traced(NamedTuple):
    """What the sheet tells: of which plan, of what, on which day."""

    title: str
    of: str
    day: date
    periods: Sequence[TracedPeriod]
    steps: Sequence[TracedStep]
    lost: Sequence[str] = ()


def provenance_book(traced: Traced) -> Book:
    """The sheet as a workbook."""
    return Book([_sheet(traced)], {"title": f"{traced.title}{NAME}：{traced.of}"})


def _sheet(traced: Traced) -> Sheet:
    steps = _steps()
    wide = len(steps)
    sheet = Sheet("provenance", NAME, widths=[column.width for column in steps], tab=look.TAB_SUMMARY, zoom=90)
    sheet.heights |= {0: 40, 1: 24, 2: 24}
    sheet.put(0, 0, NAME, look.PAPER_TITLE, across=wide)
    sheet.put(1, 0, f"{traced.title}　·　{traced.of}　·　{year_and_day(traced.day)}", look.CAPTION, across=wide)
    sheet.put(2, 0, "各期的数", look.SECTION, across=wide)
    numbers = {id(one): str(number) for number, one in enumerate((*traced.periods, *traced.steps))}
    bottom = sheet.table(
        _HEAD, page.heads(_periods()), traced.periods, lambda one: RowName("stood", numbers[id(one)]), head_height=26
    )
    grow(sheet, range(_HEAD + 1, bottom), least=21)
    sheet.lights.append(Lights((_HEAD + 1, 6), (max(bottom - 1, _HEAD + 1), 6), look.LIGHT_COLORS))
    sheet.put(bottom, 0, f"经过（{len(traced.steps)} 步，照日志的先后）", look.SECTION, across=wide)
    sheet.heights[bottom] = 30
    top = bottom + 1
    bottom = sheet.table(
        top, page.heads(steps), traced.steps, lambda one: RowName("step", numbers[id(one)]), head_height=26
    )
    grow(sheet, range(top + 1, bottom), least=21)
    told = _MEANT + (f"归档里缺原件、没有写出单元格的：{'、'.join(traced.lost)}。" if traced.lost else "")
    sheet.put(bottom, 0, told, look.PAPER_NOTE, across=wide)
    sheet.heights[bottom] = row_height([(told, sum(sheet.widths))], least=30, size=10)
    sheet.print = Print("A4", head_rows=(top, top))
    return sheet


def _periods() -> list[SheetColumn[TracedPeriod]]:
    small, center = look.PAPER.having(size=10), look.PAPER_CENTER.having(size=10)
    return [
        shown_column("period", "期次", lambda one: one.period, center),
        shown_column("code", "编码", lambda one: one.code, center),
        name_column("name", "指标", lambda one: one.name, small, across=2),
        shown_column("value", "在用的数", lambda one: one.value, center.having(bold=True)),
        name_column("unit", "填数单位", lambda one: one.unit, center),
        shown_column("status", "状态", lambda one: one.status, center),
        name_column("other", "定稿时是别的数的、认定", _beside, small),
        shown_column("closed", "定稿", lambda one: one.closed, center),
    ]


def _beside(one: TracedPeriod) -> str:
    closed = f"定稿时 {one.as_closed}" if one.as_closed else ""
    return "；".join(filter(None, (closed, one.certified and f"认定 {one.certified}")))


def _value(one: TracedStep) -> str:
    return f"{USED} {one.value}" if one.is_used else one.value


def _steps() -> list[SheetColumn[TracedStep]]:
    small, center = look.PAPER.having(size=9.5), look.PAPER_CENTER.having(size=9.5)
    return [
        shown_column("at", "时间", lambda one: f"{one.at:%Y-%m-%d %H:%M}", center, 16),
        shown_column("period", "期次", lambda one: one.period, center, 9),
        shown_column("code", "编码", lambda one: one.code, center, 8),
        name_column("act", "事", lambda one: one.act, center, 16),
        name_column("value", "数", _value, center.having(bold=True), 15),
        name_column("who", "谁", lambda one: one.who, center, 18),
        text_column("where", "文件和单元格", lambda one: one.where, small, 38),
        text_column("words", "说明", lambda one: one.words, small, 40),
        name_column("line", "日志", lambda one: one.line, center.having(size=8.5), 14),
    ]
