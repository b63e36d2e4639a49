"""The head of 首页 as an earlier version drew it: masters in which the office has worked keep it."""

from minsheng_xl.exact.addresses import Place
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import look
from minsheng_xl.forms.layout import Button, Sheet
from minsheng_xl.plan.tabs import (
    BRIEF,
    CERTIFICATION,
    FINDINGS,
    FLOW,
    ISSUES,
    LAGGING,
    MISSING,
    PENDING,
    RANKING,
    RECEIPTS,
    REMINDER,
    SUMMARY,
)

STATUS_PLACE: Place = (2, 3)
_HEAD_PLACE: Place = (2, 8)
_PAPER = (SUMMARY, BRIEF, LAGGING, ISSUES, MISSING, REMINDER, CERTIFICATION, RANKING)
_LISTS = (PENDING, FINDINGS, FLOW, RECEIPTS)


def head(sheet: Sheet, shown: str | None) -> int:
    """The button, what the program says, the head of the chain as it is `shown`, the links; the first row below."""
    sheet.heights |= {2: 32, 3: 22}
    sheet.put(*STATUS_PLACE, None, look.PLAIN.having(color=look.ACCENT))
    sheet.put(*_HEAD_PLACE, shown, look.NOTE.having(align="right", wrap=False), key=Key("head", "journal", "chain"))
    sheet.buttons.append(Button(2, 1, 150, 34, "汇　总", "ClickConsolidate"))
    for column, tab in enumerate(_PAPER, 1):
        sheet.put(3, column, f"→ {tab.name}", look.LINK, link=tab.name)
    for row, tab in enumerate(_LISTS, 4):
        sheet.put(row, 7, f"→ {tab.name}", look.LINK, link=tab.name, across=2)
    return 4
