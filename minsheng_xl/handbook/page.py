"""A page of the handbook as one HTML file: no style, script or picture from elsewhere, to be printed on A4.

Its last line holds a digest of the lines before, so that one which nobody touched is known again.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from html import escape

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
    Wording,
    wordings,
)

_STYLE = """
@page { size: A4; margin: 12mm 14mm; }
body { font: 10.5pt/1.5 "SimSun", "Noto Serif CJK SC", serif; color: #222; max-width: 182mm; margin: 0 auto; }
h1, h2, h3 { font-family: "SimHei", "Noto Sans CJK SC", sans-serif; font-weight: normal; margin: 10pt 0 4pt; }
h1, h2, h3 { break-after: avoid; page-break-after: avoid; }
h1 { font-size: 18pt; text-align: center; }
h2 { font-size: 14pt; border-bottom: 1px solid #1f4e79; }
h3 { font-size: 12pt; }
p, ol, ul, table, pre { margin: 3pt 0; }
ol, ul { padding-left: 20pt; }
img { max-width: 100%; max-height: 190mm; display: block; margin: 4pt auto; }
table { border-collapse: collapse; width: 100%; }
tr { page-break-inside: avoid; }
th, td { border: 1px solid #a8b8c8; padding: 2pt 5pt; text-align: left; vertical-align: top; }
th { background: #eef2f6; font-weight: normal; }
th:first-child { min-width: 4.2em; }
pre, code { font-family: "Noto Sans Mono CJK SC", monospace; font-size: 9.5pt; }
code { word-break: keep-all; }
pre { background: #f5f7f9; padding: 5pt; white-space: pre-wrap; }
p, li, td, pre { overflow-wrap: break-word; }
@media print { img { max-height: 125mm; } }
"""
_ON_SCREEN = """
@media screen {
  body { padding: 6mm 5mm 12mm; font-size: 11.5pt; line-height: 1.6; max-width: 200mm; }
  img { width: auto; }
}
"""
"""Comes last: on a screen a page is read from further away, and needs no paper's edge."""
_TAGS = {BOLD: "b", CODE: "code"}


_MARK = b"<!-- minsheng-xl "


def html_of(blocks: Iterable[Block], picture: Callable[[str], bytes], more: str = "") -> bytes:
    """The page; `picture` gives the bytes of a PNG by its place, `more` is style of its own."""
    blocks = tuple(blocks)
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    body = "\n".join(_html(block, picture) for block in blocks)
    said = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}{more}{_ON_SCREEN}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()
    return said + _mark(said)


def is_ours(content: bytes) -> bool:
    """Whether bytes are a page that this or another version made, as it was made."""
    said, mark, _ = content.rpartition(_MARK)
    return bool(mark) and content == said + _mark(said)


def _mark(said: bytes) -> bytes:
    return _MARK + hashlib.sha256(said).hexdigest().encode() + b" -->\n"


def _html(block: Block, picture: Callable[[str], bytes]) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_line(block.text)}</h{block.level}>"
        case Paragraph():
            return f"<p>{_line(block.text)}</p>"
        case Points():
            tag = "ol" if block.is_numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{_line(text)}</li>' for text in block.texts)}</{tag}>"
        case TextTable():
            rows = "".join(map(_row, block.rows))
            head = "".join(f"<th>{_line(cell)}</th>" for cell in block.head)
            return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        case Listing():
            return f"<pre>{escape(block.text)}</pre>"
        case Picture():
            held = base64.b64encode(picture(block.place)).decode()
            return f'<img alt="{escape(block.title)}" src="data:image/png;base64,{held}">'


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<td>{_line(cell)}</td>' for cell in cells)}</tr>"


def _line(text: str) -> str:
    return "".join(_wordings(text))


def _wordings(text: str) -> Iterator[str]:
    for part in wordings(text):
        if part.target:
            yield _link(part)
        else:
            inner = _line(part.text) if part.sign == BOLD else escape(part.text)
            tag = _TAGS.get(part.sign)
            yield f"<{tag}>{inner}</{tag}>" if tag else inner


def _link(part: Wording) -> str:
    """A link to another page leads to that as HTML; what lies elsewhere is not beside it and is only named."""
    if "/" in part.target or not part.target.endswith(".md"):
        return escape(part.text)
    return f'<a href="{escape(part.target.removesuffix(".md"))}.html">{escape(part.text)}</a>'
