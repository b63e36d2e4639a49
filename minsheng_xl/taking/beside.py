"""New returns beside the others of their unit and period, and beside what was certified before them."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from minsheng_xl.accounts.certified import certified_text
from minsheng_xl.accounts.period import corrected_words
from minsheng_xl.accounts.questions import CONFLICT, CORRECTION, TYPED, Pending
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.unit import UnitAccount
from minsheng_xl.accounts.values import NOTHING, Content, Doubt, Figure, Outcome, Standing, Taken, about
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.certification import certification_form
from minsheng_xl.forms.confirmation import LAYOUTS as CONFIRMING
from minsheng_xl.forms.confirmation import confirming_form_of
from minsheng_xl.forms.identity import FORM_SHEET
from minsheng_xl.forms.layout import Sheet
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.ledger.certified import certified_of, says_what_stands
from minsheng_xl.ledger.units import content_here, recoded, report_in, said_of, says_figures, settle
from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.rules import account as rules
from minsheng_xl.rules import certification, identity
from minsheng_xl.year.entries import Closed
from minsheng_xl.year.folder import Year

_WAITING = {CORRECTION: rules.DIFFERS_TAKEN, CONFLICT: rules.CONFLICT, TYPED: rules.DIFFERS_TYPED}
_TOLD = 3
"""Corrections of a return that are told one by one."""
_File = tuple[str, str]
"""A file by its name and sha256: the same bytes may come under two names."""


class _Beside(NamedTuple):
    """What the others make of a file: its outcome, what differs from theirs, that its period was closed if it was."""

    outcome: Outcome
    differing: tuple[Problem, ...]
    late: Problem | None


def beside_others(
    year: Year, returns: Sequence[Return], run: int, received: Mapping[str, datetime]
) -> list[Return]:
    """The returns of a run with the outcome they have beside the others of their unit and period.

    `received` are the times of receipt by file name.
    """
    known = [_beside_certified(year, one, returns) if one.certifies else one for one in returns]
    groups: dict[tuple[str, Period], list[Taken]] = {}
    for one in known:
        says_nothing = one.outcome in (Outcome.DUPLICATE, Outcome.ATTACHMENT, Outcome.EMPTY)
        if one.unit and one.period and says_figures(one) and not says_nothing:
            groups.setdefault((one.unit, one.period), []).append(taken_of(one, run, received[one.file]))
    found: dict[_File, _Beside] = {}
    confirming = {(one.file, one.sha256) for one in known if one.confirms}
    for (unit, period), new in groups.items():
        found |= _beside(year, unit, period, new, confirming)
    ended = [_ended(one, found.get((one.file, one.sha256))) for one in known]
    return [beside_reports(year, one, groups) if one.outcome is Outcome.EMPTY else one for one in ended]


def beside_reports(year: Year, one: Return, new: Mapping[tuple[str, Period], Sequence[Taken]] = NOTHING) -> Return:
    """A blank form with what it says where its unit has reported, or by the `new` returns does: it changes nothing."""
    if one.unit is None or one.period is None or not one.is_report:
        return one
    account = account_with(year, one.unit, one.period, new.get((one.unit, one.period), ()))
    if account.standing is Standing.MISSING:
        return one
    told = identity.EMPTY_BESIDE.problem(sheet=FORM_SHEET)
    return one._replace(problems=tuple(told if each.code == identity.EMPTY.code else each for each in one.problems))


def taken_of(one: Return, run: int, received: datetime) -> Taken:
    """A judged return as the fold of its unit takes it."""
    return Taken(
        file=one.file,
        sha256=one.sha256,
        received=received,
        run=run,
        content=report_in(one),
        problems=one.problems,
        held=one.content is None and one.outcome is Outcome.HELD,
    )


def _beside(
    year: Year, unit: str, period: Period, new: Sequence[Taken], confirming: Container[_File]
) -> dict[_File, _Beside]:
    """What the new returns of a unit come to beside those it sent before and what the office typed; `confirming` are
    those that are 核对单."""
    closed, plan = year.register.closed(period), year.plan.at(period)
    account = account_with(year, unit, period, new)
    found: dict[_File, _Beside] = {}
    for taken in new:
        name = (taken.file, taken.sha256)
        asked = [item for item in account.pending if item.kind in _WAITING and taken.file in item.file.split("；")]
        form = _form_of(plan, unit, period, confirms=name in confirming) if asked else None
        differing = tuple(_differences(form, asked)) if form is not None else ()
        late = _after_closing(year, unit, closed, taken) if closed is not None else None
        found[name] = _Beside(account.outcomes[name], differing, late)
    return found


def _after_closing(year: Year, unit: str, closed: Closed, taken: Taken) -> Problem:
    """What a return is told that comes after its period was closed, with both figures where it corrects any."""
    period, plan = closed.period, year.plan.at(closed.period)
    then = settle(plan, unit, period, said_of(plan, year.register, period, closed.upto), closed).figures
    said = taken.content.measured if taken.content is not None else {}
    new = [(key, figure) for key, figure in said.items() if not isinstance(figure, Doubt) and figure != then.get(key)]
    words = [corrected_words(key, then.get(key), figure) for key, figure in new]
    more = f"等{len(words)}处" if len(words) > _TOLD else ""
    reason = f"（{'；'.join(words[:_TOLD])}{more}）" if words else ""
    rule = identity.AFTER_YEAR if period.is_last else identity.AFTER_CLOSING
    return rule.problem(reason=reason)


def account_with(year: Year, unit: str, period: Period, new: Sequence[Taken] = ()) -> UnitAccount:
    """The account of a unit with new returns, as if the office had settled nothing."""
    plan = year.plan.at(period)
    known = said_of(plan, year.register, period)
    taken = [*known.taken.get(unit, ()), *(recoded(plan, one) for one in new)]
    beside = known._replace(taken={unit: taken}, decided={})
    return settle(plan, unit, period, beside, year.register.closed(period))


def _form_of(plan: Plan, unit: str, period: Period, *, confirms: bool) -> Sheet:
    """The form of a unit, or its 核对单."""
    if confirms:
        return confirming_form_of(CONFIRMING.present, plan, plan.unit(unit), period)
    return unit_form(plan, plan.unit(unit), period, {})


def _differences(form: Sheet, asked: Iterable[Pending]) -> Iterable[Problem]:
    """What a return on a form is told of the questions that it raised."""
    for item in asked:
        if item.key is not None:
            place = form.address(item.key) if form.has(item.key) else about(item.key)
            yield _WAITING[item.kind].problem(sheet=form.name, cell=place, seen=item.other, expected=item.used)


def _ended(one: Return, beside: _Beside | None) -> Return:
    """A return with its outcome and all that is said of it."""
    if beside is None:
        return one
    problems = (*beside.differing, *one.problems)
    return one._replace(outcome=beside.outcome, problems=_with_late(beside.late, problems))


def _with_late(late: Problem | None, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """That the period was closed is said behind what holds a cell or the file, before what is noted."""
    if late is None:
        return problems
    holding = tuple(p for p in problems if p.severity is not Severity.NOTE)
    return (*holding, late, *(p for p in problems if p.severity is Severity.NOTE))


def _beside_certified(year: Year, one: Return, returns: Sequence[Return]) -> Return:
    """A certifier's form beside what stands and beside those that came with it, of another certifier too."""
    if one.content is None or one.unit is None or one.period is None or one.outcome is Outcome.DUPLICATE:
        return one
    plan = year.plan.at(one.period)
    content, standing = content_here(plan, one.content), certified_of(plan, year.register, one.period)
    differing = _contradicted(content, [content_here(plan, other) for other in _others(one, returns)])
    if not differing and says_what_stands(plan, one.unit, content, standing):
        return one._replace(outcome=Outcome.DUPLICATE)
    problems, form = list(one.problems), certification_form(plan, plan.unit(one.unit), one.period, {})
    for key in content.words:
        was, said = standing.get(key.of), _said(content, key)
        if not key.is_opinion or not form.has(key):
            continue
        if key in differing:
            found = certification.TWO.problem(sheet=form.name, cell=form.address(key), seen=said[0])
            problems.append(found)
        elif was is not None and (was.opinion, was.figure) != said:
            other = was.unit if was.unit != one.unit else ""
            figure = certified_text(plan.indicator(key.of).kind, was.figure)
            before = " ".join(filter(None, (other, was.opinion, figure)))
            found = certification.CHANGED.problem(
                sheet=form.name, cell=form.address(key), seen=said[0], expected=before
            )
            problems.append(found)
    return one._replace(outcome=Outcome.HELD if differing else one.outcome, problems=tuple(problems))


def _others(one: Return, returns: Sequence[Return]) -> list[Content]:
    """What the other certifiers' forms of the same period say that came in the run."""
    beside = [each for each in returns if each is not one and each.certifies and each.period == one.period]
    return [each.content for each in beside if each.content is not None]


def _contradicted(content: Content, others: Sequence[Content]) -> set[Key]:
    """The opinions of which another form says something else."""
    return {key for key in content.words if key.is_opinion and _differs(content, others, key)}


def _differs(content: Content, others: Sequence[Content], opinion: Key) -> bool:
    return any(_said(content, opinion) != _said(other, opinion) for other in others if opinion in other.words)


def _said(content: Content, opinion: Key) -> "tuple[str, Figure | None]":
    """Opinion and figure of a row."""
    return content.words[opinion], content.figures.get(opinion.beside("figure"))
