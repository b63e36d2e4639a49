"""Judge one received file by itself: whose it is, for which period, what it says.

How it ends beside the other returns of its unit (重复, 更正) is the account's matter.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeVar

from minsheng_xl.accounts.period import Reported
from minsheng_xl.accounts.values import Content, Doubt, Figure, Key, Outcome, shown
from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.read import RawCell, RawSheet, RawWorkbook, read_package
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.expressions import Const, Ref, Value
from minsheng_xl.exact.numbers import parse_lexeme, plain
from minsheng_xl.figures.definitions import DOUBT_PREFIX
from minsheng_xl.forms.certification import (
    CERTIFICATION_VERSION,
    CERTIFIER_SHEET,
    CERTIFY,
    certification_form,
    certification_hash,
    in_form,
)
from minsheng_xl.forms.identity import (
    FEEDBACK_SHEET,
    FORM_PROPERTY,
    FORM_SHEET,
    FORM_VERSION,
    IDENTITY_SHEET,
    PERIOD_CELL,
    PERIOD_PROPERTY,
    UNIT_CELL,
    UNIT_PROPERTY,
    VERSION_PROPERTY,
    form_hash,
)
from minsheng_xl.forms.layout import Check, Input
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.certification import certified
from minsheng_xl.intake.contract import Issued, Placement, locate, remarks, same_text, swallowed
from minsheng_xl.intake.displays import shown_otherwise
from minsheng_xl.intake.figures import Reading, read_figure
from minsheng_xl.intake.gate import Kind, kind_of, package_kind
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.rules import certification, course, files, identity, numbers, ratios, structure, texts
from minsheng_xl.rules.model import Row, Rule, explains_nothing
from minsheng_xl.texts import LONGEST, cleaned

T = TypeVar("T")

_LINE = re.compile(r"(.+) · (\S+) · 表号 (\S+) · 版式 (\S+)\Z")


class Return(NamedTuple):
    """A received file, judged. `unit` and `period` are None if unknown.

    `content` is None if nothing may be used: refused, unrecognised, or held as a whole.
    """

    file: str
    sha256: str
    outcome: Outcome
    unit: str | None = None
    period: Period | None = None
    content: Content | None = None
    problems: tuple[Problem, ...] = ()
    certifies: bool = False
    """Whether it is a certifier's form, which is counted apart from the returns."""


class Identity(NamedTuple):
    """What a workbook says it is, from inside."""

    unit: str
    period: str
    form: str
    version: str


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


_COPIES = ("文件属性", "隐藏表", "表脚一行")


