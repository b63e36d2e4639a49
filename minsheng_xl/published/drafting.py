"""A published table made into the tables of a plan, with questions and the place of every number.

What the words decide stands in its cell; what they leave open stands there as the default, and is a row of 待确认.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from minsheng_xl.exact.numbers import plain, rounded
from minsheng_xl.plan.model import Kind, PaceRule, Tier
from minsheng_xl.plan.tables import INDICATORS, NUMBERS, QUESTIONS, SETTINGS, STEPS, TASKS, UNITS
from minsheng_xl.published.dates import deadline_in
from minsheng_xl.published.grammar import text_read, understood
from minsheng_xl.published.making import said
from minsheng_xl.published.numerals import CHINESE, chinese
from minsheng_xl.published.paper import Published, Task
from minsheng_xl.published.sentence import Number, Query, ReadIndicator, Understood, Use
from minsheng_xl.published.units import is_group, is_unit, names_of, pairs

Row = dict[str, str]

_SIGNS = {">=": "不少于", "<=": "不超过", "≥": "不少于", "＞": "超过", ">": "超过", "≤": "不超过", "＜": "低于", "<": "低于"}
_TIERS = (Tier.ASSESSED, Tier.GATE, Tier.TEXT)
_LARGEST = 999
_BLOCKING = ("目标", "比较", "计量单位", "类型", "牵头单位")
_BY_PAPER = "公布的任务表"


class ReadTask(NamedTuple):
    """A task with what it was read as; `text` is what `Number.start` counts in."""

    task: Task
    text: str
    read: Understood


class ReadProject(NamedTuple):
    """The tasks of one project under its number in the plan."""

    number: int
    tasks: tuple[ReadTask, ...]

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


class About(NamedTuple):
    """What year and place a plan is for."""

    year: int
    region: str
    title: str


class DraftedPlan(NamedTuple):
    """Rows of 计划.xlsx by table, and in sentences what is to be told once."""

    tables: dict[str, list[Row]]
    remarks: tuple[str, ...]


def read_task(task: Task, year: int) -> ReadTask:
    """Read a task's sentence: with its number and measure, where they stand in columns of their own, and with what its
    project's name promises."""
    sentence = _whole_sentence(task)
    heading = "" if task.project in sentence else task.project
    read = understood(sentence, year, heading)
    day = deadline_in(task.deadline, year)
    readings = tuple(one._replace(deadline=one.deadline or day) for one in read.readings)
    return ReadTask(task, text_read(sentence, heading), read._replace(readings=readings))


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
    numbers = [_number(group[0].number) for group in groups]
    is_good = all(numbers) and len(set(numbers)) == len(numbers)
    return tuple(
        ReadProject(own if is_good and own else place, tuple(_read_together(group, year)))
        for place, (own, group) in enumerate(zip(numbers, groups, strict=True), 1)
    )


def _number(text: str) -> int | None:
    bare = re.sub(r"[\s.．、（）()]", "", text)
    if bare.isascii() and bare.isdigit() and 1 <= int(bare) <= _LARGEST:
        return int(bare)
    return chinese(bare) if bare and re.fullmatch(CHINESE, bare) else None


def _read_together(group: Sequence[Task], year: int) -> Iterator[ReadTask]:
    """The tasks of a project; where a row is a part of the one above (其中：…), they are read as one sentence."""
    joined: list[Task] = []
    for task in group:
        if joined and re.match("其中|含|包括|涉及|惠及|共计", task.sentence.strip()):
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
    if not task.amount:
        return task.sentence
    return task.sentence + _in_words(task.amount) + ("" if task.measure in task.amount else task.measure)


def drafted(published: Published, about: About) -> DraftedPlan:
    """The tables of a plan made of a published table."""
    projects = projects_of(published, about.year)
    coded = tuple(one for project in projects for one in _coded(project))
    leads = _Leads(published, projects)
    queries = [*leads.queries(coded), *_queries(coded), *_unplaced(projects)]
    names = tuple(dict.fromkeys(name for project in projects for name in leads.all_of(project)))
    queries += [*_denominators(coded), *_unit_queries(names), *_head_queries(published)]
    tables = {
        TASKS.name: [_task_row(project, leads) for project in projects],
        INDICATORS.name: [_indicator_row(one, coded, leads) for one in coded],
        UNITS.name: [{"单位": name} for name in names],
        STEPS.name: [row for one in coded for row in _step_rows(one, leads)],
        SETTINGS.name: list(_setting_rows(about, coded)),
        QUESTIONS.name: [row | {"编号": str(place)} for place, row in enumerate(_ordered(queries), 1)],
        NUMBERS.name: [row for project in projects for row in _number_rows(project, coded)],
    }
    return DraftedPlan(tables, tuple(_remarks(published, projects)))


