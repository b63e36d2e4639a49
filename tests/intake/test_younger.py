"""Rules that only remark: on trial by the plan, or younger than the form; and what is remarked on by history."""

import io
from collections.abc import Mapping
from fractions import Fraction

import openpyxl
import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.left import Left
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.originals import NoEvidence
from minsheng_xl.ledger.previous import Earlier
from minsheng_xl.ledger.recent import usual_of
from minsheng_xl.rules.catalogue import RULE_SET, RULES, may_be_on_trial, page
from minsheng_xl.rules.course import CUMULATIVE_FALLS
from tests.makers import figure

PLAN, OCTOBER, NOVEMBER = Plan.built_in(sample=True), Period.parse("2022-10"), Period.parse("2022-11")
YOUTH, LAST = "团县委", {"9-1": Fraction(10)}


def having(**settings: object) -> Plan:
    return PLAN.having(settings=PLAN.settings._replace(**settings))  # type: ignore[arg-type]


ON_TRIAL = having(trials=(("cumulative-falls", OCTOBER),))


class Sent(NoEvidence):
    def __init__(self, content: bytes) -> None:
        self.content = content

    def issued(self, unit: str, period: Period, form: str) -> bytes:
        return self.content

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        return LAST


def judged(plan: Plan, period: Period, number: int, left: Left | None = None, rules: str | None = "") -> Return:
    """9-1 with a number; `rules` is what the form bears of its rule set: "" of what the program writes."""
    book = unit_book(plan, plan.unit(YOUTH), period, LAST, left=left or Left())
    if rules != "":
        book.properties.pop("minsheng.rules")
        book.properties |= {} if rules is None else {"minsheng.rules": rules}
    sent = write_book(book)
    form, stream = unit_form(plan, plan.unit(YOUTH), period, {}), io.BytesIO()
    again = openpyxl.load_workbook(io.BytesIO(sent))
    again["填报表"][form.address(figure("9-1"))] = number
    again.save(stream)
    return Judge(plan, Sent(sent)).judge("x.xlsx", "0", stream.getvalue())


def check(plan: Plan, period: Period, number: int, left: Left | None = None) -> object:
    sheet = unit_form(plan, plan.unit(YOUTH), period, LAST, {figure("9-1"): Fraction(number)}, left=left or Left())
    return Book([sheet], {}).value(sheet, sheet.cell(figure("9-1", "check")))


TRIED = [
    (PLAN, OCTOBER, Outcome.HELD, "比上期少，请核对或写说明"),
    (ON_TRIAL, OCTOBER, Outcome.ACCEPTED, "提示：比上期少，请核对或写说明"),
    (ON_TRIAL, NOVEMBER, Outcome.HELD, "比上期少，请核对或写说明"),
    (having(trials=(("increment-typed", OCTOBER),)), OCTOBER, Outcome.HELD, "比上期少，请核对或写说明"),
]


@pytest.mark.parametrize(("plan", "period", "outcome", "hint"), TRIED)
def test_a_rule_on_trial_remarks_and_holds_nothing(plan: Plan, period: Period, outcome: Outcome, hint: str) -> None:
    found = judged(plan, period, 9)
    assert found.outcome is outcome
    assert "cumulative-falls" in [p.code for p in found.problems]
    assert check(plan, period, 9) == hint


def test_the_page_of_rules_marks_what_is_on_trial() -> None:
    marked = [line for line in page({"cumulative-falls": "2022-11"}).splitlines() if "试行至" in line]
    (line,) = marked
    assert line.startswith("| cumulative-falls | 提示（试行至 2022-11，以后待核） |")
    assert "试行至" not in page()


@pytest.mark.parametrize(
    ("code", "may"), [("cumulative-falls", True), ("same-as-last", False), ("two-readings", False), ("没有的", False)]
)
def test_only_what_holds_a_figure_and_stands_on_the_form_can_be_on_trial(code: str, may: bool) -> None:
    assert may_be_on_trial(code) is may


