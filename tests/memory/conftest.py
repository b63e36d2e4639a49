"""A year of twelve months that has run its course, made once: corrected, handed over, renamed, recoded, certified."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from minsheng_xl import Year
from tests.sharing import made_once
from tests.years.agreement import Told
from tests.years.test_monthly import Run


class Past(NamedTuple):
    """The folder of the year, what it is told to be, and what was certified at its end."""

    root: Path
    told: Told
    certified: dict[str, object]


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """Not to be written to."""

    def make(folder: Path) -> Past:
        run = Run(folder / "云溪区2025")
        for _ in run.go():
            pass
        run.office.year.close()
        return Past(run.office.root, run.told, dict(run.said))

    return made_once(tmp_path_factory, "year of months", make)


@pytest.fixture
def past_year(past: Past) -> Iterator[Year]:
    """That year, only read."""
    year = Year(past.root, writable=False)
    yield year
    year.close()
