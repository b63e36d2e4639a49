"""Real processes: killed, on a full disk, on a read-only one, two at once, beside a file still being copied."""

import os
import random
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, status
from minsheng_xl.exact.keys import Key
from minsheng_xl.intake import inbox
from minsheng_xl.year.entries import Judged
from minsheng_xl.year.lock import locked
from tests.makers import figure, send
from tests.processes.kills import NOW, kill_often, start

OCTOBER = Period.parse("2022-10")


def test_a_hundred_kills_lose_nothing(small_year: Year) -> None:
    year = small_year
    killed = kill_often(year, 100)
    year.close()
    assert killed >= 40  # of those that were still at work


def test_two_at_once_take_turns(small_year: Year) -> None:
    year = small_year
    for number in range(6):
        send(year, "县水利局", year.plan.periods[0], {figure("甲1"): "20", Key("word", "1", "progress"): str(number)}, f"{number}.xlsx")
    year.close()
    processes = [start(year) for _ in range(3)]
    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0]
    files = [entry.returned.file for entry in year.register.entries(Judged)]
    assert sorted(files) == sorted(f"{number}.xlsx" for number in range(6))
    assert year.rebuild()[1]
    year.close()


def test_who_holds_the_folder_is_said(small_year: Year) -> None:
    year = small_year
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import time\nfrom pathlib import Path\nfrom minsheng_xl.year.lock import locked\nwith locked(Path({str(year.root / '归档')!r})):\n print('held', flush=True)\n time.sleep(60)"],
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(MinshengError, match=f"进程 {holder.pid}"), locked(year.root / "归档", wait=0.5):
        pass
    holder.kill()
    holder.communicate()
    with locked(year.root / "归档", wait=5):  # a dead holder holds nothing
        pass
    year.close()


def test_a_file_still_being_copied_waits_for_the_next_run(small_year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "_PAUSE", 0.2)
    year = small_year
    path = send(year, "县水利局", year.plan.periods[0], {figure("甲1"): "20"})
    content = path.read_bytes()
    path.unlink()
    done = threading.Event()

    def copy() -> None:
        with path.open("wb") as stream:
            for place in range(0, len(content), 200):
                stream.write(content[place : place + 200])
                stream.flush()
                time.sleep(0.03)
        done.set()

    thread = threading.Thread(target=copy)
    thread.start()
    time.sleep(0.2)
    result = consolidate(year, year.plan.periods[0], NOW)
    assert not done.is_set()
    assert (result.files, [p.code for p in result.unread]) == ((), ["file-changing"])
    thread.join()
    assert [f.outcome.value for f in consolidate(year, year.plan.periods[0], NOW).files] == ["accepted"]
    year.close()


needs_root = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting a disk needs root")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 3 MB."""
    disk = tmp_path / "盘"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "minsheng_xl", *arguments], capture_output=True, text=True, check=False)


