"""上年同期: what stood a year before, in the folder of last year that 参数 names, and as it was noted from there."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from types import MappingProxyType
from typing import NamedTuple

from minsheng_xl.accounts.period import YearBefore
from minsheng_xl.ledger.year_end import Stood, stood
from minsheng_xl.plan.model import Indicator, Plan
from minsheng_xl.plan.options import LAST_YEAR
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import LastYearRead
from minsheng_xl.year.folder import PLAN_FILE, Year
from minsheng_xl.year.register import Register

NOTHING: Mapping[str, tuple[str, Stood]] = MappingProxyType({})


class LastYear(NamedTuple):
    """The same period of last year: how the indicators of this year stood in it, each with the code it had; or why
    that is not known, in words, "" where no last year is named."""

    period: Period | None = None
    stood: Mapping[str, tuple[str, Stood]] = NOTHING
    trouble: str = ""


NO_LAST_YEAR = LastYear()


def year_before_of(plan: Plan, register: Register, period: Period, upto: int | None) -> YearBefore | None:
    """What was last noted of the year before a period; None where no last year is linked."""
    noted = register.entries(LastYearRead, period=period, upto=upto)
    if not noted or not plan.settings.last_year:
        return None
    return YearBefore(noted[-1].stood, {plan.code_here(code): value for code, value in noted[-1].values.items()})


def last_year_of(year: Year, plan: Plan, period: Period) -> LastYear:
    """What stood a year before, of the indicators of a plan that are the same: of the same code and name, or by a row
    of 变更, and measured alike."""
    named = plan.settings.last_year
    if not named:
        return NO_LAST_YEAR
    folder = year.root / named
    if not (folder / PLAN_FILE).is_file():
        return LastYear(trouble=_trouble(named, f"里没有 {PLAN_FILE}"))
    try:
        with closing(Year(folder)) as before:
            return _of(before, plan, period, named)
    except (MinshengError, OSError, sqlite3.Error) as error:
        return LastYear(trouble=f"{_trouble(named, '用不了')}{error}")


def _of(before: Year, plan: Plan, period: Period, named: str) -> LastYear:
    periods = before.written_plan.periods
    same = next((one for one in periods if (one.year + 1, one.end_month) == (period.year, period.end_month)), None)
    if same is None:
        return LastYear(trouble=_trouble(named, f"里没有 {period} 的上年同期"))
    if not before.has_begun:
        return LastYear(same)
    old = before.plan
    known = stood(old, before.register, [same])
    return LastYear(same, {code: (was, known[was]) for was, code in _same_codes(old, plan).items() if was in known})


def _same_codes(old: Plan, plan: Plan) -> dict[str, str]:
    """The codes of last year's indicators, each with the one that it has now."""
    found = {}
    for one in old.indicators:
        code = plan.code_here(one.code)
        if plan.has_indicator(code) and _is_same(old, one, plan, plan.indicator(code)):
            found[one.code] = code
    return found


def _is_same(old: Plan, was: Indicator, plan: Plan, now: Indicator) -> bool:
    """Whether two indicators are one: last year's list is another one, and its codes are soon used again."""
    then, today = str(old.settings.year), str(plan.settings.year)
    is_named_alike = was.code != now.code or was.name.replace(then, today) == now.name.replace(then, today)
    return is_named_alike and was.measured_in == now.measured_in


def _trouble(named: str, why: str) -> str:
    return f"参数“{LAST_YEAR}”：{named} {why}，没有上年同期。请改正，或清空。"
