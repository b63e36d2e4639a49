"""A mail as it travelled: headers, and a body that may be of many parts.

Sources: RFC 5322 (headers), RFC 2045 and 2046 (parts), RFC 3464 (what a server could not deliver), RFC 3834 (answers
of programs).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import NamedTuple

from minsheng_xl.letters.coded import decoded, enclosed_in, header, parameters, transferred
from minsheng_xl.letters.model import Attachment, Head, Letter, LetterKind
from minsheng_xl.letters.told import Voice, bare_address, kind_of, left_behind, said_in

_LINE = re.compile(rb"\r\n|\n|\r")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.S)
_DEEPEST = 20
_MOST_PARTS = 500
_NOT_SENT = frozenset({
    "text/calendar", "text/vcard", "text/x-vcard", "text/directory", "application/pgp-signature",
    "application/pgp-keys", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/applefile",
    "text/rfc822-headers", "message/disposition-notification",
})
"""What programs add by themselves and nobody sends."""
_LETTERS = ("message/rfc822", "message/global")
_GUESSED = re.compile(rb"^--([^\s-][^\r\n]{0,70}?)[ \t]*\r?$", re.M)
_TAGS = re.compile(r"(?is)<(script|style|head|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>")
_TAG = re.compile(r"<[^>]{0,2000}>")
_MOST_TEXT = 200_000
_NUMBER, _MOST_NUMBERS = re.compile(rb"<[^<>\s]{3,200}>"), 50


class _Piece(NamedTuple):
    """A part of a mail: its headers by name, each as often as it stands there, and what travelled."""

    headers: dict[str, list[bytes]]
    body: bytes

    def first(self, name: str) -> bytes:
        return self.headers.get(name, [b""])[0]

    @property
    def kind(self) -> tuple[str, dict[str, str]]:
        return parameters(self.first("content-type"))

    @property
    def content(self) -> bytes:
        encoding = self.first("content-transfer-encoding").partition(b";")[0].strip(b" \t\r\n\"'").lower()
        return transferred(self.body, encoding.decode("ascii", "replace"))


def read_mime(content: bytes) -> Letter:
    """The mail in these bytes."""
    outer = _part(_opened(content))
    leaves = list(_leaves(outer, 0))
    plain, marked, others = _sorted(leaves)
    text = _text_of(plain[0]) if plain else ""
    page = _text_of(marked[0]) if marked else ""
    words = text if text.strip() else _bare(page)
    attachments = [_attachment(one, number) for number, one in enumerate(others, 1) if not _decorates(one, page)]
    if plain and not attachments:
        attachments += [Attachment(name, found) for name, found in enclosed_in(plain[0].content) if found]
    report = [one for one in leaves if one.kind[0] in ("message/delivery-status", "message/global-delivery-status")]
    head = _head(outer, words, page, report)
    return Letter(head, tuple(attachments))


def _opened(content: bytes) -> bytes:
    """The mail without what a mailbox or a program put before its headers."""
    start = content.lstrip(b"\xef\xbb\xbf\r\n \t") if content[:1] in b"\xef\r\n \t" else content
    if start.startswith((b"From ", b">From ")):
        start = start.partition(b"\n")[2]
    return start


def _part(raw: bytes) -> _Piece:
    """A part from its headers and its body, which begins behind a blank line, or with a boundary if there is none."""
    headers: dict[str, list[bytes]] = {}
    place = 0
    lines: list[bytes] = []
    while place < len(raw):
        found = _LINE.search(raw, place)
        end, behind = (found.start(), found.end()) if found is not None else (len(raw), len(raw))
        line = raw[place:end]
        if not line.strip() or line.startswith(b"--"):
            place = place if line.startswith(b"--") else behind
            break
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1] += line
        else:
            lines.append(line)
        place = behind
    for line in lines:
        field = _FIELD.fullmatch(line)
        if field is not None:
            headers.setdefault(field[1].decode("ascii").lower(), []).append(field[2].strip())
    return _Piece(headers, raw[place:]) if headers or place == 0 or not lines else _Piece({}, raw)


def _leaves(part: _Piece, depth: int) -> Iterator[_Piece]:
    """The parts in which something stands, in their order."""
    kind, told = part.kind
    if depth < _DEEPEST and (kind.startswith("multipart/") or (not kind and _GUESSED.match(part.body))):
        pieces = _pieces(part.body, told.get("boundary", ""))
        if pieces:
            for piece in pieces[:_MOST_PARTS]:
                yield from _leaves(_part(piece), depth + 1)
            return
    yield part


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    """What stands between the lines of a boundary; of one that is not there, between those that look like one."""
    found = _between(body, boundary.encode("utf-8", "surrogateescape").rstrip()) if boundary else []
    if not found:
        guess = _GUESSED.search(body)
        found = _between(body, guess[1]) if guess is not None else []
    return found


def _between(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands behind each line of a boundary up to the next; what stands behind one that closes is nobody's."""
    line = re.compile(rb"(?:\A|\r\n|\n|\r)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r|\n|\Z)")
    marks = list(line.finditer(body))
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    pieces = []
    for mark, end in zip(marks, ends, strict=False):
        begun = _LINE.match(body, mark.end())
        if not mark[1] and begun is not None:
            pieces.append(body[begun.end() : max(begun.end(), end)])
    return pieces


