"""A small disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.disk import mounted


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 3 MB."""
    with mounted(tmp_path / "盘", "3m") as disk:
        yield disk
