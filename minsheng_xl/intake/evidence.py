"""What a year's folder knows of issued forms and earlier figures, for a judge that only reads it."""

from collections.abc import Mapping
from pathlib import Path

from minsheng_xl.accounts.period import Reported
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.intake.judge import Judge
from minsheng_xl.ledger.previous import Previous, previous_of
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import CertifyingIssued
from minsheng_xl.year.folder import Year


class YearEvidence:
    """The evidence of a year's folder."""

    def __init__(self, year: Year) -> None:
        self._year = year
        self._known: dict[tuple[str, Period], Previous] = {}

    def issued(self, unit: str, period: Period, form: str) -> "bytes | None":
        entries = self._year.register.issued(period, unit)
        last = next((entry for entry in reversed(entries) if entry.form == form), None)
        if last is None:
            return None
        try:
            return self._year.archive.read(last.sha256)
        except FileNotFoundError as error:
            raise KeyError(unit) from error

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return self._previous(unit, period).values

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        return self._previous(unit, period).parts

    def _previous(self, unit: str, period: Period) -> Previous:
        if (unit, period) not in self._known:
            self._known[unit, period] = previous_of(self._year.plan, self._year.register, unit, period)
        return self._known[unit, period]

    def certifying(self, unit: str, period: Period, form: str) -> "tuple[bytes, Mapping[str, Reported]] | None":
        every = reversed(self._year.register.entries(CertifyingIssued, period=period))
        entry = next((e for e in every if e.form == form and self._year.plan.canonical(e.unit) == unit), None)
        if entry is None:
            return None
        try:
            return self._year.archive.read(entry.sha256), entry.reported
        except FileNotFoundError:
            return None

    def plan_of(self, period: Period) -> "Plan | None":
        return self._year.plan_of(period)


def judge_of(root: Path) -> Judge:
    """A judge for a year's folder, which it opens for reading only."""
    year = Year(root, writable=False)
    return Judge(year.plan, YearEvidence(year))