def _ordered(queries: Iterable[Row]) -> list[Row]:
    """Those first that have to be answered."""
    return sorted(queries, key=lambda row: row["栏"] not in _BLOCKING or row["表"] not in (INDICATORS.name, TASKS.name))


def _coded(project: ReadProject) -> Iterator[Coded]:
    """The indicators of a project: those that are assessed, gates, texts, each in the order of the words."""
    found = [(task, place, one) for task in project.tasks for place, one in enumerate(task.read.readings)]
    ranked = sorted(found, key=lambda each: _TIERS.index(each[2].tier))
    for count, (task, place, one) in enumerate(ranked, 1):
        yield Coded(code=f"{project.number}-{count}", reading=one, task=task, place=place, project=project)


def _code_of(coded: Sequence[Coded], task: ReadTask, place: int) -> str:
    return next(one.code for one in coded if one.task is task and one.place == place)


class _Leads:
    """Who leads what."""

    def __init__(self, published: Published, projects: Sequence[ReadProject]) -> None:
        self._has_column = any(task.leads.strip() for task in published.tasks)
        self._projects = projects

    def of_task(self, task: Task) -> list[str]:
        """The leads of a task; where the table has no column for them, the first of its units."""
        if task.leads.strip():
            return list(dict.fromkeys(names_of(task.leads)))
        return list(names_of(task.responsible))[:1]

    def of(self, project: ReadProject) -> list[str]:
        return list(dict.fromkeys(name for one in project.tasks for name in self.of_task(one.task)))

    def responsible(self, project: ReadProject) -> list[str]:
        leads = self.of(project)
        found = (name for one in project.tasks for name in names_of(one.task.responsible))
        return [name for name in dict.fromkeys(found) if name not in leads]

    def certifiers(self, project: ReadProject) -> list[str]:
        return list(dict.fromkeys(name for one in project.tasks for name in names_of(one.task.certifiers)))

    def all_of(self, project: ReadProject) -> list[str]:
        return [*self.of(project), *self.responsible(project), *self.certifiers(project)]

    def of_indicator(self, one: Coded) -> str:
        """The lead of an indicator where its project has several: as many sentences as leads are theirs in order."""
        mine, whole = self.of_task(one.task.task), self.of(one.project)
        if len(whole) < 2:
            return ""
        if len(mine) < 2:
            return mine[0] if mine else whole[0]
        sentences = _sentences(one.task)
        place = sentences.index(one.reading.sentence)
        return mine[place] if len(sentences) == len(mine) else mine[0]

    def queries(self, coded: Sequence[Coded]) -> Iterator[Row]:
        """What has to be asked about who leads."""
        if not self._has_column and any(self.of(project) for project in self._projects):
            yield _query(
                TASKS.name, "", "牵头单位", Query("牵头单位", "公布的表没有“牵头单位”一栏，是不是责任单位中的第一个牵头", "", ("第一个牵头", "不是"), "第一个牵头"),
                "不是的，请直接在任务表里改“牵头单位”",
            )
        for project in self._projects:
            if not self.of(project):
                asked = f"“{project.name}”没有写牵头单位"
                yield _query(TASKS.name, str(project.number), "牵头单位", Query("牵头单位", asked, "", ("其他",), ""), "谁填数")
            yield from self._of_sentences([one for one in coded if one.project is project])

    def _of_sentences(self, coded: Sequence[Coded]) -> Iterator[Row]:
        """Which of several leads a sentence belongs to: one question for all that was read from it."""
        asked: dict[tuple[int, int], list[Coded]] = {}
        for one in coded:
            if len(self.of_task(one.task.task)) > 1:
                asked.setdefault((id(one.task), one.reading.sentence), []).append(one)
        for ones in asked.values():
            leads = tuple(self.of_task(ones[0].task.task))
            codes = "、".join(one.code for one in ones)
            words = f"{'、'.join(leads)}都是牵头单位，{codes} 由哪一个牵头"
            query = Query("牵头单位", words, ones[0].reading.quote, leads, self.of_indicator(ones[0]))
            yield _query(INDICATORS.name, codes, "牵头单位", query, "谁填这个数")


