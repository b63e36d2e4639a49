"""Files to double-click in a year's folder: they open the menu on the folder they lie in."""

import os
import shlex
import sys
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from minsheng_xl.problems import MinshengError
from minsheng_xl.year.storage import write_whole

WINDOWS_DOOR, LINUX_DOOR = "打开菜单.bat", "打开菜单.desktop"
WINDOWS_BUTTON = "设置按钮.bat"
PYZ = "minsheng-xl.pyz"
_OLD_START, _START = "-m minsheng_xl", "-P -m minsheng_xl"
"""How a door starts the program. Without -P Python imports first what lies in the year's folder, where
anybody's files are dropped."""


_EXECUTABLE = 0o755


_OLD = ("5.", "6.0.", "6.1.", "6.2.")
NARROW_OR_OLD = (
    'if "%PROCESSOR_ARCHITECTURE%"=="x86" if not defined PROCESSOR_ARCHITEW6432 goto narrow',
    'set "system=-"',
    """for /f "delims=" %%v in ('ver') do set "system=%%v\"""",
    *(f'if not "%system: {version}=%"=="%system%" goto old' for version in _OLD),
)
"""What of a program folder's .bat looks first at the Windows there: Python 3.11 runs on none older than 8.1."""
REFUSALS = (
    ":narrow",
    "echo 这台电脑的 Windows 是 32 位的，“程序”文件夹要 64 位的 Windows 10 或 11。",
    "goto elsewhere",
    ":old",
    "echo 这台电脑的 Windows 太旧，“程序”文件夹要 64 位的 Windows 10 或 11。",
    ":elsewhere",
    "echo 填报表在这台电脑上照样可以填，什么都不用装；汇总、打印请换一台电脑。",
    "goto end",
    ":missing",
    "echo “程序”文件夹不完整，里面没有 python\\python.exe。压缩包要先全部解压；被杀毒软件隔离的，请恢复并加到白名单里。",
)
"""What it says where it cannot go on."""
LINUX_MENU = "打开菜单.sh"
"""What looks at the system and starts the menu, in a program folder for Linux."""


def windows_door(python: str) -> bytes:
    """A .bat: a program folder beside the year goes before the Python that made the year, and that before any other."""
    return batch(
        'pushd "%~dp0"',  # not cd: a folder on another computer gets a drive letter
        r'if exist "..\程序\python\python.exe" goto folder',
        f'if exist "{python}" ( "{python}" {_START} menu . & goto end )',
        "where minsheng-xl >nul 2>nul && ( minsheng-xl menu . & goto end )",
        "echo 这台电脑上没有装 minsheng-xl。请把“程序”文件夹放在本文件夹旁边，或请维护人员安装。",
        "goto end", ":folder", *NARROW_OR_OLD,
        f'"..\\程序\\python\\python.exe" "..\\程序\\{PYZ}" menu .',
        "goto end", *REFUSALS,
    )


def batch(*lines: str) -> bytes:
    """A .bat, in the code page of a Chinese Windows, that stays open at its end."""
    return "\r\n".join(("@echo off", "title 重点民生实事", *lines, ":end", "pause", "")).encode("gb18030")


def linux_door(python: str, folder: Path) -> str:
    """A .desktop entry; %k is where it lies, which some programs leave empty: then it is the folder it was
    made for. Source: the Desktop Entry Specification, "The Exec key"."""
    enter = f'if [ -n "$1" ]; then cd "$(dirname "$1")"; else cd {shlex.quote(str(folder))}; fi'
    installed = f"{shlex.quote(python)} {_START} menu ."
    folders = f"if [ -f ../程序/{LINUX_MENU} ]; then sh ../程序/{LINUX_MENU} .; elif [ -f ../程序/{PYZ} ]; then"
    script = f"{enter}; {folders} python3 ../程序/{PYZ} menu .; else {installed}; fi"
    return desktop_entry(script)


def desktop_entry(script: str) -> str:
    """A .desktop that runs a script of the shell in a terminal, with where it lies as $1."""
    quoted = script.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("`", "\\`").replace("%", "%%")
    entry = quoted.replace("\\", "\\\\")  # the value of a key is a string with escapes of its own
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=打开菜单",
        "Name[zh_CN]=打开菜单",
        "Terminal=true",
        f'Exec=sh -c "{entry}" sh %k',
    )
    return "\n".join((*lines, ""))


def put_doors(folder: Path, of: Path | None = None) -> None:
    """Put both into a folder, unless they are there; `of` is where it will lie, if it is being made beside its place.
    Raises MinshengError if they cannot be written."""
    bat, desktop = folder / WINDOWS_DOOR, folder / LINUX_DOOR
    if not bat.exists():
        write_whole(bat, windows_door(sys.executable))
    if os.name == "posix" and not desktop.exists():
        write_whole(desktop, linux_door(sys.executable, (of or folder).resolve()).encode(), _EXECUTABLE)


def renew_doors(folder: Path) -> None:
    """Have the doors that an earlier version put into a folder start the program by -P too; all else that
    stands in them stays. A folder that cannot be written keeps them."""
    for name, encoding in ((WINDOWS_DOOR, "gb18030"), (LINUX_DOOR, "utf-8")):
        door = folder / name
        with suppress(OSError, MinshengError):
            content = door.read_bytes()
            if _START.encode(encoding) not in content:
                renewed = content.replace(_OLD_START.encode(encoding), _START.encode(encoding))
                if renewed != content:
                    write_whole(door, renewed, S_IMODE(door.stat().st_mode))
