"""Stamp: a time-stamping authority is shown the head of the journal's chain, and what it answers is kept.

Whoever sets journal, register and master back together cannot set back what lies with the authority's time on it.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import Request, urlopen

from minsheng_xl.problems import MinshengError, MisuseError
from minsheng_xl.proof.tokens import request_of, stamp_in
from minsheng_xl.year.custody import Chain
from minsheng_xl.year.entries import Stamped
from minsheng_xl.year.folder import ARCHIVE_FOLDER, Year
from minsheng_xl.year.storage import write_whole

STAMPS = "时间戳"
"""The folder of the archive in which the answers lie, to be copied elsewhere."""
_ENDING = ".tsr"
_SECONDS = 20
_MOST = 1 << 20
"""Bytes of an answer; one is some thousand."""
_BITS = 64


class StampResult(NamedTuple):
    """The answer that was kept, when the authority gave it, and on which head of the chain."""

    path: Path
    at: datetime
    head: str

    @property
    def words(self) -> str:
        """时间戳 2022-11-07 16:00，盖在链首 3f… 上：归档/时间戳/….tsr."""
        return f"时间戳 {_told(self.at)}，盖在链首 {self.head} 上：{self.path}"


def stamp(year: Year, service: str, now: datetime) -> StampResult:
    """Have the head of the journal's chain stamped by the authority at an address (RFC 3161, over HTTP).

    Raises MisuseError for an address that is none, MinshengError if nothing is journalled yet, or nobody answers as he
    should; nothing was changed then.
    """
    if not service.startswith(("http://", "https://")):
        raise MisuseError(f"“{service}”不是时间戳服务的网址。请写成 http://… 或 https://…。")
    if not year.has_begun:
        raise MinshengError("日志还没有内容，没有什么可以盖时间戳。")
    with year.locked():
        head = year.register.head()
    nonce = secrets.randbits(_BITS)
    content = _answer(service, request_of(_imprint(head), nonce))
    try:
        found = stamp_in(content)
    except ValueError as error:
        raise MinshengError(f"时间戳服务 {service} 没有给时间戳，没有记下。") from error
    if found.imprint != _imprint(head) or found.nonce != nonce:
        raise MinshengError(f"时间戳服务 {service} 答的不是所问的，没有记下。")
    path = year.root / ARCHIVE_FOLDER / STAMPS / f"{_told(found.at, '%Y-%m-%d_%H%M')}_{head}{_ENDING}"
    with year.locked():
        year.register.record([Stamped(at=now, head=head, sha256=year.archive.keep(content), service=service)])
        write_whole(path, content)
    return StampResult(path, found.at, head)


def _answer(service: str, request: bytes) -> bytes:
    """What a service answers. Raises MinshengError."""
    asked = Request(service, request, {"Content-Type": "application/timestamp-query"})
    try:
        with urlopen(asked, timeout=_SECONDS) as response:
            return bytes(response.read(_MOST))
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise MinshengError(f"时间戳服务 {service} 没有应答，没有盖时间戳，别的都没有动。可以以后再盖。") from error


def _imprint(head: str) -> bytes:
    return hashlib.sha256(head.encode("ascii")).digest()


def _told(at: datetime, form: str = "%Y-%m-%d %H:%M") -> str:
    """A time by the clock of this computer."""
    return at.astimezone().strftime(form)


class Presented(NamedTuple):
    """What stamps prove of a chain: each that fits, and each that does not, as a sentence."""

    fitting: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def stamps_of(year: Year, others: Iterable[Path] = ()) -> dict[str, bytes]:
    """The answers that were kept in a year's folder, and others that somebody presents, by their names. Raises
    MisuseError for one that cannot be read."""
    found: dict[str, bytes] = {}
    for path in (*sorted((year.root / ARCHIVE_FOLDER / STAMPS).glob(f"*{_ENDING}")), *others):
        try:
            found[path.name] = path.read_bytes()
        except OSError as error:
            raise MisuseError(f"时间戳 {path} 打不开。请核对路径。") from error
    return found


def presented(chain: Chain, stamps: Mapping[str, bytes]) -> Presented:
    """Each stamp beside a chain; its signature is not looked at."""
    numbers = {_imprint(head): number for head, number in chain.heads.items()}
    fitting, faults = [], []
    for name, content in stamps.items():
        try:
            found = stamp_in(content)
        except ValueError:
            faults.append(f"{name} 不是时间戳，或已损坏。请换上原来的。")
            continue
        words = f"时间戳 {_told(found.at)} 与日志"
        if found.imprint in numbers:
            fitting.append(f"{words}相符：盖的是第 {numbers[found.imprint]} 条以后的链首（{name}）。签名没有核对。")
        else:
            faults.append(f"{words}不符：盖的链首不在日志的链上，日志在那以后被截短、重写过，或换成了另一份（{name}）。请从备份恢复日志。")
    return Presented(tuple(fitting), tuple(faults))
