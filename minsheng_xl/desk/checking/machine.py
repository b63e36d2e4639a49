"""The computer: its Python, its clock, its console."""

import locale
import os
import struct
import sys
from collections import deque
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from minsheng_xl.desk.checking.model import Desk, Seen, fit, lacking, unfit
from minsheng_xl.desk.faults import refuse_lost_clock, said_of_clock
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.folder import ARCHIVE_FOLDER
from minsheng_xl.year.journal import Journal

_OLDEST = (3, 11)
_PARTS = {
    "xlwings": "打开着汇总和总台账里的按钮", "msoffcrypto": "打开用 Excel 默认密码保护的来件", "pandas": "figures_frame",
}
"""Parts that the program can do without, and what needs them."""
_NEVER_PACKED = ("pandas",)
"""Those which a program folder lacks by itself: nobody at a menu needs them."""
_CHINESE_PAGE, _UTF8_PAGE = 936, 65001


def python(desk: Desk) -> Iterator[Seen]:
    """The version and the bitness of the Python that runs, and what the program can do without."""
    bits = struct.calcsize("P") * 8
    words = f"{'.'.join(map(str, sys.version_info[:3]))}，{bits} 位，{sys.executable}"
    if sys.version_info < _OLDEST:
        yield unfit(words, f"请换 {'.'.join(map(str, _OLDEST))} 以上的 Python")
    elif bits < 64:
        yield lacking(words, "32 位的程序内存少，表多时可能不够，请换 64 位的")
    else:
        yield fit(words)
    parts = {name: purpose for name, purpose in _PARTS.items() if not (_is_packed() and name in _NEVER_PACKED)}
    missing = [f"{name}（{purpose}要用）" for name, purpose in parts.items() if find_spec(name) is None]
    if missing:
        yield lacking(f"没有 {'、'.join(missing)}", "用不着的不必管；要用，请用 pip 安装完整的程序")


def _is_packed() -> bool:
    """Whether the program is a file, alone or in a program folder."""
    return Path(sys.argv[0]).suffix == ".pyz"


def clock(desk: Desk) -> Iterator[Seen]:
    """Whether the clock tells a day that can be, not before what was journalled last."""
    try:
        refuse_lost_clock(desk.now)
    except MinshengError:
        yield unfit(f"这台电脑的日期是 {desk.now:%Y-%m-%d}，不对", "请先把日期和时间调准")
        return
    lines = deque(Journal(desk.folder / ARCHIVE_FOLDER / "日志.jsonl").read(), maxlen=1)
    last = lines[0].line.entry.at if lines else None
    said = said_of_clock(last, desk.now)
    if said:
        yield lacking(said.rstrip("。"))
    else:
        after = f"，在日志最后一条（{last:%Y-%m-%d %H:%M}）之后" if last else ""
        yield fit(f"{desk.now:%Y-%m-%d %H:%M}{after}")


def console(desk: Desk) -> Iterator[Seen]:
    """Whether Chinese is shown as Chinese, and the .bat of a year read as it is written."""
    if sys.platform == "win32":
        import ctypes

        kernel32 = ctypes.windll.kernel32
        yield of_pages(kernel32.GetACP(), kernel32.GetOEMCP(), kernel32.GetConsoleOutputCP())
    else:
        yield of_charset(locale.getencoding(), os.environ.get("LANG", ""))


def of_pages(system: int, batch: int, shown: int) -> Seen:
    """What is to be said of the code pages of Windows: the system's, the one of .bat files, the console's (0: none)."""
    words = f"代码页：系统 {system}，批处理 {batch}" + (f"，窗口 {shown}" if shown else "")
    if batch == _CHINESE_PAGE:
        return fit(words)
    action = "“打开菜单.bat”里的中文可能认不出：请在“区域”的“管理”里把“非 Unicode 程序的语言”设为中文（简体，中国）"
    if _UTF8_PAGE in (system, batch):
        action += "，去掉“使用 Unicode UTF-8 提供全球语言支持”"
    return lacking(words, action)


def of_charset(charset: str, language: str) -> Seen:
    """What is to be said of the character set of a terminal."""
    if charset.lower().replace("-", "") == "utf8":
        return fit(f"终端的字符集是 {charset}")
    return lacking(f"终端的字符集是 {charset}，中文会显示成乱码", f"请把 LANG 设为 zh_CN.UTF-8（现在是 {language or '空的'}）")
