"""A desk with the folder of a year, in which nothing of what is tried may stay."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl.desk.checking.model import Desk, Fitness, Seen

NOW = datetime(2022, 11, 6, 10)
FIT, LACKING, UNFIT = Fitness
Told = list[tuple[Fitness, str, str]]


def make_year(folder: Path) -> Path:
    """What the probes look for in a year's folder."""
    for name in ("发出", "收件", "归档"):
        (folder / name).mkdir(parents=True)
    (folder / "计划.xlsx").write_bytes(b"PK\3\4")
    return folder


def desk_at(folder: Path, now: datetime = NOW) -> Desk:
    return Desk(folder, now, "0a1b2c")


def lying_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*")) if folder.is_dir() else []


def told(look: Callable[[Desk], Iterable[Seen]], desk: Desk) -> Told:
    """What is seen; nothing stays in the folder."""
    before = lying_in(desk.folder)
    seen = [tuple(one) for one in look(desk)]
    assert lying_in(desk.folder) == before
    return seen


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield desk_at(make_year(tmp_path / "年"))


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for, with none."""
    found = tmp_path / "programs"
    found.mkdir()
    monkeypatch.setenv("PATH", str(found))
    return found


def put_program(folder: Path, name: str, script: str) -> Path:
    """A program for a shell."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path
