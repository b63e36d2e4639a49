"""全年结果更正: what was corrected after the last period was closed, with both figures. On paper only."""

from fractions import Fraction

from minsheng_xl.accounts.period import Correction, PeriodAccount
from minsheng_xl.accounts.values import about, shown
from minsheng_xl.exact.keys import RowName
from minsheng_xl.exact.numbers import grouped
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, shown_column, text_column, widths_of
from minsheng_xl.forms.layout import Book, Print, Sheet, SheetColumn
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.plan.model import Kind
from minsheng_xl.plan.tabs import CORRECTIONS


def corrections_sheet(account: PeriodAccount) -> Sheet:
    """The corrections of the account's period; of another than the last they count in the next open one."""
    plan, rows = account.plan, account.corrections
    sheet = Sheet(CORRECTIONS.id, CORRECTIONS.name, tab=look.TAB_SUMMARY, zoom=90)
    numbers = {id(one): str(n) for n, one in enumerate(rows, 1)}
    text, center = look.PAPER.having(size=10), look.PAPER_CENTER.having(size=10)
    right = look.PAPER.having(size=10, align="right")

    def counts(one: Correction) -> str:
        if not account.period.is_last:
            return "下期上期累计"
        return "下一年年初数" if plan.indicator(one.key.of).kind is Kind.STOCK else "全年结果"

    columns: list[SheetColumn[Correction]] = [
        shown_column("no", "序号", lambda one: Fraction(numbers[id(one)]), center, 6),
        name_column("about", "编码", lambda one: about(one.key), center, 14),
        text_column("name", "指标", lambda one: plan.indicator(one.key.of).name, text, 34),
        name_column("unit_of_measure", "计量单位", lambda one: plan.indicator(one.key.of).unit_of_measure, center, 10),
        text_column("was", "定稿数", lambda one: _figure(shown(one.was)), right, 14),
        text_column("now", "更正为", lambda one: _figure(shown(one.now)), right, 14),
        text_column("unit", "单位", lambda one: one.unit, center, 20),
        text_column("counts", "计入", counts, center, 14),
        text_column("file", "来源", lambda one: one.source.file if one.source else "—", text, 30),
    ]
    visible, word = len(columns), "全年结果更正" if account.period.is_last else "定稿后更正情况表"
    sheet.widths = widths_of(columns)
    page.begin(sheet, visible, CORRECTIONS, f"{plan.settings.title}{word}", account, "见计量单位栏")
    bottom = sheet.table(page.HEAD, page.heads(columns), rows, lambda one: RowName("corrected", numbers[id(one)]))
    grow(sheet, range(page.HEAD + 1, bottom), least=26)
    if not rows:
        sheet.put(bottom, 0, "无", look.PAPER_CENTER, across=visible)
    sheet.print = Print("A4", head_rows=(0, page.HEAD))
    return sheet


def _figure(text: str) -> str:
    """A figure as it is printed; — where there is none."""
    return grouped(text) if text[:1].isdigit() else text or "—"


def _pages(book: Book, account: PeriodAccount) -> list[tuple[Book, Sheet]]:
    sheet = corrections_sheet(account)
    return [(Book([sheet], {}), sheet)]


DRAWING = Drawing(lambda account, asked: corrections_sheet(account), pages=_pages)
