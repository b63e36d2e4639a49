"""Forms that are in doubt as a whole: figures that slipped a row, an earlier form with a new date."""

import io
from collections.abc import Mapping
from fractions import Fraction

import openpyxl
import pytest

from minsheng_xl import Period, Plan
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.unit import unit_book, unit_form
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.originals import NoEvidence
from minsheng_xl.intake.wholes import slipped
from tests.intake.pages import blank_page
from tests.makers import figure

PLAN, OCTOBER, SEPTEMBER = Plan.built_in(sample=True), Period.parse("2022-10"), Period.parse("2022-09")
CIVIL = "县民政局"
LAST = {"6-1": 2, "6-2": 150, "6-3": 30, "6-4": 76300, "6-6": 50}
RIGHT = {"6-1": 3, "6-2": 165, "6-3": 32, "6-4": 77200, "6-6": 52}
DOWN = {"6-2": 3, "6-3": 165, "6-4": 32, "6-6": 77200}
UP = {"6-1": 165, "6-2": 32, "6-3": 77200, "6-4": 52}
ONE = RIGHT | {"6-3": 165}
DOUBLED = {code: 2 * number for code, number in LAST.items()}


def seen(figures: Mapping[str, int], last: Mapping[str, int] = LAST) -> str:
    before: dict[str, Value] = {code: Fraction(number) for code, number in last.items()}
    cells = {figure(code): Fraction(number) for code, number in figures.items()}
    found = slipped(blank_page(PLAN, CIVIL, OCTOBER), cells, before, {})
    return "" if found is None else found.seen


@pytest.mark.parametrize("figures", [DOWN, UP])
def test_figures_that_slipped_a_row_are_told(figures: dict[str, int]) -> None:
    assert "77200" in seen(figures)


@pytest.mark.parametrize("figures", [RIGHT, LAST, ONE, DOUBLED, {}])
def test_figures_in_their_rows_are_not(figures: dict[str, int]) -> None:
    assert seen(figures) == ""


def test_small_figures_are_not_compared() -> None:
    small = {"6-1": 5, "6-2": 10, "6-3": 19}
    assert seen({"6-1": 8, "6-2": 5, "6-3": 10}, small) == ""


class Earlier(NoEvidence):
    """What was accepted before October, and before September."""

    def issued(self, unit: str, period: Period, form: str) -> bytes:
        return form_with(self.before(unit, period))

    def before(self, unit: str, period: Period) -> Mapping[str, Value]:
        if period == OCTOBER:
            return {code: Fraction(number) for code, number in LAST.items()}
        return {code: Fraction(number, 2) for code, number in LAST.items()} if period == SEPTEMBER else {}


def form_with(before: Mapping[str, Value]) -> bytes:
    return write_book(unit_book(PLAN, PLAN.unit(CIVIL), OCTOBER, before))


def judged(cells: Mapping[Key, object], assumed: tuple[str, str] | None = None) -> Return:
    form, stream = unit_form(PLAN, PLAN.unit(CIVIL), OCTOBER, {}), io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(form_with(Earlier().before(CIVIL, OCTOBER))))
    for key, content in cells.items():
        book["填报表"][form.address(key)] = content
    book.save(stream)
    return Judge(PLAN, Earlier()).judge("x.xlsx", "0", stream.getvalue(), assumed)


def typed(figures: Mapping[str, int], name: str = "reported") -> dict[Key, object]:
    return {figure(code, name): number for code, number in figures.items()}


def test_a_slipped_form_is_held_whole_until_the_office_takes_it() -> None:
    found = judged(typed(DOWN))
    assert (found.outcome, found.content, found.unit) == (Outcome.HELD, None, CIVIL)
    assert [one.code for one in found.problems if one.code == "rows-slipped"] == ["rows-slipped"]
    taken = judged(typed(DOWN), (CIVIL, "2022-10"))
    assert taken.content is not None
    assert judged(typed(RIGHT)).outcome is Outcome.ACCEPTED


def test_an_earlier_form_pasted_into_this_one_is_held_whole() -> None:
    pasted = typed({code: number // 2 for code, number in LAST.items()}, "previous")
    found = judged(typed(RIGHT) | pasted)
    assert (found.outcome, found.content) == (Outcome.HELD, None)
    assert next(one for one in found.problems if one.code == "earlier-form").seen == "2022-09"
    assert judged(typed(RIGHT) | pasted, (CIVIL, "2022-10")).content is not None


def test_one_changed_previous_figure_is_a_remark_only() -> None:
    found = judged(typed(RIGHT) | {figure("6-2", "previous"): 75})
    assert found.outcome is Outcome.ACCEPTED
    assert "previous-changed" in [one.code for one in found.problems]
