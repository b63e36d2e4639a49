"""A plan as 计划.xlsx, which the office edits: the same tables, with drop-downs and notes."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from minsheng_xl.exact.addresses import Place
from minsheng_xl.exact.numbers import PLAIN, parse_lexeme, plain
from minsheng_xl.plan.answers import choices_in
from minsheng_xl.plan.blank import INSTRUCTIONS
from minsheng_xl.plan.limits import too_large
from minsheng_xl.plan.model import OTHER
from minsheng_xl.plan.tables import (
    GROUPS,
    NUMBERS,
    PERIOD_COLUMNS,
    QUESTIONS,
    TABLES,
    UNITS,
    ColumnContent,
    Misread,
    RawRow,
    RawTables,
    Table,
    TableColumn,
    is_example,
)
from minsheng_xl.problems import PlanError
from minsheng_xl.texts import row_height

_WRAPPED = 20  # columns this wide wrap their text
_FAR_ROW, _FAR_COLUMN = 100_000, 1000
_STYLES = "xl/styles.xml"
_SPARE_ROWS = 200  # drop-downs reach this far below the last row
_DAY = datetime(2000, 1, 1)  # equal tables give equal bytes, whenever they are written
_DIGIT = 7  # pixels of the width that stands for one sign, in the face of the workbook
_LINE = "#B8C2CC"
_BODY: dict[str, object] = {"font_name": "宋体", "font_size": 10.5}
_CENTRED = (
    ColumnContent.INTEGER, ColumnContent.NUMBER, ColumnContent.CHOICE, ColumnContent.CODE, ColumnContent.DATE,
    ColumnContent.SHARE,
)
_NUMERIC = (ColumnContent.NUMBER, ColumnContent.INTEGER, ColumnContent.SHARE)
_AS_TEXT = (ColumnContent.CODE, ColumnContent.TEXT, ColumnContent.UNITS, ColumnContent.SHARE)
"""Columns that stay text, so that Excel makes no dates of 6-1 and 6/7."""
_DEFAULT, _ANSWER = "默认", "答复"
_GROUNDS = {_DEFAULT: "#FFF2CC", _ANSWER: "#FFFFFF"}
"""The grounds of 待确认: what stands there until it is answered, where it is answered; all else is only read."""
_ONLY_READ, _FADED = "#F3F5F7", "#8A949E"
_LONGEST_LIST = 255
"""Signs of a drop-down's choices that Excel takes."""
_LATEST, _HEAD_WITHIN = (GROUPS, QUESTIONS, NUMBERS), 5
"""Tables whose names an office may have given to sheets of its own before; in so many rows of a sheet a title has to
stand that it is taken for one of them."""


