"""计算: the hidden sheet on which every assessed indicator has a row for lists, ranks and the change.

Its figures are links to 进展汇总总表 and the project sheets; lists on paper look rows up here. Once the year is over it
has the same figures as they were certified, and the leads as they are ranked by them.
"""

from collections.abc import Callable
from fractions import Fraction

from minsheng_xl.accounts.certified import counted_as, is_certified_at_the_end
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.exact.expressions import GROUPED, PERCENT, Cell, Const, Expr, Text, cell_of, if_, is_number, join, link
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.exact.numbers import fixed, grouped, plain
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures import rankings as r
from minsheng_xl.figures.definitions import Operands, Terms
from minsheng_xl.figures.streak import Streak, shown_status, shown_streak
from minsheng_xl.forms import look
from minsheng_xl.forms.columns import TableColumns, shown_column
from minsheng_xl.forms.layout import CellContent, Sheet
from minsheng_xl.forms.project import figure_cell, project_id
from minsheng_xl.forms.rows import FormRow, assessed_rows, certified_cell, chinese_number
from minsheng_xl.plan.model import Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import MARKS, SUMMARY


def mark_name(code: str) -> RowName:
    return RowName("mark", code)


def row_key(row: FormRow, key: str) -> Key:
    """Where a sheet with a row for each assessed indicator says something of one."""
    return Key("row", row.indicator.code, key)


class MarkColumns(TableColumns):
    """The columns of 计算, for the sheets that look rows up in it."""

    def __init__(self, plan: Plan, period: Period) -> None:
        super().__init__(MARKS.id, (mark_name(row.indicator.code) for row in assessed_rows(plan, period)))

    @property
    def marks(self) -> r.Marks:
        keys = ("filler", "tally", "met", "weight", "weighted", "gap", "both", "moved")
        return r.Marks(status=self.column("state"), **{key: self.column(key) for key in keys})

    @property
    def by_certified(self) -> r.Marks:
        """The same by what was certified, once the year is over."""
        keys = ("status", "tally", "met", "weighted", "gap")
        return self.marks._replace(**{key: self.column(f"certified_{key}") for key in keys})


class CertifiedLeads(TableColumns):
    """The leads as they are ranked by what was certified, in the order of the plan."""

    def __init__(self, plan: Plan) -> None:
        self.names = plan.ranked_units
        super().__init__(MARKS.id, map(lead_name, self.names))


def lead_name(unit: str) -> RowName:
    return RowName("certified_lead", unit)


