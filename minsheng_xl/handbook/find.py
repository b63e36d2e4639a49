"""The passages of the handbook about a word: sections that it heads, then paragraphs, points and rows that hold it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

from minsheng_xl.handbook.markdown import (
    BOLD,
    CODE,
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Points,
    TextTable,
    wordings,
)
from minsheng_xl.handbook.plain import lines_of, plain

_NEAR, _MOST_NEAR, _LONGEST_WORD = 0.5, 5, 12
_QUOTED = re.compile("“([^”]+)”")


class Passage(NamedTuple):
    """A piece of a page under the headings that lead to it, the page's own first; `is_headed`: the word is in the
    last of them."""

    page: str
    headings: tuple[str, ...]
    blocks: tuple[Block, ...]
    is_headed: bool = False


def passages(pages: Mapping[str, Sequence[Block]], words: Sequence[str]) -> tuple[Passage, ...]:
    """What holds all of the words, the sections that they head first, each in the order of the pages."""
    wanted = [_even(word) for word in words]
    found: list[Passage] = []
    for section in _sections(pages):
        if _holds(section.headings[-1], wanted) and section.blocks:
            found.append(section._replace(is_headed=True))
        else:
            pieces = chain.from_iterable(map(_pieces, section.blocks))
            held = tuple(one for one in pieces if _holds("\n".join(lines_of([one])), wanted))
            found += [section._replace(blocks=held)] if held else []
    return tuple(sorted(found, key=lambda one: not one.is_headed))


def near(pages: Mapping[str, Sequence[Block]], word: str) -> tuple[str, ...]:
    """Words of the handbook that look like one, the nearest first."""
    wanted = _even(word)
    shares = {known: SequenceMatcher(None, wanted, _even(known)).ratio() for known in _vocabulary(pages)}
    there = sorted((known for known, share in shares.items() if share >= _NEAR), key=lambda one: (-shares[one], one))
    return tuple(there[:_MOST_NEAR])


def _even(text: str) -> str:
    """A text in which full and half width, capitals and small letters, and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _holds(text: str, wanted: Sequence[str]) -> bool:
    return all(word in _even(plain(text)) for word in wanted)


def _sections(pages: Mapping[str, Sequence[Block]]) -> Iterator[Passage]:
    """What stands under each heading, up to the next one."""
    for name, blocks in pages.items():
        headings: tuple[str, ...] = (name,)
        below: list[Block] = []
        for block in blocks:
            if isinstance(block, Heading):
                yield Passage(name, headings, tuple(below))
                headings, below = (*headings[: block.level - 1], plain(block.text)), []
            elif not isinstance(block, Picture):
                below.append(block)
        yield Passage(name, headings, tuple(below))


def _pieces(block: Block) -> Iterator[Block]:
    """The parts of a block that are found by themselves: points and rows."""
    match block:
        case Points():
            yield from (Points((text,), False) for text in block.texts)
        case TextTable():
            yield from (block._replace(rows=(row,)) for row in block.rows)
        case _:
            yield block


def _vocabulary(pages: Mapping[str, Sequence[Block]]) -> set[str]:
    """Headings, and what is bold, quoted or code."""
    words: set[str] = set()
    for section in _sections(pages):
        words.add(section.headings[-1])
        for text in _texts(section.blocks):
            words.update(part.text for part in wordings(text) if part.sign in (BOLD, CODE))
            words.update(_QUOTED.findall(plain(text)))
    return {word.strip("。，：") for word in words if len(word) <= _LONGEST_WORD}


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case Points():
                yield from block.texts
            case TextTable():
                for row in block.rows:
                    yield from row
            case Heading() | Listing() | Picture():
                pass
