"""Remind: who owes a return is told so, before the due day, on it, or after it, each in words of its own.

Nobody is reminded whose return is taken, or of whom the office says that it came on another way.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.period import PeriodAccount
from minsheng_xl.forms.paper.missing import late_units
from minsheng_xl.plan.period import Period, month_and_day
from minsheng_xl.plan.stages import stage_of
from minsheng_xl.post.carried import account_for, dispatch, places_of
from minsheng_xl.post.room import MailRoom
from minsheng_xl.post.send import Due, Mailed, SendResult, send, with_states
from minsheng_xl.post.words import put_texts, text_of
from minsheng_xl.problems import MinshengError
from minsheng_xl.telling.print import REMINDERS, PrintResult, note_reminded, print_period
from minsheng_xl.year.entries import CameOtherwise, Issued, Reminded
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import write_whole


class Owing(NamedTuple):
    """A unit that is to be reminded: what it owes, what came in its place, how often it was reminded of the period, by
    stage."""

    unit: str
    owes: str
    came: str
    times: tuple[tuple[str, int], ...]

    @property
    def times_in_words(self) -> str:
        """临近1次、逾期2次."""
        return "、".join(f"{stage or '催报'}{count}次" for stage, count in self.times)


class Reminder(NamedTuple):
    """Who is to be reminded of a period on a day, at which stage."""

    period: Period
    stage: str
    owing: tuple[Owing, ...]


def reminder_of(year: Year, period: Period, today: date) -> Reminder:
    """Who is to be reminded today. Raises MinshengError where it is too early, or the period is closed."""
    plan = year.plan.at(period)
    if year.register.closed(period) is not None:
        raise MinshengError(f"{period} 已经定稿，不再催报。")
    stage = stage_of(plan.due(period), today, plan.settings.near)
    if not stage:
        near = f"，离截止还有 {plan.settings.near} 天时再提醒" if plan.settings.near else ""
        raise MinshengError(f"{period} 的填报表{month_and_day(plan.due(period))}截止，现在还早，不催{near}。")
    account = account_for(year, period)
    if not any(one.plan for one in year.register.entries(Issued, period=period)):
        raise MinshengError(f"{period} 还没有下发，没有什么可催的。")
    came = year.register.entries(CameOtherwise, period=period)
    otherwise = {year.plan.name_here(one.unit) for one in came}
    times = _times(year, period)
    names = [name for name in late_units(account) if name not in otherwise]
    return Reminder(period, stage, tuple(_owing(account, name, times.get(name, Counter())) for name in names))


def _times(year: Year, period: Period) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for entry in year.register.entries(Reminded, period=period):
        for unit in entry.units:
            found.setdefault(year.plan.name_here(unit), Counter())[entry.stage] += 1
    return found


def _owing(account: PeriodAccount, name: str, times: Counter[str]) -> Owing:
    places = places_of(account, account.plan.unit(name))
    return Owing(name, places["应报"], account.came.get(name, ""), tuple(times.items()))


def note_otherwise(year: Year, period: Period, units: Sequence[str], now: datetime) -> None:
    """Note that the returns of some units came on another way. Raises MisuseError for a name that is no unit's."""
    names = sorted(year.plan.at(period).units_called(units))
    if names:
        with year.locked():
            year.register.record([CameOtherwise(now, period, name, str(year.who)) for name in names])


def due_reminders(year: Year, reminder: Reminder, today: date) -> list[Due]:
    """The letters that remind, and how each stands: one a day."""
    put_texts(year)
    period, what = reminder.period, _what(reminder.stage)
    account, text = account_for(year, period), text_of(year, reminder.stage)
    digest = hashlib.sha256(f"{what}{today}".encode()).hexdigest()
    units = [account.plan.unit(one.unit) for one in reminder.owing]
    letters = [
        (dispatch(account.plan, unit, what, digest), text.filled(places_of(account, unit, today=today)))
        for unit in units
    ]
    return with_states(year, period, what, letters)


def remind_by_mail(room: MailRoom, reminder: Reminder) -> SendResult:
    """Send the reminders, each once a day, and record whom they reached. Raises MinshengError."""
    today = room.now()
    due = due_reminders(room.year, reminder, today.date())
    result = send(room, reminder.period, _what(reminder.stage), due)
    reached = [one.unit for one in result.units if one.state is Mailed.SENT]
    note_reminded(room.year, reminder.period, reached, today, reminder.stage)
    return result


def _what(stage: str) -> str:
    return f"催报（{stage}）"


def remind_by_text(year: Year, reminder: Reminder, now: datetime) -> Path:
    """Write 催报文字.txt with a message for each unit, and record that they were reminded. Raises MinshengError."""
    lines = []
    for one in due_reminders(year, reminder, now.date()):
        unit = one.carried.unit
        lines.append(f"【{unit.name}】{unit.reached_by}\n{one.words.body}".replace("\n", "\r\n"))
    path = year.printed_folder(reminder.period) / REMINDERS
    write_whole(path, "\r\n".join(lines).encode("utf-8-sig"))
    note_reminded(year, reminder.period, [one.unit for one in reminder.owing], now, reminder.stage)
    return path


def remind_by_paper(year: Year, reminder: Reminder, now: datetime) -> PrintResult:
    """Print 催报单, and record that they were reminded. Raises MinshengError."""
    note_reminded(year, reminder.period, [one.unit for one in reminder.owing], now, reminder.stage)
    return print_period(year, reminder.period, now, what=["催报"])
