"""Apply edits to a closed workbook by splicing its parts: what is not edited keeps its bytes.

It takes workbooks as Excel, WPS, LibreOffice and this program save them. Source: ECMA-376 part 1,
SpreadsheetML; the order of a worksheet's elements is that of 18.3.1.99.
"""

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from minsheng_xl.books.edit.fit import DoesNotFit, check, fitted
from minsheng_xl.books.edit.pieces import broken, linked, merged, validated
from minsheng_xl.books.edit.recognise import holds, stores
from minsheng_xl.books.edit.splice import NotPlain, Rows, block_of, column_number, with_attribute
from minsheng_xl.books.edit.styles import Styles
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.parts import Parts
from minsheng_xl.books.package.read import RawSheet, RawWorkbook, read_package
from minsheng_xl.exact.expressions import Expr, Value
from minsheng_xl.forms.edits import CellEdit, SheetEdits, States, content_of
from minsheng_xl.forms.layout import Place, Sheet, cell_name

_DONORS = 60
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Edited(NamedTuple):
    """A workbook after its edits. `kept` are cells that the office had changed and that stay as it
    wrote them, each as 表 格（现为 …）; `parts` are the parts that differ."""

    content: bytes
    kept: tuple[str, ...]
    parts: tuple[str, ...]


def edited(content: bytes, workbook: RawWorkbook, states: States) -> Edited:
    """Bring a workbook, read as `workbook`, from the one state of its book to the other.

    Raises DoesNotFit if a sheet is missing or its rows have moved; nothing is half done.
    """
    try:
        return _Edit(content, workbook, states).run()
    except (NotPlain, Unreadable, KeyError, ValueError, StopIteration, ElementTree.ParseError, zlib.error) as error:
        raise DoesNotFit("它的写法不认识") from error


