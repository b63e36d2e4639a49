"""What a person finds in a program folder: the files to double-click, and what to do, in Chinese."""

from minsheng_xl.beginning.doors import NARROW_OR_OLD, PYZ, REFUSALS, batch, desktop_entry

_CHECK_PYTHON = "import sys; sys.exit(sys.version_info < (3, 11))"
START = """# -*- coding: utf-8 -*-
import sys
if sys.version_info < (3, 11):
    told = u"本程序要 Python 3.11 以上，这里是 %d.%d。填报表照样可以填，不用装什么；汇总、打印请换一台电脑。"
    sys.exit(told % sys.version_info[:2])
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
for found in (Path(sys.argv[0]).resolve().parent / "{parts}").glob("*/_cffi_backend" + EXTENSION_SUFFIXES[0]):
    sys.path.insert(1, str(found.parent))
from minsheng_xl.cli import run
run()
"""
"""The beginning of a .pyz, which any Python reads: the parts beside it are taken in where they fit this Python and
this processor, else it goes without them."""


def windows_menu() -> bytes:
    """A .bat that opens the menu; a year's folder dropped on it is the folder."""
    start = rf'"%~dp0python\python.exe" "%~dp0{PYZ}" menu'
    return batch(
        r'if not exist "%~dp0python\python.exe" goto missing', *NARROW_OR_OLD,
        'if not "%~1"=="" goto given',
        'pushd "%~dp0.."', start, "goto end",
        ":given", f'{start} "%~1"', "goto end", *REFUSALS,
    )


def windows_button() -> bytes:
    """A .bat that has the button of the open master find this folder."""
    return batch(
        r'if not exist "%~dp0python\python.exe" goto missing', *NARROW_OR_OLD,
        rf'"%~dp0python\python.exe" "%~dp0{PYZ}" setup', "goto end", *REFUSALS,
    )


def linux_menu() -> str:
    """A script that finds a Python that is new enough, and opens the menu; its argument is a year's folder."""
    return f"""#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
over() {{
    echo "$1"
    [ -t 0 ] && read -r answer
    exit 1
}}
[ "$(uname -s)" = Linux ] || over "这个文件夹是给 Linux 用的，Windows 请用给 Windows 的文件夹。"
for name in python3 python3.14 python3.13 python3.12 python3.11; do
    "$name" -c '{_CHECK_PYTHON}' 2>/dev/null && python=$name && break
done
[ -n "$python" ] || over "这台电脑没有 Python 3.11 以上（统信UOS 20、麒麟 V10 自带的太旧）。\
填报表照样可以填，不用装什么；汇总、打印请换一台电脑，或请维护人员装上 Python 3.11。"
case "$(uname -m)" in
x86_64 | aarch64) ;;
*) echo "这台电脑的处理器（$(uname -m)）没有配套的部件：菜单、汇总照常，Excel 默认密码的文件打不开，总台账里的按钮不能用。" ;;
esac
[ $# -gt 0 ] || {{ cd "$here/.." && set -- .; }}
exec "$python" "$here/{PYZ}" menu "$@"
"""


def linux_desktop(menu: str) -> str:
    """A .desktop beside that script."""
    return desktop_entry(f'cd "$(dirname "$1")" && exec sh ./{menu}')


_KEPT = """
每年的数据都在一年的文件夹里，“程序”文件夹里没有数据。换新版：先关上菜单，把新的“程序”文件夹盖在旧的上面（全部替换），
或者删掉旧的再放新的，一年的文件夹不受影响。盖过以后，名字里版本不同的旧文件夹不再使用，可以删掉。
移动、改名以后一样能用；用总台账里的按钮的，移动以后再设一次。

手册：“手册”文件夹里的五页，双击打开，也可以打印；菜单里的“查手册”查一个词。
许可：各部分的许可在“许可”文件夹里，目录.txt 是一览。清单.txt 是每个文件的 SHA-256 指纹，缺了哪个、改了哪个，照它核对{}。
"""
_WINDOWS = """重点民生实事

要的是：64 位的 Windows 10 或 11。不用装什么，不要管理员，不用联网，放在哪里都行（中文路径、带空格的路径、U 盘）。
Windows 7、32 位的 Windows 不能用：填报表照样可以填，汇总、打印请换一台电脑。

一、把“程序”文件夹放在一年的文件夹旁边，例如

    D:\\民生实事\\程序
    D:\\民生实事\\某县2022

二、双击“程序”里的“打开菜单.bat”，写一年的文件夹叫什么（还没有的，问过以后建立）。也可以把一年的文件夹拖到“打开菜单.bat”上。
三、以后双击一年的文件夹里的“打开菜单.bat”就行。
四、要在 Excel 里打开着的总台账上点“汇总”，双击一次“设置按钮.bat”：只在本人的设置里写下程序在哪里，别处什么也不写。
    每台电脑、每个人设一次。

命令行里：python\\python.exe {} --help
"""
_LINUX = """重点民生实事

要的是：Linux，有 Python 3.11 以上（终端里 python3 --version 看得到）。不用装什么，不用联网，放在哪里都行。
x86_64、aarch64 的部件齐全；别的处理器上菜单、汇总照常，只是 Excel 默认密码的文件打不开，总台账里的按钮不能用。
统信UOS 20、麒麟 V10 自带的 Python 太旧，不能用：填报表照样可以填，汇总、打印请换一台电脑，或请维护人员装上 Python 3.11。

一、把“程序”文件夹放在一年的文件夹旁边。
二、双击“打开菜单.desktop”（有的桌面要先选“允许启动”），或在终端里运行 sh 程序/打开菜单.sh，写一年的文件夹叫什么
    （还没有的，问过以后建立）。
三、以后双击一年的文件夹里的“打开菜单.desktop”就行。
四、要在 LibreOffice 里打开着的总台账上点“汇总”，在终端里运行一次 python3 程序/{} setup。
"""


def read_me_on_windows() -> bytes:
    """What to do, as Notepad reads it."""
    text = _WINDOWS.format(PYZ) + _KEPT.format("（certutil -hashfile 文件 SHA256）")
    return text.encode("utf-8-sig").replace(b"\n", b"\r\n")


def read_me_on_linux() -> bytes:
    return (_LINUX.format(PYZ) + _KEPT.format("（sha256sum -c 清单.txt）")).encode()
