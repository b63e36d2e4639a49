"""Invented figures and words for two periods of any plan: what each unit would enter, from target, pace and kind.

Most go as the pace asks. Some are unlike the others: a unit stays silent, one is late, one figure is behind, one is in
doubt, one is lower than before and says why. Every text says 示例.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from minsheng_xl.exact.keys import CERTIFY, EXPLANATION, FIGURE, HEAD, SHARE, WORD, Key
from minsheng_xl.exact.numbers import plain
from minsheng_xl.figures.pace import pace_of
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.plan.model import Comparator, Coverage, Indicator, Kind, Plan, Role, Tier, Unit
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.tables import EXAMPLE
from minsheng_xl.rules.certification import AGREED, CUT

_FACTORS = (Fraction(1), Fraction(103, 100), Fraction(98, 100), Fraction(106, 100))
"""How indicators go, one after another, beside their pace."""
_BEHIND = Fraction(3, 5)
_WITHIN = Fraction(4, 5)  # of what must not be exceeded
_ABOUT_STANDING = Fraction(9, 10)  # of the target: a stock of which nobody knows where it began
_COUNTED, _MORE, _IN_TURN = 200, 20, 10
"""The first denominator that a unit enters, what each further indicator and period adds, and after how many it begins
anew: beside thousands a small numerator looks like a percentage."""
_FEWEST = 2
"""Leads that report in time, and the target of what can be seen to be behind."""


class Cast(NamedTuple):
    """Who and what is unlike the others in the second period: names of units and codes of indicators, "" if none."""

    silent: str = ""
    late: str = ""
    behind: str = ""
    lowered: str = ""
    doubtful: str = ""


def cast_of(plan: Plan, period: Period) -> Cast:
    """Units that owe words alone are silent and late, where there are any, else those that owe the fewest figures; of
    few units, or of a single figure, none is unlike the rest."""
    units = [unit.name for unit in plan.reporting_units if plan.owes_return(unit, period)]
    leading = [name for name in units if plan.owes_figures(name)]
    leading.sort(key=lambda name: -len(plan.filled_by(name)))
    supporting = [name for name in units if name not in leading]
    silent, late = [*reversed(supporting), *reversed(leading[_FEWEST:]), "", ""][:2]
    owed = [one for one in plan.indicators if _is_number(one) and one.is_owed_in(period) and one.filler != silent]
    reached = [one for one in owed if _is_to_be_reached(one)]
    alone = sorted((one for one in reached if not _is_related(plan, one)), key=_steps, reverse=True)
    parts = [one for one in reached if one.parent]
    found = dict.fromkeys(("behind", "lowered", "doubtful"), "")
    chosen: list[str] = []
    slow = _slow(plan, alone + parts, period)
    for name, candidates in (("behind", slow), ("doubtful", owed[::-1]), ("lowered", alone)):
        left = [one.code for one in candidates if one.code not in chosen]
        if left and len(owed) > 1:
            found[name] = left[0]
            chosen.append(left[0])
    return Cast(silent, late, **found)


def _is_number(one: Indicator) -> bool:
    return one.tier is Tier.ASSESSED and one.kind in (Kind.CUMULATIVE, Kind.STOCK, Kind.RATIO)


def _is_to_be_reached(one: Indicator) -> bool:
    """Whether it is a plain number that grows in the year to a target."""
    is_plain = one.kind is not Kind.RATIO and one.span is not Coverage.WITHIN
    return is_plain and bool(one.target) and one.comparator is not Comparator.AT_MOST


def _is_related(plan: Plan, one: Indicator) -> bool:
    """Whether it is a part of another, or another a part of it."""
    return bool(one.parent) or any(other.parent == one.code for other in plan.indicators)


def _slow(plan: Plan, among: list[Indicator], period: Period) -> list[Indicator]:
    """Those that are seen to be behind their pace when they are."""
    least = plan.settings.least_increase
    totals = [one for one in among if one.kind is Kind.CUMULATIVE and _goal(one) >= _FEWEST]
    return [one for one in totals if pace_of(one, period, least).share]


def _steps(one: Indicator) -> Fraction:
    """How many of its smallest steps lead to its target."""
    return _goal(one) / _least(one)


def _goal(one: Indicator) -> Fraction:
    """The least figure that reaches a target."""
    target = one.target or Fraction(0)
    return target + _least(one) if one.comparator is Comparator.MORE_THAN else target


def _least(one: Indicator) -> Fraction:
    """The smallest step of a figure, in the measure of the target."""
    if one.kind is Kind.RATIO:
        return Fraction(1, 1000)
    return Fraction(1, 10**one.decimals)


class Invented:
    """What is entered in the forms of two periods of a plan."""

    def __init__(self, plan: Plan, periods: tuple[Period, Period]) -> None:
        self.plan, self.periods = plan, periods
        self.cast = cast_of(plan, periods[1])
        self._order = {one.code: number for number, one in enumerate(plan.indicators)}

    def answers(self, form: Sheet, unit: Unit, period: Period, on: date) -> dict[Key, str]:
        """What a unit enters in its form of a period, by the cells that take something."""
        said = dict(self._head(on))
        for one in self.plan.filled_by(unit.name):
            said |= self._row(one, period)
        for one in self.plan.shared_by(unit.name):
            said |= self._share(one, period)
        for no in self.plan.projects_of(unit.name, Role.LEAD):
            said |= self._words(no, period)
        for no in self.plan.projects_of(unit.name, Role.RESPONSIBLE):
            said[Key(WORD, str(no), "support")] = f"{EXAMPLE}：按分工做好本期配合工作。"
        return _taken(form, said)

    def opinions(self, form: Sheet, unreported: frozenset[str], on: date) -> dict[Key, str]:
        """What the certifier enters: it agrees with all figures but one, and says nothing where there is none."""
        said = dict(self._head(on))
        reported = [one for one in self.plan.indicators if one.code not in unreported]
        cut = next((one for one in reported if self._may_be_cut(form, one)), None)
        for one in reported:
            opinion = Key(CERTIFY, one.code, "opinion")
            said[opinion] = CUT if one is cut else AGREED
        if cut is not None:
            figure = self.figure(cut, self.periods[1]) - _least(cut)
            said[Key(CERTIFY, cut.code, "figure")] = plain(figure)
            said[Key(CERTIFY, cut.code, "reason")] = f"{EXAMPLE}：抽查发现重复登记，已剔除"
        return _taken(form, said)

    def _may_be_cut(self, form: Sheet, one: Indicator) -> bool:
        takes = form.has(Key(CERTIFY, one.code, "opinion"))
        is_plain = _is_to_be_reached(one) and not _is_related(self.plan, one) and one.code != self.cast.behind
        return takes and is_plain and self.figure(one, self.periods[1]) > 1

    def _head(self, on: date) -> Iterator[tuple[Key, str]]:
        yield Key(HEAD, "form", "filler"), f"{EXAMPLE}填报人"
        yield Key(HEAD, "form", "reviewer"), f"{EXAMPLE}审核人"
        yield Key(HEAD, "form", "date"), str(on)

    def figure(self, one: Indicator, period: Period) -> Fraction:
        """The figure of what is no ratio: with its decimals, no part larger than its whole."""
        found = self._rising(one, period)
        is_lowered = one.code == self.cast.lowered and period == self.periods[1]
        return self._rising(one, self.periods[0]) - _least(one) if is_lowered else found

    def _rising(self, one: Indicator, period: Period) -> Fraction:
        goal, share = _goal(one), self._share_reached(one, period)
        if one.comparator is Comparator.AT_MOST:
            return Fraction(floor(goal * _WITHIN / _least(one))) * _least(one)
        if not goal:
            return Fraction(10 + self._order[one.code]) + (2 if period == self.periods[1] else 0)
        if one.span is Coverage.WITHIN:
            share = Fraction(1, len(self.plan.periods))
        if one.kind is Kind.STOCK:
            opening = one.opening if one.opening is not None else goal * _ABOUT_STANDING
            share = max(opening, opening + (goal - opening) * share) / goal
        figure = ceil(goal * share / _least(one)) * _least(one)
        return self._within_whole(one, figure, period)

    def _within_whole(self, one: Indicator, figure: Fraction, period: Period) -> Fraction:
        parent = self.plan.indicator(one.parent) if one.parent else None
        if parent is None or parent.kind is not one.kind:
            return figure
        return min(figure, self._rising(parent, period))

    def _share_reached(self, one: Indicator, period: Period) -> Fraction:
        """The share of the way to the target, or of the year's increase, that is gone at the end of a period."""
        pace = pace_of(one, period, self.plan.settings.least_increase)
        share = period.elapsed if pace.share is None or pace.share == 0 else pace.share
        if one.code == self.cast.behind:
            return share * _BEHIND
        factor = _FACTORS[self._order[one.parent or one.code] % len(_FACTORS)]
        return max(Fraction(1), factor) if share == 1 else share * factor

    def _ratio(self, one: Indicator, period: Period) -> tuple[Fraction, Fraction]:
        """Numerator and denominator of a ratio that goes as its pace asks, in whole numbers."""
        denominator = one.fixed_denominator
        if denominator is None:
            turn = self._order[one.code] % _IN_TURN + (period == self.periods[1])
            denominator = Fraction(_COUNTED + _MORE * turn)
        if one.comparator is Comparator.AT_MOST:
            return Fraction(floor(denominator * _goal(one) * _WITHIN)), denominator
        numerator = Fraction(ceil(denominator * self._rate(one, period)))
        return min(numerator, denominator) if _goal(one) <= 1 else numerator, denominator

    def _rate(self, one: Indicator, period: Period) -> Fraction:
        goal, share = _goal(one), min(Fraction(1), self._share_reached(one, period))
        if not goal:
            return Fraction(1, 2)
        opening = one.opening if one.opening is not None else goal * _ABOUT_STANDING
        pace = pace_of(one, period, self.plan.settings.least_increase)
        return max(opening, goal if pace.flat else opening + (goal - opening) * share)

    def _measures(self, one: Indicator, period: Period) -> dict[str, str]:
        """What is entered of an indicator: by the measure."""
        if one.kind is Kind.RATIO:
            numerator, denominator = self._ratio(one, period)
            return {"numerator": plain(numerator), "denominator": plain(denominator)}
        if one.kind is Kind.MILESTONE:
            return {"reported": "是" if self._is_reached(one, period) else "否"}
        return {"reported": plain(self.figure(one, period))}

    def _is_reached(self, one: Indicator, period: Period) -> bool:
        """Whether a milestone is: all whose day has come, of the others every second one in the second period."""
        has_come = pace_of(one, period, self.plan.settings.least_increase).share == 1 or one.is_due_in(period)
        return has_come or (period == self.periods[1] and self._order[one.code] % 2 == 0)

    def _row(self, one: Indicator, period: Period) -> dict[Key, str]:
        said = {Key(FIGURE, one.code, name): text for name, text in self._measures(one, period).items()}
        if period == self.periods[1] and one.code == self.cast.doubtful:
            first = next(iter(said))
            said[first] = f"约{said[first]}"
        if period == self.periods[1] and one.code == self.cast.lowered:
            said[Key(FIGURE, one.code, EXPLANATION)] = f"{EXAMPLE}：上期有重复登记的，已经核减，情况属实"
        return said

    def _share(self, one: Indicator, period: Period) -> dict[Key, str]:
        """The part of one of those who share a figure: equal ones, as far as whole steps go."""
        if one.kind is Kind.MILESTONE:
            parts = self._measures(one, period)
        elif one.kind is Kind.RATIO:
            among = len(one.shares)
            parts = {
                name: plain(Fraction(max(1, floor(Fraction(text) / among))))
                for name, text in self._measures(one, period).items()
            }
        else:
            part = self.figure(one, period) / len(one.shares)
            parts = {"reported": plain(floor(part / _least(one)) * _least(one))}
        return {Key(SHARE, one.code, name): text for name, text in parts.items()}

    def _words(self, no: int, period: Period) -> Mapping[Key, str]:
        """What a lead says about a project: more where something of it is behind."""
        said = {
            "progress": f"{EXAMPLE}：{self.plan.project(no).name}按计划推进。",
            "measures": f"{EXAMPLE}：下一期逐项落实。",
            "evidence": f"{EXAMPLE}：工作台账",
            "outlook": "能完成",
            "funding_due": "100", "funding_arrived": "60", "funding_paid": "40",
        }
        lagging = {self.cast.behind, self.cast.lowered}
        if any(one.code in lagging for one in self.plan.indicators_of(no)):
            said |= {
                "problem": f"{EXAMPLE}：部分点位开工晚。", "reason": f"{EXAMPLE}：前期手续办理时间长。",
                "promise": f"{EXAMPLE}：年底前", "outlook": "有风险",
                "coordination": f"{EXAMPLE}：协调加快办理前期手续。",
            }
        if period == self.periods[1]:
            said |= {"funding_arrived": "80", "funding_paid": "60"}
        return {Key(WORD, str(no), name): text for name, text in said.items()}


def _taken(form: Sheet, said: Mapping[Key, str]) -> dict[Key, str]:
    """What has a cell in a form that takes something."""
    return {key: text for key, text in said.items() if form.has(key) and form.cell(key).input is not None}
