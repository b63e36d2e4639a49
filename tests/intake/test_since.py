"""What was changed in the plan after a form went out is told, or holds the row."""

from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

import pytest

from minsheng_xl import Plan
from minsheng_xl.accounts.values import Content, Doubt
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.since import changed_since
from minsheng_xl.plan.model import Comparator, Coverage, Kind, Tier
from tests.makers import figure

PAGE = cast(Page, SimpleNamespace(sheet=SimpleNamespace(name="填报表"), at=lambda key: (7, 6)))


def looked_at(plan: Plan, code: str, **fields: Any) -> "tuple[Content, str]":
    """What a form says of a row that has other fields by now, and what is told of it."""
    rows = tuple(one._replace(**fields) if one.code == code else one for one in plan.indicators)
    (measure, *_) = plan.indicator(code).measures
    content = Content({figure(code, measure): Fraction(106)}, {})
    found, problems = changed_since(PAGE, content, plan, plan.having(indicators=rows))
    return found, "".join(one.message for one in problems)


TERMS: "dict[str, tuple[str, dict[str, Any], str]]" = {
    "a target": ("8-1", {"target": Fraction(200)}, "8-1 目标已由120改为200"),
    "no target": ("8-1", {"target": None}, "8-1 目标已由120改为空"),
    "no comparator": ("8-1", {"comparator": Comparator.NONE}, "8-1 比较已由≥改为空"),
    "a tier": ("8-1", {"tier": Tier.TEXT}, "8-1 类别已由考核改为定性"),
    "a target of a ratio": ("7-3", {"target": Fraction(7, 10)}, "7-3 目标已由60%改为70%"),
    "the office's denominator": ("6-5", {"fixed_denominator": Fraction(5)}, "6-5 核定分母已由4改为5"),
    "a denominator that the office keeps for later": ("7-3", {"fixed_denominator": Fraction(200)}, ""),
    "how many decimals": ("8-1", {"decimals": 2}, ""),
    "what is the default": ("8-1", {"span": Coverage.TO_DATE}, ""),
}


@pytest.mark.parametrize(("code", "fields", "told"), TERMS.values(), ids=TERMS.keys())
def test_how_a_figure_is_looked_at_is_told(sample_plan: Plan, code: str, fields: dict[str, Any], told: str) -> None:
    content, said = looked_at(sample_plan, code, **fields)
    assert set(content.figures.values()) == {Fraction(106)}
    assert said == (f"这张表下发以后，{told}" if told else "")


MEANT: "dict[str, tuple[str, dict[str, Any], str]]" = {
    "a kind": ("8-1", {"kind": Kind.STOCK}, "类型"),
    "a measure": ("8-1", {"unit_of_measure": "百人"}, "计量单位"),
    "over what it runs": ("8-1", {"span": Coverage.WITHIN}, "口径期间"),
    "who fills it in": ("8-1", {"filler": "县民政局"}, "填数单位"),
    "whose denominator": ("7-3", {"office_denominator": True}, "分母来源"),
    "the words of a numerator": ("7-3", {"numerator": "别的人数"}, "分子"),
    "in what it is contained": ("1-3", {"parent": "1-1"}, "上级指标"),
}


@pytest.mark.parametrize(("code", "fields", "column"), MEANT.values(), ids=MEANT.keys())
def test_what_a_figure_is_holds_its_row(sample_plan: Plan, code: str, fields: dict[str, Any], column: str) -> None:
    content, said = looked_at(sample_plan, code, **fields)
    assert set(content.figures.values()) == {Doubt("106")}
    assert said == f"这张表下发以后，计划里这一行的{column}改了，数待核"
