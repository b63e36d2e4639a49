"""Two ways of doing the same thing, in turn, in one run; what counts is the ratio of the medians.

Neither way pays for the garbage of the other. Where nothing is done in a child that lives on, `processors` is a better
clock than the wall's: other programs on the computer change it little.
"""

import gc
import resource
import statistics
import time
from collections.abc import Callable


def side_by_side(
    title: str, ours: Callable[[], object], theirs: Callable[[], object], goal: str, rounds: int = 7,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """Run the two in turn after a warm-up; print medians and their ratio (ours / theirs)."""
    ours(), theirs()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for one, spent in zip((ours, theirs), times, strict=True):
            gc.collect()
            start = clock()
            one()
            spent.append(clock() - start)
    mine, other = (statistics.median(spent) * 1000 for spent in times)
    print(f"{title}: {mine:.1f} ms against {other:.1f} ms = {mine / other:.3f} (goal {goal})", flush=True)
    return mine / other


def processors() -> float:
    """Seconds that this process and its ended children have used."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
