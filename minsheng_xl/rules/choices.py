"""Rules on the word that is chosen instead of a figure: 与上期相同, 本期不涉及."""

from minsheng_xl.exact.expressions import Expr, Operand, and_, is_blank, is_number, or_
from minsheng_xl.exact.keys import NUMERATOR
from minsheng_xl.figures.definitions import NOT_APPLICABLE
from minsheng_xl.plan.model import Kind
from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Cells, Row, Rule

SAME_AS_LAST = "与上期相同"
WORDS = (SAME_AS_LAST, NOT_APPLICABLE)
_WHERE = "该行的数"
_PRACTICE = "没有新数时照抄上期，抄错、抄漏都看不出来"


def has_choice(row: Row) -> bool:
    """Whether a word may stand for the figure of a row at all; which ones, plan and period say."""
    return row.role == "figure" and row.indicator.takes_figures


def _measures(row: Row) -> list[tuple[str, ...]]:
    return [row.indicator.measures] if has_choice(row) else []


def _enters_other(cell: Expr, than: Operand) -> Expr:
    """Something else is entered in a cell."""
    return and_(is_blank(cell).equals(False), cell.equals(than).equals(False))


def _differs(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    """A figure that is entered is another than the last."""
    others = (_enters_other(cells.measure(name), _last(row, cells, name)) for name in group)
    return and_(cells.choice.equals(SAME_AS_LAST), or_(*others))


def _last(row: Row, cells: Cells, name: str) -> Expr:
    if not row.is_ratio:
        return cells.previous
    return cells.last_numerator if name == NUMERATOR else cells.last_denominator


def _nothing(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    """There is no last figure."""
    if row.indicator.kind is Kind.MILESTONE:
        return and_(cells.choice.equals(SAME_AS_LAST), is_blank(cells.previous))
    known = and_(*(is_number(_last(row, cells, name)) for name in group))
    return and_(cells.choice.equals(SAME_AS_LAST), known.equals(False))


def _exempt_and_entered(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    """A figure stands beside it; the master writes the word itself in its place."""
    figures = (_enters_other(cells.measure(name), NOT_APPLICABLE) for name in group)
    return and_(cells.choice.equals(NOT_APPLICABLE), or_(*figures))


CONFIRMED_OTHER = Rule(
    code="confirmed-other",
    severity=Severity.HOLD,
    sentence=f"选了“{SAME_AS_LAST}”，又填了另一个数：上期 {{expected}}，本期 {{seen}}",
    action="请只留一样：没有变化的清空数字，有变化的清空选项",
    source=_PRACTICE,
    holds=_WHERE,
    hint=f"选了“{SAME_AS_LAST}”，又填了另一个数",
    places=_measures,
    needs="choice",
    fires=_differs,
    turn=22,
)
CONFIRMED_NOTHING = Rule(
    code="confirmed-nothing",
    severity=Severity.HOLD,
    sentence=f"选了“{SAME_AS_LAST}”，但上期没有采用的数",
    action="请填本期的数",
    source=_PRACTICE,
    holds=_WHERE,
    hint="上期没有数，请填本期的数",
    places=_measures,
    needs="choice",
    fires=_nothing,
    turn=24,
)
CONFIRMED_CHANGED = Rule(
    code="confirmed-changed",
    severity=Severity.HOLD,
    sentence=f"选了“{SAME_AS_LAST}”：表上的上期数是 {{seen}}，现在记的是 {{expected}}",
    action="请与单位核实按哪个数",
    source="上期的数在下发以后更正过",
    holds=_WHERE,
)
CONFIRMED_UNFIT = Rule(
    code="confirmed-unfit",
    severity=Severity.HOLD,
    sentence=f"这一项不能选“{SAME_AS_LAST}”：{{reason}}",
    action="请填本期的数",
    source="累计数每年从头算，当月的数每月都是新的",
    holds=_WHERE,
)
EXEMPT_ENTERED = Rule(
    code="exempt-entered",
    severity=Severity.HOLD,
    sentence=f"选了“{NOT_APPLICABLE}”，又填了数：{{seen}}",
    action="请只留一样：不涉及的清空数字，有数的清空选项",
    source="两样说的不是一回事",
    holds=_WHERE,
    hint=f"选了“{NOT_APPLICABLE}”，又填了数",
    places=_measures,
    needs="choice",
    fires=_exempt_and_entered,
    turn=26,
)
EXEMPT_DUE = Rule(
    code="exempt-due",
    severity=Severity.NOTE,
    sentence=f"这一期要报数，不能选“{NOT_APPLICABLE}”，这一项列为未报",
    action="请填数",
    source="完成时限到的那一期和最后一期都要交账",
)
EXEMPT_UNFIT = Rule(
    code="exempt-unfit",
    severity=Severity.HOLD,
    sentence=f"计划没有写明这一项本期可以选“{NOT_APPLICABLE}”",
    action="请填数；确实不涉及的，由办公室在计划“可不涉及”列写明期次和依据",
    source="不报一项要有依据",
    holds=_WHERE,
)
CHOICE_UNSEEN = Rule(
    code="choice-unseen",
    severity=Severity.HOLD,
    sentence="选的“{seen}”划掉了，或者看不见",
    action="请只留一样：没有新数的重新选，有新数的填数、清空选项",
    source="划掉的、看不见的不算数，可表上显示这一项已填",
    holds=_WHERE,
)
UNKNOWN = Rule(
    code="choice-unknown",
    severity=Severity.HOLD,
    sentence="“没有新数时选”栏里写的是“{seen}”，不是可以选的词，列为待核，不计入",
    action="请填数，或者从这一格的下拉列表里选",
    source="“同上”“无变化”可以有几种意思，不猜",
    holds=_WHERE,
)
MISPLACED = Rule(
    code="choice-misplaced",
    severity=Severity.HOLD,
    sentence="“{seen}”写在了填数字的格里，列为待核，不计入",
    action="请清空这一格，改在同一行“没有新数时选”栏里选",
    source="填数字的格里只认数字",
    holds=_WHERE,
)

RULES = (CONFIRMED_OTHER, CONFIRMED_NOTHING, EXEMPT_ENTERED)
"""Those that a sheet computes."""
UNSEEN = (CONFIRMED_CHANGED, CONFIRMED_UNFIT, EXEMPT_UNFIT, EXEMPT_DUE, CHOICE_UNSEEN, UNKNOWN, MISPLACED)
