"""Versions of the plan: what differs, from when on it counts, which plan a period has."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from minsheng_xl.plan.model import Before, Comparator, Event, EventKind, Indicator, Kind, Plan, Tier
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.versions import (
    _FREE,
    FIELDS,
    ChangeKind,
    Difference,
    PlanChange,
    Version,
    called_as_in,
    differences,
    first_free,
    in_words,
    knowing,
    makes_easier,
    valid_in,
    with_beginning,
)

SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (Period(2022, month) for month in (9, 10, 11, 12))


def changed(plan: Plan, row: str, **fields: object) -> Plan:
    """The plan with fields of one row written anew."""
    rows = [one._replace(**fields) if one.code == row else one for one in plan.indicators]  # type: ignore[arg-type]
    return plan.having(indicators=tuple(rows))


def version(before: Plan, after: Plan, begins: Period | None) -> Version:
    kind = ChangeKind.CORRECTED if begins is None else ChangeKind.ADJUSTED
    return Version(after, tuple(PlanChange(one, kind, begins) for one in differences(before, after)))


def target(plan: Plan, period: Period, *versions: Version) -> Fraction | None:
    return valid_in(period, [Version(plan), *versions], versions[-1].plan).indicator("1-1").target


def test_every_field_of_an_indicator_moves_figures_or_is_free() -> None:
    assert sorted([*FIELDS.values(), *_FREE, "code"]) == sorted(Indicator._fields)


def test_what_differs_in_words(plan: Plan) -> None:
    after = changed(plan, "1-1", target=Fraction(30000), filler="县财政局", deadline=date(2022, 11, 30))
    after = changed(after, "7-4", target=Fraction(95, 100), steps=((6, Fraction(1, 2)), (12, Fraction(1))))
    found = {(one.row, one.column): (one.was, one.now) for one in differences(plan, after)}
    was = plan.indicator("1-1")
    assert found == {
        ("1-1", "目标"): (in_words(was, "target"), "30000"), ("1-1", "填数单位"): (was.filler, "县财政局"),
        ("1-1", "完成时限"): ("2022-12-31", "2022-11-30"), ("7-4", "目标"): (in_words(plan.indicator("7-4"), "target"), "95%"),
        ("7-4", "序时"): ("", "6月 50%；12月 100%"),
    }


def test_words_that_move_no_figure_differ_in_nothing(plan: Plan) -> None:
    assert differences(plan, changed(plan, "1-1", name="另一个说法", quote="……", leader="张某")) == []


def test_a_row_more_and_a_row_less(plan: Plan) -> None:
    after = plan.having(indicators=plan.indicators[1:])
    assert differences(plan, after) == [Difference("指标", "1-1", "", "有", "")]
    assert differences(after, plan) == [Difference("指标", "1-1", "", "", "有")]


def test_an_adjustment_counts_from_its_beginning_on(plan: Plan) -> None:
    after = changed(plan, "1-1", target=Fraction(30000))
    one = version(plan, after, NOVEMBER)
    was = plan.indicator("1-1").target
    assert [target(plan, period, one) for period in (OCTOBER, NOVEMBER, DECEMBER)] == [was, 30000, 30000]
    assert valid_in(NOVEMBER, [Version(plan), one], after) is after


def test_a_correction_counts_wherever_what_it_corrects_stands(plan: Plan) -> None:
    wrong = changed(plan, "1-1", target=Fraction(300))
    right = changed(plan, "1-1", target=Fraction(30000))
    adjusted, corrected = version(plan, wrong, NOVEMBER), version(wrong, right, None)
    was = plan.indicator("1-1").target
    assert [target(plan, period, adjusted, corrected) for period in (OCTOBER, NOVEMBER)] == [was, 30000]


def test_three_changes_and_back(plan: Plan) -> None:
    plans = [plan, *(changed(plan, "1-1", target=Fraction(n)) for n in (100, 200)), plan]
    begins = (OCTOBER, NOVEMBER, DECEMBER)
    versions = [version(was, now, at) for (was, now), at in zip(pairwise(plans), begins, strict=True)]
    was = plan.indicator("1-1").target
    assert [target(plan, p, *versions) for p in (SEPTEMBER, *begins)] == [was, 100, 200, was]


def test_a_row_that_ended_stands_where_it_stood(plan: Plan) -> None:
    after = plan.having(indicators=tuple(one for one in plan.indicators if one.code != "1-2"))
    found = valid_in(OCTOBER, [Version(plan), version(plan, after, NOVEMBER)], after)
    assert [one.code for one in found.indicators] == [one.code for one in plan.indicators]
    assert not valid_in(NOVEMBER, [Version(plan), version(plan, after, NOVEMBER)], after).has_indicator("1-2")


def test_what_is_free_is_as_written_last_in_every_open_period(plan: Plan) -> None:
    after = changed(plan, "1-1", target=Fraction(30000), name="新的说法")
    assert valid_in(OCTOBER, [Version(plan), version(plan, after, NOVEMBER)], after).indicator("1-1").name == "新的说法"


def test_a_code_that_was_changed_is_the_same_row(plan: Plan) -> None:
    after = changed(plan, "1-1", code="1-9").after(Before(codes={"1-1": "1-9"}))
    found = [one for one in differences(plan, after) if one.row in ("1-1", "1-9")]
    assert found == []
    assert called_as_in(after, plan).has_indicator("1-9")
    assert knowing(plan, after).code_here("1-9") == "1-1"


@pytest.mark.parametrize(("out", "free"), [([], Period(2022, 1)), ([SEPTEMBER], OCTOBER), ([DECEMBER], DECEMBER)])
def test_the_first_period_whose_forms_have_not_gone_out(plan: Plan, out: Sequence[Period], free: Period) -> None:
    assert first_free(plan.periods, out) == free


def beginning(plan: Plan, difference: Difference, *out: Period, event: Event | None = None) -> PlanChange:
    after = plan if event is None else plan.after(Before((event,)))
    return with_beginning(difference, plan, after, out)


def test_the_beginning_that_a_change_has_by_itself(plan: Plan) -> None:
    number = Difference("指标", "1-1", "目标", "1", "2")
    blank = Difference("指标", "2-2", "年初数", "", "2")
    lead = Difference("指标", "1-1", "填数单位", "县民政局", "县财政局")
    handed = Event(EventKind.HANDED_OVER, "1-1", ("县财政局",), DECEMBER, "9号")
    assert beginning(plan, number) == PlanChange(number, ChangeKind.CORRECTED)
    assert beginning(plan, number, OCTOBER) == PlanChange(number, ChangeKind.ADJUSTED, NOVEMBER)
    assert beginning(plan, blank, OCTOBER) == PlanChange(blank, ChangeKind.CORRECTED)
    assert beginning(plan, lead, OCTOBER, event=handed) == PlanChange(lead, ChangeKind.ADJUSTED, DECEMBER, "9号")
    assert beginning(plan, number, OCTOBER, event=handed) == PlanChange(number, ChangeKind.ADJUSTED, NOVEMBER)


@pytest.mark.parametrize(
    ("column", "was", "now", "comparator", "easier"),
    [
        ("目标", "200", "100", Comparator.AT_LEAST, True), ("目标", "100", "200", Comparator.AT_LEAST, False),
        ("目标", "5", "6", Comparator.AT_MOST, True), ("目标", "6", "5", Comparator.AT_MOST, False),
        ("目标", "95%", "90%", Comparator.AT_LEAST, True),
        ("完成时限", "2022-09-30", "2022-10-31", Comparator.AT_LEAST, True),
        ("完成时限", "2022-10-31", "2022-09-30", Comparator.AT_LEAST, False),
        ("完成时限", "2022-10-31", "", Comparator.AT_LEAST, True), ("完成时限", "", "2022-10-31", Comparator.AT_LEAST, False),
        ("类别", Tier.ASSESSED.value, Tier.TEXT.value, Comparator.AT_LEAST, True),
        ("类别", Tier.TEXT.value, Tier.ASSESSED.value, Comparator.AT_LEAST, False),
        ("口径", "甲", "乙", Comparator.AT_LEAST, False), ("", "有", "", Comparator.AT_LEAST, True),
    ],
)
def test_what_asks_less(
    plan: Plan, column: str, was: str, now: str, comparator: Comparator, easier: bool
) -> None:
    row = plan.indicator("1-1")._replace(comparator=comparator, kind=Kind.CUMULATIVE)
    assert makes_easier(Difference("指标", "1-1", column, was, now), row) is easier
