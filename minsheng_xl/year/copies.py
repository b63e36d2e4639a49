"""Copies of a year's files that a cloud drive, a second computer or a hand left beside them. Nothing is merged, and
nothing is written: what a copy holds that ours lacks is told, with what can be done.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import Closed, Decided, Issued, JournalEntry, Judged, Line, PaperNoted, TypedIn, read_line
from minsheng_xl.year.journal import Journal

_MOST_NAMED = 5
_DOUBLED = re.compile(r"[ _-]?(?:[(（][^)）]*[)）]|-.+|.*(?:冲突|副本|conflict|copy).*)", re.I)
"""What stands behind the name of a file in that of its double: 计划 (1), 计划-PC2, 计划 的副本, 计划 (冲突 2022-11-05)."""


class Copy(NamedTuple):
    """A copy of a journal: the lines that only it holds, how many both begin with, and whether ours ends there."""

    path: Path
    own: tuple[Line, ...]
    common: int
    is_later: bool


def copies_of(journal: Journal) -> Iterator[Copy]:
    """The copies of a journal beside it that hold a line which it lacks."""
    folder, name = journal.path.parent, journal.path.name
    if not folder.is_dir():
        return
    beside = [path for path in sorted(folder.iterdir()) if journal.path.stem in path.name and path.name != name]
    ours = _lines(journal.path) if beside else []
    known = set(ours)
    for path in beside:
        theirs = _lines(path)
        own = tuple(line for text in theirs if text not in known and (line := _read(text, path.name)) is not None)
        if own:
            pairs = zip(ours, theirs, strict=False)
            common = next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(ours), len(theirs)))
            yield Copy(path, own, common, common == len(ours))


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True) if path.is_file() else []


def _read(text: bytes, name: str) -> Line | None:
    """A line that was written whole; None of any other."""
    with suppress(ValueError, MinshengError):
        return read_line(text, name) if text.endswith(b"\n") else None
    return None


def copy_faults(journal: Journal) -> Iterator[str]:
    """What copies of a journal hold that it lacks, and what can be done."""
    name, root = journal.path.name, journal.path.parent.parent
    for copy in copies_of(journal):
        theirs, first, last = copy.path.name, copy.own[0], copy.own[-1]
        span = f"第 {first.seq} 条" if first is last else f"第 {first.seq} 条到第 {last.seq} 条"
        said = f"归档里的 {theirs} 有 {len(copy.own)} 行是 {name} 没有的（{span}：{_named(copy.own)}）。"
        if copy.is_later:
            yield (
                f"{said}它是接着 {name} 记下去的，{name} 是旧的一份。没有做任何改动。"
                f"请把 {name} 移到这个文件夹外面，把 {theirs} 改名为 {name}，再运行一次。"
            )
        else:
            yield (
                f"{said}两份从第 {copy.common} 行以后各记各的，像是两台电脑同时用了这个文件夹，或网盘没有同步完。没有合并，没有做任何改动。"
                f"用 {name} 的，请把 {theirs} 移到这个文件夹外面，再运行一次，括号里的事再做一遍（来件还在收件里的会重新判断）；"
                f"用 {theirs} 的，请把 {name} 移到外面，把 {theirs} 改名为 {name}，运行 minsheng-xl register rebuild {root}。"
            )


def _named(lines: Sequence[Line]) -> str:
    """What some lines are about, the first of it named."""
    words = list(dict.fromkeys(filter(None, (_about(line.entry) for line in lines))))
    more = f"等 {len(words)} 件" if len(words) > _MOST_NAMED else ""
    return "、".join(words[:_MOST_NAMED]) + more or "没有来件、下发、填数和决定"


def _about(entry: JournalEntry) -> str:
    if isinstance(entry, Judged):
        return f"来件 {entry.returned.file}"
    if isinstance(entry, Issued):
        return f"{'下发' if entry.plan else '发回'} {entry.file}"
    if isinstance(entry, TypedIn):
        return f"填在总台账里的 {entry.unit} {entry.period} 的数"
    if isinstance(entry, Decided):
        return f"决定 {entry.item.kind} {entry.item.unit} {entry.word}"
    if isinstance(entry, PaperNoted):
        return f"登记 {entry.file} 的纸质件"
    return f"{entry.period} 定稿" if isinstance(entry, Closed) else ""


def doubles(path: Path, what: str) -> Iterator[str]:
    """The doubles beside a file of which nothing is read, though they hold something else: `what` may stand there."""
    for double in sorted(path.parent.glob(f"{path.stem}*{path.suffix}")):
        is_double = _DOUBLED.fullmatch(double.stem.removeprefix(path.stem))
        if is_double and path.is_file() and double.is_file() and double.read_bytes() != path.read_bytes():
            yield (
                f"旁边的 {double.name} 像是网盘或另一台电脑存的一份，内容和 {path.name} 不同，程序没有读它。"
                f"里面有要的{what}，请抄进 {path.name}，再把它移到别处。"
            )
