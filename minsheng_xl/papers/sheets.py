"""An .xlsx: every sheet a table, its cells as they are shown: 60% and not 0.6, a date and not a number."""

import re
from datetime import date, timedelta
from fractions import Fraction

from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.read import RawCell, RawSheet, RawWorkbook, read_package
from minsheng_xl.exact.numbers import plain
from minsheng_xl.intake.formats import Section, ShownAs, section_of
from minsheng_xl.papers.lattice import MOST_PLACES, LatticeGrid, tidy
from minsheng_xl.papers.refusals import TOO_LARGE, Refused
from minsheng_xl.published.paper import Document, Lattice

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_STARTS = (date(1899, 12, 30), date(1904, 1, 1))


def read_sheets(content: bytes) -> Document:
    """Read one. Raises Unreadable, Refused."""
    workbook = read_package(content, Container(content))
    lattices, left_out = [], []
    for sheet in workbook.sheets:
        if sheet.hidden and sheet.cells:
            left_out.append(f"工作表“{sheet.name}”是隐藏的，没有读。")
        elif sheet.cells:
            lattices.append(_lattice(workbook, sheet))
            left_out += _hidden_in(sheet)
    return Document(tuple(lattices), tuple(left_out))


def _hidden_in(sheet: RawSheet) -> list[str]:
    rows = {row for row, _ in sheet.cells} & sheet.hidden_rows
    columns = {column for _, column in sheet.cells} & sheet.frame.hidden_columns
    told = [f"隐藏的行（{len(rows)} 行）"] if rows else []
    told += [f"隐藏的列（{len(columns)} 列）"] if columns else []
    return [f"工作表“{sheet.name}”里{'、'.join(told)}没有读。"] if told else []


def _lattice(workbook: RawWorkbook, sheet: RawSheet) -> Lattice:
    """The visible part of a sheet, from its first filled row and column on."""
    shown = {place: text for place, cell in sheet.cells.items() if (text := tidy(_shown(workbook, cell)))}
    bottom, last = max((row for row, _ in shown), default=-1), max((column for _, column in shown), default=-1)
    rows = [row for row in range(bottom + 1) if row not in sheet.hidden_rows]
    columns = [column for column in range(last + 1) if column not in sheet.frame.hidden_columns]
    if len(rows) * len(columns) > MOST_PLACES:
        raise Refused(TOO_LARGE.format(reason="一张表的格子太多"))
    down = {row: number for number, row in enumerate(rows)}
    right = {column: number for number, column in enumerate(columns)}
    grid = LatticeGrid()
    for area in sheet.frame.merges:
        covered = [down[row] for row in range(area.top, min(area.bottom, bottom) + 1) if row in down]
        across = [right[column] for column in range(area.left, min(area.right, last) + 1) if column in right]
        if covered and across:
            text = shown.get((area.top, area.left), "")
            grid.put(text, covered[0], across[0], rows=len(covered), columns=len(across))
    for (row, column), text in shown.items():
        if row in down and column in right:
            grid.put(text, down[row], right[column])
    return grid.lattice(f"工作表“{sheet.name}”")


def _shown(workbook: RawWorkbook, cell: RawCell) -> str:
    """What a cell shows."""
    if cell.kind == "b":
        return "是" if cell.text in ("1", "true") else "否"
    if cell.kind != "n":
        return cell.text if cell.kind != "d" else cell.text[:10]
    try:
        number = Fraction(cell.text)
    except (ValueError, ZeroDivisionError):
        return cell.text
    if abs(number) > 10**15:
        return cell.text
    code = workbook.display(cell).code
    section = section_of(code, number)
    if section.shown_as is ShownAs.DATE:
        return _date(number, code, is_1904=workbook.epoch_1904)
    return _as_formatted(number, section)


def _date(number: Fraction, code: str, *, is_1904: bool) -> str:
    """A date, with the parts of it that its format shows."""
    try:
        day = _STARTS[is_1904] + timedelta(days=int(number))
    except OverflowError:
        return plain(number)
    letters = _QUOTED.sub("", code).lower()
    parts = (("y", f"{day.year}年"), ("m", f"{day.month}月"), ("d", f"{day.day}日"))
    return "".join(text for letter, text in parts if letter in letters) or plain(number)


def _as_formatted(number: Fraction, section: Section) -> str:
    """A number as a section of a format shows it; never with fewer decimals than it has."""
    if section.shown_as is ShownAs.HIDDEN:
        return ""
    if section.shown_as is ShownAs.PERCENT:
        return f"{_told(number * 100)}%"
    words = section.words.strip() if section.shown_as in (ShownAs.NUMBER, ShownAs.PERCENT_SIGN) else ""
    return _told(number) + words


def _told(number: Fraction) -> str:
    """A number without the dust of binary fractions (0.285 stored as 0.28499999999999998)."""
    return plain(Fraction(round(number * 10**10), 10**10))
