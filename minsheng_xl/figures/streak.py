"""连续滞后: for how many periods on end an indicator has lagged; silence does not end that.

未报, 待核, 暂停, 不涉及 and 序时未定 neither count nor break; what is at its pace does break.
"""

from collections.abc import Container, Iterable
from typing import NamedTuple

from minsheng_xl.exact.expressions import Expr, cases, join
from minsheng_xl.figures.definitions import NONE, Status

LAGGING = (Status.YELLOW, Status.RED, Status.MISSED)
LAGGING_LABELS = frozenset(state.label for state in LAGGING)
BEFORE = "上期滞后"
"""What is said of a row that is 未报 and whose last light was yellow or red."""
_NEITHER = frozenset(
    state.label for state in (Status.HELD, Status.PAUSED, Status.NOT_APPLICABLE, Status.OPEN)
)


class Streak(NamedTuple):
    """How long a row has lagged up to a period: `lagging` periods on end, among them `between` that were 未报;
    since the last of them `pending` were, and of those the last `silent` on end up to now. In `former` of the lagging
    ones another unit led."""

    lagging: int = 0
    between: int = 0
    pending: int = 0
    silent: int = 0
    former: int = 0

    def then(self, label: str, *, is_former: bool = False) -> "Streak":
        """The same a period later, in which the row stood so, under a former lead or the present one; "" if it did not
        stand at all."""
        if label in LAGGING_LABELS:
            between = self.between + self.pending if self.lagging else 0
            return Streak(self.lagging + 1, between, former=self.former + is_former)
        if label == Status.MISSING.label:
            return self._replace(pending=self.pending + 1, silent=self.silent + 1)
        return self._replace(silent=0) if label in _NEITHER else Streak()

    @property
    def words(self) -> str:
        """As 滞后清单 prints it: 3期, 5期，其中原牵头4期, 4期，其间未报1期, 3期，连续未报1期, — where there is nothing to
        say."""
        parts = [f"{self.lagging}期"] if self.lagging else []
        if self.former:
            parts.append(f"其中原牵头{self.former}期")
        if self.lagging and self.between:
            parts.append(f"其间未报{self.between}期")
        if self.silent > (0 if self.lagging else 1):
            parts.append(f"连续未报{self.silent}期")
        return "，".join(parts) or NONE


def streak_of(labels: Iterable[str], former: Container[int] = ()) -> Streak:
    """The streak after periods, the oldest first, of which the labels of the row's status are given; in those whose
    numbers, from 0, are in `former` another unit led."""
    streak = Streak()
    for number, label in enumerate(labels):
        streak = streak.then(label, is_former=number in former)
    return streak


def shown_streak(state: Expr, before: Streak) -> Expr:
    """连续滞后 of a row whose status is live; `before` is how it stood before this period."""
    lagging, silent = before.then(Status.YELLOW.label), before.then(Status.MISSING.label)
    return cases(
        *((state.equals(one.label), lagging.words) for one in LAGGING),
        (state.equals(Status.MISSING.label), silent.words),
        otherwise=NONE,
    )


def shown_status(state: Expr, before: Streak) -> Expr:
    """状态 of a row in a list: 未报（上期滞后） where it is silent on a light that was yellow or red."""
    if not before.lagging:
        return cases((state.equals(""), ""), otherwise=state)
    said = join(Status.MISSING.label, f"（{BEFORE}）")
    return cases((state.equals(Status.MISSING.label), said), (state.equals(""), ""), otherwise=state)
