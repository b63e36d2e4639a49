"""A mail as it travelled: what it says of itself, and the files in it.

Sources: RFC 3464 (what a server could not deliver), RFC 3834 (answers of programs), RFC 8098 (receipts).
"""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz
from html import unescape

from minsheng_xl.letters.coded import decoded, enclosed_in, header, parameters
from minsheng_xl.letters.model import Attachment, Head, Letter, LetterKind
from minsheng_xl.letters.pieces import MailPart, leaves_of, piece_of
from minsheng_xl.letters.told import Voice, kind_of, left_behind, said_in, sender_in

_NOT_SENT = frozenset({
    "text/calendar", "text/vcard", "text/x-vcard", "text/directory", "application/pgp-signature",
    "application/pgp-keys", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/applefile",
    "text/rfc822-headers",
})
"""What programs add by themselves and nobody sends."""
_STATUS = ("message/delivery-status", "message/global-delivery-status")
_RECEIPT = "message/disposition-notification"
_TAGS = re.compile(r"(?is)<(script|style|head|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li|/h\d)\b[^>]{0,200}>")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_MOST_TEXT = 100_000
_NUMBER, _MOST_NUMBERS = re.compile(rb"<[^<>\s]{3,200}>"), 50
_REMARK = re.compile(rb"\([^()]{0,200}\)")
_CHINA, _EARLIEST = 8 * 3600, 2000


def read_mime(content: bytes) -> Letter:
    """The mail in these bytes."""
    outer = piece_of(_opened(content))
    leaves = leaves_of(outer)
    plain, marked, others = _sorted(leaves)
    text = _text_of(plain[0]) if plain else ""
    page = _text_of(marked[0]) if marked else ""
    words = text if text.strip() else _bare(page)
    shown = page.lower()
    attachments = [_attachment(one, number) for number, one in enumerate(others, 1) if not _decorates(one, shown)]
    for one in plain:
        attachments += [Attachment(name, found) for name, found in enclosed_in(one.content) if found]
    return Letter(_head(outer, leaves, words, page), tuple(attachments))


def _opened(content: bytes) -> bytes:
    """The mail without what a mailbox or a program put before its headers."""
    start = content.lstrip(b"\xef\xbb\xbf\r\n \t") if content[:1] in b"\xef\r\n \t" else content
    if start.startswith((b"From ", b">From ")):
        start = start.partition(b"\n")[2]
    return start


def _sorted(leaves: list[MailPart]) -> tuple[list[MailPart], list[MailPart], list[MailPart]]:
    """The parts that are the text, those that are the text as a page, and those that somebody put in."""
    plain: list[MailPart] = []
    marked: list[MailPart] = []
    others: list[MailPart] = []
    for one in leaves:
        kind, _ = one.kind
        is_text = not _name(one) and not one.first("content-disposition").lower().startswith(b"attachment")
        if one.is_file:
            others.append(one)
        elif kind in _NOT_SENT or kind in _STATUS or kind == _RECEIPT:
            continue
        elif is_text and kind in ("text/plain", "") and b"\0" not in one.content[:4096]:
            plain.append(one)
        elif is_text and kind in ("text/html", "application/xhtml+xml"):
            marked.append(one)
        elif one.body.strip():
            others.append(one)
    return plain, marked, others


def _name(part: MailPart) -> str:
    _, disposed = parameters(part.first("content-disposition"))
    _, typed = part.kind
    return disposed.get("filename", "") or typed.get("name", "") or disposed.get("name", "")


def _attachment(part: MailPart, number: int) -> Attachment:
    """A part as a file, or as a mail, whichever kind of message it is called."""
    if part.kind[0].startswith("message/") and not part.is_file:
        content = part.content
        subject = header(piece_of(_opened(content)).first("subject"))
        return Attachment(_name(part) or f"{subject or '转发的邮件'}.eml", content, is_letter=True)
    name = _name(part) or header(part.first("content-description")) or f"附件{number}"
    return Attachment(name, part.content)


def _decorates(part: MailPart, page: str) -> bool:
    """Whether a part is a picture that the page itself shows: a letterhead, a signature."""
    if not page or part.is_file or not part.kind[0].startswith("image/"):
        return False
    called = header(part.first("content-id")).strip("<> ")
    return bool(called) and f"cid:{called}".lower() in page


def _text_of(part: MailPart) -> str:
    return decoded(part.content[:_MOST_TEXT], part.kind[1].get("charset", ""))


def _bare(page: str) -> str:
    """What a page says, without its marks."""
    return unescape(_TAG.sub("", _BREAKS.sub("\n", _TAGS.sub("", page))))


def _head(part: MailPart, leaves: list[MailPart], words: str, page: str) -> Head:
    subject, sender = header(part.first("subject")), sender_in(part.first("from"))
    statuses = b"\n".join(one.content[:_MOST_TEXT] for one in leaves if one.kind[0] in _STATUS)
    voice = Voice(
        sender=sender, subject=subject, text=f"{statuses.decode('ascii', 'replace')}\n{words}",
        is_report=bool(statuses) or _reports(part), is_receipt=any(one.kind[0] == _RECEIPT for one in leaves),
        carries=any(one.is_file for one in leaves),
    )
    found, failed = kind_of(part.headers, voice)
    return Head(
        kind=found, sender=sender, subject=subject, received=_received(part), words=said_in(words),
        has_link=left_behind(f"{words}\n{page}"), failed=failed if found is LetterKind.BOUNCE else (),
        about=_about(part.first("in-reply-to") + b" " + part.first("references")),
        letter="".join(_about(part.first("message-id"))[:1]),
    )


def _reports(part: MailPart) -> bool:
    kind, told = part.kind
    return kind == "multipart/report" and told.get("report-type", "delivery-status").lower() == "delivery-status"


def _received(part: MailPart) -> datetime | None:
    """When the last server took it, in this desk's time: its line stands on top. A time without a zone is that of
    Greenwich, and CST in a Chinese office that of China."""
    line = part.first("received")
    for _ in range(3):
        line = _REMARK.sub(b" ", line)
    said = decoded(line.rpartition(b";")[2]).strip()
    try:
        found = parsedate_tz(said)
        if found is None or found[0] < _EARLIEST:
            return None
        offset = _CHINA if re.search(r"\bCST\b", said) else found[9] or 0
        when = datetime(*found[:6], tzinfo=timezone(timedelta(seconds=offset)))
        return when.astimezone().replace(tzinfo=None)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None


def _about(said: bytes) -> tuple[str, ...]:
    """The Message-IDs in a header."""
    found = (one.decode("ascii", "replace") for one in _NUMBER.findall(said[:_MOST_TEXT]))
    return tuple(dict.fromkeys(found))[:_MOST_NUMBERS]
