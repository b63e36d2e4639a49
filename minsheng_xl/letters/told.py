"""What a mail says, in words and in what servers and programs write into it: whether a person speaks, which addresses
could not be reached, whether a file was left behind somewhere.

Sources: RFC 3464, RFC 3834; the words of the servers of 163, QQ, 新浪, Exchange and Postfix.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from minsheng_xl.letters.model import LetterKind

_ADDRESS = re.compile(r"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,8}")
_APART = re.compile(rb'"(?:[^"\\]|\\.){0,500}"|=\?[^?\s]{1,40}\?[bBqQ]\?[^?]{0,2000}\?=|\([^()]{0,500}\)')
"""What stands about an address: a name in quotes, one in coded words, a remark."""
_IN_BRACKETS = re.compile(rb"<([^<>]{1,400})>")
_DAEMON = re.compile(r"(?i)\A(?:mailer-daemon|mail-daemon|mdaemon|microsoftexchange[0-9a-f]{8,40}|bounces?)(?:@|\Z)")
_MASTER = re.compile(r"(?i)\A(?:postmaster(?:-noreply)?|no-?reply)(?:@|\Z)")
_BOUNCED = re.compile(
    r"(?i)退信|退件|被退回|被拒收|投递失败|投递不成功|无法投递|发送失败|未送达|未能送达|undeliver|non-?deliver|failure notice"
    r"|delivery (?:status notification|failure|has failed)|mail (?:delivery (?:failed|subsystem|system)|failure)"
    r"|returned mail|could not be delivered|message rejected|\Arejected:"
)
_ANSWERING = re.compile(r"(?i)\A\s*(?:回复|答复|转发|re|fw|fwd)\s*[:：]")
_DELAYED = re.compile(r"(?i)\baction:[ \t]*delayed|delayed mail|\(delay\)|投递延迟")
_FAILED = re.compile(r"(?i)\baction:[ \t]*failed")
_DELIVERED = re.compile(r"(?i)\baction:[ \t]*(?:delivered|relayed|expanded)")
_RECIPIENT = re.compile(r"(?im)^(?:final|original)-recipient:[ \t]*(?:rfc822;)?[ \t]*<?([^\s<>]{1,64}@[^\s<>;]{1,200})")
_AUTOMATIC_SUBJECT = re.compile(
    r"(?i)\A\s*(?:自动回复|自动答复|【自动回复】|不在办公室|已读|未读|回执|收条|已读回执|read|not read|return receipt|out of office"
    r"|automatic reply|auto(?:matic)?[- ]?(?:reply|response))\s*(?:[:：(（]|\Z)"
)
_AUTOMATIC_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-mail-autoreply")
_LEFT_BEHIND = re.compile(
    r"(?i)超大附件|文件中转站|云附件|网盘附件|大附件|mail\.qq\.com/cgi-bin/ftnexs_download|wx\.mail\.qq\.com/ftn|"
    r"large-attachment-download|dashi\.163\.com|u\.163\.com/|mail\.163\.com/filehub|kuai\.xunlei|pan\.baidu\.com/s/"
)
_QUOTED = re.compile(
    r"(?im)^[ \t]*(?:-{2,}[ \t]*(?:原始邮件|回复的邮件|转发的邮件|original message|forwarded message).*|(?:发件人|from)[:：].*|"
    r"在\s?\d{4}.{0,60}写道[:：].*|on .{5,80} wrote:\s*)$"
)
_MOST, _MOST_FAILED, _LONGEST = 200, 20, 10_000


def sender_in(raw: bytes) -> str:
    """The address in From:, without what stands about it: the one in brackets, else the first; in lower case. A server
    may have one without a domain."""
    bare = _APART.sub(b" ", raw[:_LONGEST])
    inside = _IN_BRACKETS.search(bare)
    text = (inside[1] if inside is not None else bare).decode("ascii", "replace").strip()
    found = _ADDRESS.search(text)
    if found is None:
        return text.lower() if text and text.isascii() and " " not in text else ""
    return found[0].lower()


def bare_address(text: str) -> str:
    """The address in a text that Outlook keeps: a name and an address, or that alone."""
    return sender_in(text.encode("utf-8", "replace"))


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
    """By what is told who speaks in a mail: its sender and subject, what it says (and what a server reports), whether
    it is put together as a server's report or a receipt, and whether a file that may be a workbook is in it."""

    sender: str
    subject: str
    text: str
    is_report: bool = False
    is_receipt: bool = False
    carries: bool = False


def kind_of(headers: Mapping[str, list[bytes]], voice: Voice) -> tuple[LetterKind, tuple[str, ...]]:
    """Who speaks in a mail, and which addresses a server says that it could not reach. A server that only says that it
    is late, or that all is well, answers by itself."""
    if voice.is_receipt:
        return LetterKind.AUTOMATIC, ()
    if _is_of_server(headers, voice):
        if _is_no_failure(voice):
            return LetterKind.AUTOMATIC, ()
        others = (one for one in _ADDRESS.findall(voice.text) if one.lower() != voice.sender)
        named = _RECIPIENT.findall(voice.text) or others
        return LetterKind.BOUNCE, tuple(dict.fromkeys(one.lower() for one in named))[:_MOST_FAILED]
    if _AUTOMATIC_SUBJECT.match(voice.subject) or _says_so(headers):
        return LetterKind.AUTOMATIC, ()
    return LetterKind.PERSON, ()


def _says_so(headers: Mapping[str, list[bytes]]) -> bool:
    """Whether the headers say that a program answers."""
    submitted = _said_of(headers, "auto-submitted")
    is_answer = submitted.startswith(b"auto-replied") or b"vacation" in submitted
    is_answer = is_answer or _said_of(headers, "precedence") in (b"auto_reply", b"auto-reply")
    is_answer = is_answer or b"autoresponder" in _said_of(headers, "x-post-messageclass")
    return is_answer or any(name in headers for name in _AUTOMATIC_HEADERS)


def _is_of_server(headers: Mapping[str, list[bytes]], voice: Voice) -> bool:
    """Whether a server speaks of a letter that it was given. A mail with a workbook in it is a person's, and so is one
    that answers or passes on what a server said, unless it is put together as a report."""
    if voice.is_report:
        return True
    if voice.carries or _ANSWERING.match(voice.subject):
        return False
    speaks_of = _BOUNCED.search(voice.subject) is not None or _RECIPIENT.search(voice.text) is not None
    may_be = _MASTER.match(voice.sender) is not None or _said_of(headers, "return-path") == b"<>"
    return _DAEMON.match(voice.sender) is not None or (may_be and speaks_of)


def _is_no_failure(voice: Voice) -> bool:
    """Whether a server says that a letter is late only, or that it arrived."""
    if _FAILED.search(voice.text) is not None:
        return False
    is_late = _DELAYED.search(voice.text) is not None or _DELAYED.search(voice.subject) is not None
    has_arrived = _DELIVERED.search(voice.text) is not None and "failed" not in voice.text.lower()
    return is_late or (voice.is_report and has_arrived)


def _said_of(headers: Mapping[str, list[bytes]], name: str) -> bytes:
    return headers.get(name, [b""])[0].strip().lower()
