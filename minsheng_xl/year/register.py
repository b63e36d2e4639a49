"""The register: an index (SQLite) over the journal, derived from it and rebuilt at any time.

It knows which journal it was made from, by the last line it indexed: one that was cut, rolled back or exchanged since
is noticed by whoever opens the register, and nothing is indexed over it.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import (
    CameOtherwise,
    CertifyingIssued,
    ChangeAnswered,
    Closed,
    ConfirmingIssued,
    Decided,
    Fetched,
    Issued,
    JournalEntry,
    Judged,
    LastYearRead,
    LetterRead,
    MasterWritten,
    PaperNoted,
    PlanUsed,
    ReceiptCorrected,
    Reminded,
    Reopened,
    RunBegun,
    TypedIn,
    is_known,
    newer,
    read_line,
    word_of,
)
from minsheng_xl.year.journal import START, Journal, Mark, Written
from minsheng_xl.year.storage import take_away

_SCHEMA = """
create table if not exists progress (
    began integer not null, behind integer not null, seq integer not null, digest text not null,
    chained integer not null
);
create table if not exists entries (
    seq integer primary key, kind text not null, run integer, period text, unit text,
    file text, sha256 text, outcome text, head text not null, body text not null
);
create index if not exists by_kind on entries (kind, period, unit);
create index if not exists by_file on entries (sha256, file);
create index if not exists by_name on entries (file);
"""
FORMER = "登记_原来的.sqlite"
"""What a register is kept as that was not made from the journal that is there."""
_IN_MEMORY = ":memory:"
_HOLDS_WHAT_IS_OPEN = os.name == "nt"
"""Whether a file that one process reads can be moved and replaced by none: what is only read is then read at once."""
_NOT_DAMAGED = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_READONLY_DIRECTORY,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH,
)
"""Why SQLite refuses what is whole."""
_CHANGING = (
    RunBegun, Judged, TypedIn, Decided, ReceiptCorrected, PaperNoted, Closed, Reopened, Reminded, CertifyingIssued,
    PlanUsed, ChangeAnswered, ConfirmingIssued, LastYearRead, LetterRead, CameOtherwise,
)
"""The entries that can change an account."""
_FORMS = (Issued, CertifyingIssued, ConfirmingIssued)
OneKind = TypeVar("OneKind", bound=JournalEntry)


class ForeignRegister(MinshengError):
    """A register that knows what its journal does not hold."""


class Register:
    """What is known of a year. Reading methods are up to date after `catch_up`, and give the journal's entries.

    With `writable` false the database is only read, as it stands. Raises ForeignRegister if it was made from another
    journal, MinshengError if a later program wrote into it.
    """

    def __init__(self, path: Path, journal: Journal, *, writable: bool = True) -> None:
        self._path, self._journal, self._writable = path, journal, writable
        self._known: dict[int, JournalEntry] = {}
        """The entries that were written or asked for here, by seq: an entry never changes."""
        if not writable:
            self._connection = self._opened_to_read()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._open()
        try:
            self._refuse_foreign(self._mark())
            self._refuse_unknown_kinds()
        except ForeignRegister:
            self.close()
            raise
        except sqlite3.DatabaseError as error:
            self._make_anew(error)

    @classmethod
    def of_lines(cls, journal: Journal, lines: Iterable[Written]) -> "Register":
        """An index over some lines of a journal alone, in memory, whether they follow on each other or not."""
        found = cls(Path(_IN_MEMORY), journal)
        found._writable = False
        with found._connection:
            for written in lines:
                found._index(written)
        return found

    def _opened_to_read(self) -> sqlite3.Connection:
        connection = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)
        if not _is_of_earlier(connection):
            return _in_memory(connection) if _HOLDS_WHAT_IS_OPEN else connection
        self._refuse_foreign_earlier(connection)
        connection.close()
        self._connection = _with_schema(sqlite3.connect(_IN_MEMORY))
        self._index_behind()
        return self._connection

    def _open(self) -> sqlite3.Connection:
        if self._path.is_dir():
            raise MinshengError(
                f"归档里的 {self._path.name} 是一个文件夹，不是登记库，没有做任何改动。请把它移到别处，再运行一次：登记库由日志自动重建。"
            )
        try:
            return self._prepare()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) in _NOT_DAMAGED:
                raise
            self._drop()
            return self._prepare()

    def _drop(self) -> None:
        """Take a damaged index away: it is only an index. Raises ForeignRegister if no journal is there."""
        if not self._journal.size():
            raise ForeignRegister(
                f"归档里的 {self._journal.path.name} 不见了，或是空的，登记库 {self._path.name} 也坏了。没有做任何改动。"
                "请从备份恢复归档里的这两个文件（同一天的）。"
            )
        take_away(self._path)

    def _make_anew(self, error: sqlite3.DatabaseError) -> None:
        """Begin an empty index in place of a damaged one. Raises the error where it means anything else."""
        if isinstance(error, sqlite3.OperationalError) or not self._writable:
            raise error
        self._connection.close()
        self._drop()
        self._connection = self._prepare()

    def _prepare(self) -> sqlite3.Connection:
        """The database, whole and of today's tables; it is closed where it is not. Raises sqlite3.DatabaseError."""
        connection = sqlite3.connect(self._path)
        try:
            _refuse_damage(connection)
            if _is_of_earlier(connection):
                self._refuse_foreign_earlier(connection)
                connection.executescript("drop table progress; drop table entries")
            return _with_schema(connection)
        except (sqlite3.Error, MinshengError):
            connection.close()
            raise

    def _mark(self) -> Mark:
        """The last line that is indexed."""
        found = Mark(*self._connection.execute("select began, behind, seq, digest, chained from progress").fetchone())
        return found._replace(chained=bool(found.chained))

    def _refuse_foreign(self, mark: Mark) -> None:
        if not self._journal.holds(mark):
            raise ForeignRegister(self._foreign(mark))

    def _refuse_foreign_earlier(self, connection: sqlite3.Connection) -> None:
        """The same of an index that an earlier program made, which did not know the digest of its last line."""
        offset, seq = connection.execute("select offset, seq from progress").fetchone() or (0, 0)
        (body,) = connection.execute("select body from entries where seq = ?", (seq,)).fetchone() or ("",)
        there = (written for written in self._journal.read() if written.mark.behind == offset)
        found = next(there, None)
        if seq and (found is None or json.loads(found.text) != json.loads(body or "{}")):
            connection.close()
            raise ForeignRegister(self._foreign(Mark(0, offset, seq)))

    def _foreign(self, mark: Mark) -> str:
        """What is wrong between the register and its journal, and what can be done."""
        journal, register, size = self._journal.path.name, self._path.name, self._journal.size()
        back = f"没有做任何改动。请从备份恢复归档里的 {journal}（最近的一份）"
        if not size:
            return f"归档里的 {journal} 不见了，或是空的，而登记库 {register} 记到第 {mark.seq} 条。{back}。"
        way_out = (
            f"{back}；如果现在的日志才是对的，运行 minsheng-xl register rebuild {self._path.parent.parent}，"
            f"按它重建登记库（原来的另存为 {FORMER}）。"
        )
        if size < mark.behind:
            return (
                f"归档里的 {journal} 比登记库 {register} 少：登记库记到第 {mark.seq} 条，日志还没到那里就完了，"
                f"像是被截短，或换成了以前的一份。{way_out}"
            )
        return (
            f"归档里的登记库 {register} 不是由这里的 {journal} 得来的：它记到的第 {mark.seq} 条，日志里不是那样，"
            f"像是日志被改过，或两个文件来自不同的文件夹。{way_out}"
        )

    def _refuse_unknown_kinds(self) -> None:
        """What nobody asks for would be passed over in silence."""
        for kind, seq in self._connection.execute("select kind, min(seq) from entries group by kind"):
            if not is_known(kind):
                self.close()
                raise MinshengError(f"{self._journal.path.name} 第 {seq} 条的种类“{kind}”本程序不认识。{newer()}")

    def dump(self) -> list[str]:
        """All that it holds, as text."""
        return list(self._connection.iterdump())

    def image(self) -> bytes:
        """The bytes of a database file that holds the same."""
        return self._connection.serialize()

    def rows(self) -> dict[int, tuple[object, ...]]:
        """The rows of the index, by seq. Raises sqlite3.Error if it is damaged."""
        (sound,) = self._connection.execute("pragma integrity_check").fetchone()
        if sound != "ok":
            raise sqlite3.DatabaseError(sound)
        return {row[0]: row for row in self._connection.execute("select * from entries order by seq")}

    def close(self) -> None:
        self._connection.close()

    def catch_up(self) -> None:
        """Index what the journal has gained. Raises MinshengError if the index cannot be written."""
        if not self._writable:
            return
        try:
            self._index_rest()
        except sqlite3.OperationalError as error:  # what was journalled is indexed the next time
            if "readonly" in str(error):
                raise
            reason = "磁盘已满" if "full" in str(error) else str(error)
            raise MinshengError(
                f"{self._path.name} 写不进去：{reason}。这次的内容已经记在日志里，没有丢；请处理后再运行一次。"
            ) from error

    def _index_rest(self) -> None:
        try:
            self._index_behind()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED:  # another process rebuilt it
                self._connection.close()
                self._connection = self._prepare()
            else:
                self._make_anew(error)
            self._index_behind()

    def _index_behind(self) -> None:
        """Index what stands in the journal behind what is indexed."""
        mark = self._mark()
        self._refuse_foreign(mark)
        with self._connection:
            for written in self._journal.read(mark):
                self._index(written)

    def _index(self, written: Written) -> None:
        entry, mark = written.line.entry, written.mark
        found = entry.returned if isinstance(entry, Judged) else entry
        period, outcome = getattr(found, "period", None), getattr(found, "outcome", None)
        self._connection.execute(
            "insert or replace into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                written.line.seq, word_of(type(entry)), getattr(entry, "run", None), str(period) if period else None,
                getattr(found, "unit", None), getattr(found, "file", None), getattr(found, "sha256", None),
                getattr(outcome, "value", outcome), mark.digest if mark.chained else "", written.text,
            ),
        )
        self._connection.execute(
            "update progress set began = ?, behind = ?, seq = ?, digest = ?, chained = ?", mark
        )
        self._known[written.line.seq] = entry

    def record(self, entries: Iterable[JournalEntry]) -> None:
        """Append entries to the journal, then index them."""
        found = list(entries)
        if found:
            self.refuse_unwritable()
            self.catch_up()
            self._journal.append(found, self._mark())
            self.catch_up()

    def refuse_unwritable(self) -> None:
        """Raise MinshengError where the index can only be read: what is journalled would not know the last line."""
        if not self._writable or not os.access(self._path, os.W_OK):
            raise MinshengError(
                f"归档里的 {self._path.name} 是只读的，写不进去，没有做任何改动。请去掉它的“只读”"
                "（或请管理员给写的权限），再运行一次；也可以把它移到别处，登记库由日志自动重建。"
            )

    def last_seq(self) -> int:
        self.catch_up()
        return self._mark().seq

    def last_at(self) -> datetime | None:
        """When the last entry was written, by the clock of its day; None if there is none."""
        seq = self.last_seq()
        if not seq:
            return None
        self._read("seq = ?", (seq,))
        return self._known[seq].at

    def head(self) -> str:
        """The head of the journal's chain as it stands: what the next line will say of those before it."""
        self.catch_up()
        return self._journal.head(self._mark())

    def head_at(self, seq: int) -> str:
        """The head of the chain behind an entry; "" where lines were not chained yet."""
        found = self._connection.execute("select head from entries where seq = ?", (seq,)).fetchone()
        return str(found[0]) if found is not None else ""

    def last_change(self, upto: int | None = None) -> int:
        """The seq of the last entry that can change an account, up to a seq if given."""
        return self.last_of(*_CHANGING, upto=upto)

    def last_of(self, *kinds: type, period: Period | None = None, upto: int | None = None) -> int:
        """The seq of the last entry of some kinds, 0 if there is none: of one period, or of none, if one is given,
        up to a seq if given."""
        query, values = _where(kinds, upto=upto)
        if period is not None:
            query, values = f"{query} and (period = ? or period is null)", (*values, str(period))
        found = self._connection.execute(f"select coalesce(max(seq), 0) from entries where {query}", values)
        return int(found.fetchone()[0])

    def next_run(self) -> int:
        """The number of the next consolidation."""
        return int(self._connection.execute("select coalesce(max(run), 0) from entries").fetchone()[0]) + 1

    def entries(
        self, *kinds: type[OneKind], period: Period | None = None, after: int = 0, upto: int | None = None
    ) -> list[OneKind]:
        """The entries of one or several kinds, in order: of one period if given, behind and up to a seq if given."""
        query, values = _where(kinds, period=period, after=after, upto=upto)
        return list(self._select(*kinds, where=f"{query} order by seq", values=values))

    def numbered(self, *kinds: type[OneKind], upto: int | None = None) -> list[tuple[int, OneKind]]:
        """The entries of some kinds with their seq, in order, up to a seq if given."""
        query, values = _where(kinds, upto=upto)
        return list(self._numbered(*kinds, where=f"{query} order by seq", values=values))

    def latest(self, kind: type[OneKind], *, period: Period | None = None, upto: int | None = None) -> OneKind | None:
        """The last entry of a kind, of one period if given, up to a seq if given."""
        query, values = _where((kind,), period=period, upto=upto)
        return self._first(kind, f"{query} order by seq desc", values)

    def closed(self, period: Period, *, upto: int | None = None) -> Closed | None:
        """How a period was closed, if it is, up to a seq if given: a closing that was taken back is none."""
        found = self.entries(Closed, Reopened, period=period, upto=upto)
        return found[-1] if found and isinstance(found[-1], Closed) else None

    def knows(self, file: str, sha256: str) -> bool:
        """Whether these bytes were judged, or read as a mail, under this name, and nothing else came under it since."""
        query = "select sha256 from entries where kind in ('judged', 'letter') and file = ? order by seq desc limit 1"
        return bool(self._connection.execute(query, (file,)).fetchone() == (sha256,))

    def knows_below(self, file: str) -> bool:
        """Whether files were judged under names below this one, as those in a parcel are."""
        query = "select 1 from entries where kind = 'judged' and file > ? and file < ? limit 1"
        return self._connection.execute(query, (f"{file}/", f"{file}0")).fetchone() is not None

    def fetched(self, sha256: str) -> Fetched | None:
        """How a mail of these bytes was taken from a mailbox first."""
        return self._first(Fetched, "kind = 'fetched' and sha256 = ? order by seq", (sha256,))

    def judged_as(self, sha256: str) -> Judged | None:
        """The first judgement of these bytes under any name, duplicates left out."""
        where = "kind = 'judged' and sha256 = ? and outcome != 'duplicate' order by seq"
        return self._first(Judged, where, (sha256,))

    def wrote_master(self, file: str, sha256: str) -> MasterWritten | None:
        """The entry of a master written with these bytes under that name."""
        where = "kind = 'master' and file = ? and sha256 = ? order by seq desc"
        return self._first(MasterWritten, where, (file, sha256))

    def issued(self, period: Period, unit: str, *, upto: int | None = None) -> list[Issued]:
        """The forms of a period that went to a unit, in order, up to a seq if given."""
        query, values = _where((Issued,), period=period, unit=unit, upto=upto)
        return list(self._select(Issued, where=f"{query} order by seq", values=values))

    def knows_issue(self, period: Period, unit: str, sha256: str) -> bool:
        """Whether a workbook of these bytes went to a unit for a period."""
        query, values = _where(_FORMS, period=period, unit=unit)
        found = self._connection.execute(f"select 1 from entries where {query} and sha256 = ?", (*values, sha256))
        return found.fetchone() is not None

    def first_issued(self, period: Period, unit: str) -> Issued | None:
        """The first form of a period that went to a unit to be filled in."""
        return next((entry for entry in self.issued(period, unit) if entry.plan), None)

    def issue_of(self, sha256: str) -> "Issued | CertifyingIssued | ConfirmingIssued | None":
        """The first entry by which a workbook of these bytes was issued."""
        query, values = _where(_FORMS)
        found: Iterator[Issued | CertifyingIssued | ConfirmingIssued] = self._select(
            *_FORMS, where=f"{query} and sha256 = ? order by seq limit 1", values=(*values, sha256)
        )
        return next(found, None)

    def first_of(self, kind: type[OneKind], period: Period, unit: str) -> OneKind | None:
        """The first form of a kind that went to a unit for a period: to a certifier, or a lead."""
        query, values = _where((kind,), period=period, unit=unit)
        return self._first(kind, f"{query} order by seq", values)

    def issued_bytes(self, sha256: str) -> bool:
        """Whether a workbook of these bytes was ever issued."""
        return self.issue_of(sha256) is not None

    def _first(self, kind: type[OneKind], where: str, values: tuple[object, ...]) -> OneKind | None:
        return next(self._select(kind, where=f"{where} limit 1", values=values), None)

    def _select(self, *kinds: type[OneKind], where: str, values: tuple[object, ...]) -> Iterator[OneKind]:
        return (entry for _, entry in self._numbered(*kinds, where=where, values=values))

    def _numbered(
        self, *kinds: type[OneKind], where: str, values: tuple[object, ...]
    ) -> Iterator[tuple[int, OneKind]]:
        found = self._connection.execute(f"select seq from entries where {where}", values).fetchall()
        if any(seq not in self._known for (seq,) in found):
            self._read(where, values)
        for (seq,) in found:
            entry = self._known[seq]
            assert isinstance(entry, kinds)
            yield seq, entry

    def _read(self, where: str, values: tuple[object, ...]) -> None:
        """Know some entries, all by one question."""
        for seq, body in self._connection.execute(f"select seq, body from entries where {where}", values):
            if seq not in self._known:
                self._known[seq] = read_line(body, self._journal.path.name).entry


