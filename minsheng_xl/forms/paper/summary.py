"""进展汇总总表: every assessed indicator on one A3 page, for the leaders."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from minsheng_xl.accounts.certified import is_certified_at_the_end
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.expressions import Cell, Const, Expr, Range, and_, cases, count_where, if_, join, link, number
from minsheng_xl.exact.keys import RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands, Status, Tally
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import (
    grow,
    grow_block,
    hidden_column,
    name_column,
    place_of,
    shown_column,
    text_column,
    widths_of,
)
from minsheng_xl.forms.home import project_means
from minsheng_xl.forms.layout import CellContent, Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.marks import MarkColumns
from minsheng_xl.forms.paper.certification import certification_rows
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.forms.project import figure_cell, total_columns, total_key
from minsheng_xl.forms.rows import (
    FormRow,
    assessed_rows,
    certified_cell,
    chinese_number,
    deviation_format,
    pace_format,
    target_content,
    target_style,
    value_format,
)
from minsheng_xl.plan.model import Plan, Tier
from minsheng_xl.plan.tabs import SUMMARY
from minsheng_xl.rules.certification import AGREED

YEAR_BEFORE = "上年同期"
_GATES_NAMED = 8
_PROJECT_WIDTH = 30
_BLOCK = 27.0  # points of a row that fills its page


def summary_sheet(account: PeriodAccount, has_last_year: bool | None = None) -> Sheet:
    """The summary of all projects for the account's period; whether 上年同期 has a column, by default where the account
    knows it."""
    plan, period = account.plan, account.period
    sheet = Sheet(SUMMARY.id, SUMMARY.name, tab=look.TAB_SUMMARY, zoom=90)
    is_beside = account.year_before is not None if has_last_year is None else has_last_year
    rows, columns = assessed_rows(plan, period), _columns(account, is_beside)
    sheet.widths = [_PROJECT_WIDTH, *widths_of(columns)]
    visible = 1 + sum(not column.hidden for column in columns)
    top = page.HEAD
    page.begin(sheet, visible, SUMMARY, f"{plan.settings.title}进展情况汇总表", account, "见计量单位栏")
    sheet.put(top, 0, "项目", look.PAPER_HEAD)
    bottom = sheet.table(top, columns, rows, _name, left=1)
    grow(sheet, range(top + 1, bottom), least=21, size=10.5)
    _project_cells(account, sheet, rows, 1 + place_of(columns, "certifier"))
    sheet.freeze = (top + 1, 3)
    if rows:
        status = 1 + place_of(columns, "status")
        sheet.lights.append(Lights((top + 1, status), (bottom - 1, status), look.LIGHT_COLORS))
        _foot(account, sheet, rows, bottom, visible)
        bottom += 2
    else:  # nothing is measured: the totals that others refer to
        nothing: dict[str, int | str] = dict.fromkeys(("met", "reported", "held", "counted"), 0)
        nothing |= dict.fromkeys(("average_reported", "average_all"), d.NONE)
        for column, (name, content) in enumerate(nothing.items(), visible):
            sheet.put(bottom, column, Const(number(content)), look.HIDDEN, key=total_key(name))
    bottom = page.end(sheet, bottom, visible, ())
    sheet.print = Print("A3", head_rows=(0, top))
    blocks = Counter(row.indicator.project for row in rows)
    page.share_out(sheet, top + 1, list(blocks.values()), bottom, most=_BLOCK)
    return sheet


def _name(row: FormRow) -> RowName:
    return RowName("row", row.indicator.code)


def _of(key: str) -> Callable[[FormRow], CellContent]:
    """What its project's sheet says of a row."""
    return lambda row: link(figure_cell(row.indicator, key))


def _value(row: FormRow) -> look.Style:
    return look.PAPER_NUMBER.having(number=value_format(row.terms), bold=True)


_RATE = look.RATE.having(border="paper", size=11)


class _Certified:
    """What stands beside the reported figure of a row once the year is over, each content from 认定表; `rows` are the
    codes that have a row there."""

    def __init__(self, account: PeriodAccount) -> None:
        self.said = account.certified
        self.rows = {row.indicator.code for row in certification_rows(account)}

    def is_trusted(self, row: FormRow) -> Expr:
        return d.trusted(row.terms, Operands(certified_cell(row.indicator, "figure")))

    def figure(self, row: FormRow) -> CellContent:
        """The certified figure, or in its place what holds of the row."""
        if row.indicator.code not in self.rows:
            return d.NONE
        figure, state = (certified_cell(row.indicator, key) for key in ("figure", "state"))
        return if_(self.is_trusted(row), figure, state) if row.indicator.code in self.said else link(state)

    def rate(self, row: FormRow) -> CellContent:
        """认定率."""
        if row.indicator.code not in self.said:
            return d.NONE
        return if_(self.is_trusted(row), certified_cell(row.indicator, "rate"), d.NONE)

    def remark(self, row: FormRow) -> CellContent:
        """备注 of a row, and behind it that its figure was not agreed to, or has moved since."""
        own = figure_cell(row.indicator, "remark")
        if row.indicator.code not in self.said:
            return link(own)
        state = certified_cell(row.indicator, "state")
        is_told = and_(self.is_trusted(row), state.equals(AGREED).equals(False))
        return cases((is_told.equals(False), own), (own.equals(""), state), otherwise=join(own, "；", state))

    def columns(self) -> list[SheetColumn[FormRow]]:
        return [
            shown_column("certified", "认定数", self.figure, _value, 11),
            shown_column("certified_rate", "认定率", self.rate, _RATE, 12),
        ]


