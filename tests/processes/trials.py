"""Commands in processes of their own that are killed, meet a full disk or another one like them, and what is left then.

A process is a fork of this one: it begins at once, by a clock that stands still, so that what it writes can be compared.
"""

import errno
import io
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from minsheng_xl.desk import cli
from minsheng_xl.year.storage import UNFINISHED

HOME = "家"
CLOCK = datetime(2022, 11, 20, 9)
_CHANGING = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "sqlite3.connect"}
_STREAMS = ("out", "err", "writes")
_PACKAGE = Path(str(cli.__file__)).parents[1]
_MASKS = (
    (re.compile(rb"\xe9\x93\xbe\xe9\xa6\x96\s*[0-9a-f]{8,16}"), b"head"),  # 链首
    (re.compile(rb"(\xe6\x95\xb0\xe6\x8d\xae\xe7\x89\x88\xe6\x9c\xac \S+?-)\d+\b"), rb"\1n"),  # 数据版本
)
"""What tells one journal from another of the same content."""


class Ended(NamedTuple):
    """How a process ended: its exit code, minus the signal if it was killed; what it said; how often it wrote; who of
    the package wrote, as module:function."""

    code: int
    out: str
    err: str
    writes: int
    writers: frozenset[str]


class Running(NamedTuple):
    """A process at work, and where it says what."""

    pid: int
    said: Path

    def kill_after(self, seconds: float) -> None:
        time.sleep(seconds)
        os.kill(self.pid, signal.SIGKILL)

    def ended(self) -> Ended:
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        out, err, writes = ((self.said / name).read_text("utf-8") for name in _STREAMS)
        shutil.rmtree(self.said)
        assert "Traceback" not in err
        assert "程序出错" not in err
        return Ended(code, out, err, writes.count("\n\n"), frozenset(writes.split()))


def start(words: "list[str]", folder: Path, *, die_at: int = 0, full_at: int = 0) -> Running:
    """Begin a command that works below a folder; killed before it writes there for the `die_at`th time, or, from the
    `full_at`th time on, without room for anything more, if given."""
    said = Path(tempfile.mkdtemp())
    for name in _STREAMS:
        (said / name).touch()
    pid = os.fork()
    if pid == 0:
        _work(words, folder, said, _Fate(die_at, full_at))
    return Running(pid, said)


def run(words: "list[str]", folder: Path, *, die_at: int = 0, full_at: int = 0) -> Ended:
    """The same, to its end."""
    return start(words, folder, die_at=die_at, full_at=full_at).ended()


class _Fate(NamedTuple):
    """What befalls a process, by the number of a time that it writes; 0 never."""

    die_at: int
    full_at: int

    def befall(self, event: str, done: int) -> None:
        if done == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.full_at and done >= self.full_at and event in ("open", "os.mkdir"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _work(words: "list[str]", folder: Path, said: Path, fate: _Fate) -> None:
    """What the fork does; it never comes back."""
    code = 70
    try:
        out, err, writes = ((said / name).open("wb", buffering=0) for name in _STREAMS)
        for number, stream in enumerate((out, err), 1):
            os.dup2(stream.fileno(), number)
        sys.stdout, sys.stderr = io.TextIOWrapper(out, "utf-8"), io.TextIOWrapper(err, "utf-8")
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdin = io.TextIOWrapper(io.FileIO(0), "utf-8")
        os.environ["HOME"] = str(folder / HOME)
        os.environ["PATH"] = ""  # without LibreOffice: a PDF is drawn elsewhere, and takes its time
        cli._now = lambda: CLOCK
        mine, done = os.getpid(), 0

        def counted(event: str, given: "tuple[Any, ...]") -> None:
            nonlocal done
            if os.getpid() == mine and _changes(event, given):
                writes.write("\n".join((*_writers(), "")).encode())
                if _is_below(given[0], folder):
                    done += 1
                    writes.write(b"\n")
                    fate.befall(event, done)

        sys.addaudithook(counted)
        code = cli.main(words)
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os._exit(code)


def _changes(event: str, given: "tuple[Any, ...]") -> bool:
    if event == "open":
        path, mode, flags = given
        return not isinstance(path, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) if mode is None else set(mode) & set("wxa+"))
    return event in _CHANGING


def _writers() -> Iterator[str]:
    """Who of the package is at work."""
    frame = sys._getframe(2)
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_PACKAGE):
            yield f"{path.relative_to(_PACKAGE).as_posix()}:{frame.f_code.co_name}"
        frame = frame.f_back


def _is_below(path: Any, folder: Path) -> bool:
    return isinstance(path, str | bytes | Path) and os.fsdecode(path).startswith(f"{folder}{os.sep}")


def whole(folder: Path) -> bool:
    """Whether every workbook of a folder is one, but what was being written beside it."""
    books = [path for path in folder.rglob("*.xls[mx]") if not path.name.startswith(UNFINISHED)]
    return all(zipfile.is_zipfile(path) and zipfile.ZipFile(path).testzip() is None for path in books)


def picture(folder: Path) -> dict[str, Any]:
    """What a folder shows to a person: its files, but the archive, and what is journalled there."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        unfinished = any(part.startswith(UNFINISHED) for part in name.split("/"))
        if path.is_file() and "归档" not in name.split("/") and not unfinished:
            found[name] = _content(path, folder)
    journals = folder.rglob("日志.jsonl")
    return found | {"日志": sorted(text for path in journals for text in map(_entry, path.read_text("utf-8").splitlines()) if text)}


def _content(path: Path, folder: Path) -> Any:
    content = path.read_bytes().replace(str(folder).encode(), b"folder")
    if path.suffix not in (".xlsx", ".xlsm"):
        return content
    with zipfile.ZipFile(path) as archive:
        return {name: _masked(archive.read(name)) for name in archive.namelist()}


def _masked(content: bytes) -> bytes:
    for pattern, sign in _MASKS:
        content = pattern.sub(sign, content)
    return content


def _entry(line: str) -> str:
    """What a line of a journal says, whatever came before it; nothing of a torn one, and of one that tells a master."""
    try:
        said = json.loads(line)
    except ValueError:
        return ""
    if said["kind"] == "master":
        return ""
    return json.dumps({key: said[key] for key in said if key not in ("seq", "more", "prev", "begins", "run", "head", "upto")})


def differing(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Where two pictures differ."""
    return [name for name in sorted({*found, *expected}) if found.get(name) != expected.get(name)]
