"""What the rules say of a row of the certifier's form, case by case."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from minsheng_xl.exact.expressions import Const, Value
from minsheng_xl.plan.model import Comparator, Kind
from minsheng_xl.rules.certification import AGREED, BY_ROW, CUT, DENIED, RAISED, UNPROVED, WITHHELD, opinions_on
from minsheng_xl.rules.model import Cells

F = Fraction


def fired(kind: Kind, comparator: Comparator = Comparator.AT_LEAST, **cells: Value) -> set[str]:
    """The codes of the rules that fire, without what they all begin with."""
    row = SimpleNamespace(indicator=SimpleNamespace(kind=kind, comparator=comparator), is_ratio=kind is Kind.RATIO, role="certify", terms=None)
    given = Cells(**{name: Const(value) for name, value in cells.items()})  # type: ignore[arg-type]
    found = set()
    for rule in BY_ROW:
        assert rule.fires is not None
        for group in rule.places(row):  # type: ignore[arg-type]
            if rule.fires(row, given, group).value():  # type: ignore[arg-type]
                found.add(rule.code.removeprefix("certify-"))
    return found


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, ""), ({"reported": F(80)}, ""), ({"reported": F(80), "opinion": AGREED}, ""), ({"reported": F(80), "opinion": AGREED, "certified": F(80)}, ""),
        ({"reported": F(80), "opinion": AGREED, "certified": F(79)}, "agreed-differs"), ({"opinion": AGREED}, "nothing-reported"),
        ({"reported": F(80), "opinion": CUT, "certified": F(70), "reason": "重复"}, ""), ({"reported": F(80), "opinion": CUT, "certified": F(70)}, "reason-missing"),
        ({"reported": F(80), "opinion": CUT, "reason": "重复"}, "cut-missing"), ({"reported": F(80), "opinion": CUT, "certified": F(80), "reason": "x"}, "cut-not-less"),
        ({"reported": F(80), "opinion": CUT, "certified": F(81), "reason": "x"}, "cut-not-less"),
        ({"opinion": CUT, "certified": F(70), "reason": "x"}, "nothing-reported"),
        ({"reported": F(80), "certified": F(70)}, "opinion-missing"), ({"reported": F(80), "opinion": WITHHELD}, ""), ({"reported": F(80), "opinion": UNPROVED}, ""),
        ({"opinion": WITHHELD}, ""), ({"reported": F(80), "opinion": WITHHELD, "certified": F(70)}, "withheld-figure"),
        ({"reported": F(80), "opinion": UNPROVED, "certified": F(70)}, "withheld-figure"),
        ({"reported": F(80), "opinion": AGREED, "checked": F(10), "confirmed": F(10)}, ""),
        ({"reported": F(80), "opinion": AGREED, "checked": F(10), "confirmed": F(11)}, "confirmed-exceeds"),
        ({"reported": F(80), "opinion": AGREED, "confirmed": F(1)}, "confirmed-exceeds"), ({"reported": F(80), "opinion": AGREED, "checked": F(1)}, ""),
        ({"reported": F(80), "opinion": DENIED, "reason": "没有台账"}, ""), ({"reported": F(80), "opinion": DENIED}, "reason-missing"),
        ({"reported": F(80), "opinion": DENIED, "certified": F(0), "reason": "x"}, "withheld-figure"), ({"opinion": DENIED, "reason": "x"}, ""),
        ({"reason": "x"}, "words-alone"), ({"remark": "x"}, "words-alone"), ({"checked": F(1)}, "words-alone"),
        ({"checked": F(1), "confirmed": F(1)}, "words-alone"), ({"opinion": UNPROVED, "remark": "x"}, ""),
    ],
)
def test_opinion_and_figure_say_the_same(cells: dict[str, Value], found: str) -> None:
    assert fired(Kind.CUMULATIVE, **cells) == set(found.split())


@pytest.mark.parametrize(("certified", "found"), [(4, "cut-not-less"), (5, "cut-not-less"), (6, "")])
def test_of_what_should_be_little_a_cut_is_more(certified: int, found: str) -> None:
    cells: dict[str, Value] = {"reported": F(5), "opinion": CUT, "certified": F(certified), "reason": "x"}
    assert fired(Kind.CUMULATIVE, Comparator.AT_MOST, **cells) == set(found.split())


@pytest.mark.parametrize(("certified", "found"), [(4, "raised-not-more"), (5, "raised-not-more"), (6, "")])
def test_of_what_should_be_little_more_is_worse(certified: int, found: str) -> None:
    cells: dict[str, Value] = {"reported": F(5), "opinion": RAISED, "certified": F(certified), "reason": "x"}
    assert fired(Kind.CUMULATIVE, Comparator.AT_MOST, **cells) == set(found.split())


def test_what_is_raised_is_asked_as_what_is_cut() -> None:
    assert fired(Kind.CUMULATIVE, Comparator.AT_MOST, reported=F(5), opinion=RAISED, reason="x") == {"cut-missing"}
    assert fired(Kind.CUMULATIVE, Comparator.AT_MOST, reported=F(5), opinion=RAISED, certified=F(6)) == {"reason-missing"}
    assert fired(Kind.CUMULATIVE, Comparator.AT_MOST, opinion=RAISED, certified=F(6), reason="x") == {"nothing-reported"}


@pytest.mark.parametrize(
    ("comparator", "opinions"),
    [
        (Comparator.AT_LEAST, "同意报送数 核减 暂不认定 待补证 不予认定"), (Comparator.MORE_THAN, "同意报送数 核减 暂不认定 待补证 不予认定"),
        (Comparator.NONE, "同意报送数 核减 暂不认定 待补证 不予认定"), (Comparator.AT_MOST, "同意报送数 核增 暂不认定 待补证 不予认定"),
    ],
)
def test_what_can_be_said_makes_a_figure_worse(comparator: Comparator, opinions: str) -> None:
    assert opinions_on(SimpleNamespace(comparator=comparator)) == tuple(opinions.split())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("opinion", "reported", "certified", "found"),
    [
        (AGREED, "是", "是", ""), (AGREED, "是", "否", "agreed-differs"), (CUT, "是", "否", ""), (CUT, "是", "是", "cut-not-less"), (CUT, "否", "否", "cut-not-less"),
        (CUT, "否", "是", "cut-not-less"),
    ],
)
def test_of_a_milestone_a_cut_is_a_no(opinion: str, reported: str, certified: str, found: str) -> None:
    assert fired(Kind.MILESTONE, opinion=opinion, reported=reported, certified=certified, reason="x") == set(found.split())


@pytest.mark.parametrize(
    ("opinion", "reported", "certified", "found"),
    [
        # in percent, of which one decimal is printed
        (AGREED, "66.7", "66.66", ""), (AGREED, "66.7", "66.64", "agreed-differs"), (CUT, "66.7", "66.66", "cut-not-less"), (CUT, "66.7", "66.6", ""),
        # typed as a fraction: a hundredth of what was reported, or at most 1 where more than 2 was
        (CUT, "66.7", "0.667", "fraction"), (CUT, "66.7", "0.6675", "fraction"), (CUT, "66.7", "1", "fraction"), (CUT, "66.7", "1.1", ""), (CUT, "2", "1", ""),
        (CUT, "2.1", "1", "fraction"), (CUT, "66.7", "0", ""), (CUT, "1.5", "0.015", "fraction"), (CUT, "1.5", "0.0155", "fraction"), (CUT, "1.5", "0.016", ""),
    ],
)
def test_a_ratio_is_certified_in_percent(opinion: str, reported: str, certified: str, found: str) -> None:
    assert fired(Kind.RATIO, opinion=opinion, reported=F(reported), certified=F(certified), reason="x") == set(found.split())
