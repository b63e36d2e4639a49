"""Kill a consolidation at random moments and see that nothing received is lost; then every command that writes: before
each time that it writes, on a disk that is full from each time on, and that often at random moments.

    python -m tests.processes.kills 1000
"""

import hashlib
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

import openpyxl

from minsheng_xl import Year, consolidate, issue, status
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.desk import cli
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.ledger.period import account_of
from minsheng_xl.year.entries import Judged
from tests.libreoffice.masters import unlike
from tests.makers import figure, make_small_year, send, short_tables, word
from tests.processes import trials
from tests.processes.scenes import OCTOBER, SCENES, make_stage
from tests.processes.trials import whole
from tests.workbooks import sheet_of

NOW = datetime(2024, 4, 7)
NOTE = "打电话催"


_FORKING = get_context("fork")


def start(year: Year) -> ForkProcess:
    """A consolidation of the first period in a process of its own, which is at work at once."""
    command = ["consolidate", str(year.root), "--period", str(year.plan.periods[0])]
    process = _FORKING.Process(target=_silently, args=(command,))
    process.start()
    return process


def ended(process: ForkProcess) -> "int | None":
    """Its exit code, once it has ended; minus the signal if it was killed."""
    process.join(timeout=120)
    return process.exitcode


def _silently(words: "list[str]") -> None:
    for number in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    sys.exit(cli.main(words))


def kill_often(year: Year, times: int, seed: int = 20240407) -> int:
    """Kill that many consolidations, each with a return that is new, and check after each. From half way
    on the office has a note in the master, which is then edited where it lies.

    Returns how many were killed before they had ended by themselves. Raises AssertionError.
    """
    draw = random.Random(seed)
    period = year.plan.periods[0]
    send(year, "县水利局", period, {figure("甲1"): "20", word(1, "progress"): "施工"}, "0.xlsx")
    began = time.perf_counter()
    assert ended(start(year)) == 0
    longest = (time.perf_counter() - began) * 1.05
    killed = 0
    for number in range(1, times + 1):
        if number == times // 2 + 1:
            book = openpyxl.load_workbook(year.master_path)
            book["首页"]["P3"] = NOTE
            book.save(year.master_path)
        name = f"{number}.xlsx"
        path = send(year, "县水利局", period, {figure("甲1"): "20", word(1, "progress"): f"施工第{number}天"}, name)
        process = start(year)
        time.sleep(draw.uniform(0, longest))
        process.kill()
        killed += ended(process) != 0
        if number > times // 2:
            assert sheet_of(year.master_path, "首页")["P3"].value == NOTE, "the old master or the new one, whole"
        if number % 10 and number != times:
            continue  # several may be killed one after the other before one ends
        year.close()
        consolidate(year, period, NOW)
        judged = {entry.returned.file: entry.returned for entry in year.register.entries(Judged)}
        for n in range(max(0, number - 9), number + 1):
            entry = judged[f"{n}.xlsx"]
            content = (year.inbox / f"{n}.xlsx").read_bytes()
            assert entry.sha256 == hashlib.sha256(content).hexdigest(), entry
            assert year.archive.read(entry.sha256) == content
            assert entry.outcome is Outcome.ACCEPTED, entry
        files = [entry.returned.file for entry in year.register.entries(Judged)]
        assert len(files) == len(set(files)), "a file was judged twice"
        state = status(year, period)
        assert next(i["reported"] for i in state["indicators"] if i["code"] == "甲1") == "20"
        assert state["issued"] == sum(state[word] for word in ("accepted", "held", "refused", "missing"))
        book = master_book(account_of(year.plan, year.register, period), "", 0)
        own = frozenset({("首页", "P3"), ("催报单", "A4")} if number > times // 2 else ())
        assert unlike(year.master_path.read_bytes(), book, own) == []
        _, equal, lost = year.rebuild()
        assert (equal, lost) == (True, ())
        assert path.exists()
        leftovers = [p for p in year.root.rglob(".~*") if p.is_file()]
        for leftover in leftovers:  # beside what was written whole, never in its place
            leftover.unlink()
    return killed


def kill_every_command(folder: Path, times: int) -> Iterator[str]:
    """Try each command that writes, in folders below one; yield what was done, in words. Raises AssertionError."""
    made = Year.create(folder / "年", short_tables())
    issue(made, OCTOBER, datetime(2022, 10, 31))
    made.close()
    draw = random.Random(times)
    for name in SCENES:
        stage = make_stage(name, made.root, folder / name)
        fates = [{word: number} for number in range(1, stage.writes + 1) for word in ("die_at", "full_at")]
        for fate in [*fates, *({} for _ in range(times))]:
            tried = stage.put(folder / "tried")
            process = trials.start(stage.command(tried), tried, **fate)
            if not fate:
                process.kill_after(draw.uniform(0, stage.seconds))
            process.ended()
            assert whole(tried), (name, fate)
            stage.assert_done_again(tried)
            shutil.rmtree(tried)
        yield f"{name}: {len(fates)} times before it wrote, {times} at random moments; done by running it again"


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        year = make_small_year(Path(folder) / "年")
        print(f"{kill_often(year, times)} of {times} killed in the middle; nothing was lost, every rebuild was equal")
        year.close()
    with tempfile.TemporaryDirectory() as folder:
        for words in kill_every_command(Path(folder), times):
            print(words, flush=True)


if __name__ == "__main__":
    main()
