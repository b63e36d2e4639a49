"""核对单: before a period is closed, each lead sees the figures in use of its indicators on one page and says of each
that it is right, or what it should be, and why.

It is the unit's number table with other columns: what a lead enters under 应为 stands under the keys of the unit's own
form, and is held to the same rules.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain

from minsheng_xl.accounts.confirmed import texts_of
from minsheng_xl.exact.expressions import BLANK, Expr, cases, count_where, join
from minsheng_xl.exact.keys import AGREEMENT, DENOMINATOR, FIGURE, NUMERATOR, REPORTED, STRIPPED, Key, RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands
from minsheng_xl.figures.progress import Entry
from minsheng_xl.forms import look
from minsheng_xl.forms.columns import grow
from minsheng_xl.forms.declaration import Column, Layout, Layouts, checks_on
from minsheng_xl.forms.example import UNIT, confirmed_example, example_period, example_plan
from minsheng_xl.forms.head import HEAD_FIELDS, put_head
from minsheng_xl.forms.identity import (
    IDENTITY_LINE,
    PERIOD_CELL,
    RULES_PROPERTY,
    UNIT_CELL,
    identity_line,
    identity_sheet,
    meaning_of,
    properties_of,
    signs,
)
from minsheng_xl.forms.layout import Book, CellContent, Check, Input, Lights, Print, Sheet
from minsheng_xl.forms.left import NOTHING_LEFT, Left
from minsheng_xl.forms.rows import FormRow, value_format
from minsheng_xl.forms.table import COLUMNS as UNIT_COLUMNS
from minsheng_xl.forms.table import REMARK, FormColumn, NumberTable, Owner
from minsheng_xl.plan.model import Kind, Plan, Unit
from minsheng_xl.plan.period import Period, month_and_day
from minsheng_xl.rules import confirmation as rules
from minsheng_xl.rules.catalogue import RULE_SET
from minsheng_xl.rules.model import Cells

CONFIRMING_SHEET = "核对单"
SHOWN = {REPORTED: "shown", NUMERATOR: "shown_numerator", DENOMINATOR: "shown_denominator"}
"""The columns that show the figure in use, by measure."""


def confirmed_rows(plan: Plan, unit: str, period: Period) -> list[FormRow]:
    """The rows of a lead's 核对单: the figures of the indicators that it leads."""
    led = [one for one in plan.indicators if one.lead == unit and one.kind is not Kind.WORDS]
    return [FormRow(n, one, d.terms(plan, one, period), FIGURE) for n, one in enumerate(led, 1)]


