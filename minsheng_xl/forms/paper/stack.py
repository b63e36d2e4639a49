"""打印稿: the stack of paper, values only, in the order in which leaders read it."""

from collections.abc import Sequence
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.forms.paper.drawing import drawing_of
from minsheng_xl.forms.project import project_id
from minsheng_xl.forms.unit import sheet_id
from minsheng_xl.plan.tabs import BRIEF, HOME, PRINTED, PROJECTS, UNITS, Reader, Tab


class Output(NamedTuple):
    """One thing that is printed, and the ids of its sheets in the master; `stacked`: it is part of 打印稿."""

    tab: Tab
    sheets: tuple[str, ...]
    stacked: bool

    @property
    def name(self) -> str:
        return self.tab.name

    @property
    def word(self) -> str:
        return self.tab.word


def outputs(account: PeriodAccount) -> tuple[Output, ...]:
    """What there is to print, in the order of the stack."""
    plan = account.plan
    groups = {
        PROJECTS.id: tuple(project_id(project.no) for project in plan.projects),
        UNITS.id: tuple(sheet_id(unit.name) for unit in plan.reporting_units),
    }
    readers = {Reader.STACK}
    readers |= {Reader.CERTIFIED} if account.certifying else set()
    readers |= {Reader.ADJUSTED} if account.adjustments else set()
    readers |= {Reader.CORRECTED} if account.corrections and account.period.is_last else set()
    readers |= {Reader.CONFIRMED} if account.confirmations else set()
    return tuple(Output(tab, groups.get(tab.id, (tab.id,)), not readers.isdisjoint(tab.readers)) for tab in PRINTED)


def printed(book: Book, account: PeriodAccount, chosen: Sequence[Output], stamp: str = "") -> Book:
    """The sheets of some outputs with values in place of formulas, without helpers, links and inputs; `stamp` stands
    in the foot of their pages, in that of the leaders' brief where the office wants it there."""
    sheets: list[Sheet] = []
    for output in chosen:
        foot = stamp if output.tab is not BRIEF or account.plan.settings.brief_code else ""
        pages = None if output.tab.is_group else drawing_of(output.tab).pages
        found = pages(book, account) if pages else [(book, book.sheet(id)) for id in output.sheets]
        sheets += [_values(own, sheet, foot) for own, sheet in found]
    title = f"{account.plan.settings.title} {account.period} 打印稿"
    return Book(sheets, {"title": title})


def _values(book: Book, sheet: Sheet, foot: str) -> Sheet:
    bare = Sheet(
        sheet.id, sheet.name, tab=sheet.tab, widths=sheet.widths, hidden_columns=sheet.hidden_columns, zoom=sheet.zoom
    )
    bare.heights, bare.hidden_rows = dict(sheet.heights), set(sheet.hidden_rows)
    bare.freeze, bare.unprinted = sheet.freeze, set(sheet.unprinted)
    bare.print = sheet.print._replace(foot=foot)
    bare.lights, bare.charts, bare.sparklines = list(sheet.lights), list(sheet.charts), list(sheet.sparklines)
    for cell in sheet.cells.values():
        if cell.column not in sheet.hidden_columns and not cell.link.startswith(HOME.name):
            value = book.value(sheet, cell)
            bare.put(cell.row, cell.column, value, cell.style, key=cell.key, down=cell.down, across=cell.across)
    return bare