class Judge:
    """Judges files against a plan; each issued form is read once."""

    def __init__(self, plan: Plan, evidence: Evidence | None = None) -> None:
        self.plan, self.evidence = plan, evidence or NoEvidence()
        self._issued: dict[tuple[str, Period], Issued | None] = {}
        self._before: dict[tuple[str, Period], Mapping[str, Value]] = {}
        self._hashes: dict[str, str] = {}
        self._certifying: dict[tuple[str, Period, str], tuple[Issued | None, Mapping[str, Reported]] | None] = {}

    def judge(self, file: str, sha256: str, content: bytes, assumed: "tuple[str, str] | None" = None) -> Return:
        """Judge the bytes of a file. Never raises for anything a file may hold.

        `assumed` is whose form it is, for which period, where the office decided that.
        """
        try:
            workbook, notes = _opened(content)
        except Unreadable as error:
            refused = error.rule in (files.ENCRYPTED, files.OLD_FORMAT)
            outcome = Outcome.REFUSED if refused else Outcome.UNRECOGNISED
            return Return(file, sha256, outcome, problems=(error.rule.problem(reason=error.reason),))
        return _Judgement(self, file, sha256, workbook, notes, assumed).result()

    def period(self, text: str) -> Period | None:
        """The plan's period of that name."""
        return next((period for period in self.plan.periods if str(period) == text), None)

    def issued(self, unit: str, period: Period) -> "Issued | None":
        """The form as it went to a unit; None if it never did."""
        key = (unit, period)
        if key not in self._issued:
            form = unit_form(self.plan, self.plan.unit(unit), period, {})
            try:
                content = self.evidence.issued(unit, period, self.hash(unit))
            except KeyError:
                from minsheng_xl.books.write.book import write_book

                content = write_book(unit_book(self.plan, self.plan.unit(unit), period, {}))
            sheet = read_package(content).sheet(FORM_SHEET) if content is not None else None
            self._issued[key] = Issued(form, sheet) if sheet is not None else None
        return self._issued[key]

    def certifying(self, unit: str, period: Period, form: str) -> "tuple[Issued | None, Mapping[str, Reported]] | None":
        """A certifier's form as it went out, with its figures; without a form if the plan has changed since."""
        key = (unit, period, form)
        if key not in self._certifying:
            found = self.evidence.certifying(unit, period, form)
            self._certifying[key] = None if found is None else (self._as_issued(unit, period, form, *found), found[1])
        return self._certifying[key]

    def _as_issued(self, unit: str, period: Period, form: str, content: bytes, reported: Mapping[str, Reported]) -> Issued | None:
        plan = self.evidence.plan_of(period) or self.plan
        if certification_hash(plan, unit, period, reported) != form:
            return None
        sheet = read_package(content).sheet(CERTIFIER_SHEET)
        return Issued(certification_form(plan, plan.unit(unit), period, reported), sheet) if sheet is not None else None

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        """上期累计 of a unit's indicators."""
        key = (unit, period)
        if key not in self._before:
            self._before[key] = self.evidence.before(unit, period)
        return self._before[key]

    def hash(self, unit: str) -> str:
        """The hash of the present form of a unit."""
        if unit not in self._hashes:
            self._hashes[unit] = form_hash(self.plan, unit)
        return self._hashes[unit]


def _opened(content: bytes) -> tuple[RawWorkbook, list[Problem]]:
    """The workbook of a file, whatever it is kept in. Raises Unreadable."""
    container = Container(content) if content.startswith(b"PK") else None
    kind = kind_of(content) if container is None else package_kind(container)
    if kind is Kind.XLSX:
        workbook = read_package(content, container)
        return workbook, [files.MACROS.problem()] if workbook.has_macros else []
    if kind in (Kind.OLE, Kind.XLSB, Kind.ODS):
        from minsheng_xl.intake.legacy import read_legacy

        return read_legacy(content, kind)
    raise Unreadable(files.KIND, f"是{kind.value}")


