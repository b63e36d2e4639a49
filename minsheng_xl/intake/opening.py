"""What lies in a file that others were put into: a mail, a parcel, a parcel in a mail.

A mail is opened as often as it was passed on, a parcel once: what lies in a parcel that lies in a parcel is not looked
for. Runs in the child that reads files.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.intake.gate import FileKind, kind_of
from minsheng_xl.intake.parcel import is_litter, is_litter_in_parcel, is_parcel, unpacked
from minsheng_xl.letters.model import Head, LetterKind
from minsheng_xl.letters.read import is_packed_letter, read
from minsheng_xl.texts import one_line

_DEEPEST = 4
"""Mails within mails; people pass on three times."""
_MOST_MEMBERS = 4096
_LONGEST_NAME = 180
_LETTER_ENDINGS = (".eml", ".msg", ".dat")


class Member(NamedTuple):
    """A file in another one: its name, and what reads it (raises Unreadable); or what the mail says of itself, as
    `packed_head` packs it. `within` is the Message-ID of the mail in the mail in which it lies, "" if in none."""

    name: str
    read: Callable[[], bytes]
    is_head: bool = False
    within: str = ""


def is_letter(content: bytes) -> bool:
    """Whether a file is a mail in one of the ways in which it is opened."""
    if is_packed_letter(content):
        return True
    return not content.startswith(b"PK") and kind_of(content) is FileKind.MAIL


def opens(content: bytes) -> bool:
    """Whether a file is one whose members are judged instead of itself."""
    if content.startswith(b"PK"):
        return is_parcel(content)
    return is_letter(content) or _is_opened_by_program(kind_of(content))


def _is_opened_by_program(kind: FileKind) -> bool:
    if not kind.is_packed:
        return False
    from minsheng_xl.intake.packed import can_open  # it loads what starts programs

    return can_open(kind)


def members_of(content: bytes, start: int = 0, *, is_mail: bool = False) -> Iterator[Member]:
    """The members of a file from the `start`th on; `is_mail`: it is known to be a mail, whatever it looks like."""
    return islice(_opened(content, 0, is_mail=is_mail, in_parcel=False), start, _MOST_MEMBERS)


def packed_head(head: Head) -> bytes:
    """What a mail says of itself, as it travels between processes: texts cleaned, in lines."""
    words = "\n".join(map(one_line, head.words.split("\n")))
    told = head._replace(subject=one_line(head.subject)[:200], sender=one_line(head.sender)[:200], words=words)
    received = head.received.isoformat() if head.received else None
    return json.dumps([head.kind.value, received, *told[2:]], ensure_ascii=False).encode("utf-8", "replace")


def unpacked_head(content: bytes) -> Head:
    """The same, back."""
    kind, received, sender, subject, words, has_link, failed, about, letter = json.loads(content)
    return Head(
        kind=LetterKind(kind), received=datetime.fromisoformat(received) if received else None, sender=sender,
        subject=subject, words=words, has_link=has_link, failed=tuple(failed), about=tuple(about), letter=letter,
    )


def _opened(content: bytes, depth: int, *, is_mail: bool, in_parcel: bool) -> Iterator[Member]:
    if is_mail or is_letter(content):
        yield from _of_letter(content, depth, in_parcel=in_parcel)
    elif content.startswith(b"PK"):
        yield from _of_zip(content, depth)
    else:
        yield from _of_packed(content)


def _of_letter(content: bytes, depth: int, *, in_parcel: bool) -> Iterator[Member]:
    letter = read(content)
    if depth == 0:
        yield Member("", partial(packed_head, letter.head), is_head=True)
    if letter.head.kind is LetterKind.BOUNCE and depth == 0:
        return  # what comes back with it is what was sent
    within = letter.head.letter if depth else ""
    for name, part in _told_apart((one.name, one) for one in letter.attachments):
        may_open = part.is_letter or is_letter(part.content) or (not in_parcel and opens(part.content))
        if may_open and depth < _DEEPEST:
            for member in _opened(part.content, depth + 1, is_mail=part.is_letter, in_parcel=in_parcel):
                named = f"{name}/{member.name}" if member.name else name
                yield member._replace(name=named, within=member.within or within)
        elif part.content.startswith(b"PK") or not _is_left_behind(name):
            yield Member(name, partial(_given, part.content), within=within)


def _is_left_behind(name: str) -> bool:
    """Whether a file in a mail is what a program left behind; a name that lost all but its ending is none."""
    last = name.rpartition("/")[2]
    return is_litter(last) and (not last.startswith(".") or last == ".DS_Store")


def _given(content: bytes) -> bytes:
    return content


def _told_apart(named: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Names in one line, not too long, and without a way up; those that look alike are told apart."""
    counts: dict[str, int] = {}
    for told, one in named:
        steps = [step for step in told.replace("\\", "/").split("/") if step not in ("", ".", "..")]
        name = one_line("/".join(steps))[-_LONGEST_NAME:] or "无名"
        counts[name] = counts.get(name, 0) + 1
        yield name + _mark(counts[name]), one


def _mark(number: int) -> str:
    """What tells the second of a name from the first, and the others: a file may be called so, but not with it too."""
    return "" if number == 1 else "′" if number == 2 else f"′{number}"


def _of_zip(content: bytes, depth: int) -> Iterator[Member]:
    for name, read_member in unpacked(Container(content, parcel=True)):
        letter = _letter_in(name, read_member) if depth < _DEEPEST else b""
        if letter:
            for member in _opened(letter, depth + 1, is_mail=False, in_parcel=True):
                yield member._replace(name=f"{name}/{member.name}")
        else:
            yield Member(name, read_member)


def _letter_in(name: str, read_member: Callable[[], bytes]) -> bytes:
    """The member of a parcel, if it is a mail."""
    if not name.lower().endswith(_LETTER_ENDINGS):
        return b""
    try:
        content = read_member()
    except Unreadable:
        return b""
    return content if is_letter(content) else b""


def _of_packed(content: bytes) -> Iterator[Member]:
    from minsheng_xl.intake.packed import files_of

    try:
        for name, found in _told_apart(files_of(content, kind_of(content))):
            if not is_litter_in_parcel(name):
                yield Member(name, partial(_given, found))
    except Unreadable as error:
        yield Member("", partial(_raised, error))


def _raised(error: Unreadable) -> bytes:
    raise error
