"""What a certifier is shown beside the figures of a period, from its account."""

from collections.abc import Mapping

from minsheng_xl.accounts.period import Beside, PeriodAccount, Reported
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.keys import DENOMINATOR, EXPLANATION, FIGURE, NUMERATOR, WORD, Key
from minsheng_xl.plan.model import Indicator, Kind


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
