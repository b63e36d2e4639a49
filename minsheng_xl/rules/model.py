"""What a rule is: a record that the form prints, the intake applies and the catalogue lists."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from minsheng_xl.exact.expressions import BLANK, Expr
from minsheng_xl.exact.keys import Key
from minsheng_xl.figures.definitions import Terms
from minsheng_xl.plan.model import Indicator
from minsheng_xl.problems import Problem, Severity


class Row(Protocol):
    """A row of the number table of a form: whose figure, under which terms."""

    @property
    def indicator(self) -> Indicator: ...
    @property
    def terms(self) -> Terms: ...
    @property
    def role(self) -> str: ...
    @property
    def is_ratio(self) -> bool: ...


class Cells(NamedTuple):
    """The cells of a row that a rule may look at, as operands of an expression.

    `previous` is the last accepted figure, of a ratio its value; `last_numerator` and `last_denominator` its parts.
    `explained` is 1 where the 说明 gives a reason. `parent` is the figure of the indicator that contains this one,
    `parent_previous` its last accepted one, `parent_doubt` the sentence of what is wrong with that figure itself;
    `progress` the project's 本期进展; `choice` the word chosen instead of a figure, `least` and `most` between what
    the increase usually is. On the certifier's form: `opinion`, the `certified` figure, how many cases were `checked`
    and `confirmed`, the `reason` of a cut, a `remark`.
    BLANK where there is none.
    """

    reported: Expr = BLANK
    numerator: Expr = BLANK
    denominator: Expr = BLANK
    target: Expr = BLANK
    previous: Expr = BLANK
    last_numerator: Expr = BLANK
    last_denominator: Expr = BLANK
    explained: Expr = BLANK
    parent: Expr = BLANK
    parent_previous: Expr = BLANK
    parent_doubt: Expr = BLANK
    progress: Expr = BLANK
    choice: Expr = BLANK
    least: Expr = BLANK
    most: Expr = BLANK
    opinion: Expr = BLANK
    certified: Expr = BLANK
    checked: Expr = BLANK
    confirmed: Expr = BLANK
    reason: Expr = BLANK
    remark: Expr = BLANK

    def measure(self, name: str) -> Expr:
        """The cell of a measure: reported, numerator or denominator."""
        return {"reported": self.reported, "numerator": self.numerator, "denominator": self.denominator}[name]


def where(applies: bool, *measures: str) -> Sequence[tuple[str, ...]]:
    """The places of a rule that looks at these measures of a row together, if it applies to the row."""
    return [measures] if applies else []


def _nowhere(row: Row) -> Sequence[tuple[str, ...]]:
    return ()


class Rule(NamedTuple):
    """One rule.

    `sentence` and `action` make the message ({seen}, {expected}, {reason} are filled in);
    `holds` says in words which cell stands in doubt; `instruction` is what the form tells the
    clerk beforehand; `hint` is the form's live 校验 sentence. `explainable`: a 说明 in the row turns
    the doubt into a remark; `against` names the other side of a comparison: target, previous, parent,
    denominator, fixed, decimals or reported. A rule that a sheet can compute has `places`, the groups of measures
    of a row to which it applies (all cells of a group are held together), and `fires`, the
    condition over a group of a row: the form's formula and the intake read the same expression; where several
    fire, the hint of the least `turn` is shown; `needs` is a cell without which it says nothing. `since` numbers the
    rule set with which it came: on a form that bears an earlier number it is a remark only.
    """

    code: str
    severity: Severity
    sentence: str
    action: str
    source: str
    holds: str = ""
    instruction: str = ""
    hint: str = ""
    explainable: bool = False
    against: str = ""
    tolerance: str = ""
    since: int = 1
    turn: int = 0
    needs: str = ""
    places: Callable[[Row], Sequence[tuple[str, ...]]] = _nowhere
    fires: Callable[[Row, Cells, tuple[str, ...]], Expr] | None = None

    @property
    def is_doubt(self) -> bool:
        """Whether it holds a cell when it fires, rather than remarking on it."""
        return self.severity is Severity.HOLD

    def as_remark(self) -> "Rule":
        """The same rule where it only remarks: on trial, or younger than the form."""
        return self._replace(severity=Severity.NOTE) if self.is_doubt else self

    def problem(
        self,
        *,
        file: str = "",
        sheet: str = "",
        cell: str = "",
        seen: str = "",
        expected: str = "",
        reason: str = "",
        explained: str = "",
        key: Key | None = None,
    ) -> Problem:
        """The finding of this rule at a place; with `explained`, a remark that quotes the 说明."""
        words = {"seen": seen, "expected": expected, "reason": reason}
        severity, message, action = self.severity, self.sentence.format(**words), self.action.format(**words)
        if explained:
            severity, message, action = Severity.NOTE, f"{message}，已说明：{explained}", "按说明采用，请留意"
        return Problem(
            code=self.code, severity=severity, sheet=sheet, cell=cell, seen=seen, expected=expected, message=message,
            action=action, file=file, key=key,
        )
