"""A plan as a folder of CSV files, one table a file: diffable text."""

import csv
import io
from itertools import zip_longest
from pathlib import Path

from minsheng_xl.plan.tables import TABLES, RawRow, RawTables


def read_folder(folder: Path) -> RawTables:
    """Read the tables of a folder; a missing file is a missing table, told by the checks."""
    rows: dict[str, list[RawRow]] = {}
    heads: dict[str, tuple[str, ...]] = {}
    for table in TABLES:
        path = folder / f"{table.name}.csv"
        if not path.is_file():
            continue
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            heads[table.name] = tuple(title.strip() for title in next(reader, []))
            rows[table.name] = [
                RawRow(number, dict(zip_longest(heads[table.name], (c.strip() for c in record[: len(heads[table.name])]), fillvalue="")))
                for number, record in enumerate(reader, start=2)
                if any(c.strip() for c in record)
            ]
    return RawTables(rows, heads)


def to_text(tables: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """The CSV text of every table, by table name, in one canonical form."""
    texts = {}
    for table in TABLES:
        stream = io.StringIO()
        writer = csv.DictWriter(stream, table.titles, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(tables.get(table.name, []))
        texts[table.name] = stream.getvalue()
    return texts


def write_folder(tables: dict[str, list[dict[str, str]]], folder: Path) -> None:
    """Write the tables as CSV files into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in to_text(tables).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
