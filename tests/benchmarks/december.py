"""December with eleven periods behind it against January, in turn: issue, consolidate (returns in), status; goal ≤ 1.3.

    python -m tests.benchmarks.december

The year has eleven closed periods and eight versions of its plan; each time the folder is opened anew. Issuing is at
1.2, consolidating at 1.3.

Asking for the status is at 3.6: 22 ms become 77. Of the 55 between them some 20 are the folding of eleven periods'
returns, which a later correction may have changed, ten the reading of their lines, ten the trend of the county's
means, eight what stood before each figure, and the rest the plans of eight versions. Less would be to keep what was
reckoned of a closed period beside the journal. The whole command, in a process of its own, is at 1.4.
"""

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from minsheng_xl import Period, Year, status
from tests.years.calculator import Figure
from tests.years.office import Office
from tests.years.test_monthly import Run, figures_of, name_of

ROUNDS = 7
UNIT = "区人社局"


class Month:
    """A folder as it was in a month, and the work of that month."""

    def __init__(self, run: Run, number: int, root: Path) -> None:
        shutil.copytree(run.office.root, root)
        self.office, self.period, self.now = Office(Year(root)), name_of(number), run.when(number, 6)
        rows = run.told.rows
        every = figures_of(rows, number)
        self.figures: dict[str, Figure] = {code: one for code, one in every.items() if rows[code].filler == UNIT}
        self.sent = 0

    def reopen(self) -> None:
        self.office.year.close()
        self.office.year = Year(self.office.root)

    def issue(self) -> None:
        self.reopen()
        self.office.issue(self.period, self.now)

    def consolidate(self) -> None:
        self.reopen()
        self.office.consolidate(self.period, self.now)

    def consolidate_a_return(self) -> None:
        self.reopen()
        self.sent += 1
        self.office.send(UNIT, self.period, self.figures, f"再 {self.sent}.xlsx")
        self.office.consolidate(self.period, self.now)

    def ask(self) -> None:
        self.reopen()
        status(self.office.year, Period.parse(self.period))


class Act(NamedTuple):
    """Something done in a month."""

    name: str
    do: Callable[[Month], None]


ACTS = (
    Act("issue again", Month.issue), Act("consolidate, nothing new", Month.consolidate),
    Act("consolidate, a return", Month.consolidate_a_return), Act("status", Month.ask),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder) / "年")
        months = []
        for number in range(1, 13):
            run.month(number)
            if number in (1, 12):
                run.office.year.close()
                months.append(Month(run, number, Path(folder) / str(number)))
                run.office.year = Year(run.office.root)
        print(f"{'':<26}{'January':>10}{'December':>10}{'ratio':>8}")
        for act in ACTS:
            first, last = in_turn(act, months)
            print(f"{act.name:<26}{first * 1000:>8.0f}ms{last * 1000:>8.0f}ms{last / first:>8.2f}")


def in_turn(act: Act, months: list[Month]) -> list[float]:
    """The least processor time of some rounds in each month, one after the other."""
    spent: list[list[float]] = [[] for _ in months]
    for _ in range(ROUNDS):
        for month, times in zip(months, spent, strict=True):
            begun = time.process_time()
            act.do(month)
            times.append(time.process_time() - begun)
    return [min(times) for times in spent]


if __name__ == "__main__":
    main()
