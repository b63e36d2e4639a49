"""Judge one received file by itself: whose it is, for which period, what it says.

The order of it: open, tell whose it is, find the page, read the cells, hold them to the rules. How it
ends beside the other returns of its unit (重复, 更正) is the account's matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import NOTHING, Content, Outcome
from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.read import RawWorkbook, package_properties, read_package
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import certification as certifier
from minsheng_xl.forms import confirmation
from minsheng_xl.forms import unit as unit_forms
from minsheng_xl.forms.certification import in_form
from minsheng_xl.intake.beside import hold_what_is_corrected
from minsheng_xl.intake.certification import certified, reported_changed
from minsheng_xl.intake.checks import checked
from minsheng_xl.intake.choices import Known, settle_choices
from minsheng_xl.intake.confirmation import confirmed, in_its_words
from minsheng_xl.intake.contract import remarks
from minsheng_xl.intake.elsewhere import hold_what_stands_elsewhere
from minsheng_xl.intake.gate import FileKind, kind_of, package_kind
from minsheng_xl.intake.identity import Identity, agreed, contradiction, identities, missing_copies, typed_over
from minsheng_xl.intake.originals import CertifierOriginal, ConfirmingOriginal, Evidence, Originals
from minsheng_xl.intake.page import Page, find_page, page_remarks
from minsheng_xl.intake.parcel import refusal
from minsheng_xl.intake.reading import Answers, read_answers
from minsheng_xl.intake.since import changed_since
from minsheng_xl.intake.wholes import of_earlier, slipped
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.rules import certification, files, identity
from minsheng_xl.rules import confirmation as confirmations
from minsheng_xl.rules.model import Rule
from minsheng_xl.texts import cleaned
from minsheng_xl.year.storage import Lost

if TYPE_CHECKING:
    from minsheng_xl.books.package.overlay import Overlay

_TYPES = "[Content_Types].xml"
_ENDINGS = (".xlsx", ".xls", ".xlsm", ".et")
_ORDER = {Severity.ERROR: 0, Severity.HOLD: 1, Severity.NOTE: 2}


class ReadForm(NamedTuple):
    """A file judged, and the page that holds the form, if one was found."""

    returned: Return
    page: Page | None = None


class Judge:
    """Judges files against a plan; each issued form is read once."""

    def __init__(self, plan: Plan, evidence: Evidence | None = None) -> None:
        self._originals = Originals(plan, evidence)

    def judge(self, file: str, sha256: str, content: bytes, assumed: "tuple[str, str] | None" = None) -> Return:
        """Judge the bytes of a file. Never raises for anything a file may hold.

        `assumed` is whose form it is, for which period, where the office decided that.
        """
        return self.read(file, sha256, content, assumed).returned

    def read(self, file: str, sha256: str, content: bytes, assumed: "tuple[str, str] | None" = None) -> "ReadForm":
        """The same, with the page on which its figures stand."""
        blank = Return(file=file, sha256=sha256, outcome=Outcome.UNRECOGNISED)
        try:
            workbook, notes = _opened(content, file)
        except Unreadable as error:
            refused = error.rule in (files.ENCRYPTED, files.OLD_FORMAT)
            outcome = Outcome.REFUSED if refused else Outcome.UNRECOGNISED
            return ReadForm(blank._replace(outcome=outcome, problems=(error.rule.problem(reason=error.reason),)))
        judgement = _Judgement(self._originals, blank, workbook, notes)
        try:
            return ReadForm(judgement.result(assumed), judgement.page)
        except Lost as error:
            problem = files.ORIGINAL_LOST.problem(reason=error.what, seen=error.sha256)
            return ReadForm(blank._replace(problems=(problem,)))


def _opened(content: bytes, file: str) -> tuple[RawWorkbook, list[Problem]]:
    """The workbook of a file, whatever it is kept in. Raises Unreadable."""
    container = _container(content)
    kind = kind_of(content) if container is None else package_kind(container)
    if kind is FileKind.XLSX:
        if container is not None and _TYPES not in container:
            raise Unreadable(files.BROKEN, "缺了说明内容的部件，不是 Excel 存出来的样子")
        return _read(content, container)
    if kind in (FileKind.OLE, FileKind.XLSB, FileKind.ODS, FileKind.NUMBERS) or kind.is_text_of_table:
        from minsheng_xl.intake.legacy import read_legacy

        return read_legacy(content, kind)
    raise _refusal(kind, content, file)


def _container(content: bytes) -> Container | None:
    """The zip that a file is; None if it is none, or a parcel that is closed; of another format no part need be
    sound but the one that says whose it is. Raises Unreadable."""
    try:
        return Container(content) if content.startswith(b"PK") else None
    except Unreadable:
        kind = kind_of(content)
        if kind in (FileKind.ODS, FileKind.XLSB):
            return Container(content, parcel=True)
        if kind is FileKind.ZIP:
            return None
        raise


def _refusal(kind: FileKind, content: bytes, file: str) -> Unreadable:
    """Why a file that is no workbook is not read, by the words that help whoever sent it."""
    if kind is FileKind.ZIP:
        return refusal(content)
    if kind.is_packed:
        return Unreadable(files.PACKED, f"是{kind.value}")
    if kind.is_mail:
        return Unreadable(files.ENCLOSED, kind.value)
    if kind.is_guarded:
        return Unreadable(files.GUARDED, f"被加密软件（{kind.value}）加密")
    if kind is FileKind.OTHER and not content.strip(b"\0"):
        return Unreadable(files.BROKEN, "里面全是零，没有传完")
    if kind is FileKind.OTHER and file.lower().endswith(_ENDINGS):
        return Unreadable(files.GUARDED, "认不出内容，可能被加密软件加密")
    return Unreadable(files.KIND, f"是{kind.value}")


def _read(content: bytes, container: Container | None) -> tuple[RawWorkbook, list[Problem]]:
    """The workbook of an .xlsx; of one with too many rows only its properties. Raises Unreadable."""
    container = container or Container(content)
    try:
        workbook = read_package(content, container)
    except Unreadable as error:
        if error.rule is not files.BLANK_ROWS:
            raise
        return RawWorkbook([], package_properties(container)), [files.BLANK_ROWS.problem()]
    return workbook, [files.MACROS.problem()] if workbook.has_macros else []


_UNREAD = frozenset((files.OLD_FORMAT.code, files.BLANK_ROWS.code))
"""Why of a workbook can be told whose it is, and no figure be taken."""


class _Judgement:
    """One file on its way from a workbook to a return: `unit` and `period` are what is known by then."""

    def __init__(self, originals: Originals, blank: Return, workbook: RawWorkbook, notes: list[Problem]) -> None:
        self.originals, self.blank, self.workbook, self.problems = originals, blank, workbook, notes
        self.unit: str | None = None
        self.period: Period | None = None
        self.certifies = self.confirms = False
        self.page: Page | None = None
        self.then = originals.plan
        """The plan by which the form was made."""

    def ends(self, outcome: Outcome, *problems: Problem, content: Content | None = None) -> Return:
        every = [*self.problems, *problems]
        told = in_its_words(every) if self.confirms else every
        found = tuple(sorted(told, key=lambda problem: _ORDER[problem.severity]))
        known = self.blank._replace(
            unit=self.unit, period=self.period, certifies=self.certifies, confirms=self.confirms
        )
        return known._replace(outcome=outcome, content=content, problems=found)

    def result(self, assumed: "tuple[str, str] | None") -> Return:
        copies = identities(self.workbook)
        said = list(dict.fromkeys(copies.values()))
        is_unread = any(problem.code in _UNREAD for problem in self.problems)
        if not said and not is_unread:
            return self.ends(Outcome.UNRECOGNISED, identity.NOT_OURS.problem())
        plan = self.originals.plan
        self.certifies = any(certifier.LAYOUTS.bears(one.version) for one in said)
        self.confirms = any(confirmation.LAYOUTS.bears(one.version) for one in said)
        self.period = agreed(said, lambda one: self.originals.period(one.period))
        then = plan if self.period is None else self.originals.plan_of(self.period)
        self.unit = agreed(said, lambda one: plan.canonical(one.unit) or then.canonical(one.unit))
        if is_unread:  # it shows no figure that can be proved
            return self.ends(Outcome.REFUSED)
        if self.certifies:
            return self._certifiers(said, copies)
        if self.confirms:
            return self._confirming(said, copies)
        if assumed is not None:
            self.unit, self.period = plan.canonical(assumed[0]), self.originals.period(assumed[1])
        elif len(said) > 1:
            return self.ends(Outcome.HELD, identity.CONTRADICTION.problem(seen=contradiction(copies)))
        return self._units(said, copies, is_assumed=assumed is not None)

    def _units(self, said: Sequence[Identity], copies: Mapping[str, Identity], *, is_assumed: bool) -> Return:
        """A unit's form, which must be of the present plan, and have gone out."""
        who = said[0]
        if self.unit is None:
            return self.ends(Outcome.REFUSED, identity.UNIT.problem(seen=cleaned(who.unit)[:60]))
        if self.period is None:
            return self.ends(Outcome.REFUSED, identity.PERIOD.problem(seen=cleaned(who.period)[:20]))
        if all(unit_forms.LAYOUTS.layout(one.version) is None for one in said):
            return self._of_no_layout(who)
        known = [one for one in said if self.originals.made_by(self.unit, self.period, one) is not None]
        if not known:
            found = identity.FORM.problem(seen=who.form, expected=self.originals.hash(self.unit))
            return self.ends(Outcome.REFUSED, found)
        issued, made_by = self.originals.issued(self.unit, self.period, known[0]), known[0]
        if issued is None:
            return self.ends(Outcome.REFUSED, identity.NOT_ISSUED.problem(seen=f"{self.unit} {self.period}"))
        if not issued.is_of_its_layout:
            return self._of_no_layout(who)
        self.problems += missing_copies(copies)
        page = find_page(self.workbook, issued)
        if isinstance(page, Problem):
            return self.ends(Outcome.REFUSED, page)
        typed = typed_over(page, self.originals.plan, self.unit, self.period)
        if typed is not None and not is_assumed:
            return self.ends(Outcome.HELD, typed)
        self.then = self.originals.plan_made_by(self.unit, self.period, made_by)
        before, parts = self._before(self.unit, self.period), self._parts(self.unit, self.period)
        if not is_assumed:
            earlier = of_earlier(page, self._earlier(self.unit, self.period))
            if earlier is not None:
                return self.ends(Outcome.HELD, earlier)
        return self._contents(page, before, parts, is_sure=is_assumed)

    def _before(self, unit: str, period: Period) -> Mapping[str, Value]:
        """The figures that stood before a period, by the codes of the form."""
        found, plan = self.originals.before(unit, period), self.originals.plan
        if not plan.before.codes:
            return found
        here = plan.code_here
        return {**found, **{one.code: found[here(one.code)] for one in self.then.indicators if here(one.code) in found}}

    def _parts(self, unit: str, period: Period) -> Mapping[Key, Value]:
        """The last accepted parts of ratios, and amounts, by the cells of the form."""
        found, codes = self.originals.parts(unit, period), self.originals.plan.before.codes
        former = {now: was for was, now in codes.items() if self.then.has_indicator(was)}
        return {key._replace(of=former.get(key.of, key.of)): value for key, value in found.items()} if former else found

    def _earlier(self, unit: str, period: Period) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """The earlier periods, each with the figures that stood before it."""
        for each in reversed(period.earlier):
            yield str(each), self._before(unit, each)

    def _of_no_layout(self, who: Identity) -> Return:
        """Where its inputs stand is not known for certain."""
        return self.ends(Outcome.REFUSED, identity.LAYOUT.problem(seen=cleaned(who.version)[:20]))

    def _certifiers(self, said: Sequence[Identity], copies: Mapping[str, Identity]) -> Return:
        """A certifier's form: each was issued with the figures of its day, and is judged by them."""
        unit, period = self.unit, self.period
        original = self.originals.certifying(unit, period, said[0]) if unit and period else None
        page = self._page_as_sent(said, copies, original, certification.IDENTITY)
        if original is None or isinstance(page, Return):
            assert isinstance(page, Return)
            return page
        plan, reported = original.plan, original.reported
        before = {code: in_form(plan.indicator(code).kind, one.value) for code, one in reported.items()}
        judged = self._contents(page, before)
        return judged if judged.content is None else judged._replace(content=certified(plan, judged.content, reported))

    def _confirming(self, said: Sequence[Identity], copies: Mapping[str, Identity]) -> Return:
        """A 核对单: what it says instead of the figures in use is held to the rules of the unit's own form."""
        unit, period = self.unit, self.period
        original = self.originals.confirming(unit, period, said[0]) if unit and period else None
        page = self._page_as_sent(said, copies, original, confirmations.IDENTITY)
        if original is None or unit is None or period is None or isinstance(page, Return):
            assert isinstance(page, Return)
            return page
        self.then = original.plan
        return self._contents(page, self._before(unit, period), self._parts(unit, period))

    def _page_as_sent(
        self, said: Sequence[Identity], copies: Mapping[str, Identity],
        original: "CertifierOriginal | ConfirmingOriginal | None", contradicted: Rule,
    ) -> Page | Return:
        """The page of a form that bears the figures of its day, beside the one that went out; how the file ends if
        there is none."""
        if len(said) > 1:
            return self.ends(Outcome.REFUSED, contradicted.problem(seen=contradiction(copies)))
        who, unit, period = said[0], self.unit, self.period
        if original is None or unit is None or period is None:
            seen = cleaned(f"{who.unit} {who.period}")[:60]
            return self.ends(Outcome.REFUSED, identity.NOT_ISSUED.problem(seen=seen))
        layouts = confirmation.LAYOUTS if self.confirms else certifier.LAYOUTS
        if layouts.layout(who.version) is None:
            return self._of_no_layout(who)
        if original.issued is None:
            return self.ends(Outcome.REFUSED, identity.FORM.problem(seen=who.form))
        if not original.issued.is_of_its_layout:
            return self._of_no_layout(who)
        self.problems += missing_copies(copies)
        page = find_page(self.workbook, original.issued)
        if isinstance(page, Problem):
            return self.ends(Outcome.REFUSED, page)
        typed = typed_over(page, self.originals.plan, unit, period)
        if typed is not None:
            found = contradicted.problem(sheet=typed.sheet, cell=typed.cell, seen=typed.seen)
            return self.ends(Outcome.REFUSED, found)
        return page

    def _contents(
        self, page: Page, before: Mapping[str, Value], parts: Mapping[Key, Value] = NOTHING, *, is_sure: bool = True
    ) -> Return:
        """What the cells of a page say, held to the rules; `before` are the figures accepted earlier, `parts` those
        of which ratios are made, and amounts. `is_sure`: that its figures stand in their rows."""
        self.page = page
        self.problems += page_remarks(self.workbook, page)
        self.problems += remarks(page)
        answers = read_answers(self.workbook, page)
        overlay = page.sheet.overlay() if page.sheet.overlay is not None else None
        if answers.is_empty:
            return self._unfilled(page, answers, overlay)
        if not self.certifies and self.period is not None:
            told = self.originals.exempting_today(self.then, self.period)
            settle_choices(page, answers, Known(told, self.period, before, parts))
        moved = None if is_sure else slipped(page, answers.figures, before, parts)
        if moved is not None:
            return self.ends(Outcome.HELD, moved)
        if overlay is not None:
            from minsheng_xl.intake.overlaid import hold_what_is_covered

            hold_what_is_covered(page, answers, overlay)
        hold_what_is_corrected(page, answers, overlay)
        if not self.certifies:
            hold_what_stands_elsewhere(self.workbook, page, answers)
        content, found = checked(page, answers, before, parts)
        if self.certifies:
            doubts, changed = reported_changed(page, content.figures)
            content, found = content._replace(figures={**content.figures, **doubts}), [*found, *changed]
        elif self.period is not None:
            content, typed = confirmed(page, content) if self.confirms else (content, [])
            content, changed = changed_since(page, content, self.then, self.originals.plan_of(self.period))
            found = [*found, *typed, *changed]
        problems = [*answers.problems, *found]
        if any(problem.severity is Severity.HOLD for problem in problems):
            return self.ends(Outcome.HELD, *problems, content=content)
        if self._lacks_figures(content):
            lacking = identity.NO_FIGURES.problem(sheet=page.sheet.name)
            return self.ends(Outcome.WORDS, lacking, *problems, content=content)
        return self.ends(Outcome.ACCEPTED, *problems, content=content)

    def _lacks_figures(self, content: Content) -> bool:
        """Whether a unit that owes figures says not one, nor a choice or an amount."""
        if self.certifies or self.confirms or self.unit is None or self.period is None:
            return False
        return not content.figures and self.then.owes_figures_in(self.unit, self.period)

    def _unfilled(self, page: Page, answers: Answers, overlay: "Overlay | None") -> Return:
        """A form of which no cell below its head says anything."""
        from minsheng_xl.intake.unfilled import what_is_not_read

        reason = what_is_not_read(self.workbook, page, overlay)
        if reason or answers.problems:
            found = identity.UNREAD.problem(sheet=page.sheet.name, reason=reason or "有的格里是错误值")
            return self.ends(Outcome.REFUSED, found, *answers.problems)
        self.problems.insert(0, identity.EMPTY.problem(sheet=page.sheet.name))
        return self.ends(Outcome.EMPTY)
