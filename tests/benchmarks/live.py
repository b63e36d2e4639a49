"""A live update of the master with the returns of all units new, against writing the same cells one by one.

    python -m tests.benchmarks.live

Over UNO, in a headless LibreOffice that it starts itself; it needs LibreOffice and python3-uno.
"""

import tempfile
from datetime import datetime
from pathlib import Path

from minsheng_xl import Period, Year, build, consolidate, issue
from minsheng_xl.books.fit import fitted
from minsheng_xl.demo import fill
from minsheng_xl.forms.edits import States
from minsheng_xl.forms.master import master_book
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger import account_of
from minsheng_xl.live import OpenMaster, typed_in
from minsheng_xl.plan.load import built_in_tables
from tests.benchmarks.timing import side_by_side
from tests.live.office import opened, running

OCTOBER = Period.parse("2022-10")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        year = Year.create(Path(name) / "年", built_in_tables(sample=True))
        issue(year, OCTOBER, datetime(2022, 10, 31))
        build(year, OCTOBER, datetime(2022, 10, 31))
        before = master_book(account_of(year.plan, year.register, OCTOBER), "", 0)
        for unit in year.plan.reporting_units:
            form = unit_form(year.plan, unit, OCTOBER, {})
            answers = {("figure", i.code, "reported"): "1" for i in year.plan.filled_by(unit.name) if form.has(("figure", i.code, "reported"))}
            words = {cell.key: "已开展" for cell in form.inputs() if cell.key is not None and cell.key[0] == "word"}
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
            print(f"{len(cells)} cells")

            def live() -> None:
                for states in (there, back):
                    master.apply(states, master.read())

            def one_by_one() -> None:
                for _ in range(2):
                    for sheet, (row, column), edit in cells:
                        book.sheets[sheet].range((row + 1, column + 1)).formula = typed_in(edit)

            side_by_side("39 units, there and back", live, one_by_one, "≤ 0.1", rounds=3)


if __name__ == "__main__":
    main()
