"""Try one thing after the other, each within its time; whatever happens is a sentence, and nothing stays."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple

from minsheng_xl.desk.checking.model import Desk, Fitness, Probe, Seen
from minsheng_xl.problems import MinshengError, why
from minsheng_xl.year.storage import UNFINISHED

_CLEARING_SECONDS = 5.0
"""What clearing away may take: a share that does not answer holds nobody up."""


class Looked(NamedTuple):
    """What was seen of one thing that was tried."""

    probe: Probe
    seen: tuple[Seen, ...]

    @property
    def is_unfit(self) -> bool:
        return any(one.fitness is Fitness.UNFIT for one in self.seen)

    def as_json(self) -> list[dict[str, Any]]:
        """What `check-desk --json` gives of it."""
        return [
            {
                "check": self.probe.name, "title": self.probe.title, "state": one.fitness.name.lower(),
                "seen": one.words, "action": one.action,
            }
            for one in self.seen
        ]

    def lines(self) -> Iterator[str]:
        """What is told of it, a line for each thing seen."""
        for one in self.seen:
            action = f"{one.action}。" if one.action else ""
            yield f"{one.fitness.value}　{self.probe.title}：{one.words}。{action}"


def looked_over(desk: Desk, probes: Sequence[Probe]) -> Iterator[Looked]:
    """Try each; what one made and could not remove is removed at the end, also after Ctrl-C."""
    try:
        for probe in probes:
            yield Looked(probe, _within_its_time(probe, desk))
    finally:
        clearing = Thread(target=_clear, args=(desk,), daemon=True)
        clearing.start()
        clearing.join(_CLEARING_SECONDS)


def _within_its_time(probe: Probe, desk: Desk) -> tuple[Seen, ...]:
    answers: SimpleQueue[tuple[Seen, ...]] = SimpleQueue()
    Thread(target=_look, args=(probe, desk, answers), daemon=True).start()
    try:
        return answers.get(timeout=probe.seconds)
    except Empty:
        told = "请看共享盘、网络、杀毒软件是不是没有应答，再检查一次"
        return (probe.unknown(f"等了 {probe.seconds:.0f} 秒没有结果", told),)


def _look(probe: Probe, desk: Desk, answers: "SimpleQueue[tuple[Seen, ...]]") -> None:
    try:
        seen = tuple(probe.look(desk))
    except MinshengError as error:
        seen = (probe.unknown(str(error).rstrip("。"), ""),)
    except OSError as error:
        seen = (probe.unknown(f"没有查成：{why(error)}", "请处理后再检查一次"),)
    except Exception as error:  # what nobody thought of is told, and the others are tried
        seen = (probe.unknown(f"没有查成（{type(error).__name__}：{error}）", "请把这句话告诉维护人员"),)
    answers.put(seen)


def _clear(desk: Desk) -> None:
    with suppress(OSError):
        for folder in (desk.folder, *_folders(desk.folder)):
            for left in folder.glob(f"{UNFINISHED}{desk.mark}*"):
                if left.is_dir():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    left.unlink(missing_ok=True)


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()]
