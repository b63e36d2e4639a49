"""A list of tasks in paragraphs, without any table: numbered items, and who is responsible in brackets or lines.

    1.实施学前教育扩容工程。新建公办幼儿园1所。（牵头单位：县教育局；责任单位：县财政局）

An item with units is a task; a shorter number above it is a heading (一、 above 1.) or its project (1. above （1）).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from minsheng_xl.published.heads import (
    CERTIFIER,
    DEADLINE,
    LEAD,
    LEADER,
    NUMBER,
    PROJECT,
    RESPONSIBLE,
    TASK,
    TASK_HEADS,
    squashed,
)
from minsheng_xl.published.paper import Document, Published, Task, TextBlock
from minsheng_xl.published.rows import named
from minsheng_xl.published.titles import title_of

_LABELLED = (LEAD, RESPONSIBLE, CERTIFIER, DEADLINE, LEADER)
_COLUMNS: dict[str, str] = {}
for _column in _LABELLED:
    _COLUMNS |= {word: _column for word in TASK_HEADS[_column] if len(word) > 2 or word == "时限"}
_WORDS = "|".join(sorted(map(re.escape, _COLUMNS), key=len, reverse=True))
_LABEL = re.compile(rf"({_WORDS})\s*[：:]\s*")
_LABEL_OPEN = re.compile(rf"(?:^|(?<=[。；;，,！\s]))(?={_LABEL.pattern})")
_BRACKET_OPEN = re.compile(rf"[（(【\[〔]\s*(?={_LABEL.pattern})")
_LEADS = re.compile(r"[（(]([^（）()]{2,}?)牵头(?:[，,、；;]\s*([^（）()]{2,}?)(?:配合|参与|协助|协办|按职责分工负责|负责))?[）)]")
_PAIRS = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕"}
_CLOSES = {"（": "）)", "(": "）)", "【": "】", "[": "]", "〔": "〕"}
_MARKS = (
    re.compile(r"\s*第?([一二三四五六七八九十]{1,3})(?:[、.．]|件[、：:]?|项[、：:]?)\s*"),
    re.compile(r"\s*[（(]([一二三四五六七八九十]{1,3})[）)]\s*"),
    re.compile(r"\s*(\d{1,3})(?:[.．](?!\d)|、)\s*"),
    re.compile(r"\s*[（(](\d{1,3})[）)]\s*"),
    re.compile(r"\s*([①-⑳])\s*"),
)
"""How items are numbered, the outer ones first."""
_INNER = 3
"""From this way of numbering on, the item above is the project and not a heading."""
_ABOUT = re.compile("实事|民生|任务|重点工作")
_ENDS = " \t\u3000。；;，,、"
_LONGEST_SECTION = 40


class _Item:
    """A numbered item: its lines, each with who is responsible for what stands before it."""

    def __init__(self, level: int, number: str) -> None:
        self.level, self.number = level, number
        self.lines: list[str] = []
        self.parts: list[tuple[str, dict[str, str]]] = []
        """Texts, each with the units that stand behind it."""
        self.inner: list[_Item] = []
        self.ends_with_units = False
        """Whether its last line holds nothing but units."""

    def add(self, line: str) -> None:
        for text, units in _divided(line):
            self.ends_with_units = bool(units) and not text
            if self.parts and not (self.parts[-1][1] and text):
                before, known = self.parts[-1]
                self.parts[-1] = ("\n".join(filter(None, (before, text))), _joined(known, units))
            else:
                self.parts.append((text, units))

    @property
    def has_units(self) -> bool:
        return any(units for _, units in self.parts)

    @property
    def text(self) -> str:
        return "\n".join(text for text, _ in self.parts if text)


def _joined(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    both = dict(one)
    for column, text in other.items():
        both[column] = f"{both[column]}\n{text}" if both.get(column) else text
    return both


def listed_in(document: Document) -> tuple[Published, ...]:
    """The list of a paper, as one table; nothing if it is none."""
    above, items = _items(_lines(document))
    roots = _nested(items)
    for root in _all(roots):
        _gather(root)
    has_units = any(item.has_units for item in _all(roots))
    if has_units:
        tasks = list(chain.from_iterable(_tasks(root, []) for root in roots))
    elif len(items) > 1 and any(_ABOUT.search(line) for line in above):
        level = Counter(item.level for item in items).most_common(1)[0][0]
        tasks = list(chain.from_iterable(_whole(item, "") for item in _all(roots) if item.level == level))
    else:
        return ()
    found: set[str] = set()
    for item in _all(roots):
        found.update(*(units for _, units in item.parts))
    columns = (NUMBER, PROJECT, TASK, *(column for column in _LABELLED if column in found))
    heads = tuple((column, column) for column in columns)
    return (Published(title_of(above), tuple(tasks), heads, "正文"),) if tasks else ()


def _lines(document: Document) -> Iterator[str]:
    """The lines of paragraphs, and of tables of a single column, which only frame them."""
    for block in document.blocks:
        if isinstance(block, TextBlock):
            yield from block.text.split("\n")
        elif block.rows and len(block.rows[0]) == 1:
            for row in block.rows:
                yield from row[0].text.split("\n")


def _items(lines: Iterator[str]) -> tuple[list[str], list[_Item]]:
    """The lines before the first item, and the items in their order."""
    above: list[str] = []
    items: list[_Item] = []
    for line in lines:
        level, number, rest = _marked(line)
        if number:
            items.append(_Item(level, number))
            items[-1].add(rest)
        elif items:
            items[-1].add(line)
        else:
            above.append(line)
    return above, items


def _marked(line: str) -> tuple[int, str, str]:
    for level, mark in enumerate(_MARKS):
        found = mark.match(line)
        if found:
            return level, found[1], line[found.end() :]
    return 0, "", line


def _divided(line: str) -> Iterator[tuple[str, dict[str, str]]]:
    """A line as texts, each with the units named behind it."""
    rest = line.strip()
    while rest:
        bracket, open_label, leads = _BRACKET_OPEN.search(rest), _LABEL_OPEN.search(rest), _LEADS.search(rest)
        found = min((one for one in (bracket, open_label, leads) if one), key=lambda one: one.start(), default=None)
        if found is None:
            yield rest, {}
            return
        text = rest[: found.start()].strip()
        if found is leads:
            yield text, {column: said for column, said in zip((LEAD, RESPONSIBLE), found.groups(), strict=True) if said}
            rest = rest[found.end() :]
        else:
            inside, rest = _inside(rest, found.start()) if found is bracket else (rest[found.start() :], "")
            yield text, _labelled(inside)
        rest = rest.lstrip(_ENDS)


def _inside(text: str, start: int) -> tuple[str, str]:
    """What stands in the bracket that opens there, which may hold others, and what comes after it."""
    opens, closes = tuple(_PAIRS), _CLOSES[text[start]]
    depth = 0
    for place in range(start, len(text)):
        if text[place] in opens and (text[place] == text[start] or text[place] in "（("):
            depth += 1
        elif text[place] in closes:
            depth -= 1
            if depth == 0:
                return text[start + 1 : place], text[place + 1 :]
    return text[start + 1 :], ""


def _labelled(text: str) -> dict[str, str]:
    """牵头单位：甲；责任单位：乙 as texts by column."""
    pieces = _LABEL.split(text)
    units: dict[str, str] = {}
    for label, said in zip(pieces[1::2], pieces[2::2], strict=True):
        units = _joined(units, {_COLUMNS[squashed(label)]: said.strip(_ENDS)})
    return units


def _nested(items: Sequence[_Item]) -> list[_Item]:
    """Items under the one above them that is numbered in an outer way."""
    roots: list[_Item] = []
    above: list[_Item] = []
    for item in items:
        while above and above[-1].level >= item.level:
            above.pop()
        (above[-1].inner if above else roots).append(item)
        above.append(item)
    return roots


def _all(items: Sequence[_Item]) -> Iterator[_Item]:
    for item in items:
        yield item
        yield from _all(item.inner)


def _gather(item: _Item) -> None:
    """Units in a line of their own behind several inner items, of which no other has any, are those of all."""
    inner = item.inner
    is_last_alone = len(inner) > 1 and inner[-1].ends_with_units and not any(one.has_units for one in inner[:-1])
    if is_last_alone and not item.has_units and item.level >= _INNER - 1:
        item.parts = [(_with_inner(item), inner[-1].parts[-1][1])]
        item.inner = []


def _with_inner(item: _Item) -> str:
    texts = [item.text, *(f"（{one.number}）{_with_inner(one)}" for one in item.inner)]
    return "\n".join(text for text in texts if text)


def _tasks(item: _Item, above: list[_Item]) -> Iterator[Task]:
    """The tasks of an item and of those inside it; `above` are the headings."""
    section = next((one.text for one in reversed(above) if len(one.text) <= _LONGEST_SECTION), "")
    if item.has_units:
        yield from _whole(item, section)
        return
    inner = [one for one in _all(item.inner) if one.has_units]
    if inner and inner[0].level >= _INNER > item.level > 1:
        for one in item.inner:
            for task in _whole(one, section):
                yield task._replace(number=item.number, project=item.text, place=f"正文第{item.number}项（{one.number}）")
        return
    for one in item.inner:
        yield from _tasks(one, [*above, item])


def _whole(item: _Item, section: str) -> Iterator[Task]:
    """The tasks of an item, one for each text with units of its own, and what its inner items add to the last."""
    parts = list(item.parts)
    if item.inner and parts:
        added = "\n".join(f"（{one.number}）{_with_inner(one)}" for one in item.inner)
        parts[-1] = (f"{parts[-1][0]}\n{added}", parts[-1][1])
    project = ""
    for text, units in parts:
        name, sentence = named(text)
        project = project or name
        yield Task(
            number=item.number, project=project, sentence=sentence if name == project else text,
            leads=units.get(LEAD, ""), responsible=units.get(RESPONSIBLE, ""), certifiers=units.get(CERTIFIER, ""),
            deadline=units.get(DEADLINE, ""), leader=units.get(LEADER, ""), section=section,
            place=f"正文第{item.number}项",
        )
