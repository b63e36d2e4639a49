"""The master workbook as a book: every sheet that is declared, in its order."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.forms.garbage import unsearched
from minsheng_xl.forms.home import home_sheet
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.left import left_of
from minsheng_xl.forms.marks import marks_sheet
from minsheng_xl.forms.master.ledgers import flow_sheet, pending_sheet, receipts_sheet
from minsheng_xl.forms.master.program import program_sheet
from minsheng_xl.forms.paper.drawing import Asked, drawing_of
from minsheng_xl.forms.project import project_sheet
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.plan.tabs import (
    FLOW,
    HOME,
    IN_MASTER,
    MARKS,
    PENDING,
    PROGRAM,
    PROJECTS,
    RECEIPTS,
    UNITS,
)


class TakenOver(NamedTuple):
    """What a master keeps of what it is: `chosen`, the unit whose 催报单 is shown, the first late one unless it is
    late; `drafts`, words beside items that are not settled yet; `layout`, the version of the layout of the units'
    sheets, "" of the present one; whether it has a column 上年同期, None of one that is new: then as the account;
    `former_lists`, whether 填报流水 and 收件登记 are as an earlier version drew them, `former_home` whether 首页 is,
    `former_brief` whether 领导简报 is; `lacks`, ids of sheets that it has not; `has_bad_periods`, whether its 趋势表 has a
    column 未达标的期, None of one that is new; `parts`, how the tables of words on a project's sheet are divided, by its
    number, where it is another way than now; how many `words` its macro has to show, None of one that is new: then
    all."""

    chosen: str = ""
    drafts: Mapping[tuple[str, str], str] = MappingProxyType({})
    layout: str = ""
    has_last_year: bool | None = None
    former_lists: bool = False
    former_home: bool = False
    former_brief: bool = False
    lacks: frozenset[str] = frozenset()
    has_bad_periods: bool | None = None
    parts: Mapping[int, Sequence[int]] = MappingProxyType({})
    words: int | None = None


NOTHING_THERE = TakenOver()


@unsearched()
def master_book(
    account: PeriodAccount, plan_version: str, upto: int, whose: str = "", kept: TakenOver = NOTHING_THERE
) -> Book:
    """The master for a period. `upto` is the last journal entry that it knows, `whose` the 分管领导
    to whose indicators the plan was narrowed, `kept` what it takes over from the one that is there."""
    plan, period = account.plan, account.period
    own: dict[str, list[Sheet]] = {
        HOME.id: [home_sheet(account, kept.lacks, former=kept.former_home)],
        PROJECTS.id: [
            project_sheet(account, project, kept.layout, kept.parts.get(project.no, ())) for project in plan.projects
        ],
        UNITS.id: [
            unit_form(
                plan, unit, period, account.before, account.units[unit.name].given(), in_master=True,
                left=left_of(account, unit.name)._replace(corrected=()), version=kept.layout,
            )
            for unit in plan.reporting_units
        ],
        PENDING.id: [pending_sheet(account, kept.drafts)],
        FLOW.id: [flow_sheet(account, former=kept.former_lists)],
        RECEIPTS.id: [receipts_sheet(account, former=kept.former_lists)],
        MARKS.id: [marks_sheet(account)],
        PROGRAM.id: [program_sheet(plan_version, period, upto, kept.words, former_home=kept.former_home)],
    }
    tabs = [tab for tab in IN_MASTER if tab.id not in kept.lacks]
    drawings = {tab.id: drawing_of(tab) for tab in tabs if tab.id not in own}
    asked, sheets = Asked(
        whose=whose, chosen=kept.chosen, layout=kept.layout, has_last_year=kept.has_last_year,
        has_bad_periods=kept.has_bad_periods, former_brief=kept.former_brief,
    ), list[Sheet]()
    for tab in tabs:
        sheets += own[tab.id] if tab.id in own else [drawings[tab.id].draw(account, asked)]
    book = Book(sheets, {"title": f"{plan.settings.title}总台账 {period}"})
    for drawing in drawings.values():
        if drawing.fit is not None:
            drawing.fit(book, account)
    return book