def shown_of(plan: Plan, unit: str, period: Period, entries: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    """The figures in use of a lead's rows as texts (the figure, 分子, 分母), as the journal keeps what a form showed."""
    rows = (row.indicator.code for row in confirmed_rows(plan, unit, period))
    return {code: texts_of(entries.get(code, Entry())) for code in rows}


def confirming_hash(
    plan: Plan, unit: str, period: Period, shown: Mapping[str, Sequence[str]], version: str = ""
) -> str:
    """What a 核对单 is built from, as a hash: its layout, the figures shown and what they mean. `version`: of the
    layout, if it is not the present one."""
    settings = plan.settings
    rows = [[*meaning_of(row.indicator), row.indicator.filler] for row in confirmed_rows(plan, unit, period)]
    figures = [[code, *texts] for code, texts in sorted(shown.items())]
    where = [settings.region, settings.year, settings.frequency.value, unit, str(period)]
    return signs([version or LAYOUTS.version, *where, rows, figures])


class _ConfirmingTable(NumberTable):
    """The rows of a 核对单, bound to the sheet that they refer to; `entries` are the figures in use by indicator."""

    def __init__(
        self, owner: Owner, sheet: Sheet, rows: Sequence[FormRow], left: Left, entries: Mapping[str, Entry]
    ) -> None:
        self.entries = entries
        super().__init__(owner, sheet, rows, left, {column.declared.key for column in COLUMNS})

    def is_entered(self, row: FormRow) -> bool:
        """Whether the lead can say what a figure should be: it fills it in, and it is not reckoned from others."""
        return row.indicator.filler == self.unit and row.indicator.kind is not Kind.DERIVED

    def operands(self, row: FormRow) -> Operands:
        """What the definitions look at: the figure in use."""
        return Operands(*(self.at(row, key) for key in (*SHOWN.values(), "target", "pace")))

    def cells(self, row: FormRow) -> Cells:
        found = super().cells(row)
        return found._replace(progress=BLANK, opinion=self.at(row, AGREEMENT), reason=self.at(row, "explanation"))

    def accepts(self, row: FormRow) -> Input | None:
        return super().accepts(row) if self.is_entered(row) else None

    def part(self, row: FormRow, name: str) -> Input | None:
        return super().part(row, name) if self.is_entered(row) else None

    def _checks(self, row: FormRow) -> list[Check]:
        return [*self._of_words(row), *(super()._checks(row) if self.is_entered(row) else ())]

    def _of_words(self, row: FormRow) -> list[Check]:
        """The rules on what the lead says of a row."""
        cells, found = self.cells(row), []
        for rule in rules.BY_ROW:
            assert rule.fires is not None
            groups = rule.places(row) if self.is_entered(row) else [g for g in rule.places(row) if g == (AGREEMENT,)]
            found += [Check(rule, tuple(map(row.name.cell, group)), rule.fires(row, cells, group)) for group in groups]
        return found

    def accepting(self, filled: str) -> Callable[[NumberTable, str, FormRow], Input | None]:
        return _agreement if filled == AGREEMENT else super().accepting(filled)

    def hints(self, row: FormRow, *, doubts: bool) -> CellContent:
        own = [check for check in self.of_row[row.name] if check.rule in rules.BY_ROW and check.is_doubt is doubts]
        rest = super().hints(row, doubts=doubts) if self.is_entered(row) else ""
        told = [(check.condition, check.rule.hint if doubts else REMARK + check.rule.hint) for check in own]
        return cases(*told, otherwise=rest)


def _shown(measure: str, table: NumberTable, row: FormRow) -> CellContent:
    """The figure in use, or a part of it."""
    assert isinstance(table, _ConfirmingTable)
    entry = table.entries.get(row.indicator.code, Entry())
    if measure == REPORTED and row.is_ratio:
        return d.quotient(*(table.at(row, SHOWN[part]) for part in (NUMERATOR, DENOMINATOR)))
    if measure == DENOMINATOR and row.is_ratio and row.indicator.office_denominator:
        return row.indicator.fixed_denominator
    return getattr(entry, measure) if measure == REPORTED or row.is_ratio else None


def _should_be(table: NumberTable, row: FormRow) -> CellContent:
    """Under 应为: of a ratio what its parts come to, of what others report who that is."""
    assert isinstance(table, _ConfirmingTable)
    if row.indicator.filler != table.unit:
        return f"由{row.indicator.filler}填报"
    if row.indicator.kind is Kind.DERIVED:
        return "自动计算"
    return d.quotient(table.at(row, NUMERATOR), table.at(row, DENOMINATOR)) if row.is_ratio else None


def _should_be_denominator(table: NumberTable, row: FormRow) -> CellContent:
    office = row.is_ratio and row.indicator.office_denominator
    assert isinstance(table, _ConfirmingTable)
    return row.indicator.fixed_denominator if office and table.is_entered(row) else None


def _agreement(table: NumberTable, key: str, row: FormRow) -> Input | None:
    return Input("choice", choices=rules.AGREEMENTS, instruction=_CHOOSE)


def _shown_style(measure: str, table: NumberTable, row: FormRow) -> look.Style:
    number = value_format(row.terms) if measure == REPORTED else look.figure_format(row.indicator.decimals)
    return look.FIXED_NUMBER.having(bold=measure == REPORTED, color=look.INK, number=number)


def _should_be_style(table: NumberTable, row: FormRow) -> look.Style:
    style = look.INPUT_NUMBER if table.accepts(row) else look.DERIVED
    return style.having(number=value_format(row.terms))


def _nothing(table: NumberTable, row: FormRow) -> CellContent:
    return None


_CHOOSE = "没有错的选“无误”；有错的选“有异议”，右边填应为的数和原因。"
_OF_UNIT = {column.declared.key: column for column in UNIT_COLUMNS}
_AGREEMENT = look.INPUT.having(bold=True, align="center", indent=0)
_REASON = FormColumn(
    Column(key="explanation", title="原因", filled="reason"), _nothing, look.INPUT.having(bold=False, size=9.5), 26,
)
_CHECKED = _OF_UNIT["check"]._replace(width=24)


def _figure(measure: str, title: str, width: float) -> FormColumn:
    """A column of the figures in use."""
    column = Column(key=SHOWN[measure], title=title)
    return FormColumn(column, partial(_shown, measure), partial(_shown_style, measure), width)


def _hidden(key: str) -> FormColumn:
    """A column of the unit's form that stands here to be reckoned with only."""
    column = _OF_UNIT[key]
    return column._replace(declared=column.declared._replace(hidden=True, anchor=False), style=look.HIDDEN, width=5)


COLUMNS = (
    *(_OF_UNIT[key] for key in ("number", "code", "name", "unit", "target")),
    _figure(REPORTED, "采用数", 11),
    _figure(NUMERATOR, "分子", 9),
    _figure(DENOMINATOR, "分母", 9),
    _OF_UNIT["rate"],
    _OF_UNIT["status"],
    FormColumn(Column(key=AGREEMENT, title="核对意见", filled=AGREEMENT), _nothing, _AGREEMENT, 10),
    FormColumn(Column(key=REPORTED, title="应为", filled="figure"), _should_be, _should_be_style, 13),
    _OF_UNIT[NUMERATOR]._replace(declared=Column(key=NUMERATOR, title="应为\n分子", filled="part")),
    _OF_UNIT[DENOMINATOR]._replace(
        declared=Column(key=DENOMINATOR, title="应为\n分母", filled="part"), content=_should_be_denominator
    ),
    _REASON,
    _CHECKED._replace(declared=_CHECKED.declared._replace(outside=True)),
    *map(_hidden, ("previous", "pace", "doubt", "last_numerator", "last_denominator", "said", *STRIPPED, "explained")),
)
_TITLES = {"unit": "牵头单位", "date": "核对时间", "filler": "核对人"}
LAYOUT = Layout(
    head=tuple(field._replace(title=_TITLES.get(field.key, field.title)) for field in HEAD_FIELDS),
    columns=tuple(column.declared for column in COLUMNS),
)


def confirming_form(
    owner: Owner, entries: Mapping[str, Entry], *, left: Left = NOTHING_LEFT, due: date | None = None, head: str = "",
) -> Sheet:
    """The 核对单 of a lead, its owner, for a period. `entries` are the figures in use by indicator; by `due` silence
    counts as consent; `left` is what earlier periods left, by which the rules look at what should be; `head` as on
    other forms."""
    plan, unit, period = owner
    sheet = _drawn(LAYOUTS.present, owner, entries, left)
    form = confirming_hash(plan, unit, period, shown_of(plan, unit, period, entries))
    line = identity_line(unit, period, form, LAYOUTS.version, head)
    _frame(sheet, plan, period, due, line)
    return sheet


def confirming_form_of(layout: Layout, plan: Plan, unit: Unit, period: Period) -> Sheet:
    """A 核对单 as a layout draws it, without figures, by which one of that layout is read."""
    sheet = _drawn(layout, Owner(plan, unit.name, period), {}, NOTHING_LEFT)
    _frame(sheet, plan, period, None, "")
    sheet.checks = checks_on(sheet)
    return sheet


def _drawn(layout: Layout, owner: Owner, entries: Mapping[str, Entry], left: Left) -> Sheet:
    """Head and table of a 核对单."""
    sheet = Sheet("confirm", CONFIRMING_SHEET, tab=look.TAB_LEAD, protected=True, zoom=80)
    rows = confirmed_rows(*owner)
    drawn = _ConfirmingTable(owner, sheet, rows, left, entries)
    sheet.checks = list(chain.from_iterable(drawn.of_row.values()))
    columns = drawn.columns(layout, COLUMNS)
    sheet.widths = [column.width for column in columns]
    sheet.hidden_columns = {index for index, column in enumerate(columns) if column.hidden}
    sheet.unprinted = {layout.place(column.key) for column in layout.columns if column.outside}
    put_head(layout, sheet, {UNIT_CELL: owner.unit, PERIOD_CELL: owner.period.label})
    top = layout.top + 1
    sheet.heights[top - 1] = 6
    bottom = sheet.table(top, columns, rows, _row_name)
    grow(sheet, range(top + 1, bottom), least=30)
    place = {column.key: layout.place(column.key) for column in layout.columns}
    sheet.freeze = (top + 1, place["name"] + 1)
    sheet.lights.append(Lights((top + 1, place["status"]), (bottom - 1, place["status"]), look.LIGHT_COLORS))
    said = (top + 1, place[AGREEMENT]), (bottom - 1, place[AGREEMENT])
    sheet.lights.append(Lights(*said, ((rules.OBJECTED, look.RED), (rules.AGREED, look.GREEN))))
    _banner(sheet, rows, layout.width)
    _foot(sheet, bottom, layout.width)
    sheet.print = Print("A4", head_rows=(top, top), one_page=True)
    return sheet


def _row_name(row: FormRow) -> RowName:
    return row.name


def _frame(sheet: Sheet, plan: Plan, period: Period, due: date | None, line: str) -> None:
    """What a 核对单 is called, what is asked for, and its identity at the foot."""
    width = LAYOUT.width
    sheet.heights |= {0: 34, 1: 20, 2: 24, 3: 24, 4: 24}
    sheet.put(0, 0, f"{plan.settings.title}{CONFIRMING_SHEET}", look.TITLE, across=width)
    by = f"{month_and_day(due)}前反馈，到期没有反馈的视同无异议　·　" if due is not None else ""
    told = f"{period.label}　·　{by}没有错的选“无误”，有错的选“有异议”并填应为的数和原因；不增删行列"
    sheet.put(1, 0, told, look.SUBTITLE, across=width)
    foot = sheet.cell(IDENTITY_LINE)
    sheet.put(foot.row, foot.column, line, foot.style, key=IDENTITY_LINE, across=foot.across)


def _banner(sheet: Sheet, rows: Sequence[FormRow], width: int) -> None:
    """The line on top: 已核对 3/12：无误 2，有异议 1."""
    said = sheet.column([row.name for row in rows], AGREEMENT)
    agreed, objected = (count_where(said, word) for word in rules.AGREEMENTS)
    parts: list[Expr | str] = ["已核对 ", agreed + objected, f"/{len(rows)}：无误 ", agreed, "，有异议 ", objected]
    sheet.put(2, 0, join(*parts), look.BANNER, key=Key("banner", "form", "line"), across=width)


def _foot(sheet: Sheet, top: int, width: int) -> None:
    sheet.heights |= {top: 10, top + 1: 30, top + 2: 16}
    sheet.put(top + 1, 0, "单位负责人（签字）：", look.PLAIN, across=4)
    sheet.put(top + 1, 4, "单位（盖章）：", look.PLAIN, across=5)
    sheet.put(top + 1, 9, "日期：　　　年　　月　　日", look.PLAIN, across=width - 9)
    sheet.put(top + 2, 0, "", look.NOTE.having(align="right", wrap=False), key=IDENTITY_LINE, across=width)


def confirming_book(
    owner: Owner, entries: Mapping[str, Entry], *, left: Left = NOTHING_LEFT, due: date | None = None, head: str = "",
) -> Book:
    """The workbook of a lead's 核对单: the form, and its identity twice hidden and once in print."""
    plan, unit, period = owner
    form = confirming_hash(plan, unit, period, shown_of(plan, unit, period, entries))
    properties = properties_of(f"{unit} {period} 核对", unit, period, form, LAYOUTS.version)
    properties[RULES_PROPERTY] = str(RULE_SET)
    sheet = confirming_form(owner, entries, left=left, due=due, head=head)
    return Book([sheet, identity_sheet(properties)], properties)


def _example(layout: Layout) -> Sheet:
    return confirming_form_of(layout, confirmed_example(example_plan()), UNIT, example_period())


LAYOUTS = Layouts(LAYOUT, _example, prefix="核对", digest="fd4155ff")
