"""Who owes is reminded in the words of the day, counted by kind; nobody else is."""

from datetime import date, datetime

import pytest

from minsheng_xl import Year
from minsheng_xl.closing.close import close
from minsheng_xl.desk.cli import main
from minsheng_xl.post.account import Account
from minsheng_xl.post.remind import (
    due_reminders,
    note_otherwise,
    remind_by_mail,
    remind_by_text,
    reminder_of,
    stage_of,
)
from minsheng_xl.post.room import MailRoom
from minsheng_xl.post.secret import Secret
from minsheng_xl.post.send import Mailed
from minsheng_xl.post.send import send as send_letters
from minsheng_xl.problems import MinshengError
from minsheng_xl.taking.consolidate import take_in
from minsheng_xl.year.entries import Reminded
from tests.makers import figure, send
from tests.post.conftest import OCTOBER
from tests.post.servers import Letterbox

DUE = date(2022, 11, 7)
"""The fifth is a Saturday."""


@pytest.mark.parametrize(
    ("today", "near", "stage"),
    [
        (date(2022, 11, 3), 3, ""), (date(2022, 11, 4), 3, "临近"), (date(2022, 11, 6), 3, "临近"), (DUE, 3, "到期"),
        (date(2022, 11, 8), 3, "逾期"), (date(2022, 11, 6), 0, ""), (DUE, 0, "到期"),
    ],
)
def test_the_stage_by_the_day(today: date, near: int, stage: str) -> None:
    assert stage_of(DUE, today, near) == stage


def taken(year: Year) -> None:
    send(year, "县残联", OCTOBER, {figure("8-1"): "106"})
    take_in(year, OCTOBER, datetime(2022, 11, 3), year.register.next_run())


@pytest.mark.parametrize("day", [4, 7, 8, 20])
def test_words_fit_the_day_and_reach_only_who_owes(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox, day: int) -> None:
    taken(addressed)
    now = datetime(2022, 11, day, 9)
    reminder = reminder_of(addressed, OCTOBER, now.date())
    assert "县残联" not in [one.unit for one in reminder.owing] and len(reminder.owing) == 3
    words = [f"{one.words.subject}{one.words.body}" for one in due_reminders(addressed, reminder, now.date())]
    assert all(("逾期" in one) is (now.date() > DUE) for one in words)
    assert all("{" not in one and "11月7日" in one for one in words)
    result = remind_by_mail(MailRoom(addressed, account, secret, lambda: now, ()), reminder)
    assert {one.state for one in result.units} == {Mailed.SENT}
    remind_by_mail(MailRoom(addressed, account, secret, lambda: now, ()), reminder)
    assert len(letterbox.taken) == 3, "once a day"
    (entry,) = addressed.register.entries(Reminded)
    assert (entry.stage, len(entry.units)) == (stage_of(DUE, now.date(), 3), 3)


def test_stages_are_counted_apart(addressed: Year) -> None:
    for day in (5, 6, 7, 8):
        remind_by_text(addressed, reminder_of(addressed, OCTOBER, date(2022, 11, day)), datetime(2022, 11, day, 9))
    (first, *_) = reminder_of(addressed, OCTOBER, date(2022, 11, 9)).owing
    assert first.times_in_words == "临近2次、到期1次、逾期1次"


def test_one_that_was_sent_before_a_kill_is_counted(addressed: Year, account: Account, secret: Secret, letterbox: Letterbox) -> None:
    """Two letters went out, then the program ended: the next run counts all that went out today."""
    now = datetime(2022, 11, 8, 9)
    room, reminder = MailRoom(addressed, account, secret, lambda: now, ()), reminder_of(addressed, OCTOBER, now.date())
    send_letters(room, OCTOBER, "催报（逾期）", due_reminders(addressed, reminder, now.date())[:2])
    remind_by_mail(room, reminder)
    (entry,) = addressed.register.entries(Reminded)
    assert set(entry.units) == {one.unit for one in reminder.owing} and len(letterbox.taken) == len(reminder.owing)


def test_one_that_came_otherwise_is_left_alone(addressed: Year) -> None:
    note_otherwise(addressed, OCTOBER, ["县妇联"], datetime(2022, 11, 8))
    assert "县妇联" not in [one.unit for one in reminder_of(addressed, OCTOBER, date(2022, 11, 8)).owing]


def test_what_came_and_does_not_count_is_said_with_its_day(addressed: Year) -> None:
    send(addressed, "县残联", OCTOBER, {})
    take_in(addressed, OCTOBER, datetime(2022, 11, 3), addressed.register.next_run())
    reminder = reminder_of(addressed, OCTOBER, date(2022, 11, 8))
    (said,) = [one.words.body for one in due_reminders(addressed, reminder, date(2022, 11, 8)) if one.carried.unit.name == "县残联"]
    assert "11月3日收到的是空表，不能算报送。" in said


def test_too_early_not_issued_and_closed_are_said(addressed: Year) -> None:
    with pytest.raises(MinshengError, match="现在还早"):
        reminder_of(addressed, OCTOBER, date(2022, 11, 1))
    with pytest.raises(MinshengError, match="还没有下发"):
        reminder_of(addressed, addressed.period("2022-09"), date(2022, 11, 1))
    taken(addressed)
    close(addressed, OCTOBER, datetime(2022, 11, 9))
    with pytest.raises(MinshengError, match="已经定稿"):
        reminder_of(addressed, OCTOBER, date(2022, 11, 10))


def test_nothing_is_sent_without_a_word(addressed: Year, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("minsheng_xl.desk.cli._now", lambda: datetime(2022, 11, 8))
    for command in (["remind", str(addressed.root), "--period", "2022-10"], ["send", str(addressed.root), "--period", "2022-10", "--dry-run"]):
        main(command)
    said = capsys.readouterr()
    assert not letterbox.logins and "--yes" in said.err
    assert not addressed.register.entries(Reminded)
