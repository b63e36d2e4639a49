"""The records of a desk that is looked over, and the place for what is tried there."""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.year.storage import UNFINISHED


class Fitness(Enum):
    """How a desk stands in one thing: UNFIT, and the main job cannot be done there."""

    FIT = "可用"
    LACKING = "提醒"
    UNFIT = "不行"


class Seen(NamedTuple):
    """What was seen of one thing, and what is to be done about it."""

    fitness: Fitness
    words: str
    action: str = ""


class Desk(NamedTuple):
    """A desk that is looked over, with the folder of a year; `mark`, six signs, is in the name of all that is made."""

    folder: Path
    now: datetime
    mark: str


class Probe(NamedTuple):
    """One thing that is tried: its name for programs, its title, what tries it, and the seconds that it may take.

    What was not found out counts as a lack; of what `is_needed` for the main job, as its failure.
    """

    name: str
    title: str
    look: Callable[[Desk], Iterable[Seen]]
    seconds: float
    is_needed: bool = False

    def unknown(self, words: str, action: str) -> Seen:
        return Seen(Fitness.UNFIT if self.is_needed else Fitness.LACKING, words, action)


def fit(words: str) -> Seen:
    return Seen(Fitness.FIT, words)


def lacking(words: str, action: str = "") -> Seen:
    return Seen(Fitness.LACKING, words, action)


def unfit(words: str, action: str) -> Seen:
    return Seen(Fitness.UNFIT, words, action)


@contextmanager
def scratch(desk: Desk, tag: str, folder: Path | None = None) -> Iterator[Path]:
    """A folder in the year's, or in another, in which a probe of that tag of two letters may write; it goes with all
    that is in it. Named as what writers leave who were killed: the next who writes in the year clears it away too."""
    place = (folder or desk.folder) / f"{UNFINISHED}{desk.mark}{tag}"
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def write_small(path: Path) -> None:
    """A workbook of one cell, to be tried with."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "试一试")


def answer_of(command: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None) -> str:
    """What a program writes, in another environment if one is given. Raises OSError, or subprocess.SubprocessError if
    it fails or takes longer."""
    done = subprocess.run(
        list(command), stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=True, env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    return done.stdout.decode(errors="replace").strip()
