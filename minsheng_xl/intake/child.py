"""A process that reads files under limits, so that a file that kills it is one file's outcome.

It is asked over a pipe and answers with judged returns. Where the system can fork it starts in a
millisecond; elsewhere it is a new interpreter. Memory and processor time are limited by the kernel
(`worker`), the wall clock is kept here: by waiting for the pipe no longer, or, on Windows, where a pipe cannot be
waited for, by ending the child, with which the pipe ends.
"""

import gc
import json
import os
import select
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from minsheng_xl.accounts.returns import Return
from minsheng_xl.accounts.values import Outcome
from minsheng_xl.intake.opening import unpacked_head
from minsheng_xl.intake.worker import (
    CPU_SECONDS,
    OUT_OF_MEMORY,
    OUT_OF_ROOM,
    OUT_OF_TIME,
    framed,
    received,
    serve,
    silence,
)
from minsheng_xl.problems import Problem
from minsheng_xl.rules import files
from minsheng_xl.year.entries import unpack_return

if TYPE_CHECKING:
    import subprocess

    from minsheng_xl.intake.job_object import JobObject
    from minsheng_xl.letters.model import Head

WALL_SECONDS = 40
_SECONDS_TO_END = 2
_CRASHED = "读取程序崩溃"
_TOO_LATE = "超过 {} 秒没有读完"
_CAN_SELECT = os.name == "posix"
"""Whether `select` knows pipes."""
_PIPE = 32 << 10 if os.name == "posix" else 0
"""Bytes of a file that can wait in a pipe unread."""


class Job(NamedTuple):
    """A file to be judged; `assumed`: whose it is, for which period, by the office's decision."""

    file: str
    sha256: str
    content: bytes
    assumed: tuple[str, str] | None = None


class ChildDied(Exception):
    """The child ended while it read a file; `str()` says why, in Chinese."""


def _ended(process: "subprocess.Popen[bytes]", *, kill: bool) -> int:
    """The code with which a process ended that is asked nothing more; one that does not end is made to."""
    from subprocess import TimeoutExpired

    if kill:
        process.kill()
    try:
        return process.wait(_SECONDS_TO_END)
    except TimeoutExpired:
        process.kill()
        return process.wait()


def failed(name: str, sha256: str, problem: Problem) -> Return:
    """The return of a file of which nothing could be read."""
    return Return(file=name, sha256=sha256, outcome=Outcome.UNRECOGNISED, problems=(problem,))


def _fault(code: str, reason: str) -> Problem:
    """What is wrong with a member of a parcel."""
    rule = next(rule for rule in files.RULES if rule.code == code)
    return rule.problem(reason=reason)


