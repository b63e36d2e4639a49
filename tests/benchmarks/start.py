"""minsheng-xl --help against a bare Python start, whole processes.

python -m tests.benchmarks.start
"""

import subprocess
import sys

from tests.benchmarks.timing import processors, side_by_side


def main() -> None:
    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    side_by_side("--help", lambda: run("-m", "minsheng_xl", "--help"), lambda: run("-c", "pass"), "≤ 4", rounds=31, clock=processors)


if __name__ == "__main__":
    main()
