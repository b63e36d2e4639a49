"""A sheet of a workbook given another name where it lies, and whatever refers to it told of that.

Source: ECMA-376 part 1: 18.2.19 (sheet), 18.2.5 (definedName), 18.3.1.40 (f), 18.3.1.47 (hyperlink), 18.17.2.3 (how a
name stands in a formula: in quotes, a quote in it doubled, where it is more than letters and digits).
"""

import re
from xml.sax.saxutils import escape, unescape

from minsheng_xl.books.edit.relations import target_of
from minsheng_xl.books.edit.spans import NotPlain, Splices, spans
from minsheng_xl.books.package.parts import Parts

_REFERRING = re.compile(r"xl/(?:worksheets|charts|tables|drawings|pivotCache)/(?:_rels/)?[^/]*\.(?:xml|rels)\Z")
_FORMULAS = frozenset(("f", "formula", "formula1", "formula2", "definedName", "c:f", "xm:f", "calculatedColumnFormula"))
_LEADING = frozenset(("location", "Target"))
"""The attributes in which a link says where it leads: inside of the workbook, or behind # as if outside."""
_QUOTES = {"&apos;": "'", "&quot;": '"', "&#39;": "'"}


def with_sheet_renamed(content: bytes, old: str, new: str) -> bytes:
    """A workbook in which a sheet has another name, in formulas, names, links and charts too.

    Raises NotPlain, DoesNotFit or KeyError if it is written in a way that is not known.
    """
    parts = Parts(content)
    main = target_of(parts, "", "/officeDocument")
    parts.replace(main, _retold(_titled(parts.read(main), old, new), old, new))
    for part in [name for name in parts if _REFERRING.match(name)]:
        parts.replace(part, _retold(parts.read(part), old, new))
    return parts.packed()


def _titled(content: bytes, old: str, new: str) -> bytes:
    """The workbook part with the sheet's title."""
    splices = Splices(content)
    mine = [span for span in spans(content, ("sheet",)) if span.attributes.get("name") == old]
    if len(mine) != 1:
        raise NotPlain("sheet")
    splices.tag(mine[0], "name", escape(new, {'"': "&quot;"}))
    return splices.joined()


def _retold(content: bytes, old: str, new: str) -> bytes:
    """A part with its formulas and links leading to the new name."""
    if escape(old).encode() not in content:
        return content
    splices = Splices(content)
    for span in spans(content):
        if span.name in _FORMULAS and not span.is_empty:
            text = content[span.inside : span.behind].decode()
            said = unescape(text, _QUOTES)
            told = referring(said, old, new)
            if told != said:
                splices.put(span.inside, span.behind, escape(told))
        for name in _LEADING.intersection(span.attributes):
            was = span.attributes[name]
            told = referring(was, old, new)
            if told != was and (name == "location" or was.startswith("#")):
                splices.tag(span, name, escape(told, {'"': "&quot;"}))
    return splices.joined()


def referring(formula: str, old: str, new: str) -> str:
    """A formula that refers to the sheet by its new name; what stands in quotes as a text stays."""
    quoted = "'" + new.replace("'", "''") + "'!"
    was = re.escape(old.replace("'", "''"))
    pattern = re.compile(rf"\"(?:[^\"]|\"\")*\"|'{was}'!|(?<![\w.'!\]]){re.escape(old)}!")

    def told(match: re.Match[str]) -> str:
        return match[0] if match[0].startswith('"') else quoted

    return pattern.sub(told, formula)
