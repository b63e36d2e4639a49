"""Shared plans and a year that the demo has run, made once for all workers."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from minsheng_xl import Plan, Year, run_demo
from tests.makers import QUARTERS
from tests.sharing import made_once

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")


@pytest.fixture(scope="module", autouse=True)
def _settled_memory() -> None:
    """What earlier modules left for good is not searched for garbage again: that took a quarter of the time."""
    gc.collect()
    gc.freeze()


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
    target = tmp_path / "鲁山县2022"
    shutil.copytree(finished_demo, target)
    year = Year(target)
    yield year
    year.close()


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    """A fresh year with the sample plan."""
    from minsheng_xl.plan.read import built_in_tables

    made = Year.create(tmp_path / "年", built_in_tables(sample=True))
    yield made
    made.close()
