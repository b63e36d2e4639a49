"""Every command that writes: killed at any moment, on a full disk, two at once. Afterwards the folder is whole, and the
command run again gives what it gives undisturbed.

More of it: python -m tests.processes.kills 1000
"""

import random
import shutil
import sys
from pathlib import Path

import pytest

from tests.house.test_writers import UNTRIED, WRITERS
from tests.processes.disk import filled, needs_root
from tests.processes.scenes import SCENES, Stage, make_stage
from tests.processes.trials import run, start, whole
from tests.sharing import made_once

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked, and killed by signals")
_ROOM = 90_000
"""Bytes, more than most commands write."""


@pytest.fixture(params=SCENES)
def stage(request: pytest.FixtureRequest, short_issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A command, the folder in which it is given, and what that shows after it, undisturbed."""
    return _stage(request.param, short_issued_folder, tmp_path_factory)


def _stage(name: str, issued: Path, factory: pytest.TempPathFactory) -> Stage:
    return made_once(factory, f"stage {name}", lambda folder: make_stage(name, issued, folder))


def test_whoever_is_killed_is_done_by_running_it_again(stage: Stage, tmp_path: Path) -> None:
    """Killed before it writes the next thing, then at any moment."""
    draw, folder = random.Random(stage.name), stage.put(tmp_path / "folder")
    command = stage.command(folder)
    assert run(command, folder, die_at=draw.randint(1, stage.writes)).code == -9
    assert whole(folder)
    process = start(command, folder)
    process.kill_after(draw.uniform(0, stage.seconds))
    assert "磁盘" not in process.ended().err
    assert whole(folder)
    stage.assert_done_again(folder)


@needs_root
def test_a_full_disk_is_said_and_done_by_running_it_again(stage: Stage, small_disk: Path) -> None:
    draw, folder = random.Random(stage.name), stage.put(small_disk / "folder")
    command = stage.command(folder)
    for room in (0, draw.randint(1, _ROOM)):
        filled(small_disk, room)
        ended = run(command, folder)
        assert room or ended.code == stage.full
        assert ended.code in (0, 1)
        assert not ended.code or "磁盘已满" in ended.err or stage.is_done(ended), ended.err
        assert whole(folder)
    (small_disk / "filler").unlink()
    stage.assert_done_again(folder)


def test_two_at_once_do_it_once(stage: Stage, tmp_path: Path) -> None:
    folder = stage.put(tmp_path / "folder")
    command = stage.command(folder)
    every = [process.ended() for process in (start(command, folder), start(command, folder))]
    assert any(ended.code == 0 for ended in every)
    assert all(stage.is_done(ended) for ended in every), every
    stage.assert_done(folder)


def test_every_writer_is_tried(short_issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = {name for scene in SCENES for name in _stage(scene, short_issued_folder, tmp_path_factory).writers}
    known = {f"{module}:{name}" for module, names in WRITERS.items() for name in names}
    untried = {f"{module}:{name}" for module, names in UNTRIED.items() for name in names}
    assert known - untried <= found
    assert not untried & found


@pytest.mark.parametrize("words", ["status {year} --json", "plan check {year}", "inspect {year}/收件 --plan {year}"])
def test_who_only_looks_writes_nothing_that_is_seen(words: str, short_issued_folder: Path, tmp_path: Path) -> None:
    """But a cache, and the index, where they lack what is known by then."""
    folder = tmp_path / "folder"
    shutil.copytree(short_issued_folder, folder / "年")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".sqlite"}
    ended = run([word.format(year=folder / "年") for word in words.split()], folder)
    assert ended.code == 0, ended.err
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".sqlite"}
    assert after == before
