"""A project's sheet: its indicators with live figures, the leads' words, the others' support."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import below_before, is_monthly_at_the_end
from minsheng_xl.exact.expressions import Cell, Expr, cell_of, count, if_, is_blank, is_number, join, link, total
from minsheng_xl.exact.keys import FIGURE, SHARE, WORD, Key, RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Columns, Operands, Terms
from minsheng_xl.figures.remarks import remark as remark_of
from minsheng_xl.figures.streak import BEFORE
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import (
    fitted_heads,
    grow,
    height,
    hidden_column,
    keep_names_in_line,
    name_column,
    place_of,
    shown_column,
    text_column,
    width_of,
    widths_of,
)
from minsheng_xl.forms.layout import CellContent, Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.rows import (
    FormRow,
    change_format,
    chinese_number,
    deviation_format,
    pace_format,
    target_content,
    target_style,
    value_format,
)
from minsheng_xl.forms.unit import LAYOUTS, sheet_id
from minsheng_xl.forms.words import FUNDING_FIELDS
from minsheng_xl.plan.model import Indicator, Kind, Project, Tier
from minsheng_xl.plan.tabs import PROJECTS, project_tab
from minsheng_xl.texts import row_height


def project_id(no: int) -> str:
    return f"project:{no}"


def figure_cell(indicator: Indicator, key: str) -> Cell:
    """Where its project's sheet says something of an indicator."""
    return cell_of(project_id(indicator.project), Key("row", indicator.code, key))


def row_name(row: FormRow) -> RowName:
    return RowName("row", row.indicator.code)


def total_key(name: str) -> Key:
    """The key of one of the totals in the foot of a project sheet or of the summary."""
    return Key("total", "all", name)


_FILLER = look.BODY_CENTER.having(wrap=True, size=9.5)


def _target(row: FormRow) -> look.Style:
    return target_style(row.terms, look.BODY_NUMBER)


