"""A paper of any kind read into a `Document`: a file, its bytes, or text that was pasted.

It is read in a child process, so that a file that takes too much, or breaks a library, is one sentence.
"""

import json
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from minsheng_xl.papers.convert import converted
from minsheng_xl.papers.refusals import BLANK, CRASHED, NOT_BEGUN, TOO_LARGE, TOO_LONG, Refused
from minsheng_xl.problems import MinshengError, why
from minsheng_xl.published.paper import Document

SECONDS = 9
"""How long a paper may be read; a long honest one takes two."""
SECONDS_TO_BEGIN = 30
"""How long an interpreter may take to start, on a slow disk or beside a virus scanner."""
LARGEST = 64 << 20
"""Bytes of a file."""


def read(source: Path | str | bytes, *, name: str = "") -> Document:
    """Read a paper: a file by its path, its bytes, or (`str`) text that was pasted, html too.

    Raises MinshengError with one sentence: what it is and what to do instead.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        if isinstance(source, str):
            return _read(source.encode("utf-8", "replace"), is_pasted=True)
        return _read(_content(source) if isinstance(source, Path) else source, is_pasted=False)
    except Refused as refused:
        raise MinshengError(f"{name}：{refused}" if name else str(refused)) from refused


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(TOO_LARGE.format(reason=f"{path.stat().st_size >> 20} MB"))
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"打不开（{why(error)}）。") from error


def _read(content: bytes, *, is_pasted: bool) -> Document:
    if not content.strip():
        raise Refused(BLANK)
    from minsheng_xl.papers.worker import unpacked

    answer = unpacked(_asked(content, is_pasted=is_pasted))
    if answer.document is None:
        answer = unpacked(_asked(converted(content, answer.old), is_pasted=False))
    if answer.document is None:
        raise Refused(CRASHED)
    return answer.document


def _why(code: int) -> str:
    """Why a child ended without an answer."""
    from minsheng_xl.intake.worker import OUT_OF_MEMORY, OUT_OF_TIME

    if code == OUT_OF_MEMORY:
        return TOO_LARGE.format(reason="内存装不下")
    if code in (-getattr(signal, "SIGXCPU", 24), OUT_OF_TIME):
        return TOO_LONG.format(seconds=SECONDS)
    return CRASHED


def _asked(content: bytes, *, is_pasted: bool) -> dict[str, Any]:
    """What a child answers that reads it. Raises Refused."""
    # Not by PYTHONPATH: the embeddable Python for Windows does not read it.
    start = f"import sys; sys.path[:] = {sys.path!r}; from minsheng_xl.papers.worker import main; main()"
    command = [sys.executable, "-c", start, *(["pasted"] if is_pasted else [])]
    try:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as child:
            answer = _heard(child, content)
    except OSError as error:
        raise Refused(CRASHED) from error
    try:
        said: dict[str, Any] = json.loads(answer.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise Refused(_why(child.returncode)) from error
    if "refused" in said:
        raise Refused(said["refused"])
    return said


def _heard(child: "subprocess.Popen[bytes]", content: bytes) -> bytes:
    """What a child says to a paper. Its time runs from when it has begun: a slow disk is no fault of the paper.
    Raises Refused."""
    assert child.stdin is not None
    assert child.stdout is not None
    to, of = child.stdin, child.stdout
    has_begun, answer = threading.Event(), bytearray()

    def give() -> None:
        with suppress(OSError), to:  # it may end without having read all
            to.write(content)

    def listen() -> None:
        answer.extend(of.read(1))
        has_begun.set()
        answer.extend(of.read())

    giving, listening = threading.Thread(target=give), threading.Thread(target=listen)
    giving.start()
    listening.start()
    begins = has_begun.wait(SECONDS_TO_BEGIN)
    listening.join(SECONDS if begins else 0)
    is_late = listening.is_alive()
    if is_late:
        child.kill()
    giving.join()
    listening.join()
    if is_late:
        raise Refused(TOO_LONG.format(seconds=SECONDS) if begins else NOT_BEGUN.format(seconds=SECONDS_TO_BEGIN))
    return bytes(answer)
