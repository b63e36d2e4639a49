"""Rules on a row of a 核对单: the word of the lead and what it enters must say the same.

Source: the practice of 核对 before a period is closed: who leads an indicator agrees with the figure in use, or says
which one it should be, and why.
"""

from collections.abc import Sequence

from minsheng_xl.exact.expressions import Expr, and_, is_blank
from minsheng_xl.exact.keys import AGREEMENT
from minsheng_xl.problems import Severity
from minsheng_xl.rules.model import Cells, Row, Rule

AGREED, OBJECTED = AGREEMENTS = "无误", "有异议"

_BOTH, _NOBODY_KNOWS = "应为的数", "两处说法不同，不知道以哪个为准"


def _each_measure(row: Row) -> Sequence[tuple[str, ...]]:
    return [(measure,) for measure in row.indicator.measures]


def _on_the_word(row: Row) -> Sequence[tuple[str, ...]]:
    return [(AGREEMENT,)]


def _entered(cells: Cells, group: tuple[str, ...]) -> Expr:
    return is_blank(cells.measure(group[0])).equals(False)


def _agreed_and_entered(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(cells.opinion.equals(AGREED), _entered(cells, group))


def _entered_without_word(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(is_blank(cells.opinion), _entered(cells, group))


def _objected_without_reason(row: Row, cells: Cells, group: tuple[str, ...]) -> Expr:
    return and_(cells.opinion.equals(OBJECTED), is_blank(cells.reason))


AGREED_AND_ENTERED = Rule(
    code="confirm-agreed-entered",
    severity=Severity.HOLD,
    sentence=f"选了“{AGREED}”，又填了应为 {{seen}}，列为待核",
    action=f"没有错的清空应为的数；有错的请选“{OBJECTED}”",
    source=_NOBODY_KNOWS,
    holds=_BOTH,
    hint=f"选了“{AGREED}”又填了数：有错请选“{OBJECTED}”，没有错请清空",
    places=_each_measure,
    fires=_agreed_and_entered,
)
NO_WORD = Rule(
    code="confirm-word-missing",
    severity=Severity.HOLD,
    sentence=f"填了应为 {{seen}}，没有选“{OBJECTED}”，列为待核",
    action=f"请选“{OBJECTED}”",
    source="没有意见的数不知道算不算异议",
    holds=_BOTH,
    hint=f"请选“{OBJECTED}”",
    places=_each_measure,
    fires=_entered_without_word,
)
NO_REASON = Rule(
    code="confirm-reason-missing",
    severity=Severity.NOTE,
    sentence=f"选了“{OBJECTED}”，没有写原因",
    action="请写明原因、按什么改",
    source="没有原因的异议，办公室没法核实",
    hint="请写原因",
    places=_on_the_word,
    fires=_objected_without_reason,
)
SHOWN_CHANGED = Rule(
    code="confirm-shown-changed",
    severity=Severity.NOTE,
    sentence="核对单上的采用数 {expected} 被改为 {seen}，当作有异议，数没有动",
    action="请核实；要改数的，请单位填在“应为”里",
    source="核对的是发出去时的数",
    places=_on_the_word,
)
IDENTITY = Rule(
    code="confirm-identity",
    severity=Severity.ERROR,
    sentence="核对单的标识互相矛盾或被改写，没有采用",
    action="请用发出的核对单重填",
    source="不知道是谁核对的、核对哪一期",
)

BY_ROW = (AGREED_AND_ENTERED, NO_WORD, NO_REASON)
RULES = (*BY_ROW, SHOWN_CHANGED, IDENTITY)
