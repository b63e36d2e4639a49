"""The parts of a mail as it travelled: headers and bodies, told apart however they were put together.

Sources: RFC 5322 (headers), RFC 2045 and 2046 (parts). What is broken is read as it was meant: a blank line within a
head, a boundary that is not said or said wrongly, a head without its end, lines ended twice.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from minsheng_xl.letters.coded import FILE, parameters, transferred

_LINE = re.compile(rb"\r*\n|\r")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.S)
_GOES_ON = re.compile(rb"\s*(?:mime-version|content-[a-z-]{1,40})[ \t]*:", re.I)
_LOOSE = re.compile(rb"(?:boundary|name|filename|charset|report-type)(?:\*\d*)?\*?[ \t]*=", re.I)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=]{60,}\s*")
_BOUNDARY = re.compile(rb";\s*boundary\*?(?:0\*)?\s*=\s*(?:\"([^\"\r\n]*)\"?|([^;\s]+))", re.I)
_GUESSED = re.compile(rb"^--(\S{1,70})[ \t]*\r*\n(?=[A-Za-z][A-Za-z-]*[ \t]*:|\r*\n)", re.M)
_SURE = re.compile(
    rb"^--(\S{1,70})[ \t]*\r*\n(?:[a-z][a-z-]*[ \t]*:[^\r\n]*\r*\n(?:[ \t][^\r\n]*\r*\n)*){0,8}?content-[a-z-]+[ \t]*:",
    re.M | re.I,
)
_DEEPEST, _MOST = 20, 2000
_LONGEST_HEAD = 4 << 20


class MailPart:
    """A part of a mail: its headers by name, each as often as it stands there, and what travelled."""

    def __init__(self, headers: dict[str, list[bytes]], body: bytes) -> None:
        self.headers, self.body = headers, body

    def first(self, name: str) -> bytes:
        return self.headers.get(name, [b""])[0]

    @cached_property
    def kind(self) -> tuple[str, dict[str, str]]:
        """What it says that it is, with its parameters: of several, that which is of many parts."""
        every = [parameters(one) for one in self.headers.get("content-type", [])] or [("", {})]
        kind, told = next((one for one in every if one[0].strip("\"'").startswith("multipart")), every[0])
        return kind.strip("\"' "), told

    @property
    def boundary(self) -> bytes:
        """The line between its parts as it is written, b"" if it does not say one."""
        for one in self.headers.get("content-type", []):
            found = _BOUNDARY.search(one)
            if found is not None:
                return (found[1] if found[1] is not None else found[2]).rstrip()
        return b""

    @cached_property
    def content(self) -> bytes:
        """Its bytes, from what travelled."""
        encoding = self.first("content-transfer-encoding").partition(b";")[0].strip(b" \t\r\n\"'").lower()
        return transferred(self.body, encoding.decode("ascii", "replace"))

    @cached_property
    def is_file(self) -> bool:
        """Whether it is a file, whatever it says that it is."""
        return self.content.startswith(FILE)


def piece_of(raw: bytes) -> MailPart:
    """A part from its headers and its body: that begins behind a blank line, or with what can be no header."""
    headers: dict[str, list[bytes]] = {}
    lines, place = _head(raw)
    for line in lines:
        field = _FIELD.fullmatch(line)
        if field is not None:
            headers.setdefault(field[1].decode("ascii").lower(), []).append(field[2].strip())
    return MailPart(headers, raw[place:]) if headers or place == 0 or not lines else MailPart({}, raw)


def _head(raw: bytes) -> tuple[list[bytes], int]:
    """The lines of the headers, unfolded, and where the body begins."""
    lines: list[list[bytes]] = []
    place = 0
    while place < min(len(raw), _LONGEST_HEAD):
        found = _LINE.search(raw, place)
        end, behind = (found.start(), found.end()) if found is not None else (len(raw), len(raw))
        line = raw[place:end]
        if line.startswith(b"--") or (lines and _BASE64.fullmatch(line) is not None):
            break
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1].append(line)
        elif not line.strip():
            if not _is_within(raw, behind, lines):
                place = behind
                break
        elif lines and lines[-1][-1].rstrip().endswith(b";") and _LOOSE.match(line) is not None:
            lines[-1].append(b" " + line)
        else:
            lines.append([line])
        place = behind
    return [b"".join(pieces) for pieces in lines], place


def _is_within(raw: bytes, place: int, lines: list[list[bytes]]) -> bool:
    """Whether a blank line stands within a head: nothing was said of the content yet, and it is said behind it."""
    has_kind = any(pieces[0][:13].lower() == b"content-type:" for pieces in lines)
    return not has_kind and _GOES_ON.match(raw, place, place + 200) is not None


def leaves_of(outer: MailPart) -> list[MailPart]:
    """The parts in which something stands, in their order."""
    found: list[MailPart] = []
    for one in _leaves(outer, 0):
        found.append(one)
        if len(found) >= _MOST:
            break
    return found


def _leaves(part: MailPart, depth: int) -> Iterator[MailPart]:
    kind, _ = part.kind
    is_many = kind.startswith("multipart") or (kind in ("", "text/plain", "text/html") and _SURE.search(part.body))
    if depth < _DEEPEST and is_many and not part.is_file:
        pieces = _pieces(part.body, part.boundary)
        if pieces:
            for piece in pieces[:_MOST]:
                yield from _leaves(piece_of(piece), depth + 1)
            return
    yield part


def _pieces(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the lines of a boundary; of one that is not there, between those that look like one."""
    found = _between(body, boundary) if boundary else []
    if not found:
        guess = _SURE.search(body) or _GUESSED.search(body)
        found = _between(body, guess[1]) if guess is not None else []
    return found


def _between(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands behind each line of a boundary up to the next; what stands behind one that closes is nobody's."""
    line = re.compile(rb"(?:\A|\r*\n|\r)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r|\n|\Z)")
    marks = list(line.finditer(body))
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    pieces = []
    for mark, end in zip(marks, ends, strict=False):
        begun = _LINE.match(body, mark.end())
        if not mark[1] and begun is not None:
            pieces.append(body[begun.end() : max(begun.end(), end)])
    return pieces
