"""The rows of a sheet's XML, edited where they lie: what is not edited keeps its bytes.

A sheet may have tens of thousands of cells, of which a few are edited: its rows are found by one expression,
and only the cells of rows that are edited are looked at. A parser that visits each cell takes several times as long.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from xml.sax.saxutils import escape, unescape

from minsheng_xl.books.edit.spans import NotPlain, with_attribute
from minsheng_xl.exact.addresses import Place, cell_name, column_letters, column_number
from minsheng_xl.exact.expressions import Value

_TAG = r'(?:[^>"]|"[^"]*")*?'
_ROW = re.compile(rf"<row\b({_TAG})(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(rf"<c\b({_TAG})(?:/>|>(.*?)</c>)", re.DOTALL)
_DATA = re.compile(r"<sheetData\s*/>|<sheetData\b[^>]*>(.*)</sheetData>", re.DOTALL)
_FORMULA = re.compile(rf"<f\b{_TAG}(?:/>|>.*?</f>)", re.DOTALL)
_DIMENSION = re.compile(r'(<dimension ref="[A-Z]+\d+:)([A-Z]+)(\d+)(?=")')
_SHARED = re.compile(rf'<f\b(?=[^>]*\st="shared")({_TAG})(?:/>|>(.*?)</f>)', re.DOTALL)
_ATTRIBUTE = re.compile(r'\s([\w:.]+)="([^"]*)"')
_OURS = {"r", "t", "cm", "vm"}
"""The attributes of a cell that go with its content."""

class _Row:
    """A row that is being edited: its tag, and its cells by column."""

    def __init__(self, tag: str, inner: str) -> None:
        self.tag, self.cells = tag, {}
        place = 0
        for match in _CELL.finditer(inner):
            if inner[place : match.start()].strip():
                raise NotPlain
            reference = re.search(r'\sr="([A-Z]+)\d+"', match[1])
            if reference is None:
                raise NotPlain
            self.cells[column_number(reference[1])] = match[0]
            place = match.end()
        if inner[place:].strip():
            raise NotPlain

    def text(self) -> str:
        inner = "".join(cell for _, cell in sorted(self.cells.items()))
        tag = self.tag.rstrip("/> \n")
        return f"{tag}>{inner}</row>" if inner else f"{tag}/>"


class SheetRows:
    """The rows of a sheet. Cells and rows are changed by place; `spliced` gives the text down to their end
    anew, `behind` is what comes after it. Raises NotPlain."""

    def __init__(self, text: str) -> None:
        data = _DATA.search(text)
        if data is None or "<!" in text[data.start() : data.end()]:
            raise NotPlain
        self._text, self._data = text, data
        self.behind = text[data.end() :]
        self._spans: dict[int, tuple[int, int]] = {}
        self._rows: dict[int, _Row] = {}
        for match in _ROW.finditer(text, data.start(), data.end()):
            number = re.search(r'\sr="(\d+)"', match[1])
            if number is None:
                raise NotPlain
            self._spans[int(number[1]) - 1] = match.span()

    def _row(self, row: int, *, make: bool = False) -> _Row | None:
        if row not in self._rows:
            span = self._spans.get(row)
            if span is None:
                if not make:
                    return None
                self._rows[row] = _Row(f'<row r="{row + 1}"', "")
            else:
                match = _ROW.match(self._text, span[0])
                assert match is not None
                self._rows[row] = _Row(f"<row{match[1]}", match[2] or "")
        return self._rows[row]

    def style(self, place: Place) -> int | None:
        """The number of a cell's style; None where there is no cell."""
        cell = self._cell(place)
        if cell is None:
            return None
        found = re.search(r'\ss="(\d+)"', cell[: cell.index(">")])
        return int(found[1]) if found else 0

    def _cell(self, place: Place) -> str | None:
        row = self._row(place[0])
        return row.cells.get(place[1]) if row is not None else None

    def is_shared_head(self, place: Place) -> bool:
        """Whether other cells take their formula from this one."""
        cell = self._cell(place) or ""
        return re.search(r'<f\b[^>]*\sref="', cell) is not None

    def shared(self) -> dict[Place, tuple[Place, str]]:
        """Of each cell that shares a formula: the cell that it is kept with, and the formula there."""
        members: list[tuple[Place, str]] = []
        heads: dict[str, tuple[Place, str]] = {}
        for row in self._spans:
            found = self._row(row)
            for column, cell in found.cells.items() if found else ():
                formula = _SHARED.search(cell)
                number = re.search(r'\ssi="(\d+)"', formula[1]) if formula else None
                if formula and number:
                    members.append(((row, column), number[1]))
                    if formula[2]:
                        heads[number[1]] = ((row, column), unescape(formula[2]))
        return {place: heads[number] for place, number in members if number in heads}

    def remove(self, place: Place) -> None:
        """Take a cell away, its style too."""
        row = self._row(place[0])
        if row is not None:
            row.cells.pop(place[1], None)

    def value(self, place: Place, value: Value, style: int | None) -> None:
        """Give a formula cell its new value; the formula stays as it is written."""
        cell = self._cell(place) or ""
        formula = _FORMULA.search(cell)
        self._set(place, formula[0] if formula else "", value, style)

    def put(self, place: Place, formula: str | None, value: Value, style: int | None) -> None:
        """Give a cell a formula with its value, or a value, or nothing."""
        self._set(place, "" if formula is None else f"<f>{escape(formula)}</f>", value, style)

    def restyle(self, place: Place, style: int) -> None:
        """Give a cell a style and leave its content."""
        row = self._row(place[0], make=True)
        assert row is not None
        cell = row.cells.get(place[1], f'<c r="{cell_name(place)}"/>')
        end = cell.index(">") + 1
        row.cells[place[1]] = with_attribute(cell[:end], "s", str(style)) + cell[end:]

    def _set(self, place: Place, formula: str, value: Value, style: int | None) -> None:
        row = self._row(place[0], make=True)
        assert row is not None
        old = row.cells.get(place[1], ">")
        styled = "" if style is None else f' s="{style}"'
        gone = _OURS if style is None else {*_OURS, "s"}
        said = _ATTRIBUTE.findall(old[: old.index(">")])
        kept = "".join(f' {name}="{text}"' for name, text in said if name not in gone)
        row.cells[place[1]] = _element(f'<c r="{cell_name(place)}"{styled}{kept}', formula, value)
        row.tag = _spanning(row.tag, place[1])

    def height(self, row: int, was: float | None, now: float | None) -> None:
        """Set the height of a row, unless it is no longer the old one."""
        found = self._row(row, make=now is not None)
        if found is None:
            return
        said = re.search(r'\sht="([\d.]+)"', found.tag)
        if said and was is not None and abs(float(said[1]) - was) > 2:
            return
        found.tag = with_attribute(f"{found.tag}>", "ht", None if now is None else f"{now:g}")[:-1]
        found.tag = with_attribute(f"{found.tag}>", "customHeight", None if now is None else "1")[:-1]

    def hide(self, row: int, hide: bool) -> None:
        found = self._row(row, make=True)
        assert found is not None
        found.tag = with_attribute(f"{found.tag}>", "hidden", "1" if hide else None)[:-1]

    def spliced(self) -> str:
        """The sheet down to the end of its rows, the edited ones in their places."""
        data = self._data
        if not self._rows:
            return self._text[: data.end()]
        if data[1] is None:  # a sheet without a row
            head, body, foot = data.start(), f"<sheetData>{''.join(self._pieces(0, 0))}</sheetData>", ""
        else:
            head, body = data.start(1), "".join(self._pieces(*data.span(1)))
            foot = self._text[data.end(1) : data.end()]
        return f"{self._dimensioned(self._text[:head])}{body}{foot}"

    def _pieces(self, place: int, end: int) -> Iterator[str]:
        for row in sorted({*self._spans, *self._rows}):
            if row in self._spans:
                first, last = self._spans[row]
                yield self._text[place:first]
                yield self._rows[row].text() if row in self._rows else self._text[first:last]
                place = last
            else:
                yield self._rows[row].text()
        yield self._text[place:end]

    def _dimensioned(self, head: str) -> str:
        """The head with a dimension that holds the new cells."""
        found = _DIMENSION.search(head)
        if found is None:
            return head
        bottom, right = int(found[3]), column_number(found[2])
        for row, edited in self._rows.items():
            if edited.cells:
                bottom, right = max(bottom, row + 1), max(right, *edited.cells)
        return f"{head[: found.end(1)]}{column_letters(right)}{bottom}{head[found.end(3) :]}"


def _element(head: str, formula: str, value: Value) -> str:
    if isinstance(value, Fraction):
        shown = str(value) if value.denominator == 1 else repr(float(value))
        return f"{head}>{formula}<v>{shown}</v></c>"
    if isinstance(value, bool):
        return f'{head} t="b">{formula}<v>{int(value)}</v></c>'
    text = str(value or "")
    if formula:
        return f'{head} t="str">{formula}<v>{_text(text)}</v></c>'
    if not text:
        return f"{head}/>"
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'{head} t="inlineStr"><is><t{space}>{_text(text)}</t></is></c>'


def _text(text: str) -> str:
    """A text as XML holds it in a cell: what looks like an escape is escaped."""
    return escape(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text))


def _spanning(tag: str, column: int) -> str:
    """A row's tag without its spans, if they no longer hold a column: they only help programs to be quick."""
    found = re.search(r'\sspans="(\d+):(\d+)"', tag)
    if found and not int(found[1]) <= column + 1 <= int(found[2]):
        return tag[: found.start()] + tag[found.end() :]
    return tag
