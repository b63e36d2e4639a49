"""首页: the period, the account, the projects and the units, each a link away."""

from collections.abc import Callable, Collection
from fractions import Fraction

from minsheng_xl.accounts.next_steps import next_steps
from minsheng_xl.accounts.period import NOT_OWED, PeriodAccount
from minsheng_xl.accounts.values import Outcome, Standing
from minsheng_xl.exact.addresses import Place
from minsheng_xl.exact.expressions import Cell, Expr, Range, cell_of, count_where, expr, join, link
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.forms import former_home, look, page
from minsheng_xl.forms.columns import grow, hidden_column, name_column, shown_column, text_column
from minsheng_xl.forms.layout import (
    Button,
    CellContent,
    Chart,
    Growth,
    Lights,
    PlacedCell,
    Print,
    Sheet,
    SheetColumn,
    width_pixels,
)
from minsheng_xl.forms.project import project_id, total_key
from minsheng_xl.plan.model import Project, Unit
from minsheng_xl.plan.period import Period, year_and_day
from minsheng_xl.plan.tabs import FINDINGS, FLOW, HOME, PENDING, RECEIPTS, SUMMARY, TABS, Part, project_tab

LEADING, SUPPORTING = "牵头", "责任"
_GROUP_TITLES = {LEADING: "牵头单位（报数）", SUPPORTING: "责任单位（报情况）", "合计": "合计"}
STANDING_COLORS = (
    (Standing.ACCEPTED.label, look.GREEN), (Standing.HELD.label, look.AMBER),
    (Standing.REFUSED.label, look.RED), (Standing.MISSING.label, look.GREY),
)
_LISTS = tuple(sorted((tab for tab in TABS if tab.part is Part.LISTS), key=lambda tab: tab.link))
_PAPER = tuple(sorted((tab for tab in TABS if tab.part is Part.FRONT and tab is not HOME), key=lambda tab: tab.link))
_BUTTONS = (  # where each stands, as wide as its columns; the macro that it runs
    (1, 148, "汇　总", "ClickConsolidate"), (2, 94, "检查来件", "ClickInspect"),
    (3, 80, "打　印", "ClickPrint"), (4, 116, "打开收件夹", "ClickInbox"),
)
_HOW_ELSE = (
    "按钮不动时（WPS、宏被停用、没有运行过 setup）：关上本表，双击文件夹里的“打开菜单”，选“汇总”；数一样，本表也一样更新。"
)
STATUS_PLACE: Place = (3, 1)
"""Where the program says, in an open workbook, what it is doing."""
HEAD_SHOWN = "日志链首 "
_LOOKING_BACK = (5, 6)
"""The columns beside it of the links to what looks back on the year."""
_HEAD_PLACE: Place = (3, 8)
"""Where the head of the journal's chain stands."""
_WIDTHS = (7, 22, 14, 12, 22, 13, 15, 13, 22)
_THREE_LINES = 36.0
"""Points of a row in which a project's count of states has room: five states, of nine points."""


def home_sheet(account: PeriodAccount, lacks: Collection[str] = (), *, former: bool = False) -> Sheet:
    """The front page of the master for the account's period, which `lacks` some sheets, by id; `former`: as an earlier
    version drew it."""
    sheet = Sheet(HOME.id, HOME.name, tab=look.TAB_SUMMARY, widths=list(_WIDTHS))
    _title(account, sheet)
    shown = f"{HEAD_SHOWN}{account.head}" if account.head else None
    if former:
        bottom = _counts(account, sheet, former_home.head(sheet, shown))
    else:
        bottom = _steps(account, sheet, _desk(sheet, shown))
        _lists(account, sheet, bottom)
        bottom = _paper_links(sheet, _counts(account, sheet, bottom), lacks)
    bottom = _headline(account, sheet, bottom)
    bottom = _projects(account, sheet, bottom + 1, former=former)
    bottom = bottom if former else _trend(account, sheet, bottom + 1)
    _units(account, sheet, bottom + 1, former=former)
    sheet.print = Print("A4", landscape=False, breaks=(bottom + 1,))  # the units have a page of their own
    return sheet


