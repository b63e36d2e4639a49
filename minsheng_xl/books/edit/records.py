"""A sheet of records written over what lies there, or added at the end: every other part keeps its bytes.

Source: ECMA-376 part 1, 18.2.20 (sheets), 18.3.1.80 (sheetData); part 2, 9.3 (relationships), 10.1.2 (content types).
"""

import re
from collections.abc import Sequence
from posixpath import dirname, relpath
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from minsheng_xl.books.edit.fit import DoesNotFit
from minsheng_xl.books.edit.relations import TYPES, relations, rels_of, target_of
from minsheng_xl.books.edit.spans import NotPlain, Span, Splices, spans
from minsheng_xl.books.package.parts import Parts
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.texts import row_height

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ID = f"{{{_RELATIONS}}}id"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Records(NamedTuple):
    """What is to stand on a sheet: its name, its head, its rows of text, the widths of its columns; `like` is the sheet
    from which it has its looks where it is new."""

    sheet: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    like: str


def with_records(content: bytes, records: Records) -> bytes:
    """A workbook with these records on their sheet, which is made where it lacks it.

    Raises NotPlain, DoesNotFit or KeyError if the workbook is written in a way that is not known.
    """
    parts = Parts(content)
    main = target_of(parts, "", "/officeDocument")
    links = relations(parts, main)
    sheets = ElementTree.fromstring(parts.read(main)).iter(_MAIN + "sheet")
    paths = {one.get("name", ""): links[one.get(_ID, "")][1] for one in sheets if one.get(_ID) in links}
    looks = _looks(parts.read(paths[records.like]))
    if records.sheet in paths:
        path = paths[records.sheet]
        parts.replace(path, _rewritten(parts.read(path), records, looks))
    else:
        _add(parts, main, records, _drawn(records, looks))
    return parts.packed()


class _Looks(NamedTuple):
    """The numbers of the styles of a head, and of what stands below it."""

    head: str
    body: str


def _rewritten(content: bytes, records: Records, like: _Looks) -> bytes:
    """A sheet whose rows below the head are these, looking as those that are there, or else as on another sheet."""
    found = spans(content, ("sheetData", "row", "c", "dimension"))
    data = next((span for span in found if span.name == "sheetData"), None)
    if data is None:
        raise NotPlain("sheetData")
    own = _looks(content)
    looks = _Looks(own.head or like.head, own.body or like.body)
    splices = Splices(content)
    for span in found:
        if span.name == "dimension":
            last = cell_name((len(records.rows), len(records.head) - 1))
            splices.tag(span, "ref", f"A1:{last}")
    splices.put(data.start, data.end, _data(records, looks))
    return splices.joined()


def _looks(content: bytes) -> _Looks:
    """The style of the first cell of the head, and of the last cell of the row below it, where long texts stand; ""
    where there is none."""
    cells = spans(content, ("c",))
    head = [span for span in cells if span.attributes.get("r") == "A1"]
    below = [span for span in cells if re.fullmatch(r"[A-Z]+2", span.attributes.get("r", ""))]
    return _Looks(_style_of(head), _style_of(below))


def _style_of(cells: Sequence[Span]) -> str:
    return cells[-1].attributes.get("s", "") if cells else ""


def _data(records: Records, looks: _Looks) -> str:
    every = [records.head, *records.rows]
    rows = (_row(number, texts, records.widths, looks) for number, texts in enumerate(every))
    return f"<sheetData>{''.join(rows)}</sheetData>"


def _row(number: int, texts: Sequence[str], widths: Sequence[float], looks: _Looks) -> str:
    style = looks.body if number else looks.head
    cells = (_cell(cell_name((number, column)), text, style) for column, text in enumerate(texts))
    height = row_height(zip(texts, widths, strict=True), least=18) if number else 30
    return f'<row r="{number + 1}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'


def _cell(name: str, text: str, style: str) -> str:
    looks = f' s="{style}"' if style else ""
    if not text:
        return f'<c r="{name}"{looks}/>'
    said = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return f'<c r="{name}"{looks} t="inlineStr">{said}</c>'


def _drawn(records: Records, looks: _Looks) -> bytes:
    columns = (
        f'<col min="{n}" max="{n}" width="{width:g}" customWidth="1"/>'
        for n, width in enumerate(records.widths, 1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{_MAIN.strip("{}")}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView>'
        f"</sheetViews><cols>{''.join(columns)}</cols>{_data(records, looks)}</worksheet>"
    ).encode()


def _add(parts: Parts, main: str, records: Records, content: bytes) -> None:
    """Put a new sheet behind the others, and tell the workbook, its relationships and the content types."""
    folder = f"{dirname(main)}/worksheets" if dirname(main) else "worksheets"
    path = next(name for n in range(1, 10_000) if (name := f"{folder}/sheet{n}.xml") not in parts)
    ids = relations(parts, main)
    id = next(name for n in range(1, 10_000) if (name := f"rId{n}") not in ids)
    parts.replace(path, content)
    parts.replace(main, _with_sheet(parts.read(main), records.sheet, id))
    rels = rels_of(main)
    link = f'<Relationship Id="{id}" Type="{_SHEET_RELATION}" Target="{relpath(path, dirname(main) or ".")}"/>'
    parts.replace(rels, _before_the_end(parts.read(rels), "Relationships", link))
    kind = f'<Override PartName="/{path}" ContentType="{_SHEET_TYPE}"/>'
    parts.replace(TYPES, _before_the_end(parts.read(TYPES), "Types", kind))


def _with_sheet(content: bytes, name: str, id: str) -> bytes:
    found = spans(content, ("workbook", "sheets", "sheet"))
    sheets = next((span for span in found if span.name == "sheets"), None)
    if sheets is None or sheets.is_empty:
        raise NotPlain("sheets")
    spaces = (key for key, uri in found[0].attributes.items() if uri == _RELATIONS)
    prefix = next(spaces, "").removeprefix("xmlns:")
    if not prefix:
        raise NotPlain("xmlns:r")
    numbers = [int(span.attributes.get("sheetId", "0")) for span in found if span.name == "sheet"]
    splices = Splices(content)
    title, number = escape(name, {'"': "&quot;"}), max(numbers) + 1
    splices.put(sheets.behind, sheets.behind, f'<sheet name="{title}" sheetId="{number}" {prefix}:id="{id}"/>')
    return splices.joined()


def _before_the_end(content: bytes, element: str, text: str) -> bytes:
    root = spans(content)[0]
    if root.name != element or root.is_empty:
        raise DoesNotFit(element)
    splices = Splices(content)
    splices.put(root.behind, root.behind, text)
    return splices.joined()
