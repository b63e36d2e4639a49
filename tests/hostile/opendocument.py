"""The same form as an OpenDocument sheet, written by hand: for files that are two formats at once."""

import re
from xml.sax.saxutils import escape, unescape

from tests.hostile.base import IDENTITY, SHEET, STRINGS, unpack
from tests.hostile.surgery import column_number

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' office:version="1.3"><office:body><office:spreadsheet>'
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def opendocument_parts(filled: bytes) -> dict[str, bytes]:
    """The parts of an .ods with the texts and numbers of both sheets, in the order that .ods asks for."""
    found = unpack(filled)
    strings = [unescape(re.sub("<[^>]*>", "", item)) for item in re.findall("<si>(.*?)</si>", found[STRINGS].decode(), re.S)]
    tables = "".join(
        f'<table:table table:name="{name}">{_rows(found[part].decode(), strings)}</table:table>'
        for name, part in (("填报表", SHEET), ("标识", IDENTITY))
    )
    content = f"{_HEAD}{tables}</office:spreadsheet></office:body></office:document-content>"
    return {"mimetype": MIMETYPE, "content.xml": content.encode(), "META-INF/manifest.xml": _MANIFEST.encode()}


def _rows(sheet: str, strings: list[str]) -> str:
    rows = []
    for row in re.finditer(r'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', sheet, re.S):
        while len(rows) < int(row[1]) - 1:
            rows.append(_row({}))
        cells = re.finditer(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', row[2] or "", re.S)
        rows.append(_row({column_number(c[1]): _cell(c[2], c[3] or "", strings) for c in cells}))
    return "".join(rows)


def _row(cells: dict[int, str]) -> str:
    last = max(cells, default=1)
    return "<table:table-row>" + "".join(cells.get(n, "<table:table-cell/>") for n in range(1, last + 1)) + "</table:table-row>"


def _cell(attributes: str, inner: str, strings: list[str]) -> str:
    value = re.search("<v>(.+?)</v>", inner, re.S)
    if value is None:
        return "<table:table-cell/>"
    if 't="s"' in attributes or 't="str"' in attributes:
        words = strings[int(value[1])] if 't="s"' in attributes else unescape(value[1])
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in words.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value[1]}"><text:p>{value[1]}</text:p></table:table-cell>'
