"""A list of tasks in paragraphs, without any table: numbered items, and who is responsible in brackets or lines.

    1.实施学前教育扩容工程。新建公办幼儿园1所。（牵头单位：县教育局；责任单位：县财政局）

An item with units is a task; a shorter number above it is a heading (一、 above 1.) or its project (1. above （1）).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from minsheng_xl.published.heads import CERTIFIER, DEADLINE, LEAD, LEADER, NUMBER, PROJECT, RESPONSIBLE, TASK
from minsheng_xl.published.labels import LABELLED, divided, joined
from minsheng_xl.published.paper import Document, Published, Task, TextBlock
from minsheng_xl.published.rows import named
from minsheng_xl.published.titles import begins_another, is_title, title_of

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
_UNNUMBERED = 2
_ONES = ("1", "一", "①")
_ABOUT = re.compile("实事|民生|任务|重点工作")
_BODY = re.compile("(?:方案|通知|意见)$")
_OTHER_LABEL = re.compile(r"([\u4e00-\u9fff]{2,8})[：:]\s*(\S.{0,60})")
_LONGEST_SECTION = 40


class _Item:
    """A numbered item: its lines, each with who is responsible for what stands before it."""

    def __init__(self, level: int, number: str) -> None:
        self.level, self.number = level, number
        self.parts: list[tuple[str, dict[str, str]]] = []
        """Texts, each with the units that stand behind it."""
        self.inner: list[_Item] = []
        self.ends_with_units = False
        """Whether its last line holds nothing but units."""
        self.more: list[tuple[str, str]] = []
        """What else stands among the units, under a word that is not known."""

    def add(self, line: str) -> None:
        parts = list(divided(line))
        other = _OTHER_LABEL.fullmatch(line.strip())
        if self._fills(line, parts):
            return
        if self.ends_with_units and other and not any(units for _, units in parts):
            self.more.append((other[1], other[2]))
            return
        for text, units in parts:
            self.ends_with_units = bool(units) and not text
            if self.parts and not (self.parts[-1][1] and text):
                before, known = self.parts[-1]
                self.parts[-1] = ("\n".join(filter(None, (before, text))), joined(known, units))
            else:
                self.parts.append((text, units))

    def _fills(self, line: str, parts: Sequence[tuple[str, dict[str, str]]]) -> bool:
        """Whether a line says whom the words at the end of the line above (责任单位：) announced."""
        if not self.ends_with_units or any(units for _, units in parts):
            return False
        text, known = self.parts[-1]
        blank = next((column for column, said in known.items() if not said), "")
        if blank:
            self.parts[-1] = (text, {**known, blank: line.strip()})
        return bool(blank)

    @property
    def has_units(self) -> bool:
        return any(any(units.values()) for _, units in self.parts)

    @property
    def text(self) -> str:
        return "\n".join(text for text, _ in self.parts if text)


def listed_in(document: Document) -> tuple[Published, ...]:
    """The lists of a paper, each as a table; nothing if there is none."""
    chunks = [_items(chunk) for chunk in _chunks(list(_lines(document)))]
    read = [(above, _nested(items)) for above, items in chunks]
    found = [(above, _with_units(roots)) for above, roots in read]
    if not any(tasks for _, tasks in found):
        found = [(above, _without_units(above, roots)) for above, roots in read]
    return tuple(_published(above, tasks) for above, tasks in found if tasks)


def _published(above: Sequence[str], tasks: Sequence[Task]) -> Published:
    told = {
        LEAD: [task.leads for task in tasks], RESPONSIBLE: [task.responsible for task in tasks],
        CERTIFIER: [task.certifiers for task in tasks], DEADLINE: [task.deadline for task in tasks],
        LEADER: [task.leader for task in tasks],
    }
    columns = (NUMBER, PROJECT, TASK, *(column for column in LABELLED if any(told[column])))
    words: dict[str, str] = {}
    for task in tasks:
        words |= dict(task.more)
    heads = (*((column, column) for column in columns), *((word, "") for word in words))
    return Published(title_of(above), tuple(tasks), heads, "正文")


def _with_units(roots: Sequence[_Item]) -> list[Task]:
    return list(chain.from_iterable(_tasks(root, []) for root in roots))


def _without_units(above: Sequence[str], roots: Sequence[_Item]) -> list[Task]:
    """The tasks of a list that names nobody; it is one only if its title says so."""
    is_list = any(is_title(line) and _ABOUT.search(line) and not _BODY.search(line) for line in above)
    items = list(_all(roots))
    if not is_list or len(items) < 2:
        return []
    level = Counter(item.level for item in items).most_common(1)[0][0]
    return list(chain.from_iterable(_whole(item, "") for item in items if item.level == level))


def _chunks(lines: Sequence[str]) -> list[list[str]]:
    """The lines of each list: 附件2, or another title after which the numbers begin again, begins one."""
    chunks: list[list[str]] = [[]]
    has_items = False
    for place, line in enumerate(lines):
        number = _marked(line)[1]
        if has_items and not number and begins_another(line) and _begin_again(lines[place + 1 :]):
            chunks.append([])
            has_items = False
        has_items |= bool(number)
        chunks[-1].append(line)
    return chunks


def _begin_again(lines: Sequence[str]) -> bool:
    """Whether the first number in these lines is a one."""
    return next((number for _, number, _ in map(_marked, lines) if number), "") in _ONES


def _lines(document: Document) -> Iterator[str]:
    """The lines of paragraphs, and of tables of a single column, which only frame them."""
    for block in document.blocks:
        if isinstance(block, TextBlock):
            yield from block.text.split("\n")
        elif block.rows and len(block.rows[0]) == 1:
            for row in block.rows:
                yield from row[0].text.split("\n")


def _items(lines: Iterable[str]) -> tuple[list[str], list[_Item]]:
    """The lines before the first item, and the items in their order: numbered, or, where units stand in lines of
    their own, without a number."""
    above: list[str] = []
    items: list[_Item] = []
    for line in lines:
        level, number, rest = _marked(line)
        if number:
            items.append(_Item(level, number))
        elif not items and above and _is_units(line):
            items.append(_Item(_UNNUMBERED, ""))
            items[-1].add(above.pop())
        elif items and not items[-1].number and items[-1].ends_with_units and not _is_label(line):
            items.append(_Item(_UNNUMBERED, ""))
        if items:
            items[-1].add(rest)
        else:
            above.append(line)
    return above, items


def _is_units(line: str) -> bool:
    """Whether a line holds nothing but units."""
    parts = list(divided(line))
    return bool(parts) and all(units and not text for text, units in parts)


def _is_label(line: str) -> bool:
    return _is_units(line) or bool(_OTHER_LABEL.fullmatch(line.strip()))


def _marked(line: str) -> tuple[int, str, str]:
    for level, mark in enumerate(_MARKS):
        found = mark.match(line)
        if found:
            return level, found[1], line[found.end() :]
    return 0, "", line


def _nested(items: Sequence[_Item]) -> list[_Item]:
    """Items under the one above them that is numbered in an outer way."""
    roots: list[_Item] = []
    above: list[_Item] = []
    for item in items:
        while above and above[-1].level >= item.level:
            above.pop()
        (above[-1].inner if above else roots).append(item)
        above.append(item)
    for item in _all(roots):
        _gather(item)
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
            place=f"正文第{item.number}项" if item.number else "正文", more=tuple(item.more),
        )
