"""The number table of the unit's form: a row for each indicator, and what stands in each of its columns.

To add a column: a line in COLUMNS, and the new layout in layouts/ (see the package).
"""

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from minsheng_xl.accounts.values import about
from minsheng_xl.exact.expressions import (
    BLANK,
    Call,
    Cell,
    Const,
    Expr,
    Operand,
    and_,
    cases,
    if_,
    is_blank,
    link,
    or_,
)
from minsheng_xl.exact.keys import (
    CHOICE,
    COUNTED,
    DENOMINATOR,
    EXPLAINED,
    FIGURE,
    HEAD,
    LAST,
    LAST_OF,
    LEAST,
    MEASURES,
    MOST,
    NUMERATOR,
    PEOPLE,
    REPORTED,
    SAID,
    STRIPPED,
    WORD,
    Key,
    RowName,
)
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Operands
from minsheng_xl.forms import look
from minsheng_xl.forms.declaration import Column, Layout
from minsheng_xl.forms.layout import CellContent, Check, Growth, Input, Sheet, SheetColumn
from minsheng_xl.forms.left import Left
from minsheng_xl.forms.rows import FormRow, change_format, pace_format, target_content, target_style, value_format
from minsheng_xl.plan.model import Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.rules import reasons
from minsheng_xl.rules.catalogue import BY_ROW
from minsheng_xl.rules.choices import SAME_AS_LAST, has_choice
from minsheng_xl.rules.model import Cells

REMARK = "提示："
"""What a 校验 sentence begins with that asks for nothing before the form may be sent."""
CORRECTED = f"{REMARK}上期累计含定稿后更正"

KNOWN = {*LAST, EXPLAINED, CHOICE, LEAST, MOST}
"""Cells that an earlier layout does not have; who reads a form knows what they hold without it."""

MISSING = "missing"
_CHOOSE = "没有新数时选一个词，不必填数；有数的留空。"
_REASON = Input("words", instruction="数字看上去不寻常但属实的，写明原因（写“无”不算）；更正以前的数也写在这里。")


class Owner(NamedTuple):
    """Whose form it is, and for which period."""

    plan: Plan
    unit: str
    period: Period


