"""Judge files by the thousand: opened, hashed, judged in a child; results as a stream, in order."""

import atexit
import hashlib
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minsheng_xl.accounts.returns import Return
from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.intake.child import Child, Job, failed
from minsheng_xl.intake.gate import FileKind, kind_of
from minsheng_xl.problems import Problem, why
from minsheng_xl.rules import files
from minsheng_xl.texts import one_line
from minsheng_xl.year.folder import Year

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

FILE_LIMIT = 100 << 20
"""Bytes of a received file; a form is some ten kilobytes, a scan some megabytes."""
LITTER_BEGINNINGS = ("~$", ".")
LITTER_NAMES = frozenset({"thumbs.db", "desktop.ini"})
"""Names that programs leave behind and nobody sent."""
_BATCH, _AHEAD, _MOST_CHILDREN = 16, 4, 4


class Received(NamedTuple):
    """A file to be judged: its name for people, and where its bytes are."""

    name: str
    path: Path


def is_litter(name: str) -> bool:
    """Whether a file is what a program left behind."""
    return name.startswith(LITTER_BEGINNINGS) or name.lower() in LITTER_NAMES


def files_below(folder: Path) -> Iterator[Path]:
    """The files in a folder, at any depth, in a stable order; links and litter are left alone. A folder
    inside that cannot be looked into stands for itself: reading it says why."""
    waiting = list(reversed(_entries(folder)))
    while waiting:
        entry = waiting.pop()
        if entry.is_symlink() or is_litter(entry.name) or entry.name == "__MACOSX":
            continue
        if entry.is_dir():
            try:
                waiting += reversed(_entries(entry))
            except OSError:
                yield Path(entry.path)
        elif entry.is_file():
            yield Path(entry.path)


def _entries(folder: "Path | os.DirEntry[str]") -> "list[os.DirEntry[str]]":
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


def judge_files(year: Year, received: Iterable[Received], executor: "Executor | None" = None) -> Iterator[Return]:
    """Judge files against a year's folder, without recording anything.

    `executor` spreads the work over any `concurrent.futures.Executor`; None does it here. Results
    come in the order of the files, those of a zip in the order of its members; no more than a few
    batches are in hand at a time.
    """
    state = year.state()
    stream = iter(received)
    batches = iter(lambda: list(islice(stream, _BATCH)), [])
    if executor is None:
        for batch in batches:
            yield from judge_batch(year.root, batch, state)
        return
    waiting: deque[Future[list[Return]]] = deque()
    for batch in batches:
        waiting.append(executor.submit(judge_batch, year.root, batch, state))
        if len(waiting) >= _AHEAD * 2:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def judge_batch(root: Path, batch: Sequence[Received], state: str) -> list[Return]:
    """Judge some files in the child of this process; whatever they do, each is an outcome."""
    return list(_child_of(root).judged(_jobs(batch), state))


def _jobs(batch: Sequence[Received]) -> Iterator[Job | Return]:
    for one in batch:
        try:
            if one.path.stat().st_size > FILE_LIMIT:
                yield failed(one.name, "", too_large())
                continue
            content = one.path.read_bytes()
        except OSError as error:
            yield failed(one.name, "", files.LOCKED.problem(seen=why(error)))
            continue
        for name, part in opened(one.name, content):
            yield _job(name, part)


def too_large() -> Problem:
    return files.LIMITS.problem(reason=f"大于 {FILE_LIMIT >> 20} MB")


def _job(name: str, content: bytes, assumed: tuple[str, str] | None = None) -> Job | Return:
    sha256 = hashlib.sha256(content).hexdigest()
    if _may_be_zip(content) and kind_of(content) is FileKind.ZIP:
        return failed(name, sha256, files.NESTED.problem())
    return Job(name, sha256, content, assumed)


def opened(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """A file by itself, or the members of a zip; a zip that cannot be opened is a file by itself."""
    if _may_be_zip(content) and kind_of(content) is FileKind.ZIP:
        try:
            return [(f"{name}/{member}", inner) for member, inner in members(content)]
        except Unreadable:
            pass
    return [(name, content)]


def _may_be_zip(content: bytes) -> bool:
    """Whether a file is a zip whose directory does not name the parts of a workbook."""
    if not content.startswith(b"PK"):
        return False
    end = content.rfind(b"PK\x05\x06")
    directory = content[int.from_bytes(content[end + 16 : end + 20], "little") : end] if end > 0 else b""
    return b"[Content_Types].xml" not in directory


def members(content: bytes) -> list[tuple[str, bytes]]:
    """The files in a zip, without its folders and litter. Raises Unreadable if one is damaged or there is none."""
    container = Container(content, parcel=True)
    found: dict[str, bytes] = {}
    for key, entry in container.entries.items():
        parts = entry.name.split("/")
        if not entry.is_folder and not is_litter(parts[-1]) and "__MACOSX" not in parts:
            name = one_line(entry.name)
            while name in found:  # two names that look alike
                name += "′"
            found[name] = container.read(key)
    if not found:
        raise Unreadable(files.NESTED)
    return list(found.items())


def judge_one(
    root: Path, name: str, content: bytes, state: str, assumed: tuple[str, str] | None = None
) -> Return:
    """Judge the bytes of one file in the child of this process; whatever they do, it is an outcome.

    `assumed`: whose it is, for which period, by the office's decision.
    """
    (found,) = _child_of(root).judged([_job(name, content, assumed)], state)
    return found


_children: dict[tuple[int, Path], Child] = {}
"""By thread and folder: a child answers one question at a time, so no two threads may share it."""


def _child_of(root: Path) -> Child:
    thread = threading.get_ident()
    child = _children.get((thread, root))
    if child is None:
        mine = [(owner, folder) for owner, folder in list(_children) if owner == thread]
        for one in mine[: max(0, len(mine) - _MOST_CHILDREN + 1)]:
            _children.pop(one).close()
        child = _children[thread, root] = Child(root)
    return child


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_children.clear)  # a parent's children are not the fork's to ask


@atexit.register
def end_children() -> None:
    """End the children of this process; they start again when asked."""
    while _children:
        _children.popitem()[1].close()
