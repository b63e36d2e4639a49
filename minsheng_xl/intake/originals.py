"""The originals a returned form is compared with: the issued workbooks, and the figures of their day."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from minsheng_xl.accounts.period import Reported
from minsheng_xl.books.package.read import RawWorkbook, read_package
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import certification, unit
from minsheng_xl.forms.certification import CERTIFIER_SHEET, certification_form, certification_hash
from minsheng_xl.forms.identity import FORM_SHEET, RULES_PROPERTY
from minsheng_xl.forms.unit import form_hash, form_of, unit_book
from minsheng_xl.intake.identity import Identity, identities
from minsheng_xl.intake.placement import IssuedForm
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

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        """The last accepted parts of a unit's ratios, and its amounts of 资金, by cell."""

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

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        return {}

    def certifying(self, unit: str, period: Period, form: str) -> "tuple[bytes, Mapping[str, Reported]] | None":
        return None

    def plan_of(self, period: Period) -> "Plan | None":
        return None


class CertifierOriginal(NamedTuple):
    """A certifier's form that went out with these figures; `issued` is None if the plan has changed since."""

    issued: IssuedForm | None
    reported: Mapping[str, Reported]


def _rule_set(workbook: RawWorkbook) -> int | None:
    """The number of the rule set that a form bears."""
    number = workbook.properties.get(RULES_PROPERTY, "")
    return int(number) if number.isdecimal() else None


class Originals:
    """The originals of a plan's forms; each is made or read once."""

    def __init__(self, plan: Plan, evidence: Evidence | None = None) -> None:
        self.plan, self._evidence = plan, evidence or NoEvidence()
        self._issued: dict[tuple[str, Period, str], IssuedForm | None] = {}
        self._hashes: dict[tuple[str, str], str] = {}
        self._certifying: dict[tuple[str, Period, Identity], CertifierOriginal | None] = {}

    def period(self, text: str) -> Period | None:
        """The plan's period of that name."""
        return next((period for period in self.plan.periods if str(period) == text), None)

    def plan_of(self, period: Period) -> Plan:
        """The plan by which a period is judged: that of its closing, or the present one."""
        return self._evidence.plan_of(period) or self.plan

    def hash(self, name: str, version: str = "") -> str:
        """The hash of the form of a unit, in a layout of that version or in the present one."""
        key = (name, version or unit.LAYOUTS.version)
        if key not in self._hashes:
            self._hashes[key] = form_hash(self.plan, *key)
        return self._hashes[key]

    def is_present(self, name: str, said: Identity) -> bool:
        """Whether an identity is that of a form of the present plan, in a layout that is known."""
        return unit.LAYOUTS.layout(said.version) is not None and said.form == self.hash(name, said.version)

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        """上期累计 of a unit's indicators."""
        return self._evidence.before(unit, period)

    def parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        """The last accepted parts of a unit's ratios, and its amounts of 资金, by cell."""
        return self._evidence.parts(unit, period)

    def issued(self, name: str, period: Period, version: str) -> "IssuedForm | None":
        """The form as it went to a unit, in a layout of that version; None if it never did."""
        key = (name, period, version)
        if key not in self._issued:
            layout = unit.LAYOUTS.layout(version)
            content = self._sent(name, period, version)
            self._issued[key] = None
            workbook = read_package(content) if content is not None else None
            sheet = workbook.sheet(FORM_SHEET) if workbook is not None else None
            if layout is not None and workbook is not None and sheet is not None:
                form = form_of(layout, self.plan, self.plan.unit(name), period)
                self._issued[key] = IssuedForm(form, sheet, _rule_set(workbook))
        return self._issued[key]

    def issued_as(self, workbook: RawWorkbook, name: str, period: Period) -> "IssuedForm | None":
        """The form as it went to a unit, in the layout that a workbook bears; one of an earlier plan is looked at
        as if it were of the present."""
        said = [one for one in identities(workbook).values() if self.is_present(name, one)]
        return self.issued(name, period, said[0].version if said else unit.LAYOUTS.version)

    def _sent(self, name: str, period: Period, version: str) -> "bytes | None":
        """The workbook that went to a unit; as the present layout would make it, where no records are kept."""
        try:
            return self._evidence.issued(name, period, self.hash(name, version))
        except KeyError:
            from minsheng_xl.books.write.book import write_book

            return write_book(unit_book(self.plan, self.plan.unit(name), period, {}))

    def certifying(self, name: str, period: Period, said: Identity) -> "CertifierOriginal | None":
        """The certifier's form of that identity, as it went out; None if none did."""
        key = (name, period, said)
        if key not in self._certifying:
            found = self._evidence.certifying(name, period, said.form)
            self._certifying[key] = None if found is None else self._certifier_original(name, period, said, *found)
        return self._certifying[key]

    def _certifier_original(
        self, name: str, period: Period, said: Identity, content: bytes, reported: Mapping[str, Reported]
    ) -> CertifierOriginal:
        plan, layout = self.plan_of(period), certification.LAYOUTS.layout(said.version)
        if layout is None or certification_hash(plan, name, period, reported, said.version) != said.form:
            return CertifierOriginal(None, reported)
        sheet = read_package(content).sheet(CERTIFIER_SHEET)
        form = certification_form(plan, plan.unit(name), period, reported, layout)
        return CertifierOriginal(IssuedForm(form, sheet) if sheet is not None else None, reported)
