"""What a period comes to for the level above: figures with their parts, counts, adjustments; no persons, no texts in
doubt.

Equal contents have an equal 上报码, so that a page that was signed can be held against a file, and a file against the
account.
"""

import hashlib
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.imprint import code_of
from minsheng_xl.accounts.period import Adjustment, Correction, PeriodAccount
from minsheng_xl.accounts.values import Doubt, Figure, Standing, about, shown
from minsheng_xl.exact.expressions import Value
from minsheng_xl.figures.definitions import NONE, YES_OR_NO
from minsheng_xl.figures.progress import IndicatorProgress, progress_of
from minsheng_xl.plan.model import Kind, Tier

SIGNS = 16
"""Signs of a 上报码."""
DRAFT = "未定稿"


class UpwardRow(NamedTuple):
    """An indicator: its figure in the unit of the target (a ratio as a fraction, a milestone 是 or 否; None where none
    counts), of a ratio the sums of both parts, and how it stands."""

    progress: IndicatorProgress
    value: Value
    numerator: Fraction | None
    denominator: Fraction | None

    @property
    def code(self) -> str:
        return self.progress.indicator.code

    @property
    def status(self) -> str:
        return self.progress.status.label if self.progress.status is not None else NONE


class UpwardProject(NamedTuple):
    """A project: its number and name, its state, how many of its rows are reported and how many should be, how many
    are 待核, and its averages as printed."""

    no: int
    name: str
    status: str
    reported: int
    counted: int
    held: int
    average_all: str
    average_reported: str


class Upward(NamedTuple):
    """The whole of it. `standings` are the units that owe a return, by how they reported; `code` is the 校验码 that the
    printed pages of the period bear."""

    account: PeriodAccount
    rows: tuple[UpwardRow, ...]
    projects: tuple[UpwardProject, ...]
    average: UpwardProject
    standings: tuple[tuple[str, int], ...]
    code: str

    @property
    def state(self) -> str:
        """已定稿, 更正稿 or 未定稿."""
        closing = self.account.closing
        return DRAFT if closing is None else closing.word

    @property
    def own_code(self) -> str:
        """上报码."""
        return hashlib.sha256("\n".join(self._lines()).encode()).hexdigest()[:SIGNS].upper()

    def _lines(self) -> Iterator[str]:
        account = self.account
        closing = account.closing
        document = closing.document if closing is not None else ""
        yield "|".join((account.plan.settings.title, str(account.period), self.state, document, self.code))
        for row in self.rows:
            indicator = row.progress.indicator
            figures = (row.value, row.numerator, row.denominator, row.progress.terms.target, row.progress.pace)
            yield "|".join(map(str, (row.code, indicator.name, indicator.unit_of_measure, *figures, row.status)))
        for one in (*self.projects, self.average, *self.standings, *map(adjustment_texts, account.adjustments)):
            yield "|".join(map(str, one))
        for correction in account.corrections:
            yield "|".join(correction_texts(correction))


def upward_of(account: PeriodAccount) -> Upward:
    """What there is to report of a period, closed or open."""
    county = progress_of(account.plan, account.period, account.entries())
    rows = [_row(one) for one in county.indicators if one.indicator.tier in (Tier.ASSESSED, Tier.GATE)]
    projects = [
        UpwardProject(
            no=one.project.no, name=one.project.name, status=one.status.label if one.status is not None else NONE,
            reported=one.averages.reported, counted=one.averages.counted, held=one.averages.held,
            average_all=one.averages.average_all_text, average_reported=one.averages.average_reported_text,
        )
        for one in county.projects if one.indicators
    ]
    whole = county.averages
    average = UpwardProject(
        no=0, name="合计", status="", reported=whole.reported, counted=whole.counted, held=whole.held,
        average_all=whole.average_all_text, average_reported=whole.average_reported_text,
    )
    owed = [account.standing(unit.name) for unit in account.plan.reporting_units if account.owed(unit.name)]
    standings = [(standing.label, owed.count(standing)) for standing in Standing]
    return Upward(
        account=account, rows=tuple(rows), projects=tuple(projects), average=average,
        standings=(("应报", len(owed)), *standings), code=code_of(account),
    )


def _row(one: IndicatorProgress) -> UpwardRow:
    is_known, is_ratio = one.value is not None, one.indicator.kind is Kind.RATIO
    value: Value = one.value
    if is_known and one.indicator.kind in YES_OR_NO:
        value = "是" if one.value else "否"
    parts = (one.numerator, one.denominator) if is_known and is_ratio else (None, None)
    return UpwardRow(one, value, *parts)


def correction_texts(one: Correction) -> tuple[str, str, str, str]:
    """A figure that was corrected after the closing: of which cell, whose, as closed, as it is now."""
    return about(one.key), one.unit, _figure(one.was), _figure(one.now)


def _figure(figure: "Figure | None") -> str:
    """A figure; of a doubt no word of what was sent."""
    return "存疑" if isinstance(figure, Doubt) else shown(figure) or NONE


def adjustment_texts(one: Adjustment) -> tuple[str, ...]:
    """What was adjusted, since when, by what document; on what it rests is free text, which may name somebody."""
    return one.of, one.name, one.column, one.was or NONE, one.now or NONE, one.begins, one.document or NONE
