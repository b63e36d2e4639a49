"""全年结果更正: what was corrected after the last period was closed, with both figures. On paper only."""

from minsheng_xl.accounts.period import Correction, PeriodAccount
from minsheng_xl.accounts.values import about, shown
from minsheng_xl.exact.numbers import grouped
from minsheng_xl.forms.columns import name_column, text_column
from minsheng_xl.forms.layout import Sheet, SheetColumn
from minsheng_xl.forms.paper.paper_only import CENTER, TEXT, numbered_list, paper_only
from minsheng_xl.plan.model import Kind
from minsheng_xl.plan.tabs import CORRECTIONS


def corrections_sheet(account: PeriodAccount) -> Sheet:
    """The corrections of the account's period; of another than the last they count in the next open one."""
    plan, right = account.plan, TEXT.having(align="right")

    def counts(one: Correction) -> str:
        if not account.period.is_last:
            return "下期上期累计"
        return "下一年年初数" if plan.indicator(one.key.of).kind is Kind.STOCK else "全年结果"

    columns: list[SheetColumn[Correction]] = [
        name_column("about", "编码", lambda one: about(one.key), CENTER, 14),
        text_column("name", "指标", lambda one: plan.indicator(one.key.of).name, TEXT, 34),
        name_column("unit_of_measure", "计量单位", lambda one: plan.indicator(one.key.of).unit_of_measure, CENTER, 10),
        text_column("was", "定稿数", lambda one: _figure(shown(one.was)), right, 14),
        text_column("now", "更正为", lambda one: _figure(shown(one.now)), right, 14),
        text_column("unit", "单位", lambda one: one.unit, CENTER, 20),
        text_column("counts", "计入", counts, CENTER, 14),
        text_column("file", "来源", lambda one: one.source.words if one.source else "—", TEXT, 30),
    ]
    word = "全年结果更正" if account.period.is_last else "定稿后更正情况表"
    return numbered_list(CORRECTIONS, account, word, "见计量单位栏", account.corrections, columns)


def _figure(text: str) -> str:
    """A figure as it is printed; — where there is none."""
    return grouped(text) if text[:1].isdigit() else text or "—"


DRAWING = paper_only(corrections_sheet)
