"""未报清单, and 催报单: a letter to one late unit, chosen from a drop-down."""

from datetime import date

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.questions import UNKNOWN, WHOLE
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.expressions import Cell, Expr, Lookup, Range, Ref, count, expr, if_, join, link, or_
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.home import STANDING_COLORS
from minsheng_xl.forms.layout import Book, Content, Input, Lights, Print, Sheet, TableColumn
from minsheng_xl.forms.tabs import HOME, MISSING, MISSING_TAB, REMINDER, REMINDER_TAB

CHOSEN = Key("reminder", "letter", "unit")
CHOSEN_PLACE = (3, 0)
LETTER = Key("reminder", "letter", "text")
_WIDE = 8


def owed_units(account: PeriodAccount) -> list[str]:
    """The units whose return is owed, in the order of the plan."""
    plan = account.plan
    return [u.name for u in plan.reporting_units if plan.owes_return(u, account.period)]


def late_units(account: PeriodAccount) -> list[str]:
    """The units to be reminded: nothing has come, or what came was refused."""
    return [name for name in owed_units(account) if account.standing(name) in (Standing.MISSING, Standing.REFUSED)]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _name(unit: str) -> RowName:
    return RowName("missing", unit)


def _unassigned(account: PeriodAccount) -> str:
    """The warning while files lie about that name no unit."""
    files = sum(item.kind in (UNKNOWN, WHOLE) for item in account.pending)
    return f"注意：待决事项里还有 {files} 个文件没有认定是哪个单位的，可能就是下列单位送来的，请先处理再催报。" if files else ""


def missing_sheet(account: PeriodAccount) -> Sheet:
    """The list for the account's period: a row for every unit that owes a return, those not needed hidden."""
    plan, names = account.plan, owed_units(account)
    sheet = Sheet(MISSING, MISSING_TAB, tab=look.TAB_SUMMARY)
    due = plan.due(account.period)

    def at(name: str, key: str) -> Cell:
        return sheet.ref(_name(name).cell(key))

    def number(name: str) -> Content:
        n = names.index(name)
        late = or_(at(name, "standing").equals(Standing.MISSING.label), at(name, "standing").equals(Standing.REFUSED.label))
        before: Expr = count(Range(tuple(at(other, "no") for other in names[:n]))) + 1 if n else expr(1)
        return if_(late, before, "")

    def what(name: str) -> str:
        return "指标数字、文字" if plan.owes_figures(name) else "配合情况"

    def reminded(name: str) -> str:
        times = account.reminded.get(name, 0)
        return f"{times}次" if times else ""

    columns: list[TableColumn[str]] = [
        TableColumn("no", "序号", number, look.PAPER_CENTER, 6),
        TableColumn("unit", "单位", lambda name: name, look.PAPER, 28),
        TableColumn("owed", "应报", what, look.PAPER_CENTER.having(size=10.5), 15),
        TableColumn("due", "截止", lambda name: _day(due), look.PAPER_CENTER, 11),
        TableColumn("standing", "状态", lambda name: link(Cell(Ref(HOME, Key("unit", name, "standing")))), look.PAPER_CENTER.having(bold=True), 9),
        TableColumn("contact", "联系人", lambda name: plan.unit(name).contact, look.PAPER_CENTER, 12),
        TableColumn("phone", "电话", lambda name: plan.unit(name).phone, look.PAPER_CENTER, 16),
        TableColumn("reminded", "催报次数", reminded, look.PAPER_CENTER, 10),
    ]
    sheet.widths = [*(column.width for column in columns), 10]
    page.begin(sheet, _WIDE, 6, f"{plan.settings.title}未报清单", account.period, "个")
    top = page.HEAD
    warning = _unassigned(account)
    if warning:
        sheet.put(top, 0, warning, look.WARNING, across=_WIDE)
        sheet.heights[top] = 32
        top += 1
    bottom = sheet.table(top, page.heads(columns), names, _name, row_height=26)
    sheet.lights.append(Lights((top + 1, 4), (max(top + 1, bottom - 1), 4), STANDING_COLORS))
    late = count(sheet.column([_name(name) for name in names], "no")) if names else expr(0)
    bottom = page.none_row(sheet, bottom, _WIDE, late)
    note = join(f"注：应报 {len(names)} 个单位，未报或退回后没有重报的 ", late, " 个。应报＝已采用＋待核＋退回＋未报。")
    page.end(sheet, bottom, _WIDE, [("count", note, 20)])
    sheet.freeze = (top + 1, 2)
    sheet.print = Print("A4", landscape=False, head_rows=(1, top))
    return sheet


