"""The accounts of the year, made from the register."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache

from minsheng_xl.accounts.period import (
    Certified,
    Finding,
    FlowRow,
    Issue,
    Past,
    PeriodAccount,
    Receipt,
    Reported,
    entries_of,
)
from minsheng_xl.accounts.questions import UNKNOWN, WHOLE, Pending, item_id, whole
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.unit import UnitAccount, settle_unit
from minsheng_xl.accounts.values import (
    MEASURES,
    OFFICE,
    Content,
    Doubt,
    Figure,
    Outcome,
    Standing,
    Taken,
    Typed,
    shown,
)
from minsheng_xl.exact.expressions import Const, Value
from minsheng_xl.exact.keys import FIGURE, SHARE, WORD, Key
from minsheng_xl.exact.numbers import fixed, grouped
from minsheng_xl.figures import definitions as d
from minsheng_xl.figures.progress import Entry, progress_of
from minsheng_xl.ledger.units import (
    cells_typed,
    certifications,
    corrected_receipts,
    decided_items,
    returns_taken,
)
from minsheng_xl.plan.model import Indicator, Kind, Plan, Role
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import CertifyingIssued, Closed, Judged, Reminded, RunBegun, unpack_value
from minsheng_xl.year.register import Register


def account_of(plan: Plan, register: Register, period: Period, *, upto: int | None = None) -> PeriodAccount:
    """The account of a period, from the journal's entries up to a seq (all, by default).

    A closed period's own figures are those of its closing; what came after counts in the 上期累计
    of later ones.
    """
    closings = {p: register.closed(p, upto=upto) for p in (*period.earlier, period)}
    frozen = closings[period]
    own = frozen.upto if frozen is not None and (upto is None or upto >= frozen.upto) else upto
    accounts = {p: _units(plan, register, p, own, closing) for p, closing in closings.items()}
    corrected: set[str] = set()
    before: dict[str, Value] = {}
    before_of: dict[str, Period] = {}
    last_known: dict[str, str] = {}
    late: list[Pending] = []
    for indicator in plan.indicators:
        if indicator.kind is Kind.CUMULATIVE and period.is_first:
            before[indicator.code] = Fraction(0)
    for earlier in period.earlier:
        entries = entries_of(plan, accounts[earlier])
        closed = closings[earlier]
        as_closed = entries
        if closed is not None:
            units = _units(plan, register, earlier, closed.upto, closed)
            as_closed = entries_of(plan, units)
            late += _came_late(earlier, units, accounts[earlier])
        for indicator in plan.indicators:
            value = _value(plan, indicator.code, entries)
            if closed is not None and value == _value(plan, indicator.code, as_closed):
                value = _as_closed(closed, indicator)  # as printed, by the plan of its day
            elif closed is not None and value is not None:
                corrected.add(indicator.code)
            if value is not None:
                if closed is None or value == _as_closed(closed, indicator):
                    corrected.discard(indicator.code)
                before[indicator.code], before_of[indicator.code] = value, earlier
                last_known[indicator.code] = f"{earlier.short_label}数 {_words(indicator.kind, value)}"
    return PeriodAccount(
        plan, period, accounts[period], before, last_known, tuple(_receipts(plan, register, upto)),
        tuple(row for p, units in accounts.items() for row in _flow(plan, p, units)),
        (*late, *_stray(register, period, upto)), tuple(decided_items(register, period, upto=own)), frozenset(corrected),
        _notes(plan, register, period, upto, accounts[period]),
        {p: _past(plan, p, closings[p], accounts[p]) for p in period.earlier},
        _open_issues(plan, period, accounts), tuple(_findings(plan, register, period, upto)),
        _reminded(plan, register, period, upto), _confirmed_late(plan, register, period, upto, accounts[period]),
        before_of, certified_of(plan, register, period, upto),
        frozenset(entry.unit for entry in register.entries(CertifyingIssued, period=period, upto=upto)),
    )


def _came_late(period: Period, closed: Mapping[str, UnitAccount], now: Mapping[str, UnitAccount]) -> list[Pending]:
    """Files held whole that came after a period was closed: they wait in the accounts of later ones."""
    return [
        item._replace(other=f"{period.short_label}定稿后收到：{item.other}", came_for=str(period))
        for name, account in now.items() for item in account.pending
        if item.kind == WHOLE and item.sha256 not in {one.sha256 for one in closed[name].pending}
    ]


def _past(plan: Plan, period: Period, closed: Closed | None, units: Mapping[str, UnitAccount]) -> Mapping[str, Past]:
    if closed is not None:
        return closed.past
    return _stood(plan, period, entries_of(plan, units))


def _stood(plan: Plan, period: Period, entries: Mapping[str, Entry]) -> Mapping[str, Past]:
    return _standing_of(plan, period, tuple(sorted(entries.items())))


@lru_cache(maxsize=64)
def _standing_of(plan: Plan, period: Period, entries: tuple[tuple[str, Entry], ...]) -> Mapping[str, Past]:
    """Kept from account to account: what was reported of earlier periods seldom changes."""
    rows = progress_of(plan, period, dict(entries)).indicators
    return {r.indicator.code: Past(r.status.label if r.status else "", r.capped if isinstance(r.capped, Fraction) else None) for r in rows}


def past_of(plan: Plan, account: PeriodAccount) -> Mapping[str, Past]:
    """How every indicator stands, as the closing of its period keeps it."""
    return _stood(plan, account.period, account.entries())


def _open_issues(plan: Plan, period: Period, accounts: Mapping[Period, Mapping[str, UnitAccount]]) -> dict[tuple[str, int], Issue]:
    """Problems raised in earlier periods; a trusted return without one closes it, silence does not."""
    found: dict[tuple[str, int], Issue] = {}
    for earlier in period.earlier:
        for name, account in accounts[earlier].items():
            if not account.words and not account.figures:
                continue
            for no in (*plan.projects_of(name, Role.LEAD), *plan.projects_of(name, Role.RESPONSIBLE)):
                problem, coordination = (account.words.get(Key(WORD, str(no), key), "").strip() for key in ("problem", "coordination"))
                if problem or coordination:
                    known = found.get((name, no))
                    found[name, no] = Issue(known.raised if known else earlier, problem, coordination)
                else:
                    found.pop((name, no), None)
    return found


def _findings(plan: Plan, register: Register, period: Period, upto: int | None) -> Iterator[Finding]:
    """What was found in the files of a period, and in those its runs met that name none."""
    runs = {entry.run for entry in register.entries(RunBegun, period=period, upto=upto)}
    for entry in register.entries(Judged, upto=upto):
        one = entry.returned
        if one.period == period or (entry.run in runs and one.period is None):
            for problem in one.problems:
                yield Finding(one.file, one.unit or "", one.outcome, problem)


def _reminded(plan: Plan, register: Register, period: Period, upto: int | None) -> dict[str, int]:
    days: dict[str, set[date]] = {}
    for entry in register.entries(Reminded, period=period, upto=upto):
        for name in entry.units:
            days.setdefault(plan.canonical(name) or name, set()).add(entry.at.date())
    return {name: len(found) for name, found in days.items()}


def _confirmed_late(
    plan: Plan, register: Register, period: Period, upto: int | None, units: Mapping[str, UnitAccount]
) -> frozenset[str]:
    confirmed = set(corrected_receipts(register, upto=upto).values())
    due = plan.due(period)
    return frozenset(name for name, account in units.items() if account.received in confirmed and account.received.date() > due)


def certified_of(plan: Plan, register: Register, period: Period, upto: int | None = None) -> dict[str, Certified]:
    """What the certifiers said of a period, by indicator: the last word on each. Where two forms that
    came in one run differ, the figure is in doubt."""
    found: dict[str, Certified] = {}
    runs: dict[str, int] = {}
    for name, one in certifications(register, period, upto=upto):
        unit = plan.canonical(name) or ""
        if one.content is None:
            continue
        for code, said in _said(plan, unit, one.content, one.file, one.received).items():
            if not plan.has_indicator(code) or unit not in plan.project(plan.indicator(code).project).certifiers:
                continue
            kind = plan.indicator(code).kind
            before = found.get(code)
            if before is not None and runs[code] == one.run and (before.opinion, before.figure) != (said.opinion, said.figure):
                both = Doubt(" / ".join(certified_text(kind, each.figure) or each.opinion for each in (before, said)))
                found[code] = said._replace(figure=both, in_doubt_of_two=True)
            else:
                found[code] = said
            runs[code] = one.run
    return found


def certified_text(kind: Kind, figure: "Figure | None") -> str:
    """A certified figure as people read it: a ratio in percent."""
    return fixed(figure * 100, 1) + "%" if kind is Kind.RATIO and isinstance(figure, Fraction) else shown(figure)


def says_what_stands(plan: Plan, unit: str, content: Content, certified: Mapping[str, Certified]) -> bool:
    """Whether all that a certifier's form says, of the same reported figures, is what stands already."""
    opinions = _said(plan, unit, content, "", datetime.min)
    return bool(opinions) and all(
        code in certified and certified[code] == said._replace(file=certified[code].file, received=certified[code].received)
        for code, said in opinions.items()
    )


