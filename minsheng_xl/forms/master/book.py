"""The master workbook as a book: front page, summary, projects, units, lists."""

from collections.abc import Mapping

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.forms.home import home_sheet, project_means
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.marks import marks_sheet
from minsheng_xl.forms.master.ledgers import flow_sheet, pending_sheet, receipts_sheet
from minsheng_xl.forms.master.program import program_sheet
from minsheng_xl.forms.paper import issues, lagging, reminders
from minsheng_xl.forms.paper.brief import brief_sheet
from minsheng_xl.forms.paper.certification import certification_sheet
from minsheng_xl.forms.paper.findings import findings_sheet
from minsheng_xl.forms.paper.issues import issues_sheet
from minsheng_xl.forms.paper.lagging import lagging_sheet
from minsheng_xl.forms.paper.ranking import ranking_sheet
from minsheng_xl.forms.paper.reminders import late_units, missing_sheet, reminder_sheet
from minsheng_xl.forms.project import project_sheet
from minsheng_xl.forms.summary import summary_sheet
from minsheng_xl.forms.tabs import HOME
from minsheng_xl.forms.unit import unit_form


def master_book(
    account: PeriodAccount, plan_version: str, upto: int, whose: str = "", chosen: str = "",
    drafts: Mapping[tuple[str, str], str] | None = None,
) -> Book:
    """The master for a period. `upto` is the last journal entry that it knows, `whose` the 分管领导
    to whose indicators the plan was narrowed, `chosen` the unit whose 催报单 is shown: the first late one
    unless it is late, `drafts` words beside items that are not settled yet."""
    plan, period = account.plan, account.period
    means = project_means(account) if plan.settings.mean_by_project else None
    sheets = [
        home_sheet(account),
        brief_sheet(account, whose),
        summary_sheet(account, means),
        ranking_sheet(account),
        lagging_sheet(account),
        issues_sheet(account),
        missing_sheet(account),
        certification_sheet(account),
        reminder_sheet(account, chosen if chosen in late_units(account) else None),
        *(project_sheet(account, project, HOME) for project in plan.projects),
        *(
            unit_form(plan, unit, period, account.before, account.units[unit.name].given(), in_master=True)
            for unit in plan.reporting_units
        ),
        pending_sheet(account, drafts or {}),
        findings_sheet(account),
        flow_sheet(account),
        receipts_sheet(account),
        marks_sheet(account),
        program_sheet(plan_version, period, upto),
    ]
    book = Book(sheets, {"title": f"{plan.settings.title}总台账 {period}"})
    for fit in (lagging.fit, issues.fit, reminders.fit):
        fit(book, account)
    return book
