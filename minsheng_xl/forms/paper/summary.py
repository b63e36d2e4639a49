"""进展汇总总表: every assessed indicator on one A3 page, for the leaders."""

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction

from minsheng_xl.accounts.certified import verdicts_of
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.expressions import Cell, Const, Expr, Range, count_where, if_, join, link, number
from minsheng_xl.exact.keys import RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Status, Tally
from minsheng_xl.figures.progress import progress_of
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
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.forms.project import figure_cell, total_columns, total_key
from minsheng_xl.forms.rows import (
    FormRow,
    assessed_rows,
    chinese_number,
    deviation_format,
    pace_format,
    target_content,
    target_style,
    value_format,
)
from minsheng_xl.plan.model import Plan, Tier
from minsheng_xl.plan.tabs import SUMMARY

_GATES_NAMED = 8
_PROJECT_WIDTH = 30
_BLOCK = 27.0  # points of a row that fills its page


def summary_sheet(account: PeriodAccount) -> Sheet:
    """The summary of all projects for the account's period."""
    plan, period = account.plan, account.period
    sheet = Sheet(SUMMARY.id, SUMMARY.name, tab=look.TAB_SUMMARY, zoom=90)
    rows, verdicts = assessed_rows(plan, period), _verdicts(account)
    columns = _columns(verdicts)
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


def _verdicts(account: PeriodAccount) -> dict[str, str]:
    """What was certified of a row, in words by its code: once the year is over."""
    if not account.period.is_last:
        return {}
    county = progress_of(account.plan, account.period, account.entries())
    return {one.row.indicator.code: one.text for one in verdicts_of(account, county)}


def _remarks(
    verdicts: Mapping[str, str],
) -> tuple[Callable[[FormRow], CellContent], Callable[[FormRow], look.Style]]:
    """备注 of a row, and behind it what was certified, then in two lines."""
    def content(row: FormRow) -> CellContent:
        own, verdict = figure_cell(row.indicator, "remark"), verdicts.get(row.indicator.code, "")
        return if_(own.equals(""), verdict, join(own, "；", verdict)) if verdict else link(own)

    def style(row: FormRow) -> look.Style:
        if row.indicator.code in verdicts:
            return look.PAPER.having(size=8, wrap=True)
        return look.PAPER.having(size=9.5, wrap=False, shrink=True)

    return content, style


def _columns(verdicts: Mapping[str, str]) -> tuple[SheetColumn[FormRow], ...]:
    def of(key: str) -> Callable[[FormRow], CellContent]:
        return lambda row: link(figure_cell(row.indicator, key))

    def value(row: FormRow) -> look.Style:
        return look.PAPER_NUMBER.having(number=value_format(row.terms), bold=True)

    def target(row: FormRow) -> look.Style:
        return target_style(row.terms, look.PAPER_NUMBER)

    def pace(row: FormRow) -> look.Style:
        return look.PAPER_NUMBER.having(color=look.MUTED, number=pace_format(row.terms))

    def deviation(row: FormRow) -> look.Style:
        return look.PAPER_NUMBER.having(number=deviation_format(row.terms))

    columns: tuple[SheetColumn[FormRow], ...] = (
        text_column("name", "指标", lambda r: r.indicator.name, look.PAPER, 44),
        name_column("unit", "计量单位", lambda r: r.indicator.unit_of_measure, look.PAPER_CENTER, 11),
        shown_column("target", "年度目标", lambda r: target_content(r.terms), target, 14),
        shown_column("reported", "本期累计", of("reported"), value, 15),
        shown_column("rate", "完成率", of("rate"), look.RATE.having(border="paper", size=11), 12),
        shown_column("pace", "序时", of("pace"), pace, 11),
        shown_column("deviation", "偏差\n（百分点）", of("deviation"), deviation, 12),
        shown_column("status", "状态", of("status"), look.PAPER_CENTER, 16),
        text_column("lead", "牵头单位", lambda r: r.indicator.lead, look.PAPER_CENTER, 34),
        shown_column("certifier", "认定单位", lambda r: None, look.PAPER_CENTER, 16),
        shown_column("remark", "备注", *_remarks(verdicts), 44),
        hidden_column("tier", "类别", lambda r: r.indicator.tier.value, 6),
        hidden_column("tally", "计入", of("tally"), 6),
        hidden_column("met", "达标", of("met"), 6),
        hidden_column("weight", "权重", lambda r: r.indicator.weight, 6),
        hidden_column("capped", "计入率", of("capped"), 8),
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
        "注：完成率＝本期累计÷年度目标，未达标的不显示100.0%；有年初数、偏差按年度增量计算的，序时印为计划进度。",
        _gates(account), f"平均完成率（{how}）：未报按0 ", d.printed_percent(at("average_all")), "，已报平均 ",
        d.printed_percent(at("average_reported")), "（已报 ", at("reported"), "/", at("counted"), "，待核 ", at("held"), "）。",
        _exempt(rows),
    )
    sheet.put(top + 1, 0, note, look.NOTE, key=total_key("note"), across=visible)


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


DRAWING = Drawing(lambda account, asked: summary_sheet(account))
