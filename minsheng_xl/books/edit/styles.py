"""New cell styles in a workbook's own styles part: added at the end, so that no number changes."""

import re
from xml.sax.saxutils import quoteattr

from minsheng_xl.books.package.parts import Parts
from minsheng_xl.forms.look import Style

_COUNTED = {"numFmts": "numFmt", "fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}


class Styles:
    """The styles of a workbook. `known` are the numbers of styles that were asked for."""

    def __init__(self, parts: Parts, path: str) -> None:
        self._parts, self._path = parts, path
        self._text: str | None = None
        self.known: dict[tuple[Style, bool], int] = {}

    def add(self, style: Style, editable: bool) -> int:
        """Add a style; return its number."""
        if self._text is None:
            self._text = self._parts.read(self._path).decode("utf-8")
        number = self._number_format(style.number)
        font = self._append("fonts", _font(style))
        fill = self._append("fills", _fill(style.fill)) if style.fill else 0
        border = self._append("borders", _border(style)) if style.edges else 0
        wrap, shrink = (' wrapText="1"' if style.wrap else ""), (' shrinkToFit="1"' if style.shrink else "")
        indent = f' indent="{style.indented}"' if style.indented else ""
        xf = (
            f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"'
            f' applyBorder="1" applyAlignment="1" applyProtection="1"><alignment horizontal="{style.align}" vertical="{style.valign}"{wrap}{indent}{shrink}/>'
            f'<protection locked="{int(not editable)}"/></xf>'
        )
        return self._append("cellXfs", xf)

    def save(self) -> None:
        if self._text is not None:
            self._parts.replace(self._path, self._text.encode())

    def _append(self, group: str, element: str) -> int:
        """Add an element at the end of a group; return its number, or that of one just like it added before."""
        assert self._text is not None
        found = re.search(rf"<{group}\b[^>]*>(.*?)</{group}>", self._text, re.DOTALL)
        if found is None:
            raise ValueError(group)
        count = len(re.findall(rf"<{_COUNTED[group]}\b", found[1]))
        head = re.sub(r'\scount="\d+"', f' count="{count + 1}"', found[0][: found[0].index(">") + 1])
        self._text = f"{self._text[: found.start()]}{head}{found[1]}{element}</{group}>{self._text[found.end() :]}"
        return count

    def _number_format(self, code: str) -> int:
        assert self._text is not None
        if code == "General":
            return 0
        if code == "@":
            return 49
        for number, said in re.findall(r'<numFmt\b[^>]*numFmtId="(\d+)"[^>]*formatCode=("[^"]*")', self._text):
            if said == quoteattr(code):
                return int(number)
        number = max([163, *(int(n) for n in re.findall(r'<numFmt\b[^>]*numFmtId="(\d+)"', self._text))]) + 1
        element = f"<numFmt numFmtId=\"{number}\" formatCode={quoteattr(code)}/>"
        if "<numFmts" in self._text:
            self._append("numFmts", element)
        else:
            place = self._text.index(">", self._text.index("<styleSheet")) + 1
            self._text = f'{self._text[:place]}<numFmts count="1">{element}</numFmts>{self._text[place:]}'
        return number


def _font(style: Style) -> str:
    bold = "<b/>" if style.bold else ""
    return f'<font>{bold}<sz val="{style.size:g}"/><color rgb="FF{style.color[1:]}"/><name val={quoteattr(style.face)}/></font>'


def _fill(color: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{color[1:]}"/><bgColor indexed="64"/></patternFill></fill>'


def _border(style: Style) -> str:
    lines = {side: f'<{side} style="{weight}"><color rgb="FF{color[1:]}"/></{side}>' for side, (weight, color) in style.edges.items()}
    return f'<border>{"".join(lines.get(side, f"<{side}/>") for side in ("left", "right", "top", "bottom"))}<diagonal/></border>'
