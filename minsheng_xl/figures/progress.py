"""The Python twin: progress of indicators, projects and the county, in exact rationals.

It evaluates the very definitions whose formulas stand in the sheets.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from minsheng_xl.exact.expressions import Const, Expr, Range, Value, signed
from minsheng_xl.exact.numbers import fixed
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import BY_LABEL, Columns, Operands, Status, Tally, Terms
from minsheng_xl.figures.remarks import missing
from minsheng_xl.plan.model import Indicator, Kind, Plan, Project
from minsheng_xl.plan.period import Period


class Entry(NamedTuple):
    """What was reported of one indicator, as the cells of a form hold it.

    A Fraction is a figure, 是/否 a milestone, any other text a doubtful figure, None a blank.
    For ratios only `numerator` and `denominator` (unless the office fixed it) are read.
    """

    reported: Value = None
    numerator: Value = None
    denominator: Value = None


class IndicatorProgress(NamedTuple):
    """Where one indicator stands at the end of a period.

    `value`: in the unit of the target, a ratio as a fraction, a milestone 1 or 0. `rate` and
    `pace` are fractions (1 = 100 %), uncapped; `deviation` is a fraction too (0.05 = five
    percentage points). None where there is none. `status` is None for 定性. The `…_text` are as
    printed; `share_text` is the share that the light goes by.
    """

    indicator: Indicator
    terms: Terms
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    rate: Fraction | None
    pace: Fraction | None
    deviation: Fraction | None
    status: Status | None
    met: bool | None
    tally: Tally
    capped: Value
    rate_text: str
    deviation_text: str
    share_text: str = ""
    missing_text: str = ""
    """What an unmet figure lacks, in words."""


class Averages(NamedTuple):
    """Counts and averages over assessed indicators.

    `met` figures meet their comparator; `reported` (n) have a trusted figure; `counted` (N) are
    all less the paused. `average_reported` and `average_all` (未报按0) are fractions or None.
    """

    met: int
    reported: int
    held: int
    counted: int
    average_reported: Fraction | None
    average_all: Fraction | None
    reported_met: bool
    all_met: bool
    average_reported_text: str
    average_all_text: str

    @property
    def words(self) -> str:
        """平均完成率 as a sentence says it: both averages, n/N and m."""
        return (
            f"平均完成率（未报按0）{self.average_all_text}，已报平均{self.average_reported_text}"
            f"（已报{self.reported}/{self.counted}，待核{self.held}）"
        )


class ProjectProgress(NamedTuple):
    """Where one project stands; `status` is None if it has nothing that is measured."""

    project: Project
    averages: Averages
    status: Status | None
    lights: str
    indicators: tuple[IndicatorProgress, ...]


class CountyProgress(NamedTuple):
    """Where everything stands at the end of `period`."""

    period: Period
    projects: tuple[ProjectProgress, ...]
    averages: Averages

    @property
    def indicators(self) -> tuple[IndicatorProgress, ...]:
        return tuple(chain.from_iterable(project.indicators for project in self.projects))

    @property
    def finished_projects(self) -> int:
        return sum(p.status is Status.DONE for p in self.projects)


def progress_of(plan: Plan, period: Period, entries: Mapping[str, Entry]) -> CountyProgress:
    """Compute where the plan stands from what was reported, by indicator code."""
    return _progress(plan, period, tuple(entries.items()))


def rows_of(plan: Plan, period: Period, entries: Mapping[str, Entry]) -> Mapping[str, IndicatorProgress]:
    """The same of each indicator alone, by its code: less than half the work."""
    return _rows(plan, period, tuple(entries.items()))


@lru_cache(maxsize=16)
def _progress(plan: Plan, period: Period, reported: tuple[tuple[str, Entry], ...]) -> CountyProgress:
    """Kept for those who ask of the same figures again."""
    return county_of(plan, period, _rows(plan, period, reported))


@lru_cache(maxsize=64)
def _rows(plan: Plan, period: Period, reported: tuple[tuple[str, Entry], ...]) -> Mapping[str, IndicatorProgress]:
    entries = dict(reported)
    rows: dict[str, IndicatorProgress] = {}
    for indicator in plan.indicators:
        if indicator.kind is not Kind.DERIVED:
            rows[indicator.code] = indicator_progress(
                indicator, d.terms(plan, indicator, period), entries.get(indicator.code, Entry())
            )
    for indicator in plan.indicators:
        if indicator.kind is Kind.DERIVED:
            marks = [Const(_WORDS[rows[c].met]) for c in indicator.derived_from]
            entry = Entry(reported=d.derived(marks).value())
            rows[indicator.code] = indicator_progress(indicator, d.terms(plan, indicator, period), entry)
    return rows


def county_of(plan: Plan, period: Period, rows: Mapping[str, IndicatorProgress]) -> CountyProgress:
    """Where the plan stands from where its indicators stand, by code."""
    def of_project(project: Project) -> ProjectProgress:
        own = [rows[indicator.code] for indicator in plan.indicators_of(project.no)]
        return project_progress(project, own, period.is_last)

    projects = tuple(map(of_project, plan.projects))
    county = averages(columns([*chain.from_iterable(project.indicators for project in projects)]))
    if plan.settings.mean_by_project:
        county = _by_project(county, [p.averages for p in projects])
    return CountyProgress(period, projects, county)


def indicator_progress(indicator: Indicator, t: Terms, entry: Entry) -> IndicatorProgress:
    """Evaluate the definitions for one indicator."""
    denominator: Value = indicator.fixed_denominator if indicator.office_denominator else entry.denominator
    reported = entry.reported
    if indicator.kind is Kind.RATIO:
        reported = d.quotient(Const(entry.numerator), Const(denominator)).value()
    o = Operands(Const(reported), Const(entry.numerator), Const(denominator), Const(t.target), Const(t.pace))
    known = bool(d.trusted(t, o).value())
    if not known:
        value = None
    elif t.kind in d.YES_OR_NO:
        value = Fraction(int(reported == "是"))
    else:
        value = _fraction(reported)
    measured = known and t.target is not None
    points = _fraction(d.points(t, o).value()) if measured and d.has_deviation(t) else None
    label, met = d.status(t, o).value(), _MARKS[str(d.met_mark(t, o).value())]
    return IndicatorProgress(
        indicator=indicator,
        terms=t,
        numerator=_fraction(entry.numerator),
        denominator=_fraction(denominator),
        value=value,
        rate=_fraction(d.raw_rate(t, o).value()) if measured else None,
        pace=t.pace,
        deviation=None if points is None else points / 100,
        status=BY_LABEL[str(label)] if label else None,
        met=met,
        tally=Tally(d.tally(t, o).value()),
        capped=d.capped_rate(t, o).value(),
        rate_text=percent_text(d.shown_rate(t, o).value()),
        deviation_text=points_text(d.shown_points(t, o).value()),
        share_text=str(d.shown_share(t, o).value()) if measured else "",
        missing_text=str(missing(t, o).value()) if met is False else "",
    )


_MARKS: dict[str, bool | None] = {"是": True, "否": False, "": None}
_WORDS = {met: mark for mark, met in _MARKS.items()}


def columns(rows: Sequence[IndicatorProgress]) -> Columns:
    """The rows as the columns that the totals are made of."""

    def column(values: Sequence[Value]) -> Range:
        return Range(tuple(Const(v) for v in values))

    return Columns(
        column([r.indicator.tier.value for r in rows]),
        column([r.status.label if r.status else "" for r in rows]),
        column([r.tally.value for r in rows]),
        column([_WORDS[r.met] for r in rows]),
        column([r.indicator.weight for r in rows]),
        column([r.capped for r in rows]),
    )


def averages(c: Columns) -> Averages:
    """Counts and averages of a table of indicators."""
    reported, everything = d.average_reported(c), d.average_all(c)
    reported_met, all_met = d.reported_met(c), d.all_met(c)
    return Averages(
        met=_count(d.met_count(c)),
        reported=_count(d.tallied(c, Tally.REPORTED)),
        held=_count(d.tallied(c, Tally.HELD)),
        counted=_count(d.counted(c)),
        average_reported=_fraction(reported.value()),
        average_all=_fraction(everything.value()),
        reported_met=bool(reported_met.value()),
        all_met=bool(all_met.value()),
        average_reported_text=percent_text(d.shown_average(reported, reported_met).value()),
        average_all_text=percent_text(d.shown_average(everything, all_met).value()),
    )


def project_progress(
    project: Project, rows: Sequence[IndicatorProgress], last: bool
) -> ProjectProgress:
    """Where a project stands, from its indicators."""
    c = columns(rows)
    parts = d.MadeOf.of(r.terms for r in rows)
    label, lights = d.project_status(c, parts, last).value(), d.lights(c, may_be_exempt=parts.exempt).value()
    return ProjectProgress(project, averages(c), BY_LABEL.get(str(label)), str(lights), tuple(rows))


def average_as_printed(plan: Plan, rows: Sequence[IndicatorProgress], *, whole: bool) -> Fraction | None:
    """平均完成率（未报按0） of some rows as it is printed: 100.0% only if all targets are met; None where nothing counts.
    `whole`: the rows are all of the plan's, which may be averaged by project (平均方式)."""
    c = columns(rows)
    value: Expr = d.average_all(c)
    if whole and plan.settings.mean_by_project:
        groups: dict[int, list[IndicatorProgress]] = {}
        for row in rows:
            groups.setdefault(row.indicator.project, []).append(row)
        means = [d.average_all(columns(own)).value() for own in groups.values()]
        known = [Const(mean) for mean in means if isinstance(mean, Fraction)]
        value = d.mean(Range(tuple(known))) if known else Const(d.NONE)
    return _fraction(d.shown_average(value, d.all_met(c)).value())


