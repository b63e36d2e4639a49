"""The lists of the master: 待决事项, and the tidy tables 填报流水 and 收件登记."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from minsheng_xl.accounts.paper import AGREES, DIFFERS
from minsheng_xl.accounts.period import FlowRow, PeriodAccount, Receipt
from minsheng_xl.accounts.questions import Pending, choices_of
from minsheng_xl.accounts.unit import Source
from minsheng_xl.accounts.values import about
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import fitted_heads, grow, shown_column, text_column, widths_of
from minsheng_xl.forms.layout import Input, Print, Sheet, SheetColumn, TableRow
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.tabs import FLOW, PENDING, RECEIPTS, Tab

_SMALL = look.BODY_WRAP.having(size=9.5)
_CENTER = look.BODY_CENTER.having(size=9.5)
FINGERPRINT, PAPER_DAY, PAPER_AGREES = "内容指纹", "纸质件收到日期", "核对数相符"
_PAPER_DAY = Input("words", instruction="签字盖章的纸质件哪天收到，如 2022-11-08；写好后再汇总一次。")
_PAPER_AGREES = Input(
    "hint", choices=(AGREES, DIFFERS), instruction=f"纸上的核对数和文件的一样选 {AGREES}，不一样选 {DIFFERS}。"
)
_FILLED_IN = look.INPUT.having(bold=False, size=9.5)
HEAD_ROW = 2
"""The row of the heads of a list, from 0."""
SHOWN_OF_FINGERPRINT = 12
"""Signs of a fingerprint that 收件登记 shows."""


def pending_sheet(account: PeriodAccount, drafts: Mapping[tuple[str, str], str]) -> Sheet:
    """待决事项: what only the office can settle, each with an id that stays; then what it has settled.

    `drafts` are 决定人 and 理由 that stand beside items which are not settled yet, by (id, who or why).
    """
    columns, rows = _pending_columns(account.plan, drafts), [*account.pending, *reversed(account.decided)]
    sheet = _list(PENDING, f"{account.period.label}待决事项", columns, rows, _pending_name, 20)
    if not rows:
        sheet.put(3, 0, "没有待决事项。", look.BODY.having(color=look.MUTED), across=len(columns))
    sheet.print = sheet.print._replace(paper="A3")
    return sheet


def _pending_name(item: Pending) -> RowName:
    return RowName(PENDING.id if item.decision is None else f"decided {item.decision.when}", item.id)


def _pending_columns(plan: Plan, drafts: Mapping[tuple[str, str], str]) -> list[SheetColumn[Pending]]:
    def which(item: Pending) -> str:
        if not item.key or item.key.is_of_project or not plan.has_indicator(item.key.of):
            return about(item.key) if item.key else ""
        return f"{about(item.key)}（{plan.indicator(item.key.of).name}）"

    def who(item: Pending) -> str | None:
        return item.decision.who if item.decision else drafts.get((item.id, "who"))

    def why(item: Pending) -> str | None:
        return item.decision.why if item.decision else drafts.get((item.id, "why"))

    right = _SMALL.having(align="right")
    return [
        shown_column("id", "编号", lambda p: p.id, _CENTER, 10),
        shown_column("kind", "事项", lambda p: p.kind, _CENTER, 12),
        text_column("unit", "单位", lambda p: p.unit, _SMALL, 18),
        text_column("about", "指标", which, _SMALL, 28),
        shown_column("used", "现用数", lambda p: p.used or "不计入", right, 12),
        text_column("other", "表中内容", lambda p: p.other, right, 18),
        text_column("file", "来源文件", lambda p: p.file, _SMALL, 28),
        text_column("advice", "处理办法", lambda p: p.advice, _SMALL, 36),
        _filled_in(shown_column("decision", "决定", _decided, _filled_style, 16), _choice),
        _filled_in(text_column("who", "决定人", who, _filled_style, 14), _words),
        _filled_in(shown_column("why", "理由", why, _filled_style, 24), _words),
        shown_column("when", "决定时间", lambda p: _time(p.decision.when) if p.decision else None, _CENTER, 16),
    ]


def _filled_in(
    column: SheetColumn[Pending], accepts: Callable[[Pending], Input | None]
) -> SheetColumn[Pending]:
    """A column that the office fills in while its item is not settled."""
    return column._replace(head=look.INPUT_HEAD, input=accepts)


def _filled_style(item: Pending) -> look.Style:
    return _SMALL if item.decision else _FILLED_IN


def _decided(item: Pending) -> str | None:
    return item.decision.word if item.decision else None


def _choice(item: Pending) -> Input | None:
    told = "选一个，或写应填的数、单位名；写好后再汇总一次。"
    return None if item.decision else Input("hint", choices=choices_of(item), instruction=told)


def _words(item: Pending) -> Input | None:
    return None if item.decision else Input("words")


def _measure(row: FlowRow) -> str:
    """What is measured; of a figure that was corrected after closing, which of the two lines it is."""
    return f"{row.measure}（{row.version}）" if row.version else row.measure


def _unit_of_measure(row: FlowRow) -> str | None:
    return row.unit_of_measure if row.measure in ("本期累计", "分解数") else None


def flow_sheet(account: PeriodAccount, *, former: bool = False) -> Sheet:
    """填报流水: every figure in use, of the year so far, one a row; `former`, as an earlier version drew it: with the
    source that said it last."""

    def source(row: FlowRow) -> Source:
        return row.latest._replace(who="") if former else row.source

    number = look.BODY_NUMBER.having(size=9.5)
    columns: list[SheetColumn[FlowRow]] = [
        shown_column("period", "期次", lambda r: str(r.period), _CENTER, 10),
        shown_column("unit", "单位", lambda r: r.unit, _SMALL.having(wrap=False, shrink=True), 26),
        shown_column("project", "项目", lambda r: str(r.project), _CENTER, 7),
        shown_column("code", "编码", lambda r: r.code, _CENTER, 8),
        shown_column("name", "指标", lambda r: r.name, _SMALL.having(wrap=False, shrink=True), 32),
        shown_column("measure", "量", _measure, _CENTER, 10),
        shown_column("value", "数值", lambda r: r.value, number, 14),
        shown_column("unit_of_measure", "计量单位", _unit_of_measure, _CENTER, 10),
        shown_column("seen", "原样", lambda r: r.seen, _SMALL.having(wrap=False, shrink=True), 18),
        shown_column("file", "来源", lambda r: source(r).words, _SMALL.having(wrap=False, shrink=True), 44),
        shown_column("received", "收到时间", lambda r: _time(source(r).received), _CENTER, 18),
    ]
    return _tidy(
        FLOW, columns, account.flow, lambda r: RowName("flow", f"{r.period}/{r.unit}/{r.code}/{_measure(r)}")
    )


def receipts_sheet(account: PeriodAccount, *, former: bool = False) -> Sheet:
    """收件登记: every received file of the year and how it ended, and what the office says of its paper; `former`, as an
    earlier version drew it: without that."""
    columns: list[SheetColumn[Receipt]] = [
        shown_column("received", "收到时间", lambda r: _time(r.received), _CENTER, 18),
        shown_column("file", "文件", lambda r: r.file, _SMALL.having(wrap=False, shrink=True), 44),
        shown_column("unit", "单位", lambda r: r.unit, _SMALL.having(wrap=False, shrink=True), 26),
        shown_column("period", "期次", lambda r: r.period, _CENTER, 10),
        shown_column("outcome", "结果", lambda r: r.outcome.label, _CENTER.having(bold=True), 10),
        shown_column("late", "迟报", lambda r: r.late_word or None, _CENTER, 15),
        text_column("message", "说明", lambda r: r.message, _SMALL, 50),
        shown_column(
            "sha256", FINGERPRINT, lambda r: r.sha256[:SHOWN_OF_FINGERPRINT], _CENTER.having(color=look.MUTED), 15
        ),
    ]
    columns += [] if former else _paper_columns()
    numbered = {id(receipt): str(number) for number, receipt in enumerate(account.receipts)}
    return _tidy(RECEIPTS, columns, account.receipts, lambda r: RowName("receipt", numbered[id(r)]))


def _paper_columns() -> list[SheetColumn[Receipt]]:
    def day(receipt: Receipt) -> Input | None:
        return _PAPER_DAY if receipt.takes_paper else None

    def agrees(receipt: Receipt) -> Input | None:
        return _PAPER_AGREES if receipt.takes_paper else None

    def style(receipt: Receipt) -> look.Style:
        return _FILLED_IN.having(align="center") if receipt.takes_paper else _CENTER

    return [
        shown_column("paper", PAPER_DAY, lambda r: str(r.paper.received) if r.paper else None, style, 16)._replace(
            head=look.INPUT_HEAD, input=day
        ),
        text_column("agrees", PAPER_AGREES, lambda r: r.paper.word if r.paper else None, style, 24)._replace(
            head=look.INPUT_HEAD, input=agrees
        ),
    ]


def _time(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def _list(
    tab: Tab,
    title: str,
    columns: "Sequence[SheetColumn[TableRow]]",
    rows: "Sequence[TableRow]",
    name: Callable[[TableRow], RowName],
    least: float,
) -> Sheet:
    """A sheet with one table from its third row on, whose rows are `least` points high."""
    sheet = Sheet(tab.id, tab.name, tab=look.TAB_LEDGER, widths=widths_of(columns))
    sheet.heights |= {0: 34, 1: 8}
    sheet.put(0, 0, title, look.TITLE, across=len(columns))
    page.link_home(sheet, len(columns))
    bottom = sheet.table(HEAD_ROW, fitted_heads(columns), rows, name, head_height=24)
    grow(sheet, range(HEAD_ROW + 1, bottom), least=least)
    sheet.freeze = (HEAD_ROW + 1, 0)
    sheet.print = Print("A4", head_rows=(0, HEAD_ROW))
    return sheet


def _tidy(
    tab: Tab,
    columns: "Sequence[SheetColumn[TableRow]]",
    rows: "Sequence[TableRow]",
    name: Callable[[TableRow], RowName],
) -> Sheet:
    """A list that can be sorted and filtered: a table of the workbook, under the name of its sheet."""
    sheet = _list(tab, tab.name, columns, rows, name, 18)
    sheet.tables.append((HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(columns) - 1, tab.name))
    return sheet
