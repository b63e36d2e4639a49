"""Judge one received file by itself: whose it is, for which period, what it says.

How it ends beside the other returns of its unit (重复, 更正) is the account's matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from minsheng_xl.account import Content, Doubt, Figure, Key, Outcome, shown
from minsheng_xl.exact import parse_lexeme, parse_plain, plain
from minsheng_xl.forms.identity import (
    FORM_PROPERTY,
    FORM_SHEET,
    FORM_VERSION,
    IDENTITY_SHEET,
    PERIOD_PROPERTY,
    UNIT_PROPERTY,
    VERSION_PROPERTY,
    form_hash,
)
from minsheng_xl.forms.layout import Cell, Input, Sheet
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.intake.package import RawCell, RawSheet, RawWorkbook, Unreadable, read_package
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, problem

_LINE = re.compile(r"(.+) · (\S+) · 表号 (\S+) · 版式 (\S+)\Z")


@dataclass(frozen=True, slots=True)
class Return:
    """A received file, judged. `unit` and `period` are None if unknown.

    `content` is None if nothing may be used: refused or unrecognised.
    """

    file: str
    sha256: str
    outcome: Outcome
    unit: str | None = None
    period: Period | None = None
    content: Content | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says it is, from inside."""

    unit: str
    period: str
    form: str
    version: str


@dataclass
class Judge:
    """Judges files against a plan; the layout of each form is made once."""

    plan: Plan
    _forms: dict[tuple[str, Period], Sheet] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)

    def judge(self, file: str, sha256: str, content: bytes) -> Return:
        """Judge the bytes of a file. Never raises for anything a file may hold."""

        def refused(code: str, outcome: Outcome = Outcome.REFUSED, **words: str) -> Return:
            return Return(file, sha256, outcome, unit, period, None, (problem(code, **words),))

        unit: str | None = None
        period: Period | None = None
        try:
            workbook = read_package(content)
        except Unreadable as error:
            return refused("return-unreadable", Outcome.UNRECOGNISED, reason=str(error))
        copies = identities(workbook)
        if not copies:
            return refused("return-not-ours", Outcome.UNRECOGNISED)
        if len(set(copies)) > 1:
            return refused("return-identity", seen="；".join(f"{i.unit} {i.period}" for i in dict.fromkeys(copies)))
        identity = copies[0]
        period = self._period(identity.period)
        unit = self.plan.canonical(identity.unit)
        if unit is None:
            return refused("return-unit", seen=identity.unit)
        if period is None:
            return refused("return-period", seen=identity.period)
        if (identity.form, identity.version) != (self._hash(unit), FORM_VERSION):
            return refused("return-plan", seen=identity.form, expected=self._hash(unit))
        sheet = workbook.sheet(FORM_SHEET)
        if sheet is None:
            return refused("return-sheet", expected=FORM_SHEET)
        form = self.form(unit, period)
        broken = next(_moved(form, sheet), None)
        if broken is not None:
            return Return(file, sha256, Outcome.REFUSED, unit, period, None, (broken,))
        return self._sound(file, sha256, unit, period, form, sheet)

    def _sound(self, file: str, sha256: str, unit: str, period: Period, form: Sheet, sheet: RawSheet) -> Return:
        figures: dict[Key, Figure] = {}
        words: dict[Key, str] = {}
        problems: list[Problem] = []
        for cell in form.inputs():
            raw = sheet.cells.get((cell.row, cell.column))
            assert cell.key is not None and cell.input is not None
            if raw is None or (raw.kind != "f" and not raw.text.strip()):
                continue
            if cell.key[0] not in ("figure", "share") or cell.key[2] == "explanation":
                words |= {cell.key: _words(raw)} if raw.text.strip() and cell.input.kind != "number" else {}
                if cell.input.kind != "number":
                    continue
            figure = read_figure(raw, cell.input)
            if cell.key[0] == "word":  # 资金
                words[cell.key] = figure.text if isinstance(figure, Doubt) else shown(figure)
            else:
                figures[cell.key] = figure
            if isinstance(figure, Doubt):
                place = cell.address
                expected = "是 或 否" if cell.input.kind == "choice" else "数字"
                problems.append(problem("figure-not-number", sheet=sheet.name, cell=place, seen=figure.seen, expected=expected))
        if not figures and not any(key[0] == "word" for key in words):
            empty = problem("return-empty", sheet=sheet.name)
            return Return(file, sha256, Outcome.REFUSED, unit, period, None, (empty,))
        outcome = Outcome.HELD if problems else Outcome.ACCEPTED
        return Return(file, sha256, outcome, unit, period, Content(figures, words), tuple(problems))

    def _period(self, text: str) -> Period | None:
        try:
            period = Period.parse(text)
        except ValueError:
            return None
        return period if period in self.plan.periods else None

    def form(self, unit: str, period: Period) -> Sheet:
        """The layout of a unit's form for a period."""
        found = self._forms.get((unit, period))
        if found is None:
            found = self._forms[unit, period] = unit_form(self.plan, self.plan.unit(unit), period, {})
        return found

    def _hash(self, unit: str) -> str:
        if unit not in self._hashes:
            self._hashes[unit] = form_hash(self.plan, unit)
        return self._hashes[unit]


