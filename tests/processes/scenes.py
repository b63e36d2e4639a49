"""The commands that write, each on a folder in which it has something to do."""

import os
import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from minsheng_xl import Period, Year, consolidate, decide, issue
from minsheng_xl.closing.close import close
from minsheng_xl.ledger.period import account_of
from minsheng_xl.proof.verify import verify
from tests.changes.office import changed
from tests.makers import figure, send
from tests.processes.trials import HOME, Ended, differing, picture, run, whole

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
RECEIVED, CLOSED = datetime(2022, 11, 7, 16), datetime(2022, 11, 10, 9)
YEAR, NEW = "年", "新"


class Scene(NamedTuple):
    """A command, the state of the year in which it is given, what it says where its work is done already, and how it
    ends on a full disk."""

    words: str
    state: str
    done: str = ""
    full: int = 1

    def command(self, folder: Path) -> list[str]:
        names = {"year": folder / YEAR, "new": folder / NEW, "asked": asked(folder / YEAR)}
        return [word.format(**names) for word in self.words.split()]


SCENES = {
    "init": Scene("init {new}", "issued", "已经有"),
    "init --like": Scene("init {new} --like {year}", "issued", "已经有"),
    "rollover": Scene("rollover {year} {new} --yes", "closed", "已经有"),
    "issue": Scene("issue {year} --period 2022-11", "consolidated"),
    "issue again": Scene("issue {year} --period 2022-11", "issued before"),
    "issue --certify": Scene("issue {year} --certify 2022-10", "consolidated"),
    "issue --confirm": Scene("issue {year} --confirm 2022-10", "consolidated"),
    "consolidate": Scene("consolidate {year} --period 2022-10", "received"),
    "consolidate again": Scene("consolidate {year} --period 2022-10", "replanned"),
    "decide": Scene("decide {year} {asked} 属实", "consolidated", "没有"),
    "build": Scene("build {year} --period 2022-10", "replanned"),
    "build --fresh": Scene("build {year} --period 2022-10 --fresh", "consolidated"),
    "print": Scene("print {year} --period 2022-10 --what 催报,总表", "consolidated"),
    "close": Scene("close {year} --period 2022-10 --yes", "consolidated", "已经"),
    "reopen": Scene("reopen {year} --period 2022-10 --why 数错了", "closed", "没有定稿"),
    "report-up": Scene("report-up {year} --period 2022-10", "closed"),
    "verify": Scene("verify {year}", "closed", full=0),
    "setup": Scene("setup", "at home"),
    "plan export": Scene("plan export {year} {new}.docx", "issued", "已经有"),
    "register rebuild": Scene("register rebuild {year}", "closed"),
}


def asked(root: Path) -> str:
    """The id of the first question of a year."""
    if "归档" not in {path.name for path in root.iterdir()} or not (root / "总台账.xlsm").exists():
        return ""
    year = Year(root)
    try:
        return next((item.id for item in account_of(year.plan, year.register, OCTOBER).pending if item.key), "")
    finally:
        year.close()


def _receive(year: Year) -> Year:
    send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
    send(year, "县民政局", OCTOBER, {figure("6-1"): "9000"})
    (year.inbox / "说明.docx").write_bytes(b"PK")
    left = year.issued_folder(OCTOBER) / ".~0_abc123"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    return year


def _consolidated(year: Year) -> Year:
    consolidate(_receive(year), OCTOBER, RECEIVED)
    return year


def _replanned(year: Year) -> Year:
    return changed(_consolidated(year), "指标", "8-1", 目标="99")


def _issued_before(year: Year) -> Year:
    """Forms of November went out; of October a figure counts now that did not then."""
    issue(_consolidated(year), NOVEMBER, RECEIVED)
    decide(year, asked(year.root), "属实", CLOSED)
    return year


def _closed(year: Year) -> Year:
    close(_consolidated(year), OCTOBER, CLOSED)
    return year


def _at_home(year: Year) -> Year:
    profile = year.root.parent / HOME / ".config" / "libreoffice" / "4" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text("<oor:items>\n</oor:items>\n", encoding="utf-8")
    return year


STATES: dict[str, Callable[[Year], Year]] = {
    "issued": lambda year: year, "received": _receive, "consolidated": _consolidated, "replanned": _replanned,
    "closed": _closed, "issued before": _issued_before, "at home": _at_home,
}


class Stage(NamedTuple):
    """A scene with its folder, what that shows after its command was given undisturbed, how often this wrote, how long
    it took, and who wrote."""

    name: str
    folder: Path
    after: dict[str, Any]
    writes: int
    seconds: float
    writers: frozenset[str]

    @property
    def full(self) -> int:
        return SCENES[self.name].full

    def put(self, folder: Path) -> Path:
        """The folder, to be worked in."""
        return Path(shutil.copytree(self.folder, folder))

    def command(self, folder: Path) -> list[str]:
        """The command, asked before anything is done."""
        return SCENES[self.name].command(folder)

    def is_done(self, ended: Ended) -> bool:
        """Whether a process did it, or found it done."""
        done = SCENES[self.name].done
        return ended.code == 0 or (bool(done) and done in ended.err)

    def assert_done_again(self, folder: Path) -> None:
        """The command is given once more, and the folder is as if nothing had befallen it."""
        ended = run(SCENES[self.name].command(folder), folder)
        assert self.is_done(ended), ended
        self.assert_done(folder)

    def assert_done(self, folder: Path) -> None:
        assert whole(folder)
        assert differing(picture(folder), self.after) == []
        for root in (folder / YEAR, folder / NEW):
            if (root / "归档" / "日志.jsonl").is_file():
                year = Year(root)
                found = verify(year)
                year.close()
                assert [*found.faults, *found.contradictions] == []


def make_stage(name: str, issued: Path, folder: Path) -> Stage:
    """The stage of a scene, in a folder of its own, of a year that was issued."""
    scene, before = SCENES[name], folder / "before"
    year = Year(shutil.copytree(issued, before / YEAR))
    made = STATES[scene.state](year)
    year.close()
    made.close()
    after = Path(shutil.copytree(before, folder / "after"))
    command, began = scene.command(after), time.perf_counter()
    ended = run(command, after)
    assert ended.code == 0, ended
    return Stage(name, before, picture(after), ended.writes, time.perf_counter() - began, ended.writers)
