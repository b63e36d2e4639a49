"""More returns than a county's: one core, two processes, a cluster of two workers, against the loop people write today.

    python -m tests.benchmarks.levels

7,200 returns of a month (160 counties of 45 units have as many) against one plan: seconds, and the peak memory of each
process; per return against `pandas.read_excel` over some of the same files; how time grows from 38 to 3,800 returns.

On two cores that the main process shares, a cluster is slower than the pool: what travels is packed, sent twice (to the
scheduler, to the worker) and unpacked. It pays where its machines have cores of their own.
"""

import math
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

from minsheng_xl import Year, inspect
from minsheng_xl.desk.cluster import executor_of
from tests.benchmarks.trusted import copies, loop, october, peak
from tests.cluster import cluster

MANY = 7200
SOME = 152


def seconds(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def highest(pids: Iterable[int]) -> list[int]:
    """The peak memory of processes, each with the children that read for it, in KiB."""
    found = []
    for pid in pids:
        threads = Path(f"/proc/{pid}/task").iterdir()
        children = [int(one) for thread in threads for one in (thread / "children").read_text().split()]
        found += [_peak_of(one) for one in (pid, *children)]
    return found


def _peak_of(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))


def judged(year: Year, files: list[Path], executor: "Executor | None" = None) -> None:
    assert sum(1 for _ in inspect(year, files, executor)) == len(files)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        year, own = october(folder)
        files = copies(own, folder / "一省", MANY)
        judged(year, files[:64])
        alone = seconds(lambda: judged(year, files))
        print(f"{MANY} returns on one core: {alone:.1f} s, {alone / MANY * 1000:.2f} ms each")
        with ProcessPoolExecutor(2) as pool:
            judged(year, files[:64], pool)
            two = seconds(lambda: judged(year, files, pool))
            print(f"two processes: {two:.1f} s = {two / alone:.2f} of one; peak {highest(pool._processes)} KiB")
        with cluster(folder / "cluster") as machines, executor_of(machines.address) as executor:
            first = seconds(lambda: judged(year, files[:64], executor))
            far = seconds(lambda: judged(year, files, executor))
            pids = [process.pid for name, process in machines.processes.items() if name != "scheduler"]
            print(
                f"a cluster of two workers: {far:.1f} s = {far / alone:.2f} of one, the first 64 in {first:.1f} s; "
                f"peak {highest(pids)} KiB"
            )
        few = alone / MANY * SOME
        other = seconds(lambda: loop(files[:SOME]))
        print(f"the pandas loop over {SOME}: {other:.2f} s; ours {few / other:.3f} of it (goal ≤ 0.1)")
        copies(own, folder / "一县", 38)
        code = "from minsheng_xl import Year, inspect\nfor one in inspect(Year({year!r}), [{of!r}]): pass"
        small, large = (
            peak(code.format(year=str(year.root), of=str(folder / of))) for of in ("一县", "一省")
        )
        print(f"peak memory of {MANY} against 38: {large} against {small} KiB = {large / small:.2f} (goal ≤ 1.5)")
        times = {count: seconds(lambda count=count: judged(year, files[:count])) for count in (38, 380, 3800)}
        told = ", ".join(f"{count}: {spent:.2f} s" for count, spent in times.items())
        print(f"{told}; exponent {exponent(times):.3f} (goal ≤ 1.05)")


def exponent(times: dict[int, float]) -> float:
    """The slope of a line through the logarithms, by least squares."""
    points = [(math.log(count), math.log(spent)) for count, spent in times.items()]
    middle = [sum(values) / len(points) for values in zip(*points, strict=True)]
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return above / sum((x - middle[0]) ** 2 for x, _ in points)


if __name__ == "__main__":
    main()
