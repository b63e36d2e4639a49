"""上年同期 is noted when a period is consolidated: what the sheets say of it rests on this year's journal alone."""

from datetime import datetime
from fractions import Fraction

from minsheng_xl.exact.expressions import Value
from minsheng_xl.ledger.last_year import last_year_of, year_before_of
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import LastYearRead
from minsheng_xl.year.folder import Year


def note_last_year(year: Year, period: Period, now: datetime) -> str:
    """Journal what stood a year before an open period, where that is known and not noted yet. Returns why it is not
    known, in words, "" where it is or where no last year is linked."""
    register, plan = year.register, year.plan_of(period)
    if not plan.settings.last_year or register.closed(period) is not None:
        return ""
    found = last_year_of(year, plan, period)
    values = {code: stood.value for code, (_, stood) in found.stood.items() if _is_told(stood.value)}
    noted = year_before_of(plan, register, period, None)
    if found.period is not None and values and (noted is None or noted.values != values):
        register.record([LastYearRead(at=now, period=period, stood=found.period, values=values)])
    return found.trouble


def _is_told(value: Value) -> bool:
    return isinstance(value, Fraction) or value in ("是", "否")
