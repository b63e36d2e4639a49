"""What one cell of a table says: its text as a value, and what is wrong with it by itself."""

import re
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


def fraction_of(text: str) -> Fraction | None:
    """60% or 0.6 as a fraction; a bare number above 1 is no share and is refused."""
    number = parse_plain(text.removesuffix("%"))
    if number is None:
        return None
    if text.endswith("%"):
        return number / 100
    return number if number <= 1 else None


def ratio_of(text: str) -> Fraction | None:
    """A ratio: 60% or 0.6; 60 typed into a cell that shows percent (6000%) is no plan's target."""
    ratio = fraction_of(text)
    return ratio if ratio is not None and ratio <= 2 else None
