"""The part of the suite that asks nothing of POSIX, under the Windows Python: `python -m tests.windows.rooms`.

The tests come from this checkout, and so does the program that they import; a command that they start is the installed
one. What is left out is told with its reason, and may be no more than MOST_LEFT_OUT. Wine is not Windows: see
.ci/windows.
"""

import os
import re
import subprocess
import sys
import time

from tests.windows.wine import PYTHON

ROOMS = ("taking", "proof", "changes", "closing", "year", "ledger", "rules", "figures", "plan", "accounts", "exact")
"""The long ones first: they are handed to two workers."""
ELSEWHERE = {
    "proof/test_stamp.py": "the authority is openssl, which a desk with Windows has not",
}
"""Files that ask as a whole for what is not there, by their reasons."""
MOST_LEFT_OUT = 15
_UNASKED = ("MINSHENG_REQUIRE_LIBREOFFICE", "MINSHENG_REQUIRE_VALIDATOR")
"""There is no such program for Windows here: tests that need one are left out too."""


def main() -> int:
    """Run them; 0 if all went well and few enough were left out."""
    if PYTHON is None:
        print("MINSHENG_WINDOWS_PYTHON names no Windows Python", file=sys.stderr)
        return 2
    start = time.monotonic()
    command = [
        PYTHON, "-X", "utf8", "-m", "pytest", "-q", "-rs", "-n", "2", "-p", "no:cacheprovider",
        *(f"tests/{room}" for room in ROOMS), *(f"--ignore=tests/{path}" for path in ELSEWHERE),
    ]
    environment = {name: value for name, value in os.environ.items() if name not in _UNASKED}
    with subprocess.Popen(  # Wine writes well to pipes only
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
    ) as tests:
        assert tests.stdout is not None
        said = []
        for line in tests.stdout:
            said.append(line.decode("utf-8", "replace").rstrip())
            print(said[-1], flush=True)
    left_out = [line for line in said if line.startswith("SKIPPED")]
    count = sum(int(re.findall(r"\d+", line)[0]) for line in left_out)
    for path, reason in ELSEWHERE.items():
        print(f"not run: tests/{path}: {reason}")
    print(f"{len(ROOMS)} rooms in {time.monotonic() - start:.0f} s; left out {count} of at most {MOST_LEFT_OUT}")
    return tests.returncode or int(count > MOST_LEFT_OUT)


if __name__ == "__main__":
    sys.exit(main())
