"""Reporting periods: a month or a quarter of the plan's year."""

import re
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import total_ordering
from typing import NamedTuple

_TEXT = re.compile(r"(\d{4})-(?:(\d{2})|Q([1-4]))\Z", re.ASCII)


@total_ordering
class Frequency(Enum):
    """How often units report; the value is the word of the plan."""

    MONTH = "月"
    QUARTER = "季"

    def __lt__(self, other: "Frequency") -> bool:
        return self.months < other.months

    @property
    def months(self) -> int:
        """Months in one period."""
        return 1 if self is Frequency.MONTH else 3

    @property
    def example(self) -> str:
        """How a period of this frequency is written."""
        return "2022-10" if self is Frequency.MONTH else "2022-Q3"


class Period(NamedTuple):
    """A period of one year: `end_month` is its last month (10 for 2022-10, 9 for 2022-Q3). Those of one
    plan stand in order."""

    year: int
    end_month: int
    frequency: Frequency = Frequency.MONTH

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read 2022-10 or 2022-Q3. Raises ValueError for anything else."""
        match = _TEXT.match(text)
        if not match:
            raise ValueError(text)
        year, month, quarter = match.groups()
        if quarter:
            return cls(int(year), int(quarter) * 3, Frequency.QUARTER)
        if not 1 <= int(month) <= 12:
            raise ValueError(text)
        return cls(int(year), int(month))

    @classmethod
    def all_of(cls, year: int, frequency: Frequency) -> tuple["Period", ...]:
        """Every period of a year, in order."""
        return tuple(cls(year, m, frequency) for m in range(frequency.months, 13, frequency.months))

    def __str__(self) -> str:
        if self.frequency is Frequency.QUARTER:
            return f"{self.year}-Q{self.end_month // 3}"
        return f"{self.year}-{self.end_month:02d}"

    @property
    def label(self) -> str:
        """In words, for a sheet: 2022年10月, 2022年第3季度."""
        if self.frequency is Frequency.QUARTER:
            return f"{self.year}年第{self.end_month // 3}季度"
        return f"{self.year}年{self.end_month}月"

    @property
    def short_label(self) -> str:
        """Without the year, to stand beside a figure: 9月, 第3季度."""
        return self.label.partition("年")[2]

    def may_be(self, text: str) -> bool:
        """Whether a person at the menu may mean it by a text: 2022-10, 2022.10, 2022年10月份, 10月, 10; 第3季度, 3季度, Q3."""
        said = "".join(text.split()).upper().removesuffix("份").replace(".", "-").replace("/", "-")
        if said in (str(self), self.label, self.short_label):
            return True
        if self.frequency is Frequency.QUARTER:
            number = self.end_month // 3
            return said in (f"Q{number}", f"{number}季度", f"{self.year}年{number}季度")
        month = said.removeprefix(f"{self.year}-")
        return month in (str(self.end_month), f"{self.end_month:02d}")

    def after(self, title: str) -> str:
        """As prose names it after a title, which may bear the year already: 10月份, 第3季度, 2022年10月份."""
        label = self.short_label if f"{self.year}年" in title else self.label
        return label if self.frequency is Frequency.QUARTER else f"{label}份"

    @property
    def elapsed(self) -> Fraction:
        """Share of the year gone by at the end of the period (Q3 = 9/12)."""
        return Fraction(self.end_month, 12)

    @property
    def is_first(self) -> bool:
        return self.end_month == self.frequency.months

    @property
    def is_last(self) -> bool:
        return self.end_month == 12

    @property
    def last_day(self) -> date:
        """The cut-off: figures are as of this day."""
        return _last_day(self.year, self.end_month)

    @property
    def earlier(self) -> tuple["Period", ...]:
        """The periods of the same year before this one, in order."""
        return tuple(p for p in Period.all_of(self.year, self.frequency) if p < self)

    def due(self, day: int) -> date:
        """The `day` of the month after the period: 次月5日."""
        last = _last_day(self.year + self.end_month // 12, self.end_month % 12 + 1)
        return last.replace(day=min(day, last.day))


def month_and_day(day: date) -> str:
    """10月8日."""
    return f"{day.month}月{day.day}日"


def year_and_day(day: date) -> str:
    """2022年10月8日."""
    return f"{day.year}年{month_and_day(day)}"


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