def workbook_bytes(tables: dict[str, list[dict[str, str]]]) -> bytes:
    """The tables as the sheets of a workbook for the office to edit."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": _DAY})
    formats = _Formats(book)
    if any(_holds_examples(table, tables) for table in TABLES):
        _instruct(book.add_worksheet(INSTRUCTIONS.sheet), formats)
    for table in _drawn(tables):
        _draw(book.add_worksheet(table.name), table, tables.get(table.name, []), formats)
    last = len(tables.get(UNITS.name, [])) + _SPARE_ROWS
    book.define_name("单位名单", f"='{UNITS.name}'!$A$2:$A${last}")
    book.close()
    return stream.getvalue()


def _holds_examples(table: Table, tables: dict[str, list[dict[str, str]]]) -> bool:
    return any(is_example(table, row) for row in tables.get(table.name, []))


def _drawn(tables: dict[str, list[dict[str, str]]]) -> list[Table]:
    """The tables that get a sheet, 待确认 before all others: that and 数字对照表 only where they say something."""
    often = [one for one in TABLES if one not in (QUESTIONS, NUMBERS)]
    drawn = [QUESTIONS, *often, NUMBERS]
    return [one for one in drawn if one in often or tables.get(one.name)]


def _instruct(sheet: Any, formats: "_Formats") -> None:
    """The sheet that says how a blank plan is filled in."""
    sheet.set_column_pixels(0, 0, round(INSTRUCTIONS.width * _DIGIT))
    sheet.hide_gridlines(2)
    for number, text in enumerate(INSTRUCTIONS.lines):
        head = number == 0
        sheet.write_string(number, 0, text, formats.line(head=head))
        sheet.set_row(number, 34 if head else row_height([(text, INSTRUCTIONS.width)], least=20))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[frozenset[tuple[str, object]], Any] = {}

    def of(self, **properties: object) -> Any:
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def head(self, column: TableColumn) -> Any:
        """Blue where the column must be filled."""
        return self.of(
            font_name="黑体", font_size=10.5, bold=True, font_color="#1F4E79" if column.required else "#1F2933",
            bg_color="#E9EEF3", border=1, border_color=_LINE, align="center", valign="vcenter", text_wrap=True,
        )

    def column(self, column: TableColumn) -> Any:
        """Of a cell that the office adds."""
        return self.of(**_BODY, num_format=_format(column))

    def line(self, *, head: bool) -> Any:
        """Of the instructions."""
        if head:
            return self.of(font_name="黑体", font_size=16, valign="vcenter")
        return self.of(**_BODY, text_wrap=True, valign="vcenter")

    def body(self, column: TableColumn, number: str, look: "_Look") -> Any:
        side = "center" if column.content in _CENTRED else "left"
        more: dict[str, object] = {"bg_color": look.ground} if look.ground else {}
        if look.is_faded:
            more |= {"font_color": _FADED, "italic": True}
        return self.of(
            **_BODY, num_format=number, border=1, border_color=_LINE, align=side, valign="vcenter",
            text_wrap=column.width >= look.wrapped, **more,
        )


class _Look(NamedTuple):
    """How a cell looks: its ground, whether it only shows how one is filled in, from which width on it wraps."""

    ground: str = ""
    is_faded: bool = False
    wrapped: float = _WRAPPED


def _look(table: Table, column: TableColumn, row: dict[str, str]) -> _Look:
    if table is QUESTIONS:
        return _Look(_GROUNDS.get(column.title, _ONLY_READ), wrapped=0)
    return _Look(is_faded=is_example(table, row))


def _draw(sheet: Any, table: Table, rows: list[dict[str, str]], formats: _Formats) -> None:
    for index, column in enumerate(table.columns):
        _draw_column(sheet, index, column, len(rows), formats)
        sheet.write_string(0, index, column.title, formats.head(column))
        if column.note:
            sheet.write_comment(0, index, column.note, {"author": "填写说明", "width": 280, "height": 110})
        for number, row in enumerate(rows, start=1):
            look = _look(table, column, row)
            _put(sheet, (number, index), row.get(column.title, ""), column, partial(formats.body, column, look=look))
    if table is QUESTIONS:
        _offer_choices(sheet, rows)
    narrowest = 0 if table is QUESTIONS else _WRAPPED
    wrapped = [column for column in table.columns if column.width >= narrowest]
    for number, row in enumerate(rows, start=1):
        texts = [(row.get(column.title, ""), column.width) for column in wrapped]
        sheet.set_row(number, row_height(texts, least=18))
    sheet.set_row(0, 30)
    _set_page(sheet, len(table.columns))


def _offer_choices(sheet: Any, rows: list[dict[str, str]]) -> None:
    """A drop-down of its own for each question; what may be answered otherwise too is not refused."""
    column = QUESTIONS.titles.index(_ANSWER)
    for number, row in enumerate(rows, start=1):
        given = choices_in(row.get("选项", ""))
        is_free, default = OTHER in given or not given, row.get(_DEFAULT, "")
        choices = list(dict.fromkeys(one for one in (default, *given) if one and one != OTHER))
        if not choices or "," in "".join(choices) or len(",".join(choices)) > _LONGEST_LIST:
            continue
        told = "选一个，也可以直接写上应填的。" if is_free else "选一个。"
        sheet.data_validation(number, column, number, column, {
            "validate": "list", "source": choices, "show_error": not is_free,
            "input_title": "答复", "input_message": f"{told}不答复的用默认：{default}"[:_LONGEST_LIST],
            "error_title": "不在选项内", "error_message": "请从下拉列表中选一个。",
        })


def _draw_column(sheet: Any, index: int, column: TableColumn, rows: int, formats: _Formats) -> None:
    """Width, drop-down, and what a row that the office adds looks like."""
    sheet.set_column_pixels(index, index, round(column.width * _DIGIT), formats.column(column))
    source: str | list[str] = list(column.choices)
    if source:
        may_be_blank = not column.required
    elif column.content is ColumnContent.UNIT:
        source, may_be_blank = "=单位名单", True
    else:
        return
    sheet.data_validation(1, index, rows + _SPARE_ROWS - 1, index, {
        "validate": "list", "source": source, "ignore_blank": may_be_blank,
        "error_title": "不在可选范围内", "error_message": "请从下拉列表中选一个。",
    })


def _set_page(sheet: Any, columns: int) -> None:
    """Frozen head, and how it is printed."""
    sheet.freeze_panes(1, 2 if columns > 5 else 0)
    sheet.set_tab_color("#1F4E79")
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _format(column: TableColumn) -> str:
    """Codes, texts and names stay text, so that Excel makes no dates of them."""
    return "@" if column.content in _AS_TEXT else "General"


def _put(sheet: Any, place: Place, text: str, column: TableColumn, body: Callable[[str], Any]) -> None:
    """Write a text as the number, percentage or date it stands for, if it reads back the same; `body` makes the format
    of the cell from that of its number."""
    number = _number(text) if column.content in _NUMERIC else None
    day = _day(text) if column.content is ColumnContent.DATE else None
    if number is not None:
        sheet.write_number(*place, float(number), body(_shown_as(text)))
    elif day is not None:
        sheet.write_datetime(*place, day, body("yyyy-mm-dd"))
    elif text:
        sheet.write_string(*place, text, body(_format(column)))  # "=1+1" too
    else:
        sheet.write_blank(*place, None, body(_format(column)))


def _number(text: str) -> Fraction | None:
    """The number that a text stands for, also as a percentage, if it reads back the same."""
    bare = text.removesuffix("%")
    if not PLAIN.match(bare) or plain(Fraction(bare)) != bare:
        return None
    number = Fraction(bare) / (100 if text.endswith("%") else 1)
    return number if Fraction(f"{float(number):.16G}") == number else None  # as many digits as a file is given


def _shown_as(text: str) -> str:
    """The format in which a number shows as it is written."""
    if not text.endswith("%"):
        return "General"
    decimals = len(text.removesuffix("%").partition(".")[2])
    return ("0." + "0" * decimals if decimals else "0") + "%"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_workbook(path: Path | BinaryIO) -> RawTables:
    """Read the sheets of 计划.xlsx as text.

    Raises whatever openpyxl raises on a file that is no workbook; `read_tables` says it plainly.
    """
    from openpyxl import load_workbook

    beyond = too_large(path)
    if beyond:
        raise PlanError(beyond)
    book = load_workbook(_with_whole_fills(path))
    far: list[tuple[str, str]] = []
    rows: dict[str, list[RawRow]] = {}
    heads: dict[str, tuple[str, ...]] = {}
    misread: list[Misread] = []
    sheets = {"".join(sheet.title.split()): sheet for sheet in reversed(book.worksheets)}
    for table in TABLES:
        sheet = sheets.pop(table.name, None)
        if sheet is not None and not (table in _LATEST and _is_of_the_office(sheet, table)):
            heads[table.name] = tuple(map(table.title_in, _titles(sheet)))
            rows[table.name] = _read_rows(sheet, table, heads[table.name], misread)
            far += [(table.name, address) for address in _far(sheet)]
    is_whole = all(table.name in heads or table.since for table in TABLES)
    strangers = () if is_whole else tuple((sheet.title, _titles(sheet)) for sheet in sheets.values())
    return RawTables(rows, heads, tuple(misread), tuple(far), strangers)


def _is_of_the_office(sheet: Any, table: Table) -> bool:
    """Whether a sheet that is called like a table which came later is one that the office made for itself."""
    near = (cell.value for (row, _), cell in sheet._cells.items() if row <= _HEAD_WITHIN)
    return {table.title_in(str(value)) for value in near if value is not None}.isdisjoint(table.titles)


_BLANK_FILL = re.compile(rb"<fill\s*/>|<fill>\s*</fill>")
_NO_FILL = b'<fill><patternFill patternType="none"/></fill>'


def _with_whole_fills(path: Path | BinaryIO) -> Path | BinaryIO:
    """A workbook whose fills all say what they are: other programs write blank ones, which openpyxl does not read."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        styles = package.read(_STYLES) if _STYLES in names else b""
        if not _BLANK_FILL.search(styles):
            return path
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as whole:
            for name in names:
                whole.writestr(name, _BLANK_FILL.sub(_NO_FILL, styles) if name == _STYLES else package.read(name))
    return out


