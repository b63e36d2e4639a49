"""What the rules of figures hold of honest years, and what they let pass of slips: both errors, beside each other."""

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from random import Random

import pytest

from minsheng_xl import Plan
from minsheng_xl.accounts.values import Doubt
from minsheng_xl.exact.expressions import Const, Value
from minsheng_xl.exact.keys import WORD, Key
from minsheng_xl.figures import definitions as d
from minsheng_xl.intake.checks import checked
from minsheng_xl.intake.page import Page
from minsheng_xl.intake.reading import Answers
from minsheng_xl.intake.wholes import slipped
from minsheng_xl.plan.model import Comparator, Kind
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, Severity
from tests.intake.pages import blank_page
from tests.intake.seasons import COURSES, Season, amounts, season
from tests.makers import PLANS, figure

FOREIGN = "青禾县2023", "云溪区2025"
PLANS_TRIED = {"鲁山县2022": Plan.built_in(sample=True), **{name: Plan.load(PLANS / name) for name in FOREIGN}}
SEEDS = range(len(COURSES))
FEWER = range(0, len(COURSES), 3)
Slip = Callable[[Fraction], Fraction]
SLIPS: dict[str, Slip] = {
    "×10": lambda v: v * 10, "÷10": lambda v: v / 10, "×1000": lambda v: v * 1000, "÷1000": lambda v: v / 1000,
    "×10⁴": lambda v: v * 10**4,
}


@cache
def page(plan: str, unit: str, period: Period) -> Page:
    return blank_page(PLANS_TRIED[plan], unit, period)


class Known:
    """What was last accepted of a season before a month: the values by indicator, the cells by key."""

    def __init__(self, told: Season, month: int) -> None:
        self.values: dict[str, Value] = {}
        self.cells: dict[Key, Value] = {}
        if month == 0:
            mine = told.plan.indicators
            self.values |= {i.code: Fraction(0) for i in mine if i.kind is Kind.CUMULATIVE}
        for cells in told.months[:month]:
            self.cells |= cells
            for indicator in told.plan.indicators:
                value = self._value(told.plan, indicator.code, cells)
                if isinstance(value, Fraction):
                    self.values[indicator.code] = value

    @staticmethod
    def _value(plan: Plan, code: str, cells: dict[Key, Fraction]) -> Value:
        indicator = plan.indicator(code)
        if indicator.kind is not Kind.RATIO:
            return cells.get(figure(code))
        whole = indicator.fixed_denominator or cells.get(figure(code, "denominator"))
        return d.quotient(Const(cells.get(figure(code, "numerator"))), Const(whole)).value()


def told(name: str, unit: str, month: int, cells: dict[Key, Fraction], known: Known) -> tuple[set[Key], list[Problem]]:
    """The cells of a unit that are held, and what was said."""
    plan = PLANS_TRIED[name]
    answers = Answers()
    mine = {i.code for i in plan.filled_by(unit)}
    answers.figures.update({key: value for key, value in cells.items() if key.of in mine or key.is_amount})
    answers.words.update({Key(WORD, str(project.no), "evidence"): "台账" for project in plan.projects})
    form = page(name, unit, plan.periods[month])
    content, problems = checked(form, answers, known.values, known.cells)
    moved = slipped(form, answers.figures, known.values, known.cells)
    problems += [moved] if moved is not None else []
    return {key for key, value in content.figures.items() if isinstance(value, Doubt)}, problems


def units_of(plan: Plan) -> Iterator[str]:
    yield from (unit.name for unit in plan.reporting_units if any(i.takes_figures for i in plan.filled_by(unit.name)))


