"""Files to double-click in a year's folder: they open the menu on the folder they lie in."""

import os
import shlex
import sys
from pathlib import Path

WINDOWS_DOOR, LINUX_DOOR = "打开菜单.bat", "打开菜单.desktop"
PYZ = "minsheng-xl.pyz"


def windows_door(python: str) -> bytes:
    """A .bat, in the code page of a Chinese Windows: a program folder beside the year goes before the
    Python that made the year, and that before any other."""
    lines = (
        "@echo off", "title 重点民生实事",
        'pushd "%~dp0"',  # not cd: a folder on another computer gets a drive letter
        f'if exist "..\\程序\\python\\python.exe" ( "..\\程序\\python\\python.exe" "..\\程序\\{PYZ}" menu . & goto end )',
        f'if exist "{python}" ( "{python}" -m minsheng_xl menu . & goto end )',
        "where minsheng-xl >nul 2>nul && ( minsheng-xl menu . & goto end )",
        "echo 这台电脑上没有装 minsheng-xl。请把“程序”文件夹放在本文件夹旁边，或请维护人员安装。",
        ":end", "pause",
    )
    return "\r\n".join((*lines, "")).encode("gb18030")


def linux_door(python: str, folder: Path) -> str:
    """A .desktop entry; %k is where it lies, which some programs leave empty: then it is the folder it was
    made for. Source: the Desktop Entry Specification, "The Exec key"."""
    script = f'if [ -n "$1" ]; then cd "$(dirname "$1")"; else cd {shlex.quote(str(folder))}; fi; if [ -f ../程序/{PYZ} ]; then python3 ../程序/{PYZ} menu .; else {shlex.quote(python)} -m minsheng_xl menu .; fi'
    quoted = script.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("`", "\\`").replace("%", "%%")
    entry = quoted.replace("\\", "\\\\")  # the value of a key is a string with escapes of its own
    return f"[Desktop Entry]\nType=Application\nName=打开菜单\nName[zh_CN]=打开菜单\nTerminal=true\nExec=sh -c \"{entry}\" sh %k\n"


def put_doors(folder: Path) -> None:
    """Put both into a folder, unless they are there."""
    bat, desktop = folder / WINDOWS_DOOR, folder / LINUX_DOOR
    if not bat.exists():
        bat.write_bytes(windows_door(sys.executable))
    if os.name == "posix" and not desktop.exists():
        desktop.write_text(linux_door(sys.executable, folder.resolve()), encoding="utf-8")
        desktop.chmod(0o755)
