"""A desk at work in a Windows Python under Wine: the demo, the menu, files that others hold open, names, Ctrl-C.

Wine has a console, cmd.exe, code pages and sharing violations; it has no Excel, no antivirus and no network share.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Year
from minsheng_xl.telling.status import status
from tests.makers import figure, send
from tests.windows.wine import PYTHON, Console, cmd, needs_windows, python, run, windows

OCTOBER = Period.parse("2022-10")
pytestmark = needs_windows
_HOLD = """
import ctypes, sys
kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
kernel32.CreateFileW.restype = ctypes.c_void_p
handle = kernel32.CreateFileW(sys.argv[1], 0x80000000, 0, None, 3, 0, None)
assert handle != ctypes.c_void_p(-1).value, ctypes.get_last_error()
print("held", flush=True)
sys.stdin.read()
"""
"""Opens a file as Excel does: nobody else may read it, write it or take its name."""
_HOLD_REGISTER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("select count(*) from entries").fetchall()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(path: Path, how: str = _HOLD) -> Iterator[None]:
    """A file that another process has open."""
    assert PYTHON is not None
    command = [PYTHON, "-X", "utf8", "-c", how, windows(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        yield
        other.communicate(timeout=60)


def command(*words: str) -> tuple[int, str]:
    """A command of the program: how it ended, and all that it said."""
    assert PYTHON is not None
    done = subprocess.run(
        [PYTHON, "-X", "utf8", "-m", "minsheng_xl", *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=300,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def consolidated(year: Year) -> tuple[int, str]:
    return command("consolidate", windows(year.root), "--period", "2022-10")


def unfinished(folder: Path) -> list[Path]:
    """What was left half-written."""
    return [path for path in folder.rglob("*") if path.name.startswith(".~")]


def test_the_menu_that_the_batch_file_opens(tmp_path: Path) -> None:
    """A folder with blanks and brackets in its name is no stumbling block for cmd.exe."""
    root = tmp_path / "鲁山县 2022 (一)"
    run("-m", "minsheng_xl", "init", windows(root))
    console = Console(windows(root / "打开菜单.bat").replace("/", "\\"))  # as a double click starts it
    console.wait("经办人姓名")
    console.press("张三\r")
    console.wait("请输入数字：")
    assert "鲁山县 2022 (一)　　期次：2022-01" in console.shown
    console.press("3\r")
    console.wait("按回车键回到菜单。")
    assert "2022-01：应报 38 = 已采用 0 + 待核 0 + 退回 0 + 未报 38" in console.shown
    assert "已完成。" in console.shown
    console.press("\r")
    console.wait("请输入数字：")
    console.press("0\r")
    console.wait("请按任意键继续")
    console.press("\r")
    assert console.ended() == 0


def test_ctrl_c_is_answered_by_a_sentence_and_nothing_is_half_written(tmp_path: Path) -> None:
    root = tmp_path / "演示"
    console = Console(python(), "-m", "minsheng_xl", "demo", windows(root))
    end = time.monotonic() + 200
    while not list(root.rglob("日志.jsonl")):
        assert time.monotonic() < end
        console.go_on()
    console.press("\x03")
    console.wait("已中断。再运行一次即可接着做。")
    assert "Traceback" not in console.shown
    assert console.ended() == 130
    assert unfinished(root) == []
    assert [json.loads(line)["seq"] for line in Year(root).journal.path.read_text(encoding="utf-8").splitlines()]


def test_the_demo_is_gone_through(tmp_path: Path) -> None:
    root = tmp_path / "演示"
    code, said = command("demo", windows(root))
    assert code == 0, said
    assert status(Year(root), OCTOBER)["accepted"] == 34
    assert (root / "打印" / "2022-10" / "打印稿.xlsx").stat().st_size > 0


def test_what_goes_into_a_file_or_to_another_program_is_in_the_code_page_of_the_desk(issued: Year) -> None:
    """cmd.exe's `type` shows it then; JSON is read by programs and is of ASCII alone."""
    issued.close()
    told = issued.root / "情况.txt"
    start = f'"{python()}" -m minsheng_xl status "{windows(issued.root)}"'
    assert cmd(f'{start} > "{windows(told)}"', folder=issued.root) == b""
    assert told.read_bytes().decode("gbk").startswith("2022-10：应报 ")
    with pytest.raises(UnicodeDecodeError):
        told.read_bytes().decode("utf-8")
    assert cmd(f'{start} --json > "{windows(told)}"', folder=issued.root) == b""
    assert json.loads(told.read_bytes().decode("ascii"))["period"] == "2022-10"
    found = cmd(f'{start} | "{python()}" -c "import sys; print(sys.stdin.readline()[:8])"', folder=issued.root)
    assert found.decode("gbk").strip() == "2022-10："


