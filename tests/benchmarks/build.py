"""Build of the 2022 master against openpyxl writing the same cells.

    python -m tests.benchmarks.build

Two openpyxl workbooks, both without merges, validations, conditional formats, links and set-up:
the same values and formulas with no style at all, and the same with the five style objects of each
cell (shared, as a careful program does it). Ours lays out, evaluates every formula exactly, and
writes all of it.
"""

import io
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from minsheng_xl import Period, Year, run_demo
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Expr
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.look import LINE, Style
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.ledger.period import account_of
from tests.benchmarks.timing import processors, side_by_side


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run_demo(Path(folder) / "年", draw=False)
        year = Year(Path(folder) / "年")
        account = account_of(year.plan, year.register, Period.parse("2022-10"))
        year.close()
    ready = master_book(account, "", 0)
    cells = contents(ready)

    def bare(styled: bool) -> None:
        book = openpyxl.Workbook()
        sheets = {sheet.name: book.create_sheet(sheet.name) for sheet in ready.sheets}
        made: dict[Style, tuple[Any, ...]] = {}
        for name, row, column, value, style in cells:
            cell = sheets[name].cell(row, column, value)
            if styled:
                if style not in made:
                    made[style] = objects(style)
                cell.font, cell.fill, cell.border, cell.alignment, cell.number_format = made[style]
        book.save(io.BytesIO())

    def ours() -> None:
        write_book(master_book(account, "", 0))

    print(f"{len(ready.sheets)} sheets, {len(cells)} cells, {sum(1 for _ in ready.formulas())} formulas")
    side_by_side("master against openpyxl, same cells with their styles", ours, lambda: bare(True), "≤ 0.6", clock=processors)
    side_by_side("master against openpyxl, same cells without any style", ours, lambda: bare(False), "≤ 1", clock=processors)


def contents(book: Book) -> list[tuple[str, int, int, object, Style]]:
    """Every placed cell: sheet, row, column, what openpyxl is given, style."""
    found = []
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            value: object = "=" + book.formula(sheet, cell) if isinstance(cell.content, Expr) else cell.content
            found.append((sheet.name, cell.row + 1, cell.column + 1, float(value) if isinstance(value, Fraction) else value, cell.style))
    return found


def objects(style: Style) -> tuple[Any, ...]:
    side = Side(style="thin", color=LINE[1:])
    return (
        Font(name=style.face, size=style.size, bold=style.bold, color=style.color[1:]),
        PatternFill("solid", fgColor=style.fill[1:]) if style.fill else PatternFill(),
        Border(side, side, side, side) if style.border else Border(),
        Alignment(horizontal=style.align, vertical="center", wrap_text=style.wrap),
        style.number,
    )


if __name__ == "__main__":
    main()
