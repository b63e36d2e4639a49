"""校验码: eight signs of the figures that are printed of a period, so that a page can be held against the account.

Equal figures have an equal code, whenever and by whom they are printed.
"""

import hashlib
from collections.abc import Iterator

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.values import Doubt, shown
from minsheng_xl.figures.progress import IndicatorProgress, progress_of

SIGNS = 8


def code_of(account: PeriodAccount) -> str:
    """The 校验码 of a period."""
    county = progress_of(account.plan, account.period, account.entries())
    lines = [*(_row(account, row) for row in county.indicators), *_besides(account)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:SIGNS].upper()


def _row(account: PeriodAccount, row: IndicatorProgress) -> str:
    """What is printed of an indicator: its figures, how they stand, what stood before and what was certified."""
    code, certified = row.indicator.code, account.certified.get(row.indicator.code)
    status = row.status.label if row.status is not None else ""
    said = (certified.opinion, shown(certified.figure)) if certified is not None else ()
    figures = (row.terms.target, row.value, row.numerator, row.denominator, row.pace, account.before.get(code))
    return "|".join(map(str, (code, *figures, row.rate_text, row.deviation_text, status, *said)))


def _besides(account: PeriodAccount) -> Iterator[str]:
    """The figures that are printed beside those of indicators: shares, amounts of 资金, and what is in doubt."""
    for unit in account.plan.reporting_units:
        for key, figure in sorted(account.units[unit.name].figures.items(), key=lambda item: item[0]):
            if key.is_share or key.is_amount or isinstance(figure, Doubt):
                yield "|".join((unit.name, *key, shown(figure)))
