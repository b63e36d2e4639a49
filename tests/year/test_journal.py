"""Entries that belong together are there together, or not at all; each line gives away what was done to the one before."""

import hashlib
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from minsheng_xl import MinshengError, Period
from minsheng_xl.year.entries import Line, RunBegun
from minsheng_xl.year.journal import START, Journal, Torn, Written
from minsheng_xl.year.program import program
from tests.makers import end_of


def run(number: int) -> RunBegun:
    return RunBegun(datetime(2022, 10, 8, 10), number, Period(2022, 10))


def runs(journal: Journal) -> list[int]:
    return [written.line.entry.run for written in journal.read() if isinstance(written.line.entry, RunBegun)]


def signs(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """One line, then three of a batch."""
    found = Journal(tmp_path / "日志.jsonl")
    found.append([run(1)])
    found.append([run(2), run(3), run(4)], end_of(found))
    return found


def test_a_batch_without_its_end_was_never_written(journal: Journal) -> None:
    assert runs(journal) == [1, 2, 3, 4]
    lines = journal.path.read_bytes().splitlines(keepends=True)
    for kept in (1, 2, 3):
        journal.path.write_bytes(b"".join(lines[:kept]))
        assert runs(journal) == [1]
        journal.append([run(5), run(6)], end_of(journal))
        assert runs(journal) == [1, 5, 6]
        first, second = [written.line for written in journal.read()][1:]
        assert first == Line(2, run(5), more=1, prev=signs(lines[0]), program=program())
        assert (second.seq, second.entry, second.more) == (3, run(6), 0)
    journal.path.write_bytes(b"".join(lines[:2]) + lines[2][:7])
    journal.append([run(7)], end_of(journal))
    assert runs(journal) == [1, 7]


def test_each_line_of_a_batch_says_how_many_follow(journal: Journal) -> None:
    heads = [json.loads(line) for line in journal.path.read_text(encoding="utf-8").splitlines()]
    assert [(head["seq"], head.get("more")) for head in heads] == [(1, None), (2, 2), (3, 1), (4, None)]


def test_what_is_read_from_behind_an_entry_begins_with_the_next(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "日志.jsonl")
    journal.append([run(1)])
    first = end_of(journal)
    journal.append([run(2)], first)
    assert [written.mark.behind for written in journal.read()] == [first.behind, journal.size()]
    assert [written.line.entry for written in journal.read(first)] == [run(2)]


def test_what_could_not_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "日志.jsonl")
    journal.append([run(1)])
    before = journal.path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MinshengError, match="磁盘已满"):
        journal.append([run(2), run(3)], end_of(journal))
    assert journal.path.read_bytes() == before


def test_each_line_says_the_digest_of_the_one_before_with_its_end(journal: Journal) -> None:
    lines = journal.path.read_bytes().splitlines(keepends=True)
    said = [json.loads(line) for line in lines]
    assert [one["prev"] for one in said] == [signs(b""), *map(signs, lines[:-1])]
    assert [one.get("begins") for one in said] == [0, None, None, None]
    assert journal.head(end_of(journal)) == signs(lines[-1])


OLD = '{"seq":%d,"kind":"run","at":"2022-10-08T10:00:00","run":%d,"period":"2022-10"}\n'


def old_lines(path: Path, count: int = 2) -> Journal:
    """A journal as an earlier program left it."""
    path.write_text("".join(OLD % (number, number) for number in range(1, count + 1)), encoding="utf-8")
    return Journal(path)


def test_a_journal_that_an_earlier_program_began_is_chained_from_the_next_line_on(tmp_path: Path) -> None:
    journal = old_lines(tmp_path / "日志.jsonl")
    before = journal.path.read_bytes()
    assert journal.head(end_of(journal)) == signs(before)
    journal.append([run(3)], end_of(journal))
    journal.append([run(4)], end_of(journal))
    third, fourth = journal.path.read_bytes().splitlines(keepends=True)[2:]
    assert (json.loads(third)["prev"], json.loads(third)["begins"]) == (signs(before), len(before))
    assert (json.loads(fourth)["prev"], "begins" in json.loads(fourth)) == (signs(third), False)
    assert runs(journal) == [1, 2, 3, 4]


