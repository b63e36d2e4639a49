"""New cell styles in a workbook's own styles part: added at the end, so that no number changes."""

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from minsheng_xl.books.edit.spans import NotPlain, Span, Splices, spans
from minsheng_xl.books.package.parts import Parts
from minsheng_xl.forms.look import Style

_GROUPS = {"numFmts": "numFmt", "fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
_BUILT_IN = {"General": 0, "@": 49}
_OWN_NUMBERS = 164
"""The first number of a number format of one's own; 18.8.30."""


class Styles:
    """The styles of a workbook. `known` are the numbers of styles that were asked for."""

    def __init__(self, parts: Parts, path: str) -> None:
        self._parts, self._path = parts, path
        self._part: _Part | None = None
        self.known: dict[tuple[Style, bool], int] = {}

    def add(self, style: Style, editable: bool) -> int:
        """Add a style; return its number. Raises NotPlain."""
        if self._part is None:
            self._part = _Part(self._parts.read(self._path))
        part = self._part
        number = part.number_format(style.number)
        font = part.append("fonts", _font(style))
        fill = part.append("fills", _fill(style.fill)) if style.fill else 0
        border = part.append("borders", _border(style)) if style.edges else 0
        formats = f'numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}"'
        return part.append(
            "cellXfs",
            f'<xf {formats} xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"'
            f' applyAlignment="1" applyProtection="1">{_alignment(style)}'
            f'<protection locked="{int(not editable)}"/></xf>',
        )

    def save(self) -> None:
        if self._part is not None:
            self._parts.replace(self._path, self._part.content())


class _Part:
    """The styles part: its groups, what each holds, and what is to be added to it."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        found = spans(content, ("styleSheet", *_GROUPS, *_GROUPS.values()))
        if not found or found[0].name != "styleSheet":
            raise NotPlain("styleSheet")
        self._root = found[0]
        self._groups = {span.name: span for span in found if span.level == 1 and span.name in _GROUPS}
        self._added: dict[str, list[str]] = {name: [] for name in _GROUPS}
        there = {name: _members(found, group) for name, group in self._groups.items()}
        self._counts = dict.fromkeys(_GROUPS, 0) | there
        formats = [span for span in found if span.name == "numFmt"]
        own = [span for span in formats if "numFmts" in self._groups and _is_in(span, self._groups["numFmts"])]
        self._numbers = {span.attributes.get("formatCode", ""): _number(span) for span in reversed(own)}
        self._last = max([_OWN_NUMBERS - 1, *map(_number, formats)])

    def append(self, name: str, element: str) -> int:
        """Add an element at the end of a group; return its number."""
        if name not in self._groups:
            raise NotPlain(name)
        return self._add(name, element)

    def _add(self, name: str, element: str) -> int:
        self._added[name].append(element)
        self._counts[name] += 1
        return self._counts[name] - 1

    def number_format(self, code: str) -> int:
        """The number of a number format, added if the workbook has it not."""
        if code in _BUILT_IN:
            return _BUILT_IN[code]
        if code not in self._numbers:
            self._last += 1
            self._numbers[code] = self._last
            self._add("numFmts", f'<numFmt numFmtId="{self._last}" formatCode={quoteattr(code)}/>')
        return self._numbers[code]

    def content(self) -> bytes:
        splices = Splices(self._content)
        for name, elements in self._added.items():
            if not elements:
                continue
            group = self._groups.get(name)
            if group is None:  # number formats: there may be none
                made = f'<{name} count="{len(elements)}">{"".join(elements)}</{name}>'
                splices.put(self._root.inside, self._root.inside, made)
            else:
                self._fill(splices, group, elements)
        return splices.joined()

    def _fill(self, splices: Splices, group: Span, elements: list[str]) -> None:
        if group.is_empty:
            raise NotPlain(group.name)
        if "count" in group.attributes:
            splices.tag(group, "count", str(self._counts[group.name]))
        splices.put(group.behind, group.behind, "".join(elements))


def _members(found: Sequence[Span], group: Span) -> int:
    return sum(_is_in(span, group) for span in found)


def _number(format: Span) -> int:
    return int(format.attributes["numFmtId"])


def _is_in(span: Span, group: Span) -> bool:
    return span.name == _GROUPS[group.name] and span.level == 2 and group.start < span.start < group.end


def _alignment(style: Style) -> str:
    more = ' wrapText="1"' if style.wrap else ""
    more += f' indent="{style.indented}"' if style.indented else ""
    more += ' shrinkToFit="1"' if style.shrink else ""
    return f'<alignment horizontal="{style.align}" vertical="{style.valign}"{more}/>'


def _font(style: Style) -> str:
    bold, face = "<b/>" if style.bold else "", quoteattr(style.face)
    return f'<font>{bold}<sz val="{style.size:g}"/><color rgb="FF{style.color[1:]}"/><name val={face}/></font>'


def _fill(color: str) -> str:
    colors = f'<fgColor rgb="FF{color[1:]}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{colors}</patternFill></fill>'


def _border(style: Style) -> str:
    lines = {side: f"<{side}/>" for side in ("left", "right", "top", "bottom")}
    for side, (weight, color) in style.edges.items():
        lines[side] = f'<{side} style="{weight}"><color rgb="FF{color[1:]}"/></{side}>'
    return f'<border>{"".join(lines.values())}<diagonal/></border>'
