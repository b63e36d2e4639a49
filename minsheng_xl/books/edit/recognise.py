"""Is what stands in a file still what was written there, as far as programs keep it on saving?"""

import re
from collections import Counter
from fractions import Fraction

from minsheng_xl.books.package.read import RawCell, RawSheet
from minsheng_xl.exact.addresses import Place, cell_name
from minsheng_xl.exact.expressions import Value
from minsheng_xl.exact.numbers import parse_lexeme
from minsheng_xl.forms.edits import Stored, texts_by_row
from minsheng_xl.forms.former import todays
from minsheng_xl.forms.layout import Book, PlacedCell, Sheet
from minsheng_xl.texts import cleaned


def is_as_placed(raw: RawCell | None, cell: PlacedCell) -> bool:
    """Whether a cell of the file holds just the text that is placed there, told without asking its book."""
    return raw is not None and raw.formula is None and raw.kind == "s" and raw.text == cell.content


def holds(raw: RawCell | None, content: Stored) -> bool:
    """Whether a cell of the file holds a content, as far as programs keep it on saving."""
    if content.formula is not None:
        formula = raw.formula if raw is not None else None
        if formula in ("", content.formula):
            return True
        return formula is not None and _bare(formula) == _bare(content.formula)
    if raw is None or (raw.formula is None and raw.text == ""):
        return content.value is None
    if raw.formula is not None:
        return False
    if isinstance(content.value, Fraction):
        number = parse_lexeme(raw.text) if raw.kind == "n" else None
        return number is not None and abs(number - content.value) <= abs(content.value) / 10**12
    return isinstance(content.value, str) and raw.kind == "s" and raw.text.replace("\r\n", "\n") == content.value


def stores(raw: RawCell | None, value: Value) -> bool:
    """Whether the stored result of a formula is a value."""
    if raw is None:
        return False
    if isinstance(value, bool):
        return raw.kind == "b" and raw.text == str(int(value))
    if isinstance(value, Fraction):
        if raw.kind != "n" or _LEXEME.match(raw.text) is None:
            return False
        wanted = float(value)
        return abs(float(raw.text) - wanted) <= abs(wanted) * 1e-12
    text = cleaned(value) if isinstance(value, str) else value or ""
    return raw.kind == "s" and raw.text.replace("\r\n", "\n") == text


_LEXEME = re.compile(r"[+-]?[\d.]+(?:[eE][+-]?\d+)?\Z", re.ASCII)


def _bare(formula: str) -> str:
    """A formula without what programs write differently: quotes round sheet names, spaces."""
    for sign in "' $\n":  # several times faster than to translate it, sign by sign
        formula = formula.replace(sign, "")
    return formula.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")


def moved(book: Book, sheet: Sheet, raw: RawSheet) -> str:
    """Which row of a sheet no longer stands where it was written, in Chinese; "" if all do.

    The texts of our own tell: single ones may have been rewritten, a row of them may not.
    """
    rows, missing = texts_by_row(book, sheet), {}
    for row, texts in rows.items():
        missing[row] = [(column, text) for column, text in texts if not _says(raw.text(row, column), text)]
    if not any(missing.values()):  # as on nearly every sheet
        return ""
    own = Counter(_closed_up(text) for texts in rows.values() for _, text in texts)
    there: dict[str, Place] = {}
    for place, cell in raw.cells.items():
        there.setdefault(_closed_up(cell.text), place)
    for row, gone in missing.items():
        if len(rows[row]) > 2 and len(gone) * 2 > len(rows[row]):
            return f"{sheet.name} 第{row + 1}行不在原来的位置（原有“{gone[0][1][:12]}”）"
        for column, text in gone:
            bare = _closed_up(text)
            if len(bare) > 1 and own[bare] == 1 and bare in there:
                return f"{sheet.name} 的“{text[:12]}”从 {cell_name((row, column))} 移到了 {cell_name(there[bare])}"
    return ""


def reordered(old: Sheet, new: Sheet) -> str:
    """Which row of figures stands elsewhere in the new state, in Chinese: what the office put beside it, or
    reckons from it, would then belong to another; "" if none does."""
    before, after = old.places(), new.places()
    if before == after:
        return ""
    for key, place in before.items():
        if (key.is_reported or key.part == "row") and key in after and after[key] != place:
            return f"计划改了，{old.name} 第{place[0] + 1}行（{key.of}）要移到第{after[key][0] + 1}行"
    return ""


def _says(seen: str, text: str) -> bool:
    """Whether a text of ours is seen, as this version or an earlier one words it."""
    return _same_text(seen, text) or _same_text(todays(seen), text)


def _same_text(seen: str, text: str) -> bool:
    return seen == text or _closed_up(seen) == _closed_up(text)


def _closed_up(text: str) -> str:
    """A text without its spaces and line ends."""
    return "".join(text.split())
