"""问题清单: what units say stands in the way, since when, and who is asked to help."""

from collections.abc import Callable
from typing import TypeAlias

from minsheng_xl.accounts.period import Issue, PeriodAccount
from minsheng_xl.accounts.questions import SETTLED
from minsheng_xl.exact.expressions import Cell, Expr, and_, cases, cell_of, count, expr, if_, is_blank, join, link
from minsheng_xl.exact.keys import WORD, Key, RowName
from minsheng_xl.figures.definitions import NONE
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import TableColumns, hidden_column, name_column, shown_column, text_column, widths_of
from minsheng_xl.forms.layout import Book, CellContent, Print, Sheet, SheetColumn
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.forms.rows import chinese_number
from minsheng_xl.forms.unit import LAYOUTS, sheet_id
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.tabs import ISSUES

Pair: TypeAlias = tuple[str, int]
"""A unit and the number of a project in which it may raise a problem."""

_OF_ALL = ("asked", "wanted")
"""What supporting units are asked for too."""
_HOW = " 件。请求协调单位、希望解决时限照单位所填，没有填的为“—”；本期来表不再提出的为待销号，办公室在待决事项里写了“已销号”才销。"
_HOW_BEFORE = " 件。牵头单位提出的由分管领导协调，责任单位提出的由牵头单位协调；本期来表不再提出的为待销号，办公室在待决事项里写了“已销号”才销。"
WAITING, OPEN, SILENT, FADING, CLOSED = "待协调", "处理中", "上期提出，本期未报", "待销号", SETTLED


def pairs_of(plan: Plan) -> list[Pair]:
    """Every (unit, project) in which a unit may raise a problem: leads first, project by project."""
    pairs: list[Pair] = []
    for project in plan.projects:
        names = dict.fromkeys((*project.leads, *project.responsible))
        pairs += ((name, project.no) for name in names)
    return pairs


def issue_name(pair: Pair) -> RowName:
    return RowName("issue", f"{pair[1]}/{pair[0]}")


def issue_columns(plan: Plan) -> TableColumns:
    """The columns of 问题清单, for the brief."""
    return TableColumns(ISSUES.id, map(issue_name, pairs_of(plan)))


class _IssueContents:
    """What stands in a row: a unit and a project. `asks`: the units' sheets ask whom they want to help them."""

    def __init__(self, account: PeriodAccount, sheet: Sheet, *, asks: bool) -> None:
        self.asks = asks
        self.account, self.plan, self.sheet, self.pairs = account, account.plan, sheet, pairs_of(account.plan)

    def at(self, pair: Pair, key: str) -> Cell:
        return self.sheet.ref(issue_name(pair).cell(key))

    def now(self, pair: Pair, key: str) -> Expr:
        name, no = pair
        return link(cell_of(sheet_id(name), Key(WORD, str(no), key)))

    def project(self, pair: Pair) -> str:
        return f"{chinese_number(pair[1])}　{self.plan.project(pair[1]).name}"

    def is_lead(self, pair: Pair) -> bool:
        return pair[0] in self.plan.project(pair[1]).leads

    def words(self, key: str) -> Callable[[Pair], CellContent]:
        """What it says now; of what is not raised any more, what it said before."""

        def content(pair: Pair) -> CellContent:
            issue = self.account.issues.get(pair)
            earlier = getattr(issue, key) if issue is not None else ""
            now = self.now(pair, key)
            return if_(self.at(pair, "raised_now").equals("是"), now, earlier) if earlier else now

        return content

    def of_lead(self, key: str) -> Callable[[Pair], CellContent]:
        """A text that only leads are asked for; of others a formula too: what looks a blank cell up finds 0."""
        return lambda pair: self.now(pair, key) if self.is_lead(pair) else expr("")

    def asked(self, key: str) -> Callable[[Pair], CellContent]:
        """What was asked for with a problem, as it was written: — where it was not, for nobody else suggests it."""
        def content(pair: Pair) -> CellContent:
            said = self.now(pair, key) if self.is_lead(pair) or key in _OF_ALL else expr("")
            return cases((self.at(pair, "state").equals(""), ""), (is_blank(said), NONE), otherwise=said)

        return content

    def raised_now(self, pair: Pair) -> CellContent:
        return if_(and_(is_blank(self.now(pair, "problem")), is_blank(self.now(pair, "coordination"))), "", "是")

    def state(self, pair: Pair) -> CellContent:
        silent: CellContent = ""
        if pair in self.account.issues:
            silent = self.unraised(pair, self.account.issues[pair])
        return cases(
            (self.at(pair, "raised_now").equals(""), silent),
            (is_blank(self.now(pair, "coordination")), OPEN),
            otherwise=WAITING,
        )

    def unraised(self, pair: Pair, issue: Issue) -> Expr:
        """Of what is not raised any more: what the office said, else that it waits for that, or for a return."""
        said = self.account.said_of_issue(*pair)
        if said:
            return expr(CLOSED if said == SETTLED else OPEN)
        silent = SILENT if issue.gone is None else FADING
        return if_(page.is_outstanding(page.standing_cell(pair[0])), silent, FADING)

    def raised(self, pair: Pair) -> CellContent:
        issue = self.account.issues.get(pair)
        if issue is not None:
            return issue.raised.short_label
        return if_(self.at(pair, "raised_now").equals("是"), self.account.period.short_label, "")

    def closed(self, pair: Pair) -> CellContent:
        return if_(self.at(pair, "state").equals(CLOSED), self.account.period.short_label, "")

    def helper(self, pair: Pair) -> CellContent:
        if self.asks:
            return self.asked("asked")(pair)
        project = self.plan.project(pair[1])
        leader = next((i.leader for i in self.plan.indicators_of(project.no) if i.leader), "县政府")
        who = leader if self.is_lead(pair) else "、".join(project.leads)
        return if_(self.at(pair, "state").equals(""), "", who)

    def numbered(self, key: str, condition: Callable[[Cell], Expr]) -> Callable[[Pair], CellContent]:
        """A running number over the rows whose state fulfils a condition."""
        ranks = page.running_numbers(self.sheet, map(issue_name, self.pairs), key)
        of_pair = dict(zip(self.pairs, ranks, strict=True))
        return lambda pair: if_(condition(self.at(pair, "state")), of_pair[pair], "")


