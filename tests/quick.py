"""Merged cells read quickly: openpyxl looks up the border and the protection of each by all that it is made of, which
took a tenth of the time of the tests."""

from copy import copy

from openpyxl.styles import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.merge import MergedCellRange


def draw_edges(merged: MergedCellRange) -> None:
    """What `MergedCellRange.format` does, where cells that were alike before are alike after without being looked up."""
    first, cells = merged.start_cell, merged.ws._cells
    for place in merged.cells:
        cells[place]._style = cells[place]._style or StyleArray()
    for name in ("top", "left", "right", "bottom"):
        side = getattr(first.border, name)
        if side and side.style is None:
            continue
        border, after = Border(**{name: side}), dict[int, int]()
        for place in getattr(merged, name):
            cell = cells[place]
            before = cell._style.borderId
            if before not in after:
                cell.border += border
                after[before] = cell._style.borderId
            cell._style.borderId = after[before]
    first.protection = copy(first.protection)
    for place in merged.cells:
        cells[place]._style.protectionId = first._style.protectionId
