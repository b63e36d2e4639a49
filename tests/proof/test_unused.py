"""Files of which nothing was used are judged again too, where the archive has them."""

import json
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

import pytest

from minsheng_xl import Period, Year, consolidate
from minsheng_xl.accounts.values import Content, Outcome
from minsheng_xl.books.write.book import write_book
from minsheng_xl.cli import main
from minsheng_xl.forms.unit import unit_book
from minsheng_xl.proof.verify import verify
from minsheng_xl.year.entries import JournalEntry, Judged
from tests.makers import figure, send, send_borrowed
from tests.proof.test_verify import line_of, rewrite, said

OCTOBER, NOVEMBER = Period.parse("2022-10"), Period.parse("2022-11")
NOW = datetime(2022, 11, 7, 16)
LAMPS, HOMES = "县残联", "县民政局"
TAKEN, NEVER_SENT = f"{LAMPS}_2022-10.xlsx", "11月.xlsx"


@pytest.fixture
def year(short_issued: Year) -> Iterator[Year]:
    """A return that was taken; a form that never went out, a blank one, one of another's name, and a letter."""
    send(short_issued, LAMPS, OCTOBER, {figure("8-1"): "106"})
    never_sent = unit_book(short_issued.plan, short_issued.plan.unit(HOMES), NOVEMBER, {})
    (short_issued.inbox / NEVER_SENT).write_bytes(write_book(never_sent))
    blank = next(short_issued.issued_folder(OCTOBER).glob(f"{HOMES}*"))
    (short_issued.inbox / "空.xlsx").write_bytes(blank.read_bytes())
    (short_issued.inbox / "说明.txt").write_text("附件见后", encoding="utf-8")
    consolidate(short_issued, OCTOBER, NOW)
    (short_issued.inbox / TAKEN).rename(short_issued.root / "放在一边")
    send_borrowed(short_issued, OCTOBER)
    consolidate(short_issued, OCTOBER, NOW)
    yield short_issued
    short_issued.close()


def outcomes(year: Year) -> list[Outcome]:
    return [entry.returned.outcome for entry in year.register.entries(Judged)]


def refuse(entry: JournalEntry) -> JournalEntry:
    """The return that was taken, as if it had been refused."""
    if isinstance(entry, Judged) and entry.returned.file == TAKEN and entry.returned.outcome is Outcome.ACCEPTED:
        return entry._replace(returned=entry.returned._replace(outcome=Outcome.REFUSED, content=None, problems=()))
    return entry


def test_what_was_not_used_is_not_used_today(year: Year) -> None:
    assert sorted(one.value for one in outcomes(year)) == ["accepted", "empty", "held", "refused", "unrecognised"]
    found = verify(year)
    assert (said(found), found.notes) == ("", ())


def test_a_return_that_the_journal_calls_refused_is_told_by_its_original(year: Year, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(year, refuse)
    at = line_of(year, "judged", TAKEN) + 1
    found = verify(year)
    assert found.others == (f"来件 {TAKEN}（日志第 {at} 条）：日志记为退回，原件却可以采用。",)
    assert (found.chain.faults, found.is_sound) == ((), False)
    assert main(["register", "rebuild", str(year.root)]) == 1
    assert "日志记为退回，原件却可以采用" in capsys.readouterr().err


def test_one_that_an_earlier_program_refused_is_told_as_other_rules(
    year: Year, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("minsheng_xl.year.journal.program", lambda: "0.0.9+00000000")
        rewrite(year, refuse)
    at = line_of(year, "judged", TAKEN) + 1
    found = verify(year)
    sentence = f"来件 {TAKEN}（日志第 {at} 条）：那时退回，规则已变，现在可以采用。"
    assert (found.others, found.notes) == ((), (sentence,))
    capsys.readouterr()
    main(["verify", str(year.root), "--json"])
    assert json.loads(capsys.readouterr().out)["notes"] == [sentence]


@pytest.mark.parametrize(("was", "now"), [(Outcome.UNRECOGNISED, "无法识别"), (Outcome.EMPTY, "空表")])
def test_how_a_file_ended_is_told_where_the_journal_says_otherwise(year: Year, was: Outcome, now: str) -> None:
    def change(entry: JournalEntry) -> JournalEntry:
        if isinstance(entry, Judged) and entry.returned.outcome is was:
            return entry._replace(returned=entry.returned._replace(outcome=Outcome.REFUSED))
        return entry

    rewrite(year, change)
    (sentence,) = verify(year).others
    assert "：日志记为退回（" in sentence
    assert sentence.endswith(f"，原件却判为{now}。")


def test_a_refused_original_that_the_journal_calls_taken_is_told(year: Year) -> None:
    def change(entry: JournalEntry) -> JournalEntry:
        if isinstance(entry, Judged) and entry.returned.file == NEVER_SENT:
            content = Content({figure("6-1"): Fraction(3)}, {})
            return entry._replace(returned=entry.returned._replace(outcome=Outcome.ACCEPTED, content=content))
        return entry

    rewrite(year, change)
    found = verify(year)
    assert "不符，账上是 3，原件却不能采用：" in said(found)
    assert f"来件 {NEVER_SENT}（日志第 " in said(found)


def test_a_file_that_is_not_in_the_archive_any_more_is_named_and_nothing_else(year: Year) -> None:
    entry = next(entry for entry in year.register.entries(Judged) if entry.returned.file == NEVER_SENT)
    year.archive.path(entry.returned.sha256).unlink()
    found = verify(year)
    assert [fault.partition("（")[0] for fault in found.faults] == [f"归档里缺了 来件 {NEVER_SENT}"]
    assert (found.others, found.notes) == ((), ())
