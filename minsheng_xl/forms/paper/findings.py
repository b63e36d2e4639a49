"""校核报告: every cell of the received files that was refused, held or remarked on, and what to do."""

from minsheng_xl.accounts.period import Finding, PeriodAccount
from minsheng_xl.exact.keys import RowName
from minsheng_xl.forms import look, page
from minsheng_xl.forms.columns import grow, name_column, shown_column, text_column, widths_of
from minsheng_xl.forms.layout import Lights, Print, Sheet, SheetColumn
from minsheng_xl.forms.paper.drawing import Drawing
from minsheng_xl.plan.tabs import FINDINGS
from minsheng_xl.problems import Severity

_COLORS = ((Severity.ERROR.value, look.RED), (Severity.HOLD.value, look.AMBER), (Severity.NOTE.value, look.GREY))
_ORDER = {Severity.ERROR: 0, Severity.HOLD: 1, Severity.NOTE: 2}


def findings_sheet(account: PeriodAccount) -> Sheet:
    """The report for the account's period: 退回 first, then 待核, then 提示; by unit within each."""
    sheet = Sheet(FINDINGS.id, FINDINGS.name, tab=look.TAB_LEDGER, zoom=90)
    small, center = look.PAPER.having(size=9.5), look.PAPER_CENTER.having(size=9.5)
    rows = sorted(account.findings, key=lambda found: _ORDER[found.problem.severity])
    columns: list[SheetColumn[Finding]] = [
        shown_column("severity", "程度", lambda f: f.problem.severity.value, center.having(bold=True), 8),
        text_column("unit", "单位", lambda f: f.unit, small, 22),
        text_column("file", "文件", lambda f: f.file, small, 30),
        name_column("sheet", "工作表", lambda f: f.problem.sheet, center, 10),
        shown_column("cell", "单元格", lambda f: f.problem.cell, center, 8),
        text_column("seen", "表中内容", lambda f: f.problem.seen, small, 22),
        text_column("message", "说明", lambda f: f.problem.message, small, 36),
        text_column("action", "处理办法", lambda f: f.problem.action, small, 40),
        shown_column("outcome", "文件结果", lambda f: f.outcome.label, center, 10),
    ]
    visible = len(columns)
    sheet.widths = widths_of(columns)
    sheet.heights |= {0: 8, 1: 36, 2: 24}
    page.link_home(sheet, visible)
    sheet.put(1, 0, f"{account.plan.settings.title}校核报告", look.PAPER_TITLE, across=visible)
    sheet.put(2, 0, f"{account.period.label}收到的文件中需要退回、核对、提示的地方，共 {len(rows)} 处", look.CAPTION, across=visible)
    numbered = {id(found): str(n) for n, found in enumerate(rows)}

    heads = page.heads(columns)
    bottom = sheet.table(page.HEAD, heads, rows, lambda f: RowName("finding", numbered[id(f)]), head_height=24)
    grow(sheet, range(page.HEAD + 1, bottom), least=20)
    if not rows:
        sheet.put(bottom, 0, "无", look.PAPER_CENTER, across=visible)
    sheet.lights.append(Lights((page.HEAD + 1, 0), (max(page.HEAD + 1, bottom - 1), 0), _COLORS))
    sheet.freeze = (page.HEAD + 1, 2)
    sheet.print = Print("A4", head_rows=(1, page.HEAD))
    return sheet


DRAWING = Drawing(lambda account, asked: findings_sheet(account))
