"""Questions to a person at a terminal: which indicators go into the next year."""

import sys
import unicodedata
from collections.abc import Callable, Sequence

from minsheng_xl.plan.model import Indicator, Kind, Plan
from minsheng_xl.plan.next_year import Wanted, fits_target

Ask = Callable[[str], str]
Say = Callable[[str], None]

_ALL, _BY_ROW, _NONE = "", "1", "2"
_NOT = "不"


def nobody_answers() -> bool:
    """Whether this is no terminal."""
    return not (sys.stdin.isatty() and sys.stdout.isatty())


def wanted_of(plan: Plan, left: str, ask: Ask = input, say: Say = print) -> Wanted | None:
    """What the person wants of each project; None if a year of which periods are `left` is to wait.

    Raises KeyboardInterrupt where the answers end.
    """
    try:
        if left and not _is_sure(left, ask):
            return None
        dropped: set[str] = set()
        targets: dict[str, str] = {}
        for project in plan.projects:
            rows = [one for one in plan.indicators if one.project == project.no]
            if rows:
                say(f"第{project.no}项　{project.name}（{len(rows)} 个指标：{'、'.join(one.code for one in rows)}）")
                _ask_of_project(plan, rows, dropped, targets, ask, say)
        return Wanted(frozenset(dropped), targets)
    except EOFError:
        raise KeyboardInterrupt from None


def _is_sure(left: str, ask: Ask) -> bool:
    return ask(f"还没有定稿的：{left}。现在就转入，年初数以后可能要改。照转请输入 是：").strip() == "是"


def _ask_of_project(
    plan: Plan, rows: Sequence[Indicator], dropped: set[str], targets: dict[str, str], ask: Ask, say: Say
) -> None:
    answer = _one_of((_ALL, _BY_ROW, _NONE), "  回车全部转入，1 逐行选，2 全部不转入：", ask, say)
    if answer == _NONE:
        dropped |= {one.code for one in rows}
    if answer == _BY_ROW:
        for one in rows:
            said = _of_row(plan, one, ask, say)
            if said == _NOT:
                dropped.add(one.code)
            elif said:
                targets[one.code] = said


def _one_of(words: Sequence[str], question: str, ask: Ask, say: Say) -> str:
    while True:
        answer = typed(ask(question))
        if answer in words:
            return answer
        say(f"  没有“{answer}”这一项。")


def _of_row(plan: Plan, one: Indicator, ask: Ask, say: Say) -> str:
    """不, a new target, or nothing."""
    target = next(row["目标"] for row in plan.tables["指标"] if row["编码"] == one.code)
    has_target = one.target is not None and one.kind is not Kind.MILESTONE
    change = "，写新目标就改" if has_target else ""
    what = f"{one.code} {one.name} {one.comparator.value}{target}{one.unit_of_measure}"
    question = f"  {what}：回车转入{change}，{_NOT} 就不转入："
    while True:
        answer = typed(ask(question))
        if answer in ("", _NOT) or (has_target and fits_target(one, answer)):
            return answer
        say(f"  “{answer}”不能作目标，请写 {_example(one)}。" if has_target else f"  没有“{answer}”这一项。")


def _example(one: Indicator) -> str:
    return "百分数，如 60%" if one.kind is Kind.RATIO else "数字，如 120"


def typed(answer: str) -> str:
    """An answer as it is meant: a Chinese keyboard types １ and ％."""
    return unicodedata.normalize("NFKC", answer).strip()