def identities(workbook: RawWorkbook) -> list[Identity]:
    """The copies of its identity that a workbook carries: properties, hidden sheet, print."""
    names = (UNIT_PROPERTY, PERIOD_PROPERTY, FORM_PROPERTY, VERSION_PROPERTY)
    found = []
    if all(name in workbook.properties for name in names):
        found.append(Identity(*(workbook.properties[name] for name in names)))
    hidden = workbook.sheet(IDENTITY_SHEET)
    if hidden is not None:
        said = {hidden.text(row, 0): hidden.text(row, 1) for row in range(8)}
        if all(said.get(name) for name in names):
            found.append(Identity(*(said[name] for name in names)))
    form = workbook.sheet(FORM_SHEET)
    if form is not None:
        for cell in form.cells.values():
            match = _LINE.match(cell.text) if cell.kind == "s" and "表号" in cell.text else None
            if match:
                found.append(Identity(*match.groups()))
    return found


def _moved(form: Sheet, sheet: RawSheet) -> Iterator[Problem]:
    """The anchors of the form that are not where they were issued."""
    for anchor in form.anchors():
        expected = shown(anchor.content) if isinstance(anchor.content, Fraction) else str(anchor.content)
        seen = sheet.text(anchor.row, anchor.column)
        if "".join(seen.split()) != "".join(expected.split()) and not _same_number(seen, anchor):
            yield problem("return-structure", sheet=sheet.name, cell=anchor.address, seen=seen, expected=expected.replace("\n", ""))


def _same_number(seen: str, anchor: Cell) -> bool:
    return isinstance(anchor.content, Fraction) and parse_lexeme(seen) == anchor.content


_SHOWN = 100  # characters of a doubtful content that are shown


def read_figure(raw: RawCell, accepts: Input) -> Figure:
    """A figure, or a doubt that shows what was seen. A plain number and nothing else is a number.

    What the form's own validation keeps out is no plain number either: negative, more decimals than
    declared, a number displayed as a date or a percentage.
    """
    text = raw.text.strip()
    if raw.kind == "f":
        return Doubt(f"公式（{text[:_SHOWN]}）" if text else "公式")
    if accepts.kind == "choice":
        return text if raw.kind == "s" and text in accepts.choices else Doubt(text[:_SHOWN])
    number = parse_lexeme(text) if raw.kind == "n" else parse_plain(text) if raw.kind == "s" else None
    if number is None or raw.shown == "marked":
        return Doubt(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
    if raw.shown:
        return Doubt(_as_displayed(number, raw.shown))
    fits = number >= 0 and (number * 10**accepts.decimals).denominator == 1
    return number if fits else Doubt(plain(number))


def _words(raw: RawCell) -> str:
    """A text as its writer saw it: a date stays a date."""
    number = parse_lexeme(raw.text) if raw.kind == "n" else None
    if number is None:
        return raw.text
    return _as_displayed(number, raw.shown) if raw.shown else plain(number)


def _as_displayed(number: Fraction, display: str) -> str:
    if display in ("percent", "sign"):
        return plain(number * (100 if display == "percent" else 1)) + "%"
    try:
        return str(date(1899, 12, 30) + timedelta(days=int(number)))
    except OverflowError:
        return plain(number)