def _said(plan: Plan, unit: str, content: Content, file: str, received: datetime) -> dict[str, Certified]:
    """What one form says, by indicator."""
    found: dict[str, Certified] = {}
    figures, words = content.figures, content.words
    for key in words:
        if key.is_opinion:
            figure, checked, confirmed = (figures.get(key.beside(name)) for name in ("figure", "checked", "confirmed"))
            of = words.get(key.beside("period"))
            reported = Reported(unpack_value(words[key.beside("reported")]), Period.parse(of)) if of else None
            reason, remark = (words.get(key.beside(name), "") for name in ("reason", "remark"))
            measure = words.get(key.beside("in"))
            if plan.has_indicator(key.of) and measure is not None and measure != plan.indicator(key.of).measured_in and figure is not None:
                figure = Doubt(f"{shown(figure)}（当时是{measure}）")  # the plan has changed since
            found[key.of] = Certified(unit, words[key], figure, reported, file, received, checked, confirmed, reason, remark)
    return found


def previous_of(plan: Plan, register: Register, unit: str, period: Period) -> dict[str, Value]:
    """上期累计 of the indicators a unit fills in: their last trusted values in earlier periods."""
    before: dict[str, Value] = {
        i.code: Fraction(0) for i in plan.filled_by(unit) if i.kind is Kind.CUMULATIVE and period.is_first
    }
    mine = plan.filled_by(unit)
    for earlier in period.earlier:
        entries = entries_of(plan, {unit: settled(plan, register, unit, earlier)})
        closed = register.closed(earlier)
        as_closed = entries_of(plan, {unit: settled(plan, register, unit, earlier, closed.upto)}) if closed else entries
        for indicator in mine:
            value = _value(plan, indicator.code, entries)
            if closed is not None and value == _value(plan, indicator.code, as_closed):
                value = _as_closed(closed, indicator)
            if value is not None:
                before[indicator.code] = value
    return before


