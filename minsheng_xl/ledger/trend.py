"""The county's averages of the periods before, from how the indicators stood at the end of each."""

from collections.abc import Iterator, Mapping, Sequence

from minsheng_xl.accounts.period import Means, Past
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.expressions import Const, Range, Value
from minsheng_xl.figures.definitions import Columns, Status, Tally, average_all, average_reported, mean
from minsheng_xl.ledger.previous import Earlier
from minsheng_xl.plan.model import Indicator, Plan, Tier
from minsheng_xl.plan.period import Period


def trend_of(earlier: Sequence[Earlier], past: Mapping[Period, Mapping[str, Past]]) -> dict[Period, Means]:
    """未报按0 and 已报平均 of each period, by the plan that was valid in it (平均方式); none of one in which nothing came."""
    return {each.period: _means(each.plan, past[each.period]) for each in earlier if _has_begun(each)}


def _has_begun(period: Earlier) -> bool:
    return any(one.standing is not Standing.MISSING for one in period.as_closed.values())


def _means(plan: Plan, stood: Mapping[str, Past]) -> Means:
    tables = [_columns(rows, stood) for rows in _groups(plan)]
    everything = [average_all(table).value() for table in tables]
    reported = [average_reported(table).value() for table in tables]
    if not plan.settings.mean_by_project:
        return Means(everything[0], reported[0])
    return Means(_mean(everything), _mean(reported))


def _mean(values: Sequence[Value]) -> Value:
    return mean(Range(tuple(map(Const, values)))).value()


def _groups(plan: Plan) -> Iterator[Sequence[Indicator]]:
    """The indicators that are averaged together."""
    if not plan.settings.mean_by_project:
        yield plan.indicators
        return
    for project in plan.projects:
        yield plan.indicators_of(project.no)


def _columns(rows: Sequence[Indicator], stood: Mapping[str, Past]) -> Columns:
    """The rows as the columns that the averages are made of; what was met does not enter them."""
    pasts = [stood.get(row.code) for row in rows]
    columns: tuple[list[Value], ...] = (
        [row.tier.value for row in rows], [one.status if one else "" for one in pasts],
        [_tally(row, one).value for row, one in zip(rows, pasts, strict=True)], ["" for _ in rows],
        [row.weight for row in rows], [one.capped if one else None for one in pasts],
    )
    return Columns(*(Range(tuple(map(Const, values))) for values in columns))


def _tally(row: Indicator, past: Past | None) -> Tally:
    if row.tier is not Tier.ASSESSED or past is None:
        return Tally.OUTSIDE
    if past.capped is not None:
        return Tally.REPORTED
    return {Status.MISSING.label: Tally.MISSING, Status.HELD.label: Tally.HELD}.get(past.status, Tally.OUTSIDE)
