"""The rows of the tables, and which of their cells can be read."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from minsheng_xl.plan.cells import Fault, fault_of
from minsheng_xl.plan.tables import TABLES, ColumnContent, RawRow, RawTables, Table, filled_cells
from minsheng_xl.texts import cleaned

_HEAD_WITHIN = 5
"""So many rows of a sheet are looked at for the head of its table."""
_SUMS = ("合计", "总计", "小计", "共计")
"""What the first word of a row is that only adds up the others."""


class Legible:
    """Raw tables with their unreadable places known.

    `missing` are the tables that are not there, or lack the column that names their rows; `gone` the
    columns a table ought to have, `twice` those that it has two of, `below` the rows in which heads stand that are not
    in the first; `sums` the rows that only add up others, each with the column that says so: they are no rows of the
    table; `faults` the cells that are wrong by themselves. A row has a blank for each column that is gone, and the
    default for each that came later.
    """

    def __init__(self, tables: RawTables) -> None:
        self.tables = tables
        self.rows: dict[str, list[RawRow]] = {}
        self.missing: set[str] = set()
        self.gone: dict[str, list[str]] = {}
        self.twice: dict[str, list[str]] = {}
        self.below: dict[str, int] = {}
        self.sums: list[tuple[Table, RawRow, str]] = []
        self.faults: list[tuple[Table, RawRow, str, Fault]] = []
        self._bad = {(cell.table, cell.row, cell.column) for cell in tables.misread}
        for table in TABLES:
            self._look_at_head(table)
        for table in TABLES:
            self._look_at_cells(table)
        self._bad_columns = {(name, title) for name, _, title in self._bad}

    def _look_at_head(self, table: Table) -> None:
        heads, rows = self.tables.heads.get(table.name), self._without_sums(table)
        self.rows[table.name] = rows
        if heads is None:
            if not table.since:
                self.missing.add(table.name)
            return
        below = _head_below(table, heads, rows)
        if below:
            self.below[table.name] = below
            self.missing.add(table.name)
            self.rows[table.name] = []
            return
        gone = [column.title for column in table.columns if column.title not in heads and not column.may_be_absent]
        self.gone[table.name] = gone
        self.twice[table.name] = [title for title in table.titles if heads.count(title) > 1]
        unread = [*gone, *self.twice[table.name]]
        if table.titles[0] in unread:
            self.missing.add(table.name)
        absent, defaults = dict.fromkeys(gone, ""), table.defaults
        codes, names = codes_of(table), _names_of(table)
        self.rows[table.name] = [
            RawRow(
                row.number,
                absent | row.cells | filled_cells(row.cells, defaults) | narrow(row.cells, codes)
                | _visible(row.cells, names),
            )
            for row in rows
        ]
        for row in rows:
            self._bad |= {(table.name, row.number, title) for title in unread}

    def _without_sums(self, table: Table) -> list[RawRow]:
        """The rows of a table, without those that only add up others."""
        rows: list[RawRow] = []
        for row in self.tables.rows.get(table.name, []):
            title = _title_of_sum(row)
            if title:
                self.sums.append((table, row, title))
            else:
                rows.append(row)
        return rows

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


def _title_of_sum(row: RawRow) -> str:
    """The column in which a row says that it adds up others; "" of any other row."""
    title = next((title for title, text in row.cells.items() if text.strip()), "")
    return title if "".join(row.cells.get(title, "").split()) in _SUMS else ""


def _head_below(table: Table, heads: tuple[str, ...], rows: Sequence[RawRow]) -> int:
    """The row in which the head of a table stands that is not in the first: somebody put a title above; 0 if it is
    there, or nowhere near."""
    if set(heads) & set(table.titles):
        return 0
    return next((row.number for row in rows[:_HEAD_WITHIN] if table.titles[0] in row.cells.values()), 0)


def _names_of(table: Table) -> list[str]:
    """The columns of a table that hold words which are compared: names of units, choices."""
    compared = (ColumnContent.UNIT, ColumnContent.UNITS, ColumnContent.CHOICE)
    return [one.title for one in table.columns if one.content in compared or one.title in ("单位", "别名", "组")]


def _visible(cells: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Words as they are seen: what was copied from a chat or a page may hold signs without width."""
    return {title: cleaned(cells[title]).strip() for title in columns if cells.get(title)}


def codes_of(table: Table) -> list[str]:
    """The columns of a table that hold codes."""
    return [column.title for column in table.columns if column.content is ColumnContent.CODE]


def narrow(cells: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Codes as they are meant: digits and hyphens of an input method's full width are the same ones."""
    return {title: unicodedata.normalize("NFKC", cleaned(cells[title])) for title in columns if title in cells}