def values_of(plan: Plan, account: PeriodAccount) -> dict[str, Value]:
    """The trusted values of a period by indicator, as its closing keeps them."""
    entries = account.entries()
    values = {i.code: _value(plan, i.code, entries) for i in plan.indicators}
    return {code: value for code, value in values.items() if value is not None}


def _as_closed(closed: Closed, indicator: Indicator) -> Value:
    """The value with which a period was closed; None if it was measured in something else."""
    measure = closed.measures.get(indicator.code, indicator.measured_in)
    return closed.values.get(indicator.code) if measure == indicator.measured_in else None


def _units(plan: Plan, register: Register, period: Period, upto: int | None, closed: Closed | None) -> dict[str, UnitAccount]:
    taken, typed = taken_by_unit(plan, register, period, upto), typed_by_unit(plan, register, period, upto)
    decided = _decided(plan, register, period, upto)
    return {
        unit.name: settle(plan, unit.name, period, taken.get(unit.name, ()), typed.get(unit.name, ()), decided, closed)
        for unit in plan.reporting_units
    }


def settled(plan: Plan, register: Register, unit: str, period: Period, upto: int | None = None) -> UnitAccount:
    """One unit in a period, from the register."""
    taken, typed = taken_by_unit(plan, register, period, upto), typed_by_unit(plan, register, period, upto)
    return settle(
        plan, unit, period, taken.get(unit, ()), typed.get(unit, ()), _decided(plan, register, period, upto), register.closed(period)
    )