def _title(account: PeriodAccount, sheet: Sheet) -> None:
    """Whose year it is, which period, until when it is owed or how it was closed."""
    plan, period, closing = account.plan, account.period, account.closing
    sheet.heights |= {0: 34, 1: 20}  # low, so that a small screen shows the links without scrolling
    sheet.put(0, 0, f"{plan.settings.title}总台账", look.TITLE.having(size=22), across=len(_WIDTHS))
    state = closing.words if closing is not None else f"{year_and_day(plan.due(period))}前报送"
    when = f"期次：{period.label}　·　{page.as_of(period)}　·　{state}"
    color = look.MUTED if closing is None else look.GREEN
    style = look.SUBTITLE.having(size=13, shrink=closing is not None, color=color)
    sheet.put(1, 0, when, style, across=len(_WIDTHS))


def _desk(sheet: Sheet, shown: str | None) -> int:
    """The buttons, what to do where they do not work, what the program says, the head of the chain as it is `shown`."""
    sheet.heights |= {2: 40, 3: 20}
    for column, width, caption, macro in _BUTTONS:
        sheet.buttons.append(Button(2, column, width, 34, caption, macro))
    sheet.put(2, 5, _HOW_ELSE, look.NOTE.having(valign="center"), across=len(_WIDTHS) - 5)
    sheet.put(*STATUS_PLACE, None, look.PLAIN.having(color=look.ACCENT))
    chain = look.NOTE.having(align="right", wrap=False, shrink=True)
    sheet.put(*_HEAD_PLACE, shown, chain, key=Key("head", "journal", "chain"))
    return 4


def _steps(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    """What the period wants now, a line each."""
    steps = next_steps(account)
    text = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1)) if len(steps) > 1 else steps[0]
    sheet.put(top, 0, "下一步", look.TABLE_HEAD)
    sheet.put(top, 1, text, look.BODY_WRAP, key=Key("steps", "home", "text"), across=len(_WIDTHS) - 1)
    sheet.growing[top, 1] = Growth.NAME
    sheet.heights[top + 1] = 8
    grow(sheet, [top], least=26)
    sheet.heights[top] += 8
    return top + 2


def _lists(account: PeriodAccount, sheet: Sheet, top: int) -> None:
    """The lists beside the counts, with how much is in each."""
    asked = sum(one.outcome is not Outcome.ACCEPTED for one in account.findings)
    told = {
        PENDING.id: f"{len(account.pending)} 件待决" if account.pending else "没有待决的",
        FINDINGS.id: f"{len(account.findings)} 处，其中存疑、退回 {asked} 处" if account.findings else "",
        RECEIPTS.id: f"{len(account.receipts)} 份来件", FLOW.id: f"{len(account.flow)} 个数",
    }
    for row, tab in enumerate(_LISTS, top):
        waits = tab is PENDING and bool(account.pending)
        sheet.put(row, 7, f"→ {tab.name}", look.LINK, link=tab.name)
        style = look.NOTE.having(valign="center", bold=waits, color=look.AMBER if waits else look.MUTED)
        sheet.put(row, 8, told.get(tab.id, ""), style)


