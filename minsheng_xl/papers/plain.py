"""Text, of a file or pasted: its lines are paragraphs, and tables in one of the ways in which text has tables.

Cells that begin with a tab, a line each (as copied out of some viewers); cells divided by tabs (as copied from Excel or
Word), by commas, by strokes (| or box drawing); columns divided by two blanks or more, where the borders were lost.
"""

import csv
import io
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from minsheng_xl.papers.lattice import LatticeGrid, tidy, with_places
from minsheng_xl.papers.stacked import stacked_at
from minsheng_xl.published.heads import is_task_head
from minsheng_xl.published.paper import Document, Lattice, TextBlock

_UNSEEN = re.compile("[\ufeff\u200b\u200e\u200f]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_RULE = re.compile(r"[\s|+:=\-─━┄┈┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝═│┃║]+")
_STROKES = re.compile("[|｜│┃║]")
_GAP = re.compile("(?:[ \xa0]{2,}|\u3000[ \u3000\xa0]*|[ \xa0]+\u3000[ \u3000\xa0]*)")
_PIECE = re.compile("[^\\s\u3000](?:(?! {2}|\u3000|\xa0{2}).)*")
_HEADING = re.compile(r"(?:第?[一二三四五六七八九十百]+[、.．章部节]|[（(][一二三四五六七八九十]+[）)]|注[：:]|备注[：:]|合计|总计|附件)")
_LEAST_COLUMNS = 3
_BLURRED = "有一张表没有格线，上下没有对齐，分不清哪一格是哪一栏，没有读。请复制带格线的表，或导入 .docx。"
_DRIFT = 3
"""Columns of the screen by which a piece may stand before its head."""
_PAGE_NUMBER = re.compile(r"[\s—–－\-·]*(?:第\s*)?\d{1,4}(?:\s*页)?[\s—–－\-·]*")


def read_text(text: str) -> Document:
    """Read one."""
    lines = _UNSEEN.sub("", _BREAKS.sub("\n", text)).split("\n")
    table = _comma_rows(lines)
    if table is not None:
        return Document(with_places([_lattice(table)]))
    left_out: list[str] = []
    return Document(with_places(_blocks(lines, left_out)), tuple(left_out))


def _blocks(lines: Sequence[str], left_out: list[str]) -> Iterator[Lattice | TextBlock]:
    """Tables where one begins, else paragraphs; what is not read of a table is told."""
    place = 0
    while place < len(lines):
        rows, after = _table_at(lines, place, left_out)
        text = tidy(re.sub(r"^#{1,6}\s+", "", lines[place]))
        if rows:
            yield _lattice(rows)
        elif text and not _is_page_number(lines[place]):
            yield TextBlock(text)
        place = after if rows else place + 1


def _table_at(lines: Sequence[str], place: int, left_out: list[str]) -> "Found":
    """The rows of the table that begins in a line, and where it ends."""
    for read in (_tab_begun, _stroked, _tabbed, _spaced):
        found, after = read(lines, place)
        if found:
            return found, after
    if _is_blurred(lines, place):
        left_out.append(_BLURRED)
    stacked = stacked_at(lines, place) if "\t" not in lines[place] else None
    if stacked is None:
        return _NOTHING
    left_out += [said for said in stacked.left_out if said not in left_out]
    return (stacked.rows, stacked.end) if len(stacked.rows) > 1 else _NOTHING


def _is_page_number(line: str) -> bool:
    """Whether a line is the number of a page, between dashes; a number alone may be a cell."""
    return bool(_PAGE_NUMBER.fullmatch(line)) and not line.strip().isdigit()


def _lattice(rows: Sequence[Sequence[str]]) -> Lattice:
    """Rows of texts as a table. A row with one text alone, in a table of more columns, is merged over them."""
    grid = LatticeGrid()
    columns = max(map(len, rows))
    for number, row in enumerate(rows):
        if len(row) == 1 and columns > 1:
            grid.put(tidy(row[0]), number, 0, columns=columns)
            continue
        for column, text in enumerate(row):
            grid.put(tidy(text), number, column)
        for column in range(len(row), columns):
            grid.put("", number, column)
    return grid.lattice("")


Found = tuple[list[list[str]], int]
_NOTHING: Found = ([], 0)


def _tab_begun(lines: Sequence[str], start: int) -> Found:
    """Cells that begin with a tab, one or more lines each; a line without any sign ends a row."""
    if not lines[start].startswith("\t"):
        return _NOTHING
    rows: list[list[str]] = [[]]
    place = start
    while place < len(lines):
        line = lines[place]
        if line.startswith("\t"):
            rows[-1].append(line[1:])
        elif not line.strip(" \u3000"):
            rows.append([])
        elif rows[-1]:
            rows[-1][-1] += f"\n{line}"
        else:
            break  # text after a blank line
        place += 1
    rows = [row for row in rows if row]
    is_table = len(rows) > 1 and max(map(len, rows)) > 1 and not any("\t" in "".join(row) for row in rows)
    return (rows, place) if is_table else _NOTHING


def _stroked(lines: Sequence[str], start: int) -> Found:
    """Cells divided by strokes; with lines drawn between the rows, a row may be several lines high."""
    end = start
    while end < len(lines) and (_STROKES.search(lines[end]) or _is_rule(lines[end])):
        end += 1
    drawn = [line for line in lines[start:end] if not _is_rule(line)]
    if len(drawn) < 2 or max(map(_strokes, drawn)) < 2:
        return _NOTHING
    rules = sum(map(_is_rule, lines[start:end]))
    is_high = rules > 2 and len(drawn) > rules - 1
    rows: list[list[str]] = []
    is_new = True
    for line in lines[start:end]:
        if _is_rule(line):
            is_new = True
            continue
        cells = [cell.strip() for cell in _STROKES.split(line.strip().strip("|｜│┃║"))]
        if is_high and not is_new and len(cells) == len(rows[-1]):
            rows[-1] = [above + below for above, below in zip(rows[-1], cells, strict=True)]
        else:
            rows.append([re.sub(r"<br\s*/?>", "\n", cell) for cell in cells])
        is_new = False
    return rows, end


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line)) and bool(re.search(r"--|[─━═┄┈]|\|\s*:?-", line))