def _sentences(task: ReadTask) -> list[int]:
    return sorted({one.sentence for one in task.read.readings})


def _query(table: str, of: str, column: str, query: Query, effect: str) -> Row:
    return {
        "表": table, "对象": of, "栏": column, "问题": query.question, "原句": query.words,
        "选项": "、".join(query.choices), "默认": query.default, "答复": "", "影响": effect,
    }


_EFFECTS = {
    "类型": "填报表里填什么，完成率怎样算", "比较": "怎样算达标", "目标": "完成率", "计量单位": "填报表里的计量单位",
}


def _queries(coded: Sequence[Coded]) -> Iterator[Row]:
    for one in coded:
        for query in one.reading.queries:
            named = query._replace(question=f"{one.code} {one.reading.name}：{query.question}")
            yield _query(INDICATORS.name, one.code, query.column, named, _EFFECTS.get(query.column, ""))


def _unplaced(projects: Sequence[ReadProject]) -> Iterator[Row]:
    """Numbers without a place."""
    for project in projects:
        for task in project.tasks:
            for query in task.read.queries:
                shown = query._replace(default=query.choices[0])
                yield _query(TASKS.name, str(project.number), query.column, shown, "是目标的，请在“指标”表里加一行")


def _denominators(coded: Sequence[Coded]) -> Iterator[Row]:
    for one in coded:
        if one.reading.office_denominator:
            asked = f"{one.code} {one.reading.name}：分母“{one.reading.denominator}”是多少"
            query = Query("分母", asked, one.reading.quote, ("其他",), "")
            yield _query(SETTINGS.name, one.code, "分母", query, "没有的，完成率待核")


def _unit_queries(names: Sequence[str]) -> Iterator[Row]:
    for name in names:
        if is_group(name):
            query = Query("组", f"“{name}”是哪几个单位", "", ("其他", "就是一个单位"), "就是一个单位")
            yield _query(UNITS.name, name, "组", query, "给谁下发")
        elif not is_unit(name):
            query = Query("组", f"“{name}”是不是一个单位", "", ("是一个单位", "其他"), "是一个单位")
            yield _query(UNITS.name, name, "组", query, "给谁下发")
    for one, other in pairs(name for name in names if not is_group(name)):
        query = Query("同一单位", f"“{one}”和“{other}”是不是同一个单位", "", (other, "不是"), "不是")
        yield _query(UNITS.name, one, "同一单位", query, "是的，下发一份表，数合在一起")


def _head_queries(published: Published) -> Iterator[Row]:
    """Columns whose head is not known: asked, not dropped."""
    used = {head for task in published.tasks for head, text in task.more if text.strip()}
    for head, column in published.heads:
        if not column and head in used:
            query = Query("数", f"不认识表头“{head}”，这一栏记在备注里了", "", ("记在备注里", "其他"), "记在备注里")
            yield _query(TASKS.name, "", "数", query, "这一栏是指标或单位的，请填到相应的栏里")


def _task_row(project: ReadProject, leads: _Leads) -> Row:
    tasks = [one.task for one in project.tasks]

    def said_of(texts: Iterable[str]) -> str:
        return "；".join(dict.fromkeys(text.strip() for text in texts if text.strip()))

    remarks = [task.remark for task in tasks] + [
        f"{head}：{text}" for task in tasks for head, text in task.more if text.strip()
    ]
    return {
        "序号": str(project.number), "项目": project.name, "指标任务": "\n".join(task.sentence for task in tasks),
        "牵头单位": "、".join(leads.of(project)), "责任单位": "、".join(leads.responsible(project)),
        "认定单位": "、".join(leads.certifiers(project)), "分管领导": said_of(task.leader for task in tasks),
        "完成时限": said_of(task.deadline for task in tasks), "备注": said_of(remarks),
    }


