"""Fetch: letters from a mailbox into 收件/, each as it came, and nothing in the mailbox changed.

Folders are looked into, not opened for change; bodies are peeked at. What was fetched is known by its number there, as
long as the server's numbers hold, and by its bytes for ever: to read all again does no harm.
"""

import base64
import hashlib
import imaplib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from minsheng_xl.intake.stream import FILE_LIMIT
from minsheng_xl.post.room import LOCK, MailRoom
from minsheng_xl.post.servers import NotReached, imap
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import Fetched, Issued
from minsheng_xl.year.folder import ARCHIVE_FOLDER
from minsheng_xl.year.lock import locked
from minsheng_xl.year.storage import write_whole

FOLDER = "邮件"
"""Where fetched letters lie in 收件/."""
_TRIES = 3
_ASKED_AT_ONCE = 200
_KEPT_AT_ONCE, _KEPT_SECONDS = 50, 5.0
"""After so many letters, or so long, it is journalled which were fetched."""
_ABOUT = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_WHEN = re.compile(rb'INTERNALDATE "([^"]{10,40})"')
_QUOTED = re.compile(rb'BODY\[\] "((?:[^"\\]|\\.)*)"', re.I | re.S)
_MOMENT = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{1,2}):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class FetchResult(NamedTuple):
    """A run: how many letters were fetched, how many of them were there already, those that were not fetched, each with
    why, and why it broke off, "" if it did not."""

    fetched: int
    known: int
    left: tuple[str, ...] = ()
    broken: str = ""


class _Listed(NamedTuple):
    """What a mailbox says of a letter before it is fetched."""

    uid: int
    size: int
    received: datetime


def fetch(room: MailRoom) -> FetchResult:
    """Take what is new in the mailbox into 收件/邮件/. Raises MinshengError if nobody lets it in, or nothing can be
    written."""
    with locked(room.year.root / ARCHIVE_FOLDER, name=LOCK):
        run = _Fetching(room)
        broken = ""
        for tried in range(_TRIES):
            if tried:
                time.sleep(room.wait(tried))
            try:
                run.look_through()
                broken = ""
                break
            except NotReached as error:
                broken = str(error)
            finally:
                run.keep()
        return FetchResult(run.fetched, run.known, tuple(run.left.values()), broken)


class _Fetching:
    """A look through the folders of a mailbox."""

    def __init__(self, room: MailRoom) -> None:
        self._room, self._year, self._account, self._now = room, room.year, room.account, room.now
        self._waiting: list[Fetched] = []
        self._kept_at = time.monotonic()
        before = room.year.register.entries(Fetched)
        self._done = {(one.box, one.validity, one.uid) for one in before}
        self._hashes = {one.sha256 for one in before}
        self._failures: dict[tuple[str, int], int] = {}
        self.fetched = self.known = 0
        self.left: dict[tuple[str, int], str] = {}

    def look_through(self) -> None:
        """Fetch what is new. Raises NotReached where the connection breaks: what was fetched is not fetched again."""
        with imap(self._account, self._room.secret) as client:
            for folder in self._account.folders:
                self._look_into(client, folder)

    def _look_into(self, client: imaplib.IMAP4, folder: str) -> None:
        kind, found = _asked(lambda: client.select(quoted(folder), readonly=True))
        if kind != "OK":
            said = self._room.secret.shown(_first(found))
            if "unsafe" in said.lower():
                raise MinshengError(f"邮箱不让这个程序收取邮件（{said}）。请在网页邮箱里开启 IMAP，过一会儿再试；还不行的，问邮箱的客服。")
            raise MinshengError(f"邮箱里没有“{folder}”这个文件夹，或打不开（{said}）。请核对 mail setup 里的 --folder。")
        _, told = client.response("UIDVALIDITY")
        validity = int(told[0]) if told and told[0] and told[0].isdigit() else 0
        box = f"{self._account.box}/{folder}"
        new = [uid for uid in self._listed(client) if (box, validity, uid) not in self._done]
        for place in range(0, len(new), _ASKED_AT_ONCE):
            for about in self._told(client, new[place : place + _ASKED_AT_ONCE]):
                self._fetch(client, box, validity, about)
                self._room.progress(self.fetched + self.known, len(new))

    def _listed(self, client: imaplib.IMAP4) -> list[int]:
        """The letters of a folder by their numbers, since the first form went out: nothing came back before."""
        first = next(iter(self._year.register.entries(Issued)), None)
        since = first.at.date() if first is not None else date(self._year.plan.settings.year, 1, 1)
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        kind, found = _asked(lambda: client.uid("SEARCH", f"SINCE {day}"))
        if kind != "OK":
            kind, found = _asked(lambda: client.uid("SEARCH", "ALL"))
        if kind != "OK":
            raise NotReached(f"收件服务器不肯列出有哪些邮件（{self._room.secret.shown(_first(found))}），过一会儿再收取一次。")
        words = b" ".join(one for one in found if isinstance(one, bytes))
        return sorted({int(one) for one in words.split() if one.isdigit()})

    def _told(self, client: imaplib.IMAP4, uids: Sequence[int]) -> Iterator[_Listed]:
        """What the mailbox says of letters, in the order of their numbers; one that is gone is not among them."""
        if not uids:
            return
        kind, found = _asked(lambda: client.uid("FETCH", ",".join(map(str, uids)), "(UID INTERNALDATE RFC822.SIZE)"))
        if kind != "OK":
            raise NotReached(f"收件服务器不肯说邮件的大小（{self._room.secret.shown(_first(found))}），过一会儿再收取一次。")
        told: dict[int, _Listed] = {}
        for one in found:
            line = one[0] if isinstance(one, tuple) else one or b""
            about, size, when = _ABOUT.search(line), _SIZE.search(line), _WHEN.search(line)
            if about is not None and size is not None:  # it may tell of marks too, in lines of their own
                received = _moment(when[1] if when else b"", self._now())
                told[int(about[1])] = _Listed(int(about[1]), int(size[1]), received)
        yield from (told[uid] for uid in uids if uid in told)

    def _fetch(self, client: imaplib.IMAP4, box: str, validity: int, about: _Listed) -> None:
        name = f"{about.received:%m月%d日 %H:%M}收到的信"
        if about.size > FILE_LIMIT:
            why = f"大于 {FILE_LIMIT >> 20} MB"
            self.left[box, about.uid] = f"{name}：{why}，没有取"
            self._note(self._entry(box, validity, about)._replace(why=why))
            return
        key = (box, about.uid)
        if self._failures.get(key, 0) >= _TRIES - 1:  # the connection broke at it before: the others first
            self.left[key] = f"{name}：取到一半连接总是断开，没有取到，下次再取"
            return
        self._failures[key] = self._failures.get(key, 0) + 1
        kind, found = _asked(lambda: client.uid("FETCH", str(about.uid), "(UID BODY.PEEK[])"))
        if kind != "OK":
            said = self._room.secret.shown(_first(found))
            self.left[key] = f"{name}：服务器没有给（{said}），下次再取"
            return
        content = next(filter(None, (_body(one, about.uid) for one in found)), None)
        if content is None:
            self.left[key] = f"{name}：服务器没有给内容，或已经删去了，下次再取"
            return
        self._failures.pop(key)
        self.left.pop(key, None)
        sha256 = hashlib.sha256(content).hexdigest()
        file = f"{FOLDER}/{about.received:%Y-%m-%d_%H%M}_{sha256[:8]}.eml"
        if sha256 in self._hashes:
            self.known += 1
        else:
            self._year.archive.keep(content)
            path = self._year.inbox / file
            if not path.exists() or path.read_bytes() != content:
                write_whole(path, content)
            self._hashes.add(sha256)
            self.fetched += 1
        self._note(self._entry(box, validity, about)._replace(sha256=sha256, file=file))

    def _entry(self, box: str, validity: int, about: _Listed) -> Fetched:
        return Fetched(at=self._now(), box=box, validity=validity, uid=about.uid, received=about.received)

    def _note(self, entry: Fetched) -> None:
        self._waiting.append(entry)
        self._done.add((entry.box, entry.validity, entry.uid))
        if len(self._waiting) >= _KEPT_AT_ONCE or time.monotonic() - self._kept_at > _KEPT_SECONDS:
            self.keep()

    def keep(self) -> None:
        """Journal what was fetched."""
        if self._waiting:
            with self._year.locked():
                self._year.register.record(self._waiting)
            self._waiting = []
        self._kept_at = time.monotonic()


