"""趋势图: the average of the county and of every project through the year, beside what was due."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from minsheng_xl.accounts.course import Course, Curve
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.expressions import cell_of, link
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import shown_column
from minsheng_xl.forms.layout import CellContent, Chart, Print, Sheet, SheetColumn, width_pixels
from minsheng_xl.forms.paper.paper_only import otherwise_on_paper
from minsheng_xl.forms.project import project_id, total_key
from minsheng_xl.forms.rows import chinese_number
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import CURVES, SUMMARY
from minsheng_xl.texts import row_height

_Average: TypeAlias = Callable[[Curve, Period], CellContent]
"""What stands as the average of a curve in a period."""

_WIDTHS = (8, 9, 9, 40)
"""Of a block: the period, the average, what was due, the chart."""
_BESIDE = 2
_HEAD, _ROW, _LEAST = 32.0, 15.0, 9
"""Points of a head and of a row, and so many rows at least for a chart."""
_NOTE = (
    "注：平均完成率未报按0、单项最高计100%，是各期定稿时的（没有定稿的是现在的）；序时是同样这些指标里定了序时的，按同样的权重平均。"
)
LIVE_NOTE = "本期的平均完成率随各单位填报表即时更新，序时是上一次汇总时的。"


class _Point(NamedTuple):
    """A row of a block: a period of a curve."""

    no: int
    period: Period

    @property
    def name(self) -> RowName:
        return RowName(f"curve {self.no}", str(self.period))


def curves_sheet(account: PeriodAccount) -> Sheet:
    """The charts on paper, up to the account's period."""
    return _sheet(account, Course(account).periods, lambda curve, period: curve.average[period], _NOTE)


def live_curves(account: PeriodAccount) -> Sheet:
    """The charts in the master: over the whole year, the account's period live, so that their shape is the same all
    year."""

    def average(curve: Curve, period: Period) -> CellContent:
        if period == account.period and curve.average.get(period) is not None:
            return link(cell_of(project_id(curve.no) if curve.no else SUMMARY.id, total_key("average_all")))
        return curve.average.get(period)

    return _sheet(account, account.plan.periods, average, _NOTE + LIVE_NOTE)


def _sheet(account: PeriodAccount, periods: Sequence[Period], average: _Average, note: str) -> Sheet:
    """The charts, two beside each other."""
    course = Course(account)
    sheet = Sheet(CURVES.id, CURVES.name, tab=look.TAB_SUMMARY, zoom=90)
    sheet.widths = [*_WIDTHS * _BESIDE, 10]
    wide = len(_WIDTHS) * _BESIDE
    page.begin(sheet, wide, CURVES, f"{account.plan.settings.title}{CURVES.name}", account, "%")
    sheet.print = Print("A4", landscape=False, head_rows=(1, 2))
    top, high = page.HEAD, max(len(periods), _LEAST)
    tops = []
    for number, curve in enumerate(course.curves):
        if number and not number % _BESIDE:
            top += high + 3
        tops.append(top)
        points = [_Point(curve.no, period) for period in periods]
        _block(sheet, curve, points, average, (top, number % _BESIDE * len(_WIDTHS), high))
    bottom = top + high + 2
    sheet.put(bottom, 0, note, look.PAPER_NOTE, across=wide)
    sheet.heights[bottom] = row_height([(note, sum(sheet.widths[:wide]))], least=30, size=look.PAPER_NOTE.size)
    page.share_out(sheet, page.HEAD, [high + 3 for _ in dict.fromkeys(tops)], bottom + 1, most=_ROW)
    return sheet


def _block(
    sheet: Sheet, curve: Curve, points: Sequence[_Point], average: _Average, box: tuple[int, int, int]
) -> None:
    """A small table and its chart; `box` is the row and the column where it begins, and its rows below the heads."""
    top, left, high = box
    title = curve.name if not curve.no else f"{chinese_number(curve.no)}、{curve.name}"
    sheet.put(top, left, title, look.SECTION.having(shrink=True), across=len(_WIDTHS))
    sheet.heights |= {top: 22, **dict.fromkeys(range(top + 2, top + 2 + high), _ROW), top + 2 + high: 8}
    columns = page.heads(_columns(curve, average))
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


def _columns(curve: Curve, average: _Average) -> list[SheetColumn[_Point]]:
    percent = look.PAPER_CENTER.having(size=9, number=look.PERCENT)

    return [
        shown_column("period", "期次", lambda one: one.period.short_label, percent),
        shown_column("average", "平均\n完成率", lambda one: average(curve, one.period), percent.having(bold=True)),
        shown_column("pace", "序时", lambda one: curve.pace.get(one.period), percent.having(color=look.MUTED)),
    ]


DRAWING = otherwise_on_paper(lambda account, asked: live_curves(account), curves_sheet)
