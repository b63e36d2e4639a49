"""What a chart keeps of the cells that it shows, so that it need not be reckoned anew to be seen."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias
from xml.sax.saxutils import escape, unescape

from minsheng_xl.books.edit.spans import Span, Splices, spans
from minsheng_xl.exact.addresses import Area, Place, parse_area
from minsheng_xl.exact.expressions import Value

ShownAt: TypeAlias = Callable[[str, Place], Value]
"""What a cell of a sheet, by its name, holds in the new state."""

_REFERENCE = re.compile(r"'?((?:[^'!]|'')+)'?!([^!,]+)\Z")


def recached(content: bytes, touched: set[str], shown: ShownAt) -> bytes:
    """A chart whose caches of cells on the sheets `touched` are as the cells are now. Raises NotPlain."""
    splices, reference = Splices(content), None
    found = spans(content, ("c:f", "c:numCache", "c:strCache", "c:formatCode"))
    for number, span in enumerate(found):
        if span.name == "c:f":
            reference = span
        elif span.name != "c:formatCode" and reference is not None and not content[reference.end : span.start].strip():
            cells = _cells(span, content[reference.inside : reference.behind].decode())
            if cells is not None and cells[0] in touched:
                form = next((inner for inner in found[number + 1 : number + 2] if inner.end <= span.behind), None)
                kept = content[form.start : form.end].decode() if form is not None else ""
                splices.put(span.inside, span.behind, kept + _points(span, *cells, shown))
    return splices.joined()


def _cells(cache: Span, written: str) -> tuple[str, Area] | None:
    """The sheet and the cells that a reference names; None for a name, or several blocks."""
    found = _REFERENCE.match(unescape(written))
    if found is None or cache.is_empty:
        return None
    try:
        return found[1].replace("''", "'"), parse_area(found[2])
    except ValueError:
        return None


def _points(cache: Span, sheet: str, area: Area, shown: ShownAt) -> str:
    places = list(area.places())
    points = []
    for index, place in enumerate(places):
        value = shown(sheet, place)
        is_number = isinstance(value, Fraction)
        if value not in (None, "") and (is_number or cache.name == "c:strCache"):
            points.append(f'<c:pt idx="{index}"><c:v>{escape(_lexeme(value))}</c:v></c:pt>')
    return f'<c:ptCount val="{len(places)}"/>{"".join(points)}'


def _lexeme(value: Value) -> str:
    return repr(float(value)) if isinstance(value, Fraction) and value.denominator != 1 else str(value)
