"""排名 and the change since the last period in Python: the twin of what the sheets compute, from the same definitions.

`figures.rankings` defines both; the printed sheet reads it as formulas, this module as values.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount, Reported
from minsheng_xl.exact.expressions import Const, Expr, Range, Value
from minsheng_xl.figures import rankings as r
from minsheng_xl.figures.definitions import YES_OR_NO, Operands
from minsheng_xl.figures.progress import CountyProgress, IndicatorProgress, percent_text, progress_of
from minsheng_xl.figures.streak import Streak
from minsheng_xl.plan.model import Coverage, Indicator, Kind, Tier


class Rank(NamedTuple):
    """A lead in 排名. `judged` are the rows of what it `owed` that enter; `rank` is None where they are too few;
    `share` is a fraction, 1 = 100 %."""

    unit: str
    rank: int | None
    owed: int
    judged: int
    reported: int
    met: int
    good: int
    lagging: int
    share: Fraction | None
    average_all_text: str
    average_reported_text: str
    remark: str
    is_held: bool = False
    """Whether a figure of what it owes is 待核: its rank is 暂定."""


class Change(NamedTuple):
    """The change of the average since the last period in percentage points, None if there is none,
    over `indicators` reported in both."""

    points: Fraction | None
    indicators: int


def assessed(county: CountyProgress) -> list[IndicatorProgress]:
    return [i for i in county.indicators if i.indicator.tier is Tier.ASSESSED]


def streak_of(account: PeriodAccount, i: IndicatorProgress) -> Streak:
    """连续滞后 of an indicator, this period included."""
    return account.streak_before(i.indicator.code).then(i.status.label if i.status else "")


def is_monthly_at_the_end(account: PeriodAccount, indicator: Indicator) -> bool:
    """Whether it is a rate of single months, which are not averaged, and the year is over: what they were is told."""
    return account.period.is_last and indicator.kind is Kind.RATIO and indicator.span is Coverage.WITHIN


def below_before(account: PeriodAccount, indicator: Indicator) -> list[str]:
    """The earlier periods in which an indicator was below its target."""
    stood = ((each, account.past.get(each, {}).get(indicator.code)) for each in account.period.earlier)
    return [each.short_label for each, past in stood if past and past.capped is not None and past.capped < 1]


def below_target(account: PeriodAccount, i: IndicatorProgress) -> list[str]:
    """At the year's end, the periods in which a rate of single months was below its target."""
    if not is_monthly_at_the_end(account, i.indicator):
        return []
    return below_before(account, i.indicator) + ([account.period.short_label] if i.met is False else [])


def reported_of(account: PeriodAccount) -> dict[str, Reported]:
    """What stands as reported at the end of a period, by indicator: its own value, else the last trusted one."""
    found: dict[str, Reported] = {}
    for row in progress_of(account.plan, account.period, account.entries()).indicators:
        code, value = row.indicator.code, row.value
        if row.indicator.kind in YES_OR_NO and value is not None:
            found[code] = Reported("是" if value else "否", account.period)
        elif value is not None:
            found[code] = Reported(value, account.period)
        elif code in account.before_of:
            found[code] = Reported(account.before[code], account.before_of[code])
    return found


def ranks_of(account: PeriodAccount, county: CountyProgress) -> list[Rank]:
    """The leads in the order of the printed table, those that are named in what is circulated."""
    if not assessed(county):
        return []
    names, least = account.plan.ranked_units, account.plan.settings.least_judged
    marks = _marks(account, county)
    leads = [r.lead(marks, name, least) for name in names]
    shares = _column([lead.share.value() for lead in leads])
    means = _column([lead.mean.value() for lead in leads])
    rows = range(len(leads))
    ranks = [_rank(names[n], leads[n], r.rank(shares, means, n)) for n in rows]
    seats = [_whole(r.seat(shares, means, n)) for n in rows]
    return [one for _, one in sorted(zip(seats, ranks, strict=True), key=lambda pair: pair[0])]


def _rank(name: str, lead: r.Lead, place: Expr) -> Rank:
    rank, share = place.value(), lead.share.value()
    return Rank(
        unit=name,
        rank=int(rank) if isinstance(rank, Fraction) else None,
        owed=_whole(lead.owed),
        judged=_whole(lead.rows),
        reported=_whole(lead.reported),
        met=_whole(lead.met),
        good=_whole(lead.good),
        lagging=_whole(lead.lagging),
        share=share if isinstance(share, Fraction) and share >= 0 else None,
        average_all_text=percent_text(lead.average_all.value()),
        average_reported_text=percent_text(lead.average_reported.value()),
        remark=str(r.standing(lead, Const(share)).value()),
        is_held=_whole(lead.held) > 0,
    )


def change_of(account: PeriodAccount, county: CountyProgress) -> Change:
    """The change since the last period."""
    if not account.period.earlier or not assessed(county):
        return Change(None, 0)
    marks = _marks(account, county)
    points = r.change(marks).value()
    return Change(points if isinstance(points, Fraction) else None, _whole(r.changed_rows(marks)))


def _marks(account: PeriodAccount, county: CountyProgress) -> r.Marks:
    columns: dict[str, list[Value]] = {key: [] for key in r.Marks._fields}
    for i in assessed(county):
        last = account.last(i.indicator.code)
        was = Const(last.capped if last is not None else None)
        status, tally, capped = Const(i.status.label if i.status else ""), Const(i.tally.value), Const(i.capped)
        weight = Const(i.indicator.weight)
        both = Const(r.in_both(tally, was).value())
        row: dict[str, Value] = {
            "filler": i.indicator.filler,
            "status": status.constant,
            "tally": i.tally.value,
            "met": {True: "是", False: "否", None: ""}[i.met],
            "weight": i.indicator.weight,
            "weighted": r.weighted(tally, weight, capped).value(),
            "gap": r.gap(i.terms, _operands(i), status).value(),
            "both": both.constant,
            "moved": r.moved(both, capped, was).value(),
        }
        for key, value in row.items():
            columns[key].append(value)
    return r.Marks(**{key: _column(values) for key, values in columns.items()})


def _operands(i: IndicatorProgress) -> Operands:
    value: Value = i.value
    if i.terms.kind in YES_OR_NO and value is not None:
        value = "是" if value else "否"
    return Operands(*(Const(v) for v in (value, i.numerator, i.denominator, i.terms.target, i.terms.pace)))


def _column(values: Sequence[Value]) -> Range:
    return Range(tuple(Const(value) for value in values))


def _whole(expression: Expr) -> int:
    value = expression.value()
    assert isinstance(value, Fraction)
    return int(value)
