"""Send: hand a letter to the server for each unit, each once, whatever happens in between.

Before the words of a letter are handed over it is journalled that they will be, behind it how that ended. Where the
second is missing, or the connection broke in between, nobody can know: the unit is 不确定 until the office says.
"""

import smtplib
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from minsheng_xl.plan.period import Period
from minsheng_xl.post.account import Account
from minsheng_xl.post.carried import Carried, account_for, carried, places_of
from minsheng_xl.post.secret import Secret
from minsheng_xl.post.servers import NotReached, said_by, smtp
from minsheng_xl.post.words import Words, put_texts, text_of
from minsheng_xl.post.writing import domain_for, letter_id, written
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import Posted, Posting
from minsheng_xl.year.folder import ARCHIVE_FOLDER, Year
from minsheng_xl.year.lock import locked
from minsheng_xl.year.watching import Progress, unwatched

LOCK = ".mail.lock"
_TRIES = 3
_PATIENCE = 30
"""How often the folder is asked for, each time as long as others wait for it."""
WAITS = (5.0, 30.0)
"""Seconds before a letter is tried again that a server would not take for now."""


class State(Enum):
    """How a letter stands. The value is the word of the journal."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"
    UNSENT = "unsent"
    READY = "ready"
    UNREACHABLE = "unreachable"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    State.SENT: "已发出", State.REFUSED: "被拒收", State.LATER: "暂时不收", State.UNKNOWN: "不确定", State.UNSENT: "没有发出",
    State.READY: "待发", State.UNREACHABLE: "发不了",
}


_TO_BE_SENT = (State.READY, State.REFUSED, State.LATER, State.UNSENT)


class Sent(NamedTuple):
    """How the letter of a unit stands, and what is to be said of it; `now` if it was handed over in this run."""

    unit: str
    state: State
    to: tuple[str, ...]
    said: str = ""
    now: bool = False


class SendResult(NamedTuple):
    """A run: each unit once, in the order of the plan; why it broke off, "" if it did not."""

    what: str
    period: Period
    units: tuple[Sent, ...]
    broken: str = ""

    def count(self, *states: State) -> int:
        return sum(one.state in states for one in self.units)


class Due(NamedTuple):
    """What is due to a unit: what goes there, in which words, and how the letter with it stands."""

    carried: Carried
    words: Words
    state: State


class _Letter(NamedTuple):
    """A letter to be handed over."""

    one: Carried
    letter: str
    words: Words


def due_letters(year: Year, period: Period, what: str, units: Sequence[str] = ()) -> list[Due]:
    """What is due to the units of a period, in the order of the plan. Raises MinshengError."""
    put_texts(year)
    text, account = text_of(year, what), account_for(year, period)
    found = carried(year, period, what, units)
    return with_states(year, period, what, [(one, text.filled(places_of(account, one.unit, one.enclosed))) for one in found])


def with_states(year: Year, period: Period, what: str, letters: Sequence[tuple[Carried, Words]]) -> list[Due]:
    """Letters, and how each stands."""
    states = _states(year, period, what)
    return [Due(one, words, _state(one, states)) for one, words in letters]


def send(
    year: Year, period: Period, what: str, account: Account, secret: Secret, due: Sequence[Due], *,
    again: Sequence[str] = (), now: Callable[[], datetime] = datetime.now, waits: Sequence[float] = WAITS,
    progress: Progress = unwatched,
) -> SendResult:
    """Send each unit what it is due, but for those that have it, or may have it; `again`: those that are sent it once
    more by a word of the office. Raises MinshengError, also where nothing can be sent at all."""
    with locked(year.root / ARCHIVE_FOLDER, name=LOCK):
        fresh = with_states(year, period, what, [(one.carried, one.words) for one in due])
        once_more = {year.plan.canonical(one) or one for one in again}
        counts = _counts(year, period, what)
        letters: list[_Letter] = []
        ended: dict[str, Sent] = {}
        for one, words, state in fresh:
            unit = one.unit.name
            is_wanted = state in _TO_BE_SENT or (unit in once_more and not one.why)
            if is_wanted:
                number = counts.get((unit, one.sha256), 0) if state is State.SENT else 0
                letters.append(_Letter(one, letter_id(period, unit, what, one.sha256, domain_for(account), number), words))
            said = "还没有发" if is_wanted else one.why
            ended[unit] = Sent(unit, State.READY if is_wanted else state, one.to, said)
        run = _Run(year, period, account, secret, now, waits, progress, len(letters))
        broken = run.hand_over(letters) if letters else ""
        return SendResult(what, period, tuple((ended | run.ended).values()), broken)


def settle(year: Year, period: Period, what: str, unit: str, now: datetime, *, was_sent: bool) -> None:
    """Note what the office says of a letter of which nobody knew whether it went out. Raises MinshengError."""
    name = year.plan.canonical(unit) or unit
    found = [one for one in year.register.entries(Posting, period=period) if (one.unit, one.what) == (name, what)]
    if not found:
        raise MinshengError(f"{name} 的{what}没有发过，没有什么可记。")
    with year.locked():
        state = State.SENT if was_sent else State.UNSENT
        said = Posted(now, period, name, what, found[-1].letter, state.value, "办公室说的", str(year.who))
        year.register.record([said])


def _states(year: Year, period: Period, what: str) -> dict[tuple[str, str], State]:
    """How the last letter to each unit with each workbook stands, by the unit and the workbook's sha256."""
    found: dict[tuple[str, str], State] = {}
    carried_by: dict[str, str] = {}
    entries: list[Posting | Posted] = year.register.entries(Posting, Posted, period=period)
    for entry in entries:
        if entry.what != what:
            continue
        if isinstance(entry, Posting):
            carried_by[entry.letter] = entry.sha256
            found[entry.unit, entry.sha256] = State.UNKNOWN  # until the next line says how it ended
        elif entry.letter in carried_by:
            found[entry.unit, carried_by[entry.letter]] = State(entry.state)
    return found