def issues_sheet(account: PeriodAccount, layout: str = "") -> Sheet:
    """The list for the account's period: a row for every unit and project, those not needed hidden. `layout` is the
    version of the layout of the units' sheets: an earlier one does not ask for help by name."""
    plan, asks = account.plan, not layout or LAYOUTS.is_present(layout)
    sheet = Sheet(ISSUES.id, ISSUES.name, tab=look.TAB_SUMMARY, zoom=90)
    c = _IssueContents(account, sheet, asks=asks)
    who, when = ("请求协调单位", "希望解决时限") if asks else ("协调单位", "时限")
    text, center = look.PAPER.having(size=10.5), look.PAPER_CENTER.having(size=10.5)
    shown: list[SheetColumn[Pair]] = [
        shown_column("no", "序号", c.numbered("no", lambda state: if_(state.equals(""), False, True)), center, 6),
        text_column("unit", "单位", lambda pair: pair[0], text, 22),
        text_column("project", "项目", c.project, text.having(size=10), 24),
        text_column("problem", "存在问题", c.words("problem"), text, 42),
        text_column("coordination", "需协调事项", c.words("coordination"), text, 40),
        text_column("helper", who, c.helper, center, 18),
        name_column("promise", when, c.asked("wanted") if asks else c.of_lead("promise"), center, 17),
        shown_column("raised", "提出期次", c.raised, center, 9),
        shown_column("closed", "销号期次", c.closed, center, 9),
        shown_column("state", "状态", c.state, center.having(bold=True), 13),
    ]
    hidden: tuple[tuple[str, str, Callable[[Pair], CellContent]], ...] = (
        ("raised_now", "本期提出", c.raised_now),
        ("waiting", "待协调次序", c.numbered("waiting", lambda state: state.equals(WAITING))),
        ("advice", "建议", c.asked("advice") if asks else c.of_lead("measures")),
    )
    columns = page.heads(shown) + [hidden_column(key, title, content, 8) for key, title, content in hidden]
    visible = len(shown)
    sheet.widths = widths_of(columns)
    page.begin(sheet, visible, ISSUES, f"{plan.settings.title}问题清单", account, "件")
    bottom = sheet.table(page.HEAD, columns, c.pairs, issue_name, row_height=28)
    numbers = count(sheet.column([issue_name(pair) for pair in c.pairs], "no"))
    bottom = page.none_row(sheet, bottom, visible, numbers)
    note = join("注：共 ", numbers, _HOW if asks else _HOW_BEFORE)
    page.end(sheet, bottom, visible, [("how", note, 20)])
    sheet.freeze = (page.HEAD + 1, 3)
    sheet.print = Print("A4", head_rows=(0, page.HEAD))
    return sheet


def fit(book: Book, account: PeriodAccount) -> None:
    """Show the rows that are filled, as high as their texts need."""
    page.fit_rows(book, book.sheet(ISSUES.id), [issue_name(pair) for pair in pairs_of(account.plan)], "no", least=28)


DRAWING = Drawing(lambda account, asked: issues_sheet(account, asked.layout), fit)
