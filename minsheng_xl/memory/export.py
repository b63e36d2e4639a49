"""Write the tables of a year for other programs: a workbook, or a file for each table."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.books.write.lists import WrittenColumn, WrittenTable, write_lists
from minsheng_xl.exact.numbers import plain
from minsheng_xl.memory.frames import frame_of
from minsheng_xl.memory.tables import Fact, Facts, FactTable, Sort, chosen, rows_of
from minsheng_xl.problems import MinshengError
from minsheng_xl.telling.print import put_file
from minsheng_xl.year.folder import EXPORTED_FOLDER, Year

WORKBOOK = "数据导出.xlsx"
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""With what a text begins that a spreadsheet would take for a formula where it opens a .csv."""
_SORTS = {Sort.RATE: "rate", Sort.TIME: "time", Sort.DAY: "day"}
_YES_NO = {True: "是", False: "否"}


class ExportResult(NamedTuple):
    """The files written, and how many rows each table has, by its title."""

    files: tuple[Path, ...]
    rows: Mapping[str, int]


def export(
    year: Year, *, what: Sequence[str] = (), form: str = "xlsx", out: Path | None = None
) -> ExportResult:
    """Write tables of a year (all, or those that are named) into `out`, or 导出/: one .xlsx, a .csv (UTF-8 with BOM)
    or a .parquet each.

    Raises MisuseError for a table that there is not, MinshengError where nothing can be written, or .parquet without
    pyarrow.
    """
    tables, facts = chosen(what), Facts(year)
    folder = out if out is not None else year.root / EXPORTED_FOLDER
    found = {table: [*rows_of(table, facts)] for table in tables}
    if form == "xlsx":
        contents = {WORKBOOK: _workbook(found)}
    else:
        write = _csv if form == "csv" else _parquet
        contents = {f"{table.title}.{form}": write(table, rows) for table, rows in found.items()}
    folder.mkdir(parents=True, exist_ok=True)
    files = [put_file(folder / name, content) for name, content in contents.items()]
    return ExportResult(tuple(files), {table.title: len(rows) for table, rows in found.items()})


def _workbook(found: Mapping[FactTable, Sequence[tuple[Fact, ...]]]) -> bytes:
    """A sheet for each table, and at the end what their columns are."""
    sheets, told = [], list[tuple[str, ...]]()
    for table, rows in found.items():
        columns = [WrittenColumn(one.title, _SORTS.get(one.sort, "")) for one in table.columns]
        sheets.append(WrittenTable(table.title, columns, [[*map(_in_workbook, row)] for row in rows]))
        told += [(table.title, one.title, one.name, one.sort.value) for one in table.columns]
    heads = [WrittenColumn(title, "") for title in ("表", "列", "程序里的名字", "是什么")]
    return write_lists([*sheets, WrittenTable("说明", heads, told)])


def _in_workbook(fact: Fact) -> "str | float | datetime | date | None":
    if isinstance(fact, bool):
        return _YES_NO[fact]
    return float(fact) if isinstance(fact, Fraction | int) else fact or None


def _csv(table: FactTable, rows: Sequence[tuple[Fact, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.title for column in table.columns])
    for row in rows:
        writer.writerow(map(_in_csv, row))
    return text.getvalue().encode("utf-8-sig")


def _in_csv(fact: Fact) -> str:
    """A fact as text; one that a spreadsheet would reckon is kept a text by an apostrophe."""
    if fact is None:
        return ""
    if isinstance(fact, bool):
        return _YES_NO[fact]
    if isinstance(fact, Fraction | int):
        return plain(Fraction(fact))
    if isinstance(fact, date):
        return fact.isoformat(sep=" ", timespec="seconds") if isinstance(fact, datetime) else fact.isoformat()
    return f"'{fact}" if fact.startswith(_RISKY) else fact


def _parquet(table: FactTable, rows: Sequence[tuple[Fact, ...]]) -> bytes:
    frame = frame_of(table, rows)
    try:
        return bytes(frame.to_parquet(index=False))
    except ImportError as error:
        raise MinshengError("写 .parquet 要用 pyarrow，这台电脑没有装。请运行 pip install pyarrow，或改用 --format csv。") from error
