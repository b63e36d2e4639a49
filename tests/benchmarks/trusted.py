"""Trusted intake: gate, strict reading, contract, rules, in a limited child, against the loop people write today.

    python -m tests.benchmarks.trusted

Four figures: per file, serial and with two processes, against `pandas.read_excel` over the same
files; the peak memory of 3,000 returns against that of 39; 3,000 recorded and one new against the
loop over 3,001; `inspect` of one file against a bare Python start.

The first is above its goal: a file takes 0.12 of the loop's processor time for 0.07. Two fifths of it are opening and
reading, the rest is finding the form, its rows, what stands elsewhere and the rules; no step alone is a fifth.

The last is above its goal too, 10 to 12 for 8. Importing is nearly all of it: the modules of the standard library that it
needs take 4.5 bare starts by themselves, and all 260 of them in one plain process as long as the whole command.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path

import pandas as pd

from minsheng_xl import Period, Year, inspect, issue
from minsheng_xl.beginning.demo import _Sample
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.taking.consolidate import take_in
from tests.benchmarks.timing import side_by_side

OCTOBER = Period.parse("2022-10")
NOW = datetime(2022, 11, 7)


def october(folder: Path) -> tuple[Year, list[Path]]:
    """A year whose October forms are issued and filled in, beside it."""
    year = Year.create(folder / "年", built_in_tables(sample=True))
    issue(year, OCTOBER, NOW)
    sample = _Sample(year.plan)
    for unit in year.plan.reporting_units:
        sample.send(year, unit, OCTOBER, f"{unit.sheet_name}.xlsx")
    files = []
    for path in sorted(year.inbox.iterdir()):
        files.append(folder / path.name)
        path.rename(files[-1])
    return year, files


def copies(files: list[Path], folder: Path, count: int) -> list[Path]:
    """That many files that differ in their bytes: each a return with another comment of its zip."""
    folder.mkdir()
    made = []
    for number in range(count):
        content = files[number % len(files)].read_bytes()
        made.append(folder / f"{number:05}.xlsx")
        made[-1].write_bytes(content[:-2] + b"\x05\x00" + f"{number:05}".encode())
    return made


def loop(files: list[Path]) -> None:
    for path in files:
        pd.read_excel(path, sheet_name="填报表", header=None, engine="openpyxl")


def peak(code: str) -> int:
    """The peak memory of a process in KiB (of Linux; what getrusage says holds the parent's too)."""
    own = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    command = [sys.executable, "-c", f"{code}\n{own}"]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        year, files = october(folder)
        month = copies(files, folder / "四个月", 4 * len(files))

        def ours() -> None:
            assert sum(1 for _ in inspect(year, month)) == len(month)

        print(f"{len(month)} returns of {len(files)} units")
        side_by_side("serial", ours, lambda: loop(month), "≤ 0.071", rounds=5)
        many = copies(files, folder / "一省", 3000)
        with ProcessPoolExecutor(2) as two:
            list(inspect(year, many[:64], two))

            def pair() -> None:
                assert sum(1 for _ in inspect(year, many, two)) == len(many)

            def alone() -> None:
                assert sum(1 for _ in inspect(year, many)) == len(many)

            side_by_side("two processes against one, 3,000 returns", pair, alone, "≤ 0.59", rounds=3)

        few = folder / "少"
        few.mkdir()
        for path in month[:39]:
            shutil.copy(path, few)
        code = "from minsheng_xl import Year, inspect\nfor one in inspect(Year({year!r}), [{of!r}]): pass"
        small, large = (peak(code.format(year=str(year.root), of=str(of))) for of in (few, folder / "一省"))
        print(f"peak memory of 3,000 against 39: {large} against {small} KiB = {large / small:.2f} (goal ≤ 1.5)")

        for path in many:
            shutil.copy(path, year.inbox)
        take_in(year, OCTOBER, NOW, 1)
        new = copies(files, folder / "新", 3001)[-1]
        shutil.copy(new, year.inbox / "新.xlsx")
        time.sleep(2.1)  # a file is not read while it is being written
        start = time.perf_counter()
        returns, _ = take_in(year, OCTOBER, NOW, 2)
        spent = time.perf_counter() - start
        assert len(returns) == 1
        start = time.perf_counter()
        loop([*many, new])
        other = time.perf_counter() - start
        print(f"3,000 recorded and one new: {spent * 1000:.0f} ms against {other * 1000:.0f} ms = 1/{other / spent:.0f} (goal ≥ 1/100)")

        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as installed
        one = [sys.executable, "-m", "minsheng_xl", "inspect", str(files[0]), "--plan", str(folder / "空"), "--json"]
        empty = Year.create(folder / "空", built_in_tables(sample=True))
        issue(empty, OCTOBER, NOW)
        empty.close()
        side_by_side(
            "inspect of one file against a bare Python start", lambda: subprocess.run(one, check=True, capture_output=True, env=environment),
            lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), "≤ 8", rounds=11,
        )
        year.close()


if __name__ == "__main__":
    main()
