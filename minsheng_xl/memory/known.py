"""What an account knows of whatever a circular can speak of: every number, what it is, in what it is counted."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.certified import verdicts_of
from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.accounts.ranks import assessed, ranks_of, streak_of
from minsheng_xl.accounts.values import Standing
from minsheng_xl.exact.numbers import grouped, plain
from minsheng_xl.figures.progress import IndicatorProgress, percent_text, progress_of
from minsheng_xl.figures.streak import LAGGING
from minsheng_xl.memory.claims import ClaimSort, StatedNumber, claims_in
from minsheng_xl.plan.model import Indicator, Kind
from minsheng_xl.telling.notices import turned

TO_TARGET = "较目标"
_ITEMS, _PIECES = "项", "个"
_TAILS = ("人次", "人数", "户数", "个数", "数", "率", "量")
"""What is left away from the end of a name where the number says it."""
_SHORTEST = 4
"""Signs of a name from which something was left away."""


class KnownNumber(NamedTuple):
    """A number that the account knows of a subject, what it is, in words ("" where a sentence of ours states it), and
    in what it is counted."""

    sort: ClaimSort
    value: Fraction
    words: str = ""
    measure: str = ""
    stated: StatedNumber | None = None
    """How a sentence of ours states it."""
    is_certified: bool = False
    """Whether that sentence speaks of what was certified."""


class Subject(NamedTuple):
    """What a sentence can speak of: how it is called, what is known of it, and what we say of it ourselves; of a
    project the codes `within` it."""

    title: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    known: list[KnownNumber]
    said: list[str]
    within: tuple[str, ...] = ()

    def now(self, sort: ClaimSort) -> str:
        """What stands there now: our own sentence, else the numbers of a sort."""
        if self.said:
            return self.said[0]
        told = dict.fromkeys(one.words for one in self.known if one.sort is sort and one.words)
        return f"{self.title}：{'，'.join(told)}" if told else self.title


def subjects_of(account: PeriodAccount) -> list[Subject]:
    """The indicators, the projects and the units of an account."""
    return [*_indicators(account), *_projects(account), *_units(account)]


def county_of_all(account: PeriodAccount) -> Subject:
    """The county: how many units and rows stand how."""
    county = progress_of(account.plan, account.period, account.entries())
    rows, plan = assessed(county), account.plan
    owed = [unit.name for unit in plan.reporting_units if account.owed(unit.name)]
    known = []
    for standing in Standing:
        count = sum(account.standing(name) is standing for name in owed)
        known.append(_count(count, f"{standing.label}单位{count}个", _PIECES))
    counts = Counter(f"{row.status.value}指标" for row in rows if row.status is not None)
    counts["滞后指标"] = sum(row.status in LAGGING for row in rows)
    counts += Counter({words: len(codes) for words, codes in turned(account, county).items()})
    for words, count in counts.items():
        known.append(_count(count, f"{words}{count}项", _ITEMS))
    return Subject(plan.settings.region, (), (), known, [])


def before_of(account: PeriodAccount) -> list[KnownNumber]:
    """The county's averages of the last period, and by how much they have changed: where a sentence says so."""
    if not account.period.earlier or account.period.earlier[-1] not in account.trend:
        return []
    last = account.trend[account.period.earlier[-1]]
    averages = progress_of(account.plan, account.period, account.entries()).averages
    found = []
    for then, now in ((last.everything, averages.average_all), (last.reported, averages.average_reported)):
        if isinstance(then, Fraction):
            found.append(KnownNumber(ClaimSort.PERCENT, then * 100, f"上期{percent_text(then)}"))
            if now is not None:
                found.append(KnownNumber(ClaimSort.POINTS, abs(now - then) * 100, "较上期"))
    return found


def _indicators(account: PeriodAccount) -> Iterator[Subject]:
    county = progress_of(account.plan, account.period, account.entries())
    verdicts = {one.row.indicator.code: one for one in verdicts_of(account, county)}
    short = _shortened(account)
    for row in county.indicators:
        indicator, said = row.indicator, verdicts.get(row.indicator.code)
        known = list(_of_row(account, row))
        if said is not None:
            known += _figure(indicator, "认定", said.said.figure)
            known += _stated(said.text)
        names = (indicator.name, *short.get(indicator.code, ()))
        yield Subject(f"{indicator.code} {indicator.name}", names, (indicator.code,), known, [])


