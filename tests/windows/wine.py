"""A Windows Python under Wine, as .ci/windows makes it."""

import os
import resource
import subprocess
from pathlib import Path

import pytest

SECONDS = 300
ROOM = 2500 << 20
"""Bytes of addresses for a process: Wine itself takes more than half of them, and keeps no limit of a job object."""

PYTHON = os.environ.get("MINSHENG_WINDOWS_PYTHON")
needs_windows = pytest.mark.skipif(PYTHON is None, reason="MINSHENG_WINDOWS_PYTHON names no Windows Python")

_TESTS = Path(__file__).parents[2]


def windows(path: Path) -> str:
    """A path as Wine calls it."""
    return f"Z:{path}"


def run(*arguments: str, is_narrow: bool = False) -> str:
    """What the Windows Python writes. `is_narrow`: with no more than ROOM; it must not end on an error."""
    assert PYTHON is not None

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))

    done = subprocess.run(
        [PYTHON, "-X", "utf8", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
        timeout=SECONDS, check=False, preexec_fn=narrow if is_narrow else None,
    )
    assert (done.returncode, done.stderr) == (0, ""), (done.returncode, done.stderr, done.stdout)
    return done.stdout


def run_scenes(*arguments: str) -> str:
    """The same of `tests.windows.scenes`: the package is the installed one, the tests are these."""
    start = f"import sys; sys.path.append({windows(_TESTS)!r}); from tests.windows.scenes import main; main()"
    return run("-c", start, *arguments, is_narrow=True)
