"""单位完成情况排名: the leads by what they owe, and how the other units have reported."""

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.certified import is_certified_at_the_end
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.exact.expressions import Cell, Const, Expr, Lookup, Range, cell_of, if_, join, link
from minsheng_xl.exact.keys import Key, RowName
from minsheng_xl.exact.numbers import plain
from minsheng_xl.figures import rankings as r
from minsheng_xl.figures.definitions import NONE
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import (
    TableColumns,
    grow,
    height,
    hidden_column,
    place_of,
    shown_column,
    text_column,
    width_of,
    widths_of,
)
from minsheng_xl.forms.home import STANDING_COLORS
from minsheng_xl.forms.layout import CellContent, Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.marks import CertifiedLeads, MarkColumns, lead_name
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tabs import MARKS, RANKING
from minsheng_xl.texts import row_height

_THREE_LINES = 42.0
"""Points of a row whose remark is on both ranks."""


def helper(name: str) -> RowName:
    return RowName("lead", name)


def refusals(account: PeriodAccount, name: str) -> int:
    """退回次数: the returns of the period that were refused, and stay so."""
    return sum(outcome is Outcome.REFUSED for outcome in account.units[name].outcomes.values())


class _Ranks:
    """The contents of the rows: of the hidden ones a unit each, of the printed ones a seat each."""

    def __init__(self, account: PeriodAccount, sheet: Sheet) -> None:
        marks = MarkColumns(account.plan, account.period)
        self.account, self.sheet, self.is_certified = account, sheet, is_certified_at_the_end(account)
        self.names = list(account.plan.ranked_units) if len(marks) else []
        self.seats = {name: n for n, name in enumerate(self.names)}
        self.rows = TableColumns(sheet.id, map(helper, self.names))
        least = account.plan.settings.least_judged
        self.leads = {name: r.lead(marks.marks, self.at(name, "name"), least) for name in self.names}

    def at(self, name: str, key: str) -> Cell:
        return self.sheet.ref(helper(name).cell(key))

    def of(self, key: str) -> Callable[[str], CellContent]:
        return lambda name: getattr(self.leads[name], key)

    def placed(self, make: Callable[[Range, Range, int], Expr]) -> Callable[[str], CellContent]:
        return lambda name: make(self.rows.column("share"), self.rows.column("mean"), self.seats[name])

    def remark(self, name: str) -> CellContent:
        """What stands beside the rank, and once the year is over beside that by certified figures."""
        own = {key: self.at(name, key) for key in ("rows", "held")}
        remark = r.standing(self.leads[name]._replace(**own), self.at(name, "share"))
        if not self.is_certified:
            return remark
        certified = cell_of(MARKS.id, lead_name(name).cell("remark"))
        return join(remark, if_(remark.equals(""), "", "；"), certified)

    def judged(self, name: str) -> CellContent:
        """How many of the rows that it owes are judged."""
        return join(self.at(name, "rows"), "/", self.leads[name].owed)

    def share_shown(self, name: str) -> CellContent:
        return if_(self.at(name, "share") < 0, NONE, self.at(name, "share"))

    def printed(self, key: str) -> Callable[[str], CellContent]:
        """What stands in a seat: of the unit whose rank it is."""
        column, ranked = self.rows.column(key), self.rows.column("seat")
        return lambda name: Lookup(column, Const(Fraction(self.seats[name] + 1)), ranked)

    def certified_rank(self, name: str) -> CellContent:
        """What stands in a seat of the rank by certified figures."""
        wanted, ranked = Const(Fraction(self.seats[name] + 1)), self.rows.column("seat")
        return Lookup(CertifiedLeads(self.account.plan).column("rank"), wanted, ranked)

    def helpers(self) -> list[SheetColumn[str]]:
        contents: tuple[tuple[str, Callable[[str], CellContent]], ...] = (
            ("name", lambda name: name),
            ("owed", self.judged),
            *((key, self.of(key)) for key in ("reported", "held", "met", "good", "lagging", "rows")),
            *((key, self.of(key)) for key in ("share", "mean", "average_all", "average_reported")),
            ("rank", self.placed(r.rank)),
            ("seat", self.placed(r.seat)),
            ("remark", self.remark),
            ("timely", lambda name: self.account.timeliness(name).value),
            ("refused", lambda name: Fraction(refusals(self.account, name))),
            ("share_shown", self.share_shown),
        )
        return [hidden_column(key, key, content, 8) for key, content in contents]

    def counts(self) -> list[SheetColumn[str]]:
        """The rank, and what it rests on."""
        center, printed, words = look.PAPER_CENTER, self.printed, words_of(self.account.period)
        return [
            shown_column("rank_shown", "名次", printed("rank"), center.having(bold=True), 6),
            text_column("unit", "单位", printed("name"), look.PAPER, 31),
            shown_column("owed_shown", "参评/\n牵头", printed("owed"), center, 7),
            shown_column("reported_shown", "已报", printed("reported"), center, 6),
            shown_column("met_shown", "达标", printed("met"), center, 6),
            shown_column("good_shown", words.good, printed("good"), center, 9),
        ]

    def counts_by_certified(self) -> list[SheetColumn[str]]:
        """Both ranks. In the last period 达标 is the same as 完成: the second rank has its place."""
        center, printed = look.PAPER_CENTER, self.printed
        return [
            shown_column("rank_shown", "报送\n名次", printed("rank"), center.having(bold=True), 6),
            text_column("unit", "单位", printed("name"), look.PAPER, 31),
            shown_column("certified_rank_shown", "认定\n名次", self.certified_rank, center.having(bold=True), 7),
            shown_column("owed_shown", "参评/\n牵头", printed("owed"), center, 7),
            shown_column("reported_shown", "已报", printed("reported"), center, 6),
            shown_column("good_shown", "完成\n（达标）", printed("good"), center, 11.5),
        ]

    def columns(self) -> list[SheetColumn[str]]:
        center, printed, words = look.PAPER_CENTER, self.printed, words_of(self.account.period)
        percent = look.PAPER_NUMBER.having(number=look.PERCENT, indent=0, align="center")
        return [
            *(self.counts_by_certified() if self.is_certified else self.counts()),
            shown_column("lagging_shown", words.lagging, printed("lagging"), center, 6),
            shown_column("share_printed", words.share, printed("share_shown"), percent.having(bold=True), 9),
            shown_column("all_shown", "平均完成率\n（未报按0）", printed("average_all"), percent.having(bold=True), 15.5),
            shown_column("average_shown", "已报\n平均", printed("average_reported"), percent, 9),
            shown_column("timely_shown", "报送\n及时", printed("timely"), center, 8),
            shown_column("refused_shown", "退回\n次数", printed("refused"), center, 6),
            shown_column("remark_shown", "备注", printed("remark"), center.having(size=9.5), 10),
        ]


