"""Macro sources → the bytes of vbaProject.bin.

Source: [MS-OVBA]. What a writer has no need of is left out, as 2.3.4.1 says: the performance cache, so
that every program compiles the sources it finds. Sources are ASCII; lines end as Windows has them.
"""

import struct
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from minsheng_xl.books.package.parts import Parts
from minsheng_xl.books.write.compound import compound_file

WORKBOOK_MODULE = "ThisWorkbook"
_CODE_PAGE, _LANGUAGE = 936, 0x0409
_PROJECT_NAME, _PROJECT_ID = "VBAProject", "{8E5F0C1A-6B7D-4C52-9A1E-3D0B6F2A4C77}"
_WORKBOOK_CLASS, _SHEET_CLASS = "{00020819-0000-0000-C000-000000000046}", "{00020820-0000-0000-C000-000000000046}"
_OLE_AUTOMATION = "*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\\Windows\\System32\\stdole2.tlb#OLE Automation"
_NO_CACHE = bytes.fromhex("CC61FFFF000000")
_CHUNK = 4096


class Macros(NamedTuple):
    """What a workbook with macros carries: sources by module name, and the XML of its ribbon group."""

    modules: Mapping[str, str]
    ribbon: str


_RIBBON = "customUI/customUI.xml"
_RIBBON_TYPE = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"


def with_ribbon(content: bytes, ribbon: str) -> bytes:
    """A package with a ribbon group of its own, as Office 2007 and later read it. Source: [MS-CUSTOMUI] 2.1."""
    parts = Parts(content)
    parts.replace(_RIBBON, ribbon.encode())
    links = parts.read("_rels/.rels").decode()
    link = f'<Relationship Id="ribbon" Type="{_RIBBON_TYPE}" Target="{_RIBBON}"/>'
    parts.replace("_rels/.rels", links.replace("</Relationships>", f"{link}</Relationships>").encode())
    return parts.packed()


def vba_project(modules: Mapping[str, str], sheets: Sequence[str]) -> bytes:
    """A project of standard modules (source by name), and a document module for the workbook and for each
    sheet, by its code name. Raises ValueError for a source that is not ASCII."""
    sources: dict[str, tuple[str, bool]] = {WORKBOOK_MODULE: (_document(WORKBOOK_MODULE, _WORKBOOK_CLASS), True)}
    sources |= {name: (_document(name, _SHEET_CLASS), True) for name in sheets}
    sources |= {name: ("\r\n".join(source.splitlines()) + "\r\n", False) for name, source in modules.items()}
    streams = {name: compressed(source.encode("ascii")) for name, (source, _) in sources.items()}
    kinds = {name: is_document for name, (_, is_document) in sources.items()}
    return compound_file(
        {
            "PROJECT": _project(kinds).encode("ascii"),
            "PROJECTwm": b"".join(map(_both_names, kinds)) + b"\0\0",
            "VBA": {"dir": compressed(_directory(kinds)), "_VBA_PROJECT": _NO_CACHE, **streams},
        }
    )


def _both_names(name: str) -> bytes:
    """A module's name in the code page and in Unicode, 2.3.3.1."""
    return name.encode("ascii") + b"\0" + name.encode("utf-16-le") + b"\0\0"


def _document(name: str, of: str) -> str:
    """A module of a workbook or sheet that holds no code."""
    said = {"VB_Name": f'"{name}"', "VB_Base": f'"0{of}"', "VB_GlobalNameSpace": "False", "VB_Creatable": "False",
            "VB_PredeclaredId": "True", "VB_Exposed": "True", "VB_TemplateDerived": "False", "VB_Customizable": "True"}
    return "".join(f"Attribute {key} = {value}\r\n" for key, value in said.items())


def _project(kinds: Mapping[str, bool]) -> str:
    """The PROJECT stream, 2.3.1: without protection, password, or hiding."""
    lines = [f'ID="{_PROJECT_ID}"']
    lines += [f"Document={name}/&H00000000" if is_document else f"Module={name}" for name, is_document in kinds.items()]
    protection, password, visible = (encrypted(data, _PROJECT_ID) for data in (bytes(4), b"\0", b"\xff"))
    lines += [
        f'Name="{_PROJECT_NAME}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"',
        f'CMG="{protection}"', f'DPB="{password}"', f'GC="{visible}"', "",
        "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000", "",
    ]
    return "\r\n".join(lines)