def _shortened(account: PeriodAccount) -> dict[str, tuple[str, ...]]:
    """The names of indicators as one leaves them short, where no other is called so."""
    plan, found = account.plan, dict[str, list[str]]()
    for one in plan.indicators:
        name = one.name.removeprefix("其中：")
        short = next((name.removesuffix(tail) for tail in _TAILS if name.endswith(tail)), name)
        for text in dict.fromkeys((name, short)):
            if text != one.name and len(text) >= _SHORTEST:
                found.setdefault(text, []).append(one.code)
    taken = {one.name for one in plan.indicators} | {one.name for one in plan.projects}
    taken |= {one.name for one in plan.units}
    alone: dict[str, tuple[str, ...]] = {}
    for text, codes in found.items():
        if len(codes) == 1 and text not in taken:
            alone[codes[0]] = (*alone.get(codes[0], ()), text)
    return alone


def _of_row(account: PeriodAccount, row: IndicatorProgress) -> Iterator[KnownNumber]:
    """What is known of an indicator."""
    indicator, terms, code = row.indicator, row.terms, row.indicator.code
    shares = (("完成率", row.rate), ("序时", row.pace))
    for name, share in shares:
        if share is not None:
            yield KnownNumber(ClaimSort.PERCENT, share * 100, f"{name}{percent_text(share)}")
    if row.deviation is not None:
        yield KnownNumber(ClaimSort.POINTS, abs(row.deviation) * 100, f"偏差{row.deviation_text}")
    before = account.year_before.values.get(code) if account.year_before is not None else None
    for name, value in (
        ("本期累计", row.value), ("目标", terms.target), ("年初数", indicator.opening), ("上期累计", account.before.get(code)),
        ("上年同期", before),
    ):
        yield from _figure(indicator, name, value)
    for name, part in (("分子", row.numerator), ("分母", row.denominator)):
        if part is not None:
            yield _count(part, f"{name}{grouped(plain(part))}", "")
    for name, then in (("较上期", account.before.get(code)), ("较年初", indicator.opening), (TO_TARGET, terms.target)):
        if row.value is not None and isinstance(then, Fraction):
            yield from _difference(indicator, name, abs(row.value - then))
    for text in (row.rate_text, row.share_text, row.missing_text, streak_of(account, row).words):
        yield from _stated(text)


def _figure(indicator: Indicator, name: str, value: object) -> Iterator[KnownNumber]:
    if isinstance(value, Fraction):
        if indicator.kind is Kind.RATIO:
            yield KnownNumber(ClaimSort.PERCENT, value * 100, f"{name}{percent_text(value)}")
        else:
            yield _count(value, f"{name}{grouped(plain(value))}", indicator.unit_of_measure)


def _difference(indicator: Indicator, name: str, by: Fraction) -> Iterator[KnownNumber]:
    if indicator.kind is Kind.RATIO:
        yield KnownNumber(ClaimSort.POINTS, by * 100, f"{name}{plain(by * 100)}个百分点")
    else:
        yield _count(by, f"{name}{grouped(plain(by))}", indicator.unit_of_measure)


def _count(value: Fraction | int, words: str, measure: str) -> KnownNumber:
    return KnownNumber(ClaimSort.PLAIN, Fraction(value), words, measure)


def _stated(text: str) -> Iterator[KnownNumber]:
    """The numbers of a text of ours."""
    for claim in claims_in(text)[0]:
        yield KnownNumber(claim.sort, claim.value, text, claim.behind)


def _projects(account: PeriodAccount) -> Iterator[Subject]:
    county = progress_of(account.plan, account.period, account.entries())
    for one in county.projects:
        averages = one.averages
        counts = (one.project.no, averages.met, averages.reported, averages.held, averages.counted, len(one.indicators))
        known = [_count(number, "", _ITEMS if place else "") for place, number in enumerate(counts)]
        for text in (averages.average_all_text, averages.average_reported_text, one.lights):
            known += _stated(text)
        within = tuple(row.indicator.code for row in one.indicators)
        yield Subject(one.project.name, (one.project.name,), (), known, [], within)


def _units(account: PeriodAccount) -> Iterator[Subject]:
    county = progress_of(account.plan, account.period, account.entries())
    ranks = {one.unit: one for one in ranks_of(account, county)}
    for unit in account.plan.units:
        known, rank = list[KnownNumber](), ranks.get(unit.name)
        if rank is not None:
            silent = rank.owed - rank.reported
            counts = (rank.owed, rank.judged, rank.reported, rank.met, rank.good, rank.lagging, silent)
            known += [_count(count, "", _ITEMS) for count in counts]
            known += [_count(rank.rank, f"第{rank.rank}名", "名")] if rank.rank is not None else []
            for text in (rank.average_all_text, rank.average_reported_text, rank.remark):
                known += _stated(text)
            if rank.share is not None:
                known.append(KnownNumber(ClaimSort.PERCENT, rank.share * 100, f"占比{percent_text(rank.share)}"))
        names = tuple(name for name in (unit.name, *unit.aliases) if len(name) > 1)
        yield Subject(unit.name, names, (), known, [])
