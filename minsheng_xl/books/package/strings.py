"""The texts of a workbook: those that cells share, and one by one."""

import re
from xml.etree import ElementTree

from minsheng_xl.books.package.cells import Face, RawCell
from minsheng_xl.books.package.markup import MAIN, OWN_SPACE, as_text, decoded, is_plain, parse_xml, unescaped
from minsheng_xl.books.package.memory import TEXT, remembered
from minsheng_xl.books.package.styles import face_of, is_marked

_ATTRIBUTES = r'(?: (?!xmlns)\w++="[^"<&]*+")*+'
_DECLARATION = r"(?:<\?xml(?: \w++=(?:\"[^\"<&]*+\"|'[^'<&]*+'))*+ ?\?>)?+"
_STRINGS_HEAD = re.compile(rf"\s*+{_DECLARATION}\s*+<sst{OWN_SPACE}{_ATTRIBUTES} ?>\s*+", re.ASCII)
_READING = rf"(?:<phoneticPr{_ATTRIBUTES} ?/>)?+"
"""How the phonetic reading of a text is shown, which Excel writes behind Chinese ones that have none."""
_OF_ONE_FACE = rf'<si><t(?: xml:space="preserve")?>([^<]*+)</t>{_READING}</si>\s*+|<si><t ?/></si>\s*+|<si ?/>\s*+'
_RUN = rf'<r>(?:<rPr>(?:<\w++{_ATTRIBUTES} ?/>)*+</rPr>)?+<t(?: xml:space="preserve")?>[^<]*+</t></r>'
_PLAIN_ITEM = re.compile(_OF_ONE_FACE, re.ASCII)
_ITEM = re.compile(rf"{_OF_ONE_FACE}|(<si>(?:{_RUN})++{_READING}</si>)\s*+", re.ASCII)
"""A text, of one face or, as the second group, in runs."""
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})


def shared_strings(content: bytes) -> list[RawCell]:
    """The texts that cells share, by number."""
    text = as_text(content)
    head = _STRINGS_HEAD.match(text) if text is not None and is_plain(text) else None
    if text is not None and head is not None:
        # where XML knows no such signs, runs are left to the parser, which refuses them
        items = _ITEM if len(content.translate(None, _CONTROLS)) == len(content) else _PLAIN_ITEM
        found, place = [], head.end()
        for match in items.finditer(text, place):
            if match.start() != place:
                break
            found.append(_in_runs(match[2]) if match.lastindex == 2 else RawCell("s", decoded(match[1] or "")))
            place = match.end()
        if text[place:].strip() == "</sst>":
            return found
    return [string(element) for element in parse_xml(content).iter(MAIN + "si")]


@remembered(1024, TEXT)
def _in_runs(item: str) -> RawCell:
    """A string item in runs."""
    return string(parse_xml(item.replace("<si>", f'<si xmlns="{MAIN[1:-1]}">', 1).encode()))


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
