"""连续滞后 through silence, reasoned by hand: R red, Y yellow, G green, O 未报, H 待核, P 暂停, X 不涉及, U 序时未定."""

import pytest

from minsheng_xl.exact.expressions import Const
from minsheng_xl.figures.definitions import Status
from minsheng_xl.figures.streak import Streak, shown_status, shown_streak, streak_of

SIGNS = {
    "R": Status.RED, "Y": Status.YELLOW, "G": Status.ON_PACE, "O": Status.MISSING, "H": Status.HELD, "P": Status.PAUSED,
    "X": Status.NOT_APPLICABLE, "U": Status.OPEN, "D": Status.DONE, "M": Status.MISSED,
}

CASES = [
    ("", 0, "—"), ("G", 0, "—"), ("R", 1, "1期"), ("RYR", 3, "3期"), ("RRGR", 1, "1期"), ("RRD", 0, "—"),
    ("RRRO", 3, "3期，连续未报1期"), ("RRROO", 3, "3期，连续未报2期"), ("RRROR", 4, "4期，其间未报1期"),
    ("RORORO", 3, "3期，其间未报2期，连续未报1期"), ("ROOR", 2, "2期，其间未报2期"), ("RRHR", 3, "3期"), ("RPXUR", 2, "2期"),
    ("ROHOR", 2, "2期，其间未报2期"), ("ROHO", 1, "1期，连续未报1期"), ("ROG", 0, "—"), ("RGO", 0, "—"),
    ("O", 0, "—"), ("OO", 0, "连续未报2期"), ("OOR", 1, "1期"), ("RRM", 3, "3期"), ("R R", 1, "1期"),
]


def labels(signs: str) -> list[str]:
    return [SIGNS[sign].label if sign.strip() else "" for sign in signs]


@pytest.mark.parametrize(("signs", "count", "words"), CASES)
def test_silence_neither_counts_nor_breaks(signs: str, count: int, words: str) -> None:
    streak = streak_of(labels(signs))
    assert (streak.lagging, streak.words) == (count, words)


@pytest.mark.parametrize(("signs", "words"), [(signs, words) for signs, _, words in CASES if signs])
def test_the_live_cell_says_the_same_of_what_lags_or_is_silent(signs: str, words: str) -> None:
    *before, now = labels(signs)
    listed = now in [SIGNS[sign].label for sign in "RYMO"]
    assert shown_streak(Const(now), streak_of(before)).value() == (words if listed else "—")


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ("R", "O", "○ 未报（上期滞后）"), ("YOO", "O", "○ 未报（上期滞后）"), ("RH", "O", "○ 未报（上期滞后）"),
        ("G", "O", "○ 未报"), ("RG", "O", "○ 未报"), ("", "O", "○ 未报"), ("R", "R", "▼ 滞后红"), ("R", "H", "？ 待核"),
    ],
)
def test_a_silent_row_says_that_its_last_light_was_yellow_or_red(before: str, now: str, shown: str) -> None:
    (label,) = labels(now)
    assert shown_status(Const(label), streak_of(labels(before))).value() == shown


def test_a_streak_is_a_record() -> None:
    assert Streak().then(SIGNS["R"].label) == Streak(lagging=1)


def test_the_periods_under_a_former_lead_are_told_apart() -> None:
    red, silent, good = Status.RED.label, Status.MISSING.label, Status.ON_PACE.label
    assert streak_of([red, red, red, red, red], {0, 1, 2, 3}).words == "5期，其中原牵头4期"
    assert streak_of([red, silent, red], {0, 1}).words == "2期，其中原牵头1期，其间未报1期"
    assert streak_of([red, good, red], {0, 1}).words == "1期"
    assert streak_of([red, red, silent], {0, 1}).words == "2期，其中原牵头2期，连续未报1期"
