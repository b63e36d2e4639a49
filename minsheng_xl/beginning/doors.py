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
PYZ = "minsheng-xl.pyz"
_OLD_START, _START = "-m minsheng_xl", "-P -m minsheng_xl"
"""How a door starts the program. Without -P Python imports first what lies in the year's folder, where
anybody's files are dropped."""


_EXECUTABLE = 0o755


def windows_door(python: str) -> bytes:
    """A .bat, in the code page of a Chinese Windows: a program folder beside the year goes before the
    Python that made the year, and that before any other."""
    lines = (
        "@echo off", "title 重点民生实事",
        'pushd "%~dp0"',  # not cd: a folder on another computer gets a drive letter
        f'if exist "..\\程序\\python\\python.exe" ( "..\\程序\\python\\python.exe" "..\\程序\\{PYZ}" menu . & goto end )',
        f'if exist "{python}" ( "{python}" {_START} menu . & goto end )',
        "where minsheng-xl >nul 2>nul && ( minsheng-xl menu . & goto end )",
        "echo 这台电脑上没有装 minsheng-xl。请把“程序”文件夹放在本文件夹旁边，或请维护人员安装。",
        ":end", "pause",
    )
    return "\r\n".join((*lines, "")).encode("gb18030")


def linux_door(python: str, folder: Path) -> str:
    """A .desktop entry; %k is where it lies, which some programs leave empty: then it is the folder it was
    made for. Source: the Desktop Entry Specification, "The Exec key"."""
    enter = f'if [ -n "$1" ]; then cd "$(dirname "$1")"; else cd {shlex.quote(str(folder))}; fi'
    installed = f"{shlex.quote(python)} {_START} menu ."
    script = f"{enter}; if [ -f ../程序/{PYZ} ]; then python3 ../程序/{PYZ} menu .; else {installed}; fi"
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
