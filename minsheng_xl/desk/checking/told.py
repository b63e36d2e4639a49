"""A desk that is looked over, as a person reads it and as a program does."""

import secrets
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from minsheng_xl.desk.checking.model import Desk, Fitness, Probe
from minsheng_xl.desk.checking.probes import FOLDER, INSIDE, PROBES, ROOM, WRITE
from minsheng_xl.desk.checking.run import Looked, looked_over
from minsheng_xl.desk.pasted import year_at


def check_desk(folder: Path, now: datetime, say: Callable[[str], None]) -> bool:
    """Try all at a desk, telling each line as it is known. Whether the main job can be done there."""
    unfit = lacking = 0
    with closing(_all(folder, now)) as found:
        for looked in found:
            for words in looked.lines():
                say(words)
            unfit += looked.is_unfit
            lacking += sum(one.fitness is Fitness.LACKING for one in looked.seen)
    reminders = f"另有 {lacking} 处提醒，不影响汇总。" if lacking else ""
    if unfit:
        say(f"有 {unfit} 样不行，这台电脑现在做不了汇总：照上面说的办好，再检查一次。{reminders}")
    else:
        say(f"要紧的都有，这台电脑可以汇总。{reminders}")
    return not unfit


def check_desk_json(folder: Path, now: datetime) -> dict[str, Any]:
    """The same for programs: `ok`, `folder` and `checks`."""
    is_ok, checks = True, []
    with closing(_all(folder, now)) as found:
        for looked in found:
            is_ok = is_ok and not looked.is_unfit
            checks += looked.as_json()
    return {"ok": is_ok, "folder": str((year_at(folder) or folder).absolute()), "checks": checks}


def _all(folder: Path, now: datetime) -> Generator[Looked, None, None]:
    """All that is tried in a folder: of one that is not there nothing, and none is made; one that cannot be written is
    not told so by each that would write in it."""
    desk = Desk(year_at(folder) or folder, now, secrets.token_hex(3))
    is_there = yield from _tried(desk, FOLDER)
    can_be_written = is_there and (yield from _tried(desk, WRITE))
    yield from looked_over(desk, (*((ROOM,) if is_there else ()), *(INSIDE if can_be_written else ()), *PROBES))


def _tried(desk: Desk, probe: Probe) -> Generator[Looked, None, bool]:
    """Try one thing; whether the main job can be done by it."""
    (looked,) = looked_over(desk, [probe])
    yield looked
    return not looked.is_unfit