def _strokes(line: str) -> int:
    return len(_STROKES.findall(line))


def _tabbed(lines: Sequence[str], start: int) -> Found:
    """Cells divided by tabs. A cell of several lines breaks its row: lines are taken until a row has all its tabs, and
    one without any goes on with the last cell, unless it is a heading."""
    tabs = lines[start].count("\t")
    if not tabs:
        return _NOTHING
    quoted = _quoted(lines, start)
    if quoted is not None:
        return quoted
    rows = [lines[start]]
    place = start + 1
    while place < len(lines) and (lines[place].strip() or _is_tabbed(lines, place + 1)):
        line = lines[place]
        if line.strip() and _is_rest(rows[-1], line, tabs):
            rows[-1] += f"\n{line}"
        elif line.strip():
            rows.append(line)
        place += 1
    divided = [row.split("\t") for row in rows]
    return (divided, place) if len(divided) > 1 else _NOTHING


def _is_rest(row: str, line: str, tabs: int) -> bool:
    """Whether a line goes on with a row of so many tabs."""
    if "\t" not in row:
        return False
    if "\t" not in line:
        return not _HEADING.match(line.strip())
    return row.count("\t") + line.count("\t") <= tabs


def _is_tabbed(lines: Sequence[str], place: int) -> bool:
    return place < len(lines) and "\t" in lines[place]


def _quoted(lines: Sequence[str], start: int) -> Found | None:
    """Cells as Excel copies them: one of several lines stands in quotation marks."""
    end = start
    is_inside = False
    while end < len(lines) and (lines[end].strip() or is_inside):
        is_inside ^= lines[end].count('"') % 2 == 1
        end += 1
    if not any('\t"' in line for line in lines[start:end]):
        return None
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines[start:end])), delimiter="\t"))
    except csv.Error:
        return None
    counts = [len(row) for row in rows]
    is_even = len(rows) > 1 and counts.count(max(counts)) * 2 > len(counts)
    return (rows, end) if is_even else None


