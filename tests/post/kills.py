"""Killed at random moments: `python -m tests.post.kills 2000`.

A program of its own sends to a real server, or fetches from a real mailbox, and is killed with SIGKILL after a random
while; then it runs again, to its end. By the server's own record each unit got exactly one letter, or is 不确定 (at most one
for each kill); no letter is lost, none is taken twice.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from minsheng_xl import Period, Year, issue
from minsheng_xl.post.account import Account, Server, remember
from minsheng_xl.post.send import Mailed, due_letters
from minsheng_xl.post.words import FORM
from minsheng_xl.year.entries import Fetched, Issued
from tests.makers import little_tables
from tests.post.servers import SECRET, USER, Certificates, Letterbox, Mailbox, certificates, dovecot

OCTOBER = Period.parse("2022-10")
_RUN = "import sys; from minsheng_xl.desk.cli import main; sys.exit(main(sys.argv[1:]))"


class Count(NamedTuple):
    """Kills that came in time, letters that the server took, units of which nobody knows."""

    kills: int
    taken: int
    unknown: int


def environment(certified: Certificates, home: Path) -> dict[str, str]:
    return {
        **os.environ, "SSL_CERT_FILE": str(certified.authority), "HOME": str(home), "MINSHENG_MAIL_SECRET": SECRET,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


def killed(command: list[str], env: dict[str, str], is_time: Callable[[], bool], delay: float) -> bool:
    """Run the program and kill it a moment after it is time; whether it had not ended before."""
    program = subprocess.Popen([sys.executable, "-c", _RUN, *command], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while program.poll() is None and not is_time():
        time.sleep(0.0005)
    time.sleep(delay)
    if program.poll() is not None:
        return False
    program.send_signal(signal.SIGKILL)
    program.wait()
    return True


def whole(command: list[str], env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", _RUN, *command], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def issued_year(root: Path) -> Year:
    tables = little_tables()
    for number, row in enumerate(tables.rows["单位"], 1):
        row.cells["邮箱"] = f"unit{number}@x.gov.cn"
    year = Year.create(root, tables)
    issue(year, OCTOBER, datetime(2022, 10, 31))
    return year


def kill_sending(kills: int, certified: Certificates, folder: Path, seed: int) -> Count:
    """Send again and again, each run killed at some moment; every few runs a new form is due to all."""
    chance, box = random.Random(seed), Letterbox(certified.good)
    year = issued_year(folder / "年")
    home, units = folder / "home", len(year.plan.reporting_units)
    home.mkdir()
    setting = home / ".config" / "minsheng-xl" / "mail.json"
    remember(setting, Account(smtp=Server("localhost", box.port), user=USER, sender=USER, pause=0))
    env, command = environment(certified, home), ["send", str(year.root), "--period", "2022-10", "--yes"]
    done = unknown = taken = 0
    try:
        while done < kills:
            in_round = 0
            for _ in range(3):
                until = box.steps + chance.randint(1, units)
                was_killed = killed(command, env, lambda until=until: box.steps >= until, chance.uniform(0, 0.02))  # type: ignore[misc]
                in_round += was_killed
                done += was_killed
                time.sleep(0.02)
            whole(command, env)
            time.sleep(0.05)  # what the server still does with what was broken off
            left = {one.carried.unit.name: one.state for one in due_letters(Year(year.root), OCTOBER, FORM)}
            got = Counter(one.to[0] for one in box.taken)
            doubts = [name for name, state in left.items() if state is Mailed.UNKNOWN]
            assert len(doubts) <= in_round, (doubts, in_round)
            for unit in year.plan.reporting_units:
                count = got[unit.addresses[0]]
                assert count == 1 or (unit.name in doubts and count == 0), (unit.name, count, left[unit.name])
                assert left[unit.name] in (Mailed.SENT, Mailed.UNKNOWN), left[unit.name]
            unknown, taken = unknown + len(doubts), taken + sum(got.values())
            box.taken.clear()
            issue_anew(year)
        return Count(done, taken, unknown)
    finally:
        box.close()
        year.close()


def issue_anew(year: Year) -> None:
    """Have other forms go to all, as if they had been issued anew: the journal knows that none of it was sent."""
    fresh = Year(year.root)
    entries = []
    for one in fresh.register.entries(Issued, period=OCTOBER):
        content = fresh.archive.read(one.sha256)
        renewed = content + os.urandom(4)  # another file, as one that was issued anew is
        entries.append(one._replace(sha256=fresh.archive.keep(renewed)))
    last = {one.unit: one for one in entries}
    fresh.register.record(last.values())
    fresh.close()


def _count(year: Year) -> int:
    """How many letters lie in 收件/."""
    return len(list((year.inbox / "邮件").glob("*.eml")))


def kill_fetching(kills: int, certified: Certificates, folder: Path, seed: int, mailbox: Mailbox) -> Count:
    """Fetch again and again, each run killed at some moment, while letters keep coming."""
    chance = random.Random(seed)
    year = issued_year(folder / "年")
    home = folder / "home"
    home.mkdir()
    remember(home / ".config" / "minsheng-xl" / "mail.json", Account(smtp=Server("localhost", 1), user=USER, sender=USER, imap=Server("localhost", mailbox.port), pause=0))
    env, command = environment(certified, home), ["fetch", str(year.root), "--period", "2022-10"]
    written: list[bytes] = []
    done = 0
    while done < kills:
        for _ in range(12):
            number = len(written)
            content = f"From: unit{number % 5}@x.gov.cn\r\nSubject: {number}\r\n\r\n".encode() + os.urandom(30).hex().encode() * 200
            mailbox.put(content, number, datetime(2022, 11, 5, 9))
            written.append(content)
        for _ in range(3):
            until = _count(year) + chance.randint(1, 5)
            done += killed(command, env, lambda until=until: _count(year) >= until, chance.uniform(0, 0.01))  # type: ignore[misc]
    whole(command, env)
    fresh = Year(year.root)
    files = Counter(path.read_bytes() for path in (year.inbox / "邮件").glob("*.eml"))
    fetched = Counter(one.uid for one in fresh.register.entries(Fetched))
    assert files == Counter(written)
    assert set(fetched.values()) == {1} and len(fetched) == len(written)
    fresh.close()
    year.close()
    return Count(done, len(written), 0)


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as work:
        root = Path(work)
        certified = certificates(root)
        (root / "a").mkdir()
        (root / "b").mkdir()
        sent = kill_sending(kills // 2, certified, root / "a", 1)
        print("send:", json.dumps(sent._asdict()))
        with dovecot(certified.pem) as mailbox:
            fetched = kill_fetching(kills - kills // 2, certified, root / "b", 2, mailbox)
        print("fetch:", json.dumps(fetched._asdict()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
