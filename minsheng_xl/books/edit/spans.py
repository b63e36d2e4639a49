"""Where the elements of a part stand in its bytes, by expat's offsets, and bytes put in the place of others.

A parser that knows nothing of namespaces: names are as they are written, so that what a program wrote under
a prefix of its own is another element.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")


class NotPlain(Exception):
    """A part written in a way that cannot be spliced."""


class Span(NamedTuple):
    """An element and its bytes: the opening tag from `start` to `inside`, what it holds from there to
    `behind`, all of it to `end`. `level` is 0 for the root. One that holds nothing has inside = behind = end."""

    name: str
    level: int
    attributes: dict[str, str]
    start: int
    inside: int
    behind: int
    end: int

    @property
    def is_empty(self) -> bool:
        return self.inside == self.end


def spans(content: bytes, names: Collection[str] = ()) -> list[Span]:
    """The elements of these names, or all, in the order in which they begin. Raises NotPlain for what is no XML."""
    reader = _Reader(content, names)
    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.begin, reader.end
    reader.parser = parser
    try:
        parser.Parse(content, True)
    except ExpatError as error:
        raise NotPlain(str(error)) from error
    return sorted(reader.found, key=_start)


def _start(span: Span) -> int:
    return span.start


class _Reader:
    parser: Any

    def __init__(self, content: bytes, names: Collection[str]) -> None:
        self._content, self._names = content, frozenset(names)
        self._level = 0
        self._open: list[tuple[int, int, dict[str, str]]] = []
        self.found: list[Span] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if not self._names or name in self._names:
            self._open.append((self._level, self.parser.CurrentByteIndex, attributes))
        self._level += 1

    def end(self, name: str) -> None:
        self._level -= 1
        if self._names and name not in self._names:
            return
        level, start, attributes = self._open.pop()
        tag = _TAG.match(self._content, start)
        if tag is None:
            raise NotPlain(name)
        inside = behind = end = tag.end()
        if not tag[0].endswith(b"/>"):
            behind = self.parser.CurrentByteIndex
            end = self._content.index(b">", behind) + 1
        self.found.append(
            Span(name=name, level=level, attributes=attributes, start=start, inside=inside, behind=behind, end=end)
        )


class Splices:
    """Bytes, some of which others take the place of. The pieces must not overlap."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._pieces: list[tuple[int, int, bytes]] = []

    def put(self, start: int, end: int, text: str) -> None:
        """A text in place of the bytes from start to end; of several at one place the first comes first."""
        self._pieces.append((start, end, text.encode()))

    def tag(self, span: Span, name: str, value: str) -> None:
        """Give an element an attribute, in the place of the one it has."""
        tag = self._content[span.start : span.inside].decode()
        self.put(span.start, span.inside, with_attribute(tag, name, value))

    def joined(self) -> bytes:
        return b"".join(self._parts())

    def _parts(self) -> Iterator[bytes]:
        place = 0
        for start, end, content in sorted(self._pieces, key=_bounds):
            yield self._content[place:start]
            yield content
            place = end
        yield self._content[place:]


def _bounds(piece: tuple[int, int, bytes]) -> tuple[int, int]:
    return piece[:2]


def with_attribute(tag: str, name: str, value: str | None) -> str:
    """An opening tag with an attribute set, or taken away."""
    found = re.search(rf'\s{name}="[^"]*"', tag)
    if found:
        return tag[: found.start()] + (f' {name}="{value}"' if value is not None else "") + tag[found.end() :]
    if value is None:
        return tag
    end = tag.rindex("/>") if tag.endswith("/>") else tag.rindex(">")
    return f'{tag[:end].rstrip()} {name}="{value}"{tag[end:]}'
