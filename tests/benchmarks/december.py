"""December with eleven periods behind it against January: issue, consolidate (returns in), status; side by side in one run.

python -m tests.benchmarks.december
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from minsheng_xl import Period, status
from tests.years.test_monthly import Run, figures_of, name_of

ROUNDS = 5


def timed(act: Callable[[], object]) -> float:
    """The least processor time of some rounds."""
    return min(_once(act) for _ in range(ROUNDS))


def _once(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder) / "年")
        found: dict[int, dict[str, float]] = {}
        for number in range(1, 13):
            run.month(number)
            if number in (1, 12):
                found[number] = measured(run, number)
        print(f"{'':<24}{'January':>10}{'December':>10}{'ratio':>8}")
        for name, first in found[1].items():
            print(f"{name:<24}{first * 1000:>8.0f}ms{found[12][name] * 1000:>8.0f}ms{found[12][name] / first:>8.2f}")


def measured(run: Run, number: int) -> dict[str, float]:
    """The times of a month's work, each in a folder opened anew."""
    office, period = run.office, name_of(number)
    last = [0]

    def reopened() -> None:
        office.year.close()
        office.year = type(office.year)(office.root)

    def consolidated() -> None:
        reopened()
        office.consolidate(period, run.when(number, 6))

    def with_a_return() -> None:
        reopened()
        last[0] += 1
        figures = figures_of(run.told.rows, number)
        mine = {code: one for code, one in figures.items() if run.told.rows[code].filler == "区人社局"}
        office.send("区人社局", period, mine, f"再 {last[0]}.xlsx")
        office.consolidate(period, run.when(number, 6))

    def asked() -> None:
        reopened()
        status(office.year, Period.parse(period))

    def issued() -> None:
        reopened()
        office.issue(period, run.when(number, 6))

    return {
        "issue again": timed(issued), "consolidate, nothing new": timed(consolidated),
        "consolidate, a return": timed(with_a_return), "status": timed(asked),
    }


if __name__ == "__main__":
    main()
