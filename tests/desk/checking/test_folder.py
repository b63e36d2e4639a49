"""What is tried in the year's folder, on disks and in folders that really are so."""

import subprocess
import sys
from pathlib import Path

import pytest

from minsheng_xl.desk.checking import folder as probes
from minsheng_xl.desk.checking.folder import can_lock, can_write, for_excel, has_room, is_a_year, may_be_deep
from minsheng_xl.desk.checking.model import Desk
from tests.desk.checking.conftest import FIT, LACKING, UNFIT, desk_at, lying_in, make_year, put_program, told
from tests.processes.disk import filled, mounted, needs_root

posix = pytest.mark.posix(reason="programs of a shell, paths of POSIX")


def test_a_year_is_told_from_another_folder_and_from_none(desk: Desk, tmp_path: Path) -> None:
    assert told(is_a_year, desk) == [(FIT, f"{desk.folder} 是一年的文件夹", "")]
    ((fitness, words, action),) = told(is_a_year, desk_at(tmp_path))
    assert (fitness, words) == (LACKING, f"{tmp_path} 里没有 计划.xlsx，不是一年的文件夹")
    assert "minsheng-xl init" in action
    gone = tmp_path / "没有的"
    assert [(one[0], one[1]) for one in told(is_a_year, desk_at(gone))] == [(UNFIT, f"没有文件夹 {gone}")]
    assert not gone.exists()


@pytest.mark.parametrize(("name", "is_synced"), [("OneDrive - 县政府", True), ("我的坚果云", True), ("WPS云盘", True), ("云溪区", False)])
def test_a_folder_that_a_cloud_drive_changes(tmp_path: Path, name: str, is_synced: bool) -> None:
    seen = told(is_a_year, desk_at(make_year(tmp_path / name / "年")))
    assert [one[0] for one in seen] == ([FIT, LACKING] if is_synced else [FIT])


@needs_root
def test_a_share_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is mounted; of shares its kind is another."""
    with mounted(tmp_path / "盘 1", "3m") as disk:
        year = make_year(disk / "年")
        assert probes._file_system(year) == "tmpfs"
        assert told(is_a_year, desk_at(year))[0][1].endswith("是一年的文件夹")
        monkeypatch.setattr(probes, "_SHARES", ("tmpfs",))
        assert told(is_a_year, desk_at(year))[0][1].endswith("，在共享盘上")


def test_a_folder_that_can_be_written(desk: Desk) -> None:
    assert told(can_write, desk) == [(FIT, "写、改名、替换、删除都行（文件夹本身、发出、收件、归档）", "")]


@needs_root
def test_a_read_only_and_a_full_disk(tmp_path: Path) -> None:
    with mounted(tmp_path / "盘", "3m") as disk:
        desk = desk_at(make_year(disk / "年"))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ((fitness, words, _),) = told(can_write, desk)
        assert fitness is UNFIT
        assert words == "写不进去：文件夹本身、发出、收件、归档（写不行：所在磁盘是只读的）"
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        filled(disk, 0)
        ((fitness, words, _),) = told(can_write, desk)
        assert (fitness, words) == (UNFIT, "写不进去：文件夹本身、发出、收件、归档（写不行：磁盘已满）")
        (disk / "filler").unlink()
        assert told(can_write, desk)[0][0] is FIT


@needs_root
def test_one_folder_in_which_nothing_can_be_renamed(desk: Desk) -> None:
    inbox = desk.folder / "收件"
    if subprocess.run(["chattr", "+a", str(inbox)], check=False).returncode:
        pytest.skip("folders cannot be closed here")
    try:
        ((fitness, words, _),) = can_write(desk)
    finally:
        subprocess.run(["chattr", "-a", str(inbox)], check=True)
    left = "留下了 .~0a1b2cwr1、.~0a1b2cwr2，请自己删去"
    assert (fitness, words) == (UNFIT, f"写不进去：收件（改名、替换不行：没有权限，{left}）")


@needs_root
@pytest.mark.parametrize(("size", "fitness"), [("3m", UNFIT), ("49m", UNFIT), ("51m", LACKING), ("499m", LACKING), ("501m", FIT)])
def test_room_on_the_disk(tmp_path: Path, size: str, fitness: object) -> None:
    with mounted(tmp_path / "盘", size) as disk:
        assert told(has_room, desk_at(disk))[0][:2] == (fitness, f"还有 {size.removesuffix('m')} MB")


def test_two_processes_keep_out_of_each_others_way(desk: Desk) -> None:
    expected = [(FIT, "两个程序试过：一个用着，另一个进不来；用完了就进得来", "")]
    assert told(can_lock, desk) == expected
    (desk.folder / "归档").rmdir()
    assert told(can_lock, desk) == expected


@needs_root
def test_a_folder_in_which_others_do_not_see_what_is_held(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process has a disk of its own there, as two computers have with a cloud drive."""
    if subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode:
        pytest.skip("processes cannot be parted here")
    inside = 'd=$(dirname "$5"); mount -t tmpfs none "$d" && exec "$PYTHON" "$@"'
    monkeypatch.setenv("PYTHON", sys.executable)
    monkeypatch.setattr(sys, "executable", str(put_program(tmp_path, "apart", f"exec unshare -m sh -c '{inside}' sh \"$@\"")))
    assert [one[:2] for one in told(can_lock, desk)] == [(UNFIT, "锁不住：两个程序同时用这个文件夹时，各以为只有自己")]


@posix
def test_a_lock_that_stays(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(put_program(tmp_path, "never", "exit 0")))
    assert [one[:2] for one in told(can_lock, desk)] == [(UNFIT, "锁上以后，别的程序打不开了")]


@posix
def test_a_second_program_that_is_not_let_start(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(put_program(tmp_path, "stopped", "exit 1")))
    before = lying_in(desk.folder)
    with pytest.raises(OSError, match="第二个程序没有启动，可能被杀毒软件拦了"):
        list(can_lock(desk))
    assert lying_in(desk.folder) == before


def deep(root: Path, length: int) -> Path:
    """A folder whose path has so many signs."""
    while length - len(str(root)) > 220:
        root = root / ("d" * 200)
    root = root / ("e" * (length - len(str(root)) - 1))
    root.mkdir(parents=True)
    return root


@posix
@pytest.mark.parametrize(
    ("length", "fitness", "words"),
    [
        (1000, FIT, "长的文件名、深的文件夹都写得下"),
        # 4095 bytes are the longest path of Linux; one is the stroke behind the folder, and 33 signs of the name have two more
        (4094 - 180 - 66, FIT, "长的文件名、深的文件夹都写得下"),
        (4094 - 180 - 65, LACKING, "名字很长的来件放不下（名字或路径太长）"),
        (4094 - 100 - 66, LACKING, "名字很长的来件放不下（名字或路径太长）"),
        (4094 - 100 - 65, UNFIT, "程序要写的文件，路径太长，写不下（名字或路径太长）"),
    ],
)
def test_how_long_paths_may_be(tmp_path: Path, length: int, fitness: object, words: str) -> None:
    desk = desk_at(deep(tmp_path, length))
    ((seen, said, action),) = told(may_be_deep, desk)
    assert (seen, said) == (fitness, words)
    assert (f"文件夹的路径有 {length} 个字" in action) is (fitness is not FIT)


def test_how_long_paths_excel_opens() -> None:
    assert list(for_excel(157)) == []  # 157, a stroke, and 60 of ours
    assert [one.words for one in for_excel(158)] == ["Excel 打不开路径超过 218 个字的文件"]
