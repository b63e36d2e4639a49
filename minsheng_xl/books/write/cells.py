"""The cells of a sheet that XlsxWriter writes: kept and written as they are, not asked what else they may be."""

from typing import Any, TypeAlias

from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from minsheng_xl.exact.addresses import Area, column_letters
from minsheng_xl.texts import cleaned

Plain: TypeAlias = str | int | float | bool | None
"""What a file holds: a number as it is stored, a text, a truth value, or nothing."""


class CellSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose cells all have a format, and formulas of no function newer than Excel 2007: looking for those,
    and writing every cell attribute by attribute, took half of the time. The bytes are those of XlsxWriter, but for
    the result of a formula that is an empty text, which it takes for none, or reads as an error, for which it takes
    it, and for what a chart keeps of a blank cell."""

    def put(self, row: int, column: int, content: Plain, form: Any) -> None:
        """Place a constant: a text is never a formula or a link."""
        if content is None or content == "":
            self._write_blank(row, column, None, form)
        elif isinstance(content, str):
            self._write_string(row, column, cleaned(content), form)
        elif isinstance(content, bool):
            self._write_boolean(row, column, content, form)
        else:
            self._write_number(row, column, content, form)

    def put_formula(self, row: int, column: int, formula: str, result: Plain, form: Any) -> None:
        """Place a formula, without its equals sign, and what it comes to."""
        self._check_dimensions(row, column)
        shown = cleaned(result) if isinstance(result, str) else result
        self.table[row][column] = CellFormulaTuple(formula, form, "" if shown is None else shown)

    def _get_range_data(self, top: int, left: int, bottom: int, right: int) -> "list[Any]":
        """What a chart keeps of some cells: a blank one is no point, where XlsxWriter has a zero."""
        kept = super()._get_range_data(top, left, bottom, right)
        cells = [self.table.get(row, {}).get(column) for row, column in Area(top, left, bottom, right).places()]
        return [
            None if type(cell).__name__ == "Blank" else token for cell, token in zip(cells, kept, strict=True)
        ]

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        about = f'<c r="{column_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
        match type(cell).__name__:
            case "Blank":
                self.fh.write(f"{about}/>")
            case "String":
                self.fh.write(f'{about} t="s"><v>{cell.string}</v></c>')
            case "Number":
                self.fh.write(f"{about}><v>{cell.number:.16G}</v></c>")
            case "Formula" if not isinstance(cell.value, bool):
                kind = ' t="str"' if isinstance(cell.value, str) else ""
                formula, result = self._escape_data(cell.formula), self._escape_data(cell.value)
                self.fh.write(f"{about}{kind}><f>{formula}</f><v>{result}</v></c>")
            case _:
                super()._write_cell(row, col, cell)
