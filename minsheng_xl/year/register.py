"""The register: an index (SQLite) over the journal, derived from it and rebuilt at any time."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from minsheng_xl.accounts.questions import Decision, Pending
from minsheng_xl.accounts.values import Content, Doubt, Figure, Taken, Typed
from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import plain
from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError, Problem, Severity
from minsheng_xl.year.journal import Entry, Journal

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


class Register:
    """What is known of a year. Reading methods are up to date after `catch_up`.

    With `writable` false the database is only read, as it stands.
    """

    def __init__(self, path: Path, journal: Journal, *, writable: bool = True) -> None:
        self._path, self._journal, self._writable = path, journal, writable
        if not writable:
            self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._prepare()
        except sqlite3.DatabaseError as error:  # damaged: it is only an index
            if "readonly" in str(error):
                raise
            self._path.unlink(missing_ok=True)
            return self._prepare()

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

    def dump(self) -> list[str]:
        """All that it holds, as text."""
        return list(self._connection.iterdump())

    def close(self) -> None:
        self._connection.close()

    def catch_up(self) -> None:
        """Index what the journal has gained. Raises MinshengError if the index cannot be written."""
        if not self._writable:
            return
        offset, seq = self._connection.execute("select offset, seq from progress").fetchone()
        try:
            with self._connection:
                for behind, entry in self._journal.read(offset):
                    self._index(entry)
                    offset, seq = behind, entry["seq"]
                self._connection.execute("update progress set offset = ?, seq = ?", (offset, seq))
        except sqlite3.OperationalError as error:  # what was journalled is indexed the next time
            if "readonly" in str(error):
                raise
            reason = "磁盘已满" if "full" in str(error) else str(error)
            raise MinshengError(f"{self._path.name} 写不进去：{reason}。这次的内容已经记在日志里，没有丢；请处理后再运行一次。") from error

    def _index(self, entry: Entry) -> None:
        self._connection.execute(
            "insert or replace into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry["seq"], entry["kind"], entry.get("run"), entry.get("period"), entry.get("unit"),
                entry.get("file"), entry.get("sha256"), entry.get("outcome"),
                json.dumps(entry, ensure_ascii=False),
            ),
        )

    def record(self, entries: Iterable[Entry]) -> None:
        """Append entries to the journal, then index them."""
        found = list(entries)
        if found:
            self._journal.append(found, self.last_seq() + 1)
            self.catch_up()

    def last_seq(self) -> int:
        self.catch_up()
        return int(self._connection.execute("select seq from progress").fetchone()[0])

    def next_run(self) -> int:
        """The number of the next consolidation."""
        return int(self._connection.execute("select coalesce(max(run), 0) from entries").fetchone()[0]) + 1

    def knows(self, file: str, sha256: str) -> bool:
        """Whether these bytes were judged under this name, and nothing else came under it since."""
        query = "select sha256 from entries where kind = 'judged' and file = ? order by seq desc limit 1"
        return bool(self._connection.execute(query, (file,)).fetchone() == (sha256,))

    def judged_as(self, sha256: str) -> Entry | None:
        """The first judgement of these bytes under any name, duplicates left out."""
        query = (
            "select body from entries where kind = 'judged' and sha256 = ? and outcome != 'duplicate' order by seq"
        )
        found = self._connection.execute(query, (sha256,)).fetchone()
        return json.loads(found[0]) if found else None

    def entries(self, kind: str, period: "Period | None" = None, *, upto: "int | None" = None) -> list[Entry]:
        """The entries of a kind, of one period if given, in order, up to a seq if given."""
        query, values = "select body from entries where kind = ?", [kind]
        if period is not None:
            query, values = query + " and period = ?", [*values, str(period)]
        if upto is not None:
            query, values = query + " and seq <= ?", [*values, str(upto)]
        return [json.loads(body) for (body,) in self._connection.execute(query + " order by seq", values)]

    def closed(self, period: Period, *, upto: int | None = None) -> Entry | None:
        """How a period was closed, if it was, up to a seq if given."""
        found = self.entries("closed", period, upto=upto)
        return found[-1] if found else None

    def last_change(self) -> int:
        """The seq of the last entry that can change an account."""
        query = "select coalesce(max(seq), 0) from entries where kind in ('run', 'judged', 'typed', 'decided', 'received', 'closed', 'reminded', 'certifying')"
        return int(self._connection.execute(query).fetchone()[0])

    def wrote_master(self, file: str, sha256: str) -> Entry | None:
        """The entry of a master written with these bytes under that name."""
        query = (
            "select body from entries where kind = 'master' and file = ? and sha256 = ? order by seq desc limit 1"
        )
        found = self._connection.execute(query, (file, sha256)).fetchone()
        return json.loads(found[0]) if found else None

    def latest(self, kind: str) -> Entry | None:
        """The last entry of a kind."""
        query = "select body from entries where kind = ? order by seq desc limit 1"
        found = self._connection.execute(query, (kind,)).fetchone()
        return json.loads(found[0]) if found else None

    def knows_issue(self, period: Period, unit: str, sha256: str) -> bool:
        query = "select 1 from entries where kind in ('issued', 'certifying') and period = ? and unit = ? and sha256 = ?"
        return self._connection.execute(query, (str(period), unit, sha256)).fetchone() is not None

    def issued(self, period: Period, unit: str) -> list[Entry]:
        """The forms of a period that went to a unit, in order."""
        query = "select body from entries where kind = 'issued' and period = ? and unit = ? order by seq"
        return [json.loads(body) for (body,) in self._connection.execute(query, (str(period), unit))]

    def issued_bytes(self, sha256: str) -> bool:
        """Whether a workbook of these bytes was ever issued."""
        query = "select 1 from entries where kind in ('issued', 'certifying') and sha256 = ?"
        return self._connection.execute(query, (sha256,)).fetchone() is not None

    def taken(self, period: Period, *, upto: int | None = None) -> dict[str, list[Taken]]:
        """The judged returns of a period by unit, in order."""
        found: dict[str, list[Taken]] = {}
        corrected = self.receipts(upto=upto)
        for entry in self.entries("judged", period, upto=upto):
            if entry["unit"] and not entry.get("certifies") and entry["outcome"] in ("accepted", "held", "refused"):
                one = taken_of(entry)
                found.setdefault(entry["unit"], []).append(one._replace(received=corrected.get(one.sha256, one.received)))
        return found

    def certifications(self, period: Period, *, upto: int | None = None) -> Iterator[tuple[str, Taken]]:
        """The certifiers' forms of a period that say something, with the certifier, in order."""
        corrected = self.receipts(upto=upto)
        for entry in self.entries("judged", period, upto=upto):
            if entry.get("certifies") and entry["outcome"] in ("accepted", "held"):
                one = taken_of(entry)
                yield entry["unit"], one._replace(received=corrected.get(one.sha256, one.received))

    def receipts(self, *, upto: int | None = None) -> dict[str, datetime]:
        """The times of receipt that the office corrected, by sha256."""
        return {entry["sha256"]: datetime.fromisoformat(entry["received"]) for entry in self.entries("received", upto=upto)}

    def decided(self, period: Period, *, upto: int | None = None) -> list[Pending]:
        """The items of a period that the office settled, in order."""
        found = []
        for entry in self.entries("decided", period, upto=upto):
            decision = Decision(entry["word"], entry["who"], datetime.fromisoformat(entry["at"]), entry["why"])
            found.append(Pending(**{**entry["item"], "key": Key(*entry["item"]["key"]) if entry["item"]["key"] else None, "decision": decision}))
        return found

    def typed(self, period: Period, *, upto: int | None = None) -> dict[str, list[Typed]]:
        """What the office typed for a period, by unit, in order."""
        found: dict[str, list[Typed]] = {}
        entries = [entry for kind in ("typed", "decided") for entry in self.entries(kind, period, upto=upto) if entry["cells"]]
        for entry in sorted(entries, key=lambda entry: entry["seq"]):
            when = datetime.fromisoformat(entry["at"])
            found.setdefault(entry["unit"], []).extend(
                Typed(Key(*key), unpack(kind, text), when, entry["run"], entry["kind"] == "decided", entry.get("measures", {}).get(key[1], ""))
                for *key, kind, text in entry["cells"]
            )
        return found


