"""What a click in the open master does, and the setting by which its macros find the program."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from minsheng_xl.accounts.values import Outcome
from minsheng_xl.books.live import OpenMaster, attach
from minsheng_xl.forms.master.program import PERIOD_PLACE
from minsheng_xl.forms.tabs import PROGRAM_TAB
from minsheng_xl.intake.judge import Return
from minsheng_xl.month.consolidate import consolidate
from minsheng_xl.month.inspect import inspect
from minsheng_xl.month.print import print_period
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError, PlanError
from minsheng_xl.year.folder import Year


def click(task: str, workbook: Path, now: datetime) -> str:
    """Do what a button asks for, on the workbook that is open; say in it what happens, and how it ended.

    Raises MinshengError or PlanError, said in the workbook too.
    """
    try:
        master = attach(workbook)
    except MinshengError as error:
        _show(str(error))
        raise
    try:
        with closing(Year(workbook.parent)) as year:
            said = _TASKS[task](master, year, now)
    except (MinshengError, PlanError) as error:
        master.say(str(error), last=True)
        raise
    except Exception as error:
        master.say(f"程序出错（{type(error).__name__}：{error}）。数据没有丢，请把这句话告诉维护人员。", last=True)
        raise
    master.say(said, last=True)
    return said


def _show(text: str) -> None:
    """Say something where there is neither a workbook nor a terminal to say it in."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "minsheng-xl", 0x40)


def _period(master: OpenMaster, year: Year) -> Period:
    """The period that the master shows on 首页."""
    return year.period(master.text(PROGRAM_TAB, PERIOD_PLACE))


def _consolidate(master: OpenMaster, year: Year, now: datetime) -> str:
    period = _period(master, year)
    master.say(f"正在汇总 {period}……")
    result = consolidate(year, period, now, progress=lambda done, of: master.say(f"正在读来件 {done}/{of}……"), opened=master)
    said = f"{now:%m-%d %H:%M} 汇总了 {period}：{_counted(result.files)}。请保存总台账。"
    if result.master.own:
        said += f"总台账的结构变了（{'；'.join(result.master.own)}），没有改动它，新的放在旁边：{result.master.path.name}。"
    for words in (*result.master.misread, *result.unread):
        said += str(words)
    if result.master.kept:
        said += f"办公室改过、没有更新：{'、'.join(result.master.kept[:3])}{'等' if len(result.master.kept) > 3 else ''}。"
    return said


def _print(master: OpenMaster, year: Year, now: datetime) -> str:
    said = _consolidate(master, year, now)
    master.say("正在打印……")
    result = print_period(year, _period(master, year), now, update=False)
    return f"{said}打印好了，{len(result.files)} 个文件在 {result.folder}。"


def _inspect(master: OpenMaster, year: Year, now: datetime) -> str:
    master.say("正在检查来件……")
    found = list(inspect(year, [year.inbox]))
    path = year.root / "检查来件.txt"
    lines = [f"{one.file}：{one.outcome.label} {one.unit or ''}\n" + "".join(f"    {problem}\n" for problem in one.problems) for one in found]
    path.write_text("".join(lines), encoding="utf-8-sig")
    return f"{now:%m-%d %H:%M} 检查了收件：{_counted(found)}，没有登记。每一处写在 {path.name}。"


def _inbox(master: OpenMaster, year: Year, now: datetime) -> str:
    year.inbox.mkdir(exist_ok=True)
    if sys.platform == "win32":
        os.startfile(year.inbox)
    else:
        subprocess.Popen(["open" if sys.platform == "darwin" else "xdg-open", str(year.inbox)])
    return f"收件夹在 {year.inbox}"


_TASKS: dict[str, Callable[[OpenMaster, Year, datetime], str]] = {"consolidate": _consolidate, "print": _print, "inspect": _inspect, "inbox": _inbox}
TASKS = tuple(_TASKS)


def _counted(files: "tuple[Return, ...] | list[Return]") -> str:
    if not files:
        return "没有新的来件"
    counts = [(outcome.label, sum(one.outcome is outcome for one in files)) for outcome in Outcome]
    return "，".join((f"{len(files)} 个文件", *(f"{label} {count}" for label, count in counts if count)))


def setting_path() -> Path:
    """Where the macros look for the program: the person's own setting (macros/MinshengXL.bas)."""
    if sys.platform == "win32":
        return Path(os.environ["APPDATA"], "minsheng-xl", "program.txt")
    return Path.home() / ".config" / "minsheng-xl" / "program.txt"


def set_up() -> list[str]:
    """Write the setting, and have LibreOffice open its pipe to programs of this person where it is used.
    Returns what was done, in Chinese. Raises MinshengError."""
    if find_spec("xlwings") is None:
        raise MinshengError("单个文件的程序里没有 xlwings，按钮用不了，没有写设置。请用“打开菜单”，或用 pip 安装完整的程序。")
    if sys.platform == "darwin":
        raise MinshengError("macOS 不让总台账里的宏启动程序，按钮用不了，没有写设置。请在终端里运行 minsheng-xl，按菜单做。")
    path, command = setting_path(), " ".join(f'"{part}"' for part in _command())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(command + "\n", encoding="mbcs" if sys.platform == "win32" else "utf-8")
    except (OSError, UnicodeEncodeError) as error:
        raise MinshengError(f"{path} 写不进去（{error}）。请换一个能写的账号，或把程序放到路径里没有生僻字的文件夹。") from error
    done = [f"总台账里的按钮会运行 {command}（记在 {path}）。"]
    profile = Path.home() / ".config" / "libreoffice" / "4" / "user"
    if sys.platform not in ("win32", "darwin") and profile.is_dir():
        done.append(open_pipe(profile))
    return done


def open_pipe(profile: Path) -> str:
    """Have the LibreOffice of a profile listen on its owner's pipe from its next start on; say so."""
    from minsheng_xl.books.libreoffice.connection import accepts, pipe_name

    path = profile / "registrymodifications.xcu"
    empty = '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">\n</oor:items>'
    text = path.read_text(encoding="utf-8") if path.exists() else f'<?xml version="1.0" encoding="UTF-8"?>\n{empty}\n'
    if "ooSetupConnectionURL" in text:
        return "LibreOffice 已经可以接受程序的连接，没有改动它的设置。" if accepts(pipe_name()) in text else "LibreOffice 已经设了别的连接方式，没有改动。"
    if (profile.parent / ".lock").exists():
        return "LibreOffice 正开着，设置没有写。请关上 LibreOffice，再运行一次 minsheng-xl setup。"
    item = f'<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupConnectionURL" oor:op="fuse"><value>{accepts(pipe_name())}</value></prop></item>'
    path.write_text(text.replace("</oor:items>", f"{item}\n</oor:items>"), encoding="utf-8")
    return "LibreOffice 下次打开时接受本人程序的连接，总台账开着也能汇总。"


def _command() -> list[str]:
    program = Path(sys.argv[0])
    python = Path(sys.executable)
    windowless = python.with_name("pythonw.exe")
    start = str(windowless if windowless.is_file() else python)
    return [start, str(program.resolve())] if program.suffix == ".pyz" else [start, "-m", "minsheng_xl"]
