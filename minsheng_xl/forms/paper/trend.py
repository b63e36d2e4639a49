"""趋势表: every indicator through the year, a column a period, each as it was closed; in the master the shown one live."""

from collections.abc import Sequence
from fractions import Fraction

from minsheng_xl.accounts.course import Course, CourseLine, LargestChange
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.expressions import if_, is_number, link, or_
from minsheng_xl.exact.keys import RowName
from minsheng_xl.exact.numbers import fixed, grouped, plain, rounded
from minsheng_xl.figures.definitions import NONE, YES_OR_NO
from minsheng_xl.figures.progress import IndicatorProgress
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, place_of, shown_column, widths_of
from minsheng_xl.forms.layout import CellContent, Lights, Print, Sheet, SheetColumn, Sparkline
from minsheng_xl.forms.paper.drawing import Asked
from minsheng_xl.forms.paper.paper_only import otherwise_on_paper
from minsheng_xl.forms.paper.summary import YEAR_BEFORE
from minsheng_xl.forms.project import figure_cell
from minsheng_xl.forms.rows import pace_format, target_content, target_style, value_format
from minsheng_xl.plan.model import Kind
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import TREND, Tab
from minsheng_xl.texts import row_height

_SMALL = look.PAPER.having(size=9.5)
_CENTER = look.PAPER_CENTER.having(size=9.5)
_PACE = _CENTER.having(color=look.MUTED, shrink=True, wrap=False)
_NUMBER = look.PAPER_NUMBER.having(size=9.5, indent=0)
_HEAD_HIGH = 46.0
"""Points of two lines, where a face is a third wider."""
_NOTE = (
    "注：各期的数是那一期定稿时的数，没有定稿的标“未定稿”，是现在的数；加粗的是较上一次报送变动最大的一期。"
    "走势是各期完成率与序时的差距（百分点），横线以上是超过序时，以下是落后；序时未定、未报的空着。"
    "认定数另列，括号里是哪一期的。当月的比率不累计，未达到目标的各期列在“未达标的期”（没有这样的指标，没有这一栏）。"
)


LIVE_NOTE = "本期的数、完成率、状态随各单位填报表即时更新，其余是上一次汇总时的。"
BAD_PERIODS = "未达标的期"


def name_of(line: CourseLine) -> RowName:
    """The row of an indicator, by the code of its latest row."""
    return RowName("line", line.row.indicator.code)


def trend_sheet(
    account: PeriodAccount, tab: Tab = TREND, extra: "Sequence[SheetColumn[CourseLine]]" = (), note: str = ""
) -> Sheet:
    """The table on paper for the account's period: values alone, the periods of which anything is known; with `extra`
    columns and what there is to say of them."""
    course = Course(account)
    return _sheet(account, course, tab, [*_PaperRows(account, course).columns(), *extra], note)


def live_trend(account: PeriodAccount, asked: Asked) -> Sheet:
    """The table in the master: a column for every period of the year, that of the account's live, so that its shape is
    the same all year."""
    course = Course(account)
    return _sheet(account, course, TREND, _LiveRows(account, course, asked).columns(), LIVE_NOTE)


