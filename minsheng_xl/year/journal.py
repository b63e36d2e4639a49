"""The journal: append-only text, one JSON object a line, of all that happened in a year.

What stands on a line is said in `entries`. What the register knows, it knows from here.

Lines are chained: each says in `prev` the digest of the line before, so that none can be changed, taken out, put in
or moved without the next one giving it away. Torn lines, and batches without their end, were never acknowledged and
stand outside. The first line of the chain says in `begins` how many bytes stand before it (lines of an earlier
program, which did not chain them), and `prev` is then the digest of all those. The head of the chain, what the next
line will say, is written down outside: on the forms that go out, in a closing, on 首页.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias

from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import JournalEntry, Line, line_text, read_line, register_text
from minsheng_xl.year.program import program
from minsheng_xl.year.storage import cannot_write

DIGITS = 16
"""Signs of a digest in the chain."""
_RESTORE = "没有做任何改动。请从备份恢复它后再打开这个文件夹。"
_TORN = b"~\n"
"""What ends a line whose writer died: nothing that was torn becomes an entry by its end."""


class Mark(NamedTuple):
    """A place in a journal, behind a line that counts: where the line begins and ends, its number, its digest, and
    whether it stands in the chain."""

    began: int = 0
    behind: int = 0
    seq: int = 0
    digest: str = ""
    chained: bool = False


START = Mark()


class Written(NamedTuple):
    """A line that stands in the journal: its place, its text as the register keeps it, its content, and, if it does not
    follow on what stands before it, that in words."""

    mark: Mark
    text: str
    line: Line
    fault: str = ""


class Torn(NamedTuple):
    """A line that does not count: the offset at which it begins, and in words what is wrong if it was not torn."""

    began: int
    fault: str = ""


Walked: TypeAlias = Written | Torn


class Journal:
    """A journal file. Entries are numbered by `seq`, from 1, as they are appended."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def size(self) -> int:
        """Bytes written so far."""
        return self.path.stat().st_size if self.path.exists() else 0

    def append(self, entries: Sequence[JournalEntry], known: Mark = START) -> None:
        """Append entries behind the last that count, and wait until they are on the disk: all of them or none.

        Each but the last says in `more` how many follow. Raises MinshengError if they cannot be written.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            prev, begins = self._link(known)
            content = self._closing() + b"".join(_lines(entries, known.seq, prev, begins))
            _write(self.path, content)
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def head(self, known: Mark) -> str:
        """The head of the chain behind the last line that counts: what the next line will say in `prev`."""
        return self._link(known)[0]

    def _link(self, known: Mark) -> tuple[str, int | None]:
        """What the next line says of what stands before it: `prev`, and `begins` if the chain begins with it."""
        if known.chained:
            return known.digest, None
        before = self._bytes(0, self.size()) + self._closing()
        return digest_of(before), len(before)

    def _closing(self) -> bytes:
        """What must be written behind what is there before a line can begin."""
        end = self.size()
        return _TORN if end and self._bytes(end - 1, end) != b"\n" else b""

    def _bytes(self, begin: int, end: int) -> bytes:
        if begin >= end:
            return b""
        with self.path.open("rb") as stream:
            stream.seek(begin)
            return stream.read(end - begin)

    def holds(self, mark: Mark) -> bool:
        """Whether the line of a mark stands where it stood."""
        return mark == START or digest_of(self._bytes(mark.began, min(mark.behind, self.size()))) == mark.digest

    def read(self, known: Mark = START) -> Iterator[Written]:
        """The lines behind a mark; a torn line, and a batch that lacks its end, were never acknowledged.

        Raises MinshengError for a line that a later program wrote, or that does not follow on the one before.
        """
        for found in self.walk(known):
            if found.fault:
                raise MinshengError(found.fault)
            if isinstance(found, Written):
                yield found

    def walk(self, known: Mark = START) -> Iterator[Walked]:
        """Every line behind a mark, whatever is wrong with it."""
        if not self.path.exists():
            return
        walk = _Walk(self, known)
        with self.path.open("rb") as stream:
            stream.seek(known.behind)
            for text in stream:
                yield from walk.take(text)
        yield from walk.dropped()

    def number(self, began: int) -> int:
        """The number of the line that begins at an offset, as an editor counts."""
        return self._bytes(0, began).count(b"\n") + 1

    def is_begun(self, line: Line, began: int) -> bool:
        """Whether a line that begins the chain at an offset says what stands before it."""
        return line.begins == began and line.prev == digest_of(self._bytes(0, began))


class _Walk:
    """Lines as they come, put into their batches and held to the chain."""

    def __init__(self, journal: Journal, known: Mark) -> None:
        self._journal, self._known, self._at = journal, known, known.behind
        self._batch: list[Written] = []

    def take(self, text: bytes) -> Iterator[Walked]:
        began, self._at = self._at, self._at + len(text)
        if not text.endswith(b"\n"):
            yield Torn(began)
            return
        try:
            line = read_line(text, self._journal.path.name)
        except ValueError:
            yield Torn(began)
            return
        except MinshengError as error:
            yield Torn(began, str(error))
            return
        if self._batch and self._begins_another(line):  # the one before was torn
            yield from self.dropped()
        before = self._batch[-1].mark if self._batch else self._known
        mark = Mark(began, self._at, line.seq, digest_of(text), bool(line.prev))
        self._batch.append(Written(mark, register_text(text), line, self._fault(before, mark, line)))
        if not line.more:
            self._known = mark
            yield from self._batch
            self._batch = []

    def _begins_another(self, line: Line) -> bool:
        """Whether a line that does not follow in the batch follows on what was acknowledged before it."""
        is_next = line.seq == self._batch[-1].line.seq + 1
        return not is_next and (not line.prev or line.begins is not None or line.prev == self._known.digest)

    def dropped(self) -> Iterator[Torn]:
        """The lines of a batch that lacks its end."""
        yield from (Torn(written.mark.began, written.fault) for written in self._batch)
        self._batch = []

    def _fault(self, before: Mark, mark: Mark, line: Line) -> str:
        """That a line does not follow on the one before, in words."""
        if line.begins is not None:
            follows = not before.chained and self._journal.is_begun(line, mark.began)
        elif before.chained:
            follows = line.prev == before.digest and line.seq == before.seq + 1
        else:
            follows = not line.prev
        if follows:
            return ""
        number = self._journal.number(mark.began)
        behind = f"第 {before.seq} 条" if before.seq else "文件的开头"
        return (
            f"{self._journal.path.name} 第 {number} 行（第 {line.seq} 条）接不上它前面的{behind}："
            f"这两行之间有行被改过、删去、插入或换了位置。{_RESTORE}"
        )


def digest_of(content: bytes) -> str:
    """The digest of a line, its end included, as the next one says it."""
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def _lines(entries: Sequence[JournalEntry], last: int, prev: str, begins: int | None) -> Iterator[bytes]:
    """The lines of a batch behind the line numbered `last`, each chained to the one before."""
    end = last + len(entries)
    for seq, entry in enumerate(entries, last + 1):
        line = Line(seq, entry, more=end - seq, prev=prev, program=program(), begins=begins)
        text = f"{line_text(line)}\n".encode()
        yield text
        prev, begins = digest_of(text), None


def _write(path: Path, content: bytes) -> None:
    """Write behind what is there. Raises OSError, and then nothing was written."""
    with path.open("ab", buffering=0) as stream:  # what was not written must not be tried again on closing
        end = stream.seek(0, os.SEEK_END)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[stream.write(rest) :]
            os.fsync(stream.fileno())
        except OSError:
            with suppress(OSError):
                os.ftruncate(stream.fileno(), end)
            raise
