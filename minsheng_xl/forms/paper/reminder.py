"""催报单: a letter to one late unit, chosen from a drop-down."""

from copy import copy

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.expressions import Call, Lookup, expr, if_, join
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms import look, page
from minsheng_xl.forms.layout import Book, CellContent, Input, Print, Sheet
from minsheng_xl.forms.paper.drawing import Asked, Drawing
from minsheng_xl.forms.paper.missing import (
    FIGURES,
    NO_NEW_FIGURES,
    NOTHING_NEW,
    late_columns,
    late_units,
    owed_units,
    unassigned,
)
from minsheng_xl.plan.period import month_and_day
from minsheng_xl.plan.tabs import REMINDER

CHOSEN = Key("reminder", "letter", "unit")
CHOSEN_PLACE = (3, 0)
LETTER = Key("reminder", "letter", "text")


def reminder_sheet(account: PeriodAccount, unit: str | None = None) -> Sheet:
    """The letter to a unit, by default the first late one; the drop-down offers every late unit."""
    plan, period, names = account.plan, account.period, owed_units(account)
    widths = [9.0] * 9 + [10.0, 20.0]
    sheet = Sheet(REMINDER.id, REMINDER.name, tab=look.TAB_SUMMARY, widths=widths, hidden_columns={10})
    late = late_units(account)
    chosen = unit if unit is not None else late[0] if late else None
    sheet.heights |= {0: 30, 1: 46, 2: 24, 3: 30, 4: 150, 5: 34, 6: 34, 7: 24, 8: 24}
    warning = unassigned(account)
    sheet.put(0, 0, warning, look.WARNING, across=9)
    page.link_home(sheet, 9)
    sheet.put(1, 0, "催　报　单", look.PAPER_TITLE, across=9)
    sheet.put(2, 0, f"{plan.settings.title}　·　{period.label}", look.CAPTION, across=9)
    whom = look.INPUT.having(face=look.TEXT_FACE, size=16, border="bottom", indent=0)
    sheet.put(*CHOSEN_PLACE, chosen, whom, key=CHOSEN, across=6, input=_pick(names))
    sheet.put(3, 6, "：", look.PLAIN.having(face=look.TEXT_FACE, size=16), across=3)
    body = look.PLAIN.having(face=look.TEXT_FACE, size=16, wrap=True, valign="top")
    sheet.put(4, 0, _letter(account, sheet), body, key=LETTER, across=9)
    sheet.put(5, 0, "　　特此催报。", body, across=9)
    sheet.put(6, 0, f"{plan.settings.organ}（盖章）　　　　", body.having(align="right", valign="center"), across=9)
    sheet.put(7, 0, "　　　　年　　月　　日", body.having(align="right", valign="center"), across=9)
    late_ones = late_columns(names)
    for n, name in enumerate(names):
        found = Lookup(late_ones.column("unit"), expr(n + 1), late_ones.column("no"))
        sheet.put(n, 10, found, look.HIDDEN, key=_choice(name))
    sheet.print = Print("A4", landscape=False)
    return sheet


def _pick(names: list[str]) -> Input | None:
    """The drop-down of the late units."""
    if not names:
        return None
    source = (_choice(names[0]), _choice(names[-1]))
    return Input("hint", instruction="选要催报的单位（只列未报、退回的）。", source=source)


def _choice(name: str) -> Key:
    return Key("choice", name, "unit")


def _letter(account: PeriodAccount, sheet: Sheet) -> CellContent:
    plan, period, names = account.plan, account.period, owed_units(account)
    if not names:
        return ""
    late = late_columns(names)
    standing = Lookup(late.column("standing"), sheet.ref(CHOSEN), late.column("unit"))
    owed = Lookup(late.column("owed"), sheet.ref(CHOSEN), late.column("unit"))
    due, again, title = plan.due(period), plan.again_by(period), plan.settings.title
    soon = f"于{month_and_day(again)}前" if again else "尽快"
    return join(
        f"　　按照{title}推进工作安排，贵单位{period.after(title)}填报表（", owed, f"）应于{month_and_day(due)}前报送，",
        if_(standing.equals(Standing.REFUSED.label), "来表因不符合要求已退回，至今未重新报送。请按退回说明改正后", "至今未收到。请填好已下发的填报表，"),
        f"{soon}报送；", if_(Call("LEFT", (owed, expr(len(FIGURES)))).equals(FIGURES), NO_NEW_FIGURES, NOTHING_NEW),
    )


def letters(book: Book, account: PeriodAccount) -> list[tuple[Book, Sheet]]:
    """A page for every late unit, each with the book in which its formulas have their values."""
    pages = []
    for n, name in enumerate(late_units(account), 1):
        sheet = reminder_sheet(account, name)
        sheet.id, sheet.name = f"{REMINDER.id}:{n}", f"{REMINDER.name}{n}"
        as_it_is_referred_to = copy(sheet)
        as_it_is_referred_to.id = REMINDER.id
        others = (one for one in book.sheets if one.id != REMINDER.id)
        pages.append((Book([*others, sheet, as_it_is_referred_to], {}), sheet))
    return pages


def _shown(account: PeriodAccount, asked: Asked) -> Sheet:
    return reminder_sheet(account, asked.chosen if asked.chosen in late_units(account) else None)


DRAWING = Drawing(_shown, pages=letters)
