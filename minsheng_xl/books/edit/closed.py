"""Apply edits to a closed workbook by splicing its parts: what is not edited keeps its bytes.

It takes workbooks as Excel, WPS, LibreOffice and this program save them. Source: ECMA-376 part 1,
SpreadsheetML.
"""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple
from xml.etree import ElementTree

from minsheng_xl.books.edit.around import NameEdit, TableChanged, TableEdit, renamed, resized, retitled, without
from minsheng_xl.books.edit.charts import recached
from minsheng_xl.books.edit.columns import with_widths
from minsheng_xl.books.edit.fit import DoesNotFit, check, fitted
from minsheng_xl.books.edit.pieces import pieces
from minsheng_xl.books.edit.recognise import holds, stores
from minsheng_xl.books.edit.relations import TYPES, relations, rels_of, target_of
from minsheng_xl.books.edit.shown import StateAfter, StateBefore
from minsheng_xl.books.edit.spans import NotPlain
from minsheng_xl.books.edit.splice import SheetRows
from minsheng_xl.books.edit.styles import Styles
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.parts import Parts
from minsheng_xl.books.package.read import RawSheet, RawWorkbook, read_package
from minsheng_xl.exact.addresses import Place, cell_name, parse_area
from minsheng_xl.exact.expressions import Expr
from minsheng_xl.forms.edits import CellEdit, SheetEdits, States, content_of
from minsheng_xl.forms.garbage import unsearched
from minsheng_xl.forms.layout import Sheet

_DONORS = 60
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHART = re.compile(r"xl/charts/chart[^/]*\.xml\Z")
_NOT_PLAIN = (NotPlain, Unreadable, KeyError, ValueError, StopIteration, ElementTree.ParseError, zlib.error)


class Edited(NamedTuple):
    """A workbook after its edits. `kept` are cells that the office had changed and that stay as it
    wrote them, each as 表 格（现为 …）; `parts` are the parts that differ."""

    content: bytes
    kept: tuple[str, ...]
    parts: tuple[str, ...]


@unsearched()
def edited(content: bytes, workbook: RawWorkbook, states: States) -> Edited:
    """Bring a workbook, read as `workbook`, from the one state of its book to the other.

    Raises DoesNotFit if a sheet is missing or its rows have moved; nothing is half done.
    """
    try:
        return _Edit(content, workbook, states).run()
    except _NOT_PLAIN as error:
        raise DoesNotFit("它的写法不认识") from error