class _ProjectRows:
    """The contents of the indicator table, each referring to unit sheets or to its own row."""

    def __init__(self, account: PeriodAccount, sheet: Sheet, rows: list[FormRow]) -> None:
        self.account, self.sheet = account, sheet
        self.by_code = {row.indicator.code: row for row in rows}

    def at(self, row: FormRow, key: str) -> Cell:
        return self.sheet.ref(row_name(row).cell(key))

    def operands(self, row: FormRow) -> Operands:
        return Operands(*(self.at(row, key) for key in ("reported", "numerator", "denominator", "target", "pace")))

    def clerk(self, row: FormRow, key: str) -> CellContent:
        """A plain link to the clerk's cell."""
        return link(cell_of(sheet_id(row.indicator.filler), Key(FIGURE, row.indicator.code, key)))

    def reported(self, row: FormRow) -> CellContent:
        if row.indicator.kind is Kind.DERIVED:
            sources = [self.by_code[code] for code in row.indicator.derived_from]
            return d.derived([self.at(source, "met") for source in sources])
        return self.clerk(row, "reported") if row.indicator.takes_figures else None

    def term(self, key: str) -> Callable[[FormRow], CellContent]:
        return lambda row: self.clerk(row, key) if row.indicator.kind is Kind.RATIO else None

    def previous(self, row: FormRow) -> CellContent:
        return self.account.before.get(row.indicator.code)

    def increase(self, row: FormRow) -> CellContent:
        return d.increase(row.terms, self.at(row, "reported"), self.at(row, "previous"))

    def rate(self, row: FormRow) -> CellContent:
        return None if row.terms.target is None else d.shown_rate(row.terms, self.operands(row))

    def pace(self, row: FormRow) -> CellContent:
        if row.terms.target is None:
            return None
        return d.NONE if row.terms.pace is None else row.terms.pace

    def deviation(self, row: FormRow) -> CellContent:
        return None if row.terms.target is None else d.shown_points(row.terms, self.operands(row))

    def status(self, row: FormRow) -> CellContent:
        return None if row.indicator.tier is Tier.TEXT else d.status(row.terms, self.operands(row))

    def remark(self, row: FormRow) -> CellContent:
        if row.terms.paused:
            return f"暂停：{row.indicator.pause_document}"
        held = "分母待核定" if row.indicator.awaits_denominator else "见待决事项"
        remark = remark_of(row.terms, self.operands(row), self._last_known(row.indicator.code), held)
        remark = self._with_months(row, remark)
        return self._confirmed(row, remark) if self.account.is_confirmed(row.indicator.code) else remark

    def _with_months(self, row: FormRow, remark: Expr) -> Expr:
        """The remark with the months in which a rate of single months was below its target, at the year's end."""
        if not is_monthly_at_the_end(self.account, row.indicator):
            return remark
        earlier = "、".join(below_before(self.account, row.indicator))
        now, is_unmet = self.account.period.short_label, self.at(row, "met").equals("否")
        months = if_(is_unmet, f"{earlier}、{now}" if earlier else now, earlier)
        said = if_(months.equals(""), "", join("；低于目标的月份：", months))
        return join(remark, if_(is_blank(self.at(row, "met")), "", said))

    def _last_known(self, code: str) -> str:
        """What is known of a row that is 未报."""
        lagged = BEFORE if self.account.streak_before(code).lagging else ""
        return "；".join(filter(None, (self.account.last_known.get(code, ""), lagged)))

    def _confirmed(self, row: FormRow, remark: Expr) -> Expr:
        """The remark with the mark that the figure is an earlier one, while it is."""
        said = f"沿用{self.account.before_of[row.indicator.code].short_label}数"
        both = join(said, if_(is_blank(remark), "", "；"), remark)
        return if_(self.at(row, "reported").equals(self.at(row, "previous")), both, remark)

    def columns(self) -> tuple[SheetColumn[FormRow], ...]:
        def number(row: FormRow) -> look.Style:
            return look.BODY_NUMBER.having(number=value_format(row.terms))

        def term(row: FormRow) -> look.Style:
            return look.BODY_NUMBER.having(number=look.figure_format(row.indicator.decimals), color=look.MUTED)

        def computed(of: Callable[[Terms, Operands], Expr]) -> Callable[[FormRow], CellContent]:
            return lambda row: None if row.terms.target is None else of(row.terms, self.operands(row))

        def deviation(row: FormRow) -> look.Style:
            return look.BODY_NUMBER.having(number=deviation_format(row.terms))

        muted = look.BODY_NUMBER.having(color=look.MUTED)
        return (
            shown_column("code", "编码", lambda r: r.indicator.code, look.BODY_CENTER, 7),
            shown_column("tier", "类别", lambda r: r.indicator.tier.value, look.BODY_CENTER, 7),
            text_column("name", "指标", lambda r: r.indicator.name, look.BODY_WRAP, 30),
            name_column("unit", "计量单位", lambda r: r.indicator.unit_of_measure, look.BODY_CENTER, 9),
            shown_column("target", "年度目标", lambda r: target_content(r.terms), _target, 10),
            shown_column("previous", "上期累计", self.previous, lambda r: muted.having(number=value_format(r.terms)), 11),
            shown_column("increase", "本期新增", self.increase, lambda r: muted.having(number=change_format(r.terms)), 10),
            shown_column("reported", "本期累计", self.reported, lambda r: number(r).having(bold=True), 12),
            shown_column("numerator", "分子", self.term("numerator"), term, 10),
            shown_column("denominator", "分母", self.term("denominator"), term, 10),
            shown_column("rate", "完成率", self.rate, look.RATE, 10),
            shown_column("pace", "序时", self.pace, lambda r: muted.having(number=pace_format(r.terms)), 8),
            shown_column("deviation", "偏差\n（百分点）", self.deviation, deviation, 9),
            shown_column("status", "状态", self.status, look.BODY_CENTER, 12),
            name_column("filler", "填数单位", lambda r: r.indicator.filler, _FILLER, 20),
            name_column("remark", "备注", self.remark, look.BODY_WRAP.having(size=9), 34),
            hidden_column("tally", "计入", computed(d.tally), 6),
            hidden_column("met", "达标", computed(d.met_mark), 6),
            hidden_column("weight", "权重", lambda r: r.indicator.weight, 6),
            hidden_column("capped", "计入率", computed(d.capped_rate), 8),
        )


def total_columns(sheet: Sheet, names: list[RowName]) -> Columns:
    """The columns of an indicator table as the totals take them."""
    return Columns(*(sheet.column(names, key) for key in ("tier", "status", "tally", "met", "weight", "capped")))


WORDS_HEADS = "牵头单位", "责任单位"
"""What begins the head of a table in which the units of a project stand."""


