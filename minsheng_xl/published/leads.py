"""Who leads what in a published table, and what has to be asked about it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from minsheng_xl.plan.answers import NOT_YET
from minsheng_xl.plan.model import OTHER
from minsheng_xl.plan.tables import INDICATORS, TASKS
from minsheng_xl.published.asked import Row, asked_row
from minsheng_xl.published.paper import Published, Task
from minsheng_xl.published.projects import Coded, ReadProject
from minsheng_xl.published.sentence import Query
from minsheng_xl.published.units import is_group, names_of

_LEAD = "牵头单位"
_FIRST, _MENDED = "第一个牵头", "已在任务表里逐个改好"
_LONGEST_QUOTE, _MOST_CHOICES = 120, 8


class Leads:
    """Who leads what."""

    def __init__(self, published: Published, projects: Sequence[ReadProject]) -> None:
        self._has_column = any(task.leads.strip() for task in published.tasks)
        self._projects = projects

    def of_task(self, task: Task) -> list[str]:
        """The leads of a task; where none is written, the first of its units."""
        return list(dict.fromkeys(names_of(task.leads))) or list(names_of(task.responsible))[:1]

    def of(self, project: ReadProject) -> list[str]:
        """The leads of a project; where it names no unit at all, the one that stands for it until it is known."""
        return self._written(project) or [NOT_YET]

    def _written(self, project: ReadProject) -> list[str]:
        return _once(self.of_task(one.task) for one in project.tasks)

    def responsible(self, project: ReadProject) -> list[str]:
        leads = self.of(project)
        found = _once(names_of(one.task.responsible) for one in project.tasks)
        return [name for name in found if name not in leads]

    def certifiers(self, project: ReadProject) -> list[str]:
        return _once(names_of(one.task.certifiers) for one in project.tasks)

    def all_of(self, project: ReadProject) -> list[str]:
        return [*self.of(project), *self.responsible(project), *self.certifiers(project)]

    def of_indicator(self, one: Coded) -> str:
        """The lead of an indicator where its project has several: as many sentences as leads are theirs in order."""
        mine, whole = self.of_task(one.task.task), self.of(one.project)
        if len(whole) < 2:
            return ""
        if len(mine) < 2:
            return mine[0] if mine else whole[0]
        sentences = sorted({each.sentence for each in one.task.read.readings})
        place = sentences.index(one.reading.sentence)
        return mine[place] if len(sentences) == len(mine) else mine[0]

    def queries(self, coded: Sequence[Coded]) -> Iterator[Row]:
        """What has to be asked about who leads."""
        if not self._has_column and any(self._written(project) for project in self._projects):
            words = "公布的表没有“牵头单位”一栏，是不是责任单位中的第一个牵头"
            effect = "谁填数；不是的，先在任务表里改“牵头单位”，再选“已在任务表里逐个改好”"
            yield asked_row(TASKS.name, "", Query(_LEAD, words, "", (_FIRST, _MENDED), _FIRST), effect)
        for project in self._projects:
            yield from self._of_project(project)
            yield from self._of_sentences([one for one in coded if one.project is project])

    def _of_project(self, project: ReadProject) -> Iterator[Row]:
        """Who leads a project that names no lead, or a group of units as one."""
        leads = self.of(project)
        groups = [name for name in leads if is_group(name)]
        effect, choices = "谁填数", self._may_lead(project)
        if leads == [NOT_YET]:
            words, choices = f"“{project.name}”没有写牵头单位，也没有写责任单位，由谁牵头", (OTHER,)
            effect = f"谁填数；照默认的，表上写“{NOT_YET}”，由办公室转交"
        elif groups:
            words = f"“{project.name}”由“{'、'.join(groups)}”牵头，是几个单位；由其中哪一个填数"
            choices = (*leads, OTHER) if len(leads) == 1 else (OTHER,)
        elif self._has_column and not _once(names_of(one.task.leads) for one in project.tasks):
            words = f"“{project.name}”没有写牵头单位，是不是第一个责任单位牵头"
        else:
            return
        quote = " ".join(one.task.sentence for one in project.tasks)[:_LONGEST_QUOTE]
        query = Query(_LEAD, words, quote, choices, "、".join(leads))
        yield asked_row(TASKS.name, str(project.number), query, effect)

    def _may_lead(self, project: ReadProject) -> tuple[str, ...]:
        """The units that may lead, so many as a drop-down shows well, and any other."""
        return (*[*self.of(project), *self.responsible(project)][:_MOST_CHOICES], OTHER)

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
            query = Query(_LEAD, words, ones[0].reading.quote, leads, self.of_indicator(ones[0]))
            yield asked_row(INDICATORS.name, codes, query, "谁填这个数")


def _once(groups: Iterable[Iterable[str]]) -> list[str]:
    """The names of several lists, each once."""
    return list(dict.fromkeys(chain.from_iterable(groups)))
