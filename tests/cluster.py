"""A cluster as an office starts it: Dask's own commands, each in an empty folder of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60


class Cluster:
    """A scheduler and its workers, of one thread each, as processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        told = folder / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
        _wait(told.exists)
        self._tcp = json.loads(told.read_text())["address"]

    @property
    def address(self) -> str:
        return self._tcp.replace("tcp", "dask")

    def work(self, name: str) -> None:
        """Start a worker, which nobody starts again."""
        self._start("worker", self._tcp, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--name", name, called=name)
        out = self._folder / name / "out.txt"
        _wait(lambda: "Registered to" in out.read_text(encoding="utf-8", errors="replace"))

    def _start(self, command: str, *arguments: str, called: str = "") -> None:
        place = self._folder / (called or command)
        place.mkdir(parents=True)
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        with (place / "out.txt").open("wb") as out:
            self.processes[called or command] = subprocess.Popen(
                [sys.executable, "-m", "dask", command, *arguments], cwd=place, env=environment, stdout=out,
                stderr=subprocess.STDOUT,
            )

    def close(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not until():
        assert time.monotonic() < end
        time.sleep(0.1)


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster with workers called w0, w1, …"""
    made = Cluster(folder)
    try:
        for number in range(workers):
            made.work(f"w{number}")
        yield made
    finally:
        made.close()
