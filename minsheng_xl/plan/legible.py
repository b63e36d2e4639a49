"""The rows of the tables, and which of their cells can be read."""

import unicodedata
from collections.abc import Iterable, Mapping

from minsheng_xl.plan.cells import Fault, fault_of
from minsheng_xl.plan.tables import TABLES, ColumnContent, RawRow, RawTables, Table, filled_cells


class Legible:
    """Raw tables with their unreadable places known.

    `missing` are the tables that are not there, or lack the column that names their rows; `gone` the
    columns a table ought to have; `faults` the cells that are wrong by themselves. A row has a blank
    for each column that is gone, and the default for each that came later.
    """

    def __init__(self, tables: RawTables) -> None:
        self.tables = tables
        self.rows: dict[str, list[RawRow]] = {}
        self.missing: set[str] = set()
        self.gone: dict[str, list[str]] = {}
        self.faults: list[tuple[Table, RawRow, str, Fault]] = []
        self._bad = {(cell.table, cell.row, cell.column) for cell in tables.misread}
        for table in TABLES:
            self._look_at_head(table)
        for table in TABLES:
            self._look_at_cells(table)
        self._bad_columns = {(name, title) for name, _, title in self._bad}

    def _look_at_head(self, table: Table) -> None:
        heads, rows = self.tables.heads.get(table.name), list(self.tables.rows.get(table.name, []))
        self.rows[table.name] = rows
        if heads is None:
            if not table.since:
                self.missing.add(table.name)
            return
        gone = [column.title for column in table.columns if column.title not in heads and not column.may_be_absent]
        self.gone[table.name] = gone
        if table.titles[0] in gone:
            self.missing.add(table.name)
        absent, defaults = dict.fromkeys(gone, ""), table.defaults
        codes = codes_of(table)
        self.rows[table.name] = [
            RawRow(row.number, absent | row.cells | filled_cells(row.cells, defaults) | narrow(row.cells, codes))
            for row in rows
        ]
        for row in rows:
            self._bad |= {(table.name, row.number, title) for title in gone}

    def _look_at_cells(self, table: Table) -> None:
        columns = [column for column in table.columns if not column.takes_anything]
        for row in self.rows[table.name]:
            for column in columns:
                if self.is_bad(table, row, column.title):
                    continue
                fault = fault_of(table, column, row.cells.get(column.title, ""))
                if fault is not None:
                    self.faults.append((table, row, column.title, fault))
                    self._bad.add((table.name, row.number, column.title))

    def is_bad(self, table: Table, row: RawRow, *columns: str) -> bool:
        """Whether one of these cells of a row cannot be read, which is told already."""
        return bool(self._bad) and any((table.name, row.number, column) in self._bad for column in columns)

    def legible(self, table: Table, *columns: str) -> list[RawRow]:
        """The rows in which these columns can be read."""
        return [row for row in self.rows[table.name] if not self.is_bad(table, row, *columns)]

    def is_unsure(self, table: Table, *columns: str) -> bool:
        """Whether a name that these columns do not hold may stand in a cell that cannot be read."""
        return table.name in self.missing or any((table.name, column) in self._bad_columns for column in columns)


def codes_of(table: Table) -> list[str]:
    """The columns of a table that hold codes."""
    return [column.title for column in table.columns if column.content is ColumnContent.CODE]


def narrow(cells: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Codes as they are meant: digits and hyphens of an input method's full width are the same ones."""
    return {title: unicodedata.normalize("NFKC", cells[title]) for title in columns if title in cells}
