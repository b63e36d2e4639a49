"""A closed master edited where it lies, against loading and saving the same master with openpyxl.

    python -m tests.benchmarks.edit

Three figures: the edits of a whole new period; those of one new return; and, for one new return, the
whole update of the file (reading it, both states of its book, the edits) against the same. Where wolfxl is
installed (it is no dependency: `pip install wolfxl==2.0.21`, 14 MB, half of them machine code), the same cells
written by it too: opened, set, saved.

Two goals are not met: 0.24 for a new period, 0.10 for one return. What each step takes of openpyxl's time:

    new period   one return
    0.05         0.02         comparing two states of 13,000 cells, 5,000 of them formulas
    0.05         0.05         seeing in every cell of the file that it is still ours and in today's words
    0.07         0.01         writing the parts that differ
    0.03         0.01         reading them back, packing them
    0.01         0.01         seeing that every cell says what it should

A new period cannot be much below the first, the third and the fourth of them, which is the goal already. One return
would have to leave cells of unchanged sheets unseen: what the office wrote over there would no longer be told, and
formulas of an earlier version would stay.

Against wolfxl one return (41 cells) is at 3.8 to 4.1, 220 ms for 55, for a goal of 1.2; a new period (3,900) at 1.4. It is
told which cells differ, and sees nothing else. Writing our parts, reading them back and seeing what they say is 1.1
of it already; the rest is to find the cells and to see that the others are still ours. It keeps each part, style,
chart, macro, conditional format and merged block of the master, but no result of a formula that it writes: until a
program has reckoned it, such a cell is empty for whoever only reads.
"""

import io
import tempfile
from datetime import datetime
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import openpyxl

from minsheng_xl import Period, Year, consolidate, run_demo
from minsheng_xl.books.edit.closed import edited
from minsheng_xl.books.package.read import read_package
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.edits import States
from minsheng_xl.forms.garbage import unsearched
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.ledger.period import account_of
from minsheng_xl.taking.consolidate import take_in
from tests.benchmarks.timing import processors, side_by_side
from tests.makers import send

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")


def evaluated(year: Year, period: Period, upto: int) -> Book:
    book = master_book(account_of(year.plan, year.register, period, upto=upto), "", upto)
    for sheet, cell in book.formulas():
        book.value(sheet, cell)
    return book


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        run_demo(Path(name) / "年", draw=False)
        year = Year(Path(name) / "年")
        book = openpyxl.load_workbook(year.master_path)
        book.create_sheet("我的备忘")["A1"] = "催办"
        book.save(year.master_path)
        consolidate(year, OCTOBER, datetime(2022, 11, 20))
        content, before = year.master_path.read_bytes(), year.register.last_change()
        send(year, "县司法局", OCTOBER, {Key("word", "1", "support"): "已配合"}, "司.xlsx")
        take_in(year, OCTOBER, datetime(2022, 11, 21), year.register.next_run())
        after = year.register.last_change()
        base, one, other = evaluated(year, OCTOBER, before), evaluated(year, OCTOBER, after), evaluated(year, NOVEMBER, after)
        workbook = read_package(content, trusted=True)

        def openpyxl_saves() -> None:
            openpyxl.load_workbook(io.BytesIO(content)).save(io.BytesIO())

        @unsearched()
        def edit(new: Book) -> None:
            edited(content, workbook, States(base, new))

        @unsearched()
        def whole() -> None:
            new = master_book(account_of(year.plan, year.register, OCTOBER, upto=after), "", after)
            old = master_book(account_of(year.plan, year.register, OCTOBER, upto=before), "", before)
            edited(content, read_package(content, trusted=True), States(old, new))

        side_by_side("the edits of a new period", lambda: edit(other), openpyxl_saves, "≤ 0.15", rounds=5, clock=processors)
        side_by_side("the edits of one new return", lambda: edit(one), openpyxl_saves, "≤ 0.05", rounds=5, clock=processors)
        side_by_side("the whole update, one new return", whole, openpyxl_saves, "≤ 0.4", rounds=5, clock=processors)
        if find_spec("wolfxl") is None:
            print("wolfxl is not installed: not compared with it")
        else:
            path = Path(name) / "总台账.xlsx"
            path.write_bytes(content)
            for title, state in (("a new period", other), ("one new return", one)):
                cells = [
                    (edits.name, cell_name(place), cell.now.value if cell.now.formula is None else f"={cell.now.formula}")
                    for edits in States(base, state).edits()
                    for place, cell in edits.cells.items()
                ]
                side_by_side(
                    f"the edits of {title}, against wolfxl ({len(cells)} cells, contents only)",
                    lambda state=state: edit(state),  # type: ignore[misc]
                    lambda cells=cells: by_wolfxl(path, cells), "≤ 1.2", rounds=5, clock=processors,  # type: ignore[misc]
                )
        year.close()


def by_wolfxl(path: Path, cells: list[tuple[str, str, Value]]) -> None:
    import wolfxl  # type: ignore[import-not-found,unused-ignore]

    book = wolfxl.load_workbook(path, modify=True)
    for sheet, cell, value in cells:
        book[sheet][cell] = float(value) if isinstance(value, Fraction) else value
    book.save(path.with_name("wolfxl.xlsx"))


if __name__ == "__main__":
    main()
