"""What `api` answers in Excel, by Excel's own names, as far as xlwings has no words of its own for it."""

import re
from collections.abc import Iterator
from typing import Any

from minsheng_xl.books.libreoffice.native import enum

VALUE_ERROR = -2146826273
"""What Excel hands out for an error value."""
_INDENT = 370
"""Hundredths of a millimetre of one indent: what LibreOffice makes of it in a file of ours."""


class SheetApi:
    """Worksheet. What it has of its own is answered by one object: cells, page breaks and page setup."""

    def __init__(self, native: Any) -> None:
        self.native = native

    @property
    def ProtectContents(self) -> bool:
        return bool(self.native.isProtected())

    def Unprotect(self, Password: str = "") -> None:
        self.native.unprotect(Password)

    def Protect(self, Password: str = "") -> None:
        self.native.protect(Password)

    def ResetAllPageBreaks(self) -> None:
        self.native.removeAllManualPageBreaks()

    @property
    def HPageBreaks(self) -> "SheetApi":
        return self

    def Add(self, Before: "RangeApi") -> None:
        self.native.Rows.getByIndex(Before.native.RangeAddress.StartRow).IsStartOfNewPage = True

    @property
    def PageSetup(self) -> "SheetApi":
        return self

    @property
    def PrintTitleRows(self) -> str:
        at = self.native.TitleRows
        return f"${at.StartRow + 1}:${at.EndRow + 1}" if self.native.PrintTitleRows else ""

    @PrintTitleRows.setter
    def PrintTitleRows(self, value: str) -> None:
        first, last = (int(number) for number in re.findall(r"\d+", value))
        at = self.native.TitleRows
        at.StartRow, at.EndRow = first - 1, last - 1
        self.native.TitleRows = at
        self.native.PrintTitleRows = True

    @property
    def Cells(self) -> "SheetApi":
        return self

    @property
    def FormatConditions(self) -> "Iterator[FormatConditionApi]":
        """One of each range, however many conditions it has: LibreOffice keeps them together."""
        return (FormatConditionApi(self.native, one) for one in self.native.ConditionalFormats.ConditionalFormats)


class FormatConditionApi:
    """FormatCondition, and the range it applies to."""

    def __init__(self, sheet: Any, native: Any) -> None:
        self._sheet, self._native = sheet, native

    @property
    def AppliesTo(self) -> "FormatConditionApi":
        return self

    @property
    def Address(self) -> str:
        return ",".join(map(self._address, self._native.Range.RangeAddresses))

    def _address(self, at: Any) -> str:
        area = self._sheet.getCellRangeByPosition(at.StartColumn, at.StartRow, at.EndColumn, at.EndRow)
        return str(area.AbsoluteName).rpartition(".")[2]

    def ModifyAppliesToRange(self, Range: "RangeApi") -> None:
        ranges = self._native.Range
        ranges.removeRangeAddresses(ranges.RangeAddresses)
        ranges.addRangeAddress(Range.native.RangeAddress, False)
        self._native.Range = ranges


class RangeApi:
    """Range."""

    def __init__(self, native: Any) -> None:
        self.native = native

    @property
    def Value2(self) -> Any:
        """Values with dates as the numbers that they are."""
        values, formulas = self.native.getDataArray(), self.native.getFormulaArray()
        rows = tuple(tuple(map(_read, *row)) for row in zip(values, formulas, strict=True))
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    @property
    def Locked(self) -> bool:
        return bool(self.native.CellProtection.IsLocked)

    @Locked.setter
    def Locked(self, value: bool) -> None:
        protection = self.native.CellProtection
        protection.IsLocked = value
        self.native.CellProtection = protection

    @property
    def IndentLevel(self) -> int:
        return int(self.native.ParaIndent) // _INDENT

    @IndentLevel.setter
    def IndentLevel(self, value: int) -> None:
        self.native.ParaIndent = value * _INDENT

    @property
    def ShrinkToFit(self) -> bool:
        return bool(self.native.ShrinkToFit)

    @ShrinkToFit.setter
    def ShrinkToFit(self, value: bool) -> None:
        self.native.ShrinkToFit = value

    def ClearHyperlinks(self) -> None:
        cell = self.native.getCellByPosition(0, 0)
        if cell.TextFields.Count:
            cell.String = cell.String


def _read(value: Any, formula: str) -> Any:
    if value is None:
        return VALUE_ERROR if formula else None
    return None if value == "" and not formula else value


class FontApi:
    """Font."""

    def __init__(self, native: Any) -> None:
        self._native = native

    @property
    def Strikethrough(self) -> bool:
        return bool(self._native.CharStrikeout)

    @Strikethrough.setter
    def Strikethrough(self, value: bool) -> None:
        self._native.CharStrikeout = int(value)

    @property
    def Superscript(self) -> bool:
        return self._escapement > 0

    @property
    def Subscript(self) -> bool:
        return self._escapement < 0

    @property
    def _escapement(self) -> int:
        """A property of the text, not of the cell; the first sign's."""
        return int(self._native.getCellByPosition(0, 0).createTextCursor().CharEscapement)


class ValidationApi:
    """Validation. LibreOffice hands out a copy of it: each change is put back."""

    def __init__(self, native: Any) -> None:
        object.__setattr__(self, "_native", native)

    def Add(self, Type: int) -> None:
        """An input message alone (xlValidateInputOnly); for what limits a cell xlwings has words."""
        if Type != 0:
            raise NotImplementedError(Type)
        rule = self._native.Validation
        rule.setOperator(enum("sheet.ConditionOperator", "BETWEEN"))  # as a file has it that names none
        self._native.Validation = rule

    def __getattr__(self, name: str) -> Any:
        if name not in _VALIDATION:
            raise AttributeError(name)
        return getattr(self._native.Validation, _VALIDATION[name])

    def __setattr__(self, name: str, value: Any) -> None:
        rule = self._native.Validation
        setattr(rule, _VALIDATION[name], value)
        self._native.Validation = rule


_VALIDATION = {
    "InputTitle": "InputTitle", "InputMessage": "InputMessage",
    "ErrorTitle": "ErrorTitle", "ErrorMessage": "ErrorMessage",
    "ShowInput": "ShowInputMessage", "ShowError": "ShowErrorMessage", "IgnoreBlank": "IgnoreBlankCells",
}
