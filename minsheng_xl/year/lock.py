"""One process at a time in a year's folder."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from minsheng_xl.problems import MinshengError
from minsheng_xl.year.storage import cannot_write

WAIT = 20.0
"""Seconds that a second process waits for the first."""
SILENT = 5.0
"""Seconds after which a lock that says nothing is nobody's: a holder says who it is as it makes it."""
_PAUSE = 0.1
LOCK_FILE = ".lock"


@contextmanager
def locked(folder: Path, wait: float | None = None, name: str = LOCK_FILE) -> Iterator[None]:
    """Hold the lock of a folder, or of what a lock of another name in it stands for; wait for it WAIT unless told.

    The lock is a file that says who made it, so that it holds on network shares too; one left by a
    process of this computer that is no more is taken over, and so is one that says nothing. Raises MinshengError,
    naming the holder, if it is not free in time.
    """
    from filelock import SoftFileLock, Timeout

    path, wait = folder / name, WAIT if wait is None else wait
    lock = SoftFileLock(path, timeout=wait)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_away_nobodys(path)
        lock.acquire(poll_interval=_PAUSE)
    except Timeout as error:
        raise MinshengError(
            f"这个文件夹正由另一个程序处理（{_holder(path)}），等了 {wait:.0f} 秒没有等到，没有做任何改动。请等它做完再试；"
            f"如果那台电脑已经关机，删去 {path} 后再试。"
        ) from error
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        yield
    finally:
        lock.release()


def _clear_away_nobodys(path: Path) -> None:
    """Remove a lock that says nothing, and keeps saying nothing: whoever made it died before he could say who he was,
    or the power was cut before it was on the disk."""
    found, until = _empty(path), time.monotonic() + SILENT
    while found is not None and _empty(path) == found:
        if time.monotonic() >= until:
            path.unlink(missing_ok=True)
        time.sleep(_PAUSE)


def _empty(path: Path) -> tuple[int, int] | None:
    """What tells an empty file from another of its name; None of one that is not empty, or not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return None if found.st_size else (found.st_ino, found.st_mtime_ns)


def _holder(path: Path) -> str:
    try:
        pid, host, *_ = path.read_text(encoding="utf-8", errors="replace").splitlines()
        since = datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, ValueError):
        return "不知道是谁"
    return f"电脑 {host}，进程 {pid}，从 {since:%H:%M} 起"
