"""Bring a paper in: read it into a plan, say what was read and what is asked; where a plan is, ask first."""

import sys
from pathlib import Path

from minsheng_xl.beginning.importing import (
    BEFORE,
    Imported,
    Wish,
    differences,
    draft_of,
    import_again,
    import_document,
)
from minsheng_xl.desk.asking import Ask, Say, nobody_answers, typed
from minsheng_xl.desk.pasted import pasted_path
from minsheng_xl.plan.tables import NUMBERS, QUESTIONS
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.folder import PLAN_FILE, Year

PASTED = "-"
_YES = "是"
_MOST = 30
"""Differences that are shown one by one."""


def paper_of(text: str) -> Path | str:
    """What a person means by the first word after import: a path, or `-` for what is pasted. Raises MinshengError."""
    if text != PASTED:
        return Path(pasted_path(text))
    if sys.stdin.isatty():
        print("请粘贴任务表，贴完另起一行按 Ctrl-D（Windows 上按 Ctrl-Z 再按回车）：", file=sys.stderr)
    pasted = sys.stdin.buffer.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return pasted.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise MinshengError("粘贴的文字认不出是什么编码。请存成 .txt 文件再导入。")


def bring(paper: Path | str, folder: Path, wish: Wish, ask: Ask, say: Say) -> bool:
    """Make or replace the plan of a folder; whether it was done. Raises MinshengError."""
    if not (folder / PLAN_FILE).exists():
        tell(import_document(paper, folder, wish), say)
        return True
    year = Year(folder)
    found = draft_of(paper, folder, wish)
    told = differences(year, found)
    if not told:
        say(f"{folder} 里的计划和它一样，没有改动。")
        return True
    say(f"{folder} 里已有计划，照它要改 {len(told)} 处：")
    for line in told[:_MOST]:
        say(f"  {line}")
    if len(told) > _MOST:
        say(f"  ……还有 {len(told) - _MOST} 处")
    if nobody_answers():
        raise MinshengError("没有改动。要照它改，请在命令窗口里再运行一次，按提示答复；或者导入一个新文件夹。")
    if typed(ask(f"单位、参数照旧，原来的计划另存为 {BEFORE}。照改请输入 {_YES}：")) != _YES:
        say("没有改动。")
        return False
    tell(import_again(year, found), say)
    return True


def tell(made: Imported, say: Say) -> None:
    """What was read, and what comes next."""
    read = f"{made.projects} 个项目、{made.indicators} 个指标"
    say(f"已导入 {made.root}：{read}；任务里的 {made.numbers} 个数都有去处，见 {PLAN_FILE} 的“{NUMBERS.name}”。")
    for remark in made.remarks:
        say(f"  {remark}")
    if made.blocking:
        say(f"有 {made.questions} 处待确认，其中 {made.blocking} 处答复了才能下发：")
        say(f"请打开 {PLAN_FILE}，在“{QUESTIONS.name}”里选，存盘；都照默认的，下发时输入一个词就行。")
    elif made.questions:
        say(f"有 {made.questions} 处待确认，都不妨碍下发，见 {PLAN_FILE} 的“{QUESTIONS.name}”。")
    say("请照公布的表核对一遍，再下发第一期。")
