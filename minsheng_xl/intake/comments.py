"""The comments that a unit wrote beside its cells."""

from collections.abc import Callable

from minsheng_xl.books.package.errors import Unreadable
from minsheng_xl.books.package.read import RawWorkbook, read_package, sheet_comments
from minsheng_xl.exact.addresses import cell_name
from minsheng_xl.exact.keys import Key
from minsheng_xl.intake.placement import IssuedForm, Placement, locate
from minsheng_xl.texts import cleaned

_LONGEST = 1000
"""Characters of a comment that are kept."""


def comments_of(content: bytes, issued_as: Callable[[RawWorkbook], IssuedForm | None]) -> dict[Key, str]:
    """The comments on the input cells of a sound return, wherever its rows stand; none where it has none.

    `issued_as` gives the form as it went out.
    """
    try:
        workbook = read_package(content)
        issued = issued_as(workbook)
        for sheet in workbook.sheets if issued is not None else ():
            assert issued is not None
            placement = locate(issued, sheet)
            if isinstance(placement, Placement):
                comments = sheet_comments(content, sheet.name)
                at = {key: cell_name(placement.at(place)) for place, key in issued.inputs.items()}
                found = {key: comments.get(address, "") for key, address in at.items()}
                return {key: cleaned(text)[:_LONGEST] for key, text in found.items() if text.strip()}
    except Unreadable:
        pass
    return {}
