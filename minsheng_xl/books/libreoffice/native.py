"""Words and values of Excel ↔ those of LibreOffice."""

from datetime import datetime, timedelta
from typing import Any, TypeAlias

from minsheng_xl.books.libreoffice.connection import uno_module
from minsheng_xl.books.libreoffice.formulas import to_native

Box: TypeAlias = tuple[int, int, int, int]
"""Top row, left column, rows, columns; the first two counted from 1, as xlwings does."""
POINT = 2540 / 72
"""Hundredths of a millimetre in a point."""
EPOCH = datetime(1899, 12, 30)
HORIZONTAL = {
    "general": "STANDARD", "left": "LEFT", "center": "CENTER", "right": "RIGHT", "fill": "REPEAT", "justify": "BLOCK",
}
VERTICAL = {"top": 1, "center": 2, "bottom": 3}
OPERATORS = {
    "between": "BETWEEN", "not_between": "NOT_BETWEEN", "equal_to": "EQUAL", "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER", "less_than": "LESS", "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}
WEIGHTS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}
LINES = {"continuous": 0, "dot": 1, "dash": 2, "double": 3, "dash_dot": 16, "dash_dot_dot": 17, "none": 0x7FFF}
SIDES = {
    "edge_left": "Left", "edge_right": "Right", "edge_top": "Top", "edge_bottom": "Bottom",
    "inside_vertical": "Vertical", "inside_horizontal": "Horizontal",
}
RULES = {
    "whole_number": "WHOLE", "decimal": "DECIMAL", "text_length": "TEXT_LEN", "custom": "CUSTOM", "date": "DATE",
    "time": "TIME",
}


def enum(kind: str, value: str) -> Any:
    return uno_module().Enum(f"com.sun.star.{kind}", value)


def dated(value: Any, is_date: bool) -> Any:
    return EPOCH + timedelta(days=value) if is_date and isinstance(value, float) else value


def typed(x: Any) -> str:
    """A value as it would be typed into a cell."""
    if x is None:
        return ""
    if isinstance(x, bool):
        return "=TRUE()" if x else "=FALSE()"
    if isinstance(x, (int, float)):
        return repr(x)
    if isinstance(x, datetime):
        return repr((x - EPOCH) / timedelta(days=1))
    text = str(x)
    return to_native(text) if text.startswith("=") else text


def rgb(value: Any) -> int:
    if isinstance(value, str):
        return int(value.removeprefix("#"), 16)
    return int(value) if isinstance(value, int) else value[0] << 16 | value[1] << 8 | value[2]


def parts(color: int) -> tuple[int, int, int]:
    return color >> 16 & 255, color >> 8 & 255, color & 255
