"""A .docx: paragraphs and tables in their order, as a reader of the printed paper sees them.

The XML is walked: what stands in content controls, hyperlinks, text boxes and accepted insertions is text; what is
deleted, hidden or a footnote is left out and told. Source: ECMA-376 part 1, 17 (WordprocessingML).
"""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.read import parse_xml
from minsheng_xl.papers.lattice import LatticeGrid, framed, text_of, tidy, with_places
from minsheng_xl.papers.numbering import Numbering, child, local, value, whole
from minsheng_xl.papers.refusals import BROKEN, Refused
from minsheng_xl.published.paper import Document, Lattice, TextBlock

_BODY = re.compile(r"word/document\d*\.xml")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SILENT = frozenset({
    "rPr", "pPr", "delText", "instrText", "delInstrText", "rt", "tblPr", "tblGrid", "sectPr", "binData",
})
_DELETED = frozenset({"del", "moveFrom"})
_NOTES = frozenset({"footnoteReference", "endnoteReference"})
_PICTURES = frozenset({"blip", "imagedata"})
_MOST_COLUMNS = 1000
_TOLD = {
    "deleted": "有修订没有接受：删去的文字（{} 处）没有读，新加的文字读了。",
    "hidden": "有隐藏的文字（{} 处），没有读。",
    "note": "脚注、尾注（{} 条）没有读。",
    "picture": "有图片（{} 张），图片里的文字没有读。",
}


def read_docx(content: bytes) -> Document:
    """Read one. Raises Unreadable, Refused."""
    container = Container(content)
    body = next((name for name in container.entries if _BODY.fullmatch(name)), "")
    if not body:
        raise Refused(BROKEN)
    folder, _, _ = body.rpartition("/")
    numbering, styles = (_part(container, f"{folder}/{name}.xml") for name in ("numbering", "styles"))
    document = child(parse_xml(container.read(body)), "body")
    if document is None:
        raise Refused(BROKEN)
    reader = _DocumentReader(Numbering(numbering, styles))
    blocks = with_places(reader.blocks(document))
    return Document(blocks, tuple(_TOLD[kind].format(reader.left_out[kind]) for kind in _TOLD if reader.left_out[kind]))


def _part(container: Container, name: str) -> ElementTree.Element | None:
    return parse_xml(container.read(name)) if name in container else None


class _DocumentReader:
    """Walks a document; `left_out` counts what it does not read."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self.left_out: Counter[str] = Counter()

    def blocks(self, parent: ElementTree.Element) -> Iterator[Lattice | TextBlock]:
        """The paragraphs and tables in an element."""
        begun = ""
        for part in self._parts(parent):
            if local(part) == "tbl":
                yield from self._table(part)
                continue
            text, boxes = self._paragraph(part)
            if self._goes_on(part):
                begun += text
                continue
            if tidy(begun + text):
                yield TextBlock(tidy(begun + text))
            begun = ""
            for box in boxes:
                yield from self.blocks(box)

    def _parts(self, parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
        """Its paragraphs and tables, out of what wraps them."""
        for part in parent:
            name = local(part)
            if name in ("p", "tbl"):
                yield part
            elif name in _DELETED:
                self.left_out["deleted"] += 1
            elif name == "AlternateContent":
                yield from self._parts(_chosen(part))
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
                yield from self._parts(part)

    def _goes_on(self, paragraph: ElementTree.Element) -> bool:
        """Whether the mark at its end is deleted, so that the next paragraph goes on in the same line."""
        return child(paragraph, "pPr", "rPr", "del") is not None

    def _paragraph(self, paragraph: ElementTree.Element) -> tuple[str, list[ElementTree.Element]]:
        """Its text with its number, and the text boxes that are anchored in it."""
        pieces: list[str] = []
        boxes: list[ElementTree.Element] = []
        self._collect(paragraph, pieces, boxes)
        return self._numbering.label(child(paragraph, "pPr")) + "".join(pieces), boxes

    def _collect(self, parent: ElementTree.Element, pieces: list[str], boxes: list[ElementTree.Element]) -> None:
        for part in parent:
            name = local(part)
            if name == "t":
                pieces.append(part.text or "")
            elif name in _SIGNS:
                pieces.append(_SIGNS[name])
            elif name == "sym":
                pieces.append(_symbol(value(part, "char")))
            elif name == "txbxContent":
                boxes.append(part)
            elif name == "AlternateContent":
                self._collect(_chosen(part), pieces, boxes)
            elif name == "r" and _is_on(child(part, "rPr", "vanish")):
                self.left_out["hidden"] += any(local(inner) == "t" for inner in part)
            elif name in _DELETED:
                self.left_out["deleted"] += 1
            elif name not in _SILENT:
                self.left_out["note"] += name in _NOTES
                self.left_out["picture"] += name in _PICTURES
                self._collect(part, pieces, boxes)

    def _table(self, table: ElementTree.Element) -> Iterator[Lattice | TextBlock]:
        """A table, with the text of tables inside it in its cells; if it only frames them, what it frames."""
        grid, contents = LatticeGrid(), []
        for row, line in enumerate(self._rows(table)):
            contents += self._line(grid, row, line)
        yield from framed(grid.lattice(""), contents)

    def _rows(self, table: ElementTree.Element) -> Iterator[ElementTree.Element]:
        for part in table:
            name = local(part)
            if name == "tr":
                if child(part, "trPr", "del") is not None:
                    self.left_out["deleted"] += 1
                else:
                    yield part
            elif name in ("sdt", "sdtContent", "ins", "customXml"):
                yield from self._rows(part)

    def _line(self, grid: LatticeGrid, row: int, line: ElementTree.Element) -> list[list[Lattice | TextBlock]]:
        """Put the cells of a row; what stands in them is given back."""
        column = whole(value(child(line, "trPr", "gridBefore")), 0)
        if column:
            _blanks(grid, row, 0, column)
        contents: list[list[Lattice | TextBlock]] = []
        for cell in self._cells(line):
            spans = min(whole(value(child(cell, "tcPr", "gridSpan")), 1) or 1, _MOST_COLUMNS)
            merged = child(cell, "tcPr", "vMerge")
            if merged is not None and value(merged) != "restart":
                grid.lengthen(row, column, spans)
            else:
                contents.append(list(self.blocks(cell)))
                grid.put(text_of(contents[-1]), row, column, columns=spans)
            column += spans
        after = whole(value(child(line, "trPr", "gridAfter")), 0)
        _blanks(grid, row, column, min(after, _MOST_COLUMNS))
        return contents

    def _cells(self, line: ElementTree.Element) -> Iterator[ElementTree.Element]:
        for part in line:
            name = local(part)
            if name == "tc":
                if child(part, "tcPr", "cellDel") is None:
                    yield part
            elif name in ("sdt", "sdtContent", "ins", "customXml"):
                yield from self._cells(part)


def _blanks(grid: LatticeGrid, row: int, column: int, count: int) -> None:
    for place in range(column, column + min(count, _MOST_COLUMNS)):
        grid.put("", row, place)


def _chosen(alternatives: ElementTree.Element) -> ElementTree.Element:
    """What is shown of the alternatives for programs of different age."""
    return next(iter(alternatives), alternatives)


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else ""


def _is_on(switch: ElementTree.Element | None) -> bool:
    return switch is not None and value(switch) not in ("0", "false", "off")
