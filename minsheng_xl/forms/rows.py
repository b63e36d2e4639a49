"""The rows of a table of indicators, as the unit form, the project sheets and the summary share them."""


from typing import NamedTuple

from minsheng_xl.exact.expressions import Cell, cell_of
from minsheng_xl.exact.keys import RowName
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.definitions import Terms
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import CellContent
from minsheng_xl.plan.model import Indicator, Kind, Plan, Tier
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import CERTIFICATION

_NUMERALS = "零一二三四五六七八九"


class FormRow(NamedTuple):
    """A row of the number table: an indicator's figure, or the unit's share of it."""

    number: int
    indicator: Indicator
    terms: Terms
    role: str  # "figure" or "share"

    @property
    def name(self) -> RowName:
        return RowName(self.role, self.indicator.code)

    @property
    def is_ratio(self) -> bool:
        return self.role == "figure" and self.indicator.kind is Kind.RATIO

    @property
    def required(self) -> bool:
        """Whether the form is incomplete without it; 定性 figures are for reference."""
        return self.role == "share" or self.indicator.tier is not Tier.TEXT


def form_rows(plan: Plan, unit: str, period: Period) -> list[FormRow]:
    """The rows of a unit's number table: what it owes, then what it states a share of."""
    rows = [("figure", i) for i in plan.filled_by(unit) if i.kind is not Kind.WORDS]
    own = {i.code for _, i in rows}
    rows = [(role, i) for role, i in rows if i.kind is not Kind.DERIVED or own.issuperset(i.derived_from)]
    rows += [("share", i) for i in plan.shared_by(unit)]
    return [FormRow(n, i, d.terms(plan, i, period), role) for n, (role, i) in enumerate(rows, 1)]


def assessed_rows(plan: Plan, period: Period) -> list[FormRow]:
    """The rows of the summary: every assessed indicator, project by project."""
    found: list[Indicator] = []
    for project in plan.projects:
        found += (i for i in plan.indicators_of(project.no) if i.tier is Tier.ASSESSED)
    return [FormRow(n, i, d.terms(plan, i, period), "figure") for n, i in enumerate(found, 1)]


def certified_name(code: str) -> RowName:
    """The row of an indicator in 认定表."""
    return RowName("certified", code)


def certified_cell(indicator: Indicator, key: str) -> Cell:
    """Where 认定表 says something of an indicator."""
    return cell_of(CERTIFICATION.id, certified_name(indicator.code).cell(key))


def target_style(t: Terms, style: look.Style) -> look.Style:
    """The number format of a target: its comparator stands before it where it is not ≥."""
    sign = f'"{t.comparator.sign}"' if t.comparator.sign else ""
    return style.having(number=sign + value_format(t))


def value_format(t: Terms) -> str:
    """The number format of a value: a ratio in percent, else as many decimals as declared."""
    return look.PERCENT if t.kind is Kind.RATIO else look.figure_format(t.decimals)


def pace_format(t: Terms) -> str:
    """The number format of 序时; where the year's increase decides it is the part of that which was planned."""
    return look.PERCENT if t.opening is None else f'"计划"{look.PERCENT}'


def deviation_format(t: Terms) -> str:
    """The number format of 偏差, which says so where it is that of the year's increase."""
    if t.opening is None:
        return look.POINTS
    return ";".join(f'"增量"{part}' for part in look.POINTS.split(";"))


def change_format(t: Terms) -> str:
    """The number format of a change: as the value, with a real minus."""
    return f"{value_format(t)};\\−{value_format(t)}"


def target_content(t: Terms) -> CellContent:
    return "是" if t.kind is Kind.MILESTONE and t.target is not None else t.target


def chinese_number(no: int) -> str:
    """1 → 一, 12 → 十二, 40 → 四十; beyond 99 the digits."""
    if not 0 < no < 100:
        return str(no)
    tens, ones = divmod(no, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones else "")
