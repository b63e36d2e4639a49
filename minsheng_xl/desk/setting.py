"""The settings of a person: by which the macros of a master find the program, what its 经办人 is called, and
LibreOffice's pipe."""

import os
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from stat import S_IMODE

from minsheng_xl.problems import MinshengError
from minsheng_xl.year.storage import write_whole

_START, _OLD_START = '"-P" "-m" "minsheng_xl"', '"-m" "minsheng_xl"'


MAIL_SETTING = "mail.json"
"""The mailbox of this desk, beside the other settings."""


def setting_path() -> Path:
    """Where the macros look for the program: the person's own setting (macros/MinshengXL.bas)."""
    if sys.platform == "win32":
        return Path(os.environ["APPDATA"], "minsheng-xl", "program.txt")
    return Path.home() / ".config" / "minsheng-xl" / "program.txt"


def _encoding() -> str:
    return "mbcs" if sys.platform == "win32" else "utf-8"


def remembered_name() -> str:
    """The name that the person gave last; "" if none can be read."""
    try:
        return _name_path().read_text(encoding="utf-8").strip()
    except _UNREADABLE:
        return ""


def remember_name(name: str) -> None:
    """Keep a name for the next time; that it cannot be kept stops nobody."""
    with suppress(*_UNREADABLE, MinshengError):
        write_whole(_name_path(), f"{name}\n".encode())


def _name_path() -> Path:
    return setting_path().with_name("who.txt")


_UNREADABLE = (OSError, UnicodeError, KeyError, RuntimeError)
"""What is raised where a person has no settings: no home, no right to it, another encoding."""


def command_set_up() -> str | None:
    """What the buttons start, as the macros read it: the first line of the setting; None where there is no setting.
    Raises OSError."""
    try:
        return setting_path().read_text(encoding=_encoding(), errors="replace").partition("\n")[0].strip()
    except FileNotFoundError:
        return None


def renew_setting() -> None:
    """Have a setting of an earlier version start the program by -P too, and leave all else in it."""
    path = setting_path()
    with suppress(OSError, UnicodeError, MinshengError):
        words = path.read_text(encoding=_encoding())
        if _START not in words and _OLD_START in words:
            _write(path, words.replace(_OLD_START, _START))


def _write(path: Path, words: str) -> None:
    """Write a setting, its lines ended as the macros read them."""
    write_whole(path, words.replace("\n", os.linesep).encode(_encoding()))


def set_up() -> list[str]:
    """Write the setting, and have LibreOffice open its pipe to programs of this person where it is used.
    Returns what was done, in Chinese. Raises MinshengError."""
    if find_spec("xlwings") is None:
        raise MinshengError("单个文件的程序里没有 xlwings，按钮用不了，没有写设置。请用“打开菜单”，或用 pip 安装完整的程序。")
    if sys.platform == "darwin":
        raise MinshengError("macOS 不让总台账里的宏启动程序，按钮用不了，没有写设置。请在终端里运行 minsheng-xl，按菜单做。")
    path, command = setting_path(), " ".join(f'"{part}"' for part in _command())
    try:
        _write(path, command + "\n")
    except UnicodeEncodeError as error:
        told = f"程序的路径里有这台电脑写不出的字，没有写设置：{command}。请把程序放到路径里没有生僻字的文件夹。"
        raise MinshengError(told) from error
    except MinshengError as error:
        raise MinshengError(f"{path.parent} 里的 {error}不行的话，请换一个能写的账号。") from error
    done = [f"总台账里的按钮会运行 {command}（记在 {path}）。"]
    profile = Path.home() / ".config" / "libreoffice" / "4" / "user"
    if sys.platform not in ("win32", "darwin") and profile.is_dir():
        done.append(open_pipe(profile))
    return done


_OWN = 0o600
"""Nobody else's to read, as LibreOffice makes it."""
_EMPTY_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
</oor:items>
"""


def open_pipe(profile: Path) -> str:
    """Have the LibreOffice of a profile listen on its owner's pipe from its next start on; say so."""
    from minsheng_xl.books.libreoffice.connection import accepts, pipe_name

    path, accepted = profile / "registrymodifications.xcu", accepts(pipe_name())
    text = path.read_text(encoding="utf-8") if path.exists() else _EMPTY_SETTINGS
    if accepted in text:
        return "LibreOffice 已经可以接受程序的连接，没有改动它的设置。"
    if "ooSetupConnectionURL" in text:
        return "LibreOffice 已经设了别的连接方式，没有改动。"
    if (profile.parent / ".lock").exists():
        return "LibreOffice 正开着，设置没有写。请关上 LibreOffice，再运行一次 minsheng-xl setup。"
    value = f'<prop oor:name="ooSetupConnectionURL" oor:op="fuse"><value>{accepted}</value></prop>'
    item = f'<item oor:path="/org.openoffice.Setup/Office">{value}</item>'
    mode = S_IMODE(path.stat().st_mode) if path.exists() else _OWN
    write_whole(path, text.replace("</oor:items>", f"{item}\n</oor:items>").encode(), mode)
    return "LibreOffice 下次打开时接受本人程序的连接，总台账开着也能汇总。"


def _command() -> list[str]:
    """What the macros start; -P keeps what lies in the folder that is open from being imported."""
    program = Path(sys.argv[0])
    python = Path(sys.executable)
    windowless = python.with_name("pythonw.exe")
    start = str(windowless if windowless.is_file() else python)
    return [start, str(program.resolve())] if program.suffix == ".pyz" else [start, "-P", "-m", "minsheng_xl"]
