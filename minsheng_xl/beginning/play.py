"""Two periods of any plan, played with invented figures through the issued files and public functions."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.ranks import reported_of
from minsheng_xl.beginning.clerk import fill
from minsheng_xl.beginning.invented import Invented
from minsheng_xl.forms.certification import certification_form
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.model import Role, Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.sending.issue import issue, issue_certification
from minsheng_xl.taking.consolidate import consolidate
from minsheng_xl.year.folder import Year


class Played(NamedTuple):
    """The second of the two periods, its master, and when that was brought up to date last."""

    period: Period
    master: Path
    at: datetime


def shown_periods(periods: tuple[Period, ...]) -> tuple[Period, Period]:
    """The two that are played: of twelve the ninth and tenth, of four the second and third."""
    second = len(periods) * 5 // 6 - 1
    return periods[second - 1], periods[second]


def play(year: Year, step: Callable[[str], None]) -> Played:
    """Issue, return and consolidate two periods; in the second one unit is late, one silent, and where somebody
    certifies, that is done too."""
    stage = _Play(year)
    first, second = stage.invented.periods
    step(f"{first.short_label}：下发、收件、汇总")
    issue(year, first, stage.issued_at(first))
    for unit in year.plan.reporting_units:
        stage.send(unit, first)
    consolidate(year, first, stage.day(first, 0, 10))
    step(f"{second.short_label}：下发")
    issue(year, second, stage.issued_at(second))
    step(f"{second.short_label}：各单位来件，第一次汇总")
    cast = stage.invented.cast
    for unit in year.plan.reporting_units:
        if unit.name not in (cast.silent, cast.late):
            stage.send(unit, second)
    last = stage.day(second, 0, 16)
    master = consolidate(year, second, last).master.path
    if cast.late:
        step(f"{second.short_label}：迟报，第二次汇总")
        stage.send(year.plan.unit(cast.late), second)
        last = stage.day(second, 2, 10)
        master = consolidate(year, second, last).master.path
    if stage.certifiers and stage.has_figures(second):
        step(f"{second.short_label}：发认定表，认定单位填回，再汇总一次")
        issue_certification(year, second, stage.day(second, 3, 9))
        stage.certify(second)
        last = stage.day(second, 7, 10)
        master = consolidate(year, second, last).master.path
    return Played(second, master, last)


class _Play:
    """A year in which clerks enter what is invented."""

    def __init__(self, year: Year) -> None:
        self._year, self._plan = year, year.plan
        self.invented = Invented(year.plan, shown_periods(year.plan.periods))
        self.certifiers = [unit for unit in year.plan.units if year.plan.projects_of(unit.name, Role.CERTIFIER)]

    def issued_at(self, period: Period) -> datetime:
        return datetime.combine(period.last_day, time(9))

    def day(self, period: Period, days: int, hour: int) -> datetime:
        """An hour of a day so many after the one on which a period is due, which is after its end."""
        due = max(self._plan.due(period), period.last_day + timedelta(days=1))
        return datetime.combine(due + timedelta(days=days), time(hour))

    def send(self, unit: Unit, period: Period) -> None:
        """Fill in the issued workbook of a unit and drop it into 收件/."""
        form, on = unit_form(self._plan, unit, period, {}), self._filled_on(period)
        name = f"{unit.sheet_name}_{period}.xlsx"
        target = self._year.inbox / period.short_label / name
        target.parent.mkdir(parents=True, exist_ok=True)
        answers = self.invented.answers(form, unit, period, on)
        fill(self._year.issued_folder(period) / name, target, form, answers, on)

    def _filled_on(self, period: Period) -> date:
        return period.last_day + timedelta(days=1)

    def has_figures(self, period: Period) -> bool:
        """Whether a figure of the period was accepted."""
        return bool(self._accepted(period))

    def _accepted(self, period: Period) -> set[str]:
        reported = reported_of(account_of(self._plan, self._year.register, period))
        return {code for code, one in reported.items() if one.period == period}

    def certify(self, period: Period) -> None:
        """Fill in the certifiers' workbooks and drop them into 收件/."""
        accepted = self._accepted(period)
        unreported = frozenset(one.code for one in self._plan.indicators if one.code not in accepted)
        on = self.day(period, 5, 9).date()
        for unit in self.certifiers:
            path = self._year.certified_folder(period) / f"{unit.sheet_name}_{period}_认定.xlsx"
            form = certification_form(self._plan, unit, period, {})
            target = self._year.inbox / "认定" / path.name
            target.parent.mkdir(exist_ok=True)
            fill(path, target, form, self.invented.opinions(form, unreported, on), on)
