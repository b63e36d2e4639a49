"""What the office typed into the master: the input cells that no longer hold what was written."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from minsheng_xl.accounts.period import Receipt
from minsheng_xl.accounts.values import Doubt, Figure
from minsheng_xl.books.edit.recognise import holds, moved
from minsheng_xl.books.package.read import RawCell, RawWorkbook
from minsheng_xl.exact.keys import Key
from minsheng_xl.exact.numbers import plain
from minsheng_xl.figures.definitions import DOUBT_PREFIX
from minsheng_xl.forms.edits import content_of
from minsheng_xl.forms.layout import Book, PlacedCell
from minsheng_xl.forms.master.ledgers import FINGERPRINT, HEAD_ROW, PAPER_AGREES, PAPER_DAY, SHOWN_OF_FINGERPRINT
from minsheng_xl.forms.unit import sheet_id
from minsheng_xl.intake.figures import read_figure
from minsheng_xl.intake.reading import as_written
from minsheng_xl.plan.tabs import PENDING, RECEIPTS

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


class TypedPaper(NamedTuple):
    """What the office changed beside a receipt, by the key of its column: paper, agrees."""

    receipt: Receipt
    cells: dict[str, str]


def typed_papers(workbook: RawWorkbook, receipts: Sequence[Receipt]) -> list[TypedPaper]:
    """What the office changed in 收件登记 of the papers of some receipts: a list that may be sorted, so that a row is
    known by its fingerprint."""
    raw, columns = workbook.sheet(RECEIPTS.name), paper_columns(workbook)
    known = {one.sha256[:SHOWN_OF_FINGERPRINT]: one for one in receipts if one.takes_paper}
    typed: dict[str, TypedPaper] = {}
    for row, column in sorted(raw.cells) if raw is not None and columns else ():
        assert raw is not None
        receipt = known.get(raw.text(row, column).strip()) if column == columns[FINGERPRINT] else None
        if receipt is None:
            continue
        paper = receipt.paper
        for key, title, was in (
            ("paper", PAPER_DAY, str(paper.received) if paper is not None else ""),
            ("agrees", PAPER_AGREES, paper.word if paper is not None else ""),
        ):
            there = raw.cells.get((row, columns[title]))
            now = "" if there is None else f"={there.formula}" if there.formula else as_written(there, workbook).strip()
            if now != was:
                typed.setdefault(receipt.sha256, TypedPaper(receipt, {})).cells[key] = now
    return list(typed.values())


def paper_columns(workbook: RawWorkbook) -> dict[str, int]:
    """Where 收件登记 has a fingerprint and what is said of its paper, by title; nothing in a master of an earlier
    version."""
    raw, titles = workbook.sheet(RECEIPTS.name), (FINGERPRINT, PAPER_DAY, PAPER_AGREES)
    heads = raw.cells.items() if raw is not None else ()
    found = {cell.text: column for (row, column), cell in heads if row == HEAD_ROW and cell.text in titles}
    return found if len(found) == len(titles) else {}


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
