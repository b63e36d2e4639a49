"""What one cell of a table says: its text as a value, and what is wrong with it by itself."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import NamedTuple, TypeVar

from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.plan.tables import SETTINGS, ColumnContent, Table, TableColumn

E = TypeVar("E", bound=Enum)


class Fault(NamedTuple):
    """What is wrong with a cell: the code of the problem and what was expected."""

    code: str
    expected: str = ""


def fault_of(table: Table, column: TableColumn, text: str) -> Fault | None:
    """What is wrong with a cell, as far as it can be told from that cell alone."""
    if not text:
        return Fault("plan-empty") if column.required else None
    if column.choices and text not in column.choices:
        code = "plan-setting-unknown" if table is SETTINGS else "plan-choice"
        return Fault(code, "、".join(column.choices))
    if column.content is ColumnContent.INTEGER and not (text.isascii() and text.isdecimal()):
        return Fault("plan-number", "整数")
    if column.content is ColumnContent.DATE and day_of(text) is None:
        return Fault("plan-date")
    return None


def member_of(enum: type[E], text: str) -> E | None:
    """The member that this word of the table stands for."""
    try:
        return enum(text)
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """A day written as 2022-12-31."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


_DONE, _BEFORE = ("完成", "完工", "建成"), ("之前", "以前", "前")
_DATED = re.compile(r"(\d{4}年|年|)(\d{1,2}月|)(\d{1,2}日|[底末]|)")


def deadline_in(text: str, year: int) -> date | None:
    """The last day that a published 完成时限 names: 2022-09-30, 9月30日前, 9月底前, 年底; None where it names no one day.

    9月前 may mean August and is none; a date without a year is of the plan's.
    """
    bare = _without("".join(text.split()), _DONE)
    if day_of(bare) is not None:
        return day_of(bare)
    named = _without(bare, _BEFORE)
    found = _DATED.fullmatch(named)
    if found is None:
        return None
    of = int(found[1][:-1] or year) if found[1] else year
    month, end = int(found[2][:-1] or 0) if found[2] else 0, found[3]
    if end.endswith("日"):
        return _day(of, month, int(end[:-1]))
    if month:
        return _month_end(of, month) if end or named == bare else None
    return _day(of, 12, 31) if found[1] and end else None


def _without(text: str, endings: Iterable[str]) -> str:
    """A text without the first of these endings that it has."""
    return next((text.removesuffix(ending) for ending in endings if text.endswith(ending)), text)


def _month_end(year: int, month: int) -> date | None:
    return _day(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def fraction_of(text: str) -> Fraction | None:
    """60% or 0.6 as a fraction; a bare number above 1 is no share and is refused."""
    number = parse_plain(text.removesuffix("%"))
    if number is None:
        return None
    if text.endswith("%"):
        return number / 100
    return number if number <= 1 else None


MOST_RATIO = Fraction(2)
"""60 typed into a cell that shows percent (6000%) is no plan's target."""


def ratio_of(text: str) -> Fraction | None:
    """A ratio: 60% or 0.6."""
    ratio = fraction_of(text)
    return ratio if ratio is not None and ratio <= MOST_RATIO else None
