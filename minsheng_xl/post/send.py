"""Send: hand a letter to the server for each unit, each once, whatever happens in between.

Before the words of a letter are handed over it is journalled that they will be, behind it how that ended. Where the
second is missing, or the connection broke in between, nobody can know: the unit is 不确定 until the office says.
"""

import smtplib
import time
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from minsheng_xl.plan.addresses import domain_of
from minsheng_xl.plan.period import Period
from minsheng_xl.post.carried import Dispatch, account_for, carried, letter_id, places_of
from minsheng_xl.post.room import LOCK, MailRoom
from minsheng_xl.post.servers import NotReached, smtp
from minsheng_xl.post.words import Words, put_texts, text_of
from minsheng_xl.post.writing import Outgoing, written
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import Posted, Posting
from minsheng_xl.year.folder import ARCHIVE_FOLDER, Year
from minsheng_xl.year.lock import locked

_TRIES, _CLOSING = 3, 421
_PATIENCE = 30
"""How often the folder is asked for, each time as long as others wait for it."""


class Mailed(Enum):
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
    Mailed.SENT: "已发出", Mailed.REFUSED: "被拒收", Mailed.LATER: "暂时不收", Mailed.UNKNOWN: "不确定", Mailed.UNSENT: "没有发出",
    Mailed.READY: "待发", Mailed.UNREACHABLE: "发不了",
}


TO_BE_SENT = (Mailed.READY, Mailed.REFUSED, Mailed.LATER, Mailed.UNSENT)


class Sent(NamedTuple):
    """How the letter of a unit stands, and what is to be said of it; `now` if it was handed over in this run."""

    unit: str
    state: Mailed
    to: tuple[str, ...]
    said: str = ""
    now: bool = False


class SendResult(NamedTuple):
    """A run: each unit once, in the order of the plan; why it broke off, "" if it did not."""

    what: str
    period: Period
    units: tuple[Sent, ...]
    broken: str = ""

    def count(self, *states: Mailed) -> int:
        return sum(one.state in states for one in self.units)


class Due(NamedTuple):
    """What is due to a unit: what goes there, in which words, how the letter with it stands, and what is to be said of
    that: what the server said, or that the unit's address is another by now."""

    carried: Dispatch
    words: Words
    state: Mailed
    told: str = ""


class _Letter(NamedTuple):
    """A letter to be handed over."""

    one: Dispatch
    letter: str
    words: Words


def due_letters(year: Year, period: Period, what: str, units: Sequence[str] = ()) -> list[Due]:
    """What is due to the units of a period, in the order of the plan. Raises MinshengError."""
    put_texts(year)
    text, account = text_of(year, what), account_for(year, period)
    found = carried(year, period, what, units)
    letters = [(one, text.filled(places_of(account, one.unit, one.enclosed))) for one in found]
    return with_states(year, period, what, letters)


def with_states(year: Year, period: Period, what: str, letters: Sequence[tuple[Dispatch, Words]]) -> list[Due]:
    """Letters, and how each stands."""
    last = _last(year, period, what)
    return [_due(one, words, last.get((one.unit.name, one.sha256))) for one, words in letters]


def _due(one: Dispatch, words: Words, last: "_Last | None") -> Due:
    if last is None:
        return Due(one, words, Mailed.UNREACHABLE if one.why else Mailed.READY, one.why)
    if last.state in (Mailed.SENT, Mailed.UNKNOWN):
        moved = bool(one.to) and set(one.to) != set(last.to[: len(one.to)])
        former = f"发往的是 {'、'.join(last.to)}，邮箱改过；要再发加 --again" if moved else ""
        return Due(one, words, last.state, "；".join(filter(None, (last.said, former))))
    return Due(one, words, Mailed.UNREACHABLE if one.why else last.state, one.why or last.said)


