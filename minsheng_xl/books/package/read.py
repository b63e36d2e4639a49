"""Read an .xlsx package into plain cells: what was stored, not what a library makes of it.

The door of this room: what other rooms read with is named here. Source: ECMA-376 part 1, SpreadsheetML.
"""

import posixpath
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from minsheng_xl.books.package.cells import (
    HIDING,
    Comparison,
    Condition,
    Display,
    Face,
    Fill,
    Frame,
    Looks,
    RawCell,
    RawSheet,
    RawWorkbook,
)
from minsheng_xl.books.package.colours import Colour, Palette, office_theme, theme_colours
from minsheng_xl.books.package.container import Container
from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.markup import MAIN, as_utf8, parse_xml
from minsheng_xl.books.package.memory import PART, TEXT, remembered
from minsheng_xl.books.package.rows import read_sheet
from minsheng_xl.books.package.strings import shared_strings, string
from minsheng_xl.books.package.styles import read_styles
from minsheng_xl.exact.addresses import LAST_ROW, Area, NoSuchColumn, Place
from minsheng_xl.rules.files import BROKEN, HOSTILE, KIND

if TYPE_CHECKING:
    from minsheng_xl.books.package.overlay import Overlay

__all__ = (
    "HIDING", "Area", "Colour", "Comparison", "Condition", "Display", "Face", "Fill", "Frame", "Looks",
    "Palette", "Place",
    "RawCell", "RawSheet", "RawWorkbook", "package_properties", "parse_xml", "read_package", "sheet_comments",
)

_LINKS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_MOST_SHEETS = 120


def read_package(
    content: bytes, container: Container | None = None, *, trusted: bool = False,
    known: Mapping[str, RawSheet] | None = None,
) -> RawWorkbook:
    """Read the workbook of an .xlsx, whose container may be opened already; one of ours (`trusted`) may
    have any number of sheets. Sheets that are `known`, by name, are not read again. Raises Unreadable for
    whatever is not one."""
    container = container or Container(content)
    try:
        return _Package(container).workbook(LAST_ROW if trusted else _MOST_SHEETS, known or {})
    except Unreadable:
        raise
    except NoSuchColumn as error:
        raise Unreadable(BROKEN, "单元格的位置写错了") from error
    except MemoryError:
        raise
    except Exception as error:  # mangled XML raises a dozen kinds; each means the same here
        raise Unreadable(BROKEN, "内容已损坏") from error


class _Package:
    def __init__(self, container: Container) -> None:
        self._container = container

    def workbook(self, most_sheets: int, known: Mapping[str, RawSheet]) -> RawWorkbook:
        top, main = self._main()
        if main not in self._container:
            raise Unreadable(KIND, "不是 Excel 工作簿")
        links = self._relations(main)
        targets = _by_kind(links)
        names, epoch_1904 = _sheet_names(self._container.read(main))
        if len(names) > most_sheets:
            raise Unreadable(HOSTILE, "工作表异常地多")
        strings = self._part(targets.get("sharedStrings", ""))
        sheets = self._sheets(links, names, shared_strings(strings) if strings else [], known)
        looks = read_styles(part) if (part := self._part(targets.get("styles", ""))) else Looks()
        theme = partial(self._theme, targets.get("theme", ""))
        looks = looks._replace(palette=looks.palette._replace(theme=theme))
        properties = self._properties(top)
        has_macros = "xl/vbaproject.bin" in self._container
        return RawWorkbook(sheets, properties, looks, epoch_1904, has_macros)

    def _sheets(
        self, links: Mapping[str, tuple[str, str]], names: Sequence[tuple[str, str, str]], shared: list[RawCell],
        known: Mapping[str, RawSheet],
    ) -> list[RawSheet]:
        sheets = []
        for name, link, state in names:
            kind, target = links.get(link, ("", ""))
            if not kind.endswith("/worksheet"):
                sheets.append(RawSheet(name, hidden=state != "visible"))
                continue
            if target not in self._container:
                raise Unreadable(BROKEN, "缺了工作表")
            sheet = known[name] if name in known else read_sheet(name, self._container.read(target), shared)
            sheet.hidden = state != "visible"
            if _links_of(target) in self._container:
                sheet.overlay = partial(self._overlay, target)
            sheets.append(sheet)
        if not sheets:
            raise Unreadable(BROKEN, "里面没有工作表")
        return sheets

    def _overlay(self, sheet: str) -> "Overlay":
        """What lies over the cells of a sheet."""
        from minsheng_xl.books.package.overlay import UNREAD, read_overlay

        try:
            return read_overlay(self._container.read(sheet), self._relations(sheet), self._part)
        except MemoryError:
            raise
        except Exception:  # whatever is wrong with what it is linked with
            return UNREAD

    def _theme(self, part: str) -> tuple[str, ...]:
        """The colours of the theme; those of Office where they cannot be told."""
        try:
            return theme_colours(self._part(part))
        except MemoryError:
            raise
        except Exception:  # as for a sheet: whatever is wrong with it
            return office_theme()

    def comments(self, sheet: str) -> dict[str, str]:
        _, main = self._main()
        links, names = self._relations(main), _sheet_names(self._container.read(main))[0]
        found: dict[str, str] = {}
        for part in (links.get(link, ("", ""))[1] for name, link, _ in names if name == sheet):
            for kind, target in self._relations(part).values():
                if kind.endswith("/comments"):
                    found |= _comments(self._part(target))
        return found

    def _main(self) -> tuple[dict[str, str], str]:
        """The parts that the package names, by kind; the workbook's among them."""
        top = _by_kind(self._relations(""))
        return top, top.get("officeDocument", "")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        return _relations(self._part(_links_of(part)), part)

    def _part(self, name: str) -> bytes:
        return self._container.read(name) if name and name in self._container else b""

    def properties(self) -> dict[str, str]:
        return self._properties(self._main()[0])

    def _properties(self, top: Mapping[str, str]) -> dict[str, str]:
        content = self._part(top.get("custom-properties") or top.get("customProperties", ""))
        if not content:
            return {}
        found: dict[str, str] = {}
        for element in parse_xml(content):
            name = element.get("name")
            if name:
                if name in found:
                    raise Unreadable(HOSTILE, "文件属性重复")
                found[name] = as_utf8("".join(element.itertext()).strip())
        return found


