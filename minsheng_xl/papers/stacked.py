"""A table in text whose cells stand one under the other, as Word saves plain text and pages are copied.

Which line belongs to which column is sure where a row has as many lines as there are columns. Otherwise it is told by
what the lines are (`told_apart.py`). What is not sure is not read, and told.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from minsheng_xl.papers.told_apart import is_date, rows_of
from minsheng_xl.published.heads import DEADLINE, NUMBER, heads_of, meant

_NUMBER = re.compile(r"\d{1,3}")
_PAGE_NUMBER = re.compile(r"[—–－\-·]+\s*\d{1,4}\s*[—–－\-·]+")
_MOST_HEADS, _MOST_LINES, _WIDEST_GAP = 14, 3, 3
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
    said, after = _said(lines, start)
    heads = _heads(said)
    found = heads_of(heads)
    if found is None or found.columns[0] != NUMBER:
        return None
    records = _records(lines, after, said)
    return _with_blanks(lines, heads, after) or _without_blanks(lines, heads, found.columns, records)


def _said(lines: Sequence[str], start: int) -> tuple[list[str], int]:
    """The lines of the heads, up to the first number, and the place of that."""
    said: list[str] = []
    place = start
    while place < len(lines) and len(said) < _MOST_HEADS * 2 and not _NUMBER.fullmatch(lines[place].strip()):
        said += [lines[place].strip()] if lines[place].strip() else []
        place += 1
    return said, place


def _heads(said: Sequence[str]) -> list[str]:
    """The heads, one that is broken over lines put together."""
    heads: list[str] = []
    place = 0
    while place < len(said):
        known = (count for count in range(1, _MOST_LINES + 1) if meant("".join(said[place : place + count])))
        count = next(known, 1)
        heads.append("".join(said[place : place + count]))
        place += count
    return heads


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


class _Records(NamedTuple):
    """The lines under each number, and the place of the line behind them."""

    rows: list[tuple[str, list[str]]]
    end: int


def _without_blanks(
    lines: Sequence[str], heads: Sequence[str], columns: Sequence[str], records: _Records
) -> Stacked:
    """Rows that begin with numbers which rise; blank lines mean nothing."""
    rows, left_out, end = [list(heads)], [], records.end
    for place, (number, cells) in enumerate(records.rows):
        is_even = len(cells) == len(heads) - 1 and (columns[-1] != DEADLINE or is_date(cells[-1]))
        if is_even:
            rows.append([number, *cells])
            continue
        found, used = rows_of(cells, columns[1:], may_leave=place == len(records.rows) - 1)
        rows += [[number if not at else "", *row] for at, row in enumerate(found)]
        if not found:
            said = " ".join(cells)[:_LONGEST_SAID]
            left_out.append(f"序号 {number} 那几行分不清哪一行是哪一栏，没有读：{said}。请复制带格线的表，或导入 .docx。")
        else:
            end = _before(lines, end, len(cells) - used)
    return Stacked(rows, end, tuple(left_out))


def _records(lines: Sequence[str], after: int, said: Sequence[str]) -> _Records:
    """The rows behind the heads. Heads that are repeated, and numbers of pages, are none of their lines."""
    texts = [(place, lines[place].strip()) for place in range(after, len(lines)) if lines[place].strip()]
    rows: list[tuple[str, list[str]]] = []
    at = 0
    while at < len(texts):
        place, text = texts[at]
        if [one for _, one in texts[at : at + len(said)]] == list(said):
            at += len(said)
            continue
        if _PAGE_NUMBER.fullmatch(text):
            if not any(_is_next(rows, one) for _, one in texts[at:]):
                return _Records(rows, place)
        elif not rows or _is_next(rows, text):
            rows.append((text, []))
        else:
            rows[-1][1].append(text)
        at += 1
    return _Records(rows, len(lines))


def _is_next(rows: Sequence[tuple[str, list[str]]], text: str) -> bool:
    """Whether a line is the number of the next row."""
    last = int(rows[-1][0]) if rows else 0
    return bool(_NUMBER.fullmatch(text)) and last < int(text) <= last + _WIDEST_GAP


def _before(lines: Sequence[str], end: int, count: int) -> int:
    """The place before the last so many lines that are not blank."""
    while count and end:
        end -= 1
        count -= bool(lines[end].strip())
    return end