def project_sheet(
    account: PeriodAccount, project: Project, layout: str = "", parts: Sequence[int] = ()
) -> Sheet:
    """The sheet of a project for the account's period. `layout` is the version of the layout of the units' sheets: an
    earlier one has fewer words; `parts` are the numbers of units that stand under each head of the tables of words in
    one that is there: another version, with rows of other heights, began its pages elsewhere."""
    plan, period = account.plan, account.period
    words = _WORDS_ASKED if not layout or LAYOUTS.is_present(layout) else _WORDS_BEFORE
    sheet = Sheet(project_id(project.no), project_tab(project.no), tab=look.TAB_PROJECT, zoom=90)
    rows = [FormRow(n, i, d.terms(plan, i, period), "figure") for n, i in enumerate(plan.indicators_of(project.no), 1)]
    table = _ProjectRows(account, sheet, rows)
    columns = table.columns()
    sheet.widths = widths_of(columns)
    visible = sum(not column.hidden for column in columns)
    page.begin(sheet, visible, PROJECTS, f"{chinese_number(project.no)}　{project.name}", account, "见计量单位栏")
    top = page.HEAD + 2
    told = row_height([(project.task, width_of(sheet, 0, visible))], least=20, size=look.NOTE.size)
    sheet.heights |= {top - 2: 22, top - 1: told}
    who = f"牵头单位：{'、'.join(project.leads)}　　认定单位：{'、'.join(project.certifiers) or d.NONE}"
    sheet.put(top - 2, 0, who, look.CAPTION.having(size=12, align="left"), across=visible)
    sheet.put(top - 1, 0, project.task, look.NOTE.having(valign="center"), across=visible)
    sheet.print = Print("A4", head_rows=(0, page.HEAD - 1))  # several tables follow, each with its own head
    bottom = sheet.table(top, fitted_heads(columns), rows, row_name, head_height=42)
    grow(sheet, range(top + 1, bottom), least=26)
    sheet.freeze = (top + 1, 3)
    if rows:
        status = place_of(columns, "status")
        sheet.lights.append(Lights((top + 1, status), (bottom - 1, status), look.LIGHT_COLORS))
        bottom = _totals(sheet, rows, bottom, period.is_last)
    there = iter(parts)
    bottom = _lead_words(account, project, sheet, bottom + 1, words.lead, there)
    if project.asks_funding:
        bottom = _funding(project, sheet, bottom + 1)
        next(there, None)
    bottom = _support(account, project, sheet, bottom + 1, words.support, there)
    bottom = _shares(account, project, sheet, bottom + 1)
    page.end(sheet, bottom, visible, ())
    return sheet


def _totals(sheet: Sheet, rows: list[FormRow], top: int, last: bool) -> int:
    """The foot: the project's state, its lights, how many are met, and both averages with n/N."""
    c = total_columns(sheet, [row_name(row) for row in rows])
    contains = d.MadeOf.of(row.terms for row in rows)
    reported, everything = d.average_reported(c), d.average_all(c)

    def at(name: str) -> Cell:
        return sheet.ref(total_key(name))

    percent = look.FOOT.having(number=look.PERCENT)
    parts: tuple[tuple[str, CellContent, look.Style, int], ...] = (
        ("", "本项目", look.FOOT.having(align="center"), 2),
        ("status", d.project_status(c, contains, last), look.FOOT.having(align="center"), 1),
        ("lights", d.lights(c, may_be_exempt=contains.exempt), look.FOOT.having(size=9, wrap=True), 2),
        ("", "已达标", look.FOOT.having(align="right", bold=False), 1),
        ("met", d.met_count(c), look.FOOT.having(align="left", number='0" 项"'), 1),
        ("", join("已报 ", at("reported"), "/", at("counted"), "，待核 ", at("held")), look.FOOT.having(bold=False), 2),
        ("", "已报平均", look.FOOT.having(align="right", bold=False), 1),
        ("average_reported", d.shown_average(reported, d.reported_met(c)), percent.having(align="right"), 1),
        ("", "未报按0", look.FOOT.having(align="right", bold=False), 2),
        ("average_all", d.shown_average(everything, d.all_met(c)), percent.having(align="center"), 1),
        ("", "平均完成率：单项最高计100%，按权重", look.FOOT.having(size=9, bold=False, color=look.MUTED), 2),
    )
    column = 0
    for name, content, style, across in parts:
        sheet.put(top, column, content, style, key=total_key(name) if name else None, across=across)
        column += across
    status = sheet.cell(total_key("status")).column
    sheet.lights.append(Lights((top, status), (top, status), look.LIGHT_COLORS))
    hidden = (
        ("reported", d.tallied(c, d.Tally.REPORTED)), ("held", d.tallied(c, d.Tally.HELD)),
        ("counted", d.counted(c)),
    )
    for place, (name, content) in enumerate(hidden, column):
        sheet.put(top, place, content, look.HIDDEN, key=total_key(name))
    sheet.put(top + 1, 16, reported, look.HIDDEN, key=total_key("exact_reported"))
    sheet.put(top + 1, 17, everything, look.HIDDEN, key=total_key("exact_all"))
    sheet.heights[top] = 38
    return top + 1