def send(room: MailRoom, period: Period, what: str, due: Sequence[Due], *, again: Sequence[str] = ()) -> SendResult:
    """Send each unit what it is due, but for those that have it, or may have it; `again`: those that are sent it once
    more by a word of the office. Raises MinshengError, also where nothing can be sent at all."""
    year = room.year
    with locked(year.root / ARCHIVE_FOLDER, name=LOCK):
        once_more = year.plan.at(period).units_called(again)
        last = _last(year, period, what)
        letters: list[_Letter] = []
        ended: dict[str, Sent] = {}
        for each in due:
            known = last.get((each.carried.unit.name, each.carried.sha256))
            one, words, state, told = _due(each.carried, each.words, known)
            unit = one.unit.name
            is_wanted = state in TO_BE_SENT or (unit in once_more and not one.why)
            if is_wanted:
                if known is not None and state is Mailed.UNKNOWN:  # the same, that whoever has it already can tell
                    letter = known.letter
                else:
                    number = known.times if known is not None and state is Mailed.SENT else 0
                    letter = letter_id(period, one, domain_of(room.account.sender), number)
                letters.append(_Letter(one, letter, words))
            said = "还没有发" if is_wanted else told
            ended[unit] = Sent(unit, Mailed.READY if is_wanted else state, one.to, said)
        run = _Sending(room, period, len(letters))
        broken = run.hand_over(letters) if letters else ""
        return SendResult(what, period, tuple((ended | run.ended).values()), broken)


def settle(year: Year, period: Period, what: str, unit: str, now: datetime, *, was_sent: bool) -> None:
    """Note what the office says of a letter of which nobody knew whether it went out. Raises MinshengError."""
    (name,) = year.plan.at(period).units_called([unit])
    found = [
        one for one in year.register.entries(Posting, period=period)
        if one.what == what and year.plan.name_here(one.unit) == name
    ]
    if not found:
        raise MinshengError(f"{name} 的{what}没有发过，没有什么可记。")
    with year.locked():
        state = Mailed.SENT if was_sent else Mailed.UNSENT
        said = Posted(
            at=now, period=period, unit=name, what=what, letter=found[-1].letter, state=state.value, said="办公室说的",
            who=str(year.who),
        )
        year.register.record([said])


class _Last(NamedTuple):
    """The last letter with a workbook: its number, its receivers, how often it was sent by then, how it ended, and what
    the server said."""

    letter: str
    to: tuple[str, ...]
    times: int
    state: Mailed
    said: str = ""


def _last(year: Year, period: Period, what: str) -> dict[tuple[str, str], _Last]:
    """The last letter to each unit with each workbook, by the unit and the workbook's sha256."""
    found: dict[tuple[str, str], _Last] = {}
    carried_by: dict[str, tuple[str, str]] = {}
    entries: list[Posting | Posted] = year.register.entries(Posting, Posted, period=period)
    for entry in entries:
        if entry.what != what:
            continue
        if isinstance(entry, Posting):
            key = (year.plan.name_here(entry.unit), entry.sha256)
            carried_by[entry.letter] = key
            times = found[key].times + 1 if key in found else 1
            found[key] = _Last(entry.letter, entry.to, times, Mailed.UNKNOWN)  # until the next line says how it ended
        elif entry.letter in carried_by:
            key = carried_by[entry.letter]
            found[key] = found[key]._replace(state=Mailed(entry.state), said=entry.said)
    return found


class _Later(Exception):
    """A server does not take a letter for now; `str()` is what it said."""


