"""The certifier's form: what was reported, as it stood, and what the certifier says of it, row by row.

Keys are ("certify", code, column). A ratio stands in percent here, both as reported and as certified.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.period import Reported
from minsheng_xl.exact.expressions import Expr, Value, and_, cases, count_where, is_blank, is_number, join, round_
from minsheng_xl.exact.keys import CERTIFY, HEAD, Key, RowName
from minsheng_xl.exact.numbers import plain, rounded
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Terms
from minsheng_xl.forms import look
from minsheng_xl.forms.identity import (
    FORM_PROPERTY,
    IDENTITY_LINE,
    IDENTITY_SHEET,
    PERIOD_CELL,
    PERIOD_PROPERTY,
    UNIT_CELL,
    UNIT_PROPERTY,
    VERSION_PROPERTY,
    identity_line,
)
from minsheng_xl.forms.layout import Book, Check, Content, Input, Lights, Print, Sheet, TableColumn
from minsheng_xl.forms.unit import HEAD_FIELDS, REMARK
from minsheng_xl.plan.model import Indicator, Kind, Plan, Role, Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.rules import certification as rules
from minsheng_xl.rules import numbers
from minsheng_xl.rules.model import Cells
from minsheng_xl.texts import row_height

CERTIFICATION_VERSION = "认定1"
CERTIFIER_SHEET = "认定填报表"


class CertifiedRow(NamedTuple):
    """A row of the certifier's form."""

    number: int
    indicator: Indicator
    terms: Terms
    role: str = CERTIFY

    @property
    def name(self) -> RowName:
        return RowName(CERTIFY, self.indicator.code)

    @property
    def is_ratio(self) -> bool:
        return self.indicator.kind is Kind.RATIO


def certified_rows(plan: Plan, unit: str, period: Period) -> list[CertifiedRow]:
    """What a unit certifies: every figure of its projects."""
    found = [i for no in plan.projects_of(unit, Role.CERTIFIER) for i in plan.indicators_of(no) if i.kind is not Kind.WORDS]
    return [CertifiedRow(n, i, d.terms(plan, i, period)) for n, i in enumerate(found, 1)]


def certification_hash(plan: Plan, unit: str, period: Period, reported: Mapping[str, Reported]) -> str:
    """What a certifier's form is built from, the figures among it, as a hash: twelve hex digits."""
    rows = [
        [i.code, i.name, i.kind.value, i.unit_of_measure, str(i.decimals), i.comparator.value, str(i.target), i.project]
        for row in certified_rows(plan, unit, period)
        for i in (row.indicator,)
    ]
    figures = [[code, str(one.value), str(one.period)] for code, one in sorted(reported.items())]
    made_of = [CERTIFICATION_VERSION, plan.settings.region, plan.settings.year, unit, str(period), rows, figures]
    return hashlib.sha256(json.dumps(made_of, ensure_ascii=False).encode()).hexdigest()[:12]


def in_form(kind: Kind, value: Value) -> Value:
    """A reported value as it stands on the form: a ratio, kept as a fraction, in percent with one decimal."""
    return rounded(value * 100, 1) if kind is Kind.RATIO and isinstance(value, Fraction) else value


def certification_form(plan: Plan, unit: Unit, period: Period, reported: Mapping[str, Reported]) -> Sheet:
    """The form of a certifying unit for a period; `reported` is what stood at that time, by indicator."""
    sheet = Sheet(CERTIFY, CERTIFIER_SHEET, tab=look.TAB_LEAD, protected=True, zoom=90)
    rows = certified_rows(plan, unit.name, period)
    of_row = {row.name: _checks(sheet, row) for row in rows}
    sheet.checks = [check for row in rows for check in of_row[row.name]]
    columns = _columns(plan, sheet, of_row, reported)
    sheet.widths = [column.width for column in columns]
    sheet.hidden_columns = {index for index, column in enumerate(columns) if column.hidden}
    width = sum(not column.hidden for column in columns)
    _head(plan, unit, period, sheet, width)
    top = 6
    sheet.heights[top - 1] = 6
    name_width = columns[3].width
    bottom = sheet.table(top, columns, rows, lambda row: row.name, row_height=lambda row: row_height([(row.indicator.name, name_width)], least=36))
    sheet.freeze = (top + 1, 4)
    sheet.print = Print("A4", head_rows=(top, top))
    sheet.heights |= {bottom: 8, bottom + 1: 26, bottom + 2: 16}
    sheet.put(bottom + 1, 0, "认定单位负责人（签字）：", look.PLAIN, across=4)
    sheet.put(bottom + 1, 4, "认定单位（盖章）：", look.PLAIN, across=4)
    sheet.put(bottom + 1, 8, "日期：　　　年　　月　　日", look.PLAIN, across=4)
    line = identity_line(unit.name, period, certification_hash(plan, unit.name, period, reported), CERTIFICATION_VERSION)
    sheet.put(bottom + 2, 0, line, look.NOTE.having(align="right", wrap=False), key=IDENTITY_LINE, across=width)
    _banner(sheet, rows, width)
    return sheet


