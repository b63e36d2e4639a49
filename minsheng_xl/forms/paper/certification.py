"""认定表: what was reported and what was certified side by side, and whether the former moved since."""

from fractions import Fraction
from itertools import chain

from minsheng_xl.accounts.period import Certified, PeriodAccount
from minsheng_xl.accounts.values import Doubt, shown
from minsheng_xl.exact.expressions import (
    Cell,
    Const,
    Expr,
    Value,
    and_,
    count_where,
    if_,
    is_blank,
    is_number,
    join,
    or_,
    round_,
    settle,
)
from minsheng_xl.exact.keys import WORD, Key, RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import NONE, Operands
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, hidden_column, name_column, place_of, shown_column, text_column, widths_of
from minsheng_xl.forms.layout import CellContent, Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.forms.project import figure_cell
from minsheng_xl.forms.rows import (
    FormRow,
    certified_name,
    change_format,
    target_content,
    target_style,
    value_format,
)
from minsheng_xl.plan.model import Kind, Role
from minsheng_xl.plan.tabs import CERTIFICATION
from minsheng_xl.rules.certification import AGREED, CUT, DENIED, RAISED, UNPROVED, WITH_REASON, WITHHELD

NOT_CERTIFIED, MOVED, HELD, OWN, LEFT_OUT = "未认定", "认定后已变", "待核", "自报", "本期不认定"
_COLORS = {
    AGREED: look.GREEN, CUT: look.RED, RAISED: look.RED, WITHHELD: look.GREY, UNPROVED: look.AMBER, DENIED: look.RED,
    HELD: look.AMBER, MOVED: look.RED, NOT_CERTIFIED: look.GREY, OWN: look.GREY, LEFT_OUT: look.GREY,
}
STATES = tuple(_COLORS)


def _name(row: FormRow) -> RowName:
    return certified_name(row.indicator.code)


class _CertifiedContents:
    """The contents of the rows, bound to their sheet."""

    def __init__(self, account: PeriodAccount, sheet: Sheet) -> None:
        self.account, self.sheet = account, sheet

    def at(self, row: FormRow, key: str) -> Cell:
        return self.sheet.ref(_name(row).cell(key))

    def said(self, row: FormRow) -> Certified | None:
        return self.account.certified.get(row.indicator.code)

    def live(self, row: FormRow) -> Cell:
        return figure_cell(row.indicator, "reported")

    def is_given(self, row: FormRow) -> Expr:
        """Whether a trusted figure of this very period stands in the project's sheet."""
        if row.indicator.kind in d.YES_OR_NO:
            return or_(self.live(row).equals("是"), self.live(row).equals("否"))
        return is_number(self.live(row))

    def before(self, row: FormRow) -> Value:
        code = row.indicator.code
        return self.account.before[code] if code in self.account.before_of else ""

    def reported(self, row: FormRow) -> CellContent:
        return if_(self.is_given(row), self.live(row), Const(self.before(row)))

    def since(self, row: FormRow) -> CellContent:
        of = self.account.before_of.get(row.indicator.code)
        return if_(self.is_given(row), self.account.period.short_label, of.short_label if of else "未报")

    def figure(self, row: FormRow) -> CellContent:
        said = self.said(row)
        if said is None or said.figure is None:
            return None
        return said.figure.text if isinstance(said.figure, Doubt) else said.figure

    def snapshot(self, row: FormRow) -> CellContent:
        said = self.said(row)
        return said.reported.value if said is not None and said.reported is not None else None

    def opinion(self, row: FormRow) -> CellContent:
        said = self.said(row)
        return said.opinion if said is not None else None

    def difference(self, row: FormRow) -> CellContent:
        if row.indicator.kind in d.YES_OR_NO:
            return None
        reported, figure = self.at(row, "reported"), self.at(row, "figure")
        places = 3 if row.is_ratio else 10
        return if_(and_(is_number(reported), is_number(figure)), round_(figure - reported, places), "")

    def rate(self, row: FormRow) -> CellContent:
        """认定率: the certified figure against the target."""
        if row.terms.target is None:
            return NONE
        figure = self.at(row, "figure")
        operands = Operands(figure, figure, Const(Fraction(1)), self.at(row, "target"), Const(""))
        return d.shown_rate(row.terms, operands, "")

    def state(self, row: FormRow) -> CellContent:
        """What holds of the row: one of STATES."""
        said = self.said(row)
        if said is None:
            return self.silent(row)
        if isinstance(said.figure, Doubt):
            return HELD
        now, then = self.at(row, "reported"), self.at(row, "snapshot")
        same = or_(is_blank(now), now.equals(then))
        same = and_(is_blank(now).equals(is_blank(then)), same)  # 0 is not the same as nothing
        if row.is_ratio:
            same = if_(and_(is_number(now), is_number(then)), settle(now - then).equals(0), same)
        return if_(same, said.opinion, MOVED)

    def silent(self, row: FormRow) -> str:
        """What holds of a row of which nothing was said: it is still to come, or nobody is asked."""
        plan = self.account.plan
        if not plan.settings.certifies(row.indicator, self.account.period):
            return LEFT_OUT
        return OWN if plan.project(row.indicator.project).certifiers == (row.indicator.filler,) else NOT_CERTIFIED

    def evidence(self, row: FormRow) -> str:
        unit = self.account.units.get(row.indicator.lead)
        text = unit.words.get(Key(WORD, str(row.indicator.project), "evidence"), "") if unit is not None else ""
        return _shortened("；".join(text.split("\n")), 250, "填报表")

    def remark(self, row: FormRow) -> str:
        """The reason of the opinion, how many cases were looked at, and what else the certifier says."""
        said = self.said(row)
        if said is None:
            return ""
        checked = ""
        if said.checked is not None:
            checked = f"抽查{shown(said.checked)}，属实{shown(said.confirmed) or NONE}"
        told = said.opinion in WITH_REASON and said.reason.strip()
        cut = f"{said.opinion}原因：{said.reason.strip()}" if told else ""
        parts = ("；".join(part.split("\n")).strip().rstrip("。；") for part in (cut, checked, said.remark))
        return _shortened("；".join(part for part in parts if part), 650, "认定填报表")

    def columns(self) -> list[SheetColumn[FormRow]]:
        text, center, number = look.PAPER.having(size=9), look.PAPER_CENTER, look.PAPER_NUMBER
        name, bold = look.PAPER.having(size=10.5), number.having(bold=True)
        return [
            shown_column("no", "序号", lambda r: Fraction(r.number), center, 6),
            text_column("name", "指标", lambda r: f"{r.indicator.code} {r.indicator.name}", name, 31),
            name_column("unit", "计量\n单位", lambda r: r.indicator.unit_of_measure, center.having(size=10), 7),
            shown_column("target", "目标", _wanted, _target, 10),
            shown_column("reported", "报送累计", self.reported, lambda r: _figure(number, r), 12),
            shown_column("since", "截至", self.since, center.having(size=9.5, color=look.MUTED), 7),
            shown_column("figure", "认定数", self.figure, lambda r: _figure(bold, r), 12),
            shown_column("difference", "差异", self.difference, _difference, 10),
            shown_column("rate", "认定率", self.rate, center.having(number=look.PERCENT), 9),
            shown_column("state", "认定意见", self.state, center.having(bold=True, size=10.5), 13),
            text_column("evidence", "佐证", self.evidence, text, 20),
            text_column("remark", "意见", self.remark, text, 40),
            shown_column("signed", "签字盖章", lambda r: None, center, 11),
            shown_column("date", "日期", lambda r: None, center, 9),
        ]


