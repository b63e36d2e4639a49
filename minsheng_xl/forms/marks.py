"""计算: the hidden sheet on which every assessed indicator has a row for lists, ranks and the change.

Its figures are links to 进展汇总总表 and the project sheets; lists on paper look rows up here.
"""

from collections.abc import Callable

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.expressions import Cell, Expr, Range, Ref, Text, if_, is_number, join, link
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.exact.numbers import fixed, grouped, plain
from minsheng_xl.figures import rankings as r
from minsheng_xl.figures.definitions import Operands
from minsheng_xl.forms import look
from minsheng_xl.forms.columns import shown_column
from minsheng_xl.forms.layout import Content, Sheet
from minsheng_xl.forms.project import project_id
from minsheng_xl.forms.rows import FormRow, assessed_rows, chinese_number
from minsheng_xl.plan.model import Comparator, Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import MARKS, SUMMARY


def mark_name(code: str) -> RowName:
    return RowName("mark", code)


class MarkColumns:
    """The columns of 计算, for the sheets that look rows up in it."""

    def __init__(self, plan: Plan, period: Period) -> None:
        self._names = [mark_name(row.indicator.code) for row in assessed_rows(plan, period)]

    def __len__(self) -> int:
        return len(self._names)

    def column(self, key: str) -> Range:
        return Range(tuple(Cell(Ref(MARKS.id, name.cell(key))) for name in self._names))

    @property
    def marks(self) -> r.Marks:
        keys = ("filler", "status", "tally", "met", "weight", "weighted", "gap", "both", "moved")
        return r.Marks(*(self.column(key) for key in keys))


def marks_sheet(account: PeriodAccount) -> Sheet:
    """The sheet 计算 for the account's period."""
    plan = account.plan
    rows = assessed_rows(plan, account.period)
    sheet = Sheet(MARKS.id, MARKS.name, hidden=True)
    names = [mark_name(row.indicator.code) for row in rows]
    seats = {row.indicator.code: n for n, row in enumerate(rows)}

    def at(row: FormRow, key: str) -> Cell:
        return sheet.ref(mark_name(row.indicator.code).cell(key))

    def summary(key: str) -> Callable[[FormRow], Content]:
        return lambda row: link(Cell(Ref(SUMMARY.id, Key("row", row.indicator.code, key))))

    def project(key: str) -> Callable[[FormRow], Content]:
        return lambda row: link(Cell(Ref(project_id(row.indicator.project), Key("row", row.indicator.code, key))))

    def operands(row: FormRow) -> Operands:
        of = project_id(row.indicator.project)
        return Operands(*(Cell(Ref(of, Key("row", row.indicator.code, key))) for key in ("reported", "numerator", "denominator", "target", "pace")))

    def words(key: str) -> Callable[[FormRow], Content]:
        def content(row: FormRow) -> Content:
            return link(Cell(Ref(project_id(row.indicator.project), Key("lead", row.indicator.lead, key))))

        return content

    def text(row: FormRow) -> Content:
        cell: Expr = Cell(Ref(SUMMARY.id, Key("row", row.indicator.code, "reported")))
        if row.indicator.kind is Kind.RATIO:
            printed: Expr = Text(cell, "0.0%")
        elif row.indicator.kind is Kind.MILESTONE:
            return link(cell)
        else:
            printed = Text(cell, "#,##0") if row.indicator.decimals == 0 else join("", cell)
        return if_(is_number(cell), printed, link(cell))

    def target(row: FormRow) -> str:
        t = row.terms
        if t.kind is Kind.MILESTONE or t.target is None:
            return "是"
        sign = t.comparator.value if t.comparator in (Comparator.MORE_THAN, Comparator.AT_MOST) else ""
        if t.kind is Kind.RATIO:
            return f"{sign}{fixed(t.target * 100, 1)}%"
        return f"{sign}{grouped(plain(t.target))}{row.indicator.unit_of_measure}"

    def was(row: FormRow) -> Content:
        last = account.last(row.indicator.code)
        return last.capped if last is not None else None

    def placed(key: str) -> Callable[[FormRow], Content]:
        return lambda row: r.place(sheet.column(names, key), seats[row.indicator.code])

    def before(row: FormRow) -> int:
        return account.lagging_before(row.indicator.code, r.LAGGING_LABELS)

    def title(row: FormRow) -> Content:
        return f"{chinese_number(row.indicator.project)}　{plan.project(row.indicator.project).name}"

    contents: tuple[tuple[str, str, Callable[[FormRow], Content]], ...] = (
        ("code", "编码", lambda row: row.indicator.code),
        ("project", "项目", title),
        ("name", "指标", lambda row: row.indicator.name),
        ("target", "目标", target),
        ("lead", "牵头单位", lambda row: row.indicator.lead),
        ("filler", "填数单位", lambda row: row.indicator.filler),
        ("reported", "本期累计", text),
        ("rate", "完成率", summary("rate")),
        ("pace", "序时", summary("pace")),
        ("deviation", "偏差", summary("deviation")),
        ("status", "状态", summary("status")),
        ("tally", "计入", project("tally")),
        ("met", "达标", project("met")),
        ("weight", "权重", project("weight")),
        ("capped", "计入率", project("capped")),
        ("weighted", "计入率×权重", lambda row: r.weighted(at(row, "tally"), at(row, "weight"), at(row, "capped"))),
        ("gap", "排名差", lambda row: r.gap(row.terms, operands(row), at(row, "status"))),
        ("lag_key", "滞后排序", lambda row: r.lag_key(at(row, "deviation"), at(row, "status"))),
        ("lag_no", "滞后次序", placed("lag_key")),
        ("lead_key", "领先排序", lambda row: r.lead_key(at(row, "deviation"), at(row, "status"))),
        ("lead_no", "领先次序", placed("lead_key")),
        ("lag_periods", "连续滞后期数", lambda row: r.lagging_periods(at(row, "status"), before(row))),
        ("reason", "滞后原因", words("reason")),
        ("measures", "下一步措施", words("measures")),
        ("promise", "承诺时限", words("promise")),
        ("was", "上期计入率", was),
        ("both", "两期都报", lambda row: r.in_both(at(row, "tally"), at(row, "was"))),
        ("moved", "比上期", lambda row: r.moved(at(row, "both"), at(row, "capped"), at(row, "was"))),
    )
    columns = [shown_column(key, heading, of, look.HIDDEN, 12) for key, heading, of in contents]
    sheet.widths = [12.0] * len(columns)
    sheet.table(0, columns, rows, lambda row: mark_name(row.indicator.code), head_height=20, row_height=16)
    return sheet
