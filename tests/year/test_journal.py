"""Entries that belong together are there together, or not at all."""

import os
from pathlib import Path

import pytest

from minsheng_xl import MinshengError
from minsheng_xl.year.journal import Journal


def kinds(journal: Journal) -> list[str]:
    return [entry["kind"] for _, entry in journal.read()]


def test_a_batch_without_its_end_was_never_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "日志.jsonl")
    journal.append([{"kind": "a"}], 1)
    journal.append([{"kind": "b"}, {"kind": "c"}, {"kind": "d"}], 2)
    assert kinds(journal) == ["a", "b", "c", "d"]
    lines = journal.path.read_bytes().splitlines(keepends=True)
    for kept in (1, 2, 3):
        journal.path.write_bytes(b"".join(lines[:kept]))
        assert kinds(journal) == ["a"]
        journal.append([{"kind": "e"}, {"kind": "f"}], 2)
        assert kinds(journal) == ["a", "e", "f"]
        assert [entry for _, entry in journal.read()][1:] == [{"seq": 2, "kind": "e"}, {"seq": 3, "kind": "f"}]
    journal.path.write_bytes(b"".join(lines[:2]) + lines[2][:7])
    journal.append([{"kind": "g"}], 2)
    assert kinds(journal) == ["a", "g"]


def test_what_could_not_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "日志.jsonl")
    journal.append([{"kind": "a"}], 1)
    before = journal.path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MinshengError, match="磁盘已满"):
        journal.append([{"kind": "b"}, {"kind": "c"}], 2)
    assert journal.path.read_bytes() == before
