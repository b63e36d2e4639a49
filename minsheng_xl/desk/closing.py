"""Closing at the desk: what is open is listed, each doubt may still be cleared, and a person says yes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from minsheng_xl.accounts.questions import Pending, choices_of, lapsed
from minsheng_xl.accounts.values import about
from minsheng_xl.closing.close import Circular
from minsheng_xl.closing.still_open import StillOpen, still_open
from minsheng_xl.desk.asking import Ask, Say, typed
from minsheng_xl.master.paper import day_of
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.texts import one_line
from minsheng_xl.year.entries import Closed
from minsheng_xl.year.folder import Year


def told(found: StillOpen, period: Period) -> Iterator[str]:
    """What is open of a period, in lines."""
    if found.held:
        yield f"待核 {len(found.held)} 处，定稿后作逾期未核实，按未报计："
        yield from (f"  · {_named(item)}" for item in found.held)
    if found.asked:
        yield f"其他待决事项 {len(found.asked)} 件："
        yield from (f"  · {item.kind}　{_named(item)}" for item in found.asked)
    for word, names in (("退回", found.refused), ("未报", found.missing)):
        if names:
            yield f"{word} {len(names)} 个单位：{'、'.join(names)}"
    if found.explained:
        cells = "、".join(f"{unit} {about(key)}" for unit, key in found.explained)
        yield f"按说明采用的数 {len(found.explained)} 处：{cells}"
    if found.unconfirmed:
        leads = "、".join(f"{one.unit}（{one.result}）" for one in found.unconfirmed)
        yield f"核对单没有核对完的 {len(found.unconfirmed)} 个牵头单位：{leads}"
    if found.unsigned:
        papers = "、".join(f"{unit}（{paper.told}）" for unit, paper in found.unsigned)
        yield f"纸质件和采用的数可能不同的 {len(found.unsigned)} 个单位：{papers}"
    if found.earlier:
        yield f"还没有定稿的以前各期：{'、'.join(map(str, found.earlier))}（定稿 {period} 以后仍可以定稿）"
    if not any(found):
        yield f"{period} 没有未办完的事。"


def ask_before_closing(year: Year, period: Period, now: datetime, ask: Ask, say: Say) -> bool:
    """Ask of each doubt what is to become of it, then whether the period is to be closed."""
    found = still_open(year, period)
    _say(told(found, period), say)
    for item in found.held:
        if item.advice:
            _settled(year, period, item, now, ask, say)
    return ask(f"确定把 {period} 定稿请输入 是（回车不定稿）：").strip() == "是"


def ask_for_circular(ask: Ask, say: Say) -> Circular:
    """Ask by what a period is closed; each answer may be left out."""
    document = one_line(ask("文号，如 政办〔2022〕5号（没有的回车）：")).strip()
    signed_by = one_line(ask("签发人（没有的回车）：")).strip()
    while dated := typed(ask("印发日期，如 2022-11-10（没有的回车）：")):
        day = day_of(dated)
        if day is not None:
            return Circular(document, signed_by, day)
        say(f"“{dated}”不是日期。请写成 2022-11-10 的样子。")
    return Circular(document, signed_by, None)


def _settled(year: Year, period: Period, item: Pending, now: datetime, ask: Ask, say: Say) -> None:
    """Let a doubt be cleared by a word; without one it lapses."""
    from minsheng_xl.master.decide import decide

    words = "、".join(choices_of(item))
    number = "，或应填的数" if item.key is not None else ""
    while word := ask(f"{_named(item)}。写 {words}{number}；回车作逾期未核实：").strip():
        try:
            decide(year, item.id, word, now, period=period)
            return
        except MinshengError as error:
            say(str(error))


def closed_in_words(closed: Closed, earlier: Sequence[Period]) -> Iterator[str]:
    """What a closing did."""
    yield f"{closed.period} 已定稿。以后来的作定稿后更正登记，不改定稿的数。"
    yield from (f"{lapsed(item)}：{_named(item)}" for item in closed.overdue)
    if earlier:
        yield f"{'、'.join(map(str, earlier))} 还没有定稿。"


def answered(question: str) -> str:
    """What a person at the terminal answers; nothing at the end of the input."""
    try:
        return input(question)
    except EOFError:
        return ""


def _named(item: Pending) -> str:
    """What a question is about, by the name of its unit."""
    what = about(item.key) if item.key is not None else one_line(item.file)
    return " ".join(filter(None, (item.unit, what))) + (f"：{one_line(item.other)}" if item.other else "")


def _say(lines: Iterator[str], say: Say) -> None:
    for line in lines:
        say(line)
