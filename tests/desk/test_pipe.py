"""`… | more` that is quit early ends the program in silence, whatever the system says of it."""

import ctypes
import errno
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from minsheng_xl.desk import cli, pipe
from minsheng_xl.desk.pipe import encoding_of, hush, is_gone


class Quit:
    """A stream whose reader goes after so many writes."""

    encoding = "utf-8"

    def __init__(self, error: OSError, after: int = 0) -> None:
        self.error, self.after = error, after

    def isatty(self) -> bool:
        return False

    def write(self, text: str) -> int:
        self.after -= 1
        self.flush()
        return len(text)

    def flush(self) -> None:
        if self.after < 0:
            raise self.error


WINDOWS, LINUX = OSError(errno.EINVAL, "Invalid argument"), BrokenPipeError(errno.EPIPE, "Broken pipe")


@pytest.mark.parametrize("after", [0, 1, 3])
@pytest.mark.parametrize("error", [WINDOWS, LINUX])
def test_a_reader_that_goes_away_ends_it_silently(
    error: OSError, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdout", Quit(error, after))
    monkeypatch.setattr(sys, "stderr", said)
    monkeypatch.setitem(cli._RUN, "status", lambda options: [print(n) for n in range(9)] and 0)
    assert cli.main(["status", "x"]) == 1
    assert said.getvalue() == ""
    print("to nowhere")


@pytest.mark.parametrize("error", [WINDOWS, LINUX])
def test_so_does_one_of_what_went_wrong(error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """`2>&1 | more`: nobody can be told of an error either."""
    monkeypatch.setattr(sys, "stderr", Quit(error))
    monkeypatch.setattr(sys, "stdout", Quit(error))
    assert cli.main(["status", "/no/such/folder"]) == 1


def test_a_file_that_cannot_be_used_is_still_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(options: object) -> int:
        raise OSError(errno.EINVAL, "Invalid argument", "总台账?.xlsx")

    monkeypatch.setitem(cli._RUN, "status", fails)
    assert cli.main(["status", "x"]) == 1
    assert capsys.readouterr().err.startswith("总台账?.xlsx 用不了：")


def test_a_stream_that_there_is_not_has_nobody_to_go() -> None:
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    assert [is_gone(None), is_gone(io.StringIO())] == [False, False]
    assert [is_gone(closed), is_gone(Quit(WINDOWS, -1))] == [True, True]  # type: ignore[arg-type]


def test_what_is_read_is_not_hushed(capsys: pytest.CaptureFixture[str]) -> None:
    assert hush() is False
    print("一")
    assert capsys.readouterr().out == "一\n"


class Somewhere(io.StringIO):
    """A stream to a terminal, or to a file or another program, in an encoding; or to memory, with no number."""

    def __init__(self, *, is_terminal: bool, encoding: str = "utf-8", number: int | None = 1) -> None:
        super().__init__()
        self.is_terminal, self._encoding, self._number = is_terminal, encoding, number

    def fileno(self) -> int:
        return super().fileno() if self._number is None else self._number

    @property
    def encoding(self) -> str:
        return self._encoding

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.mark.parametrize(
    ("system", "is_terminal", "console", "desk", "encoding"),
    [
        ("linux", False, 936, 936, "utf-8"),
        ("win32", True, 936, 936, "utf-8"),
        ("win32", False, 936, 936, "gbk"),
        ("win32", False, 437, 936, "cp437"),
        ("win32", False, 65001, 936, "utf-8"),
        ("win32", False, 0, 936, "gbk"),
        ("win32", False, 1, 1, "utf-8"),
    ],
)
def test_what_is_redirected_is_in_the_code_page_of_the_console(
    system: str, is_terminal: bool, console: int, desk: int, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program without a console writes in the desk's; one that Python does not know is no page at all."""
    kernel32 = SimpleNamespace(GetConsoleOutputCP=lambda: console, GetACP=lambda: desk)
    python = SimpleNamespace(platform=system, flags=SimpleNamespace(utf8_mode=0))
    monkeypatch.setattr(pipe, "sys", python)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel32), raising=False)
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    stream = Somewhere(is_terminal=is_terminal)
    assert encoding_of(stream) == encoding
    assert encoding_of(Somewhere(is_terminal=is_terminal, number=None)) == "utf-8"
    python.flags.utf8_mode = 1
    assert encoding_of(stream) == "utf-8"
    python.flags.utf8_mode = 0
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    assert encoding_of(stream) == "utf-8"


@pytest.mark.parametrize(("encoding", "written"), [("utf-8", '"县残联"'), ("gbk", '"\\u53bf\\u6b8b\\u8054"')])
def test_json_is_of_ascii_where_not_all_can_be_written(
    encoding: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Somewhere(is_terminal=False, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    cli._print_json({"unit": "县残联"}, None)
    assert stream.getvalue() == '{"unit": ' + written + "}\n"


@pytest.mark.posix(reason="pipes of Linux")
@pytest.mark.parametrize(("words", "code"), [(["--help"], 0), (["--version"], 1), (["status", "/no/such/folder"], 1), (["nonsense"], 2)])
def test_a_closed_pipe_is_no_complaint(words: Sequence[str], code: int) -> None:
    """Nor on the way out of the interpreter, where it writes what is left."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "minsheng_xl", *words]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    os.close(write)
    assert not {"Traceback", "Broken", "Errno", "ignored"} & set(done.stderr.replace(":", " ").split())
    assert done.returncode == code
