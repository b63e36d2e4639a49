"""What a chart keeps of the cells that it shows, so that it need not be reckoned anew to be seen.

A cache is as Excel keeps it: a blank cell is no point, a text is 0 where a number is plotted, and where only what is
seen is plotted, the cells of hidden rows and columns do not count. Source: ECMA-376 part 1, 21.2.2 (numCache, strCache,
multiLvlStrCache, plotVisOnly); MS-ODRAWXML, dlblRangeCache.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product, takewhile
from typing import NamedTuple, Protocol, TypeAlias
from xml.sax.saxutils import escape, unescape

from minsheng_xl.books.edit.spans import Span, Splices, spans
from minsheng_xl.exact.addresses import Area, Place, parse_area
from minsheng_xl.exact.expressions import Value


class Failed(NamedTuple):
    """What a formula of the office's came to that has no value, as #N/A."""

    code: str


UNRECKONED = Failed("")
"""A formula beside which the program that saved it stored no result."""

Held: TypeAlias = Value | Failed


class ShownCells(Protocol):
    """The cells of a workbook at one time, by the name of their sheet."""

    def holds(self, sheet: str, place: Place) -> Held: ...

    def is_seen(self, sheet: str, place: Place) -> bool: ...


_ROOT = re.compile(rb'<(?:([\w.-]+):)?chartSpace\b[^>]*"http://(?:schemas.openxmlformats|purl.oclc).org/[^"]*/chart"')
_BLOCK = re.compile(r"('(?:[^']|'')+'|[^'!,()]+)!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)")
_BLOCKS = re.compile(rf"{_BLOCK.pattern}|\({_BLOCK.pattern}(?:,{_BLOCK.pattern})*\)")
_OF_THIS_WORKBOOK = "[0]!"
_READ = (
    "tx", "cat", "f", "numCache", "strCache", "multiLvlStrCache", "formatCode", "pt", "lvl", "plotVisOnly",
    "c15:f", "c15:dlblRangeCache",
)
_MOST = 100_000
"""So many cells of a reference are looked at; a longer one is left to the program that draws the chart."""


def recached(content: bytes, touched: set[str], was: ShownCells, now: ShownCells, names: Mapping[str, str]) -> bytes:
    """A chart whose caches of cells on the sheets `touched` are as the cells are now, where that is otherwise than they
    were. `names` are those that the workbook defines, in small letters. Raises NotPlain."""
    root = _ROOT.search(content)
    if root is None:
        return content
    chart, splices = _Chart(content, f"{root[1].decode()}:" if root[1] else "", names), Splices(content)
    for cache in chart.caches():
        is_touched = any(sheet in touched for sheet, _ in cache.blocks)
        if is_touched and chart.plotted(cache, now) != chart.plotted(cache, was):
            splices.put(cache.span.inside, cache.span.behind, chart.inside(cache, now))
    return splices.joined()


class _Cache(NamedTuple):
    """A cache, the elements in it, and the blocks of cells that it is of; hidden ones do not count if `seen_only`.
    `role` is tx of a name, cat of what stands along an axis, else blank."""

    span: Span
    elements: Sequence[Span]
    blocks: Sequence[tuple[str, Area]]
    role: str
    seen_only: bool