class _Measured(NamedTuple):
    """How good and bad are headed, and what the order goes by."""

    good: str
    lagging: str
    share: str
    by: str


def words_of(period: Period) -> _Measured:
    """The words of a period; of the last those of what is done."""
    if period.is_last:
        return _Measured(good="完成", lagging="未完成", share="完成\n占比", by="完成")
    return _Measured(good="按序时\n及以上", lagging="滞后", share="按序时\n占比", by="按序时及以上")


def _how(account: PeriodAccount) -> str:
    """By what the order goes, and who is left out."""
    plan = account.plan
    unlisted = len(plan.leading_units) - len(plan.ranked_units)
    return (
        f"注：按牵头指标中“{words_of(account.period).by}”的占比排，占比相同的看完成率与序时之差的平均值（单项最高计100%），"
        "仍相同的名次并列；暂停、待核、序时未定不参评，未报按未完成计；"
        f"参评不到牵头指标{plain(plan.settings.least_judged * 100)}%的不排名，有待核的名次为暂定。"
        "平均完成率按指标加权，单项最高计100%。" + (f"另有{unlisted}个牵头单位不列名。" if unlisted else "")
    )


def _how_certified(account: PeriodAccount) -> str:
    """How the second rank is made."""
    if not is_certified_at_the_end(account):
        return ""
    return (
        "报送名次按报送数排；认定名次按认定数、同样的办法排，备注里写按认定数完成几项、参评几项："
        "没有认定意见的按报送数，不予认定的按未完成，暂不认定、待补证、待核的不参评，名次为暂定。"
    )


