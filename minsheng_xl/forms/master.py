"""The master workbook as a book: front page, summary, projects, units, lists."""

from minsheng_xl.account import PeriodAccount
from minsheng_xl.forms.home import HOME, home_sheet, project_means
from minsheng_xl.forms.identity import PERIOD_PROPERTY
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.ledgers import flow_sheet, pending_sheet, receipts_sheet
from minsheng_xl.forms.project import project_sheet
from minsheng_xl.forms.summary import summary_sheet
from minsheng_xl.forms.unit import unit_form

PLAN_PROPERTY, UPTO_PROPERTY = "minsheng.plan", "minsheng.upto"

def master_book(account: PeriodAccount, plan_version: str, upto: int) -> Book:
    """The master for a period. `upto` is the last journal entry that it knows."""
    plan, period = account.plan, account.period
    means = project_means(account) if plan.settings.mean_by_project else None
    sheets = [
        home_sheet(account),
        summary_sheet(account, means),
        *(project_sheet(account, project, HOME) for project in plan.projects),
        *(
            unit_form(plan, unit, period, account.before, account.units[unit.name].given(), in_master=True)
            for unit in plan.reporting_units
        ),
        pending_sheet(account),
        flow_sheet(account),
        receipts_sheet(account),
    ]
    properties = {
        "title": f"{plan.settings.title}总台账 {period}",
        PLAN_PROPERTY: plan_version,
        PERIOD_PROPERTY: str(period),
        UPTO_PROPERTY: str(upto),
    }
    return Book(sheets, properties)