def _paper_links(sheet: Sheet, top: int, lacks: Collection[str]) -> int:
    """The sheets of paper, four in a row, as one looks for them; what looks back on the year has its place above."""
    rows = range(top, top + 2)
    sheet.heights |= dict.fromkeys(rows, 20)
    for number, tab in enumerate(_PAPER[:8]):
        place = (top + number // 4, 1 + number % 4 * 2)
        sheet.put(*place, f"→ {tab.name}", look.LINK, link=tab.name, across=2)
    for column, tab in zip(_LOOKING_BACK, _PAPER[8:], strict=True):
        if tab.id not in lacks:
            sheet.put(STATUS_PLACE[0], column, f"→ {tab.name}", look.LINK, link=tab.name)
    return rows.stop


def _trend(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    """The county's averages of the periods up to this one, and a chart of them."""
    def of(key: str, total: str) -> Callable[[Period], CellContent]:
        def content(period: Period) -> CellContent:
            if period == account.period:
                return link(cell_of(SUMMARY.id, total_key(total)))
            means = account.trend.get(period)
            return None if means is None else getattr(means, key)

        return content

    shown = look.RATE.having(align="center", bold=False)
    columns: list[SheetColumn[Period]] = [
        shown_column("period", "期次", lambda each: each.short_label, look.BODY_CENTER),
        shown_column("everything", "平均完成率\n（未报按0）", of("everything", "average_all"), shown),
        shown_column("reported", "已报平均", of("reported", "average_reported"), shown),
    ]
    periods = account.plan.periods
    bottom = sheet.table(top, columns, periods, _period_name, head_height=28, row_height=15)
    high = 28 + 15 * len(periods)
    sheet.put(top, 3, None, look.PLAIN, down=bottom - top, across=len(_WIDTHS) - 3)
    first, last = _period_name(periods[0]), _period_name(periods[-1])
    sheet.charts.append(Chart(
        row=top, column=3, width=0.75 * sum(map(width_pixels, _WIDTHS[3:])), height=high - 6,
        categories=(first.cell("period"), last.cell("period")),
        columns=("全县平均完成率（未报按0）", first.cell("everything"), last.cell("everything")),
        marks=("已报平均", first.cell("reported"), last.cell("reported")),
    ))
    return bottom


def _period_name(period: Period) -> RowName:
    return RowName("trend", str(period))


def measured_projects(account: PeriodAccount) -> list[Project]:
    """The projects that have indicators, and so totals."""
    return [p for p in account.plan.projects if account.plan.indicators_of(p.no)]


def project_means(account: PeriodAccount) -> tuple[Expr, Expr]:
    """The means of the projects' exact averages, reported and all (平均方式 按项目)."""

    def mean(key: str) -> Expr:
        cells = (cell_of(HOME.id, Key("project", str(p.no), key)) for p in measured_projects(account))
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
    groups_shown = (LEADING, SUPPORTING, "合计")
    return sheet.table(top, columns, groups_shown, lambda g: RowName("count", g), head_height=24, row_height=24)


def _headline(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    """Finished projects and met targets first, then the average in which silence counts as zero."""
    plan = account.plan
    names = [RowName("project", str(p.no)) for p in measured_projects(account)]
    finished = count_where(sheet.column(names, "status"), d.Status.DONE.label) if names else expr(0)

    def overall(key: str) -> Cell:
        return cell_of(SUMMARY.id, total_key(key))

    sheet.heights |= {top: 8, top + 1: 30}
    line = join(
        "已完成项目 ", finished, f"/{len(plan.projects)}　　已达标指标 ", overall("met"),
        f"/{sum(i.tier.letter == 'A' for i in plan.indicators)}　　平均完成率（未报按0） ",
        d.printed_percent(overall("average_all")), "　　已报平均 ", d.printed_percent(overall("average_reported")),
        "（已报 ", overall("reported"), "/", overall("counted"), "，待核 ", overall("held"), "）",
    )
    sheet.put(top + 1, 0, line, look.BANNER, key=Key("headline", "all", "line"), across=len(_WIDTHS))
    return top + 2


def _projects(account: PeriodAccount, sheet: Sheet, top: int, *, former: bool) -> int:
    def of(key: str) -> Callable[[Project], CellContent]:
        return lambda project: link(cell_of(project_id(project.no), total_key(key)))

    def reported(project: Project) -> CellContent:
        foot = project_id(project.no)
        n, all_of, held = (cell_of(foot, total_key(key)) for key in ("reported", "counted", "held"))
        return join(n, "/", all_of, "，待核 ", held)

    shown = look.RATE.having(align="right")
    columns: list[SheetColumn[Project]] = [
        shown_column("no", "序号", lambda p: Fraction(p.no) if former else f"{p.no} →", look.BODY_CENTER),
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
    for project in measured:
        _lead_to(sheet, sheet.cell(Key("project", str(project.no), _leading(former=former))), project_tab(project.no))
    sheet.lights.append(Lights((top + 1, 3), (bottom - 1, 3), look.LIGHT_COLORS))
    return bottom


def _units(account: PeriodAccount, sheet: Sheet, top: int, *, former: bool) -> int:
    plan = account.plan

    def number(unit: Unit) -> CellContent:
        place = plan.reporting_units.index(unit) + 1
        return Fraction(place) if former else f"{place} →"

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
        shown_column("no", "序号", number, look.BODY_CENTER),
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
    for unit in units:
        _lead_to(sheet, sheet.cell(Key("unit", unit.name, _leading(former=former))), unit.sheet_name)
    sheet.lights.append(Lights((top + 1, 4), (bottom - 1, 4), STANDING_COLORS))
    return bottom


def _leading(*, former: bool) -> str:
    """The column whose cells lead to the sheets: LibreOffice shows a text that leads somewhere in one line, and cuts a
    name."""
    return "name" if former else "no"


def _lead_to(sheet: Sheet, cell: PlacedCell, tab: str) -> None:
    style = cell.style.having(color=look.ACCENT)
    sheet.put(cell.row, cell.column, cell.content, style, key=cell.key, across=cell.across, link=tab)
