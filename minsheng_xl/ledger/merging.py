"""Returns of a unit that were merged: what the rules say of the figures together."""

from collections.abc import Mapping
from fractions import Fraction

from minsheng_xl.accounts.questions import doubted
from minsheng_xl.accounts.unit import UnitAccount, wait_for
from minsheng_xl.accounts.values import Doubt, Standing, shown
from minsheng_xl.exact.expressions import Ref, Value
from minsheng_xl.exact.keys import REPORTED, RowName
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.rules import course, numbers, ratios
from minsheng_xl.rules.reasons import gives_reason

_BETWEEN = (course.CHILD_EXCEEDS, ratios.NUMERATOR_EXCEEDS, ratios.PERCENT_TYPED)
"""The rules that compare cells which may come from different returns."""


class _Merged:
    """The cells of a unit's account, as the rules look at them."""

    def __init__(self, account: UnitAccount, plan: Plan) -> None:
        self._account, self._plan = account, plan

    def content(self, ref: Ref) -> Value:
        key = ref.key
        if key.name == "doubt":
            return "待核" if isinstance(self._account.figures.get(key.beside(REPORTED)), Doubt) else ""
        if key.is_denominator and self._plan.indicator(key.of).office_denominator:
            return self._plan.indicator(key.of).fixed_denominator
        figure = self._account.figures.get(key)
        return figure.seen if isinstance(figure, Doubt) else figure

    def address(self, ref: Ref, home: str) -> str:
        return ""


def recheck(plan: Plan, unit: str, period: Period, account: UnitAccount, decided: Mapping[str, str]) -> None:
    """Hold the figures of merged returns that contradict each other; what the office typed stays."""
    merged = _Merged(account, plan)
    for check in unit_form(plan, plan.unit(unit), period, {}).checks:
        if check.rule not in _BETWEEN or check.row is None or any(key in account.typed for key in check.keys):
            continue
        name = RowName(check.row.role, check.row.indicator.code)
        entered = [account.figures.get(name.cell(measure)) for measure in numbers.measures(check.row)]
        explained = gives_reason(account.words.get(name.cell("explanation"), ""))
        if explained or not all(isinstance(f, Fraction) for f in entered):
            continue
        if check.condition.value(merged):
            for key in check.keys:
                seen = shown(account.figures.get(key))
                hint = check.rule.hint.format(parent=check.row.indicator.parent)
                advice = doubted(f"两份来件合起来看，{hint}", seen)
                if wait_for(account, key, seen, account.latest[key].file, advice, decided):
                    account.figures[key] = Doubt(seen)
                    account.standing = Standing.HELD
