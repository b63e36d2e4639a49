"""Plain lists as the bytes of an .xlsx: a sheet each, a head that stays, filters; values alone."""

import io
import warnings
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from minsheng_xl.texts import cleaned, width_points

ListCell: TypeAlias = "str | float | datetime | date | None"
_EPOCH = datetime(2000, 1, 1)  # bytes must not depend on the clock
_FORMATS = {"rate": "0.0%", "time": "yyyy-mm-dd hh:mm", "day": "yyyy-mm-dd"}
_WIDTHS = {"time": 17, "day": 11}
_A4 = 9
_LONGEST = 32_767
"""Signs that a cell takes."""
_WIDEST, _LOOKED_AT = 50.0, 200
"""Columns are as wide as their first rows need, up to this."""
_HEAD = {"bold": True, "bg_color": "#E9EEF3", "border": 1, "border_color": "#9AA5B1", "valign": "vcenter"}


class WrittenColumn(NamedTuple):
    """A column: its title, and how its cells are shown: "rate", "time", "day", or "" as they are."""

    title: str
    sort: str


class WrittenTable(NamedTuple):
    """A list on a sheet of its own."""

    title: str
    columns: Sequence[WrittenColumn]
    rows: Sequence[Sequence[ListCell]]


def write_lists(tables: Sequence[WrittenTable]) -> bytes:
    """Write the lists, in their order. A text is never a formula, nor a link."""
    import xlsxwriter

    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        file = xlsxwriter.Workbook(stream, {"in_memory": True})
        file.set_properties({"created": _EPOCH})
        head = file.add_format(_HEAD)
        formats = {sort: file.add_format({"num_format": text}) for sort, text in _FORMATS.items()}
        for table in tables:
            sheet = file.add_worksheet(table.title)
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, _width(table, place), formats.get(column.sort))
                sheet.write_string(0, place, column.title, head)
            for number, row in enumerate(table.rows, 1):
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, place, cleaned(value)[:_LONGEST])
                    elif isinstance(value, date):
                        sheet.write_datetime(number, place, value, formats[table.columns[place].sort])
                    elif value is not None:
                        sheet.write_number(number, place, value, formats.get(table.columns[place].sort))
            sheet.freeze_panes(1, 0)
            sheet.set_paper(_A4)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            if table.columns:
                sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        file.close()
    return stream.getvalue()


def _width(table: WrittenTable, place: int) -> float:
    """The width of a column, in digits."""
    fixed = _WIDTHS.get(table.columns[place].sort)
    if fixed is not None:
        return fixed
    texts = [table.columns[place].title + "　", *(str(row[place] or "") for row in table.rows[:_LOOKED_AT])]
    return min(_WIDEST, max(width_points(text, 11) for text in texts) / 5.5 + 2)
