"""A letter as it travels: plain text, one attachment whose name every program shows, a Message-ID of its own."""

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import quote

from minsheng_xl.plan.addresses import domain_of
from minsheng_xl.plan.period import Period
from minsheng_xl.post.account import Account
from minsheng_xl.post.words import Words

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_END = b"\r\n"
_SIGNS = 15


class Enclosed(NamedTuple):
    """A workbook that goes along with a letter."""

    name: str
    content: bytes


def letter_id(period: Period, unit: str, what: str, sha256: str, domain: str, again: int = 0) -> str:
    """The Message-ID of what goes to a unit: the same each time, so that whoever receives it twice, or looks for it
    among what was sent, can tell. `again` counts the times that the office had it sent once more."""
    told = f"{period}|{unit}|{what}|{sha256}|{again}"
    return f"<{hashlib.sha256(told.encode()).hexdigest()[:32]}@{domain}>"


def written(
    account: Account, to: Sequence[str], copies: Sequence[str], words: Words, enclosed: Sequence[Enclosed], *,
    letter: str, at: datetime,
) -> bytes:
    """The bytes of a letter. Its parts are put together here: what Python makes of a long name not all programs read."""
    boundary = f"=_{hashlib.sha256(letter.encode()).hexdigest()[:24]}"  # an encoded part has no such line
    headers = EmailMessage(policy=SMTP)
    headers["From"] = Address(account.name, addr_spec=account.sender)
    headers["To"] = ", ".join(to)
    if copies:
        headers["Cc"] = ", ".join(copies)
    headers["Subject"] = words.subject
    headers["Date"] = format_datetime(at.astimezone())
    headers["Message-ID"] = letter
    headers["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # a machine's answer to a form helps nobody
    head = headers.as_bytes().removesuffix(_END)
    parts = [_part(["Content-Type: text/plain; charset=utf-8"], words.body.encode())]
    for one in enclosed:
        name, spare = quote(one.name, safe=""), _plain(one.name)
        parts.append(_part([
            f"Content-Type: {_XLSX};", f' name="{_in_words(one.name)}"', "Content-Disposition: attachment;",
            f" filename*=utf-8''{name};", f' filename="{spare}"',  # some take the first that they find
        ], one.content))
    lines = [head, b"MIME-Version: 1.0" + _END + f'Content-Type: multipart/mixed; boundary="{boundary}"'.encode() + _END]
    body = b"".join(f"--{boundary}".encode() + _END + part for part in parts)
    return b"".join(lines) + _END + body + f"--{boundary}--".encode() + _END


def _part(head: list[str], content: bytes) -> bytes:
    text = base64.encodebytes(content).replace(b"\n", _END)
    return _END.join([*(line.encode("ascii") for line in head), b"Content-Transfer-Encoding: base64", b"", text])


def _plain(name: str) -> str:
    """A name for programs that know plain letters alone: 县残联_2022-10.xlsx is form_2022-10.xlsx."""
    return "form_" + re.sub(r"[^A-Za-z0-9.-]+", "", name)


def _in_words(name: str) -> str:
    """A name as old programs read it: encoded words, none longer than a line. Source: RFC 2047."""
    pieces = [name[place : place + _SIGNS] for place in range(0, len(name), _SIGNS)]
    return "\r\n ".join(f"=?utf-8?B?{base64.b64encode(one.encode()).decode()}?=" for one in pieces)


def domain_for(account: Account) -> str:
    """The right side of Message-IDs."""
    return domain_of(account.sender)
