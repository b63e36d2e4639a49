"""未报清单: the units whose return is owed and has not come, or came and was refused."""

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.questions import UNKNOWN, WHOLE
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.expressions import Cell, count, expr, if_, join, link
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import TableColumns, name_column, place_of, shown_column, text_column, widths_of
from minsheng_xl.forms.home import STANDING_COLORS
from minsheng_xl.forms.layout import Book, CellContent, Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.plan.period import month_and_day
from minsheng_xl.plan.tabs import MISSING

_LEAST = 26.0  # points of a row
FIGURES = "指标数据"
"""What is first of what a unit owes that stands among the 牵头."""
NOTHING_NEW = "没有新进展的，请选“本期无新进展”后报送。"
NO_NEW_FIGURES = "没有新进展的，请选“本期无新进展”，数字照填或选“与上期相同”，再报送。"
"""How a unit reports of which there is nothing new: one that owes words, and one that owes figures."""


def owed_units(account: PeriodAccount) -> list[str]:
    """The units whose return is owed, in the order of the plan."""
    plan = account.plan
    return [u.name for u in plan.reporting_units if plan.owes_return(u, account.period)]


def late_units(account: PeriodAccount) -> list[str]:
    """The units to be reminded: nothing has come, or what came was refused."""
    return [name for name in owed_units(account) if account.standing(name) in (Standing.MISSING, Standing.REFUSED)]


def missing_name(unit: str) -> RowName:
    return RowName("missing", unit)


def late_columns(names: list[str]) -> TableColumns:
    """The columns of the list, over its units."""
    return TableColumns(MISSING.id, map(missing_name, names))


def unassigned(account: PeriodAccount) -> str:
    """The warning while files lie about that name no unit."""
    files = sum(item.kind in (UNKNOWN, WHOLE) for item in account.pending)
    return f"注意：待决事项里还有 {files} 个文件没有确认是哪个单位的，可能就是下列单位送来的，请先处理再催报。" if files else ""


class _MissingContents:
    """What stands in the row of a unit."""

    def __init__(self, account: PeriodAccount, sheet: Sheet) -> None:
        self.account, self.plan, self.sheet = account, account.plan, sheet
        self.names = owed_units(account)
        ranks = page.running_numbers(sheet, map(missing_name, self.names), "no")
        self.ranks = dict(zip(self.names, ranks, strict=True))
        self.due = month_and_day(self.plan.due(account.period))

    def at(self, name: str, key: str) -> Cell:
        return self.sheet.ref(missing_name(name).cell(key))

    def number(self, name: str) -> CellContent:
        """A running number over the units that are late."""
        return if_(page.is_outstanding(self.at(name, "standing")), self.ranks[name], "")

    def owed(self, name: str) -> str:
        """What the unit owes, and what came in its place: the letter to the unit says both in these words."""
        owed, came = f"{FIGURES}、文字" if self.plan.owes_figures(name) else "配合情况", self.account.came.get(name)
        return f"{owed}；{came}" if came else owed

    def standing(self, name: str) -> CellContent:
        return link(page.standing_cell(name))

    def reminded(self, name: str) -> str:
        times = self.account.reminded.get(name, 0)
        return f"{times}次" if times else ""

    def columns(self) -> list[SheetColumn[str]]:
        center = look.PAPER_CENTER
        return [
            shown_column("no", "序号", self.number, center, 6),
            text_column("unit", "单位", lambda name: name, look.PAPER, 28),
            text_column("owed", "应报", self.owed, center.having(size=10.5), 15),
            shown_column("due", "截止", lambda name: self.due, center, 11),
            shown_column("standing", "状态", self.standing, center.having(bold=True), 9),
            name_column("contact", "联系人", lambda name: self.plan.unit(name).contact, center, 12),
            name_column("phone", "电话", lambda name: self.plan.unit(name).phone, center, 16),
            shown_column("reminded", "催报次数", self.reminded, center, 10),
        ]


def missing_sheet(account: PeriodAccount) -> Sheet:
    """The list for the account's period: a row for every unit that owes a return, those not needed hidden."""
    sheet = Sheet(MISSING.id, MISSING.name, tab=look.TAB_SUMMARY)
    contents = _MissingContents(account, sheet)
    columns, names = contents.columns(), contents.names
    visible = len(columns)
    sheet.widths = widths_of(columns)
    page.begin(sheet, visible, MISSING, f"{account.plan.settings.title}未报清单", account, "个")
    top = page.HEAD
    warning = unassigned(account)
    if warning:
        sheet.put(top, 0, warning, look.WARNING, across=visible)
        sheet.heights[top] = 32
        top += 1
    bottom = sheet.table(top, page.heads(columns), names, missing_name, row_height=_LEAST)
    standing = place_of(columns, "standing")
    sheet.lights.append(Lights((top + 1, standing), (max(top + 1, bottom - 1), standing), STANDING_COLORS))
    late = count(sheet.column([missing_name(name) for name in names], "no")) if names else expr(0)
    bottom = page.none_row(sheet, bottom, visible, late)
    note = join(f"注：应报 {len(names)} 个单位，未报或退回后没有重报的 ", late, " 个。应报＝已采用＋待核＋退回＋未报。")
    page.end(sheet, bottom, visible, [("count", note, 20)])
    sheet.freeze = (top + 1, 2)
    sheet.print = Print("A4", landscape=False, head_rows=(1, top))
    return sheet


def fit(book: Book, account: PeriodAccount) -> None:
    """Show the rows of the late units only."""
    names = [missing_name(name) for name in owed_units(account)]
    page.fit_rows(book, book.sheet(MISSING.id), names, "no", least=_LEAST, size=look.PAPER.size)


DRAWING = Drawing(lambda account, asked: missing_sheet(account), fit)
