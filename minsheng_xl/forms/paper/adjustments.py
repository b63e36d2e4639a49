"""指标调整情况表: what of the plan was changed in the year, since when, and by what document. On paper only."""

from minsheng_xl.accounts.period import Adjustment, PeriodAccount
from minsheng_xl.forms.columns import name_column, text_column
from minsheng_xl.forms.layout import Sheet, SheetColumn
from minsheng_xl.forms.paper.paper_only import CENTER, TEXT, numbered_list, paper_only
from minsheng_xl.plan.tabs import ADJUSTMENTS

_COLUMNS: list[SheetColumn[Adjustment]] = [
    name_column("of", "编码", lambda one: one.of, CENTER, 9),
    text_column("name", "指标（项目）", lambda one: one.name, TEXT, 26),
    name_column("column", "调整内容", lambda one: one.column, CENTER, 12),
    text_column("was", "原为", lambda one: one.was or "—", TEXT, 24),
    text_column("now", "调整为", lambda one: one.now or "—", TEXT, 24),
    name_column("begins", "起始", lambda one: one.begins, CENTER, 12),
    text_column("document", "文号", lambda one: one.document or "—", TEXT, 20),
    text_column("basis", "依据", lambda one: one.basis or "—", TEXT, 26),
    text_column("lead", "牵头单位", lambda one: one.lead, CENTER, 20),
]


def adjustments_sheet(account: PeriodAccount) -> Sheet:
    """The changes that count in the account's period, in the order in which they came."""
    return numbered_list(ADJUSTMENTS, account, "指标调整情况表", "", account.adjustments, _COLUMNS)


DRAWING = paper_only(adjustments_sheet)