def _counts(year: Year, period: Period, what: str) -> dict[tuple[str, str], int]:
    """How often each workbook was sent to each unit."""
    found: dict[tuple[str, str], int] = {}
    for one in year.register.entries(Posting, period=period):
        if one.what == what:
            found[one.unit, one.sha256] = found.get((one.unit, one.sha256), 0) + 1
    return found


def _state(one: Carried, states: dict[tuple[str, str], State]) -> State:
    found = states.get((one.unit.name, one.sha256))
    if found in (State.SENT, State.UNKNOWN):
        return found
    return State.UNREACHABLE if one.why else found or State.READY


class _Later(Exception):
    """A server does not take a letter for now; `str()` is what it said."""


class _Run:
    """Letters on their way to the server, one after the other, over as few connections as it bears."""

    def __init__(
        self, year: Year, period: Period, account: Account, secret: Secret, now: Callable[[], datetime],
        waits: Sequence[float], progress: Progress, count: int,
    ) -> None:
        self._year, self._period, self._account, self._secret = year, period, account, secret
        self._now, self._waits, self._progress, self._count = now, waits, progress, count
        self.ended: dict[str, Sent] = {}

    def hand_over(self, letters: Sequence[_Letter]) -> str:
        """Hand all over, those that are not taken for now again after a while; why it broke off, "" if it did not."""
        left = list(letters)
        broken = ""
        for tried in range(_TRIES):
            if tried:
                time.sleep(self._waits[min(tried, len(self._waits)) - 1] if self._waits else 0)
            try:
                left = self._by_one_connection(left)
                broken = ""
            except NotReached as error:
                broken = str(error)
                left = [one for one in left if one.one.unit.name not in self.ended or self.ended[one.one.unit.name].state is State.LATER]
            if not left:
                return ""
        for one in left:
            if one.one.unit.name not in self.ended:
                self._end(one, State.LATER, broken or "服务器暂时不收", is_told=False)
        return broken

    def _by_one_connection(self, letters: Sequence[_Letter]) -> list[_Letter]:
        """Hand letters over; those that are left are to be tried again. Raises NotReached, NotLetIn."""
        left: list[_Letter] = []
        waiting = list(letters)
        while waiting:
            with smtp(self._account, self._secret) as client:
                while waiting:
                    one = waiting.pop(0)
                    try:
                        self._hand_over(client, one)
                    except _Later as later:
                        self._end(one, State.LATER, str(later), is_told=False)
                        left.append(one)
                    except (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError, OSError):
                        self._end(one, State.LATER, "连接断开了", is_told=False)
                        if self.ended[one.one.unit.name].state is State.LATER:
                            left.append(one)
                        break
                    self._progress(len(self.ended), self._count)
                    if waiting and self._account.pause:
                        time.sleep(self._account.pause)
        return left

    def _hand_over(self, client: smtplib.SMTP, one: _Letter) -> None:
        """Hand a letter over, or say that it was refused. Raises _Later, and what a broken connection raises, where it
        was surely not taken."""
        client.rset()
        if not self._is_addressed(client, one):
            return
        to = (*one.one.to, *one.one.copies)
        content = written(
            self._account, one.one.to, one.one.copies, one.words, one.one.enclosed, letter=one.letter, at=self._now(),
        )
        self._record(Posting(self._now(), self._period, one.one.unit.name, one.one.what, one.one.sha256, one.letter, to, str(self._year.who)))
        try:
            code, said = client.data(content)
        except smtplib.SMTPDataError as error:  # it would not even begin
            code, said = error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        except (OSError, smtplib.SMTPException):
            self._end(one, State.UNKNOWN, "交出去以后连接断开，不知道服务器收下没有")
            raise smtplib.SMTPServerDisconnected from None
        if code == 250:
            self._end(one, State.SENT, self._partly(one))
        elif 400 <= code < 500:
            self._end(one, State.LATER, f"{code} {self._told(said)}")
            raise _Later(f"{code} {self._told(said)}")
        else:
            self._end(one, State.REFUSED, f"{code} {self._told(said)}")

    def _is_addressed(self, client: smtplib.SMTP, one: _Letter) -> bool:
        """Whether the server takes a letter for at least one receiver that is written to."""
        code, said = client.mail(self._account.sender)
        self._refuse(code, said, one)
        if code != 250:
            return False
        self._refused: list[str] = []
        taken, last = 0, (0, b"")
        for address in (*one.one.to, *one.one.copies):
            last = client.rcpt(address)
            if last[0] in (250, 251):
                taken += address in one.one.to
            elif 400 <= last[0] < 500:
                self._refuse(last[0], last[1], one)
            else:
                self._refused.append(f"{address} 被拒收（{last[0]} {self._told(last[1])}）")
        if not taken:
            self._end(one, State.REFUSED, "；".join(self._refused) or "没有收件人")
        return bool(taken)

    def _refuse(self, code: int, said: bytes, one: _Letter) -> None:
        if code == 421:
            raise smtplib.SMTPServerDisconnected
        if 400 <= code < 500:
            raise _Later(f"{code} {self._told(said)}")
        if code >= 500:
            self._end(one, State.REFUSED, f"{code} {self._told(said)}")

    def _partly(self, one: _Letter) -> str:
        return "；".join(self._refused)

    def _told(self, said: bytes) -> str:
        return self._secret.hidden(said_by(said))

    def _end(self, one: _Letter, state: State, said: str, *, is_told: bool = True) -> None:
        """Keep how a letter ended; `is_told`: in the journal too."""
        unit = one.one.unit.name
        known = self.ended.get(unit)
        if known is not None and known.state is State.UNKNOWN:
            return
        self.ended[unit] = Sent(unit, state, one.one.to, said, now=True)
        if is_told:
            self._record(Posted(self._now(), self._period, unit, one.one.what, one.letter, state.value, said, str(self._year.who)))

    def _record(self, entry: Posting | Posted) -> None:
        """Journal an entry; how a letter ended is waited for, however long another program holds the folder."""
        for left in reversed(range(_PATIENCE if isinstance(entry, Posted) else 1)):
            try:
                with self._year.locked():
                    self._year.register.record([entry])
                return
            except MinshengError:
                if not left:
                    raise
