"""待决事项: the questions that only the office can settle, and the words by which it does."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from minsheng_xl.accounts.values import figure_in
from minsheng_xl.exact.keys import PROBLEM, WORD, Key
from minsheng_xl.exact.numbers import parse_plain
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem
from minsheng_xl.rules import account, identity

CORRECTION, CONFLICT, TYPED, WHOLE, DOUBTFUL, UNKNOWN, AGAIN, FADED, OBJECTION, HANDED = (
    "更正待定", "两份不同", "台账与来件不同", "整表待核", "数字存疑", "无法识别", "以前的表", "问题待销号", "核对有异议", "原单位报的数",
)
KEPT_AS_IS = "维持原数"
"""What the office says of an objection that changes nothing."""
SETTLED, UNSETTLED = "已销号", "未解决"
"""What the office says of a problem that its unit no longer raises."""
WHOSE_FILE = "请写上是哪个单位的（作退回处理），或“附件：单位名”；与填报无关的写“不理”。"
"""What the office is asked of a file that names no unit, if there is nothing to be done with it first."""

_DOUBTFUL_AS_A_WHOLE = (identity.SLIPPED.code, identity.EARLIER.code)
"""Findings on a workbook whose unit and period are known, but not whether its figures are what they seem."""


class Decision(NamedTuple):
    """What the office decided: the word, who, when and why."""

    word: str
    who: str
    when: datetime
    why: str


class Pending(NamedTuple):
    """A question that only the office can settle. `id` stays the same from run to run; `sha256` is
    that of the file where the whole file is in question, `decision` how it was settled. `came_for` is the
    closed period of a file that came after its closing and waits in the account of a later one."""

    id: str
    kind: str
    unit: str
    key: Key | None
    used: str
    other: str
    file: str
    advice: str
    sha256: str = ""
    decision: Decision | None = None
    came_for: str = ""


LAPSED = "逾期未核实"
"""What a closing makes of a doubt that nobody cleared: it counts as 未报."""
_KEPT = {
    CORRECTION: "逾期未定，仍用原数", TYPED: "逾期未定，以台账为准", AGAIN: "逾期未定，不采用", OBJECTION: "逾期未定，仍用原数",
    HANDED: "逾期未定，不计入",
}
"""The same of questions beside a figure that is in use."""


def is_doubt(item: Pending) -> bool:
    """Whether what is asked keeps figures from counting, until it is settled."""
    return item.kind in (DOUBTFUL, CONFLICT, WHOLE) and bool(item.unit)


def lapses(item: Pending) -> bool:
    """Whether a question is about what a unit sent for the period in which it is asked: a closing settles it."""
    return not item.came_for and (is_doubt(item) or item.kind in _KEPT)


def lapsed(item: Pending) -> str:
    """What becomes of a question that nobody answered before its period was closed."""
    return _KEPT.get(item.kind, LAPSED)


def choices_of(item: Pending) -> tuple[str, ...]:
    """The words by which an item can be settled; a number, or a unit's name, is another."""
    if item.kind == CORRECTION or (item.kind == HANDED and item.used):
        return ("用新数", "用原数") if figure_in(item.other) is not None else ("用原数",)
    if item.kind == TYPED:
        return ("以来件为准", "以台账为准") if figure_in(item.other) is not None else ("以台账为准",)
    if item.kind == CONFLICT:
        return (*(part for part in item.other.split(" / ") if figure_in(part) is not None), "不计入")
    if item.kind == HANDED:
        return ("属实", "不计入") if figure_in(item.other) is not None else ("不计入",)
    if item.kind == DOUBTFUL:
        return ("属实", "不计入") if _may_be_true(item.other) else ("不计入",)
    if item.kind == OBJECTION:
        return (KEPT_AS_IS,)
    if item.kind == FADED:
        return SETTLED, UNSETTLED
    if item.kind == AGAIN:
        return ("采用", "不采用")
    if item.kind == WHOLE:
        return ("采用", "不采用") if item.unit else ("不采用",)
    return ("不理",)


def doubted(told: str, seen: str) -> str:
    """What the office is asked of a figure in doubt, where `seen` stands: what is no number cannot be 属实."""
    if _may_be_true(seen):
        return f"{told}；请与单位核实，属实的写“属实”，不然写应填的数。"
    return f"{told}；请与单位核实，写应填的数；没有数的写“不计入”。"


def _may_be_true(seen: str) -> bool:
    number = parse_plain(seen)
    return number is not None and number >= 0


def whole(unit: str, file: str, sha256: str, problems: Sequence[Problem]) -> Pending:
    """The question whose a workbook is that contradicts itself."""
    seen = problems[0].seen if problems else ""
    advice = "不知道是谁的、哪一期的表，整份没有用；请与单位核实，是这个单位的写“采用”，是别家的写那家的名称（作退回，请其重报）。"
    if problems and problems[0].code in _DOUBTFUL_AS_A_WHOLE:
        advice = f"{problems[0].message}，整份没有用；请与单位核实，数字没有错的写“采用”，错了的写“不采用”，请其重报。"
    kind = WHOLE
    if is_again(problems):
        told = "请与单位核实：确是补充的写“采用”；不是的写“不采用”，请其用本期的表重报。"
        kind, advice = AGAIN, f"{problems[0].message}。{told}"
    return Pending(
        id=sha256[:6], kind=kind, unit=unit, key=None, used="", other=seen, file=file, advice=advice, sha256=sha256
    )


def is_again(problems: Sequence[Problem]) -> bool:
    """Whether what is asked of a workbook is no more than whether its words are those of its period."""
    return bool(problems) and problems[0].code == account.OTHER_WORDS_AGAIN.code


def faded(pair: tuple[str, int], raised: Period, problem: str, period: Period) -> Pending:
    """The question whether a problem of a unit in a project, raised in a period, is settled; asked anew in each."""
    unit, key = pair[0], Key(WORD, str(pair[1]), PROBLEM)
    advice = f"本期来表不再提出；请核实，解决了的写“{SETTLED}”，没有解决的写“{UNSETTLED}”。"
    return Pending(
        id=item_id(unit, FADED, key, str(raised), str(period)), kind=FADED, unit=unit, key=key,
        used=f"{raised.short_label}提出", other=problem, file="", advice=advice,
    )


def handed(key: Key, of: tuple[str, str], used: str, other: str, file: str) -> Pending:
    """The question whose a figure is that came on the form of a unit that filled its row in when that went out: `of`
    are the unit that does by now, and that one; `used` is what the former reported itself, "" if nothing."""
    unit, sender = of
    told = f"{sender}照下发时的表报的；这一行现在由{unit}填报，没有计入。请与{unit}核实"
    advice = f"{told}：就是这个数的写“属实”，记在{unit}名下；不是的写应填的数，或写“不计入”。"
    if used:
        advice = f"{told}后选一个；现用的是{unit}报的。"
    return Pending(
        id=item_id(unit, HANDED, key, used, other), kind=HANDED, unit=unit, key=key, used=used,
        other=other, file=file, advice=advice,
    )


def item_id(unit: str, kind: str, key: Key, used: str, other: str) -> str:
    """The id of a question about a cell: the same question has the same id in every run."""
    return hashlib.sha256("|".join((unit, *key, kind, used, other)).encode()).hexdigest()[:6]
