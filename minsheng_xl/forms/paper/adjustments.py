"""指标调整情况表: what of the plan was changed in the year, since when, and by what document. On paper only."""

from fractions import Fraction

from minsheng_xl.accounts.period import Adjustment, PeriodAccount
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, shown_column, text_column, widths_of
from minsheng_xl.forms.layout import Book, Print, Sheet, SheetColumn
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.plan.tabs import ADJUSTMENTS


def adjustments_sheet(account: PeriodAccount) -> Sheet:
    """The changes that count in the account's period, in the order in which they came."""
    sheet = Sheet(ADJUSTMENTS.id, ADJUSTMENTS.name, tab=look.TAB_SUMMARY, zoom=90)
    rows = account.adjustments
    numbers = {id(one): str(n) for n, one in enumerate(rows, 1)}
    text, center = look.PAPER.having(size=10), look.PAPER_CENTER.having(size=10)
    columns: list[SheetColumn[Adjustment]] = [
        shown_column("no", "序号", lambda one: Fraction(numbers[id(one)]), center, 6),
        name_column("of", "编码", lambda one: one.of, center, 9),
        text_column("name", "指标（项目）", lambda one: one.name, text, 26),
        name_column("column", "调整内容", lambda one: one.column, center, 12),
        text_column("was", "原为", lambda one: one.was or "—", text, 24),
        text_column("now", "调整为", lambda one: one.now or "—", text, 24),
        name_column("begins", "起始", lambda one: one.begins, center, 12),
        text_column("document", "文号", lambda one: one.document or "—", text, 20),
        text_column("basis", "依据", lambda one: one.basis or "—", text, 26),
        text_column("lead", "牵头单位", lambda one: one.lead, center, 20),
    ]
    visible = len(columns)
    sheet.widths = widths_of(columns)
    page.begin(sheet, visible, ADJUSTMENTS, f"{account.plan.settings.title}指标调整情况表", account, "")
    bottom = sheet.table(page.HEAD, page.heads(columns), rows, lambda one: RowName("adjusted", numbers[id(one)]))
    grow(sheet, range(page.HEAD + 1, bottom), least=26)
    if not rows:
        sheet.put(bottom, 0, "无", look.PAPER_CENTER, across=visible)
    sheet.print = Print("A4", head_rows=(0, page.HEAD))
    return sheet


def _pages(book: Book, account: PeriodAccount) -> list[tuple[Book, Sheet]]:
    sheet = adjustments_sheet(account)
    return [(Book([sheet], {}), sheet)]


DRAWING = Drawing(lambda account, asked: adjustments_sheet(account), pages=_pages)
