"""滞后清单: what is behind its pace, the worst first, and at the end what was not reported."""

from collections.abc import Callable
from fractions import Fraction

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.expressions import Const, Expr, Lookup, join
from minsheng_xl.exact.keys import RowName
from minsheng_xl.figures import rankings as r
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import name_column, place_of, shown_column, text_column, widths_of
from minsheng_xl.forms.layout import Book, CellContent, Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.marks import MarkColumns
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.forms.rows import assessed_rows
from minsheng_xl.plan.tabs import LAGGING

_POINTS = "差距\n（百分点）"
_HEAD_HIGH = 48.0  # points: three lines of 11, where a face is a third wider


def _names(account: PeriodAccount) -> list[RowName]:
    return [RowName("lagging", str(n)) for n, _ in enumerate(assessed_rows(account.plan, account.period), 1)]


def _columns(marks: MarkColumns, *, is_last: bool) -> list[SheetColumn[RowName]]:
    """Each looks up, in 计算, what stands at the place of its row."""

    def of(key: str) -> Callable[[RowName], CellContent]:
        def content(name: RowName) -> CellContent:
            return Lookup(marks.column(key), Const(Fraction(int(name.of))), marks.column("lag_no"))

        return content

    text = look.PAPER.having(size=10)
    figure, points = look.PAPER_NUMBER, look.PAPER_CENTER.having(number=look.POINTS)
    return [
        shown_column("no", "序号", of("lag_no"), look.PAPER_CENTER, 6),
        text_column("project", "项目", of("project"), text, 22),
        text_column("name", "指标", of("name"), look.PAPER, 24),
        shown_column("target", "目标", of("target"), figure, 13),
        shown_column("reported", "本期累计", of("reported"), figure.having(bold=True), 12),
        shown_column("rate", "完成率", of("rate"), look.PAPER_CENTER.having(number=look.PERCENT, bold=True), 12),
        shown_column("pace", "序时", of("pace"), look.PAPER_CENTER.having(number=look.PERCENT, color=look.MUTED), 12),
        shown_column("deviation", "差距" if is_last else _POINTS, of("deviation"), points, 10),
        shown_column("status", "状态", of("status"), look.PAPER_CENTER, 12),
        name_column("periods", "连续滞后\n期数", of("lag_periods"), look.PAPER_CENTER.having(size=10), 11),
        text_column("lead", "牵头单位", of("lead"), look.PAPER_CENTER, 20),
        text_column("reason", "滞后原因", of("reason"), text, 38),
        text_column("measures", "下一步措施", of("measures"), text, 40),
        text_column("promise", "承诺时限", of("promise"), look.PAPER_CENTER.having(size=10), 16),
    ]


def lagging_sheet(account: PeriodAccount) -> Sheet:
    """The list for the account's period: a row for every assessed indicator, those not needed hidden."""
    marks = MarkColumns(account.plan, account.period)
    sheet = Sheet(LAGGING.id, LAGGING.name, tab=look.TAB_SUMMARY, zoom=90)

    is_last = account.period.is_last
    columns = _columns(marks, is_last=is_last)
    visible = len(columns)
    sheet.widths = widths_of(columns)
    word = "未完成" if is_last else "滞后"
    page.begin(sheet, visible, LAGGING, f"{account.plan.settings.title}{word}清单", account, "%、百分点")
    heads, names = page.heads(columns), _names(account)
    bottom = sheet.table(page.HEAD, heads, names, lambda name: name, head_height=_HEAD_HIGH, row_height=30)
    status = place_of(columns, "status")
    sheet.lights.append(Lights((page.HEAD + 1, status), (max(bottom - 1, page.HEAD + 1), status), look.LIGHT_COLORS))
    sheet.freeze = (page.HEAD + 1, 3)
    keys = marks.column("lag_key")
    lag: Expr = r.lagging_rows(keys) if len(marks) else Const(Fraction(0))
    every: Expr = r.on_list(keys) if len(marks) else lag
    bottom = page.none_row(sheet, bottom, visible, every)
    note = join(
        "注：共 ", every, f" 项，其中{word} ", lag, " 项，未报 ", every - lag, " 项；按与序时进度的差距排序，未报的排在最后。",
        "印“增量”“计划”的是年度增量完成数、计划数。",
    )
    page.end(sheet, bottom, visible, [("count", note, 20)])
    sheet.print = Print("A4", head_rows=(0, page.HEAD))
    return sheet


def fit(book: Book, account: PeriodAccount) -> None:
    """Show the rows that are filled, as high as their texts need."""
    page.fit_rows(book, book.sheet(LAGGING.id), _names(account), "no", least=30)


DRAWING = Drawing(lambda account, asked: lagging_sheet(account), fit)
