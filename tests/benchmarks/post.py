"""Fetching a mailbox of 1,000 letters of 1 MB: time beside a bare loop of imap-tools (fetch, write the raw bytes, fsync),
and peak memory beside a mailbox of 40. Goals: twice the time, 1.5 times the memory.

python -m tests.benchmarks.post [letters]

Each way runs in a process of its own, from a real dovecot on this computer. Ours keeps each letter twice (in 归档/ by its
hash, in 收件/ by its name), each synced, and journals it: the floor of it is twice the loop's writing.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from minsheng_xl.post.account import Account, Server
from tests.post.kills import environment, issued_year
from tests.post.servers import SECRET, USER, Mailbox, certificates, dovecot

SIZE, FEW = 1 << 20, 40
_BARE = """
import os, sys
from imap_tools import MailBox
port, folder = int(sys.argv[1]), sys.argv[2]
with MailBox("localhost", port).login(sys.argv[3], sys.argv[4]) as box:
    for uid in box.uids():
        raw = box.client.uid("fetch", uid, "(BODY.PEEK[])")[1][0][1]  # its own messages are parsed, which takes longer
        with open(f"{folder}/{uid}.eml", "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
"""
_OURS = """
import sys
from pathlib import Path
from minsheng_xl.post.account import remembered
from minsheng_xl.post.fetch import fetch
from minsheng_xl.post.room import MailRoom
from minsheng_xl.post.secret import Secret
from minsheng_xl import Year
result = fetch(MailRoom(Year(sys.argv[1]), remembered(Path(sys.argv[2])), Secret(sys.argv[3])))
print(result.fetched)
"""


def measured(command: list[str], env: dict[str, str]) -> tuple[float, int]:
    """Seconds and peak kilobytes of a program."""
    start = time.monotonic()
    program = subprocess.Popen([sys.executable, "-c", *command], env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(program.pid, 0)
    assert status == 0, command[0][:60]
    return time.monotonic() - start, usage.ru_maxrss


def fill(mailbox: Mailbox, count: int) -> None:
    chance = random.Random(1)
    for number in range(count):
        lines = chance.randbytes(SIZE // 2 - 200).hex()
        body = "\r\n".join(lines[place : place + 76] for place in range(0, len(lines), 76))
        mailbox.put(f"From: a@b.cn\r\nSubject: {number}\r\n\r\n{body}\r\n".encode(), number, datetime(2022, 11, 5))


def ours(folder: Path, mailbox: Mailbox, env: dict[str, str]) -> tuple[float, int]:
    from minsheng_xl.post.account import remember

    folder.mkdir()
    year = issued_year(folder / "年")
    setting = folder / "mail.json"
    imap = Server("localhost", mailbox.port)
    remember(setting, Account(smtp=Server("localhost", 1), user=USER, sender=USER, imap=imap, pause=0))
    year.close()
    return measured([_OURS, str(year.root), str(setting), SECRET], env)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as work:
        root = Path(work)
        certified = certificates(root)
        env = environment(certified, root)
        with dovecot(certified.pem) as mailbox:
            fill(mailbox, FEW)
            _, little = ours(root / "few", mailbox, env)
            fill(mailbox, count)
            (root / "bare").mkdir()
            bare, bare_memory = measured([_BARE, str(mailbox.port), str(root / "bare"), USER, SECRET], env)
            mine, memory = ours(root / "many", mailbox, env)
    print(f"{count} letters of 1 MB: {mine:.1f} s, a bare loop of imap-tools {bare:.1f} s: {mine / bare:.2f} (goal 2)")
    print(f"peak memory {memory >> 10} MB, of {FEW} letters {little >> 10} MB: {memory / little:.2f} (goal 1.5); of the loop {bare_memory >> 10} MB")


if __name__ == "__main__":
    main()
