"""What a part of a package is related to. Source: ECMA-376 part 2, 9.3."""

from posixpath import dirname, join, normpath
from xml.etree import ElementTree

from minsheng_xl.books.edit.fit import DoesNotFit
from minsheng_xl.books.package.parts import Parts

TYPES = "[Content_Types].xml"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def rels_of(part: str) -> str:
    """The part that holds the relationships of a part."""
    return join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels")


def relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """(type, path) of each relationship of a part inside the package, by id."""
    rels, found = rels_of(part), {}
    for element in ElementTree.fromstring(parts.read(rels)).iter(_REL) if rels in parts else ():
        if element.get("TargetMode") != "External":
            path = normpath(join("/", dirname(part), element.get("Target", "")))[1:]
            found[element.get("Id", "")] = (element.get("Type", ""), path)
    return found


def target_of(parts: Parts, of: str, kind: str) -> str:
    """The part to which a part is related in that way. Raises DoesNotFit."""
    found = next((path for type, path in relations(parts, of).values() if type.endswith(kind)), None)
    if found is None or found not in parts:
        raise DoesNotFit("它不是由本文件夹的归档生成的总台账")
    return found
