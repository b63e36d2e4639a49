"""The unit's form: numbers once per indicator, words once per project, one screen, one A4 page wide.

The same form is a unit's own workbook and its sheet in the master.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from minsheng_xl.exact.expressions import (
    Cell,
    Expr,
    Range,
    Value,
    cases,
    expr,
    if_,
    is_blank,
    join,
    link,
    sum_where,
    total,
)
from minsheng_xl.exact.keys import CHOICE, MEASURES, WORD, Key, RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow
from minsheng_xl.forms.declaration import Layout, Layouts, checks_on
from minsheng_xl.forms.example import UNIT, example_period, example_plan
from minsheng_xl.forms.head import HEAD_FIELDS, put_head
from minsheng_xl.forms.identity import (
    FORM_SHEET,
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
from minsheng_xl.forms.layout import Book, Lights, Sheet, SheetColumn
from minsheng_xl.forms.left import NOTHING_LEFT, Left
from minsheng_xl.forms.pages import FormParts, paginate
from minsheng_xl.forms.rows import FormRow, chinese_number, form_rows
from minsheng_xl.forms.table import COLUMNS, KNOWN, MISSING, NumberTable, Owner
from minsheng_xl.forms.words import (
    FUNDING_FIELDS,
    LEAD_FIELDS,
    LEAD_TITLE,
    SUPPORT_COLUMNS,
    SUPPORT_TITLE,
    lead_words,
    runs,
    support_words,
)
from minsheng_xl.plan.model import Plan, Role, Unit
from minsheng_xl.plan.period import Period, month_and_day
from minsheng_xl.rules.catalogue import RULE_SET
from minsheng_xl.rules.choices import SAME_AS_LAST
from minsheng_xl.texts import row_height

LAYOUT = Layout(
    head=HEAD_FIELDS,
    columns=tuple(column.declared for column in COLUMNS),
    lead=LEAD_FIELDS,
    funding=FUNDING_FIELDS,
    support=SUPPORT_COLUMNS,
    lead_title=LEAD_TITLE,
    support_title=SUPPORT_TITLE,
    recalls=True,
    seal=True,
)


ZOOM = 75
"""The whole number table can be seen on a screen of 1366 × 768 on which everything is drawn at 125 %."""
_SEAL, _SEAL_ROWS, _SEAL_COLUMNS = 195.0, 6, 2
"""The place of the seal: 5 cm at the scale at which the form is one page wide."""
_REQUIRED = {"progress": "本期进展", "support": "配合情况"}


def sheet_id(unit: str) -> str:
    return f"unit:{unit}"


def unit_form(
    plan: Plan,
    unit: Unit,
    period: Period,
    before: Mapping[str, Value],
    given: Mapping[Key, Value] | None = None,
    *,
    in_master: bool = False,
    marks: Mapping[Key, str] | None = None,
    remarks: Mapping[Key, str] | None = None,
    left: Left = NOTHING_LEFT,
    version: str = "",
    head: str = "",
) -> Sheet:
    """The form of a unit for a period.

    `before` holds the last trusted value of each indicator (上期累计; a ratio as a fraction, a
    milestone 是/否), `given` the contents of input cells by key. Keys of inputs are
    ("figure" or "share", code, column), ("word", project number, field), ("head", "form", field).
    `marks` say what is in doubt about some of them, `remarks` are the unit's own comments; `left` is what else earlier
    periods left on it.
    `version`: of the layout, if it is not the present one, as in a master that was made with an earlier one. `head`:
    of the journal's chain, which stands at the foot of a form that goes out.
    """
    sheet = Sheet(
        sheet_id(unit.name), unit.sheet_name if in_master else FORM_SHEET, given=given, marks=marks, remarks=remarks,
        tab=look.TAB_LEAD if plan.owes_figures(unit.name) else look.TAB_RESPONSIBLE,
        protected=not in_master, zoom=ZOOM,
    )
    version = version or LAYOUTS.version
    form = _Form(LAYOUTS.layout(version) or LAYOUTS.present, Owner(plan, unit.name, period), sheet)
    line = identity_line(unit.name, period, form_hash(plan, unit.name, version), version, head)
    form.draw(left._replace(before=before), line)
    if in_master:
        page.link_home(sheet, len(sheet.widths))
        sheet.widths += [12]
    return sheet


def form_of(layout: Layout, plan: Plan, unit: Unit, period: Period) -> Sheet:
    """The form of a unit as a layout draws it, blank, by which one of that layout is read: its checks look at
    cells that it may not have, for what they hold is known without it."""
    sheet = Sheet(sheet_id(unit.name), FORM_SHEET)
    _Form(layout, Owner(plan, unit.name, period), sheet, is_read=True).draw(NOTHING_LEFT, "")
    sheet.checks = checks_on(sheet)
    return sheet


def _example(layout: Layout) -> Sheet:
    return form_of(layout, example_plan(), UNIT, example_period())


LAYOUTS = Layouts(LAYOUT, _example, prefix="", first=("2", "0c8e2614"), digest="f3d1f53a")


def form_hash(plan: Plan, unit: str, version: str = "") -> str:
    """What a unit's form is built from, as a hash: its layout, what it asks for and how that is judged.

    Contacts, due days, bands, pace and the words of instructions are not in it, so that editing those invalidates
    no form sent out; 口径 is, for it says what a figure counts. `version`: of the layout, if it is not the present one.
    """
    version = version or LAYOUTS.version
    rows = form_rows(plan, unit, plan.periods[0])
    meant = [[row.role, *meaning_of(row.indicator)] for row in rows]
    if version == LAYOUTS.first:
        meant = [_first_meaning(row) for row in rows]
    projects: list[Any] = []
    for role in (Role.LEAD, Role.RESPONSIBLE):
        asked = map(plan.project, plan.projects_of(unit, role))
        projects += ([role.value, project.no, project.name, project.asks_funding] for project in asked)
    settings = plan.settings
    return signs([version, settings.region, settings.year, settings.frequency.value, unit, meant, projects])


def _first_meaning(row: FormRow) -> list[Any]:
    """What the first version took of a row."""
    i = row.indicator
    return [
        row.role, i.code, i.name, i.kind.value, i.unit_of_measure, str(i.decimals), i.comparator.value, str(i.target),
        i.numerator, i.denominator, str(i.office_denominator), str(i.fixed_denominator), str(i.contained), i.parent,
        "、".join(i.derived_from),
    ]


class _Form:
    """A unit's form that is being drawn from a layout."""

    def __init__(self, layout: Layout, owner: Owner, sheet: Sheet, *, is_read: bool = False) -> None:
        self.layout, self.owner, self.sheet, self.is_read = layout, owner, sheet, is_read
        self.plan, self.period = owner.plan, owner.period
        self.has = {column.key for column in layout.columns}
        self.rows = form_rows(owner.plan, owner.unit, owner.period)

    def draw(self, left: Left, line: str) -> None:
        """Draw the form, with its identity in `line`."""
        sheet, layout = self.sheet, self.layout
        leads, supports = (self.plan.projects_of(self.owner.unit, role) for role in (Role.LEAD, Role.RESPONSIBLE))
        required = [Key(WORD, str(no), "progress") for no in leads] + [Key(WORD, str(no), "support") for no in supports]
        drawn = self.has | KNOWN if self.is_read else self.has
        table = NumberTable(self.owner, sheet, self.rows, left, drawn, is_read=self.is_read)
        if required:
            table.first_word = sheet.ref(required[0].beside(MISSING))
        sheet.checks = list(chain.from_iterable(table.of_row.values()))
        columns = self._columns(table)
        self._head()
        top = layout.top
        if self.rows:
            sheet.heights[top] = 6
            bottom = sheet.table(top + 1, columns, self.rows, _row_name)
            grow(sheet, range(top + 2, bottom), least=26)
            self._table_look(top + 1, bottom, table)
            top = bottom
        led, support = [], None
        for no in leads:
            led.append(top)
            top = lead_words(layout, self.plan, no, sheet, top, left.words)
        if supports:
            support, top = top, support_words(layout, self.plan, supports, sheet, top, left.words)
        self._foot(table, line, top)
        if MISSING in self.has:
            self._words_missing(required)
        self._banner(required)
        numbers = layout.top + 1 if self.rows else None
        parts = FormParts(numbers, led, support, supported=range(top - len(supports), top), foot=top + 1)
        paginate(sheet, parts, seal=layout.seal)

    def _columns(self, table: NumberTable) -> tuple[SheetColumn[FormRow], ...]:
        """The columns of the number table, which are those of the sheet."""
        columns = table.columns(self.layout)
        self.sheet.widths = [column.width for column in columns]
        self.sheet.hidden_columns = {index for index, column in enumerate(columns) if column.hidden}
        outside = (column.key for column in self.layout.columns if column.outside)
        self.sheet.unprinted = {self.layout.place(key) for key in outside}
        return columns

    def _head(self) -> None:
        plan, period, sheet, width = self.plan, self.period, self.sheet, self.layout.width
        sheet.heights |= {0: 34, 1: 20, 2: 24, 3: 24, 4: 24}
        sheet.put(0, 0, f"{plan.settings.title}填报表", look.TITLE, across=width)
        told = f"{period.label}　·　{month_and_day(plan.due(period))}前报送　·　只填白色格，灰色格自动计算；不增删行列"
        sheet.put(1, 0, told, look.SUBTITLE, across=width)
        put_head(self.layout, sheet, {UNIT_CELL: self.owner.unit, PERIOD_CELL: period.label})

    def _table_look(self, top: int, bottom: int, table: NumberTable) -> None:
        """What stays in view, room for what 校验 may say, and the colours of 状态."""
        for row in self.rows if {"check", MISSING} <= self.has else ():
            place, check = self.layout.place("check"), self.sheet.cell(row.name.cell("check"))
            told = [(hint, self.sheet.widths[place]) for hint in table.hints_of(row)]
            least = self.sheet.heights[check.row]
            self.sheet.heights[check.row] = row_height(told, least=least, size=check.style.size, wider=1)
        places = {column.key: self.layout.place(column.key) for column in self.layout.columns}
        if "name" in places:
            self.sheet.freeze = (top + 1, places["name"] + 1)
        if "status" in places:
            status = places["status"]
            self.sheet.lights.append(Lights((top + 1, status), (bottom - 1, status), look.LIGHT_COLORS))

    def _foot(self, table: NumberTable, line: str, top: int) -> None:
        if self.layout.seal:
            self._sealed_foot(table, line, top)
            return
        sheet, width = self.sheet, self.layout.width
        sheet.heights |= {top: 8, top + 1: 26, top + 2: 16}
        sheet.put(top + 1, 0, "单位负责人（签字）：", look.PLAIN, across=4)
        sheet.put(top + 1, 4, "单位（盖章）：", look.PLAIN, across=4)
        sheet.put(top + 1, 8, "报送日期：　　　年　　月　　日", look.PLAIN, across=5)
        if self.rows:
            sheet.put(top + 1, width - 2, "核对数（所填数字之和）", look.LABEL)
            style = look.PLAIN.having(align="right", bold=True)
            sheet.put(top + 1, width - 1, self._checksum(table), style, key=Key("foot", "form", "checksum"))
        style = look.NOTE.having(align="right", wrap=False)
        sheet.put(top + 2, 0, line, style, key=IDENTITY_LINE, across=width)

    def _sealed_foot(self, table: NumberTable, line: str, top: int) -> None:
        """Who answers for the form, and at the right edge a place for the seal, 5 cm high and wide on paper."""
        sheet, seal = self.sheet, self.layout.width - _SEAL_COLUMNS
        sheet.heights |= {top: 8} | dict.fromkeys(range(top + 1, top + 1 + _SEAL_ROWS), _SEAL / _SEAL_ROWS)
        sheet.put(top + 1, 0, "单位负责人（签字）：", look.PLAIN, across=5)
        sheet.put(top + 1, 5, "报送日期：　　　年　　月　　日", look.PLAIN, across=4)
        if self.rows:
            sheet.put(top + 1, 9, "核对数（所填数字之和）", look.LABEL, across=3)
            style = look.PLAIN.having(align="right", bold=True)
            key = Key("foot", "form", "checksum")
            sheet.put(top + 1, 12, self._checksum(table), style, key=key, across=seal - 12)
        place = look.NOTE.having(border="all", align="center")
        sheet.put(top + 1, seal, "盖章", place, across=_SEAL_COLUMNS, down=_SEAL_ROWS)
        style = look.NOTE.having(wrap=False, valign="bottom")
        sheet.put(top + _SEAL_ROWS, 0, line, style, key=IDENTITY_LINE, across=seal)

    def _checksum(self, table: NumberTable) -> Expr:
        """The sum of the figures that are entered, without those that the word 与上期相同 confirms."""
        summed: list[Range] = []
        for key in MEASURES:
            cells = [table.at(row, key) for row in self.rows if key in table.entered(row)]
            summed += runs([cell for cell in cells if self.sheet.has(cell.ref.key)], self.sheet)
        found = total(*summed) if summed else expr(0)
        for run in summed if CHOICE in self.has else ():
            keys = [cell.ref.key for cell in run.cells if isinstance(cell, Cell)]
            chosen = Range(tuple(self.sheet.ref(key.beside(CHOICE)) for key in keys))
            found = found - sum_where(run, chosen, SAME_AS_LAST)
        return found

    def _words_missing(self, required: Sequence[Key]) -> None:
        """Beside the words that a form needs, which of them are first to be written, from there down."""
        column, required = self.layout.place(MISSING), [key for key in required if self.sheet.has(key)]
        for number, key in enumerate(required, 1):
            below = required[number] if number < len(required) else None
            rest: Expr | str = link(self.sheet.ref(below.beside(MISSING))) if below is not None else ""
            what = f"项目{chinese_number(int(key.of))} {_REQUIRED[key.name]}"
            content = if_(is_blank(self.sheet.ref(key)), what, rest)
            self.sheet.put(self.sheet.cell(key).row, column, content, look.HIDDEN, key=key.beside(MISSING))

    def _first_missing(self, required: Sequence[Key]) -> tuple[Expr | str, ...]:
        """Which cell is first to be filled in, as the line on top names it; an earlier layout does not."""
        keys = [row.name.cell(MISSING) for row in self.rows] + [key.beside(MISSING) for key in required]
        return ("，先填 ", self.sheet.ref(keys[0])) if keys and MISSING in self.has else ()

    def _banner(self, required: Sequence[Key]) -> None:
        """The line on top: 已填 12/12，可报送. Complete, which is not 达标."""
        sheet, rows = self.sheet, self.rows
        needed = sum(row.required for row in rows) + len(required)
        names = [row.name for row in rows]
        filled = total(sheet.column(names, "filled")) if rows else expr(0)
        for key in required:
            filled = filled + if_(is_blank(sheet.ref(key)), 0, 1)
        flags = total(sheet.column(names, "flag")) if rows else expr(0)
        content = cases(
            (
                filled < needed,
                join("已填 ", filled, f"/{needed}，还差 ", expr(needed) - filled, " 项", *self._first_missing(required)),
            ),
            (flags > 0, join(f"已填 {needed}/{needed}，有 ", flags, " 处请核对（见校验栏）")),
            otherwise=f"✓ 已填 {needed}/{needed}，可报送",
        )
        sheet.put(2, 0, content, look.BANNER, key=Key("banner", "form", "line"), across=self.layout.width)
        sheet.lights.append(Lights((2, 0), (2, self.layout.width - 1), (("✓", look.GREEN),), prefix=True))


def _row_name(row: FormRow) -> RowName:
    return row.name


def unit_book(
    plan: Plan,
    unit: Unit,
    period: Period,
    before: Mapping[str, Value],
    given: Mapping[Key, Value] | None = None,
    *,
    marks: Mapping[Key, str] | None = None,
    remarks: Mapping[Key, str] | None = None,
    left: Left = NOTHING_LEFT,
    head: str = "",
) -> Book:
    """The workbook of a unit: its form, and its identity twice hidden and once in print."""
    form = unit_form(plan, unit, period, before, given, marks=marks, remarks=remarks, left=left, head=head)
    named = f"{unit.name} {period}"
    properties = properties_of(named, unit.name, period, form_hash(plan, unit.name), LAYOUTS.version)
    properties[RULES_PROPERTY] = str(RULE_SET)
    return Book([form, identity_sheet(properties)], properties)
