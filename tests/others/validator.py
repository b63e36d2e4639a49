"""The validator of Microsoft's Open XML SDK, which says what of a workbook is not as the standard has it."""

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

VERSIONS = ("Office2007", "Microsoft365")
REQUIRED = bool(os.environ.get("MINSHENG_REQUIRE_VALIDATOR"))
PROGRAM = os.environ.get("MINSHENG_VALIDATOR") or shutil.which("ooxml-validator")
_SECONDS = 120

needs_validator = pytest.mark.skipif(
    PROGRAM is None and not REQUIRED, reason="the Open XML validator is not installed (MINSHENG_VALIDATOR names it)"
)


class Remark(NamedTuple):
    """What is said of a place in a part, by a version of the program."""

    version: str
    part: str
    said: str


def remarks(path: Path, versions: Iterable[str] = VERSIONS) -> Counter[Remark]:
    """What the validator remarks, each with how often: the places themselves move when a part is edited."""
    return sum((_remarks(path, version) for version in versions), Counter())


def _remarks(path: Path, version: str) -> Counter[Remark]:
    assert PROGRAM is not None, "the Open XML validator is required here and not installed"
    run = subprocess.run([PROGRAM, str(path), version], capture_output=True, timeout=_SECONDS, check=False)
    told = json.loads(run.stdout)
    return Counter(Remark(version, one["path"] or "", one["description"]) for one in told["errors"])


def remarks_of(paths: Mapping[str, Path]) -> dict[str, Counter[Remark]]:
    """The remarks on each of some workbooks, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(paths, pool.map(remarks, paths.values()), strict=True))
