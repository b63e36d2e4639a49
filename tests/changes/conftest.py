"""A year in which one return was taken, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from minsheng_xl import Year, consolidate
from tests.changes.office import NOW, OCTOBER
from tests.makers import figure, send
from tests.sharing import copied, made_once


@pytest.fixture(scope="session")
def taken_folder(issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year in which 8-1 of October is 106; not to be written to."""

    def make(folder: Path) -> Path:
        for year in copied(issued_folder, folder / "年"):
            send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
            consolidate(year, OCTOBER, NOW)
        return folder / "年"

    return made_once(tmp_path_factory, "taken", make)


@pytest.fixture
def taken(taken_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(taken_folder, tmp_path / "年")