def _sheet(
    account: PeriodAccount, course: Course, tab: Tab, columns: "Sequence[SheetColumn[CourseLine]]", note: str
) -> Sheet:
    visible, keys = len(columns), {one.key for one in columns}
    periods = [period for period in account.plan.periods if f"at {period}" in keys]
    helpers = [_deviation(period) for period in periods]
    sheet = Sheet(tab.id, tab.name, tab=look.TAB_SUMMARY, zoom=85)
    sheet.widths = [*widths_of(columns), *(8 for _ in helpers)]
    page.begin(sheet, visible, tab, f"{account.plan.settings.title}{tab.name}", account, "见计量单位栏")
    bottom = sheet.table(page.HEAD, page.heads(columns), course.lines, name_of, head_height=_HEAD_HIGH)
    sheet.table(page.HEAD, helpers, course.lines, name_of, left=visible + 1, head_height=_HEAD_HIGH)
    sheet.unprinted |= set(range(visible, visible + 1 + len(helpers)))
    grow(sheet, range(page.HEAD + 1, bottom), least=22)
    for line in course.lines if len(periods) > 1 else ():
        row, place = sheet.cell(name_of(line).cell("curve")).row, place_of(columns, "curve")
        first, last = (name_of(line).cell(_gap(periods[end])) for end in (0, -1))
        sheet.sparklines.append(Sparkline(row, place, first, last))
    status = place_of(columns, "status")
    last_row = max(bottom - 1, page.HEAD + 1)
    sheet.lights.append(Lights((page.HEAD + 1, status), (last_row, status), look.LIGHT_COLORS))
    sheet.freeze = (page.HEAD + 1, 3)
    told = _NOTE + note
    sheet.put(bottom, 0, told, look.PAPER_NOTE, across=visible)
    sheet.heights[bottom] = row_height([(told, sum(sheet.widths[:visible]))], least=30, size=look.PAPER_NOTE.size)
    page.end(sheet, bottom + 1, visible, ())
    sheet.print = Print("A3", head_rows=(0, page.HEAD))
    return sheet


def _gap(period: Period) -> str:
    return f"gap {period}"


def _deviation(period: Period) -> SheetColumn[CourseLine]:
    """偏差 of a period in points, beside what is printed: what the small charts are drawn from."""

    def content(line: CourseLine) -> CellContent:
        row = line.stood.get(period)
        return None if row is None or row.deviation is None else row.deviation * 100

    style = look.HIDDEN.having(number=look.POINTS)
    return shown_column(_gap(period), f"差距 {period.short_label}", content, style, 8)


class _PaperRows:
    """What stands in the row of an indicator."""

    def __init__(self, account: PeriodAccount, course: Course) -> None:
        self.account, self.course = account, course
        self.periods: Sequence[Period] = course.periods
        self.has_last_year = account.year_before is not None
        self.has_bad = any(line.is_monthly for line in course.lines)

    def at(self, line: CourseLine, key: str) -> CellContent:
        """What is said of the shown period; — of an indicator that is over."""
        row = line.row
        value = row.pace if key == "pace" else printed_rate(row)
        return NONE if line.is_over or value is None else value

    def status(self, line: CourseLine) -> CellContent:
        status = line.row.status
        return NONE if line.is_over or status is None else status.label

    def figure(self, line: CourseLine, period: Period) -> CellContent:
        """The figure of a period; where there is none, why."""
        row = line.stood.get(period)
        if row is None:
            return None
        if row.value is None:
            return row.status.label if row.status else None
        if row.indicator.kind in YES_OR_NO:
            return "是" if row.value else "否"
        return row.value

    def is_live(self, line: CourseLine, period: Period) -> bool:
        """Whether the figure of a period follows a sheet of the book."""
        return False

    def columns(self) -> list[SheetColumn[CourseLine]]:
        values = self.account.year_before.values if self.account.year_before is not None else {}

        def latest(line: CourseLine) -> look.Style:
            return _NUMBER.having(number=value_format(line.row.terms))

        year_before: SheetColumn[CourseLine] = shown_column(
            "year_before", YEAR_BEFORE, lambda line: values.get(line.row.indicator.code, NONE),
            lambda line: latest(line).having(color=look.MUTED), 10,
        )
        bad: SheetColumn[CourseLine] = name_column("bad", BAD_PERIODS, _bad, _CENTER, 12)
        return [
            name_column("code", "编码", lambda line: line.row.indicator.code, _CENTER, 7),
            name_column("name", "指标", _name, _SMALL, 26),
            name_column("unit", "计量单位", lambda line: line.row.indicator.unit_of_measure, _CENTER, 8),
            shown_column(
                "target", "年度目标", lambda line: target_content(line.row.terms),
                lambda line: target_style(line.row.terms, _NUMBER), 11,
            ),
            *((year_before,) if self.has_last_year else ()),
            *map(self._period, self.periods),
            shown_column(
                "rate", "完成率", lambda line: self.at(line, "rate"), _CENTER.having(number=look.PERCENT, bold=True), 9
            ),
            shown_column(
                "pace", "序时", lambda line: self.at(line, "pace"),
                lambda line: _PACE.having(number=pace_format(line.row.terms)), 11,
            ),
            shown_column("status", "状态", self.status, _CENTER, 11),
            name_column("certified", "认定数", lambda line: line.certified, _CENTER, 14),
            name_column("largest", "最大变动", lambda line: change_text(line, line.largest), _CENTER, 15),
            *((bad,) if self.has_bad else ()),
            shown_column("curve", "走势", lambda line: None, _CENTER, 16),
            name_column("lead", "牵头单位", lambda line: line.row.indicator.lead, _CENTER, 18),
        ]

    def _period(self, period: Period) -> SheetColumn[CourseLine]:
        def style(line: CourseLine) -> look.Style:
            row, largest = line.stood.get(period), line.largest
            if row is None or (row.value is None and not self.is_live(line, period)):
                return _CENTER.having(color=look.MUTED, shrink=True, wrap=False)
            is_largest = largest is not None and largest.period == period and bool(largest.by)
            return _NUMBER.having(number=value_format(row.terms), bold=is_largest)

        is_open = period in self.course.periods and self.course.is_open(period)
        title = f"{period.short_label}\n（未定稿）" if is_open else period.short_label
        return shown_column(f"at {period}", title, lambda line: self.figure(line, period), style, 10)


