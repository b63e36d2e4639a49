"""Versions of the plan: what changed from one to the next, from when on each change counts, which plan a period has.

What moves figures is compared field by field, as the records hold it: a blank that stands for a default is a value.
The rest (names in words, telephones, thresholds) holds for every period that is open, as soon as it is written.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

from minsheng_xl.exact.numbers import plain
from minsheng_xl.plan.model import Comparator, Event, EventKind, Indicator, Kind, Plan, Project, Tier, Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tables import CHANGES, INDICATORS, TASKS, names_in


class ChangeKind(Enum):
    """Whether a change counts from a period on, or corrects a slip in every period that is open."""

    ADJUSTED = "调整"
    CORRECTED = "更正"


class Difference(NamedTuple):
    """What two versions differ in: the column of a row, or with column "" the row itself, which then was or is 有."""

    table: str
    row: str
    column: str
    was: str
    now: str

    @property
    def of_row(self) -> bool:
        return self.column == ""


class PlanChange(NamedTuple):
    """A difference with its beginning: `begins` is None where it corrects a slip."""

    difference: Difference
    kind: ChangeKind
    begins: Period | None = None
    document: str = ""
    basis: str = ""


class Answer(NamedTuple):
    """A row of 变更记录: the number of a change, and what the office says of it."""

    number: int
    begins: str
    corrects: str
    document: str
    basis: str


def answers_in(plan: Plan) -> Iterator[Answer]:
    """What stands in 变更记录 beside the numbers of changes."""
    for row in plan.tables.get(CHANGES.name, ()):
        number, begins = (unicodedata.normalize("NFKC", row[title]).strip() for title in ("编号", "起始期次"))
        if number.isascii() and number.isdecimal():
            yield Answer(
                number=int(number), begins=begins, corrects=row["更正"], document=row["文号"], basis=row["依据"],
            )


class Version(NamedTuple):
    """A version of the plan, and how it came of the one before."""

    plan: Plan
    changes: tuple[PlanChange, ...] = ()


THERE = "有"
FIELDS: Mapping[str, str] = {
    "类别": "tier", "项目": "project", "类型": "kind", "计量单位": "unit_of_measure", "小数位": "decimals",
    "比较": "comparator", "目标": "target", "序时规则": "pace_rule", "权重": "weight", "完成时限": "deadline",
    "分子": "numerator", "分母": "denominator", "分母来源": "office_denominator", "核定分母": "fixed_denominator",
    "分子含于分母": "contained", "上级指标": "parent", "推导自": "derived_from", "牵头单位": "lead", "填数单位": "filler",
    "分解数": "shares", "口径期间": "span", "口径": "definition", "序时": "steps", "年初数": "opening",
}
"""The fields of an indicator that move figures, by the column that the office knows them by."""
PROJECT_FIELDS: Mapping[str, str] = {
    "牵头单位": "leads", "责任单位": "responsible", "认定单位": "certifiers", "资金": "asks_funding",
}
_FREE = ("name", "quote", "leader", "pause_document", "paused_from", "resumed_from", "exemption")
"""The fields of an indicator that hold for every open period: words, and what names its own periods."""
_FREE_OF_PROJECT = ("name", "task")
_FIRST_TOLD = frozenset(("核定分母", "年初数", "序时", "完成时限"))
"""The columns in which a blank is no value: to fill it in corrects."""


def differences(before: Plan, after: Plan) -> list[Difference]:
    """What moves figures and differs, in the order of the tables of the later version."""
    rows = {one.code: one for one in _called_as_in(after, before.indicators)}
    projects = {one.no: one for one in _projects_called_as_in(after, before.projects)}
    return [
        *_of_table(TASKS.name, projects, {one.no: one for one in after.projects}, PROJECT_FIELDS),
        *_of_table(INDICATORS.name, rows, {one.code: one for one in after.indicators}, FIELDS),
    ]


def _of_table(
    table: str, before: Mapping[Any, Any], after: Mapping[Any, Any], fields: Mapping[str, str]
) -> Iterator[Difference]:
    for row, now in after.items():
        was = before.get(row)
        if was is None:
            yield Difference(table, str(row), "", "", THERE)
            continue
        for column, field in fields.items():
            if getattr(was, field) != getattr(now, field):
                yield Difference(table, str(row), column, in_words(was, field), in_words(now, field))
    for row in before:
        if row not in after:
            yield Difference(table, str(row), "", THERE, "")


def in_words(record: Any, field: str) -> str:
    """A field of an indicator or a project in words, as the office wrote it."""
    value = getattr(record, field)
    in_percent = field in ("target", "opening") and record.kind is Kind.RATIO
    if field == "office_denominator":
        return "办公室核定" if value else "单位填报"
    if field == "steps":
        return "；".join(f"{month}月 {_share(share)}" for month, share in value)
    return _words(value, in_percent=in_percent)


def _words(value: Any, *, in_percent: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, Fraction):
        return _percent(value) if in_percent else plain(value)
    if isinstance(value, tuple):
        return "、".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _share(share: Fraction) -> str:
    """A share of the target, exactly: 50%, 6/7."""
    text = _percent(share)
    return text if _number(text) == share else f"{share.numerator}/{share.denominator}"


def _percent(share: Fraction) -> str:
    return f"{plain(share * 100)}%"


def first_free(periods: Sequence[Period], went_out: Iterable[Period]) -> Period:
    """The first period whose forms have not gone out; the last of the year where all have."""
    last = max(went_out, default=None)
    return next((period for period in periods if last is None or period > last), periods[-1])


def with_beginning(difference: Difference, before: Plan, after: Plan, went_out: Sequence[Period]) -> PlanChange:
    """A difference with the beginning that it has unless the office says otherwise.

    Source: 变更 where it names one; a blank filled in, and what is changed before any form of the year has gone out,
    corrects; else it is valid from the first period whose forms have not gone out.
    """
    event = event_of(difference, after)
    free = first_free(after.periods, went_out)
    if event is not None:
        return PlanChange(difference, ChangeKind.ADJUSTED, event.begins or free, event.document)
    is_first_told = difference.column in _FIRST_TOLD and not difference.was
    if is_first_told or not went_out:
        return PlanChange(difference, ChangeKind.CORRECTED)
    return PlanChange(difference, ChangeKind.ADJUSTED, free)


def event_of(difference: Difference, after: Plan) -> Event | None:
    """The row of 变更 that says what happened; the last, where it happened more than once."""
    return next((event for event in reversed(after.before.events) if _tells(event, difference, after)), None)


def _tells(event: Event, difference: Difference, after: Plan) -> bool:
    if event.kind is EventKind.HANDED_OVER:
        return _tells_handover(event, difference, after)
    if difference.table != INDICATORS.name or not difference.of_row:
        return False
    if difference.now:
        is_new = event.kind is EventKind.ADDED and event.of == difference.row
        return is_new or (event.kind in (EventKind.MERGED, EventKind.SPLIT) and difference.row in event.into)
    return event.kind in (EventKind.ENDED, EventKind.MERGED, EventKind.SPLIT) and event.of == difference.row


def _tells_handover(event: Event, difference: Difference, after: Plan) -> bool:
    """Whether a row is now with the unit to which the event gave it, or a project is led by that unit."""
    code, new = after.code_here(event.of), [after.canonical(name) for name in event.into]
    if difference.table == INDICATORS.name:
        return difference.column in ("填数单位", "牵头单位") and code == difference.row and difference.now in new
    leads = set(names_in(difference.now)) - set(names_in(difference.was))
    is_its_project = after.has_indicator(code) and str(after.indicator(code).project) == difference.row
    return difference.column == "牵头单位" and is_its_project and not leads.isdisjoint(new)


def makes_easier(difference: Difference, indicator: Indicator | None) -> bool:
    """Whether a change asks less of who reports: a lower target, a later deadline, no longer assessed."""
    if difference.table != INDICATORS.name or indicator is None:
        return False
    if difference.of_row:
        return not difference.now
    if difference.column == "目标":
        rises = _number(difference.now) > _number(difference.was)
        return rises if indicator.comparator is Comparator.AT_MOST else not rises
    if difference.column == "完成时限":
        return not difference.now or (bool(difference.was) and difference.now > difference.was)
    return difference.column == "类别" and difference.was == Tier.ASSESSED.value


def _number(text: str) -> Fraction:
    bare = text.removesuffix("%")
    return Fraction(bare) / (100 if text.endswith("%") else 1) if bare else Fraction(0)


class _PeriodRows:
    """The rows of a period's plan on the way through the versions, called as in `present`."""

    def __init__(self, period: Period, first: Plan, present: Plan) -> None:
        self._period, self._present = period, present
        self.rows = {one.code: one for one in _called_as_in(present, first.indicators)}
        self.projects = {one.no: one for one in _projects_called_as_in(present, first.projects)}
        self.order = list(self.rows)
        self._every_project = dict(self.projects)

    def take(self, version: Version) -> None:
        """Take what of a version's changes counts in the period."""
        indicators = {one.code: one for one in _called_as_in(self._present, version.plan.indicators)}
        projects = {one.no: one for one in _projects_called_as_in(self._present, version.plan.projects)}
        self._every_project |= projects
        for change in version.changes:
            row = change.difference.row
            if change.difference.table == TASKS.name:
                self._change(self.projects, int(row), projects, change, PROJECT_FIELDS)
            else:
                self._change(self.rows, self._present.code_here(row), indicators, change, FIELDS)
        self._place(list(indicators))

    def _change(
        self, rows: dict[Any, Any], row: Any, there: Mapping[Any, Any], change: PlanChange, fields: Mapping[str, str]
    ) -> None:
        difference, mine = change.difference, rows.get(row)
        if not self._counts(change, mine, fields):
            return
        if difference.of_row and not difference.now:
            rows.pop(row, None)
        elif difference.of_row:
            rows[row] = there[row]
        elif mine is not None and row in there:
            field = fields[difference.column]
            rows[row] = mine._replace(**{field: getattr(there[row], field)})

    def _counts(self, change: PlanChange, mine: Any, fields: Mapping[str, str]) -> bool:
        """A correction counts wherever what it corrects stands; the rest from its beginning on."""
        if change.begins is not None:
            return change.begins <= self._period
        difference = change.difference
        if difference.of_row:
            return (mine is None) == bool(difference.now)
        return mine is not None and in_words(mine, fields[difference.column]) == difference.was

    def _place(self, codes: Sequence[str]) -> None:
        """Keep the order of the later version, with what it lacks behind what stood before it."""
        merged = list(codes)
        for number, code in enumerate(self.order):
            if code not in merged:
                before = next((one for one in reversed(self.order[:number]) if one in merged), None)
                merged.insert(merged.index(before) + 1 if before is not None else 0, code)
        self.order = merged

    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(self._worded(self._related(self.rows[code])) for code in self.order if code in self.rows)

    def _related(self, row: Indicator) -> Indicator:
        """A row that leans only on rows of the period: what belongs together may begin at different times."""
        sources = tuple(code for code in row.derived_from if code in self.rows)
        return row._replace(parent=row.parent if row.parent in self.rows else "", derived_from=sources)

    def _worded(self, row: Indicator) -> Indicator:
        if not self._present.has_indicator(row.code):
            return row
        now = self._present.indicator(row.code)
        return row._replace(**{field: getattr(now, field) for field in _FREE})

    def all_projects(self) -> tuple[Project, ...]:
        worded = {one.no: one for one in self._present.projects}
        found = []
        needed = {row.project: self._every_project[row.project] for row in self.rows.values()}
        for no, project in (needed | self.projects).items():
            now = worded.get(no, project)
            words = {field: getattr(now, field) for field in _FREE_OF_PROJECT}
            found.append(_with_each_once(project)._replace(**words))
        return tuple(sorted(found, key=_project_number))