def settle(
    plan: Plan,
    unit: str,
    period: Period,
    taken: Sequence[Taken],
    typed: Sequence[Typed],
    decided: Mapping[str, str],
    closed: Closed | None,
) -> UnitAccount:
    """One unit in a period: its returns folded, and where several were merged, the rules applied anew."""
    said = closed.last_wins if closed is not None else None
    last_wins = plan.settings.last_wins if said is None else said

    def recheck(account: UnitAccount) -> None:
        sources = {account.sources[key].file for key in account.figures if key in account.sources}
        if len(sources - {OFFICE}) > 1:
            from minsheng_xl.ledger import merging

            merging.recheck(plan, unit, period, account, decided)

    return settle_unit(unit, taken, typed, decided, closed.run if closed else None, plan.due(period) if last_wins else None, recheck)


def _decided(plan: Plan, register: Register, period: Period, upto: int | None) -> dict[str, str]:
    """The words by which the office has settled items of a period, by id; a unit that was renamed
    since keeps what was settled about it."""
    words: dict[str, str] = {}
    for item in decided_items(register, period, upto=upto):
        assert item.decision is not None
        now = item_id(plan.canonical(item.unit) or "", item.kind, item.key, item.used, item.other) if item.key else item.id
        words[item.id] = words[now] = item.decision.word
    return words


def taken_by_unit(plan: Plan, register: Register, period: Period, upto: int | None = None) -> dict[str, list[Taken]]:
    """The judged returns of a period. The plan of today decides: a unit that was renamed keeps its
    returns under its alias, a figure of an indicator that is no more is left out."""
    taken: dict[str, list[Taken]] = {}
    for name, one in returns_taken(register, period, upto=upto):
        unit = plan.canonical(name) or ""
        taken.setdefault(unit, []).append(_of_plan(plan, unit, one))
    return taken


def typed_by_unit(plan: Plan, register: Register, period: Period, upto: int | None = None) -> dict[str, list[Typed]]:
    """What the office typed for a period, by the same rule."""
    typed: dict[str, list[Typed]] = {}
    for name, cell in cells_typed(register, period, upto=upto):
        unit = plan.canonical(name) or ""
        if _is_of(plan, unit, cell.key):
            value = _as_measured(plan, cell.key, cell.value, cell.measure)
            typed.setdefault(unit, []).append(cell._replace(value=value))
    return typed


def _is_of(plan: Plan, unit: str, key: Key) -> bool:
    """Whether a unit still fills in a cell, by the plan of today."""
    if not key.is_reported:
        return True
    if not plan.has_indicator(key.of):
        return False
    indicator = plan.indicator(key.of)
    mine = unit in indicator.shares if key.is_share else indicator.filler == unit
    return mine and (key.is_explanation or key.name in indicator.measures)


