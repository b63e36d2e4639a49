"""The course of a year: how the indicators and the projects stood in each period up to one, by the names of today."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from minsheng_xl.accounts.certified import certified_text
from minsheng_xl.accounts.period import PeriodAccount, Stage
from minsheng_xl.accounts.values import Figure
from minsheng_xl.exact.numbers import grouped
from minsheng_xl.figures.definitions import YES_OR_NO, Tally
from minsheng_xl.figures.progress import IndicatorProgress, average_as_printed, rows_of
from minsheng_xl.plan.model import Coverage, Kind, PaceRule
from minsheng_xl.plan.period import Period

_FEWEST = 5
"""Periods with a figure before the year's is foreseen; of quarters all but the last."""


class LargestChange(NamedTuple):
    """By how much a figure changed from the period before in which it was reported, to this one."""

    period: Period
    by: Fraction


class CourseLine(NamedTuple):
    """An indicator through the year: how it stood in each period, by its latest row; `is_over`: it is no longer in the
    plan. `certified` is what was certified of it last, in words."""

    row: IndicatorProgress
    stood: Mapping[Period, IndicatorProgress]
    is_over: bool
    certified: str

    @property
    def largest(self) -> LargestChange | None:
        """The largest change, the first of equal ones; of a word none."""
        if self.row.indicator.kind in YES_OR_NO:
            return None
        known = [(period, one.value) for period, one in self.stood.items() if one.value is not None]
        changes = [LargestChange(after[0], after[1] - before[1]) for before, after in pairwise(known)]
        return max(changes, key=lambda one: abs(one.by), default=None)

    @property
    def foreseen(self) -> Fraction | None:
        """按目前进度全年预计: the last figure carried on to the year's end along its own pace; None where too few
        periods are known, where it has no pace, or is not measured in numbers.

        What is due by now, as a share of the year's, is to the figure what the whole is to that of December; of what
        increases from 年初数 the increase. What applies flat stays as it is.
        """
        row, terms = self.row, self.row.terms
        reported = [one for one in self.stood.values() if one.value is not None]
        last = list(self.stood)[-1]
        enough = min(_FEWEST, len(Period.all_of(last.year, last.frequency)) - 1)
        if len(reported) < enough or row.value is None or row.indicator.kind in YES_OR_NO or self.is_over:
            return None
        if terms.flat:
            return row.value
        if not row.pace or row.indicator.pace_rule is PaceRule.ANNUAL:
            return None
        opening = terms.opening if terms.opening is not None else Fraction(0)
        return opening + (row.value - opening) / row.pace

    @property
    def is_monthly(self) -> bool:
        """Whether it is a rate of single months, which are not added up."""
        return self.row.indicator.kind is Kind.RATIO and self.row.indicator.span is Coverage.WITHIN

    @property
    def bad(self) -> list[Period]:
        """Of a rate of single months the periods in which it was below its target; of others none."""
        return [period for period, one in self.stood.items() if self.is_monthly and one.met is False]


class Curve(NamedTuple):
    """The average of a project (or of the county, `no` 0) in each period as it is printed, with silence as zero, beside
    the average of what was due of the same indicators."""

    no: int
    name: str
    average: Mapping[Period, Fraction | None]
    pace: Mapping[Period, Fraction | None]


class Course:
    """The course of a year up to the period of an account."""

    def __init__(self, account: PeriodAccount) -> None:
        self._last = account
        self._stages = {one.period: one for one in (*account.stages, account.stage)}

    @property
    def periods(self) -> tuple[Period, ...]:
        """Those of which anything is known, in order; the account's own is the last."""
        return tuple(self._stages)

    @cached_property
    def rows(self) -> Mapping[Period, Sequence[IndicatorProgress]]:
        """How the indicators stood in each period, project by project."""
        return {period: self._rows(stage) for period, stage in self._stages.items()}

    @staticmethod
    def _rows(stage: Stage) -> list[IndicatorProgress]:
        found = rows_of(stage.plan, stage.period, stage.entries)
        order = chain.from_iterable(stage.plan.indicators_of(project.no) for project in stage.plan.projects)
        return [found[indicator.code] for indicator in order]

    def is_open(self, period: Period) -> bool:
        return self._stages[period].is_open

    @cached_property
    def lines(self) -> tuple[CourseLine, ...]:
        """The assessed indicators and the gates, in the order of the plan; at the end those that are over."""
        plan, stood = self._last.plan, dict[str, dict[Period, IndicatorProgress]]()
        latest: dict[str, IndicatorProgress] = {}
        for period, rows in self.rows.items():
            for row in rows:
                if row.status is not None:
                    code = plan.code_here(row.indicator.code)
                    stood.setdefault(code, {})[period] = latest[code] = row
        here = [row.indicator.code for row in self.rows[self._last.period]]
        order = [*(code for code in here if code in stood), *(code for code in stood if code not in here)]
        certified = self._certified
        return tuple(
            CourseLine(latest[code], stood[code], not plan.has_indicator(code), certified.get(code, ""))
            for code in order
        )

    @property
    def _certified(self) -> Mapping[str, str]:
        """What was certified of each indicator last, with its period."""
        found: dict[str, str] = {}
        for period, stage in self._stages.items():
            narrowed = ((code, said) for code, said in stage.certified.items() if stage.plan.has_indicator(code))
            for former, said in narrowed:
                kind = stage.plan.indicator(former).kind
                told = _certified_text(kind, said.figure) if said.figure is not None else said.opinion
                found[self._last.plan.code_here(former)] = f"{told}（{period.short_label}）"
        return found

    @cached_property
    def curves(self) -> tuple[Curve, ...]:
        """The county, and every project of the last plan that is measured."""
        plan = self._last.plan
        found = [self._curve(0, plan.settings.region)]
        return (*found, *(self._curve(one.no, one.name) for one in plan.projects if plan.indicators_of(one.no)))

    def _curve(self, no: int, name: str) -> Curve:
        average: dict[Period, Fraction | None] = {}
        pace: dict[Period, Fraction | None] = {}
        for period, every in self.rows.items():
            then = self._stages[period].plan
            own = {one.no for one in then.projects if self._last.plan.number_here(one) == no}
            rows = [one for one in every if not no or one.indicator.project in own]
            average[period] = average_as_printed(then, rows, whole=not no) if rows else None
            pace[period] = _mean_pace(rows)
        return Curve(no, name, average, pace)


def _certified_text(kind: Kind, figure: "Figure") -> str:
    """A certified figure; a number in thousands."""
    is_number = isinstance(figure, Fraction) and kind is not Kind.RATIO
    return grouped(certified_text(kind, figure)) if is_number else certified_text(kind, figure)


def _mean_pace(rows: Sequence[IndicatorProgress]) -> Fraction | None:
    """Σ w·序时 / Σ w over the rows that count in 未报按0 and have a pace."""
    counted = [one for one in rows if one.tally in (Tally.REPORTED, Tally.MISSING) and one.pace is not None]
    weight = sum((one.indicator.weight for one in counted), Fraction(0))
    due = [one.indicator.weight * min(one.pace, Fraction(1)) for one in counted if one.pace is not None]
    return sum(due, Fraction(0)) / weight if weight else None
