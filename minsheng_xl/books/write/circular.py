"""A circular → the bytes of a .docx, to be mended in Word or WPS: title, heads, paragraphs, tables, numbered pages.

Source: GB/T 9704—2012: the type area of 156 by 225 mm, title in 小标宋 二号, heads in 黑体 and text in 仿宋 三号, 22 lines
of 28 points a page, numbers of pages in 四号 between dashes.
"""

from collections.abc import Sequence
from typing import NamedTuple

from minsheng_xl.books.write import wordml
from minsheng_xl.books.write.wordml import FOOT, POINT, named_style, paragraph, run
from minsheng_xl.forms.look import HEAD_FACE, SCREEN_FACE, TEXT_FACE, TITLE_FACE

_WIDE, _HIGH = 11906, 16838  # A4
_TOP, _BOTTOM, _LEFT, _RIGHT, _FOOT = 2098, 1984, 1588, 1474, 1400  # 37, 35, 28 and 26 mm
_ROOM = _WIDE - _LEFT - _RIGHT
_LINE = 28
_TITLE, _TEXT, _TABLE, _NUMBER = 22, 16, 12, 14  # points: 二号, 三号, 小四, 四号


class CircularColumn(NamedTuple):
    """A column of a table: its head, its share of the width, whether its texts begin at the left."""

    head: str
    share: int
    is_text: bool = False


class CircularTable(NamedTuple):
    """A table: its columns, and the texts of its rows."""

    columns: Sequence[CircularColumn]
    rows: Sequence[Sequence[str]]


class CircularPart(NamedTuple):
    """A chapter: its head, its paragraphs, the table behind them."""

    head: str
    paragraphs: Sequence[str]
    table: CircularTable | None = None


def write_circular(title: str, parts: Sequence[CircularPart], signature: Sequence[str]) -> bytes:
    """The circular as a document."""
    body = [paragraph("Title", run(title))]
    for part in parts:
        body += [paragraph("Head", run(part.head)), *(paragraph("Text", run(text)) for text in part.paragraphs)]
        if part.table is not None:
            body += [_table(part.table), paragraph("Text", "")]
    if signature:
        body += [paragraph("Text", ""), *(paragraph("Signature", run(text)) for text in signature)]
    foot = wordml.footer(run("— "), wordml.field("PAGE"), run(" —"))
    return wordml.document(title, "".join([*body, _section()]), _styles(), foot)


def _styles() -> str:
    middle, lines = '<w:jc w:val="center"/>', _spaced(_LINE)
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    small = _spaced(18)
    named = (
        named_style("Title", "标题", TITLE_FACE, _TITLE, _spaced(36, after=280) + middle),
        named_style("Head", "一级标题", HEAD_FACE, _TEXT, "<w:keepNext/>" + lines + indent),
        named_style("Text", "正文", TEXT_FACE, _TEXT, lines + indent + '<w:jc w:val="both"/>'),
        named_style("Signature", "落款", TEXT_FACE, _TEXT, lines + '<w:ind w:right="640"/><w:jc w:val="right"/>'),
        named_style("TableHead", "表头", HEAD_FACE, _TABLE, small + middle),
        named_style("TableText", "表文", TEXT_FACE, _TABLE, small + '<w:jc w:val="left"/>'),
        named_style("TableWord", "表文居中", TEXT_FACE, _TABLE, small + middle),
        named_style("Foot", "页码", SCREEN_FACE, _NUMBER, middle),
    )
    return wordml.styles(named, TEXT_FACE, _TEXT)


def _spaced(points: int, after: int = 0) -> str:
    return f'<w:spacing w:before="0" w:after="{after}" w:line="{points * POINT}" w:lineRule="exact"/>'


def _table(table: CircularTable) -> str:
    whole = sum(column.share for column in table.columns)
    widths = [_ROOM * column.share // whole for column in table.columns]
    head = [
        wordml.table_cell(column.head, width, "TableHead") for column, width in zip(table.columns, widths, strict=True)
    ]
    rows = [wordml.table_row(_cells(table, widths, texts)) for texts in table.rows]
    return wordml.table(widths, [wordml.table_row(head, is_head=True), *rows])


def _cells(table: CircularTable, widths: Sequence[int], texts: Sequence[str]) -> list[str]:
    cells = []
    for column, width, text in zip(table.columns, widths, texts, strict=True):
        cells.append(wordml.table_cell(text, width, "TableText" if column.is_text else "TableWord"))
    return cells


def _section() -> str:
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{FOOT}"/>'
        f'<w:pgSz w:w="{_WIDE}" w:h="{_HIGH}"/>'
        f'<w:pgMar w:top="{_TOP}" w:right="{_RIGHT}" w:bottom="{_BOTTOM}" w:left="{_LEFT}"'
        f' w:header="{_FOOT}" w:footer="{_FOOT}" w:gutter="0"/></w:sectPr>'
    )
