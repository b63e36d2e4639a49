"""The worker's side of a judgement that is spread over machines: what a year knows, by its digest, in a folder.

A worker is told what to judge, and by which knowledge, in bytes and digests; it needs no folder of the year's. What it
lacks it says in its reply, and is told once: plan and register in one pack, each issued form when a return of it comes.
Limits are kept by the child that reads a file, as at home, so that a bad file costs its own outcome and no worker.
"""

import hashlib
import io
import os
import shutil
import tempfile
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from multiprocessing.util import Finalize
from pathlib import Path
from typing import NamedTuple

from minsheng_xl import __version__
from minsheng_xl.accounts.returns import Return
from minsheng_xl.intake.stream import Given, end_children_of, judge_given
from minsheng_xl.rules.files import ORIGINAL_LOST
from minsheng_xl.year.entries import PlanUsed
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import Lost, write_whole

_MOST = 4
"""So many years are known at once to a worker."""


class Order(NamedTuple):
    """Some files to be judged by what a year knows: `knowledge` is the digest of its pack, `state` what it says of the
    year in a word; `given` are the bytes that the worker was found to lack, by their digests. No path is in it."""

    knowledge: str
    state: str
    files: tuple[Given, ...]
    given: Mapping[str, bytes]
    version: str = __version__


class Reply(NamedTuple):
    """What became of an order: a return for each file, or the digests of what is lacking; of which version the worker
    is."""

    returns: tuple[Return, ...]
    lacks: tuple[str, ...] = ()
    version: str = __version__


class Pack:
    """What a judgement in a year's folder rests on but the issued forms, as it stands: 计划.xlsx and its versions,
    journal and register; `digest` names it."""

    def __init__(self, year: Year) -> None:
        register = year.register.image()  # before the journal is read, which goes on behind it
        versions = (year.archive.path(entry.sha256) for entry in year.register.entries(PlanUsed) if entry.sha256)
        paths = (year.plan_path, year.journal.path, *versions)
        self._parts = {_below(year, path): path.read_bytes() for path in paths if path.exists()}
        self._parts[_below(year, year.register_path)] = register
        told = (f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in sorted(self._parts.items()))
        self.digest = hashlib.sha256("\n".join(told).encode()).hexdigest()

    @cached_property
    def content(self) -> bytes:
        """It as the bytes that travel."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                archive.writestr(name, content)
        return stream.getvalue()


def _below(year: Year, path: Path) -> str:
    return path.relative_to(year.root).as_posix()


def kept(year: Year, sha256: str) -> bytes | None:
    """An original of the year's archive that a worker lacks; None if it is lost."""
    try:
        return year.archive.kept(sha256, "")
    except Lost:
        return None


def carry_out(order: Order) -> Reply:
    """Judge the files of an order, wherever this runs."""
    if order.version != __version__:
        return Reply(())
    with _known(order.knowledge, order.given) as root:
        if root is None:
            return Reply((), (order.knowledge,))
        archive = Year(root, writable=False).archive
        for digest, content in order.given.items():
            if digest != order.knowledge:
                archive.keep(content)
        returns = judge_given(root, order.files, order.state)
    lacks = _lacks(returns)
    return Reply((), lacks) if lacks else Reply(tuple(returns))


def _lacks(returns: Sequence[Return]) -> tuple[str, ...]:
    """The digests of the originals without which something could not be judged."""
    problems = chain.from_iterable(one.problems for one in returns)
    return tuple(dict.fromkeys(problem.seen for problem in problems if problem.code == ORIGINAL_LOST.code))


_folders: dict[str, Path] = {}
"""Where this process keeps what it was told of years, by the digest of their packs; the last used at the end."""
_users: Counter[str] = Counter()
"""How many threads judge by each just now."""
_making = threading.Lock()
_tidy: set[int] = set()
"""The processes that take away at their end what they were told."""


@contextmanager
def _known(knowledge: str, given: Mapping[str, bytes]) -> Iterator[Path | None]:
    """The folder of a year that this process was told of, made where its pack is given; None if it was not."""
    with _making:
        root = _folders.pop(knowledge, None)
        if root is None and knowledge in given:
            if os.getpid() not in _tidy:  # a worker of a pool runs nothing that is registered with `atexit`
                Finalize(None, _forget, exitpriority=10)
                _tidy.add(os.getpid())
            root = _unpacked(given[knowledge])
        if root is not None:
            _folders[knowledge] = root
        _users[knowledge] += 1
        idle = [one for one in _folders if not _users[one]]
        for former in idle[: max(0, len(_folders) - _MOST)]:
            _throw_away(_folders.pop(former))
    try:
        yield root
    finally:
        with _making:
            _users[knowledge] -= 1


def _unpacked(content: bytes) -> Path:
    root = Path(tempfile.mkdtemp(prefix="minsheng-"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            write_whole(root / name, archive.read(name))
    return root


def _throw_away(root: Path) -> None:
    """A folder by which nobody judges just now, and the children that did."""
    end_children_of(root)
    shutil.rmtree(root, ignore_errors=True)


def _forget() -> None:
    while _folders:
        _throw_away(_folders.popitem()[1])


def _begin_anew() -> None:
    """A fork has none of its parent's folders."""
    _folders.clear()
    _users.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
