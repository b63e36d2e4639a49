"""Shared plans and a year that the demo has run, made once for all workers."""

import gc
import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from openpyxl.worksheet.merge import MergedCellRange

from minsheng_xl import Period, Plan, Year, consolidate, issue, run_demo
from minsheng_xl.intake import inbox
from minsheng_xl.plan.read import built_in_tables
from minsheng_xl.plan.tables import RawTables
from tests.makers import QUARTERS, little_tables, make_small_year, run_short_demo, short_tables
from tests.quick import draw_edges
from tests.sharing import copied, made_once

OF_POSIX = "asks POSIX: "
"""How the reason begins why a test is left out elsewhere."""

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out, with its reason, what needs what this system has not."""
    reasons = [mark.kwargs["reason"] for mark in item.iter_markers("posix")]
    if reasons and os.name != "posix":
        pytest.skip(f"{OF_POSIX}{reasons[0]}")


@pytest.fixture(scope="session", autouse=True)
def _no_waiting() -> None:
    """A file that was just dropped is watched for a moment only: nobody is still writing it."""
    inbox._PAUSE = 0.01


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> None:
    """What a test writes is thrown away with it; that it reaches the disk in order is shown in tests/year."""
    os.fsync = lambda handle: None


@pytest.fixture(scope="session", autouse=True)
def _quick_merges() -> None:
    MergedCellRange.format = draw_edges


@pytest.fixture(scope="module", autouse=True)
def _settled_memory() -> None:
    """What earlier modules left for good is not searched for garbage again, and what a test makes is searched
    seldom: that took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan.built_in()


@pytest.fixture(scope="session")
def sample_plan() -> Plan:
    return Plan.built_in(sample=True)


@pytest.fixture(scope="session")
def quarters_plan() -> Plan:
    return Plan.load(QUARTERS)


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo run; not to be written to."""

    def make(folder: Path) -> Path:
        run_demo(folder / "鲁山县2022", draw=False)
        return folder / "鲁山县2022"

    return made_once(tmp_path_factory, "demo", make)


@pytest.fixture
def demo_year(finished_demo: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of the demo's folder, to be worked on."""
    yield from copied(finished_demo, tmp_path / "鲁山县2022")


@pytest.fixture(scope="session")
def finished_short_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo of the plan cut down to six projects and eight reporting units; not to be written to."""

    def make(folder: Path) -> Path:
        run_short_demo(folder / "鲁山县2022")
        return folder / "鲁山县2022"

    return made_once(tmp_path_factory, "short demo", make)


@pytest.fixture
def short_demo(finished_short_demo: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(finished_short_demo, tmp_path / "鲁山县2022")


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    """A fresh year with the little plan."""
    made = Year.create(tmp_path / "年", little_tables())
    yield made
    made.close()


def _issued_october(tables: RawTables, folder: Path) -> Path:
    made = Year.create(folder / "年", tables)
    issue(made, Period.parse("2022-10"), datetime(2022, 10, 31))
    made.close()
    return made.root


@pytest.fixture(scope="session")
def issued_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a year with the little plan in which October went out; not to be written to."""
    return made_once(tmp_path_factory, "issued", partial(_issued_october, little_tables()))


@pytest.fixture
def issued(issued_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(issued_folder, tmp_path / "年")


@pytest.fixture(scope="session")
def short_issued_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the short plan, with its four projects; not to be written to."""
    return made_once(tmp_path_factory, "short issued", partial(_issued_october, short_tables()))


@pytest.fixture
def short_issued(short_issued_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(short_issued_folder, tmp_path / "年")


@pytest.fixture(scope="session")
def whole_issued_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the whole sample plan, with its ten projects; not to be written to."""
    return made_once(tmp_path_factory, "whole issued", partial(_issued_october, built_in_tables(sample=True)))


@pytest.fixture
def whole_issued(whole_issued_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(whole_issued_folder, tmp_path / "年")


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small plan of quarters, its first forms issued; not to be written to."""

    def make(folder: Path) -> Path:
        made = make_small_year(folder / "年")
        made.close()
        return made.root

    return made_once(tmp_path_factory, "small", make)


@pytest.fixture
def small_year(small_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(small_folder, tmp_path / "年")


@pytest.fixture(scope="session")
def consolidated_small_folder(small_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after its first period was consolidated with nothing in the inbox; not to be written to."""

    def make(folder: Path) -> Path:
        for made in copied(small_folder, folder / "年"):
            consolidate(made, made.plan.periods[0], datetime(2022, 12, 1))
        return folder / "年"

    return made_once(tmp_path_factory, "consolidated small", make)


@pytest.fixture
def consolidated_small_year(consolidated_small_folder: Path, tmp_path: Path) -> Iterator[Year]:
    """A copy of it, to be worked on."""
    yield from copied(consolidated_small_folder, tmp_path / "年")
