"""By when: the months and days that a clause names."""

import re
from calendar import monthrange
from datetime import date

_MONTHS = {sign: place for place, sign in enumerate("一二三四五六七八九", 1)} | {"十": 10, "十一": 11, "十二": 12}
_MONTH = r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])"
_BY_MONTH = re.compile(
    rf"(?:(?P<year>20\d\d)年)?(?<!\d){_MONTH}月(?:(?P<day>\d{{1,2}})[日号]|份)?(?:底|末|中旬|上旬|下旬)?(?:之?前|以前)?"
)
_BY_QUARTER = re.compile(r"(?:(?P<year>20\d\d)年)?第?(?P<quarter>[一二三四1-4])季度")
_HALF_YEAR = re.compile(r"上半年")
_YEAR_END = re.compile(r"(?:(?P<year>20\d\d)年)?(?:年?底|年末|年内|全年)")
_BARE_DAY = re.compile(r"\s*(?P<year>20\d\d)[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?\s*\Z")


def deadline_in(text: str, year: int) -> date | None:
    """The day by which a clause wants its work done: the last of the month, quarter or year that it names."""
    bare = _BARE_DAY.match(text)
    if bare:
        return _day(int(bare["year"]), int(bare["month"]), int(bare["day"]))
    found = _BY_MONTH.search(text)
    if found:
        month = _MONTHS.get(found["month"]) or int(found["month"])
        return _day(int(found["year"] or year), month, int(found["day"] or 0))
    quarter = _BY_QUARTER.search(text)
    if quarter:
        number = _MONTHS.get(quarter["quarter"]) or int(quarter["quarter"])
        return _day(int(quarter["year"] or year), 3 * number, 0)
    if _HALF_YEAR.search(text):
        return _day(year, 6, 0)
    end = _YEAR_END.search(text)
    return _day(int(end["year"] or year), 12, 0) if end else None


def month_in(text: str) -> int | None:
    """The month that a clause names, where it names one or a quarter, not the year's end alone."""
    if not (_BY_MONTH.search(text) or _BY_QUARTER.search(text) or _HALF_YEAR.search(text)):
        return None
    day = deadline_in(text, 2000)
    return day.month if day else None


def _day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, the month's last where none is named; None where there is no such day."""
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None
