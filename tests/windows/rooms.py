"""The part of the suite that asks nothing of POSIX, under the Windows Python: `python -m tests.windows.rooms`.

The tests come from this checkout, and so does the program that they import; a command that they start is the installed
one. What is left out is told with its reason: tests that are marked as asking POSIX, those that ask a program that is not
here for Windows (LibreOffice, gnumeric, poppler), and others, which may be no more than MOST_LEFT_OUT. Wine is not
Windows: see .ci/windows.
"""

import os
import re
import subprocess
import sys
import tempfile
import time

from tests.conftest import OF_POSIX
from tests.windows.wine import PYTHON

ROOMS = (
    "taking", "intake", "sending", "master", "proof", "changes", "telling", "closing", "year", "years", "published", "papers",
    "books", "letters", "memory", "handbook", "kept", "ledger", "rules", "figures", "plan", "accounts", "forms", "exact",
)
"""The long ones first: they are handed to two workers."""
ELSEWHERE = {
    "proof/test_stamp.py": "the authority is openssl, which a desk with Windows has not",
    "intake/test_child.py": "children of a fork and their signals; tests/windows has those of Windows",
    "books/test_write.py": "calamine reads back, whose wheel asks for what Wine lacks",
    "intake/test_differential.py": "the same",
    "books/test_vba.py": "the macros are read back by oletools, which asks for what Wine lacks",
}
"""Files that ask as a whole for what is not there, by their reasons."""
NOT_RUN = {
    "beginning": "Wine tells no time at which a file was made, by which the demo's late ones are known; tests/windows runs it",
    "desk": "what it says is read as UTF-8; tests/windows runs the commands in code page 936",
    "hostile": "its files are encrypted by cryptography, whose wheel asks for what Wine lacks",
    "house": "the sources are the same",
    "post": "the servers are Linux's",
    "processes, libreoffice, others, windows, benchmarks": "kill and fill as POSIX does, or ask for LibreOffice, or are of another kind",
}
"""Rooms that do not run, by their reasons."""
MOST_LEFT_OUT = 15
MOST_AGAIN = 3
"""How many that failed are run once more; those that fail again have failed. More are no accident."""
PROGRAMS = ("LibreOffice", "gnumeric", "poppler-utils")
"""Programs by which a test says that it needs them."""
_UNASKED = ("MINSHENG_REQUIRE_LIBREOFFICE", "MINSHENG_REQUIRE_VALIDATOR")
"""There is no such program for Windows here: tests that need one are left out too."""


def _sort_of(line: str) -> str:
    """Why a test was left out: "marked" as asking POSIX, for want of a "program", or "other"."""
    if OF_POSIX in line:
        return "marked"
    return "program" if any(program in line for program in PROGRAMS) else "other"


def _heard(command: list[str]) -> tuple[list[str], int]:
    """The lines that a command says, and its code."""
    environment = {name: value for name, value in os.environ.items() if name not in _UNASKED}
    with subprocess.Popen(  # Wine writes well to pipes only
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
    ) as tests:
        assert tests.stdout is not None
        said = []
        for line in tests.stdout:
            said.append(line.decode("utf-8", "replace").rstrip())
            print(said[-1], flush=True)
    return said, tests.returncode


def main() -> int:
    """Run them; 0 if all went well and few enough were left out."""
    if PYTHON is None:
        print("MINSHENG_WINDOWS_PYTHON names no Windows Python", file=sys.stderr)
        return 2
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as cache:
        pytest = [PYTHON, "-X", "utf8", "-m", "pytest", "-q", "-o", f"cache_dir={cache}"]
        rooms = [*(f"tests/{room}" for room in ROOMS), *(f"--ignore=tests/{path}" for path in ELSEWHERE)]
        said, code = _heard([*pytest, "-rsf", "-n", "2", *rooms])
        failed = [line for line in said if line.startswith("FAILED")]
        if code == 1 and len(failed) <= MOST_AGAIN:
            print("once more, alone: Wine at times loses a process that starts beside others")
            _, code = _heard([*pytest, "-n", "1", "--last-failed", "--last-failed-no-failures", "none", *rooms])
    counts = {"marked": 0, "program": 0, "other": 0}
    for line in said:
        if line.startswith("SKIPPED"):
            counts[_sort_of(line)] += int(re.findall(r"\d+", line)[0])
    for path, reason in (*ELSEWHERE.items(), *NOT_RUN.items()):
        print(f"not run: tests/{path}: {reason}")
    count = counts["other"]
    print(
        f"{len(ROOMS)} rooms in {time.monotonic() - start:.0f} s; marked as asking POSIX {counts['marked']}, asking a program "
        f"that is not here for Windows {counts['program']}, left out besides {count} of at most {MOST_LEFT_OUT}"
    )
    for line in failed:
        print(f"not at the first time: {line}")
    return code or int(count > MOST_LEFT_OUT)


if __name__ == "__main__":
    sys.exit(main())
