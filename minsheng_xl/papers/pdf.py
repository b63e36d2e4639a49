"""A PDF with text, page by page: tables by their drawn lines, the rest as paragraphs. Needs pdfplumber.

A PDF knows signs and where they stand, no lines and no paragraphs. A line that is full was broken by the page and is
joined with the next; one that leaves room for what comes next was ended by whoever wrote it.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from minsheng_xl.papers.lattice import LatticeGrid, tidy
from minsheng_xl.papers.refusals import BROKEN, LOCKED_PDF, NO_LINES, NO_PDF_READER, SCAN, Refused
from minsheng_xl.published.heads import is_task_head
from minsheng_xl.published.paper import Document, Lattice, TextBlock

if TYPE_CHECKING:
    from pdfplumber.page import Page

_EXACT, _MIXED = 0.03, 0.3
"""Signs by which a full line may be measured too narrow: of Chinese signs alone, and with figures or letters."""
_AUTOSPACE = 0.25
"""Signs that are left between a Chinese sign and a figure."""
_SAME_EDGE = 3.0
"""Points that two edges of one line may lie apart."""
_GAP, _NARROW_GAP = 1.5, 0.9
"""Signs that would have room where two columns stand apart, and where cells just do not touch."""
_PADDING = 5.4
"""Points between the edge of a cell and its text, as Word leaves them."""
_UNBROKEN = re.compile(r"[“‘（《「『〈【(]*(?:[A-Za-z0-9.%\-]+|.)[，。；：、！？）”’》」』〉%％]*", re.S)
"""What stands together at the beginning of a line: a number or a sign, with marks that may not end or begin one."""
_ASCII, _MARK = re.compile("[!-~]"), re.compile("[，。；：、！？]")
_PAGE_NUMBER = re.compile(r"[\s—–－\-·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共，,]\s*\d+\s*页?)?[\s—–－\-·]*")
_PARAGRAPH = re.compile(r"\s*(?:第?[一二三四五六七八九十]+[、.．章]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[.．、](?!\d))")


class _Line(NamedTuple):
    """Signs that stand in one line: their text, where they begin and end, how large they are, and how wide that is
    which may not be divided at the beginning."""

    text: str
    left: float
    right: float
    size: float
    first: float


def read_pdf(content: bytes) -> Document:
    """Read one. Raises Refused."""
    try:
        import pdfplumber
    except ImportError as error:
        raise Refused(NO_PDF_READER) from error
    blocks: list[Lattice | TextBlock] = []
    unread: list[int] = []
    try:
        with pdfplumber.open(io.BytesIO(content)) as paper:
            known: list[float] = []
            has_bare_table = False
            for page in paper.pages:
                blocks += _page_blocks(page, known)
                has_bare_table = has_bare_table or any(map(_is_head, _rows(page.chars)))
                if not page.chars:
                    unread.append(page.page_number)
                page.close()  # forget its signs: hundreds of pages would fill the memory
    except (MemoryError, RecursionError, Refused):
        raise
    except Exception as error:  # pdfminer lets a dozen kinds through
        raise Refused(LOCKED_PDF if "Password" in repr(error) or "Encryption" in repr(error) else BROKEN) from error
    if not blocks and unread:
        raise Refused(SCAN)
    if has_bare_table and not any(isinstance(block, Lattice) for block in blocks):
        raise Refused(NO_LINES)
    told = "、".join(map(str, unread))
    return Document(tuple(blocks), (f"第 {told} 页没有文字（是空页，或者是图），没有读。",) if unread else ())


def _page_blocks(page: "Page", known: list[float]) -> list[Lattice | TextBlock]:
    """The tables of a page and the paragraphs around them, from top to bottom; `known` are the edges of the columns of
    the last table, which may go on here with some of its columns only."""
    found = page.debug_tablefinder()
    tables = [(table.bbox, table.cells) for table in found.tables]
    tabled = set(chain.from_iterable(cells for _, cells in tables))
    tables += [(cell, [cell]) for cell in found.cells if cell not in tabled and _is_within([cell], known)]
    tables.sort(key=_top)
    outside = _outside(page.chars, [box for box, _ in tables])
    placed: list[tuple[float, Lattice | TextBlock]] = list(_paragraphs(outside))
    for number, (box, cells) in enumerate(tables, 1):
        if not _is_within(cells, known):
            known[:] = _edges(_sides(cells, 0))
        inside = [sign for sign in page.chars if _is_in(sign, box)]
        lattice = _table(inside, cells, known)
        placed.append((box[1], lattice._replace(where=f"第{page.page_number}页的表{number}", page=page.page_number)))
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]


def _top(table: tuple[Sequence[float], object]) -> float:
    return table[0][1]


def _is_within(cells: Iterable[Sequence[float]], known: Sequence[float]) -> bool:
    """Whether the edges of cells are all among known ones."""
    return bool(known) and all(abs(known[_nearest(known, edge)] - edge) <= _SAME_EDGE for edge in _sides(cells, 0))


def _sides(cells: Iterable[Sequence[float]], axis: int) -> list[float]:
    """The edges of cells: left and right (0), or top and bottom (1)."""
    return list(chain.from_iterable((cell[axis], cell[axis + 2]) for cell in cells))


def _outside(signs: Sequence[dict[str, Any]], boxes: Iterable[Sequence[float]]) -> list[dict[str, Any]]:
    """The signs that are in none of the boxes."""
    for box in boxes:
        signs = [sign for sign in signs if not _is_in(sign, box)]
    return list(signs)


def _is_in(sign: dict[str, Any], box: Sequence[float]) -> bool:
    across, down = (sign["x0"] + sign["x1"]) / 2, (sign["top"] + sign["bottom"]) / 2
    return bool(box[0] <= across < box[2] and box[1] <= down < box[3])


def _table(
    signs: Sequence[dict[str, Any]], cells: Iterable[Sequence[float]], across: Sequence[float]
) -> Lattice:
    """The cells of a table at the places that their edges have among those of all; between `across` are columns."""
    boxes = sorted(cells, key=lambda box: (box[1], box[0]))
    down = _edges(_sides(boxes, 1))
    grid = LatticeGrid(columns=len(across) - 1)
    told = {box: _lines_in(signs, box) for box in boxes}
    for box in boxes:
        beside = chain.from_iterable(lines for other, lines in told.items() if _is_under(other, box))
        widest = max((line.right - line.left for line in beside), default=0.0)
        room = max(box[2] - box[0] - 2 * _PADDING, widest)
        left, right = _nearest(across, box[0]), _nearest(across, box[2])
        top, bottom = _nearest(down, box[1]), _nearest(down, box[3])
        text = tidy(_joined(told[box], room))
        grid.put(text, top, left, rows=max(1, bottom - top), columns=max(1, right - left))
    return grid.lattice("")


def _lines_in(signs: Sequence[dict[str, Any]], box: Sequence[float]) -> list[_Line]:
    inside = [sign for sign in signs if _is_in(sign, box)]
    return [line for _, line in _lines(inside)]


def _is_under(box: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two cells are of one column."""
    return abs(box[0] - other[0]) <= _SAME_EDGE and abs(box[2] - other[2]) <= _SAME_EDGE


