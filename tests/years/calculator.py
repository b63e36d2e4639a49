"""What a year comes to, reckoned from the office's rules with the standard library alone.

Nothing here imports the package: a row is what a table of the plan says, a figure what a clerk wrote.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

LAGGING = ("滞后黄", "滞后红")
GOOD = ("完成", "超序时", "按序时")
NEITHER = ("未报", "待核", "暂停", "不涉及", "序时未定")


@dataclass(frozen=True)
class Row:
    """An indicator as the plan of one period has it. Targets and 年初数 of ratios are fractions."""

    code: str
    kind: str
    comparator: str
    target: Fraction
    pace: str
    filler: str
    weight: Fraction = Fraction(1)
    deadline: date | None = None
    opening: Fraction | None = None
    steps: tuple[tuple[int, Fraction], ...] = ()
    denominator: Fraction | None = None
    paused: bool = False
    project: str = ""


@dataclass(frozen=True)
class Figure:
    """What was written: the number, 分子 and 分母 of a ratio, or 是 or 否."""

    number: Fraction | None = None
    word: str = ""
    numerator: Fraction | None = None
    denominator: Fraction | None = None


@dataclass
class Result:
    """How one row stands in one period; `points` is 偏差 as a fraction."""

    value: Fraction | None
    rate: Fraction | None
    pace: Fraction | None
    points: Fraction | None
    status: str
    gap: Fraction
    """For the ranking: min(1, the share that the light goes by) less the pace."""


@dataclass
class Month:
    """A period: the month in which it ends, whether it is the year's last, how each row stands; the bounds of its
    lights, and how many months it has."""

    end: int
    last: bool
    rows: dict[str, Row]
    results: dict[str, Result] = field(default_factory=dict)
    bands: tuple[int, int, int] = (5, -5, -15)
    length: int = 1


def value_of(row: Row, figure: Figure | None) -> Fraction | None:
    if figure is None:
        return None
    if figure.word:
        return Fraction(int(figure.word == "是"))
    if row.kind != "比率":
        return figure.number
    below = row.denominator if row.denominator is not None else figure.denominator
    if figure.numerator is None or below is None or below <= 0:
        return None
    return figure.numerator / below


def met(row: Row, value: Fraction) -> bool:
    at_least = value >= row.target
    return {"≥": at_least, "是": at_least, "＞": value > row.target, "≤": value <= row.target}[row.comparator]


def rate_of(row: Row, value: Fraction) -> Fraction:
    if row.comparator != "≤":
        return value / row.target
    if value <= row.target:
        return Fraction(1)
    return row.target / value


def has_come(row: Row, month: Month, year: int) -> bool:
    """Whether the day of the published table is there; the year's last counts as none."""
    if row.deadline is None or (row.deadline.month, row.deadline.day) == (12, 31):
        return False
    return row.deadline <= last_day(year, month.end)


def last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def by_increase(row: Row) -> bool:
    """Whether the year's increase decides: of what stood at the year's beginning below its target, and has at least 2 %
    of that to go."""
    if row.opening is None or row.comparator == "≤" or row.pace == "全年一致":
        return False
    return row.opening < row.target and row.target - row.opening >= row.target * Fraction(2, 100)


def is_stock(row: Row) -> bool:
    return row.kind in ("时点量", "比率")


