"""What lies over the cells of a sheet and is no cell: what is drawn, and the comments. It is read when asked for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from minsheng_xl.books.package.drawings import Drawn, controls_in, drawn_in
from minsheng_xl.books.package.grid import Grid, grid_of
from minsheng_xl.books.package.markup import parse_xml
from minsheng_xl.books.package.strings import string
from minsheng_xl.exact.addresses import Place, area_meant

_LARGEST = 8 << 20
"""Bytes of a drawing or of the comments of a page that are read."""


class Overlay(NamedTuple):
    """What lies over a sheet; `grid` tells where its cells are. Some of it could not be read unless `is_whole`."""

    grid: Grid
    drawn: tuple[Drawn, ...] = ()
    comments: Mapping[Place, tuple[str, ...]] = MappingProxyType({})
    is_whole: bool = True


UNREAD = Overlay(grid_of(b"<worksheet/>"), is_whole=False)
"""That of a sheet of which nobody can tell what it is linked with."""


def read_overlay(sheet: bytes, links: Mapping[str, tuple[str, str]], part: Callable[[str], bytes]) -> Overlay:
    """What the parts say that a sheet is linked with: kind and target by id; `part` gives one, b"" where there is none.

    A drawing that the sheet does not name is not shown; what cannot be read may show anything.
    """
    grid = grid_of(sheet)
    drawn: list[Drawn] = []
    comments: dict[Place, tuple[str, ...]] = {}
    is_whole = True
    for link, (kind, target) in links.items():
        try:
            match kind.rpartition("/")[2]:
                case "drawing" if link == grid.links.get("drawing"):
                    drawn += drawn_in(content, grid) if (content := _limited(part(target))) else []
                case "vmlDrawing" if link == grid.links.get("legacyDrawing"):
                    drawn += controls_in(content, grid) if (content := _limited(part(target))) else []
                case "comments" | "threadedComment":
                    _add_comments(comments, _limited(part(target)))
        except MemoryError:
            raise
        except Exception:  # whatever is wrong with it
            is_whole = False
    return Overlay(grid, tuple(drawn), comments, is_whole)


def _limited(content: bytes) -> bytes:
    """A part, unless it is too large to be honest. Raises ValueError."""
    if len(content) > _LARGEST:
        raise ValueError(len(content))
    return content


def _add_comments(found: dict[Place, tuple[str, ...]], content: bytes) -> None:
    """Add the comments of a part, of the old kind or in threads."""
    for element in parse_xml(content).iter() if content else ():
        tag = element.tag.rpartition("}")[2]
        if tag not in ("comment", "threadedComment"):
            continue
        text = next((child for child in element if child.tag.rpartition("}")[2] == "text"), None)
        if text is None:
            continue
        words = string(text).text if tag == "comment" else "".join(text.itertext())
        area = area_meant(element.get("ref", ""))
        if area is not None:  # a comment of no cell is shown nowhere
            found[area.top, area.left] = (*found.get((area.top, area.left), ()), words)
