"""The account of a period, from the journal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from minsheng_xl.accounts.period import Closing, Past, PeriodAccount, Stage, entries_of
from minsheng_xl.accounts.questions import Pending
from minsheng_xl.accounts.values import NOTHING, Standing, shown
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.numbers import fixed, grouped
from minsheng_xl.figures.progress import Entry, rows_of
from minsheng_xl.ledger.certified import certified_of
from minsheng_xl.ledger.confirmed import with_confirmations
from minsheng_xl.ledger.corrections import carried_into, corrections_of, flow_by
from minsheng_xl.ledger.handed import handed_items
from minsheng_xl.ledger.issues import faded_items, open_issues
from minsheng_xl.ledger.kept import Kept
from minsheng_xl.ledger.last_year import year_before_of
from minsheng_xl.ledger.papers import papers_by_unit, papers_of
from minsheng_xl.ledger.previous import Earlier, Previous, earlier_with, previous, trusted_value
from minsheng_xl.ledger.receipts import (
    came_instead,
    came_late,
    confirmed_late,
    findings_of,
    notes_of,
    receipts_of,
    reminded_of,
    stray_of,
)
from minsheng_xl.ledger.recent import last_words_of, recent_of, usual_of
from minsheng_xl.ledger.trend import trend_of
from minsheng_xl.ledger.units import decided_items, lapsed_items, units_of
from minsheng_xl.plan.model import Kind, Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import CertifyingIssued, Closed
from minsheng_xl.year.register import Register

_accounts: "Kept[PeriodAccount]" = Kept(most=4)


def account_of(plan: Plan, register: Register, period: Period, *, upto: int | None = None) -> PeriodAccount:
    """The account of a period, from the journal's entries up to a seq (all, by default).

    A closed period's own figures are those of its closing; what came after counts in the 上期累计
    of later ones. Each period is reckoned with the plan that is valid in it.
    """
    seq, plan = register.last_change(upto), plan.at(period)
    return _accounts.get(register, plan, (period, seq), lambda: _reckoned(plan, register, period, seq))


def account_closed_by(plan: Plan, register: Register, closing: Closed) -> PeriodAccount:
    """The account of a period as a closing would leave it that is not journalled yet."""
    return _reckoned(plan.at(closing.period), register, closing.period, closing.upto, closing)


def past_of(plan: Plan, account: PeriodAccount) -> Mapping[str, Past]:
    """How every indicator stands, as the closing of its period keeps it."""
    return _stood(plan, account.period, account.entries())


def values_of(plan: Plan, account: PeriodAccount) -> dict[str, Value]:
    """The trusted values of a period by indicator, as its closing keeps them."""
    entries = account.entries()
    values = {indicator.code: trusted_value(indicator, entries) for indicator in plan.indicators}
    return {code: value for code, value in values.items() if value is not None}


def _reckoned(
    plan: Plan, register: Register, period: Period, upto: int, closing: Closed | None = None
) -> PeriodAccount:
    closings = {each: register.closed(each, upto=upto) for each in (*period.earlier, period)}
    closings[period] = frozen = closing or closings[period]
    own = upto if frozen is None else min(upto, frozen.upto)
    units = {each: units_of(plan.at(each), register, each, own, closed) for each, closed in closings.items()}
    earlier = [earlier_with(plan.at(each), register, each, closings[each], units[each]) for each in period.earlier]
    mine = _as_known(Earlier(period, units[period], frozen, units[period], plan), register, upto)
    before = previous(plan.indicators, period, earlier)
    came = came_instead(plan, register, period, upto, units[period])
    decided, issues = tuple(decided_items(register, period, own)), open_issues(plan, register, earlier, upto)
    account = PeriodAccount(
        plan=plan, period=period, units=units[period],
        before=before.values, before_parts=before.parts, last_known=_last_known(plan, before),
        flow=tuple(chain.from_iterable(map(flow_by, (*earlier, mine)))),
        decided=decided,
        corrected=before.corrected,
        notes=notes_of(plan, register, period, upto, units[period], came),
        issues=issues,
        faded=tuple(faded_items(plan, period, issues, units[period], decided)),
        findings=tuple(findings_of(register, period, upto)),
        reminded=reminded_of(plan, register, period, upto),
        late=confirmed_late(plan, register, period, upto, units[period]),
        before_of=before.periods,
        came=came,
        recent=recent_of(plan, earlier),
        last_words=last_words_of(plan, earlier),
        usual=usual_of(plan, earlier),
        year_before=year_before_of(plan, register, period, own),
        certified=certified_of(plan, register, period, upto),
        certifying=frozenset(one.unit for one in register.entries(CertifyingIssued, period=period, upto=upto)),
        head=register.head_at(upto),
        stages=tuple(_stages(register, earlier, own)),
    )
    account = _with_receipts(_with_past(account, earlier), register, upto)
    account = _with_corrections(account, register, earlier, mine)
    ended = _as_closed(account, register, frozen, mine) if frozen else _asking(account, register, upto, earlier)
    return with_confirmations(ended, register, upto)


def _stages(register: Register, earlier: Iterable[Earlier], own: int) -> Iterator[Stage]:
    """The earlier periods of which anything is known, as the entries up to a seq leave them."""
    asked = {entry.period for entry in register.entries(CertifyingIssued, upto=own)}
    for each in earlier:
        closed, units = register.closed(each.period, upto=own), each.as_closed
        if closed != each.closed:  # it was closed, or reopened, behind the one that looks back
            units = units_of(each.plan, register, each.period, own if closed is None else closed.upto, closed)
        if any(one.standing is not Standing.MISSING for one in units.values()):
            entries = each.entries_as_closed if units is each.as_closed else entries_of(each.plan, units)
            certified = certified_of(each.plan, register, each.period, own) if each.period in asked else NOTHING
            yield Stage(each.plan, each.period, entries, certified, closed is None)


def _as_known(mine: Earlier, register: Register, upto: int) -> Earlier:
    """A period as closed, and as all that came since makes it."""
    if mine.closed is None:
        return mine
    units = units_of(mine.plan, register, mine.period, upto, mine.closed)
    return Earlier(mine.period, units, mine.closed, mine.as_closed, mine.plan)


def _with_past(account: PeriodAccount, earlier: Sequence[Earlier]) -> PeriodAccount:
    """An account with how everything stood in the periods before."""
    past = {each.period: _past(account.plan, each) for each in earlier}
    led = {each.period: each.plan.leads for each in earlier}
    return account._replace(past=past, trend=trend_of(earlier, past), led=led)


def _with_receipts(account: PeriodAccount, register: Register, upto: int) -> PeriodAccount:
    """An account with the files of the year, and what the office noted of their papers."""
    plan = account.plan
    papers = papers_of(plan, register, upto)
    return account._replace(
        receipts=tuple(receipts_of(plan, register, upto, papers)),
        papers=papers_by_unit(plan, register, account.period, upto, papers),
    )


def _with_corrections(
    account: PeriodAccount, register: Register, earlier: Iterable[Earlier], mine: Earlier
) -> PeriodAccount:
    """An account with what was corrected of its period and of earlier ones after they were closed; that is noted of
    the units too."""
    carried = tuple(carried_into(register, account.period, earlier))
    notes = dict(account.notes)
    for one in carried:
        told = f"{one.period.short_label}定稿后更正：{one.words}"
        notes[one.unit] = "；".join(filter(None, (notes.get(one.unit, ""), told)))
    corrected = corrections_of(mine.period, mine.as_closed, mine.units)
    return account._replace(corrections=tuple(corrected), carried=carried, notes=notes)


def _asking(account: PeriodAccount, register: Register, upto: int, earlier: Iterable[Earlier]) -> PeriodAccount:
    """The account of an open period, with what waits in it besides the questions about its returns."""
    asked = tuple(handed_items(account.plan, register, account.period, upto, account.units))
    return account._replace(handed=asked, stray=tuple(_stray(register, account.period, upto, earlier)))


def _as_closed(account: PeriodAccount, register: Register, closed: Closed, mine: Earlier) -> PeriodAccount:
    """The account of a closed period: nothing is asked of it any more; what came later is asked in the next one, of
    the last here."""
    late = came_late(mine.period, mine.as_closed, mine.units) if account.period.is_last else ()
    return account._replace(
        decided=(*account.decided, *lapsed_items(closed)), faded=(), stray=tuple(late),
        closing=_closing(register, closed),
    )


def _stray(register: Register, period: Period, upto: int, earlier: Iterable[Earlier]) -> Iterator[Pending]:
    """What waits in a period and is no unit's return of it: forms and files that came after an earlier one was closed,
    and files of its own runs that name no unit."""
    for each in earlier:
        yield from came_late(each.period, each.as_closed, each.units)
        if each.closed is not None:
            for item in stray_of(register, each.period, upto, after=each.closed.upto):
                yield item._replace(came_for=str(each.period))
    yield from stray_of(register, period, upto)


def _closing(register: Register, closed: Closed) -> Closing:
    """What is said of a closing, on sheets and to programs."""
    before = register.entries(Closed, period=closed.period, upto=closed.upto)
    return Closing(
        at=closed.at.date(),
        before=len(before),
        document=closed.document,
        signed_by=closed.signed_by,
        dated=date.fromisoformat(closed.dated) if closed.dated else None,
    )


def _last_known(plan: Plan, before: Previous) -> dict[str, str]:
    """The last reported values in words, with their months."""
    found = {}
    for code, period in before.periods.items():
        found[code] = f"{period.short_label}数 {_words(plan.indicator(code).kind, before.values[code])}"
    return found


def _words(kind: Kind, value: Value) -> str:
    if isinstance(value, Fraction):
        return fixed(value * 100, 1) + "%" if kind is Kind.RATIO else grouped(shown(value))
    return str(value)


def _past(plan: Plan, earlier: Earlier) -> Mapping[str, Past]:
    """How the indicators stood at the end of an earlier period; of a closed one as printed."""
    if earlier.closed is not None:
        return {plan.code_here(code): past for code, past in earlier.closed.past.items()}
    return _stood(earlier.plan, earlier.period, earlier.entries)


def _stood(plan: Plan, period: Period, entries: Mapping[str, Entry]) -> Mapping[str, Past]:
    return _standing_of(plan, period, tuple(sorted(entries.items())))


@lru_cache(maxsize=64)
def _standing_of(plan: Plan, period: Period, entries: tuple[tuple[str, Entry], ...]) -> Mapping[str, Past]:
    """Kept from account to account: what was reported of earlier periods seldom changes."""
    found = {}
    for row in rows_of(plan, period, dict(entries)).values():
        capped = row.capped if isinstance(row.capped, Fraction) else None
        found[row.indicator.code] = Past(row.status.label if row.status else "", capped)
    return found
