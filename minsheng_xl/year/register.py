"""The register: an index (SQLite) over the journal, derived from it and rebuilt at any time."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import (
    CertifyingIssued,
    Closed,
    Decided,
    Issued,
    JournalEntry,
    Judged,
    MasterWritten,
    ReceiptCorrected,
    Reminded,
    RunBegun,
    TypedIn,
    is_known,
    newer,
    read_line,
    word_of,
)
from minsheng_xl.year.journal import Journal, Written

_SCHEMA = """
create table if not exists progress (offset integer not null, seq integer not null);
create table if not exists entries (
    seq integer primary key, kind text not null, run integer, period text, unit text,
    file text, sha256 text, outcome text, body text not null
);
create index if not exists by_kind on entries (kind, period, unit);
create index if not exists by_file on entries (sha256, file);
create index if not exists by_name on entries (file);
"""
_CHANGING = (RunBegun, Judged, TypedIn, Decided, ReceiptCorrected, Closed, Reminded, CertifyingIssued)
"""The entries that can change an account."""
_FORMS = (Issued, CertifyingIssued)
OneKind = TypeVar("OneKind", bound=JournalEntry)


class Register:
    """What is known of a year. Reading methods are up to date after `catch_up`, and give the journal's entries.

    With `writable` false the database is only read, as it stands. Raises MinshengError if a later program
    wrote into it.
    """

    def __init__(self, path: Path, journal: Journal, *, writable: bool = True) -> None:
        self._path, self._journal, self._writable = path, journal, writable
        self._known: dict[int, JournalEntry] = {}
        """The entries that were written or asked for here, by seq: an entry never changes."""
        if not writable:
            self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._open()
        try:
            self._refuse_unknown_kinds()
        except sqlite3.DatabaseError as error:
            self._make_anew(error)

    def _open(self) -> sqlite3.Connection:
        try:
            return self._prepare()
        except sqlite3.DatabaseError as error:  # damaged: it is only an index
            if "readonly" in str(error):
                raise
            self._path.unlink(missing_ok=True)
            return self._prepare()

    def _make_anew(self, error: sqlite3.DatabaseError) -> None:
        """Begin an empty index in place of a damaged one. Raises the error where it means anything else."""
        if isinstance(error, sqlite3.OperationalError) or not self._writable:
            raise error
        self._connection.close()
        self._path.unlink(missing_ok=True)
        self._connection = self._prepare()

    def _prepare(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        connection.executescript(_SCHEMA)
        found = connection.execute("select offset from progress").fetchone()
        if found is None:
            connection.execute("insert into progress values (0, 0)")
        elif found[0] > self._journal.size():  # the journal is not the one it was made from
            connection.executescript("delete from entries; update progress set offset = 0, seq = 0")
        connection.commit()
        return connection

    def _refuse_unknown_kinds(self) -> None:
        """What nobody asks for would be passed over in silence."""
        for kind, seq in self._connection.execute("select kind, min(seq) from entries group by kind"):
            if not is_known(kind):
                self.close()
                raise MinshengError(f"{self._journal.path.name} 第 {seq} 条的种类“{kind}”本程序不认识。{newer()}")

    def dump(self) -> list[str]:
        """All that it holds, as text."""
        return list(self._connection.iterdump())

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
            self._make_anew(error)
            self._index_behind()

    def _index_behind(self) -> None:
        """Index what stands in the journal behind what is indexed."""
        offset, seq = self._connection.execute("select offset, seq from progress").fetchone()
        with self._connection:
            for written in self._journal.read(offset):
                self._index(written)
                offset, seq = written.behind, written.line.seq
            self._connection.execute("update progress set offset = ?, seq = ?", (offset, seq))

    def _index(self, written: Written) -> None:
        entry = written.line.entry
        found = entry.returned if isinstance(entry, Judged) else entry
        period, outcome = getattr(found, "period", None), getattr(found, "outcome", None)
        self._connection.execute(
            "insert or replace into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                written.line.seq, word_of(type(entry)), getattr(entry, "run", None), str(period) if period else None,
                getattr(found, "unit", None), getattr(found, "file", None), getattr(found, "sha256", None),
                outcome.value if outcome else None, written.text,
            ),
        )
        self._known[written.line.seq] = entry

    def record(self, entries: Iterable[JournalEntry]) -> None:
        """Append entries to the journal, then index them."""
        found = list(entries)
        if found:
            self._journal.append(found, self.last_seq() + 1)
            self.catch_up()

    def last_seq(self) -> int:
        self.catch_up()
        return int(self._connection.execute("select seq from progress").fetchone()[0])

    def last_change(self, upto: int | None = None) -> int:
        """The seq of the last entry that can change an account, up to a seq if given."""
        return self.last_of(*_CHANGING, upto=upto)

    def last_of(self, *kinds: type, period: Period | None = None, upto: int | None = None) -> int:
        """The seq of the last entry of some kinds, 0 if there is none: of one period, or of none, if one is given,
        up to a seq if given."""
        query, values = _in(kinds)
        if period is not None:
            query, values = f"{query} and (period = ? or period is null)", (*values, str(period))
        if upto is not None:
            query, values = f"{query} and seq <= ?", (*values, upto)
        found = self._connection.execute(f"select coalesce(max(seq), 0) from entries where {query}", values)
        return int(found.fetchone()[0])

    def next_run(self) -> int:
        """The number of the next consolidation."""
        return int(self._connection.execute("select coalesce(max(run), 0) from entries").fetchone()[0]) + 1

    def entries(
        self, *kinds: type[OneKind], period: Period | None = None, after: int = 0, upto: int | None = None
    ) -> list[OneKind]:
        """The entries of one or several kinds, in order: of one period if given, behind and up to a seq if given."""
        query, values = _in(kinds)
        if period is not None:
            query, values = f"{query} and period = ?", (*values, str(period))
        if after:
            query, values = f"{query} and seq > ?", (*values, after)
        if upto is not None:
            query, values = f"{query} and seq <= ?", (*values, upto)
        return list(self._select(*kinds, where=f"{query} order by seq", values=values))

    def latest(self, kind: type[OneKind], *, period: Period | None = None, upto: int | None = None) -> OneKind | None:
        """The last entry of a kind, of one period if given, up to a seq if given."""
        query, values = _in((kind,))
        if period is not None:
            query, values = f"{query} and period = ?", (*values, str(period))
        if upto is not None:
            query, values = f"{query} and seq <= ?", (*values, upto)
        return self._first(kind, f"{query} order by seq desc", values)

    def closed(self, period: Period, *, upto: int | None = None) -> Closed | None:
        """How a period was closed, if it was, up to a seq if given."""
        return self.latest(Closed, period=period, upto=upto)

    def knows(self, file: str, sha256: str) -> bool:
        """Whether these bytes were judged under this name, and nothing else came under it since."""
        query = "select sha256 from entries where kind = 'judged' and file = ? order by seq desc limit 1"
        return bool(self._connection.execute(query, (file,)).fetchone() == (sha256,))

    def knows_below(self, file: str) -> bool:
        """Whether files were judged under names below this one, as those in a parcel are."""
        query = "select 1 from entries where kind = 'judged' and file > ? and file < ? limit 1"
        return self._connection.execute(query, (f"{file}/", f"{file}0")).fetchone() is not None

    def judged_as(self, sha256: str) -> Judged | None:
        """The first judgement of these bytes under any name, duplicates left out."""
        where = "kind = 'judged' and sha256 = ? and outcome != 'duplicate' order by seq"
        return self._first(Judged, where, (sha256,))

    def wrote_master(self, file: str, sha256: str) -> MasterWritten | None:
        """The entry of a master written with these bytes under that name."""
        where = "kind = 'master' and file = ? and sha256 = ? order by seq desc"
        return self._first(MasterWritten, where, (file, sha256))

    def issued(self, period: Period, unit: str) -> list[Issued]:
        """The forms of a period that went to a unit, in order."""
        where = "kind = 'issued' and period = ? and unit = ? order by seq"
        return list(self._select(Issued, where=where, values=(str(period), unit)))

    def knows_issue(self, period: Period, unit: str, sha256: str) -> bool:
        """Whether a workbook of these bytes went to a unit for a period."""
        kinds, values = _in(_FORMS)
        query = f"select 1 from entries where {kinds} and period = ? and unit = ? and sha256 = ?"
        return self._connection.execute(query, (*values, str(period), unit, sha256)).fetchone() is not None

    def issued_bytes(self, sha256: str) -> bool:
        """Whether a workbook of these bytes was ever issued."""
        kinds, values = _in(_FORMS)
        query = f"select 1 from entries where {kinds} and sha256 = ?"
        return self._connection.execute(query, (*values, sha256)).fetchone() is not None

    def _first(self, kind: type[OneKind], where: str, values: tuple[object, ...]) -> OneKind | None:
        return next(self._select(kind, where=f"{where} limit 1", values=values), None)

    def _select(self, *kinds: type[OneKind], where: str, values: tuple[object, ...]) -> Iterator[OneKind]:
        for (seq,) in self._connection.execute(f"select seq from entries where {where}", values).fetchall():
            entry = self._entry(seq)
            assert isinstance(entry, kinds)
            yield entry

    def _entry(self, seq: int) -> JournalEntry:
        if seq not in self._known:
            (body,) = self._connection.execute("select body from entries where seq = ?", (seq,)).fetchone()
            self._known[seq] = read_line(body, self._journal.path.name).entry
        return self._known[seq]


def _in(kinds: Iterable[type]) -> tuple[str, tuple[object, ...]]:
    """The condition that an entry is of some kinds, and its values."""
    words = tuple(map(word_of, kinds))
    return f"kind in ({', '.join('?' * len(words))})", words