def _far(sheet: Any) -> list[str]:
    """The address of the farthest cell of a sheet, if it lies where no plan reaches."""
    if sheet.max_row <= _FAR_ROW and sheet.max_column <= _FAR_COLUMN:
        return []
    farthest = max(sheet._cells, key=lambda place: (place[0] > _FAR_ROW, place[1], place[0]))
    return [sheet.cell(*farthest).coordinate]


def _filled(sheet: Any) -> list[tuple[int, int]]:
    """Row and column of the cells that hold something: what is only formatted may reach to the sheet's end."""
    return sorted(place for place, cell in sheet._cells.items() if cell.value is not None)


def _titles(sheet: Any) -> tuple[str, ...]:
    """The head of a sheet, as far as the last title."""
    last = max((column for row, column in _filled(sheet) if row == 1), default=0)
    titles = ["" if value is None else str(value).strip() for value in _values(sheet, last)]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _values(sheet: Any, last: int) -> list[Any]:
    return [sheet.cell(1, column).value for column in range(1, last + 1)]


def _read_rows(sheet: Any, table: Table, titles: tuple[str, ...], misread: list[Misread]) -> list[RawRow]:
    """The rows of a sheet that are not blank; what misreads goes into `misread`."""
    known = {column.title: column for column in table.columns}
    rows = []
    width = len(titles) or 1
    for number in sorted({row for row, column in _filled(sheet) if row > 1 and column <= width}):
        record: dict[str, str] = {}
        cells = (sheet.cell(number, column) for column in range(1, width + 1))
        for title, cell in zip(titles, cells, strict=False):
            record[title], code = _text(cell, known.get(title))
            if code and title in known:
                misread.append(Misread(table.name, number, title, code, record[title]))
        if any(record.values()):
            rows.append(RawRow(number, record))
    return rows


def _text(cell: Any, column: TableColumn | None) -> tuple[str, str]:
    """What a cell says, as canonical text, and the code of a problem if it cannot be said."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return str(value), "plan-formula"
    if isinstance(value, datetime | date):
        if column is not None and column.title in PERIOD_COLUMNS and value.day == 1:
            return value.strftime("%Y-%m"), ""
        return value.strftime("%Y-%m-%d"), "" if _holds_days(column) else "plan-became-date"
    if isinstance(value, bool):
        return "是" if value else "否", ""
    if isinstance(value, int | float):
        number = parse_lexeme(repr(value))
        if number is None:
            return str(value), "plan-number"
        return plain(number * 100) + "%" if "%" in cell.number_format else plain(number), ""
    return str(value).strip(), ""


_MAY_BE_DAYS = ("值", "完成时限", _DEFAULT, _ANSWER)


def _holds_days(column: TableColumn | None) -> bool:
    """Whether a date may stand there; 参数.值 holds due dates too, which Excel makes real dates, and so do others."""
    return column is not None and (column.content is ColumnContent.DATE or column.title in _MAY_BE_DAYS)