def measures_of(plan: Plan, keys: Iterable[Key]) -> dict[str, str]:
    """In what the figures of some cells are measured, by indicator, as the journal keeps it."""
    return {key.of: plan.indicator(key.of).measured_in for key in keys if key.is_measure and plan.has_indicator(key.of)}


def _as_measured(plan: Plan, key: Key, figure: "Figure | None", measure: str) -> "Figure | None":
    """A figure as it counts by the plan of today: one that was measured in something else is in doubt."""
    if figure is None or isinstance(figure, Doubt) or not measure or key.is_explanation or measure == plan.indicator(key.of).measured_in:
        return figure
    return Doubt(f"{shown(figure)}（当时是{measure}）")


def _of_plan(plan: Plan, unit: str, one: Taken) -> Taken:
    content = one.content
    if content is None:
        return one
    changed = any(plan.has_indicator(code) and plan.indicator(code).measured_in != measure for code, measure in one.measures.items())
    if changed:
        measured = {
            key: _as_measured(plan, key, figure, one.measures.get(key.of, "")) for key, figure in content.figures.items() if _is_of(plan, unit, key)
        }
        content = content._replace(figures={key: figure for key, figure in measured.items() if figure is not None})
    if not changed and all(_is_of(plan, unit, key) for key in (*content.figures, *content.words)):
        return one
    figures, words = ({key: value for key, value in cells.items() if _is_of(plan, unit, key)} for cells in (content.figures, content.words))
    halves, explained = (frozenset(key for key in keys if _is_of(plan, unit, key)) for keys in (content.halves, content.explained))
    return one._replace(content=Content(figures, words, halves, explained))  # type: ignore[arg-type]


def _value(plan: Plan, code: str, entries: Mapping[str, Entry]) -> Value:
    """The trusted value of an indicator in a period, or None."""
    indicator, entry = plan.indicator(code), entries.get(code)
    if entry is None:
        return None
    if indicator.kind is Kind.MILESTONE:
        return entry.reported if entry.reported in ("是", "否") else None
    value: Value = entry.reported
    if indicator.kind is Kind.RATIO:
        denominator = indicator.fixed_denominator if indicator.office_denominator else entry.denominator
        value = d.quotient(Const(entry.numerator), Const(denominator)).value()
    return value if isinstance(value, Fraction) else None


def _words(kind: Kind, value: Value) -> str:
    if isinstance(value, Fraction):
        return fixed(value * 100, 1) + "%" if kind is Kind.RATIO else grouped(shown(value))
    return str(value)


def _receipts(plan: Plan, register: Register, upto: int | None) -> list[Receipt]:
    found = []
    corrected = corrected_receipts(register, upto=upto)
    for entry in register.entries(Judged, upto=upto):
        one = entry.returned
        received = corrected.get(one.sha256, entry.received)
        late = False
        if one.period and one.outcome in (Outcome.ACCEPTED, Outcome.HELD) and not one.certifies:
            late = received.date() > plan.due(one.period)
        first = one.problems[0] if one.problems else None
        more = f"（共{len(one.problems)}处）" if len(one.problems) > 1 else ""
        found.append(
            Receipt(
                received=received,
                file=one.file,
                unit=one.unit or "",
                period=str(one.period) if one.period else "",
                outcome=one.outcome,
                late=late,
                message=f"{first.cell} {first.message}{more}".strip() if first else "",
                sha256=one.sha256,
            )
        )
    return found


def _flow(plan: Plan, period: Period, units: Mapping[str, UnitAccount]) -> list[FlowRow]:
    rows = []
    for name, account in units.items():
        for key, figure in sorted(account.figures.items(), key=lambda item: item[0]):
            indicator = plan.indicator(key.of)
            if not key.is_share and indicator.filler != name:  # another unit fills it in by now
                continue
            number = figure if isinstance(figure, Fraction) else None
            if figure in ("是", "否"):
                number = Fraction(int(figure == "是"))
            rows.append(
                FlowRow(
                    period, name, indicator.project, key.of, indicator.name,
                    "分解数" if key.is_share else MEASURES[key.name], indicator.unit_of_measure, number,
                    "" if isinstance(figure, Fraction) else shown(figure),
                    account.sources[key],
                )
            )
    order = {indicator.code: number for number, indicator in enumerate(plan.indicators)}
    return sorted(rows, key=lambda row: order[row.code])