class Child:
    """A child for one year's folder, started when it is first asked and again after it died."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pid = self._answers = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._job: JobObject | None = None
        self._is_late = False
        self._to: BinaryIO | None = None
        self._from: BinaryIO | None = None
        """Without a buffer: what `select` sees is what there is."""

    def judged(self, jobs: "Iterable[Job | Return]", state: str) -> Iterator[Return]:
        """Have files judged, in their order; what is judged already comes back as it is.

        `state` names what the folder knows, which is read anew when it changed. The next file is sent
        while one is being read, if the pipe can hold it: else both sides would wait to be read.
        """
        asked: deque[Job | Return] = deque()
        try:
            for job in jobs:
                while asked and (len(asked) > 1 or isinstance(job, Return) or len(job.content) > _PIPE):
                    yield self._next(asked, state)
                self._ask(job, state)
                asked.append(job)
            while asked:
                yield self._next(asked, state)
        finally:
            if asked:
                self._end(kill=True)

    def _next(self, asked: "deque[Job | Return]", state: str, *, again: bool = False) -> Return:
        """The answer to what was asked first; what was asked after it is asked anew if the child died, and so is
        the first, once, if nobody knows why it did, or what it read before may have left too little memory."""
        job = asked[0]
        if isinstance(job, Return):
            asked.popleft()
            return job
        try:
            answer = self._answered(job)
            self._answers += 1
            asked.popleft()  # not before: what was asked and not answered must end with the child
            return answer
        except ChildDied as died:
            may_be_fault_of_others = str(died) == _CRASHED or (str(died) == OUT_OF_ROOM and self._answers > 0)
            is_accident = may_be_fault_of_others and not again
            if not is_accident:
                asked.popleft()
            for other in asked:
                self._ask(other, state)
            if is_accident:
                return self._next(asked, state, again=True)
            return failed(job.file, job.sha256, files.LIMITS.problem(reason=str(died)))

    def opened(self, content: bytes, *, is_mail: bool = False) -> "Iterator[tuple[str, bytes | Problem | Head, str]]":
        """The members of a mail or parcel by name, or what is wrong with one, and the mail in the mail in which each
        lies; the file itself is the member "", and what a mail says of itself stands under that name too. Nothing else
        may be asked meanwhile."""
        done, is_over = 0, False
        try:
            while not is_over:
                name, before, is_begun = "", done, False
                self._send(json.dumps([done, is_mail]).encode(), content)
                try:
                    while told := self._heard():
                        (name, is_head, within), is_begun = told, True
                        fault, part = self._heard(), self._heard_bytes()
                        done, is_begun = done + 1, False
                        yield name, _fault(*fault) if fault else unpacked_head(part) if is_head else part, within
                    is_over = True
                except ChildDied as died:
                    if is_begun or done == before:  # else it ended between two of them, and the next is asked anew
                        yield name if is_begun else "", files.LIMITS.problem(reason=str(died)), ""
                        done, is_over = done + 1, not is_begun
        finally:
            if not is_over:
                self._end(kill=True)

    def _ask(self, job: "Job | Return", state: str) -> None:
        if not isinstance(job, Return):
            self._send(json.dumps([job.file, job.sha256, state, job.assumed]).encode(), job.content)

    def _send(self, head: bytes, content: bytes) -> None:
        if self._to is None:
            self._start()
        assert self._to is not None
        # If it ended, the answer will be missing; Windows does not call that a broken pipe.
        with self._watched(), suppress(OSError):
            self._to.write(framed(head))
            self._to.write(framed(content))
            self._to.flush()

    def _answered(self, job: Job) -> Return:
        answer: dict[str, Any] = self._heard()
        if "died" in answer:
            self._end(kill=True)
            raise ChildDied(answer["died"])
        found = unpack_return(answer)
        if found.sha256 != job.sha256:
            self._end(kill=True)
            raise ChildDied("读取程序答非所问")
        return found

    def close(self) -> None:
        """End the child."""
        self._end(kill=False)

    def _heard(self) -> Any:
        return json.loads(self._heard_bytes())

    def _heard_bytes(self) -> bytes:
        assert self._from is not None
        try:
            return self._answer(self._from)
        except EOFError as error:
            raise ChildDied(self._why()) from error

    def _answer(self, stream: BinaryIO) -> bytes:
        deadline = time.monotonic() + WALL_SECONDS
        while _CAN_SELECT and not select.select([stream], [], [], 1)[0]:
            if time.monotonic() > deadline:
                self._end(kill=True)
                raise ChildDied(_TOO_LATE.format(WALL_SECONDS))
        with self._watched():
            answer = received(stream)
        self._is_late = False  # it came after all: that the child has ended now is an accident of the next
        return answer

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Where a pipe cannot be waited for, end the child when its time is over."""
        if _CAN_SELECT or self._process is None:
            yield
            return
        clock = threading.Timer(WALL_SECONDS, self._end_late, [self._process])
        clock.start()
        try:
            yield
        finally:
            clock.cancel()
            clock.join()

    def _end_late(self, process: "subprocess.Popen[bytes]") -> None:
        self._is_late = True
        process.kill()

    def _why(self) -> str:
        code = self._end(kill=False)
        if self._is_late:
            return _TOO_LATE.format(WALL_SECONDS)
        if code in (-getattr(signal, "SIGXCPU", 24), OUT_OF_TIME):
            return f"计算时间超过 {CPU_SECONDS} 秒"
        if code == OUT_OF_MEMORY:
            return OUT_OF_ROOM
        return "内存不够，被系统结束" if code == -9 else _CRASHED

    def _start(self) -> None:
        self._answers, self._is_late = 0, False
        if hasattr(os, "fork") and threading.active_count() == 1:
            self._fork()
            return
        import subprocess

        # Not by PYTHONPATH: the embeddable Python for Windows does not read it.
        start = f"import sys; sys.path[:] = {sys.path!r}; from minsheng_xl.intake.worker import main; main()"
        command = [sys.executable, "-c", start, str(self._root)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._to, self._from = self._process.stdin, self._process.stdout.raw  # type: ignore[assignment,union-attr]
        if sys.platform == "win32":
            from minsheng_xl.intake.job_object import JobObject, kernel32

            self._job = JobObject(kernel32(), int(self._process._handle))

    def _fork(self) -> None:
        asked, to = os.pipe()
        answered, answering = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                gc.freeze()  # what the parent has thrown away may hold numbers of files that are the child's by now
                for number in range(3, 256):  # what the parent holds open is not the child's to hold
                    if number not in (asked, answering):
                        with suppress(OSError):
                            os.close(number)
                silence()
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
                serve(self._root, os.fdopen(asked, "rb"), os.fdopen(answering, "wb"))
            except MemoryError:
                os._exit(OUT_OF_MEMORY)
            except BaseException:
                os._exit(1)
            os._exit(0)
        os.close(asked)
        os.close(answering)
        self._to, self._from = os.fdopen(to, "wb"), os.fdopen(answered, "rb", buffering=0)

    def _end(self, *, kill: bool) -> int:
        """Close the pipes, wait for the child; return how it ended (minus the signal)."""
        for stream in (self._to, self._from):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._to = self._from = None
        code = 0
        if self._process is not None:
            code = _ended(self._process, kill=kill)
            self._process = None
            if self._job is not None:
                self._job.close()
                self._job = None
        elif self._pid:
            if kill:
                os.kill(self._pid, signal.SIGKILL)
            code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
            self._pid = 0
        return code
