"""What can be looked up instead of worked out again. It may be thrown away at any time."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from minsheng_xl.plan.tables import Misread, RawRow, RawTables

_SCHEMA = """
create table if not exists plans (sha256 text primary key, tables text not null);
create table if not exists files (name text primary key, stamp text not null, sha256 text not null);
create table if not exists cells (sha256 text primary key, cells text not null);
"""
_VERSION = "3"


class Cache:
    """Parsed plans by the hash of their file, hashes of files by their stamp (size and times), and where the figures
    of a return stand by its hash."""

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self._path, self._writable = path, writable

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection | None]:
        """The database, or None where it cannot be written: then everything is worked out."""
        connection = self._prepared() or self._prepared() if self._writable else self._as_it_lies()
        if connection is None:
            yield None
            return
        try:
            yield connection
            connection.commit()
        except sqlite3.DatabaseError:
            connection.close()
            if self._writable:
                self._throw_away()
        finally:
            connection.close()

    def _as_it_lies(self) -> sqlite3.Connection | None:
        """The database to be read only, if it is there."""
        try:
            return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)
        except sqlite3.Error:
            return None

    def _prepared(self) -> sqlite3.Connection | None:
        connection = None
        try:
            connection = sqlite3.connect(self._path, timeout=1)
            connection.executescript(_SCHEMA)
        except sqlite3.Error:
            if connection is not None:
                connection.close()
            self._throw_away()
            return None
        return connection

    def _throw_away(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def plan(self, content: bytes) -> RawTables | None:
        """The raw tables of a plan file that was read before."""
        found = None
        with self._open() as connection:
            if connection is not None:
                found = connection.execute("select tables from plans where sha256 = ?", (_key(content),)).fetchone()
        if found is None:
            return None
        try:
            return _unpacked(json.loads(found[0]))
        except (TypeError, ValueError):  # a damaged page of it
            return None

    def keep_plan(self, content: bytes, tables: RawTables) -> None:
        rows = {name: _numbered(table) for name, table in tables.rows.items()}
        packed = json.dumps([rows, tables.heads, tables.misread, tables.far], ensure_ascii=False)
        with self._open() as connection:
            if connection is not None:
                connection.execute("insert or replace into plans values (?, ?)", (_key(content), packed))

    def files(self) -> dict[str, tuple[str, str]]:
        """Stamp and sha256 of the files that were read before, by name."""
        with self._open() as connection:
            if connection is not None:
                found = connection.execute("select name, stamp, sha256 from files")
                return {name: (stamp, sha256) for name, stamp, sha256 in found}
        return {}

    def keep_files(self, files: dict[str, tuple[str, str]]) -> None:
        if files:
            with self._open() as connection:
                if connection is not None:
                    rows = [(name, stamp, sha256) for name, (stamp, sha256) in files.items()]
                    connection.executemany("insert or replace into files values (?, ?, ?)", rows)

    def cells(self) -> dict[str, dict[str, str]]:
        """Where the figures of the returns stand that were looked up before, by the hash of the file."""
        found: list[tuple[str, str]] = []
        with self._open() as connection:
            if connection is not None:
                found = connection.execute("select sha256, cells from cells").fetchall()
        try:
            return {sha256: {**json.loads(cells)} for sha256, cells in found}
        except (TypeError, ValueError):  # a damaged page of it
            return {}

    def keep_cells(self, cells: dict[str, dict[str, str]]) -> None:
        if cells:
            with self._open() as connection:
                if connection is not None:
                    rows = [(sha256, json.dumps(found, ensure_ascii=False)) for sha256, found in cells.items()]
                    connection.executemany("insert or replace into cells values (?, ?)", rows)


def _key(content: bytes) -> str:
    return _VERSION + hashlib.sha256(content).hexdigest()


def _unpacked(packed: Any) -> RawTables:
    rows, heads, misread, far = packed
    return RawTables(
        {name: _rows(table) for name, table in rows.items()},
        {name: tuple(titles) for name, titles in heads.items()},
        tuple(Misread(*cell) for cell in misread),
        tuple((table, address) for table, address in far),
    )


def _rows(table: "list[tuple[int, dict[str, str]]]") -> list[RawRow]:
    return [RawRow(number, cells) for number, cells in table]


def _numbered(table: "list[RawRow]") -> list[tuple[int, dict[str, str]]]:
    return [(row.number, row.cells) for row in table]
