"""The elements of a sheet behind its rows: merged blocks, drop-downs, links, page breaks."""

import re
from xml.sax.saxutils import quoteattr

from minsheng_xl.books.edit.splice import insert_in_order, with_attribute
from minsheng_xl.books.write.book import validation_xml
from minsheng_xl.forms.edits import SheetEdits
from minsheng_xl.forms.layout import cell_name


def merged(text: str, edits: SheetEdits) -> str:
    """The text with our merged blocks as they are now; the office's stay."""
    for area in edits.unmerged:
        text = re.sub(rf'<mergeCell\b[^>]*ref="{area}"[^>]*?(?:/>|></mergeCell>)', "", text)
    added = "".join(f'<mergeCell ref="{area}"/>' for area in sorted(edits.merged) if not re.search(rf'<mergeCell\b[^>]*\sref="{area}"', text))
    if added:
        text = text.replace("</mergeCells>", f"{added}</mergeCells>") if "</mergeCells>" in text else insert_in_order(text, "mergeCells", f"<mergeCells>{added}</mergeCells>")
    count = len(re.findall(r"<mergeCell\b", text))
    if not count:
        return re.sub(r"<mergeCells\b[^>]*?(?:/>|>\s*</mergeCells>)", "", text)
    return re.sub(r"<mergeCells\b[^>]*>", lambda m: with_attribute(m[0], "count", str(count)), text)


def validated(text: str, edits: SheetEdits) -> str:
    """Drop-downs and limits of input cells: those that were changed are taken away first."""
    gone = {cell_name(place) for place, edit in edits.cells.items() if edit.is_input and (edit.cell is None or edit.cell.input is None)}
    gone |= {cell.address for cell in edits.validated}
    gone |= {cell.area for cell in edits.validated} | {f"{one}:{one}" for one in gone}

    def without(match: re.Match[str]) -> str:
        ranges = re.search(r'\ssqref="([^"]*)"', match[1])
        stay = [one for one in ranges[1].split() if one not in gone] if ranges else []
        if ranges is None or len(stay) == len(ranges[1].split()):
            return match[0]
        return match[0].replace(ranges[0], f' sqref="{" ".join(stay)}"', 1) if stay else ""

    if gone:
        text = re.sub(r'<dataValidation\b((?:[^>"]|"[^"]*")*?)(?:/>|>.*?</dataValidation>)', without, text, flags=re.DOTALL)
    added = "".join(filter(None, (validation_xml(edits.sheet, cell) for cell in edits.validated)))
    if not added:
        return _counted_validations(text)
    text = text.replace("</dataValidations>", f"{added}</dataValidations>") if "</dataValidations>" in text else insert_in_order(text, "dataValidations", f"<dataValidations>{added}</dataValidations>")
    return _counted_validations(text)


def _counted_validations(text: str) -> str:
    count = len(re.findall(r"<dataValidation\b", text))
    if not count:
        return re.sub(r"<dataValidations\b[^>]*?(?:/>|>\s*</dataValidations>)", "", text)
    return re.sub(r"<dataValidations\b[^>]*>", lambda m: with_attribute(m[0], "count", str(count)), text)


def linked(text: str, edits: SheetEdits) -> str:
    """The text with our links as they are now."""
    for place in (*edits.unlinked, *edits.linked):
        text = re.sub(rf'<hyperlink\b[^>]*ref="{cell_name(place)}"[^>]*?(?:/>|></hyperlink>)', "", text)
    added = "".join(
        f"<hyperlink ref=\"{cell_name(place)}\" location={quoteattr(f'{_quoted(link)}!A1')}/>" for place, link in sorted(edits.linked.items())
    )
    if added:
        text = text.replace("</hyperlinks>", f"{added}</hyperlinks>") if "</hyperlinks>" in text else insert_in_order(text, "hyperlinks", f"<hyperlinks>{added}</hyperlinks>")
    return re.sub(r"<hyperlinks\b[^>]*>\s*</hyperlinks>", "", text)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def broken(text: str, old: tuple[int, ...], new: tuple[int, ...]) -> str:
    """The page breaks, where they are as they were."""
    found = re.search(r"<rowBreaks\b(?:[^>/]|/(?!>))*(?:/>|>.*?</rowBreaks>)", text, re.DOTALL)
    there = tuple(sorted(int(n) for n in re.findall(r'<brk\b[^>]*? id="(\d+)"', found[0]))) if found else ()
    if there != tuple(sorted(old)):
        return text
    marks = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in new)
    element = f'<rowBreaks count="{len(new)}" manualBreakCount="{len(new)}">{marks}</rowBreaks>' if new else ""
    if found:
        return text[: found.start()] + element + text[found.end() :]
    return insert_in_order(text, "rowBreaks", element) if element else text
