"""Judge files by the thousand: opened, hashed, judged in a child; results as a stream, in order."""

import atexit
import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minsheng_xl.accounts.returns import Return
from minsheng_xl.intake.child import Child, Job, failed
from minsheng_xl.intake.gate import kind_of
from minsheng_xl.intake.opening import opens
from minsheng_xl.intake.parcel import is_litter
from minsheng_xl.problems import Problem, why
from minsheng_xl.rules import files
from minsheng_xl.year.folder import Year

if TYPE_CHECKING:
    from minsheng_xl.letters.model import Head

FILE_LIMIT = 100 << 20
"""Bytes of a received file; a form is some ten kilobytes, a scan some megabytes."""
_PAGE_LIMIT = 1 << 20
"""The same of a page of the handbook."""
_PAGE_ENDINGS = (".html", ".htm")
_BATCH, _MOST_CHILDREN = 16, 4


class Received(NamedTuple):
    """A file to be judged: its name for people, and where its bytes are."""

    name: str
    path: Path


class Given(NamedTuple):
    """A file to be judged with its bytes; `problem` says why there are none."""

    name: str
    content: bytes
    problem: Problem | None = None


class FilePart(NamedTuple):
    """A file, or a member of a mail or parcel; without content, what is wrong with it, or what the mail itself says."""

    name: str
    sha256: str
    content: bytes
    problem: Problem | None = None
    head: "Head | None" = None
    within: str = ""
    """The Message-ID of the mail in the mail in which it lies."""


def files_below(folder: Path) -> Iterator[Path]:
    """The files in a folder, at any depth, in a stable order; links and litter are left alone, and 填表说明 that came
    back as it went out. A folder inside that cannot be looked into stands for itself: reading it says why."""
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
        elif entry.is_file() and not _is_guide(entry):
            yield Path(entry.path)


def _is_guide(entry: "os.DirEntry[str]") -> bool:
    """Whether a file is a page of the handbook, untouched; what cannot be opened is read by others, who say why."""
    if not _may_be_page(entry.name):
        return False
    try:
        return entry.stat().st_size <= _PAGE_LIMIT and _is_page(Path(entry.path).read_bytes())
    except OSError:
        return False


def _may_be_page(name: str) -> bool:
    return name.lower().endswith(_PAGE_ENDINGS)


def _is_page(content: bytes) -> bool:
    from minsheng_xl.handbook.page import is_ours

    return is_ours(content)


def _entries(folder: "Path | os.DirEntry[str]") -> "list[os.DirEntry[str]]":
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


def judge_files(year: Year, received: Iterable[Received]) -> Iterator[Return]:
    """Judge files against a year's folder, without recording anything.

    Results come in the order of the files, those of a zip in the order of its members.
    """
    state = year.state()
    stream = map(read, received)
    for batch in iter(lambda: list(islice(stream, _BATCH)), []):
        yield from judge_given(year.root, batch, state)


def read(received: Received) -> Given:
    """A file with its bytes, or why there are none."""
    try:
        if received.path.stat().st_size > FILE_LIMIT:
            return Given(received.name, b"", too_large())
        return Given(received.name, received.path.read_bytes())
    except OSError as error:
        return Given(received.name, b"", files.LOCKED.problem(seen=why(error)))


def judge_given(root: Path, batch: Iterable[Given], state: str) -> list[Return]:
    """Judge some files in the child of this process; whatever they do, each is an outcome."""
    return list(_child_of(root).judged(_jobs(root, batch), state))


def _jobs(root: Path, batch: Iterable[Given]) -> Iterator[Job | Return]:
    for one in batch:
        if one.problem is not None:
            yield failed(one.name, "", one.problem)
            continue
        letter, is_empty = False, True
        for part in parts_of(root, one.name, one.content):
            problem = part.problem
            if part.head is not None:
                letter = True
                continue
            is_empty = False
            yield failed(part.name, part.sha256, problem) if problem else Job(part.name, part.sha256, part.content)
        if letter and is_empty:
            reason = kind_of(one.content).value
            yield failed(one.name, hashlib.sha256(one.content).hexdigest(), files.ENCLOSED.problem(reason=reason))


def too_large() -> Problem:
    return files.LIMITS.problem(reason=f"大于 {FILE_LIMIT >> 20} MB")


def parts_of(root: Path, name: str, content: bytes, *, is_mail: bool = False) -> Iterator[FilePart]:
    """A file by itself, or the members of a mail or parcel, opened in a child of their own one after the other; without
    填表说明 that came back as it went out. What a mail says of itself comes first. `is_mail`: it is known to be one."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not is_mail and not opens(content):
        yield FilePart(name, sha256, content)
        return
    for member, found, within in _child_of(root, unpacks=True).opened(content, is_mail=is_mail):
        below = f"{name}/{member}" if member else name
        if isinstance(found, Problem):
            told = hashlib.sha256(f"{sha256}/{member}".encode()).hexdigest() if member else sha256
            yield FilePart(below, told, b"", found)
        elif not isinstance(found, bytes):
            yield FilePart(name, sha256, b"", head=found)
        elif not (_may_be_page(below) and _is_page(found)):
            yield FilePart(below, hashlib.sha256(found).hexdigest(), found, within=within)


def judge_one(
    root: Path, name: str, content: bytes, state: str, assumed: tuple[str, str] | None = None
) -> Return:
    """Judge the bytes of one file in the child of this process; whatever they do, it is an outcome.

    `assumed`: whose it is, for which period, by the office's decision.
    """
    job = Job(name, hashlib.sha256(content).hexdigest(), content, assumed)
    (found,) = _child_of(root).judged([job], state)
    return found


_children: dict[tuple[int, Path, bool], Child] = {}
"""By thread, folder and whether it unpacks: a child answers one question at a time, so no two threads may share
it, nor those who unpack and who judge what was unpacked."""


def _child_of(root: Path, *, unpacks: bool = False) -> Child:
    thread = threading.get_ident()
    child = _children.get((thread, root, unpacks))
    if child is None:
        mine = [one for one in list(_children) if one[0] == thread and one[1] != root]
        for one in mine[: max(0, len(mine) - _MOST_CHILDREN + 1)]:
            _children.pop(one).close()
        child = _children[thread, root, unpacks] = Child(root)
    return child


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_children.clear)  # a parent's children are not the fork's to ask


def end_children_of(root: Path) -> None:
    """End the children of this process that read for a folder."""
    for key in [one for one in list(_children) if one[1] == root]:
        _children.pop(key).close()


@atexit.register
def end_children() -> None:
    """End the children of this process; they start again when asked."""
    while _children:
        _children.popitem()[1].close()
