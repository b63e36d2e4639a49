"""What people do with the workbooks of any version: find an input cell by the words beside it, and fill it in.

Nothing here asks the program where its cells are: a form of an earlier layout is filled as its clerk fills it.
"""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl

from tests.workbooks import typed

Place: TypeAlias = tuple[str, str]
"""(what the row or block is about, title): ("甲1", "本期累计"), ("1", "本期进展"), ("", "填报人")."""

_NUMERALS = "一二三四五六七八九十"
_ROWS = ("指标编码", "编号", "项目")
"""Titles of the columns that say what a row is about, the most telling first."""


def fill(issued: Path, target: Path, answers: Mapping[Place, object], sheet: str = "") -> None:
    """Save a copy of a workbook with answers typed into it; into its first sheet unless one is named."""
    target.parent.mkdir(parents=True, exist_ok=True)
    places = places_of(issued.read_bytes(), sheet)
    content = issued.read_bytes()
    target.write_bytes(content)
    name = places[("", "")]
    typed(target, **{f"{name}__{places[place]}": answer for place, answer in answers.items()})


def places_of(content: bytes, sheet: str = "") -> dict[Place, str]:
    """The address of every cell that a row and a title, or a label beside it, speak for; the name of the
    sheet under ("", "")."""
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    return places_in(book[sheet] if sheet else book.worksheets[0])


def places_in(page: Any) -> dict[Place, str]:
    """The same of a page that is open in openpyxl."""
    places: dict[Place, str] = {("", ""): page.title}
    about, heads, telling = "", {}, ""
    for row in page.iter_rows():
        texts = {cell.column_letter: _title(cell.value) for cell in row if isinstance(cell.value, str)}
        found = next((title for title in _ROWS if title in texts.values()), "")
        if found and len(texts) > 3:
            heads, telling = texts, next(letter for letter, title in texts.items() if title == found)
            continue
        subject = page[f"{telling}{row[0].row}"].value if telling else None
        if subject is None:
            heads, telling = {}, ""
            first = texts.get("A", "")
            if first[1:2] == "　" and first[0] in _NUMERALS:
                about = str(_NUMERALS.index(first[0]) + 1)
            places |= {(about, title): address for title, address in _beside(page, row)}
        else:
            places |= {(str(subject), title): f"{letter}{row[0].row}" for letter, title in heads.items()}
    return places


def _beside(page: Any, row: Any) -> Iterator[tuple[str, str]]:
    """Each text of a row with the address of the cell behind it."""
    ends = {area.min_col: area.max_col for area in page.merged_cells.ranges if area.min_row == row[0].row}
    for cell in row:
        if isinstance(cell.value, str):
            beside = page.cell(cell.row, ends.get(cell.column, cell.column) + 1)
            yield _title(cell.value), beside.coordinate


def _title(text: str) -> str:
    return text.replace("\n", "")