def _stray(register: Register, period: Period, upto: int | None) -> list[Pending]:
    """Files of this period's runs that name no unit."""
    found = []
    known = {entry.returned.sha256 for entry in register.entries(Judged, upto=upto) if entry.returned.unit}
    settled = {item.id for item in decided_items(register, period, upto=upto)}
    for one in _of_runs(register, period, upto):
        if one.sha256 in known or one.sha256[:6] in settled or one.unit or one.certifies:
            continue
        if one.outcome is Outcome.HELD:
            found.append(whole("", one.file, one.sha256, one.problems))
        elif one.outcome in (Outcome.UNRECOGNISED, Outcome.REFUSED):
            found.append(_unknown(one))
    return found


def _unknown(one: Return) -> Pending:
    """The question whose a file is that nobody can read."""
    return Pending(
        id=one.sha256[:6],
        kind=UNKNOWN,
        unit="",
        key=None,
        used="",
        other=one.problems[0].message if one.problems else "",
        file=one.file,
        advice="请写上是哪个单位的（作退回处理），或“附件：单位名”；与报表无关的写“不理”。",
        sha256=one.sha256,
    )


def _notes(
    plan: Plan, register: Register, period: Period, upto: int | None, units: Mapping[str, UnitAccount]
) -> dict[str, str]:
    notes: dict[str, list[str]] = {}
    for one in _of_runs(register, period, upto):
        if one.unit and one.period and one.period != period and not one.certifies:
            notes.setdefault(one.unit, []).append(f"送来的是{one.period.label}的表")
    for name, account in units.items():
        if account.standing in (Standing.REFUSED, Standing.HELD) and account.problems and not account.figures:
            notes.setdefault(name, []).append(account.problems[0].message)
        if account.correction_pending:
            notes.setdefault(name, []).append("有更正待定")
        doubts = sum(isinstance(figure, Doubt) for figure in account.figures.values())
        if doubts:
            notes.setdefault(name, []).append(f"{doubts}处数字待核")
        if account.explained:
            notes.setdefault(name, []).append(f"{len(account.explained)}处特殊数字已说明")
        if account.typed:
            notes.setdefault(name, []).append(f"办公室填写{len(account.typed)}处")
    for unit, words in _shares_that_differ(plan, units):
        notes.setdefault(unit, []).append(words)
    return {unit: "；".join(dict.fromkeys(parts)) for unit, parts in notes.items()}


def _shares_that_differ(plan: Plan, units: Mapping[str, UnitAccount]) -> Iterator[tuple[str, str]]:
    """Σ分解数 beside the official figure, where all have stated theirs and the two differ."""
    for indicator in plan.indicators:
        shares = [units[name].number(Key(SHARE, indicator.code, "reported")) for name in indicator.shares if name in units]
        known = [share for share in shares if share is not None]
        official = units[indicator.filler].number(Key(FIGURE, indicator.code, "reported")) if indicator.filler in units else None
        if known and len(known) == len(shares) and official is not None and sum(known) != official:
            yield indicator.filler, f"{indicator.code} 各单位分解数之和 {shown(sum(known, Fraction(0)))}，与报的 {shown(official)} 不同"


def _of_runs(register: Register, period: Period, upto: int | None) -> list[Return]:
    """What the runs for a period judged."""
    runs = {entry.run for entry in register.entries(RunBegun, period=period, upto=upto)}
    return [entry.returned for entry in register.entries(Judged, upto=upto) if entry.run in runs]
