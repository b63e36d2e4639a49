"""Run a command of minsheng-xl as if it were given at a fixed time.

    PYTHONPATH=CHECKOUT python tests/kept/at_time.py 2022-10-31T09:00 issue YEAR --period 2022-10

The program is the one that PYTHONPATH finds, of any version: nothing here imports more of it than its
command line and, for `create YEAR TABLES`, what makes a year from a folder of CSV tables.
"""

import datetime
import sys
import time
from pathlib import Path
from typing import Any

_real = datetime.datetime


class _Dated(type):
    """What was made before the clock stopped is a time too."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _real)


def stop_clock(text: str) -> None:
    """Let `datetime.now()` be that time from here on, for whatever imports datetime later."""
    fixed = _real.fromisoformat(text)

    class Stopped(_real, metaclass=_Dated):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return fixed.replace(tzinfo=tz)

        @classmethod
        def utcnow(cls) -> Any:
            return fixed

    datetime.datetime = Stopped  # type: ignore[misc]
    # zipfile dates its members by it
    time.localtime = lambda seconds=None: fixed.timetuple()  # type: ignore[assignment,misc]


def main(arguments: list[str]) -> int:
    moment, *command = arguments
    stop_clock(moment)
    if command[0] == "create":
        from minsheng_xl import Year
        from minsheng_xl.plan.text import read_folder

        Year.create(command[1], read_folder(Path(command[2]))).close()
        return 0
    from minsheng_xl.cli import main as run

    return run(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