def pace_of(row: Row, month: Month, year: int) -> Fraction | None:
    """序时; None where it is not settled."""
    if month.last or row.pace == "全年一致" or row.comparator == "≤":
        return Fraction(1)
    if is_stock(row) and row.comparator != "≤" and not by_increase(row):
        return Fraction(1) if row.opening is not None else None
    if row.pace == "年末":
        return Fraction(0)
    if row.pace == "节点":
        if not row.steps:
            return Fraction(1) if has_come(row, month, year) else None
        return max((share for at, share in row.steps if at <= month.end), default=Fraction(0))
    until = 12
    if row.deadline is not None and (row.deadline.month, row.deadline.day) != (12, 31):
        until = -(-row.deadline.month // month.length) * month.length
    return min(Fraction(1), Fraction(month.end, until))


def light(row: Row, value: Fraction, pace: Fraction | None, month: Month) -> tuple[Fraction | None, str, Fraction]:
    """偏差, the state, and the share that the light goes by."""
    rate, is_met = rate_of(row, value), met(row, value)
    share = rate
    if by_increase(row):
        assert row.opening is not None
        share = max(Fraction(0), (value - row.opening) / (row.target - row.opening))
    points = None if pace is None else share - pace
    if month.last:
        return points, "完成" if is_met else "未完成", share
    if is_met and row.kind in ("累计量", "里程碑") and row.comparator != "≤":
        return points, "完成", share
    if points is None:
        return points, "按序时" if is_met else "序时未定", share
    ahead, yellow, red = (Fraction(bound, 100) for bound in month.bands)
    lagging = "滞后黄" if points >= red else "滞后红"
    if pace == 1 and not is_met:
        return points, lagging, share
    if points > ahead:
        return points, "超序时", share
    return points, "按序时" if points >= yellow else lagging, share


def reckon(month: Month, figures: Mapping[str, Figure], year: int) -> None:
    """Fill in how each row of a period stands."""
    for code, row in month.rows.items():
        value, pace = value_of(row, figures.get(code)), pace_of(row, month, year)
        if value is None:
            status = "暂停" if row.paused else "未报"
            month.results[code] = Result(None, None, pace, None, status, -(pace or Fraction(0)))
            continue
        points, status, share = light(row, value, pace, month)
        gap = min(Fraction(1), share) - (pace or Fraction(0))
        month.results[code] = Result(value, rate_of(row, value), pace, points, "暂停" if row.paused else status, gap)


def certified(month: Month, said: Mapping[str, "Fraction | str"], year: int) -> Month:
    """A period by what was certified of it: a number counts in the place of the reported one; 不予认定 leaves nothing of
    what should be much; of any other word the row is in doubt. What nothing was said of stands as it was reported."""
    told = dict(month.results)
    for code, word in said.items():
        row, pace = month.rows[code], pace_of(month.rows[code], month, year)
        value = Fraction(0) if word == "不予认定" and row.comparator != "≤" else word
        if told[code].status == "暂停":
            continue
        if isinstance(value, str):
            told[code] = Result(None, None, pace, None, "待核", Fraction(0))
            continue
        points, status, share = light(row, value, pace, month)
        gap = min(Fraction(1), share) - (pace or Fraction(0))
        told[code] = Result(value, rate_of(row, value), pace, points, status, gap)
    return replace(month, results=told)


def streak(months: Sequence[Month], code: str) -> int:
    """连续滞后 up to the last of these months: 未报 and its like neither count nor break."""
    count = 0
    for month in reversed(months):
        result = month.results.get(code)
        if result is None or result.status in NEITHER:
            continue
        if result.status not in LAGGING:
            break
        count += 1
    return count


def before(months: Sequence[Month], code: str, kind: str) -> Fraction | None:
    """上期累计: the last figure of earlier months; a total begins the year at nothing."""
    if not months:
        return Fraction(0) if kind == "累计量" else None
    known = [month.results[code].value for month in months if code in month.results]
    return next((value for value in reversed(known) if value is not None), None)


def average(month: Month) -> Fraction | None:
    """平均完成率（未报按0）."""
    shares, weights = Fraction(0), Fraction(0)
    for code, row in month.rows.items():
        result = month.results[code]
        if result.status in ("暂停", "待核"):
            continue
        weights += row.weight
        shares += row.weight * min(Fraction(1), result.rate or Fraction(0))
    return shares / weights if weights else None


@dataclass
class Place:
    """A lead in the ranking."""

    unit: str
    owed: int
    judged: int
    good: int
    share: Fraction | None
    mean: Fraction | None
    rank: int | None = None


def ranks(month: Month, units: Iterable[str]) -> dict[str, Place]:
    """排名: by the share of 按序时 or better among what is judged, then by the mean of the gaps; ties share a rank."""
    places = {}
    for unit in units:
        mine = [month.results[code] for code, row in month.rows.items() if row.filler == unit]
        owed = [one for one in mine if one.status != "暂停"]
        judged = [one for one in owed if one.status not in ("待核", "序时未定", "不涉及")]
        good = sum(one.status in GOOD for one in judged)
        share = Fraction(good, len(judged)) if judged else None
        mean = sum((one.gap for one in judged), Fraction(0)) / len(judged) if judged else None
        places[unit] = Place(unit, len(owed), len(judged), good, share, mean)
    ranked = [one for one in places.values() if one.judged and 2 * one.judged >= one.owed]
    for one in ranked:
        better = [other for other in ranked if _key(other) > _key(one)]
        one.rank = len(better) + 1
    return places


def _key(place: Place) -> tuple[Fraction, Fraction]:
    assert place.share is not None
    assert place.mean is not None
    return place.share, place.mean
