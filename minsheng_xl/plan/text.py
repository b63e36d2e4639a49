"""A plan as a folder of CSV files, one table a file: diffable text."""

import csv
import io
from itertools import zip_longest
from pathlib import Path

from minsheng_xl.plan.options import LATER
from minsheng_xl.plan.tables import OWN_COLUMNS, PICTURES, SETTINGS, TABLES, RawRow, RawTables, Table


def read_folder(folder: Path) -> RawTables:
    """Read the tables of a folder; a missing file is a missing table, told by the checks."""
    rows: dict[str, list[RawRow]] = {}
    heads: dict[str, tuple[str, ...]] = {}
    for table in TABLES:
        path = folder / f"{table.name}.csv"
        if not path.is_file():
            continue
        with path.open(encoding="utf-8-sig", newline="") as stream:
            records = map(_stripped, csv.reader(stream))
            head = [table.title_in(title) for title in next(records, [])]
            numbered = enumerate(records, start=2)
            rows[table.name] = [_row(number, head, texts) for number, texts in numbered if any(texts)]
        heads[table.name] = tuple(head)
    return RawTables(rows, heads)


def _stripped(record: list[str]) -> list[str]:
    return [text.strip() for text in record]


def _row(number: int, head: list[str], texts: list[str]) -> RawRow:
    """A record under its head: what is short is blank, what is beyond is left out."""
    return RawRow(number, dict(zip_longest(head, texts[: len(head)], fillvalue="")))


def to_text(tables: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """The CSV text of every table, by table name, in one canonical form, which the plan is known by.

    A column, table or setting of a later version is in it only where it says more than its default: to the version that
    brings the column, a plan made before is the same plan. 变更记录 and 数字对照表 are not in it, nor what the office
    remarks for itself.
    """
    texts = {}
    for table in TABLES:
        rows = [row for row in tables.get(table.name, []) if not _says_nothing(table, row)]
        if (rows or not table.since) and table not in PICTURES:
            texts[table.name] = _text(table, rows)
    return texts


def _says_nothing(table: Table, row: dict[str, str]) -> bool:
    """Whether a row gives a setting of a later version as it is without."""
    name, value = row.get("参数", ""), row.get("值", "")
    return table is SETTINGS and name in LATER and value in ("", LATER[name])


def _text(table: Table, rows: list[dict[str, str]]) -> str:
    silent = {title for title, default in table.defaults.items() if _is_silent(rows, title, default)}
    stream = io.StringIO()
    titles = [title for title in table.titles if title not in silent and title not in OWN_COLUMNS]
    writer = csv.DictWriter(stream, titles, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _is_silent(rows: list[dict[str, str]], title: str, default: str) -> bool:
    return all(row.get(title, "") in ("", default) for row in rows)
