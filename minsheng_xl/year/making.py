"""A folder that is there whole or not at all, and what is left of files that nobody finished."""

import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from minsheng_xl.year.lock import locked
from minsheng_xl.year.storage import UNFINISHED, put

_LEFT = re.compile(rf"{re.escape(UNFINISHED)}([a-z0-9_]{{8}}|.+\.lock)")
"""What a writer who was killed leaves; .~lock.总台账.xlsm# is LibreOffice's."""
_DEAD = 60.0
"""Seconds after which nobody writes a file any more."""


def clear_away(folders: Iterable[Path]) -> None:
    """Remove from folders what writers left who were killed."""
    for folder in folders:
        with suppress(OSError):
            for path in folder.iterdir():
                if _LEFT.fullmatch(path.name) and time.time() - path.stat().st_mtime > _DEAD:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextmanager
def made_whole(place: Path) -> Iterator[Path]:
    """A folder that is made beside its place and then put there: whoever is stopped half way leaves no half of it.

    One at a time makes it. Where it stands already it must be empty. Raises OSError, and MinshengError if another
    process makes it.
    """
    begins = f"{UNFINISHED}{place.name}-"
    beside = place.with_name(f"{begins}{os.getpid()}")
    try:
        beside.mkdir(parents=True)
        with locked(place.parent, name=f"{UNFINISHED}{place.name}.lock"):
            for path in place.parent.iterdir():  # of those who were killed half way
                if path != beside and path.name.startswith(begins) and path.name.removeprefix(begins).isdecimal():
                    shutil.rmtree(path, ignore_errors=True)
            beside.mkdir(exist_ok=True)  # who was faster took it away
            yield beside
            if place.exists():
                place.rmdir()
            put(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
