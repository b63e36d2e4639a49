"""A plan as 计划.xlsx, which the office edits: the same tables, with drop-downs and notes."""

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from minsheng_xl.exact.numbers import PLAIN, parse_lexeme, plain
from minsheng_xl.plan.tables import TABLES, UNITS, Content, RawRow, RawTables, Table, TableColumn
from minsheng_xl.texts import row_height

_WRAPPED = 20  # columns this wide wrap their text
_SPARE_ROWS = 200  # drop-downs reach this far below the last row


def write_workbook(tables: dict[str, list[dict[str, str]]], path: Path) -> None:
    """Write the tables as the sheets of a workbook for the office to edit."""
    from openpyxl import Workbook
    from openpyxl.workbook.defined_name import DefinedName

    book: Any = Workbook()
    book.remove(book.active)
    for table in TABLES:
        _draw(book.create_sheet(table.name), table, tables.get(table.name, []))
    last = len(tables.get(UNITS.name, [])) + _SPARE_ROWS
    book.defined_names["单位名单"] = DefinedName("单位名单", attr_text=f"'{UNITS.name}'!$A$2:$A${last}")
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    book.save(path)


def _draw(sheet: Any, table: Table, rows: list[dict[str, str]]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    line = Side(style="thin", color="B8C2CC")
    box = Border(line, line, line, line)
    head = PatternFill("solid", fgColor="E9EEF3")
    body = Font(name="宋体", size=10.5)
    for index, column in enumerate(table.columns, start=1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        cell = sheet.cell(1, index, column.title)
        cell.font = Font(name="黑体", size=10.5, bold=True, color="1F4E79" if column.required else "1F2933")
        cell.fill, cell.border = head, box
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if column.note:
            cell.comment = Comment(column.note, "填写说明", width=280, height=110)
        reach = f"{letter}2:{letter}{len(rows) + _SPARE_ROWS}"
        if validation := _validation(column, DataValidation):
            validation.add(reach)
            sheet.add_data_validation(validation)
        text = column.content in (Content.CODE, Content.TEXT, Content.UNITS)
        blank = sheet.column_dimensions[letter]  # what a row the office adds looks like
        blank.font, blank.number_format = body, "@" if text else "General"
        centred = column.content in (Content.INTEGER, Content.NUMBER, Content.CHOICE, Content.CODE, Content.DATE)
        side = "center" if centred else "left"
        alignment = Alignment(horizontal=side, vertical="center", wrap_text=column.width >= _WRAPPED)
        for number, row in enumerate(rows, start=2):
            target = sheet.cell(number, index)
            target.font, target.alignment, target.border = body, alignment, box
            target.number_format = "@" if text else "General"
            _put(target, row.get(column.title, ""), column)
    wrapped = [column for column in table.columns if column.width >= _WRAPPED]
    for number, row in enumerate(rows, start=2):
        texts = [(row.get(column.title, ""), column.width) for column in wrapped]
        sheet.row_dimensions[number].height = row_height(texts, least=18)
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "C2" if len(table.columns) > 5 else "A2"
    sheet.sheet_properties.tabColor = "1F4E79"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _validation(column: TableColumn, make: Any) -> Any:
    if column.choices:
        source, allow = f'"{",".join(column.choices)}"', not column.required
    elif column.content is Content.UNIT:
        source, allow = "单位名单", True
    else:
        return None
    return make(
        type="list", formula1=source, allow_blank=allow, showErrorMessage=True,
        errorTitle="不在可选范围内", error="请从下拉列表中选一个。",
    )


def _put(cell: Any, text: str, column: TableColumn) -> None:
    """Write a text as the number, percentage or date it stands for, if it reads back the same."""
    if not text:
        return
    if column.content in (Content.NUMBER, Content.INTEGER):
        bare, percent = text.removesuffix("%"), text.endswith("%")
        if PLAIN.match(bare) and plain(Fraction(bare)) == bare:
            number = Fraction(bare) / (100 if percent else 1)
            cell.value = int(number) if number.denominator == 1 else float(number)
            decimals = len(bare.partition(".")[2])
            cell.number_format = ("0." + "0" * decimals if decimals else "0") + "%" if percent else "General"
            return
    if column.content is Content.DATE:
        try:
            cell.value = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            cell.number_format = "yyyy-mm-dd"
            return
    cell.value = text
    cell.data_type = "s"  # a text that begins with "=" stays a text


def read_workbook(path: Path | BinaryIO) -> RawTables:
    """Read the sheets of 计划.xlsx as text.

    Raises whatever openpyxl raises on a file that is no workbook; `load_plan` says it plainly.
    """
    from openpyxl import load_workbook

    book = load_workbook(path)
    rows: dict[str, list[RawRow]] = {}
    heads: dict[str, tuple[str, ...]] = {}
    misread: list[tuple[str, int, str, str, str]] = []
    for table in TABLES:
        if table.name not in book.sheetnames:
            continue
        sheet = book[table.name]
        titles = ["" if c.value is None else str(c.value).strip() for c in sheet[1]]
        while titles and not titles[-1]:
            titles.pop()
        heads[table.name] = tuple(titles)
        found = rows[table.name] = []
        known = {column.title: column for column in table.columns}
        for number, cells in enumerate(sheet.iter_rows(min_row=2, max_col=len(titles) or 1), start=2):
            record: dict[str, str] = {}
            for title, cell in zip(titles, cells, strict=False):
                text, fault = _text(cell, known.get(title))
                record[title] = text
                if fault:
                    misread.append((table.name, number, title, fault, text))
            if any(record.values()):
                found.append(RawRow(number, record))
    return RawTables(rows, heads, tuple(misread))


def _text(cell: Any, column: TableColumn | None) -> tuple[str, str]:
    """What a cell says, as canonical text, and the code of a problem if it cannot be said."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return str(value), "plan-formula"
    if isinstance(value, datetime | date):
        text = value.strftime("%Y-%m-%d")
        dated = column is not None and column.content is Content.DATE
        # 参数.值 holds due dates too, which Excel makes real dates
        valued = column is not None and column.title == "值"
        return text, "" if dated or valued else "plan-became-date"
    if isinstance(value, bool):
        return "是" if value else "否", ""
    if isinstance(value, int | float):
        number = parse_lexeme(repr(value))
        if number is None:
            return str(value), "plan-number"
        if "%" in cell.number_format:
            return plain(number * 100) + "%", ""
        return plain(number), ""
    return str(value).strip(), ""
