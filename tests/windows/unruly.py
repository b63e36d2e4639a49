"""The child's worker under Windows, with files that misbehave: what they do is their name."""

import ctypes
import os
from typing import Any, BinaryIO

from minsheng_xl.intake import worker
from minsheng_xl.intake.judge import Judge

HANGS, SWELLS, PANICS = "hangs", "swells", "panics"
HANGS_UNREAD = "hangs unread"
"""Before its content was taken from the pipe: who writes it waits too."""
HANGS_SILENT = "hangs silent"
"""Its answers have ended, the process has not."""
DIES_UNREAD = "dies unread"
"""Before its content was taken from the pipe."""
DIES_AFTER = "dies after"
"""After its answer: the next is written to nobody."""

_MOST = 4 << 30
_PIECE = 10 << 20
_read: list[str] = []
_judge, _received = Judge.judge, worker.received


def judge(self: Judge, file: str, *rest: Any) -> Any:
    if file == HANGS:
        _hang()
    if file == HANGS_SILENT:
        os.closerange(1, 32)
        _hang()
    if file == SWELLS:
        held = [bytearray(_PIECE) for _ in range(_MOST // _PIECE)]
        del held
    if file == PANICS:
        for stream in (1, 2):
            os.write(stream, b"thread panicked; stack backtrace:\n")
        os.abort()
    _read.append(file)
    return _judge(self, file, *rest)


def received(stream: BinaryIO) -> bytes:
    if DIES_AFTER in _read:
        os._exit(3)
    message = _received(stream)
    if message.startswith(f'["{DIES_UNREAD}"'.encode()):
        os._exit(3)
    if message.startswith(f'["{HANGS_UNREAD}"'.encode()):
        _hang()
    return message


def _hang() -> None:
    """As a library does that never comes back: no other thread of this Python runs either."""
    ctypes.PyDLL("kernel32").Sleep(600_000)


def main() -> None:
    Judge.judge = judge  # type: ignore[method-assign]
    worker.received = received
    worker.main()
