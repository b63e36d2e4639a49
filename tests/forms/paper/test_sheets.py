"""What each printed sheet declares: its annex, heads, paper, the rows that every page repeats, what is printed."""

from typing import NamedTuple

import pytest

from minsheng_xl import Plan
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Sheet, printed_end
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.drawing import Asked, drawing_of
from minsheng_xl.forms.paper.stack import outputs, printed
from minsheng_xl.forms.project import project_sheet
from minsheng_xl.plan.model import Kind, Tier
from minsheng_xl.plan.tabs import PRINTED, TABS, UNITS
from tests.forms.paper.accounts import nothing
from tests.makers import empty_account, word

HEAD, FOOT = 3, 1
"""Rows above a table's own head, and the sign-off below."""


class Declared(NamedTuple):
    """A sheet as it is expected: `heads` in the row `head`; `repeated`: the rows on each page; `end`: the last row
    that is printed."""

    heads: str
    paper: str
    repeated: tuple[int, int] | None
    annex: int | None = None
    head: int = HEAD
    landscape: bool = False


EXPECTED = {
    "summary": Declared(
        "项目 指标 计量单位 年度目标 本期累计 完成率 序时 偏差（百分点） 状态 牵头单位 认定单位 备注",
        "A3", (0, 3), annex=1, landscape=True,
    ),
    "ranking": Declared(
        "名次 单位 参评/牵头 已报 达标 按序时及以上 滞后 按序时占比 平均完成率（未报按0） 已报平均 报送及时 退回次数 备注",
        "A4", None, annex=3,
    ),
    "lagging": Declared(
        "序号 项目 指标 目标 本期累计 完成率 序时 差距（百分点） 状态 连续滞后期数 牵头单位 滞后原因 下一步措施 承诺时限",
        "A4", (0, 3), annex=4, landscape=True,
    ),
    "issues": Declared(
        "序号 单位 项目 存在问题 需协调事项 请求协调单位 希望解决时限 提出期次 销号期次 状态", "A4", (0, 3), annex=5, landscape=True
    ),
    "missing": Declared("序号 单位 应报 截止 状态 联系人 电话 催报次数", "A4", (1, 3), annex=6),
    "certification": Declared(
        "序号 指标 计量单位 目标 报送累计 截至 认定数 差异 认定率 认定意见 佐证 意见 签字盖章 日期",
        "A4", (0, 3), annex=7, landscape=True,
    ),
    "adjustments": Declared(
        "序号 编码 指标（项目） 调整内容 原为 调整为 起始 文号 依据 牵头单位", "A4", (0, 3), annex=8, landscape=True
    ),
    "corrections": Declared(
        "序号 编码 指标 计量单位 定稿数 更正为 单位 计入 来源", "A4", (0, 3), annex=9, landscape=True
    ),
    "confirmations": Declared(
        "序号 牵头单位 发出 反馈 核对结果 有异议的指标、应为的数和原因（办理结果）", "A4", (0, 3), annex=10, landscape=True
    ),
    "trend": Declared(
        "编码 指标 计量单位 年度目标 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月（未定稿） 11月 12月 完成率 序时 状态 认定数 最大变动 走势 牵头单位",
        "A3", (0, 3), annex=11, landscape=True,
    ),
    "outlook": Declared(
        "编码 指标 计量单位 年度目标 10月（未定稿） 完成率 序时 状态 认定数 最大变动 走势 牵头单位 按目前进度全年预计",
        "A3", (0, 3), annex=13, landscape=True,
    ),
    "curves": Declared("鲁山县 一、开展职业技术培训和评价取证", "A4", (1, 2), annex=12),
    "record": Declared("单位 10月 应报 及时 迟报 待确认 未报 退回 核改 更正", "A3", (0, 3), landscape=True),
    "findings": Declared("程度 单位 文件 工作表 单元格 表中内容 说明 处理办法 文件结果", "A4", (1, 3), landscape=True),
    "brief": Declared("序号 项目 状态 其中 完成率 序时", "A4", None, head=7),
    "reminder": Declared("", "A4", None),
}


def sheet_of(id: str, account: PeriodAccount) -> Sheet:
    tab = next(tab for tab in TABS if tab.id == id)
    return drawing_of(tab).draw(account, Asked())


