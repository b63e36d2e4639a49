"""What the certifiers said of the figures of a period: the last word on each."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period
from minsheng_xl.accounts.period import Certified, Reported
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Content, Doubt, Figure, Outcome
from minsheng_xl.exact.keys import CERTIFY, Key
from minsheng_xl.ledger.certified import certified_of, certified_text, says_what_stands
from minsheng_xl.plan.model import Kind
from tests.ledger.journals import Told

STATISTICS, OCTOBER = "县统计局", Period(2022, 10)
NOW, LATER = datetime(2022, 11, 8, 10), datetime(2022, 11, 9, 10)


def word(name: str, text: str, code: str = "8-1") -> dict[Key, str]:
    return {Key(CERTIFY, code, name): text}


def form(opinion: str, figure: "Figure | None" = None, code: str = "8-1", **words: str) -> Content:
    """What a form says of one indicator; the words by their columns."""
    said = word("opinion", opinion, code)
    for name, text in words.items():
        said |= word(name, text, code)
    return Content({} if figure is None else {Key(CERTIFY, code, "figure"): figure}, said)


def sent(sha256: str, content: Content | None, outcome: Outcome = Outcome.ACCEPTED, unit: str | None = STATISTICS) -> Return:
    return Return(
        file=f"{sha256}.xlsx", sha256=sha256, outcome=outcome, unit=unit, period=OCTOBER, content=content, certifies=True,
    )


def certified(told: Told, upto: int | None = None) -> Mapping[str, Certified]:
    return certified_of(told.plan, told.register, OCTOBER, upto)


def test_all_that_a_form_says_of_a_figure_is_kept_beside_what_it_was_said_of(told: Told) -> None:
    content = form("核减", Fraction(70), reported="80", period="2022-09", reason="重复", remark="见附件")
    content.figures.update({Key(CERTIFY, "8-1", "checked"): Fraction(10), Key(CERTIFY, "8-1", "confirmed"): Fraction(9)})
    told.meets(OCTOBER, NOW, sent("a", content))
    assert certified(told) == {
        "8-1": Certified(
            unit=STATISTICS, opinion="核减", figure=Fraction(70), reported=Reported(Fraction(80), Period(2022, 9)), file="a.xlsx", received=NOW,
            checked=Fraction(10), confirmed=Fraction(9), reason="重复", remark="见附件",
        )
    }  # fmt: skip


def test_a_milestone_was_reported_in_a_word_and_what_was_not_reported_is_none(told: Told) -> None:
    told.meets(OCTOBER, NOW, sent("a", form("同意报送数", "是", "2-1", reported="是", period="2022-10")), sent("b", form("待补证", None, "8-1")))
    found = certified(told)
    assert (found["2-1"].figure, found["2-1"].reported) == ("是", Reported("是", OCTOBER))
    assert (found["8-1"].figure, found["8-1"].reported, found["8-1"].in_doubt_of_two) == (None, None, False)


@pytest.mark.parametrize(
    "one",
    [
        sent("a", form("核减", Fraction(1)), Outcome.REFUSED), sent("a", form("核减", Fraction(1)), Outcome.DUPLICATE), sent("a", form("核减", Fraction(1)), unit=None),
        sent("a", form("核减", Fraction(1)))._replace(certifies=False), sent("a", None, Outcome.HELD), sent("a", form("核减", Fraction(1), "99-9")),
        sent("a", form("核减", Fraction(1)), unit="县财政局"), sent("a", form("核减", Fraction(1)))._replace(period=Period(2022, 9)),
    ],
)
def test_what_is_no_certifier_s_word_on_the_period_counts_for_nothing(told: Told, one: Return) -> None:
    told.meets(OCTOBER, NOW, one)
    assert certified(told) == {}


def test_the_last_word_counts(told: Told) -> None:
    told.meets(OCTOBER, NOW, sent("a", form("核减", Fraction(70))), sent("x", form("核减", Fraction(5), "9-1")))
    before = told.register.last_seq()
    told.meets(OCTOBER, LATER, sent("b", form("同意报送数", Fraction(80))))
    found = certified(told)
    assert (found["8-1"].opinion, found["8-1"].figure, found["8-1"].file, found["8-1"].in_doubt_of_two) == ("同意报送数", 80, "b.xlsx", False)
    assert found["9-1"].figure == 5
    assert certified(told, before)["8-1"].figure == 70


@pytest.mark.parametrize(
    ("first", "second", "doubt"),
    [
        (("核减", Fraction(70)), ("核减", Fraction(60)), "70 / 60"), (("核减", Fraction(70)), ("待补证", None), "70 / 待补证"),
        (("核减", Fraction(70)), ("同意报送数", Fraction(70)), "70 / 70"), (("核减", Fraction(70)), ("核减", Fraction(70)), None),
    ],
)
def test_two_forms_of_one_run_that_differ_leave_the_figure_in_doubt(
    told: Told, first: "tuple[str, Figure | None]", second: "tuple[str, Figure | None]", doubt: str | None
) -> None:
    told.meets(OCTOBER, NOW, sent("a", form(*first)), sent("b", form(*second)))
    found = certified(told)["8-1"]
    assert (found.figure, found.in_doubt_of_two) == ((Doubt(doubt), True) if doubt else (Fraction(70), False))


def test_a_figure_that_was_certified_in_something_else_is_in_doubt(told: Told) -> None:
    measured = told.plan.indicator("8-1").measured_in
    for measure, figure in ((measured, Fraction(70)), ("累计量 户", Doubt("70（当时是累计量 户）"))):
        told.meets(OCTOBER, NOW, sent(measure, form("核减", Fraction(70), **{"in": measure})))
        assert certified(told)["8-1"].figure == figure
    told.meets(OCTOBER, NOW, sent("c", form("待补证", None, **{"in": "累计量 户"})))
    assert certified(told)["8-1"].figure is None


def test_when_a_form_was_received_the_office_may_correct(told: Told) -> None:
    told.meets(OCTOBER, LATER, sent("a", form("核减", Fraction(70))))
    told.is_received("a", NOW, LATER)
    assert certified(told)["8-1"].received == NOW


@pytest.mark.parametrize(
    ("content", "stands"),
    [
        (form("核减", Fraction(70)), True), (form("核减", Fraction(60)), False), (form("同意报送数", Fraction(70)), False), (form("核减", Fraction(70), reason="x"), False),
        (form("核减", Fraction(5), "9-1"), False), (Content({}, {}), False),
        (Content({Key(CERTIFY, "8-1", "figure"): Fraction(70)}, word("opinion", "核减") | word("opinion", "核减", "9-1")), False),
    ],
)
def test_a_form_that_says_what_stands_says_nothing_new(told: Told, content: Content, stands: bool) -> None:
    told.meets(OCTOBER, NOW, sent("a", form("核减", Fraction(70))))
    assert says_what_stands(told.plan, STATISTICS, content, certified(told)) is stands


@pytest.mark.parametrize(
    ("kind", "figure", "text"),
    [(Kind.RATIO, Fraction(1, 3), "33.3%"), (Kind.CUMULATIVE, Fraction(5, 2), "2.5"), (Kind.RATIO, Doubt("约三成"), "约三成"), (Kind.MILESTONE, "是", "是"), (Kind.RATIO, None, "")],
)
def test_a_certified_figure_as_people_read_it(kind: Kind, figure: "Figure | None", text: str) -> None:
    assert certified_text(kind, figure) == text
