"""Texts put into cells of a workbook where they lie: their looks stay, and every other part keeps its bytes."""

from collections.abc import Mapping
from xml.etree import ElementTree

from minsheng_xl.books.edit.relations import relations, target_of
from minsheng_xl.books.edit.splice import SheetRows
from minsheng_xl.books.package.parts import Parts
from minsheng_xl.exact.addresses import Place

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def with_texts(content: bytes, sheet: str, texts: Mapping[Place, str]) -> bytes:
    """A workbook with these texts in cells of a sheet, whose name may be written with blanks in it.

    Raises NotPlain, DoesNotFit, KeyError or UnicodeDecodeError if it is written in a way that is not known.
    """
    parts = Parts(content)
    main = target_of(parts, "", "/officeDocument")
    links = relations(parts, main)
    sheets = ElementTree.fromstring(parts.read(main)).iter(_MAIN + "sheet")
    named = {"".join(one.get("name", "").split()): one.get(_ID, "") for one in sheets}
    path = links[named[sheet]][1]
    rows = SheetRows(parts.read(path).decode("utf-8"))
    for place, text in texts.items():
        rows.put(place, None, text, None)
    parts.replace(path, rows.spliced().encode() + rows.behind.encode())
    return parts.packed()