class _Edit:
    def __init__(self, content: bytes, workbook: RawWorkbook, states: States) -> None:
        self.parts, self.workbook, self.states = Parts(content), workbook, states
        self.formulas_moved = False
        main = _target(self.parts, "", "/officeDocument")
        self.main, self.links = main, _relations(self.parts, main)
        root = ElementTree.fromstring(self.parts.read(main))
        self.paths = {e.get("name", ""): self.links[e.get(_ID, "")][1] for e in root.iter(_MAIN + "sheet") if e.get(_ID) in self.links}
        self.order = [e.get("name", "") for e in root.iter(_MAIN + "sheet")]
        self.styles = Styles(self.parts, next(t for k, t in self.links.values() if k.endswith("/styles")))

    def run(self) -> Edited:
        for sheet in self.states.base.sheets:
            raw = self.workbook.sheet(sheet.name)
            if raw is not None and sheet.name in self.paths:
                self._expand(sheet.name, raw)
        self.fitted = fitted(self.workbook, self.states)
        every = [(one, self._stale(one)) for one in self.fitted.sheets]
        edits = [one for one, stale in every if stale or not one.is_empty]
        for one, stale in every:
            if stale or not one.is_empty:
                self._sheet(one, stale)
        self._names(edits)
        self._charts(edits)
        self._title()
        self.styles.save()
        if self.formulas_moved:
            self._forget_chain()
        content = self.parts.packed()
        for part in self.parts.changed:
            if part.endswith((".xml", ".rels")):
                ElementTree.fromstring(self.parts.read(part))
        changed = set(self.parts.changed)
        same = {sheet.name: sheet for sheet in self.workbook.sheets if self.paths.get(sheet.name) not in changed}
        check(read_package(content, trusted=True, known=same), self.workbook, self.states, self.fitted)
        return Edited(content, tuple(self.fitted.kept), self.parts.changed)

    def _expand(self, name: str, raw: RawSheet) -> None:
        """Write out formulas that are kept with the first cell that shares them."""
        shared = [place for place, cell in raw.cells.items() if cell.formula == ""]
        if not shared:
            return
        from openpyxl.formula.translate import Translator

        heads = Rows(_decoded(self.parts.read(self.paths[name]), name)).shared()
        for place in shared:
            head, formula = heads.get(place, (place, ""))
            written = Translator(f"={formula}", origin=cell_name(head)).translate_formula(cell_name(place)) if formula else "=?"
            raw.cells[place] = raw.cells[place]._replace(formula=written.removeprefix("="))

    def _stale(self, edits: SheetEdits) -> list[Place]:
        """The formulas that stay as they are, but whose stored result is another than ours."""
        raw, found, new = self.workbook.sheet(edits.name), [], self.states.new
        assert raw is not None
        for place, cell in edits.sheet.cells.items():
            if isinstance(cell.content, Expr) and place not in edits.cells:
                there = raw.cells.get(place)
                if not stores(there, new.value(edits.sheet, cell)) and holds(there, content_of(new, edits.sheet, cell)):
                    found.append(place)
        return found

    def _sheet(self, edits: SheetEdits, stale: Sequence[Place]) -> None:
        path = self.paths[edits.name]
        text = _decoded(self.parts.read(path), edits.name)
        raw = self.workbook.sheet(edits.name)
        assert raw is not None
        try:
            rows = Rows(text)
        except NotPlain as error:
            raise DoesNotFit(f"{edits.name} 的写法不认识") from error
        base = self.states.base.sheet(edits.sheet.id)
        for place, edit in edits.cells.items():
            self._cell(edits, base, raw, rows, place, edit)
        for place in stale:
            rows.value(place, content_of(self.states.new, edits.sheet, edits.sheet.cells[place]).value, None)
        for row, (was, now) in edits.heights.items():
            rows.height(row, was, now)
        for row, hide in edits.hidden.items():
            rows.hide(row, hide)
        text = rows.spliced()
        text = merged(text, edits)
        for old, new in edits.lights:
            text = text.replace(f'<conditionalFormatting sqref="{old}"', f'<conditionalFormatting sqref="{new}"')
        text = validated(text, edits)
        text = linked(text, edits)
        if edits.breaks:
            text = broken(text, *edits.breaks)
        self.parts.replace(path, text.encode())
        if edits.tables:
            self._tables(path, edits)

    def _cell(self, edits: SheetEdits, base: Sheet, raw: RawSheet, rows: Rows, place: Place, edit: CellEdit) -> None:
        style = None
        if edit.cell is not None and (edit.style is not None or place not in base.cells):
            style = self._style_of(base, rows, edit)
            for r in range(edit.cell.down):
                for c in range(edit.cell.across):
                    if (r, c) != (0, 0):
                        rows.restyle((place[0] + r, place[1] + c), style)
        if edit.was is not None and edit.was.formula is not None and edit.was.formula == edit.now.formula:
            rows.value(place, edit.now.value, style)
            return
        if rows.is_shared_head(place):
            self.fitted.keep(edits.name, place, "与别的格共用一个公式")
            return
        now = raw.cells.get(place)
        if (now is not None and now.formula is not None) != (edit.now.formula is not None):
            self.formulas_moved = True  # the calculation chain names cells with formulas
        if edit.cell is None:
            rows.remove(place)
        else:
            rows.put(place, edit.now.formula, edit.now.value, style)

    def _style_of(self, base: Sheet, rows: Rows, edit: CellEdit) -> int:
        """The number of a style in this workbook: that of a cell which has it, else a new one."""
        assert edit.cell is not None
        wanted, editable = edit.cell.style, edit.cell.input is not None
        key = (wanted, editable)
        if key not in self.styles.known:
            alike = (place for place, cell in base.cells.items() if cell.style == wanted and (cell.input is not None) == editable)
            donors = Counter(found for place in islice(alike, _DONORS) if (found := rows.style(place)) is not None)
            usual = donors.most_common(1)  # the office may have painted one of them
            self.styles.known[key] = usual[0][0] if usual and usual[0][1] * 2 > donors.total() and donors.total() > 1 else self.styles.add(wanted, editable)
        return self.styles.known[key]

    def _tables(self, path: str, edits: SheetEdits) -> None:
        for kind, part in _relations(self.parts, path).values():
            if not kind.endswith("/table"):
                continue
            text = _decoded(self.parts.read(part), edits.name)
            name = re.search(r' name="([^"]*)"', text)
            if name and name[1] in edits.tables:
                old, new = (block_of(area) for area in edits.tables[name[1]])
                areas = [block_of(area) for area in re.findall(r'\sref="([^"]*)"', text)]
                if any(area[:3] != old[:3] or area[3] < old[3] for area in areas) or re.search(r'totalsRowCount="[1-9]', text):
                    raise DoesNotFit(f"{edits.name} 的表格 {name[1]} 改过（汇总行、区域）")
                text = re.sub(r'(\sref="[A-Z]+\d+:[A-Z]+)\d+(")', rf"\g<1>{new[2] + 1}\g<2>", text)
                self.parts.replace(part, text.encode())

    def _names(self, edits: Sequence[SheetEdits]) -> None:
        """The defined names that hold print areas and titles, where they are as they were."""
        text = _decoded(self.parts.read(self.main), "workbook.xml")
        for one in edits:
            for name, change in (("_xlnm.Print_Area", one.print_area), ("_xlnm.Print_Titles", one.print_titles)):
                if change is None:
                    continue
                old, new = change
                pattern = rf'(<definedName\b(?=[^>]*name="{name}")(?=[^>]*localSheetId="{self.order.index(one.name)}")[^>]*>[^<]*!){re.escape(old)}<'
                text = re.sub(pattern, lambda match, new=new: f"{match[1]}{new}<", text)  # type: ignore[misc]
        if edits:
            text = _recalculated(text)
        self.parts.replace(self.main, text.encode())

    def _charts(self, edits: Sequence[SheetEdits]) -> None:
        """What charts keep of the cells they show, the office's own charts and cells too."""
        new = {base.name: self.states.new.sheet(base.id) for base in self.states.base.sheets}
        ours = {base.name: base.cells.keys() | new[base.name].cells.keys() for base in self.states.base.sheets}
        touched = {one.name for one in edits}

        def value(name: str, place: Place) -> Value:
            if place in ours[name] and (name, place) not in self.fitted.theirs:
                cell = new[name].cells.get(place)
                return content_of(self.states.new, new[name], cell).value if cell is not None else None
            raw = self.workbook.sheet(name)
            there = raw.cells.get(place) if raw is not None else None
            return None if there is None else Fraction(float(there.text)) if there.kind == "n" and there.text else there.text

        for part in list(self.parts):
            if re.match(r"xl/charts/chart[^/]*\.xml\Z", part):
                text = _decoded(self.parts.read(part), part)
                self.parts.replace(part, _CACHE.sub(lambda match: _recached(match, touched, value), text).encode())

    def _title(self) -> None:
        """The title in the file's properties, unless the office gave it another."""
        old, new = (state.properties.get("title", "") for state in (self.states.base, self.states.new))
        part = next((path for kind, path in _relations(self.parts, "").values() if kind.endswith("/core-properties")), None)
        if part is not None and part in self.parts:
            text = _decoded(self.parts.read(part), part)
            self.parts.replace(part, text.replace(f">{escape(old)}</dc:title>", f">{escape(new)}</dc:title>").encode())

    def _forget_chain(self) -> None:
        """The calculation chain names cells that no longer hold a formula: programs make a new one."""
        found = next(((id, target) for id, (kind, target) in self.links.items() if kind.endswith("/calcChain")), None)
        if found is None:
            return
        id, part = found
        self.parts.drop(part)
        rels = join(dirname(self.main), "_rels", self.main.rpartition("/")[2] + ".rels")
        text = self.parts.read(rels).decode()
        types = self.parts.read("[Content_Types].xml").decode()
        less, fewer = (
            re.sub(rf'<Relationship\b(?=[^>]*Id="{re.escape(id)}")[^>]*?(?:/>|></Relationship>)', "", text),
            re.sub(rf'<Override\b(?=[^>]*PartName="/{re.escape(part)}")[^>]*?(?:/>|></Override>)', "", types),
        )
        if less == text or fewer == types:
            raise NotPlain
        self.parts.replace(rels, less.encode())
        self.parts.replace("[Content_Types].xml", fewer.encode())


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DoesNotFit(f"{name} 不是 UTF-8") from error


