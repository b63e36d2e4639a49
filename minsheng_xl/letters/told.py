"""What a mail says, in words and in what servers and programs write into it: whether a person speaks, which addresses
could not be reached, whether a file was left behind somewhere.

Sources: RFC 3464, RFC 3834; the words of the servers of 163, QQ, 新浪, Exchange and Postfix.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from minsheng_xl.letters.model import LetterKind

_ADDRESS = re.compile(r"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_BOUNCING = re.compile(r"(?i)\A(?:mailer-daemon|postmaster|mail-daemon|mdaemon|postmaster-noreply|bounce[s]?)(?:@|\Z)")
_BOUNCED = re.compile(
    r"(?i)退信|系统退信|投递失败|无法投递|发送失败|未送达|未能送达|undeliver|undelivered|delivery (?:status notification|failure|has failed)"
    r"|returned mail|mail delivery (?:failed|subsystem|system)|failure notice|could not be delivered"
)
_DELAYED = re.compile(r"(?i)\baction:\s*delayed|delayed mail|\(delay\)|投递延迟")
_DELIVERED = re.compile(r"(?i)\baction:\s*(?:delivered|relayed|expanded)")
_RECIPIENT = re.compile(r"(?i)^(?:final|original)-recipient:\s*(?:rfc822;)?\s*<?([^\s<>]+@[^\s<>;]+)", re.M)
_AUTOMATIC_SUBJECT = re.compile(
    r"(?i)自动回复|自动答复|不在办公室|\A已读[:：]|\Aread:|out of office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)"
)
_AUTOMATIC_HEADERS = ("x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply")
_LEFT_BEHIND = re.compile(
    r"(?i)超大附件|文件中转站|云附件|网盘附件|大附件|mail\.qq\.com/cgi-bin/ftnexs_download|wx\.mail\.qq\.com/ftn|"
    r"large-attachment-download|dashi\.163\.com|u\.163\.com/|mail\.163\.com/filehub|kuai\.xunlei|pan\.baidu\.com/s/"
)
_QUOTED = re.compile(
    r"(?im)^\s*(?:-{2,}\s*(?:原始邮件|回复的邮件|转发的邮件|original message|forwarded message).*|(?:发件人|from)[:：].*|"
    r"在\s?\d{4}.{0,60}写道[:：].*|on .{5,80} wrote:\s*)$"
)
_MOST, _MOST_FAILED = 200, 20


def bare_address(text: str) -> str:
    """The address in what stands behind From: the one in angle brackets, else the last; in lower case."""
    inside = re.findall(r"<\s*([^<>]*)\s*>", text)
    found = _ADDRESS.findall(inside[-1] if inside else text) or _ADDRESS.findall(text)
    return found[-1].lower() if found else ""


def said_in(text: str) -> str:
    """What a person wrote: without the mail that is answered below it, without blank lines, cut."""
    own = _QUOTED.split(text, maxsplit=1)[0]
    lines = (" ".join(line.split()) for line in own.splitlines())
    kept = [line for line in lines if line and not line.startswith(">")]
    return "\n".join(kept)[:_MOST]


def left_behind(text: str) -> bool:
    """Whether a file was left at a provider's, and only a link to it came."""
    return _LEFT_BEHIND.search(text) is not None


class Voice(NamedTuple):
    """By what is told who speaks in a mail: its sender and subject, what it says (what a server reports with it), and
    whether it is put together as a server's report."""

    sender: str
    subject: str
    text: str
    is_report: bool


def kind_of(headers: Mapping[str, list[bytes]], voice: Voice) -> tuple[LetterKind, tuple[str, ...]]:
    """Who speaks in a mail, and which addresses a server says that it could not reach. A server that only says that it
    is late, or that all is well, answers by itself."""
    if _is_of_server(headers, voice):
        if _is_no_failure(voice):
            return LetterKind.AUTOMATIC, ()
        others = (one for one in _ADDRESS.findall(voice.text) if one.lower() != voice.sender)
        named = _RECIPIENT.findall(voice.text) or others
        return LetterKind.BOUNCE, tuple(dict.fromkeys(one.lower() for one in named))[:_MOST_FAILED]
    is_answer = _said_of(headers, "auto-submitted").startswith(b"auto-replied")
    is_answer = is_answer or any(name in headers for name in _AUTOMATIC_HEADERS)
    if is_answer or _AUTOMATIC_SUBJECT.search(voice.subject) or _said_of(headers, "precedence") == b"auto_reply":
        return LetterKind.AUTOMATIC, ()
    return LetterKind.PERSON, ()


def _is_of_server(headers: Mapping[str, list[bytes]], voice: Voice) -> bool:
    """Whether a server speaks of a letter that it was given."""
    may_be = _BOUNCING.match(voice.sender) is not None or _said_of(headers, "return-path") == b"<>"
    speaks_of = _BOUNCED.search(voice.subject) is not None or _RECIPIENT.search(voice.text) is not None
    return voice.is_report or (may_be and speaks_of)


def _is_no_failure(voice: Voice) -> bool:
    """Whether a server says that a letter is late only, or that it arrived."""
    is_late = _DELAYED.search(voice.text) is not None or _DELAYED.search(voice.subject) is not None
    has_arrived = _DELIVERED.search(voice.text) is not None and "failed" not in voice.text.lower()
    return is_late or (voice.is_report and has_arrived)


def _said_of(headers: Mapping[str, list[bytes]], name: str) -> bytes:
    return headers.get(name, [b""])[0].strip().lower()
