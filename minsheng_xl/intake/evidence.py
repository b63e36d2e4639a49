"""What a year's folder knows of issued forms and earlier figures, for a judge that only reads it."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.originals import CertifiersForm, ConfirmingForm
from minsheng_xl.ledger.previous import Previous, previous_of
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import CertifyingIssued, ConfirmingIssued, Issued
from minsheng_xl.year.folder import Year
from minsheng_xl.year.plans import Plans
from minsheng_xl.year.register import Register


class AsKnown(NamedTuple):
    """What was known at a time: the plan in use, and what stands in the register, up to a seq if given."""

    plan: Plan
    register: Register
    plans: Plans
    upto: int | None = None


class YearEvidence:
    """The evidence of a year's folder, as it is now, or as it was known at a time."""

    def __init__(self, year: Year, known: AsKnown | None = None) -> None:
        self._year, self._by = year, known or AsKnown(year.plan, year.register, year.plans)
        self._previous_of: dict[tuple[str, Period], Previous] = {}
        self._issued: dict[Period, list[tuple[int, Issued]]] = {}
        self._plan_of: dict[Period, Plan] = {}

    def issued(self, unit: str, period: Period, form: str) -> "bytes | None":
        found = self._last_issued(unit, period, form)
        if found is None:
            return None
        return self._kept(found[1])

    def made_by(self, unit: str, period: Period, form: str) -> "tuple[Plan, str] | None":
        found = self._last_issued(unit, period, form)
        if found is None:
            return None
        seq, entry = found
        digest = entry.plan or self._by.plans.in_use(seq)
        return self._by.plans.bound(digest, seq).at(period), entry.unit

    def _last_issued(self, unit: str, period: Period, form: str) -> "tuple[int, Issued] | None":
        """The last form of that hash that went to a unit, whatever it was called then, with the seq of its entry."""
        if period not in self._issued:
            every = self._by.register.numbered(Issued, upto=self._by.upto)
            self._issued[period] = [(seq, entry) for seq, entry in every if entry.period == period]
        plan = self.plan_of(period)
        mine = ((seq, entry) for seq, entry in reversed(self._issued[period]) if entry.form == form)
        return next(((seq, entry) for seq, entry in mine if plan.canonical(entry.unit) == plan.canonical(unit)), None)

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return self._previous(unit, period).values

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        return self._previous(unit, period).parts

    def _previous(self, unit: str, period: Period) -> Previous:
        if (unit, period) not in self._previous_of:
            self._previous_of[unit, period] = previous_of(self._by.plan, self._by.register, unit, period, self._by.upto)
        return self._previous_of[unit, period]

    def certifying(self, unit: str, period: Period, form: str) -> CertifiersForm | None:
        every = self._by.register.numbered(CertifyingIssued, upto=self._by.upto)
        mine = ((seq, entry) for seq, entry in reversed(every) if (entry.period, entry.form) == (period, form))
        known = self._by.plan.canonical
        seq, entry = next(((seq, entry) for seq, entry in mine if known(entry.unit) == unit), (0, None))
        if entry is None:
            return None
        then = self._by.plans.bound(entry.plan, seq).at(period)
        return CertifiersForm(self._kept(entry), entry.reported, then, entry.unit)

    def confirming(self, unit: str, period: Period, form: str) -> ConfirmingForm | None:
        every = self._by.register.numbered(ConfirmingIssued, upto=self._by.upto)
        mine = ((seq, entry) for seq, entry in reversed(every) if (entry.period, entry.form) == (period, form))
        known = self.plan_of(period).canonical
        seq, entry = next(((seq, entry) for seq, entry in mine if known(entry.unit) == known(unit)), (0, None))
        if entry is None:
            return None
        then = self._by.plans.bound(entry.plan, seq).at(period)
        return ConfirmingForm(self._kept(entry), entry.shown, then, entry.unit)

    def _kept(self, entry: Issued | CertifyingIssued | ConfirmingIssued) -> bytes:
        """A workbook as it went out. Raises Lost."""
        return self._year.archive.kept(entry.sha256, f"发给{entry.unit}的 {entry.file}")

    def plan_of(self, period: Period) -> Plan:
        if period not in self._plan_of:
            self._plan_of[period] = self._by.plans.of(period, self._by.plan, self._by.upto)
        return self._plan_of[period]


def judge_of(root: Path) -> Judge:
    """A judge for a year's folder, which it opens for reading only."""
    year = Year(root, writable=False)
    return Judge(year.plan, YearEvidence(year))