class _LiveRows(_PaperRows):
    """The same in the master, where the shown period's figures follow the sheets of the projects."""

    def __init__(self, account: PeriodAccount, course: Course, asked: Asked) -> None:
        super().__init__(account, course)
        self.periods = account.plan.periods
        self.has_last_year = self.has_last_year if asked.has_last_year is None else asked.has_last_year
        self.has_bad = self.has_bad if asked.has_bad_periods is None else asked.has_bad_periods

    def at(self, line: CourseLine, key: str) -> CellContent:
        is_live = key == "rate" and self.is_live(line, self.account.period)
        return link(figure_cell(line.row.indicator, "rate")) if is_live else super().at(line, key)

    def status(self, line: CourseLine) -> CellContent:
        is_live = self.is_live(line, self.account.period)
        return link(figure_cell(line.row.indicator, "status")) if is_live else super().status(line)

    def figure(self, line: CourseLine, period: Period) -> CellContent:
        if not self.is_live(line, period):
            return super().figure(line, period)
        reported, status = (figure_cell(line.row.indicator, key) for key in ("reported", "status"))
        is_word = line.row.indicator.kind in YES_OR_NO
        is_known = or_(reported.equals("是"), reported.equals("否")) if is_word else is_number(reported)
        return if_(is_known, reported, status)

    def is_live(self, line: CourseLine, period: Period) -> bool:
        """Whether it is the shown period, and the indicator stands on its project's sheet."""
        return period == self.account.period and not line.is_over and period in line.stood


def printed_rate(row: IndicatorProgress) -> Fraction | None:
    """完成率 as it is printed: 100.0% or more only if the target is met."""
    if row.rate is None or row.indicator.kind is Kind.MILESTONE:
        return row.rate
    printed = rounded(row.rate, 3)
    return printed if row.met else min(printed, Fraction(999, 1000))


def _bad(line: CourseLine) -> str:
    return "、".join(one.short_label for one in line.bad)


def _name(line: CourseLine) -> str:
    return f"{line.row.indicator.name}（已终止）" if line.is_over else line.row.indicator.name


def change_text(line: CourseLine, change: LargestChange | None) -> str:
    """A change in words: 7月 +1,200, of a rate 7月 −3.2个百分点."""
    if change is None or not change.by:
        return ""
    is_ratio = line.row.indicator.kind is Kind.RATIO
    by = abs(change.by) * 100 if is_ratio else abs(change.by)
    if is_ratio and not rounded(by, 1):
        return ""
    size = f"{fixed(by, 1)}个百分点" if is_ratio else grouped(plain(by))
    return f"{change.period.short_label} {'−' if change.by < 0 else '+'}{size}"


DRAWING = otherwise_on_paper(live_trend, trend_sheet)
