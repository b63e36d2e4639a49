"""打印稿: the stack of paper, values only, in the order in which leaders read it."""

from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.paper.reminders import late_units, reminder_sheet
from minsheng_xl.forms.project import project_id
from minsheng_xl.forms.tabs import (
    BRIEF,
    BRIEF_TAB,
    CERTIFICATION,
    CERTIFICATION_TAB,
    FINDINGS,
    FINDINGS_TAB,
    ISSUES,
    ISSUES_TAB,
    LAGGING,
    LAGGING_TAB,
    MISSING,
    MISSING_TAB,
    RANKING,
    RANKING_TAB,
    REMINDER,
    REMINDER_TAB,
    SUMMARY,
    SUMMARY_TAB,
)
from minsheng_xl.forms.unit import sheet_id

PROJECTS_NAME, UNITS_NAME = "分项目表", "各单位填报表"


class Output(NamedTuple):
    """One thing that is printed: its name, a shorter word for it, the ids of its sheets in the master.

    `stacked`: it is part of 打印稿; `common`: it is printed where nothing is said.
    """

    name: str
    word: str
    sheets: tuple[str, ...]
    stacked: bool = True
    common: bool = True


def outputs(account: PeriodAccount) -> tuple[Output, ...]:
    """What there is to print, in the order of the stack."""
    plan, certifies = account.plan, bool(account.certifying)
    return (
        Output(BRIEF_TAB, "简报", (BRIEF,)),
        Output(SUMMARY_TAB, "总表", (SUMMARY,)),
        Output(PROJECTS_NAME, "分项目", tuple(project_id(p.no) for p in plan.projects)),
        Output(RANKING_TAB, "排名", (RANKING,)),
        Output(LAGGING_TAB, "滞后", (LAGGING,)),
        Output(ISSUES_TAB, "问题", (ISSUES,)),
        Output(MISSING_TAB, "未报", (MISSING,)),
        Output(CERTIFICATION_TAB, "认定", (CERTIFICATION,), stacked=certifies, common=certifies),
        Output(REMINDER_TAB, "催报", (REMINDER,)),
        Output(FINDINGS_TAB, "校核", (FINDINGS,), stacked=False, common=False),
        Output(UNITS_NAME, "填报表", tuple(sheet_id(u.name) for u in plan.reporting_units), stacked=False, common=False),
    )


def printed(book: Book, account: PeriodAccount, chosen: Sequence[Output]) -> Book:
    """The sheets of some outputs with values in place of formulas, without helpers, links and inputs."""
    sheets: list[Sheet] = []
    for output in chosen:
        if output.name == REMINDER_TAB:
            sheets += _reminders(book, account)
        else:
            sheets += [_values(book, book.sheet(id)) for id in output.sheets]
    title = f"{account.plan.settings.title} {account.period} 打印稿"
    return Book(sheets, {"title": title})


def _reminders(book: Book, account: PeriodAccount) -> list[Sheet]:
    """A page for every late unit."""
    pages = []
    for n, name in enumerate(late_units(account), 1):
        sheet = reminder_sheet(account, name)
        sheet.id, sheet.name = f"{REMINDER}:{n}", f"{REMINDER_TAB}{n}"
        as_it_is_referred_to = copy(sheet)
        as_it_is_referred_to.id = REMINDER
        own = Book([*(s for s in book.sheets if s.id != REMINDER), sheet, as_it_is_referred_to], {})
        pages.append(_values(own, sheet))
    return pages


def _values(book: Book, sheet: Sheet) -> Sheet:
    bare = Sheet(sheet.id, sheet.name, tab=sheet.tab, widths=sheet.widths, hidden_columns=sheet.hidden_columns, zoom=sheet.zoom)
    bare.heights, bare.hidden_rows, bare.freeze, bare.print = dict(sheet.heights), set(sheet.hidden_rows), sheet.freeze, sheet.print
    bare.lights, bare.charts = list(sheet.lights), list(sheet.charts)
    for cell in sheet.cells.values():
        if cell.column not in sheet.hidden_columns and not cell.link.startswith("首页"):
            bare.put(cell.row, cell.column, book.value(sheet, cell), cell.style, key=cell.key, down=cell.down, across=cell.across)
    return bare
