"""A web page: paragraphs and tables in their order, as a browser shows them.

Ends of rows and cells may be missing, as on pages written by hand; rowspan and colspan count; a table that lays out the
page gives way to the tables inside it. Source: the HTML standard, 13.1.2.4 (optional tags), 4.9 (tables).
"""

import re
from html.parser import HTMLParser

from minsheng_xl.intake.gate import text_of as decoded
from minsheng_xl.papers.lattice import Blocks, LatticeGrid, framed, text_of, tidy, with_places
from minsheng_xl.papers.refusals import TOO_LARGE, Refused
from minsheng_xl.published.paper import Document, Lattice, TextBlock

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"})
_SKIPPED = frozenset({"script", "style", "template", "noscript", "head", "select", "svg"})
_VOID = frozenset({
    "br", "hr", "img", "input", "link", "meta", "col", "wbr", "area", "base", "embed", "source", "param",
})
_PARAGRAPHS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article",
    "header", "footer", "blockquote", "center", "form", "body", "hr", "caption", "pre", "title",
})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BROKEN = "\r"
"""Where a line of the source was broken: a blank, but none between Chinese signs."""
_BETWEEN_SIGNS = re.compile(r"(?<=[\u2e80-\uffef])[ \r]*\r[ \r]*(?=[\u2e80-\uffef])")
_DEEPEST = 20
_MOST_SPANNED = 1000


def read_page(content: bytes) -> Document:
    """Read one. Raises Refused."""
    reader = _WebReader()
    reader.feed(page_text(content))
    reader.close()
    left_out = (f"网页里有隐藏的文字（{reader.hidden} 处），没有读。",) if reader.hidden else ()
    return Document(with_places(reader.finished()), left_out)


def page_text(content: bytes) -> str:
    """The text of a page in the signs that it says it is in."""
    told = _CHARSET.search(content[:4096])
    name = told[1].decode().lower() if told else ""
    if content.startswith(_MARKS) or not name:
        return decoded(content)
    try:
        return content.decode("gb18030" if name in _CHINESE else name)
    except (LookupError, UnicodeDecodeError):
        return decoded(content)


class _Flow:
    """Text that runs in a cell or on the page, and the blocks it has become."""

    def __init__(self) -> None:
        self.blocks: list[Lattice | TextBlock] = []
        self._pieces: list[str] = []

    def add(self, text: str) -> None:
        self._pieces.append(text)

    def end_paragraph(self) -> None:
        text = tidy(_BETWEEN_SIGNS.sub("", "".join(self._pieces)).replace(_BROKEN, " "))
        self._pieces.clear()
        if text:
            self.blocks.append(TextBlock(text))

    def add_blocks(self, blocks: Blocks) -> None:
        self.end_paragraph()
        self.blocks += blocks


class _OpenTable:
    """A table that is open: its grid, and the cell that is open."""

    def __init__(self) -> None:
        self.grid = LatticeGrid()
        self.contents: list[Blocks] = []
        self.row = -1
        self.is_in_row = False
        self.cell: _Flow | None = None
        self._spans = (1, 1)

    def begin_row(self) -> None:
        self.end_cell()
        self.row += 1
        self.is_in_row = True

    def end_row(self) -> None:
        self.end_cell()
        self.is_in_row = False

    def begin_cell(self, rows: int, columns: int) -> None:
        self.end_cell()
        if not self.is_in_row:
            self.begin_row()
        self.cell, self._spans = _Flow(), (rows, columns)

    def end_cell(self) -> None:
        if self.cell is None:
            return
        self.cell.end_paragraph()
        blocks, (rows, columns) = self.cell.blocks, self._spans
        self.cell = None
        column = self.grid.free(self.row, 0)
        self.grid.put(text_of(blocks), self.row, column, rows=rows, columns=columns)
        self.contents.append(blocks)

    def finished(self) -> Blocks:
        self.end_row()
        whole = self.grid.lattice("")
        return list(framed(whole._replace(rows=whole.rows[: self.row + 1]), self.contents))


class _WebReader(HTMLParser):
    """Builds the blocks; what is skipped or hidden ends with its own end tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = 0
        self._page = _Flow()
        self._tables: list[_OpenTable] = []
        self._skipped = ""
        self._depth = 0
        self._kept = 0

    def finished(self) -> Blocks:
        while self._tables:
            self._end_table()
        self._page.end_paragraph()
        return self._page.blocks

    @property
    def _flow(self) -> _Flow:
        """Where text goes: the open cell; text between cells stands on the page, as browsers show it."""
        cells = [table.cell for table in self._tables if table.cell is not None]
        return cells[-1] if self._tables and self._tables[-1].cell is not None else (cells or [self._page])[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._depth += tag == self._skipped
            return
        said = {name: value or "" for name, value in attrs}
        is_hidden = bool(_HIDDEN.search(said.get("style", ""))) or "hidden" in said
        if tag not in _VOID and (tag in _SKIPPED or is_hidden):
            self.hidden += tag not in _SKIPPED
            self._skipped, self._depth = tag, 1
        elif tag == "br":
            self._flow.add("\n")
        elif tag == "pre":
            self._kept += 1
        elif tag in _PARAGRAPHS:
            self._flow.end_paragraph()
        else:
            self._start_of_table(tag, said)

    def _start_of_table(self, tag: str, said: dict[str, str]) -> None:
        if tag == "table":
            if len(self._tables) >= _DEEPEST:
                raise Refused(TOO_LARGE.format(reason="表里套着表，套得太深"))
            self._flow.end_paragraph()
            self._tables.append(_OpenTable())
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].begin_cell(_span(said.get("rowspan")), _span(said.get("colspan")))

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._depth -= tag == self._skipped
            if not self._depth:
                self._skipped = ""
        elif tag == "pre":
            self._kept = max(0, self._kept - 1)
        elif tag in _PARAGRAPHS:
            self._flow.end_paragraph()
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag == "tr" and self._tables:
            self._tables[-1].end_row()
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].end_cell()

    def _end_table(self) -> None:
        blocks = self._tables.pop().finished()
        self._flow.add_blocks(blocks)

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        self._flow.add(data if self._kept else _BLANKS.sub(_blank, data).replace("\xa0", " "))


def _blank(blanks: re.Match[str]) -> str:
    return _BROKEN if "\n" in blanks[0] else " "


def _span(said: str | None) -> int:
    text = (said or "").strip()
    return max(1, min(int(text), _MOST_SPANNED)) if text.isascii() and text.isdigit() and len(text) < 8 else 1
