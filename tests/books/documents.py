"""Task tables to be written as documents: that of the plan, and others like it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from minsheng_xl import Plan
from minsheng_xl.plan.tables import TASKS

LONG = "全年完成农村供水管网改造120.5公里，群众诉求平均办结时长不超过5个工作日。"
UNITS = "、".join(f"县第{n}办公室" for n in range(1, 201))
ODD = "  “一”<二>&三\n四\t五  六……\n\n_x0041_ =1+1 𠮷\x07"


def with_tasks(plan: Plan, *changes: Mapping[str, str]) -> Plan:
    """The plan, its first tasks changed."""
    rows = [dict(row) for row in plan.tables[TASKS.name]]
    for row, change in zip(rows, changes, strict=False):
        row.update(change)
    changed = plan.having()
    changed.tables = {**plan.tables, TASKS.name: rows}
    return changed


def plans() -> Iterator[tuple[str, Plan]]:
    """The built-in plan, those of other counties, one of long texts in every column, and one of odd signs."""
    built_in = Plan.built_in()
    yield "内置", built_in
    for folder in sorted((Path(__file__).parents[1] / "plans").iterdir()):
        yield folder.name, Plan.load(folder)
    more = {"分管领导": "周副县长", "完成时限": "2022年12月底", "备注": "列入省定"}
    yield "最长", with_tasks(built_in, {"指标任务": (LONG * 80)[:3000]}, {"责任单位": UNITS}, more)
    yield "各样的字", with_tasks(built_in, {"指标任务": ODD, "项目": ODD, "备注": " "})
