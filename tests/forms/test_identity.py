"""What a 表号 is made of: every field that decides what an input means, or how it is judged, and nothing else."""

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.forms import certification, unit
from minsheng_xl.forms.certification import certification_hash
from minsheng_xl.forms.example import UNIT, example_plan
from minsheng_xl.forms.identity import head_in, identity_line, identity_sheet, is_identity_line, properties_of
from minsheng_xl.forms.unit import form_hash
from minsheng_xl.plan.model import (
    Bands,
    Comparator,
    Coverage,
    Exemption,
    Indicator,
    Kind,
    PaceRule,
    Project,
    Settings,
    Tier,
)
from minsheng_xl.plan.period import Frequency

CODE = "1-2"
"""The indicator that is changed: a ratio of the first project."""


class Told(NamedTuple):
    """Another value of a field; whether it is in the 表号 of the units' forms, in that of the certifier's; and why."""

    other: Any
    units: bool
    certifiers: bool
    why: str


BOTH, UNITS, CERTIFIERS, NEITHER = (True, True), (True, False), (False, True), (False, False)

INDICATOR = {
    "code": Told("1-9", *BOTH, "whose figure it is"),
    "tier": Told(Tier.TEXT, *BOTH, "定性 need not be filled in, and is not held to 100 %"),
    "project": Told(2, *BOTH, "whose 本期进展 answers for the figure"),
    "name": Told("另一指标", *BOTH, "what is counted"),
    "quote": Told("原文", *NEITHER, "stands on no form"),
    "kind": Told(Kind.STOCK, *BOTH, "which cells are filled in"),
    "unit_of_measure": Told("户", *BOTH, "in what it is counted"),
    "lead": Told("乙局", *NEITHER, "who answers for it in rankings"),
    "filler": Told("乙局", *BOTH, "on whose form its row stands, and whether a certifier reports it itself"),
    "decimals": Told(2, *BOTH, "how many a figure may have"),
    "comparator": Told(Comparator.AT_MOST, *BOTH, "when a figure meets its target"),
    "target": Told(Fraction(1, 3), *BOTH, "what the figure is held against"),
    "pace_rule": Told(PaceRule.FLAT, *NEITHER, "pace"),
    "weight": Told(Fraction(3), *NEITHER, "counts in averages only"),
    "deadline": Told(date(2022, 6, 30), *NEITHER, "a due day"),
    "numerator": Told("另一分子", *BOTH, "what 分子 counts"),
    "denominator": Told("另一分母", *BOTH, "what 分母 counts"),
    "office_denominator": Told(True, *BOTH, "whether 分母 is filled in"),
    "fixed_denominator": Told(Fraction(7), *BOTH, "what 分子 is held against"),
    "contained": Told(True, *BOTH, "whether 分子 may exceed 分母"),
    "parent": Told("1-1", *BOTH, "what the figure may not exceed"),
    "derived_from": Told(("1-1",), *BOTH, "what a 推导 follows from"),
    "leader": Told("张某", *NEITHER, "who is told"),
    "shares": Told(("乙局",), *UNITS, "on whose form a 分解数 stands"),
    "pause_document": Told("某政〔2022〕1号", *NEITHER, "a pause ends no input"),
    "paused_from": Told(Period.parse("2022-06"), *NEITHER, "a pause ends no input"),
    "resumed_from": Told(Period.parse("2022-08"), *NEITHER, "a pause ends no input, nor does its end"),
    "definition": Told("按户籍统计", *BOTH, "口径: how it is counted"),
    "steps": Told(((6, Fraction(1, 2)),), *NEITHER, "pace"),
    "opening": Told(Fraction(1, 5), *NEITHER, "moves the rate, which is reckoned anew"),
    "span": Told(Coverage.WITHIN, *NEITHER, "whether 与上期相同 may be chosen: judged by the plan of today"),
    "exemption": Told(Exemption((Period.parse("2022-07"),), "某函"), *NEITHER, "whether 本期不涉及 may be chosen: likewise"),
}
PROJECT = {
    "no": Told(9, *BOTH, "whose words they are"),
    "name": Told("另一项目", *BOTH, "what the words are about"),
    "task": Told("另一任务", *NEITHER, "stands on no form"),
    "leads": Told(("乙局",), *UNITS, "who writes the words of a lead"),
    "responsible": Told(("乙局",), *UNITS, "who writes 配合情况"),
    "certifiers": Told(("乙局",), *CERTIFIERS, "who certifies"),
    "asks_funding": Told(False, *UNITS, "whether 资金 are filled in"),
}
SETTINGS = {
    "region": Told("另一县", *BOTH, "whose plan it is"),
    "title": Told("另一标题", *NEITHER, "stands on top of the form"),
    "year": Told(2023, *BOTH, "of which year the figures are"),
    "frequency": Told(Frequency.QUARTER, *BOTH, "over what a period runs"),
    "due_day": Told(8, *NEITHER, "a due day"),
    "due_dates": Told(((Period.parse("2022-01"), date(2022, 2, 8)),), *NEITHER, "due days"),
    "bands": Told(Bands(Fraction(1), Fraction(-1), Fraction(-2)), *NEITHER, "colours"),
    "mean_by_project": Told(True, *NEITHER, "how averages are made"),
    "last_wins": Told(True, *NEITHER, "which return counts, not what it says"),
    "usual": Told(Fraction(5), *NEITHER, "what is remarked on, not held"),
    "trials": Told((("size-large", Period.parse("2022-06")),), *NEITHER, "which rules only remark: by the plan of today"),
    "least_increase": Told(Fraction(3, 100), *NEITHER, "from where on an increase decides a light"),
    "least_judged": Told(Fraction(2, 5), *NEITHER, "which leads are ranked"),
    "brief_code": Told(True, *NEITHER, "what the foot of a printed sheet says"),
    "organ": Told("县政府办", *NEITHER, "who signs what goes out"),
    "again_by": Told(((Period.parse("2022-06"), date(2022, 7, 9)),), *NEITHER, "when the late ones have to report"),
    "issued_on": Told(((Period.parse("2022-06"), date(2022, 7, 9)),), *NEITHER, "the day on what goes out"),
    "brief_numbers": Told(((Period.parse("2022-06"), "6"),), *NEITHER, "what number the leaders' brief bears"),
    "last_year": Told("../去年", *NEITHER, "where last year's figures are"),
    "certified": Told(("1-1",), *CERTIFIERS, "which rows are certified"),
    "certified_in": Told(((Period.parse("2024-01"), ("1-1",)),), *CERTIFIERS, "which rows are certified in a period"),
    "silence": Told(3, *NEITHER, "after how many days silence on a 核对单 is consent"),
    "stamping": Told("http://tsa.example.cn", *NEITHER, "who stamps the journal"),
    "mail_domains": Told(("gov.cn",), *NEITHER, "where mail may go"),
    "near": Told(5, *NEITHER, "when the units are reminded"),
    "supervises": Told(True, *NEITHER, "whether slips are made"),
}


