"""Judgement spread over any `concurrent.futures.Executor`: processes of this machine, or a cluster of several.

Bytes and digests travel, no paths. Whatever becomes of a worker, the results are those of judging here, in the same
order: what comes back as an error is judged here.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeVar

from minsheng_xl import __version__
from minsheng_xl.accounts.returns import Return
from minsheng_xl.intake.child import WALL_SECONDS
from minsheng_xl.intake.gate import kind_of
from minsheng_xl.intake.opening import is_letter
from minsheng_xl.intake.replica import Order, Pack, Reply, carry_out, kept
from minsheng_xl.intake.stream import Given, judge_given
from minsheng_xl.problems import MinshengError
from minsheng_xl.rules.files import LIMITS
from minsheng_xl.year.folder import Year

_BATCH, _BYTES = 16, 4 << 20
"""Files and bytes that travel together; what is larger by itself is judged here."""
_FIRST, _MOST = 4, 24
"""Batches in flight: few until it is known that workers answer, then some hundred files."""
_TRIES = 4
"""How often a batch goes out, each time with what was lacking before, until it is judged here."""
_PATIENCE = _BATCH * WALL_SECONDS + 60.0
"""Seconds for a portion whose turn it is: what reading it may take by the limits of the child that reads."""
_MOST_BYTES = 64 << 20
"""So much waits for its turn at most."""
_OTHER_VERSION = (
    f"那边的 minsheng-xl 不是同一个版本（这里是 {__version__}），没有记录任何东西。"
    "请在每台机器上装同一个版本，再运行一次。"
)
_GONE = (
    "做到一半，另外的机器连不上了。没有记录这一次读的来件，收件/ 里的文件都在。"
    "请把那些机器启动好再运行一次，或去掉 --executor 在这台电脑上做。"
)
Item = TypeVar("Item")


class Underway(NamedTuple):
    """Some files on their way: `future` is None where they are judged here."""

    files: tuple[Given, ...]
    future: "Future[Reply] | None"


class Spread:
    """Hands files of one year to an executor and takes the returns back. Raises MinshengError where the executor is
    gone altogether, or its workers have another version of this program."""

    def __init__(self, year: Year, executor: Executor) -> None:
        self._year, self._executor, self._state = year, executor, year.state()
        self._is_broken = False

    @cached_property
    def _pack(self) -> Pack:
        return Pack(self._year)

    def submit(self, files: Iterable[Given]) -> Underway:
        """Send some files out."""
        files = tuple(files)
        return Underway(files, None if not files or any(map(_stays, files)) else self._sent(files, {}))

    def result(self, pending: Underway) -> list[Return]:
        """The returns of some files, in their order."""
        files, future = pending
        given: dict[str, bytes] = {}
        for _ in range(_TRIES):
            answer = self._answer(future) if future is not None else None
            if answer is None:
                break
            if answer.version != __version__:
                raise MinshengError(_OTHER_VERSION)
            if not answer.lacks:
                return self._told(answer.returns, files)
            found = {digest: self._known(digest) for digest in answer.lacks}
            given |= {digest: content for digest, content in found.items() if content is not None}
            if None in found.values():  # it is lost here too, which is said here
                break
            future = self._sent(files, given)
        return judge_given(self._year.root, files, self._state)

    def _told(self, returns: Iterable[Return], files: Sequence[Given]) -> list[Return]:
        """Returns under the names that the files have here. One that met a limit may have met that of a machine short
        of memory or time: it is judged here."""
        found: dict[int, list[Return]] = {number: [] for number in range(len(files))}
        for one in returns:
            first, slash, below = one.file.partition("/")
            number = int(first.split(" ", 1)[0])
            found[number].append(one._replace(file=files[number].name + slash + below))
        for number, ended in found.items():
            problems = chain.from_iterable(one.problems for one in ended)
            if LIMITS.code in {problem.code for problem in problems}:
                found[number] = judge_given(self._year.root, [files[number]], self._state)
        return list(chain.from_iterable(found.values()))

    def _known(self, digest: str) -> bytes | None:
        return self._pack.content if digest == self._pack.digest else kept(self._year, digest)

    def _sent(self, files: Sequence[Given], given: Mapping[str, bytes]) -> "Future[Reply] | None":
        if self._is_broken:
            return None
        bare = tuple(one._replace(name=_bare(number, one.name)) for number, one in enumerate(files))
        try:
            return self._executor.submit(carry_out, Order(self._pack.digest, self._state, bare, dict(given)))
        except Exception:  # its processes died, it was shut down, or its client gave up
            self._is_broken = True
            return None

    def _answer(self, future: "Future[Reply]") -> Reply | None:
        """What came back; None where the files are to be judged here."""
        try:
            return future.result(0 if self._is_broken else _PATIENCE)
        except CancelledError as error:
            raise MinshengError(_GONE) from error
        except (ImportError, AttributeError) as error:
            raise MinshengError(_OTHER_VERSION) from error
        except (BrokenExecutor, TimeoutError):  # its processes died, or nobody is left who answers
            self._is_broken = True
            future.cancel()
        except Exception:  # a worker died, had no memory, lost what it was told: none of it is the file's fault
            return None
        return None


def _stays(one: Given) -> bool:
    """Whether a file is judged here: a large one, one that could not be read, and what is opened by programs, which
    another machine may lack. A zip is not."""
    if one.problem is not None or len(one.content) > _BYTES:
        return True
    return not one.content.startswith(b"PK") and (kind_of(one.content).is_packed or is_letter(one.content))


def _bare(number: int, name: str) -> str:
    """What a file is called on its way: by its number, without the folders in which it lies here."""
    return f"{number} {re.split(_SEPARATORS, name)[-1]}"


_SEPARATORS = r"[/\\]"


def spread(
    items: Iterable[Item], size: Callable[[Item], int], submit: Callable[[Sequence[Item]], Underway]
) -> Iterator[tuple[Sequence[Item], Underway]]:
    """Send items of some size in bytes out ahead, in portions; give these in their order, each with what is on its
    way."""
    waiting: deque[tuple[Sequence[Item], Underway]] = deque()
    sizes: deque[int] = deque()
    most = _FIRST
    for portion in _portions(items, size):
        waiting.append((portion, submit(portion)))
        sizes.append(sum(map(size, portion)))
        while len(waiting) > most or sum(sizes) > _MOST_BYTES:
            sizes.popleft()
            yield waiting.popleft()
            most = min(most * 2, _MOST)
    while waiting:
        yield waiting.popleft()


def _portions(items: Iterable[Item], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    portion, total = list[Item](), 0
    for item in items:
        if portion and (len(portion) == _BATCH or total + size(item) > _BYTES):
            yield portion
            portion, total = [], 0
        portion.append(item)
        total += size(item)
    if portion:
        yield portion


def judge_spread(year: Year, files: Iterable[Given], executor: Executor) -> Iterator[Return]:
    """Judge files against a year's folder by an executor, without recording anything; results as here, in their
    order. Raises MinshengError, see Spread."""
    own = Spread(year, executor)
    for _, pending in spread(files, lambda one: len(one.content), own.submit):
        yield from own.result(pending)