class _Judgement:
    """One file on its way from a workbook to a return."""

    def __init__(
        self, judge: Judge, file: str, sha256: str, workbook: RawWorkbook, notes: list[Problem],
        assumed: "tuple[str, str] | None",
    ) -> None:
        self.assumed = assumed
        self.of, self.file, self.sha256, self.workbook = judge, file, sha256, workbook
        self.problems = notes
        self.old = any(p.code == files.OLD_FORMAT.code for p in notes)
        self.unit: str | None = None
        self.period: Period | None = None
        self.certifies = False

    def ends(self, outcome: Outcome, *problems: Problem, content: Content | None = None) -> Return:
        found = tuple(sorted((*self.problems, *problems), key=lambda p: _ORDER[p.severity]))
        return Return(self.file, self.sha256, outcome, self.unit, self.period, content, found, self.certifies)

    def result(self) -> Return:
        copies = identities(self.workbook)
        if not copies and not self.old:
            return self.ends(Outcome.UNRECOGNISED, identity.NOT_OURS.problem())
        self.certifies = any(i.version == CERTIFICATION_VERSION for i in copies.values())
        if self.old:  # it shows neither formulas nor number formats: whose it is can be told, no figure proved
            self.unit = self._agreed([self.of.plan.canonical(i.unit) for i in copies.values()])
            self.period = self._agreed([self.of.period(i.period) for i in copies.values()])
            return self.ends(Outcome.REFUSED)
        said = list(dict.fromkeys(copies.values()))
        self.unit = self._agreed([self.of.plan.canonical(i.unit) for i in said])
        self.period = self._agreed([self.of.period(i.period) for i in said])
        if self.certifies:
            return self._certification(said, copies)
        if self.assumed is not None:
            self.unit, self.period = self.of.plan.canonical(self.assumed[0]), self.of.period(self.assumed[1])
        elif len(said) > 1:
            seen = "；".join(f"{where}：{i.unit} {i.period} {i.form}" for where, i in copies.items())
            return self.ends(Outcome.HELD, identity.CONTRADICTION.problem(seen=seen))
        who = said[0]
        if self.unit is None:
            return self.ends(Outcome.REFUSED, identity.UNIT.problem(seen=cleaned(who.unit)[:60]))
        if self.period is None:
            return self.ends(Outcome.REFUSED, identity.PERIOD.problem(seen=cleaned(who.period)[:20]))
        if all((i.form, i.version) != (self.of.hash(self.unit), FORM_VERSION) for i in said):
            return self.ends(Outcome.REFUSED, identity.FORM.problem(seen=who.form, expected=self.of.hash(self.unit)))
        issued = self.of.issued(self.unit, self.period)
        if issued is None:
            return self.ends(Outcome.REFUSED, identity.NOT_ISSUED.problem(seen=f"{self.unit} {self.period}"))
        self._count(copies)
        found = self._sheet(issued)
        if isinstance(found, Return):
            return found
        return self._contents(issued, *found, self.of.before(self.unit, self.period))

    def _certification(self, said: "list[Identity]", copies: "Mapping[str, Identity]") -> Return:
        """A certifier's form: each was issued with the figures of its day, and is judged by them."""
        if len(said) > 1:
            seen = "；".join(f"{where}：{i.unit} {i.period} {i.form}" for where, i in copies.items())
            return self.ends(Outcome.REFUSED, certification.IDENTITY.problem(seen=seen))
        found = self.of.certifying(self.unit, self.period, said[0].form) if self.unit and self.period else None
        if found is None or self.period is None:
            return self.ends(Outcome.REFUSED, identity.NOT_ISSUED.problem(seen=cleaned(f"{said[0].unit} {said[0].period}")[:60]))
        issued, reported = found
        if issued is None:
            return self.ends(Outcome.REFUSED, identity.FORM.problem(seen=said[0].form))
        self._count(copies)
        sheet = self._sheet(issued)
        if isinstance(sheet, Return):
            return sheet
        plan = self.of.evidence.plan_of(self.period) or self.of.plan
        one = self._contents(issued, *sheet, {code: in_form(plan.indicator(code).kind, r.value) for code, r in reported.items()})
        return one._replace(content=certified(plan, one.content, reported)) if one.content is not None else one

    def _count(self, copies: "Mapping[str, Identity]") -> None:
        missing = [name for name in _COPIES if name not in copies]
        if missing:
            self.problems.append(identity.COPY_MISSING.problem(expected="、".join(missing)))

    @staticmethod
    def _agreed(said: list[T | None]) -> T | None:
        return said[0] if said and all(one == said[0] for one in said) else None

    def _sheet(self, issued: Issued) -> "tuple[RawSheet, Placement] | Return":
        """The page that holds the form, and where the form stands on it."""
        name = issued.form.name
        own = self.workbook.sheet(name)
        others = [s for s in self.workbook.sheets if s.name not in (name, IDENTITY_SHEET)]
        pages = [*([own] if own is not None else []), *others]
        placed = [(sheet, place) for sheet in pages if isinstance(place := locate(issued, sheet), Placement)]
        if len(placed) > 1:
            seen = "、".join(cleaned(sheet.name) for sheet, _ in placed)
            return self.ends(Outcome.REFUSED, structure.SHEET_TWICE.problem(sheet=placed[1][0].name, seen=seen))
        if not placed:
            likely = own or max(others, key=lambda page: _likeness(issued, page), default=None)
            found = likely is not None and (likely is own or 2 * _likeness(issued, likely) > len(issued.anchors))
            said = locate(issued, likely) if likely is not None and found else structure.SHEET.problem(expected=name)
            assert isinstance(said, Problem)
            return self.ends(Outcome.REFUSED, said)
        sheet, placement = placed[0]
        typed = self._typed_over(issued, sheet, placement)
        if typed is not None and self.certifies:
            return self.ends(Outcome.REFUSED, certification.IDENTITY.problem(sheet=typed.sheet, cell=typed.cell, seen=typed.seen))
        if typed is not None and self.assumed is None:
            return self.ends(Outcome.HELD, typed)
        if sheet is not own:
            self.problems.append(structure.RENAMED.problem(sheet=sheet.name, seen=cleaned(sheet.name), expected=name))
        added = [page for page in pages if page is not sheet and page.name != FEEDBACK_SHEET]
        if added:
            names = "、".join(cleaned(page.name) for page in added[:3])
            seen = names + (f"等{len(added)}页" if len(added) > 3 else "")
            self.problems.append(structure.ADDED.problem(sheet=cleaned(added[0].name), seen=seen))
        return sheet, placement

    def _typed_over(self, issued: Issued, sheet: RawSheet, placement: Placement) -> Problem | None:
        """Whether 填报单位 or 期次 says something else than the identity."""
        for key, rule in ((UNIT_CELL, identity.UNIT_TYPED), (PERIOD_CELL, identity.PERIOD_TYPED)):
            cell = issued.form.cell(key)
            at = placement.at((cell.row, cell.column))
            expected, seen = issued.sheet.text(cell.row, cell.column), sheet.text(*at).strip()
            if not seen or same_text(seen) == same_text(expected):
                continue
            if rule is identity.UNIT_TYPED and self.of.plan.canonical(seen) == self.unit:
                continue
            if rule is identity.PERIOD_TYPED and same_text(seen) == str(self.period):
                continue
            return rule.problem(sheet=sheet.name, cell=cell_name(at), seen=cleaned(seen)[:60], expected=expected)
        return None

    def _contents(self, issued: Issued, sheet: RawSheet, placement: Placement, before: Mapping[str, Value]) -> Return:
        self.problems += remarks(issued, sheet, placement)
        reading = _Reading(self.workbook, issued, sheet, placement, before)
        reading.read()
        if not reading.figures and all(key[0] == "head" for key in reading.words):
            return self.ends(Outcome.REFUSED, identity.EMPTY.problem(sheet=sheet.name))
        reading.apply_rules()
        if self.certifies:
            reading.compare_reported()
        self.problems += reading.problems
        held = any(p.severity is Severity.HOLD for p in reading.problems)
        content = Content(reading.figures, reading.words, frozenset(reading.halves), frozenset(reading.explained))
        return self.ends(Outcome.HELD if held else Outcome.ACCEPTED, content=content)


