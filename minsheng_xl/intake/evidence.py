"""What a year's folder knows of issued forms and earlier figures, for a judge that only reads it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

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

AnyForm: TypeAlias = "Issued | CertifyingIssued | ConfirmingIssued"
OneForm = TypeVar("OneForm", Issued, CertifyingIssued, ConfirmingIssued)


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
        self._sent: dict[tuple[type, Period], Sequence[tuple[int, Any]]] = {}
        self._plan_of: dict[Period, Plan] = {}

    def issued(self, unit: str, period: Period, form: str) -> "bytes | None":
        found = self._last_sent(Issued, unit, period, form)
        if found is None:
            return None
        return self._kept(found[1])

    def made_by(self, unit: str, period: Period, form: str) -> "tuple[Plan, str] | None":
        found = self._last_sent(Issued, unit, period, form)
        return (self._plan_then(*found), found[1].unit) if found is not None else None

    def _last_sent(
        self, kind: type[OneForm], unit: str, period: Period, form: str
    ) -> "tuple[int, OneForm] | None":
        """The last form of a kind and of that hash that went to a unit, whatever it was called then, with the seq of
        its entry."""
        if (kind, period) not in self._sent:
            every = self._by.register.numbered(kind, upto=self._by.upto)
            self._sent[kind, period] = [(seq, entry) for seq, entry in every if entry.period == period]
        known = self.plan_of(period).canonical
        mine = ((seq, entry) for seq, entry in reversed(self._sent[kind, period]) if entry.form == form)
        return next(((seq, entry) for seq, entry in mine if known(entry.unit) == known(unit)), None)

    def _plan_then(self, seq: int, entry: AnyForm) -> Plan:
        """The plan by which a form was made."""
        return self._by.plans.bound(entry.plan or self._by.plans.in_use(seq), seq).at(entry.period)

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return self._previous(unit, period).values

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        return self._previous(unit, period).parts

    def _previous(self, unit: str, period: Period) -> Previous:
        if (unit, period) not in self._previous_of:
            self._previous_of[unit, period] = previous_of(self._by.plan, self._by.register, unit, period, self._by.upto)
        return self._previous_of[unit, period]

    def certifying(self, unit: str, period: Period, form: str) -> CertifiersForm | None:
        found = self._last_sent(CertifyingIssued, unit, period, form)
        if found is None:
            return None
        _, entry = found
        return CertifiersForm(self._kept(entry), entry.reported, self._plan_then(*found), entry.unit)

    def confirming(self, unit: str, period: Period, form: str) -> ConfirmingForm | None:
        found = self._last_sent(ConfirmingIssued, unit, period, form)
        if found is None:
            return None
        _, entry = found
        return ConfirmingForm(self._kept(entry), entry.shown, self._plan_then(*found), entry.unit)

    def _kept(self, entry: AnyForm) -> bytes:
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
