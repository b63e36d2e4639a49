"""首页: the period, the account, the projects and the units, each a link away."""

from collections.abc import Callable
from fractions import Fraction

from minsheng_xl.accounts.period import NOT_OWED, PeriodAccount
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.addresses import Place
from minsheng_xl.exact.expressions import Cell, Expr, Range, Ref, count_where, expr, join, link
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, hidden_column, name_column, shown_column, text_column
from minsheng_xl.forms.layout import Button, CellContent, Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.project import project_id, total_key
from minsheng_xl.plan.model import Project, Unit
from minsheng_xl.plan.period import year_and_day
from minsheng_xl.plan.tabs import HOME, SUMMARY, TABS, Part, project_tab

LEADING, SUPPORTING = "牵头", "责任"
_GROUP_TITLES = {LEADING: "牵头单位（报数）", SUPPORTING: "责任单位（报情况）", "合计": "合计"}
STANDING_COLORS = (
    (Standing.ACCEPTED.label, look.GREEN), (Standing.HELD.label, look.AMBER),
    (Standing.REFUSED.label, look.RED), (Standing.MISSING.label, look.GREY),
)
_LISTS = tuple(tab for tab in TABS if tab.part is Part.LISTS)
_PAPER = tuple(sorted((tab for tab in TABS if tab.part is Part.FRONT and tab is not HOME), key=lambda tab: tab.link))
_PAPER_PLACES = (*((3, column) for column in range(1, 9)), (2, 7), (2, 6))
"""Where the links to the sheets of paper stand, one after the other."""
STATUS_PLACE: Place = (2, 3)
"""Where the program says, in an open workbook, what it is doing."""
HEAD_SHOWN = "日志链首 "
_HEAD_PLACE: Place = (2, 8)
"""Where the head of the journal's chain stands."""
_WIDTHS = (7, 22, 14, 12, 22, 13, 15, 13, 22)
_THREE_LINES = 36.0
"""Points of a row in which a project's count of states has room: five states, of nine points."""


def home_sheet(account: PeriodAccount) -> Sheet:
    """The front page of the master for the account's period."""
    plan, period = account.plan, account.period
    sheet = Sheet(HOME.id, HOME.name, tab=look.TAB_SUMMARY, widths=list(_WIDTHS))
    wide = len(_WIDTHS)
    sheet.heights |= {0: 42, 1: 24, 2: 32, 3: 22}
    sheet.put(0, 0, f"{plan.settings.title}总台账", look.TITLE.having(size=22), across=wide)
    state = account.closing.words if account.closing is not None else f"{year_and_day(plan.due(period))}前报送"
    when = f"期次：{period.label}　·　{page.as_of(period)}　·　{state}"
    sheet.put(1, 0, when, look.SUBTITLE.having(size=13, shrink=account.closing is not None), across=wide)
    sheet.put(*STATUS_PLACE, None, look.PLAIN.having(color=look.ACCENT))
    head = f"{HEAD_SHOWN}{account.head}" if account.head else None
    sheet.put(*_HEAD_PLACE, head, look.NOTE.having(align="right", wrap=False), key=Key("head", "journal", "chain"))
    sheet.buttons.append(Button(2, 1, 150, 34, "汇　总", "ClickConsolidate"))
    bottom = _counts(account, sheet, 4)
    bottom = _headline(account, sheet, bottom)
    bottom = _projects(account, sheet, bottom + 1)
    _units(account, sheet, bottom + 1)
    sheet.print = Print("A4", landscape=False, breaks=(bottom + 1,))  # the units have a page of their own
    return sheet


def measured_projects(account: PeriodAccount) -> list[Project]:
    """The projects that have indicators, and so totals."""
    return [p for p in account.plan.projects if account.plan.indicators_of(p.no)]


def project_means(account: PeriodAccount) -> tuple[Expr, Expr]:
    """The means of the projects' exact averages, reported and all (平均方式 按项目)."""

    def mean(key: str) -> Expr:
        cells = (Cell(Ref(HOME.id, Key("project", str(p.no), key))) for p in measured_projects(account))
        return d.mean(Range(tuple(cells)))

    return mean("exact_reported"), mean("exact_all")