class _MarkContents:
    """What stands in a row, each content from 进展汇总总表, a project's sheet, or the row's own cells."""

    def __init__(self, account: PeriodAccount, sheet: Sheet, rows: list[FormRow]) -> None:
        self.account, self.sheet, self.rows = account, sheet, rows
        self.is_certified = is_certified_at_the_end(account)

    def at(self, row: FormRow, key: str) -> Cell:
        return self.sheet.ref(mark_name(row.indicator.code).cell(key))

    def summary(self, key: str) -> Callable[[FormRow], CellContent]:
        return lambda row: link(cell_of(SUMMARY.id, row_key(row, key)))

    def project(self, key: str) -> Callable[[FormRow], CellContent]:
        return lambda row: link(figure_cell(row.indicator, key))

    def words(self, key: str) -> Callable[[FormRow], CellContent]:
        return lambda row: link(cell_of(project_id(row.indicator.project), Key("lead", row.indicator.lead, key)))

    def placed(self, key: str) -> Callable[[FormRow], CellContent]:
        """Its place among all the rows by a column."""
        seats = {row.indicator.code: n for n, row in enumerate(self.rows)}
        column = self.sheet.column((mark_name(code) for code in seats), key)
        return lambda row: r.place(column, seats[row.indicator.code])

    def title(self, row: FormRow) -> CellContent:
        no = row.indicator.project
        return f"{chinese_number(no)}　{self.account.plan.project(no).name}"

    def lead(self, row: FormRow) -> str:
        """Its lead, where that is named in what is circulated."""
        name = row.indicator.lead
        return name if self.account.plan.unit(name).is_listed else d.NONE

    def target(self, row: FormRow) -> str:
        t = row.terms
        if t.kind is Kind.MILESTONE or t.target is None:
            return "是"
        if t.kind is Kind.RATIO:
            return f"{t.comparator.sign}{fixed(t.target * 100, 1)}%"
        return f"{t.comparator.sign}{grouped(plain(t.target))}{row.indicator.unit_of_measure}"

    def reported(self, row: FormRow) -> CellContent:
        """The figure as a text, as the summary shows it."""
        cell: Expr = cell_of(SUMMARY.id, row_key(row, "reported"))
        if row.indicator.kind is Kind.RATIO:
            printed: Expr = Text(cell, PERCENT)
        elif row.indicator.kind is Kind.MILESTONE:
            return link(cell)
        else:
            printed = Text(cell, GROUPED) if row.indicator.decimals == 0 else join("", cell)
        return if_(is_number(cell), printed, link(cell))

    def weighted(self, row: FormRow) -> CellContent:
        return r.weighted(self.at(row, "tally"), self.at(row, "weight"), self.at(row, "capped"))

    def operands(self, row: FormRow) -> Operands:
        keys = ("reported", "numerator", "denominator", "target", "pace")
        return Operands(*(figure_cell(row.indicator, key) for key in keys))

    def rate(self, row: FormRow) -> CellContent:
        """完成率, or where the year's increase decides what is made of that."""
        rate = link(cell_of(SUMMARY.id, row_key(row, "rate")))
        if row.terms.opening is None or row.terms.paused:
            return rate
        made = join("增量", d.shown_share(row.terms, self.operands(row)))
        return if_(is_number(self.at(row, "exact")), made, rate)

    def printed(self, row: FormRow, key: str) -> Cell:
        """序时 or 偏差 as 进展汇总总表 prints it, or its project's sheet where certified figures stand in their place."""
        return figure_cell(row.indicator, key) if self.is_certified else cell_of(SUMMARY.id, row_key(row, key))

    def pace(self, row: FormRow) -> CellContent:
        cell = self.printed(row, "pace")
        if row.terms.opening is None:
            return link(cell)
        return if_(is_number(cell), join("计划", Text(cell, PERCENT)), link(cell))

    def deviation(self, row: FormRow) -> CellContent:
        shown = self.printed(row, "deviation")
        return r.shown_lag(row.terms, self.operands(row), shown, self.at(row, "state"))

    def exact(self, row: FormRow) -> CellContent:
        return r.exact_points(row.terms, self.operands(row))

    def gap(self, row: FormRow) -> CellContent:
        return r.gap(row.terms, self.operands(row), self.at(row, "state"))

    def lag_key(self, row: FormRow) -> CellContent:
        return r.lag_key(self.at(row, "exact"), self.at(row, "state"))

    def lead_key(self, row: FormRow) -> CellContent:
        return r.lead_key(self.at(row, "exact"), self.at(row, "state"))

    def streak(self, row: FormRow) -> Streak:
        return self.account.streak_before(row.indicator.code)

    def lag_periods(self, row: FormRow) -> CellContent:
        return shown_streak(self.at(row, "state"), self.streak(row))

    def status(self, row: FormRow) -> CellContent:
        return shown_status(self.at(row, "state"), self.streak(row))

    def silent_codes(self, row: FormRow) -> CellContent:
        """The codes of its unit that are 未报, as far as this row."""
        code, unit = row.indicator.code, row.indicator.filler
        above = [one for one in self.rows[: row.number - 1] if one.indicator.filler == unit]
        before = self.at(above[-1], "silent_codes") if above else None
        return r.silent_codes(self.at(row, "state"), code, before, lagged=bool(self.streak(row).lagging))

    def silent_units(self, row: FormRow) -> CellContent:
        """The units with something 未报, as far as this row; each is named where its last row stands."""
        before = self.at(self.rows[row.number - 2], "silent_units") if row.number > 1 else None
        unit = row.indicator.filler
        goes_on = any(one.indicator.filler == unit for one in self.rows[row.number :])
        if goes_on or not self.account.plan.unit(unit).is_listed:
            return link(before) if before is not None else ""
        return r.silent_units(unit, self.at(row, "silent_codes"), before)

    def was(self, row: FormRow) -> CellContent:
        last = self.account.last(row.indicator.code)
        return last.capped if last is not None else None

    def both(self, row: FormRow) -> CellContent:
        return r.in_both(self.at(row, "tally"), self.at(row, "was"))

    def moved(self, row: FormRow) -> CellContent:
        return r.moved(self.at(row, "both"), self.at(row, "capped"), self.at(row, "was"))

    def turned(self, row: FormRow) -> CellContent:
        last = self.account.last(row.indicator.code)
        return r.turned(self.at(row, "state"), last.status if last is not None else "")

    def certified(self, row: FormRow) -> CellContent:
        """The figure by what was certified, in 认定表 where one is; as reported where nothing was said."""
        said = self.account.certified.get(row.indicator.code)
        if said is None:
            return link(figure_cell(row.indicator, "reported"))
        is_there = said.figure is not None and not isinstance(said.figure, Doubt)
        return link(certified_cell(row.indicator, "figure")) if is_there else counted_as(row.indicator, said)

    def by_certified(
        self, key: str, define: Callable[[Terms, Operands], Expr]
    ) -> Callable[[FormRow], CellContent]:
        """What is defined of a row with its certified figure; the reported one's cell where nothing was said."""
        def content(row: FormRow) -> CellContent:
            if row.indicator.code not in self.account.certified:
                return link(self.at(row, key))
            figure = self.at(row, "certified")
            operands = self.operands(row)._replace(reported=figure, numerator=figure, denominator=Const(Fraction(1)))
            return define(row.terms, operands)

        return content

    def certified_gap(self, row: FormRow) -> CellContent:
        state = self.at(row, "certified_status")
        return self.by_certified("gap", lambda t, o: r.gap(t, o, state))(row)

    def certified_weighted(self, row: FormRow) -> CellContent:
        tally, capped = (self.at(row, key) for key in ("certified_tally", "certified_capped"))
        return r.weighted(tally, self.at(row, "weight"), capped)

    def certified_contents(self) -> tuple[tuple[str, str, Callable[[FormRow], CellContent]], ...]:
        """The columns of the certified figures: key, head, what stands in a row."""
        return (
            ("certified", "认定数", self.certified),
            ("certified_status", "认定状态", self.by_certified("state", d.status)),
            ("certified_tally", "认定计入", self.by_certified("tally", d.tally)),
            ("certified_met", "认定达标", self.by_certified("met", d.met_mark)),
            ("certified_capped", "认定计入率", self.by_certified("capped", d.capped_rate)),
            ("certified_weighted", "认定计入率×权重", self.certified_weighted),
            ("certified_gap", "认定排名差", self.certified_gap),
        )

    def contents(self) -> tuple[tuple[str, str, Callable[[FormRow], CellContent]], ...]:
        """The columns: key, head, what stands in a row."""
        return (
            ("code", "编码", lambda row: row.indicator.code),
            ("project", "项目", self.title),
            ("name", "指标", lambda row: row.indicator.name),
            ("target", "目标", self.target),
            ("lead", "牵头单位", self.lead),
            ("filler", "填数单位", lambda row: row.indicator.filler),
            ("reported", "本期累计", self.reported),
            ("rate", "完成率", self.rate),
            ("pace", "序时", self.pace),
            ("deviation", "偏差", self.deviation),
            ("status", "状态", self.status),
            ("tally", "计入", self.project("tally")),
            ("met", "达标", self.project("met")),
            ("weight", "权重", self.project("weight")),
            ("capped", "计入率", self.project("capped")),
            ("weighted", "计入率×权重", self.weighted),
            ("gap", "排名差", self.gap),
            ("lag_key", "滞后排序", self.lag_key),
            ("lag_no", "滞后次序", self.placed("lag_key")),
            ("lead_key", "领先排序", self.lead_key),
            ("lead_no", "领先次序", self.placed("lead_key")),
            ("lag_periods", "连续滞后期数", self.lag_periods),
            ("reason", "滞后原因", self.words("reason")),
            ("measures", "下一步措施", self.words("measures")),
            ("promise", "承诺时限", self.words("promise")),
            ("was", "上期计入率", self.was),
            ("both", "两期都报", self.both),
            ("moved", "比上期", self.moved),
            ("state", "状态", self.summary("status")),
            ("exact", "偏差（精确）", self.exact),
            ("silent_codes", "未报编码", self.silent_codes),
            ("silent_units", "未报单位", self.silent_units),
        )


