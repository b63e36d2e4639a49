"""A certifier's form of the former layout, kept as bytes, is accepted figure for figure.

The form went out by the plan of 青禾县2023 with 3-3 as a row of which more is worse; on it 核减 said that more was found,
every row could be certified, the gate 3-3 and 1-3 among them, and the words on top were others. What is expected was
written by hand from what was typed into it.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import Reported
from minsheng_xl.accounts.values import Figure
from minsheng_xl.exact.keys import CERTIFY, Key
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.originals import CertifiersForm, NoEvidence
from minsheng_xl.plan.load import check_tables
from minsheng_xl.plan.text import read_folder
from tests.kept.make_year import TABLES
from tests.makers import raw

FORMER = Path(__file__).with_name("former")
MAY, APRIL = Period.parse("2023-05"), Period.parse("2023-04")
REPORTED = {
    "1-1": Reported(Fraction("25.5"), MAY), "1-2": Reported(Fraction("14.2"), MAY), "2-1": Reported(Fraction(680), MAY),
    "2-3": Reported(Fraction(97, 100), MAY), "3-1": Reported("否", MAY), "3-2": Reported(Fraction(160), APRIL),
    "3-3": Reported(Fraction(21), MAY),
}
FIGURES: Mapping[str, Figure] = {
    "1-1": Fraction(25), "1-2": Fraction("14.2"), "2-1": Fraction(676), "2-3": Fraction("0.965"), "3-1": "否", "3-3": Fraction(24),
}
OPINIONS = {
    "1-1": "核减", "1-2": "同意报送数", "2-1": "核减", "2-2": "待补证", "2-3": "核减", "3-1": "同意报送数", "3-2": "暂不认定", "3-3": "核减",
}


class WentOut(NoEvidence):
    """Evidence that the form went out."""

    def __init__(self, plan: Plan, reported: Mapping[str, Reported] = REPORTED) -> None:
        self._form = CertifiersForm((FORMER / "认定_发出.xlsx").read_bytes(), reported, plan, "县统计局")

    def certifying(self, unit: str, period: Period, form: str) -> CertifiersForm:
        return self._form


@pytest.fixture(scope="module")
def its_plan() -> Plan:
    tables = read_folder(TABLES).plain()
    next(row for row in tables["指标"] if row["编码"] == "3-3")["比较"] = "≤"
    return check_tables(raw(tables))


def test_it_is_accepted_figure_for_figure(its_plan: Plan) -> None:
    found = Judge(its_plan, WentOut(its_plan)).judge("认定.xlsx", "0" * 64, (FORMER / "认定_来件.xlsx").read_bytes())
    assert (found.outcome.value, found.unit, found.period, found.problems) == ("accepted", "县统计局", MAY, ())
    assert found.content is not None
    figures = {key.of: value for key, value in found.content.figures.items() if key.name == "figure"}
    assert figures == FIGURES
    assert {key.of: text for key, text in found.content.words.items() if key.is_opinion} == OPINIONS
    said = [found.content.words[Key(CERTIFY, code, "reason")] for code in ("1-1", "2-1", "2-3", "3-3")]
    assert said == ["半公里未验收", "四张未启用", "口径", "一个班三人未计"]
    cases = [found.content.figures[Key(CERTIFY, "1-1", name)] for name in ("checked", "confirmed")]
    assert cases == [5, 4]


def test_a_form_that_went_out_of_other_figures_is_refused(its_plan: Plan) -> None:
    others = WentOut(its_plan, {**REPORTED, "1-1": Reported(Fraction("25.6"), MAY)})
    found = Judge(its_plan, others).judge("认定.xlsx", "0" * 64, (FORMER / "认定_来件.xlsx").read_bytes())
    assert (found.outcome.value, found.content) == ("refused", None)
