"""Lines that stand one under the other told apart by what they are: a task ends with a full stop, a name of a unit as
units do, a deadline is a date, a leader a name of a few signs."""

import re
from collections.abc import Sequence

from minsheng_xl.published.heads import CERTIFIER, DEADLINE, LEAD, LEADER, PROJECT, RESPONSIBLE, TASK
from minsheng_xl.published.units import is_group, is_unit

_DATE = re.compile(r"[月年季]|底前|时限|长期|常年")
_PERSON = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,3}")
_NAME = re.compile(r"[^\d０-９。；：，]{4,30}")
_BETWEEN = re.compile("[、，,；;]")
_UNITS = (LEAD, RESPONSIBLE, CERTIFIER)
_KNOWN = frozenset({PROJECT, TASK, LEADER, DEADLINE, *_UNITS})

Rows = list[list[str]]


def is_date(text: str) -> bool:
    """Whether a line is a deadline."""
    return bool(_DATE.search(text)) and len(text) < 16 and not text.endswith("。")


def rows_of(cells: Sequence[str], columns: Sequence[str], *, may_leave: bool) -> tuple[Rows, int]:
    """The rows that lines make up, and how many of the lines they took: all, or, of the last row of a table
    (`may_leave`), those up to where the columns are full. Nothing where it is not sure."""
    if not set(columns) <= _KNOWN or columns[0] not in (PROJECT, TASK):
        return [], 0
    rows: Rows = []
    place = 0
    while place < len(cells):
        row, taken = _row(cells[place:], columns, is_first=not rows)
        if row is None:
            break
        rows.append(row)
        place += taken
    return (rows, place) if place == len(cells) or (rows and may_leave) else ([], 0)


def _row(cells: Sequence[str], columns: Sequence[str], *, is_first: bool) -> tuple[list[str] | None, int]:
    """The first row of these lines: a task, its units, what else there is. A further one may lack units."""
    has_both = columns[:2] == (PROJECT, TASK)
    if has_both and (not is_first or not _NAME.fullmatch(cells[0])):
        return None, 0
    begin = 1 if has_both else 0
    end = _end_of_task(cells, begin, is_one=not has_both)
    if end is None:
        return None, 0
    row = [*cells[:begin], "".join(cells[begin:end])]
    rest = columns[len(row) :]
    place = end
    for number, column in enumerate(rest):
        text, taken = _taken(cells[place:], column, is_last=number == len(rest) - 1, needs=is_first)
        if text is None:
            return None, 0
        row.append(text)
        place += taken
    return row, place


def _end_of_task(cells: Sequence[str], begin: int, *, is_one: bool) -> int | None:
    """Behind which line the task ends: the last that ends with a full stop, or, of several tasks, the first."""
    ends = [place + 1 for place in range(begin, len(cells)) if cells[place].endswith("。")]
    return (ends[0] if is_one else ends[-1]) if ends else None


def _taken(cells: Sequence[str], column: str, *, is_last: bool, needs: bool) -> tuple[str | None, int]:
    """The text of a column out of the next lines, and how many it takes; None where they are none of its kind."""
    if column == DEADLINE:
        return (cells[0], 1) if cells and is_date(cells[0]) else (None, 0)
    if column == LEADER:
        return (cells[0], 1) if cells and _PERSON.fullmatch(cells[0]) and not is_unit(cells[0]) else (None, 0)
    text, taken = "", 0
    while taken < len(cells) and not is_date(cells[taken]):
        if _is_whole(text) and (column == LEAD or (is_last and not _are_units(cells[taken]))):
            break
        text += ("\n" if _is_whole(text) else "") + cells[taken]
        taken += 1
    is_good = _is_whole(text) or (not text and not needs)
    return (text, taken) if is_good else (None, 0)


def _are_units(text: str) -> bool:
    """Whether a line may be of units: it is of one to its end, or divided by marks."""
    return bool(_BETWEEN.search(text)) or _is_whole(text)


def _is_whole(text: str) -> bool:
    """Whether a text ends with the whole name of a unit."""
    last = _BETWEEN.split(text.rpartition("\n")[2])[-1]
    return bool(last) and (is_unit(last) or is_group(last))
