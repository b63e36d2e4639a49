"""The rows of a unit's number table, and how their values are written."""

from fractions import Fraction
from typing import Any

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.figures.definitions import Terms
from minsheng_xl.forms import look
from minsheng_xl.forms.rows import (
    assessed_rows,
    change_format,
    form_rows,
    target_content,
    target_style,
    value_format,
)
from minsheng_xl.plan.model import Comparator, Kind, Tier

OCTOBER = Period.parse("2022-10")


def terms(plan: Plan, **changed: Any) -> Terms:
    (row, *_) = form_rows(plan, "县残联", OCTOBER)
    return row.terms._replace(**changed)


def test_a_row_for_each_figure_owed_then_for_each_share(quarters_plan: Plan) -> None:
    period = quarters_plan.periods[0]
    for unit in quarters_plan.units:
        rows = form_rows(quarters_plan, unit.name, period)
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert [row.role for row in rows] == sorted(row.role for row in rows)  # figure before share
        owed = {row.indicator.code for row in rows if row.role == "figure"}
        assert owed <= {i.code for i in quarters_plan.filled_by(unit.name) if i.kind is not Kind.WORDS}
        assert {row.indicator.code for row in rows if row.role == "share"} == {
            i.code for i in quarters_plan.shared_by(unit.name)
        }


def test_a_derived_figure_stands_where_all_it_follows_from_stands(sample_plan: Plan) -> None:
    for unit in sample_plan.units:
        codes = {row.indicator.code for row in form_rows(sample_plan, unit.name, OCTOBER) if row.role == "figure"}
        for indicator in sample_plan.filled_by(unit.name):
            if indicator.kind is Kind.DERIVED:
                assert (indicator.code in codes) == codes.issuperset(indicator.derived_from)


def test_words_have_no_row(sample_plan: Plan) -> None:
    codes = [row.indicator.code for row in form_rows(sample_plan, "县城市管理局", OCTOBER)]
    assert codes == ["3-1", "3-4", "3-6", "3-7"]


def test_what_need_not_be_filled_in(sample_plan: Plan) -> None:
    (row, *_) = form_rows(sample_plan, "县残联", OCTOBER)
    assert row.required
    for_reference = row._replace(indicator=row.indicator._replace(tier=Tier.TEXT))
    assert not for_reference.required
    assert for_reference._replace(role="share").required
    ratio = row._replace(indicator=row.indicator._replace(kind=Kind.RATIO))
    assert ratio.is_ratio
    assert not ratio._replace(role="share").is_ratio


def test_the_summary_has_every_assessed_indicator_project_by_project(sample_plan: Plan) -> None:
    rows = assessed_rows(sample_plan, OCTOBER)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert {row.indicator.code for row in rows} == {i.code for i in sample_plan.indicators if i.tier is Tier.ASSESSED}
    projects = [row.indicator.project for row in rows]
    assert projects == sorted(projects)


@pytest.mark.parametrize(
    ("comparator", "sign"),
    [(Comparator.AT_LEAST, ""), (Comparator.MORE_THAN, '"＞"'), (Comparator.AT_MOST, '"≤"'), (Comparator.YES, "")],
)
def test_a_target_shows_its_comparator_where_it_is_not_at_least(plan: Plan, comparator: Comparator, sign: str) -> None:
    style = target_style(terms(plan, comparator=comparator, decimals=0), look.FIXED_NUMBER)
    assert style.number == sign + look.figure_format(0)


def test_a_ratio_is_written_in_percent_another_figure_with_its_decimals(plan: Plan) -> None:
    assert value_format(terms(plan, kind=Kind.RATIO, decimals=2)) == look.PERCENT
    assert value_format(terms(plan, kind=Kind.CUMULATIVE, decimals=2)) == look.figure_format(2)
    assert look.figure_format(0) != look.figure_format(2)
    change = change_format(terms(plan, kind=Kind.CUMULATIVE, decimals=0))
    assert change == f"{look.figure_format(0)};\\−{look.figure_format(0)}"


def test_the_target_of_a_milestone_is_yes(plan: Plan) -> None:
    assert target_content(terms(plan, kind=Kind.MILESTONE, target=Fraction(1))) == "是"
    assert target_content(terms(plan, kind=Kind.MILESTONE, target=None)) is None
    assert target_content(terms(plan, kind=Kind.STOCK, target=Fraction(7))) == 7
