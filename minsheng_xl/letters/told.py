"""What a mail says, in words and in what servers and programs write into it: whether a person speaks, which addresses
could not be reached, whether a file was left behind somewhere.

Sources: RFC 3464, RFC 3834; the words of the servers of 163, QQ, 新浪, Exchange and Postfix.
"""

import re
from collections.abc import Mapping

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
_AUTOMATIC_SUBJECT = re.compile(r"(?i)自动回复|自动答复|out of office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|\A已读[:：]|\Aread:|不在办公室")
_AUTOMATIC_HEADERS = ("x-autoreply", "x-autorespond", "x-auto-response-suppress-reply", "x-autoreply-from", "x-mail-autoreply")
_LEFT_BEHIND = re.compile(
    r"(?i)超大附件|文件中转站|云附件|网盘附件|大附件|mail\.qq\.com/cgi-bin/ftnexs_download|wx\.mail\.qq\.com/ftn|"
    r"large-attachment-download|dashi\.163\.com|u\.163\.com/|mail\.163\.com/filehub|kuai\.xunlei|pan\.baidu\.com/s/"
)
_QUOTED = re.compile(
    r"(?im)^\s*(?:-{2,}\s*(?:原始邮件|回复的邮件|转发的邮件|original message|forwarded message).*|(?:发件人|from)[:：].*|"
    r"在\s?\d{4}.{0,60}写道[:：].*|on .{5,80} wrote:\s*)$"
)
_MOST = 200


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


def kind_of(
    headers: Mapping[str, list[bytes]], sender: str, subject: str, text: str, *, is_report: bool
) -> tuple[LetterKind, tuple[str, ...]]:
    """Who speaks in a mail, and which addresses a server says that it could not reach. A server that only says that it
    is late, or that all is well, answers by itself."""
    automatic = headers.get("auto-submitted", [b"no"])[0].strip().lower()
    is_servers = is_report or _BOUNCING.match(sender) is not None or headers.get("return-path", [b""])[0].strip() == b"<>"
    if is_servers and (is_report or _BOUNCED.search(subject) or _RECIPIENT.search(text)):
        if _DELAYED.search(text) or _DELAYED.search(subject) or (is_report and _DELIVERED.search(text) and "failed" not in text.lower()):
            return LetterKind.AUTOMATIC, ()
        named = _RECIPIENT.findall(text) or [one for one in _ADDRESS.findall(text) if one.lower() != sender]
        return LetterKind.BOUNCE, tuple(dict.fromkeys(one.lower() for one in named))[:20]
    answers = automatic.startswith(b"auto-replied") or any(name in headers for name in _AUTOMATIC_HEADERS)
    if answers or _AUTOMATIC_SUBJECT.search(subject) or headers.get("precedence", [b""])[0].strip().lower() == b"auto_reply":
        return LetterKind.AUTOMATIC, ()
    return LetterKind.PERSON, ()
