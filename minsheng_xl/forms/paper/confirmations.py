"""核对情况表: what the leads said of the figures before their period was closed. On paper only."""

from datetime import date

from minsheng_xl.accounts.confirmed import Confirmation
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.forms.columns import name_column, text_column
from minsheng_xl.forms.layout import Sheet, SheetColumn
from minsheng_xl.forms.paper.paper_only import CENTER, TEXT, numbered_list, paper_only
from minsheng_xl.plan.period import month_and_day
from minsheng_xl.plan.tabs import CONFIRMATIONS


def confirmations_sheet(account: PeriodAccount) -> Sheet:
    """The leads to which a 核对单 went out, in the order of the plan."""
    columns: list[SheetColumn[Confirmation]] = [
        name_column("unit", "牵头单位", lambda one: one.unit, CENTER, 26),
        name_column("issued", "发出", lambda one: month_and_day(one.issued), CENTER, 12),
        name_column("answered", "反馈", lambda one: _day(one.answered and one.answered.date()), CENTER, 12),
        name_column("result", "核对结果", lambda one: one.result, CENTER, 30),
        text_column("objections", "有异议的指标、应为的数和原因（办理结果）", _objections, TEXT, 70),
    ]
    return numbered_list(CONFIRMATIONS, account, CONFIRMATIONS.name, "", account.confirmations, columns)


def _day(day: date | None) -> str:
    return month_and_day(day) if day is not None else "—"


def _objections(one: Confirmation) -> str:
    return "\n".join(each.words for each in one.objections) or "—"


DRAWING = paper_only(confirmations_sheet)