class _Span(NamedTuple):
    """A column of words: the field of the unit's sheet, its title, how many columns of the sheet it takes."""

    key: str
    title: str
    across: int


_OF_HELP = ("asked", "advice", "wanted")
"""What is written beside 需协调事项."""


class _Words(NamedTuple):
    """The words of a project: those of its leads in two tables, so that five hundred characters of each find room in
    a row, and those of who supports it beside their names."""

    lead: tuple[tuple[_Span, ...], ...]
    support: tuple[_Span, ...]


_WORDS_ASKED = _Words(
    lead=(
        (
            _Span("progress", "本期进展", 3), _Span("problem", "存在问题", 5), _Span("measures", "下一步措施", 5),
            _Span("outlook", "预计全年", 1),
        ),
        (
            _Span("reason", "滞后原因", 2), _Span("promise", "承诺时限", 2), _Span("coordination", "需协调事项", 4),
            _Span("asked", "请求协调单位", 2), _Span("advice", "建议", 3), _Span("wanted", "希望解决时限", 1),
        ),
    ),
    support=(
        _Span("unit", "责任单位", 2), _Span("support", "配合情况", 2), _Span("problem", "存在问题", 4),
        _Span("coordination", "需协调事项", 4), _Span("asked", "请求协调单位", 2), _Span("wanted", "希望解决时限", 1),
    ),
)
_WORDS_BEFORE = _Words(
    lead=(
        (_Span("progress", "本期进展", 3), _Span("problem", "存在问题", 6), _Span("coordination", "需协调事项", 5)),
        (
            _Span("measures", "下一步措施", 3), _Span("reason", "滞后原因", 6), _Span("promise", "承诺时限", 4),
            _Span("outlook", "预计全年", 1),
        ),
    ),
    support=(
        _Span("unit", "责任单位", 3), _Span("support", "配合情况", 4), _Span("problem", "存在问题", 5),
        _Span("coordination", "需协调事项", 3),
    ),
)


_WORDS = look.BODY_WRAP.having(size=9.5)


def _lead_words(
    account: PeriodAccount, project: Project, sheet: Sheet, top: int, tables: Sequence[Sequence[_Span]],
    there: Iterator[int],
) -> int:
    for number, spans in enumerate(tables):
        unit: SheetColumn[str] = name_column(f"unit{number}", "牵头单位", str, _WORDS, across=2)
        columns = [unit, *_word_columns(project, spans)]
        high = _word_height(account, project, sheet, columns, 30)
        top = _paged(sheet, top, columns, "lead", high, _parts(sheet, top, project.leads, high, there))
    return top


def _paged(
    sheet: Sheet, top: int, columns: Sequence[SheetColumn[str]], part: str, high: Callable[[str], float],
    parts: Iterable[tuple[Sequence[str], bool]],
) -> int:
    """A table of units that goes on, with its head, on the next page, in `parts`. Returns the first row below."""
    for some, breaks in parts:
        if breaks:
            page.break_before(sheet, [top])
        first = top + 1
        top = sheet.table(top, columns, some, lambda name: RowName(part, name), head_height=24, row_height=high)
        keep_names_in_line(sheet, range(first, top))
    return top


def _parts(
    sheet: Sheet, top: int, names: Sequence[str], high: Callable[[str], float], there: Iterator[int]
) -> Iterable[tuple[Sequence[str], bool]]:
    """The units of a table by the heads under which they stand: those that are there, if they say it; and whether one
    begins a page."""
    divided = _divided(names, there)
    return ((some, n > 0) for n, some in enumerate(divided)) if divided else page.chunks(sheet, top, names, high, 24)


def _divided(names: Sequence[str], there: Iterator[int]) -> list[Sequence[str]]:
    """Names as they stand under the heads that are there; [] where the numbers do not say it."""
    found: list[Sequence[str]] = []
    begins = 0
    while begins < len(names):
        number = next(there, 0)
        if not number:
            return []
        found.append(names[begins : begins + number])
        begins += number
    return found if begins == len(names) else []


