"""The journal: append-only text, one JSON object a line, of all that happened in a year.

Entries by `kind`: plan (a version was used), issued (a workbook went out), run (a consolidation
began), judged (a received file was judged), typed (the office changed input cells of the master),
master (the master was written). What the register knows, it knows from here.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from minsheng_xl.year.storage import cannot_write

Entry: TypeAlias = dict[str, Any]


class Journal:
    """A journal file. Entries are numbered by `seq`, from 1, as they are appended."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def size(self) -> int:
        """Bytes written so far."""
        return self.path.stat().st_size if self.path.exists() else 0

    def append(self, entries: Sequence[Entry], next_seq: int) -> None:
        """Append entries, numbered from `next_seq`, and wait until they are on the disk: all of them or none.

        Each but the last says in `more` how many follow. Raises MinshengError if they cannot be written.
        """
        last = next_seq + len(entries) - 1
        lines = b"".join(
            json.dumps({"seq": seq, **({"more": last - seq} if seq < last else {}), **entry}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            for seq, entry in enumerate(entries, next_seq)
        )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+", buffering=0) as stream:  # what was not written must not be tried again on closing
                end = stream.seek(0, os.SEEK_END)
                if end:
                    stream.seek(end - 1)
                    if stream.read(1) != b"\n":  # the last writer died in the middle of a line
                        lines = b"\n" + lines
                try:
                    rest = memoryview(lines)
                    while rest:
                        rest = rest[stream.write(rest) :]
                    os.fsync(stream.fileno())
                except OSError:
                    with suppress(OSError):
                        os.ftruncate(stream.fileno(), end)
                    raise
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def read(self, offset: int = 0) -> Iterator[tuple[int, Entry]]:
        """(offset behind the entry, entry) from an offset on; a torn line, and a batch that lacks its end,
        were never acknowledged."""
        if not self.path.exists():
            return
        with self.path.open("rb") as stream:
            stream.seek(offset)
            batch: list[tuple[int, Entry]] = []
            for line in stream:
                if not line.endswith(b"\n"):
                    return
                offset += len(line)
                try:
                    entry = json.loads(line)
                except ValueError:
                    continue
                more = entry.pop("more", 0)
                if batch and entry["seq"] != batch[-1][1]["seq"] + 1:  # another batch begins: that one was torn
                    batch = []
                batch.append((offset, entry))
                if not more:
                    yield from batch
                    batch = []