def _body(one: "tuple[bytes, bytes] | bytes | None", uid: int) -> bytes | None:
    """The letter in a part of an answer, if it is that which was asked for: servers tell of others in between. It is
    given as so many bytes, or, a short one, in quotes."""
    line, content = one if isinstance(one, tuple) else (one or b"", None)
    about, quotes = _ABOUT.search(line), _QUOTED.search(line)
    if b"BODY[]" not in line.upper() or (about is not None and int(about[1]) != uid):
        return None
    if content is None and quotes is not None:
        return re.sub(rb"\\(.)", rb"\1", quotes[1])
    return content


def _first(found: Sequence[Any]) -> "bytes | str":
    """The first words of an answer."""
    first = found[0] if found else b""
    return first if isinstance(first, (bytes, str)) else b""


def _asked(ask: Callable[[], Any]) -> tuple[str, list[Any]]:
    """What a server answers. Raises NotReached where it breaks off, or answers what cannot be read."""
    try:
        kind, found = ask()
        return kind, found
    except (imaplib.IMAP4.abort, OSError, ValueError, EOFError, TypeError, IndexError, AttributeError):
        raise NotReached("收件服务器断开了连接，或答的看不懂。已经取到的不会再取，过一会儿再收取一次。") from None
    except imaplib.IMAP4.error as error:
        return "NO", [str(error).encode()]


def _moment(said: bytes, otherwise: datetime) -> datetime:
    """When a server received a letter, in this desk's time; 05-Nov-2022 09:00:00 +0800."""
    found = _MOMENT.match(said.decode("ascii", "replace").strip())
    try:
        day, month, year, hour, minute, second, sign, hours, minutes = found.groups() if found else ("",) * 9
        zone = timezone(timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1))
        time_of = (int(hour), int(minute), int(second))
        when = datetime(int(year), _MONTHS.index(month.title()) + 1, int(day), *time_of, tzinfo=zone)
        return when.astimezone().replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return otherwise.replace(microsecond=0)


def quoted(folder: str) -> str:
    """The name of a folder as IMAP writes it. Source: RFC 3501 5.1.3 (modified UTF-7)."""
    found, waiting = [], ""

    def coded() -> str:
        raw = base64.b64encode(waiting.encode("utf-16-be")).decode("ascii").rstrip("=").replace("/", ",")
        return f"&{raw}-" if waiting else ""

    for sign in folder:
        if " " <= sign <= "~":
            found += [coded(), "&-" if sign == "&" else sign]
            waiting = ""
        else:
            waiting += sign
    text = "".join([*found, coded()]).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
