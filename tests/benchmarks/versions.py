"""Judging a return of this version by this program, against one of another version by that: what a form came to cost.

    python -m tests.benchmarks.versions CHECKOUT

CHECKOUT is a work tree of the other version, which may be as old as the first that had a benchmark `trusted`. Each
issues October to the units of the built-in plan, fills the forms in as its demo does, and judges them round by round
in a process of its own, in turn with the other; what counts is the least processor time of a round. Then the same of
the forms as LibreOffice saves them, where it is installed: other programs write every cell anew.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.libreoffice.soffice import PROGRAM, convert

ROUNDS = 25
OURS = Path(__file__).parents[2]
_MAKE = """
import sys
from pathlib import Path
from tests.benchmarks.trusted import october
october(Path(sys.argv[1]))
"""
_JUDGE = """
import hashlib, sys, time
from pathlib import Path
from minsheng_xl.intake.evidence import judge_of
year, forms = map(Path, sys.argv[1:])
judge = judge_of(year)
files = [(path.name, path.read_bytes()) for path in sorted(forms.glob("*.xlsx"))]
def judged():
    start = time.process_time()
    for name, content in files:
        judge.judge(name, hashlib.sha256(content).hexdigest(), content)
    return (time.process_time() - start) / len(files)
judged()
for line in sys.stdin:
    print(judged(), flush=True)
"""


class Version(NamedTuple):
    """A work tree, and the folder in which it made its forms."""

    checkout: Path
    folder: Path

    def command(self, code: str, *arguments: Path) -> list[str]:
        return [sys.executable, "-c", code, *map(str, arguments)]

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"PYTHONPATH": str(self.checkout), "PYTHONHASHSEED": "0"}

    def make(self) -> None:
        self.folder.mkdir()
        command = self.command(_MAKE, self.folder)
        subprocess.run(command, check=True, cwd=self.checkout, env=self.environment)

    def judge(self, forms: Path) -> "subprocess.Popen[str]":
        """A process that judges the forms of a folder once for every line that it is sent."""
        command = self.command(_JUDGE, self.folder / "年", forms)
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=self.checkout, env=self.environment)


def compared(title: str, ours: Version, theirs: Version, forms: str) -> None:
    """Judge the forms that lie in a folder of both, in turn; print the least times and their ratio."""
    judges = [one.judge(one.folder / forms) for one in (ours, theirs)]
    times: list[list[float]] = [[], []]
    for _ in range(ROUNDS):
        for judge, spent in zip(judges, times, strict=True):
            assert judge.stdin is not None and judge.stdout is not None
            judge.stdin.write("again\n")
            judge.stdin.flush()
            spent.append(float(judge.stdout.readline()))
    for judge in judges:
        judge.communicate()
    mine, other = (min(spent) * 1000 for spent in times)
    print(f"{title}: {mine:.2f} ms a form against {other:.2f} ms = {mine / other:.2f} (goal ≤ 1.10)")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        ours, theirs = Version(OURS, Path(name) / "这一版"), Version(Path(sys.argv[1]).resolve(), Path(name) / "那一版")
        for one in (ours, theirs):
            one.make()
        compared("forms filled in", ours, theirs, ".")
        if PROGRAM is None:
            return
        for one in (ours, theirs):
            convert(sorted(one.folder.glob("*.xlsx")), "xlsx", one.folder / "另存", recalculate=False)
        compared("forms that LibreOffice saved", ours, theirs, "另存")


if __name__ == "__main__":
    main()
