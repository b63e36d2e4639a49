"""Entries that belong together are there together, or not at all."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import MinshengError, Period
from minsheng_xl.year.entries import Line, RunBegun
from minsheng_xl.year.journal import Journal
from minsheng_xl.year.program import program


def run(number: int) -> RunBegun:
    return RunBegun(datetime(2022, 10, 8, 10), number, Period(2022, 10))


def runs(journal: Journal) -> list[int]:
    return [written.line.entry.run for written in journal.read() if isinstance(written.line.entry, RunBegun)]


def test_a_batch_without_its_end_was_never_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "日志.jsonl")
    journal.append([run(1)], 1)
    journal.append([run(2), run(3), run(4)], 2)
    assert runs(journal) == [1, 2, 3, 4]
    lines = journal.path.read_bytes().splitlines(keepends=True)
    for kept in (1, 2, 3):
        journal.path.write_bytes(b"".join(lines[:kept]))
        assert runs(journal) == [1]
        journal.append([run(5), run(6)], 2)
        assert runs(journal) == [1, 5, 6]
        found = [written.line for written in journal.read()][1:]
        assert found == [Line(2, run(5), more=1, program=program()), Line(3, run(6), program=program())]
    journal.path.write_bytes(b"".join(lines[:2]) + lines[2][:7])
    journal.append([run(7)], 2)
    assert runs(journal) == [1, 7]


def test_each_line_of_a_batch_says_how_many_follow(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "日志.jsonl")
    journal.append([run(1), run(2), run(3)], 5)
    heads = [json.loads(line) for line in journal.path.read_text(encoding="utf-8").splitlines()]
    assert [(head["seq"], head.get("more")) for head in heads] == [(5, 2), (6, 1), (7, None)]


def test_what_is_read_from_behind_an_entry_begins_with_the_next(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "日志.jsonl")
    journal.append([run(1)], 1)
    behind = journal.size()
    journal.append([run(2)], 2)
    assert [written.behind for written in journal.read()] == [behind, journal.size()]
    assert [written.line.entry for written in journal.read(behind)] == [run(2)]


def test_what_could_not_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "日志.jsonl")
    journal.append([run(1)], 1)
    before = journal.path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MinshengError, match="磁盘已满"):
        journal.append([run(2), run(3)], 2)
    assert journal.path.read_bytes() == before
