"""A letter as it travels: plain text, one attachment whose name every program shows, a Message-ID of its own."""

import base64
import hashlib
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import quote

from minsheng_xl.post.account import Account
from minsheng_xl.post.words import Words

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_END = b"\r\n"
_SIGNS = 15


class Enclosed(NamedTuple):
    """A workbook that goes along with a letter."""

    name: str
    content: bytes


class Outgoing(NamedTuple):
    """What a letter is made of."""

    to: tuple[str, ...]
    copies: tuple[str, ...]
    words: Words
    enclosed: tuple[Enclosed, ...]


def written(account: Account, one: Outgoing, letter: str, at: datetime) -> bytes:
    """The bytes of a letter with that Message-ID. Its parts are put together here: what Python makes of a long name not
    all programs read."""
    boundary = f"=_{hashlib.sha256(letter.encode()).hexdigest()[:24]}"  # an encoded part has no such line
    headers = EmailMessage(policy=SMTP)
    headers["From"] = Address(account.name, addr_spec=account.sender)
    headers["To"] = ", ".join(one.to)
    if one.copies:
        headers["Cc"] = ", ".join(one.copies)
    headers["Subject"] = one.words.subject
    headers["Date"] = format_datetime(at.astimezone())
    headers["Message-ID"] = letter
    headers["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # a machine's answer to a form helps nobody
    head = headers.as_bytes().removesuffix(_END)
    parts = [_part(["Content-Type: text/plain; charset=utf-8"], one.words.body.encode())]
    for each in one.enclosed:
        name, spare = quote(each.name, safe=""), _plain(each.name)
        parts.append(_part([
            f"Content-Type: {_XLSX};", f' name="{_in_words(each.name)}"', "Content-Disposition: attachment;",
            f" filename*=utf-8''{name};", f' filename="{spare}"',  # some take the first that they find
        ], each.content))
    mark = f"--{boundary}".encode()
    kind = f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'.encode()
    return head + kind + b"".join(mark + _END + part for part in parts) + mark + b"--" + _END


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
