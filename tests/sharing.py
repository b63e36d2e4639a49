"""What is costly to make and only looked at is made once, by the worker that needs it first."""

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

from minsheng_xl import Year

T = TypeVar("T")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], T]) -> T:
    """What `make` returns, given a folder of this run's to make files in; other workers wait for it."""
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder, result = root / name, root / f"{name}.pickle"
    with FileLock(root / f"{name}.lock"):
        if not result.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            result.write_bytes(pickle.dumps(make(folder)))
    made: T = pickle.loads(result.read_bytes())
    return made


def copied(folder: Path, target: Path) -> Iterator[Year]:
    """A year whose folder is a copy of one made once; closed in the end."""
    shutil.copytree(folder, target)
    year = Year(target)
    yield year
    year.close()
