"""The demo, and what of it each part takes; goal ≤ 10 s.

    python -m tests.benchmarks.demo

It takes 10.5 to 10.8 s of processors:

    3.2   the clerks: openpyxl opening and saving 75 forms
    2.8   LibreOffice, for the PDFs
    2.1   making the master, four times
    1.1   drawing the 76 forms of two months
    0.5   what else is printed
    0.4   the rest of 汇总: looking for new files, recording, what goes back to units
    0.6   reading the returns, in a process of its own; beginning the year; asking how it stands

Other people's programs take 6.0 of it, which is the floor; without the PDFs it is 7.9, without the clerks 7.5. Only
the clerks could be two at a time, which would be for the demo alone. Of what is ours the master is the most: it is
written anew at each 汇总, as the figures in it are others.
"""

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch

from minsheng_xl.beginning import demo
from minsheng_xl.taking import consolidate
from minsheng_xl.telling import print as printing
from tests.benchmarks.timing import processors


class Part(NamedTuple):
    """A function of the demo, by the module that calls it; an indented one is within the one before."""

    title: str
    module: ModuleType
    function: str


PARTS = (
    Part("forms drawn, of two months", demo, "issue"),
    Part("filled in by openpyxl, 75 of them", demo, "fill"),
    Part("consolidated, four times", demo, "consolidate"),
    Part("  the returns read", consolidate, "take_in"),
    Part("  the master", consolidate, "build"),
    Part("printed", demo, "print_period"),
    Part("  by LibreOffice", printing, "pdfs_of"),
)


class Watch:
    """What is spent within functions: seconds of the wall's clock, and of this process and its ended children."""

    def __init__(self) -> None:
        self.spent: dict[str, tuple[float, float]] = {}

    def around(self, part: Part) -> Callable[..., Any]:
        inner = getattr(part.module, part.function)

        def timed(*given: Any, **named: Any) -> Any:
            wall, used = time.perf_counter(), processors()
            try:
                return inner(*given, **named)
            finally:
                before = self.spent.get(part.title, (0.0, 0.0))
                now = time.perf_counter() - wall, processors() - used
                self.spent[part.title] = before[0] + now[0], before[1] + now[1]

        return timed


def main() -> None:
    watch = Watch()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        for part in PARTS:
            stack.enter_context(patch.object(part.module, part.function, watch.around(part)))
        watch.around(Part("the whole demo", demo, "run_demo"))(Path(folder) / "演示")
    for title in (*(part.title for part in PARTS), "the whole demo"):
        wall, used = watch.spent[title]
        print(f"{title:<36}{wall:>7.2f} s{used:>7.2f} s of processors")


if __name__ == "__main__":
    main()
