"""A plan as 计划.xlsx, which the office edits: the same tables, with drop-downs and notes."""

import io
import re
import zipfile
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from minsheng_xl.exact.numbers import PLAIN, parse_lexeme, plain
from minsheng_xl.plan.limits import too_large
from minsheng_xl.plan.tables import (
    PERIOD_COLUMNS,
    TABLES,
    UNITS,
    ColumnContent,
    Misread,
    RawRow,
    RawTables,
    Table,
    TableColumn,
)
from minsheng_xl.problems import PlanError
from minsheng_xl.texts import row_height

if TYPE_CHECKING:
    from openpyxl import Workbook

_WRAPPED = 20  # columns this wide wrap their text
_FAR_ROW, _FAR_COLUMN = 100_000, 1000
_STYLES = "xl/styles.xml"
_SPARE_ROWS = 200  # drop-downs reach this far below the last row
_DAY = datetime(2000, 1, 1)  # equal tables give equal bytes, whenever they are written
_CENTRED = (ColumnContent.INTEGER, ColumnContent.NUMBER, ColumnContent.CHOICE, ColumnContent.CODE, ColumnContent.DATE)


def workbook_bytes(tables: dict[str, list[dict[str, str]]]) -> bytes:
    """The tables as the sheets of a workbook for the office to edit."""
    from openpyxl import Workbook
    from openpyxl.workbook.defined_name import DefinedName

    book: Any = Workbook()
    book.remove(book.active)
    for table in TABLES:
        _draw(book.create_sheet(table.name), table, tables.get(table.name, []))
    last = len(tables.get(UNITS.name, [])) + _SPARE_ROWS
    book.defined_names["单位名单"] = DefinedName("单位名单", attr_text=f"'{UNITS.name}'!$A$2:$A${last}")
    book.properties.created = _DAY
    return saved_on(book, _DAY)


def saved_on(book: "Workbook", day: date) -> bytes:
    """A workbook as it is saved on a day: openpyxl would date its parts and properties by the clock, and equal
    workbooks would not give equal bytes."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.modified = datetime(day.year, day.month, day.day)
    by_clock, dated = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(by_clock, "w", zipfile.ZIP_DEFLATED)).save()
    with zipfile.ZipFile(by_clock) as parts, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            archive.writestr(part, parts.read(name), zipfile.ZIP_DEFLATED)
    return dated.getvalue()


def _draw(sheet: Any, table: Table, rows: list[dict[str, str]]) -> None:
    for index, column in enumerate(table.columns, start=1):
        _draw_head(sheet.cell(1, index), column)
        _draw_column(sheet, index, column, len(rows))
        _draw_cells(sheet, index, column, rows)
    wrapped = [column for column in table.columns if column.width >= _WRAPPED]
    for number, row in enumerate(rows, start=2):
        texts = [(row.get(column.title, ""), column.width) for column in wrapped]
        sheet.row_dimensions[number].height = row_height(texts, least=18)
    sheet.row_dimensions[1].height = 30
    _set_page(sheet, len(table.columns))


def _draw_head(cell: Any, column: TableColumn) -> None:
    """The title, blue where the column must be filled, with the note to the office."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.value = column.title
    cell.font = Font(name="黑体", size=10.5, bold=True, color="1F4E79" if column.required else "1F2933")
    cell.fill, cell.border = PatternFill("solid", fgColor="E9EEF3"), _box()
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if column.note:
        cell.comment = Comment(column.note, "填写说明", width=280, height=110)


def _draw_column(sheet: Any, index: int, column: TableColumn, rows: int) -> None:
    """Width, drop-down, and what a row that the office adds looks like."""
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(index)
    dimension = sheet.column_dimensions[letter]
    dimension.width = column.width
    dimension.font, dimension.number_format = _body(), _format(column)
    validation = _validation(column)
    if validation is not None:
        validation.add(f"{letter}2:{letter}{rows + _SPARE_ROWS}")
        sheet.add_data_validation(validation)


def _draw_cells(sheet: Any, index: int, column: TableColumn, rows: list[dict[str, str]]) -> None:
    from openpyxl.styles import Alignment

    side = "center" if column.content in _CENTRED else "left"
    alignment = Alignment(horizontal=side, vertical="center", wrap_text=column.width >= _WRAPPED)
    body, box = _body(), _box()
    for number, row in enumerate(rows, start=2):
        cell = sheet.cell(number, index)
        cell.font, cell.alignment, cell.border = body, alignment, box
        cell.number_format = _format(column)
        _put(cell, row.get(column.title, ""), column)


def _set_page(sheet: Any, columns: int) -> None:
    """Frozen head, and how it is printed."""
    sheet.freeze_panes = "C2" if columns > 5 else "A2"
    sheet.sheet_properties.tabColor = "1F4E79"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _box() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="B8C2CC")
    return Border(line, line, line, line)


def _body() -> Any:
    from openpyxl.styles import Font

    return Font(name="宋体", size=10.5)


def _format(column: TableColumn) -> str:
    """Codes, texts and names stay text, so that Excel makes no dates of them."""
    return "@" if column.content in (ColumnContent.CODE, ColumnContent.TEXT, ColumnContent.UNITS) else "General"


def _validation(column: TableColumn) -> Any:
    """The drop-down of a column that has one."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.choices:
        source, allow = f'"{",".join(column.choices)}"', not column.required
    elif column.content is ColumnContent.UNIT:
        source, allow = "单位名单", True
    else:
        return None
    return DataValidation(
        type="list", formula1=source, allow_blank=allow, showErrorMessage=True,
        errorTitle="不在可选范围内", error="请从下拉列表中选一个。",
    )


def _put(cell: Any, text: str, column: TableColumn) -> None:
    """Write a text as the number, percentage or date it stands for, if it reads back the same."""
    if not text:
        return
    if column.content in (ColumnContent.NUMBER, ColumnContent.INTEGER) and _put_number(cell, text):
        return
    if column.content is ColumnContent.DATE and _put_day(cell, text):
        return
    cell.value = text
    cell.data_type = "s"  # a text that begins with "=" stays a text


def _put_number(cell: Any, text: str) -> bool:
    """Write a number or percentage; whether it is one."""
    bare, percent = text.removesuffix("%"), text.endswith("%")
    if not PLAIN.match(bare) or plain(Fraction(bare)) != bare:
        return False
    number = Fraction(bare) / (100 if percent else 1)
    cell.value = int(number) if number.denominator == 1 else float(number)
    decimals = len(bare.partition(".")[2])
    cell.number_format = ("0." + "0" * decimals if decimals else "0") + "%" if percent else "General"
    return True


def _put_day(cell: Any, text: str) -> bool:
    """Write a date; whether it is one."""
    try:
        cell.value = date.fromisoformat(text)
    except ValueError:
        return False
    cell.number_format = "yyyy-mm-dd"
    return True


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
    for table in TABLES:
        if table.name in book.sheetnames:
            sheet = book[table.name]
            heads[table.name] = _titles(sheet)
            rows[table.name] = _read_rows(sheet, table, heads[table.name], misread)
            far += [(table.name, address) for address in _far(sheet)]
    return RawTables(rows, heads, tuple(misread), tuple(far))


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


def _holds_days(column: TableColumn | None) -> bool:
    """Whether a date may stand there; 参数.值 holds due dates too, which Excel makes real dates."""
    return column is not None and (column.content is ColumnContent.DATE or column.title == "值")
