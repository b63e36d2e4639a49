"""What the cells of a workbook hold, and which are seen: before its edits, and after them."""

from collections.abc import Mapping
from fractions import Fraction

from minsheng_xl.books.edit.charts import UNRECKONED, Failed, Held
from minsheng_xl.books.edit.fit import Fitted
from minsheng_xl.books.package.read import RawSheet
from minsheng_xl.exact.addresses import Place
from minsheng_xl.forms.edits import States, content_of


class StateBefore:
    """A workbook as the office left it."""

    def __init__(self, raws: Mapping[str, RawSheet]) -> None:
        self._raws = raws

    def holds(self, sheet: str, place: Place) -> Held:
        raw = self._raws.get(sheet)
        there = raw.cells.get(place) if raw is not None else None
        if there is None:
            return None
        if there.kind == "e":
            return Failed(there.text)
        if there.formula is not None and there.kind != "s" and not there.text:
            return UNRECKONED
        if there.kind == "b":
            return there.text in ("1", "true")
        return Fraction(float(there.text)) if there.kind == "n" and there.text else there.text

    def is_seen(self, sheet: str, place: Place) -> bool:
        return not self.hides_row(sheet, place[0]) and not self._hides_column(sheet, place[1])

    def hides_row(self, sheet: str, row: int) -> bool:
        return sheet in self._raws and row in self._raws[sheet].hidden_rows

    def _hides_column(self, sheet: str, column: int) -> bool:
        return sheet in self._raws and column in self._raws[sheet].frame.hidden_columns


class StateAfter(StateBefore):
    """The same, when the edits are made: a cell of ours holds what it is to hold, unless the office wrote over it."""

    def __init__(self, raws: Mapping[str, RawSheet], states: States, found: Fitted) -> None:
        super().__init__(raws)
        self._book, self._theirs = states.new, found.theirs
        self._sheets = {base.name: (base, states.new.sheet(base.id)) for base in states.base.sheets}
        self._hidden = {one.name: one.hidden for one in found.sheets}

    def holds(self, sheet: str, place: Place) -> Held:
        base, new = self._sheets.get(sheet, (None, None))
        if base is None or new is None or (sheet, place) in self._theirs:
            return super().holds(sheet, place)
        cell = new.cells.get(place)
        if cell is not None:
            return content_of(self._book, new, cell).value
        return None if place in base.cells else super().holds(sheet, place)

    def hides_row(self, sheet: str, row: int) -> bool:
        return self._hidden.get(sheet, {}).get(row, super().hides_row(sheet, row))
