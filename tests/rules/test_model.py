"""A rule as a record: what it is if nothing else is said, and the finding that it makes."""

import pytest

from minsheng_xl.exact.keys import Key
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.rules.catalogue import BY_ROW, RULES
from minsheng_xl.rules.model import Rule, where
from tests.makers import figure

RULE = Rule(code="x", severity=Severity.HOLD, sentence="比{expected}大：{seen}（{reason}）", action="请核对{seen}", source="某")


def test_a_rule_on_a_row_of_figures_has_its_turn_and_no_other_has_one() -> None:
    assert {rule.code for rule in RULES.values() if rule.turn} == {rule.code for rule in BY_ROW}
    assert RULE.turn == 0


def test_a_rule_of_which_nothing_is_said_is_of_the_first_set_cannot_be_explained_and_looks_at_no_cell() -> None:
    assert (RULE.since, RULE.explainable, RULE.fires) == (1, False, None)
    assert (RULE.holds, RULE.instruction, RULE.hint, RULE.against, RULE.tolerance) == ("", "", "", "", "")
    assert list(RULE.places(None)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("severity", "doubt"), [(Severity.HOLD, True), (Severity.NOTE, False), (Severity.ERROR, False)])
def test_a_doubt_is_what_holds_a_cell(severity: Severity, doubt: bool) -> None:
    assert RULE._replace(severity=severity).is_doubt is doubt


def test_places_are_one_group_or_none() -> None:
    assert list(where(True, "numerator", "denominator")) == [("numerator", "denominator")]
    assert list(where(False, "numerator")) == []


def test_a_finding_says_what_was_seen_and_where() -> None:
    key: Key = figure("1-1")
    assert RULE.problem(file="a.xlsx", sheet="填报表", cell="H7", seen="9", expected="5", reason="目标", key=key) == Problem(
        code="x", severity=Severity.HOLD, sheet="填报表", cell="H7", seen="9", expected="5", message="比5大：9（目标）", action="请核对9",
        file="a.xlsx", key=key,
    )  # fmt: skip


def test_what_was_explained_is_a_remark_that_quotes_the_reason() -> None:
    found = RULE.problem(seen="9", expected="5", explained="含上年结转")
    assert (found.severity, found.message, found.action) == (Severity.NOTE, "比5大：9（），已说明：含上年结转", "按说明采用，请留意")
