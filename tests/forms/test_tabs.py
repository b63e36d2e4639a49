"""The list of the master's sheets: what reads it, and the sheets that are built, agree with it."""

import subprocess
import sys

import pytest

from minsheng_xl import Plan
from minsheng_xl.accounts.period import Adjustment
from minsheng_xl.forms.home import home_sheet
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.paper.drawing import Asked, drawing_of
from minsheng_xl.forms.paper.stack import outputs
from minsheng_xl.plan.names import is_project_sheet
from minsheng_xl.plan.tabs import HOME, IN_MASTER, PRINTED, TABS, Part, Reader, Tab
from tests.forms.paper.accounts import nothing

ADJUSTMENT = Adjustment(
    of="8-1", name="康复救助", column="目标", was="120", now="200", begins="2022年11月", document="鲁政办9号", basis="",
    lead="县残联",
)


def named(tab: Tab) -> str:
    return tab.name


def test_the_master_has_the_declared_sheets_in_their_order(sample_plan: Plan) -> None:
    sheets = master_book(nothing(sample_plan), "", 0).sheets
    units = {unit.sheet_name for unit in sample_plan.reporting_units}
    fixed = [sheet for sheet in sheets if sheet.name not in units and not is_project_sheet(sheet.name)]
    declared = [tab for tab in IN_MASTER if not tab.is_group]
    assert [(sheet.id, sheet.name, sheet.hidden) for sheet in fixed] == [
        (tab.id, tab.name, tab.part is Part.HIDDEN) for tab in declared
    ]
    assert [sheet.name for sheet in sheets][:3] == ["首页", "领导简报", "进展汇总总表"]
    assert [sheet.name for sheet in sheets][-6:] == ["待决事项", "校核报告", "填报流水", "收件登记", "计算", "minsheng"]


def test_the_front_page_links_to_every_sheet_once(sample_plan: Plan) -> None:
    sheet = home_sheet(nothing(sample_plan))
    linked = [cell.link for cell in sheet.cells.values() if str(cell.content).startswith("→ ")]
    unlinked = (Part.HIDDEN, Part.PAPER)
    own = [tab.name for tab in TABS if not tab.is_group and tab.part not in unlinked and tab is not HOME]
    assert sorted(linked) == sorted(own)
    rows: dict[int, list[object]] = {}
    for place, cell in sorted(sheet.cells.items()):
        if cell.link in own:
            rows.setdefault(place[0], []).append(cell.link)
    assert list(rows.values()) == [
        ["趋势表", "趋势图"], ["待决事项"], ["校核报告"], ["收件登记"], ["填报流水"],
        ["领导简报", "进展汇总总表", "滞后清单", "问题清单"], ["单位完成情况排名", "认定表", "未报清单", "催报单"],
    ]


def test_what_is_printed_in_its_order(sample_plan: Plan) -> None:
    account = nothing(sample_plan)
    assert [output.word for output in outputs(account)] == [
        "简报", "总表", "分项目", "排名", "滞后", "问题", "未报", "认定", "调整", "更正", "核对", "趋势", "趋势图", "预计", "台账", "催报", "校核", "填报表",
    ]
    assert [output.name for output in outputs(account) if output.stacked] == [
        "领导简报", "进展汇总总表", "分项目表", "单位完成情况排名", "滞后清单", "问题清单", "未报清单", "催报单",
    ]
    certified = account._replace(certifying=frozenset({"县统计局"}))
    assert [o.name for o in outputs(certified) if o not in outputs(account)] == ["认定表"]
    adjusted = account._replace(adjustments=(ADJUSTMENT,))
    assert [o.name for o in outputs(adjusted) if o not in outputs(account)] == ["指标调整情况表"]
    assert [tab.name for tab in PRINTED if Reader.LEADER in tab.readers] == ["领导简报"]


def test_ids_names_words_and_annexes_are_their_own() -> None:
    assert len({tab.id for tab in TABS}) == len({tab.name for tab in TABS}) == len(TABS)
    assert len({tab.word for tab in PRINTED}) == len(PRINTED)
    annexes = [tab.annex for tab in PRINTED if tab.annex is not None]
    assert annexes == list(range(1, len(annexes) + 1))


@pytest.mark.parametrize("tab", [tab for tab in PRINTED if not tab.is_group], ids=named)
def test_a_printed_sheet_is_drawn_by_the_module_of_its_id(tab: Tab, sample_plan: Plan) -> None:
    sheet = drawing_of(tab).draw(nothing(sample_plan), Asked())
    assert (sheet.id, sheet.name) == (tab.id, tab.name)
    assert any(cell.content == f"附件{tab.annex}" for cell in sheet.cells.values()) == (tab.annex is not None)


def test_the_help_names_every_word_without_loading_a_form() -> None:
    code = (
        "import contextlib, sys\nfrom minsheng_xl.desk.arguments import parser_of\n"
        "with contextlib.suppress(SystemExit): parser_of('print').parse_args(['print', '--help'])\n"
        "assert not [m for m in sys.modules if m.startswith('minsheng_xl.forms') or m.startswith('openpyxl')]"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    told = "".join(done.stdout.split())
    assert "简报、总表、分项目、排名、滞后、问题、未报、认定、调整、更正、核对、趋势、趋势图、预计、台账、催报、校核、填报表；写“催报”记一次催报" in told
