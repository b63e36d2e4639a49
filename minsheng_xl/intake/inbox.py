"""收件/: what lies in it, under which names, and whether it is there whole."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from minsheng_xl.intake.stream import FILE_LIMIT, files_below
from minsheng_xl.problems import Problem, why
from minsheng_xl.rules import files
from minsheng_xl.texts import one_line
from minsheng_xl.year.cache import Cache

_YOUNG, _PAUSE = 2.0, 0.2  # seconds
_HALF_FOLDER = ".download"
_HALF_ENDINGS = (
    ".crdownload", ".part", ".partial", ".tmp", ".download", ".opdownload", ".downloading", ".filepart", ".td", ".xltd",
    ".!ut", ".aria2",
)
"""What browsers and download programs call a file until it is there whole."""


class Dropped(NamedTuple):
    """A file that is there whole, and since when; `content` is None if it is too large to be read."""

    name: str
    sha256: str
    content: bytes | None
    since: datetime
    is_moved: bool = False
    """Whether it was shown before, and lay elsewhere in 收件/."""


class Inbox:
    """One look into 收件/. What `knows` the name and the hash of a file is not shown it again unless the
    file was touched; `unread` are those that could not be opened, or are still being written."""

    def __init__(self, folder: Path, cache: Cache, knows: Callable[[str, str], bool]) -> None:
        self._folder, self._cache, self._knows = folder, cache, knows
        self._read: dict[str, tuple[str, str]] = {}
        self.unread: list[Problem] = []

    def files(self, progress: Callable[[int, int], None]) -> Iterator[Dropped]:
        """The files that are new or were touched, in a stable order."""
        paths = self._whole(list(files_below(self._folder)))
        before, stamps, names = self._cache.files(), _steady_stamps(paths), _names(self._folder, paths)
        gone = {_lasting(stamp, sha256) for name, (stamp, sha256) in before.items() if name not in names}
        for done, (name, path) in enumerate(names.items(), 1):
            stamp, known = stamps.get(path), before.get(name)
            if stamp is None or known is None or known[0] != stamp or not self._knows(name, known[1]):
                for dropped in self._opened(name, path, stamp):
                    is_moved = stamp is not None and _lasting(stamp, dropped.sha256) in gone
                    yield dropped._replace(is_moved=is_moved)
            progress(done, len(paths))

    def _whole(self, paths: list[Path]) -> list[Path]:
        """The files of which no program is writing the rest yet."""
        halves = {path for path in paths if _is_half(path)}
        begun = {path.with_suffix("") for path in halves}
        for path in sorted(halves):
            self.unread.append(files.HALF.problem(file=_name(self._folder, path)))
        return [path for path in paths if path not in halves and (path not in begun or _size(path))]

    def again(self, name: str) -> None:
        """Have a file read anew next time, though nobody may have touched it."""
        self._read.pop(name, None)

    def _opened(self, name: str, path: Path, stamp: str | None) -> Iterator[Dropped]:
        try:
            about = path.stat()
            if not S_ISREG(about.st_mode):  # of con.xlsx Windows would wait for what is typed
                raise OSError("这个名字在 Windows 里是设备，不是文件，要改名")
            content = path.read_bytes() if about.st_size <= FILE_LIMIT else None
            sha256 = hashlib.sha256(content).hexdigest() if content is not None else _hash(path)
            if stamp is None or stamp != _stamp(path):
                self.unread.append(files.CHANGING.problem(file=name))
                return
        except OSError as error:
            self.unread.append(files.LOCKED.problem(file=name, seen=why(error)))
            return
        self._read[name] = (stamp, sha256)
        yield Dropped(name, sha256, content, datetime.fromtimestamp(about.st_ctime))

    def remember(self) -> None:
        """What was shown need not be read again: to be called when it is safe."""
        self._cache.keep_files(self._read)


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stamp(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size}/{found.st_mtime_ns}/{found.st_ctime_ns}"


def _lasting(stamp: str, sha256: str) -> tuple[str, str]:
    """What stays of a file that is moved: its size, when it was written, its bytes."""
    return stamp.rpartition("/")[0], sha256


def _is_half(path: Path) -> bool:
    """Whether a program that downloads it calls it so; one keeps it in a folder of its own."""
    return path.name.lower().endswith(_HALF_ENDINGS) or path.parent.name.lower().endswith(_HALF_FOLDER)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 1


def _names(folder: Path, paths: list[Path]) -> dict[str, Path]:
    """The files by their names for display; two that look alike are told apart."""
    names: dict[str, Path] = {}
    for path in paths:
        name = _name(folder, path)
        while name in names:
            name += "′"
        names[name] = path
    return names


def _steady_stamps(paths: list[Path]) -> dict[Path, str]:
    """Size and times of the files; of those that were just written, only if nobody still writes them."""
    stamps: dict[Path, str] = {}
    young: list[Path] = []
    now = time.time()
    for path in paths:
        with suppress(OSError):
            stamps[path] = _stamp(path)
            if abs(now - path.stat().st_mtime) < _YOUNG:
                young.append(path)
    if young:
        time.sleep(_PAUSE)
    for path in young:
        with suppress(OSError):
            if _stamp(path) != stamps[path]:
                del stamps[path]
    return stamps


def _name(inbox: Path, path: Path) -> str:
    """The name of a file below 收件/, for display; what is in another encoding (unpacked from an old
    zip) is read as Chinese."""
    return one_line("/".join(map(_readable, path.relative_to(inbox).parts)))


def _readable(part: str) -> str:
    try:
        part.encode()
    except UnicodeEncodeError:
        return os.fsencode(part).decode("gb18030", "replace")
    return part
