"""The part of Markdown that the handbook is written in: headings, paragraphs, lists, tables, code, pictures; within a
line bold, code and links."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias


class Heading(NamedTuple):
    level: int
    text: str


class Paragraph(NamedTuple):
    text: str


class Points(NamedTuple):
    """A list."""

    texts: tuple[str, ...]
    is_numbered: bool


class TextTable(NamedTuple):
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Listing(NamedTuple):
    """Code in lines of its own."""

    text: str


class Picture(NamedTuple):
    """A picture in a line of its own: what it shows, and where it lies, seen from the page."""

    title: str
    place: str


Block: TypeAlias = Heading | Paragraph | Points | TextTable | Listing | Picture


class Wording(NamedTuple):
    """A part of a line: what it reads, and whether it is bold, code or a link, "" if none of these."""

    text: str
    sign: str = ""
    target: str = ""


BOLD, CODE, LINK = "bold", "code", "link"
_FENCE = "```"
_HEADING = re.compile(r"(#{1,6}) (.*)")
_POINT = re.compile(r"(?:\*|(\d+)\.) (.*)")
_PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]*)\)")
_RULE = re.compile(r"\|(?: ?:?-+:? ?\|)+")
_WORDINGS = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|\[([^]]+)\]\(([^)]+)\)")


def blocks_of(text: str) -> tuple[Block, ...]:
    """What a page is made of, in its order."""
    return tuple(_blocks(text.splitlines()))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        if lines[at].startswith(_FENCE):
            end = next(n for n in (*range(at + 1, len(lines)), len(lines)) if n == len(lines) or lines[n] == _FENCE)
            yield Listing("\n".join(lines[at + 1 : end]))
            at = end + 1
            continue
        end = at
        while end < len(lines) and lines[end] and not lines[end].startswith(_FENCE):
            end += 1
        if end > at:
            yield from _of_lines(lines[at:end])
        at = max(end, at + 1)


def _of_lines(lines: Sequence[str]) -> Iterator[Block]:
    """The blocks of lines without an empty one between them."""
    if heading := _HEADING.fullmatch(lines[0]):
        yield Heading(len(heading[1]), heading[2])
        if lines[1:]:
            yield from _of_lines(lines[1:])
    elif picture := _PICTURE.fullmatch(lines[0]):
        yield Picture(picture[1], picture[2])
    elif len(lines) > 1 and _RULE.fullmatch(lines[1]):
        yield TextTable(_cells(lines[0]), tuple(map(_cells, lines[2:])))
    elif point := _POINT.fullmatch(lines[0]):
        yield Points(tuple(_points(lines)), point[1] is not None)
    else:
        yield Paragraph("".join(lines))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))


def _points(lines: Sequence[str]) -> Iterator[str]:
    """The points of a list; a line that begins none goes on with the one above."""
    said = ""
    for line in lines:
        point = _POINT.fullmatch(line)
        if point and said:
            yield said
        said = point[2] if point else said + line.strip()
    yield said


def wordings(text: str) -> Iterator[Wording]:
    """The parts of a line; what is code, a link, or is in no sign, has no signs within it, what is bold may."""
    at = 0
    for match in _WORDINGS.finditer(text):
        if match.start() > at:
            yield Wording(text[at : match.start()])
        code, bold, linked, target = match.groups()
        if code is not None:
            yield Wording(code, CODE)
        elif bold is not None:
            yield Wording(bold, BOLD)
        else:
            yield Wording(linked, LINK, target)
        at = match.end()
    if at < len(text):
        yield Wording(text[at:])
