"""Who reads what is printed, and in which encoding: `… | more` may be quit before all of it was."""

import codecs
import io
import os
import sys
from typing import TextIO


def encoding_of(stream: TextIO) -> str:
    """The encoding for a stream: UTF-8; on Windows, if it goes to a file or another program, that of the code page of
    the console, by which `type`, `more` and `find` read it, unless Python was told to write UTF-8."""
    is_told = sys.flags.utf8_mode or "PYTHONIOENCODING" in os.environ
    if sys.platform != "win32" or stream.isatty() or is_told or not _is_of_system(stream):
        return "utf-8"
    import ctypes

    page = ctypes.windll.kernel32.GetConsoleOutputCP() or ctypes.windll.kernel32.GetACP()
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "utf-8"


def _is_of_system(stream: TextIO) -> bool:
    """Whether a stream is a file or a pipe; a program that calls this one may keep what is said in its own memory."""
    try:
        return stream.fileno() >= 0
    except (OSError, ValueError):
        return False


def is_utf8(stream: TextIO) -> bool:
    """Whether a stream takes all that there is to be written."""
    return (stream.encoding or "utf-8").lower() == "utf-8"


def is_gone(stream: TextIO | None) -> bool:
    """Whether a stream takes nothing more. Of a reader that has gone Windows says EINVAL, in place of EPIPE."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        return True
    return False


def is_unread(error: OSError) -> bool:
    """Whether an error says that nobody reads what is printed any more."""
    return isinstance(error, BrokenPipeError) or is_gone(sys.stdout) or is_gone(sys.stderr)


def hush() -> bool:
    """Let what nobody reads go nowhere, so that the interpreter does not complain on its way out. Whether anything
    does."""
    gone = [name for name in ("stdout", "stderr") if is_gone(getattr(sys, name))]
    for name in gone:
        _send_nowhere(name)
    return bool(gone)


def _send_nowhere(name: str) -> None:
    stream = getattr(sys, name)
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()
    except (AttributeError, OSError, ValueError):  # it is closed, or none of the system's
        setattr(sys, name, io.StringIO())
