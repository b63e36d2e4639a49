"""What a click in the open master does."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.books.live.master import OpenMaster, attach
from minsheng_xl.desk.faults import refuse_lost_clock, said_of, said_of_clock
from minsheng_xl.desk.person import person
from minsheng_xl.forms.master.program import PERIOD_PLACE
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import PROGRAM
from minsheng_xl.problems import MinshengError, PlanError
from minsheng_xl.taking.consolidate import consolidate
from minsheng_xl.taking.inspect import inspect
from minsheng_xl.telling.print import print_period
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import write_whole


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
        refuse_lost_clock(now)
        with closing(Year(workbook.parent, who=person())) as year:
            said = said_of_clock(year.register.last_at(), now)
            said += _TASKS[task](master, year, now)
    except (MinshengError, PlanError) as error:
        master.say(str(error), last=True)
        raise
    except Exception as error:
        master.say(said_of(error), last=True)
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
    return year.period(master.text(PROGRAM.name, PERIOD_PLACE))


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
    write_whole(path, "".join(map(_told, found)).replace("\n", os.linesep).encode("utf-8-sig"))
    return f"{now:%m-%d %H:%M} 检查了收件：{_counted(found)}，没有登记。每一处写在 {path.name}。"


def _told(one: Return) -> str:
    """A file's outcome and its problems, a line each."""
    problems = [f"    {problem}\n" for problem in one.problems]
    return "".join((f"{one.file}：{one.outcome.label} {one.unit or ''}\n", *problems))


def _inbox(master: OpenMaster, year: Year, now: datetime) -> str:
    year.inbox.mkdir(exist_ok=True)
    if sys.platform == "win32":
        os.startfile(year.inbox)
    else:
        subprocess.Popen(["open" if sys.platform == "darwin" else "xdg-open", str(year.inbox)])
    return f"收件夹在 {year.inbox}"


_TASKS: dict[str, Callable[[OpenMaster, Year, datetime], str]] = {
    "consolidate": _consolidate,
    "print": _print,
    "inspect": _inspect,
    "inbox": _inbox,
}
TASKS = tuple(_TASKS)


def _counted(files: "tuple[Return, ...] | list[Return]") -> str:
    if not files:
        return "没有新的来件"
    ended = Counter(one.outcome for one in files)
    counts = [f"{outcome.label} {ended[outcome]}" for outcome in Outcome if ended[outcome]]
    return "，".join((f"{len(files)} 个文件", *counts))
