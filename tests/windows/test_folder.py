"""The folder for Windows as a desk gets it, under Wine: double-clicked, in a path with blanks, and nothing outside of it.

Wine has no bcryptprimitives.dll, which the wheel of cryptography needs: that one part is not imported here. There is no
Excel: that xlwings and pywin32 are imported says no more than that.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from minsheng_xl import Period, Year
from minsheng_xl.beginning.doors import PYZ, WINDOWS_BUTTON, windows_door
from minsheng_xl.desk.portable import LIST
from minsheng_xl.telling.status import status
from tests.windows.wine import windows

FOLDER = os.environ.get("MINSHENG_WINDOWS_FOLDER")
pytestmark = pytest.mark.skipif(FOLDER is None, reason="MINSHENG_WINDOWS_FOLDER names no folder of .ci/folder")
SECONDS = 300
TRIES = 5
MENU, OLD, NARROW = "打开菜单.bat", "win7", "set PROCESSOR_ARCHITECTURE=x86&set PROCESSOR_ARCHITEW6432=&"


class Desk:
    """A Windows of its own with the folder on it."""

    def __init__(self, root: Path) -> None:
        self.prefix, self.place = root / "prefix", root / "民生 实事"
        shutil.copytree(Path(str(FOLDER)) / "one" / "程序", self.place / "程序")
        self.be("win10")

    def be(self, version: str) -> None:
        """Have Wine call itself another Windows: by itself it is Windows 7.

        Wine itself fails, once in hundreds of times, to find its own program behind one that has just ended.
        """
        command = ("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", version, "/f")
        assert any(self._run(*command).returncode == 0 for _ in range(TRIES)), version

    def _run(self, *command: str, answers: str = "", at: Path | None = None) -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.run(
            [str(Path(str(FOLDER)) / "wine"), *command], input=answers.encode(), capture_output=True, timeout=SECONDS,
            check=False, cwd=at or self.place, env={**environment, "WINEPREFIX": str(self.prefix)},
        )

    def started(self, *command: str, answers: str = "", at: Path | None = None) -> str:
        """What a command writes, of ours in UTF-8, of cmd in code page 936."""
        done = self._run(*command, answers=answers, at=at)
        assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)
        return "\n".join(
            line.decode(coding, errors="replace") for line in done.stdout.splitlines() for coding in ("utf-8", "gb18030")
        )

    def python(self, *arguments: str) -> str:
        return self.started("程序/python/python.exe", *arguments)

    def outside(self) -> set[Path]:
        """The files of this Windows itself, but its own registry, and where Wine's cmd keeps what a command said."""
        files = (path for path in self.prefix.rglob("*") if path.is_file() and path.suffix != ".reg")
        return {path for path in files if not (path.parent.name == "Temp" and path.match("CMD*.tmp"))}

    def changed(self) -> list[str]:
        """The files of the folder that are not as its list says."""
        command = ["sha256sum", "--quiet", "-c", LIST]
        return subprocess.run(command, cwd=self.place / "程序", capture_output=True, text=True, check=False).stdout.splitlines()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("desk")
    yield Desk(root)
    shutil.rmtree(root)


def test_the_parts_are_imported(desk: Desk) -> None:
    names = "pywintypes, pythoncom, win32api, win32gui, win32process, win32timezone, win32com.client, msoffcrypto, cffi"
    told = desk.python("-c", f"import xlwings, {names}; print(xlwings.engines, xlwings.__pro__)")
    assert "[<Engine excel>]) False" in told


def test_what_excel_s_types_are_compiled_to_stays_in_the_folder(desk: Desk) -> None:
    told = desk.python("-c", "import os, win32com; print(os.path.relpath(win32com.__gen_path__, '程序'))")
    assert any(line.startswith("parts-") and line.endswith(r"\win32com\gen_py") for line in told.splitlines())


def test_the_demo_runs_from_the_folder_and_writes_nothing_outside(desk: Desk) -> None:
    before = desk.outside()
    assert "总台账.xlsm" in desk.python(f"程序/{PYZ}", "demo", "演示")
    found = status(Year(desk.place / "演示"), Period.parse("2022-10"))
    assert (found["accepted"], found["held"], found["missing"]) == (34, 1, 3)
    assert desk.outside() == before
    assert desk.changed() == []
    listed = {line.partition("  ")[2] for line in (desk.place / "程序" / LIST).read_text(encoding="utf-8").splitlines()}
    there = {path.relative_to(desk.place / "程序").as_posix() for path in (desk.place / "程序").rglob("*") if path.is_file()}
    assert not [path for path in there - listed - {LIST} if not path.endswith(".pyc") and "/win32com/gen_py/" not in path]
    assert {path.name for path in desk.place.iterdir()} == {"程序", "演示"}


def test_a_double_click_opens_the_menu_beside_which_years_lie(desk: Desk) -> None:
    told = desk.started("cmd", "/c", f"程序\\{MENU}", answers="\n\n")
    assert f"{windows(desk.place)} 里没有 计划.xlsx".replace("/", "\\") in told


def test_a_year_is_opened_by_its_own_door_and_by_being_dropped_on_the_folder_s(desk: Desk) -> None:
    assert desk.python(f"程序/{PYZ}", "init", "一年 2022") is not None
    year = desk.place / "一年 2022"
    dropped = desk.started("cmd", "/c", f"程序\\{MENU}", windows(year).replace("/", "\\"), answers="\n0\n\n")
    assert "一年 2022　　期次：" in dropped
    (year / MENU).write_bytes(windows_door(r"C:\elsewhere\python.exe"))
    assert "一年 2022　　期次：" in desk.started("cmd", "/c", MENU, answers="\n0\n\n", at=year)


def test_a_windows_that_is_too_old_or_of_32_bits_is_told_what_is_needed(desk: Desk) -> None:
    desk.be(OLD)
    try:
        told = desk.started("cmd", "/c", f"程序\\{MENU}", answers="\n")
    finally:
        desk.be("win10")
    assert "这台电脑的 Windows 太旧，“程序”文件夹要 64 位的 Windows 10 或 11。" in told
    assert "计划.xlsx" not in told
    told = desk.started("cmd", "/c", f"{NARROW}程序\\{MENU}", answers="\n")
    assert "这台电脑的 Windows 是 32 位的" in told
    assert "填报表在这台电脑上照样可以填" in told


def test_the_button_s_setting_is_all_that_is_written_outside(desk: Desk) -> None:
    before = desk.outside()
    desk.started("cmd", "/c", f"程序\\{WINDOWS_BUTTON}", answers="\n")
    [setting] = desk.outside() - before
    assert setting.name == "program.txt"
    start, program = (rf"{windows(desk.place)}\程序\{name}".replace("/", "\\") for name in (r"python\pythonw.exe", PYZ))
    assert setting.read_text(encoding="gb18030").strip() == f'"{start}" "{program}"'


def test_a_folder_that_lacks_python_says_so(desk: Desk, tmp_path: Path) -> None:
    shutil.copy(desk.place / "程序" / MENU, tmp_path / MENU)
    told = desk.started("cmd", "/c", MENU, answers="\n", at=tmp_path)
    assert r"“程序”文件夹不完整，里面没有 python\python.exe" in told