def _by_project(county: Averages, of_projects: Sequence[Averages]) -> Averages:
    """The county's averages as means of the projects' (平均方式 按项目)."""
    means: list[Fraction | None] = []
    texts: list[str] = []
    for name, complete in (("average_reported", county.reported_met), ("average_all", county.all_met)):
        known = [value for a in of_projects if (value := getattr(a, name)) is not None]
        mean = d.mean(Range(tuple(Const(v) for v in known))) if known else Const(d.NONE)
        means.append(_fraction(mean.value()))
        texts.append(percent_text(d.shown_average(mean, Const(complete)).value()))
    return county._replace(
        average_reported=means[0], average_all=means[1],
        average_reported_text=texts[0], average_all_text=texts[1],
    )


def percent_text(value: Value) -> str:
    """A printed rate: 92.2%, or —."""
    return fixed(value * 100, 1) + "%" if isinstance(value, Fraction) else d.NONE


def points_text(value: Value) -> str:
    """A printed deviation: +8.9, −18.9, 0.0, or —."""
    return signed(value, 1) if isinstance(value, Fraction) else d.NONE


def _count(expression: Expr) -> int:
    value = expression.value()
    assert isinstance(value, Fraction)
    return int(value)


def _fraction(value: Value) -> Fraction | None:
    return value if isinstance(value, Fraction) else None
