"""The tasks of a published table, read, by project."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minsheng_xl.exact.numbers import plain
from minsheng_xl.plan.cells import MOST_RATIO
from minsheng_xl.plan.model import Kind, Tier
from minsheng_xl.published.dates import deadline_in
from minsheng_xl.published.grammar import understood
from minsheng_xl.published.numerals import CHINESE, chinese
from minsheng_xl.published.paper import Published, Task
from minsheng_xl.published.sentence import Query, ReadIndicator, Understood

_SIGNS = {">=": "不少于", "<=": "不超过", "≥": "不少于", "＞": "超过", ">": "超过", "≤": "不超过", "＜": "低于", "<": "低于"}
_GOES_ON = re.compile("其中|含|包括|涉及|惠及|共计")
"""How a row begins that is a part of the one above."""
_TIERS = (Tier.ASSESSED, Tier.GATE, Tier.TEXT)
MOST_PROJECTS = 999
"""The largest number that a plan gives a project."""


class ReadTask(NamedTuple):
    """A task with what it was read as."""

    task: Task
    read: Understood

    @property
    def text(self) -> str:
        """What `Number.start` counts in."""
        return self.read.text


class ReadProject(NamedTuple):
    """The tasks of one project under its number in the plan, and their texts as published."""

    number: int
    tasks: tuple[ReadTask, ...]
    published: tuple[Task, ...]

    @property
    def name(self) -> str:
        return self.tasks[0].task.project


class Coded(NamedTuple):
    """An indicator with its code, the task it stands in and its place there."""

    code: str
    reading: ReadIndicator
    task: ReadTask
    place: int
    project: ReadProject


def read_task(task: Task, year: int) -> ReadTask:
    """Read a task's sentence: with its number and measure, where they stand in columns of their own, and with what its
    project's name promises."""
    sentence = _whole_sentence(task)
    heading = "" if task.project in sentence else task.project
    read = understood(sentence, year, heading)
    day = deadline_in(task.deadline, year)
    readings = tuple(_as_a_plan_takes(one._replace(deadline=one.deadline or day)) for one in read.readings)
    return ReadTask(task, read._replace(readings=readings))


def _as_a_plan_takes(one: ReadIndicator) -> ReadIndicator:
    """A percentage beyond what a plan takes for one is a figure in %, and asked about."""
    if one.kind is not Kind.RATIO or one.target is None or one.target <= MOST_RATIO:
        return one
    target = plain(one.target * 100)
    words = f"{target}% 超过 {plain(MOST_RATIO * 100)}%，是不是写错了；没有写错的，按期末数填，计量单位是 %"
    query = Query("目标", words, one.quote, (target, "其他"), target)
    kept = tuple(each for each in one.queries if each.column == "比较")
    return one._replace(
        kind=Kind.STOCK, measure="%", target=one.target * 100, decimals=max(one.decimals, 2), numerator="",
        denominator="", office_denominator=False, fixed_denominator=None, contained=False, queries=(*kept, query),
    )


def _in_words(number: str) -> str:
    for sign, word in _SIGNS.items():
        number = number.replace(sign, word)
    return number


def projects_of(published: Published, year: int) -> tuple[ReadProject, ...]:
    """The tasks by project: those that follow each other under one number and name are one. The numbers are those
    published, or where one is missing or stands twice, counted anew."""
    groups: list[list[Task]] = []
    for task in published.tasks:
        before = groups[-1][0] if groups else None
        same = before is not None and (task.number, task.project, task.section) == (
            before.number, before.project, before.section)
        if same and (task.number or task.project):
            groups[-1].append(task)
        else:
            groups.append([task])
    numbers = [number_of(group[0].number) for group in groups]
    is_good = all(numbers) and len(set(numbers)) == len(numbers)
    return tuple(
        ReadProject(own if is_good and own else place, tuple(_read_together(group, year)), tuple(group))
        for place, (own, group) in enumerate(zip(numbers, groups, strict=True), 1)
    )


def number_of(text: str) -> int | None:
    bare = re.sub(r"^[\s（(]+|[\s.．、）)]+\Z", "", text)
    if bare.isascii() and bare.isdigit() and 1 <= int(bare) <= MOST_PROJECTS:
        return int(bare)
    return chinese(bare) if bare and re.fullmatch(CHINESE, bare) else None


def _read_together(group: Sequence[Task], year: int) -> Iterator[ReadTask]:
    """The tasks of a project; where a row is a part of the one above (其中：…), they are read as one sentence."""
    joined: list[Task] = []
    for task in group:
        if joined and _GOES_ON.match(task.sentence.strip()):
            joined[-1] = _with_part(joined[-1], task)
        else:
            joined.append(task)
    for task in joined:
        yield read_task(task, year)


def _with_part(whole: Task, part: Task) -> Task:
    """A row that goes on in the next one, numbers in columns of their own put into the words."""
    words = [_whole_sentence(one) for one in (whole, part)]
    remark = "；".join(filter(None, dict.fromkeys((whole.remark, part.remark))))
    return whole._replace(sentence="；".join(one.rstrip("。；") for one in words), measure="", amount="", remark=remark)


def _whole_sentence(task: Task) -> str:
    """A task's sentence with its number and measure, where those stand in columns of their own."""
    return f"{task.sentence}{_in_words(_amount(task))}"


def _amount(task: Task) -> str:
    """What a table says of a task's target in columns of their own, "" where it has none."""
    return f"{task.amount}{'' if task.measure in task.amount else task.measure}" if task.amount else ""


def coded_in(project: ReadProject) -> Iterator[Coded]:
    """The indicators of a project: those that are assessed, gates, texts, each in the order of the words."""
    found: list[tuple[ReadTask, int, ReadIndicator]] = []
    for task in project.tasks:
        found += [(task, place, one) for place, one in enumerate(task.read.readings)]
    ranked = sorted(found, key=lambda each: _TIERS.index(each[2].tier))
    for count, (task, place, one) in enumerate(ranked, 1):
        yield Coded(code=f"{project.number}-{count}", reading=one, task=task, place=place, project=project)


def sentence_shown(task: Task) -> str:
    """A task's sentence as published, with what its table says in columns of their own."""
    return f"{task.sentence} {_amount(task)}" if task.amount else task.sentence
