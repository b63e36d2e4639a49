"""Forty kills in the suite; thousands by `python -m tests.post.kills`."""

from pathlib import Path

from tests.post.kills import kill_fetching, kill_sending
from tests.post.servers import Certificates, Mailbox


def test_each_unit_gets_one_letter_whenever_it_is_killed(certified: Certificates, tmp_path: Path) -> None:
    found = kill_sending(20, certified, tmp_path, 7)
    assert found.kills >= 20 and found.unknown <= found.kills


def test_no_letter_is_lost_or_taken_twice_whenever_it_is_killed(certified: Certificates, tmp_path: Path, mailbox: Mailbox) -> None:
    assert kill_fetching(20, certified, tmp_path, 7, mailbox).kills >= 20