def _pace_columns() -> list[SheetColumn[FormRow]]:
    def pace(row: FormRow) -> look.Style:
        return look.PAPER_NUMBER.having(color=look.MUTED, number=pace_format(row.terms))

    def deviation(row: FormRow) -> look.Style:
        return look.PAPER_NUMBER.having(number=deviation_format(row.terms))

    return [
        shown_column("pace", "序时", _of("pace"), pace, 11),
        shown_column("deviation", "偏差\n（百分点）", _of("deviation"), deviation, 14),
    ]


def _year_before(account: PeriodAccount) -> list[SheetColumn[FormRow]]:
    """上年同期, as it was noted at consolidation."""
    values = account.year_before.values if account.year_before is not None else {}

    def style(row: FormRow) -> look.Style:
        return look.PAPER_NUMBER.having(number=value_format(row.terms), color=look.MUTED)

    return [shown_column("year_before", YEAR_BEFORE, lambda r: values.get(r.indicator.code, d.NONE), style, 13)]


def _columns(account: PeriodAccount, has_last_year: bool) -> tuple[SheetColumn[FormRow], ...]:
    """The columns of the table. Once the year is over 序时 is 100 % for every row: where figures are certified, what was
    certified stands in the place of 序时 and 偏差."""
    is_certified, certified = is_certified_at_the_end(account), _Certified(account)

    def target(row: FormRow) -> look.Style:
        return target_style(row.terms, look.PAPER_NUMBER)

    remark = certified.remark if is_certified else _of("remark")
    columns: tuple[SheetColumn[FormRow], ...] = (
        text_column("name", "指标", lambda r: r.indicator.name, look.PAPER, 44),
        name_column("unit", "计量单位", lambda r: r.indicator.unit_of_measure, look.PAPER_CENTER, 11),
        shown_column("target", "年度目标", lambda r: target_content(r.terms), target, 14),
        shown_column("reported", "本期累计", _of("reported"), _value, 15),
        *(_year_before(account) if has_last_year else ()),
        shown_column("rate", "完成率", _of("rate"), _RATE, 12),
        *(certified.columns() if is_certified else _pace_columns()),
        shown_column("status", "状态", _of("status"), look.PAPER_CENTER, 16),
        text_column("lead", "牵头单位", lambda r: r.indicator.lead, look.PAPER_CENTER, 34),
        shown_column("certifier", "认定单位", lambda r: None, look.PAPER_CENTER, 16),
        shown_column("remark", "备注", remark, look.PAPER.having(size=9.5, wrap=False, shrink=True), 44),
        hidden_column("tier", "类别", lambda r: r.indicator.tier.value, 6),
        hidden_column("tally", "计入", _of("tally"), 6),
        hidden_column("met", "达标", _of("met"), 6),
        hidden_column("weight", "权重", lambda r: r.indicator.weight, 6),
        hidden_column("capped", "计入率", _of("capped"), 8),
    )
    return tuple(page.heads(columns))


def _project_cells(account: PeriodAccount, sheet: Sheet, rows: list[FormRow], certifier: int) -> None:
    """The project's name and, in the column `certifier`, its certifiers stand once, in the middle of its rows."""
    top = page.HEAD + 1
    for project in account.plan.projects:
        height = sum(row.indicator.project == project.no for row in rows)
        if not height:
            continue
        name = f"{chinese_number(project.no)}　{project.name}"
        for column, text, style in (
            (0, name, look.PAPER),
            (certifier, "、".join(project.certifiers), look.PAPER_CENTER),
        ):
            for row in range(top, top + height):
                sheet.cells.pop((row, column), None)
            sheet.put(top, column, text, style, down=height)
            grow_block(sheet, top, column)
        top += height


