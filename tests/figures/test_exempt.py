"""Rows of which a unit said that they do not apply: outside every count and average, and named."""

from fractions import Fraction

import pytest

from minsheng_xl import Entry, Indicator, Period, Plan, progress_of
from minsheng_xl.exact.expressions import Value
from minsheng_xl.figures.definitions import NOT_APPLICABLE, Status, Tally, counted_statuses
from minsheng_xl.figures.progress import CountyProgress
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.paper.summary import summary_sheet
from minsheng_xl.plan.model import Comparator, Exemption, Kind, Tier
from tests.figures.test_definitions import BASE, DECEMBER, OCTOBER
from tests.makers import empty_account, figure

MAY = Exemption((OCTOBER, DECEMBER), "县政府第8次会议")
A = BASE._replace(exemption=MAY)
B = BASE._replace(code="1-2")
GATE = BASE._replace(code="1-3", tier=Tier.GATE, target=Fraction(1))
PAUSED = BASE._replace(code="1-4", pause_document="文", paused_from=OCTOBER)


def county(plan: Plan, indicators: tuple[Indicator, ...], *values: Value, period: Period = OCTOBER) -> CountyProgress:
    changed = plan.having(indicators=indicators, projects=(plan.project(1),))
    entries = {one.code: Entry(reported=value) for one, value in zip(indicators, values, strict=False)}
    return progress_of(changed, period, entries)


def test_the_row_has_a_state_of_its_own(sample_plan: Plan) -> None:
    found = county(sample_plan, (A, B), NOT_APPLICABLE, Fraction(150)).indicators[0]
    assert (found.status, found.tally, found.met, found.rate, found.value) == (
        Status.NOT_APPLICABLE, Tally.OUTSIDE, None, None, None,
    )
    assert Status.NOT_APPLICABLE.label == "／ 不涉及"


def test_it_stands_outside_every_average(sample_plan: Plan) -> None:
    """One of two rows at half its target: 50 % over one row, as if the other were not there."""
    found = county(sample_plan, (A, B), NOT_APPLICABLE, Fraction(150)).averages
    assert (found.reported, found.counted, found.held, found.met) == (1, 1, 0, 0)
    assert found.average_reported == found.average_all == Fraction(1, 2)


@pytest.mark.parametrize("indicator", [BASE, A._replace(exemption=Exemption((DECEMBER,), "文"))])
def test_where_the_plan_does_not_let_it_off_it_is_in_doubt(sample_plan: Plan, indicator: Indicator) -> None:
    found = county(sample_plan, (indicator, B), NOT_APPLICABLE, Fraction(150))
    assert found.indicators[0].status is Status.HELD


def test_in_the_last_period_and_that_of_its_deadline_it_is_owed(sample_plan: Plan) -> None:
    from datetime import date

    assert county(sample_plan, (A, B), NOT_APPLICABLE, period=DECEMBER).indicators[0].status is Status.HELD
    due = A._replace(deadline=date(2022, 10, 15))
    assert county(sample_plan, (due, B), NOT_APPLICABLE).indicators[0].status is Status.HELD
    later = A._replace(deadline=date(2022, 11, 1))
    assert county(sample_plan, (later, B), NOT_APPLICABLE).indicators[0].status is Status.NOT_APPLICABLE


PROJECTS = [
    # states of A and B (300 is met), the project's
    ((A, B), (NOT_APPLICABLE, Fraction(300)), Status.ON_PACE),  # not 完成, though all else is
    ((A, B), (NOT_APPLICABLE, Fraction(150)), Status.RED),
    ((A, B), (NOT_APPLICABLE, None), Status.MISSING),
    ((A, B), (Fraction(300), Fraction(300)), Status.DONE),
    ((A,), (NOT_APPLICABLE,), Status.NOT_APPLICABLE),
    ((A, PAUSED), (NOT_APPLICABLE,), Status.NOT_APPLICABLE),
    ((PAUSED,), (), Status.PAUSED),
    ((A, B, GATE), (NOT_APPLICABLE, Fraction(300), Fraction(1)), Status.ON_PACE),
]


@pytest.mark.parametrize(("indicators", "values", "status"), PROJECTS)
def test_a_project_with_such_a_row(
    sample_plan: Plan, indicators: tuple[Indicator, ...], values: tuple[Value, ...], status: Status
) -> None:
    assert county(sample_plan, indicators, *values).projects[0].status is status


def test_the_foot_counts_it_after_the_paused_only_where_it_may_be() -> None:
    assert counted_statuses(may_be_exempt=True) == (*counted_statuses(may_be_exempt=False), Status.NOT_APPLICABLE)
    assert counted_statuses(may_be_exempt=True)[-2] is Status.PAUSED


def foot(plan: Plan, value: Value) -> list[str]:
    account = empty_account(plan, OCTOBER, {"团县委": {figure("9-1"): value}})
    sheet = summary_sheet(account)
    book = Book([sheet, *_projects(account)], {})
    cells = (sheet.cells[at] for at in sorted(sheet.cells))
    return [text for cell in cells if isinstance(text := book.value(sheet, cell), str) and ("合计" in text or "注：" in text)]


def _projects(account):  # type: ignore[no-untyped-def]
    from minsheng_xl.forms.project import project_sheet
    from minsheng_xl.forms.unit import unit_form

    yield from (project_sheet(account, project) for project in account.plan.projects)
    for unit in account.plan.reporting_units:
        yield unit_form(account.plan, unit, account.period, {}, account.units[unit.name].given(), in_master=True)


def test_the_summary_counts_and_names_it(sample_plan: Plan) -> None:
    changed = tuple(i._replace(exemption=MAY) if i.code == "9-1" else i for i in sample_plan.indicators)
    plan = sample_plan.having(indicators=changed)
    counts, note = foot(plan, NOT_APPLICABLE)
    assert counts.endswith("／ 不涉及 1")
    assert "○ 未报 31　" in counts
    assert "本期不涉及（不计入）：9-1" in note
    counts, note = foot(plan, Fraction(5))
    assert counts.endswith("／ 不涉及 0")
    assert "本期不涉及" not in note
    counts, _ = foot(sample_plan, Fraction(5))
    assert "不涉及" not in counts


@pytest.mark.parametrize(
    ("other", "value"), [(Fraction(300), None), (None, None), (NOT_APPLICABLE, None), (Fraction(150), Fraction(0))]
)
def test_what_is_derived_from_it_is_not_said_to_be_met(sample_plan: Plan, other: Value, value: Fraction | None) -> None:
    """A source that does not apply is not met; that another is not is known all the same. It is in no count."""
    derived = BASE._replace(
        code="1-5", tier=Tier.TEXT, kind=Kind.DERIVED, comparator=Comparator.YES, target=None, derived_from=("1-1", "1-2"),
    )
    found = county(sample_plan, (A, B._replace(exemption=MAY), derived), NOT_APPLICABLE, other)
    assert (found.indicators[2].value, found.indicators[2].status, found.indicators[2].tally) == (value, None, Tally.OUTSIDE)
    assert found.averages.counted == (0 if other == NOT_APPLICABLE else 1)
