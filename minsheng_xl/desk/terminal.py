"""What a person sees in the terminal: progress on what takes time, and closing tables."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console, JustifyMethod
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from minsheng_xl.accounts.returns import Return
from minsheng_xl.figures.definitions import Status
from minsheng_xl.plan.answers import asked_in_words
from minsheng_xl.plan.period import Period
from minsheng_xl.rules import identity
from minsheng_xl.texts import cleaned
from minsheng_xl.year.watching import unwatched

if TYPE_CHECKING:
    from minsheng_xl.memory.history import History

_COLORS = {"完成": "green", "超序时": "green", "按序时": "blue", "滞后黄": "yellow", "滞后红": "red", "未完成": "red"}
_STANDINGS = {"accepted": "已采用", "held": "待核", "refused": "退回", "missing": "未报"}


_LATE = (identity.AFTER_CLOSING.code, identity.AFTER_YEAR.code)
"""What is said of returns that came after closing: also of those that were accepted."""


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=120)


def _print_step(words: str) -> None:
    print(words, file=sys.stderr)


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; silent where that is no terminal."""
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield unwatched
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def advance(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield advance


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Say one step after the other, with a spinner where there is a terminal."""
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield _print_step
        return
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def say(words: str) -> None:
            bar.update(task, description=words)

        yield say


def _label(word: str | None) -> str:
    if not word:
        return "—"
    color = _COLORS.get(word)
    label = Status(word).label
    return f"[{color}]{label}[/]" if color else label


_PROJECT_COLUMNS: tuple[tuple[str, JustifyMethod], ...] = (
    ("序号", "right"),
    ("项目", "left"),
    ("状态", "left"),
    ("已达标", "right"),
    ("已报/考核", "right"),
    ("未报按0", "right"),
    ("已报平均", "right"),
)


def show_projects(state: dict[str, Any]) -> None:
    """The projects in a table, and under it the averages over all of them."""
    table = Table(title=f"{state['period']} 各项目进展", title_justify="left")
    for title, side in _PROJECT_COLUMNS:
        table.add_column(title, justify=side, no_wrap=title != "项目", overflow="fold")

    for p in state["projects"]:
        counts = f"{p['reported']}/{p['counted']}，待核 {p['held']}"
        table.add_row(
            str(p["no"]), p["title"], _label(p["status"]), str(p["met"]), counts,
            p["average_all_text"], p["average_reported_text"],
        )
    _console().print(table)
    print(f"{state['averages']['text']}；{state['averages']['how']}")


def show_account(state: dict[str, Any]) -> None:
    """应报 = 已采用 + 待核 + 退回 + 未报."""
    parts = " + ".join(f"{word} {state[key]}" for key, word in _STANDINGS.items())
    files = {"duplicate": "重复", "empty": "空表", "words": "未填数", "unrecognised": "无法识别"}
    others = "，".join(f"{word} {state[key]}" for key, word in files.items())
    print(f"{state['period']}：应报 {state['issued']} = {parts}；{others}")
    if state["pending"]:
        print(f"待决事项 {state['pending']} 件：请打开总台账，在“待决事项”里定，存盘、关上，再汇总一次。")
    if state["questions"]:
        print(f"{asked_in_words(state['questions'])}。")
    if state["closed"]:
        print(state["closing"]["text"])
    for key, word in (("corrections", state["correction_word"]), ("carried", "计入本期上期累计的定稿后更正")):
        for one in state[key]:
            print(f"{word}：{one['unit']} {one['period']} {one['text']}")


def show_units(state: dict[str, Any]) -> None:
    """The units that are not simply accepted, or not in time."""
    told = [u for u in state["units"] if u["standing"] != "accepted" or u["late"] is not False]
    if told:
        table = Table(title="尚未采用或迟报的单位", title_justify="left")
        for title in ("单位", "报送", "收到时间", "及时", "牵头项目", "收到的"):
            table.add_column(title)
        for u in told:
            leads, received = "、".join(map(str, u["leads"])) or "—", (u["received"] or "—").replace("T", " ")
            table.add_row(u["unit"], _STANDINGS[u["standing"]], received, u["late_text"], leads, u["came"])
        _console().print(table)


def show_files(files: Sequence[Return], period: Period) -> None:
    """The files judged now that need a person, each with what was seen; the rest as a count. Accepted ones too are told
    that are of another period than the one that is consolidated."""
    good = sum(one.outcome.value == "accepted" for one in files)
    print(f"新来件 {len(files)} 个，其中已采用 {good} 个。")
    for one, count in _told_once(files):
        is_of_another = one.period not in (None, period)
        if is_of_another or one.outcome.value != "accepted" or any(found.code in _LATE for found in one.problems):
            whose = f"{one.unit or ''} {one.period or ''}".strip()
            more = f" 等 {count} 个文件" if count > 1 else ""
            print(f"· {cleaned(one.file)}{more}：{one.outcome.label}{f'（{whose}）' if whose else ''}")
            if is_of_another:
                print(f"    是 {one.period} 的表，记在那一期，不算报了 {period}。")
            if one.outcome.value == "duplicate":
                print("    和以前收到的一样，没有新的内容。")
            for found in one.problems[:5]:
                print(f"    {found}")
            if len(one.problems) > 5:
                print(f"    ……共 {len(one.problems)} 处，见总台账“待决事项”。")


def _told_once(files: Sequence[Return]) -> list[tuple[Return, int]]:
    """The files, of those that name no unit and of which the same is said the first, and how many they are."""
    groups: dict[object, list[Return]] = {}
    for number, one in enumerate(files):
        groups.setdefault(number if one.unit else (one.outcome, one.problems), []).append(one)
    return [(together[0], len(together)) for together in groups.values()]


def show_letters(title: str, rows: "Sequence[tuple[str, str, str, str]]") -> None:
    """Letters in a table: the unit, how its letter stands, where it goes, what is to be said."""
    if not rows:
        return
    table = Table(title=title, title_justify="left")
    for head in ("单位", "邮件", "邮箱", "说明"):
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*map(cleaned, row))
    _console().print(table)


def show_history(found: "History") -> None:
    """How the figures stood in every period, and every step by which they came to that."""
    from minsheng_xl.forms.provenance import USED
    from minsheng_xl.memory.paper import told_of

    if not found.steps:
        print("日志里没有这样的数。")
        return
    table = Table(title="各期的数", title_justify="left")
    for head in ("期次", "编码", "指标", "填数单位", "在用的数", "状态", "定稿时", "认定"):
        table.add_column(head, overflow="fold")
    for stood in found.stood:
        closed = stood.as_closed or ("同" if stood.is_closed else "")
        figure = (stood.text or "—", stood.status, closed, stood.certified)
        table.add_row(*map(cleaned, (str(stood.period), stood.code, stood.name, stood.unit, *figure)))
    _console().print(table)
    table = Table(title=f"经过（{len(found.steps)} 步，照日志的先后；√ 是现在用的数由它来）", title_justify="left")
    for head in ("时间", "期次", "编码", "事", "数", "谁", "文件和单元格", "说明", "日志"):
        table.add_column(head, overflow="fold")
    for line in map(told_of, found.steps):
        used = f"{USED} {line.value}" if line.is_used else line.value
        said = (line.act, used, line.who, line.where, line.words, line.line)
        table.add_row(*map(cleaned, (f"{line.at:%Y-%m-%d %H:%M}", line.period, line.code, *said)))
    _console().print(table)


def show_paths(paths: Sequence[tuple[str, Path]]) -> None:
    """What to open."""
    print("可以打开：")
    for title, path in paths:
        print(f"  {title}：{path}")
