"""What a certifier is shown beside the figures of a period, and how they stand by what was certified."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.period import Beside, Certified, PeriodAccount, Reported
from minsheng_xl.accounts.ranks import assessed, reported_of
from minsheng_xl.accounts.values import Doubt, Figure, shown
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import DENOMINATOR, EXPLANATION, FIGURE, NUMERATOR, WORD, Key
from minsheng_xl.exact.numbers import fixed
from minsheng_xl.figures.definitions import YES_OR_NO
from minsheng_xl.figures.progress import CountyProgress, Entry, IndicatorProgress, county_of, indicator_progress
from minsheng_xl.plan.model import Comparator, Indicator, Kind, Tier
from minsheng_xl.rules.certification import DENIED


def beside_of(
    account: PeriodAccount, reported: Mapping[str, Reported], last: Mapping[str, str]
) -> dict[str, Beside]:
    """What is shown beside each figure that was reported; `last` is what was certified of each before, in words."""
    found = {}
    for one in account.plan.indicators:
        stands = reported.get(one.code)
        told = Beside() if stands is None else _told(account, one, is_present=stands.period == account.period)
        found[one.code] = told._replace(last=last.get(one.code, ""))
    return found


def _told(account: PeriodAccount, indicator: Indicator, *, is_present: bool) -> Beside:
    """The parts and words that came with the figure: with that of this period, else with the last one."""
    numerator, denominator = _parts(account, indicator, is_present=is_present)
    return Beside(
        numerator=numerator,
        denominator=denominator,
        explanation=_words(account, indicator.filler, is_present).get(Key(FIGURE, indicator.code, EXPLANATION), ""),
        evidence=next(filter(None, _evidence(account, indicator, is_present)), ""),
    )


def _evidence(account: PeriodAccount, indicator: Indicator, is_present: bool) -> list[str]:
    """佐证材料 of the project: of the unit that reports the figure, and of the lead."""
    key = Key(WORD, str(indicator.project), "evidence")
    units = (indicator.filler, indicator.lead)
    return [_words(account, name, is_present).get(key, "") for name in units]


def _words(account: PeriodAccount, name: str, is_present: bool) -> Mapping[Key, str]:
    if not is_present:
        return account.last_words.get(name, {})
    unit = account.units.get(name)
    return unit.words if unit is not None else {}


def _parts(account: PeriodAccount, indicator: Indicator, *, is_present: bool) -> tuple[Value, Value]:
    """Of a ratio what it was made of."""
    if indicator.kind is not Kind.RATIO:
        return None, None
    if is_present:
        entry = account.entries()[indicator.code]
        numerator, denominator = entry.numerator, entry.denominator
    else:
        keys = (Key(FIGURE, indicator.code, name) for name in (NUMERATOR, DENOMINATOR))
        numerator, denominator = map(account.before_parts.get, keys)
    return numerator, indicator.fixed_denominator if indicator.office_denominator else denominator


class CertifiedFigure(NamedTuple):
    """An assessed figure of which a certifier said something.

    `met`: whether the certified figure meets the target, False of one that is not certified. `rate_text`: 认定完成率,
    "" where there is none. `moved`: whether another figure is reported by now.
    """

    row: IndicatorProgress
    said: Certified
    met: bool
    rate_text: str
    moved: bool

    @property
    def figure_text(self) -> str:
        """The certified figure with what it is counted in, "" where there is none."""
        indicator = self.row.indicator
        return measured_text(indicator, self.said.figure) if self.said.figure is not None else ""

    @property
    def text(self) -> str:
        """The verdict in few words: 认定1264个，认定完成率62.2%."""
        if isinstance(self.said.figure, Doubt):
            told = "认定待核"
        elif not self.figure_text:
            told = self.said.opinion
        else:
            told = f"认定{self.figure_text}" + (f"，认定完成率{self.rate_text}" if self.rate_text else "")
        return f"{told}（认定后报送数已变）" if self.moved else told


def certified_text(kind: Kind, figure: "Figure | None") -> str:
    """A certified figure as people read it: a ratio in percent."""
    return fixed(figure * 100, 1) + "%" if kind is Kind.RATIO and isinstance(figure, Fraction) else shown(figure)


def measured_text(indicator: Indicator, figure: "Figure | None") -> str:
    """A figure with what it is counted in: 1264个, 98.5%, 是."""
    has_unit = indicator.kind is not Kind.RATIO and isinstance(figure, Fraction)
    return certified_text(indicator.kind, figure) + (indicator.unit_of_measure if has_unit else "")


def is_certified_at_the_end(account: PeriodAccount) -> bool:
    """Whether the year is over and any of its assessed figures is certified: then what was certified is told beside
    what was reported."""
    said = (account.certified.get(one.code) for one in account.plan.indicators if one.tier is Tier.ASSESSED)
    return account.period.is_last and any(one is not None for one in said)


def counted_as(indicator: Indicator, said: Certified) -> Value:
    """For what a figure counts by what was certified of it: the certified figure; not recognised, it is none and its
    target unmet; while nothing is certified of it, the words for that, which are no figure."""
    if isinstance(said.figure, Doubt):
        return said.figure.text
    if said.figure is not None or said.opinion != DENIED or indicator.comparator is Comparator.AT_MOST:
        return said.figure if said.figure is not None else said.opinion
    return "否" if indicator.kind in YES_OR_NO else Fraction(0)


def by_certified(account: PeriodAccount, county: CountyProgress) -> CountyProgress:
    """Where the county stands by what was certified; a figure of which nothing was said counts as reported."""
    rows = {row.indicator.code: _by_certified(row, account.certified) for row in county.indicators}
    return county_of(account.plan, account.period, rows)


def _by_certified(row: IndicatorProgress, certified: Mapping[str, Certified]) -> IndicatorProgress:
    said = certified.get(row.indicator.code)
    return row if said is None else _standing_at(row, counted_as(row.indicator, said))


def _standing_at(row: IndicatorProgress, value: Value) -> IndicatorProgress:
    """A row as it stands with a certified figure. A ratio stands by itself: nothing is divided by the office's
    denominator any more."""
    indicator = row.indicator._replace(office_denominator=False)
    entry = Entry(reported=value, numerator=value, denominator=Fraction(1))
    return indicator_progress(indicator, row.terms, entry)._replace(indicator=row.indicator)


def verdicts_of(account: PeriodAccount, county: CountyProgress) -> list[CertifiedFigure]:
    """What was certified of the assessed figures, in the order of the plan."""
    now = reported_of(account)
    said = ((row, account.certified.get(row.indicator.code)) for row in assessed(county))
    return [_verdict(row, one, now.get(row.indicator.code)) for row, one in said if one is not None]


def _verdict(row: IndicatorProgress, said: Certified, now: Reported | None) -> CertifiedFigure:
    moved = said.has_moved(now)
    if said.figure is None or isinstance(said.figure, Doubt):
        return CertifiedFigure(row, said, met=False, rate_text="", moved=moved)
    by_it = _standing_at(row, said.figure)
    rate = by_it.rate_text if by_it.rate is not None else ""
    return CertifiedFigure(row, said, met=by_it.met is True, rate_text=rate, moved=moved)