class NumberTable:
    """The rows of a unit's form, bound to the sheet that they refer to. `drawn` are the columns that it has. A form
    that is read takes every word that might be chosen: what may be, is judged."""

    def __init__(
        self, owner: Owner, sheet: Sheet, rows: Sequence[FormRow], left: Left, drawn: Collection[str],
        *, is_read: bool = False,
    ) -> None:
        self.plan, self.unit, self.period = owner
        self.sheet, self.rows, self.left, self.drawn = sheet, rows, left, drawn
        self.is_read = is_read
        self.first_word: Expr = Const("")
        """Which words on a project are first to be written."""
        self.of_row = {row.name: self._checks(row) for row in rows}
        """The rules that apply to a row, in the order in which their hints come first."""

    def at(self, row: FormRow, key: str) -> Cell:
        return self.sheet.ref(row.name.cell(key))

    def held(self, row: FormRow, key: str) -> Expr:
        """A cell that an earlier layout may not have."""
        return self.at(row, key) if key in self.drawn else BLANK

    def explained(self, row: FormRow) -> Expr:
        """1 where the 说明 of a row gives a reason; in an earlier layout, where anything is said at all."""
        if EXPLAINED in self.drawn:
            return self.at(row, EXPLAINED)
        return if_(Call("LEN", (Call("TRIM", (self.at(row, "explanation"),)),)) > 1, 1, 0)

    def names(self, row: FormRow) -> list[Expr]:
        """What stands elsewhere on the form and is no reason: who filled it in, the unit, the row."""
        people = [self.sheet.ref(Key(HEAD, "form", field)) for field in PEOPLE]
        return [*people, Const(self.unit), Const(row.indicator.name)]

    def operands(self, row: FormRow) -> Operands:
        """What the definitions look at: of a row in which a word may be chosen, what that comes to."""
        keys = (*(self.counted(row, measure) for measure in MEASURES), "target", "pace")
        return Operands(*(self.at(row, key) for key in keys))

    def usual(self, row: FormRow, key: str) -> Expr:
        """A bound of the increase of a row; BLANK where that is not looked at."""
        is_used = self.plan.settings.usual and row.role == "figure" and LEAST in self.drawn
        return self.at(row, key) if is_used else BLANK

    def counted(self, row: FormRow, measure: str) -> str:
        """The column that holds what a measure of a row comes to."""
        is_said = measure in row.indicator.measures and self.offered(row)
        return COUNTED[measure] if is_said and COUNTED[measure] in self.drawn else measure

    def offered(self, row: FormRow) -> tuple[str, ...]:
        """The words that may be chosen instead of a figure."""
        if not has_choice(row):
            return ()
        same = self.is_read or row.indicator.may_repeat_in(self.period)
        exempt = self.is_read or row.indicator.may_be_exempt_in(self.period)
        return (SAME_AS_LAST,) * same + (d.NOT_APPLICABLE,) * exempt

    def cells(self, row: FormRow) -> Cells:
        """The cells of a row as the rules look at them."""
        parent = self._parent(row)
        progress = Key(WORD, str(row.indicator.project), "progress")
        leads = self.unit in self.plan.project(row.indicator.project).leads
        return Cells(
            reported=self.at(row, "reported"), numerator=self.at(row, "numerator"),
            denominator=self.at(row, "denominator"), target=self.at(row, "target"), previous=self.at(row, "previous"),
            last_numerator=self.held(row, "last_numerator"), last_denominator=self.held(row, "last_denominator"),
            explained=self.explained(row), parent=self.at(parent, "reported") if parent else BLANK,
            parent_previous=self.at(parent, "previous") if parent else BLANK,
            parent_doubt=self.at(parent, "doubt") if parent else BLANK,
            progress=self.sheet.ref(progress) if leads else BLANK,
            choice=self.held(row, CHOICE) if self.offered(row) else BLANK,
            least=self.usual(row, LEAST), most=self.usual(row, MOST),
        )

    def _parent(self, row: FormRow) -> FormRow | None:
        """The row of the indicator that contains a row's."""
        if row.role != "figure":
            return None
        return next((r for r in self.rows if r.name == RowName(FIGURE, row.indicator.parent)), None)

    def _checks(self, row: FormRow) -> list[Check]:
        cells = self.cells(row)
        found = []
        for rule in BY_ROW:
            if rule.fires is None or (rule.needs and getattr(cells, rule.needs) is BLANK):
                continue
            for group in rule.places(row):
                keys = tuple(row.name.cell(measure) for measure in group)
                on_trial = self.plan.settings.is_on_trial(rule.code, self.period)
                found.append(Check(rule, keys, rule.fires(row, cells, group), row, on_trial))
        return found

    def accepts(self, row: FormRow) -> Input | None:
        """What 本期累计 of a row takes; None where it is reckoned."""
        indicator = row.indicator
        if row.is_ratio or indicator.kind is Kind.DERIVED:
            return None
        if indicator.kind is Kind.MILESTONE and row.role == "figure":
            return Input("choice", choices=("是", "否"), instruction=self.told(row, "reported"))
        unit = indicator.unit_of_measure if indicator.kind is not Kind.RATIO else ""
        return Input("number", indicator.decimals, instruction=self.told(row, "reported"), unit=unit)

    def part(self, row: FormRow, name: str) -> Input | None:
        """What 分子 or 分母 of a row takes; None where there is none, or it is the office's."""
        if not row.is_ratio or (name == "denominator" and row.indicator.office_denominator):
            return None
        term = row.indicator.numerator if name == "numerator" else row.indicator.denominator
        return Input("number", row.indicator.decimals, instruction=f"{term}。{self.told(row, name)}")

    def entered(self, row: FormRow) -> tuple[str, ...]:
        """The columns in which figures of a row are entered."""
        if row.role == "figure":
            return row.indicator.measures
        return () if row.indicator.kind is Kind.DERIVED else (REPORTED,)

    def told(self, row: FormRow, measure: str) -> str:
        """What the clerk is told of a cell: how the indicator is counted, then what the rules ask."""
        checks = (check for check in self.of_row[row.name] if row.name.cell(measure) in check.keys)
        return "".join(dict.fromkeys((row.indicator.definition, *(check.rule.instruction for check in checks))))

    def measured(self, row: FormRow) -> bool:
        return row.role == "figure" and row.terms.target is not None

    def columns(
        self, layout: Layout, every: "Sequence[FormColumn] | None" = None
    ) -> tuple[SheetColumn[FormRow], ...]:
        """The columns of a layout as they are drawn; one that is no more in use stays empty. `every`: the columns of
        the kind of form, if it is not the unit's own."""
        drawn = {column.declared.key: column for column in every or COLUMNS}
        return tuple(self._bound(column, drawn.get(column.key, _UNKNOWN)) for column in layout.columns)

    def _bound(self, declared: Column, drawn: "FormColumn") -> SheetColumn[FormRow]:
        accepts = self.accepting(declared.filled) if declared.filled else None
        return SheetColumn(
            key=declared.key, title=declared.title, content=partial(drawn.content, self),
            style=drawn.style if isinstance(drawn.style, look.Style) else partial(drawn.style, self), width=drawn.width,
            across=declared.across, head=look.INPUT_HEAD if accepts else look.TABLE_HEAD,
            input=partial(accepts, self, declared.key) if accepts else None, hidden=declared.hidden,
            anchor=declared.anchor, grows=drawn.grows,
        )

    def accepting(self, filled: str) -> "Callable[[NumberTable, str, FormRow], Input | None]":
        """What the cells of a column accept, by what is filled in there."""
        return _ACCEPTS[filled]

    def hints_of(self, row: FormRow) -> set[str]:
        """All that 校验 of a row may say."""
        hints = (check.rule.hint.format(parent=row.indicator.parent) for check in self.of_row[row.name])
        return {*hints, CORRECTED if row.indicator.code in self.left.corrected else ""}

    def hints(self, row: FormRow, *, doubts: bool) -> CellContent:
        """The sentence that says, while the clerk types, what the intake would say after."""
        silent = self.explained(row).equals(1).equals(False)
        entered = Operands(*(self.at(row, measure) for measure in MEASURES))
        blank = d.unreported(row.terms, entered)
        if row.role == "share" or row.indicator.kind is Kind.DERIVED:
            blank = is_blank(self.at(row, "reported"))
        of_words = [check for check in self.of_row[row.name] if check.rule.needs == CHOICE]
        branches: list[tuple[Expr, Operand]] = [(one.condition, one.rule.hint) for one in of_words if doubts]
        if d.NOT_APPLICABLE in self.offered(row):  # the master writes the word in the place of the figure too
            figure = self.at(row, row.indicator.measures[0])
            said = (self.at(row, CHOICE).equals(d.NOT_APPLICABLE), figure.equals(d.NOT_APPLICABLE))
            blank = or_(blank, and_(*said)) if CHOICE in self.drawn else blank
        branches.append((blank, ""))
        for check in self.of_row[row.name]:
            if check.is_doubt is doubts and check not in of_words:
                fires = and_(check.condition, silent) if check.rule.explainable else check.condition
                hint = check.rule.hint.format(parent=row.indicator.parent)
                branches.append((fires, hint if doubts else REMARK + hint))
        if not doubts and row.role == "figure" and row.indicator.code in self.left.corrected:
            return cases(*((condition, then or CORRECTED) for condition, then in branches), otherwise=CORRECTED)
        return cases(*branches, otherwise="") if len(branches) > 1 else ""


