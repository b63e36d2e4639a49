"""A live update of the master with the returns of all units new, against writing its cells one by one.

The update reads the workbook, writes, has it reckoned, reads it again and compares; and it gives cells their looks.

    python -m tests.benchmarks.live

Over UNO, in a headless LibreOffice that it starts itself; it needs LibreOffice and python3-uno.
"""

import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median

from minsheng_xl import Period, Year, build, consolidate, issue
from minsheng_xl.beginning.clerk import fill
from minsheng_xl.books.edit.fit import fitted
from minsheng_xl.books.live.contents import typed_in
from minsheng_xl.books.live.master import OpenMaster
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.edits import States
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.read import built_in_tables
from tests.books.live.office import opened, running

OCTOBER = Period.parse("2022-10")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        year = Year.create(Path(name) / "年", built_in_tables(sample=True))
        issue(year, OCTOBER, datetime(2022, 10, 31))
        build(year, OCTOBER, datetime(2022, 10, 31))
        before = master_book(account_of(year.plan, year.register, OCTOBER), "", 0)
        for unit in year.plan.reporting_units:
            form = unit_form(year.plan, unit, OCTOBER, {})
            answers = {Key("figure", i.code, "reported"): "1" for i in year.plan.filled_by(unit.name) if form.has(Key("figure", i.code, "reported"))}
            words = {cell.key: "已开展" for cell in form.inputs() if cell.key is not None and cell.key.is_of_project}
            source = year.issued_folder(OCTOBER) / f"{unit.sheet_name}_{OCTOBER}.xlsx"
            fill(source, year.inbox / source.name, form, {**words, **answers})
        plain = Year.create(Path(name) / "另", built_in_tables(sample=True))
        content = year.master_path.read_bytes()
        consolidate(year, OCTOBER, datetime(2022, 11, 4))
        after = master_book(account_of(year.plan, year.register, OCTOBER), "", 1)
        path = plain.root / "总台账.xlsm"
        path.write_bytes(content)
        with running(Path(name), "--headless"), opened(path) as book:
            master = OpenMaster(book)
            there, back = States(before, after), States(after, before)
            cells = [(one.name, place, edit) for one in fitted(master.read(), there).sheets for place, edit in one.cells.items()]

            ours = []
            for states in (there, back) * 2:
                began = time.perf_counter()
                master.apply(states, master.read(), {})
                ours.append(time.perf_counter() - began)
            for what, some in (("every cell that differs", cells), ("those that no formula reckons", [one for one in cells if not one[2].follows])):
                began = time.perf_counter()
                for sheet, (row, column), edit in some:
                    book.sheets[sheet].range((row + 1, column + 1)).formula = typed_in(edit)
                theirs = time.perf_counter() - began
                print(f"39 units, the whole live update against {what}, one by one ({len(some)}): {median(ours):.1f} s against {theirs:.1f} s = {median(ours) / theirs:.2f} (goal ≤ 0.1)")


if __name__ == "__main__":
    main()