def _checks(sheet: Sheet, row: CertifiedRow) -> list[Check]:
    def at(name: str) -> Expr:
        return sheet.ref(row.name.cell(name))

    cells = Cells(
        reported=at("reported"), opinion=at("opinion"), certified=at("figure"), checked=at("checked"), confirmed=at("confirmed"), reason=at("reason"),
        remark=at("remark"),
    )
    found = []
    for name in ("figure", "checked", "confirmed"):
        accepts = _accepts(row) if name == "figure" else _CASES
        if accepts.kind == "number":
            cell, keys = at(name), (row.name.cell(name),)
            found += [
                Check(numbers.NOT_NUMBER, keys, and_(is_blank(cell).equals(False), is_number(cell).equals(False))),
                Check(numbers.NEGATIVE, keys, and_(is_number(cell), cell < 0)),
                Check(numbers.DECIMALS, keys, and_(is_number(cell), round_(cell, accepts.decimals).equals(cell).equals(False))),
            ]
    for rule in rules.BY_ROW:
        assert rule.fires is not None
        found += [Check(rule, tuple(row.name.cell(name) for name in group), rule.fires(row, cells, group)) for group in rule.places(row)]
    return found


_CASES = Input("number", instruction="抽查了几件、其中属实几件；没有抽查的留空。")


def _accepts(row: CertifiedRow) -> Input:
    told = "".join(dict.fromkeys(rule.instruction for rule in rules.BY_ROW if ("figure",) in rule.places(row)))
    if row.indicator.kind in (Kind.MILESTONE, Kind.DERIVED):
        return Input("choice", choices=("是", "否"), instruction=told)
    if row.is_ratio:
        return Input("number", decimals=4, instruction=told, unit="%")
    return Input("number", row.indicator.decimals, instruction=told, unit=row.indicator.unit_of_measure)


def _columns(
    plan: Plan, sheet: Sheet, of_row: "Mapping[RowName, list[Check]]", reported: Mapping[str, Reported]
) -> tuple[TableColumn[CertifiedRow], ...]:
    def number(row: CertifiedRow, style: look.Style) -> look.Style:
        if row.indicator.kind in (Kind.MILESTONE, Kind.DERIVED):
            return style.having(align="center", indent=0)
        return style.having(number="General" if row.is_ratio else look.figure_format(row.indicator.decimals))

    def figure(row: CertifiedRow) -> Content:
        one = reported.get(row.indicator.code)
        return in_form(row.indicator.kind, one.value) if one else None

    def since(row: CertifiedRow) -> str:
        one = reported.get(row.indicator.code)
        return one.period.short_label if one else "未报"

    def target(row: CertifiedRow) -> str:
        t = row.terms
        if t.target is None:
            return "—"
        if t.kind is Kind.MILESTONE:
            return "是"
        sign = t.comparator.value if t.comparator.value != "≥" else ""
        return f"{sign}{plain(t.target * 100)}%" if row.is_ratio else f"{sign}{plain(t.target)}"

    def check(row: CertifiedRow) -> Content:
        branches = [(check.condition, check.rule.hint if check.rule.is_doubt else REMARK + check.rule.hint) for check in of_row[row.name]]
        return cases(*branches, otherwise="")

    white = look.INPUT_NUMBER
    words = look.INPUT.having(bold=False, size=9)
    opinion = Input("choice", choices=rules.OPINIONS, instruction="同意报送数：按报送数认定。核减：填认定数和原因。暂不认定、待补证：不填数。空着：未认定。")
    return (
        TableColumn("number", "序号", lambda r: Fraction(r.number), look.FIXED_CENTER, 5),
        TableColumn("project", "项目", lambda r: Fraction(r.indicator.project), look.FIXED_CENTER, 5),
        TableColumn("code", "指标\n编码", lambda r: r.indicator.code, look.FIXED_CENTER, 7, anchor=True),
        TableColumn("name", "指标", lambda r: r.indicator.name, look.FIXED.having(wrap=True), 30, anchor=True),
        TableColumn("unit", "计量\n单位", lambda r: r.indicator.unit_of_measure, look.FIXED_CENTER, 7, anchor=True),
        TableColumn("target", "年度目标", target, look.FIXED_NUMBER, 10, anchor=True),
        TableColumn("reported", "报送数", figure, lambda r: number(r, look.FIXED_NUMBER.having(bold=True, color=look.INK)), 12),
        TableColumn("since", "截至", since, look.FIXED_CENTER, 7),
        TableColumn("opinion", "认定意见", lambda r: None, look.INPUT.having(align="center", indent=0), 12, head=look.INPUT_HEAD, input=lambda r: opinion),
        TableColumn("figure", "认定数", lambda r: None, lambda r: number(r, white), 12, head=look.INPUT_HEAD, input=_accepts),
        TableColumn("reason", "核减原因", lambda r: None, words, 22, head=look.INPUT_HEAD, input=lambda r: Input("words", instruction="核减的写明为什么、按什么口径。")),
        TableColumn("checked", "抽查数", lambda r: None, white, 8, head=look.INPUT_HEAD, input=lambda r: _CASES),
        TableColumn("confirmed", "属实数", lambda r: None, white, 8, head=look.INPUT_HEAD, input=lambda r: _CASES),
        TableColumn("remark", "意见", lambda r: None, words, 22, head=look.INPUT_HEAD, input=lambda r: Input("words", instruction="还要说明的；待补证的写要补什么。")),
        TableColumn("check", "校验", check, look.FIXED.having(color=look.RED, size=9.5, wrap=True), 20),
    )