def reminder_sheet(account: PeriodAccount, unit: str | None = None) -> Sheet:
    """The letter to a unit, by default the first late one; the drop-down offers every late unit."""
    plan, period, names = account.plan, account.period, owed_units(account)
    sheet = Sheet(REMINDER, REMINDER_TAB, tab=look.TAB_SUMMARY, widths=[9.0] * 9 + [10.0, 20.0], hidden_columns={10})
    late = late_units(account)
    chosen = unit if unit is not None else late[0] if late else None
    sheet.heights |= {0: 30, 1: 46, 2: 24, 3: 30, 4: 150, 5: 34, 6: 34, 7: 24, 8: 24}
    warning = _unassigned(account)
    sheet.put(0, 0, warning, look.WARNING, across=9)
    sheet.put(0, 9, "← 首页", look.LINK, link="首页")
    sheet.put(1, 0, "催　报　单", look.PAPER_TITLE, across=9)
    sheet.put(2, 0, f"{plan.settings.title}　·　{period.label}", look.CAPTION, across=9)
    pick = Input("hint", instruction="选要催报的单位（只列未报、退回的）。", source=(_choice(names[0]), _choice(names[-1]))) if names else None
    sheet.put(*CHOSEN_PLACE, chosen, look.INPUT.having(face=look.TEXT_FACE, size=16, border="bottom", indent=0), key=CHOSEN, across=6, input=pick)
    sheet.put(3, 6, "：", look.PLAIN.having(face=look.TEXT_FACE, size=16), across=3)
    body = look.PLAIN.having(face=look.TEXT_FACE, size=16, wrap=True, valign="top")
    sheet.put(4, 0, _letter(account, sheet), body, key=LETTER, across=9)
    sheet.put(5, 0, "　　特此催报。", body, across=9)
    sheet.put(6, 0, f"{plan.settings.region}重点民生实事工作办公室", body.having(align="right", valign="center"), across=9)
    sheet.put(7, 0, "　　　　年　　月　　日", body.having(align="right", valign="center"), across=9)
    for n, name in enumerate(names):
        found = Lookup(_late_column("unit", names), expr(n + 1), _late_column("no", names))
        sheet.put(n, 10, found, look.HIDDEN, key=_choice(name))
    sheet.print = Print("A4", landscape=False)
    return sheet


def _choice(name: str) -> Key:
    return Key("choice", name, "unit")


def _late_column(key: str, names: list[str]) -> Range:
    return Range(tuple(Cell(Ref(MISSING, _name(name).cell(key))) for name in names))


def _letter(account: PeriodAccount, sheet: Sheet) -> Content:
    plan, period, names = account.plan, account.period, owed_units(account)
    if not names:
        return ""
    standing = Lookup(_late_column("standing", names), sheet.ref(CHOSEN), _late_column("unit", names))
    owed = Lookup(_late_column("owed", names), sheet.ref(CHOSEN), _late_column("unit", names))
    due = plan.due(period)
    return join(
        f"　　按照{plan.settings.title}推进工作安排，贵单位{period.label}填报表（", owed, f"）应于{_day(due)}前报送，",
        if_(standing.equals(Standing.REFUSED.label), "来表因不符合要求已退回，至今没有重报。请按退回说明改正后", "至今尚未收到。请按发出的填报表填好，"),
        "于收到本单后一个工作日内报来；没有新进展的，请选“本期无新进展”后报送。逾期未报的按未报列入通报，平均完成率按0计算。",
    )


def fit(book: Book, account: PeriodAccount) -> None:
    """Show the rows of the late units only."""
    page.fit_rows(book, book.sheet(MISSING), [_name(name) for name in owed_units(account)], "no", [("unit", 28.0)], least=26, size=11)


