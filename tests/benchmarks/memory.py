"""What a year remembers, in December: history of one figure, of all; export; proofread; each beside something known.

    python -m tests.benchmarks.memory

The first history of a file reads it once more to find its cells: that is timed with nothing looked up yet, too.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from minsheng_xl import Period, Year, export, history, status
from minsheng_xl.memory.tables import TABLES, Facts, rows_of
from minsheng_xl.telling.print import print_period
from tests.benchmarks.timing import processors, side_by_side
from tests.years.test_monthly import YEAR, Run

DECEMBER = Period(YEAR, 12)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder) / "年")
        for _ in run.go():
            pass
        root = run.office.root
        run.office.year.close()

        def opened(do: Callable[[Year], object]) -> Callable[[], None]:
            def act() -> None:
                year = Year(root)
                do(year)
                year.close()

            return act

        def cold(year: Year) -> None:
            (root / "归档" / "速查.sqlite").unlink()
            history(year, code="2-2")

        asked = opened(lambda year: status(year, DECEMBER))
        side_by_side("history of one figure", opened(lambda year: history(year, code="2-2")), asked, "≤ 4", clock=processors)
        side_by_side("the same, no cell looked up yet", opened(cold), asked, "≤ 12", rounds=3, clock=processors)
        side_by_side("history of all", opened(history), asked, "≤ 6", clock=processors)
        side_by_side("export .xlsx against openpyxl", opened(export), opened(by_openpyxl), "≤ 1", clock=processors)

        def command(*words: str) -> None:
            subprocess.run([sys.executable, *words], check=True, capture_output=True)

        draft = print_period(Year(root), DECEMBER, run.when(12, 21), what=["总表"], out=root / "印").folder / "通报初稿.docx"
        side_by_side(
            "proofread, the whole command, against bare starts",
            lambda: command("-m", "minsheng_xl", "proofread", str(root), str(draft), "--period", str(DECEMBER)),
            lambda: command("-c", "pass"), "≤ 100", clock=processors,
        )
        side_by_side(
            "history, the whole command, against bare starts",
            lambda: command("-m", "minsheng_xl", "history", str(root), "--indicator", "2-2", "--json"),
            lambda: command("-c", "pass"), "≤ 60", clock=processors,
        )


def by_openpyxl(year: Year) -> None:
    """The same rows, written by openpyxl's quickest way."""
    book, facts = openpyxl.Workbook(write_only=True), Facts(year)
    for table in TABLES:
        sheet = book.create_sheet(table.title)
        for row in rows_of(table, facts):
            sheet.append([float(fact) if hasattr(fact, "numerator") else fact for fact in row])
    book.save(year.root / "比.xlsx")


if __name__ == "__main__":
    main()
