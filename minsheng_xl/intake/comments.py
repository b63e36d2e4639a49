"""The comments that a unit wrote beside its cells."""

from minsheng_xl.books.errors import Unreadable
from minsheng_xl.books.package import sheet_comments
from minsheng_xl.cleaning import cleaned
from minsheng_xl.forms.identity import FORM_SHEET


def comments_of(content: bytes) -> dict[str, str]:
    """Text by address (H7) of the comments on the form of a sound workbook; none where it has none."""
    try:
        found = sheet_comments(content, FORM_SHEET)
    except Unreadable:
        return {}
    return {address: cleaned(text)[:1000] for address, text in found.items() if text.strip()}
