"""The originals a returned form is compared with: the issued workbooks, and the figures of their day."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from minsheng_xl.accounts.period import Reported
from minsheng_xl.books.package.read import RawWorkbook, read_package
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import certification, confirmation, unit
from minsheng_xl.forms.certification import CERTIFIER_SHEET, certification_form, certification_hash
from minsheng_xl.forms.confirmation import CONFIRMING_SHEET, confirming_form_of, confirming_hash
from minsheng_xl.forms.identity import FORM_SHEET, RULES_PROPERTY
from minsheng_xl.forms.unit import form_hash, form_of, unit_book
from minsheng_xl.intake.identity import Identity, identities
from minsheng_xl.intake.placement import IssuedForm
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period


class CertifiersForm(NamedTuple):
    """A certifier's form as it went out: its bytes, the figures it states, the plan by which it was made, and what the
    certifier was called then."""

    content: bytes
    reported: Mapping[str, Reported]
    plan: Plan
    unit: str


class ConfirmingForm(NamedTuple):
    """A 核对单 as it went out: its bytes, the figures it shows, the plan by which it was made, and what the lead was
    called then."""

    content: bytes
    shown: Mapping[str, tuple[str, ...]]
    plan: Plan
    unit: str


class Evidence(Protocol):
    """What a judgement needs besides the plan: what was issued, and what was accepted before."""

    def issued(self, unit: str, period: Period, form: str) -> "bytes | None":
        """The workbook that went out; None if no form of the period ever went to the unit.

        Raises KeyError if there are no records of what was issued.
        """

    def made_by(self, unit: str, period: Period, form: str) -> "tuple[Plan, str] | None":
        """The plan by which the form of that hash was made that went to a unit, and what the unit was called then; None
        if none did, or no records are kept."""

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        """The last accepted figures of earlier periods, by indicator."""

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        """The last accepted parts of a unit's ratios, and its amounts of 资金, by cell."""

    def certifying(self, unit: str, period: Period, form: str) -> "CertifiersForm | None":
        """The certifier's form of that hash as it went out; None if none did."""

    def confirming(self, unit: str, period: Period, form: str) -> "ConfirmingForm | None":
        """The 核对单 of that hash as it went out; None if none did."""

    def plan_of(self, period: Period) -> "Plan | None":
        """The plan of a period: that of its closing, if it was closed; None for the present one."""


class NoEvidence:
    """No year's folder: the form is made from the plan, and nothing was accepted before."""

    def issued(self, unit: str, period: Period, form: str) -> "bytes | None":
        raise KeyError(unit)

    def made_by(self, unit: str, period: Period, form: str) -> "tuple[Plan, str] | None":
        return None

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return {}

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        return {}

    def certifying(self, unit: str, period: Period, form: str) -> "CertifiersForm | None":
        return None

    def confirming(self, unit: str, period: Period, form: str) -> "ConfirmingForm | None":
        return None

    def plan_of(self, period: Period) -> "Plan | None":
        return None


class CertifierOriginal(NamedTuple):
    """A certifier's form that went out with these figures, and the plan by which it was made; `issued` is None if that
    is not known any more."""

    issued: IssuedForm | None
    reported: Mapping[str, Reported]
    plan: Plan


class ConfirmingOriginal(NamedTuple):
    """A 核对单 that went out, and the plan by which it was made; `issued` is None if that is not known any more."""

    issued: IssuedForm | None
    plan: Plan


def _rule_set(workbook: RawWorkbook) -> int | None:
    """The number of the rule set that a form bears."""
    number = workbook.properties.get(RULES_PROPERTY, "")
    return int(number) if number.isdecimal() else None


