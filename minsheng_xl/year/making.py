"""A folder that is there whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from minsheng_xl.year.lock import locked
from minsheng_xl.year.storage import UNFINISHED


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
            beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
