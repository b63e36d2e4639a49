"""The parts round the sheets of a workbook, edited where they lie: names, tables, the title, the calculation chain.

Each function takes the bytes of a part and gives them anew, or raises NotPlain.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from minsheng_xl.books.edit.spans import NotPlain, Span, Splices, spans
from minsheng_xl.exact.addresses import area_name, parse_area

_BEHIND_CALCULATION = (
    "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)


class NameEdit(NamedTuple):
    """A defined name of a sheet, by its number: what it referred to on that sheet, and what it is to."""

    name: str
    sheet: int
    old: str
    new: str


class TableEdit(NamedTuple):
    """A table: its area as it was and as it is to be, and the titles of all its columns."""

    old: str
    new: str
    titles: tuple[str, ...]


class TableChanged(Exception):
    """The office changed a table: a row of totals, another area."""


def renamed(content: bytes, edits: Sequence[NameEdit]) -> bytes:
    """The workbook part with its defined names where they are as they were; programs are asked to reckon
    the office's own formulas anew when they open the file."""
    splices, (root, *found) = Splices(content), spans(content)
    if root.name != "workbook":
        raise NotPlain(root.name)
    wanted = {(edit.name, str(edit.sheet)): edit for edit in edits}
    for span in found:
        if span.name != "definedName":
            continue
        edit = wanted.get((span.attributes.get("name", ""), span.attributes.get("localSheetId", "")))
        old = f"!{edit.old}".encode() if edit is not None else b""
        if edit is not None and content[span.inside : span.behind].endswith(old):
            splices.put(span.behind - len(old) + 1, span.behind, edit.new)
    _ask_to_reckon(splices, root, [span for span in found if span.level == 1])
    return splices.joined()


def _ask_to_reckon(splices: Splices, root: Span, children: Sequence[Span]) -> None:
    asked = next((span for span in children if span.name == "calcPr"), None)
    if asked is not None:
        if asked.attributes.get("fullCalcOnLoad") != "1":
            splices.tag(asked, "fullCalcOnLoad", "1")
    else:
        later = [span.start for span in children if span.name in _BEHIND_CALCULATION]
        place = later[0] if later else root.behind
        splices.put(place, place, '<calcPr fullCalcOnLoad="1"/>')


def resized(content: bytes, tables: Mapping[str, TableEdit]) -> bytes:
    """A table that reaches to where its new area does; one that is not ours stays. Raises TableChanged, whose text is
    its name."""
    root, *_ = found = spans(content)
    name = root.attributes.get("name", "")
    if name not in tables:
        return content
    edit = tables[name]
    old, new = parse_area(edit.old), parse_area(edit.new)
    splices = Splices(content)
    if root.attributes.get("totalsRowCount", "0") != "0":
        raise TableChanged(name)
    for span in found:
        if "ref" in span.attributes:
            area = parse_area(span.attributes["ref"])
            is_widened = new.right > old.right
            # columns of the office's own may stand beside ours, unless ours are to stand there
            if area[:3] != old[:3] or area.right < old.right or (is_widened and area.right > old.right):
                raise TableChanged(name)
            right = new.right if is_widened else area.right
            splices.tag(span, "ref", area_name(area.top, area.left, new.bottom, right))
        elif span.name == "tableColumns":
            _add_columns(splices, found, span, edit.titles[old.right - old.left + 1 :])
    return splices.joined()


def _add_columns(splices: Splices, found: Sequence[Span], columns: Span, titles: Sequence[str]) -> None:
    """Give a table more columns at its right."""
    last = max((int(span.attributes["id"]) for span in found if span.name == "tableColumn"), default=0)
    added = "".join(f'<tableColumn id="{last + n}" name={quoteattr(title)}/>' for n, title in enumerate(titles, 1))
    if added:
        count = sum(span.name == "tableColumn" for span in found) + len(titles)
        splices.tag(columns, "count", str(count))
        splices.put(columns.behind, columns.behind, added)


def retitled(content: bytes, old: str, new: str) -> bytes:
    """The properties with their title, where it is as it was."""
    splices = Splices(content)
    for span in spans(content, ("dc:title",)):
        if not span.is_empty and content[span.inside : span.behind] == escape(old).encode():
            splices.put(span.inside, span.behind, escape(new))
    return splices.joined()


def without(content: bytes, element: str, attribute: str, value: str) -> bytes:
    """A part without the element whose attribute has a value. Raises NotPlain if there is none."""
    splices = Splices(content)
    found = [span for span in spans(content, (element,)) if span.attributes.get(attribute) == value]
    if not found:
        raise NotPlain(element)
    for span in found:
        splices.put(span.start, span.end, "")
    return splices.joined()