def of_indicator(plan: Plan, field: str, other: Any) -> Plan:
    changed = [i._replace(**{field: other}) if i.code == CODE else i for i in plan.indicators]
    return plan.having(indicators=tuple(changed))


def of_project(plan: Plan, field: str, other: Any) -> Plan:
    """The first project changed; its indicators follow its number."""
    first, *rest = plan.projects
    moved = first._replace(**{field: other})
    indicators = [i._replace(project=moved.no) if i.project == first.no else i for i in plan.indicators]
    return plan.having(projects=(moved, *rest), indicators=tuple(indicators))


def of_settings(plan: Plan, field: str, other: Any) -> Plan:
    return plan.having(settings=plan.settings._replace(**{field: other}))


def forms_of(plan: Plan) -> list[str]:
    return [form_hash(plan, one.name) for one in plan.units]


def certifiers_of(plan: Plan) -> list[str]:
    return [certification_hash(plan, one.name, plan.periods[0], {}) for one in plan.units]


EVERY = [
    *((of_indicator, field, told) for field, told in INDICATOR.items()),
    *((of_project, field, told) for field, told in PROJECT.items()),
    *((of_settings, field, told) for field, told in SETTINGS.items()),
]


@pytest.mark.parametrize(("record", "table"), [(Indicator, INDICATOR), (Project, PROJECT), (Settings, SETTINGS)])
def test_every_field_of_the_plan_is_told_in_or_out(record: Any, table: dict[str, Told]) -> None:
    assert list(table) == list(record._fields)


@pytest.mark.parametrize(("changed", "field", "told"), EVERY, ids=[f"{one.__name__}-{field}" for one, field, _ in EVERY])
def test_a_field_is_in_the_hash_if_it_decides_what_an_input_means(changed: Any, field: str, told: Told) -> None:
    plan = example_plan()
    other = changed(plan, field, told.other)
    assert (forms_of(other) != forms_of(plan)) is told.units, told.why
    assert (certifiers_of(other) != certifiers_of(plan)) is told.certifiers, told.why


def test_the_layout_is_in_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = example_plan()
    before = form_hash(plan, UNIT.name), certification_hash(plan, UNIT.name, plan.periods[0], {})
    monkeypatch.setattr(unit.LAYOUTS, "digest", "00000000")
    monkeypatch.setattr(certification.LAYOUTS, "digest", "00000000")
    after = form_hash(plan, UNIT.name), certification_hash(plan, UNIT.name, plan.periods[0], {})
    assert all(a != b and len(a) == len(b) == 12 for a, b in zip(before, after, strict=True))


def test_the_first_version_is_hashed_as_it_was() -> None:
    plan = example_plan()
    assert form_hash(plan, UNIT.name, "2") != form_hash(plan, UNIT.name)
    widened = of_indicator(plan, "definition", "按户籍统计")
    assert form_hash(widened, UNIT.name, "2") == form_hash(plan, UNIT.name, "2")  # 口径 was not in it


def test_the_identity_is_said_three_times() -> None:
    period = Period.parse("2022-10")
    properties = properties_of("县残联 2022-10", "县残联", period, "0123456789ab", "01234567")
    assert identity_line("县残联", period, "0123456789ab", "01234567") == "县残联 · 2022-10 · 表号 0123456789ab · 版式 01234567"
    anchored = identity_line("县残联", period, "0123456789ab", "01234567", "72eb55458efa3636")
    assert anchored == "县残联 · 2022-10 · 表号 0123456789ab · 版式 01234567 · 链首 72eb55458efa3636"
    assert is_identity_line(anchored, "县残联", period)
    assert head_in(anchored) == "72eb55458efa3636"
    assert head_in("县残联 · 2022-10 · 表号 0123456789ab · 版式 01234567") == ""
    hidden = identity_sheet(properties)
    said = {hidden.cells[row, 0].content: hidden.cells[row, 1].content for row in range(4)}
    assert said == {name: text for name, text in properties.items() if name != "title"}
    assert sorted(said.values(), key=str) == sorted(["县残联", "2022-10", "0123456789ab", "01234567"])
    assert hidden.hidden