def test_a_return_that_is_held_open_is_told_and_taken_the_next_time(issued: Year) -> None:
    open_one = send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, "开着的.xlsx")
    issued.close()
    with held(open_one):
        code, said = consolidated(issued)
        assert code == 0, said
        assert "开着的.xlsx" in said
    assert status(Year(issued.root), OCTOBER)["accepted"] == 0
    assert consolidated(issued)[0] == 0
    assert status(Year(issued.root), OCTOBER)["accepted"] == 1


def test_a_master_that_is_held_open_is_not_lost(issued: Year) -> None:
    issued.close()
    assert consolidated(issued)[0] == 0
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    issued.close()
    before = issued.master_path.read_bytes()
    with held(issued.master_path):
        code, said = consolidated(issued)
        assert (code, "总台账.xlsm" in said) == (1, True), said
    assert issued.master_path.read_bytes() == before
    assert unfinished(issued.root) == []
    assert consolidated(issued)[0] == 0
    assert issued.master_path.read_bytes() != before


def test_a_register_that_another_program_has_open_stays_and_is_made_again_afterwards(issued: Year) -> None:
    issued.close()
    before = issued.register_path.read_bytes()
    with held(issued.register_path, _HOLD_REGISTER):
        code, said = command("register", "rebuild", windows(issued.root))
        assert code == 1
        assert "登记.sqlite 写不进去：没有权限，或文件正被打开。原有文件没有改动" in said
    assert issued.register_path.read_bytes() == before
    assert command("register", "rebuild", windows(issued.root))[0] == 0


@pytest.mark.parametrize("content", [b"", b"no database" * 999])
def test_a_damaged_register_is_made_anew(issued: Year, content: bytes) -> None:
    send(issued, "县残联", OCTOBER, {figure("8-1"): "106"})
    issued.close()
    issued.register_path.write_bytes(content)
    code, said = consolidated(issued)
    assert code == 0, said
    assert status(Year(issued.root), OCTOBER)["accepted"] == 1


def test_names_of_every_kind(issued: Year) -> None:
    """Full-width signs, a letter outside code page 936, a path longer than 260 signs: each is read, and told once."""
    names = ["残联 (1)　终稿，全角.xlsx", "𠮷县.xlsx", f"{'长' * 60}/{'长' * 60}/{'长' * 80}.xlsx"]
    for name in names:
        send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, name)
    issued.close()
    code, said = consolidated(issued)
    assert code == 0, said
    found = status(Year(issued.root), OCTOBER)
    assert (found["accepted"], found["duplicate"], found["unrecognised"]) == (1, 2, 0), said


def test_a_device_s_name_is_told_and_nobody_waits_for_what_is_typed(issued: Year) -> None:
    """Such a file comes from another system; Windows opens the device in its place."""
    for name in ("con.xlsx", "nul.xlsx"):
        send(issued, "县残联", OCTOBER, {figure("8-1"): "106"}, name)
    issued.close()
    code, said = consolidated(issued)
    assert code == 0, said
    for name in ("con.xlsx", "nul.xlsx"):
        assert f"{name}：打不开，这次没有读" in said
    assert "这个名字在 Windows 里是设备" in said
    found = status(Year(issued.root), OCTOBER)
    assert (found["accepted"], found["unrecognised"]) == (0, 0), said


def test_the_plan_is_read_and_its_faults_are_said(issued: Year) -> None:
    issued.close()
    assert command("plan", "check", windows(issued.root))[0] == 0
    with held(issued.plan_path):
        code, said = command("plan", "check", windows(issued.root))
        assert (code, "计划" in said, "Traceback" in said) == (1, True, False), said
    book = openpyxl.load_workbook(issued.plan_path)
    book["指标"]["D3"] = None
    book.save(issued.plan_path)
    code, said = command("plan", "check", windows(issued.root))
    assert (code, "指标 第3行“指标”：不能为空。请填写。" in said) == (1, True), said
