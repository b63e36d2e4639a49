"""What the tests of this room share: a workbook of every kind, made once."""

from functools import partial
from pathlib import Path

import pytest

from tests.others.kinds import every_kind
from tests.sharing import made_once


@pytest.fixture(scope="session")
def kinds(finished_short_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workbook of every kind, wholly ours; not to be written to."""
    return made_once(tmp_path_factory, "kinds", partial(every_kind, finished_short_demo))
