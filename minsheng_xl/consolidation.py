"""Consolidate: read what lies in 收件/, judge each file once, journal it, bring the master up to date."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from minsheng_xl.account import CONFLICT, CORRECTION, TYPED, Outcome, Taken, about, settle_unit
from minsheng_xl.forms.identity import FORM_SHEET
from minsheng_xl.intake.judge import Judge, Return
from minsheng_xl.ledger import taken_by_unit, typed_by_unit
from minsheng_xl.master import BuildResult, build, note_office
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem, problem
from minsheng_xl.year.folder import Year
from minsheng_xl.year.journal import Entry
from minsheng_xl.year.register import pack, packed_problem

_LITTER = ("~$", ".")
_LITTER_NAMES = {"thumbs.db", "desktop.ini"}
"""Names that programs leave behind and nobody sent."""


@dataclass(frozen=True, slots=True)
class ConsolidateResult:
    """What a run did: the files judged in it, how each ended, those that could not be opened
    (tried again next time), and the master it wrote."""

    period: Period
    files: tuple[Return, ...]
    unread: tuple[Problem, ...]
    master: BuildResult


def consolidate(
    year: Year, period: Period, now: datetime, *, progress: Callable[[int, int], None] = lambda done, of: None
) -> ConsolidateResult:
    """Take in what is new in 收件/ and update the master to `period`.

    Each file is judged once, for its own period; running again changes nothing. Input cells that
    the office changed in the master are journalled first. Raises PlanError or MinshengError.
    """
    year.keep_plan(now)
    run = year.register.next_run()
    office = note_office(year, now, run)
    returns, unread = take_in(year, period, now, run, progress=progress)
    return ConsolidateResult(period, tuple(returns), tuple(unread), build(year, period, now, office=office))


def take_in(
    year: Year, period: Period, now: datetime, run: int, *, progress: Callable[[int, int], None] = lambda done, of: None
) -> tuple[list[Return], list[Problem]]:
    """Read, judge, keep and journal the files in 收件/ that are new; the run is made for `period`.

    Returns the files judged, and those that could not be opened: the next run tries them again.
    """
    register, judge = year.register, Judge(year.plan)
    returns: list[Return] = []
    received: dict[str, datetime] = {}
    seen: dict[str, Return] = {}
    unread: list[Problem] = []
    paths = _paths(year)
    for done, path in enumerate(paths, 1):
        name = _name(year, path)
        try:
            content, dropped = path.read_bytes(), datetime.fromtimestamp(path.stat().st_ctime)
        except OSError as error:
            unread.append(problem("return-locked", file=name, seen=error.strerror or ""))
            continue
        sha256 = hashlib.sha256(content).hexdigest()
        if not register.knows(name, sha256):
            year.archive.keep(content)
            received[name] = min(now, dropped)
            returns.append(_judged(year, judge, seen, name, sha256, content))
        progress(done, len(paths))
    if returns:
        returns = _settled(year, judge, returns, run, received)
        began: Entry = {"kind": "run", "at": _text(now), "run": run, "period": str(period)}
        register.record([began, *(_entry(one, run, now, received[one.file]) for one in returns)])
    return returns, unread


def _paths(year: Year) -> list[Path]:
    """The files in 收件/, at any depth, in a stable order; links and litter are left alone."""
    return sorted(
        path
        for path in year.inbox.rglob("*")
        if not path.is_symlink()
        and path.is_file()
        and not path.name.startswith(_LITTER)
        and path.name.lower() not in _LITTER_NAMES
    )


def _name(year: Year, path: Path) -> str:
    """The name of a file below 收件/, for display; a name in another encoding (unpacked from an old
    zip) is read as Chinese."""
    name = path.relative_to(year.inbox).as_posix()
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def _judged(
    year: Year, judge: Judge, seen: dict[str, Return], name: str, sha256: str, content: bytes
) -> Return:
    """Judge a file; bytes that were judged before under another name are a duplicate."""
    earlier = year.register.judged_as(sha256)
    if sha256 in seen:
        first = seen[sha256]
        return replace(first, file=name, outcome=Outcome.DUPLICATE, content=None, problems=())
    if earlier is not None and earlier["outcome"] == "refused":  # the plan may have changed since
        again = judge.judge(name, sha256, content)
        if again.content is not None:
            seen[sha256] = again
            return again
    if earlier is not None:
        period = Period.parse(earlier["period"]) if earlier["period"] else None
        return Return(name, sha256, Outcome.DUPLICATE, earlier["unit"], period)
    seen[sha256] = judge.judge(name, sha256, content)
    return seen[sha256]


_WAITING = {CORRECTION: "figure-differs-taken", CONFLICT: "figure-conflict", TYPED: "figure-differs-typed"}


def _settled(year: Year, judge: Judge, returns: list[Return], run: int, received: dict[str, datetime]) -> list[Return]:
    """The returns with the outcome they have beside the others of their unit and period."""
    outcomes: dict[tuple[str, str], Outcome] = {}
    differing: dict[tuple[str, str], list[Problem]] = {}
    groups: dict[tuple[str, Period], list[Taken]] = {}
    for one in returns:
        if one.unit and one.period and one.outcome is not Outcome.DUPLICATE:
            found = Taken(one.file, one.sha256, received[one.file], run, one.content, one.problems)
            groups.setdefault((one.unit, one.period), []).append(found)
    for (unit, period), new in groups.items():
        earlier = taken_by_unit(year.plan, year.register, period).get(unit, [])
        typed = typed_by_unit(year.plan, year.register, period).get(unit, [])
        account = settle_unit(unit, [*earlier, *new], typed)
        outcomes |= {key: account.outcomes[key] for key in ((t.file, t.sha256) for t in new)}
        for item in account.pending:
            code = _WAITING.get(item.kind)
            if code is None:
                continue
            form = judge.form(unit, period)
            place = form.address(item.key) if form.has(item.key) else about(item.key)
            said = problem(code, sheet=FORM_SHEET, cell=place, seen=item.other, expected=item.used)
            for taken in new:
                if taken.file in item.file.split("；"):
                    differing.setdefault((taken.file, taken.sha256), []).append(said)
    return [
        replace(
            one,
            outcome=outcomes.get((one.file, one.sha256), one.outcome),
            problems=(*one.problems, *differing.get((one.file, one.sha256), ())),
        )
        for one in returns
    ]


def _entry(one: Return, run: int, now: datetime, received: datetime) -> Entry:
    figures, words = [], []
    if one.content is not None:
        figures = [[*key, *pack(figure)] for key, figure in one.content.figures.items()]
        words = [[*key, text] for key, text in one.content.words.items()]
    return {
        "kind": "judged", "at": _text(now), "run": run, "file": one.file, "sha256": one.sha256,
        "received": _text(received), "outcome": one.outcome.value, "unit": one.unit, "period": str(one.period) if one.period else None,
        "figures": figures, "words": words, "problems": [packed_problem(p) for p in one.problems],
    }


def _text(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


