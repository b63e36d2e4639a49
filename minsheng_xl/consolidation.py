"""Consolidate: read what lies in 收件/, judge each file once, journal it, bring the master up to date."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from minsheng_xl.account import Outcome, Taken, about, settle_unit
from minsheng_xl.intake.judge import Judge, Return
from minsheng_xl.master import BuildResult, build, note_office
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError, Problem, problem
from minsheng_xl.year.folder import Year
from minsheng_xl.year.journal import Entry
from minsheng_xl.year.register import pack, packed_problem

_LITTER = ("~$", ".", "Thumbs.db", "desktop.ini")
"""Beginnings of names that programs leave behind and nobody sent."""


@dataclass(frozen=True, slots=True)
class ConsolidateResult:
    """What a run did: the files judged in it, how each ended, and the master it wrote."""

    period: Period
    files: tuple[Return, ...]
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
    returns = take_in(year, period, now, run, progress=progress)
    return ConsolidateResult(period, tuple(returns), build(year, period, now, office=office))


def take_in(
    year: Year, period: Period, now: datetime, run: int, *, progress: Callable[[int, int], None] = lambda done, of: None
) -> list[Return]:
    """Read, judge, keep and journal the files in 收件/ that are new; the run is made for `period`."""
    register, judge = year.register, Judge(year.plan)
    returns: list[Return] = []
    received: dict[str, datetime] = {}
    seen: dict[str, Return] = {}
    names = _names(year)
    for done, name in enumerate(names, 1):
        content = _read(year, name)
        sha256 = hashlib.sha256(content).hexdigest()
        if not register.knows(name, sha256):
            year.archive.keep(content)
            received[name] = min(now, _dropped(year, name))
            returns.append(_judged(year, judge, seen, name, sha256, content))
        progress(done, len(names))
    if returns:
        returns = _settled(year, returns, run, received)
        began: Entry = {"kind": "run", "at": _text(now), "run": run, "period": str(period)}
        register.record([began, *(_entry(one, run, now, received[one.file]) for one in returns)])
    return returns


def _names(year: Year) -> list[str]:
    """The files in 收件/, at any depth, in a stable order; links and litter are left alone."""
    return sorted(
        path.relative_to(year.inbox).as_posix()
        for path in year.inbox.rglob("*")
        if not path.is_symlink() and path.is_file() and not path.name.startswith(_LITTER)
    )


def _read(year: Year, name: str) -> bytes:
    try:
        return (year.inbox / name).read_bytes()
    except OSError as error:
        raise MinshengError(f"收件/{name} 读不出来：{error.strerror}。请关掉正在打开它的程序后再运行。") from error


def _dropped(year: Year, name: str) -> datetime:
    """When the file came into 收件/, as the file system knows it: a run may be days later."""
    return datetime.fromtimestamp((year.inbox / name).stat().st_ctime)


def _judged(
    year: Year, judge: Judge, seen: dict[str, Return], name: str, sha256: str, content: bytes
) -> Return:
    """Judge a file; bytes that were judged before under another name are a duplicate."""
    earlier = year.register.judged_as(sha256)
    if sha256 in seen:
        first = seen[sha256]
        return replace(first, file=name, outcome=Outcome.DUPLICATE, content=None, problems=())
    if earlier is not None:
        period = Period.parse(earlier["period"]) if earlier["period"] else None
        return Return(name, sha256, Outcome.DUPLICATE, earlier["unit"], period)
    seen[sha256] = judge.judge(name, sha256, content)
    return seen[sha256]


def _settled(year: Year, returns: list[Return], run: int, received: dict[str, datetime]) -> list[Return]:
    """The returns with the outcome they have beside the others of their unit and period."""
    outcomes: dict[tuple[str, str], Outcome] = {}
    differing: dict[tuple[str, str], list[Problem]] = {}
    groups: dict[tuple[str, Period], list[Taken]] = {}
    for one in returns:
        if one.unit and one.period and one.outcome is not Outcome.DUPLICATE:
            found = Taken(one.file, one.sha256, received[one.file], run, one.content, one.problems)
            groups.setdefault((one.unit, one.period), []).append(found)
    for (unit, period), new in groups.items():
        earlier = year.register.taken(period).get(unit, [])
        account = settle_unit(unit, [*earlier, *new])
        outcomes |= {key: account.outcomes[key] for key in ((t.file, t.sha256) for t in new)}
        for item in account.pending:
            code = {"更正待定": "figure-differs-taken", "两份不同": "figure-conflict"}.get(item.kind)
            if code is None:
                continue
            said = problem(code, cell=about(item.key), seen=item.other, expected=item.used)
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


