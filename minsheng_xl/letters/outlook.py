"""A mail as Outlook keeps it in a file (.msg): a compound file, a stream for each property.

Source: Microsoft, MS-OXMSG. olefile reads the compound file.
"""

from io import BytesIO
from typing import NamedTuple

from minsheng_xl.letters.coded import FILE, decoded
from minsheng_xl.letters.mime import read_mime
from minsheng_xl.letters.model import Attachment, Head, Letter, LetterKind
from minsheng_xl.letters.told import Voice, bare_address, kind_of, left_behind, said_in

_SUBJECT, _BODY, _PAGE, _HEADERS = "0037", "1000", "1013", "007D"
_SENDERS = ("5D01", "5D02", "0C1F", "0065", "0C1A")
_DATA, _NAMES = "3701", ("3707", "3704", "3001")
_ATTACHED = "__attach_version1.0_#"
_DEEPEST, _MOST = 3, 200
_REPORT = "report.ipm.note.ndr"


class _Storage(NamedTuple):
    """A mail in the file: its streams by name, and the storages of its attachments."""

    streams: dict[str, bytes]
    attached: tuple["_Storage", ...] = ()
    inner: "_Storage | None" = None

    def text(self, number: str) -> str:
        wide = self.streams.get(f"__substg1.0_{number}001F")
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decoded(self.streams.get(f"__substg1.0_{number}001E", b"").rstrip(b"\0"))

    def binary(self, number: str) -> bytes:
        return self.streams.get(f"__substg1.0_{number}0102", b"")


def read_msg(content: bytes) -> Letter:
    """The mail in such a file; one that cannot be opened is a mail without anything."""
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(content)) as file:
            return _letter(_storage(file, file.listdir(streams=True, storages=False), ()))
    except Exception:  # whatever a damaged file makes of the library: there is nothing to be had from it
        return Letter(Head())


def _storage(file: object, paths: list[list[str]], under: tuple[str, ...]) -> _Storage:
    mine = [tuple(path) for path in paths if tuple(path[: len(under)]) == under]
    own = [list(path) for path in mine if len(path) == len(under) + 1]
    streams = {path[-1]: file.openstream(path).read() for path in own}  # type: ignore[attr-defined]
    below = sorted({path[len(under)] for path in mine if len(path) > len(under) + 1})
    attached = tuple(
        _storage(file, paths, (*under, name)) for name in below[:_MOST] if name.startswith(_ATTACHED)
    )
    holds = next((name for name in below if name.upper() == f"__SUBSTG1.0_{_DATA}000D"), None)
    is_too_deep = len(under) > 2 * _DEEPEST
    inner = _storage(file, paths, (*under, holds)) if holds is not None and not is_too_deep else None
    return _Storage(streams, attached, inner)


def _letter(mail: _Storage) -> Letter:
    travelled = read_mime(mail.text(_HEADERS).encode("utf-8", "replace") + b"\r\n\r\n").head
    body = mail.text(_BODY)
    page = decoded(mail.binary(_PAGE))
    subject = mail.text(_SUBJECT) or travelled.subject
    sender = travelled.sender or next(filter(None, (bare_address(mail.text(one)) for one in _SENDERS)), "")
    kind, failed = travelled.kind, travelled.failed
    if kind is LetterKind.PERSON:
        is_report = mail.text("001A").lower().startswith(_REPORT)
        carries = any(one.binary(_DATA).startswith(FILE) for one in mail.attached)
        kind, failed = kind_of({}, Voice(sender, subject, body, is_report=is_report, carries=carries))
    head = Head(
        kind=kind, sender=sender, subject=subject, received=travelled.received, words=said_in(body),
        has_link=left_behind(f"{body}\n{page}"), failed=failed if kind is LetterKind.BOUNCE else (),
        about=travelled.about, letter=travelled.letter,
    )
    return Letter(head, tuple(_attachments(mail)))


def _attachments(mail: _Storage) -> list[Attachment]:
    found: list[Attachment] = []
    for number, one in enumerate(mail.attached, 1):
        name = next(filter(None, (one.text(key) for key in _NAMES)), "")
        if one.inner is not None:
            letter = _letter(one.inner)
            title = name or letter.head.subject or "转发的邮件"
            found += [Attachment(f"{title}/{part.name}", part.content, part.is_letter) for part in letter.attachments]
        elif one.binary(_DATA):
            found.append(Attachment(name or f"附件{number}", one.binary(_DATA)))
    return found
