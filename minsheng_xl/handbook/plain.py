"""Blocks of a page as text for a terminal, without a sign of Markdown."""

from collections.abc import Iterable, Iterator

from minsheng_xl.handbook.markdown import BOLD, Block, Heading, Listing, Paragraph, Picture, Points, TextTable, wordings

_MARK = "  · "


def plain(text: str) -> str:
    """A line without signs."""
    return "".join(plain(part.text) if part.sign == BOLD else part.text for part in wordings(text))


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of blocks; a picture is none."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield plain(block.text)
            case Points():
                marks = (f"  {number}. " if block.is_numbered else _MARK for number in range(1, len(block.texts) + 1))
                yield from (f"{mark}{plain(text)}" for mark, text in zip(marks, block.texts, strict=True))
            case TextTable():
                yield from map(_row, block.rows)
            case Listing():
                yield from (f"    {line}" for line in block.text.splitlines())
            case Picture():
                pass


def _row(cells: tuple[str, ...]) -> str:
    *others, last = map(plain, cells)
    beside = "　".join(filter(None, others))
    return f"{_MARK}{beside}：{last}" if others else f"{_MARK}{last}"
