"""The certifier's form: what was reported, as it stood, and what the certifier says of it, row by row.

Keys are ("certify", code, column). A ratio stands in percent here, both as reported and as certified.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from minsheng_xl.accounts.period import Beside, Reported
from minsheng_xl.accounts.values import NOTHING
from minsheng_xl.exact.expressions import Expr, Value, and_, cases, count_where, is_blank, is_number, join, round_
from minsheng_xl.exact.keys import CERTIFY, Key, RowName
from minsheng_xl.exact.numbers import plain, rounded
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Terms
from minsheng_xl.forms import look
from minsheng_xl.forms.columns import grow
from minsheng_xl.forms.declaration import Column, Layout, Layouts, checks_on
from minsheng_xl.forms.example import UNIT, certified_example, example_period, example_plan
from minsheng_xl.forms.head import HEAD_FIELDS, put_head
from minsheng_xl.forms.identity import (
    IDENTITY_LINE,
    PERIOD_CELL,
    UNIT_CELL,
    identity_line,
    identity_sheet,
    meaning_of,
    properties_of,
    signs,
)
from minsheng_xl.forms.layout import Book, CellContent, Check, Growth, Input, Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.table import REMARK
from minsheng_xl.plan.model import Indicator, Kind, Plan, Role, Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.rules import certification as rules
from minsheng_xl.rules import numbers
from minsheng_xl.rules.model import Cells

CERTIFIER_SHEET = "认定填报表"


class CertifiedRow(NamedTuple):
    """A row of the certifier's form."""

    number: int
    indicator: Indicator
    terms: Terms
    is_own: bool = False
    """Whether the certifier reports the figure itself: it says nothing of it then."""
    role: str = CERTIFY

    @property
    def name(self) -> RowName:
        return RowName(CERTIFY, self.indicator.code)

    @property
    def is_ratio(self) -> bool:
        return self.indicator.kind is Kind.RATIO


def certified_rows(plan: Plan, unit: str, period: Period, layout: Layout | None = None) -> list[CertifiedRow]:
    """What a unit certifies: the figures of its projects that the plan chooses for the period; in a layout of earlier
    forms every one."""
    chosen = (layout or LAYOUT).chosen
    found: list[Indicator] = []
    for no in plan.projects_of(unit, Role.CERTIFIER):
        found += (i for i in plan.indicators_of(no) if i.kind is not Kind.WORDS)
    if chosen:
        found = [i for i in found if plan.settings.certifies(i, period)]
    return [CertifiedRow(n, i, d.terms(plan, i, period), chosen and i.filler == unit) for n, i in enumerate(found, 1)]


def certification_hash(
    plan: Plan, unit: str, period: Period, reported: Mapping[str, Reported], version: str = ""
) -> str:
    """What a certifier's form is built from, as a hash: its layout, the figures reported and what they mean.

    `version`: of the layout, if it is not the present one.
    """
    version = version or LAYOUTS.version
    rows = certified_rows(plan, unit, period, LAYOUTS.layout(version))
    indicators = [row.indicator for row in rows]
    figures = [[code, str(one.value), str(one.period)] for code, one in sorted(reported.items())]
    settings = plan.settings
    if version == LAYOUTS.first:
        meant = [_first_meaning(indicator) for indicator in indicators]
        return signs([version, settings.region, settings.year, unit, str(period), meant, figures])
    meant = [meaning_of(indicator) for indicator in indicators]
    where = [settings.region, settings.year, settings.frequency.value, unit, str(period)]
    projects = [[no, plan.project(no).name] for no in plan.projects_of(unit, Role.CERTIFIER)]
    own = [[row.indicator.code for row in rows if row.is_own]] if any(row.is_own for row in rows) else []
    return signs([version, *where, meant, projects, figures, *own])


def _first_meaning(i: Indicator) -> list[Any]:
    """What the first version took of an indicator."""
    return [
        i.code, i.name, i.kind.value, i.unit_of_measure, str(i.decimals), i.comparator.value, str(i.target), i.project,
    ]


def in_form(kind: Kind, value: Value) -> Value:
    """A reported value as it stands on the form: a ratio, kept as a fraction, in percent with one decimal."""
    return rounded(value * 100, 1) if kind is Kind.RATIO and isinstance(value, Fraction) else value


