"""Which units owe figures of a period, and which words alone."""

from datetime import date

from minsheng_xl import Period, Plan
from minsheng_xl.plan.model import Indicator, Role, Tier

OCTOBER, DECEMBER = Period.parse("2022-10"), Period.parse("2022-12")
DISABLED, CIVIL = "县残联", "县民政局"  # one assessed figure, 8-1; project 6 with gates and words beside its figures


def with_rows(plan: Plan, unit: str, **changed: object) -> Plan:
    """The plan in which all that a unit fills in is changed alike."""
    def row(one: Indicator) -> Indicator:
        return one._replace(**changed) if one.filler == unit else one

    return plan.having(indicators=tuple(map(row, plan.indicators)))


def test_the_leads_owe_figures_and_the_others_words(sample_plan: Plan) -> None:
    """The eleven of the county's table; the one that certifies owes neither."""
    owing = [unit.name for unit in sample_plan.units if sample_plan.owes_figures_in(unit.name, OCTOBER)]
    assert len(owing) == 11
    assert set(owing) == {unit.name for unit in sample_plan.units if sample_plan.projects_of(unit.name, Role.LEAD)}


def test_a_lead_of_words_alone_owes_words(sample_plan: Plan) -> None:
    assert not with_rows(sample_plan, DISABLED, tier=Tier.TEXT).owes_figures_in(DISABLED, OCTOBER)


def test_what_is_suspended_is_not_owed(sample_plan: Plan) -> None:
    suspended = with_rows(sample_plan, DISABLED, paused_from=OCTOBER, pause_document="政办9号")
    assert [suspended.owes_figures_in(DISABLED, each) for each in (Period.parse("2022-09"), OCTOBER)] == [True, False]
    resumed = with_rows(suspended, DISABLED, resumed_from=DECEMBER)
    assert resumed.owes_figures_in(DISABLED, DECEMBER)


def test_a_gate_is_owed_from_its_deadline_on(sample_plan: Plan) -> None:
    gates = with_rows(sample_plan, CIVIL, tier=Tier.GATE, deadline=date(2022, 10, 31))
    assert [gates.owes_figures_in(CIVIL, each) for each in (Period.parse("2022-09"), OCTOBER, DECEMBER)] == [False, True, True]
    undated = with_rows(gates, CIVIL, deadline=None)
    assert [undated.owes_figures_in(CIVIL, each) for each in (OCTOBER, DECEMBER)] == [False, True], "then it is the year's end"