def _likeness(issued: Issued, sheet: RawSheet) -> int:
    """How many anchors of the form there are on a sheet, wherever."""
    texts = {same_text(cell.text) for cell in sheet.cells.values()}
    return sum(text in texts for text in issued.anchors.values())


_ORDER = {Severity.ERROR: 0, Severity.HOLD: 1, Severity.NOTE: 2}


def identities(workbook: RawWorkbook) -> dict[str, Identity]:
    """The copies of its identity that a workbook carries, by where: properties, hidden sheet, print."""
    names = (UNIT_PROPERTY, PERIOD_PROPERTY, FORM_PROPERTY, VERSION_PROPERTY)
    found = {}
    if all(name in workbook.properties for name in names):
        found[_COPIES[0]] = Identity(*(workbook.properties[name] for name in names))
    hidden = workbook.sheet(IDENTITY_SHEET)
    if hidden is not None:
        said = {hidden.text(row, 0): hidden.text(row, 1) for row in range(8)}
        if all(said.get(name) for name in names):
            found[_COPIES[1]] = Identity(*(said[name] for name in names))
    lines = [
        (sheet.name in (FORM_SHEET, CERTIFIER_SHEET), Identity(*match.groups()))
        for sheet in workbook.sheets
        for cell in sheet.cells.values()
        if "表号" in cell.text and cell.kind == "s" and (match := _LINE.match(cell.text))
    ]
    if lines:  # of several pages, that of the form which the other copies name; else that of a form's own page
        found[_COPIES[2]] = next((line for _, line in lines if line in found.values()), next((line for own, line in lines if own), lines[0][1]))
    return found


