"""The units of a period: what the journal says of each, by the plan of today, folded into its account."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from minsheng_xl.accounts.fold import Ruling, settle_unit
from minsheng_xl.accounts.questions import Decision, Pending, item_id, lapsed
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import OFFICE, Content, Doubt, Figure, Outcome, Taken, Typed, shown
from minsheng_xl.exact.keys import Key
from minsheng_xl.ledger.kept import Kept
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.year.entries import Closed, Decided, Judged, ReceiptCorrected, TypedIn
from minsheng_xl.year.person import UNNAMED
from minsheng_xl.year.register import Register

_COUNTED = (Outcome.ACCEPTED, Outcome.HELD, Outcome.REFUSED, Outcome.WORDS)


class Said(NamedTuple):
    """What the journal says of a period: the returns and the typed cells of each unit, and the words by which the
    office settled items, by id."""

    taken: Mapping[str, Sequence[Taken]]
    typed: Mapping[str, Sequence[Typed]]
    decided: Mapping[str, str]


_said: "Kept[Said]" = Kept(most=32)
_units: "Kept[dict[str, UnitAccount]]" = Kept(most=32)


def said_of(plan: Plan, register: Register, period: Period, upto: int | None = None) -> Said:
    """What the journal says of a period, up to a seq if given."""
    seq = _last_said(register, period, upto)

    def read() -> Said:
        return Said(
            _taken_by_unit(plan, register, period, seq),
            _typed_by_unit(plan, register, period, seq),
            _decided(plan, register, period, seq),
        )

    return _said.get(register, plan, (period, seq), read)


def units_of(
    plan: Plan, register: Register, period: Period, upto: int | None, closed: Closed | None
) -> dict[str, UnitAccount]:
    """The reporting units of a period, each folded from what was said up to a seq; `closed` is the closing that
    counts, which may have come later."""
    seq = _last_said(register, period, upto)

    def folded() -> dict[str, UnitAccount]:
        said = said_of(plan, register, period, seq)
        return {unit.name: settle(plan, unit.name, period, said, closed) for unit in plan.reporting_units}

    closing = (closed.run, tuple(item.id for item in closed.overdue)) if closed else None
    return _units.get(register, plan, (period, seq, closing), folded)


def unit_of(
    plan: Plan, register: Register, unit: str, period: Period, upto: int | None, closed: Closed | None
) -> UnitAccount:
    """One unit of a period, up to a seq."""
    return settle(plan, unit, period, said_of(plan, register, period, upto), closed)


def settle(plan: Plan, unit: str, period: Period, said: Said, closed: Closed | None) -> UnitAccount:
    """One unit in a period: its returns folded, and where several were merged, the rules applied anew."""
    told = closed.last_wins if closed is not None else None
    last_wins = plan.settings.last_wins if told is None else told

    def recheck(account: UnitAccount) -> None:
        files = {account.latest[key].file for key in account.figures if key in account.latest}
        if len(files - {OFFICE}) > 1:
            from minsheng_xl.ledger import merging

            merging.recheck(plan, unit, period, account, said.decided)

    ruling = Ruling(
        decided=said.decided,
        closed=closed.run if closed else None,
        last_wins=plan.due(period) if last_wins else None,
        overdue=tuple(_overdue(plan, unit, closed)) if closed is not None else (),
    )
    owes_figures = plan.owes_figures_in(unit, period) and (closed is None or closed.figures_owed)
    taken, typed = said.taken.get(unit, ()), said.typed.get(unit, ())
    return settle_unit(unit, taken, typed, ruling, recheck, owes_figures=owes_figures)


def _overdue(plan: Plan, unit: str, closed: Closed) -> Iterator[Pending]:
    """What was still in question of a unit when its period was closed, under the codes of a plan."""
    for item in closed.overdue:
        if plan.canonical(item.unit) == unit:
            yield item._replace(key=key_here(plan, item.key) if item.key is not None else None)


def decided_items(register: Register, period: Period, upto: int | None = None) -> list[Pending]:
    """The items of a period that the office settled, in order."""
    found = []
    for entry in register.entries(Decided, period=period, upto=upto):
        found.append(entry.item._replace(decision=Decision(entry.word, entry.who, entry.at, entry.why)))
    return found


def lapsed_items(closed: Closed) -> list[Pending]:
    """The items that a closing settled, for nobody had."""
    return [
        item._replace(decision=Decision(lapsed(item), closed.who, closed.at, f"{closed.period.label}定稿"))
        for item in closed.overdue
    ]


def corrected_receipts(register: Register, upto: int | None = None) -> dict[str, datetime]:
    """The times of receipt that the office corrected, by sha256."""
    return {entry.sha256: entry.received for entry in register.entries(ReceiptCorrected, upto=upto)}


def certifications(register: Register, period: Period, upto: int | None = None) -> Iterator[tuple[str, Taken]]:
    """The certifiers' forms of a period that say something, with the certifier, in order."""
    corrected = corrected_receipts(register, upto)
    for entry in register.entries(Judged, period=period, upto=upto):
        one = entry.returned
        if one.unit and one.certifies and one.outcome in (Outcome.ACCEPTED, Outcome.HELD):
            yield one.unit, _taken(entry, corrected)