def _head(plan: Plan, unit: Unit, period: Period, sheet: Sheet, width: int) -> None:
    sheet.heights |= {0: 34, 1: 20, 2: 24, 3: 24, 4: 24}
    sheet.put(0, 0, f"{plan.settings.title}认定填报表", look.TITLE, across=width)
    advice = f"{period.label}　·　只填白色格；同意的选“同意报送数”，核减的填认定数和原因，空着 = 未认定；不增删行列"
    sheet.put(1, 0, advice, look.SUBTITLE, across=width)
    label, line = look.LABEL, look.PLAIN.having(border="bottom", bold=True)
    sheet.put(3, 0, "认定单位（盖章）", label.having(shrink=True, indent=0), across=3, anchor=True)
    sheet.put(3, 3, unit.name, line, key=UNIT_CELL)
    sheet.put(3, 5, "期次", label, anchor=True)
    sheet.put(3, 6, period.label, line, key=PERIOD_CELL, across=2)
    places = ((3, 9, 2), (4, 3, 1), (4, 6, 2), (4, 9, 2))
    for field, (row, column, across) in zip(HEAD_FIELDS, places, strict=True):
        start, span = (0, 3) if column == 3 else (column - 1, 1)
        sheet.put(row, start, field.title, label, across=span, anchor=True)
        sheet.put(row, column, None, line.having(bold=False, number="@"), key=Key(HEAD, "form", field.key), across=across, input=field.input)


def _banner(sheet: Sheet, rows: Sequence[CertifiedRow], width: int) -> None:
    """The line on top: 已填意见 12/42：同意 9，核减 1，…"""
    opinions = sheet.column([row.name for row in rows], "opinion")
    counted = {opinion: count_where(opinions, opinion) for opinion in rules.OPINIONS}
    given: Expr = counted[rules.AGREED]
    for opinion in rules.OPINIONS[1:]:
        given = given + counted[opinion]
    parts: list[Expr | str] = ["已填意见 ", given, f"/{len(rows)}："]
    for n, opinion in enumerate(rules.OPINIONS):
        parts += ["，" if n else "", f"{opinion} ", counted[opinion]]
    sheet.put(2, 0, join(*parts), look.BANNER, key=Key("banner", "form", "line"), across=width)
    sheet.lights.append(Lights((7, 8), (6 + len(rows), 8), ((rules.CUT, look.RED), (rules.UNPROVED, look.AMBER), (rules.WITHHELD, look.GREY), (rules.AGREED, look.GREEN))))


def certification_book(plan: Plan, unit: Unit, period: Period, reported: Mapping[str, Reported]) -> Book:
    """The workbook of a certifying unit: its form, and its identity twice hidden and once in print."""
    identity = Sheet("identity", IDENTITY_SHEET, hidden=True, widths=[20, 40], hidden_columns={0, 1})
    properties = {
        "title": f"{unit.name} {period} 认定",
        UNIT_PROPERTY: unit.name,
        PERIOD_PROPERTY: str(period),
        FORM_PROPERTY: certification_hash(plan, unit.name, period, reported),
        VERSION_PROPERTY: CERTIFICATION_VERSION,
    }
    for row, (name, text) in enumerate(list(properties.items())[1:]):
        identity.put(row, 0, name, look.HIDDEN)
        identity.put(row, 1, text, look.HIDDEN.having(number="@"))
    return Book([certification_form(plan, unit, period, reported), identity], properties)