def encrypted(data: bytes, project_id: str) -> str:
    """Data as the PROJECT stream hides it, in hex; 2.4.3.2 with a seed of zero."""
    seed, version, key = 0, 2, sum(project_id.encode("ascii")) & 0xFF
    out = [seed, version ^ seed, key ^ seed]
    before, coded, last = key, key ^ seed, version ^ seed
    for byte in struct.pack("<I", len(data)) + data:  # with this seed no bytes to be ignored stand between
        made = byte ^ (last + before) & 0xFF
        out.append(made)
        last, coded, before = coded, made, byte
    return bytes(out).hex().upper()


def _directory(kinds: Mapping[str, bool]) -> bytes:
    """The dir stream, 2.3.4.2."""

    def record(id: int, content: bytes) -> bytes:
        return struct.pack("<HI", id, len(content)) + content

    def both(id: int, wide: int, text: str) -> bytes:
        return record(id, text.encode("ascii")) + record(wide, text.encode("utf-16-le"))

    number, short, library = struct.Struct("<I").pack, struct.Struct("<H").pack, _OLE_AUTOMATION.encode("ascii")
    parts = [
        record(0x01, number(3)), record(0x02, number(_LANGUAGE)), record(0x14, number(_LANGUAGE)),
        record(0x03, short(_CODE_PAGE)),
        record(0x04, _PROJECT_NAME.encode("ascii")), both(0x05, 0x40, ""), record(0x06, b""), record(0x3D, b""),
        record(0x07, number(0)), record(0x08, number(0)), struct.pack("<HIIH", 0x09, 4, 1, 0), both(0x0C, 0x3C, ""),
        both(0x16, 0x3E, "stdole"), record(0x0D, number(len(library)) + library + bytes(6)),
        record(0x0F, short(len(kinds))), record(0x13, short(0xFFFF)),
    ]
    for name, is_document in kinds.items():
        parts += [
            both(0x19, 0x47, name), both(0x1A, 0x32, name), both(0x1C, 0x48, ""), record(0x31, number(0)),
            record(0x1E, number(0)), record(0x2C, short(0xFFFF)), record(0x22 if is_document else 0x21, b""),
            record(0x2B, b""),
        ]
    return b"".join((*parts, record(0x10, b"")))


@lru_cache(maxsize=512)
def compressed(content: bytes) -> bytes:
    """A compressed container, 2.4.1. Raises ValueError for a last piece that does not become smaller:
    such a piece would come back with zeros behind it; text does become smaller."""
    out = bytearray(b"\x01")
    for start in range(0, len(content), _CHUNK):
        piece = content[start : start + _CHUNK]
        packed = _packed(piece)
        if len(packed) > _CHUNK and len(piece) < _CHUNK:
            raise ValueError("the last piece cannot be compressed")
        is_raw = len(piece) == _CHUNK and len(packed) >= _CHUNK
        body = piece if is_raw else packed
        out += struct.pack("<H", (len(body) - 1) | 0x3000 | (0 if is_raw else 0x8000)) + body
    return bytes(out)


def _packed(piece: bytes) -> bytes:
    """The tokens of one piece: literal bytes, and copies of what stands before, 2.4.1.3.19."""
    out, flags, tokens = bytearray(), 0, bytearray()
    seen: dict[bytes, list[int]] = {}
    at = count = 0
    while at < len(piece):
        bits = max((at - 1).bit_length(), 4) if at else 4  # of the offset; the rest tells the length
        most = min((1 << (16 - bits)) + 2, len(piece) - at)
        length, where = _longest(piece, at, most, seen)
        if length >= 3:
            tokens += struct.pack("<H", (at - where - 1) << (16 - bits) | (length - 3))
            flags |= 1 << count
        else:
            length = 1
            tokens.append(piece[at])
        for place in range(at, at + length):
            seen.setdefault(piece[place : place + 3], []).append(place)
        at += length
        count += 1
        if count == 8 or at == len(piece):
            out.append(flags)
            out += tokens
            flags, count, tokens = 0, 0, bytearray()
    return bytes(out)


def _longest(piece: bytes, at: int, most: int, seen: Mapping[bytes, list[int]]) -> tuple[int, int]:
    best = where = 0
    for place in reversed(seen.get(piece[at : at + 3], ())):
        length = 0
        while length < most and piece[place + length] == piece[at + length]:
            length += 1
        if length > best:
            best, where = length, place
            if length == most:
                break
    return best, where