class _Sending:
    """Letters on their way to the server, one after the other, over as few connections as it bears."""

    def __init__(self, room: MailRoom, period: Period, count: int) -> None:
        self._room, self._period, self._count = room, period, count
        self._year, self._account, self._now = room.year, room.account, room.now
        self._refused: list[str] = []
        self.ended: dict[str, Sent] = {}

    def hand_over(self, letters: Sequence[_Letter]) -> str:
        """Hand all over, those that are not taken for now again after a while; why it broke off, "" if it did not."""
        left = list(letters)
        broken = ""
        for tried in range(_TRIES):
            if tried:
                time.sleep(self._room.wait(tried))
            try:
                left = self._by_one_connection(left)
                broken = ""
            except NotReached as error:
                broken = str(error)
                left = [one for one in left if self._is_left(one)]
            if not left:
                return ""
        for one in left:
            if one.one.unit.name not in self.ended:
                self._end(one, Mailed.LATER, broken or "服务器暂时不收", is_told=False)
        return broken

    def _is_left(self, one: _Letter) -> bool:
        """Whether a letter is still to be handed over: not begun, or not taken for now."""
        known = self.ended.get(one.one.unit.name)
        return known is None or known.state is Mailed.LATER

    def _by_one_connection(self, letters: Sequence[_Letter]) -> list[_Letter]:
        """Hand letters over; those that are left are to be tried again. Raises NotReached, NotLetIn."""
        left: list[_Letter] = []
        waiting = list(letters)
        while waiting:
            with smtp(self._account, self._room.secret) as client:
                while waiting:
                    one = waiting.pop(0)
                    try:
                        self._hand_over(client, one)
                    except _Later as later:
                        self._end(one, Mailed.LATER, str(later), is_told=False)
                        left.append(one)
                    except (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError, OSError):
                        self._end(one, Mailed.LATER, "连接断开了", is_told=False)
                        left += [one] if self._is_left(one) else []
                        break
                    self._room.progress(len(self.ended), self._count)
                    if waiting and self._account.pause:
                        time.sleep(self._account.pause)
        return left

    def _hand_over(self, client: smtplib.SMTP, one: _Letter) -> None:
        """Hand a letter over, or say that it was refused. Raises _Later, and what a broken connection raises, where it
        was surely not taken."""
        client.rset()
        if not self._is_addressed(client, one):
            return
        carried = one.one
        outgoing = Outgoing(carried.to, carried.copies, one.words, carried.enclosed)
        content = written(self._account, outgoing, one.letter, self._now())
        self._record(Posting(
            at=self._now(), period=self._period, unit=carried.unit.name, what=carried.what, sha256=carried.sha256,
            letter=one.letter, to=(*carried.to, *carried.copies), who=str(self._year.who),
        ))
        try:
            code, said = client.data(content)
        except smtplib.SMTPDataError as error:  # it would not even begin
            code, said = error.smtp_code, _raw(error.smtp_error)
        except (OSError, smtplib.SMTPException):
            self._end(one, Mailed.UNKNOWN, "交出去以后连接断开，不知道服务器收下没有")
            raise smtplib.SMTPServerDisconnected from None
        if 200 <= code < 300:
            self._end(one, Mailed.SENT, "；".join(self._refused))
        elif not 400 <= code < 600:
            self._end(one, Mailed.UNKNOWN, "服务器答的看不懂，不知道收下没有")
        elif code < 500:
            self._end(one, Mailed.LATER, self._told(code, said))
            raise _Later(self._told(code, said))
        else:
            self._end(one, Mailed.REFUSED, self._told(code, said))

    def _is_addressed(self, client: smtplib.SMTP, one: _Letter) -> bool:
        """Whether the server takes a letter for at least one receiver that is written to."""
        code, said = client.mail(self._account.sender)
        self._refuse(code, said, one)
        if code != 250:
            return False
        self._refused, later = [], ""
        taken = 0
        for address in (*one.one.to, *one.one.copies):
            code, said = client.rcpt(address)
            if code == _CLOSING:
                raise smtplib.SMTPServerDisconnected
            if 200 <= code < 300:
                taken += address in one.one.to
                continue
            told = f"{address} {'暂时不收' if code < 500 else '被拒收'}（{self._told(code, said)}）"
            self._refused.append(told)
            later = later or (told if code < 500 and address in one.one.to else "")
        if not taken and later:
            raise _Later(later)
        if not taken:
            self._end(one, Mailed.REFUSED, "；".join(self._refused) or "没有收件人")
        return bool(taken)

    def _refuse(self, code: int, said: bytes, one: _Letter) -> None:
        if code == _CLOSING:
            raise smtplib.SMTPServerDisconnected
        if 400 <= code < 500:
            raise _Later(self._told(code, said))
        if code >= 500:
            self._end(one, Mailed.REFUSED, self._told(code, said))

    def _told(self, code: int, said: bytes) -> str:
        """What a server said, with its code."""
        return f"{code} {self._room.secret.shown(said)}"

    def _end(self, one: _Letter, state: Mailed, said: str, *, is_told: bool = True) -> None:
        """Keep how a letter ended; `is_told`: in the journal too."""
        unit = one.one.unit.name
        known = self.ended.get(unit)
        if known is not None and known.state is Mailed.UNKNOWN:
            return
        self.ended[unit] = Sent(unit, state, one.one.to, said, now=True)
        if is_told:
            self._record(Posted(
                at=self._now(), period=self._period, unit=unit, what=one.one.what, letter=one.letter, state=state.value,
                said=said, who=str(self._year.who),
            ))

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


def _raw(said: "bytes | str") -> bytes:
    return said if isinstance(said, bytes) else said.encode()