@pytest.mark.parametrize("name", ["鲁山县2022", *FOREIGN])
def test_an_honest_year_is_seldom_held(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    plan, months, held, hints, by_rule = PLANS_TRIED[name], 0, 0, 0, Counter[str]()
    for seed in SEEDS:
        year = season(plan, seed)
        for month in range(12):
            months, known = months + 1, Known(year, month)
            for unit in units_of(plan):
                _, problems = told(name, unit, month, year.months[month], known)
                held += sum(one.severity is Severity.HOLD for one in problems)
                hints += sum(one.severity is Severity.NOTE for one in problems)
                by_rule.update(one.code for one in problems)
    with capsys.disabled():
        print(f"\n{name}: {months} honest months, held {held / months:.2f} a month, hints {hints / months:.2f}", by_rule)
    assert held <= months


@pytest.mark.parametrize("name", ["鲁山县2022", *FOREIGN])
def test_slips_are_held(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    plan = PLANS_TRIED[name]
    tried, held = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    for seed in SEEDS:
        year = season(plan, seed)
        for month in (0, 4, 8, 10) if seed in FEWER else (0,):
            known = Known(year, month)
            for unit in units_of(plan):
                for slip, key, cells in _slipped(plan, unit, year.months[month], known):
                    sort = (slip, month == 0)
                    tried[sort] += 1
                    held[sort] += key in told(name, unit, month, cells, known)[0]
    shares = {sort: Fraction(held[sort], tried[sort]) for sort in tried}
    with capsys.disabled():
        print("\n" + "  ".join(f"{slip}{'首期' if first else ''} {float(share):.2f}" for (slip, first), share in shares.items()))
    assert shares["×10", False] >= Fraction(85, 100)
    assert shares["×10", True] >= Fraction(60, 100)
    assert min(shares[slip, False] for slip in ("÷10", "×1000", "÷1000", "×10⁴")) >= Fraction(95, 100)
    assert shares["百分数", False] >= Fraction(85, 100)


FUNDED = "鲁山县2022（资金）"
PLANS_TRIED[FUNDED] = PLANS_TRIED["鲁山县2022"].having(
    projects=tuple(project._replace(asks_funding=True) for project in PLANS_TRIED["鲁山县2022"].projects)
)
AMOUNT_SLIPS: dict[str, Slip] = {"×10": SLIPS["×10"], "÷10": SLIPS["÷10"], "元": SLIPS["×10⁴"]}


def test_amounts_are_seldom_held_and_slips_of_them_are(capsys: pytest.CaptureFixture[str]) -> None:
    plan = PLANS_TRIED[FUNDED]
    months, honest, tried, held = 0, 0, Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    for seed in SEEDS:
        years = [(project, amounts(project.no, Random(100 * seed + project.no))) for project in plan.projects]
        for month in range(12):
            months += 1
            for project, year in years:
                known = Known(Season(plan, year), month)
                honest += len(_held(project.leads[0], month, year[month], known))
                for slip, by in AMOUNT_SLIPS.items():
                    for key, amount in year[month].items():
                        sort = (slip, month == 0)
                        tried[sort] += amount > 0
                        cells = year[month] | {key: by(amount)}
                        held[sort] += amount > 0 and key in _held(project.leads[0], month, cells, known)
    shares = {sort: Fraction(held[sort], tried[sort]) for sort in tried}
    with capsys.disabled():
        print(f"\n资金：{months} honest months of {len(plan.projects)} projects, held {honest / months:.2f} a month  ", end="")
        print("  ".join(f"{slip}{'首期' if first else ''} {float(share):.2f}" for (slip, first), share in shares.items()))
    assert honest <= months
    assert min(shares["×10", False], shares["元", False], shares["元", True]) >= Fraction(85, 100)
    assert shares["÷10", False] >= Fraction(1, 2)  # what has grown since is more than a tenth of the last


def _held(unit: str, month: int, cells: dict[Key, Fraction], known: Known) -> set[Key]:
    return {key for key in told(FUNDED, unit, month, cells, known)[0] if key.is_amount}


def _slipped(plan: Plan, unit: str, cells: dict[Key, Fraction], known: Known) -> Iterator[tuple[str, Key, dict[Key, Fraction]]]:
    for indicator in plan.filled_by(unit):
        if indicator.comparator is Comparator.AT_MOST:  # of what is to stay small no size is asked
            continue
        key = figure(indicator.code)
        if cells.get(key) and indicator.target:
            for name, slip in SLIPS.items():
                yield name, key, cells | {key: slip(cells[key])}
        top, whole = figure(indicator.code, "numerator"), figure(indicator.code, "denominator")
        if cells.get(top) and indicator.target:
            bottom = indicator.fixed_denominator or cells[whole]
            percent = Fraction(round(cells[top] / bottom * 100 * 10**indicator.decimals), 10**indicator.decimals)
            if abs(percent - cells[top]) > cells[top] / 4:
                yield "百分数", top, cells | {top: percent}