class _Chart:
    def __init__(self, content: bytes, prefix: str, names: Mapping[str, str]) -> None:
        self._content, self._prefix, self._names = content, prefix, names
        self._spans = spans(content, {name if ":" in name else prefix + name for name in _READ})

    def _kind(self, span: Span) -> str:
        return span.name.removeprefix(self._prefix).removeprefix("c15:")

    def _each(self, kind: str, among: Sequence[Span]) -> list[Span]:
        return [span for span in among if self._kind(span) == kind]

    def caches(self) -> Iterator[_Cache]:
        """The caches that stand behind a reference to blocks of cells."""
        said = [span.attributes.get("val", "1") for span in self._each("plotVisOnly", self._spans)]
        seen_only = bool(said) and said[0] in ("1", "true")
        around, reference = None, None
        for number, span in enumerate(self._spans):
            kind = self._kind(span)
            if kind in ("tx", "cat"):
                around = span
            elif kind == "f":
                reference = span
            elif kind.endswith("Cache") and not span.is_empty and reference is not None:
                blocks = self._blocks(reference) if not self._content[reference.end : span.start].strip() else ()
                role = self._kind(around) if around is not None and span.start < around.end else ""
                if blocks:
                    # programs differ in whether the name of a series is shown that stands in a hidden cell
                    yield _Cache(span, self._within(number), blocks, role, seen_only and role != "tx")

    def _within(self, number: int) -> list[Span]:
        end = self._spans[number].end
        return list(takewhile(lambda one: one.end < end, islice(self._spans, number + 1, None)))

    def _blocks(self, reference: Span) -> Sequence[tuple[str, Area]]:
        """The cells that a reference names; none if it names something else."""
        written = unescape(self._content[reference.inside : reference.behind].decode(), {"&apos;": "'"}).strip()
        if written.startswith(_OF_THIS_WORKBOOK):
            written = self._names.get(written.removeprefix(_OF_THIS_WORKBOOK).lower(), "")
        if _BLOCKS.fullmatch(written) is None:
            return ()
        found = [(_title(sheet), parse_area(area)) for sheet, area in _BLOCK.findall(written)]
        return found if sum(area.size for _, area in found) <= _MOST else ()

    def _held(self, cache: _Cache, cells: ShownCells) -> Iterator[tuple[Place, Held]]:
        for sheet, area in cache.blocks:
            for place in area.places():
                if not cache.seen_only or cells.is_seen(sheet, place):
                    yield place, cells.holds(sheet, place)

    def plotted(self, cache: _Cache, cells: ShownCells) -> list[tuple[Place, object]]:
        """What a cache is of, as far as programs keep it on saving."""
        return [
            (place, f"{float(value):.12g}" if isinstance(value, Fraction) else (type(value), value))
            for place, value in self._held(cache, cells)
        ]

    def inside(self, cache: _Cache, cells: ShownCells) -> str:
        """What stands in a cache of cells that hold that."""
        if self._kind(cache.span) == "multiLvlStrCache":
            return self._levels(cache, cells)
        held = [value for _, value in self._held(cache, cells)]
        form = "".join(self._content[one.start : one.end].decode() for one in self._each("formatCode", cache.elements))
        return f"{form}{self._count(held)}{self._points(held, cache)}"

    def _levels(self, cache: _Cache, cells: ShownCells) -> str:
        """Names in several columns, or several rows, the last of which stands next to the axis."""
        (sheet, area), *others = cache.blocks
        across, down = range(area.left, area.right + 1), range(area.top, area.bottom + 1)
        columns = [list(product(down, (column,))) for column in across]
        rows = [list(product((row,), across)) for row in down]
        count = len(self._each("lvl", cache.elements))
        lines = next((lines for lines in (columns, rows) if len(lines) == count and not others), None)
        if lines is None:
            return self._content[cache.span.inside : cache.span.behind].decode()
        seen = [n for n, place in enumerate(lines[-1]) if not cache.seen_only or cells.is_seen(sheet, place)]
        made, tag = self._count(seen), f"{self._prefix}lvl"
        for line in reversed(lines):
            points = self._points([cells.holds(sheet, line[n]) for n in seen], cache)
            made += f"<{tag}>{points}</{tag}>"
        return made

    def _count(self, of: Sequence[object]) -> str:
        return f'<{self._prefix}ptCount val="{len(of)}"/>'

    def _points(self, held: Sequence[Held], cache: _Cache) -> str:
        """A point for each cell that holds something."""
        is_number, points = self._kind(cache.span) == "numCache", self._each("pt", cache.elements)
        forms = {one.attributes.get("idx"): one.attributes.get("formatCode") for one in points}
        made, c = [], self._prefix
        for index, value in enumerate(held):
            if value is not None and value != UNRECKONED:
                form = forms.get(str(index))
                looks = f' formatCode="{escape(form, _QUOTE)}"' if form is not None and is_number else ""
                shown = _number(value, cache.role) if is_number else _text(value)
                made.append(f'<{c}pt idx="{index}"{looks}><{c}v>{escape(shown)}</{c}v></{c}pt>')
        return "".join(made)


_QUOTE = {'"': "&quot;"}


def _title(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def _number(value: Held, role: str) -> str:
    """What is plotted of a cell; along an axis the digits of a text stand as they are."""
    if isinstance(value, str):
        return value if role == "cat" and value.isdecimal() else "0"
    return str(int(value)) if isinstance(value, bool) else _text(value)


def _text(value: Held) -> str:
    if isinstance(value, Failed):
        return value.code
    if isinstance(value, Fraction):
        return str(value) if value.denominator == 1 else repr(float(value))
    return str(value).upper() if isinstance(value, bool) else str(value)