def _with_each_once(project: Project) -> Project:
    """A project in which a unit has one role, the first of several."""
    responsible = tuple(name for name in project.responsible if name not in project.leads)
    taken = (*project.leads, *responsible)
    return project._replace(
        responsible=responsible, certifiers=tuple(name for name in project.certifiers if name not in taken)
    )


def _project_number(project: Project) -> int:
    return project.no


def valid_in(period: Period, versions: Sequence[Version], present: Plan) -> Plan:
    """The plan of an open period, its units and indicators called as in `present`, which is the last of the versions.

    It is `present` itself where everything that was changed counts.
    """
    changes = chain.from_iterable(one.changes for one in versions)
    if not any(change.begins is not None and change.begins > period for change in changes):
        return present
    walk = _PeriodRows(period, versions[0].plan, present)
    for version in versions[1:]:
        walk.take(version)
    return of_parts(present, walk.indicators(), walk.all_projects(), [one.plan for one in versions])


def called_as_in(present: Plan, plan: Plan) -> Plan:
    """A plan with its units and indicators called as in another, which it is where they are the same."""
    indicators = tuple(_called_as_in(present, plan.indicators))
    projects = tuple(_projects_called_as_in(present, plan.projects))
    return of_parts(present, indicators, projects, [plan], plan)