def _number(table: NumberTable, row: FormRow) -> CellContent:
    return Fraction(row.number)


def _code(table: NumberTable, row: FormRow) -> CellContent:
    return row.indicator.code


def _name(table: NumberTable, row: FormRow) -> CellContent:
    indicator = row.indicator
    if row.role == "share":
        return f"{indicator.name}\n（本单位分解数）"
    if row.is_ratio:
        return f"{indicator.name}\n（{indicator.numerator} ÷ {indicator.denominator}）"
    return indicator.name


def _measure(table: NumberTable, row: FormRow) -> CellContent:
    return row.indicator.unit_of_measure


def _target(table: NumberTable, row: FormRow) -> CellContent:
    return target_content(row.terms) if row.role == "figure" else None


def _previous(table: NumberTable, row: FormRow) -> CellContent:
    return table.left.before.get(row.indicator.code) if row.role == "figure" else None


def _reported(table: NumberTable, row: FormRow) -> CellContent:
    if row.is_ratio:
        operands = table.operands(row)
        return d.quotient(operands.numerator, operands.denominator)
    if row.indicator.kind is not Kind.DERIVED:
        return None
    of_name = {r.name: r for r in table.rows}
    sources = [of_name[RowName(FIGURE, code)] for code in row.indicator.derived_from]
    return d.derived([d.met_mark(source.terms, table.operands(source)) for source in sources])


