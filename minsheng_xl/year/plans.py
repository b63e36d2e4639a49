"""The plans of a year: which version was used when, what changed, and which is valid in a period."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from minsheng_xl.plan.model import Plan
from minsheng_xl.plan.period import Period
from minsheng_xl.plan.versions import (
    ChangeKind,
    PlanChange,
    Version,
    called_as_in,
    differences,
    knowing,
    valid_in,
    with_beginning,
)
from minsheng_xl.year.entries import ChangeAnswered, Closed, Issued, PlanUsed, Reopened
from minsheng_xl.year.register import Register


class KnownChange(NamedTuple):
    """What the journal knows of a change: its number in the year, who brought it in and when."""

    number: int
    change: PlanChange
    at: datetime
    who: str


class Used(NamedTuple):
    """A version that was used: the seq of its entry, and its changes, none where the line does not say them."""

    seq: int
    entry: PlanUsed
    changes: tuple[KnownChange, ...]


class Plans:
    """The versions of a year's plan, from its register and archive: `read` makes a plan of kept bytes, `present` gives
    the one in 计划.xlsx with its digest."""

    def __init__(
        self,
        register: Register,
        read: Callable[[str], Plan],
        present: Callable[[], tuple[str, Plan]],
        assumed: Mapping[int, PlanChange] = MappingProxyType({}),
    ) -> None:
        self._register, self._read, self._present, self._assumed = register, read, present, assumed
        self._versions: dict[str, Plan] = {}
        self._bound: dict[tuple[str, int | None], Plan] = {}
        self._valid: dict[tuple[str, Period, int, int | None], Plan] = {}
        self._exact: dict[tuple[str, int], Plan] = {}

    def present(self) -> Plan:
        """The plan in 计划.xlsx, which knows what is valid in each period."""
        return self.bound(self._present()[0])

    def assuming(self, answers: Mapping[int, PlanChange]) -> Plan:
        """The plan in 计划.xlsx as it would be valid if the office had answered so."""
        return Plans(self._register, self._read, self._present, answers).present()

    def version(self, digest: str) -> Plan:
        """A version of the plan by its digest. Raises KeyError if it was never used here."""
        present, plan = self._present()
        if digest == present:
            return plan
        if digest not in self._versions:
            used = next((entry for entry in self._register.entries(PlanUsed) if entry.plan == digest), None)
            if used is None:
                raise KeyError(digest)
            self._versions[digest] = self._read(used.sha256)
        return self._versions[digest]

    def bound(self, digest: str, upto: int | None = None) -> Plan:
        """A version of the plan that knows what is valid in each period, by the entries up to a seq if given.

        Raises KeyError.
        """
        known = None if upto is None or self._state(upto) == self._state(None) else upto
        if (digest, known) not in self._bound:
            at = partial(self._valid_in, digest, known)
            self._bound[digest, known] = self.version(digest).with_history(at)
        return self._bound[digest, known]

    def as_closed(self, closed: Closed) -> Plan:
        """The plan of a closed period as it was valid then, knowing what units and indicators are called by now."""
        key = (closed.plan, closed.upto)
        if key not in self._exact:
            then = self.bound(closed.plan, closed.upto).at(closed.period)

            def at(period: Period) -> Plan:
                return exact if period == closed.period else then.at(period)

            self._exact[key] = exact = knowing(then, self._present()[1]).with_history(at)
        return self._exact[key]

    def of(self, period: Period, plan: Plan, upto: int | None = None) -> Plan:
        """The plan of a period, in which a plan is valid as it says; of one that was closed, by the entries up to a
        seq if given, as it was then."""
        closed = self._register.closed(period, upto=upto)
        return plan.at(period) if closed is None else self.as_closed(closed)

    def in_use(self, seq: int) -> str:
        """The digest of the version that was in use at an entry; of 计划.xlsx if none was yet."""
        used = self._register.numbered(PlanUsed, upto=seq)
        return used[-1][1].plan if used else self._present()[0]

    def used(self, upto: int | None = None) -> list[Used]:
        """The versions that were used, in order, with their changes as the office has answered up to a seq; what it is
        assumed to answer counts from now on."""
        answers = {one.number: one for one in self._register.entries(ChangeAnswered, upto=upto)}
        assumed = self._assumed if upto is None else {}
        found, number = [], 0
        for seq, entry in self._register.numbered(PlanUsed, upto=upto):
            changes = []
            for change in entry.changes or ():
                number += 1
                answer = answers.get(number)
                who = answer.who if answer is not None and answer.who else entry.who
                meant = assumed.get(number, change if answer is None else answer.change)
                changes.append(KnownChange(number, meant, entry.at, who))
            found.append(Used(seq, entry, tuple(changes)))
        return found

    def changes(self, upto: int | None = None) -> list[KnownChange]:
        """All that the journal knows of changes, in order."""
        return [known for used in self.used(upto) for known in used.changes]

    def pending(self) -> tuple[PlanChange, ...]:
        """What 计划.xlsx changes against the version used last, with the beginnings it has by itself."""
        digest, plan = self._present()
        latest = self._register.latest(PlanUsed)
        if latest is None or latest.plan == digest:
            return ()
        before, out = self.version(latest.plan), self.went_out()
        return tuple(with_beginning(one, before, plan, out) for one in differences(before, plan))

    def went_out(self) -> list[Period]:
        """The periods of which forms have gone out, in order."""
        return sorted({entry.period for entry in self._register.entries(Issued) if entry.plan})

    def versions(self, digest: str, upto: int | None = None) -> list[Version]:
        """The versions up to that of a digest; 计划.xlsx with what it changes is the last, if it is asked for and was
        not used yet."""
        known = self._used_until(digest, upto)
        found: list[Version] = []
        for used in known:
            plan = self.version(used.entry.plan)
            changes = tuple(one.change for one in used.changes)
            if used.entry.changes is None and found:
                changes = tuple(PlanChange(one, ChangeKind.CORRECTED) for one in differences(found[-1].plan, plan))
            found.append(Version(plan, changes))
        if not known or known[-1].entry.plan != digest:
            found.append(Version(self.version(digest), self.pending()))
        return found

    def _used_until(self, digest: str, upto: int | None) -> list[Used]:
        """The versions up to the last use of that of a digest, all for 计划.xlsx, which may be what an earlier one was:
        a master of an earlier program was made a moment before its version was used."""
        used = self.used(upto)
        if upto is None and digest == self._present()[0]:
            return used
        mine = [one.seq for one in used if one.entry.plan == digest]
        if mine:
            return [one for one in used if one.seq <= mine[-1]]
        later = next((one.seq for one in self.used() if one.entry.plan == digest), None)
        return used if later is None else self.used(later)

    def _state(self, upto: int | None) -> int:
        """The last entry on which the versions rest."""
        return self._register.last_of(PlanUsed, ChangeAnswered, Closed, Reopened, upto=upto)

    def _valid_in(self, digest: str, upto: int | None, period: Period) -> Plan:
        key = (digest, period, self._state(upto), upto)
        if key not in self._valid:
            self._valid[key] = self._reckoned(digest, upto, period)
        return self._valid[key]

    def _reckoned(self, digest: str, upto: int | None, period: Period) -> Plan:
        present, closed = self.bound(digest, upto), self._register.closed(period, upto=upto)
        if closed is not None:
            return called_as_in(present, self.as_closed(closed))
        return valid_in(period, self.versions(digest, upto), present)
