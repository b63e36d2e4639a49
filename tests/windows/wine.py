"""A Windows Python under Wine, as .ci/windows makes it."""

import os
import pty
import re
import resource
import select
import subprocess
import termios
import time
import tty
from pathlib import Path

import pytest

SECONDS = 300
ROOM = 2500 << 20
"""Bytes of addresses for a process: Wine itself takes more than half of them, and keeps no limit of a job object."""

PYTHON = os.environ.get("MINSHENG_WINDOWS_PYTHON")
needs_windows = pytest.mark.skipif(PYTHON is None, reason="MINSHENG_WINDOWS_PYTHON names no Windows Python")

_TESTS = Path(__file__).parents[2]


def windows(path: Path) -> str:
    """A path as Wine calls it."""
    return f"Z:{path}"


def run(*arguments: str, is_narrow: bool = False) -> str:
    """What the Windows Python writes. `is_narrow`: with no more than ROOM; it must not end on an error."""
    assert PYTHON is not None

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))

    done = subprocess.run(
        [PYTHON, "-X", "utf8", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
        timeout=SECONDS, check=False, preexec_fn=narrow if is_narrow else None,
    )
    assert (done.returncode, done.stderr) == (0, ""), (done.returncode, done.stderr, done.stdout)
    return done.stdout


def cmd(command: str, *, folder: Path) -> bytes:
    """What Windows' own shell makes of a line in a batch file, as the bytes that it writes."""
    batch = folder / "试一试.bat"
    batch.write_bytes(f"@echo off\r\n{command}\r\n".encode("gb18030"))
    done = subprocess.run(
        [wine(), "cmd.exe", "/c", windows(batch)], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
        check=False, env=desk(),
    )
    return done.stdout + done.stderr


class Console:
    """A Windows console in a terminal of its own: a command, what is shown so far, and keys that are pressed."""

    def __init__(self, *command: str) -> None:
        self.shown, self._shows = "", b""
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            _leave_keys_alone()
            os.execve(wine(), [wine(), *command], desk() | {"TERM": "xterm"})

    def wait(self, words: str, seconds: int = SECONDS) -> None:
        """Until words are shown that were not before. Raises AssertionError if they are not."""
        end = time.monotonic() + seconds
        while words not in self.shown.replace("\n", ""):  # a line that is too long goes on in the next
            assert time.monotonic() < end, (words, self.shown)
            assert self.go_on(), (words, self.shown)

    def press(self, keys: str) -> None:
        """Press keys; what was shown is forgotten."""
        self.shown, self._shows = "", b""
        os.write(self._terminal, keys.encode())

    def ended(self) -> int:
        """Wait for the end; the exit code."""
        end = time.monotonic() + SECONDS
        while self.go_on():
            assert time.monotonic() < end, self.shown
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def go_on(self) -> bool:
        """Take what is shown within a second; whether more may come."""
        if not select.select([self._terminal], [], [], 1)[0]:
            return True
        try:
            piece = os.read(self._terminal, 1 << 16)
        except OSError:
            return False
        self._shows += piece
        self.shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|\r", "", self._shows.decode("utf-8", "replace"))
        return bool(piece)


def _leave_keys_alone() -> None:
    """Have a terminal make no lines of what is pressed, which is for Wine's console to do; an interruption is sent on."""
    tty.setraw(0)
    modes = termios.tcgetattr(0)
    modes[3] |= termios.ISIG
    termios.tcsetattr(0, termios.TCSANOW, modes)


def wine() -> str:
    """The program that runs Windows' programs."""
    return _said_by_script(r"^exec (\S+) ")


def python() -> str:
    """The Windows Python as Wine calls it."""
    return windows(Path(_said_by_script(r" (\S+/python\.exe) ")))


def desk() -> dict[str, str]:
    """The environment that Wine runs in."""
    return os.environ | dict(pair.split("=", 1) for pair in _said_by_script(r"^export (.*)$").split())


def _said_by_script(pattern: str) -> str:
    assert PYTHON is not None
    found = re.search(pattern, Path(PYTHON).read_text(), re.MULTILINE)
    assert found is not None
    return found[1]


def run_scenes(*arguments: str) -> str:
    """The same of `tests.windows.scenes`: the package is the installed one, the tests are these."""
    start = f"import sys; sys.path.append({windows(_TESTS)!r}); from tests.windows.scenes import main; main()"
    return run("-c", start, *arguments, is_narrow=True)