def _where(
    kinds: Iterable[type], *, period: Period | None = None, unit: str | None = None, after: int = 0,
    upto: int | None = None,
) -> tuple[str, tuple[object, ...]]:
    """The condition that an entry is of some kinds, and of a period and a unit, behind and up to a seq where they are
    given; and its values."""
    values: tuple[object, ...] = tuple(map(word_of, kinds))
    query = f"kind in ({', '.join('?' * len(values))})"
    asked = {
        "period =": None if period is None else str(period), "unit =": unit, "seq >": after or None, "seq <=": upto,
    }
    for condition, value in asked.items():
        if value is not None:
            query, values = f"{query} and {condition} ?", (*values, value)
    return query, values


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The same database in memory; its file is let go of."""
    copy = sqlite3.connect(_IN_MEMORY)
    try:
        connection.backup(copy)
    finally:
        connection.close()
    return copy


def _refuse_damage(connection: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError where a page of a database is damaged, whoever may ask for it later."""
    (found,) = connection.execute("pragma quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def _is_of_earlier(connection: sqlite3.Connection) -> bool:
    """Whether an earlier program made the index: that knew the end of the last line, not its digest."""
    return any(column[1] == "offset" for column in connection.execute("pragma table_info(progress)"))


def _with_schema(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The database with all that is asked of it, made at once: whoever opens it meanwhile waits, and sees no half."""
    (there,) = connection.execute("select count(*) from sqlite_master where sql is not null").fetchone()
    if there < _SCHEMA.count("if not exists") or connection.execute("select seq from progress").fetchone() is None:
        connection.execute("begin immediate")
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(
            "insert into progress select ?, ?, ?, ?, ? where not exists (select 1 from progress)", START
        )
        connection.commit()
    return connection