def _nothing(table: NumberTable, row: FormRow) -> CellContent:
    return None


def _denominator(table: NumberTable, row: FormRow) -> CellContent:
    return row.indicator.fixed_denominator if row.is_ratio and row.indicator.office_denominator else None


def _increase(table: NumberTable, row: FormRow) -> CellContent:
    if row.role == "share":
        return None
    return d.increase(row.terms, table.operands(row).reported, table.at(row, "previous"))


def _rate(table: NumberTable, row: FormRow) -> CellContent:
    return d.shown_rate(row.terms, table.operands(row), "") if table.measured(row) else None


def _pace(table: NumberTable, row: FormRow) -> CellContent:
    if not table.measured(row):
        return None
    return d.NONE if row.terms.pace is None else row.terms.pace


def _status(table: NumberTable, row: FormRow) -> CellContent:
    return d.status(row.terms, table.operands(row)) if table.measured(row) else None


def _check(table: NumberTable, row: FormRow) -> CellContent:
    """校验: what is in doubt, else what is worth a remark."""
    doubt = table.at(row, "doubt")
    remark = table.hints(row, doubts=False)
    return link(doubt) if remark == "" else if_(is_blank(doubt), remark, doubt)


def _filled(table: NumberTable, row: FormRow) -> CellContent:
    """1 if the row is complete, 0 if not; nothing where it need not be filled in."""
    if not row.required:
        return None
    blank = or_(*(is_blank(table.at(row, key)) for key in table.entered(row)))
    if CHOICE in table.drawn and table.offered(row):
        blank = and_(blank, is_blank(table.at(row, CHOICE)))
    return if_(blank, 0, 1)


def _missing(table: NumberTable, row: FormRow) -> CellContent:
    """What is first to be filled in, of this row or one below."""
    below = table.rows[row.number] if row.number < len(table.rows) else None
    rest = link(table.at(below, MISSING)) if below is not None else link(table.first_word)
    if not row.required or not table.entered(row):
        return rest
    *others, last = (row.name.cell(measure) for measure in table.entered(row))
    blank = cases(*((is_blank(table.sheet.ref(key)), about(key)) for key in others), otherwise=about(last))
    return if_(table.at(row, "filled").equals(0), blank, rest)


def _bound(which: int, table: NumberTable, row: FormRow) -> CellContent:
    between = table.left.usual.get(row.indicator.code) if row.role == "figure" else None
    return between[which] if between is not None else None


def _recent(table: NumberTable, row: FormRow) -> CellContent:
    return table.left.recent.get(row.indicator.code) if row.role == "figure" else None


def _counted(measure: str, table: NumberTable, row: FormRow) -> CellContent:
    """What a measure comes to: what was entered, or the last figure, or that it does not apply."""
    if table.counted(row, measure) == measure:
        return None
    entered, choice = table.at(row, measure), table.at(row, CHOICE)
    last = table.at(row, "previous") if measure == REPORTED else table.at(row, LAST_OF[measure])
    words: list[tuple[Expr, Operand]] = [(is_blank(entered).equals(False), entered)]
    if SAME_AS_LAST in table.offered(row):
        words.append((choice.equals(SAME_AS_LAST), link(last)))
    if d.NOT_APPLICABLE in table.offered(row):
        words.append((choice.equals(d.NOT_APPLICABLE), d.NOT_APPLICABLE))
    return cases(*words, otherwise="")


