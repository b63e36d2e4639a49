"""A year of the sample plan in which October went out, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import Period, Year, issue
from minsheng_xl.plan.read import built_in_tables
from tests.sharing import made_once


@pytest.fixture(scope="session")
def issued_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of that year; not to be written to."""

    def make(folder: Path) -> Path:
        year = Year.create(folder / "年", built_in_tables(sample=True))
        issue(year, Period.parse("2022-10"), datetime(2022, 10, 31))
        year.close()
        return year.root

    return made_once(tmp_path_factory, "issued", make)


@pytest.fixture
def issued(issued_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    shutil.copytree(issued_folder, tmp_path / "年")
    year = Year(tmp_path / "年")
    yield year
    year.close()
