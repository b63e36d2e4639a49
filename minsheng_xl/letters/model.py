"""What a mail comes to."""

from datetime import datetime
from enum import Enum
from typing import NamedTuple


class LetterKind(Enum):
    """Who speaks in a mail: a person, a server that could not deliver, or a program that answers by itself."""

    PERSON = "person"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"


class Attachment(NamedTuple):
    """A file in a mail; `is_letter` if it is a mail that was put in as one."""

    name: str
    content: bytes
    is_letter: bool = False


class Head(NamedTuple):
    """What a mail says of itself. Addresses are in lower case and bare; texts are as they were sent, not cleaned.

    `received` is when the last server took it, by that server's line, in this desk's time; `words` is what it says, the
    first lines; `has_link` if an attachment was left at a provider's and only a link to it came; `failed` are the
    addresses that a server could not deliver to, `about` the Message-IDs that are answered or returned, `letter` its
    own.
    """

    kind: LetterKind = LetterKind.PERSON
    received: datetime | None = None
    sender: str = ""
    subject: str = ""
    words: str = ""
    has_link: bool = False
    failed: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    letter: str = ""


class Letter(NamedTuple):
    """A mail: what it says of itself, and its attachments in their order."""

    head: Head
    attachments: tuple[Attachment, ...] = ()