def taken_of(entry: Entry) -> Taken:
    """The judged return of a journal entry."""
    content = None
    if entry["outcome"] != "refused" and not entry.get("whole"):
        content = content_of(entry)
    return Taken(
        entry["file"], entry["sha256"], datetime.fromisoformat(entry["received"]), entry["run"], content,
        tuple(problem_of(p) for p in entry["problems"]), content is None and entry["outcome"] == "held",
        entry.get("measures", {}),
    )


def content_of(entry: Entry) -> Content:
    """The figures and words of a judged return."""
    figures: dict[Key, Figure] = {}
    for *key, kind, text in entry["figures"]:
        value = unpack(kind, text)
        assert value is not None
        figures[Key(*key)] = value
    halves, explained = (frozenset(Key(*key) for key in entry.get(name, ())) for name in ("halves", "explained"))
    return Content(figures, {Key(*key): text for *key, text in entry["words"]}, halves, explained)


def pack(figure: "Figure | None") -> tuple[str, str]:
    """A figure as (kind, text): n a number, t 是 or 否, d a doubt, "" nothing."""
    if figure is None:
        return "", ""
    if isinstance(figure, Doubt):
        return "d", figure.seen
    return ("n", plain(figure)) if isinstance(figure, Fraction) else ("t", figure)


def unpack(kind: str, text: str) -> "Figure | None":
    """The figure of a packed pair."""
    if kind == "n":
        return Fraction(text)
    return Doubt(text) if kind == "d" else text if kind == "t" else None


def packed_problem(problem: Problem) -> dict[str, str]:
    """A problem as the journal and the JSON interface write it."""
    return {
        "code": problem.code, "severity": problem.severity.value, "sheet": problem.sheet,
        "cell": problem.cell, "seen": problem.seen, "expected": problem.expected,
        "message": problem.message, "action": problem.action,
    }


def problem_of(packed: dict[str, Any]) -> Problem:
    return Problem(
        packed["code"], Severity(packed["severity"]), packed["sheet"], packed["cell"], packed["seen"],
        packed["expected"], packed["message"], packed["action"], key=Key(*packed["key"]) if packed.get("key") else None,
    )
