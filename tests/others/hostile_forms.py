"""Forms filled in as nobody should, with the results that the twin reckons beside their formulas."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import cycle, islice
from pathlib import Path

from minsheng_xl import Period, Plan
from minsheng_xl.books.write.book import write_book
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.layout import Book
from minsheng_xl.forms.master.book import master_book
from minsheng_xl.forms.unit import unit_form
from tests.makers import empty_account

NUMBERS: Sequence[Value] = (
    Fraction(0), Fraction(-1), Fraction(1, 2), Fraction(1, 1000), Fraction(10**14), Fraction(99999999), Fraction(3),
    Fraction(999_999_999_999_999), Fraction(123_456_789_012_345, 1000), Fraction(100_000_000_000_001),
)
TEXTS: Sequence[Value] = (
    "约3", " 12 ", "１２", "1e5", "5%", "3,000", "=1+1", "+3", "-3", "'7", "TRUE", "true", "#N/A", "待核：3", "2022-10-1",
    "12:30", "1/2", "nan", "~*?", "<>0", ">=1", "*", "\u3000", "a" * 300, "县残联",
    "长" * 32_767, None, '"', '"&A1&"', "是", "否", "０", "￥5",
)
TRUTHS: Sequence[Value] = (True, False)
WITHOUT_TRUTHS = (*TEXTS, *NUMBERS)
HOSTILE = (*WITHOUT_TRUTHS, *TRUTHS)


def hostile_forms(plan: Plan, period: Period, folder: Path, hostile: Sequence[Value] = HOSTILE) -> Iterator[Path]:
    """Two forms of each unit: every cell in turn gets another of what nobody should fill in."""
    for number, unit in enumerate(plan.reporting_units):
        before: dict[str, Value] = {i.code: Fraction(n) for n, i in enumerate(plan.indicators) if n % 2}
        inputs = [cell.key for cell in unit_form(plan, unit, period, before).inputs() if cell.key is not None]
        for shift in (0, 17):
            values = islice(cycle(hostile), number * 5 + shift, None)
            given = dict(zip(inputs, values, strict=False))
            path = folder / f"{unit.sheet_name}{shift}.xlsx"
            path.write_bytes(write_book(Book([unit_form(plan, unit, period, before, given)], {})))
            yield path


def hostile_master(plan: Plan, period: Period, folder: Path) -> Path:
    """A master of what the same cells hold after they were taken: figures, and doubts as texts."""
    given: dict[str, dict[Key, Value]] = {}
    values = cycle(WITHOUT_TRUTHS)
    for unit in plan.reporting_units:
        inputs = (cell.key for cell in unit_form(plan, unit, period, {}).inputs() if cell.key is not None)
        given[unit.name] = {
            key: next(values) for key in inputs if key.part in ("figure", "word") and not key.is_explanation
        }
    path = folder / "总台账.xlsx"
    path.write_bytes(write_book(master_book(empty_account(plan, period, given), "", 0)))
    return path
