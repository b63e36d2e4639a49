"""Real processes: killed, on a full disk, on a read-only one, two at once, beside a file still being copied."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, status
from minsheng_xl.exact.keys import Key
from minsheng_xl.intake import inbox
from minsheng_xl.year import lock
from minsheng_xl.year.entries import Judged
from minsheng_xl.year.lock import locked
from tests.makers import figure, send
from tests.processes.disk import needs_root
from tests.processes.kills import NOW, ended, start

OCTOBER = Period.parse("2022-10")


def test_two_at_once_take_turns(small_year: Year) -> None:
    year = small_year
    for number in range(6):
        send(year, "县水利局", year.plan.periods[0], {figure("甲1"): "20", Key("word", "1", "progress"): str(number)}, f"{number}.xlsx")
    year.close()
    processes = [start(year) for _ in range(3)]
    assert [ended(process) for process in processes] == [0, 0, 0]
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


def test_a_lock_that_says_nothing_is_nobodys_after_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever made it was killed, or lost his power, before he could say who he was."""
    monkeypatch.setattr(lock, "SILENT", 0.3)
    (tmp_path / ".lock").touch()
    with locked(tmp_path, wait=1):
        assert (tmp_path / ".lock").read_text().startswith(str(os.getpid()))
    (tmp_path / ".lock").touch()
    saying = threading.Timer(0.15, (tmp_path / ".lock").write_text, [f"{os.getppid()}\n{socket.gethostname()}\n"])
    saying.start()
    with pytest.raises(MinshengError, match=f"进程 {os.getppid()}"), locked(tmp_path, wait=0.5):
        pass
    saying.join()


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


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "minsheng_xl", *arguments], capture_output=True, text=True, check=False)


@needs_root
def test_a_full_disk_is_a_sentence_and_nothing_is_lost(small_disk: Path, short_issued: Year) -> None:
    elsewhere = short_issued
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


def test_what_was_left_half_written_is_cleared_away_by_the_next_run(small_folder: Path, tmp_path: Path) -> None:
    """In the folders that people look into; not what somebody may be writing just now, or LibreOffice's own."""
    year = Year(shutil.copytree(small_folder, tmp_path / "年"))
    names = (".~0_abc123", ".~新.lock", ".~lock.总台账.xlsm#", "~$总台账.xlsm", ".~longer-name")
    for folder in (year.root, year.inbox, year.issued_folder(year.plan.periods[0]) / "以前下发的", year.root / "归档"):
        folder.mkdir(exist_ok=True)
        for name in (*names, ".~fresh_00"):
            (folder / name).write_bytes(b"half")
            os.utime(folder / name, None if name == ".~fresh_00" else (0, 0))
        tried = folder / ".~0a1b2clk"
        tried.mkdir()
        (tried / "lock").write_bytes(b"")
        os.utime(tried, (0, 0))
    with year.locked():
        left = {path.relative_to(year.root).as_posix() for path in year.root.rglob("*~*")}
    year.close()
    kept = {*names, ".~fresh_00"} - {".~0_abc123", ".~新.lock"}
    cleared = ("", "发出/2024-Q1/以前下发的/", "归档/")
    assert left == {f"{folder}{name}" for folder in cleared for name in kept} | {f"收件/{name}" for name in (*names, ".~fresh_00", ".~0a1b2clk")}


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
