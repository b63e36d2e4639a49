"""A table in text whose cells stand one under the other, a line each, as Word saves plain text and pages are copied.

Which line belongs to which column is sure where a row has as many lines as there are columns. Otherwise it is sure
only under heads of a task, one kind of unit and a deadline: the task ends with a full stop, the deadline is a date,
and the units stand between. What is not sure is not read, and told.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from minsheng_xl.published.heads import DEADLINE, LEAD, NUMBER, PROJECT, RESPONSIBLE, TASK, heads_of, meant

_NUMBER = re.compile(r"\d{1,3}")
_DATE = re.compile(r"[月年季]|底前|时限|长期|常年")
_MOST_HEADS, _MOST_LINES, _WIDEST_GAP = 14, 3, 3
_SIMPLE = ({TASK, PROJECT}, {LEAD, RESPONSIBLE}, {DEADLINE})
_LONGEST_SAID = 40


class Stacked(NamedTuple):
    """Rows of cells, the place of the line behind them, and what was not read."""

    rows: list[list[str]]
    end: int
    left_out: tuple[str, ...] = ()


def stacked_at(lines: Sequence[str], start: int) -> Stacked | None:
    """The table whose heads begin in that line, if one does."""
    if not meant(lines[start]) and lines[start].strip() != "序":
        return None
    heads, after = _heads(lines, start)
    found = heads_of(heads)
    if found is None or found.columns[0] != NUMBER:
        return None
    return _with_blanks(lines, heads, after) or _without_blanks(lines, heads, found.columns, after)


def _heads(lines: Sequence[str], start: int) -> tuple[list[str], int]:
    """The heads up to the first number, one that is broken over lines put together; and the place behind them."""
    said: list[str] = []
    place = start
    while place < len(lines) and len(said) < _MOST_HEADS * 2 and not _NUMBER.fullmatch(lines[place].strip()):
        said += [lines[place].strip()] if lines[place].strip() else []
        place += 1
    heads: list[str] = []
    while said:
        known = (count for count in range(1, _MOST_LINES + 1) if meant("".join(said[:count])))
        count = next(known, 1)
        heads.append("".join(said[:count]))
        del said[:count]
    return heads, place


def _with_blanks(lines: Sequence[str], heads: Sequence[str], after: int) -> Stacked | None:
    """Rows of as many lines as there are heads, a blank line being a blank cell."""
    if not lines[after - 1].strip():  # lines between cells are blank: they are no cells
        return None
    rows = [list(heads)]
    place = after
    while place < len(lines) and _NUMBER.fullmatch(lines[place].strip()):
        row = [line.strip() for line in lines[place : place + len(heads)]]
        is_whole = len(row) == len(heads) and not any(map(_NUMBER.fullmatch, row[1:]))
        if not is_whole:
            return None
        rows.append(row)
        place += len(heads)
    is_over = place >= len(lines) or not lines[place].strip()
    return Stacked(rows, place) if is_over and len(rows) > 1 else None


def _without_blanks(
    lines: Sequence[str], heads: Sequence[str], columns: Sequence[str], after: int
) -> Stacked:
    """Rows that begin with numbers which rise; blank lines mean nothing."""
    rows, left_out = [list(heads)], []
    records, end = _records(lines, after, is_dated=columns[-1] == DEADLINE)
    for number, cells in records:
        if len(cells) == len(heads) - 1 and (columns[-1] != DEADLINE or _is_date(cells[-1])):
            rows.append([number, *cells])
            continue
        found = _simple(number, cells) if _is_simple(columns) else []
        rows += found
        if not found:
            said = " ".join(cells)[:_LONGEST_SAID]
            left_out.append(f"序号 {number} 那几行分不清哪一行是哪一栏，没有读：{said}。请复制带格线的表，或导入 .docx。")
    return Stacked(rows, end, tuple(left_out))


def _records(lines: Sequence[str], after: int, *, is_dated: bool) -> tuple[list[tuple[str, list[str]]], int]:
    """The lines under each number. Behind the date of the last one, the table is over."""
    records: list[tuple[str, list[str]]] = []
    end = place = after
    for place in range(after, len(lines)):
        text = lines[place].strip()
        if not text:
            continue
        last = int(records[-1][0]) if records else -1
        if _NUMBER.fullmatch(text) and (not records or last < int(text) <= last + _WIDEST_GAP):
            records.append((text, []))
        else:
            records[-1][1].append(text)
    if records and is_dated:
        cells = records[-1][1]
        dated = [number for number, text in enumerate(cells) if _is_date(text)]
        behind = len(cells) - 1 - dated[-1] if dated else 0
        del cells[len(cells) - behind :]
        end = _before(lines, len(lines), behind)
    else:
        end = place + 1
    return records, end


def _before(lines: Sequence[str], end: int, count: int) -> int:
    """The place before the last so many lines that are not blank."""
    while count and end:
        end -= 1
        count -= bool(lines[end].strip())
    return end


def _is_date(text: str) -> bool:
    return bool(_DATE.search(text)) and len(text) < 16 and not text.endswith("。")


def _is_simple(columns: Sequence[str]) -> bool:
    return len(columns) == len(_SIMPLE) + 1 and all(
        name in kinds for name, kinds in zip(columns[1:], _SIMPLE, strict=True)
    )


def _simple(number: str, cells: Sequence[str]) -> list[list[str]]:
    """A task that ends with a full stop, units, a date; again for each task. Nothing where it is otherwise."""
    rows: list[list[str]] = []
    for text in cells:
        if text.endswith("。"):
            rows.append([number if not rows else "", text, "", ""])
        elif not rows or rows[-1][3]:
            return []
        elif _is_date(text):
            rows[-1][3] = text
        else:
            rows[-1][2] = "\n".join(filter(None, (rows[-1][2], text)))
    return rows if all(row[3] for row in rows) else []
