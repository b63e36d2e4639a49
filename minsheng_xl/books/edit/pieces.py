"""The elements of a sheet behind its rows: merged blocks, conditional formats, drop-downs, links, page breaks.

Source: ECMA-376 part 1, 18.3.1.99, for the order of the elements.
"""

from collections.abc import Sequence
from typing import TypeAlias
from xml.sax.saxutils import quoteattr

from minsheng_xl.books.edit.spans import Span, Splices, spans, with_attribute
from minsheng_xl.books.write.validation import validation_xml
from minsheng_xl.exact.addresses import cell_name, on_sheet
from minsheng_xl.forms.edits import SheetEdits

_ORDER = (
    "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF",
    "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)
_MEMBERS = {"mergeCells": "mergeCell", "dataValidations": "dataValidation", "hyperlinks": "hyperlink"}
_COUNTED = ("mergeCells", "dataValidations")
_NAMES = ("worksheet", *_ORDER, *_MEMBERS.values(), "brk")

Refill: TypeAlias = tuple[Span, str]
"""An element, and what is to stand in its place; "" if nothing is."""


def pieces(content: bytes, edits: SheetEdits) -> bytes:
    """What stands behind the rows of a sheet, its closing tag too, with its edits made; the office's own
    elements stay. Raises NotPlain."""
    tail = _Tail(content)
    _merge(tail, edits)
    _light(tail, edits)
    _validate(tail, edits)
    _link(tail, edits)
    if edits.breaks:
        _break(tail, *edits.breaks)
    return tail.joined()


class _Tail:
    """The end of a worksheet, by its elements. `children` are the first of each name."""

    _ROOT = b"<worksheet>"
    """What stands before the end of a worksheet, for the parser, and is cut off again."""

    def __init__(self, content: bytes) -> None:
        self.content = self._ROOT + content
        root, *self._all = spans(self.content, _NAMES)
        self._close = root.behind
        self.splices = Splices(self.content)
        self.children: dict[str, Span] = {}
        for span in self._all:
            if span.level == 1:
                self.children.setdefault(span.name, span)

    def joined(self) -> bytes:
        return self.splices.joined()[len(self._ROOT) :]

    def all(self, name: str) -> list[Span]:
        return [span for span in self._all if span.name == name]

    def text(self, span: Span) -> str:
        return self.content[span.start : span.end].decode()

    def insert(self, name: str, element: str) -> None:
        """Put a new element where the standard wants it."""
        later = _ORDER[_ORDER.index(name) + 1 :]
        behind = next((self.children[other].start for other in later if other in self.children), self._close)
        self.splices.put(behind, behind, element)

    def regroup(self, group: str, changed: Sequence[Refill], added: Sequence[str]) -> None:
        """Write some members of a group anew ("": take them away) and add others; one without members goes."""
        here = self.children.get(group)
        gone = sum(not text for _, text in changed)
        count = len(self.all(_MEMBERS[group])) - gone + len(added)
        said = f' count="{count}"' if group in _COUNTED else ""
        if here is None:
            if added:
                self.insert(group, f"<{group}{said}>{''.join(added)}</{group}>")
        elif not count:
            self.splices.put(here.start, here.end, "")
        else:
            self._refill(here, changed, added, str(count) if said else None)

    def _refill(self, here: Span, changed: Sequence[Refill], added: Sequence[str], count: str | None) -> None:
        tag = self.content[here.start : here.inside].decode()
        counted = tag if count is None else with_attribute(tag, "count", count)
        if here.is_empty:
            self.splices.put(here.start, here.end, f"{counted[:-2]}>{''.join(added)}</{here.name}>")
            return
        self.splices.put(here.start, here.inside, counted)
        for span, text in changed:
            self.splices.put(span.start, span.end, text)
        self.splices.put(here.behind, here.behind, "".join(added))


def _merge(tail: _Tail, edits: SheetEdits) -> None:
    """Our merged blocks as they are now."""
    blocks = tail.all("mergeCell")
    gone = [(span, "") for span in blocks if span.attributes.get("ref") in edits.unmerged]
    there = {span.attributes.get("ref") for span in blocks} - edits.unmerged
    added = [f'<mergeCell ref="{area}"/>' for area in sorted(edits.merged) if area not in there]
    tail.regroup("mergeCells", gone, added)


def _light(tail: _Tail, edits: SheetEdits) -> None:
    """The conditional formats that are ours reach as far as our rows."""
    wider = dict(edits.lights)
    for span in tail.all("conditionalFormatting"):
        area = span.attributes.get("sqref", "")
        if area in wider:
            tail.splices.tag(span, "sqref", wider[area])


def _validate(tail: _Tail, edits: SheetEdits) -> None:
    """Drop-downs and limits of input cells: those that were changed are taken away first."""
    gone = _no_longer_limited(edits)
    changed: list[Refill] = []
    for span in tail.all("dataValidation"):
        areas = span.attributes.get("sqref", "").split()
        stay = [area for area in areas if area not in gone]
        if len(stay) < len(areas):
            changed.append((span, with_attribute(tail.text(span), "sqref", " ".join(stay)) if stay else ""))
    limits = (validation_xml(edits.sheet, cell) for cell in edits.validated)
    tail.regroup("dataValidations", changed, [limit for limit in limits if limit])


def _no_longer_limited(edits: SheetEdits) -> set[str]:
    """The areas whose limits are ours to take away, as any program may write them."""
    gone = {cell.address for cell in edits.validated}
    for place, edit in edits.cells.items():
        if edit.is_input and (edit.cell is None or edit.cell.input is None):
            gone.add(cell_name(place))
    return {*gone, *(cell.area for cell in edits.validated), *(f"{one}:{one}" for one in gone)}


def _link(tail: _Tail, edits: SheetEdits) -> None:
    """Our links as they are now."""
    ours = {cell_name(place) for place in (*edits.unlinked, *edits.linked)}
    gone = [(span, "") for span in tail.all("hyperlink") if span.attributes.get("ref") in ours]
    tail.regroup("hyperlinks", gone, [_hyperlink(cell_name(place), to) for place, to in sorted(edits.linked.items())])


def _hyperlink(cell: str, sheet: str) -> str:
    return f'<hyperlink ref="{cell}" location={quoteattr(on_sheet(sheet) + "A1")}/>'


def _break(tail: _Tail, old: tuple[int, ...], new: tuple[int, ...]) -> None:
    """The page breaks, where they are as they were."""
    here = tail.children.get("rowBreaks")
    marks = [span for span in tail.all("brk") if here is not None and here.start < span.start < here.end]
    if sorted(int(mark.attributes["id"]) for mark in marks) != sorted(old):
        return
    written = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in new)
    count = len(new)
    element = f'<rowBreaks count="{count}" manualBreakCount="{count}">{written}</rowBreaks>' if new else ""
    if here is not None:
        tail.splices.put(here.start, here.end, element)
    elif element:
        tail.insert("rowBreaks", element)
