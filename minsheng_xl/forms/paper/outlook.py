"""全年预计表: 趋势表 with what the year would come to; printed only where it is asked for by its name."""

from minsheng_xl.accounts.course import CourseLine
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.numbers import rounded
from minsheng_xl.figures.definitions import NONE
from minsheng_xl.forms import look
from minsheng_xl.forms.columns import shown_column
from minsheng_xl.forms.layout import CellContent, Sheet
from minsheng_xl.forms.paper.paper_only import paper_only
from minsheng_xl.forms.paper.trend import trend_sheet
from minsheng_xl.forms.rows import value_format
from minsheng_xl.plan.model import Kind
from minsheng_xl.plan.tabs import OUTLOOK

_PLACES = 3  # of a rate: a tenth of a percent
_NOTE = (
    "全年预计：照目前的数，按各指标自己的序时（均衡的按月数，有节点的按节点）推到年底，有年初数的推的是年度增量；报送不足五期（按季的三期）、序时未定、"
    "一年一报的不推。是推算，不是单位报的数。"
)


def outlook_sheet(account: PeriodAccount) -> Sheet:
    """The table for the account's period."""

    def content(line: CourseLine) -> CellContent:
        foreseen, terms = line.foreseen, line.row.terms
        places = _PLACES if terms.kind is Kind.RATIO else terms.decimals
        return NONE if foreseen is None else rounded(foreseen, places)

    def style(line: CourseLine) -> look.Style:
        return look.PAPER_CENTER.having(size=9.5, color=look.MUTED, number=value_format(line.row.terms))

    column = shown_column("foreseen", "按目前进度\n全年预计", content, style, 13)
    return trend_sheet(account, OUTLOOK, (column,), _NOTE)


DRAWING = paper_only(outlook_sheet)
