"""Parcels: zips in which somebody packed files. What is wrong with one member hides no other."""

from collections.abc import Callable, Iterator
from functools import partial

from minsheng_xl.books.package.container import Container, ZipEntry
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.intake.gate import FileKind, kind_of
from minsheng_xl.rules import files
from minsheng_xl.texts import one_line

LITTER_BEGINNINGS = ("~$", ".")
LITTER_NAMES = frozenset({"thumbs.db", "desktop.ini"})
"""Names that programs leave behind and nobody sent."""


_MEMBER_LIMIT, _TOTAL_LIMIT = 100 << 20, 512 << 20
"""Bytes of a member, and of all of them; a parcel of thirty photographs is some hundred megabytes."""


def is_litter(name: str) -> bool:
    """Whether a file is what a program left behind."""
    return name.startswith(LITTER_BEGINNINGS) or name.lower() in LITTER_NAMES


def is_litter_in_parcel(path: str) -> bool:
    """Whether a file in a parcel is what a program left behind, by its path there."""
    parts = path.split("/")
    return is_litter(parts[-1]) or "__MACOSX" in parts


def is_parcel(content: bytes) -> bool:
    """Whether a file is a zip of files, of which at least one can be read."""
    if not _may_be_parcel(content) or kind_of(content) is not FileKind.ZIP:
        return False
    try:
        return any(entry.fault is None for _, _, entry in members(Container(content, parcel=True)))
    except Unreadable:
        return False


def _may_be_parcel(content: bytes) -> bool:
    """Whether a file is a zip whose directory does not name the parts of a workbook."""
    if not content.startswith(b"PK"):
        return False
    end = content.rfind(b"PK\x05\x06")
    directory = content[int.from_bytes(content[end + 16 : end + 20], "little") : end] if end > 0 else b""
    return b"[Content_Types].xml" not in directory


def members(container: Container) -> Iterator[tuple[str, str, ZipEntry]]:
    """Name, key and entry of the files in a parcel, without its folders and litter; two names that look alike
    are told apart."""
    names: set[str] = set()
    for key, entry in container.entries.items():
        if not entry.is_folder and not is_litter_in_parcel(entry.name):
            name = one_line(entry.name) or "无名"
            while name in names:
                name += "′"
            names.add(name)
            yield name, key, entry


def unpacked(container: Container) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name of each member, and what reads it. Raises Unreadable when it is called, where a member cannot be read, is
    too large, or is one of the largest of those that are too much together."""
    found = list(members(container))
    kept, left = set(), _TOTAL_LIMIT
    for _, key, entry in sorted(found, key=lambda one: one[2].size):
        left -= entry.size
        if entry.size <= _MEMBER_LIMIT and left >= 0:
            kept.add(key)
    for name, key, _ in found:
        yield name, partial(_read, container, key, key in kept)


def _read(container: Container, key: str, is_kept: bool) -> bytes:
    if not is_kept:
        raise Unreadable(files.LIMITS, "压缩包解开后太大")
    return container.read(key)


def refusal(content: bytes) -> Unreadable:
    """Why a zip of files is not opened: what is wrong with it, or that it lies in another one."""
    try:
        faults = [entry.fault for _, _, entry in members(Container(content, parcel=True))]
    except Unreadable as error:
        return Unreadable(files.PACKED, f"压缩包打不开（{error.reason}）")
    if not faults:
        return Unreadable(files.PACKED, "压缩包里没有文件")
    fault = faults[0]
    if fault is None:
        return Unreadable(files.PACKED, "压缩包里还有压缩包")
    if fault.rule in (files.PACKED, files.PARCEL_LOCKED):
        return fault
    return Unreadable(files.PACKED, f"压缩包打不开（{fault.reason}）")