def _edges(places: Iterable[float]) -> list[float]:
    """Edges, those that lie together taken for one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME_EDGE:
            found.append(place)
    return found


def _nearest(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - place))


def _rows(signs: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Signs line by line, from top to bottom: two of which one's middle lies within the other are in one line."""
    rows: list[list[dict[str, Any]]] = []
    for sign in sorted(signs, key=lambda one: (one["top"] + one["bottom"]) / 2):
        middle = (sign["top"] + sign["bottom"]) / 2
        if rows and middle < rows[-1][0]["bottom"] - 0.25 * rows[-1][0]["height"]:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    return [sorted(row, key=lambda one: one["x0"]) for row in rows]


def _lines(signs: Sequence[dict[str, Any]]) -> list[tuple[float, _Line]]:
    """Signs as lines with their height on the page."""
    found = []
    for row in _rows(signs):
        text = _spaced(row)
        seen = [one for one in row if one["text"].strip()]
        if text.strip():
            unbroken = _UNBROKEN.match("".join(one["text"] for one in seen))
            end = seen[min(len(seen), unbroken.end() if unbroken else 1) - 1]["x1"]
            left = seen[0]["x0"]
            line = _Line(text, left, seen[-1]["x1"], max(one["size"] for one in seen), end - left)
            found.append((row[0]["top"], line))
    return found


