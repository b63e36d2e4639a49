"""A new plan at the desk: where its folder is to be, and how the plan begins."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.desk.asking import Ask, Say, typed
from minsheng_xl.desk.pasted import pasted_path, year_at
from minsheng_xl.year.folder import PLAN_FILE


class Way(NamedTuple):
    """A way in which a plan begins: what it says, and the arguments of its command, None where a question is not
    answered."""

    title: str
    arguments: Callable[[Path, Ask], list[str] | None]


def _like(root: Path, ask: Ask) -> list[str] | None:
    other = pasted_path(ask(f"照哪个文件夹（可以把它，或里面的 {PLAN_FILE} 拖到这里；回车返回）："))
    return ["init", str(root), "--like", str(year_at(Path(other)) or other)] if other else None


def _of_paper(root: Path, ask: Ask) -> list[str] | None:
    paper = pasted_path(ask("公布的任务表是哪个文件（可以把它拖到这里；回车返回）："))
    return ["import", paper, str(root)] if paper else None


WAYS = (
    Way("由公布的任务表读出来：Word、Excel、网页、PDF、文本文件", _of_paper),
    Way("空白的：有列名、说明和示例，自己填", lambda root, _: ["init", str(root), "--blank"]),
    Way("照另一个文件夹：单位、别名、联系人、参数照搬，任务表和指标空着", _like),
    Way("内置的：演示用的 2022 年鲁山县的计划，照着改", lambda root, _: ["init", str(root)]),
)


def new_plan(folder: Path, ask: Ask, say: Say) -> list[str] | None:
    """The command that makes the folder of a new plan beside this one; None where nothing is wanted after all."""
    name = pasted_path(ask("新的文件夹叫什么（建在这个文件夹旁边，回车返回）："))
    return way_for(folder.resolve().parent / name, ask, say) if name else None


def way_for(root: Path, ask: Ask, say: Say) -> list[str] | None:
    """The command that makes a folder in the way that is chosen; None where none is."""
    say("计划怎样开始：")
    for number, way in enumerate(WAYS, 1):
        say(f"  {number}  {way.title}")
    while answer := typed(ask("请输入数字（回车返回）：")):
        if answer.isdecimal() and 0 < int(answer) <= len(WAYS):
            return WAYS[int(answer) - 1].arguments(root, ask)
        say(f"没有“{answer}”这一项，请输入 1 到 {len(WAYS)} 的数字。")
    return None