def _sorted(leaves: list[_Piece]) -> tuple[list[_Piece], list[_Piece], list[_Piece]]:
    """The parts that are the text, those that are the text as a page, and those that somebody put in."""
    plain: list[_Piece] = []
    marked: list[_Piece] = []
    others: list[_Piece] = []
    for one in leaves:
        kind, _ = one.kind
        is_text = not _name(one) and not one.first("content-disposition").lower().startswith(b"attachment")
        if kind in _NOT_SENT or (kind.startswith("message/") and kind not in _LETTERS):
            continue
        if is_text and kind in ("text/plain", "") and not _is_file(one):
            plain.append(one)
        elif is_text and kind in ("text/html", "application/xhtml+xml"):
            marked.append(one)
        elif one.body.strip():
            others.append(one)
    return plain, marked, others


def _is_file(part: _Piece) -> bool:
    """Whether what is said to be a text is a file after all."""
    return b"\0" in part.content[:4096] or part.content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _name(part: _Piece) -> str:
    _, disposed = parameters(part.first("content-disposition"))
    _, typed = part.kind
    return disposed.get("filename", "") or typed.get("name", "") or disposed.get("name", "")


def _attachment(part: _Piece, number: int) -> Attachment:
    kind, _ = part.kind
    if kind in _LETTERS:
        content = part.content
        subject = header(_part(_opened(content)).first("subject"))
        return Attachment(_name(part) or f"{subject or '转发的邮件'}.eml", content, is_letter=True)
    name = _name(part) or header(part.first("content-description")) or f"附件{number}"
    return Attachment(name, part.content)


def _decorates(part: _Piece, page: str) -> bool:
    """Whether a part is a picture that the page itself shows: a letterhead, a signature."""
    called = header(part.first("content-id")).strip("<> ")
    return part.kind[0].startswith("image/") and bool(called) and f"cid:{called}".lower() in page.lower()


def _text_of(part: _Piece) -> str:
    return decoded(part.content[:_MOST_TEXT], part.kind[1].get("charset", ""))


def _bare(page: str) -> str:
    """What a page says, without its marks."""
    return unescape(_TAG.sub("", _BREAKS.sub("\n", _TAGS.sub("", page))))


def _head(part: _Piece, words: str, page: str, report: list[_Piece]) -> Head:
    subject, sender = header(part.first("subject")), bare_address(header(part.first("from")))
    kind, told = part.kind
    is_report = kind == "multipart/report" and told.get("report-type", "delivery-status").lower() == "delivery-status"
    statuses = b"\n".join(one.content for one in report)
    said = f"{statuses.decode('ascii', 'replace')}\n{words}"
    found, failed = kind_of(part.headers, Voice(sender, subject, said, is_report))
    return Head(
        kind=found, sender=sender, subject=subject, received=_received(part), words=said_in(words),
        has_link=left_behind(f"{words}\n{page}"), failed=failed if found is LetterKind.BOUNCE else (),
        about=_about(part.first("in-reply-to") + b" " + part.first("references")),
        letter="".join(_about(part.first("message-id"))[:1]),
    )


def _received(part: _Piece) -> datetime | None:
    """When the last server took it: its line stands on top."""
    try:
        when = parsedate_to_datetime(decoded(part.first("received").rpartition(b";")[2]).strip())
        return when.astimezone().replace(tzinfo=None)
    except (ValueError, TypeError, IndexError, OverflowError, OSError, AttributeError):
        return None


def _about(said: bytes) -> tuple[str, ...]:
    """The Message-IDs in a header."""
    found = (one.decode("ascii", "replace") for one in _NUMBER.findall(said))
    return tuple(dict.fromkeys(found))[:_MOST_NUMBERS]
