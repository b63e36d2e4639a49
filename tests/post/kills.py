"""Killed at random moments: `python -m tests.post.kills 2000`.

A process of its own (the fork of one that has loaded the program) sends to a real server, or fetches from a real mailbox,
and is killed with SIGKILL a random moment after the server has seen so much of it; then it runs again, to its end. By the server's own record each unit got exactly one letter, or is 不确定 (at most one
for each kill); no letter is lost, none is taken twice.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
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
_LOADED = """
import json, os, sys
import minsheng_xl.desk.posting, minsheng_xl.post.fetch, minsheng_xl.taking.consolidate, minsheng_xl.telling.status
from minsheng_xl.desk.cli import main
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        code = 99
        try:
            code = main(json.loads(line))
        finally:
            os._exit(code)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


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


class Runner:
    """A process that has loaded the program, and forks for each run: to start one takes no time."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LOADED], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
        )

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def run(self, command: list[str], is_time: Callable[[], bool] = lambda: False, delay: float = 0) -> bool:
        """Run a command, and kill it a moment after it is time; whether it had not ended before."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command).encode() + b"\n")
        pid = int(self._process.stdout.readline())
        while not select.select([self._process.stdout], [], [], 0.0005)[0]:
            if is_time():
                time.sleep(delay)
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                break
        return os.waitstatus_to_exitcode(int(self._process.stdout.readline())) == -signal.SIGKILL


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
    home, command = desk_of(folder, Account(smtp=Server("localhost", box.port), user=USER, sender=USER, pause=0), "send")
    year = Year(folder / "年")
    found = Count(0, 0, 0)
    try:
        with Runner(environment(certified, home)) as runner:
            while found.kills < kills:
                in_round = 0
                for _ in range(3):
                    until = box.steps + chance.randint(1, len(year.plan.reporting_units))
                    in_round += runner.run([*command, "--yes"], partial(_has_seen, box, until), chance.uniform(0, 0.02))
                    time.sleep(0.02)
                runner.run([*command, "--yes"])
                time.sleep(0.05)  # what the server still does with what was broken off
                doubts = _checked(folder / "年", box, in_round)
                found = Count(found.kills + in_round, found.taken + len(box.taken), found.unknown + doubts)
                box.taken.clear()
                issue_anew(year)
        return found
    finally:
        box.close()
        year.close()


def _has_seen(box: Letterbox, steps: int) -> bool:
    return box.steps >= steps


def _checked(root: Path, box: Letterbox, kills: int) -> int:
    """Hold what the journal knows to what the server took; how many units nobody knows of."""
    year = Year(root)
    states = {one.carried.unit.name: one.state for one in due_letters(year, OCTOBER, FORM)}
    got = Counter(one.to[0] for one in box.taken)
    doubts = [name for name, state in states.items() if state is Mailed.UNKNOWN]
    assert len(doubts) <= kills, (doubts, kills)
    for unit in year.plan.reporting_units:
        count = got[unit.addresses[0]]
        assert count == 1 or (unit.name in doubts and count == 0), (unit.name, count, states[unit.name])
        assert states[unit.name] in (Mailed.SENT, Mailed.UNKNOWN), states[unit.name]
    year.close()
    return len(doubts)


def desk_of(folder: Path, account: Account, what: str) -> tuple[Path, list[str]]:
    """A person's folder with a mailbox set up, and the command that sends or fetches for a year beside it."""
    issued_year(folder / "年").close()
    home = folder / "home"
    home.mkdir()
    remember(home / ".config" / "minsheng-xl" / "mail.json", account)
    return home, [what, str(folder / "年"), "--period", "2022-10"]


def issue_anew(year: Year) -> None:
    """Have other forms go to all, as if they had been issued anew: the journal knows that none of it was sent."""
    fresh = Year(year.root)
    firsts = {one.unit: one for one in reversed(fresh.register.entries(Issued, period=OCTOBER))}
    renewed = []
    for one in firsts.values():
        content = fresh.archive.read(one.sha256) + os.urandom(4)
        (fresh.issued_folder(OCTOBER) / one.file).write_bytes(content)
        renewed.append(one._replace(sha256=fresh.archive.keep(content)))
    fresh.register.record(renewed)
    fresh.close()


def _count(root: Path) -> int:
    """How many letters lie in 收件/."""
    return len(list((root / "收件" / "邮件").glob("*.eml")))


def _has_fetched(root: Path, count: int) -> bool:
    return _count(root) >= count


def kill_fetching(kills: int, certified: Certificates, folder: Path, seed: int, mailbox: Mailbox) -> Count:
    """Fetch again and again, each run killed at some moment, while letters keep coming."""
    chance, root = random.Random(seed), folder / "年"
    account = Account(
        smtp=Server("localhost", 1), user=USER, sender=USER, imap=Server("localhost", mailbox.port), pause=0,
    )
    home, command = desk_of(folder, account, "fetch")
    written: list[bytes] = []
    done = 0
    with Runner(environment(certified, home)) as runner:
        while done < kills:
            for number in range(len(written), len(written) + 12):
                head = f"From: unit{number % 5}@x.gov.cn\r\nSubject: {number}\r\n\r\n".encode()
                written.append(head + os.urandom(30).hex().encode() * 200)
                mailbox.put(written[-1], number, datetime(2022, 11, 5, 9))
            for _ in range(3):
                is_time = partial(_has_fetched, root, _count(root) + chance.randint(1, 5))
                done += runner.run(command, is_time, chance.uniform(0, 0.01))
        runner.run(command)
    year = Year(root)
    files = Counter(path.read_bytes() for path in (root / "收件" / "邮件").glob("*.eml"))
    fetched = Counter(one.uid for one in year.register.entries(Fetched))
    assert files == Counter(written)
    assert set(fetched.values()) == {1}
    assert len(fetched) == len(written)
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
