"""What a year is told to be, and the program's word held against it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from minsheng_xl import Period, status
from tests.years.calculator import Figure, Month, Result, Row, average, before, ranks, reckon, streak
from tests.years.office import Office


class Told:
    """The year as it is told to the calculator, period by period; `bands` and `length` as those of a `Month`."""

    def __init__(
        self, year: int, rows: Mapping[str, Row], bands: tuple[int, int, int] = (5, -5, -15), length: int = 1
    ) -> None:
        self.year, self.rows, self.bands, self.length = year, dict(rows), bands, length
        self.months: list[Month] = []
        self.corrected: dict[tuple[int, str], Fraction] = {}

    def month(self, number: int, figures: Mapping[str, Figure]) -> Month:
        month = Month(
            end=number, last=number == 12, rows=dict(self.rows), bands=self.bands, length=self.length,
        )
        reckon(month, figures, self.year)
        return month

    def previous(self, number: int, code: str, kind: str) -> Fraction | None:
        """上期累计 of a month, corrections of closed ones counted."""
        corrected = {at: value for (at, which), value in self.corrected.items() if which == code and at < number}
        earlier = [self._with(month, code, corrected) for month in self.months if month.end < number]
        return before(earlier, code, kind)

    @staticmethod
    def _with(month: Month, code: str, corrected: Mapping[int, Fraction]) -> Month:
        if month.end not in corrected or code not in month.results:
            return month
        told = dict(month.results)
        told[code] = Result(corrected[month.end], None, None, None, "", Fraction(0))
        return Month(month.end, month.last, month.rows, told)


def compare(office: Office, told: Told, period: Period, owners: tuple[str, ...]) -> None:
    """What the program says of a period against the calculator."""
    state: dict[str, Any] = status(office.year, period)
    number = period.end_month
    month = next(one for one in told.months if one.end == number)
    said = {row["code"]: row for row in state["indicators"] if row["tier"] == "A"}
    assert said.keys() == month.rows.keys(), number
    until = [one for one in told.months if one.end <= number]
    for code, row in month.rows.items():
        one, mine = said[code], month.results[code]
        where = f"{number} {code}"
        assert one["status"] == mine.status, where
        assert same(one["reported"], mine.value), where
        assert same(one["rate"], mine.rate), where
        if mine.status not in ("暂停", "未报"):
            assert same(one["pace"], mine.pace), where
            assert same(one["deviation"], mine.points), where
        if mine.status in ("滞后黄", "滞后红", "未报"):
            assert one["lagging_periods"] == streak(until, code), where
        assert same(one["previous"], told.previous(number, code, row.kind)), where
    for project in state["projects"]:
        of = {code: row for code, row in month.rows.items() if row.project == str(project["no"])}
        part = Month(month.end, month.last, of, {code: month.results[code] for code in of})
        assert same(project["average_all"], average(part)), (number, project["no"])
    mine = ranks(month, owners)
    for one in state["ranks"]:
        place = mine[one["unit"]]
        assert (one["rank"], one["judged"], one["on_pace"]) == (place.rank, place.judged, place.good), (number, one["unit"])
        assert same(one["share"], place.share), (number, one["unit"])


def compare_certified(office: Office, month: Month, period: Period, owners: tuple[str, ...]) -> None:
    """What the program says of a period by what was certified, against the calculator's month by that."""
    state: dict[str, Any] = status(office.year, period)
    told = state["certified"]
    results = [one for one in month.results.values() if one.status != "暂停"]
    assert told["held"] == sum(one.status == "待核" for one in results)
    assert told["met"] == sum(one.status == "完成" for one in results)
    assert same(told["average_all"], average(month))
    mine = ranks(month, owners)
    for one in state["ranks"]:
        place, by_it = mine[one["unit"]], one["certified"]
        assert (by_it["rank"], by_it["judged"], by_it["on_pace"]) == (place.rank, place.judged, place.good), one["unit"]


def same(said: str | None, mine: Fraction | None) -> bool:
    """Whether a printed decimal of six places is a fraction."""
    if said is None or mine is None:
        return said is None and mine is None
    if said in ("是", "否"):
        return mine == int(said == "是")
    return abs(Fraction(said) - mine) <= Fraction(1, 2_000_000)