@remembered(256, TEXT)
def _links_of(part: str) -> str:
    """The part that says what a part is linked with."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def package_properties(container: Container) -> dict[str, str]:
    """The text properties of an .xlsx of which nothing else is read. Raises Unreadable."""
    try:
        return _Package(container).properties()
    except Unreadable:
        raise
    except Exception as error:  # as for the workbook itself
        raise Unreadable(BROKEN, "内容已损坏") from error


def sheet_comments(content: bytes, name: str) -> dict[str, str]:
    """The comments of a sheet by address. Raises Unreadable."""
    package = _Package(Container(content))
    try:
        return package.comments(name)
    except Unreadable:
        raise
    except Exception as error:  # as for the workbook itself
        raise Unreadable(BROKEN, "内容已损坏") from error


def _comments(content: bytes) -> dict[str, str]:
    found = {}
    for element in parse_xml(content).iter(MAIN + "comment"):
        text = element.find(MAIN + "text")
        found[element.get("ref", "")] = "" if text is None else string(text).text
    return found


def _by_kind(links: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The parts by the last word of their kind."""
    return {kind.rpartition("/")[2]: target for kind, target in links.values()}


_SINGLE = ("officeDocument", "sharedStrings", "styles", "custom-properties", "customProperties")
"""Kinds of part of which a package has one: of two, programs take either."""


@remembered(64, PART)
def _relations(content: bytes, part: str) -> dict[str, tuple[str, str]]:
    """Type and target of each relationship inside the package, by id."""
    if not content:
        return {}
    folder = posixpath.dirname(part)
    found: dict[str, tuple[str, str]] = {}
    ids: set[str] = set()
    for element in parse_xml(content):
        if element.get("Id", "") in ids:
            raise Unreadable(HOSTILE, "两个关系同名")
        ids.add(element.get("Id", ""))
        if element.get("TargetMode") != "External":
            target = element.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", folder, target))[1:]
            found[element.get("Id", "")] = (element.get("Type", ""), path)
    kinds = [kind.rpartition("/")[2] for kind, _ in found.values()]
    if any(kinds.count(kind) > 1 for kind in _SINGLE):
        raise Unreadable(HOSTILE, "该有一份的部件有两份")
    return found


@remembered(64, PART)
def _sheet_names(content: bytes) -> tuple[tuple[tuple[str, str, str], ...], bool]:
    """(name, relationship, state) of each sheet in order; whether days count from 1904."""
    root = parse_xml(content)
    names = tuple(
        (as_utf8(sheet.get("name", "")), next(filter(None, map(sheet.get, _LINKS)), ""), sheet.get("state", "visible"))
        for sheet in root.iter(MAIN + "sheet")
    )
    if len({name.lower() for name, _, _ in names}) != len(names):
        raise Unreadable(HOSTILE, "两个工作表同名")
    about = root.find(MAIN + "workbookPr")
    return names, about is not None and about.get("date1904", "0") in ("1", "true")
