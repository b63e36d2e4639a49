"""The tables of a year as pandas frames: the same rows that are exported, under the names for programs."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from minsheng_xl.memory.tables import Fact, Facts, FactTable, Sort, chosen, rows_of
from minsheng_xl.year.folder import Year

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {
    Sort.TEXT: "object", Sort.NUMBER: "float64", Sort.RATE: "float64", Sort.COUNT: "Int64", Sort.FLAG: "boolean",
    Sort.TIME: "datetime64[us]", Sort.DAY: "datetime64[us]",
}


def frames(year: Year, what: Sequence[str] = ()) -> "dict[str, pd.DataFrame]":
    """The tables of a year (all, or those that are named) by their names: figures, progress, projects, words, units,
    changes, decisions, findings, receipts. The handbook says what their columns are."""
    facts = Facts(year)
    return {table.name: frame_of(table, [*rows_of(table, facts)]) for table in chosen(what)}


def frame_of(table: FactTable, rows: Sequence[tuple[Fact, ...]]) -> "pd.DataFrame":
    """Rows of a table as a frame, its columns of the types that they hold."""
    import pandas as pd

    columns = {}
    for place, column in enumerate(table.columns):
        facts = [_plain(row[place]) for row in rows]
        columns[column.name] = pd.Series(facts, dtype=_TYPES[column.sort])
    return pd.DataFrame(columns)


def _plain(fact: Fact) -> object:
    return float(fact) if isinstance(fact, Fraction) else fact