def _relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """(type, path) of each relationship of a part inside the package, by id."""
    rels = join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels")
    found = {}
    for element in ElementTree.fromstring(parts.read(rels)).iter(_REL) if rels in parts else ():
        if element.get("TargetMode") != "External":
            path = normpath(join("/", dirname(part), element.get("Target", "")))[1:]
            found[element.get("Id", "")] = (element.get("Type", ""), path)
    return found


def _target(parts: Parts, of: str, kind: str) -> str:
    found = next((path for type, path in _relations(parts, of).values() if type.endswith(kind)), None)
    if found is None or found not in parts:
        raise DoesNotFit("它不是由本文件夹的归档生成的总台账")
    return found


def _recalculated(text: str) -> str:
    """Ask programs to reckon the office's own formulas anew when they open the file."""
    if re.search(r'<calcPr\b[^>]*fullCalcOnLoad="1"', text):
        return text
    if "<calcPr" in text:
        return re.sub(r"<calcPr\b[^>]*>", lambda m: with_attribute(m[0], "fullCalcOnLoad", "1"), text)
    behind = re.search(r"<(?:oleSize|customWorkbookViews|pivotCaches|smartTagPr|smartTagTypes|webPublishing|fileRecoveryPr|webPublishObjects|extLst)\b|</workbook>", text)
    if behind is None:
        raise NotPlain
    return f'{text[: behind.start()]}<calcPr fullCalcOnLoad="1"/>{text[behind.start() :]}'


_CACHE = re.compile(r"<c:f>([^<]*)</c:f>(\s*)<c:(num|str)Cache>(.*?)</c:\3Cache>", re.DOTALL)
_SPAN = re.compile(r"'?((?:[^'!]|'')+)'?!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?\Z")


def _recached(match: "re.Match[str]", touched: set[str], value: "Callable[[str, Place], Value]") -> str:
    from xml.sax.saxutils import unescape

    span = _SPAN.match(unescape(match[1]))
    if span is None or span[1].replace("''", "'") not in touched:
        return match[0]
    name, places = span[1].replace("''", "'"), list(_places(span))
    format_code = re.search(r"<c:formatCode>[^<]*</c:formatCode>", match[4])
    points = []
    for index, place in enumerate(places):
        found = value(name, place)
        number = isinstance(found, Fraction)
        if found not in (None, "") and (number or match[3] == "str"):
            shown = repr(float(found)) if isinstance(found, Fraction) and found.denominator != 1 else str(found)
            points.append(f'<c:pt idx="{index}"><c:v>{escape(shown)}</c:v></c:pt>')
    inner = f'{format_code[0] if format_code else ""}<c:ptCount val="{len(places)}"/>{"".join(points)}'
    return f"<c:f>{match[1]}</c:f>{match[2]}<c:{match[3]}Cache>{inner}</c:{match[3]}Cache>"


def _places(span: "re.Match[str]") -> Iterator[Place]:
    left, top = column_number(span[2]), int(span[3]) - 1
    right, bottom = (column_number(span[4]), int(span[5]) - 1) if span[4] else (left, top)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column