def _counts(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    """应报 = 已采用 + 待核 + 退回 + 未报, counted live from the unit table below."""
    names = [RowName("unit", unit.name) for unit in account.plan.reporting_units]
    groups, standings = sheet.column(names, "group"), sheet.column(names, "standing")

    def counted(standing: Standing) -> Callable[[str], CellContent]:
        def content(group: str) -> CellContent:
            if group == "合计":
                leading, supporting = (sheet.ref(Key("count", of, standing.value)) for of in (LEADING, SUPPORTING))
                return leading + supporting
            return count_where(groups, group, standings, standing.label)

        return content

    def owed(group: str) -> CellContent:
        first, *others = (sheet.ref(Key("count", group, standing.value)) for standing in Standing)
        summed: Expr = first
        for other in others:
            summed = summed + other
        return summed

    big = look.BODY_CENTER.having(size=14, bold=True)
    columns: list[SheetColumn[str]] = [
        shown_column("group", "报送情况", lambda group: _GROUP_TITLES[group], look.BODY_CENTER, across=2),
        shown_column("owed", "应报", owed, big),
    ]
    for standing, color in zip(Standing, (look.GREEN, look.AMBER, look.RED, look.GREY), strict=True):
        columns.append(shown_column(standing.value, standing.label, counted(standing), big.having(color=color)))
    for row, tab in enumerate(_LISTS, top):
        sheet.put(row, 7, f"→ {tab.name}", look.LINK, link=tab.name, across=2)
    for place, tab in zip(_PAPER_PLACES, _PAPER, strict=False):
        sheet.put(*place, f"→ {tab.name}", look.LINK, link=tab.name)
    groups_shown = (LEADING, SUPPORTING, "合计")
    return sheet.table(top, columns, groups_shown, lambda g: RowName("count", g), head_height=24, row_height=28)


def _headline(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    """Finished projects and met targets first, then the average in which silence counts as zero."""
    plan = account.plan
    names = [RowName("project", str(p.no)) for p in measured_projects(account)]
    finished = count_where(sheet.column(names, "status"), d.Status.DONE.label) if names else expr(0)

    def overall(key: str) -> Cell:
        return Cell(Ref(SUMMARY.id, total_key(key)))

    sheet.heights |= {top: 8, top + 1: 30}
    line = join(
        "已完成项目 ", finished, f"/{len(plan.projects)}　　已达标指标 ", overall("met"),
        f"/{sum(i.tier.letter == 'A' for i in plan.indicators)}　　平均完成率（未报按0） ",
        d.printed_percent(overall("average_all")), "　　已报平均 ", d.printed_percent(overall("average_reported")),
        "（已报 ", overall("reported"), "/", overall("counted"), "，待核 ", overall("held"), "）",
    )
    sheet.put(top + 1, 0, line, look.BANNER, key=Key("headline", "all", "line"), across=len(_WIDTHS))
    return top + 2


def _projects(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    def of(key: str) -> Callable[[Project], CellContent]:
        return lambda project: link(Cell(Ref(project_id(project.no), total_key(key))))

    def reported(project: Project) -> CellContent:
        foot = project_id(project.no)
        n, all_of, held = (Cell(Ref(foot, total_key(key))) for key in ("reported", "counted", "held"))
        return join(n, "/", all_of, "，待核 ", held)

    shown = look.RATE.having(align="right")
    columns: list[SheetColumn[Project]] = [
        shown_column("no", "序号", lambda p: Fraction(p.no), look.BODY_CENTER),
        text_column("name", "项目", lambda p: p.name, look.BODY_WRAP, across=2),
        shown_column("status", "状态", of("status"), look.BODY_CENTER),
        shown_column("lights", "其中", of("lights"), look.BODY_CENTER.having(size=9, wrap=True)),
        shown_column("reported", "已报/考核\n指标", reported, look.BODY_CENTER.having(size=9.5)),
        shown_column("average_all", "平均完成率\n（未报按0）", of("average_all"), shown),
        shown_column("average_reported", "已报平均", of("average_reported"), shown.having(bold=False)),
        text_column("leads", "牵头单位", lambda p: "、".join(p.leads), look.BODY_WRAP.having(size=9.5)),
        hidden_column("exact_reported", "已报平均（精确）", of("exact_reported")),
        hidden_column("exact_all", "未报按0（精确）", of("exact_all")),
    ]
    measured = measured_projects(account)
    sheet.widths += [10, 10]
    bottom = sheet.table(top, columns, measured, lambda p: RowName("project", str(p.no)))
    grow(sheet, range(top + 1, bottom), least=_THREE_LINES, size=10.5)
    for offset, project in enumerate(measured, 1):
        linked = look.BODY_WRAP.having(color=look.ACCENT)
        sheet.put(top + offset, 1, project.name, linked, link=project_tab(project.no), across=2)
    sheet.lights.append(Lights((top + 1, 3), (bottom - 1, 3), look.LIGHT_COLORS))
    return bottom


def _units(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    plan = account.plan

    def group(unit: Unit) -> str:
        if not account.owed(unit.name):
            return NOT_OWED
        return LEADING if plan.owes_figures(unit.name) else SUPPORTING

    def standing(unit: Unit) -> str:
        if not account.owed(unit.name) and account.standing(unit.name) is Standing.MISSING:
            return NOT_OWED
        return account.standing(unit.name).label

    def late(unit: Unit) -> str | None:
        return account.timeliness(unit.name).late_word or None

    def received(unit: Unit) -> str | None:
        when = account.units[unit.name].received
        return f"{when:%m-%d %H:%M}" if when else None

    columns: list[SheetColumn[Unit]] = [
        shown_column("no", "序号", lambda u: Fraction(plan.reporting_units.index(u) + 1), look.BODY_CENTER),
        name_column("name", "单位", lambda u: u.name, look.BODY_WRAP, across=2),
        shown_column("group", "类别", group, look.BODY_CENTER),
        shown_column("standing", "报送", standing, look.BODY_CENTER.having(bold=True)),
        shown_column("received", "收到时间", received, look.BODY_CENTER),
        shown_column("late", "迟报", late, look.BODY_CENTER.having(color=look.AMBER)),
        name_column("note", "备注", lambda u: account.notes.get(u.name), look.BODY_WRAP.having(size=9.5), across=2),
    ]
    units = plan.reporting_units
    bottom = sheet.table(top, columns, units, lambda u: RowName("unit", u.name), head_height=24)
    grow(sheet, range(top + 1, bottom), least=20)
    linked = look.BODY_WRAP.having(color=look.ACCENT)
    for offset, unit in enumerate(plan.reporting_units, 1):
        sheet.put(top + offset, 1, unit.name, linked, link=unit.sheet_name, across=2)
    sheet.lights.append(Lights((top + 1, 4), (bottom - 1, 4), STANDING_COLORS))
    return bottom