def _spaced(row: Sequence[dict[str, Any]]) -> str:
    """The text of a line; where signs stand far apart, two blanks."""
    text, end = "", None
    for sign in row:
        if end is not None and sign["x0"] - end > _GAP * sign["size"]:
            text += "  "
        text += sign["text"]
        end = sign["x1"]
    return text.strip()


def _joined(lines: Sequence[_Line], room: float) -> str:
    """Lines as the text that was broken into them. In a list of names without any mark between them, a full line is
    the end of one if the next begins as it does, or as the first."""
    is_list = not any(_MARK.search(line.text) for line in lines)
    text = begun = ""
    for number, line in enumerate(lines):
        sign = line.text[:1]
        is_next = is_list and sign in (begun, lines[0].text[:1])
        if number and _is_full(lines[number - 1], line, room) and not is_next:
            text += _between(text, line.text) + line.text
            continue
        text += f"\n{line.text}" if number else line.text
        begun = sign
    return text


def _is_full(line: _Line, below: _Line, room: float) -> bool:
    """Whether what the next line begins with had no more room in a line."""
    is_figure = below.text[:1].isascii()
    needed = below.first + (_AUTOSPACE * below.size if is_figure and not line.text[-1:].isascii() else 0)
    slack = _EXACT if line.text.isalpha() and not is_figure and not _ASCII.search(line.text) else _MIXED
    return line.right - line.left + needed > room - slack * below.size


def _is_head(row: Sequence[dict[str, Any]]) -> bool:
    """Whether a line has the heads of a task table, side by side."""
    pieces: list[str] = []
    end = 0.0
    for sign in row:
        if not pieces or sign["x0"] - end > _NARROW_GAP * sign["size"]:
            pieces.append("")
        pieces[-1] += sign["text"]
        end = sign["x1"]
    return is_task_head(pieces)


def _between(text: str, below: str) -> str:
    """A blank between two words of letters."""
    return " " if text[-1:].isascii() and text[-1:].isalpha() and below[:1].isascii() and below[:1].isalpha() else ""


def _paragraphs(signs: Sequence[dict[str, Any]]) -> list[tuple[float, TextBlock]]:
    """The signs outside of tables as paragraphs with their height on the page; page numbers are none."""
    lines = [(top, line) for top, line in _lines(signs) if not _PAGE_NUMBER.fullmatch(line.text)]
    if not lines:
        return []
    right = max(line.right for _, line in lines)
    left = Counter(round(line.left) for _, line in lines).most_common(1)[0][0]
    found: list[tuple[float, str]] = []
    last: _Line | None = None
    for top, line in lines:
        is_rest = last is not None and _is_full(last._replace(left=left), line, right - left)
        if found and is_rest and not _PARAGRAPH.match(line.text) and line.left < left + 1.5 * line.size:
            found[-1] = (found[-1][0], found[-1][1] + _between(found[-1][1], line.text) + line.text)
        else:
            found.append((top, line.text))
        last = line
    return [(top, TextBlock(tidy(text))) for top, text in found if tidy(text)]