def ranking_sheet(account: PeriodAccount) -> Sheet:
    """The ranking for the account's period."""
    sheet = Sheet(RANKING.id, RANKING.name, tab=look.TAB_SUMMARY, zoom=90)
    ranks = _Ranks(account, sheet)
    shown = ranks.columns()
    columns, visible = page.heads(shown) + ranks.helpers(), len(shown)
    sheet.widths = widths_of(columns)
    page.begin(sheet, visible, RANKING, f"{account.plan.settings.title}单位完成情况排名", account, "项、%")
    least = _THREE_LINES if ranks.is_certified else 30
    needed = (height(sheet, columns, {"unit": name}, least=least, size=look.PAPER.size) for name in ranks.names)
    bottom = sheet.table(page.HEAD, columns, ranks.names, helper, row_height=max(needed, default=least))
    sheet.freeze = (page.HEAD + 1, 2)
    how, certified = _how(account), _how_certified(account)
    sheet.put(bottom, 0, how + certified, look.PAPER_NOTE, key=Key("note", "ranking", "how"), across=visible)
    told = (how + certified, width_of(sheet, 0, visible))
    sheet.heights[bottom] = row_height([told], least=34, size=look.PAPER_NOTE.size)
    bottom = _supporting(account, sheet, bottom + 1)
    page.end(sheet, bottom, visible, ())
    sheet.print = Print("A4", landscape=False)
    return sheet


def _supporting(account: PeriodAccount, sheet: Sheet, top: int) -> int:
    """The units that owe words only: how each has reported, two beside each other."""
    plan = account.plan
    units = [u.name for u in plan.reporting_units if u.name not in plan.leading_units and u.is_listed]
    if not units:
        return top
    half = (len(units) + 1) // 2
    pairs = [(units[n], units[n + half] if n + half < len(units) else "") for n in range(half)]

    def cell(side: int, content: Callable[[str], CellContent]) -> Callable[[tuple[str, str]], CellContent]:
        return lambda pair: content(pair[side]) if pair[side] else None

    def standing(name: str) -> CellContent:
        return link(page.standing_cell(name))

    def timely(name: str) -> CellContent:
        return account.timeliness(name).value

    columns: list[SheetColumn[tuple[str, str]]] = []
    center = look.PAPER_CENTER.having(size=10)
    for side, (wide, middle, narrow) in enumerate(((2, 3, 1), (3, 2, 2))):
        columns += (
            text_column(f"unit{side}", "责任单位", cell(side, str), look.PAPER.having(size=10), across=wide),
            shown_column(f"standing{side}", "报送情况", cell(side, standing), center, across=middle),
            shown_column(f"timely{side}", "及时", cell(side, timely), center, across=narrow),
        )
    bottom = sheet.table(top, page.heads(columns), pairs, lambda pair: RowName("supporting", pair[0]), head_height=26)
    grow(sheet, range(top + 1, bottom), least=23)
    for place in (place_of(columns, f"standing{side}") for side in range(2)):
        sheet.lights.append(Lights((top + 1, place), (bottom - 1, place), STANDING_COLORS))
    return bottom


DRAWING = Drawing(lambda account, asked: ranking_sheet(account))