class _Edit:
    def __init__(self, content: bytes, workbook: RawWorkbook, states: States) -> None:
        self.parts, self.workbook, self.states = Parts(content), workbook, states
        self.raws = {sheet.name: sheet for sheet in workbook.sheets}
        self.formulas_moved = False
        self.main = target_of(self.parts, "", "/officeDocument")
        self.links = relations(self.parts, self.main)
        sheets = list(ElementTree.fromstring(self.parts.read(self.main)).iter(_MAIN + "sheet"))
        self.order = [e.get("name", "") for e in sheets]
        self.paths = {e.get("name", ""): self.links[e.get(_ID, "")][1] for e in sheets if e.get(_ID) in self.links}
        styles = next(path for kind, path in self.links.values() if kind.endswith("/styles"))
        self.styles = Styles(self.parts, styles)

    def run(self) -> Edited:
        for sheet in self.states.base.sheets:
            raw = self.raws.get(sheet.name)
            if raw is not None and sheet.name in self.paths:
                self._expand(sheet.name, raw)
        self.fitted = fitted(self.workbook, self.states)
        every = [(one, self._stale(one)) for one in self.fitted.sheets]
        touched = [(one, stale) for one, stale in every if stale or not one.is_empty]
        for one, stale in touched:
            self._sheet(one, stale)
        edits = [one for one, _ in touched]
        if edits:
            self._names(edits)
        self._charts({one.name for one in edits})
        self._title()
        self.styles.save()
        if self.formulas_moved:
            self._forget_chain()
        return self._checked()

    def _checked(self) -> Edited:
        """The workbook as it is now, read back and compared with what it should say."""
        content = self.parts.packed()
        changed = set(self.parts.changed)
        for part in changed:
            if part.endswith((".xml", ".rels")):
                ElementTree.fromstring(self.parts.read(part))
        same = {one.name: one for one in self.workbook.sheets if self.paths.get(one.name) not in changed}
        made = read_package(content, trusted=True, known=same)
        check(made, self.workbook, self.states, self.fitted)
        return Edited(content, tuple(self.fitted.kept), self.parts.changed)

    def _read(self, part: str, name: str) -> bytes:
        """A part, which has to be in UTF-8; `name` is what the office calls it."""
        content = self.parts.read(part)
        _decoded(content, name)
        return content

    def _expand(self, name: str, raw: RawSheet) -> None:
        """Write out formulas that are kept with the first cell that shares them."""
        shared = [place for place, cell in raw.cells.items() if cell.formula == ""]
        if not shared:
            return
        from openpyxl.formula.translate import Translator

        heads = SheetRows(_decoded(self.parts.read(self.paths[name]), name)).shared()
        for place in shared:
            head, formula = heads.get(place, (place, ""))
            written = "?"
            if formula:
                moved = Translator(f"={formula}", origin=cell_name(head)).translate_formula(cell_name(place))
                written = moved.removeprefix("=")
            raw.cells[place] = raw.cells[place]._replace(formula=written)

    def _stale(self, edits: SheetEdits) -> list[Place]:
        """The formulas that stay as they are, but whose stored result is another than ours."""
        raw, found, new = self.raws[edits.name], [], self.states.new
        for place, cell in edits.sheet.cells.items():
            if not isinstance(cell.content, Expr) or place in edits.cells:
                continue
            there = raw.cells.get(place)
            is_right = stores(there, new.value(edits.sheet, cell))
            # seldom asked: it writes the formula out
            if not is_right and holds(there, content_of(new, edits.sheet, cell)):
                found.append(place)
        return found

    def _sheet(self, edits: SheetEdits, stale: Sequence[Place]) -> None:
        path = self.paths[edits.name]
        text = _decoded(self.parts.read(path), edits.name)
        try:
            rows = SheetRows(text)
        except NotPlain as error:
            raise DoesNotFit(f"{edits.name} 的写法不认识") from error
        for place, edit in edits.cells.items():
            self._cell(edits, rows, place, edit)
        for place in stale:
            rows.value(place, content_of(self.states.new, edits.sheet, edits.sheet.cells[place]).value, None)
        for row, (was, now) in edits.heights.items():
            rows.height(row, was, now)
        for row, hide in edits.hidden.items():
            rows.hide(row, hide)
        spliced = rows.spliced()
        if edits.widths:
            spliced = with_widths(spliced, self.states.base.sheet(edits.sheet.id).widths, edits.widths)
        self.parts.replace(path, spliced.encode() + pieces(rows.behind.encode(), edits))
        if edits.tables:
            self._tables(path, edits)

    def _cell(self, edits: SheetEdits, rows: SheetRows, place: Place, edit: CellEdit) -> None:
        style = self._restyled(edits, rows, place, edit)
        if edit.follows:
            rows.value(place, edit.now.value, style)
            return
        if rows.is_shared_head(place):
            self.fitted.keep(edits.name, place, "与别的格共用一个公式")
            return
        now = self.raws[edits.name].cells.get(place)
        if (now is not None and now.formula is not None) != (edit.now.formula is not None):
            self.formulas_moved = True  # the calculation chain names cells with formulas
        if edit.cell is None:
            rows.remove(place)
        else:
            rows.put(place, edit.now.formula, edit.now.value, style)

    def _restyled(self, edits: SheetEdits, rows: SheetRows, place: Place, edit: CellEdit) -> int | None:
        """The number of the style that a cell takes, which the rest of its block has taken; None if it keeps
        its own."""
        base = self.states.base.sheet(edits.sheet.id)
        if edit.cell is None or not edit.is_dressed(base, place):
            return None
        style = self._style_of(base, rows, edit)
        for r in range(edit.cell.down):
            for c in range(edit.cell.across):
                if (r, c) != (0, 0):
                    rows.restyle((place[0] + r, place[1] + c), style)
        return style

    def _style_of(self, base: Sheet, rows: SheetRows, edit: CellEdit) -> int:
        """The number of a style in this workbook: that of the cells which have it, else a new one."""
        assert edit.cell is not None
        wanted, editable = edit.cell.style, edit.cell.input is not None
        key = (wanted, editable)
        if key not in self.styles.known:
            alike = (at for at, cell in base.cells.items() if (cell.style, cell.input is not None) == key)
            donors = Counter(number for at in islice(alike, _DONORS) if (number := rows.style(at)) is not None)
            usual, times = donors.most_common(1)[0] if donors else (0, 0)
            most = times * 2 > donors.total() > 1  # the office may have painted one of them
            self.styles.known[key] = usual if most else self.styles.add(wanted, editable)
        return self.styles.known[key]

    def _tables(self, path: str, edits: SheetEdits) -> None:
        tables = {name: TableEdit(*areas, _titles(edits.sheet, areas[1])) for name, areas in edits.tables.items()}
        for kind, part in relations(self.parts, path).values():
            if kind.endswith("/table"):
                try:
                    self.parts.replace(part, resized(self._read(part, edits.name), tables))
                except TableChanged as error:
                    raise DoesNotFit(f"{edits.name} 的表格 {error} 改过（汇总行、区域）") from error

    def _names(self, edits: Sequence[SheetEdits]) -> None:
        """The defined names that hold print areas and titles, where they are as they were."""
        changes = []
        for one in edits:
            for name, change in (("_xlnm.Print_Area", one.print_area), ("_xlnm.Print_Titles", one.print_titles)):
                if change is not None:
                    changes.append(NameEdit(name, self.order.index(one.name), *change))
        self.parts.replace(self.main, renamed(self._read(self.main, "workbook.xml"), changes))

    def _charts(self, touched: set[str]) -> None:
        """What charts keep of the cells they show, the office's own charts and cells too."""
        if not touched:
            return
        was, now, names = StateBefore(self.raws), StateAfter(self.raws, self.states, self.fitted), self._defined()
        for part in filter(_CHART.match, self.parts):
            self.parts.replace(part, recached(self._read(part, part), touched, was, now, names))

    def _defined(self) -> dict[str, str]:
        """What the names of the workbook stand for, the names in small letters."""
        found = ElementTree.fromstring(self.parts.read(self.main)).iter(_MAIN + "definedName")
        return {one.get("name", "").lower(): one.text or "" for one in found if one.get("localSheetId") is None}

    def _title(self) -> None:
        """The title in the file's properties, unless the office gave it another."""
        old, new = (state.properties.get("title", "") for state in (self.states.base, self.states.new))
        for kind, part in relations(self.parts, "").values():
            if kind.endswith("/core-properties") and part in self.parts:
                self.parts.replace(part, retitled(self._read(part, part), old, new))

    def _forget_chain(self) -> None:
        """The calculation chain names cells that no longer hold a formula: programs make a new one."""
        for id, (kind, part) in self.links.items():
            if kind.endswith("/calcChain"):
                rels = rels_of(self.main)
                less = without(self.parts.read(rels), "Relationship", "Id", id)
                fewer = without(self.parts.read(TYPES), "Override", "PartName", f"/{part}")
                self.parts.drop(part)
                self.parts.replace(rels, less)
                self.parts.replace(TYPES, fewer)


def _titles(sheet: Sheet, area: str) -> tuple[str, ...]:
    """The heads of a table of a sheet."""
    top, left, _, right = parse_area(area)
    return tuple(str(sheet.cells[top, column].content) for column in range(left, right + 1))


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DoesNotFit(f"{name} 不是 UTF-8") from error