def of_parts(
    present: Plan, indicators: tuple[Indicator, ...], projects: tuple[Project, ...], earlier: Sequence[Plan],
    settings_of: Plan | None = None,
) -> Plan:
    """A plan with the units of `present`, and those that only an earlier one knows; `present` where it is the same."""
    settings = (settings_of or present).settings
    units = (*present.units, *_only_known_before(present, indicators, projects, earlier))
    if (settings, projects, indicators, units) == (
        present.settings, present.projects, present.indicators, present.units
    ):
        return present
    return present.having(settings=settings, projects=projects, indicators=indicators, units=units)


def _only_known_before(
    present: Plan, indicators: Iterable[Indicator], projects: Iterable[Project], earlier: Sequence[Plan]
) -> Iterator[Unit]:
    of_rows = ((one.lead, one.filler, *one.shares) for one in indicators)
    of_projects = ((*one.leads, *one.responsible, *one.certifiers) for one in projects)
    known = {unit.name: unit for unit in chain.from_iterable(plan.units for plan in earlier)}
    for name in dict.fromkeys(chain.from_iterable(chain(of_rows, of_projects))):
        if present.canonical(name) is None and name in known:
            yield known[name]


def _called_as_in(plan: Plan, indicators: Iterable[Indicator]) -> Iterator[Indicator]:
    """Indicators with the codes and units as they are called in a plan."""
    unit, code = plan.name_here, plan.code_here
    for one in indicators:
        yield one._replace(
            code=code(one.code), parent=code(one.parent) if one.parent else "",
            derived_from=tuple(map(code, one.derived_from)), lead=unit(one.lead), filler=unit(one.filler),
            shares=tuple(map(unit, one.shares)),
        )


def _projects_called_as_in(plan: Plan, projects: Iterable[Project]) -> Iterator[Project]:
    unit = plan.name_here
    for one in projects:
        yield one._replace(
            leads=_each_once(map(unit, one.leads)), responsible=_each_once(map(unit, one.responsible)),
            certifiers=_each_once(map(unit, one.certifiers)),
        )


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def knowing(plan: Plan, later: Plan) -> Plan:
    """An earlier plan that knows the names and codes which a later one gives its units and indicators."""
    names: dict[str, str] = {}
    for unit in later.units:
        spellings = [unit.name, *unit.aliases, *later.former_names(unit.name)]
        here = next((found for text in spellings if (found := plan.canonical(text)) is not None), None)
        if here is not None:
            names |= {text: here for text in spellings if plan.canonical(text) is None}
    codes = {now: was for was, now in later.before.codes.items() if plan.has_indicator(was)}
    codes = {now: was for now, was in codes.items() if not plan.has_indicator(now)}
    return plan.after(plan.before.and_more(codes, names)) if names or codes else plan
