"""The task table as it was published, for paper: its heads, the width of each column, the size of its face; a sheet."""

import re
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Literal, NamedTuple

from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Book, Print, Sheet
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.tables import TASKS
from minsheng_xl.texts import DIGIT, cleaned, lines, width_points

PAGE = 430.0
"""The points of a page's height that rows of the table have, under its head."""
ROOM = 740
"""The points that its columns share: the width of A4 landscape without the margins."""
_PIECE = 4  # points
_LARGE, _SMALL = 12.0, 10.5  # 小四, 五号
LEADING = 4.5
"""The points between lines of a document."""
_HIGHEST, _SLICE = 400.0, 100.0  # points of a row of a sheet; of each of those that a higher one is made of
_PADDING = 6.0  # points above and below the text of a cell
_ENDS = re.compile("\r\n?")


class TaskColumn(NamedTuple):
    """A column as published: the points it has at the least, and whether it takes of what is left as its texts need.
    One that is not `usual` is left out where no row has anything in it. `align` is of its texts."""

    title: str
    least: int
    grows: bool = False
    usual: bool = True
    align: Literal["left", "center"] = "left"


COLUMNS = (
    TaskColumn("序号", 38, align="center"),
    TaskColumn("项目", 72, grows=True),
    TaskColumn("指标任务", 130, grows=True),
    TaskColumn("牵头单位", 73, grows=True),
    TaskColumn("责任单位", 72, grows=True),
    TaskColumn("认定单位", 62, align="center"),
    TaskColumn("分管领导", 62, usual=False, align="center"),
    TaskColumn("完成时限", 68, usual=False, align="center"),
    TaskColumn("备注", 56, grows=True, usual=False),
)
_TASK = 2
"""The place of 指标任务."""


class TaskTable(NamedTuple):
    """What is written: title, columns with their widths in points, rows of texts (lines divided by "\\n"), and the size
    of the face they are in."""

    title: str
    columns: tuple[TaskColumn, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    size: float

    def height(self, row: tuple[str, ...]) -> float:
        """How high a row of a document is in points, in a face that may be wider than the one it names."""
        return _height(row, self.widths, self.size)


def task_table(plan: Plan) -> TaskTable:
    """任务表 of a plan, word for word, a row for each task."""
    written = plan.tables[TASKS.name]
    columns = tuple(one for one in COLUMNS if one.usual or _is_filled(one.title, written))
    rows = tuple(_texts(row, columns) for row in written)
    widths = _widths(columns, rows)
    is_small = any(_height(row, widths, _LARGE) > PAGE / 2 for row in rows)
    return TaskTable(cleaned(plan.settings.title), columns, widths, rows, _SMALL if is_small else _LARGE)


def _is_filled(title: str, rows: Sequence[Mapping[str, str]]) -> bool:
    return any(row.get(title) for row in rows)


def _texts(row: Mapping[str, str], columns: tuple[TaskColumn, ...]) -> tuple[str, ...]:
    return tuple(cleaned(_ENDS.sub("\n", row.get(one.title, ""))) for one in columns)


def _widths(columns: tuple[TaskColumn, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    """The least of each, and what is left in small pieces to the column that makes the rows highest at the time."""
    widths = [one.least for one in columns]
    areas = [list(map(width_points, row)) for row in rows]
    growing = [place for place, one in enumerate(columns) if one.grows]
    for _ in range((ROOM - sum(widths)) // _PIECE):
        gains = dict.fromkeys(growing, 0.0)
        for row in areas:
            highest = max(growing, key=lambda place: row[place] / widths[place])
            gains[highest] += row[highest] / widths[highest] ** 2
        widths[max(growing, key=gains.__getitem__)] += _PIECE
    widths[_TASK] += ROOM - sum(widths)
    return tuple(widths)


def _height(row: tuple[str, ...], widths: tuple[int, ...], size: float) -> float:
    return _lines(row, widths, size) * (size + LEADING) + _PADDING


def _lines(row: tuple[str, ...], widths: tuple[int, ...], size: float) -> int:
    return max(lines(text, width / DIGIT, size) for text, width in zip(row, widths, strict=True))


def task_book(table: TaskTable) -> Book:
    """The table as a workbook for paper: A4 landscape, one page wide, the head on each page."""
    sheet = Sheet("tasks", TASKS.name, tab=look.TAB_SUMMARY, widths=[width / DIGIT for width in table.widths])
    sheet.put(0, 0, table.title, look.PAPER_TITLE.having(shrink=True), across=len(table.columns))
    sheet.heights |= {0: 40, 1: 30}
    for place, column in enumerate(table.columns):
        sheet.put(1, place, column.title, look.PAPER_HEAD)
    top = 2
    for row in table.rows:
        top = _draw(sheet, table, row, top)
    sheet.freeze = (2, 2)
    sheet.print = Print("A4", head_rows=(1, 1))
    return Book([sheet], {"title": table.title})


def _draw(sheet: Sheet, table: TaskTable, row: tuple[str, ...], top: int) -> int:
    """Place a row, over several of the sheet's where one cannot be so high; the first row below."""
    body = look.PAPER.having(face=look.TEXT_FACE, size=table.size)
    high = _lines(row, table.widths, table.size) * (table.size + 4) + _PADDING
    down = ceil(high / _SLICE) if high > _HIGHEST else 1
    for place, (text, column) in enumerate(zip(row, table.columns, strict=True)):
        style = body.having(align=column.align, valign="top" if down > 1 else "center")
        number = parse_plain(text) if column.title == "序号" else None
        sheet.put(top, place, text if number is None else number, style, down=down)
    sheet.heights |= dict.fromkeys(range(top, top + down), max(24.0, high / down))
    return top + down
