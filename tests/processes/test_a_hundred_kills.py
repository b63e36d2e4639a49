"""Consolidations killed at random moments; the longest test of the room, in a file that begins first."""

from minsheng_xl import Year
from tests.processes.kills import kill_often


def test_a_hundred_kills_lose_nothing(small_year: Year) -> None:
    year = small_year
    killed = kill_often(year, 100)
    year.close()
    assert killed >= 40  # of those that were still at work
