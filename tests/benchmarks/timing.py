"""Two ways of doing the same thing, in turn, in one run; what counts is the ratio of the medians."""

import statistics
import time
from collections.abc import Callable


def side_by_side(title: str, ours: Callable[[], object], theirs: Callable[[], object], goal: str, rounds: int = 7) -> float:
    """Run the two in turn after a warm-up; print medians and their ratio (ours / theirs)."""
    ours(), theirs()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for one, spent in zip((ours, theirs), times, strict=True):
            start = time.perf_counter()
            one()
            spent.append(time.perf_counter() - start)
    mine, other = (statistics.median(spent) * 1000 for spent in times)
    print(f"{title}: {mine:.1f} ms against {other:.1f} ms = {mine / other:.2f} (goal {goal})")
    return mine / other