def certification_form(
    plan: Plan, unit: Unit, period: Period, reported: Mapping[str, Reported], layout: Layout | None = None,
    beside: Mapping[str, Beside] = NOTHING,
) -> Sheet:
    """The form of a certifying unit for a period; `reported` is what stood at that time, by indicator, `beside` what
    is shown beside it.

    `layout`: the one that draws it, if it is not the present one; such a form bears no identity.
    """
    sheet = Sheet(CERTIFY, CERTIFIER_SHEET, tab=look.TAB_LEAD, protected=True, zoom=85)
    drawn = layout or LAYOUTS.present
    rows = certified_rows(plan, unit.name, period, drawn)
    table = _CertifyingTable(sheet, rows, reported, beside)
    sheet.checks = list(chain.from_iterable(table.of_row.values()))
    columns = table.columns(drawn)
    sheet.widths = [column.width for column in columns]
    sheet.unprinted = {drawn.place(column.key) for column in drawn.columns if column.outside}
    _head(plan, unit, period, sheet, drawn)
    top = drawn.top + 1
    sheet.heights[top - 1] = 6
    bottom = sheet.table(top, columns, rows, _row_name)
    grow(sheet, range(top + 1, bottom), least=36)
    places = {column.key: drawn.place(column.key) for column in drawn.columns}
    if "name" in places:
        sheet.freeze = (top + 1, places["name"] + 1)
    sheet.print = Print("A4", head_rows=(top, top))
    line = ""
    if layout is None:
        form = certification_hash(plan, unit.name, period, reported)
        line = identity_line(unit.name, period, form, LAYOUTS.version)
    _foot(sheet, bottom, line, drawn.width)
    _banner(sheet, rows, drawn.width)
    sheet.checks = checks_on(sheet)
    if "opinion" in places:
        at = places["opinion"]
        sheet.lights.append(Lights((top + 1, at), (top + len(rows), at), _OPINION_COLORS))
    return sheet


_OPINION_COLORS = (
    (rules.CUT, look.RED), (rules.RAISED, look.RED), (rules.DENIED, look.RED), (rules.UNPROVED, look.AMBER),
    (rules.WITHHELD, look.GREY), (rules.AGREED, look.GREEN),
)
OWN = "自报，不参加认定"
"""What stands in place of an opinion where the certifier reports the figure itself."""


def _row_name(row: CertifiedRow) -> RowName:
    return row.name


def _foot(sheet: Sheet, top: int, line: str, width: int) -> None:
    sheet.heights |= {top: 8, top + 1: 26, top + 2: 16}
    sheet.put(top + 1, 0, "认定单位负责人（签字）：", look.PLAIN, across=4)
    sheet.put(top + 1, 4, "认定单位（盖章）：", look.PLAIN, across=4)
    sheet.put(top + 1, 8, "日期：　　　年　　月　　日", look.PLAIN, across=4)
    sheet.put(top + 2, 0, line, look.NOTE.having(align="right", wrap=False), key=IDENTITY_LINE, across=width)


def _checks(sheet: Sheet, row: CertifiedRow) -> list[Check]:
    """The rules that apply to a row, in the order in which their hints come first."""
    def at(name: str) -> Expr:
        return sheet.ref(row.name.cell(name))

    cells = Cells(
        reported=at("reported"), opinion=at("opinion"), certified=at("figure"), checked=at("checked"),
        confirmed=at("confirmed"), reason=at("reason"), remark=at("remark"),
    )
    found = []
    for name in ("figure", "checked", "confirmed"):
        accepts = _accepts(row) if name == "figure" else _CASES
        if accepts.kind == "number":
            cell = at(name)
            keys: tuple[Key, ...] = (row.name.cell(name),)
            uneven = round_(cell, accepts.decimals).equals(cell).equals(False)
            found += [
                Check(numbers.NOT_NUMBER, keys, and_(is_blank(cell).equals(False), is_number(cell).equals(False))),
                Check(numbers.NEGATIVE, keys, and_(is_number(cell), cell < 0)),
                Check(numbers.DECIMALS, keys, and_(is_number(cell), uneven)),
            ]
    for rule in rules.BY_ROW:
        assert rule.fires is not None
        for group in rule.places(row):
            keys = tuple(row.name.cell(name) for name in group)
            found.append(Check(rule, keys, rule.fires(row, cells, group)))
    return found


