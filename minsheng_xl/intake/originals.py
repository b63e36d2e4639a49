"""The originals a returned form is compared with: the issued workbooks, and the figures of their day."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from minsheng_xl.accounts.period import Reported
from minsheng_xl.books.package.read import read_package
from minsheng_xl.exact.expressions import Value
from minsheng_xl.forms.certification import CERTIFIER_SHEET, certification_form, certification_hash
from minsheng_xl.forms.identity import FORM_SHEET, form_hash
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.placement import Issued
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period


class Evidence(Protocol):
    """What a judgement needs besides the plan: what was issued, and what was accepted before."""

    def issued(self, unit: str, period: Period, form: str) -> "bytes | None":
        """The workbook that went out; None if no form of the period ever went to the unit.

        Raises KeyError if there are no records of what was issued.
        """

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        """The last accepted figures of earlier periods, by indicator."""

    def certifying(self, unit: str, period: Period, form: str) -> "tuple[bytes, Mapping[str, Reported]] | None":
        """The certifier's form of that hash as it went out, and the figures it states; None if none did."""

    def plan_of(self, period: Period) -> "Plan | None":
        """The plan of a period: that of its closing, if it was closed; None for the present one."""


class NoEvidence:
    """No year's folder: the form is made from the plan, and nothing was accepted before."""

    def issued(self, unit: str, period: Period, form: str) -> "bytes | None":
        raise KeyError(unit)

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return {}

    def certifying(self, unit: str, period: Period, form: str) -> "tuple[bytes, Mapping[str, Reported]] | None":
        return None

    def plan_of(self, period: Period) -> "Plan | None":
        return None


class CertifierOriginal(NamedTuple):
    """A certifier's form that went out with these figures; `issued` is None if the plan has changed since."""

    issued: Issued | None
    reported: Mapping[str, Reported]


class Originals:
    """The originals of a plan's forms; each is made or read once."""

    def __init__(self, plan: Plan, evidence: Evidence | None = None) -> None:
        self.plan, self._evidence = plan, evidence or NoEvidence()
        self._issued: dict[tuple[str, Period], Issued | None] = {}
        self._before: dict[tuple[str, Period], Mapping[str, Value]] = {}
        self._hashes: dict[str, str] = {}
        self._certifying: dict[tuple[str, Period, str], CertifierOriginal | None] = {}

    def period(self, text: str) -> Period | None:
        """The plan's period of that name."""
        return next((period for period in self.plan.periods if str(period) == text), None)

    def plan_of(self, period: Period) -> Plan:
        """The plan by which a period is judged: that of its closing, or the present one."""
        return self._evidence.plan_of(period) or self.plan

    def hash(self, unit: str) -> str:
        """The hash of the present form of a unit."""
        if unit not in self._hashes:
            self._hashes[unit] = form_hash(self.plan, unit)
        return self._hashes[unit]

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        """上期累计 of a unit's indicators."""
        key = (unit, period)
        if key not in self._before:
            self._before[key] = self._evidence.before(unit, period)
        return self._before[key]

    def issued(self, unit: str, period: Period) -> "Issued | None":
        """The form as it went to a unit; None if it never did."""
        key = (unit, period)
        if key not in self._issued:
            content = self._sent(unit, period)
            sheet = read_package(content).sheet(FORM_SHEET) if content is not None else None
            form = unit_form(self.plan, self.plan.unit(unit), period, {})
            self._issued[key] = Issued(form, sheet) if sheet is not None else None
        return self._issued[key]

    def _sent(self, unit: str, period: Period) -> "bytes | None":
        """The workbook that went to a unit; as it would be made, where no records are kept."""
        try:
            return self._evidence.issued(unit, period, self.hash(unit))
        except KeyError:
            from minsheng_xl.books.write.book import write_book

            return write_book(unit_book(self.plan, self.plan.unit(unit), period, {}))

    def certifying(self, unit: str, period: Period, form: str) -> "CertifierOriginal | None":
        """The certifier's form of that hash, as it went out; None if none did."""
        key = (unit, period, form)
        if key not in self._certifying:
            found = self._evidence.certifying(unit, period, form)
            self._certifying[key] = None if found is None else self._certifier_original(unit, period, form, *found)
        return self._certifying[key]

    def _certifier_original(
        self, unit: str, period: Period, form: str, content: bytes, reported: Mapping[str, Reported]
    ) -> CertifierOriginal:
        plan = self.plan_of(period)
        if certification_hash(plan, unit, period, reported) != form:
            return CertifierOriginal(None, reported)
        sheet = read_package(content).sheet(CERTIFIER_SHEET)
        layout = certification_form(plan, plan.unit(unit), period, reported)
        return CertifierOriginal(Issued(layout, sheet) if sheet is not None else None, reported)