def measures_of(plan: Plan, keys: Iterable[Key]) -> dict[str, str]:
    """In what the figures of some cells are measured, by indicator, as the journal keeps it."""
    found = {key.of: plan.code_here(key.of) for key in keys if key.is_measure}
    return {code: plan.indicator(here).measured_in for code, here in found.items() if plan.has_indicator(here)}


def measures_in(plan: Plan, one: Return) -> dict[str, str]:
    """In what the figures of a return are measured, by the plan of its period."""
    if one.content is None or one.period is None:
        return {}
    return measures_of(plan.at(one.period), one.content.figures)


def _last_said(register: Register, period: Period, upto: int | None) -> int:
    """The last entry on which the units of a period rest."""
    return register.last_of(Judged, TypedIn, Decided, ReceiptCorrected, period=period, upto=upto)


def _taken_by_unit(plan: Plan, register: Register, period: Period, upto: int) -> dict[str, list[Taken]]:
    """The judged returns of a period. The plan of today decides: a unit that was renamed keeps its
    returns under its alias, a figure of an indicator that is no more is left out."""
    taken: dict[str, list[Taken]] = {}
    for name, one in returns_of(register, period, upto):
        unit = plan.canonical(name) or ""
        taken.setdefault(unit, []).append(_of_plan(plan, unit, recoded(plan, one)))
    return taken


def _typed_by_unit(plan: Plan, register: Register, period: Period, upto: int) -> dict[str, list[Typed]]:
    """What the office typed for a period, by the same rule."""
    typed: dict[str, list[Typed]] = {}
    for name, cell in _cells(register, period, upto):
        unit = plan.canonical(name) or ""
        key = key_here(plan, cell.key)
        if _is_of(plan, unit, key):
            value = _as_measured(plan, key, cell.value, cell.measure)
            typed.setdefault(unit, []).append(cell._replace(key=key, value=value))
    return typed


def returns_of(register: Register, period: Period, upto: int | None) -> Iterator[tuple[str, Taken]]:
    """The judged returns of a period, each with its unit, in order."""
    corrected = corrected_receipts(register, upto)
    for entry in register.entries(Judged, period=period, upto=upto):
        one = entry.returned
        if one.unit and one.outcome in _COUNTED and says_figures(one):
            yield one.unit, _taken(entry, corrected)


def says_figures(one: Return) -> bool:
    """Whether a file is a report, or a 核对单 that says a figure in the place of one in use."""
    report = report_in(one)
    return one.is_report or (one.confirms and report is not None and bool(report.figures))


def report_in(one: Return) -> Content | None:
    """What a file reports: of a 核对单 the figures that it says, with their reasons, in the rows of which nothing is in
    doubt; one that is takes no figure out of use."""
    content = one.content
    if content is None or not one.confirms:
        return content
    in_doubt = {key.row for key, figure in content.figures.items() if isinstance(figure, Doubt)}
    rows = {key.row for key in content.figures} - in_doubt - {key.row for key in content.halves}
    return Content(
        figures={key: figure for key, figure in content.figures.items() if key.row in rows},
        words={key: text for key, text in content.words.items() if key.row in rows and key.is_explanation},
        explained=frozenset(key for key in content.explained if key.row in rows),
    )