def _indicator_row(one: Coded, coded: Sequence[Coded], leads: _Leads) -> Row:
    reading = one.reading
    parent = _code_of(coded, one.task, reading.parent) if reading.parent is not None else ""
    return {
        "编码": one.code, "类别": reading.tier.value, "项目": str(one.project.number), "指标": reading.name,
        "原文": reading.quote, "类型": reading.kind.value, "计量单位": reading.measure,
        "小数位": str(reading.decimals) if reading.kind in (Kind.CUMULATIVE, Kind.STOCK, Kind.RATIO) else "",
        "比较": reading.comparator.value, "目标": _target(reading), "序时规则": reading.pace_rule.value,
        "权重": _weight(reading), "完成时限": reading.deadline.isoformat() if reading.deadline else "",
        "分子": reading.numerator, "分母": reading.denominator, "分母来源": _source(reading), "上级指标": parent,
        "推导自": "、".join(_code_of(coded, one.task, place) for place in reading.derived_from),
        "牵头单位": leads.of_indicator(one), "分子含于分母": "是" if reading.contained else "",
        "口径": reading.definition,
    }


def _target(reading: ReadIndicator) -> str:
    if reading.kind is Kind.MILESTONE:
        return "是" if reading.target is not None else ""
    return "" if reading.target is None else said(reading.target, reading.kind is Kind.RATIO)


def _weight(reading: ReadIndicator) -> str:
    return plain(rounded(reading.weight, 4)) if reading.tier is Tier.ASSESSED else ""


def _source(reading: ReadIndicator) -> str:
    if reading.kind is not Kind.RATIO:
        return ""
    return "办公室核定" if reading.office_denominator else "单位填报"


def _step_rows(one: Coded, leads: _Leads) -> Iterator[Row]:
    lead = leads.of_indicator(one) or next(iter(leads.of(one.project)), "")
    for month, part in sorted(one.reading.steps):
        yield {
            "指标编码": one.code, "月份": str(month), "应完成": said(rounded(part, 4), is_share=True), "依据": _BY_PAPER,
            "确认单位": lead,
        }


def _setting_rows(about: About, coded: Sequence[Coded]) -> Iterator[Row]:
    yield {"参数": "地区", "值": about.region}
    yield {"参数": "标题", "值": about.title}
    yield {"参数": "年度", "值": str(about.year)}
    yield {"参数": "频次", "值": "月"}
    yield {"参数": "报送日", "值": "5"}
    for one in coded:
        if one.reading.office_denominator:
            words = f"{one.reading.name}：{one.reading.denominator}，由办公室核定一次"
            yield {"参数": "分母", "对象": one.code, "值": "", "说明": words}
    for one in coded:
        is_ratio = one.reading.kind is Kind.RATIO and one.reading.pace_rule is PaceRule.STEPS
        if one.reading.tier is Tier.ASSESSED and (one.reading.kind is Kind.STOCK or is_ratio):
            words = f"{one.reading.name}：{'年初的比例，如 45%' if is_ratio else '上年末的数'}"
            yield {"参数": "年初数", "对象": one.code, "值": "", "说明": words}


def _number_rows(project: ReadProject, coded: Sequence[Coded]) -> Iterator[Row]:
    for task in project.tasks:
        for one in task.read.numbers:
            codes = "、".join(_code_of(coded, task, place) for place in one.readings)
            yield {
                "项目": str(project.number), "数": one.text, "原句": _clause(task.text, one), "归属": _use(one, codes),
            }


def _use(one: Number, codes: str) -> str:
    if one.use is Use.TARGET:
        return f"{codes} 的目标"
    if one.use is Use.STEP:
        return f"{codes} 的时间节点" + (f"（{one.words}）" if one.words else "")
    return f"{one.use.value}（{one.words}）" if one.words else one.use.value


def _clause(text: str, one: Number) -> str:
    """The clause that a number stands in."""
    begin = max(text.rfind(sign, 0, one.start) for sign in "，。；\n") + 1
    ends = [place for sign in "，。；\n" if (place := text.find(sign, one.start + len(one.text))) >= 0]
    return text[begin:min(ends, default=len(text))].strip()


def _remarks(published: Published, projects: Sequence[ReadProject]) -> Iterator[str]:
    yield from published.remarks
    if [_number(one.tasks[0].task.number) for one in projects] != [one.number for one in projects]:
        yield f"公布的序号有空缺、重复或者没有写，已按先后编为 1 到 {len(projects)}。"
