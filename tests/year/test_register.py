"""The register: what is found of a year, by what, and that it is only an index over the journal."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from minsheng_xl import MinshengError, Period
from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Content, Outcome
from minsheng_xl.year.entries import (
    CertifyingIssued,
    Closed,
    Issued,
    JournalEntry,
    Judged,
    MasterWritten,
    PlanUsed,
    ReceiptCorrected,
    Reminded,
    RunBegun,
    TypedIn,
)
from minsheng_xl.year.journal import Journal
from minsheng_xl.year.register import ForeignRegister, Register
from tests.makers import figure

APRIL, MAY = Period(2023, 4), Period(2023, 5)
ROADS, SCHOOLS, STATISTICS = "县交通局", "县教育局", "县统计局"
AT = datetime(2023, 5, 6, 10)


def judged(file: str, sha256: str, run: int, period: Period | None = APRIL, outcome: Outcome = Outcome.ACCEPTED) -> Judged:
    content = Content({figure("1-1"): Fraction(37, 2)}, {}) if outcome is Outcome.ACCEPTED else None
    return Judged(AT, run, AT, Return(file=file, sha256=sha256, outcome=outcome, unit=ROADS if period else None, period=period, content=content))


def form(kind: type[Issued], unit: str, sha256: str, period: Period = APRIL) -> Issued:
    return kind(at=AT, period=period, unit=unit, sha256=sha256, file=f"{unit}.xlsx", form="f", plan="p")


CERTIFYING = CertifyingIssued(
    at=AT, period=APRIL, unit=STATISTICS, sha256="c1", file="认定.xlsx", form="f", plan="p", reported={},
)
CLOSED = Closed(
    at=AT, run=3, period=APRIL, plan="p", upto=9, who="赵军", last_wins=False, values={}, measures={}, past={}, print="d4",
)
TYPED = TypedIn(at=AT, run=3, file="总台账.xlsm", period=MAY, unit=SCHOOLS, cells={figure("3-1"): "否"})
ALL: tuple[JournalEntry, ...] = (
    PlanUsed(AT, "p", "2d"),  # 1
    form(Issued, ROADS, "f1"),  # 2
    form(Issued, SCHOOLS, "f2"),  # 3
    form(Issued, ROADS, "f3"),  # 4
    RunBegun(AT, 1, APRIL),  # 5
    judged("a.xlsx", "aa", 1),  # 6
    judged("b.xlsx", "aa", 1, outcome=Outcome.DUPLICATE),  # 7
    judged("c.xlsx", "cc", 1, None, Outcome.UNRECOGNISED),  # 8
    MasterWritten(at=AT, period=APRIL, plan="p", upto=8, sha256="m1", file="总台账.xlsm"),  # 9
    CLOSED,  # 10
    ReceiptCorrected(AT, "aa", "a.xlsx", AT - timedelta(days=2), "赵军", ""),  # 11
    CERTIFYING,  # 12
    RunBegun(AT, 2, MAY),  # 13
    judged("a.xlsx", "dd", 2, MAY),  # 14
    TYPED,  # 15
    MasterWritten(at=AT, period=MAY, plan="p", upto=15, sha256="m2", file="总台账.xlsm", edited=True),  # 16
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    found = opened(tmp_path)
    for entry in ALL:
        found.record([entry])
    yield found
    found.close()


def opened(folder: Path, *, writable: bool = True) -> Register:
    return Register(folder / "登记.sqlite", Journal(folder / "日志.jsonl"), writable=writable)


def seqs(register: Register, found: list[JournalEntry]) -> list[int]:
    return [ALL.index(entry) + 1 for entry in found]


def test_entries_are_found_by_kind_period_and_place(register: Register) -> None:
    def of(*kinds: type[JournalEntry], **where: object) -> list[int]:
        return seqs(register, register.entries(*kinds, **where))  # type: ignore[arg-type]

    assert of(Judged) == [6, 7, 8, 14]
    assert of(Judged, period=APRIL) == [6, 7]
    assert of(Judged, upto=7) == [6, 7]
    assert of(Judged, after=7) == [8, 14]
    assert of(Judged, after=6, upto=8) == [7, 8]
    assert of(TypedIn, RunBegun, Judged, period=MAY) == [13, 14, 15]
    assert of(Reminded) == []


def test_what_is_read_is_what_was_recorded(register: Register) -> None:
    kinds = (PlanUsed, Issued, RunBegun, Judged, MasterWritten, Closed, ReceiptCorrected, CertifyingIssued, TypedIn)
    assert tuple(register.entries(*kinds)) == ALL


def test_the_last_of_a_kind_is_found(register: Register) -> None:
    assert register.latest(MasterWritten) == ALL[15]
    assert register.latest(MasterWritten, period=APRIL) == ALL[8]
    assert register.latest(MasterWritten, upto=15) == ALL[8]
    assert register.latest(Reminded) is None
    assert register.closed(APRIL) == CLOSED
    assert register.closed(APRIL, upto=9) is None
    assert register.closed(MAY) is None


def test_an_account_rests_on_what_was_said_not_on_what_was_written(register: Register) -> None:
    assert register.last_change() == 15
    assert register.last_change(14) == 14
    assert [register.last_change(upto) for upto in (4, 9)] == [1, 8]
    assert register.last_seq() == 16


def test_the_last_that_concerns_a_period_may_name_none(register: Register) -> None:
    assert register.last_of(Judged, period=APRIL) == 8
    assert register.last_of(Judged, ReceiptCorrected, period=APRIL) == 11
    assert register.last_of(Judged, ReceiptCorrected, period=APRIL, upto=7) == 7
    assert register.last_of(TypedIn, period=APRIL) == 0


def test_runs_are_numbered(register: Register, tmp_path: Path) -> None:
    assert register.next_run() == 4  # the closing was the third
    (tmp_path / "b").mkdir()
    empty = opened(tmp_path / "b")
    assert (empty.next_run(), empty.last_seq(), empty.last_change()) == (1, 0, 0)
    empty.close()


def test_a_file_is_known_by_its_name_and_what_came_under_it_last(register: Register) -> None:
    assert register.knows("a.xlsx", "dd")
    assert not register.knows("a.xlsx", "aa")  # another came under the name since
    assert register.knows("b.xlsx", "aa")
    assert not register.knows("d.xlsx", "aa")


def test_bytes_were_judged_as_what_they_were_first(register: Register) -> None:
    assert register.judged_as("aa") == ALL[5]
    assert register.judged_as("ee") is None


def test_forms_that_went_out_are_found(register: Register) -> None:
    assert seqs(register, list(register.issued(APRIL, ROADS))) == [2, 4]
    assert register.issued(MAY, ROADS) == []
    assert register.knows_issue(APRIL, ROADS, "f3")
    assert not register.knows_issue(APRIL, SCHOOLS, "f3")
    assert not register.knows_issue(MAY, ROADS, "f3")
    assert register.knows_issue(APRIL, STATISTICS, "c1")
    assert [register.issued_bytes(sha256) for sha256 in ("f2", "c1", "aa")] == [True, True, False]


def test_a_master_is_known_by_its_bytes_and_name(register: Register) -> None:
    assert register.wrote_master("总台账.xlsm", "m1") == ALL[8]
    assert register.wrote_master("总台账.xlsm", "m3") is None
    assert register.wrote_master("其他.xlsm", "m1") is None


def test_it_is_made_again_from_the_journal(register: Register, tmp_path: Path) -> None:
    before = register.dump()
    register.close()
    (tmp_path / "登记.sqlite").unlink()
    again = opened(tmp_path)
    again.catch_up()
    assert again.dump() == before
    again.close()


def test_it_sees_what_another_process_recorded(register: Register, tmp_path: Path) -> None:
    other = opened(tmp_path)
    other.record([Reminded(AT, MAY, (ROADS,))])
    other.close()
    assert register.last_seq() == 17
    assert register.entries(Reminded) == [Reminded(AT, MAY, (ROADS,))]


def test_a_damaged_index_is_made_again(register: Register, tmp_path: Path) -> None:
    before = register.dump()
    register.close()
    (tmp_path / "登记.sqlite").write_bytes(b"no database" * 100)
    again = opened(tmp_path)
    again.catch_up()
    assert again.dump() == before
    again.close()


def cut(lines: list[bytes]) -> list[bytes]:
    return lines[:5]


def gone(lines: list[bytes]) -> list[bytes]:
    return []


def other(lines: list[bytes]) -> list[bytes]:
    return [*lines[:15], lines[15].replace(b"m2", b"m3"), *lines[16:]]


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (cut, "归档里的 日志.jsonl 比登记库 登记.sqlite 少：登记库记到第 16 条"),
        (gone, "归档里的 日志.jsonl 不见了，或是空的，而登记库 登记.sqlite 记到第 16 条。没有做任何改动"),
        (other, "归档里的登记库 登记.sqlite 不是由这里的 日志.jsonl 得来的：它记到的第 16 条，日志里不是那样"),
    ],
)
def test_an_index_of_another_journal_is_not_emptied_but_told(
    register: Register, tmp_path: Path, change: Callable[[list[bytes]], list[bytes]], said: str, writable: bool
) -> None:
    register.close()
    journal, index = tmp_path / "日志.jsonl", (tmp_path / "登记.sqlite").read_bytes()
    journal.write_bytes(b"".join(change(journal.read_bytes().splitlines(keepends=True))))
    with pytest.raises(ForeignRegister, match=said):
        opened(tmp_path, writable=writable)
    assert (tmp_path / "登记.sqlite").read_bytes() == index


def test_a_journal_that_is_exchanged_while_the_index_is_open_is_noticed(register: Register, tmp_path: Path) -> None:
    journal = tmp_path / "日志.jsonl"
    journal.write_bytes(b"".join(other(journal.read_bytes().splitlines(keepends=True))))
    for _ in range(2):  # it stays what it is, to whoever asks again
        with pytest.raises(ForeignRegister, match=r"不是由这里的 日志.jsonl 得来的"):
            register.record([Reminded(AT, MAY, (ROADS,))])
    assert b"reminded" not in journal.read_bytes()
    assert len(register.rows()) == 16


def test_the_head_of_the_chain_is_known_behind_every_entry(register: Register, tmp_path: Path) -> None:
    lines = (tmp_path / "日志.jsonl").read_bytes().splitlines(keepends=True)
    heads = [hashlib.sha256(line).hexdigest()[:16] for line in lines]
    assert [register.head_at(seq) for seq in range(18)] == ["", *heads, ""]
    assert register.head() == heads[-1]


def by_an_earlier_program(folder: Path, *, unit: str = ROADS) -> None:
    """A journal whose lines named no program and had the kind of a form behind its file, and the index of its day."""
    line = (
        '{"seq":1,"at":"2023-05-06T10:00:00","period":"2023-04","unit":"县交通局","sha256":"f1","file":"县交通局.xlsx",'
        '"kind":"issued","form":"f","plan":"p"}'
    )
    (folder / "日志.jsonl").write_text(f"{line}\n", encoding="utf-8")
    connection = sqlite3.connect(folder / "登记.sqlite")
    connection.executescript(
        """create table progress (offset integer not null, seq integer not null);
        create table entries (
            seq integer primary key, kind text not null, run integer, period text, unit text,
            file text, sha256 text, outcome text, body text not null
        );
        create index by_kind on entries (kind, period, unit);"""
    )
    body = json.dumps({**json.loads(line), "unit": unit}, ensure_ascii=False)
    row = (1, "issued", None, "2023-04", unit, "县交通局.xlsx", "f1", None, body)
    connection.execute("insert into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("insert into progress values (?, 1)", ((folder / "日志.jsonl").stat().st_size,))
    connection.commit()
    connection.close()


def test_an_index_that_an_earlier_program_made_is_gone_on_with(tmp_path: Path) -> None:
    by_an_earlier_program(tmp_path)
    reader = opened(tmp_path, writable=False)
    assert (reader.issued(APRIL, ROADS), reader.head_at(1)) == ([form(Issued, ROADS, "f1")], "")
    reader.close()
    register = opened(tmp_path)
    register.record([form(Issued, ROADS, "f3")])
    assert register.issued(APRIL, ROADS) == [form(Issued, ROADS, "f1"), form(Issued, ROADS, "f3")]
    before = register.dump()
    register.close()
    (tmp_path / "登记.sqlite").unlink()
    again = opened(tmp_path)
    again.catch_up()
    assert again.dump() == before
    again.close()


@pytest.mark.parametrize("writable", [True, False])
def test_an_index_that_an_earlier_program_made_of_another_journal_is_told(tmp_path: Path, writable: bool) -> None:
    by_an_earlier_program(tmp_path, unit=SCHOOLS)
    with pytest.raises(ForeignRegister, match=r"不是由这里的 日志.jsonl 得来的：它记到的第 1 条"):
        opened(tmp_path, writable=writable)
    (tmp_path / "日志.jsonl").unlink()
    with pytest.raises(ForeignRegister, match="不见了"):
        opened(tmp_path, writable=writable)


def test_what_can_only_be_read_is_read_as_it_stands(register: Register, tmp_path: Path) -> None:
    register.record([Reminded(AT, MAY, (ROADS,))])
    reader = opened(tmp_path, writable=False)
    assert reader.entries(Reminded) == [Reminded(AT, MAY, (ROADS,))]
    assert reader.last_seq() == 17
    reader.close()


LATER = '{"seq":17,"program":"0.3.0+1a2b3c4d","kind":"mailed","at":"2023-06-06T10:00:00","to":"县交通局"}\n'


def test_a_journal_that_a_later_program_wrote_is_refused_and_nothing_indexed(register: Register, tmp_path: Path) -> None:
    before = register.dump()
    with (tmp_path / "日志.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(LATER)
    with pytest.raises(MinshengError, match=r"日志.jsonl 第 17 条的种类“mailed”本程序不认识.*请更新本程序"):
        register.last_seq()
    assert register.dump() == before


@pytest.mark.parametrize("writable", [True, False])
def test_an_index_into_which_a_later_program_wrote_is_refused(register: Register, tmp_path: Path, writable: bool) -> None:
    register.close()
    connection = sqlite3.connect(tmp_path / "登记.sqlite")
    connection.execute("insert into entries values (17, 'mailed', null, null, ?, null, null, null, '', ?)", (ROADS, LATER))
    connection.commit()
    connection.close()
    with pytest.raises(MinshengError, match=r"日志.jsonl 第 17 条的种类“mailed”本程序不认识"):
        opened(tmp_path, writable=writable)
