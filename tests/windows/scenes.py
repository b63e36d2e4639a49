"""What a Windows Python does with files that misbehave; told as JSON, a line each.

It is given a year's folder and a form; `orphan` as a third word is its own business.
"""

import ctypes
import hashlib
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from minsheng_xl.intake import child
from minsheng_xl.year.folder import Year
from tests.windows.unruly import DIES_AFTER, DIES_UNREAD, HANGS, HANGS_SILENT, HANGS_UNREAD, PANICS, SWELLS

SECONDS = 20
"""The wall clock of these scenes."""
MISBEHAVING = (HANGS, HANGS_UNREAD, HANGS_SILENT, SWELLS, DIES_UNREAD, PANICS, DIES_AFTER)
_LARGE = 4 << 20
"""Bytes that no pipe holds: who writes them waits for the reader."""
_ORPHAN = "orphan"
_errors: list[str] = []


class Noted(suppress):
    """`suppress`, telling what it kept quiet."""

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        if isinstance(error, OSError):
            _errors.append(repr(error))
        return super().__exit__(kind, error, trace)


class Unruly(subprocess.Popen[bytes]):
    """A process with the unruly worker in place of the program's own."""

    def __init__(self, command: list[str], **given: Any) -> None:
        super().__init__([part.replace(child.serve.__module__, "tests.windows.unruly") for part in command], **given)


def job(file: str, content: bytes) -> child.Job:
    return child.Job(file, hashlib.sha256(content).hexdigest(), content)


def misbehave(year: Year, form: bytes) -> None:
    """Files that misbehave and a form after each, in one run."""
    reader = child.Child(year.root)
    jobs = [job("first", form)]
    for file in MISBEHAVING:
        jobs += [job(file, form if file == DIES_AFTER else bytes(_LARGE)), job(f"after: {file}", form)]
    since = time.monotonic()
    for one in reader.judged(jobs, year.state()):
        said = "".join(str(problem) for problem in one.problems)
        tell(file=one.file, outcome=one.outcome.value, unit=one.unit, said=said, seconds=time.monotonic() - since)
        since = time.monotonic()
        if one.file == DIES_AFTER:
            time.sleep(3)
            since = time.monotonic()
    reader.close()
    tell(errors=_errors)


def leave_an_orphan(year: Year, form: bytes) -> None:
    """Ask a child something that it never answers, and end without a word to it."""
    reader = child.Child(year.root)
    reader._ask(job(HANGS, form), year.state())
    time.sleep(5)
    assert reader._process is not None
    assert is_running(reader._process.pid)
    print(reader._process.pid, flush=True)
    os._exit(0)


def is_running(process: int) -> bool:
    """Whether there is a process of that number that does not end within seconds."""
    kernel32: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    handle = kernel32.OpenProcess(0x100000, False, process)
    return bool(handle) and kernel32.WaitForSingleObject(handle, 3000) != 0


def tell(**found: Any) -> None:
    print(json.dumps(found), flush=True)


def main() -> None:
    folder, form, *role = sys.argv[1:]
    year, content = Year(folder), Path(form).read_bytes()
    start = f"import sys; sys.path[:] = {sys.path!r}; from tests.windows.scenes import main; main()"
    if not role:
        command = [sys.executable, "-c", start, folder, form, _ORPHAN]
        left = subprocess.run(command, capture_output=True, text=True, check=True)
        tell(orphan_is_running=is_running(int(left.stdout)))
    child.WALL_SECONDS, child.suppress = SECONDS, Noted
    subprocess.Popen = Unruly  # type: ignore[misc]
    (leave_an_orphan if role else misbehave)(year, content)