class Originals:
    """The originals of a plan's forms; each is made or read once."""

    def __init__(self, plan: Plan, evidence: Evidence | None = None) -> None:
        self.plan, self._evidence = plan, evidence or NoEvidence()
        self._periods = {str(period): period for period in plan.periods}
        self._issued: dict[tuple[str, Period, Identity], IssuedForm | None] = {}
        self._hashes: dict[tuple[str, str], str] = {}
        self._made: dict[tuple[str, Period, str], tuple[Plan, str] | None] = {}
        self._certifying: dict[tuple[str, Period, Identity], CertifierOriginal | None] = {}
        self._confirming: dict[tuple[str, Period, Identity], ConfirmingOriginal | None] = {}

    def period(self, text: str) -> Period | None:
        """The plan's period of that name."""
        return self._periods.get(text)

    def plan_of(self, period: Period) -> Plan:
        """The plan by which a period is judged: that of its closing, or the present one."""
        return self._evidence.plan_of(period) or self.plan

    def hash(self, name: str, version: str = "") -> str:
        """The hash of the form of a unit, in a layout of that version or in the present one."""
        key = (name, version or unit.LAYOUTS.version)
        if key not in self._hashes:
            self._hashes[key] = form_hash(self.plan, *key)
        return self._hashes[key]

    def made_by(self, name: str, period: Period, said: Identity) -> "tuple[Plan, str] | None":
        """The plan by which a unit's form was made, and what the unit was called then; None of a form that never went
        out, unless it is one of the present plan."""
        if unit.LAYOUTS.layout(said.version) is None:
            return None
        key = (name, period, said.form)
        if key not in self._made:
            found = self._evidence.made_by(name, period, said.form)
            is_remade = found is not None and form_hash(*found, said.version) == said.form  # by this program, too
            self._made[key] = found if is_remade else None
        if self._made[key] is not None or said.form != self.hash(name, said.version):
            return self._made[key]
        return self.plan, name

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        """上期累计 of a unit's indicators."""
        return self._evidence.before(unit, period)

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        """The last accepted parts of a unit's ratios, and its amounts of 资金, by cell."""
        return self._evidence.parts(unit, period)

    def plan_made_by(self, name: str, period: Period, said: Identity) -> Plan:
        """The plan by which a form that is known was made."""
        found = self.made_by(name, period, said)
        assert found is not None
        return found[0]

    def exempting_today(self, then: Plan, period: Period) -> Plan:
        """The plan by which a form was made, with what may be said not to apply by the plan of today."""
        today = self.plan_of(period)
        if today is then:
            return then
        rows = []
        for one in then.indicators:
            code = today.code_here(one.code)
            known = today.indicator(code).exemption if today.has_indicator(code) else one.exemption
            rows.append(one._replace(exemption=known))
        return then.having(indicators=tuple(rows))

    def issued(self, name: str, period: Period, said: Identity) -> "IssuedForm | None":
        """The form of that identity as it went to a unit; None if it never did."""
        key = (name, period, said)
        if key not in self._issued:
            layout, made_by = unit.LAYOUTS.layout(said.version), self.made_by(name, period, said)
            content = self._sent(name, period, said.form) if made_by is not None else None
            self._issued[key] = None
            workbook = read_package(content) if content is not None else None
            sheet = workbook.sheet(FORM_SHEET) if workbook is not None else None
            if layout is not None and made_by is not None and workbook is not None and sheet is not None:
                plan, called = made_by
                form = form_of(layout, plan, plan.unit(called), period)
                self._issued[key] = IssuedForm(form, sheet, _rule_set(workbook))
        return self._issued[key]

    def issued_as(self, workbook: RawWorkbook, name: str, period: Period) -> "IssuedForm | None":
        """The form as it went to a unit, of which a workbook is one; None if it is none."""
        said = [one for one in identities(workbook).values() if self.made_by(name, period, one) is not None]
        return self.issued(name, period, said[0]) if said else None

    def _sent(self, name: str, period: Period, form: str) -> "bytes | None":
        """The workbook that went to a unit; as the present layout would make it, where no records are kept."""
        try:
            return self._evidence.issued(name, period, form)
        except KeyError:
            from minsheng_xl.books.write.book import write_book

            return write_book(unit_book(self.plan, self.plan.unit(name), period, {}))

    def certifying(self, name: str, period: Period, said: Identity) -> "CertifierOriginal | None":
        """The certifier's form of that identity, as it went out; None if none did."""
        key = (name, period, said)
        if key not in self._certifying:
            found = self._evidence.certifying(name, period, said.form)
            self._certifying[key] = None if found is None else self._certifier_original(name, period, said, found)
        return self._certifying[key]

    def _certifier_original(
        self, name: str, period: Period, said: Identity, sent: CertifiersForm
    ) -> CertifierOriginal:
        reported, layout = sent.reported, certification.LAYOUTS.layout(said.version)
        made_by = ((sent.plan, sent.unit), (self.plan_of(period), name))
        for plan, called in made_by:
            if layout is None or certification_hash(plan, called, period, reported, said.version) != said.form:
                continue
            sheet = read_package(sent.content).sheet(CERTIFIER_SHEET)
            form = certification_form(plan, plan.unit(called), period, reported, layout)
            return CertifierOriginal(IssuedForm(form, sheet) if sheet is not None else None, reported, plan)
        return CertifierOriginal(None, reported, sent.plan)

    def confirming(self, name: str, period: Period, said: Identity) -> "ConfirmingOriginal | None":
        """The 核对单 of that identity, as it went out; None if none did."""
        key = (name, period, said)
        if key not in self._confirming:
            found = self._evidence.confirming(name, period, said.form)
            self._confirming[key] = None if found is None else self._confirming_original(period, said, found)
        return self._confirming[key]

    def _confirming_original(self, period: Period, said: Identity, sent: ConfirmingForm) -> ConfirmingOriginal:
        layout, (_, shown, plan, called) = confirmation.LAYOUTS.layout(said.version), sent
        if layout is None or confirming_hash(plan, called, period, shown, said.version) != said.form:
            return ConfirmingOriginal(None, plan)
        workbook = read_package(sent.content)
        sheet, form = workbook.sheet(CONFIRMING_SHEET), confirming_form_of(layout, plan, plan.unit(called), period)
        return ConfirmingOriginal(
            IssuedForm(form, sheet, _rule_set(workbook)) if sheet is not None else None, plan,
        )