def _funding(project: Project, sheet: Sheet, top: int) -> int:
    """资金, where the plan asks: what each lead reported as due, arrived and paid."""

    def of(key: str) -> Callable[[str], CellContent]:
        return lambda name: link(cell_of(sheet_id(name), Key(WORD, str(project.no), key)))

    columns: list[SheetColumn[str]] = [name_column("unit", "牵头单位", str, look.BODY_WRAP, across=3)]
    columns += [
        shown_column(field.key, field.title, of(field.key), look.BODY_NUMBER, across=2) for field in FUNDING_FIELDS
    ]
    bottom = sheet.table(top, columns, project.leads, lambda name: RowName("funding", name), head_height=24)
    grow(sheet, range(top + 1, bottom), least=20)
    return bottom


def _support(
    account: PeriodAccount, project: Project, sheet: Sheet, top: int, spans: Sequence[_Span], there: Iterator[int]
) -> int:
    if not project.responsible:
        return top
    unit, *words = spans
    columns: list[SheetColumn[str]] = [name_column(unit.key, unit.title, str, _WORDS, across=unit.across)]
    columns += _word_columns(project, words)
    columns.append(shown_column("standing", "报送情况", _standing, look.BODY_CENTER))
    high = _word_height(account, project, sheet, columns, 17)
    return _paged(sheet, top, columns, "support", high, _parts(sheet, top, project.responsible, high, there))


def _standing(name: str) -> CellContent:
    return link(page.standing_cell(name))


def _word_columns(project: Project, spans: Sequence[_Span]) -> Iterator[SheetColumn[str]]:
    """Columns of words, each linked to the cell of the unit that wrote them; — where nobody wrote what is asked for
    with a matter."""

    def said(name: str, key: str) -> Expr:
        return link(cell_of(sheet_id(name), Key(WORD, str(project.no), key)))

    def of(key: str) -> Callable[[str], CellContent]:
        return lambda name: said(name, key)

    def beside_a_problem(key: str) -> Callable[[str], CellContent]:
        def content(name: str) -> CellContent:
            nobody = if_(is_blank(said(name, "coordination")), "", d.NONE)
            return if_(is_blank(said(name, key)), nobody, said(name, key))

        return content

    for span in spans:
        content = beside_a_problem(span.key) if span.key in _OF_HELP else of(span.key)
        yield text_column(span.key, span.title, content, _WORDS, across=span.across)


def _word_height(
    account: PeriodAccount, project: Project, sheet: Sheet, columns: Sequence[SheetColumn[str]], least: float
) -> Callable[[str], float]:
    """The height of a unit's row of words: enough for its longest text."""

    def high(name: str) -> float:
        words = account.units[name].words
        texts = {column.key: words.get(Key(WORD, str(project.no), column.key), "") for column in columns}
        return height(sheet, columns, texts | {columns[0].key: name}, least=least, size=9.5)

    return high


def _shares(account: PeriodAccount, project: Project, sheet: Sheet, top: int) -> int:
    """Σ分解数 beside the official figure, and the difference, for indicators that are shared out."""
    for indicator in (i for i in account.plan.indicators_of(project.no) if i.shares):
        top = _share_table(indicator, sheet, top) + 2
    return top


def _share_table(indicator: Indicator, sheet: Sheet, top: int) -> int:
    sheet.put(top, 0, f"{indicator.code} {indicator.name} 分解数", look.SECTION, across=8)
    number = look.BODY_NUMBER.having(number=look.figure_format(indicator.decimals))

    def share(name: str) -> CellContent:
        return link(cell_of(sheet_id(name), Key(SHARE, indicator.code, "reported")))

    def row(name: str) -> RowName:
        return RowName(SHARE, f"{indicator.code}/{name}")

    columns: list[SheetColumn[str]] = [
        name_column("unit", "单位", str, look.BODY, across=3),
        name_column("measure", "计量单位", lambda name: indicator.unit_of_measure, look.BODY_CENTER),
        shown_column("share", "本期分解数", share, number),
    ]
    bottom = sheet.table(top + 1, columns, indicator.shares, row, head_height=24)
    grow(sheet, range(top + 2, bottom), least=20)
    values = sheet.column([row(name) for name in indicator.shares], "share")
    official = sheet.ref(Key("row", indicator.code, "reported"))
    sheet.put(bottom, 0, "合计", look.FOOT, across=4)
    sheet.put(bottom, 4, total(values), look.FOOT.having(align="right"), key=Key("shares", indicator.code, "sum"))
    sheet.put(bottom, 5, "与公布数相差", look.FOOT.having(bold=False, align="right"), across=2)
    gap = if_(is_number(official), if_(count(values) > 0, official - total(values), ""), "")
    sheet.put(bottom, 7, gap, look.FOOT.having(align="right"), key=Key("shares", indicator.code, "gap"))
    return bottom
