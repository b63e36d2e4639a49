"""What is no report at all, and the little that is one: a single nought, word or choice."""

import io
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import HEAD, Key
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.originals import NoEvidence
from minsheng_xl.plan.model import Role
from tests.libreoffice.soffice import convert, needs_libreoffice
from tests.makers import QUARTERS, figure, word

BUILT_IN, SECOND = Plan.built_in(sample=True), Plan.load(QUARTERS)
JANUARY, NOVEMBER = Period.parse("2022-01"), Period.parse("2022-11")
FIRST_QUARTER, THIRD_QUARTER = SECOND.periods[0], SECOND.periods[2]
DISABLED, CIVIL, JUSTICE, FARMING = "县残联", "县民政局", "县司法局", "农业农村局"
BEFORE: dict[str, Value] = {"6-1": Fraction(2), "6-2": Fraction(150), "6-5": Fraction(1, 2), "8-1": Fraction(96)}
"""Prefilled figures, which are locked: they are nothing of the unit's."""
HEAD_ONLY = {Key(HEAD, "form", name): text for name, text in (("filler", "张三"), ("phone", "13800000000"), ("date", "2022-12-03"))}


class Sent(NoEvidence):
    """What went out: the form of a unit with its earlier figures."""

    def __init__(self, plan: Plan, unit: str, period: Period) -> None:
        self.known = {} if period.is_first or plan is SECOND else BEFORE
        self.sent = write_book(unit_book(plan, plan.unit(unit), period, self.known))

    def issued(self, unit: str, period: Period, form: str) -> bytes:
        return self.sent

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return self.known


def judged(plan: Plan, unit: str, period: Period, cells: Mapping[Key, object]) -> Return:
    evidence, form = Sent(plan, unit, period), unit_form(plan, plan.unit(unit), period, {})
    book, stream = openpyxl.load_workbook(io.BytesIO(evidence.sent)), io.BytesIO()
    for key, content in cells.items():
        book["填报表"][form.address(key)] = content
    book.save(stream)
    return Judge(plan, evidence).judge("x.xlsx", "0", stream.getvalue())


_FORMS = {
    "a lead's, in a November": (BUILT_IN, CIVIL, NOVEMBER), "a lead's, in the first period": (BUILT_IN, CIVIL, JANUARY),
    "one of words only, in a November": (BUILT_IN, JUSTICE, NOVEMBER), "one of words only, in the first period": (BUILT_IN, JUSTICE, JANUARY),
    "another plan's, in the first quarter": (SECOND, FARMING, FIRST_QUARTER), "another plan's, in the third": (SECOND, FARMING, THIRD_QUARTER),
}  # fmt: skip
_NOTHING: dict[str, dict[Key, object]] = {"as it went out": {}, "the head only": dict(HEAD_ONLY)}


@pytest.mark.parametrize("cells", _NOTHING.values(), ids=_NOTHING)
@pytest.mark.parametrize(("plan", "unit", "period"), _FORMS.values(), ids=_FORMS)
def test_a_form_without_a_figure_a_choice_or_a_word_is_blank(plan: Plan, unit: str, period: Period, cells: dict[Key, object]) -> None:
    found = judged(plan, unit, period, cells)
    assert (found.outcome, found.unit, found.period, found.content) == (Outcome.EMPTY, unit, period, None)
    assert found.problems[0].code == "return-empty"


_LITTLE = {
    "one nought": (BUILT_IN, CIVIL, NOVEMBER, {figure("6-1"): 0}, Outcome.HELD),  # it falls: 2 before
    "one nought in the first period": (BUILT_IN, CIVIL, JANUARY, {figure("6-1"): 0}, Outcome.ACCEPTED),
    "a single figure": (BUILT_IN, DISABLED, NOVEMBER, {figure("8-1"): 97}, Outcome.ACCEPTED),
    "a single choice": (BUILT_IN, "团县委", NOVEMBER, {figure("9-3"): "否"}, Outcome.ACCEPTED),
    "a single 说明": (BUILT_IN, CIVIL, NOVEMBER, {figure("6-1", "explanation"): "本月没有新开工的养老机构"}, Outcome.WORDS),
    "没有新进展 alone": (BUILT_IN, CIVIL, NOVEMBER, {word(6, "progress"): "本期无新进展"}, Outcome.WORDS),
    "没有新进展 of a unit of words": (BUILT_IN, JUSTICE, JANUARY, {word(BUILT_IN.projects_of(JUSTICE, Role.RESPONSIBLE)[0], "support"): "本期无新进展"}, Outcome.ACCEPTED),
    "words alone": (BUILT_IN, DISABLED, NOVEMBER, {word(8, "problem"): "康复师不足"}, Outcome.WORDS),
    "an amount of money alone": (SECOND, FARMING, FIRST_QUARTER, {word(2, "funding_due"): 200}, Outcome.ACCEPTED),
}  # fmt: skip


@pytest.mark.parametrize(("plan", "unit", "period", "cells", "outcome"), _LITTLE.values(), ids=_LITTLE)
def test_one_figure_choice_or_word_is_no_blank_form(plan: Plan, unit: str, period: Period, cells: dict[Key, object], outcome: Outcome) -> None:
    """But words alone are no report of a unit that owes figures."""
    found = judged(plan, unit, period, cells)
    assert found.outcome is outcome
    assert found.content is not None
    codes = [problem.code for problem in found.problems]
    assert ("return-empty" in codes, "return-no-figures" in codes) == (False, outcome is Outcome.WORDS)


@needs_libreoffice
@pytest.mark.office
def test_a_blank_form_that_libreoffice_saved_is_blank(tmp_path: Path) -> None:
    evidence, path = Sent(BUILT_IN, CIVIL, NOVEMBER), tmp_path / "空.xlsx"
    path.write_bytes(evidence.sent)
    (saved,) = convert([path], "xlsx", tmp_path / "另存", recalculate=True)
    assert Judge(BUILT_IN, evidence).judge("x.xlsx", "0", saved.read_bytes()).outcome is Outcome.EMPTY
