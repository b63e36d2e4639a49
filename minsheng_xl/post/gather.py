"""Gather: copy what bears our identity out of another program's folder (a chat's, an OA's) into 收件/, reading only."""

from itertools import count
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.accounts.values import Outcome
from minsheng_xl.intake.stream import FILE_LIMIT, Received, files_below, judge_files
from minsheng_xl.problems import MisuseError
from minsheng_xl.year.folder import Year
from minsheng_xl.year.storage import write_whole
from minsheng_xl.year.watching import Progress, unwatched

FOLDER = "搜集"
_TAKEN = (Outcome.ACCEPTED, Outcome.HELD, Outcome.REFUSED, Outcome.WORDS, Outcome.EMPTY, Outcome.DUPLICATE)


class GatherResult(NamedTuple):
    """What was looked at and copied: how many files, the copies, and how many of ours were taken before."""

    seen: int
    copies: tuple[Path, ...]
    known: int


def gather(year: Year, folder: "str | Path", *, progress: Progress = unwatched) -> GatherResult:
    """Copy each file below a folder in which a form of ours is, unless its bytes were judged before. The folder is only
    read. Raises MisuseError if it is none, or is the year's own, MinshengError if nothing can be written."""
    root = Path(folder)
    if not root.is_dir():
        raise MisuseError(f"没有这个文件夹：{folder}。请核对路径。")
    if root.resolve() == year.root.resolve() or year.root.resolve() in root.resolve().parents:
        raise MisuseError(f"{folder} 就在这一年的文件夹里，不用搜集。")
    own = year.root.resolve()
    every = (path for path in files_below(root) if own not in path.resolve().parents)
    paths = [path for path in every if path.stat().st_size <= FILE_LIMIT]
    ours: dict[Path, None] = {}
    known = 0
    for done, path in enumerate(paths, 1):
        judged = list(judge_files(year, [Received(path.name, path)]))
        if any(one.unit is not None and one.period is not None and one.outcome in _TAKEN for one in judged):
            if all(year.register.judged_as(one.sha256) is not None for one in judged):
                known += 1
            else:
                ours[path] = None
        progress(done, len(paths))
    return GatherResult(len(paths), tuple(_copied(year, path) for path in ours), known)


def _copied(year: Year, path: Path) -> Path:
    """The copy of a file in 收件/, under its name, or one beside it."""
    content = path.read_bytes()
    for number in count(1):
        target = year.inbox / FOLDER / (path.name if number == 1 else f"{path.stem}_{number}{path.suffix}")
        if not target.exists():
            write_whole(target, content)
            return target
        if target.read_bytes() == content:
            return target
    raise AssertionError
