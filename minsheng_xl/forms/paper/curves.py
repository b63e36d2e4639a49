"""趋势图: the average of the county and of every project through the year, beside what was due."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.course import Course, Curve
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import shown_column
from minsheng_xl.forms.layout import CellContent, Chart, Print, Sheet, SheetColumn, width_pixels
from minsheng_xl.forms.paper.paper_only import paper_only
from minsheng_xl.forms.rows import chinese_number
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import CURVES

_WIDTHS = (8, 9, 9, 40)
"""Of a block: the period, the average, what was due, the chart."""
_BESIDE = 2
_HEAD, _ROW, _LEAST = 32.0, 15.0, 9
"""Points of a head and of a row, and so many rows at least for a chart."""
_NOTE = (
    "注：平均完成率未报按0、单项最高计100%，是各期定稿时的（没有定稿的是现在的）；序时是同样这些指标里定了序时的，按同样的权重平均。"
)


class _Point(NamedTuple):
    """A row of a block: a period of a curve."""

    no: int
    period: Period

    @property
    def name(self) -> RowName:
        return RowName(f"curve {self.no}", str(self.period))


def curves_sheet(account: PeriodAccount) -> Sheet:
    """The charts up to the account's period, two beside each other."""
    course = Course(account.course or (account,))
    sheet = Sheet(CURVES.id, CURVES.name, tab=look.TAB_SUMMARY, zoom=90)
    sheet.widths = [*_WIDTHS * _BESIDE, 10]
    wide = len(_WIDTHS) * _BESIDE
    page.begin(sheet, wide, CURVES, f"{account.plan.settings.title}{CURVES.name}", account, "%")
    sheet.print = Print("A4", landscape=False, head_rows=(1, 2))
    top, high = page.HEAD, max(len(course.periods), _LEAST)
    tops = []
    for number, curve in enumerate(course.curves):
        if number and not number % _BESIDE:
            top += high + 3
        tops.append(top)
        _block(sheet, course, curve, top, number % _BESIDE * len(_WIDTHS), high)
    bottom = top + high + 2
    sheet.put(bottom, 0, _NOTE, look.PAPER_NOTE, across=wide)
    sheet.heights[bottom] = 30
    page.share_out(sheet, page.HEAD, [high + 3 for _ in dict.fromkeys(tops)], bottom + 1, most=_ROW)
    return sheet


def _block(sheet: Sheet, course: Course, curve: Curve, top: int, left: int, high: int) -> None:
    """A small table and its chart."""
    title = curve.name if not curve.no else f"{chinese_number(curve.no)}、{curve.name}"
    sheet.put(top, left, title, look.SECTION.having(shrink=True), across=len(_WIDTHS))
    sheet.heights |= {top: 22, **dict.fromkeys(range(top + 2, top + 2 + high), _ROW), top + 2 + high: 8}
    points = [_Point(curve.no, period) for period in course.periods]
    columns = page.heads(_columns(curve))
    sheet.table(top + 1, columns, points, lambda one: one.name, left=left, head_height=_HEAD, row_height=_ROW)
    room = left + 3
    sheet.put(top + 1, room, None, look.PLAIN, down=high + 1)
    first, last = points[0].name, points[-1].name
    sheet.charts.append(Chart(
        row=top + 1, column=room, width=0.75 * width_pixels(_WIDTHS[3]), height=_HEAD + _ROW * high - 6,
        categories=(first.cell("period"), last.cell("period")),
        columns=("平均完成率（未报按0）", first.cell("average"), last.cell("average")),
        marks=("序时", first.cell("pace"), last.cell("pace")),
    ))


def _columns(curve: Curve) -> list[SheetColumn[_Point]]:
    percent = look.PAPER_CENTER.having(size=9, number=look.PERCENT)

    def of(values: Mapping[Period, Fraction | None], point: _Point) -> CellContent:
        return values[point.period]

    return [
        shown_column("period", "期次", lambda one: one.period.short_label, percent),
        shown_column("average", "平均\n完成率", lambda one: of(curve.average, one), percent.having(bold=True)),
        shown_column("pace", "序时", lambda one: of(curve.pace, one), percent.having(color=look.MUTED)),
    ]


DRAWING = paper_only(curves_sheet)
