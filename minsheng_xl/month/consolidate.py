"""Consolidate: read what lies in 收件/, judge each file once, journal it, bring the master up to date."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.questions import CONFLICT, CORRECTION, TYPED
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Content, Outcome, Taken, about
from minsheng_xl.exact.keys import Key
from minsheng_xl.forms.certification import certification_form
from minsheng_xl.forms.identity import FORM_SHEET
from minsheng_xl.forms.unit import unit_form
from minsheng_xl.intake.child import failed
from minsheng_xl.intake.gate import kind_of
from minsheng_xl.intake.inbox import Inbox
from minsheng_xl.intake.stream import judge_one, opened, too_large
from minsheng_xl.ledger.certified import certified_of, certified_text, says_what_stands
from minsheng_xl.ledger.units import measures_of, said_of, settle, taken_by_unit
from minsheng_xl.month.answer import answer
from minsheng_xl.month.master import BuildResult, Opened, build, note_office
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, Severity
from minsheng_xl.rules import account as rules
from minsheng_xl.rules import certification, files, identity
from minsheng_xl.year.entries import Judged, RunBegun
from minsheng_xl.year.folder import Year


class ConsolidateResult(NamedTuple):
    """What a run did: the files judged in it, how each ended, those that could not be opened
    (tried again next time), the master it wrote, and what waits in 退回/ to be sent to units."""

    period: Period
    files: tuple[Return, ...]
    unread: tuple[Problem, ...]
    master: BuildResult
    answers: tuple[Path, ...] = ()


def consolidate(
    year: Year, period: Period, now: datetime, *, progress: Callable[[int, int], None] = lambda done, of: None,
    opened: Opened | None = None,
) -> ConsolidateResult:
    """Take in what is new in 收件/ and update the master to `period`.

    Each file is judged once, for its own period; running again changes nothing. Input cells that
    the office changed in the master are journalled first. A master that is `opened` in a spreadsheet
    program is updated there, and it is for the office to save it. Raises PlanError or MinshengError.
    """
    with year.locked():
        year.keep_plan(now)
        run = year.register.next_run()
        office = note_office(year, now, run, opened)
        returns, unread = take_in(year, period, now, run, progress=progress)
        master = build(year, period, now, office=office)
        touched = sorted({period, *(one.period for one in returns if one.period is not None)})
        answers = tuple(path for each in touched for path in answer(year, each, now))
        return ConsolidateResult(period, tuple(returns), tuple(unread), master, answers)


def take_in(
    year: Year, period: Period, now: datetime, run: int, *, progress: Callable[[int, int], None] = lambda done, of: None
) -> tuple[list[Return], list[Problem]]:
    """Read, judge, keep and journal the files in 收件/ that are new; the run is made for `period`.

    Returns the files judged, and those that could not be opened: the next run tries them again.
    """
    register, state = year.register, year.state()
    inbox = Inbox(year.inbox, year.cache, register.knows)
    returns: list[Return] = []
    received: dict[str, datetime] = {}
    seen: dict[str, Return] = {}
    unkept: set[str] = set()
    for dropped in inbox.files(progress):
        if dropped.content is None:
            if not register.knows(dropped.name, dropped.sha256):
                unkept.add(dropped.sha256)
                received[dropped.name] = min(now, dropped.since)
                returns.append(failed(dropped.name, dropped.sha256, too_large()))
            continue
        for name, part in opened(dropped.name, dropped.content):
            sha256 = hashlib.sha256(part).hexdigest()
            if not register.knows(name, sha256):
                year.archive.keep(dropped.content)
                year.archive.keep(part)
                received[name] = min(now, dropped.since)
                returns.append(_filed(year, period, name, part, _judged(year, seen, name, sha256, part, state)))
    if returns:
        returns = _settled(year, returns, run, received)
        judged = []
        for one in returns:
            measures = measures_of(year.plan, one.content.figures if one.content is not None else ())
            judged.append(Judged(now, run, received[one.file], one, measures, kept=one.sha256 not in unkept))
        register.record([RunBegun(now, run, period), *judged])
    inbox.remember()
    return returns, inbox.unread


def _judged(
    year: Year, seen: dict[str, Return], name: str, sha256: str, content: bytes, state: str
) -> Return:
    """Judge a file; bytes that were judged before under another name are a duplicate."""
    entry = year.register.judged_as(sha256)
    earlier = entry.returned if entry is not None else None
    if sha256 in seen:
        first = seen[sha256]
        return first._replace(file=name, outcome=Outcome.DUPLICATE, content=None, problems=())
    if earlier is not None and earlier.certifies:  # the last word counts, whatever was said before
        seen[sha256] = judge_one(year.root, name, content, state)
        return seen[sha256]
    unread = earlier is not None and any(problem.code == files.LIMITS.code for problem in earlier.problems)
    refused = earlier is not None and earlier.outcome is Outcome.REFUSED  # the plan may have changed since
    if earlier is not None and (unread or refused or _is_last_word(year, earlier)):
        again = judge_one(year.root, name, content, state)
        if again.content is not None:
            seen[sha256] = again
            return again
    if earlier is not None:
        return Return(name, sha256, Outcome.DUPLICATE, earlier.unit, earlier.period)
    seen[sha256] = judge_one(year.root, name, content, state)
    return seen[sha256]


def _is_last_word(year: Year, earlier: Return) -> bool:
    """Whether bytes that come again take back what came between, where the last return counts: until the
    due day if the office set it so, and after 定稿."""
    unit, period = year.plan.canonical(earlier.unit or ""), earlier.period
    if not earlier.unit or period is None:
        return False
    if not year.plan.settings.last_wins and year.register.closed(period) is None:
        return False
    taken = taken_by_unit(year.plan, year.register, period).get(unit or "", [])
    return bool(taken) and taken[-1].sha256 != earlier.sha256


def _filed(year: Year, period: Period, name: str, content: bytes, one: Return) -> Return:
    """A scan, picture or letter in a folder named as a unit is an attachment of that unit."""
    unfiled = one.outcome is Outcome.UNRECOGNISED or (one.outcome is Outcome.DUPLICATE and one.unit is None)
    if not unfiled or not kind_of(content).may_accompany:
        return one
    units = [unit for part in name.split("/")[:-1] if (unit := year.plan.canonical(part))]
    return one._replace(outcome=Outcome.ATTACHMENT, unit=units[-1], period=period, problems=()) if units else one


_WAITING = {CORRECTION: rules.DIFFERS_TAKEN, CONFLICT: rules.CONFLICT, TYPED: rules.DIFFERS_TYPED}


def _settled(year: Year, returns: list[Return], run: int, received: dict[str, datetime]) -> list[Return]:
    """The returns with the outcome they have beside the others of their unit and period."""
    outcomes: dict[tuple[str, str], Outcome] = {}
    differing: dict[tuple[str, str], list[Problem]] = {}
    groups: dict[tuple[str, Period], list[Taken]] = {}
    late: set[tuple[str, str]] = set()
    returns = [_beside_certified(year, one, returns) if one.certifies else one for one in returns]
    for one in returns:
        if one.certifies:
            continue
        if one.unit and one.period and one.outcome not in (Outcome.DUPLICATE, Outcome.ATTACHMENT):
            found = Taken(
                one.file, one.sha256, received[one.file], run, one.content, one.problems, one.content is None and one.outcome is Outcome.HELD
            )
            groups.setdefault((one.unit, one.period), []).append(found)
    for (unit, period), new in groups.items():
        known = said_of(year.plan, year.register, period, None, year.register.closed(period))
        beside = known._replace(taken={unit: [*known.taken.get(unit, ()), *new]}, decided={})
        account = settle(year.plan, unit, period, beside)
        if known.closed is not None:
            late |= {(taken.file, taken.sha256) for taken in new}
        outcomes |= {key: account.outcomes[key] for key in ((t.file, t.sha256) for t in new)}
        for item in account.pending:
            rule = _WAITING.get(item.kind)
            if rule is None or item.key is None:
                continue
            form = unit_form(year.plan, year.plan.unit(unit), period, {})
            place = form.address(item.key) if form.has(item.key) else about(item.key)
            said = rule.problem(sheet=FORM_SHEET, cell=place, seen=item.other, expected=item.used)
            for taken in new:
                if taken.file in item.file.split("；"):
                    differing.setdefault((taken.file, taken.sha256), []).append(said)
    return [
        one._replace(
            outcome=outcomes.get((one.file, one.sha256), one.outcome),
            problems=_with_late((one.file, one.sha256) in late, (*differing.get((one.file, one.sha256), ()), *one.problems)),
        )
        for one in returns
    ]


def _with_late(is_late: bool, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """That the period was closed is said behind what holds a cell or the file, before what is noted."""
    if not is_late:
        return problems
    holding = tuple(p for p in problems if p.severity is not Severity.NOTE)
    return (*holding, identity.AFTER_CLOSING.problem(), *(p for p in problems if p.severity is Severity.NOTE))


def _beside_certified(year: Year, one: Return, returns: list[Return]) -> Return:
    """A certifier's form beside what stands and beside those that came with it, of another certifier too."""
    if one.content is None or one.unit is None or one.period is None or one.outcome is Outcome.DUPLICATE:
        return one
    others = [each.content for each in returns if each is not one and each.certifies and each.period == one.period and each.content is not None]
    standing = certified_of(year.plan, year.register, one.period)
    differing = [key for key in one.content.words if key.is_opinion and any(_differ(one.content, other, key) for other in others)]
    if not differing and says_what_stands(year.plan, one.unit, one.content, standing):
        return one._replace(outcome=Outcome.DUPLICATE)
    problems, form = list(one.problems), certification_form(year.plan, year.plan.unit(one.unit), one.period, {})
    for key in one.content.words:
        was = standing.get(key.of)
        said = (one.content.words[key], one.content.figures.get(key.beside("figure")))
        if not key.is_opinion or not form.has(key):
            continue
        if key in differing:
            problems.append(certification.TWO.problem(sheet=form.name, cell=form.address(key), seen=said[0]))
        elif was is not None and (was.opinion, was.figure) != said:
            parts = (was.unit if was.unit != one.unit else "", was.opinion, certified_text(year.plan.indicator(key.of).kind, was.figure))
            problems.append(certification.CHANGED.problem(sheet=form.name, cell=form.address(key), seen=said[0], expected=" ".join(filter(None, parts))))
    return one._replace(outcome=Outcome.HELD if differing else one.outcome, problems=tuple(problems))


def _differ(one: Content, other: Content, key: Key) -> bool:
    """Whether two forms say different things of a row."""
    if key not in other.words:
        return False
    figure = key.beside("figure")
    return (one.words[key], one.figures.get(figure)) != (other.words[key], other.figures.get(figure))
