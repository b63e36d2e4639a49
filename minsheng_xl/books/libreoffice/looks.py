"""Fonts, lines and limits of a range of cells."""

from typing import TYPE_CHECKING, Any

from xlwings import base_classes as base

from minsheng_xl.books.libreoffice.connection import uno_module
from minsheng_xl.books.libreoffice.excel import FontApi, ValidationApi
from minsheng_xl.books.libreoffice.formulas import to_native
from minsheng_xl.books.libreoffice.native import LINES, OPERATORS, RULES, SIDES, WEIGHTS, enum, parts, rgb

if TYPE_CHECKING:
    from minsheng_xl.books.libreoffice.cells import CalcRange


class Font(base.Font):
    def __init__(self, range: "CalcRange") -> None:
        self._range = range

    @property
    def api(self) -> FontApi:
        return FontApi(self._range.native)

    @property
    def name(self) -> str:
        return str(self._range.native.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        native = self._range.native
        native.CharFontName = native.CharFontNameAsian = value

    @property
    def size(self) -> float:
        return float(self._range.native.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        native = self._range.native
        native.CharHeight = native.CharHeightAsian = value

    @property
    def bold(self) -> bool:
        return bool(self._range.native.CharWeight > 100)

    @bold.setter
    def bold(self, value: bool) -> None:
        native = self._range.native
        native.CharWeight = native.CharWeightAsian = 150.0 if value else 100.0

    @property
    def color(self) -> tuple[int, int, int]:
        return parts(self._range.native.CharColor)

    @color.setter
    def color(self, value: Any) -> None:
        self._range.native.CharColor = rgb(value)


class Borders(base.Borders):
    def __init__(self, range: "CalcRange") -> None:
        self.parent = range

    def __getitem__(self, side: str) -> "Border":
        return Border(self.parent, side)

    def set(
        self, which: Any = (), *, line_style: Any = base._UNSET, weight: Any = base._UNSET, color: Any = base._UNSET
    ) -> None:
        changes: dict[str, Any] = {}
        if color is not base._UNSET:
            changes["Color"] = rgb(color)
        if weight is not base._UNSET:
            changes |= {"OuterLineWidth": WEIGHTS[weight], "LineWidth": WEIGHTS[weight]}
        if line_style is not base._UNSET:
            changes["LineStyle"] = LINES[line_style or "none"]
        _draw_lines(self.parent, [Border(self.parent, side).side for side in which], changes)


class Border(base.Border):
    """The line at one side of a range, or between its rows or columns; diagonals are not covered."""

    def __init__(self, range: "CalcRange", side: str) -> None:
        if side not in SIDES:
            raise NotImplementedError(side)
        self._range, self.side = range, SIDES[side]

    def _line(self) -> Any:
        return getattr(self._range.native.TableBorder2, f"{self.side}Line")

    @property
    def line_style(self) -> "str | None":
        line = self._line()
        if not line.OuterLineWidth:
            return "none"
        return next((name for name, native in LINES.items() if native == line.LineStyle), None)

    @line_style.setter
    def line_style(self, value: "str | None") -> None:
        _draw_lines(self._range, [self.side], {"LineStyle": LINES[value or "none"]})

    @property
    def weight(self) -> "str | None":
        width = self._line().OuterLineWidth
        return min(WEIGHTS, key=lambda name: abs(WEIGHTS[name] - width)) if width else None

    @weight.setter
    def weight(self, value: str) -> None:
        _draw_lines(self._range, [self.side], {"OuterLineWidth": WEIGHTS[value], "LineWidth": WEIGHTS[value]})

    @property
    def color(self) -> "tuple[int, int, int] | None":
        line = self._line()
        return parts(line.Color) if line.OuterLineWidth else None

    @color.setter
    def color(self, value: Any) -> None:
        _draw_lines(self._range, [self.side], {"Color": rgb(value)})


def _draw_lines(range: "CalcRange", sides: "list[str]", changes: "dict[str, Any]") -> None:
    """Change the lines at some sides; one that is not there begins thin and whole."""
    there = range.native.TableBorder2
    lines = uno_module().createUnoStruct("com.sun.star.table.TableBorder2")
    for side in sides:
        line = getattr(there, f"{side}Line")
        if not line.OuterLineWidth:
            line.LineStyle = LINES["continuous"]
            line.OuterLineWidth = line.LineWidth = WEIGHTS["thin"]
        for name, value in changes.items():
            setattr(line, name, value)
        if line.LineStyle == LINES["none"]:
            line.OuterLineWidth = line.InnerLineWidth = line.LineWidth = 0
        setattr(lines, f"{side}Line", line)
        setattr(lines, f"Is{side}LineValid", True)
    range.native.TableBorder2 = lines


class DataValidation(base.DataValidation):
    def __init__(self, range: "CalcRange") -> None:
        self._range = range

    @property
    def api(self) -> ValidationApi:
        return ValidationApi(self._range.native)

    @property
    def _rule(self) -> Any:
        return self._range.native.Validation

    @property
    def type(self) -> str:
        found = self._rule.Type.value
        named = {native: name for name, native in RULES.items()}
        return {"ANY": "none", "LIST": "list", **named}[found]

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        rule = self._rule
        rule.Type = enum("sheet.ValidationType", "LIST")
        rule.setOperator(enum("sheet.ConditionOperator", "BETWEEN"))  # as a file has it that names none
        rule.ShowList = 1 if in_cell_dropdown else 0
        if hasattr(source, "sheet"):
            rule.setFormula1(f"$'{source.sheet.name}'.{source.address}")
        else:
            rule.setFormula1(";".join(f'"{text}"' for text in source))
        self._range.native.Validation = rule

    def set_rule(self, rule_type: str, operator: str, formula1: str, formula2: "str | None") -> None:
        rule = self._rule
        rule.Type = enum("sheet.ValidationType", RULES[rule_type])
        rule.setOperator(enum("sheet.ConditionOperator", OPERATORS[operator]))
        rule.setFormula1(to_native(formula1.removeprefix("=")))
        rule.setFormula2(to_native((formula2 or "").removeprefix("=")))
        self._range.native.Validation = rule

    def delete(self) -> None:
        rule = self._rule
        rule.Type = enum("sheet.ValidationType", "ANY")
        self._range.native.Validation = rule
