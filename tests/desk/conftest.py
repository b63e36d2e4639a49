"""A desk of its own: no settings of who runs the tests, and none left with them."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home, new."""
    found = tmp_path_factory.mktemp("家")
    for name in ("HOME", "APPDATA"):
        monkeypatch.setenv(name, str(found))
    monkeypatch.delenv("MINSHENG_WHO", raising=False)
    return found
