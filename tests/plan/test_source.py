"""The built-in plan against the county's table as published."""

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from minsheng_xl import Plan
from minsheng_xl.exact.numbers import plain
from minsheng_xl.plan.model import Kind, Role, Tier

TEXT = Path(__file__).parents[1] / "sources" / "指标任务表.txt"
HEAD = ("序", "号", "项目", "指标任务", "牵头单位", "责任单位", "认定单位")


def published_rows() -> list[list[str]]:
    """The six columns of every project, word for word; the head repeats on each printed page."""
    words = [line.strip() for line in TEXT.read_text(encoding="utf-8").splitlines()[1:]]
    cells = [word for word in words if word and word not in HEAD]
    return [cells[n : n + 6] for n in range(0, len(cells), 6)]


ROWS = published_rows()


def test_the_table_has_ten_projects_of_six_columns() -> None:
    assert [row[0] for row in ROWS] == [str(n) for n in range(1, 11)]
    assert all(len(row) == 6 for row in ROWS)


def test_every_cell_of_the_table_stands_in_the_plan_word_for_word(plan: Plan) -> None:
    assert [list(row.values())[:6] for row in plan.tables["任务表"]] == ROWS
    assert not any(text for row in plan.tables["任务表"] for text in list(row.values())[6:])  # it published no more


def canonical_names(plan: Plan) -> dict[str, str]:
    """Every spelling that the plan registers → its unit."""
    names: dict[str, str] = {}
    for unit in plan.units:
        names |= dict.fromkeys((unit.name, *unit.aliases), unit.name)
    return names


def published_roles() -> list[tuple[str, int, Role]]:
    """Every unit that the table names, as it is spelt there, with project and role."""
    found: list[tuple[str, int, Role]] = []
    for no, _, _, leads, responsible, certifiers in ROWS:
        for role, names in ((Role.LEAD, leads), (Role.RESPONSIBLE, responsible), (Role.CERTIFIER, certifiers)):
            found += [(name, int(no), role) for name in names.split("、")]
    return found


def test_spellings_of_units_are_41_for_39_units(plan: Plan) -> None:
    spellings = {name for name, _, _ in published_roles()}
    canonical = canonical_names(plan)
    assert len(spellings) == 41
    assert {canonical[name] for name in spellings} == {unit.name for unit in plan.units}
    assert len(plan.units) == 39


def test_every_role_of_the_table_is_a_role_of_the_plan(plan: Plan) -> None:
    canonical = canonical_names(plan)
    assert list(plan.roles) == [(canonical[name], no, role) for name, no, role in published_roles()]
    assert Counter(role for _, _, role in plan.roles) == {Role.LEAD: 11, Role.RESPONSIBLE: 81, Role.CERTIFIER: 10}


def published_numbers(task: str) -> list[str]:
    """The figures of a task: 3.14万 as 31400, 60% as 60%; 一次 and 两病 are words."""
    found = []
    for number, unit in re.findall(r"(\d+(?:\.\d+)?)(万|%)?", task):
        found.append(plain(Fraction(number) * 10000) if unit == "万" else number + unit)
    return found


def target_text(plan: Plan, code: str) -> str:
    indicator = plan.indicator(code)
    assert indicator.target is not None
    return plain(indicator.target * 100) + "%" if indicator.kind is Kind.RATIO else plain(indicator.target)


@pytest.mark.parametrize("no", range(1, 11))
def test_every_number_of_a_task_is_the_target_of_exactly_one_indicator(plan: Plan, no: int) -> None:
    numbers = Counter(published_numbers(ROWS[no - 1][2]))
    shared = {"15000", "90%"}  # 各完成15000 and 均不低于90% are each two indicators
    quoted = {6: Counter({"1": 2})}.get(no, Counter())  # 每个街道有1处、每个社区有1处: quoted by 6-5 and 6-7
    targets = Counter(target_text(plan, i.code) for i in plan.indicators_of(no) if i.target is not None)
    milestones = Counter("1" for i in plan.indicators_of(no) if i.kind is Kind.MILESTONE and "1" in i.quote)
    full = Counter("100%" for i in plan.indicators_of(no) if i.tier is Tier.GATE and i.kind is Kind.RATIO)
    full += Counter("1" for i in plan.indicators_of(no) if i.kind is Kind.MILESTONE and "1" not in i.quote)
    assert targets - full == (numbers - quoted) + Counter({n: 1 for n in numbers if n in shared})
    assert milestones <= targets


def test_the_two_single_places_are_quoted_by_the_gates(plan: Plan) -> None:
    assert "每个街道有1处" in ROWS[5][2].replace("综合养老服务设施", "") or "每个街道有1处" in plan.indicator("6-5").quote
    assert "1处" in plan.indicator("6-5").quote
    assert "1处" in plan.indicator("6-7").quote


def test_every_quote_stands_in_the_task(plan: Plan) -> None:
    for indicator in plan.indicators:
        task = ROWS[indicator.project - 1][2]
        for part in re.split("…", indicator.quote.strip("（）")):
            assert part in task, indicator.code


def test_tiers_and_kinds(plan: Plan) -> None:
    assert Counter(i.tier for i in plan.indicators) == {Tier.ASSESSED: 32, Tier.GATE: 3, Tier.TEXT: 10}
    assessed = Counter(i.kind for i in plan.indicators if i.tier is Tier.ASSESSED)
    assert assessed == {Kind.CUMULATIVE: 17, Kind.RATIO: 7, Kind.STOCK: 6, Kind.MILESTONE: 2}
    per_project = [sum(i.tier is Tier.ASSESSED for i in plan.indicators_of(n)) for n in range(1, 11)]
    assert per_project == [3, 4, 3, 3, 3, 4, 5, 1, 3, 3]


def test_what_is_strict_is_strict(plan: Plan) -> None:
    strict = {i.code for i in plan.indicators if i.comparator.value == "＞"}
    assert strict == {"2-4", "6-3", "9-2"}
    for code in strict:
        assert "超" in plan.indicator(code).quote


def test_the_published_plan_leaves_unset_what_the_table_does_not_say(plan: Plan) -> None:
    assert all(not (u.contact or u.phone or u.email) for u in plan.units)
    assert all(not i.steps and i.opening is None and i.fixed_denominator is None for i in plan.indicators)
    assert {w.expected for w in plan.warnings} == {"4-3", "6-5", "6-7", "10-1"}


def test_who_reports(plan: Plan) -> None:
    assert len(plan.reporting_units) == 38
    leads = [u.name for u in plan.reporting_units if plan.owes_figures(u.name)]
    assert len(leads) == 11
    assert "县统计局" not in {u.name for u in plan.reporting_units}
    assert plan.indicator("3-1").lead == "县城市管理局"
    assert plan.indicator("3-2").lead == "县住房和城乡建设局"


def test_the_samples_of_the_demo_are_marked(sample_plan: Plan) -> None:
    assert all("示例" in row["依据"] and "示例" in row["确认单位"] for row in sample_plan.tables["序时"])
    settled = [r for r in sample_plan.tables["参数"] if r["参数"] in ("分母", "年初数") and r["值"]]
    assert settled
    assert all("示例" in row["说明"] for row in settled)