def _foot(account: PeriodAccount, sheet: Sheet, rows: list[FormRow], top: int, visible: int) -> None:
    """The exclusive counts of 状态, adding up; the gates beside them; how the averages are made."""
    c = total_columns(sheet, [_name(row) for row in rows])
    sheet.heights |= {top: 28, top + 1: 30}
    counts: list[Expr | str] = [f"合计 {len(rows)} 项："]
    for state in d.counted_statuses(may_be_exempt=any(row.terms.exemption for row in rows)):
        counts += [f"　{state.label} ", d.with_status(c, state)]
    sheet.put(top, 0, join(*counts), look.FOOT, key=total_key("counts"), across=visible)
    by_project = account.plan.settings.mean_by_project
    averages = project_means(account) if by_project else (d.average_reported(c), d.average_all(c))

    def at(name: str) -> Cell:
        return sheet.ref(total_key(name))

    hidden: tuple[tuple[str, CellContent], ...] = (
        ("met", d.met_count(c)), ("reported", d.tallied(c, Tally.REPORTED)), ("held", d.tallied(c, Tally.HELD)),
        ("counted", d.counted(c)), ("average_reported", d.shown_average(averages[0], d.reported_met(c))),
    )
    for column, (name, content) in enumerate(hidden, visible):
        sheet.put(top, column, content, look.HIDDEN, key=total_key(name))
    sheet.put(top + 1, visible, d.shown_average(averages[1], d.all_met(c)), look.HIDDEN, key=total_key("average_all"))
    how = d.averaged(by_project=by_project)
    note = join(
        *_how(account, at("met")), _gates(account),
        f"平均完成率（{how}）：未报按0 ", d.printed_percent(at("average_all")),
        "，已报平均 ", d.printed_percent(at("average_reported")),
        "（已报 ", at("reported"), "/", at("counted"), "，待核 ", at("held"), "）。", _exempt(rows),
        _of_last_year(account) if sheet.has(_name(rows[0]).cell("year_before")) else "",
    )
    sheet.put(top + 1, 0, note, look.NOTE, key=total_key("note"), across=visible)


def _how(account: PeriodAccount, met: Cell) -> list[Expr | str]:
    """How the rates are made; once the year is over, how many targets are `met` by what was certified too."""
    if not is_certified_at_the_end(account):
        return ["注：完成率＝本期累计÷年度目标，未达标的不显示100.0%；有年初数、偏差按年度增量计算的，序时印为计划进度。"]
    by_certified = count_where(MarkColumns(account.plan, account.period).by_certified.met, "是")
    return [
        "注：完成率＝本期累计÷年度目标，认定率＝认定数÷年度目标，未达标的不显示100.0%；年度已结束，序时均为100%，不再列出。"
        "按报送数达标 ", met, " 项，按认定数达标 ", by_certified, " 项（没有认定意见的按报送数）。",
    ]


def _gates(account: PeriodAccount) -> Expr | str:
    """The pass/fail gates, counted beside N: each by name, or, where they are many, how many are met."""
    plan = account.plan
    every = [i for i in plan.indicators if i.tier is Tier.GATE and not i.paused_in(account.period)]
    if len(every) > _GATES_NAMED:
        met: Expr = Const(Fraction(0))
        for no in dict.fromkeys(i.project for i in every):
            tiers, marks = (_of_rows(plan, no, key) for key in ("tier", "met"))
            met = met + count_where(tiers, Tier.GATE.value, marks, "是")
        return join(f"约束指标 {len(every)} 项，现已达标 ", met, " 项。")
    parts: list[Expr | str] = []
    for project in plan.projects:
        gates = [i for i in plan.indicators_of(project.no) if i.tier is Tier.GATE and not i.paused_in(account.period)]
        for indicator in gates:
            met, state = (figure_cell(indicator, key) for key in ("met", "status"))
            waiting = if_(met.equals("是"), "未到期（现已达标）", "未到期")
            shown = if_(state.equals(Status.NOT_DUE.label), waiting, state)
            parts += ["；" if parts else "约束指标：", f"{indicator.code} ", shown]
    return join(*parts, "。") if parts else ""


def _of_last_year(account: PeriodAccount) -> str:
    """Of which period 上年同期 is."""
    before = account.year_before
    return f"{YEAR_BEFORE}为{before.period.label}的报送数，定稿后更正的按更正后的。" if before is not None else ""


def _exempt(rows: list[FormRow]) -> Expr | str:
    """The rows that do not apply in this period, by name."""
    state = Status.NOT_APPLICABLE.label
    named = [row for row in rows if row.terms.exemption]
    names = ((figure_cell(one.indicator, "status"), f"{one.indicator.code} {one.indicator.name}；") for one in named)
    said = [if_(status.equals(state), name, "") for status, name in names]
    return if_(join(*said).equals(""), "", join("本期不涉及（不计入）：", *said)) if said else ""


def _of_rows(plan: Plan, no: int, key: str) -> Range:
    """A column of a project's table of indicators."""
    return Range(tuple(figure_cell(indicator, key) for indicator in plan.indicators_of(no)))


DRAWING = Drawing(lambda account, asked: summary_sheet(account, asked.has_last_year))