def _comma_rows(lines: Sequence[str]) -> list[list[str]] | None:
    """The rows of a text that is a table of cells divided by commas from its first lines on."""
    try:
        rows = [row for row in csv.reader(io.StringIO("\n".join(lines)), strict=True) if any(map(str.strip, row))]
    except csv.Error:
        return None
    counts = [len(row) for row in rows]
    if len(rows) < 2 or max(counts) < _LEAST_COLUMNS or "\t" in "".join(lines):
        return None
    return rows if counts.count(max(counts)) * 2 > len(counts) else None


def _spaced(lines: Sequence[str], start: int) -> Found:
    """Columns divided by two blanks or more, under a line of heads: each piece goes to the column it stands under."""
    heads = _pieces(lines[start])
    if len(heads) < _LEAST_COLUMNS or not is_task_head([text for _, text in heads]):
        return _NOTHING
    begins = [column for column, _ in heads]
    rows = [[text for _, text in heads]]
    place = start + 1
    groups = _groups(lines, place)
    for line_number, line, is_new in groups:
        pieces = _pieces(line)
        if len(pieces) != len(heads) and _share(begins, pieces):
            return _NOTHING
        if len(pieces) == 1 and pieces[0][0] <= begins[0] + 1 and _HEADING.match(pieces[0][1]):
            rows.append([pieces[0][1]])
        elif len(pieces) == len(heads):
            rows.append([text for _, text in pieces])
        else:
            _put_under(rows, begins, pieces, is_new=is_new)
        place = line_number + 1
    return rows, place


def _groups(lines: Sequence[str], start: int) -> Iterator[tuple[int, str, bool]]:
    """The lines that follow, without blank ones, and whether one stood before; two blank lines end the table."""
    blank = 0
    for place in range(start, len(lines)):
        line = lines[place]
        if _is_rule(line) or _is_page_number(line):
            continue
        if not line.strip():
            blank += 1
            if blank > 1:
                return
            continue
        yield place, line, blank > 0
        blank = 0


def _put_under(
    rows: list[list[str]], begins: Sequence[int], pieces: Sequence[tuple[int, str]], *, is_new: bool
) -> None:
    """Add the pieces of a line to a row: a new one if something stands under the first head."""
    under = _under(begins, pieces)
    if is_new or 0 in under or len(rows[-1]) != len(begins) or len(rows) == 1:
        rows.append([""] * len(begins))
    for at, (_, text) in zip(under, pieces, strict=True):
        rows[-1][at] += text


def _under(begins: Sequence[int], pieces: Sequence[tuple[int, str]]) -> list[int]:
    """The column under whose head each piece stands."""
    return [max(0, bisect_right(begins, column + _DRIFT) - 1) for column, _ in pieces]


def _share(begins: Sequence[int], pieces: Sequence[tuple[int, str]]) -> bool:
    """Whether two pieces of a line would stand in one column: it cannot be told then where they belong."""
    under = _under(begins, pieces)
    return len(set(under)) < len(under)


def _is_blurred(lines: Sequence[str], start: int) -> bool:
    """Whether the heads of a table stand side by side in a line; its columns could not be told apart."""
    heads = [text for _, text in _pieces(lines[start])]
    return len(heads) >= _LEAST_COLUMNS and is_task_head(heads)


def _pieces(line: str) -> list[tuple[int, str]]:
    """The pieces of a line between gaps, with the column of the screen in which each begins."""
    return [(_width(line[: found.start()]), found[0].rstrip()) for found in _PIECE.finditer(line.expandtabs(4))]


def _width(text: str) -> int:
    """Columns of the screen; marks such as “ are as wide as Chinese signs among them."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
