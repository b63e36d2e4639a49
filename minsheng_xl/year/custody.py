"""What a year's folder proves of itself: that the lines of its journal follow on each other, that the register is made
from them, that every file they name lies whole in the archive, and that heads of the chain seen outside are inside.

Nothing is written, and nothing raises for what may be wrong: each fault is a sentence that names file and line.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from minsheng_xl.problems import MinshengError
from minsheng_xl.year.entries import (
    CertifyingIssued,
    Closed,
    ConfirmingIssued,
    Issued,
    Judged,
    PlanUsed,
    ReportedUp,
    Stamped,
)
from minsheng_xl.year.folder import Year
from minsheng_xl.year.journal import Journal, Written
from minsheng_xl.year.register import Register


class Chain(NamedTuple):
    """The lines of a journal that count, how many do not, what is wrong, and the numbers of the heads of the chain."""

    lines: tuple[Written, ...]
    torn: int
    faults: tuple[str, ...]
    heads: Mapping[str, int]

    @property
    def head(self) -> str:
        """The last head of the chain; "" where no line is chained."""
        return list(self.heads)[-1] if self.heads else ""


class Anchor(NamedTuple):
    """A head of the chain that was seen outside, or was kept: where, and the number of a line that came after it."""

    head: str
    where: str
    before: int


def chain_of(journal: Journal) -> Chain:
    """The chain of a journal, walked from its first line."""
    lines: list[Written] = []
    faults: list[str] = []
    heads: dict[str, int] = {}
    torn = 0
    for found in journal.walk():
        if found.fault:
            faults.append(found.fault)
        if not isinstance(found, Written):
            torn += not found.fault
            continue
        lines.append(found)
        if found.line.begins is not None:
            heads[found.line.prev] = found.mark.seq - 1
        if found.mark.chained:
            heads[found.mark.digest] = found.mark.seq
    return Chain(tuple(lines), torn, tuple(faults), heads)


def register_faults(year: Year, made: Register) -> Iterator[str]:
    """What is wrong with the folder's register beside one that was `made` from the journal."""
    path = year.register_path
    if not path.exists():
        return
    try:
        register = Register(path, year.journal, writable=False)
        try:
            rows, others = register.rows(), made.rows()
        finally:
            register.close()
    except MinshengError as error:
        yield str(error)
        return
    except sqlite3.Error:
        yield f"登记库 {path.name} 读不了，可能坏了。它由日志得来，运行 minsheng-xl register rebuild {year.root} 重建。"
        return
    differing = next((seq for seq, row in rows.items() if row != others.get(seq)), None)
    if differing is not None:
        yield (
            f"登记库 {path.name} 里的第 {differing} 条和日志里的不同，像是有人改过登记库或日志。"
            f"日志没有错的话，运行 minsheng-xl register rebuild {year.root} 重建登记库。"
        )


def archive_faults(year: Year, lines: Iterable[Written]) -> dict[str, str]:
    """The files that the journal names and the archive does not hold whole: by sha256, that in words."""
    faults: dict[str, str] = {}
    for sha256, (name, seq) in _named(lines).items():
        path = year.archive.path(sha256)
        what = f"{name}（日志第 {seq} 条，内容指纹 {sha256[:12]}）"
        if not path.exists():
            faults[sha256] = f"归档里缺了 {what}。请从备份恢复 归档/文件/{sha256[:2]}/{sha256}。"
        elif not year.archive.holds(sha256):
            told = f"归档里的 {what} 被换过，或已损坏：内容和指纹对不上。"
            faults[sha256] = f"{told}请从备份恢复 归档/文件/{sha256[:2]}/{sha256}。"
    return faults


def _named(lines: Iterable[Written]) -> dict[str, tuple[str, int]]:
    """What the journal calls the files that it stands on, and where it names them first; those that were too many to
    be kept are left out."""
    named: dict[str, tuple[str, int]] = {}
    unkept: set[str] = set()
    for written in lines:
        entry = written.line.entry
        if isinstance(entry, Judged) and not entry.kept:
            unkept.add(entry.returned.sha256)
        for sha256, name in _files(written):
            named.setdefault(sha256, (name, written.line.seq))
    return {sha256: found for sha256, found in named.items() if sha256 and sha256 not in unkept}


def _files(written: Written) -> Iterator[tuple[str, str]]:
    """The files that an entry names: sha256 and name."""
    entry = written.line.entry
    if isinstance(entry, PlanUsed):
        yield entry.sha256, f"{entry.at:%Y-%m-%d} 的计划"
    elif isinstance(entry, Issued):
        yield entry.sha256, f"{entry.period} {'下发' if entry.plan else '发回'}的 {entry.file}"
    elif isinstance(entry, CertifyingIssued | ConfirmingIssued):
        yield entry.sha256, f"{entry.period} 下发的 {entry.file}"
    elif isinstance(entry, Judged):
        yield entry.returned.sha256, f"来件 {entry.returned.file}"
    elif isinstance(entry, Closed):
        yield entry.print, f"{entry.period} 定稿的打印稿"
    elif isinstance(entry, ReportedUp):
        yield entry.sha256, f"{entry.period} 上报的 {entry.file}"
    elif isinstance(entry, Stamped):
        yield entry.sha256, f"{entry.at:%Y-%m-%d %H:%M} 的时间戳"


def anchors_of(lines: Iterable[Written]) -> Iterator[Anchor]:
    """The heads that the journal itself says it gave away: on forms, and kept in a closing."""
    for written in lines:
        entry, seq = written.line.entry, written.line.seq
        if isinstance(entry, Issued | CertifyingIssued | ConfirmingIssued) and entry.head:
            yield Anchor(entry.head, f"{entry.period} 下发的 {entry.file}", seq)
        elif isinstance(entry, Closed) and entry.head:
            yield Anchor(entry.head, f"{entry.period} 的定稿记录", seq)
        elif isinstance(entry, Stamped):
            yield Anchor(entry.head, f"{entry.at:%Y-%m-%d %H:%M} 的时间戳记录", seq)


def anchor_faults(chain: Chain, anchors: Sequence[Anchor]) -> Iterator[str]:
    """The heads seen outside that are not in the chain, or not where they must be, each once."""
    places: dict[str, list[str]] = {}
    for anchor in anchors:
        if chain.heads.get(anchor.head, anchor.before) >= anchor.before:
            places.setdefault(anchor.head, []).append(anchor.where)
    for head, found in places.items():
        every = dict.fromkeys(found)
        where = found[0] if len(every) == 1 else f"{found[0]} 等 {len(every)} 处"
        yield f"{where}带着的链首 {head} 不在日志的链上：日志在那以后被截短、重写过，或换成了另一份。请从备份恢复日志。"