def test_a_form_bears_the_number_of_its_rule_set() -> None:
    assert unit_book(PLAN, PLAN.unit(YOUTH), OCTOBER, {}).properties["minsheng.rules"] == str(RULE_SET)
    assert max(rule.since for rule in RULES.values()) == RULE_SET


AGES = [("1", 1, Outcome.HELD), ("1", 2, Outcome.ACCEPTED), ("2", 2, Outcome.HELD), (None, 2, Outcome.HELD), ("3", 2, Outcome.HELD)]


@pytest.mark.parametrize(("rules", "since", "outcome"), AGES)
def test_a_rule_younger_than_the_form_remarks(
    rules: str | None, since: int, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form from before rule sets had numbers is judged by all of them."""
    from minsheng_xl.forms import table

    aged = tuple(rule._replace(since=since) if rule == CUMULATIVE_FALLS else rule for rule in table.BY_ROW)
    monkeypatch.setattr(table, "BY_ROW", aged)
    found = judged(PLAN, OCTOBER, 9, rules=rules)
    assert found.outcome is outcome
    assert "cumulative-falls" in [p.code for p in found.problems]


USUAL = having(usual=Fraction(5))
HONEST = (1, 2, 3, 4, 5, 7, 8, 9)  # eight periods; by hand: increases 1 1 1 1 1 2 1 1, median 1, spread at least 1
KNOWN = (Fraction(-4), Fraction(6))  # 1 ± 5 × 1


def earlier(figures: tuple[int, ...]) -> list[Earlier]:
    found = []
    for month, number in enumerate(figures, 1):
        account = UnitAccount(YOUTH)
        account.figures[figure("9-1")] = Fraction(number)
        units = {YOUTH: account}
        found.append(Earlier(Period(2022, month), units, None, units, USUAL))
    return found


def test_what_is_usual_follows_from_five_periods() -> None:
    assert usual_of(USUAL, earlier(HONEST)) == {"9-1": KNOWN}
    assert usual_of(USUAL, earlier(HONEST[:4])) == {}
    assert usual_of(PLAN, earlier(HONEST)) == {}
    large = (0, 100, 230, 300, 400, 480)  # increases 100 130 70 100 80: median 100, distances 0 30 30 0 20: 20
    assert usual_of(USUAL, earlier(large)) == {"9-1": (Fraction(0), Fraction(200))}


@pytest.mark.parametrize("honest", [HONEST, (0, 100, 230, 300, 400, 480, 560, 660)])
def test_an_honest_year_is_not_remarked_on_and_a_burst_is(honest: tuple[int, ...]) -> None:
    for n in range(5, len(honest)):
        low, high = usual_of(USUAL, earlier(honest[:n]))["9-1"]
        assert low <= honest[n] - honest[n - 1] <= high
    low, high = usual_of(USUAL, earlier(honest))["9-1"]
    assert not low <= 10 * (honest[-1] - honest[-2]) <= high


@pytest.mark.parametrize(("number", "said"), [(16, False), (17, True), (10, False)])
def test_the_form_and_the_intake_say_what_is_unusual(number: int, said: bool) -> None:
    left = Left(usual={"9-1": KNOWN})
    found = judged(USUAL, OCTOBER, number, left)
    assert ("unusual-increase" in [p.code for p in found.problems]) is said
    assert found.outcome is Outcome.ACCEPTED
    assert (check(USUAL, OCTOBER, number, left) == "提示：本期新增与往期不一样") is said
    assert "unusual-increase" not in [p.code for p in judged(PLAN, OCTOBER, number).problems]


def test_the_account_hands_the_bounds_to_the_form() -> None:
    from minsheng_xl.forms.left import left_of

    account = PeriodAccount(plan=USUAL, period=OCTOBER, units={}, before={}, last_known={}, usual={"9-1": KNOWN})
    sheet = unit_form(USUAL, USUAL.unit(YOUTH), OCTOBER, {}, left=left_of(account, YOUTH))
    assert [sheet.cell(Key("figure", "9-1", name)).content for name in ("least", "most")] == [*KNOWN]