_CASES = Input("number", instruction="抽查了几件、其中属实几件；没有抽查的留空。")
_FIRST_OPINION = Input(
    "choice", choices=rules.FIRST_OPINIONS,
    instruction="同意报送数：按报送数认定。核减：填认定数和原因。暂不认定、待补证：不填数。空着：未认定。",
)
_CUT = Input("words", instruction="核减、核增、不予认定的写明为什么、按什么口径。")
_REMARK = Input("words", instruction="还要说明的；待补证的写要补什么。")


def _opinion(row: CertifiedRow) -> Input:
    opinions = rules.opinions_on(row.indicator)
    other = rules.RAISED if rules.RAISED in opinions else rules.CUT
    told = f"同意报送数：按报送数认定。{other}：填认定数和原因。暂不认定、待补证、不予认定：不填数。空着：未认定。"
    return Input("choice", choices=opinions, instruction=told)


def _accepts(row: CertifiedRow) -> Input:
    told = "".join(dict.fromkeys(rule.instruction for rule in rules.BY_ROW if ("figure",) in rule.places(row)))
    if row.indicator.kind in d.YES_OR_NO:
        return Input("choice", choices=("是", "否"), instruction=told)
    if row.is_ratio:
        return Input("number", decimals=4, instruction=told, unit="%")
    return Input("number", row.indicator.decimals, instruction=told, unit=row.indicator.unit_of_measure)


class _CertifyingTable:
    """The rows of a certifier's form, bound to the sheet that they refer to."""

    def __init__(
        self, sheet: Sheet, rows: Sequence[CertifiedRow], reported: Mapping[str, Reported], beside: Mapping[str, Beside]
    ) -> None:
        self.reported, self._beside = reported, beside
        self.of_row = {row.name: [] if row.is_own else _checks(sheet, row) for row in rows}

    def beside(self, row: CertifiedRow) -> Beside:
        """What is shown beside the figure of a row."""
        return self._beside.get(row.indicator.code, _NOTHING_BESIDE)

    def columns(self, layout: Layout) -> tuple[SheetColumn[CertifiedRow], ...]:
        """The columns of a layout as they are drawn; one that is no more in use stays empty."""
        drawn = {column.declared.key: column for column in COLUMNS}
        return tuple(self._bound(column, drawn.get(column.key, _UNKNOWN)) for column in layout.columns)

    def _bound(self, declared: Column, drawn: "CertifiedColumn") -> SheetColumn[CertifiedRow]:
        accepts = partial(_unless_own, _ACCEPTS[declared.filled]) if declared.filled else None
        return SheetColumn(
            key=declared.key, title=declared.title, content=partial(drawn.content, self), style=drawn.style,
            width=drawn.width, across=declared.across, head=look.INPUT_HEAD if accepts else look.TABLE_HEAD,
            input=accepts, hidden=declared.hidden, anchor=declared.anchor, grows=drawn.grows,
        )


class CertifiedColumn(NamedTuple):
    """A column of the certifier's form: as the layout declares it, what stands in a row, how it looks, and whether
    its texts make a row higher."""

    declared: Column
    content: Callable[[_CertifyingTable, CertifiedRow], CellContent]
    style: look.Style | Callable[[CertifiedRow], look.Style]
    width: float
    grows: Growth | None = None


