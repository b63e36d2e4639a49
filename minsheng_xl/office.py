"""What the office typed into the master: the input cells that no longer hold what was written."""

from fractions import Fraction

from minsheng_xl.account import Doubt, Figure, Key
from minsheng_xl.books.edit import holds, moved
from minsheng_xl.definitions import DOUBT_PREFIX
from minsheng_xl.exact import parse_lexeme, parse_plain, plain
from minsheng_xl.forms.edits import content_of
from minsheng_xl.forms.layout import Book, Cell
from minsheng_xl.forms.tabs import PENDING, PENDING_TAB
from minsheng_xl.forms.unit import sheet_id
from minsheng_xl.intake.package import RawCell, RawWorkbook

Typed = tuple[str, Key, "Figure | None"]


def typed_cells(workbook: RawWorkbook, base: Book, units: "dict[str, str]") -> list[Typed]:
    """The input cells of a master that differ from what was written, as (unit, key, new content).

    `base` is the book as it was written, `units` gives the unit of each unit sheet's name; cells of
    待决事项 come without a unit. A sheet that is gone, or whose rows have moved, tells nothing.
    """
    typed: list[Typed] = []
    for raw in workbook.sheets:
        if raw.name not in units and raw.name != PENDING_TAB:
            continue
        sheet = base.sheet(PENDING if raw.name == PENDING_TAB else sheet_id(units[raw.name]))
        if moved(base, sheet, raw):
            continue
        for cell in sheet.inputs():
            found = raw.cells.get((cell.row, cell.column))
            if cell.key is not None and not holds(found, content_of(base, sheet, cell)):
                typed.append((units.get(raw.name, ""), cell.key, _entered(found, cell, workbook.display(found).code if found else "")))
    return typed


def _entered(raw: RawCell | None, cell: Cell, display: str) -> "Figure | None":
    """What the office typed into an input cell, as a figure, a word or a doubt."""
    assert cell.input is not None
    if raw is None or (raw.formula is None and raw.text == ""):
        return None
    number = None
    if raw.formula is not None:
        text = f"={raw.formula}"
    elif raw.kind == "n":
        number = parse_lexeme(raw.text)
        text = plain(number) if number is not None else raw.text
    else:
        text = {"1": "True", "0": "False"}[raw.text] if raw.kind == "b" else raw.text.strip()
        number = parse_plain(text) if raw.kind == "s" else None
    if cell.input.kind in ("words", "hint") or (cell.input.kind == "choice" and text in cell.input.choices):
        return text
    if number is not None and "%" in display and "%" not in cell.style.number:
        return Doubt(f"{text}（显示为百分数）")
    if cell.input.kind == "number" and isinstance(number, Fraction) and number >= 0 and (number * 10**cell.input.decimals).denominator == 1:
        return number
    return Doubt(text.removeprefix(DOUBT_PREFIX))
