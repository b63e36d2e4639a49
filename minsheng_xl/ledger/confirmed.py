"""What the leads said of a period on their 核对单, and what of it only the office can settle."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.confirmed import UNSETTLED, Confirmation, Objection, texts_of
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.questions import CORRECTION, KEPT_AS_IS, OBJECTION, Pending, item_id
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Figure, Outcome, shown
from minsheng_xl.exact.keys import EXPLANATION, FIGURE, Key, RowName
from minsheng_xl.exact.numbers import plain
from minsheng_xl.figures.progress import Entry
from minsheng_xl.ledger.units import content_here, corrected_receipts, report_in
from minsheng_xl.plan.model import Indicator, Kind, Plan
from minsheng_xl.rules.confirmation import AGREED
from minsheng_xl.texts import one_line
from minsheng_xl.year.entries import ConfirmingIssued, Judged
from minsheng_xl.year.register import Register


class _Word(NamedTuple):
    """What a lead said last of a row; `is_report`: the figures of it are sound, and reported by that."""

    word: str
    reason: str
    figures: Mapping[Key, Figure]
    is_report: bool
    file: str


def with_confirmations(account: PeriodAccount, register: Register, upto: int | None) -> PeriodAccount:
    """An account with what the leads said of its figures on the 核对单 of its period."""
    issued = _issued(account, register, upto)
    if not issued:
        return account
    said, answered = _said(account, register, upto)
    entries = account.entries()
    found: list[Confirmation] = []
    asked: list[Pending] = []
    for unit, entry in issued.items():
        rows = _Rows(account, entries, unit, entry, said.get(unit, {}))
        objections = tuple(rows.objections())
        found.append(Confirmation(
            unit=unit, issued=entry.at.date(), rows=len(entry.shown),
            due=date.fromisoformat(entry.due) if entry.due else None, answered=answered.get(unit),
            agreed=rows.agreed, objections=objections, closed=account.closing.at if account.closing else None,
        ))
        asked += rows.asked()
    return account._replace(confirmations=tuple(found), objected=tuple(asked) if account.closing is None else ())


def _issued(account: PeriodAccount, register: Register, upto: int | None) -> dict[str, ConfirmingIssued]:
    """The last 核对单 of each lead, by its name of today, in the order of the plan."""
    plan = account.plan
    entries = register.entries(ConfirmingIssued, period=account.period, upto=upto)
    last = {plan.name_here(entry.unit): entry for entry in entries}
    names = [unit.name for unit in plan.units]
    return {name: last[name] for name in sorted(last, key=lambda name: names.index(name) if name in names else -1)}


def _said(
    account: PeriodAccount, register: Register, upto: int | None
) -> tuple[dict[str, dict[str, _Word]], dict[str, datetime]]:
    """What each lead said last of its rows, by indicator, and when its last answer came."""
    corrected, plan = corrected_receipts(register, upto), account.plan
    said: dict[str, dict[str, _Word]] = {}
    answered: dict[str, datetime] = {}
    for entry in register.entries(Judged, period=account.period, upto=upto):
        one = entry.returned
        if not one.confirms or one.content is None or one.outcome is Outcome.REFUSED:
            continue
        unit = plan.canonical(one.unit or "") or ""
        answered[unit] = corrected.get(one.sha256, entry.received)
        said.setdefault(unit, {}).update(_words(plan, one))
    return said, answered


def _words(plan: Plan, one: Return) -> Iterator[tuple[str, _Word]]:
    """What a 核对单 says, by indicator."""
    report = report_in(one)
    assert one.content is not None
    assert report is not None
    content, reported = content_here(plan, one.content), {key.row for key in content_here(plan, report).figures}
    for key, word in content.words.items():
        if key.is_agreement and plan.has_indicator(key.of):
            figures = {each: figure for each, figure in content.figures.items() if each.row == key.row}
            reason = one_line(content.words.get(key.beside(EXPLANATION), ""))
            yield key.of, _Word(word, reason, figures, key.row in reported, one.file)


class _Rows:
    """The rows of a lead's 核对单, as it went out, beside what the lead said and what is in use now."""

    def __init__(
        self, account: PeriodAccount, entries: Mapping[str, Entry], unit: str, entry: ConfirmingIssued,
        said: Mapping[str, _Word],
    ) -> None:
        self.account, self.plan, self.entries = account, account.plan, entries
        self.unit, self.entry, self.said = unit, entry, said

    @property
    def agreed(self) -> int:
        """How many rows are said to be right."""
        return sum(word.word == AGREED for word in self.said.values())

    def objections(self) -> Iterator[Objection]:
        """What the lead objects to, with what became of it."""
        for code, word in self._objected():
            indicator = self.plan.indicator(code)
            yield Objection(
                code=code, shown=self._shown(code), should_be=_said_in(indicator, word), reason=word.reason,
                outcome=self._outcome(indicator, word),
            )

    def asked(self) -> Iterator[Pending]:
        """The questions for the office: the objections that say no figure which could take the place of the other."""
        settled = {item.id for item in self.account.decided}
        for code, word in self._objected():
            indicator = self.plan.indicator(code)
            is_said = word.is_report and any(self._differs(code, key) for key in word.figures)
            item = self._item(indicator, word)
            if not is_said and not self._has_moved(code) and item.id not in settled:
                yield item

    def _objected(self) -> Iterator[tuple[str, _Word]]:
        return ((code, word) for code, word in self.said.items() if word.word != AGREED)

    def _item(self, indicator: Indicator, word: _Word) -> Pending:
        key = Key(FIGURE, indicator.code, (*indicator.measures, "reported")[0])
        said = _said_in(indicator, word)
        told = "，".join(filter(None, (f"应为 {said}" if said else "", word.reason)))
        other = f"{self.unit}有异议" + (f"：{told}" if told else "")
        used = self._shown(indicator.code)
        return Pending(
            id=item_id(indicator.filler, OBJECTION, key, used, other), kind=OBJECTION, unit=indicator.filler, key=key,
            used=used, other=other, file=word.file,
            advice="牵头单位核对时有异议，仍用原数；请核实，没有错的写“维持原数”，有错的写应填的数。",
        )

    def _outcome(self, indicator: Indicator, said: _Word) -> str:
        """What became of an objection, in words."""
        mine = self.account.units.get(indicator.filler)
        now = mine.figures if mine is not None else {}
        if said.figures and all(now.get(key) == figure for key, figure in said.figures.items()):
            return "已按异议更正"
        if self._has_moved(indicator.code):
            return f"已改为 {self._now(indicator)}"
        kinds, row = (CORRECTION, OBJECTION), RowName(FIGURE, indicator.code)
        of_row = [item for item in self.account.decided if item.kind in kinds and item.key and item.key.row == row]
        if of_row and of_row[-1].decision is not None:
            word = of_row[-1].decision.word
            return KEPT_AS_IS if word == "用原数" else word
        return UNSETTLED if self.account.closing is None else "逾期未定，仍用原数"

    def _has_moved(self, code: str) -> bool:
        """Whether another figure is in use by now than the one that was shown."""
        entry = self.entries.get(code, Entry())
        return self.plan.indicator(code).kind is not Kind.DERIVED and texts_of(entry) != self._texts(code)

    def _differs(self, code: str, key: Key) -> bool:
        """Whether what a lead says should stand in a cell is another figure than the one that was shown."""
        figure = self.said[code].figures[key]
        texts = dict(zip(Entry._fields, self._texts(code), strict=False))
        return str(figure) != texts.get(key.name, "")

    def _texts(self, code: str) -> tuple[str, ...]:
        """The figures that were shown of an indicator, as the form was issued."""
        every = {self.plan.code_here(was): texts for was, texts in self.entry.shown.items()}
        return every.get(code, ("", "", ""))

    def _shown(self, code: str) -> str:
        return _in_words(self.plan.indicator(code), self._texts(code))

    def _now(self, indicator: Indicator) -> str:
        entry = self.entries.get(indicator.code, Entry())
        return _in_words(indicator, texts_of(entry)) or "空"


def _said_in(indicator: Indicator, word: _Word) -> str:
    """The figures that a lead says instead of those in use, in words."""
    said = (word.figures.get(Key(FIGURE, indicator.code, measure)) for measure in indicator.measures)
    return " / ".join(filter(None, map(shown, said)))


def _in_words(indicator: Indicator, texts: tuple[str, ...]) -> str:
    """Figures as a person reads them: of a ratio its parts."""
    value, numerator, denominator = texts
    if indicator.kind is not Kind.RATIO:
        return _number(value)
    if indicator.office_denominator:
        return _number(numerator)
    return " / ".join(filter(None, map(_number, (numerator, denominator))))


def _number(text: str) -> str:
    try:
        return plain(Fraction(text))
    except ValueError:
        return text