def heads(sheet: Sheet, row: int) -> str:
    """The heads of a row that are shown, without their line breaks."""
    aside = sheet.hidden_columns | sheet.unprinted
    found = [cell for cell in sheet.cells.values() if cell.row == row and cell.column not in aside]
    return " ".join(str(cell.content).replace("\n", "") for cell in sorted(found, key=lambda cell: cell.column))


def test_each_printed_sheet_is_expected_here() -> None:
    assert EXPECTED.keys() == {tab.id for tab in PRINTED if not tab.is_group}


@pytest.mark.parametrize("id", EXPECTED)
def test_a_sheet_is_as_it_is_declared(id: str, sample_plan: Plan) -> None:
    sheet, expected = sheet_of(id, nothing(sample_plan)), EXPECTED[id]
    if expected.heads:
        assert heads(sheet, expected.head) == expected.heads
    annexes = [cell.content for cell in sheet.cells.values() if str(cell.content).startswith("附件")]
    assert annexes == ([f"附件{expected.annex}"] if expected.annex else [])
    assert (sheet.print.paper, sheet.print.landscape) == (expected.paper, expected.landscape)
    assert sheet.print.head_rows == expected.repeated
    assert sheet.print.one_page == (id == "brief")


def rows_of(id: str, plan: Plan) -> int:
    """The rows of a sheet's list, counted in the plan."""
    assessed = sum(indicator.tier is Tier.ASSESSED for indicator in plan.indicators)
    figures = [indicator for indicator in plan.indicators if indicator.kind is not Kind.WORDS]
    certified = [indicator for indicator in figures if plan.project(indicator.project).certifiers]
    counts = {
        "summary": assessed, "lagging": assessed, "certification": len(certified),
        "issues": sum(len({*one.leads, *one.responsible}) for one in plan.projects),
        "missing": len(plan.reporting_units),
    }
    return counts[id]


@pytest.mark.parametrize(("id", "below"), [
    ("summary", 2), ("lagging", 2), ("issues", 2), ("missing", 2), ("certification", 1),
])
def test_the_print_area_ends_with_the_sign_off(id: str, below: int, sample_plan: Plan) -> None:
    """Below the rows stand what the sheet adds up, or its 无 and its note; beside the last column nothing is printed."""
    sheet = sheet_of(id, nothing(sample_plan))
    columns = len(EXPECTED[id].heads.split())
    assert printed_end(sheet) == (HEAD + rows_of(id, sample_plan) + below + FOOT, columns - 1)
    assert sheet.cells[0, len(sheet.widths) - 1].content == "← 首页"


def test_a_project_sheet_is_as_it_is_declared(sample_plan: Plan) -> None:
    sheet = project_sheet(nothing(sample_plan), sample_plan.projects[0])
    assert heads(sheet, HEAD + 2) == (
        "编码 类别 指标 计量单位 年度目标 上期累计 本期新增 本期累计 分子 分母 完成率 序时 偏差（百分点） 状态 填数单位 备注"
    )
    assert sheet.cells[0, 0].content == "附件2"
    assert (sheet.print.paper, sheet.print.landscape, sheet.print.head_rows) == ("A4", True, (0, 2))


def test_long_words_of_a_project_make_their_row_high_and_short_ones_do_not(sample_plan: Plan) -> None:
    project = sample_plan.projects[0]
    high = {}
    for text in ("短", "很长的一段话，" * 40):
        given = {project.leads[0]: {word(project.no, "problem"): text}}
        sheet = project_sheet(empty_account(sample_plan, sample_plan.periods[1], given), project)
        high[len(text)] = sheet.heights[sheet.cell(Key("lead", project.leads[0], "problem")).row]
    short, long = high.values()
    assert short == 43.5, "three lines of the lead's name in a face a third wider"
    assert long > 60


def test_what_stands_beside_the_paper_of_a_form_is_not_printed_with_the_others(sample_plan: Plan) -> None:
    """近六期 is for the screen."""
    account = nothing(sample_plan)
    (forms,) = (output for output in outputs(account) if output.tab is UNITS)
    book = master_book(account, "", 0)
    found = printed(book, account, [forms]).sheets
    assert sum(sheet.cells.get((6, 16)) is not None and sheet.cells[6, 16].content == "近六期" for sheet in found) == 11
    assert {(printed_end(sheet) or (0, 0))[1] for sheet in found} == {15}
