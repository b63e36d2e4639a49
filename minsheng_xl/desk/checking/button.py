"""The setting by which the buttons of the master find the program: whether it is there, and the same version."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import minsheng_xl
from minsheng_xl.beginning.doors import WINDOWS_BUTTON
from minsheng_xl.desk.checking.model import Desk, Seen, answer_of, fit, lacking
from minsheng_xl.desk.setting import command_set_up, setting_path

_SECONDS = 30.0


def button(desk: Desk) -> Iterator[Seen]:
    """What the buttons would start, and whether it answers with this version."""
    if sys.platform == "darwin":
        yield lacking("macOS 不让总台账里的宏启动程序", "请用“打开菜单”，或在终端里运行 minsheng-xl")
        return
    command = command_set_up()
    if not command:
        yield lacking(f"{setting_path()} 里没有写程序在哪里" if command is not None else "还没有设", _action())
        return
    parts = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', command)]
    gone = [part for part in parts if ("/" in part or "\\" in part) and not Path(part).is_file()]
    if gone:
        yield lacking(f"设的程序不在了：{'、'.join(gone)}", _action())
        return
    yield _answering(parts)
    if find_spec("xlwings") is None:
        yield lacking("这一个程序里没有 xlwings，按钮要用装好的完整程序", _action())


def _action() -> str:
    """How the button is set by the program that runs."""
    program = Path(sys.argv[0])
    how = "运行 minsheng-xl setup"
    if program.with_name(WINDOWS_BUTTON).is_file():
        how = f"双击“程序”文件夹里的“{WINDOWS_BUTTON}”"
    elif program.suffix == ".pyz":
        how = f"在终端里运行 {shlex.join([sys.executable, str(program.resolve())])} setup"
    return f"要用总台账里的按钮，请{how}；不用按钮的，用“打开菜单”"


def _answering(parts: list[str]) -> Seen:
    try:
        said = answer_of([*parts, "--version"], _SECONDS)
    except (OSError, subprocess.SubprocessError):
        return lacking(f"设的程序启动不了：{' '.join(parts)}", _action())
    own = f"minsheng-xl {minsheng_xl.__version__}"
    if said == own:
        return fit(f"设好了，启动的是 {said}（{parts[0]}）")
    return lacking(f"按钮启动的是 {said or '别的程序'}，正在用的是 {own}", _action())