def _flag(table: NumberTable, row: FormRow) -> CellContent:
    return if_(is_blank(table.at(row, "doubt")), 0, 1)


def _last(name: str, table: NumberTable, row: FormRow) -> CellContent:
    return table.left.parts.get(row.name.cell(LAST[name])) if row.is_ratio else None


def _said(table: NumberTable, row: FormRow) -> CellContent:
    return reasons.left(table.at(row, "explanation"))


def _stripped(part: int, table: NumberTable, row: FormRow) -> CellContent:
    before = STRIPPED[part - 1] if part else SAID
    return reasons.stripped(table.at(row, before), part)


def _explained(table: NumberTable, row: FormRow) -> CellContent:
    said, left = table.at(row, "explanation"), table.at(row, SAID)
    rest = table.at(row, STRIPPED[-1]) if STRIPPED[-1] in table.drawn else None
    return if_(reasons.explains(said, left, table.names(row), rest=rest), 1, 0)


def _doubt(table: NumberTable, row: FormRow) -> CellContent:
    return table.hints(row, doubts=True)


def _target_style(table: NumberTable, row: FormRow) -> look.Style:
    return target_style(row.terms, look.FIXED_NUMBER)


def _previous_style(table: NumberTable, row: FormRow) -> look.Style:
    return look.FIXED_NUMBER.having(number=value_format(row.terms))


def _pace_style(table: NumberTable, row: FormRow) -> look.Style:
    return look.FIXED_NUMBER.having(number=pace_format(row.terms))


def _reported_style(table: NumberTable, row: FormRow) -> look.Style:
    style = look.INPUT_NUMBER if table.accepts(row) else look.DERIVED
    return style.having(number=value_format(row.terms))


def _part_style(name: str, table: NumberTable, row: FormRow) -> look.Style:
    style = look.INPUT_NUMBER if table.part(row, name) else look.FIXED_NUMBER
    return style.having(number=look.figure_format(row.indicator.decimals))


def _increase_style(table: NumberTable, row: FormRow) -> look.Style:
    return look.DERIVED.having(number=change_format(row.terms))


def _accepts_choice(table: NumberTable, key: str, row: FormRow) -> Input | None:
    offered = table.offered(row)
    return Input("choice", choices=offered, instruction=_CHOOSE) if offered else None


def _choice_style(table: NumberTable, row: FormRow) -> look.Style:
    return _CHOSEN if table.offered(row) else _CENTER


def _accepts_figure(table: NumberTable, key: str, row: FormRow) -> Input | None:
    return table.accepts(row)


def _accepts_part(table: NumberTable, key: str, row: FormRow) -> Input | None:
    return table.part(row, key)


def _accepts_reason(table: NumberTable, key: str, row: FormRow) -> Input | None:
    return _REASON


_ACCEPTS: dict[str, Callable[[NumberTable, str, FormRow], Input | None]] = {
    "figure": _accepts_figure, "part": _accepts_part, "reason": _accepts_reason, "choice": _accepts_choice,
}
"""What the cells of a column accept, by what is filled in there."""


class FormColumn(NamedTuple):
    """A column of the number table: as the layout declares it, what stands in a row, how it looks, and whether its
    texts make a row higher."""

    declared: Column
    content: Callable[[NumberTable, FormRow], CellContent]
    style: look.Style | Callable[[NumberTable, FormRow], look.Style]
    width: float
    grows: Growth | None = None


_CENTER, _HIDDEN = look.FIXED_CENTER, look.HIDDEN
_WORDS = look.INPUT.having(bold=False)
_CHOSEN = look.INPUT.having(bold=False, align="center", shrink=True, wrap=False, size=9.5)
_CHECKED = look.FIXED.having(color=look.RED, size=9.5, wrap=True)
_DENOMINATOR = partial(_part_style, "denominator")
_LAST_DENOMINATOR, _COUNTED_DENOMINATOR = partial(_last, "last_denominator"), partial(_counted, DENOMINATOR)
_PAST = look.FIXED.having(color=look.MUTED, size=9, wrap=True)
_UNKNOWN = FormColumn(Column(key="", title=""), _nothing, look.FIXED, 10)

