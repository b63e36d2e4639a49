"""The questions about a plan that was read, as rows of 待确认."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from minsheng_xl.plan.model import LEFT_BLANK
from minsheng_xl.plan.tables import INDICATORS, SETTINGS, TASKS, UNITS
from minsheng_xl.published.paper import Published
from minsheng_xl.published.projects import Coded, ReadProject
from minsheng_xl.published.sentence import Query
from minsheng_xl.published.units import is_group, is_unit, pairs

Row = dict[str, str]
_BLOCKING = ("目标", "比较", "计量单位", "类型", "牵头单位")


def ordered(queries: Iterable[Row]) -> list[Row]:
    """Those first that have to be answered."""
    return sorted(queries, key=lambda row: row["栏"] not in _BLOCKING or row["表"] not in (INDICATORS.name, TASKS.name))


def asked_row(table: str, of: str, query: Query, effect: str) -> Row:
    """A question as a row: about which table and row, and what it would change."""
    return {
        "表": table, "对象": of, "栏": query.column, "问题": query.question, "原句": query.words,
        "选项": "、".join(query.choices), "默认": query.default, "答复": "", "影响": effect,
    }


_EFFECTS = {
    "类型": "填报表里填什么，完成率怎样算", "比较": "怎样算达标", "目标": "完成率", "计量单位": "填报表里的计量单位",
}


def of_indicators(coded: Sequence[Coded]) -> Iterator[Row]:
    for one in coded:
        for query in one.reading.queries:
            named = query._replace(question=f"{one.code} {one.reading.name}：{query.question}")
            yield asked_row(INDICATORS.name, one.code, named, _EFFECTS.get(query.column, ""))


def of_numbers(projects: Sequence[ReadProject]) -> Iterator[Row]:
    """Numbers without a place."""
    for project in projects:
        for task in project.tasks:
            for query in task.read.queries:
                shown = query._replace(default=query.choices[0])
                yield asked_row(TASKS.name, str(project.number), shown, "是目标的，请在“指标”表里加一行")


def of_denominators(coded: Sequence[Coded]) -> Iterator[Row]:
    for one in coded:
        if one.reading.office_denominator:
            asked = f"{one.code} {one.reading.name}：分母“{one.reading.denominator}”是多少"
            query = Query("分母", asked, one.reading.quote, ("其他",), LEFT_BLANK)
            yield asked_row(SETTINGS.name, one.code, query, "没有的，完成率待核")


def of_units(names: Sequence[str], tabs: Mapping[str, str]) -> Iterator[Row]:
    """Groups, words that are no unit's name, pairs that may be one, and short names that were made."""
    for name in names:
        if is_group(name):
            words = f"“{name}”是哪几个单位（选“其他”的，直接写上各单位的名称，用 、 分开）"
            query = Query("组", words, "", ("其他", "就是一个单位"), "就是一个单位")
            yield asked_row(UNITS.name, name, query, f"写了的，每个单位发一份；没有写的，只有一份“{name}”，不催、不点名")
        elif not is_unit(name):
            query = Query("组", f"“{name}”是不是一个单位", "", ("是一个单位", "其他"), "是一个单位")
            yield asked_row(UNITS.name, name, query, "给谁下发")
    for one, other in pairs(name for name in names if not is_group(name)):
        query = Query("同一单位", f"“{one}”和“{other}”是不是同一个单位", "", (other, "不是"), "不是")
        yield asked_row(UNITS.name, one, query, f"选“{other}”就是同一个，只发一份表；不是的，各发一份")
    for name, tab in tabs.items():
        words = f"“{name}”不能作工作表和文件的名称（太长、有 : * ? / 一类的符号或者重名），用哪个短名"
        yield asked_row(UNITS.name, name, Query("表名", words, "", (tab, "其他"), tab), "工作表和填报表文件叫什么")


def of_heads(published: Published) -> Iterator[Row]:
    """Columns whose head is not known: asked, not dropped."""
    more = chain.from_iterable(task.more for task in published.tasks)
    used = {head for head, text in more if text.strip()}
    for head, column in published.heads:
        if not column and head in used:
            query = Query("数", f"不认识表头“{head}”，这一栏记在备注里了", "", ("记在备注里", "其他"), "记在备注里")
            yield asked_row(TASKS.name, "", query, "这一栏是指标或单位的，请填到相应的栏里")


