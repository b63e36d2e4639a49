"""What is to be supervised of a unit in a period: a return that is due or late, an indicator that lags; each with its
colour. Pure computation.

Lateness counts only where the office has confirmed when a return was received, a lag only where somebody has confirmed
the pace: 序时 says who (确认单位).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Standing, Timeliness
from minsheng_xl.figures.definitions import Status
from minsheng_xl.figures.progress import percent_text, progress_of
from minsheng_xl.plan.model import PaceRule, Plan, Tier
from minsheng_xl.plan.period import Period, month_and_day
from minsheng_xl.plan.stages import OVERDUE, stage_of
from minsheng_xl.telling.prose import stands


class MatterColour(Enum):
    """How much a matter weighs: 蓝 reminds, 黄 and 红 are decided by a leader. The value is the word on the slip."""

    BLUE = "蓝色"
    YELLOW = "黄色"
    RED = "红色"

    @property
    def is_decided(self) -> bool:
        """Whether it goes out only by a leader's word."""
        return self is not MatterColour.BLUE


_WEIGHT = {MatterColour.BLUE: 0, MatterColour.YELLOW: 1, MatterColour.RED: 2}
_LAGGING = {Status.YELLOW: MatterColour.YELLOW, Status.RED: MatterColour.RED, Status.MISSED: MatterColour.RED}


class Matter(NamedTuple):
    """A matter of a unit: `about` tells it from the unit's others through the year (the code of an indicator, or the
    return of a period), what it is, what should be, how it stands."""

    unit: str
    about: str
    title: str
    should: str
    stands: str
    colour: MatterColour


def worst(colours: Iterable[MatterColour]) -> MatterColour:
    """The colour of a slip: that of its worst matter."""
    return max(colours, key=_WEIGHT.__getitem__)


def matters_of(account: PeriodAccount, today: date) -> list[Matter]:
    """The matters of a period as it stands, unit by unit in the order of the plan, returns first."""
    found = [*_returns(account, today), *_lags(account)]
    places = {unit.name: place for place, unit in enumerate(account.plan.units)}
    return sorted(found, key=lambda one: places[one.unit])


def about_return(period: Period) -> str:
    """What a matter is about that is the return of a period."""
    return f"报送 {period}"


def _returns(account: PeriodAccount, today: date) -> Iterator[Matter]:
    plan, period = account.plan, account.period
    due, again = plan.due(period), plan.again_by(period)
    stage = stage_of(due, today, plan.settings.near)
    for unit in plan.reporting_units:
        name = unit.name
        if not account.owed(name):
            continue
        came, colour = account.came.get(name, ""), None
        if account.standing(name) in (Standing.MISSING, Standing.REFUSED):
            said = "退回后没有重报" if account.standing(name) is Standing.REFUSED else came or "没有收到"
            if stage == OVERDUE:
                colour = MatterColour.RED if again is not None and today > again else MatterColour.YELLOW
            elif stage:
                colour = MatterColour.BLUE
        elif account.timeliness(name) is Timeliness.LATE:
            said, colour = "迟报，收到时间已确认", MatterColour.YELLOW
        if colour is not None:
            title = f"{period.short_label}填报表"
            yield Matter(name, about_return(period), title, f"{month_and_day(due)}前报送", said, colour)


def _lags(account: PeriodAccount) -> Iterator[Matter]:
    confirmed = confirmed_paces(account.plan)
    for row in progress_of(account.plan, account.period, account.entries()).indicators:
        indicator = row.indicator
        colour = _LAGGING.get(row.status) if row.status is not None else None
        is_certain = row.status is Status.MISSED or indicator.code in confirmed
        if colour is not None and indicator.tier is Tier.ASSESSED and is_certain:
            title = f"{indicator.code} {indicator.name}"
            should = "年底前达到目标" if row.pace is None else f"序时 {percent_text(row.pace)}"
            yield Matter(indicator.lead, indicator.code, title, should, stands(row), colour)


def confirmed_paces(plan: Plan) -> frozenset[str]:
    """The indicators whose pace is a plan of steps that a unit has confirmed."""
    named = {row["指标编码"] for row in plan.tables["序时"] if row.get("确认单位")}
    return frozenset(one.code for one in plan.indicators if one.code in named and one.pace_rule is PaceRule.STEPS)