def test_one_byte_of_what_an_earlier_program_wrote_breaks_the_chain(tmp_path: Path) -> None:
    journal = old_lines(tmp_path / "日志.jsonl")
    journal.append([run(3)], end_of(journal))
    journal.path.write_bytes(journal.path.read_bytes().replace(b'"run":2,', b'"run":5,'))
    with pytest.raises(MinshengError, match=r"日志.jsonl 第 3 行（第 3 条）接不上它前面的第 2 条"):
        runs(journal)


def test_torn_lines_stand_outside_of_the_chain_and_are_counted(journal: Journal) -> None:
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join(lines[:2]) + lines[2][:-1])  # torn between its last sign and its end
    journal.append([run(8)], end_of(journal))
    assert runs(journal) == [1, 8]
    found = list(journal.walk())
    assert [isinstance(one, Torn) for one in found] == [False, True, True, False]
    last = found[-1]
    assert isinstance(last, Written)
    assert (last.line.prev, last.line.seq, last.fault) == (signs(lines[0]), 2, "")


def test_the_chain_begins_behind_a_torn_line_of_an_earlier_program(tmp_path: Path) -> None:
    journal = old_lines(tmp_path / "日志.jsonl")
    with journal.path.open("a", encoding="utf-8") as stream:
        stream.write((OLD % (3, 3))[:30])
    head = journal.head(end_of(journal))
    journal.append([run(3)], end_of(journal))
    line = journal.path.read_bytes().splitlines(keepends=True)[-1]
    assert json.loads(line)["prev"] == head
    assert json.loads(line)["begins"] == journal.size() - len(line)
    assert runs(journal) == [1, 2, 3]


def _digit(lines: list[bytes]) -> None:
    lines[1] = lines[1].replace(b'"run":2,', b'"run":9,')


def _out(lines: list[bytes]) -> None:
    del lines[1]


def _in(lines: list[bytes]) -> None:
    lines.insert(1, lines[1].replace(b'"run":2,', b'"run":9,'))


def _swapped(lines: list[bytes]) -> None:
    lines[1], lines[2] = lines[2], lines[1]


def _unchained(lines: list[bytes]) -> None:
    lines.append((OLD % (5, 5)).encode())


@pytest.mark.parametrize(
    ("change", "number"), [(_digit, 3), (_out, 2), (_in, 3), (_swapped, 2), (_unchained, 5)], ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_is_done_to_lines_is_told_by_the_next(tmp_path: Path, change: Callable[[list[bytes]], None], number: int) -> None:
    journal = Journal(tmp_path / "日志.jsonl")
    for each in (1, 2, 3, 4):
        journal.append([run(each)], end_of(journal))
    lines = journal.path.read_bytes().splitlines(keepends=True)
    change(lines)
    journal.path.write_bytes(b"".join(lines))
    first = next(one for one in journal.walk() if isinstance(one, Written) and one.fault)
    assert first.fault.startswith(f"日志.jsonl 第 {number} 行（")
    with pytest.raises(MinshengError, match="没有做任何改动。请从备份恢复它"):
        runs(journal)


def test_a_mark_holds_as_long_as_its_line_stands(journal: Journal) -> None:
    mark = end_of(journal)
    assert journal.holds(mark)
    assert journal.holds(START)
    content = journal.path.read_bytes()
    journal.append([run(5)], mark)
    assert journal.holds(mark)
    for other in (content[:-1], content.replace(b'"run":4,', b'"run":9,'), b""):
        journal.path.write_bytes(other)
        assert not journal.holds(mark)
