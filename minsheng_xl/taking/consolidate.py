"""Consolidate: read what lies in 收件/, judge each file once, journal it, bring the master up to date."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.changes.adopt import adopt
from minsheng_xl.intake.child import failed
from minsheng_xl.intake.gate import kind_of
from minsheng_xl.intake.inbox import Dropped, Inbox
from minsheng_xl.intake.opening import opens
from minsheng_xl.intake.stream import FilePart, Given, judge_one, parts_of, too_large
from minsheng_xl.ledger.units import measures_in, said_of
from minsheng_xl.master.build import BuildResult, build
from minsheng_xl.master.note import Opened, note_typed
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import Problem
from minsheng_xl.rules import files
from minsheng_xl.sending.answer import answer
from minsheng_xl.taking.beside import beside_others
from minsheng_xl.taking.earlier import ask_of_earlier_forms
from minsheng_xl.taking.letters import LetterBeing
from minsheng_xl.year.entries import Judged, LetterRead, Posting, RunBegun
from minsheng_xl.year.folder import Year
from minsheng_xl.year.watching import Progress, unwatched

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from minsheng_xl.intake.spread import Underway

_LEEWAY = timedelta(minutes=10)
"""How far a clock that wrote a file may be ahead."""


class ConsolidateResult(NamedTuple):
    """What a run did: the files judged in it, how each ended, those that could not be opened
    (tried again next time), the master it wrote, and what waits in 退回/ to be sent to units."""

    period: Period
    files: tuple[Return, ...]
    unread: tuple[Problem, ...]
    master: BuildResult
    answers: tuple[Path, ...] = ()


def consolidate(
    year: Year, period: Period, now: datetime, *, progress: Progress = unwatched, opened: Opened | None = None,
    executor: "Executor | None" = None,
) -> ConsolidateResult:
    """Take in what is new in 收件/ and update the master to `period`.

    Each file is judged once, for its own period; running again changes nothing. Input cells that
    the office changed in the master are journalled first. A master that is `opened` in a spreadsheet
    program is updated there, and it is for the office to save it. `executor` spreads the reading of files over any
    `concurrent.futures.Executor`; what is recorded is recorded here. Raises PlanError or MinshengError.
    """
    with year.locked():
        adopted = adopt(year, now)
        run = year.register.next_run()
        noted = note_typed(year, now, run, opened).saying(adopted.words)
        returns, unread = take_in(year, period, now, run, progress=progress, executor=executor)
        master = build(year, period, now, noted=noted)
        touched = sorted({period, *(one.period for one in returns if one.period is not None)})
        answers = tuple(chain.from_iterable(answer(year, each, now) for each in touched))
        return ConsolidateResult(period, tuple(returns), tuple(unread), master, answers)


def take_in(
    year: Year, period: Period, now: datetime, run: int, *, progress: Progress = unwatched,
    executor: "Executor | None" = None,
) -> tuple[list[Return], list[Problem]]:
    """Read, judge, keep and journal the files in 收件/ that are new; the run is made for `period`.

    Returns the files judged, and those that could not be opened: the next run tries them again.
    """
    intake = _Intake(year, period, now)
    inbox = Inbox(year.inbox, year.cache, intake.knows)
    dropped = inbox.files(progress)
    for one in dropped if executor is None else intake.judged_ahead(dropped, executor):
        intake.take(one)
    for name in intake.guarded:
        inbox.again(name)
    returns = intake.journalled(run)
    inbox.remember()
    return returns, [*inbox.unread, *intake.unjudged]


class _Intake:
    """One run over 收件/: the files judged in it, when each was received, and whose bytes were not kept."""

    def __init__(self, year: Year, period: Period, now: datetime) -> None:
        self.year, self.period, self.now = year, period, now
        self.state = year.state()
        self.returns: list[Return] = []
        self.received: dict[str, datetime] = {}
        self.unkept: set[str] = set()
        self.unjudged: list[Problem] = []
        self.letters: list[LetterRead] = []
        self._seen: dict[str, Return] = {}
        """By sha256: what was judged in this run, so that the same bytes are a duplicate."""
        self._ahead: dict[str, Return] = {}
        """By sha256: what an executor judged and is not taken yet."""

    @cached_property
    def _sent(self) -> dict[str, str]:
        """Whose each letter was that we sent, by its Message-ID."""
        return {entry.letter: entry.unit for entry in self.year.register.entries(Posting)}

    @property
    def guarded(self) -> list[str]:
        """The files that read otherwise as soon as their guard trusts this program, untouched as they are."""
        return [one.file for one in self.returns if any(found.code == files.GUARDED.code for found in one.problems)]

    def knows(self, name: str, sha256: str) -> bool:
        """Whether a file was judged, or those in it if it is a parcel."""
        return self.year.register.knows(name, sha256) or self.year.register.knows_below(name)

    def judged_ahead(self, dropped: Iterable[Dropped], executor: "Executor") -> Iterator[Dropped]:
        """The files in their order, those that are to be judged sent to an executor before."""
        from minsheng_xl.intake.spread import Spread, spread

        own = Spread(self.year, executor)

        def submit(portion: Sequence[Dropped]) -> "Underway":
            return own.submit(Given(one.name, one.content) for one in portion if one.content and self._is_news(one))

        for portion, pending in spread(dropped, lambda one: len(one.content or b""), submit):
            self._ahead = {one.sha256: one for one in own.result(pending)}
            yield from portion

    def _is_news(self, dropped: Dropped) -> bool:
        """Whether a file is judged in this run, as it is, whatever else comes in it."""
        register = self.year.register
        if dropped.is_moved or register.knows(dropped.name, dropped.sha256):
            return False
        entry = register.judged_as(dropped.sha256)
        is_opened = opens(dropped.content or b"") or register.fetched(dropped.sha256) is not None
        return not is_opened and (entry is None or entry.returned.certifies)

    def take(self, dropped: Dropped) -> None:
        """Judge a file, or each file in a parcel, unless it is known."""
        if dropped.is_moved:
            self._take_moved(dropped)
            return
        if dropped.content is None:
            if not self.year.register.knows(dropped.name, dropped.sha256):
                self.unkept.add(dropped.sha256)
                self._add(dropped, failed(dropped.name, dropped.sha256, too_large()))
            return
        if self.year.register.knows(dropped.name, dropped.sha256):
            return
        self._take_parts(dropped, dropped.content)

    def _take_parts(self, dropped: Dropped, content: bytes) -> None:
        letter: LetterBeing | None = None
        is_kept = False
        fetched = self.year.register.fetched(dropped.sha256)
        for part in parts_of(self.year.root, dropped.name, content, is_mail=fetched is not None):
            if part.head is not None:
                letter = LetterBeing(self.year.plan, self._sent, part.head, dropped)
                dropped = dropped._replace(since=letter.received(fetched, dropped.since))
            elif self.year.register.knows(part.name, part.sha256):
                continue
            if not is_kept:
                self.year.archive.keep(content)
                is_kept = True
            if part.head is None:
                one = self._judged_part(part)
                if one is not None and letter is not None:
                    letter.hold(part, one)
                elif one is not None:
                    self._take_part(dropped, part, one)
        if letter is not None:
            for part, one in letter.beside_each_other():
                self._take_part(dropped, part, one)
            self.letters.append(letter.read(self.now))

    def _take_moved(self, dropped: Dropped) -> None:
        """A file that was judged where it lay before says nothing more, unless it is now in a unit's folder."""
        entry = self.year.register.judged_as(dropped.sha256)
        if entry is None or dropped.content is None or entry.returned.outcome is not Outcome.UNRECOGNISED:
            return
        one = self._filed(dropped.content, entry.returned._replace(file=dropped.name))
        if one.outcome is Outcome.ATTACHMENT and not self.year.register.knows(dropped.name, dropped.sha256):
            self._add(dropped, one)

    def _judged_part(self, part: FilePart) -> Return | None:
        """What a file, or a member of a mail or parcel, says; None where it cannot be judged this time."""
        if part.problem is not None:
            one = failed(part.name, part.sha256, part.problem)
        else:
            one = self._filed(part.content, self._judged(part.name, part.sha256, part.content))
        if _lacks_original(one):
            self.unjudged.append(one.problems[0]._replace(file=part.name))
            return None
        return one

    def _take_part(self, dropped: Dropped, part: FilePart, one: Return) -> None:
        """Take what a file says: of those in a mail or parcel only forms are kept beside it."""
        if part.sha256 != dropped.sha256:
            if one.outcome is Outcome.HELD or (one.unit is not None and one.outcome is not Outcome.ATTACHMENT):
                self.year.archive.keep(part.content)
            else:
                self.unkept.add(part.sha256)
        self._add(dropped, one)

    def _add(self, dropped: Dropped, one: Return) -> None:
        self.received[one.file] = min(self.now, dropped.since)
        if dropped.since > datetime.now() + _LEEWAY:
            told = files.FUTURE.problem(seen=f"{dropped.since:%Y-%m-%d %H:%M}")
            one = one._replace(problems=(*one.problems, told))
        self.returns.append(one)

    def journalled(self, run: int) -> list[Return]:
        """The files with the outcome they have beside others; they are journalled with it."""
        if not self.returns:
            if self.letters:
                self.year.register.record([RunBegun(self.now, run, self.period), *self._letters(run)])
            return []
        plan = self.year.plan
        asked = ask_of_earlier_forms(self.year, self.returns, self.period, self.now)
        returns = beside_others(self.year, asked, run, self.received)
        entries = [
            Judged(
                at=self.now,
                run=run,
                received=self.received[one.file],
                returned=one,
                measures=measures_in(plan, one),
                kept=one.sha256 not in self.unkept,
            )
            for one in returns
        ]
        self.year.register.record([RunBegun(self.now, run, self.period), *entries, *self._letters(run)])
        return returns

    def _letters(self, run: int) -> Iterator[LetterRead]:
        return (one._replace(run=run) for one in self.letters)

    def _judged(self, name: str, sha256: str, content: bytes) -> Return:
        """Judge a file; bytes that were judged before under another name are a duplicate."""
        if sha256 in self._seen:
            return self._seen[sha256]._replace(file=name, outcome=Outcome.DUPLICATE, content=None, problems=())
        entry = self.year.register.judged_as(sha256)
        earlier = entry.returned if entry is not None else None
        if earlier is None or earlier.certifies:  # of a certifier the last word counts, whatever was said before
            return self._judge(name, sha256, content)
        if _may_end_otherwise(self.year, earlier):
            again = judge_one(self.year.root, name, content, self.state)
            if _lacks_original(again):
                return again
            if again.content is not None:
                self._seen[sha256] = again
                return again
        return Return(
            file=name, sha256=sha256, outcome=Outcome.DUPLICATE, unit=earlier.unit, period=earlier.period
        )

    def _judge(self, name: str, sha256: str, content: bytes) -> Return:
        ahead = self._ahead.get(sha256)
        one = judge_one(self.year.root, name, content, self.state) if ahead is None else ahead._replace(file=name)
        if not _lacks_original(one):
            self._seen[sha256] = one
        return one

    def _filed(self, content: bytes, one: Return) -> Return:
        """A scan, picture or letter in a folder named as a unit is an attachment of that unit."""
        unfiled = one.outcome is Outcome.UNRECOGNISED or (one.outcome is Outcome.DUPLICATE and one.unit is None)
        if not unfiled or not kind_of(content).may_accompany:
            return one
        folders = one.file.split("/")[:-1]
        units = [unit for part in folders if (unit := self.year.plan.canonical(part))]
        if not units:
            return one
        return one._replace(outcome=Outcome.ATTACHMENT, unit=units[-1], period=self.period, problems=())


def _lacks_original(one: Return) -> bool:
    """Whether a file could not be judged because what went out is not in the archive any more."""
    return any(found.code == files.ORIGINAL_LOST.code for found in one.problems)


def _may_end_otherwise(year: Year, earlier: Return) -> bool:
    """Whether bytes that were judged before are judged again: they could not be read, were refused (the plan may
    have changed since), or would be the last word."""
    unread = any(problem.code == files.LIMITS.code for problem in earlier.problems)
    return unread or earlier.outcome is Outcome.REFUSED or _is_last_word(year, earlier)


def _is_last_word(year: Year, earlier: Return) -> bool:
    """Whether bytes that come again take back what came between, where the last return counts: until the
    due day if the office set it so, and after 定稿."""
    unit, period = year.plan.canonical(earlier.unit or ""), earlier.period
    if not earlier.unit or period is None:
        return False
    if not year.plan.settings.last_wins and year.register.closed(period) is None:
        return False
    taken = said_of(year.plan.at(period), year.register, period).taken.get(unit or "", ())
    return bool(taken) and taken[-1].sha256 != earlier.sha256
