"""The state of a period as one plain object: what `status --json` prints and programs read."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from minsheng_xl.accounts.certified import by_certified, is_certified_at_the_end
from minsheng_xl.accounts.confirmed import Confirmation
from minsheng_xl.accounts.paper import Paper
from minsheng_xl.accounts.period import Closing, Correction, PeriodAccount, Reported
from minsheng_xl.accounts.ranks import Rank, change_of, ranks_of, reported_of, streak_of
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Figure, Outcome, Standing, Timeliness, shown
from minsheng_xl.exact.expressions import Const, Value
from minsheng_xl.exact.numbers import fixed, grouped, plain
from minsheng_xl.figures.definitions import NONE, YES_OR_NO, Status, averaged, increase
from minsheng_xl.figures.progress import (
    Averages,
    CountyProgress,
    IndicatorProgress,
    ProjectProgress,
    percent_text,
    points_text,
    progress_of,
)
from minsheng_xl.figures.streak import LAGGING, Streak
from minsheng_xl.ledger.last_year import NO_LAST_YEAR, LastYear, last_year_of
from minsheng_xl.ledger.period import account_of
from minsheng_xl.plan.model import Kind, Role, Tier
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import Judged, RunBegun, pack_problem
from minsheng_xl.year.folder import Year


def status(year: Year, period: Period) -> dict[str, Any]:
    """Where a period stands, as JSON-ready values.

    Rates, pace, deviation, averages, a ratio's target and value are fractions (1 = 100 %) as
    decimal strings of six places, half up, each with a `…_text` as printed; other figures are
    plain decimal strings in the unit of the form; None where there is none.
    """
    plan = year.plan_of(period)
    account = account_of(plan, year.register, period)
    county = progress_of(plan, period, account.entries())
    return status_of(account, county, _files(year, period), last_year_of(year, plan, period))


def current_period(year: Year) -> Period:
    """The period the office is working on: the latest whose forms went out and that is not closed; if none went out
    the plan's first, if all that did are closed the next one, in a finished year the last."""
    register, periods, out = year.register, year.plan.periods, year.plans.went_out()
    issued = [period for period in periods if period in out]
    if not issued:
        return periods[0]
    still_open = [period for period in issued if register.closed(period) is None]
    if still_open:
        return still_open[-1]
    return next((period for period in periods if period > issued[-1]), periods[-1])


def _files(year: Year, period: Period) -> dict[str, int]:
    """Duplicates, blank forms and those of words alone by their own period, unrecognised files by the period of the run
    that met them."""
    runs = {entry.run for entry in year.register.entries(RunBegun, period=period)}
    judged = year.register.entries(Judged)
    returns = [entry.returned for entry in judged if entry.returned.is_report]
    met = [entry.returned for entry in judged if entry.run in runs]
    return {
        "duplicate": sum(one.outcome is Outcome.DUPLICATE and one.period == period for one in returns),
        "unrecognised": sum(one.outcome is Outcome.UNRECOGNISED for one in met),
        "empty": sum(one.outcome is Outcome.EMPTY and one.period == period for one in returns),
        "words": sum(one.outcome is Outcome.WORDS and one.period == period for one in returns),
    }


def status_of(
    account: PeriodAccount, county: CountyProgress, files: dict[str, int], last: LastYear = NO_LAST_YEAR
) -> dict[str, Any]:
    """The status object of an account and the progress computed from it, beside 上年同期."""
    plan = account.plan
    owed = [unit.name for unit in plan.reporting_units if account.owed(unit.name)]
    standings = [account.standing(name) for name in owed]
    certified = by_certified(account, county) if is_certified_at_the_end(account) else None
    change, stands = change_of(account, county), reported_of(account)
    counts = {standing.value: standings.count(standing) for standing in Standing}
    assert sum(counts.values()) == len(owed), "the account does not add up"
    return {
        "period": str(account.period),
        **_closings(account),
        "issued": len(owed),
        **counts,
        **files,
        "pending": len(account.pending),
        "questions": len(plan.open_questions),
        "averages": {
            **_averages(county.averages),
            "how": averaged(by_project=plan.settings.mean_by_project),
            "text": county.averages.words,
        },
        "certified": _by_certified(certified),
        "projects": [_project(p) for p in county.projects],
        "indicators": [
            {**_indicator(account, stands, i), "last_year": _last_year(last, i)} for i in county.indicators
        ],
        "ranks": _ranks(account, county, certified),
        "change": {
            "points": _six(change.points),
            "points_text": points_text(change.points),
            "count": change.indicators,
        },
        "units": [_unit(account, name) for name in owed],
        "confirmations": [_confirmation(one) for one in account.confirmations],
        "last_year": {"period": str(last.period) if last.period else None, "trouble": last.trouble},
    }


