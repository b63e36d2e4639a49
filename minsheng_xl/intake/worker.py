"""The child itself: it judges what it is asked over a pipe, under limits, until the pipe ends.

A message is eight bytes of its length, then itself. A question is two: its head as JSON, then the file; an
answer is the packed return as JSON, or {"died": why}. Of a mail or parcel to be opened from a member on, the head is
[that number, whether it is known to be a mail]; the answers are for each member [name, whether it is
what a mail says of itself, the mail in it in which it lies], then [code, why] of what is wrong with it and its bytes,
of which one is empty, and [] at the end. Memory and processor time are limited by the kernel: by rlimits, or by a job
object on Windows.
"""

import json
import os
import struct
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.intake.judge import Judge
from minsheng_xl.intake.opening import members_of
from minsheng_xl.rules.files import LIMITS
from minsheng_xl.year.entries import pack_return

MEMORY = 512 << 20
"""Bytes that reading one file may take beside what the program itself takes."""
_PROGRAM = 128 << 20
"""Bytes that a new interpreter with the program takes, and some to spare, where it cannot be asked."""
CPU_SECONDS = 10
OUT_OF_TIME = 1816
"""The exit status of a process that Windows ended because its time was used up."""
OUT_OF_MEMORY = 71
"""The exit status of a child that had not even the memory to say so."""
_TO_OPEN = 2
"""How long a head is that asks for the members of a file."""
OUT_OF_ROOM = "内存超过限制"
_NO_MEMORY, _TOO_DEEP = (json.dumps({"died": why}).encode() for why in (OUT_OF_ROOM, "嵌套太深"))
_LENGTH = struct.Struct("<Q")


def framed(message: bytes) -> bytes:
    """A message as it goes through the pipe."""
    return _LENGTH.pack(len(message)) + message


def received(stream: BinaryIO) -> bytes:
    """The next message. Raises EOFError."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    """That many bytes of a stream, which may give them piece by piece. Raises EOFError."""
    content = bytearray()
    while len(content) < length:
        part = stream.read(length - len(content))
        if not part:
            raise EOFError
        content += part
    return bytes(content)


def serve(root: Path, requests: BinaryIO, answers: BinaryIO) -> None:
    """Judge files as they are asked for, until the pipe ends."""
    from minsheng_xl.intake.evidence import judge_of

    judge: Judge | None = None
    known = ""
    limit_memory()
    while True:
        try:
            asked = json.loads(received(requests))
            content = received(requests)
        except EOFError:
            return
        if len(asked) == _TO_OPEN:
            start, is_mail = asked
            _open(content, start, is_mail, answers)
            continue
        file, sha256, state, assumed = asked
        limit_time()
        if judge is None or state != known:
            judge, known = judge_of(root), state
        # What was read is let go before anything is answered: an exception holds it until it is left.
        try:
            answer = _told(pack_return(judge.judge(file, sha256, content, assumed)))
        except MemoryError:
            answer = _NO_MEMORY
        except RecursionError:
            answer = _TOO_DEEP
        answers.write(framed(answer))
        answers.flush()


def _open(content: bytes, start: int, is_mail: bool, answers: BinaryIO) -> None:
    """Tell the members of a mail or parcel, each by itself: what is wrong with one is said of it alone."""
    limit_time()
    for member in members_of(content, start, is_mail=is_mail):
        limit_time()
        _tell(answers, [member.name, member.is_head, member.within])
        part, fault = b"", []
        try:
            part = member.read()
        except Unreadable as error:
            fault = [error.rule.code, error.reason]
        except MemoryError:
            fault = [LIMITS.code, OUT_OF_ROOM]
        _tell(answers, fault)
        answers.write(framed(part))
        answers.flush()
    _tell(answers, [])


def _tell(answers: BinaryIO, message: list[Any]) -> None:
    answers.write(framed(_told(message)))
    answers.flush()


def _told(packed: "dict[str, Any] | list[Any]") -> bytes:
    return json.dumps(packed, ensure_ascii=False).encode("utf-8", "surrogatepass")


def silence() -> None:
    """What a library has to say on its way out (a panic, a traceback) is no word for the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def limit_memory() -> None:
    """Let this process have no more than what reading one file may take, beside what it has now."""
    if sys.platform == "win32":
        from minsheng_xl.intake.job_object import own_job

        own_job().limit_memory(_PROGRAM + MEMORY)
        return
    import resource

    try:
        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        taken = 0
    limit = taken + MEMORY if taken else MEMORY * 4
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time() -> None:
    """Let this process compute no longer than what reading one file may take, from now on."""
    if sys.platform == "win32":
        from minsheng_xl.intake.job_object import own_job

        own_job().limit_time(os.times().user + CPU_SECONDS)  # there only what is computed outside the kernel counts
        return
    import resource

    used = int(time.process_time()) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + CPU_SECONDS, hard))


def main() -> None:
    """The child as an interpreter of its own."""
    try:
        answers = os.fdopen(os.dup(1), "wb")
        silence()
        serve(Path(sys.argv[1]), sys.stdin.buffer, answers)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
