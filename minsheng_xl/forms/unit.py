"""The unit's form: numbers once per indicator, words once per project, one screen, one A4 page wide.

The same layout is a unit's own workbook and its sheet in the master.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.exact.expressions import (
    BLANK,
    Cell,
    Expr,
    Operand,
    Range,
    Value,
    and_,
    cases,
    count,
    expr,
    if_,
    is_blank,
    join,
    link,
    or_,
    total,
)
from minsheng_xl.exact.keys import FIGURE, HEAD, WORD, Key, RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands
from minsheng_xl.forms import look, page
from minsheng_xl.forms.identity import (
    FORM_PROPERTY,
    FORM_SHEET,
    FORM_VERSION,
    IDENTITY_LINE,
    IDENTITY_SHEET,
    PERIOD_CELL,
    PERIOD_PROPERTY,
    UNIT_CELL,
    UNIT_PROPERTY,
    VERSION_PROPERTY,
    form_hash,
    identity_line,
)
from minsheng_xl.forms.layout import Book, Check, Content, Input, Lights, Print, Sheet, TableColumn
from minsheng_xl.forms.rows import (
    FormRow,
    change_format,
    chinese_number,
    form_rows,
    target_content,
    target_style,
    value_format,
)
from minsheng_xl.plan.model import Kind, Plan, Role, Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.rules.catalogue import BY_ROW
from minsheng_xl.rules.course import CHILD_EXCEEDS, NO_PROGRESS
from minsheng_xl.rules.model import Cells, explains_nothing
from minsheng_xl.rules.texts import EVIDENCE
from minsheng_xl.texts import row_height

REMARK = "提示："
"""What a 校验 sentence begins with that asks for nothing before the form may be sent."""


CORRECTED = f"{REMARK}上期累计含定稿后更正"


class WordField(NamedTuple):
    """A text a unit writes about a project."""

    key: str
    title: str
    input: Input


HEAD_FIELDS = (
    WordField("date", "填报时间", Input("words", instruction="如 2022-11-03")),
    WordField("filler", "填报人", Input("words")),
    WordField("reviewer", "审核人", Input("words")),
    WordField("phone", "联系电话", Input("words", instruction="便于核对数字。")),
)

LEAD_FIELDS = (
    (
        WordField("progress", "本期进展", Input("hint", choices=(NO_PROGRESS,), instruction="本期做了什么、到什么程度；没有变化就选“本期无新进展”。")),
        WordField("problem", "存在问题", Input("words", instruction="没有就留空。")),
    ),
    (
        WordField("measures", "下一步措施", Input("words", instruction="下一步做什么、什么时候做到。")),
        WordField("coordination", "需协调事项", Input("words", instruction="请谁、办什么、什么时候前；没有就留空。")),
    ),
    (
        WordField("reason", "滞后原因", Input("words", instruction="状态为滞后时填写。")),
        WordField("promise", "承诺时限", Input("words", instruction="滞后的，什么时候赶上，如 2022年11月底。")),
    ),
    (
        WordField("evidence", "佐证材料", Input("words", instruction="文件、照片、台账的名称。")),
        WordField("outlook", "预计全年", Input("choice", choices=("能完成", "有风险", "不能完成"))),
    ),
)

FUNDING_FIELDS = (
    WordField("funding_due", "应到位（万元）", Input("number", decimals=2, unit="万元")),
    WordField("funding_arrived", "到位（万元）", Input("number", decimals=2, unit="万元")),
    WordField("funding_paid", "拨付（万元）", Input("number", decimals=2, unit="万元")),
)

SUPPORT_FIELDS = (
    WordField("support", "配合情况", Input("hint", choices=(NO_PROGRESS,), instruction="本期为这个项目做了什么；没有就选“本期无新进展”。")),
    WordField("problem", "存在问题", Input("words", instruction="没有就留空。")),
    WordField("coordination", "需协调事项", Input("words", instruction="请谁、办什么；没有就留空。")),
)

def sheet_id(unit: str) -> str:
    return f"unit:{unit}"


class _Form:
    """The columns of the number table, bound to the sheet they refer to."""

    def __init__(
        self, plan: Plan, unit: str, sheet: Sheet, before: Mapping[str, Value], corrected: Collection[str]
    ) -> None:
        self.plan, self.unit, self.sheet, self.before, self.corrected = plan, unit, sheet, before, corrected

    def at(self, row: FormRow, key: str) -> Cell:
        return self.sheet.ref(row.name.cell(key))

    def operands(self, row: FormRow) -> Operands:
        return Operands(*(self.at(row, key) for key in ("reported", "numerator", "denominator", "target", "pace")))

    def reported(self, row: FormRow) -> Content:
        indicator = row.indicator
        if row.is_ratio:
            return d.quotient(self.at(row, "numerator"), self.at(row, "denominator"))
        if indicator.kind is Kind.DERIVED:
            marks = []
            for code in indicator.derived_from:
                source = next(r for r in self.rows if r.name == RowName(FIGURE, code))
                marks.append(d.met_mark(source.terms, self.operands(source)))
            return d.derived(marks)
        return None

    def accepts(self, row: FormRow) -> Input | None:
        indicator = row.indicator
        if row.is_ratio or indicator.kind is Kind.DERIVED:
            return None
        if indicator.kind is Kind.MILESTONE and row.role == "figure":
            return Input("choice", choices=("是", "否"), instruction=self.told(row, "reported"))
        unit = indicator.unit_of_measure if indicator.kind is not Kind.RATIO else ""
        return Input("number", indicator.decimals, instruction=self.told(row, "reported"), unit=unit)

    def part(self, row: FormRow, name: str) -> Input | None:
        if not row.is_ratio or (name == "denominator" and row.indicator.office_denominator):
            return None
        term = row.indicator.numerator if name == "numerator" else row.indicator.denominator
        return Input("number", row.indicator.decimals, instruction=f"{term}。{self.told(row, name)}")

    def told(self, row: FormRow, measure: str) -> str:
        """What the clerk is told of a cell: how the indicator is counted, then what the rules ask."""
        asked = [check.rule.instruction for check in self.of_row[row.name] if row.name.cell(measure) in check.keys]
        return "".join(dict.fromkeys((row.indicator.definition, *asked)))

    def measured(self, row: FormRow) -> bool:
        return row.role == "figure" and row.terms.target is not None

    def previous(self, row: FormRow) -> Content:
        return self.before.get(row.indicator.code) if row.role == "figure" else None

    def cells(self, row: FormRow) -> Cells:
        """The cells of a row as the rules look at them."""
        parent = next((r for r in self.rows if r.role == row.role == "figure" and r.name == RowName(FIGURE, row.indicator.parent)), None)
        progress = Key(WORD, str(row.indicator.project), "progress")
        leads = self.unit in self.plan.project(row.indicator.project).leads
        return Cells(
            self.at(row, "reported"), self.at(row, "numerator"), self.at(row, "denominator"), self.at(row, "target"),
            self.at(row, "previous"), self.at(row, "explanation"),
            self.at(parent, "reported") if parent else BLANK, self.at(parent, "doubt") if parent else BLANK,
            self.sheet.ref(progress) if leads else BLANK,
        )

    def checks(self, row: FormRow) -> list[Check]:
        """The rules that apply to a row, in the order in which their hints come first."""
        cells = self.cells(row)
        return [
            Check(rule, tuple(row.name.cell(measure) for measure in group), rule.fires(row, cells, group), row)
            for rule in BY_ROW
            if rule.fires is not None and not (rule is CHILD_EXCEEDS and cells.parent is BLANK)
            for group in rule.places(row)
        ]

    def hints(self, row: FormRow, *, doubts: bool) -> Content:
        """The sentence that says, while the clerk types, what the intake would say after."""
        silent = explains_nothing(self.at(row, "explanation"))
        branches: list[tuple[Expr, Operand]] = [(d.unreported(row.terms, self.operands(row)), "")]
        if row.role == "share" or row.indicator.kind is Kind.DERIVED:
            branches = [(is_blank(self.at(row, "reported")), "")]
        for check in self.of_row[row.name]:
            if check.rule.is_doubt is doubts:
                fires = and_(check.condition, silent) if check.rule.explainable else check.condition
                hint = check.rule.hint.format(parent=row.indicator.parent)
                branches.append((fires, hint if doubts else REMARK + hint))
        if not doubts and row.role == "figure" and row.indicator.code in self.corrected:
            return cases(*((condition, then or CORRECTED) for condition, then in branches), otherwise=CORRECTED)
        return cases(*branches, otherwise="") if len(branches) > 1 else ""

    def check(self, row: FormRow) -> Content:
        """校验: what is in doubt, else what is worth a remark."""
        doubt = self.at(row, "doubt")
        remark = self.hints(row, doubts=False)
        return link(doubt) if remark == "" else if_(is_blank(doubt), remark, doubt)

    def filled(self, row: FormRow) -> Content:
        """1 if the row is complete, 0 if not; nothing where it need not be filled in."""
        if not row.required:
            return None
        parts = [key for key in ("reported", "numerator", "denominator") if self.sheet_input(row, key)]
        return if_(or_(*(is_blank(self.at(row, key)) for key in parts)), 0, 1)

    def sheet_input(self, row: FormRow, key: str) -> bool:
        accepts = self.accepts(row) if key == "reported" else self.part(row, key)
        return accepts is not None

    def columns(self, rows: Sequence[FormRow]) -> tuple[TableColumn[FormRow], ...]:
        self.rows = rows
        self.of_row = {row.name: self.checks(row) for row in rows}
        self.sheet.checks = [check for row in rows for check in self.of_row[row.name]]
        white = look.INPUT_NUMBER

        def figure(style: look.Style) -> Callable[[FormRow], look.Style]:
            return lambda row: style.having(number=value_format(row.terms))

        def entry(key: str) -> Callable[[FormRow], look.Style]:
            def style(row: FormRow) -> look.Style:
                if key == "reported":
                    number = value_format(row.terms)
                    return (white if self.accepts(row) else look.DERIVED).having(number=number)
                number = look.figure_format(row.indicator.decimals)
                return (white if self.part(row, key) else look.FIXED_NUMBER).having(number=number)

            return style

        def fixed_denominator(row: FormRow) -> Content:
            return row.indicator.fixed_denominator if row.is_ratio and row.indicator.office_denominator else None

        def rate(row: FormRow) -> Content:
            return d.shown_rate(row.terms, self.operands(row), "") if self.measured(row) else None

        def status(row: FormRow) -> Content:
            return d.status(row.terms, self.operands(row)) if self.measured(row) else None

        def pace(row: FormRow) -> Content:
            if not self.measured(row):
                return None
            return d.NONE if row.terms.pace is None else row.terms.pace

        def increase(row: FormRow) -> Content:
            if row.role == "share":
                return None
            return d.increase(row.terms, self.at(row, "reported"), self.at(row, "previous"))

        return (
            TableColumn("number", "序号", lambda r: Fraction(r.number), look.FIXED_CENTER, 5),
            TableColumn("code", "指标\n编码", lambda r: r.indicator.code, look.FIXED_CENTER, 7, anchor=True),
            TableColumn("name", "指标", _row_name, look.FIXED.having(wrap=True), 30, anchor=True),
            TableColumn("unit", "计量\n单位", lambda r: r.indicator.unit_of_measure, look.FIXED_CENTER, 7, anchor=True),
            TableColumn("target", "年度目标", lambda r: target_content(r.terms) if r.role == "figure" else None, lambda r: target_style(r.terms, look.FIXED_NUMBER), 10, anchor=True),
            TableColumn("previous", "上期累计", self.previous, figure(look.FIXED_NUMBER), 11),
            TableColumn("reported", "本期累计", self.reported, entry("reported"), 12, head=look.INPUT_HEAD, input=self.accepts),
            TableColumn("numerator", "分子", lambda r: None, entry("numerator"), 11, head=look.INPUT_HEAD, input=lambda r: self.part(r, "numerator")),
            TableColumn("denominator", "分母", fixed_denominator, entry("denominator"), 11, head=look.INPUT_HEAD, input=lambda r: self.part(r, "denominator")),
            TableColumn("increase", "本期新增", increase, lambda r: look.DERIVED.having(number=change_format(r.terms)), 10),
            TableColumn("rate", "完成率", rate, look.DERIVED.having(number=look.PERCENT, bold=True), 9),
            TableColumn("pace", "序时", pace, look.FIXED_NUMBER.having(number=look.PERCENT), 8),
            TableColumn("status", "状态", status, look.STATUS, 12),
            TableColumn("check", "校验", self.check, look.FIXED.having(color=look.RED, size=9.5, wrap=True), 22),
            TableColumn("explanation", "说明（数字特殊时写原因）", lambda r: None, look.INPUT.having(bold=False), 22, head=look.INPUT_HEAD, input=lambda r: Input("words", instruction="数字看上去不寻常但属实的，写明原因（写“无”不算）；更正以前的数也写在这里。")),
            TableColumn("filled", "已填", self.filled, look.HIDDEN, 5, hidden=True),
            TableColumn("flag", "待核对", lambda r: if_(is_blank(self.at(r, "doubt")), 0, 1), look.HIDDEN, 5, hidden=True),
            TableColumn("doubt", "存疑", lambda r: self.hints(r, doubts=True), look.HIDDEN, 5, hidden=True),
        )


def _said(sheet: Sheet, row: FormRow) -> str:
    """The 说明 given in a row, so that what a unit wrote is never cut."""
    return str(sheet.given.get(row.name.cell("explanation")) or "")


def _row_name(row: FormRow) -> str:
    indicator = row.indicator
    if row.role == "share":
        return f"{indicator.name}\n（本单位分解数）"
    if row.is_ratio:
        return f"{indicator.name}\n（{indicator.numerator} ÷ {indicator.denominator}）"
    return indicator.name


_WIDTH = 15  # visible sheet columns of the form, A to O
_LAST = _WIDTH - 1


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
    corrected: Collection[str] = (),
) -> Sheet:
    """The form of a unit for a period.

    `before` holds the last trusted value of each indicator (上期累计; a ratio as a fraction, a
    milestone 是/否), `given` the contents of input cells by key. Keys of inputs are
    ("figure" or "share", code, column), ("word", project number, field), ("head", "form", field).
    `marks` say what is in doubt about some of them, `remarks` are the unit's own comments;
    the 上期累计 of `corrected` indicators is a 定稿后更正, which the form says.
    """
    sheet = Sheet(
        sheet_id(unit.name), unit.sheet_name if in_master else FORM_SHEET, given=given, marks=marks, remarks=remarks,
        tab=look.TAB_LEAD if plan.owes_figures(unit.name) else look.TAB_RESPONSIBLE,
        protected=not in_master, zoom=90,
    )
    form = _Form(plan, unit.name, sheet, before, corrected)
    rows = form_rows(plan, unit.name, period)
    columns = form.columns(rows)
    sheet.widths = [column.width for column in columns]
    sheet.hidden_columns = {index for index, column in enumerate(columns) if column.hidden}
    _head(plan, unit, period, sheet, in_master)
    top = 5
    if rows:
        sheet.heights[top] = 6
        top += 1
        bottom = sheet.table(top, columns, rows, lambda row: row.name, row_height=lambda r: row_height([(_row_name(r), 30), (_said(sheet, r), 22)], least=26))
        sheet.freeze = (top + 1, 3)
        status = next(i for i, c in enumerate(columns) if c.key == "status")
        sheet.lights.append(Lights((top + 1, status), (bottom - 1, status), look.LIGHT_COLORS))
        top = bottom
    required: list[Key] = []
    for no in plan.projects_of(unit.name, Role.LEAD):
        top = _lead_words(plan, no, sheet, top)
        required.append(Key(WORD, str(no), "progress"))
    supported = plan.projects_of(unit.name, Role.RESPONSIBLE)
    support_top = top
    if supported:
        top = _support_words(plan, supported, sheet, top)
        required += [Key(WORD, str(no), "support") for no in supported]
    _foot(plan, unit, period, sheet, form, rows, top)
    _banner(sheet, rows, required)
    sheet.print = Print("A4", head_rows=(6, 6) if rows else None)
    above, whole = (page.height_of(sheet, range(row)) for row in (support_top, max(r for r, _ in sheet.cells) + 1))
    if supported and above <= page.room(sheet) < whole:  # a second page begins with them, not under the head of the numbers
        sheet.print = Print("A4", head_rows=(0, 1), breaks=(support_top,))
    if in_master:
        sheet.widths += [12]
        sheet.put(0, len(columns), "← 首页", look.LINK, link="首页")
    return sheet


def _head(plan: Plan, unit: Unit, period: Period, sheet: Sheet, in_master: bool) -> None:
    due = plan.due(period)
    sheet.heights |= {0: 34, 1: 20, 2: 24, 3: 24, 4: 24}
    sheet.put(0, 0, f"{plan.settings.title}{'月' if period.frequency.months == 1 else '季'}报表", look.TITLE, across=_WIDTH)
    advice = f"{period.label}　·　{due.month}月{due.day}日前报送　·　只填白色格，灰色格自动计算；不增删行列"
    sheet.put(1, 0, advice, look.SUBTITLE, across=_WIDTH)
    label = look.LABEL
    line = look.PLAIN.having(border="bottom", bold=True)
    sheet.put(3, 0, "填报单位（盖章）", label.having(shrink=True, indent=0), across=2, anchor=True)
    sheet.put(3, 2, unit.name, line, key=UNIT_CELL, across=3)
    sheet.put(3, 5, "期次", label, anchor=True)
    sheet.put(3, 6, period.label, line, key=PERIOD_CELL, across=2)
    places = ((3, 8, 2), (4, 0, 2), (4, 5, 1), (4, 8, 2))
    for field, (row, column, across) in zip(HEAD_FIELDS, places, strict=True):
        sheet.put(row, column, field.title, label, across=across, anchor=True)
        width = {0: 3, 5: 2, 8: 3}[column]
        sheet.put(row, column + across, None, line.having(bold=False, number="@"), key=Key(HEAD, "form", field.key), across=width, input=field.input)


def _lead_words(plan: Plan, no: int, sheet: Sheet, top: int) -> int:
    project = plan.project(no)
    sheet.heights[top] = 8
    sheet.heights[top + 1] = 24
    sheet.put(top + 1, 0, f"{chinese_number(no)}　{project.name}（牵头）", look.SECTION, across=7, anchor=True)
    commitments = [i.name for i in plan.indicators_of(no) if i.kind is Kind.WORDS]
    hint: Content = f"本期进展中请写明：{'；'.join(commitments)}" if commitments else ""
    figures = _figures_of(plan, no, sheet)
    if figures:
        evidence = Key(WORD, str(no), "evidence")
        without = and_(is_blank(sheet.ref(evidence)), count(*figures) > 0)
        sheet.checks.append(Check(EVIDENCE, (evidence,), without))
        hint = join(hint, if_(without, f"　{EVIDENCE.hint}", ""))
    sheet.put(top + 1, 7, hint, look.SECTION.having(face=look.SCREEN_FACE, size=9, color=look.MUTED, align="right"), across=8)
    top += 2
    for pair in LEAD_FIELDS:
        least = 36.0 if pair[0].key in ("progress", "measures") else 28.0
        for field, column, label, width in zip(pair, (0, 7), (2, 2), (5, 6), strict=True):
            _word(sheet, top, column, no, field, label, width)
            least = max(least, _words_height(sheet, no, field, column + label, width))
        sheet.heights[top] = least
        top += 1
    if project.asks_funding:
        sheet.heights[top] = 26
        for field, column, width in zip(FUNDING_FIELDS, (0, 5, 9), (3, 2, 2), strict=True):
            _word(sheet, top, column, no, field, 2, width)
        top += 1
    return top


def _figures_of(plan: Plan, no: int, sheet: Sheet) -> list[Expr]:
    """The figures of a project that are entered on a form."""
    cells = [
        sheet.ref(cell.key)
        for cell in sheet.inputs()
        if cell.key is not None and cell.key.is_measure and not cell.key.is_share and plan.indicator(cell.key.of).project == no
    ]
    return _runs(cells, sheet)


def _word(sheet: Sheet, row: int, column: int, no: int, field: WordField, label: int, width: int) -> None:
    sheet.put(row, column, field.title, look.TABLE_HEAD, across=label, anchor=True)
    style = look.INPUT_NUMBER if field.input.kind == "number" else look.INPUT.having(bold=False)
    sheet.put(row, column + label, None, style, key=Key(WORD, str(no), field.key), across=width, input=field.input)


def _words_height(sheet: Sheet, no: int, field: WordField, column: int, across: int) -> float:
    """Height for the words given, so that what a unit wrote is never cut."""
    text = str(sheet.given.get(Key(WORD, str(no), field.key)) or "")
    return row_height([(text, sum(sheet.widths[column : column + across]))], least=0)


def _support_words(plan: Plan, numbers: Sequence[int], sheet: Sheet, top: int) -> int:
    sheet.heights[top] = 8
    sheet.heights[top + 1] = 24
    sheet.put(top + 1, 0, "配合牵头单位的项目", look.SECTION, across=_WIDTH, anchor=True)

    def named(no: int) -> str:
        project = plan.project(no)
        return f"{project.name}\n（牵头：{'、'.join(project.leads)}）"

    def accepting(accepts: Input) -> Callable[[int], Input]:
        return lambda no: accepts

    words = look.INPUT.having(bold=False)
    columns: list[TableColumn[int]] = [
        TableColumn("number", "项目", Fraction, look.FIXED_CENTER, anchor=True),
        TableColumn("name", "民生实事", named, look.FIXED.having(wrap=True, size=9.5), across=3, anchor=True),
    ]
    for field, across in zip(SUPPORT_FIELDS, (5, 4, 2), strict=True):
        columns.append(
            TableColumn(
                field.key, field.title, lambda no: None, words, across=across, head=look.INPUT_HEAD, input=accepting(field.input)
            )
        )
    places = list(zip(SUPPORT_FIELDS, (4, 9, 13), (5, 4, 2), strict=True))

    def height(no: int) -> float:
        name = row_height([(named(no), sum(sheet.widths[1:4]))], least=30, size=9.5)
        return max(name, *(_words_height(sheet, no, field, column, across) for field, column, across in places))

    return sheet.table(top + 2, columns, numbers, lambda no: RowName(WORD, str(no)), head_height=22, row_height=height)


def _foot(
    plan: Plan, unit: Unit, period: Period, sheet: Sheet, form: _Form, rows: Sequence[FormRow], top: int
) -> None:
    sheet.heights |= {top: 8, top + 1: 26, top + 2: 16}
    sheet.put(top + 1, 0, "单位负责人（签字）：", look.PLAIN, across=4)
    sheet.put(top + 1, 4, "单位（盖章）：", look.PLAIN, across=4)
    sheet.put(top + 1, 8, "报送日期：　　　年　　月　　日", look.PLAIN, across=5)
    if rows:
        sheet.put(top + 1, 13, "核对数（所填数字之和）", look.LABEL)
        summed: list[Expr] = []
        for key in ("reported", "numerator", "denominator"):
            summed += _runs([form.at(r, key) for r in rows if form.sheet_input(r, key)], sheet)
        check = total(*summed) if summed else expr(0)
        sheet.put(top + 1, 14, check, look.PLAIN.having(align="right", bold=True), key=Key("foot", "form", "checksum"))
    line = identity_line(unit.name, period, form_hash(plan, unit.name))
    sheet.put(top + 2, 0, line, look.NOTE.having(align="right", wrap=False), key=IDENTITY_LINE, across=_WIDTH)


def _runs(cells: Sequence[Cell], sheet: Sheet) -> list[Expr]:
    """Neighbouring cells of a column joined to ranges: SUM takes no more than 255 arguments."""
    runs: list[list[Cell]] = []
    for cell in cells:
        if runs and sheet.cell(runs[-1][-1].ref.key).row + 1 == sheet.cell(cell.ref.key).row:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [Range(tuple(run)) for run in runs]


def _banner(sheet: Sheet, rows: Sequence[FormRow], required: Sequence[Key]) -> None:
    """The line on top: 已填 12/12，可报送. Complete, which is not 达标."""
    needed = sum(row.required for row in rows) + len(required)
    names = [row.name for row in rows]
    filled = total(sheet.column(names, "filled")) if rows else expr(0)
    for key in required:
        filled = filled + if_(is_blank(sheet.ref(key)), 0, 1)
    flags = total(sheet.column(names, "flag")) if rows else expr(0)
    content = cases(
        (filled < needed, join("已填 ", filled, f"/{needed}，还差 ", expr(needed) - filled, " 项")),
        (flags > 0, join(f"已填 {needed}/{needed}，有 ", flags, " 处请核对（见校验栏）")),
        otherwise=f"✓ 已填 {needed}/{needed}，可报送",
    )
    sheet.put(2, 0, content, look.BANNER, key=Key("banner", "form", "line"), across=_WIDTH)
    sheet.lights.append(Lights((2, 0), (2, _LAST), (("✓", look.GREEN),), prefix=True))


def unit_book(
    plan: Plan,
    unit: Unit,
    period: Period,
    before: Mapping[str, Value],
    given: Mapping[Key, Value] | None = None,
    *,
    marks: Mapping[Key, str] | None = None,
    remarks: Mapping[Key, str] | None = None,
    corrected: Collection[str] = (),
) -> Book:
    """The workbook of a unit: its form, and its identity twice hidden and once in print."""
    form = form_hash(plan, unit.name)
    identity = Sheet("identity", IDENTITY_SHEET, hidden=True, widths=[20, 40], hidden_columns={0, 1})
    properties = {
        "title": f"{unit.name} {period}",
        UNIT_PROPERTY: unit.name,
        PERIOD_PROPERTY: str(period),
        FORM_PROPERTY: form,
        VERSION_PROPERTY: FORM_VERSION,
    }
    for row, (name, text) in enumerate(list(properties.items())[1:]):
        identity.put(row, 0, name, look.HIDDEN)
        identity.put(row, 1, text, look.HIDDEN.having(number="@"))
    return Book([unit_form(plan, unit, period, before, given, marks=marks, remarks=remarks, corrected=corrected), identity], properties)