_LATE = {Timeliness.IN_TIME: False, Timeliness.LATE: True, Timeliness.UNCONFIRMED: None, Timeliness.NOTHING: None}


def _paper(one: Paper | None) -> dict[str, Any] | None:
    """When the signed paper of a unit came, and whether its 核对数 agrees: null while nobody has looked; `since` is what
    has become of the figures after that."""
    if one is None:
        return None
    return {"received": one.received.isoformat(), "agrees": one.agrees, "since": one.since}


def _unit(account: PeriodAccount, name: str) -> dict[str, Any]:
    """How a unit stands; `received`: when what counts of it came (at noon where the office said the day); `late`: true
    only where the office has confirmed it, null while it has not or nothing that counts has come."""
    received, timeliness = account.received(name), account.timeliness(name)
    return {
        "unit": name,
        "standing": account.standing(name).value,
        "received": received.isoformat(timespec="seconds") if received is not None else None,
        "late": _LATE[timeliness],
        "late_text": timeliness.late_word or timeliness.value,
        "came": account.came.get(name, ""),
        "paper": _paper(account.papers.get(name)),
        "leads": list(account.plan.projects_of(name, Role.LEAD)),
    }


def _confirmation(one: Confirmation) -> dict[str, Any]:
    """What a lead said on its 核对单."""
    return {
        "unit": one.unit,
        "issued": one.issued.isoformat(),
        "due": one.due.isoformat() if one.due else None,
        "answered": one.answered.isoformat() if one.answered else None,
        "rows": one.rows,
        "agreed": one.agreed,
        "result": one.result,
        "objections": [each._asdict() for each in one.objections],
    }


def file_of(one: Return) -> dict[str, Any]:
    """A judged file as `consolidate --json` lists it."""
    return {
        "file": one.file,
        "sha256": one.sha256,
        "outcome": one.outcome.value,
        "unit": one.unit,
        "period": str(one.period) if one.period else None,
        "problems": [pack_problem(p) for p in one.problems],
    }


def is_clean(state: dict[str, Any], files: Sequence[Return]) -> bool:
    """Whether nothing waits: no file judged now, and no standing, is held, refused or unrecognised."""
    bad = {Outcome.HELD, Outcome.REFUSED, Outcome.UNRECOGNISED}
    return not (state["held"] or state["refused"] or any(one.outcome in bad for one in files))


def _last_year(last: LastYear, i: IndicatorProgress) -> dict[str, Any] | None:
    """上年同期 of an indicator, with the code it had."""
    if i.indicator.code not in last.stood:
        return None
    code, known = last.stood[i.indicator.code]
    kind, value = i.indicator.kind, as_number(known.value)
    return {
        "code": code,
        "reported": _figure(value, kind is Kind.RATIO),
        "reported_text": _value_text(kind, value),
        "certified": _figure(known.certified_value, kind is Kind.RATIO),
        "corrected": known.is_corrected,
    }


def as_number(value: "Value | Figure") -> Fraction | None:
    """A value as the twin takes it: 是 and 否 are 1 and 0; what is in doubt is none."""
    return value if isinstance(value, Fraction) else Fraction(value == "是") if value in ("是", "否") else None


def _closings(account: PeriodAccount) -> dict[str, Any]:
    """Whether the period is closed and how; what was corrected since, and what of earlier periods counts in it."""
    return {
        "closed": account.closing is not None,
        "closing": _closing(account.closing) if account.closing is not None else None,
        "corrections": [_correction(one) for one in account.corrections],
        "correction_word": "结转更正" if account.period.is_last else "定稿后更正",
        "carried": [_correction(one) for one in account.carried],
    }


def _correction(one: Correction) -> dict[str, Any]:
    """A figure as its period was closed and as it was corrected since, in the unit of the form."""
    return {
        "period": str(one.period),
        "unit": one.unit,
        "code": one.key.of,
        "measure": one.key.name,
        "closed": shown(one.was) or None,
        "corrected": shown(one.now) or None,
        "file": one.source.file if one.source is not None else "",
        "text": one.words,
    }


def _closing(one: Closing) -> dict[str, Any]:
    """When a period was closed, and what stands on the circular; `again`: it had been closed before."""
    return {
        "at": one.at.isoformat(),
        "again": one.before > 0,
        "document": one.document,
        "signed_by": one.signed_by,
        "dated": one.dated.isoformat() if one.dated else None,
        "text": one.words,
    }


def _six(value: Fraction | None) -> str | None:
    return None if value is None else fixed(value, 6)


def _project(p: ProjectProgress) -> dict[str, Any]:
    return {
        "no": p.project.no,
        "title": p.project.name,
        **_averages(p.averages),
        "status": p.status.value if p.status else None,
    }


