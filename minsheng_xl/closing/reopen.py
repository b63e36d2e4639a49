"""撤销定稿: a closing is taken back, with a reason; what was printed by it is kept."""

import shutil
from datetime import datetime
from itertools import count
from pathlib import Path

from minsheng_xl.plan.period import Period
from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.telling.print import STACK
from minsheng_xl.year.entries import Closed, Reopened
from minsheng_xl.year.folder import Year
from minsheng_xl.year.making import made_whole
from minsheng_xl.year.storage import UNFINISHED, cannot_write, write_whole


def reopen(year: Year, period: Period, now: datetime, *, why: str, who: str = "") -> Path:
    """Take back the closing of a period: it is as if it had never been closed, and what came since is asked about.

    Returns the folder in which what was printed is kept. Raises MisuseError without a reason, MinshengError if the
    period is not closed, or a later one is: the newest comes first.
    """
    with year.locked():
        closed = year.register.closed(period)
        if not why.strip():
            raise MisuseError("撤销定稿要写明原因。请加 --why 原因。")
        if closed is None:
            raise MinshengError(f"{period} 没有定稿，没有改动。")
        later = [each for each in year.plan.periods if each > period and year.register.closed(each) is not None]
        if later:
            raise MinshengError(f"{later[-1]} 在它以后定稿，没有改动。请从最后一期起撤销：先撤销 {later[-1]}。")
        kept = _keep_printed(year, closed)
        year.register.record([Reopened(at=now, period=period, who=year.signed(who), why=why.strip())])
        return kept


def _keep_printed(year: Year, closed: Closed) -> Path:
    """Put what was printed of a closed period aside, once; 打印稿.xlsx as it was when it was closed."""
    folder = year.printed_folder(closed.period)
    printed = {path.name: path for path in sorted(folder.iterdir()) if path.is_file()} if folder.is_dir() else {}
    content = {name: path.read_bytes() for name, path in printed.items() if not name.startswith(UNFINISHED)}
    content[STACK] = year.archive.kept(closed.print, f" {closed.period} 定稿的打印稿")
    names = (f"{closed.at:%Y-%m-%d}定稿{f'_{number}' if number > 1 else ''}" for number in count(1))
    kept = next(path for path in map(folder.joinpath, names) if not path.exists() or _holds(path, content))
    if not kept.exists():
        try:
            _put_aside(kept, content, printed)
        except OSError as error:
            raise cannot_write(kept, error) from error
    return kept


def _put_aside(kept: Path, content: dict[str, bytes], printed: dict[str, Path]) -> None:
    """Make a folder of files, those that were printed with their times."""
    with made_whole(kept) as beside:
        for name, each in content.items():
            write_whole(beside / name, each)
            if name != STACK:
                shutil.copystat(printed[name], beside / name)


def _holds(folder: Path, content: dict[str, bytes]) -> bool:
    """Whether a folder holds just that: whoever kept it was stopped before he said so."""
    there = {path.name: path for path in folder.iterdir()}
    return there.keys() == content.keys() and all(there[name].read_bytes() == each for name, each in content.items())