@needs_root
def test_a_full_disk_is_a_sentence_and_nothing_is_lost(small_disk: Path, issued: Year) -> None:
    elsewhere = issued
    send(elsewhere, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(elsewhere, OCTOBER, datetime(2022, 11, 7))
    elsewhere.close()
    root = small_disk / "年"
    shutil.copytree(elsewhere.root, root)
    before = status(elsewhere, OCTOBER)
    year = Year(root)
    send(year, "县民政局", OCTOBER, {figure("6-1"): "3"})
    received = (year.inbox / "县民政局_2022-10.xlsx").read_bytes()
    free = shutil.disk_usage(small_disk).free
    filler = small_disk / "filler"
    for room in (0, 2_000, 20_000, 60_000, 120_000):
        filler.write_bytes(b"\0" * max(0, shutil.disk_usage(small_disk).free + (filler.stat().st_size if filler.exists() else 0) - room))
        result = run("consolidate", str(root), "--period", "2022-10")
        assert "Traceback" not in result.stderr
        if result.returncode:
            assert result.returncode == 1
            assert "磁盘已满" in result.stderr, result.stderr
        filler.unlink()
        assert (year.inbox / "县民政局_2022-10.xlsx").read_bytes() == received
    assert free > 0
    result = run("consolidate", str(root), "--period", "2022-10")
    assert result.returncode == 0, result.stderr
    again = Year(root)
    state = status(again, OCTOBER)
    assert (state["accepted"], before["accepted"]) == (2, 1)
    assert again.rebuild()[1:] == (True, ())
    again.close()
    year.close()


@needs_root
def test_a_read_only_disk_is_a_sentence_and_nothing_changes(small_folder: Path, small_disk: Path) -> None:
    year = Year(shutil.copytree(small_folder, small_disk / "年"))
    period = str(year.plan.periods[0])
    assert run("consolidate", str(year.root), "--period", period).returncode == 0
    send(year, "县水利局", year.plan.periods[0], {figure("甲1"): "20"})
    year.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for command in (["consolidate"], ["issue"], ["close", "--yes"]):
        result = run(*command, str(year.root), "--period", period)
        assert result.returncode == 1
        assert "Traceback" not in result.stderr
        assert "程序出错" not in result.stderr, result.stderr
        assert "只读" in result.stderr, result.stderr
    judged = run("inspect", str(year.inbox), "--plan", str(year.root), "--json")
    assert judged.returncode == 0, judged.stderr
    assert '"outcome": "accepted"' in judged.stdout
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert run("consolidate", str(year.root), "--period", period).returncode == 0


@needs_root
def test_a_master_that_another_program_holds_is_left_and_said(small_year: Year) -> None:
    year = small_year
    period = str(year.plan.periods[0])
    assert run("consolidate", str(year.root), "--period", period).returncode == 0
    before = year.master_path.read_bytes()
    send(year, "县水利局", year.plan.periods[0], {figure("甲1"): "20"})
    if subprocess.run(["chattr", "+i", str(year.master_path)], check=False).returncode:
        pytest.skip("files cannot be locked here")
    try:
        result = run("consolidate", str(year.root), "--period", period)
    finally:
        subprocess.run(["chattr", "-i", str(year.master_path)], check=True)
    assert (result.returncode, year.master_path.read_bytes() == before) == (1, True)
    assert "总台账.xlsm 写不进去" in result.stderr
    assert run("consolidate", str(year.root), "--period", period).returncode == 0
    year.close()
    assert status(year, year.plan.periods[0])["accepted"] == 1
    year.close()


def whole(root: Path) -> bool:
    """Whether every workbook of a folder is one, but what was being written beside it."""
    books = [path for path in root.rglob("*.xls[mx]") if not path.name.startswith(".~")]
    return bool(books) and all(zipfile.is_zipfile(path) and zipfile.ZipFile(path).testzip() is None for path in books)


@pytest.fixture
def replanned(issued: Year) -> Path:
    """The folder of a year of which a target was changed after a return was taken: what is written next, is new."""
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(issued, OCTOBER, NOW)
    book = openpyxl.load_workbook(issued.plan_path)
    heads = [cell.value for cell in book["指标"][1]]
    row = next(row for row in book["指标"].iter_rows() if row[heads.index("编码")].value == "8-1")
    row[heads.index("目标")].value = "99"
    book.save(issued.plan_path)
    issued.close()
    return issued.root


@pytest.mark.parametrize(
    "words",
    [
        ("verify",),
        ("consolidate", "--period", "2022-10"),
        ("close", "--yes", "--period", "2022-10"),
        ("rollover", "--yes"),
    ],
)
def test_whatever_is_killed_in_the_middle_is_done_by_running_it_again(
    replanned: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """变更记录 and the master by consolidate, 数据核验单, a closing and its print, the folder of the next year."""
    draw = random.Random(words[0])
    if words[0] == "close":
        assert run("consolidate", str(replanned), "--period", "2022-10").returncode == 0

    def command(root: Path) -> list[str]:
        following = [str(root.with_name(f"{root.name}次年"))] if words[0] == "rollover" else []
        return [words[0], str(root), *following, *words[1:]]

    calm = Path(shutil.copytree(replanned, tmp_path / "没有被杀"))
    began = time.perf_counter()
    assert run(*command(calm)).returncode == 0
    longest = time.perf_counter() - began
    expected = run("status", str(calm), "--json", "--period", "2022-10").stdout
    for number in range(3):
        root = Path(shutil.copytree(replanned, tmp_path / f"被杀{number}"))
        process = subprocess.Popen([sys.executable, "-m", "minsheng_xl", *command(root)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(longest / 4, longest))
        process.kill()
        process.wait()
        following = root.with_name(f"{root.name}次年")
        assert whole(root)
        assert not following.exists() or whole(following)
        again = run(*command(root))
        assert again.returncode == 0 or "已经" in again.stderr, again.stderr
        assert "Traceback" not in again.stderr
        assert run("status", str(root), "--json", "--period", "2022-10").stdout == expected


@needs_root
def test_on_a_full_disk_nothing_is_half_written(small_disk: Path, replanned: Path) -> None:
    """The sheet of verify is missed and said; a plan that was changed is not adopted."""
    root = Path(shutil.copytree(replanned, small_disk / "年"))
    before = {path: path.read_bytes() for path in root.rglob("*") if path.suffix in (".xlsx", ".xlsm", ".jsonl")}
    (small_disk / "filler").write_bytes(b"\0" * shutil.disk_usage(small_disk).free)
    verified = run("verify", str(root))
    assert (verified.returncode, "数据核验单没有写：" in verified.stderr, "磁盘已满" in verified.stderr) == (0, True, True)
    for words in (("consolidate", "--period", "2022-10"), ("close", "--yes", "--period", "2022-10")):
        result = run(words[0], str(root), *words[1:])
        assert (result.returncode, "磁盘已满" in result.stderr) == (1, True), result.stderr
    assert {path: path.read_bytes() for path in before} == before
    (small_disk / "filler").unlink()
    assert run("consolidate", str(root), "--period", "2022-10").returncode == 0


def filled(disk: Path, room: int) -> None:
    """Leave that many bytes of a disk free."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    filler.write_bytes(b"\0" * max(0, shutil.disk_usage(disk).free - room))


@needs_root
@pytest.mark.parametrize("words", ["init {new}", "rollover {old} {new} --yes", "init {new} --like {old}"])
def test_a_year_that_finds_the_disk_full_is_begun_again(small_disk: Path, issued: Year, words: str) -> None:
    """There is no plan until there is a whole one; with room, the command makes the year."""
    new = small_disk / "新"
    command = words.format(old=issued.root, new=new).split()
    for room in (0, 12_000, 30_000):
        filled(small_disk, room)
        result = run(*command)
        assert (result.returncode, "磁盘已满" in result.stderr) == (1, True), result.stderr
        assert not (new / "计划.xlsx").exists()
        assert [path for path in small_disk.rglob(".~*") if path.is_file()] == []
    (small_disk / "filler").unlink()
    assert run(*command).returncode == 0
    assert whole(new)
    assert {"计划.xlsx", "打开菜单.bat", "打开菜单.desktop"} <= {path.name for path in new.iterdir()}
    assert b"menu" in (new / "打开菜单.bat").read_bytes()
    assert (new / "打开菜单.desktop").stat().st_mode & 0o111


@needs_root
def test_what_was_printed_is_kept_whole_or_not_at_all_on_a_full_disk(small_disk: Path, issued: Year) -> None:
    year = Year(shutil.copytree(issued.root, small_disk / "年"))
    send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
    consolidate(year, OCTOBER, NOW)
    year.close()
    assert run("close", str(year.root), "--period", "2022-10", "--yes").returncode == 0
    (year.printed_folder(OCTOBER) / "自己加的.txt").write_bytes(b"a" * 9_000)
    printed = (year.printed_folder(OCTOBER) / "打印稿.xlsx").read_bytes()
    before = sorted(year.printed_folder(OCTOBER).iterdir())
    reopen = ("reopen", str(year.root), "--period", "2022-10", "--why", "数错了")
    for room in (0, 9_000, 25_000):
        filled(small_disk, room)
        result = run(*reopen)
        assert (result.returncode, "磁盘已满" in result.stderr) == (1, True), result.stderr
        assert sorted(year.printed_folder(OCTOBER).iterdir()) == before
    (small_disk / "filler").unlink()
    assert run(*reopen).returncode == 0
    (kept,) = (path for path in year.printed_folder(OCTOBER).iterdir() if path.is_dir())
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {"打印稿.xlsx": printed, "自己加的.txt": b"a" * 9_000}
