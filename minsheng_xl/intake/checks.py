"""The form's own checks, applied to what was read: a doubt takes the place of the figures that a rule holds."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from minsheng_xl.accounts.values import NOTHING, Content, Doubt, Figure, shown
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.expressions import Ref, Value
from minsheng_xl.exact.keys import (
    EXPLAINED,
    FIGURE,
    FUNDING_DUE,
    HEAD,
    LAST,
    LEAST,
    MOST,
    PEOPLE,
    REPORTED,
    Key,
    RowName,
)
from minsheng_xl.exact.numbers import plain
from minsheng_xl.forms.identity import UNIT_CELL
from minsheng_xl.forms.layout import Check
from minsheng_xl.intake.ambiguity import MAKES_SENSE, other_reading
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.placement import number_said
from minsheng_xl.intake.reading import Answers
from minsheng_xl.problems import Problem
from minsheng_xl.rules import choices, course, numbers, ratios, size
from minsheng_xl.rules.model import Row, Rule
from minsheng_xl.rules.reasons import gives_reason
from minsheng_xl.texts import cleaned

_QUOTED = 100
"""Characters of a 说明 that a message quotes."""
_BLANK = "空"
_TOLD_BY_THE_CELL = {rule.code for rule in (numbers.NOT_NUMBER, numbers.NOT_CHOICE, *choices.RULES)}
_OF_A_CELL = {rule.code for rule in (*numbers.RULES, ratios.DENOMINATOR_ZERO)}
"""Rules that look at a cell by itself, not at all of its row."""


def checked(
    page: Page, answers: Answers, before: Mapping[str, Value], parts: Mapping[Key, Value] = NOTHING
) -> tuple[Content, list[Problem]]:
    """Apply the checks of a form to its answers.

    `before` are the figures accepted earlier, by indicator, `parts` the parts of ratios and the amounts, by cell.
    """
    checking = _Checking(page, answers, before, parts)
    checking.apply()
    content = Content(checking.figures, answers.words, frozenset(checking.halves), frozenset(checking.explained))
    return content, checking.problems


class _Checking:
    """One form being checked.

    It gives the rules their operands: the cells as read, with 上期累计 as it was accepted.
    """

    stops_early = True
    """A condition that cannot hold any more is not reckoned to its end: thousands of forms are checked."""

    def __init__(
        self, page: Page, answers: Answers, before: Mapping[str, Value], parts: Mapping[Key, Value]
    ) -> None:
        self.page, self.form, self.before, self.parts = page, page.issued.form, before, parts
        self.words, self.struck = answers.words, answers.struck
        self.read: dict[Key, Figure] = dict(answers.figures)
        """What stands in the cells; a doubt where it is not known what that is."""
        self.figures: dict[Key, Figure] = dict(answers.figures)
        """The figures, with a doubt in place of each that a rule held."""
        self.known: dict[Key, Value] = {}
        """What the rules have asked for, as it stands in the cells."""
        self.halves: set[Key] = set()
        self.explained: set[Key] = set()
        self.problems: list[Problem] = []

    def apply(self) -> None:
        """Apply every check; that of a part against its whole last, for the whole may be in doubt by then."""
        for key, figure in tuple(self.read.items()):
            if key.is_amount and isinstance(figure, Fraction):
                self._amount(key, figure)
            elif key.part == FIGURE and isinstance(figure, Fraction) and figure >= MAKES_SENSE:
                self._ambiguous(key, figure)
        for check in sorted(self.form.checks, key=lambda check: check.rule is course.CHILD_EXCEEDS):
            if check.rule.code not in _TOLD_BY_THE_CELL and self._applies(check) and self._fires(check):
                self._fired(check)

    def _ambiguous(self, key: Key, figure: Fraction) -> None:
        """A figure of thousands, where neither the target nor the last figure is one: how else it can be read."""
        row, raw = self._row(key), self.page.raw(key)
        beside = [row.terms.target, self.before.get(key.of)] if key.name == REPORTED else [self.parts.get(key)]
        known = [value for value in beside if isinstance(value, Fraction)]
        if raw is None or not row.indicator.decimals or not known or max(known) >= MAKES_SENSE:
            return
        other = other_reading(raw, figure)
        if other:
            self.read[key] = self.figures[key] = Doubt(cleaned(raw.text.strip()))
            self.problems.append(numbers.TWO_READINGS.problem(
                sheet=self.page.sheet.name, cell=cell_name(self.page.at(key)), key=key, expected=other,
                seen=cleaned(raw.text.strip()),
            ))

    def _amount(self, key: Key, amount: Fraction) -> None:
        """An amount of 资金 beside the last one and what was due."""
        due = None if key.name == FUNDING_DUE else _number(self.read.get(key.beside(FUNDING_DUE)))
        beside = size.amount_beside(amount, _number(self.parts.get(key)), due)
        if beside:
            self.figures[key] = Doubt(shown(amount))
            self.problems.append(size.AMOUNT.problem(
                sheet=self.page.sheet.name, cell=cell_name(self.page.at(key)), key=key, seen=shown(amount),
                expected=beside,
            ))

    def _fires(self, check: Check) -> bool:
        """Whether a rule says something. One that crashes hides no other, and passes no figure."""
        try:
            return bool(check.condition.value(self))
        except Exception:
            return True

    def _applies(self, check: Check) -> bool:
        """Whether the cells that a rule compares hold numbers; what is in doubt was told already."""
        row, read = check.row, self.read
        if row is None:
            return not any(isinstance(read.get(key), Doubt) for key in check.keys)
        if check.rule.code in _OF_A_CELL:
            return all(isinstance(read.get(key), Fraction) for key in check.keys)
        entered = [Key(row.role, row.indicator.code, name) for name in numbers.measures(row)]
        if check.rule is ratios.HALF:
            return any(isinstance(read.get(key), Fraction) for key in entered)
        return all(isinstance(read.get(key), Fraction) for key in entered)

    def _fired(self, check: Check) -> None:
        """What follows from a rule that fired: halves, doubts, or a remark that quotes the 说明."""
        rule, keys = self._as_it_holds(check), check.keys
        said = self._explanation(check.row) if rule.explainable and rule.is_doubt else ""
        if rule.code == ratios.HALF.code:
            keys = tuple(key for key in keys if key not in self.read)
            self.halves.update(keys if rule.is_doubt else ())
        elif rule.is_doubt and not said:
            self.figures.update({key: Doubt(shown(self.read.get(key))) for key in keys})
        elif rule.is_doubt:
            self.explained.update(keys)
        seen, expected = self._sides(check)
        self.problems.append(rule.problem(
            sheet=self.page.sheet.name, cell=cell_name(self.page.at(keys[0])), key=keys[0],
            seen=seen, expected=expected, explained=said[:_QUOTED],
        ))

    def _as_it_holds(self, check: Check) -> Rule:
        """The rule of a check, which only remarks while it is on trial, or where the form is older than the rule."""
        number = self.page.issued.rules
        is_mild = check.on_trial or (number is not None and check.rule.since > number)
        return check.rule.as_remark() if is_mild else check.rule

    def _explanation(self, row: Row | None) -> str:
        """The 说明 of a row; none if it is struck out, or gives no reason."""
        key = None if row is None else Key(row.role, row.indicator.code, "explanation")
        said = "" if key is None or key in self.struck else cleaned(self.words.get(key, "")).strip()
        return said if said and row is not None and gives_reason(said, self._names(row)) else ""

    def _names(self, row: Row) -> list[str]:
        """What stands elsewhere on the form, and is no reason for a figure."""
        people = (self.words.get(Key(HEAD, "form", field), "") for field in PEOPLE)
        return [*filter(None, people), self.page.issued.text(UNIT_CELL), row.indicator.name]

    def content(self, ref: Ref) -> Value:
        """What a cell of the form holds on the returned sheet, for a rule."""
        key = ref.key
        if key.name == "doubt":
            return "待核" if isinstance(self.figures.get(key.beside(REPORTED)), Doubt) else ""
        if key not in self.known:
            self.known[key] = self._content(key)
        return self.known[key]

    def _content(self, key: Key) -> Value:
        """The same of a cell that no rule puts in doubt."""
        if key.is_previous or (key.is_certified and key.name == REPORTED):
            return self.before.get(key.of)
        if key.name in LAST:
            return self.parts.get(key.beside(LAST[key.name]))
        if key.name in (LEAST, MOST):
            return number_said(self.page.issued.text(key)) if self.form.has(key) else None
        if key.name == EXPLAINED:
            return Fraction(bool(self._explanation(self._row(key))))
        if key.name == "target":
            return self._row(key).terms.target
        if key in self.read:
            figure = self.read[key]
            return figure.seen if isinstance(figure, Doubt) else figure
        if key.is_denominator:
            return self._fixed_denominator(key)
        return self.words.get(key)

    def address(self, ref: Ref, home: str) -> str:
        return self.form.address(ref.key)

    def _row(self, key: Key) -> Row:
        """The row of figures in which a cell stands. Raises KeyError if it stands in none."""
        return self._rows[key.row]

    @cached_property
    def _rows(self) -> dict[RowName, Row]:
        rows = (check.row for check in self.form.checks if check.row is not None)
        return {RowName(row.role, row.indicator.code): row for row in rows}

    def _fixed_denominator(self, key: Key) -> Value:
        """The office's denominator as it stands on the returned sheet, in its locked cell."""
        raw = self.page.raw(key)
        if raw is None or self.form.cell(key).input is not None:
            return None
        number = number_said(raw.text)
        return raw.text if number is None else number

    def _sides(self, check: Check) -> tuple[str, str]:
        """Both sides of a comparison, as the message names them."""
        against, row = check.rule.against, check.row
        seen = " / ".join(shown(self.read[key]) for key in check.keys if key in self.read)
        if row is None:
            return seen, self._beside_a_cell(against, check.keys[0])
        if against == "fixed":
            return self._denominator(row), shown(row.indicator.fixed_denominator)
        return seen, self._beside_a_row(against, row)

    def _beside_a_cell(self, against: str, key: Key) -> str:
        """With what a rule compares a cell that stands in no row of figures."""
        if against == "decimals":
            accepts = self.form.cell(key).input
            return str(accepts.decimals) if accepts else ""
        return _shown_value(self.before.get(key.of), "") if against == "reported" else ""

    def _beside_a_row(self, against: str, row: Row) -> str:
        """With what a rule compares the figures of a row."""
        indicator = row.indicator
        if against == "decimals":
            return str(indicator.decimals)
        if against == "target":
            return shown(row.terms.target)
        if against == "last-denominator":
            return _shown_value(self.parts.get(Key(row.role, indicator.code, "denominator")), _BLANK)
        if against == "previous":
            return _shown_value(self.before.get(indicator.code), _BLANK)
        if against == "parent":
            return f"{indicator.parent} 的 {shown(self.read.get(Key(row.role, indicator.parent, 'reported')))}"
        return self._denominator(row) if against == "denominator" else ""

    def _denominator(self, row: Row) -> str:
        return _shown_value(self.content(Ref("", Key(row.role, row.indicator.code, "denominator"))), _BLANK)


def _number(value: "Value | Doubt") -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _shown_value(value: Value, blank: str) -> str:
    """A value as a message names it."""
    if value is None:
        return blank
    return plain(value) if isinstance(value, Fraction) else str(value)