def _number(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return Fraction(row.number)


def _code(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return row.indicator.code


def _name(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return row.indicator.name


def _measure(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return row.indicator.unit_of_measure


def _target(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    t = row.terms
    if t.target is None:
        return "—"
    if t.kind is Kind.MILESTONE:
        return "是"
    sign = t.comparator.value if t.comparator.value != "≥" else ""
    return f"{sign}{plain(t.target * 100)}%" if row.is_ratio else f"{sign}{plain(t.target)}"


def _reported(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    one = table.reported.get(row.indicator.code)
    return in_form(row.indicator.kind, one.value) if one else None


def _since(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    one = table.reported.get(row.indicator.code)
    return one.period.short_label if one else "未报"


def _lead(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return row.indicator.lead


def _numerator(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return table.beside(row).numerator


def _denominator(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return table.beside(row).denominator


def _explanation(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return _shortened(table.beside(row).explanation)


def _evidence(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return _shortened(table.beside(row).evidence)


def _shortened(text: str) -> str | None:
    """A text in one line, and no longer than the row can be high; None of an empty one, whose cell stays blank."""
    line = "；".join(filter(None, map(str.strip, text.split("\n"))))
    return (line if len(line) <= _LONGEST else f"{line[:_LONGEST]}……（未完，见单位填报表）") or None


def _last(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return table.beside(row).last or None


def _own(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return OWN if row.is_own else None


def _nothing(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    return None


def _check(table: _CertifyingTable, row: CertifiedRow) -> CellContent:
    """校验: what is in doubt, or worth a remark."""
    branches: list[tuple[Expr, str]] = []
    for check in table.of_row[row.name]:
        hint = check.rule.hint
        branches.append((check.condition, hint if check.rule.is_doubt else REMARK + hint))
    return cases(*branches, otherwise="") if branches else None


def _shown(style: look.Style, row: CertifiedRow) -> look.Style:
    """A style with the number format of a row's figures."""
    if row.indicator.kind in d.YES_OR_NO:
        return style.having(align="center", indent=0)
    return style.having(number="General" if row.is_ratio else look.figure_format(row.indicator.decimals))


def _locked_if_own(style: "look.Style | Callable[[CertifiedRow], look.Style]", row: CertifiedRow) -> look.Style:
    """The style of a cell that is filled in, but grey where the certifier says nothing."""
    if row.is_own:
        return look.FIXED.having(wrap=True, size=9, color=look.MUTED)
    return style if isinstance(style, look.Style) else style(row)


def _always(accepts: Input, row: CertifiedRow) -> Input:
    return accepts


def _unless_own(accepts: Callable[[CertifiedRow], Input], row: CertifiedRow) -> Input | None:
    return None if row.is_own else accepts(row)


_ACCEPTS: dict[str, Callable[[CertifiedRow], Input]] = {
    "opinion": partial(_always, _FIRST_OPINION),
    "verdict": _opinion,
    "figure": _accepts,
    "reason": partial(_always, _CUT),
    "cases": partial(_always, _CASES),
    "remark": partial(_always, _REMARK),
}
"""What the cells of a column accept, by what is filled in there."""

_LONGEST = 120
"""Signs of a 说明 or 佐证材料."""
_NOTHING_BESIDE = Beside()
_CENTER, _SMALL = look.FIXED_CENTER, look.FIXED.having(size=9, wrap=True)
_REPORTED, _PART = look.FIXED_NUMBER.having(bold=True, color=look.INK), look.FIXED_NUMBER.having(size=9)
_UNKNOWN = CertifiedColumn(Column(key="", title=""), _nothing, look.FIXED, 10)


def _entered(
    column: Column, style: "look.Style | Callable[[CertifiedRow], look.Style]", width: float
) -> CertifiedColumn:
    """A column that is filled in, but where the certifier reports the figure itself."""
    return CertifiedColumn(column, _nothing, partial(_locked_if_own, style), width)


_NAMED, _ENTERED = look.FIXED.having(wrap=True), partial(_shown, look.INPUT_NUMBER)
_WORDS, _CHOICE = look.INPUT.having(bold=False, size=9), look.INPUT.having(align="center", indent=0)
_CHECKED = look.FIXED.having(color=look.RED, size=9.5, wrap=True)
COLUMNS = (
    CertifiedColumn(Column(key="number", title="序号"), _number, _CENTER, 5),
    CertifiedColumn(Column(key="code", title="指标\n编码", anchor=True), _code, _CENTER, 6),
    CertifiedColumn(Column(key="name", title="指标", anchor=True), _name, _NAMED, 25, Growth.TEXT),
    CertifiedColumn(Column(key="lead", title="牵头单位"), _lead, _SMALL, 12, Growth.NAME),
    CertifiedColumn(Column(key="unit", title="计量\n单位", anchor=True), _measure, _CENTER, 6),
    CertifiedColumn(Column(key="target", title="年度目标", anchor=True), _target, look.FIXED_NUMBER, 9),
    CertifiedColumn(Column(key="reported", title="报送数"), _reported, partial(_shown, _REPORTED), 11),
    CertifiedColumn(Column(key="since", title="截至"), _since, _CENTER, 6),
    CertifiedColumn(Column(key="numerator", title="分子"), _numerator, _PART, 9),
    CertifiedColumn(Column(key="denominator", title="分母"), _denominator, _PART, 9),
    CertifiedColumn(Column(key="explanation", title="单位说明"), _explanation, _SMALL, 15, Growth.NAME),
    CertifiedColumn(Column(key="evidence", title="佐证材料"), _evidence, _SMALL, 15, Growth.NAME),
    CertifiedColumn(Column(key="last", title="上次认定"), _last, _SMALL, 17, Growth.NAME),
    _entered(Column(key="opinion", title="认定意见", filled="verdict"), _CHOICE, 12)._replace(content=_own),
    _entered(Column(key="figure", title="认定数", filled="figure"), _ENTERED, 11),
    _entered(Column(key="reason", title="核减、核增、\n不予认定原因", filled="reason"), _WORDS, 18),
    _entered(Column(key="checked", title="抽查数", filled="cases"), look.INPUT_NUMBER, 7),
    _entered(Column(key="confirmed", title="属实数", filled="cases"), look.INPUT_NUMBER, 7),
    _entered(Column(key="remark", title="意见", filled="remark"), _WORDS, 16),
    CertifiedColumn(Column(key="check", title="校验", outside=True), _check, _CHECKED, 22),
)

_TITLES = {field.key: field for field in HEAD_FIELDS}
LAYOUT = Layout(
    head=(
        _TITLES["unit"]._replace(title="认定单位（盖章）", column=0, label=2, across=1),
        _TITLES["period"]._replace(column=3, label=1, across=3),
        _TITLES["date"]._replace(column=8, label=2, across=1),
        _TITLES["filler"]._replace(column=0, label=2, across=1),
        _TITLES["reviewer"]._replace(column=3, label=1, across=3),
        _TITLES["phone"]._replace(column=8, label=2, across=1),
    ),
    columns=tuple(column.declared for column in COLUMNS),
    chosen=True,
)


def _example(layout: Layout) -> Sheet:
    plan = example_plan()
    if layout.chosen:
        plan = plan.having(indicators=tuple(certified_example(plan)))
    return certification_form(plan, UNIT, example_period(), {}, layout)


LAYOUTS = Layouts(LAYOUT, _example, prefix="认定", first=("认定1", "0d21c1bb"), digest="98a586db")


def _head(plan: Plan, unit: Unit, period: Period, sheet: Sheet, layout: Layout) -> None:
    sheet.heights |= {0: 34, 1: 20, 2: 24, 3: 24, 4: 24}
    sheet.put(0, 0, f"{plan.settings.title}认定填报表", look.TITLE, across=layout.width)
    told = "只填白色格；同意的选“同意报送数”，核减（≤ 的指标核增）的填认定数和原因，空着 = 未认定；不增删行列"
    sheet.put(1, 0, f"{period.label}　·　{told}", look.SUBTITLE, across=layout.width)
    put_head(layout, sheet, {UNIT_CELL: unit.name, PERIOD_CELL: period.label})


def _banner(sheet: Sheet, rows: Sequence[CertifiedRow], width: int) -> None:
    """The line on top: 已填意见 12/42：同意 9，核减 1，…"""
    open_rows = [row.name for row in rows if not row.is_own]
    opinions = sheet.column(open_rows, "opinion")
    counted = {opinion: count_where(opinions, opinion) for opinion in rules.OPINIONS}
    given: Expr = counted[rules.AGREED]
    for opinion in rules.OPINIONS[1:]:
        given = given + counted[opinion]
    parts: list[Expr | str] = ["已填意见 ", given, f"/{len(open_rows)}："]
    for n, opinion in enumerate(rules.OPINIONS):
        parts += ["，" if n else "", f"{opinion} ", counted[opinion]]
    if len(open_rows) < len(rows):
        parts.append(f"；另有{len(rows) - len(open_rows)}项{OWN}")
    sheet.put(2, 0, join(*parts), look.BANNER, key=Key("banner", "form", "line"), across=width)


def certification_book(
    plan: Plan, unit: Unit, period: Period, reported: Mapping[str, Reported], head: str = "",
    beside: Mapping[str, Beside] = NOTHING,
) -> Book:
    """The workbook of a certifying unit: its form, and its identity twice hidden and once in print. `head`: of the
    journal's chain, which stands at the foot of a form that goes out."""
    form = certification_hash(plan, unit.name, period, reported)
    properties = properties_of(f"{unit.name} {period} 认定", unit.name, period, form, LAYOUTS.version)
    form_sheet = certification_form(plan, unit, period, reported, beside=beside)
    foot = form_sheet.cell(IDENTITY_LINE)
    line = identity_line(unit.name, period, form, LAYOUTS.version, head)
    form_sheet.put(foot.row, foot.column, line, foot.style, key=foot.key, across=foot.across)
    return Book([form_sheet, identity_sheet(properties)], properties)
