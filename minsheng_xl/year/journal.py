"""The journal: append-only text, one JSON object a line, of all that happened in a year.

What stands on a line is said in `entries`. What the register knows, it knows from here.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.year.entries import JournalEntry, Line, line_text, read_line, register_text
from minsheng_xl.year.program import program
from minsheng_xl.year.storage import cannot_write


class Written(NamedTuple):
    """A line that stands in the journal: where the next begins, its text as the register keeps it, and its content."""

    behind: int
    text: str
    line: Line


class Journal:
    """A journal file. Entries are numbered by `seq`, from 1, as they are appended."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def size(self) -> int:
        """Bytes written so far."""
        return self.path.stat().st_size if self.path.exists() else 0

    def append(self, entries: Sequence[JournalEntry], next_seq: int) -> None:
        """Append entries, numbered from `next_seq`, and wait until they are on the disk: all of them or none.

        Each but the last says in `more` how many follow. Raises MinshengError if they cannot be written.
        """
        last = next_seq + len(entries) - 1
        lines = [Line(seq, entry, last - seq, program=program()) for seq, entry in enumerate(entries, next_seq)]
        content = "".join(f"{line_text(line)}\n" for line in lines).encode()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._append(content)
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def _append(self, content: bytes) -> None:
        """Write behind what is there. Raises OSError, and then nothing was written."""
        with self.path.open("ab+", buffering=0) as stream:  # what was not written must not be tried again on closing
            end = stream.seek(0, os.SEEK_END)
            if end:
                stream.seek(end - 1)
                if stream.read(1) != b"\n":  # the last writer died in the middle of a line
                    content = b"\n" + content
            try:
                rest = memoryview(content)
                while rest:
                    rest = rest[stream.write(rest) :]
                os.fsync(stream.fileno())
            except OSError:
                with suppress(OSError):
                    os.ftruncate(stream.fileno(), end)
                raise

    def read(self, offset: int = 0) -> Iterator[Written]:
        """The lines from an offset on; a torn line, and a batch that lacks its end, were never acknowledged.

        Raises MinshengError for a line that a later program wrote.
        """
        if not self.path.exists():
            return
        with self.path.open("rb") as stream:
            stream.seek(offset)
            batch: list[Written] = []
            for text in stream:
                if not text.endswith(b"\n"):
                    return
                offset += len(text)
                try:
                    line = read_line(text, self.path.name)
                except ValueError:
                    continue
                if batch and line.seq != batch[-1].line.seq + 1:  # another batch begins: that one was torn
                    batch = []
                batch.append(Written(offset, register_text(text), line))
                if not line.more:
                    yield from batch
                    batch = []