COLUMNS = (
    FormColumn(Column(key="number", title="序号"), _number, _CENTER, 5),
    FormColumn(Column(key="code", title="指标\n编码", anchor=True), _code, _CENTER, 6),
    FormColumn(Column(key="name", title="指标", anchor=True), _name, look.FIXED.having(wrap=True), 28, Growth.TEXT),
    FormColumn(Column(key="unit", title="计量\n单位", anchor=True), _measure, _CENTER, 6),
    FormColumn(Column(key="target", title="年度目标", anchor=True), _target, _target_style, 9),
    FormColumn(Column(key="previous", title="上期累计"), _previous, _previous_style, 10),
    FormColumn(Column(key="reported", title="本期累计", filled="figure"), _reported, _reported_style, 11),
    FormColumn(Column(key="numerator", title="分子", filled="part"), _nothing, partial(_part_style, "numerator"), 9),
    FormColumn(Column(key="denominator", title="分母", filled="part"), _denominator, _DENOMINATOR, 9),
    FormColumn(Column(key=CHOICE, title="没有新数\n时选", filled="choice"), _nothing, _choice_style, 11),
    FormColumn(Column(key="increase", title="本期新增"), _increase, _increase_style, 9),
    FormColumn(Column(key="rate", title="完成率"), _rate, look.DERIVED.having(number=look.PERCENT, bold=True), 8),
    FormColumn(Column(key="pace", title="序时"), _pace, _pace_style, 8),
    FormColumn(Column(key="status", title="状态"), _status, look.STATUS, 12),
    FormColumn(Column(key="check", title="校验"), _check, _CHECKED, 24),
    FormColumn(Column(key="explanation", title="说明（数字特殊时写原因）", filled="reason"), _nothing, _WORDS, 20, Growth.TEXT),
    FormColumn(Column(key="recent", title="近六期", outside=True), _recent, _PAST, 40, Growth.NAME),
    FormColumn(Column(key="filled", title="已填", hidden=True), _filled, _HIDDEN, 5),
    FormColumn(Column(key=MISSING, title="待填", hidden=True), _missing, _HIDDEN, 5),
    FormColumn(Column(key="flag", title="待核对", hidden=True), _flag, _HIDDEN, 5),
    FormColumn(Column(key="doubt", title="存疑", hidden=True), _doubt, _HIDDEN, 5),
    FormColumn(Column(key="last_numerator", title="上期分子", hidden=True), partial(_last, "last_numerator"), _HIDDEN, 5),
    FormColumn(Column(key="last_denominator", title="上期分母", hidden=True), _LAST_DENOMINATOR, _HIDDEN, 5),
    FormColumn(Column(key=LEAST, title="新增下限", hidden=True), partial(_bound, 0), _HIDDEN, 5),
    FormColumn(Column(key=MOST, title="新增上限", hidden=True), partial(_bound, 1), _HIDDEN, 5),
    FormColumn(Column(key="said", title="说明所余", hidden=True), _said, _HIDDEN, 5),
    *(
        FormColumn(Column(key=key, title=f"说明所余{part + 2}", hidden=True), partial(_stripped, part), _HIDDEN, 5)
        for part, key in enumerate(STRIPPED)
    ),
    FormColumn(Column(key="explained", title="有说明", hidden=True), _explained, _HIDDEN, 5),
    FormColumn(Column(key="counted", title="计入数", hidden=True), partial(_counted, REPORTED), _HIDDEN, 5),
    FormColumn(Column(key="counted_numerator", title="计入分子", hidden=True), partial(_counted, NUMERATOR), _HIDDEN, 5),
    FormColumn(Column(key="counted_denominator", title="计入分母", hidden=True), _COUNTED_DENOMINATOR, _HIDDEN, 5),
)
