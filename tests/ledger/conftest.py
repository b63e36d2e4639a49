"""A journal to be told things."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from minsheng_xl import Plan
from tests.ledger.journals import Told


@pytest.fixture
def told(tmp_path: Path, plan: Plan) -> Iterator[Told]:
    found = Told(tmp_path, plan)
    yield found
    found.close()
