"""What the office typed into the master: the input cells that no longer hold what was written."""

from fractions import Fraction

from minsheng_xl.accounts.values import Doubt, Figure
from minsheng_xl.books.edit.recognise import holds, moved
from minsheng_xl.books.package.read import RawCell, RawWorkbook
from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import plain
from minsheng_xl.figures.definitions import DOUBT_PREFIX
from minsheng_xl.forms.edits import content_of
from minsheng_xl.forms.layout import Book, PlacedCell
from minsheng_xl.forms.unit import sheet_id
from minsheng_xl.intake.figures import read_figure
from minsheng_xl.intake.reading import as_written
from minsheng_xl.plan.tabs import PENDING

TypedCell = tuple[str, Key, "Figure | None"]


def typed_cells(workbook: RawWorkbook, base: Book, units: "dict[str, str]") -> tuple[list[TypedCell], list[str]]:
    """The input cells of a master that differ from what was written, as (unit, key, new content).

    `base` is the book as it was written, `units` gives the unit of each unit sheet's name; cells of
    待决事项 come without a unit. The second is why sheets were not read: their rows or columns have moved.
    """
    typed: list[TypedCell] = []
    unread: list[str] = []
    for raw in workbook.sheets:
        if raw.name not in units and raw.name != PENDING.name:
            continue
        sheet = base.sheet(PENDING.id if raw.name == PENDING.name else sheet_id(units[raw.name]))
        why = moved(base, sheet, raw)
        if why:
            unread.append(why)
            continue
        for cell in sheet.inputs():
            found = raw.cells.get((cell.row, cell.column))
            if cell.key is not None and not holds(found, content_of(base, sheet, cell)):
                typed.append((units.get(raw.name, ""), cell.key, _entered(found, cell, workbook)))
    return typed, unread


def _entered(raw: RawCell | None, cell: PlacedCell, workbook: RawWorkbook) -> "Figure | None":
    """What the office typed into an input cell, as a figure, a word or a doubt: read as a return is."""
    assert cell.input is not None
    if raw is None or (raw.formula is None and not raw.text.strip()):
        return None
    accepts = cell.input
    if accepts.kind in ("words", "hint"):
        return Doubt(f"={raw.formula}") if raw.formula is not None else as_written(raw, workbook).strip()
    figure = read_figure(raw, accepts, workbook.display(raw), workbook.epoch_1904).figure
    if isinstance(figure, Fraction) and (figure < 0 or (figure * 10**accepts.decimals).denominator != 1):
        return Doubt(plain(figure))
    return Doubt(figure.seen.removeprefix(DOUBT_PREFIX)) if isinstance(figure, Doubt) else figure