def _averages(a: Averages) -> dict[str, Any]:
    """已达标, n, m, N and both averages, of a project or of the county."""
    return {
        "met": a.met,
        "reported": a.reported,
        "held": a.held,
        "counted": a.counted,
        "average_reported": _six(a.average_reported),
        "average_reported_text": a.average_reported_text,
        "average_all": _six(a.average_all),
        "average_all_text": a.average_all_text,
    }


def _by_certified(certified: CountyProgress | None) -> dict[str, Any] | None:
    """The averages by what was certified, once the year is over."""
    if certified is None:
        return None
    return {
        "finished_projects": certified.finished_projects,
        **_averages(certified.averages),
        "text": certified.averages.words,
    }


def _ranks(account: PeriodAccount, county: CountyProgress, certified: CountyProgress | None) -> list[dict[str, Any]]:
    """排名, with how each lead is ranked by what was certified, once the year is over."""
    by_it = {one.unit: _rank(one) for one in ranks_of(account, certified)} if certified is not None else {}
    return [{**_rank(one), "certified": by_it.get(one.unit)} for one in ranks_of(account, county)]


def _rank(one: Rank) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "rank": one.rank,
        "remark": one.remark,
        "owed": one.owed,
        "judged": one.judged,
        "reported": one.reported,
        "met": one.met,
        "on_pace": one.good,
        "lagging": one.lagging,
        "share": _six(one.share),
        "average_all_text": one.average_all_text,
        "average_reported_text": one.average_reported_text,
    }


def _increase(account: PeriodAccount, i: IndicatorProgress, previous: Value) -> Fraction | None:
    current = Const(i.value) if i.terms.kind not in YES_OR_NO else Const("")
    found = increase(i.terms, current, Const(previous)).value()
    return found if isinstance(found, Fraction) else None


def _indicator(account: PeriodAccount, stands: Mapping[str, Reported], i: IndicatorProgress) -> dict[str, Any]:
    previous = account.before.get(i.indicator.code)
    indicator, t = i.indicator, i.terms
    ratio = indicator.kind is Kind.RATIO
    gate = indicator.tier is not Tier.ASSESSED
    return {
        "code": indicator.code,
        "tier": indicator.tier.letter,
        "project": indicator.project,
        "lead": indicator.lead,
        "unit_of_measure": indicator.unit_of_measure,
        "target": _figure(t.target, ratio),
        "target_text": _target_text(i),
        "reported": _figure(i.value, ratio),
        "reported_text": reported_text(i),
        "numerator": _figure(i.numerator if ratio else None, False),
        "denominator": _figure(i.denominator if ratio else None, False),
        "rate": _six(i.rate),
        "rate_text": i.rate_text,
        "pace": None if gate else _six(i.pace),
        "pace_text": NONE if gate else percent_text(i.pace),
        "deviation": _six(i.deviation),
        "deviation_text": i.deviation_text,
        "status": i.status.value if i.status else None,
        "previous": _figure(previous, ratio) if isinstance(previous, Fraction) else previous,
        "increase": _figure(_increase(account, i, previous), ratio),
        **_streak(streak_of(account, i), i.status),
        "confirmed": account.is_confirmed(indicator.code),
        "not_applicable": i.status is Status.NOT_APPLICABLE,
        **_certified(account, stands, i),
    }


def _streak(streak: Streak, status: Status | None) -> dict[str, Any]:
    """How long a row has lagged that lags, or is silent and did; in words, as the list of those prints it."""
    is_listed = status in LAGGING or status is Status.MISSING
    return {
        "lagging_periods": streak.lagging if is_listed else 0,
        "lagging_text": streak.words if is_listed else NONE,
    }


def _certified(account: PeriodAccount, stands: Mapping[str, Reported], i: IndicatorProgress) -> dict[str, Any]:
    """The certified figure beside the reported one; `certified_moved`: the latter has changed since."""
    said = account.certified.get(i.indicator.code)
    figure = said.figure if said else None
    value = None
    if isinstance(figure, Fraction):
        value = _figure(figure, i.indicator.kind is Kind.RATIO)
    elif isinstance(figure, str):
        value = str(int(figure == "是"))
    moved = said is not None and said.has_moved(stands.get(i.indicator.code))
    return {"certified": value, "opinion": said.opinion if said else None, "certified_moved": moved}


def _figure(value: Fraction | None, ratio: bool) -> str | None:
    return None if value is None else fixed(value, 6) if ratio else plain(value)


def reported_text(i: IndicatorProgress) -> str:
    """The value of an indicator as it is printed."""
    return _value_text(i.indicator.kind, i.value)


def _target_text(i: IndicatorProgress) -> str:
    return i.terms.comparator.sign + _value_text(i.indicator.kind, i.terms.target)


def _value_text(kind: Kind, value: Fraction | None) -> str:
    if value is None:
        return NONE
    if kind is Kind.RATIO:
        return percent_text(value)
    if kind in YES_OR_NO:
        return "是" if value else "否"
    return grouped(plain(value))
