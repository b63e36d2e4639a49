"""The texts of a workbook: those that cells share, and one by one."""

import re
from xml.etree import ElementTree

from minsheng_xl.books.package.cells import Face, RawCell
from minsheng_xl.books.package.markup import MAIN, OWN_SPACE, as_text, decoded, parse_xml, unescaped
from minsheng_xl.books.package.styles import face_of, is_marked

_PLAIN_STRING = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>\s*|<si><t ?/></si>\s*|<si ?/>\s*')
_STRINGS_HEAD = re.compile(rf"\s*(?:<\?xml[^>]*\?>)?\s*<sst{OWN_SPACE}[^>:]*[^/]>\s*")


def shared_strings(content: bytes) -> list[RawCell]:
    """The texts that cells share, by number."""
    text = as_text(content)
    head = _STRINGS_HEAD.match(text) if text is not None else None
    if text is not None and head is not None:
        found, place = [], head.end()
        for match in _PLAIN_STRING.finditer(text, place):
            if match.start() != place:
                break
            found.append(RawCell("s", decoded(match[1] or "")))
            place = match.end()
        if text[place:].strip() == "</sst>":
            return found
    return [string(element) for element in parse_xml(content).iter(MAIN + "si")]


def string(element: ElementTree.Element) -> RawCell:
    """A string item: plain or in runs, without the phonetic readings."""
    parts: list[str] = []
    faces: list[Face | None] = []
    marked = False
    for child in element:
        if child.tag == MAIN + "t":
            parts.append(child.text or "")
            faces.append(None)
        elif child.tag == MAIN + "r":
            text = "".join(t.text or "" for t in child.iter(MAIN + "t"))
            parts.append(text)
            face = child.find(MAIN + "rPr")
            marked = marked or (face is not None and is_marked(face))
            if text.strip():
                faces.append(None if face is None else face_of(face))
    own = tuple(dict.fromkeys(faces)) if any(faces) else ()
    return RawCell("s", unescaped("".join(parts)), marked=marked, faces=own)