def _taken(entry: Judged, corrected: Mapping[str, datetime]) -> Taken:
    """A judged return as the fold of its unit takes it."""
    one = entry.returned
    return Taken(
        file=one.file,
        sha256=one.sha256,
        received=corrected.get(one.sha256, entry.received),
        is_placed=one.sha256 in corrected,
        run=entry.run,
        content=report_in(one),
        problems=one.problems,
        held=one.content is None and one.outcome is Outcome.HELD,
        measures=entry.measures,
        sender=one.unit or "",
    )


def _cells(register: Register, period: Period, upto: int | None) -> Iterator[tuple[str, Typed]]:
    """What the office typed for a period, or settled by a decision, each with its unit, in order."""
    entries: list[TypedIn | Decided] = register.entries(TypedIn, Decided, period=period, upto=upto)
    for entry in entries:
        for key, value in entry.cells.items():
            yield entry.unit, Typed(
                key=key, value=value, seen_at=entry.at, run=entry.run, decided=isinstance(entry, Decided),
                measure=entry.measures.get(key.of, ""), who="" if entry.who == UNNAMED else entry.who,
            )


def _decided(plan: Plan, register: Register, period: Period, upto: int | None) -> dict[str, str]:
    """The words by which the office has settled items of a period, by id; a unit that was renamed
    since keeps what was settled about it."""
    words: dict[str, str] = {}
    for item in decided_items(register, period, upto):
        assert item.decision is not None
        now = item.id
        if item.key:
            key = key_here(plan, item.key)
            now = item_id(plan.canonical(item.unit) or "", item.kind, key, item.used, item.other)
        words[item.id] = words[now] = item.decision.word
    return words


def key_here(plan: Plan, key: Key) -> Key:
    """A cell by the code that its indicator has in a plan."""
    return key._replace(of=plan.code_here(key.of)) if key.is_of_indicator else key


def recoded(plan: Plan, one: Taken) -> Taken:
    """A return with its cells under the codes that their indicators have in a plan."""
    if one.content is None or not plan.before.codes:
        return one
    measures = {plan.code_here(code): measure for code, measure in one.measures.items()}
    return one._replace(measures=measures, content=content_here(plan, one.content))


def content_here(plan: Plan, content: Content) -> Content:
    """What a form says, its cells under the codes that their indicators have in a plan."""
    here = partial(key_here, plan)
    return Content(
        figures={here(key): figure for key, figure in content.figures.items()},
        words={here(key): text for key, text in content.words.items()},
        halves=frozenset(map(here, content.halves)),
        explained=frozenset(map(here, content.explained)),
    )


def _is_of(plan: Plan, unit: str, key: Key) -> bool:
    """Whether a unit still fills in a cell, by the plan of today."""
    if not key.is_reported:
        return True
    if not plan.has_indicator(key.of):
        return False
    indicator = plan.indicator(key.of)
    mine = unit in indicator.shares if key.is_share else indicator.filler == unit
    return mine and (key.is_explanation or key.is_choice or key.name in indicator.measures)


def _as_measured(plan: Plan, key: Key, figure: "Figure | None", measure: str) -> "Figure | None":
    """A figure as it counts by the plan of today: one that was measured in something else is in doubt."""
    if figure is None or isinstance(figure, Doubt) or not measure or not key.is_measure:
        return figure
    if measure == plan.indicator(key.of).measured_in:
        return figure
    return Doubt(f"{shown(figure)}（当时是{measure}）")


def _of_plan(plan: Plan, unit: str, one: Taken) -> Taken:
    """A return as it counts by the plan of today."""
    content = one.content
    if content is None:
        return one
    changed = any(
        plan.has_indicator(code) and plan.indicator(code).measured_in != measure
        for code, measure in one.measures.items()
    )
    if not changed and all(_is_of(plan, unit, key) for key in (*content.figures, *content.words)):
        return one
    figures: dict[Key, Figure] = {}
    for key, figure in content.figures.items():
        if _is_of(plan, unit, key):
            counted = _as_measured(plan, key, figure, one.measures.get(key.of, "")) if changed else figure
            assert counted is not None
            figures[key] = counted
    return one._replace(
        content=Content(
            figures=figures,
            words={key: text for key, text in content.words.items() if _is_of(plan, unit, key)},
            halves=frozenset(key for key in content.halves if _is_of(plan, unit, key)),
            explained=frozenset(key for key in content.explained if _is_of(plan, unit, key)),
        )
    )
