"""A clerk: an issued workbook is opened, filled in through openpyxl, and saved as what is sent back."""

import io
import os
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.forms.garbage import unsearched
from minsheng_xl.forms.layout import Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook

_SOME_DAY = date(2000, 1, 1)


@unsearched()
def fill(
    issued: Path, target: Path, form: Sheet, answers: Mapping[Key, str], on: date | None = None
) -> None:
    """Enter answers into the input cells of an issued workbook and save it as a return; `on` a day, the file is of
    that day too, and not one that may still be being written."""
    from openpyxl import load_workbook

    book = load_workbook(issued)
    sheet = book[form.name]
    for key, text in answers.items():
        if not text:
            continue
        number = parse_plain(text) if key.is_of_indicator else None
        cell = sheet[form.address(key)]
        if isinstance(number, Fraction):
            cell.value = int(number) if number.denominator == 1 else float(number)
        else:
            cell.value = text
    target.write_bytes(_saved_on(book, on or _SOME_DAY))
    if on is not None:
        at = datetime.combine(on, time(9)).timestamp()
        os.utime(target, (at, at))


def _saved_on(book: "Workbook", day: date) -> bytes:
    """A workbook as it is saved on a day: openpyxl would date its parts and properties by the clock, and equal
    workbooks would not give equal bytes."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.modified = datetime(day.year, day.month, day.day)
    by_clock, dated = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(by_clock, "w")).save()
    with zipfile.ZipFile(by_clock) as parts, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            archive.writestr(part, parts.read(name), zipfile.ZIP_DEFLATED)
    return dated.getvalue()
