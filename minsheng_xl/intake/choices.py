"""The words that were chosen instead of figures: what each stands for, or why it stands for nothing."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.values import Doubt, Figure, shown
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import CHOICE, LAST_OF, PREVIOUS, Key
from minsheng_xl.figures.definitions import NOT_APPLICABLE
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import number_said, says_the_same
from minsheng_xl.intake.reading import Answers
from minsheng_xl.plan.model import Coverage, Indicator, Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.rules import choices
from minsheng_xl.rules.model import Rule
from minsheng_xl.rules.numbers import NOT_CHOICE, NOT_NUMBER
from minsheng_xl.rules.texts import NOT_LISTED
from minsheng_xl.texts import cleaned

_SEEN, _LONGEST = 20, 200
"""Characters of a word that a message shows, and that stand in the place of a figure."""


class Known(NamedTuple):
    """What is known beside a form: the plan and the period, and the figures accepted before, by indicator, and parts
    of ratios, by cell."""

    plan: Plan
    period: Period
    before: Mapping[str, Value]
    parts: Mapping[Key, Value]


def settle_choices(page: Page, answers: Answers, known: Known) -> None:
    """Put what the chosen words stand for in the place of the figures that were not entered."""
    for key, word in tuple(answers.words.items()):
        said = "".join(cleaned(word).split()) if key.is_choice else ""
        if not said:
            continue
        if said in choices.WORDS:
            answers.words[key] = said
            _Chosen(page, answers, known, key).settle(said)
        elif key not in answers.struck:
            _Chosen(page, answers, known, key).doubt(said)
    for number, found in enumerate(answers.problems):
        if found.code in _NO_FIGURE and found.key is not None and _has_a_place(page, known, found.key, found.seen):
            told = choices.MISPLACED.problem(sheet=found.sheet, cell=found.cell, key=found.key, seen=found.seen)
            answers.problems[number] = told


_NO_FIGURE = (NOT_NUMBER.code, NOT_CHOICE.code)


def _has_a_place(page: Page, known: Known, key: Key, word: str) -> bool:
    """Whether what was written where a figure is to stand can be chosen in that row."""
    form, choice = page.issued.form, key.beside(CHOICE)
    if word not in choices.WORDS or not form.has(choice) or form.cell(choice).input is None:
        return False
    indicator = known.plan.indicator(key.of)
    is_exempt = word == NOT_APPLICABLE
    return indicator.may_be_exempt_in(known.period) if is_exempt else indicator.may_repeat_in(known.period)


class _Chosen:
    """A word chosen in a row."""

    def __init__(self, page: Page, answers: Answers, known: Known, key: Key) -> None:
        self.page, self.answers, self.known, self.key = page, answers, known, key
        self.indicator: Indicator = known.plan.indicator(key.of)
        self.measures = [key.beside(measure) for measure in self.indicator.measures]
        self.entered = [measure for measure in self.measures if measure in answers.figures]

    def settle(self, word: str) -> None:
        if self.key in self.answers.struck:
            self._strike(word)
        elif word == NOT_APPLICABLE:
            self._exempt()
        else:
            self._confirm()

    def doubt(self, word: str) -> None:
        """A word that cannot be chosen: nobody knows for which figure it stands, or which of two numbers is meant."""
        number, figures = number_said(word), [self.answers.figures[measure] for measure in self.entered]
        if not self.entered or (number is not None and number not in figures):
            told = [one for one in self.answers.problems if one.code != NOT_LISTED.code or one.key != self.key]
            self.answers.problems[:] = told
            self.answers.words[self.key] = self.answers.words[self.key][:_LONGEST]
            self._hold(choices.UNKNOWN, word[:_SEEN])

    def _strike(self, word: str) -> None:
        """A word that is struck out says nothing beside a figure; without one nobody knows what is meant."""
        if self.entered:
            del self.answers.words[self.key]
        else:
            self._hold(choices.CHOICE_UNSEEN, word)

    def _exempt(self) -> None:
        if self._is_owed():
            self._say(choices.EXEMPT_DUE)
            del self.answers.words[self.key]
        elif not self.indicator.may_be_exempt_in(self.known.period):
            self._hold(choices.EXEMPT_UNFIT, NOT_APPLICABLE)
        elif self.entered:
            self._hold(choices.EXEMPT_ENTERED, self._seen())
        else:
            self.answers.figures[self.measures[0]] = NOT_APPLICABLE

    def _is_owed(self) -> bool:
        """Whether a row that may be let off in other periods is due in this one: without a figure it is 未报."""
        period, indicator = self.known.period, self.indicator
        return bool(indicator.exemption.periods) and (period.is_last or indicator.falls_due_in(period))

    def _confirm(self) -> None:
        last = {measure: self._last(measure) for measure in self.measures}
        why = _why_unfit(self.indicator, self.known.period)
        if why:
            self._hold(choices.CONFIRMED_UNFIT, reason=why)
        elif not all(map(self._is_figure, last.values())):
            self._hold(choices.CONFIRMED_NOTHING)
        elif any(self.answers.figures[measure] != last[measure] for measure in self.entered):
            self._hold(choices.CONFIRMED_OTHER, self._seen(), " / ".join(map(_shown, last.values())))
        elif not all(map(self._is_as_shown, self.measures)):
            on_form = " / ".join(self._on_form(measure) or "空" for measure in self.measures)
            self._hold(choices.CONFIRMED_CHANGED, on_form, " / ".join(map(_shown, last.values())))
        else:
            blank = (measure for measure in self.measures if measure not in self.entered)
            self.answers.figures.update((measure, _figure(last[measure])) for measure in blank)

    def _is_figure(self, value: Value) -> bool:
        return value in ("是", "否") if self.indicator.kind is Kind.MILESTONE else isinstance(value, Fraction)

    def _last(self, measure: Key) -> Value:
        """The figure accepted last, as the account has it now."""
        is_ratio = self.indicator.kind is Kind.RATIO
        return self.known.parts.get(measure) if is_ratio else self.known.before.get(self.key.of)

    def _shown_in(self, measure: Key) -> Key:
        """The locked cell that showed the last figure of a measure."""
        is_ratio = self.indicator.kind is Kind.RATIO
        return self.key.beside(LAST_OF[measure.name] if is_ratio else PREVIOUS)

    def _on_form(self, measure: Key) -> str:
        """The last figure as the form showed it when it came back."""
        return self.page.text(self._shown_in(measure)).strip()

    def _is_as_shown(self, measure: Key) -> bool:
        """Whether what the clerk saw is the figure that the account has now."""
        on_form, last = self._on_form(measure), self._last(measure)
        issued, previous = self.page.issued, self.key.beside(PREVIOUS)
        if not says_the_same(self.page.text(previous), issued.text(previous)):  # somebody typed over what is seen
            return False
        if isinstance(last, Fraction):
            number = number_said(on_form)
            return number is not None and float(number) == float(last)
        return on_form == last

    def _seen(self) -> str:
        return " / ".join(shown(self.answers.figures[measure]) for measure in self.entered)

    def _say(self, rule: Rule, seen: str = "", expected: str = "", reason: str = "") -> None:
        self.answers.problems.append(rule.problem(
            sheet=self.page.sheet.name, cell=cell_name(self.page.at(self.key)), key=self.measures[0], seen=seen,
            expected=expected, reason=reason,
        ))

    def _hold(self, rule: Rule, seen: str = "", expected: str = "", reason: str = "") -> None:
        """Say what is wrong; the figures of the row are in doubt."""
        self._say(rule, seen, expected, reason)
        word = self.answers.words[self.key]
        doubts: dict[Key, Figure] = {measure: Doubt(word) for measure in self.measures[:1]}
        doubts |= {measure: Doubt(shown(self.answers.figures[measure])) for measure in self.entered}
        self.answers.figures.update(doubts)


def _why_unfit(indicator: Indicator, period: Period) -> str:
    """Why 与上期相同 cannot be meant; "" if it can."""
    if indicator.may_repeat_in(period):
        return ""
    return "填的是当月数，每月都是新的" if indicator.span is Coverage.WITHIN else "累计数每年第一期从头算"


def _figure(value: Value) -> Figure:
    assert isinstance(value, Fraction | str)
    return value


def _shown(value: Value) -> str:
    return shown(value) if isinstance(value, Fraction) else str(value or "")
