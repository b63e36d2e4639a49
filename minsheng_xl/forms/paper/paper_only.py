"""Lists that stand on no sheet of the master: drawn from the account when they are printed, their rows numbered."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, shown_column, widths_of
from minsheng_xl.forms.layout import Book, Print, Sheet, SheetColumn, TableRow
from minsheng_xl.forms.paper.drawing import Asked, Drawing
from minsheng_xl.plan.tabs import Tab

TEXT, CENTER = look.PAPER.having(size=10), look.PAPER_CENTER.having(size=10)


def numbered_list(
    tab: Tab, account: PeriodAccount, title: str, unit: str, rows: Sequence[TableRow],
    columns: Sequence[SheetColumn[TableRow]],
) -> Sheet:
    """The sheet of a list, 无 where it has no rows; `unit` is what its figures are in, "" if each row is in its own."""
    sheet = Sheet(tab.id, tab.name, tab=look.TAB_SUMMARY, zoom=90)
    numbers = {id(one): str(n) for n, one in enumerate(rows, 1)}
    numbered: list[SheetColumn[TableRow]] = [
        shown_column("no", "序号", lambda one: Fraction(numbers[id(one)]), CENTER, 6),
        *columns,
    ]
    sheet.widths = widths_of(numbered)
    page.begin(sheet, len(numbered), tab, f"{account.plan.settings.title}{title}", account, unit)
    bottom = sheet.table(page.HEAD, page.heads(numbered), rows, lambda one: RowName(tab.id, numbers[id(one)]))
    grow(sheet, range(page.HEAD + 1, bottom), least=26)
    if not rows:
        sheet.put(bottom, 0, "无", look.PAPER_CENTER, across=len(numbered))
        sheet.heights[bottom] = 26
    sheet.print = Print("A4", head_rows=(0, page.HEAD))
    return sheet


def paper_only(draw: Callable[[PeriodAccount], Sheet]) -> Drawing:
    """The drawing of a sheet that is printed, and stands nowhere else."""
    return otherwise_on_paper(lambda account, asked: draw(account), draw)


def otherwise_on_paper(
    in_master: Callable[[PeriodAccount, Asked], Sheet], draw: Callable[[PeriodAccount], Sheet]
) -> Drawing:
    """The drawing of a sheet that is another on paper than in the master."""

    def pages(book: Book, account: PeriodAccount) -> list[tuple[Book, Sheet]]:
        sheet = draw(account)
        return [(Book([sheet], {}), sheet)]

    return Drawing(in_master, pages=pages)