class _Reading:
    """The input cells of a found form: what each says, then what the rules say of it.

    It gives the rules their operands: the cells as read, with 上期累计 as it was accepted.
    """

    def __init__(
        self, workbook: RawWorkbook, issued: Issued, sheet: RawSheet, placement: Placement, before: Mapping[str, Value]
    ) -> None:
        self.workbook, self.issued, self.sheet, self.placement, self.before = workbook, issued, sheet, placement, before
        self.figures: dict[Key, Figure] = {}
        self.words: dict[Key, str] = {}
        self.halves: set[Key] = set()
        self.explained: set[Key] = set()
        self.struck: set[Key] = set()
        """Texts that are struck out: they say nothing."""
        self.problems: list[Problem] = []
        self._read: dict[Key, Figure] = {}

    def read(self) -> None:
        merged = set(swallowed(self.issued, self.sheet, self.placement))
        for cell in self.issued.form.inputs():
            assert cell.key is not None and cell.input is not None
            place = (cell.row, cell.column)
            at = self.placement.at(place)
            raw = self.sheet.cells.get(at)
            is_figure = cell.key[0] in ("figure", "share", CERTIFY) and cell.input.kind in ("number", "choice")
            if place in merged and is_figure:
                self._merged(cell.key, at)
            elif raw is None or (raw.formula is None and not raw.text.strip()):
                continue
            elif is_figure or cell.input.kind == "number":
                self._figure(cell.key, cell.input, at, raw)
            else:
                self._word(cell.key, cell.input, at, raw)

    def _say(self, rule: Rule, key: Key, at: tuple[int, int], **words: str) -> None:
        self.problems.append(rule.problem(sheet=self.sheet.name, cell=cell_name(at), key=key, **words))

    def _merged(self, key: Key, at: tuple[int, int]) -> None:
        """A cell in a foreign merge is in doubt if the merge says anything at all."""
        area = next(a for a in self.sheet.frame.merges if a.holds(*at))
        texts_in = [c.text for place, c in self.sheet.cells.items() if area.holds(*place) and c.text.strip()]
        if texts_in:
            seen = cleaned(texts_in[0])[:60]
            self.figures[key] = Doubt(seen)
            self._say(numbers.MERGED, key, at, seen=seen)

    def _figure(self, key: Key, accepts: Input, at: tuple[int, int], raw: RawCell) -> None:
        reading = read_figure(raw, accepts, self.workbook.display(raw), self.workbook.epoch_1904)
        if reading.rule is None and any(number in self.workbook.telling and area.holds(*at) for area, number in self.sheet.frame.conditional):
            reading = Reading(Doubt(f"{cleaned(raw.text.strip())}（条件格式）"), numbers.DISPLAY, shown(reading.figure))
        if reading.rule is None and reading.figure == 0 and self.sheet.frame.zeros_hidden and raw.kind == "n":
            reading = Reading(Doubt("0（这页设为不显示零值，看到的是空白）"), numbers.DISPLAY, "0")
        figure = reading.figure
        if reading.rule is not None:
            seen = shown(figure) if isinstance(figure, Doubt) else cleaned(raw.text.strip())
            self._say(reading.rule, key, at, seen=seen, expected=reading.expected)
        if key[0] == "word":  # 资金 stands among the words, in doubt as a text that says so
            if isinstance(figure, Fraction) and (figure < 0 or (figure * 10**accepts.decimals).denominator != 1):
                rule = numbers.NEGATIVE if figure < 0 else numbers.DECIMALS
                self._say(rule, key, at, seen=plain(figure), expected=str(accepts.decimals))
                figure = Doubt(plain(figure))
            self.words[key] = DOUBT_PREFIX + figure.seen if isinstance(figure, Doubt) else shown(figure)
        else:
            self.figures[key] = figure

    def _word(self, key: Key, accepts: Input, at: tuple[int, int], raw: RawCell) -> None:
        text = as_written(raw, self.workbook)
        if raw.kind == "e":
            self._say(texts.WRONG, key, at, seen=text)
            return
        if not text.strip():
            return
        self.words[key] = text
        if raw.marked or self.workbook.display(raw).marked:
            self.struck.add(key)
        if raw.formula is not None:
            self._say(texts.DIFFERS, key, at, seen=cleaned(text)[:60])
        if cleaned(text) != text[:LONGEST]:
            self._say(texts.CLEANED, key, at, seen=cleaned(text)[:60])
        if text.lstrip()[:1] in ("=", "+", "@") or (text.lstrip()[:1] == "-" and raw.kind == "s"):
            self._say(texts.FORMULA_LIKE, key, at, seen=cleaned(text)[:60])
        if len(text) > LONGEST:
            self._say(texts.LONG, key, at, seen=f"{len(text)}字")
        if accepts.kind == "choice" and text.strip() not in accepts.choices:
            self._say(texts.NOT_LISTED, key, at, seen=cleaned(text)[:60], expected="、".join(accepts.choices))

    def compare_reported(self) -> None:
        """What was certified is the figure that went out: where another stands there now, the row is in doubt."""
        for code in dict.fromkeys(key[1] for key in self.figures if key[0] == CERTIFY and key[2] in ("opinion", "figure")):
            for name in ("reported", "since"):
                cell = self.issued.form.cell((CERTIFY, code, name))
                at = self.placement.at((cell.row, cell.column))
                was, now = self.issued.sheet.text(cell.row, cell.column), self.sheet.cells.get(at)
                if (now is None and was) or (now is not None and (same_text(now.text) != same_text(was) or now.formula is not None)):
                    seen = cleaned(now.text)[:60] if now is not None else ""
                    self.figures[CERTIFY, code, "figure"] = Doubt(f"报送数被改为 {seen or '空'}")
                    self._say(certification.REPORTED_CHANGED, (CERTIFY, code, name), at, seen=seen, expected=was)
                    break

    def apply_rules(self) -> None:
        """Apply the form's own checks to what was read; a doubt takes the place of the figures it holds."""
        self._read = dict(self.figures)
        for check in sorted(self.issued.form.checks, key=lambda check: check.rule is course.CHILD_EXCEEDS):
            if check.rule not in (numbers.NOT_NUMBER, numbers.NOT_CHOICE) and self._applies(check):
                try:
                    fires = bool(check.condition.value(self))
                except Exception:  # a check that crashes hides no other, and passes no figure
                    fires = True
                if fires:
                    self._fired(check)

    def _applies(self, check: Check) -> bool:
        """Whether the cells that a rule compares hold numbers; what is in doubt was told already."""
        row = check.row
        if row is None:
            return not any(isinstance(self._read.get(key), Doubt) for key in check.keys)
        entered = [(row.role, row.indicator.code, name) for name in numbers.measures(row)]
        if check.rule is ratios.HALF:
            return any(isinstance(self._read.get(key), Fraction) for key in entered)
        compared = check.keys if check.rule in numbers.RULES or check.rule is ratios.DENOMINATOR_ZERO else entered
        return all(isinstance(self._read.get(key), Fraction) for key in compared)

    def content(self, ref: Ref) -> Value:
        """What a cell of the form holds on the returned sheet, for a rule."""
        part, code, name = ref.key
        if name == "previous" or (part == CERTIFY and name == "reported"):
            return self.before.get(code)
        if name == "target":
            return self._row(ref.key).terms.target
        if name == "doubt":
            return "待核" if isinstance(self.figures.get((part, code, "reported")), Doubt) else ""
        if ref.key in self._read:
            figure = self._read[ref.key]
            return figure.seen if isinstance(figure, Doubt) else figure
        if name == "denominator":
            return self._fixed_denominator(ref.key)
        return self.words.get(ref.key)

    def address(self, ref: Ref, home: str) -> str:
        return self.issued.form.address(ref.key)

    def _row(self, key: Key) -> Row:
        return next(check.row for check in self.issued.form.checks if check.row is not None and (check.row.role, check.row.indicator.code) == key[:2])

    def _fixed_denominator(self, key: Key) -> Value:
        """The office's denominator as it stands on the returned sheet, in its locked cell."""
        cell = self.issued.form.cell(key)
        raw = self.sheet.cells.get(self.placement.at((cell.row, cell.column)))
        if raw is None or cell.input is not None:
            return None
        number = parse_lexeme(raw.text)
        return raw.text if number is None else number

    def _fired(self, check: Check) -> None:
        rule, keys, row = check.rule, check.keys, check.row
        reason = None if row is None else (row.role, row.indicator.code, "explanation")
        said = "" if reason is None or reason in self.struck else cleaned(self.words.get(reason, "")).strip()
        said = "" if explains_nothing(Const(said)).value() else said
        if rule is ratios.HALF:
            keys = tuple(key for key in keys if key not in self._read)
            self.halves.update(keys)
        elif rule.is_doubt and not (rule.explainable and said):
            for key in keys:
                self.figures[key] = Doubt(shown(self._read.get(key)))
        elif rule.is_doubt:
            self.explained.update(keys)
        cell = self.issued.form.cell(keys[0])
        seen, expected = self._sides(check)
        self._say(
            rule, keys[0], self.placement.at((cell.row, cell.column)), seen=seen, expected=expected,
            explained=said[:100] if rule.explainable and rule.is_doubt else "",
        )

    def _sides(self, check: Check) -> tuple[str, str]:
        """Both sides of a comparison, as the message names them."""
        seen = " / ".join(shown(self._read[key]) for key in check.keys if key in self._read)
        row = check.row
        if row is None and check.rule.against == "decimals":
            accepts = self.issued.form.cell(check.keys[0]).input
            return seen, str(accepts.decimals) if accepts else ""
        if row is None and check.rule.against == "reported":
            return seen, _value_text(self.before.get(check.keys[0][1]))
        if row is None or not check.rule.against:
            return seen, ""
        indicator, against = row.indicator, check.rule.against
        key = (row.role, indicator.code)
        if against == "decimals":
            return seen, str(indicator.decimals)
        if against == "target":
            return seen, shown(row.terms.target)
        if against == "previous":
            before = self.before.get(indicator.code)
            return seen, plain(before) if isinstance(before, Fraction) else str(before)
        if against == "parent":
            return seen, f"{indicator.parent} 的 {shown(self._read.get((row.role, indicator.parent, 'reported')))}"
        denominator = self.content(Ref("", (*key, "denominator")))
        text = "空" if denominator is None else plain(denominator) if isinstance(denominator, Fraction) else str(denominator)
        if against == "fixed":
            return text, shown(indicator.fixed_denominator)
        return seen, text


def _value_text(value: Value) -> str:
    return plain(value) if isinstance(value, Fraction) else str(value or "")


def as_written(raw: RawCell, workbook: RawWorkbook) -> str:
    """A text as its writer saw it: a date stays a date, 98% stays 98%."""
    number = parse_lexeme(raw.text) if raw.kind == "n" else None
    if number is None:
        return {"1": "TRUE", "0": "FALSE"}.get(raw.text, raw.text) if raw.kind == "b" else raw.text
    otherwise = shown_otherwise(number, workbook.display(raw).code, "", workbook.epoch_1904)
    return plain(number) if otherwise is None or otherwise.rule is numbers.DISPLAY else otherwise.seen