def marks_sheet(account: PeriodAccount) -> Sheet:
    """The sheet 计算 for the account's period."""
    rows = assessed_rows(account.plan, account.period)
    sheet = Sheet(MARKS.id, MARKS.name, hidden=True)
    c = _MarkContents(account, sheet, rows)
    turned = ("turned", "比上期转变", c.turned)  # the last one: an earlier version had none
    contents = (*c.contents(), *(c.certified_contents() if c.is_certified else ()), turned)
    columns = [shown_column(key, heading, of, look.HIDDEN, 12) for key, heading, of in contents]
    sheet.widths = [column.width for column in columns]
    bottom = sheet.table(0, columns, rows, lambda row: mark_name(row.indicator.code), head_height=20, row_height=16)
    if c.is_certified:
        _certified_leads(account, sheet, bottom + 1)
    return sheet


def _certified_leads(account: PeriodAccount, sheet: Sheet, top: int) -> None:
    """The leads by what was certified: 排名 looks their ranks up here."""
    marks, table = MarkColumns(account.plan, account.period).by_certified, CertifiedLeads(account.plan)
    least, seats = account.plan.settings.least_judged, {name: n for n, name in enumerate(table.names)}

    def at(name: str, key: str) -> Cell:
        return sheet.ref(lead_name(name).cell(key))

    leads = {name: r.lead(marks, at(name, "name"), least) for name in table.names}

    def of(key: str) -> Callable[[str], CellContent]:
        return lambda name: getattr(leads[name], key)

    def rank(name: str) -> CellContent:
        return r.rank(table.column("share"), table.column("mean"), seats[name])

    def remark(name: str) -> CellContent:
        own = {key: at(name, key) for key in ("owed", "good", "rows", "held")}
        return r.certified_standing(leads[name]._replace(**own), at(name, "share"))

    contents: tuple[tuple[str, str, Callable[[str], CellContent]], ...] = (
        ("name", "单位", lambda name: name), ("owed", "牵头", of("owed")), ("good", "认定完成", of("good")),
        ("rows", "参评", of("rows")), ("held", "待核", of("held")), ("share", "占比", of("share")),
        ("mean", "排名差", of("mean")), ("rank", "认定名次", rank), ("remark", "备注", remark),
    )
    columns = [shown_column(key, heading, content, look.HIDDEN, 12) for key, heading, content in contents]
    sheet.table(top, columns, table.names, lead_name, head_height=20, row_height=16)
