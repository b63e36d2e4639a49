"""What a module of this folder offers: how its sheet is drawn, fitted to its page, and printed."""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.forms.layout import Book, Sheet
from minsheng_xl.plan.tabs import Tab


class Asked(NamedTuple):
    """For whom the sheets are drawn: the 分管领导 to whose indicators the account was narrowed, and the unit
    whose 催报单 is shown: the first late one unless it is late. `layout` is the version of the layout of the units'
    sheets, "" of the present one. `has_last_year`: whether 上年同期 has a column; None: where the account knows it.
    `has_bad_periods`: whether 趋势表 has a column 未达标的期; None: where there is anything for it. `former_brief`: whether
    领导简报 is as an earlier version drew it."""

    whose: str = ""
    chosen: str = ""
    layout: str = ""
    has_last_year: bool | None = None
    has_bad_periods: bool | None = None
    former_brief: bool = False


FOR_ALL = Asked()


class Drawing(NamedTuple):
    """How a printed sheet is made.

    `draw` makes it for an account; `fit` hides the rows that its figures leave empty and gives the others their
    height, once the whole book is known; `pages` makes the sheets that are printed where they are others than
    the one of the master.
    """

    draw: Callable[[PeriodAccount, Asked], Sheet]
    fit: Callable[[Book, PeriodAccount], None] | None = None
    pages: Callable[[Book, PeriodAccount], list[tuple[Book, Sheet]]] | None = None


def drawing_of(tab: Tab) -> Drawing:
    """The DRAWING of the module of a printed sheet, which bears the sheet's id."""
    drawing: Drawing = import_module(f"minsheng_xl.forms.paper.{tab.id}").DRAWING
    return drawing
