"""A published table made into the tables of a plan, with questions and the place of every number.

What the words decide stands in its cell; what they leave open stands there as the default, and is a row of 待确认.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from minsheng_xl.exact.numbers import plain, rounded
from minsheng_xl.plan.answers import NOT_YET
from minsheng_xl.plan.model import Kind, PaceRule, TextDuty, Tier
from minsheng_xl.plan.names import LONGEST_NAME
from minsheng_xl.plan.tables import INDICATORS, NUMBERS, QUESTIONS, SETTINGS, STEPS, TASKS, UNITS
from minsheng_xl.published import asked
from minsheng_xl.published.asked import Row
from minsheng_xl.published.leads import Leads
from minsheng_xl.published.making import said
from minsheng_xl.published.paper import Published
from minsheng_xl.published.projects import Coded, ReadProject, coded_in, number_of, projects_of, sentence_shown
from minsheng_xl.published.sentence import Number, ReadIndicator, Use, clause_at
from minsheng_xl.published.units import is_group, tab_names

_BY_PAPER = "公布的任务表"
_LAST = 12


Codes = dict[tuple[int, int], str]
"""The code of each indicator by its task and its place there."""


class About(NamedTuple):
    """What year and place a plan is for."""

    year: int
    region: str
    title: str


class DraftedPlan(NamedTuple):
    """Rows of 计划.xlsx by table, and in sentences what is to be told once."""

    tables: dict[str, list[Row]]
    remarks: tuple[str, ...]


def drafted(published: Published, about: About) -> DraftedPlan:
    """The tables of a plan made of a published table."""
    projects = projects_of(published, about.year)
    coded = tuple(chain.from_iterable(map(coded_in, projects)))
    codes = {(id(one.task), one.place): one.code for one in coded}
    leads = Leads(published, projects)
    names = tuple(dict.fromkeys(chain.from_iterable(map(leads.all_of, projects))))
    tabs = tab_names(names)
    queries = [*leads.queries(coded), *asked.of_indicators(coded), *asked.of_numbers(projects)]
    known = [name for name in names if name != NOT_YET]
    queries += [*asked.of_denominators(coded), *asked.of_units(known, tabs), *asked.of_heads(published)]
    tables = {
        TASKS.name: [_task_row(project, leads) for project in projects],
        INDICATORS.name: [_indicator_row(one, codes, leads) for one in coded],
        UNITS.name: [_unit_row(name, tabs.get(name, "")) for name in names],
        STEPS.name: list(chain.from_iterable(_step_rows(one, leads) for one in coded)),
        SETTINGS.name: list(_setting_rows(about, coded)),
        QUESTIONS.name: [row | {"编号": str(place)} for place, row in enumerate(asked.ordered(queries), 1)],
        NUMBERS.name: list(chain.from_iterable(_number_rows(project, codes) for project in projects)),
    }
    return DraftedPlan(tables, (*_remarks(published, projects), *_falling(coded)))


def _task_row(project: ReadProject, leads: Leads) -> Row:
    tasks = project.published

    def said_of(texts: Iterable[str]) -> str:
        return "；".join(dict.fromkeys(text.strip() for text in texts if text.strip()))

    remarks = [task.remark for task in tasks] + [task.section for task in tasks]
    for task in tasks:
        remarks += [f"{head}：{text}" for head, text in task.more if text.strip()]
    return {
        "序号": str(project.number), "项目": project.name, "指标任务": "\n".join(map(sentence_shown, tasks)),
        "牵头单位": "、".join(leads.of(project)), "责任单位": "、".join(leads.responsible(project)),
        "认定单位": "、".join(leads.certifiers(project)), "分管领导": said_of(task.leader for task in tasks),
        "完成时限": said_of(task.deadline for task in tasks), "备注": said_of(remarks),
    }


def _unit_row(name: str, tab: str) -> Row:
    """A unit; a group of several is neither asked for its return nor named beside units."""
    row = {"单位": name, "表名": tab}
    if len(name) > LONGEST_NAME:
        row |= {"单位": name[:LONGEST_NAME], "别名": name}
    return row | {"文字报送": TextDuty.WHEN_DUE.value, "通报列名": "否"} if is_group(name) else row


def _indicator_row(one: Coded, codes: Codes, leads: Leads) -> Row:
    reading = one.reading
    parent = codes[id(one.task), reading.parent] if reading.parent is not None else ""
    return {
        "编码": one.code, "类别": reading.tier.value, "项目": str(one.project.number), "指标": reading.name,
        "原文": reading.quote, "类型": reading.kind.value, "计量单位": reading.measure,
        "小数位": str(reading.decimals) if reading.kind in (Kind.CUMULATIVE, Kind.STOCK, Kind.RATIO) else "",
        "比较": reading.comparator.value, "目标": _target(reading), "序时规则": reading.pace_rule.value,
        "权重": _weight(reading), "完成时限": reading.deadline.isoformat() if reading.deadline else "",
        "分子": reading.numerator, "分母": reading.denominator, "分母来源": _source(reading), "上级指标": parent,
        "推导自": "、".join(codes[id(one.task), place] for place in reading.derived_from),
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


def _step_rows(one: Coded, leads: Leads) -> Iterator[Row]:
    lead = leads.of_indicator(one) or next(iter(leads.of(one.project)), "")
    for month, part in _rising(one.reading.steps):
        yield {
            "指标编码": one.code, "月份": str(month), "应完成": said(rounded(part, 4), is_share=True), "依据": _BY_PAPER,
            "确认单位": lead,
        }


def _falling(coded: Sequence[Coded]) -> Iterator[str]:
    """That an indicator is to have less done at a later step than at an earlier one, of which that one is kept."""
    for one in coded:
        parts = [part for _, part in sorted(one.reading.steps)]
        if parts != sorted(parts):
            yield f"{one.code} {one.reading.name}：后面的时间节点比前面的小，像是各段的数，“序时”里只留了后面的，请核对。"


def _rising(steps: Iterable[tuple[int, Fraction]]) -> list[tuple[int, Fraction]]:
    """Steps in order that never fall and end with the whole, by the year's end where the words say no earlier month."""
    found = sorted(steps)
    if found and found[-1][1] < 1:
        found = [*(step for step in found if step[0] < _LAST), (_LAST, Fraction(1))]
    kept: list[tuple[int, Fraction]] = []
    for step in reversed(found):
        if not kept or step[1] <= kept[-1][1]:
            kept.append(step)
    return kept[::-1]


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


def _number_rows(project: ReadProject, codes: Codes) -> Iterator[Row]:
    for task in project.tasks:
        for one in task.read.numbers:
            mine = "、".join(codes[id(task), place] for place in one.readings)
            quote = clause_at(task.text, one.start, one.start + len(one.text))
            yield {"项目": str(project.number), "数": one.text, "原句": quote, "归属": _use(one, mine)}


def _use(one: Number, codes: str) -> str:
    if one.use is Use.TARGET:
        return f"{codes} 的目标"
    if one.use is Use.STEP:
        return f"{codes} 的时间节点" + (f"（{one.words}）" if one.words else "")
    return f"{one.use.value}（{one.words}）" if one.words else one.use.value


def _remarks(published: Published, projects: Sequence[ReadProject]) -> Iterator[str]:
    yield from published.remarks
    if [number_of(one.published[0].number) for one in projects] != [one.number for one in projects]:
        yield f"公布的序号有空缺、重复或者没有写，已按先后编为 1 到 {len(projects)}。"
