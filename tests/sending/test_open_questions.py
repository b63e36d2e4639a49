"""While the plan leaves open what a form must say, no form goes out."""

from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import MinshengError, Period, Year, consolidate, issue
from minsheng_xl.beginning.answering import accept_defaults
from minsheng_xl.sending.issue import blocking
from tests.makers import little_tables, raw

OCTOBER, NOW = Period.parse("2022-10"), datetime(2022, 10, 31)


def asking(root: Path, *questions: tuple[str, str, str, str]) -> Year:
    """A year of the little plan with questions: table, row, column, choices; the default is what stands there."""
    tables = little_tables().plain()
    named_by = {"指标": "编码", "任务表": "序号"}
    tables["待确认"] = [
        {
            "编号": str(number), "表": table, "对象": of, "栏": column, "问题": "原文没有写明是多少。", "原句": "全年完成\n一批",
            "选项": choices, "默认": next(row[column] for row in tables[table] if row[named_by[table]] == of) or "空着",
            "答复": "", "影响": "",
        }
        for number, (table, of, column, choices) in enumerate(questions, 1)
    ]
    return Year.create(root, raw(tables))


def test_each_is_told_in_a_sentence_with_its_row_and_the_way_out(tmp_path: Path) -> None:
    year = asking(tmp_path / "年", ("指标", "8-1", "目标", "其他"), ("指标", "8-1", "口径", "其他"), ("任务表", "8", "牵头单位", "县残联、县妇联"))
    target = next(row["目标"] for row in year.written_plan.tables["指标"] if row["编码"] == "8-1")
    with pytest.raises(MinshengError) as raised:
        issue(year, OCTOBER, NOW)
    assert str(raised.value).splitlines() == [
        "计划里有 2 处要先答复，没有下发：",
        f"  待确认 第2行 编号 1　指标 8-1“目标”：原文没有写明是多少？（原句：全年完成 一批）可选 其他；默认 {target}。",
        "  待确认 第4行 编号 3　任务表 8“牵头单位”：原文没有写明是多少？（原句：全年完成 一批）可选 县残联、县妇联；默认 县残联。",
        f"请打开 计划.xlsx，在“待确认”的“答复”里选好、存盘；或运行 minsheng-xl import {year.root} --answer 1=答复。"
        f"都照默认的，运行 minsheng-xl import {year.root} --defaults。再下发一次。",
    ]
    assert not year.issued_folder(OCTOBER).exists()
    assert not year.has_begun


def test_when_they_are_answered_forms_go_out(tmp_path: Path) -> None:
    year = asking(tmp_path / "年", ("指标", "8-1", "目标", "其他"))
    accept_defaults(year)
    assert blocking(year) == ()
    assert issue(year, OCTOBER, NOW).workbooks


def test_what_need_not_be_sure_stops_nothing(tmp_path: Path) -> None:
    year = asking(tmp_path / "年", ("指标", "8-1", "口径", "其他"), ("指标", "8-1", "序时规则", "均衡、年末"))
    assert issue(year, OCTOBER, NOW).workbooks
    assert consolidate(year, OCTOBER, datetime(2022, 11, 1)).master.path == year.master_path