def _wanted(row: FormRow) -> CellContent:
    return NONE if row.terms.target is None else target_content(row.terms)


def _target(row: FormRow) -> look.Style:
    return target_style(row.terms, look.PAPER_NUMBER)


def _difference(row: FormRow) -> look.Style:
    return look.PAPER_NUMBER.having(number=change_format(row.terms))


def _figure(style: look.Style, row: FormRow) -> look.Style:
    if row.indicator.kind in d.YES_OR_NO:
        return style.having(align="center", indent=0)
    return style.having(number=value_format(row.terms))


def _shortened(text: str, most: int, where: str) -> str:
    """A text that a row of the greatest height can hold; a longer one says where the whole stands."""
    return text if len(text) <= most else f"{text[:most]}……（全文见{where}）"


def certification_rows(account: PeriodAccount) -> list[FormRow]:
    """What may be certified: every figure of a project that names a certifier."""
    plan = account.plan
    certified = {no for _, no, role in plan.roles if role is Role.CERTIFIER}
    found = [i for i in plan.indicators if i.kind is not Kind.WORDS and i.project in certified]
    return [FormRow(n, i, d.terms(plan, i, account.period), "figure") for n, i in enumerate(found, 1)]


def certification_sheet(account: PeriodAccount) -> Sheet:
    """The table for the account's period."""
    sheet = Sheet(CERTIFICATION.id, CERTIFICATION.name, tab=look.TAB_SUMMARY, zoom=90)
    rows, of = certification_rows(account), _CertifiedContents(account, sheet)
    columns = of.columns()
    visible = len(columns)
    helpers = (
        hidden_column("snapshot", "认定时报送数", of.snapshot, 10),
        hidden_column("opinion", "认定表所选", of.opinion, 10),
    )
    columns = [*page.heads(columns), *helpers]
    sheet.widths = widths_of(columns)
    who = "、".join(dict.fromkeys(chain.from_iterable(project.certifiers for project in account.plan.projects)))
    page.begin(sheet, visible, CERTIFICATION, f"{account.plan.settings.title}认定表", account, "见计量单位栏")
    bottom = sheet.table(page.HEAD, columns, rows, _name)
    grow(sheet, range(page.HEAD + 1, bottom), least=27)
    sheet.freeze = (page.HEAD + 1, 2)
    if rows:
        place = place_of(columns, "state")
        sheet.lights.append(Lights((page.HEAD + 1, place), (bottom - 1, place), tuple(_COLORS.items())))
    page.end(sheet, bottom, visible, [("how", _note(sheet, rows, who), 34)])
    sheet.print = Print("A4", head_rows=(0, page.HEAD))
    return sheet


def _note(sheet: Sheet, rows: list[FormRow], who: str) -> CellContent:
    """How many rows are in each state, adding up; what the columns mean."""
    if not rows:
        return "注：计划里没有写认定单位。"
    states = sheet.column([_name(row) for row in rows], "state")
    parts: list[Expr | str] = [f"注：认定单位 {who}。共 {len(rows)} 项："]
    for n, state in enumerate(STATES):
        parts += ["，" if n else "", f"{state} ", count_where(states, state)]
    parts.append("。差异＝认定数－报送累计；认定后报送数有变动的，须重新认定。")
    return join(*parts)


DRAWING = Drawing(lambda account, asked: certification_sheet(account))
